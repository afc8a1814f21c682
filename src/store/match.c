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

static const char *column_filter(const struct search_node *node)
{
    static const char *const filters[] = {
        [SEARCH_EVERYWHERE] = "",  [SEARCH_TITLE] = "title : ", [SEARCH_OUTLET] = "site : ",
        [SEARCH_TEXT] = "text : ", [SEARCH_HEAD] = "",          [SEARCH_PATH] = "path : ",
        [SEARCH_ROW] = "",         [SEARCH_FORM] = "",
    };
    return node->unspaced ? "search_extra : " : filters[node->column];
}

static void add_phrase(struct buf *match, const struct search_node *words)
{
    add_quoted(match, words->text);
    if (words->prefix)
        buf_add_byte(match, '*');
}

static bool words_fit(const struct search_node *words, enum match_table table)
{
    bool is_listed = words->column == SEARCH_HEAD || words->column == SEARCH_PATH;
    bool is_row = words->column == SEARCH_ROW || words->column == SEARCH_FORM;
    /* The pairs of a run say that it is somewhere, not that it is in the title. */
    bool is_title_run = words->unspaced && words->column == SEARCH_TITLE;
    return match_has_words(words->text) && !is_title_run && !is_row &&
           is_listed == (table == MATCH_FILTER);
}

bool match_fits(const struct search_node *node, enum match_table table)
{
    size_t wanted = 0;
    switch (node->kind) {
    case SEARCH_WORDS:
        return words_fit(node, table);
    case SEARCH_NEAR:
        return table == MATCH_SEARCH;
    case SEARCH_ALL:
    case SEARCH_ANY:
        for (size_t i = 0; i < node->part_count; i++) {
            const struct search_node *part = node->parts[i];
            bool lacks = node->kind == SEARCH_ALL && part->kind == SEARCH_NOT;
            if (!match_fits(lacks ? part->parts[0] : part, table))
                return false;
            wanted += !lacks;
        }
        return wanted > 0;
    default:
        return false;
    }
}

static void add_near(struct buf *match, const struct search_node *near)
{
    buf_format(match, "%sNEAR(", column_filter(near->parts[0]));
    for (size_t i = 0; i < near->part_count; i++) {
        add_phrase(match, near->parts[i]);
        buf_add_byte(match, ' ');
    }
    buf_format(match, ", %d)", near->distance);
}

/* The parts that are wanted, or those that are not; returns how many. */
static size_t add_parts(struct buf *match, const struct search_node *node, bool lacking)
{
    size_t added = 0;
    for (size_t i = 0; i < node->part_count; i++) {
        const struct search_node *part = node->parts[i];
        bool lacks = node->kind == SEARCH_ALL && part->kind == SEARCH_NOT;
        if (lacks != lacking)
            continue;
        if (added++ > 0)
            buf_add(match, node->kind == SEARCH_ANY || lacking ? STR(" OR ") : STR(" AND "));
        match_add(match, lacks ? part->parts[0] : part);
    }
    return added;
}

void match_add(struct buf *match, const struct search_node *node)
{
    struct buf lacking = BUF_INIT;
    buf_add_byte(match, '(');
    if (node->kind == SEARCH_NEAR) {
        add_near(match, node);
    } else if (node->kind == SEARCH_WORDS && node->column == SEARCH_HEAD) {
        match_add_filter(match, node->text);
    } else if (node->kind == SEARCH_WORDS) {
        buf_add(match, str_from(column_filter(node)));
        add_phrase(match, node);
    } else {
        add_parts(match, node, false);
    }
    buf_add_byte(match, ')');
    if (node->part_count && add_parts(&lacking, node, true) > 0 && node->kind == SEARCH_ALL)
        buf_format(match, " NOT (%s)", buf_c(&lacking));
    buf_done(&lacking);
}

void match_add_name(struct buf *match, const struct search_node *node)
{
    str rest = node->text, word;
    for (int i = 0; i < MATCH_TERM_LIMIT && next_word(&rest, &word); i++) {
        if (i > 0)
            buf_add(match, STR(" AND "));
        add_quoted(match, word);
        if (node->prefix && !str_trim(rest).len)
            buf_add_byte(match, '*');
    }
}

void match_add_form(struct buf *match, const struct search_node *words)
{
    if (words->column == SEARCH_HEAD)
        match_add_filter(match, words->text);
    else
        add_phrase(match, words);
}
