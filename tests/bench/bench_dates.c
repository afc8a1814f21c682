/* layers: base text model analyse */
/* How fast the dates pass alone is, in megabytes of text a second on one core, beside reading the
 * same bytes with memchr. Makes its own text: about one date in 300 bytes, as news has; then full
 * of names, and with a date in half of all sentences. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "analyse/date.h"
#include "analyse/passes.h"
#include "base/buf.h"

enum { ARTICLE_COUNT = 400, SENTENCES = 60, BLOCK_SENTENCES = 4, ROUNDS = 5 };

static const char *const plain[] = {
    "The committee heard from several members who had taken part in the earlier inquiry.",
    "Officials in the capital declined to comment on the report, which runs to 340 pages.",
    "\"We have nothing to hide,\" the minister told reporters outside the courthouse.",
    "The company, based in a suburb of the port city, employs about 2,300 people.",
    "Residents may now return to their homes, but many of them have nowhere to go.",
    "Its shares fell by 4.5 percent after the announcement and recovered a little later.",
    "A spokesman for the ministry described the first of the two incidents as an accident.",
    "Several witnesses, among them a former driver, contradicted that account in part.",
    "The river rose quickly, and the bridge that links the two districts was closed.",
    "Critics say that the plan does little for those who need help most.",
    "He was born in a small village in the north and studied law before turning to politics.",
    "Neither side would say how much money had changed hands, or who had asked for it.",
};

static const char *const dated[] = {
    "The talks between the two governments broke down on Monday.",
    "The contract was signed on March 14, 2017, and has been renewed twice since then.",
    "In October the court ruled that the search had been unlawful.",
    "Three weeks later the documents were handed to the prosecutor.",
    "Net income rose in the third quarter to 15 cents a share from 9 cents a year earlier.",
    "The pipeline is expected to open early next year, the operator said on Aug. 5.",
    "Unemployment has fallen for the past two years and stood at 5.1 percent last month.",
    "The law dates from the late 1990s and was changed in 2008.",
    "She arrived at 10:30 a.m. on Friday and left before noon.",
};

static const char *const named[] = {
    "Marcus Feldman of the Harlow Institute told Irina Petrova that April Winters had called.",
    "Theresa May, August Strand and June Carver sat with Summer Doyle in the Sun Valley Hotel.",
    "The Marlow Group, Second Harbour Bank and Quarter Moon Ltd. were advised by Penn & Daly.",
    "Jean-Paul Moreau, Dr. A. B. Novak and Ms. Monday Okafor flew to Sao Paulo and St. Gallen.",
    "The Day family sued Century Mills, Decade Motors and the Annual Review of Port Authority Law.",
};

/* A mixture: so many of ten sentences are dated, so many of the others full of names. */
struct mixture {
    const char *name;
    uint32_t dated, named;
};

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Articles of paragraphs; the text of each lives in the arena. */
static void make_article(struct arena *arena, struct article *article,
                         const struct mixture *mixture, uint32_t *state)
{
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < SENTENCES; i++) {
        bool date = next_random(state) % 10 < mixture->dated;
        bool name = next_random(state) % 10 < mixture->named;
        const char *sentence = date   ? dated[next_random(state) % (sizeof dated / sizeof *dated)]
                               : name ? named[next_random(state) % (sizeof named / sizeof *named)]
                                      : plain[next_random(state) % (sizeof plain / sizeof *plain)];
        buf_add(&text, str_from(sentence));
        buf_add_byte(&text, (i + 1) % BLOCK_SENTENCES ? ' ' : '\n');
    }
    *article = (struct article){.text = arena_str(arena, buf_str(&text))};
    buf_done(&text);
    day today = day_from_civil(2019, 11, 20);
    article->published = (struct publication){DATE_BASIS_GIVEN, today, today, today, 0};
    str rest = article->text, line;
    while (str_next_line(&rest, &line)) {
        struct block block = {.kind = BLOCK_PARAGRAPH,
                              .start = (uint32_t)(line.ptr - article->text.ptr),
                              .end =
                                  (uint32_t)(line.ptr - article->text.ptr + (ptrdiff_t)line.len)};
        vec_push(arena, &article->blocks, block);
    }
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Seconds of one reading of all texts by memchr for a byte that they do not hold. */
static double read_all(const struct article *articles, size_t *found)
{
    double start = seconds_now();
    for (size_t i = 0; i < ARTICLE_COUNT; i++)
        *found += memchr(articles[i].text.ptr, 1, articles[i].text.len) != NULL;
    return seconds_now() - start;
}

static void run(const struct analyser *analyser, const struct mixture *mixture)
{
    static struct article articles[ARTICLE_COUNT];
    static struct analysis analyses[ARTICLE_COUNT];
    struct arena kept = {0};
    uint32_t state = 1;
    size_t bytes = 0, moments = 0, found = 0;
    for (size_t i = 0; i < ARTICLE_COUNT; i++) {
        make_article(&kept, &articles[i], mixture, &state);
        bytes += articles[i].text.len;
        analyses[i] = (struct analysis){.tokens = {0}};
    }
    double start = seconds_now(), best = 1e9, reading = 1e9;
    for (size_t i = 0; i < ARTICLE_COUNT; i++)
        tokens_pass(analyser, &kept, &articles[i], &analyses[i]);
    double tokens = seconds_now() - start;
    for (int round = 0; round < ROUNDS; round++) {
        moments = 0;
        start = seconds_now();
        for (size_t i = 0; i < ARTICLE_COUNT; i++) {
            struct arena arena = {0};
            struct analysis analysis = analyses[i];
            date_pass(analyser, &arena, &articles[i], &analysis);
            moments += analysis.moments.count;
            arena_done(&arena);
        }
        double taken = seconds_now() - start;
        best = taken < best ? taken : best;
        taken = read_all(articles, &found);
        reading = taken < reading ? taken : reading;
    }
    double megabytes = (double)bytes / 1e6;
    printf("%s: %.1f MB in %d articles, %zu dates\n", mixture->name, megabytes, ARTICLE_COUNT,
           moments);
    printf("  dates   %8.1f MB/s  %.4f s, %.2f us a date\n", megabytes / best, best,
           best * 1e6 / (double)moments);
    printf("  tokens  %8.1f MB/s  %.4f s (the pass before it)\n", megabytes / tokens, tokens);
    printf("  memchr  %8.1f MB/s  %.4f s, %zu found\n", megabytes / reading, reading, found);
    arena_done(&kept);
}

int main(void)
{
    static const struct mixture mixtures[] = {
        {"news", 2, 0}, {"full of names", 2, 9}, {"full of dates", 5, 0}};
    struct analyser *analyser;
    struct error err;
    if (analyser_open(DATA_DIR, &analyser, &err)) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    for (size_t i = 0; i < sizeof mixtures / sizeof *mixtures; i++)
        run(analyser, &mixtures[i]);
    analyser_close(analyser);
    return 0;
}
