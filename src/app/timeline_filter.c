#include "app/timeline_filter.h"

#include "base/buf.h"
#include "base/vec.h"
#include "model/day.h"
#include "text/fold.h"

const struct timeline_field_row timeline_fields[TIMELINE_FIELD_COUNT] = {
#define TIMELINE_FIELD_ROW(id, name, argument, help) {name, argument, help},
    TIMELINE_FIELD_LIST(TIMELINE_FIELD_ROW)
#undef TIMELINE_FIELD_ROW
};

struct parse {
    struct store *store;
    struct arena *arena;
    struct moment_query *query;
    struct error *err;
};

/* ---- words of the sentence ------------------------------------------------------------------ */

/* Folded words that a sentence must hold. */
struct wanted_words {
    VEC(str) words;
};

static bool sentence_fits(void *context, str sentence)
{
    const struct wanted_words *wanted = context;
    struct arena scratch = {0};
    bool fits = true;
    for (size_t i = 0; i < wanted->words.count && fits; i++) {
        size_t len;
        fits = fold_find(&scratch, sentence, wanted->words.items[i], 0, &len) != STR_MISSING;
    }
    arena_done(&scratch);
    return fits;
}

static void add_word(struct parse *parse, str word)
{
    struct moment_query *query = parse->query;
    if (!query->fits) {
        query->fits = sentence_fits;
        query->context = arena_new(parse->arena, struct wanted_words);
    }
    struct wanted_words *wanted = query->context;
    vec_push(parse->arena, &wanted->words, fold_text(parse->arena, word));
    query->words = query->words.len ? arena_format(parse->arena, "%.*s %.*s",
                                                   STR_ARG(query->words), STR_ARG(word))
                                    : arena_str(parse->arena, word);
}

/* ---- fields --------------------------------------------------------------------------------- */

static enum status add_person(struct parse *parse, str name)
{
    struct entity_row found;
    struct moment_query *query = parse->query;
    enum status status =
        store_find_entity_by_name(parse->store, parse->arena, name, &found, parse->err);
    if (status == STATUS_NOT_FOUND)
        return error_set(parse->err, status, "who:%.*s: nobody and nothing here has that name",
                         STR_ARG(name));
    if (status != STATUS_OK)
        return status;
    size_t at = 0;
    if (!query->entity) {
        query->entity = found.id;
        return STATUS_OK;
    }
    while (at < MOMENT_ENTITY_LIMIT && query->others[at])
        at++;
    if (at == MOMENT_ENTITY_LIMIT)
        return error_set(parse->err, STATUS_USAGE, "who: at most %d names together",
                         MOMENT_ENTITY_LIMIT + 1);
    query->others[at] = found.id;
    return STATUS_OK;
}

static enum status set_day(struct parse *parse, str value, bool is_end)
{
    day first, last;
    if (!day_parse_period(value, &first, &last))
        return error_set(parse->err, STATUS_USAGE,
                         "%s:%.*s: give a date that exists, as 2024-08-05, 2024-08 or 2024",
                         is_end ? "to" : "from", STR_ARG(value));
    *(is_end ? &parse->query->to : &parse->query->from) = is_end ? last : first;
    return STATUS_OK;
}

static enum status set_article(struct parse *parse, str value)
{
    if (!str_to_int(value, &parse->query->article) || parse->query->article < 1)
        return error_set(parse->err, STATUS_USAGE,
                         "article:%.*s: give the number that `dossier list` shows",
                         STR_ARG(value));
    return STATUS_OK;
}

static enum status set_field(struct parse *parse, enum timeline_field field, str value)
{
    if (timeline_fields[field].argument && !value.len)
        return error_set(parse->err, STATUS_USAGE, "%s: write %s behind the colon",
                         timeline_fields[field].name, timeline_fields[field].argument);
    switch (field) {
    case TIMELINE_FIELD_WHO:
        return add_person(parse, value);
    case TIMELINE_FIELD_OUTLET:
        parse->query->site = arena_str(parse->arena, value);
        return STATUS_OK;
    case TIMELINE_FIELD_ARTICLE:
        return set_article(parse, value);
    case TIMELINE_FIELD_FROM:
        return set_day(parse, value, false);
    case TIMELINE_FIELD_TO:
        return set_day(parse, value, true);
    default:
        parse->query->whole_days = true;
        return STATUS_OK;
    }
}

/* ---- the line ------------------------------------------------------------------------------- */

/* The next piece: up to a blank, with blanks inside of double quotes; the quotes go. */
static bool next_piece(struct arena *arena, str *rest, str *piece)
{
    struct buf text = BUF_INIT;
    bool quoted = false;
    *rest = str_trim(*rest);
    size_t at = 0;
    for (; at < rest->len && (quoted || rest->ptr[at] != ' '); at++) {
        if (rest->ptr[at] == '"')
            quoted = !quoted;
        else
            buf_add_byte(&text, rest->ptr[at]);
    }
    *piece = arena_str(arena, buf_str(&text));
    buf_done(&text);
    bool found = at > 0;
    *rest = str_slice(*rest, at, rest->len);
    return found;
}

/* "name" of "name:value", in lower-case letters; STR_NONE for anything else. */
static str field_name(str piece)
{
    size_t colon = str_find_byte(piece, ':', 0);
    if (colon == STR_MISSING || colon == 0)
        return STR_NONE;
    for (size_t i = 0; i < colon; i++)
        if (piece.ptr[i] < 'a' || piece.ptr[i] > 'z')
            return STR_NONE;
    return str_slice(piece, 0, colon);
}

static enum status parse_piece(struct parse *parse, str piece)
{
    str name = field_name(piece);
    if (!name.len) {
        if (piece.len)
            add_word(parse, piece);
        return STATUS_OK;
    }
    for (int i = 0; i < TIMELINE_FIELD_COUNT; i++)
        if (str_equal(name, str_from(timeline_fields[i].name)))
            return set_field(parse, (enum timeline_field)i,
                             str_slice(piece, name.len + 1, piece.len));
    struct buf names = BUF_INIT;
    for (int i = 0; i < TIMELINE_FIELD_COUNT; i++)
        buf_format(&names, " %s:", timeline_fields[i].name);
    enum status status = error_set(parse->err, STATUS_USAGE, "%.*s: no such field; there are%s",
                                   STR_ARG(name), buf_c(&names));
    buf_done(&names);
    return status;
}

enum status timeline_filter_parse(struct store *store, struct arena *arena, str text,
                                  struct moment_query *query, struct error *err)
{
    struct parse parse = {store, arena, query, err};
    enum status status = STATUS_OK;
    for (str piece; status == STATUS_OK && next_piece(arena, &text, &piece);)
        status = parse_piece(&parse, piece);
    return status;
}
