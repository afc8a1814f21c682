#include "app/query.h"

#include <string.h>

#include "base/ascii.h"
#include "base/nearest.h"
#include "base/vec.h"
#include "model/bookmark.h"
#include "text/fold.h"
#include "text/unspaced.h"
#include "text/utf8.h"

enum {
    LEAF_LIMIT = 32,
    DEPTH_LIMIT = 16,
    WORD_LIMIT_LEN = 256,
    NEAR_USUAL = 10,
    NEAR_LIMIT = 1000
};

typedef VEC(const struct search_node *) part_vec;

struct parser {
    struct arena *arena;
    struct error *err;
    size_t *fault;
    enum query_use use;
    str text;
    size_t at;
    size_t leaf_count;
};

/* The value of a term as it was written. */
struct written {
    size_t start; /* bytes: where it begins, for messages */
    str words;
    bool quoted, prefix;
};

static enum status fail(const struct parser *parser, size_t at, const char *what)
{
    size_t column = utf8_count(str_slice(parser->text, 0, at)) + 1;
    if (parser->fault)
        *parser->fault = at;
    return error_set(parser->err, STATUS_BAD_INPUT, "query: column %zu: %s", column, what);
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

static bool is_at_end(const struct parser *parser)
{
    return parser->at >= parser->text.len;
}

static char byte_here(const struct parser *parser)
{
    return is_at_end(parser) ? '\0' : parser->text.ptr[parser->at];
}

static size_t word_end(const struct parser *parser, size_t at)
{
    size_t len;
    while (at < parser->text.len && !is_space_at(parser, at, &len)) {
        uint32_t point = point_at(parser, at, &len);
        if (is_quote(point) || point == '(' || point == ')')
            break;
        at += len;
    }
    return at;
}

static str word_here(const struct parser *parser)
{
    return str_slice(parser->text, parser->at, word_end(parser, parser->at));
}

static bool take_byte(struct parser *parser, char byte)
{
    bool found = byte_here(parser) == byte && byte;
    parser->at += found;
    return found;
}

/* An operator is a word in capitals. */
static bool take_word(struct parser *parser, const char *word)
{
    skip_space(parser);
    bool found = str_equal(word_here(parser), str_from(word));
    parser->at += found ? strlen(word) : 0;
    return found;
}

static enum status read_quoted(struct parser *parser, struct written *value)
{
    size_t len, open = parser->at;
    (void)point_at(parser, open, &len);
    size_t start = open + len, end = start;
    while (end < parser->text.len && !is_quote(point_at(parser, end, &len)))
        end += len;
    if (end >= parser->text.len)
        return fail(parser, open, "the quote is not closed; add a \"");
    value->words = str_slice(parser->text, start, end);
    value->quoted = true;
    parser->at = end + len;
    value->prefix = take_byte(parser, '*');
    return STATUS_OK;
}

static enum status read_value(struct parser *parser, struct written *value)
{
    size_t len;
    *value = (struct written){.start = parser->at};
    if (is_at_end(parser) || is_space_at(parser, parser->at, &len))
        return fail(parser, parser->at, "a word is missing here");
    if (is_quote(point_at(parser, parser->at, &len)))
        return read_quoted(parser, value);
    size_t start = parser->at, end = word_end(parser, start);
    if (end == start)
        return fail(parser, start, "a word is missing here");
    parser->at = end;
    if (parser->text.ptr[end - 1] == '*') {
        value->prefix = true;
        end--;
    }
    value->words = str_slice(parser->text, start, end);
    size_t star = str_find_byte(value->words, '*', 0);
    if (star != STR_MISSING)
        return fail(parser, start + star, "a * can only stand at the end of a word");
    return STATUS_OK;
}

/* ---- leaves -------------------------------------------------------------------------------- */

static bool has_word(str text)
{
    for (size_t at = 0, len; at < text.len; at += len) {
        uint32_t point = utf8_decode(text, at, &len);
        if (code_point_is_letter(point) || code_point_is_digit(point))
            return true;
    }
    return false;
}

static const struct search_node *keep_node(struct parser *parser, struct search_node node)
{
    struct search_node *kept = arena_array(parser->arena, struct search_node, 1);
    *kept = node;
    return kept;
}

/* One part stands for itself. */
static const struct search_node *join(struct parser *parser, enum search_kind kind,
                                      const part_vec *parts)
{
    if (parts->count == 1)
        return parts->items[0];
    return keep_node(parser, (struct search_node){
                                 .kind = kind, .parts = parts->items, .part_count = parts->count});
}

static enum status add_leaf(struct parser *parser, const struct written *value,
                            struct search_node leaf, part_vec *parts)
{
    if (parser->leaf_count++ == LEAF_LIMIT)
        return fail(parser, value->start, "too many words; at most 32 can be searched at once");
    if (leaf.text.len > WORD_LIMIT_LEN)
        return fail(parser, value->start, "this is too long; at most 256 bytes are searched");
    leaf.text = arena_str(parser->arena, leaf.text);
    leaf.at = value->start;
    vec_push(parser->arena, parts, keep_node(parser, leaf));
    return STATUS_OK;
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

/* Runs of scripts without spaces, parted by blanks: in quotes one follows the other. */
static bool is_phrase_of_runs(const struct written *value)
{
    size_t len;
    for (size_t at = 0; at < value->words.len; at += len) {
        uint32_t point = utf8_decode(value->words, at, &len);
        if (!code_point_is_unspaced(point) && !code_point_is_space(point))
            return false;
    }
    return value->quoted;
}

/* A word becomes one leaf, or several where scripts with and without spaces meet: "2024年8月" is
 * looked for by its parts. */
static enum status read_words(struct parser *parser, const struct written *value,
                              enum search_column column, part_vec *parts)
{
    enum status status = STATUS_OK;
    bool is_row = column == SEARCH_ROW || column == SEARCH_FORM;
    if (!has_word(value->words))
        return fail(parser, value->start, "there is no letter or digit in this word");
    for (size_t at = 0; status == STATUS_OK && at < value->words.len;) {
        struct search_node leaf = {.kind = SEARCH_WORDS, .column = column};
        bool whole = leaf.unspaced = is_phrase_of_runs(value);
        size_t end = whole ? value->words.len : run_end(value->words, at, &leaf.unspaced);
        str run = str_trim(str_slice(value->words, at, end));
        if (column == SEARCH_HEAD && (leaf.unspaced || value->quoted))
            leaf.column = SEARCH_TITLE;
        leaf.text = run;
        leaf.prefix = value->prefix && end == value->words.len;
        if (is_row)
            leaf.prefix = leaf.prefix || leaf.unspaced || !value->quoted;
        else if (leaf.unspaced)
            leaf.text = unspaced_query(parser->arena, run, &leaf.prefix);
        if (leaf.unspaced)
            leaf.run = arena_str(parser->arena, run);
        if (has_word(run))
            status = add_leaf(parser, value, leaf, parts);
        at = end;
    }
    return status;
}

/* ---- fields -------------------------------------------------------------------------------- */

struct field_way {
    enum status (*read)(struct parser *parser, const struct written *value,
                        const struct field_way *way, part_vec *parts);
    struct search_node leaf; /* what is known of it */
};

static enum status read_words_field(struct parser *parser, const struct written *value,
                                    const struct field_way *way, part_vec *parts)
{
    return read_words(parser, value, way->leaf.column, parts);
}

/* One phrase, by a table that knows no pairs of characters. */
static enum status read_phrase(struct parser *parser, const struct written *value,
                               const struct field_way *way, part_vec *parts)
{
    struct search_node leaf = way->leaf;
    if (!has_word(value->words))
        return fail(parser, value->start, "there is no letter or digit in this word");
    leaf.text = str_trim(value->words);
    leaf.prefix = value->prefix || unspaced_any(leaf.text);
    return add_leaf(parser, value, leaf, parts);
}

/* Of notes, which no index knows: what is written without spaces stands anywhere in one. */
static enum status read_note(struct parser *parser, const struct written *value,
                             const struct field_way *way, part_vec *parts)
{
    struct field_way note = *way;
    note.leaf.unspaced = unspaced_any(value->words);
    if (note.leaf.unspaced)
        note.leaf.run = arena_str(parser->arena, str_trim(value->words));
    return read_phrase(parser, value, &note, parts);
}

static enum status read_near(struct parser *parser, const struct written *value,
                             const struct field_way *way, part_vec *parts);

/* "2024", "2024-07", "2024-07-31": its first and last day. */
static bool read_period(str text, day *first, day *last)
{
    return str_find(text, STR(".."), 0) == STR_MISSING && day_parse_period(text, first, last);
}

/* A period, or two with ".." between them, of which one may be left out. */
static bool read_days(str text, day *first, day *last)
{
    size_t dots = str_find(text, STR(".."), 0);
    day unused;
    *first = *last = DAY_UNKNOWN;
    if (dots == STR_MISSING)
        return read_period(text, first, last);
    str from = str_slice(text, 0, dots), to = str_slice(text, dots + 2, text.len);
    if (from.len && !read_period(from, first, &unused))
        return false;
    if (to.len && !read_period(to, &unused, last))
        return false;
    return (from.len || to.len) &&
           (*first == DAY_UNKNOWN || *last == DAY_UNKNOWN || *first <= *last);
}

static enum status read_days_field(struct parser *parser, const struct written *value,
                                   const struct field_way *way, part_vec *parts)
{
    struct search_node leaf = way->leaf;
    if (value->prefix || !read_days(value->words, &leaf.first, &leaf.last))
        return fail(parser, value->start,
                    "no date; write 2024-07-31, 2024-07, 2024 or 2024-07..2024-09");
    return add_leaf(parser, value, leaf, parts);
}

static enum status read_before(struct parser *parser, const struct written *value,
                               const struct field_way *way, part_vec *parts)
{
    struct search_node leaf = way->leaf;
    day first, last;
    if (value->prefix || !read_period(value->words, &first, &last))
        return fail(parser, value->start, "no date; write 2024-07-31, 2024-07 or 2024");
    bool before = leaf.last != DAY_UNKNOWN; /* the end that the field sets */
    leaf.first = before ? DAY_UNKNOWN : last + 1;
    leaf.last = before ? first - 1 : DAY_UNKNOWN;
    return add_leaf(parser, value, leaf, parts);
}

/* From a day on, or up to one: the end that the field sets stays open. */
static enum status read_bound(struct parser *parser, const struct written *value,
                              const struct field_way *way, part_vec *parts)
{
    struct search_node leaf = way->leaf;
    day first, last;
    if (value->prefix || !read_period(value->words, &first, &last))
        return fail(parser, value->start, "no date; write 2024-07-31, 2024-07 or 2024");
    leaf.first = leaf.first == DAY_UNKNOWN ? DAY_UNKNOWN : first;
    leaf.last = leaf.last == DAY_UNKNOWN ? DAY_UNKNOWN : last;
    return add_leaf(parser, value, leaf, parts);
}

static const struct {
    const char *name;
    enum search_state state;
} states[] = {
    {"unread", SEARCH_IS_UNREAD}, {"started", SEARCH_IS_STARTED},
    {"read", SEARCH_IS_READ},     {"bookmarked", SEARCH_IS_BOOKMARKED},
    {"tagged", SEARCH_IS_TAGGED}, {"undated", SEARCH_IS_UNDATED},
    {"new", SEARCH_IS_NEW},
};

/* Of a passage: whether it still stands in its text. */
static bool is_anchor_state(str word, int64_t *state)
{
    for (*state = 0; *state < ANCHOR_STATE_COUNT; ++*state)
        if (str_equal_ascii_fold(word, str_from(anchor_state_name((enum anchor_state) * state))))
            return true;
    return false;
}

#define ARTICLE_STATES "unread, started, read, bookmarked, tagged, undated or new"
#define ANCHOR_STATES "exact, moved, near, ambiguous or lost"

static enum status read_state_field(struct parser *parser, const struct written *value,
                                    const struct field_way *way, part_vec *parts)
{
    struct search_node leaf = way->leaf;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        if (!str_equal_ascii_fold(value->words, str_from(states[i].name)))
            continue;
        leaf.state = states[i].state;
        return add_leaf(parser, value, leaf, parts);
    }
    if (parser->use != QUERY_BOOKMARKS)
        return fail(parser, value->start, "is: takes " ARTICLE_STATES);
    if (!is_anchor_state(value->words, &leaf.number))
        return fail(parser, value->start,
                    "is: takes " ARTICLE_STATES "; of a passage " ANCHOR_STATES);
    leaf.kind = SEARCH_ANCHOR;
    return add_leaf(parser, value, leaf, parts);
}

const char *query_state(size_t i, enum query_use use)
{
    size_t count = sizeof states / sizeof *states;
    bool is_anchor = use == QUERY_BOOKMARKS && i >= count && i < count + ANCHOR_STATE_COUNT;
    return i < count   ? states[i].name
           : is_anchor ? anchor_state_name((enum anchor_state)(i - count))
                       : NULL;
}

/* One number: of an article. */
static enum status read_number(struct parser *parser, const struct written *value,
                               const struct field_way *way, part_vec *parts)
{
    struct search_node leaf = way->leaf;
    if (value->prefix || !str_to_int(value->words, &leaf.number) || leaf.number < 1)
        return fail(parser, value->start, "give the number that `dossier list` shows");
    return add_leaf(parser, value, leaf, parts);
}

/* Nothing behind the colon. */
static enum status read_flag(struct parser *parser, const struct written *value,
                             const struct field_way *way, part_vec *parts)
{
    return add_leaf(parser, value, way->leaf, parts);
}

#define IN(use) (1u << QUERY_##use)
const struct query_field query_fields[QUERY_FIELD_COUNT] = {
    {"title", "WORDS", "the title has these words", 0},
    {"text", "WORDS", "the text has these words", 0},
    {"outlet", "WORDS", "published by an outlet of this name", 0},
    {"path", "WORDS", "imported from a file or address with these words", 0},
    {"name", "WORDS", "the name is written like this", IN(PEOPLE) | IN(MENTIONS)},
    {"who", "NAME", "a person of this name is mentioned", 0},
    {"place", "NAME", "a place of this name is mentioned", 0},
    {"org", "NAME", "an organisation of this name is mentioned", 0},
    {"tag", "TAG", "you gave the article, or a bookmark in it, this tag", 0},
    {"note", "WORDS", "a note of yours in the article has these words", 0},
    {"before", "DATE", "published before this day, month or year", 0},
    {"after", "DATE", "published after this day, month or year", 0},
    {"published", "DATES", "published on this day, or in this month, year or range", 0},
    {"on", "DATES", "the text speaks of this day, or of one in this month, year or range", 0},
    {"search", "(QUERY)", "a search of the articles finds it, whatever list is asked", 0},
    {"near", "\"WORDS\"~N", "these words stand at most N words apart; 10 when N is left out", 0},
    {"is", "STATE", ARTICLE_STATES "; of a bookmark " ANCHOR_STATES, 0},
    {"from", "DATE", "statements from this day, month or year on", IN(MOMENTS)},
    {"to", "DATE", "statements up to this day, month or year", IN(MOMENTS)},
    {"day", NULL, "only what is known to the day", IN(MOMENTS)},
    {"article", "NUMBER", "only in this article", IN(MOMENTS)},
};
#undef IN

/* In the order of query_fields. */
static const struct field_way field_ways[QUERY_FIELD_COUNT] = {
    {read_words_field, {.kind = SEARCH_WORDS, .column = SEARCH_TITLE}},
    {read_words_field, {.kind = SEARCH_WORDS, .column = SEARCH_TEXT}},
    {read_phrase, {.kind = SEARCH_WORDS, .column = SEARCH_OUTLET}},
    {read_phrase, {.kind = SEARCH_WORDS, .column = SEARCH_PATH}},
    {read_words_field, {.kind = SEARCH_WORDS, .column = SEARCH_FORM}},
    {read_phrase, {.kind = SEARCH_NAME, .entity_kind = ENTITY_PERSON}},
    {read_phrase, {.kind = SEARCH_NAME, .entity_kind = ENTITY_PLACE}},
    {read_phrase, {.kind = SEARCH_NAME, .entity_kind = ENTITY_ORGANISATION}},
    {read_phrase, {.kind = SEARCH_TAG}},
    {read_note, {.kind = SEARCH_NOTE}},
    {read_before, {.kind = SEARCH_PUBLISHED, .first = DAY_UNKNOWN, .last = 0}},
    {read_before, {.kind = SEARCH_PUBLISHED, .first = 0, .last = DAY_UNKNOWN}},
    {read_days_field, {.kind = SEARCH_PUBLISHED}},
    {read_days_field, {.kind = SEARCH_SPEAKS_OF}},
    {read_words_field, {.kind = SEARCH_WORDS, .column = SEARCH_EVERYWHERE}},
    {read_near, {.kind = SEARCH_NEAR}},
    {read_state_field, {.kind = SEARCH_STATE}},
    {read_bound, {.kind = SEARCH_BEGINS, .first = 0, .last = DAY_UNKNOWN}},
    {read_bound, {.kind = SEARCH_BEGINS, .first = DAY_UNKNOWN, .last = 0}},
    {read_flag, {.kind = SEARCH_TO_THE_DAY}},
    {read_number, {.kind = SEARCH_ARTICLE}},
};

/* The name of a field, up to its colon; STR_NONE for a word that is none. "http://" is none. */
static str field_name(const struct parser *parser)
{
    str word = word_here(parser);
    size_t len = 0;
    while (len < word.len && ascii_is_letter(word.ptr[len]))
        len++;
    bool is_field = len > 0 && len < word.len && word.ptr[len] == ':' &&
                    !(len + 1 < word.len && word.ptr[len + 1] == '/');
    return is_field ? str_slice(word, 0, len) : STR_NONE;
}

bool query_field_is_asked(const struct query_field *field, enum query_use use)
{
    return !field->uses || (field->uses & 1u << use);
}

/* What a field is called elsewhere. */
static const struct {
    const char *word, *field;
} other_names[] = {
    {"person", "who"},  {"people", "who"},     {"site", "outlet"},      {"source", "outlet"},
    {"date", "on"},     {"when", "on"},        {"since", "after"},      {"until", "before"},
    {"company", "org"}, {"location", "place"}, {"url", "path"},         {"file", "path"},
    {"body", "text"},   {"comment", "note"},   {"organisation", "org"}, {"organization", "org"},
};

static const char *nearest_field(const struct parser *parser, str name)
{
    struct nearest nearest = nearest_begin(name);
    for (size_t i = 0; i < QUERY_FIELD_COUNT; i++)
        if (query_field_is_asked(&query_fields[i], parser->use))
            nearest_offer(&nearest, query_fields[i].name);
    for (size_t i = 0; i < sizeof other_names / sizeof *other_names; i++)
        if (str_equal_ascii_fold(name, str_from(other_names[i].word)))
            return other_names[i].field;
    return nearest.best;
}

/* "`name:' means nothing in the timeline; there are title: text: …", or that no list has it. */
static enum status fail_on_field(const struct parser *parser, str name, bool elsewhere)
{
    static const char *const uses[QUERY_USE_COUNT] = {
#define QUERY_USE_NAME(id, name) name,
        QUERY_USE_LIST(QUERY_USE_NAME)
#undef QUERY_USE_NAME
    };
    struct buf what = BUF_INIT;
    const char *nearest = elsewhere ? NULL : nearest_field(parser, name);
    if (elsewhere)
        buf_format(&what, "%.*s: means nothing in the %s; there are", STR_ARG(name),
                   uses[parser->use]);
    else if (nearest)
        buf_format(&what, "no such field; did you mean %s:? quotes make it a word; there are",
                   nearest);
    else
        buf_add(&what, STR("no such field; quotes make it a word; there are"));
    for (size_t i = 0; i < QUERY_FIELD_COUNT; i++)
        if (query_field_is_asked(&query_fields[i], parser->use))
            buf_format(&what, " %s:", query_fields[i].name);
    enum status status = fail(parser, parser->at, buf_c(&what));
    buf_done(&what);
    return status;
}

/* *way is NULL for a word without a field. */
static enum status read_field_name(struct parser *parser, const struct field_way **way)
{
    str name = field_name(parser);
    bool elsewhere = false;
    *way = NULL;
    if (!name.ptr)
        return STATUS_OK;
    for (size_t i = 0; i < QUERY_FIELD_COUNT; i++) {
        if (!str_equal_ascii_fold(name, str_from(query_fields[i].name)))
            continue;
        elsewhere = !query_field_is_asked(&query_fields[i], parser->use);
        *way = elsewhere ? NULL : &field_ways[i];
    }
    if (!*way)
        return fail_on_field(parser, name, elsewhere);
    parser->at += name.len + 1;
    return STATUS_OK;
}

/* ---- near ---------------------------------------------------------------------------------- */

static enum status read_distance(struct parser *parser, int *distance)
{
    size_t start = parser->at;
    int64_t number = 0;
    while (ascii_is_digit(byte_here(parser)))
        parser->at++;
    if (!str_to_int(str_slice(parser->text, start, parser->at), &number) || number > NEAR_LIMIT)
        return fail(parser, start, "a number of words is wanted here, at most 1000");
    *distance = (int)number;
    return STATUS_OK;
}

static enum status make_near(struct parser *parser, size_t start, int distance,
                             const part_vec *words, part_vec *parts)
{
    bool unspaced = words->count && words->items[0]->unspaced;
    for (size_t i = 0; i < words->count; i++)
        if (words->items[i]->kind != SEARCH_WORDS || words->items[i]->unspaced != unspaced ||
            words->items[i]->column != words->items[0]->column)
            return fail(parser, start, "only words of one kind of script can be near each other");
    if (words->count < 2)
        return fail(parser, start, "two words are wanted that stand near each other");
    vec_push(parser->arena, parts,
             keep_node(parser, (struct search_node){.kind = SEARCH_NEAR,
                                                    .parts = words->items,
                                                    .part_count = words->count,
                                                    .distance = distance}));
    return STATUS_OK;
}

/* near:"a b c"~10 */
static enum status read_near(struct parser *parser, const struct written *value,
                             const struct field_way *way, part_vec *parts)
{
    part_vec words = {0};
    int distance = NEAR_USUAL;
    enum status status = STATUS_OK;
    str rest = value->words, word;
    (void)way;
    while (status == STATUS_OK && rest.ptr && str_next(&rest, ' ', &word)) {
        struct written one = {.start = value->start, .words = word};
        if (has_word(word))
            status = read_words(parser, &one, SEARCH_EVERYWHERE, &words);
    }
    if (status == STATUS_OK && take_byte(parser, '~'))
        status = read_distance(parser, &distance);
    return status == STATUS_OK ? make_near(parser, value->start, distance, &words, parts) : status;
}

/* "NEAR" or "NEAR/5" as the next word. */
static bool near_follows(struct parser *parser)
{
    skip_space(parser);
    str word = word_here(parser);
    return str_equal(word, STR("NEAR")) || str_starts(word, STR("NEAR/"));
}

/* ---- the grammar --------------------------------------------------------------------------- */

static enum status read_any(struct parser *parser, int depth, const struct search_node **node);

static enum status read_plain(struct parser *parser, enum search_column column, part_vec *parts)
{
    struct written value;
    enum status status = read_value(parser, &value);
    return status == STATUS_OK ? read_words(parser, &value, column, parts) : status;
}

/* term = [field:]value | value NEAR[/n] value … */
static enum status read_term(struct parser *parser, part_vec *parts)
{
    const struct field_way *way;
    struct written value;
    size_t start = parser->at;
    enum status status = read_field_name(parser, &way);
    if (status == STATUS_OK && way) {
        value = (struct written){.start = start};
        if (way->read != read_flag)
            status = read_value(parser, &value);
        return status == STATUS_OK ? way->read(parser, &value, way, parts) : status;
    }
    part_vec words = {0};
    if (status == STATUS_OK)
        status = read_value(parser, &value);
    bool is_near = status == STATUS_OK && near_follows(parser);
    enum search_column column = parser->use == QUERY_SEARCH || is_near ? SEARCH_EVERYWHERE
                                : parser->use == QUERY_LIST            ? SEARCH_HEAD
                                                                       : SEARCH_ROW;
    if (status == STATUS_OK)
        status = read_words(parser, &value, column, is_near ? &words : parts);
    if (!is_near)
        return status;
    int distance = NEAR_USUAL;
    while (status == STATUS_OK && near_follows(parser)) {
        parser->at += strlen("NEAR");
        if (take_byte(parser, '/'))
            status = read_distance(parser, &distance);
        skip_space(parser);
        if (status == STATUS_OK)
            status = read_plain(parser, SEARCH_EVERYWHERE, &words);
    }
    return status == STATUS_OK ? make_near(parser, start, distance, &words, parts) : status;
}

/* One that stands before something. */
static bool take_minus(struct parser *parser)
{
    size_t len;
    bool stands = byte_here(parser) == '-' && parser->at + 1 < parser->text.len &&
                  !is_space_at(parser, parser->at + 1, &len);
    parser->at += stands;
    return stands;
}

static enum status read_unary(struct parser *parser, int depth, const struct search_node **node);

static bool search_follows(const struct parser *parser)
{
    static const str opening = {"search:(", 8};
    str begun = str_slice(parser->text, parser->at, parser->at + opening.len);
    return str_equal_ascii_fold(begun, opening);
}

/* What stands in the parentheses means what it does in a search, of whatever list it is asked. */
static enum status read_search(struct parser *parser, int depth, const struct search_node **node)
{
    enum query_use use = parser->use;
    parser->use = QUERY_SEARCH;
    parser->at += strlen("search:");
    enum status status = read_unary(parser, depth + 1, node);
    parser->use = use;
    return status;
}

/* AND, OR or NEAR with nothing before it. */
static enum status fail_on_operator(struct parser *parser)
{
    static const char *const operators[] = {"AND", "OR", "NEAR"};
    str word = word_here(parser);
    size_t slash = str_find_byte(word, '/', 0);
    str name = slash == STR_MISSING ? word : str_slice(word, 0, slash);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (str_equal(name, str_from(operators[i])) && (slash == STR_MISSING || i == 2))
            return fail(parser, parser->at,
                        "a word is missing before this; quotes make it a word itself");
    return STATUS_OK;
}

/* unary = (NOT | -) unary | search:( any ) | ( any ) | term */
static enum status read_unary(struct parser *parser, int depth, const struct search_node **node)
{
    part_vec parts = {0};
    skip_space(parser);
    size_t start = parser->at;
    if (depth > DEPTH_LIMIT)
        return fail(parser, start, "too many parentheses within each other");
    if (take_word(parser, "NOT") || take_minus(parser)) {
        const struct search_node *part = NULL;
        enum status status = read_unary(parser, depth + 1, &part);
        vec_push(parser->arena, &parts, part);
        *node = keep_node(parser, (struct search_node){
                                      .kind = SEARCH_NOT, .parts = parts.items, .part_count = 1});
        return status;
    }
    if (search_follows(parser))
        return read_search(parser, depth, node);
    if (take_byte(parser, '(')) {
        enum status status = read_any(parser, depth + 1, node);
        skip_space(parser);
        if (status == STATUS_OK && !take_byte(parser, ')'))
            return fail(parser, start, "the ( is not closed; add a )");
        return status;
    }
    enum status status = fail_on_operator(parser);
    if (status == STATUS_OK)
        status = read_term(parser, &parts);
    if (status == STATUS_OK)
        *node = join(parser, SEARCH_ALL, &parts);
    return status;
}

/* all = unary ([AND] unary)… */
static enum status read_all(struct parser *parser, int depth, const struct search_node **node)
{
    part_vec parts = {0};
    enum status status = STATUS_OK;
    do {
        const struct search_node *part = NULL;
        status = read_unary(parser, depth, &part);
        /* What AND joins within stands beside the others: the store sees one list. */
        if (status == STATUS_OK && part->kind == SEARCH_ALL)
            for (size_t i = 0; i < part->part_count; i++)
                vec_push(parser->arena, &parts, part->parts[i]);
        else if (status == STATUS_OK)
            vec_push(parser->arena, &parts, part);
        skip_space(parser);
        if (status != STATUS_OK || take_word(parser, "AND"))
            continue;
        if (is_at_end(parser) || byte_here(parser) == ')' ||
            str_equal(word_here(parser), STR("OR")))
            break;
    } while (status == STATUS_OK);
    if (status == STATUS_OK)
        *node = join(parser, SEARCH_ALL, &parts);
    return status;
}

/* any = all (OR all)… */
static enum status read_any(struct parser *parser, int depth, const struct search_node **node)
{
    part_vec parts = {0};
    enum status status = STATUS_OK;
    do {
        const struct search_node *part = NULL;
        status = read_all(parser, depth, &part);
        vec_push(parser->arena, &parts, part);
    } while (status == STATUS_OK && take_word(parser, "OR"));
    if (status == STATUS_OK)
        *node = join(parser, SEARCH_ANY, &parts);
    return status;
}

enum status query_parse(struct arena *arena, str text, enum query_use use,
                        struct search_query *query, size_t *fault, struct error *err)
{
    struct parser parser = {
        .arena = arena, .err = err, .fault = fault, .use = use, .text = utf8_repair(arena, text)};
    *query = (struct search_query){.words_fit = query_words_fit};
    skip_space(&parser);
    if (is_at_end(&parser))
        return fail(&parser, 0, "there is nothing to search for; give a word");
    enum status status = read_any(&parser, 0, &query->root);
    if (status == STATUS_OK && !is_at_end(&parser))
        status = fail(&parser, parser.at, "this ) closes nothing");
    return status;
}

/* ---- completing ---------------------------------------------------------------------------- */

static const struct query_field *find_field(str name, enum query_use use)
{
    for (size_t i = 0; i < QUERY_FIELD_COUNT; i++)
        if (str_equal_ascii_fold(name, str_from(query_fields[i].name)) &&
            query_field_is_asked(&query_fields[i], use))
            return &query_fields[i];
    return NULL;
}

/* What stands before a term: blanks, signs, the opening of a search. */
static void skip_to_term(struct parser *parser)
{
    for (;;) {
        skip_space(parser);
        if (search_follows(parser)) {
            parser->use = QUERY_SEARCH;
            parser->at += strlen("search:");
        } else if (!take_byte(parser, '(') && !take_byte(parser, ')') && !take_byte(parser, '-')) {
            return;
        }
    }
}

/* The quoted words from here on; true when the closing quote is missing. */
static bool skip_quoted(struct parser *parser, str *words)
{
    size_t len, start;
    (void)point_at(parser, parser->at, &len);
    start = parser->at += len;
    while (!is_at_end(parser) && !is_quote(point_at(parser, parser->at, &len)))
        parser->at += len;
    *words = str_slice(parser->text, start, parser->at);
    bool open = is_at_end(parser);
    parser->at += open ? 0 : len;
    return open;
}

bool query_find_unfinished(str text, enum query_use use, struct query_unfinished *end)
{
    struct parser parser = {.use = use, .text = text};
    size_t len;
    for (skip_to_term(&parser); !is_at_end(&parser); skip_to_term(&parser)) {
        str name = field_name(&parser);
        parser.at += name.ptr ? name.len + 1 : 0;
        *end = (struct query_unfinished){.field = find_field(name, parser.use),
                                         .use = parser.use,
                                         .start = parser.at,
                                         .quoted = is_quote(point_at(&parser, parser.at, &len))};
        if (end->quoted && skip_quoted(&parser, &end->typed))
            return end->field != NULL;
        if (end->quoted)
            continue;
        parser.at = word_end(&parser, parser.at);
        end->typed = str_slice(text, end->start, parser.at);
        if (is_at_end(&parser))
            return name.ptr ? end->field != NULL : end->typed.len > 0;
    }
    return false;
}
