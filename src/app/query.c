#include "app/query.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "text/fold.h"
#include "text/unspaced.h"
#include "text/utf8.h"

enum { TERM_LIMIT = 32, TERM_LIMIT_LEN = 256 };

typedef VEC(struct search_term) term_vec;

struct parser {
    struct arena *arena;
    struct error *err;
    str text;
    size_t at;
    term_vec terms;
};

/* One term as it was written. */
struct written {
    size_t start; /* bytes: where it begins, for messages */
    str words;
    bool quoted, prefix, negated, title_only;
};

static enum status fail(const struct parser *parser, size_t at, const char *what)
{
    size_t column = utf8_count(str_slice(parser->text, 0, at)) + 1;
    return error_set(parser->err, STATUS_BAD_INPUT, "search: column %zu: %s", column, what);
}

/* ---- reading ------------------------------------------------------------------------------- */

static uint32_t point_at(const struct parser *parser, size_t at, size_t *len)
{
    *len = 1;
    return at < parser->text.len ? utf8_decode(parser->text, at, len) : 0;
}

static bool is_space_at(const struct parser *parser, size_t at, size_t *len)
{
    uint32_t point = point_at(parser, at, len);
    return at < parser->text.len && (code_point_is_space(point) || point < 0x20);
}

static void skip_space(struct parser *parser)
{
    size_t len;
    while (is_space_at(parser, parser->at, &len))
        parser->at += len;
}

static bool is_quote(uint32_t point)
{
    return point == '"' || point == 0x201C || point == 0x201D || point == 0x201E;
}

static size_t word_end(const struct parser *parser, size_t at)
{
    size_t len;
    while (at < parser->text.len && !is_space_at(parser, at, &len)) {
        if (is_quote(point_at(parser, at, &len)))
            break;
        at += len;
    }
    return at;
}

static enum status read_quoted(struct parser *parser, struct written *term)
{
    size_t len, open = parser->at;
    (void)point_at(parser, open, &len);
    size_t start = open + len, end = start;
    while (end < parser->text.len && !is_quote(point_at(parser, end, &len)))
        end += len;
    if (end >= parser->text.len)
        return fail(parser, open, "the quote is not closed; add a \"");
    term->words = str_slice(parser->text, start, end);
    term->quoted = true;
    parser->at = end + len;
    if (parser->at < parser->text.len && parser->text.ptr[parser->at] == '*') {
        term->prefix = true;
        parser->at++;
    }
    return STATUS_OK;
}

static bool take(struct parser *parser, str what)
{
    if (!str_starts(str_slice(parser->text, parser->at, parser->text.len), what))
        return false;
    parser->at += what.len;
    return true;
}

/* "-", "NOT " and "title:" before a term. */
static void read_marks(struct parser *parser, struct written *term)
{
    size_t end = word_end(parser, parser->at);
    if (str_equal(str_slice(parser->text, parser->at, end), STR("NOT"))) {
        term->negated = true;
        parser->at = end;
        skip_space(parser);
    }
    if (take(parser, STR("-")))
        term->negated = true;
    if (take(parser, STR("title:")))
        term->title_only = true;
}

static enum status read_written(struct parser *parser, struct written *term)
{
    size_t len;
    *term = (struct written){.start = parser->at};
    read_marks(parser, term);
    if (parser->at >= parser->text.len || is_space_at(parser, parser->at, &len))
        return fail(parser, term->start, "a word is missing here");
    if (is_quote(point_at(parser, parser->at, &len)))
        return read_quoted(parser, term);
    size_t start = parser->at, end = word_end(parser, start);
    parser->at = end;
    if (end > start && parser->text.ptr[end - 1] == '*') {
        term->prefix = true;
        end--;
    }
    term->words = str_slice(parser->text, start, end);
    size_t star = str_find_byte(term->words, '*', 0);
    if (star != STR_MISSING)
        return fail(parser, start + star, "a * can only stand at the end of a word");
    return STATUS_OK;
}

/* ---- from what was written to terms -------------------------------------------------------- */

static bool is_word_point(uint32_t point)
{
    return code_point_is_letter(point) || code_point_is_digit(point);
}

static bool has_word(str text)
{
    for (size_t at = 0, len; at < text.len; at += len)
        if (is_word_point(utf8_decode(text, at, &len)))
            return true;
    return false;
}

static enum status add_term(struct parser *parser, const struct written *written,
                            struct search_term term)
{
    if (parser->terms.count == TERM_LIMIT)
        return fail(parser, written->start, "too many words; at most 32 can be searched at once");
    if (term.text.len > TERM_LIMIT_LEN)
        return fail(parser, written->start, "this is too long; at most 256 bytes are searched");
    term.text = arena_str(parser->arena, term.text);
    term.negated = written->negated;
    term.title_only = written->title_only;
    vec_push(parser->arena, &parser->terms, term);
    return STATUS_OK;
}

static enum status add_run(struct parser *parser, const struct written *written, str run)
{
    bool prefix = false;
    str pairs = unspaced_query(parser->arena, run, &prefix);
    return add_term(parser, written,
                    (struct search_term){.text = pairs, .prefix = prefix, .unspaced = true});
}

/* The end of the run from `at` whose characters are alike: all written without spaces, or none. */
static size_t run_end(str text, size_t at, bool *unspaced)
{
    size_t len;
    *unspaced = code_point_is_unspaced(utf8_decode(text, at, &len));
    for (at += len; at < text.len; at += len)
        if (code_point_is_unspaced(utf8_decode(text, at, &len)) != *unspaced)
            break;
    return at;
}

/* A term becomes one search term, or several where scripts with and without spaces meet:
 * "2024年8月" is looked for by its parts. */
static enum status add_written(struct parser *parser, const struct written *written)
{
    enum status status = STATUS_OK;
    if (!has_word(written->words))
        return fail(parser, written->start, "there is no letter or digit in this word");
    for (size_t at = 0; status == STATUS_OK && at < written->words.len;) {
        bool unspaced;
        size_t end = run_end(written->words, at, &unspaced);
        str run = str_slice(written->words, at, end);
        bool last = end == written->words.len;
        if (unspaced)
            status = add_run(parser, written, run);
        else if (has_word(run))
            status = add_term(
                parser, written,
                (struct search_term){.text = str_trim(run), .prefix = written->prefix && last});
        at = end;
    }
    return status;
}

/* Words that other search languages have and that would be searched as words here. */
static enum status read_operator(struct parser *parser, bool *skipped)
{
    size_t end = word_end(parser, parser->at);
    str word = str_slice(parser->text, parser->at, end);
    *skipped = str_equal(word, STR("AND"));
    if (str_equal(word, STR("OR")))
        return fail(parser, parser->at, "OR is not known; search for one word after the other");
    if (*skipped)
        parser->at = end;
    return STATUS_OK;
}

enum status query_parse(struct arena *arena, str text, struct search_query *query,
                        struct error *err)
{
    struct parser parser = {.arena = arena, .err = err, .text = utf8_repair(arena, text)};
    struct written term;
    bool wanted = false, skipped;
    *query = (struct search_query){0};
    for (skip_space(&parser); parser.at < parser.text.len; skip_space(&parser)) {
        enum status status = read_operator(&parser, &skipped);
        if (status == STATUS_OK && skipped)
            continue;
        if (status == STATUS_OK)
            status = read_written(&parser, &term);
        if (status == STATUS_OK)
            status = add_written(&parser, &term);
        if (status != STATUS_OK)
            return status;
        wanted = wanted || !term.negated;
    }
    if (parser.terms.count == 0)
        return fail(&parser, 0, "there is nothing to search for; give a word");
    if (!wanted)
        return fail(&parser, 0, "only words to leave out; add one that must occur");
    query->terms = parser.terms.items;
    query->term_count = parser.terms.count;
    return STATUS_OK;
}

/* ---- places in a text ---------------------------------------------------------------------- */

typedef VEC(struct text_range) range_vec;

struct finder {
    struct arena *arena;
    str text;
    range_vec ranges;
};

/* A mark over the letter before it belongs to the word. */
static bool continues_word(uint32_t point)
{
    return is_word_point(point) || (point >= 0x0300 && point <= 0x036F);
}

static bool begins_word(str text, size_t at)
{
    size_t len;
    return at == 0 || !continues_word(utf8_decode(text, utf8_before(text, at), &len));
}

static size_t end_of_word(str text, size_t at)
{
    size_t len;
    while (at < text.len && continues_word(utf8_decode(text, at, &len)))
        at += len;
    return at;
}

/* The next letter or digit at or after `at`; text.len when there is none. */
static size_t next_word(str text, size_t at)
{
    for (size_t len; at < text.len; at += len)
        if (is_word_point(utf8_decode(text, at, &len)))
            break;
    return at;
}

typedef VEC(str) word_vec;

/* The words of a term, folded: a word index parts them at everything that is no letter or digit. */
static word_vec term_words(struct arena *arena, str term)
{
    word_vec words = {0};
    str folded = fold_text(arena, term);
    for (size_t at = next_word(folded, 0); at < folded.len;) {
        size_t end = end_of_word(folded, at);
        vec_push(arena, &words, str_slice(folded, at, end));
        at = next_word(folded, end);
    }
    return words;
}

/* The end of the word that begins at `at` when it is this one, or 0. */
static size_t match_word(struct finder *finder, str word, bool prefix, size_t at)
{
    size_t end = end_of_word(finder->text, at), len = 0;
    str here = str_slice(finder->text, at, end);
    if (fold_find(finder->arena, here, word, 0, &len) != 0)
        return 0;
    return len == here.len || prefix ? end : 0;
}

/* The end of the whole phrase whose first word ends at `at`, or 0. */
static size_t match_rest(struct finder *finder, const word_vec *words, bool prefix, size_t at)
{
    for (size_t i = 1; i < words->count && at > 0; i++) {
        size_t start = next_word(finder->text, at);
        bool open = prefix && i + 1 == words->count;
        at = start < finder->text.len ? match_word(finder, words->items[i], open, start) : 0;
    }
    return at;
}

static void add_range(struct finder *finder, size_t start, size_t end)
{
    vec_push(finder->arena, &finder->ranges, (struct text_range){(uint32_t)start, (uint32_t)end});
}

static void find_words(struct finder *finder, const struct search_term *term)
{
    word_vec words = term_words(finder->arena, term->text);
    if (words.count == 0)
        return;
    bool open = term->prefix && words.count == 1;
    for (size_t from = 0, len; from < finder->text.len;) {
        size_t at = fold_find(finder->arena, finder->text, words.items[0], from, &len);
        if (at == STR_MISSING)
            return;
        size_t end = 0;
        if (begins_word(finder->text, at))
            end = match_word(finder, words.items[0], open, at);
        if (end > 0)
            end = match_rest(finder, &words, term->prefix, end);
        if (end > 0)
            add_range(finder, at, end);
        from = end > 0 ? end : utf8_after(finder->text, at);
    }
}

/* "普京 京總" -> "普京總": the first pair and the second character of each that follows. */
static str run_of_pairs(struct arena *arena, str pairs)
{
    struct buf run = BUF_INIT;
    for (str pair; str_next(&pairs, ' ', &pair);)
        buf_add(&run, run.len ? str_slice(pair, utf8_after(pair, 0), pair.len) : pair);
    str made = arena_str(arena, fold_text(arena, buf_str(&run)));
    buf_done(&run);
    return made;
}

static void find_run(struct finder *finder, const struct search_term *term)
{
    str run = run_of_pairs(finder->arena, term->text);
    for (size_t from = 0, len; run.len > 0 && from < finder->text.len;) {
        size_t at = fold_find(finder->arena, finder->text, run, from, &len);
        if (at == STR_MISSING)
            return;
        add_range(finder, at, at + len);
        from = at + (len ? len : 1);
    }
}

static int compare_ranges(const void *a, const void *b)
{
    const struct text_range *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    return left->end == right->end ? 0 : left->end > right->end ? -1 : 1;
}

/* Of places that overlap the first stays, the longest of those that begin together. */
static size_t drop_overlaps(struct text_range *ranges, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || ranges[i].start >= ranges[kept - 1].end)
            ranges[kept++] = ranges[i];
    return kept;
}

void query_find_all(struct arena *arena, const struct search_query *query, str text,
                    const struct text_range **ranges, size_t *count)
{
    struct finder finder = {.arena = arena, .text = text};
    for (size_t i = 0; i < query->term_count; i++) {
        const struct search_term *term = &query->terms[i];
        if (term->negated || term->title_only)
            continue;
        if (term->unspaced)
            find_run(&finder, term);
        else
            find_words(&finder, term);
    }
    if (finder.ranges.count > 1)
        qsort(finder.ranges.items, finder.ranges.count, sizeof *finder.ranges.items,
              compare_ranges);
    *count = drop_overlaps(finder.ranges.items, finder.ranges.count);
    *ranges = finder.ranges.items;
}
