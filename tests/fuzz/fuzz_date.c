/* layers: base text model analyse */
/* Any bytes as an article, or as a value: spans lie inside and in order, intervals are sane. The
 * first byte chooses what is known of the day of publication. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "analyse/date.h"
#include "analyse/passes.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_LIMIT = 1 << 16 };

static const struct analyser *the_analyser(void)
{
    static struct analyser *analyser;
    struct error err;
    if (!analyser && analyser_open(DATA_DIR, &analyser, &err)) {
        fprintf(stderr, "%s\n", err.text);
        abort();
    }
    return analyser;
}

static void require(bool holds)
{
    if (!holds)
        abort();
}

static struct publication publication_of(uint8_t choice)
{
    day value = day_from_civil(1990 + choice / 4, choice % 12 + 1, choice % 28 + 1);
    if (choice % 4 == 0)
        return PUBLICATION_UNKNOWN;
    if (choice % 4 == 1)
        return (struct publication){DATE_BASIS_INFERRED, DAY_UNKNOWN, value, value + choice, 0};
    return (struct publication){DATE_BASIS_GIVEN, value, value, value, 0};
}

static void check_value(str text)
{
    day first, last;
    if (date_value_interval(text, STR("END"), &first, &last))
        require(first <= last && first != DAY_UNKNOWN);
}

/* Bounds from the text lie inside those known before and are no day. */
static void check_bounds(const struct article *article)
{
    struct publication known = article->published;
    struct publication found = date_infer_publication(the_analyser(), article);
    require(found.value == known.value);
    require(known.earliest == DAY_UNKNOWN || found.earliest >= known.earliest);
    require(known.latest == DAY_UNKNOWN ||
            (found.latest <= known.latest && found.latest != DAY_UNKNOWN));
    require(found.earliest == DAY_UNKNOWN || found.latest == DAY_UNKNOWN ||
            found.earliest <= found.latest || known.earliest > known.latest);
}

static void check_moments(str text, const moment_vec *moments)
{
    uint32_t before = 0;
    for (size_t i = 0; i < moments->count; i++) {
        const struct moment *moment = &moments->items[i];
        require(moment->start >= before && moment->start < moment->end);
        require(moment->end <= text.len && moment->value.len > 0);
        require(moment->sentence_start <= moment->start && moment->end <= moment->sentence_end);
        require((moment->first == DAY_UNKNOWN) == (moment->last == DAY_UNKNOWN));
        require(moment->first <= moment->last);
        before = moment->end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1 || size > INPUT_LIMIT)
        return 0;
    struct arena arena = {0};
    struct article article = {.published = publication_of(data[0])};
    article.text = utf8_repair(&arena, (str){(const char *)data + 1, size - 1});
    uint32_t start = 0;
    str rest = article.text, line;
    while (str_next(&rest, '\n', &line)) {
        struct block block = {
            .kind = BLOCK_PARAGRAPH, .start = start, .end = start + (uint32_t)line.len};
        vec_push(&arena, &article.blocks, block);
        start = block.end + 1;
    }
    struct analysis analysis = {.tokens = {0}};
    tokens_pass(the_analyser(), &arena, &article, &analysis);
    date_pass(the_analyser(), &arena, &article, &analysis);
    check_moments(article.text, &analysis.moments);
    check_value(article.text);
    check_bounds(&article);
    arena_done(&arena);
    return 0;
}
