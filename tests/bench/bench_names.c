/* layers: base text model analyse */
/* Words a second of names and people: tokens, tags, the links inside the article and those across
 * articles, on news made here.
 *     bench_names [ARTICLES [WORDS_OF_EACH]] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "analyse/analyse.h"
#include "analyse/link.h"
#include "base/buf.h"
#include "support/random.h"

static const char *const given[] = {"Sergei", "Maria", "Ali",  "Fatima", "John",  "Chen",
                                    "Amina",  "Luis",  "Kofi", "Ingrid", "Pedro", "Yuki"};
static const char *const family[] = {"Shoigu",  "Larsen",   "Okafor",  "Martinez", "Tanaka",
                                     "Hussein", "Petrenko", "Mahmudi", "Whitlock", "Baranov",
                                     "Nkrumah", "Quintero", "Halvors", "Zhang"};
static const char *const places[] = {"Iran", "Moscow",          "Nairobi", "the United States",
                                     "Lima", "Northern Ireland"};
static const char *const bodies[] = {"Security Council", "Ministry of Finance", "Reuters",
                                     "European Union", "Harbour Workers' Union"};
static const char *const plain[] = {
    "the talks went on until late in the night and ended without a result",
    "officials said that the price of grain had risen for the third month in a row",
    "a spokesman for the party declined to comment on the report",
    "which was published after months of delay and has been read by few people since",
    "and the two sides agreed to meet again before the end of the year",
    "while residents waited for news outside the building"};

#define PICK(list) list[random_below(random, sizeof list / sizeof *list)]

static void add_sentence(struct random *random, struct buf *text)
{
    switch (random_below(random, 5)) {
    case 0:
        buf_format(text, "President %s %s met %s in %s, where %s. ", PICK(given), PICK(family),
                   PICK(family), PICK(places), PICK(plain));
        break;
    case 1:
        buf_format(text, "%s told the %s that %s. ", PICK(family), PICK(bodies), PICK(plain));
        break;
    case 2:
        buf_format(text, "In %s %s, %s. ", PICK(places), PICK(plain), PICK(plain));
        break;
    default:
        buf_format(text, "It was the first time since spring; %s, %s. ", PICK(plain), PICK(plain));
    }
}

static size_t count_words(str text)
{
    size_t words = 0;
    for (size_t i = 0; i < text.len; i++)
        words += text.ptr[i] == ' ';
    return words;
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static enum status run_names(const struct analyser *analyser, const struct link_source *source,
                             struct arena *arena, const struct article *article,
                             struct analysis *analysis, struct error *err)
{
    *analysis = (struct analysis){.tokens = {0}};
    for (const struct pass *pass = passes; pass->name; pass++) {
        if (strcmp(pass->name, "dates") != 0)
            pass->run(analyser, arena, article, analysis);
    }
    struct link_result *results =
        arena_array(arena, struct link_result, analysis->entities.count + 1);
    return link_article(analyser, source, arena, article, &analysis->entities, results, err);
}

int main(int count, char **arguments)
{
    size_t articles = count > 1 ? strtoul(arguments[1], NULL, 10) : 2000;
    size_t words_of_each = count > 2 ? strtoul(arguments[2], NULL, 10) : 600;
    struct analyser *analyser;
    struct error err;
    double opened = seconds_now();
    if (analyser_open(DATA_DIR, &analyser, &err)) {
        fprintf(stderr, "bench_names: %s\n", err.text);
        return 1;
    }
    printf("open: %.1f ms\n", 1000 * (seconds_now() - opened));
    struct link_memory *memory = link_memory_new();
    struct link_source source = link_memory_source(memory);
    struct random random = {.state = 1};
    struct arena arena = {0};
    struct buf text = BUF_INIT;
    size_t words = 0, mentions = 0;
    double spent = 0;
    for (size_t i = 0; i < articles; i++) {
        buf_clear(&text);
        while (count_words(buf_str(&text)) < words_of_each)
            add_sentence(&random, &text);
        words += count_words(buf_str(&text));
        struct article article = {.text = buf_str(&text)};
        struct analysis analysis;
        double start = seconds_now();
        if (run_names(analyser, &source, &arena, &article, &analysis, &err)) {
            fprintf(stderr, "bench_names: %s\n", err.text);
            return 1;
        }
        spent += seconds_now() - start;
        mentions += analysis.mentions.count;
        arena_reset(&arena);
    }
    printf("%zu articles, %zu words, %zu names: %.0f words/s\n", articles, words, mentions,
           (double)words / spent);
    buf_done(&text);
    arena_done(&arena);
    link_memory_free(memory);
    analyser_close(analyser);
    return 0;
}
