/* layers: base text model ingest analyse */
/* The sample dossier, scored against labels made by hand.
 *
 * labels/NAME.labels is data/articles/NAME.txt, line by line, with what a careful reader sees in
 * it. After header lines (# published 2024-08-05) each line is empty or one of
 *
 *     +paragraph text   the line belongs to the article, as that kind of block
 *     -reason text      the line is to be cut
 *     ?kind text        either is right; nothing on the line counts
 *
 * and in the text of a line
 *
 *     <shoigu|Shoigu>          a person, with an id that holds in all articles
 *     {2024-08-05|Monday}      a date expression and its value
 *     {X|Last Tuesday}         one whose value nobody can know: XXXX… or none is right
 *     {?|about 2 a.m.}         one that is not counted, found or not
 *     ~ / Wire~                words of the page that are not shown
 *     ^                        a space that was lost in the page and is to be mended
 *
 * Measured are, over all articles: kept lines (precision and recall, equal lines are
 * interchangeable), their text after mending, titles, outlets, publication dates, persons (exact
 * spans), who is who (B-cubed over the persons found: Bagga and Baldwin, 1998), dates (span and
 * value). */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analyse/link.h"
#include "base/buf.h"
#include "base/file.h"
#include "ingest/clean.h"
#include "ingest/format.h"
#include "model/article.h"

/* ---- the labels ---------------------------------------------------------------------------- */

struct mark {
    uint32_t start, end; /* bytes of the line as shown */
    bool is_date;
    str value; /* a person's id, or a date's value */
    bool found;
};

struct label_line {
    char sign; /* + - ? or 0 for an empty line */
    str kind;
    str raw, shown;
    VEC(struct mark) marks;
    bool used; /* a kept block was matched with it */
};

struct labels {
    str published, site; /* STR_NONE = unknown: the page does not tell */
    VEC(struct label_line) lines;
};

static str keep(struct arena *arena, const struct buf *buf)
{
    return arena_str(arena, buf_str(buf));
}

/* Text with marks -> raw text, text as shown, and the marks. */
static void read_marked(struct arena *arena, str text, struct label_line *line)
{
    struct buf raw = BUF_INIT, shown = BUF_INIT;
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.ptr[i];
        if (byte == '<' || byte == '{') {
            size_t bar = str_find_byte(text, '|', i), end;
            end = str_find_byte(text, byte == '<' ? '>' : '}', i);
            assert_true(bar < end && end != STR_MISSING);
            str inner = str_slice(text, bar + 1, end);
            struct mark mark = {
                .start = (uint32_t)shown.len,
                .end = (uint32_t)(shown.len + inner.len),
                .is_date = byte == '{',
                .value = str_slice(text, i + 1, bar),
            };
            vec_push(arena, &line->marks, mark);
            buf_add(&raw, inner);
            buf_add(&shown, inner);
            i = end;
        } else if (byte == '^') {
            buf_add_byte(&shown, ' ');
        } else if (byte == '~') {
            size_t end = str_find_byte(text, '~', i + 1);
            assert_true(end != STR_MISSING);
            buf_add(&raw, str_slice(text, i + 1, end));
            i = end;
        } else if (byte == '*' && i + 1 < text.len && text.ptr[i + 1] == '*') {
            buf_add(&raw, STR("**"));
            i++;
        } else {
            buf_add_byte(&raw, byte);
            buf_add_byte(&shown, byte);
        }
    }
    line->raw = keep(arena, &raw);
    line->shown = keep(arena, &shown);
    buf_done(&raw);
    buf_done(&shown);
}

static void read_labels(struct arena *arena, str text, struct labels *labels)
{
    str row;
    while (str_next_line(&text, &row)) {
        if (str_starts(row, STR("# published "))) {
            str value = str_slice(row, 12, row.len);
            labels->published = str_equal(value, STR("unknown")) ? STR_NONE : value;
        }
        if (str_starts(row, STR("# site "))) {
            str name = str_slice(row, 7, row.len);
            labels->site = str_equal(name, STR("unknown")) ? STR_NONE : name;
        }
        if (str_starts(row, STR("#")))
            continue;
        struct label_line line = {0};
        if (row.len) {
            size_t blank = str_find_byte(row, ' ', 0);
            assert_true(blank != STR_MISSING);
            line.sign = row.ptr[0];
            line.kind = str_slice(row, 1, blank);
            read_marked(arena, str_slice(row, blank + 1, row.len), &line);
        }
        vec_push(arena, &labels->lines, line);
    }
}

/* ---- the scores ---------------------------------------------------------------------------- */

struct count {
    int right, found, expected;
};

/* A person found, for B-cubed. */
struct pairing {
    str expected;  /* id in the labels */
    int64_t found; /* id of the linker */
};

struct scores {
    struct count lines, texts, titles, sites, published, persons, dates;
    VEC(struct pairing) pairings;
    bool verbose;
};

static void tell(const struct scores *scores, const char *what, str name, str line)
{
    if (scores->verbose)
        printf("  %-16s %.*s   in: %.*s\n", what, STR_ARG(name), STR_ARG(str_slice(line, 0, 70)));
}

/* How often `text` occurs in `line` before `at`. */
static size_t occurrence(str line, str text, size_t at)
{
    size_t count = 0, from = 0;
    while ((from = str_find(line, text, from)) != STR_MISSING && from < at) {
        count++;
        from++;
    }
    return count;
}

/* The same occurrence of the same text in another line; STR_MISSING when there is none. */
static size_t same_place(str from_line, str text, size_t at, str to_line)
{
    size_t place = str_find(to_line, text, 0);
    for (size_t skip = occurrence(from_line, text, at); skip && place != STR_MISSING; skip--)
        place = str_find(to_line, text, place + 1);
    return place;
}

static bool value_is_right(str expected, str found)
{
    if (str_equal(expected, STR("X")))
        return found.len == 0 || str_starts(found, STR("XXXX"));
    return str_equal(expected, found);
}

/* The mark at that place, or NULL. *ignore: one that is not counted lies there. */
static struct mark *mark_at(struct label_line *line, bool is_date, size_t start, size_t end,
                            bool *ignore)
{
    *ignore = false;
    for (size_t i = 0; i < line->marks.count; i++) {
        struct mark *mark = &line->marks.items[i];
        if (mark->is_date != is_date)
            continue;
        if (is_date && str_equal(mark->value, STR("?"))) {
            if (start < mark->end && mark->start < end)
                *ignore = true;
        } else if (mark->start == start && mark->end == end) {
            return mark;
        }
    }
    return NULL;
}

struct outcome {
    const struct article *article;
    const struct analysis *analysis;
    const int64_t *ids;
};

/* The line that a block came from, among those not used yet. Equal lines are interchangeable. */
static struct label_line *line_of_block(struct labels *labels, const struct block *block)
{
    if (block->line < 1 || block->line > labels->lines.count)
        return NULL;
    str raw = labels->lines.items[block->line - 1].raw;
    struct label_line *cut = NULL;
    for (size_t i = 0; i < labels->lines.count; i++) {
        struct label_line *line = &labels->lines.items[i];
        if (!line->sign || line->used || !str_equal(line->raw, raw))
            continue;
        if (line->sign != '-')
            return line;
        cut = line;
    }
    return cut;
}

static str without_bullet(str text)
{
    static const char *const bullets[] = {"• ", "- "};
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
        if (str_starts(text, str_from(bullets[i])))
            return str_slice(text, str_from(bullets[i]).len, text.len);
    return text;
}

static void score_persons(struct arena *arena, struct scores *scores, const struct outcome *outcome,
                          const struct block *block, struct label_line *line)
{
    str shown = str_slice(outcome->article->text, block->start, block->end);
    for (size_t i = 0; i < outcome->analysis->mentions.count; i++) {
        const struct mention *mention = &outcome->analysis->mentions.items[i];
        if (mention->kind != ENTITY_PERSON || mention->start < block->start ||
            mention->end > block->end)
            continue;
        str name = str_slice(outcome->article->text, mention->start, mention->end);
        bool ignore = false;
        struct mark *mark = NULL;
        if (line && line->sign == '?')
            continue;
        if (line && line->sign == '+') {
            size_t at = same_place(shown, name, mention->start - block->start, line->shown);
            if (at != STR_MISSING)
                mark = mark_at(line, false, at, at + name.len, &ignore);
        }
        scores->persons.found++;
        if (!mark || mark->found) {
            tell(scores, "person wrong:", name, shown);
            continue;
        }
        mark->found = true;
        scores->persons.right++;
        struct pairing pairing = {mark->value, outcome->ids[mention->entity]};
        vec_push(arena, &scores->pairings, pairing);
    }
}

static void score_dates(struct scores *scores, const struct outcome *outcome,
                        const struct block *block, struct label_line *line)
{
    str shown = str_slice(outcome->article->text, block->start, block->end);
    for (size_t i = 0; i < outcome->analysis->moments.count; i++) {
        const struct moment *moment = &outcome->analysis->moments.items[i];
        if (moment->start < block->start || moment->end > block->end)
            continue;
        str words = str_slice(outcome->article->text, moment->start, moment->end);
        bool ignore = false;
        struct mark *mark = NULL;
        if (line && line->sign == '?')
            continue;
        if (line && line->sign == '+') {
            size_t at = same_place(shown, words, moment->start - block->start, line->shown);
            if (at != STR_MISSING)
                mark = mark_at(line, true, at, at + words.len, &ignore);
        }
        if (ignore)
            continue;
        scores->dates.found++;
        if (mark && value_is_right(mark->value, moment->value)) {
            mark->found = true;
            scores->dates.right++;
        } else {
            tell(scores, mark ? "date's value:" : "date wrong:", words, shown);
            if (mark)
                tell(scores, "  it was read as", moment->value, mark->value);
        }
    }
}

static void score_blocks(struct arena *arena, struct scores *scores, struct labels *labels,
                         const struct outcome *outcome)
{
    for (size_t i = 0; i < outcome->article->blocks.count; i++) {
        const struct block *block = &outcome->article->blocks.items[i];
        str shown = str_slice(outcome->article->text, block->start, block->end);
        struct label_line *line = line_of_block(labels, block);
        if (line)
            line->used = true;
        if (!line || line->sign != '?') {
            scores->lines.found++;
            if (line && line->sign == '+')
                scores->lines.right++;
            else
                tell(scores, "kept:", shown, STR_NONE);
        }
        if (line && line->sign == '+') {
            scores->texts.found++;
            if (str_equal(without_bullet(shown), without_bullet(line->shown)))
                scores->texts.right++;
            else
                tell(scores, "text:", shown, line->shown);
        }
        score_persons(arena, scores, outcome, block, line);
        score_dates(scores, outcome, block, line);
    }
}

/* What should have been found, found or not. */
static void count_expected(struct scores *scores, const struct labels *labels)
{
    for (size_t i = 0; i < labels->lines.count; i++) {
        const struct label_line *line = &labels->lines.items[i];
        if (line->sign != '+')
            continue;
        scores->lines.expected++;
        scores->texts.expected++;
        if (!line->used)
            tell(scores, "lost:", line->shown, STR_NONE);
        for (size_t k = 0; k < line->marks.count; k++) {
            const struct mark *mark = &line->marks.items[k];
            if (str_equal(mark->value, STR("?")))
                continue;
            *(mark->is_date ? &scores->dates.expected : &scores->persons.expected) += 1;
            if (!mark->found)
                tell(scores, mark->is_date ? "date missed:" : "person missed:",
                     str_slice(line->shown, mark->start, mark->end), line->shown);
        }
    }
}

static void score_head(struct scores *scores, const struct labels *labels,
                       const struct article *article)
{
    for (size_t i = 0; i < labels->lines.count; i++) {
        const struct label_line *line = &labels->lines.items[i];
        if (line->sign != '+' || !str_equal(line->kind, STR("title")))
            continue;
        scores->titles.expected++;
        scores->titles.found++;
        if (str_equal(article->title, line->shown))
            scores->titles.right++;
        else
            tell(scores, "title:", article->title, line->shown);
    }
    scores->sites.expected++;
    scores->sites.found++;
    if (str_equal(article->site, labels->site))
        scores->sites.right++;
    else
        tell(scores, "outlet:", article->site, labels->site);
    day expected = DAY_UNKNOWN;
    if (labels->published.len)
        assert_true(day_parse(labels->published, &expected));
    scores->published.expected++;
    scores->published.found++;
    if (article->published.value == expected)
        scores->published.right++;
    else
        tell(scores, "published:", labels->published, article->path);
}

/* B-cubed over the persons found: for each, how much of its group belongs with it. */
static struct count score_links(const struct scores *scores, double *precision, double *recall)
{
    size_t count = scores->pairings.count;
    const struct pairing *items = scores->pairings.items;
    *precision = *recall = 0;
    for (size_t i = 0; i < count; i++) {
        int both = 0, found = 0, expected = 0;
        for (size_t k = 0; k < count; k++) {
            bool same_found = items[k].found == items[i].found;
            bool same_expected = str_equal(items[k].expected, items[i].expected);
            both += same_found && same_expected;
            found += same_found;
            expected += same_expected;
        }
        if (scores->verbose && both < expected)
            printf("  %-16s %.*s: %d of %d in this group\n",
                   "linked apart:", STR_ARG(items[i].expected), both, expected);
        if (scores->verbose && both < found)
            printf("  %-16s %.*s: %d strangers in this group\n",
                   "linked together:", STR_ARG(items[i].expected), found - both);
        *precision += (double)both / found;
        *recall += (double)both / expected;
    }
    if (count)
        *precision /= (double)count, *recall /= (double)count;
    return (struct count){(int)count, (int)count, (int)count};
}

/* ---- running the layers -------------------------------------------------------------------- */

struct tools {
    struct arena arena; /* for all of the test */
    struct clean_rules *rules;
    struct analyser *analyser;
    struct link_memory *memory;
    struct scores scores;
    struct labels labels; /* of the article being read */
};

static enum status take_page(void *context, const struct page *page)
{
    struct tools *tools = context;
    struct arena *arena = &tools->arena;
    struct error err = {0};
    struct article article = {0};
    struct analysis analysis = {0};
    clean_page(arena, tools->rules, NULL, page, &article);
    analyse_article(tools->analyser, arena, &article, &analysis);
    struct link_source source = link_memory_source(tools->memory);
    int64_t *ids = arena_array(arena, int64_t, analysis.entities.count + 1);
    struct link_result *results =
        arena_array(arena, struct link_result, analysis.entities.count + 1);
    enum status status =
        link_article(tools->analyser, &source, arena, &article, &analysis.entities, results, &err);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < analysis.entities.count; i++)
        ids[i] = results[i].entity;
    struct outcome outcome = {&article, &analysis, ids};
    score_head(&tools->scores, &tools->labels, &article);
    score_blocks(arena, &tools->scores, &tools->labels, &outcome);
    count_expected(&tools->scores, &tools->labels);
    return STATUS_OK;
}

static enum status take_broken(void *context, str path, const struct error *err)
{
    (void)context;
    fail_msg("%.*s: %s", STR_ARG(path), err->text);
    return STATUS_BAD_INPUT;
}

/* The labels must be those of the article as it is. */
static void check_same_page(const struct labels *labels, str page, const char *path)
{
    str line;
    size_t number = 0;
    while (str_next_line(&page, &line)) {
        if (number == labels->lines.count || !str_equal(line, labels->lines.items[number].raw))
            fail_msg("%s:%zu: differs from its labels", path, number + 1);
        number++;
    }
    if (number != labels->lines.count)
        fail_msg("%s: shorter than its labels", path);
}

static void read_article(struct tools *tools, const char *name)
{
    struct error err = {0};
    str text;
    const char *stem_end = strrchr(name, '.');
    str path = arena_format(&tools->arena, "%s/sample/labels/%s", TESTS_DIR, name);
    if (file_read(&tools->arena, path.ptr, PAGE_LIMIT_LEN, &text, &err) != STATUS_OK)
        fail_msg("%s", err.text);
    tools->labels = (struct labels){0};
    read_labels(&tools->arena, text, &tools->labels);

    path =
        arena_format(&tools->arena, "%s/articles/%.*s.txt", DATA_DIR, (int)(stem_end - name), name);
    struct input input = {.path = path, .published = DAY_UNKNOWN};
    if (file_read(&tools->arena, path.ptr, PAGE_LIMIT_LEN, &input.bytes, &err) != STATUS_OK)
        fail_msg("%s", err.text);
    check_same_page(&tools->labels, input.bytes, path.ptr);

    if (tools->scores.verbose)
        printf("%s\n", name);
    struct page_sink sink = {.page = take_page, .broken = take_broken, .context = tools};
    struct arena page_arena = {0};
    if (format_read(&page_arena, &input, &sink, &err) != STATUS_OK)
        fail_msg("%s", err.text);
    arena_done(&page_arena);
}

static int is_label_file(const struct dirent *entry)
{
    return strstr(entry->d_name, ".labels") != NULL;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* ---- the floors ---------------------------------------------------------------------------- */

static bool reaches(const char *what, double precision, double recall, int count, double floor)
{
    double sum = precision + recall;
    double score = sum > 0 ? 2 * precision * recall / sum : 0;
    printf("%-12s precision %5.3f  recall %5.3f  F1 %5.3f  of %4d  (floor %.2f)%s\n", what,
           precision, recall, score, count, floor, score < floor ? "  TOO LOW" : "");
    return score >= floor;
}

static bool count_reaches(const char *what, struct count count, double floor)
{
    double precision = count.found ? (double)count.right / count.found : 0;
    double recall = count.expected ? (double)count.right / count.expected : 0;
    return reaches(what, precision, recall, count.expected, floor);
}

static void sample_scores(void **state)
{
    (void)state;
    struct tools tools = {.memory = link_memory_new()};
    struct error err = {0};
    /* DOSSIER_SAMPLE_VERBOSE=1 names every mistake. */
    tools.scores.verbose = getenv("DOSSIER_SAMPLE_VERBOSE") != NULL;
    if (clean_rules_open(DATA_DIR "/rules", &tools.rules, &err) != STATUS_OK)
        fail_msg("%s", err.text);
    if (analyser_open(DATA_DIR, &tools.analyser, &err) != STATUS_OK)
        fail_msg("%s", err.text);

    struct dirent **entries = NULL;
    int count = scandir(TESTS_DIR "/sample/labels", &entries, is_label_file, by_bytes);
    assert_true(count >= 9);
    for (int i = 0; i < count; i++) {
        read_article(&tools, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);

    struct scores *scores = &tools.scores;
    double precision, recall;
    struct count links = score_links(scores, &precision, &recall);
    bool good = true;
    good &= count_reaches("lines", scores->lines, 0.97);
    good &= count_reaches("text", scores->texts, 0.97);
    good &= count_reaches("titles", scores->titles, 0.99);
    good &= count_reaches("outlets", scores->sites, 0.90);
    good &= count_reaches("published", scores->published, 0.95);
    good &= count_reaches("persons", scores->persons, 0.97);
    good &= reaches("who is who", precision, recall, links.expected, 0.96);
    good &= count_reaches("dates", scores->dates, 0.93);

    link_memory_free(tools.memory);
    analyser_close(tools.analyser);
    clean_rules_close(tools.rules);
    arena_done(&tools.arena);
    assert_true(good);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sample_scores)};
    return cmocka_run_group_tests_name("sample", tests, NULL, NULL);
}
