/* Expressions of FTS5's query language, made of quoted strings only: nothing that was typed is
 * taken for an operator. */
#include "store/internal.h"

#include <string.h>

/* A word as FTS5 string: quotes doubled, cut to the limit, NUL left out. */
static void add_quoted(struct buf *match, str text)
{
    if (text.len > MATCH_TERM_LIMIT_LEN)
        text = whole_code_points(str_slice(text, 0, MATCH_TERM_LIMIT_LEN));
    buf_add_byte(match, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"')
            buf_add_byte(match, '"');
        if (text.ptr[i] != '\0')
            buf_add_byte(match, text.ptr[i]);
    }
    buf_add_byte(match, '"');
}

static bool is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static bool next_word(str *rest, str *word)
{
    *rest = str_trim(*rest);
    size_t len = 0;
    while (len < rest->len && !is_space(rest->ptr[len]))
        len++;
    *word = str_slice(*rest, 0, len);
    *rest = str_slice(*rest, len, rest->len);
    return len > 0;
}

bool match_has_words(str words)
{
    str word;
    return next_word(&words, &word);
}

void match_add_filter(struct buf *match, str words)
{
    str word;
    for (int i = 0; i < MATCH_TERM_LIMIT && next_word(&words, &word); i++) {
        if (i > 0)
            buf_add(match, STR(" AND "));
        add_quoted(match, word);
        buf_add_byte(match, '*');
    }
}

static void add_term(struct buf *match, const struct search_term *term)
{
    if (term->unspaced)
        buf_add(match, STR("search_extra : "));
    else if (term->title_only)
        buf_add(match, STR("title : "));
    add_quoted(match, term->text);
    if (term->prefix)
        buf_add_byte(match, '*');
}

/* Adds the terms that are negated, or those that are not; returns how many. */
static size_t add_terms(struct buf *match, const struct search_query *search, bool negated)
{
    size_t count = search->term_count < MATCH_TERM_LIMIT ? search->term_count : MATCH_TERM_LIMIT;
    size_t added = 0;
    for (size_t i = 0; i < count; i++) {
        const struct search_term *term = &search->terms[i];
        /* A run that the title must not hold may stand elsewhere: search_init sees to it. */
        bool is_title_only_run = negated && term->unspaced && term->title_only;
        if (term->negated != negated || term->text.len == 0 || is_title_only_run)
            continue;
        if (added > 0)
            buf_add(match, negated ? STR(" OR ") : STR(" AND "));
        add_term(match, term);
        added++;
    }
    return added;
}

enum status match_add_search(struct buf *match, const struct search_query *search,
                             struct error *err)
{
    struct buf negative = BUF_INIT;
    buf_add_byte(match, '(');
    size_t positive_count = add_terms(match, search, false);
    buf_add_byte(match, ')');
    if (add_terms(&negative, search, true) > 0)
        buf_format(match, " NOT (%s)", buf_c(&negative));
    buf_done(&negative);
    if (positive_count == 0)
        return error_set(err, STATUS_BAD_INPUT,
                         "the search needs a word that must occur, not only words that must not");
    return STATUS_OK;
}
