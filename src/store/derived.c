/* Replacing everything that was derived from one page. */
#include "store/internal.h"

#include <stdlib.h>
#include <string.h>

/* A form of a name that is longer is cut: nobody is called like that. */
enum { VARIANT_LIMIT_LEN = 200 };
/* Longer texts would come near what SQLite holds in a row. */
enum { TEXT_LIMIT_LEN = 256 * 1024 * 1024 };

/* ---- checks -------------------------------------------------------------------------------- */

static bool fits(uint32_t start, uint32_t end, size_t len)
{
    return start <= end && end <= len;
}

static bool is_sound(const struct derived *derived)
{
    size_t len = derived->article->text.len;
    const mention_vec *mentions = derived->mentions;
    uint32_t at = 0;
    for (size_t i = 0; i < mentions->count; i++) {
        const struct mention *mention = &mentions->items[i];
        if (mention->start < at || mention->start == mention->end ||
            !fits(mention->start, mention->end, len) || mention->entity >= derived->entities->count)
            return false;
        at = mention->end;
    }
    for (size_t i = 0; i < derived->moments->count; i++) {
        const struct moment *moment = &derived->moments->items[i];
        if (!fits(moment->start, moment->end, len) ||
            !fits(moment->sentence_start, moment->sentence_end, len))
            return false;
    }
    for (size_t i = 0; i < derived->article->blocks.count; i++) {
        const struct block *block = &derived->article->blocks.items[i];
        if (!fits(block->start, block->end, len))
            return false;
    }
    for (size_t i = 0; i < derived->article->spans.count; i++) {
        const struct span *span = &derived->article->spans.items[i];
        if (!fits(span->start, span->end, len))
            return false;
    }
    return derived->page > 0 && derived->page <= UINT32_MAX && len <= TEXT_LIMIT_LEN;
}

/* The page and every entity must be there: found out before anything is written. */
static enum status check_numbers(struct store *store, const struct derived *derived,
                                 struct error *err)
{
    struct query query;
    int64_t number = derived->page, found;
    query_begin(&query, store, "SELECT 1 FROM source_page WHERE id = ?1", err);
    query_int(&query, number);
    enum status status = query_number(&query, 0, &found);
    if (status != STATUS_OK)
        return status;
    bool is_missing = found == 0;
    query_begin(&query, store, "SELECT 1 FROM derived_entity WHERE id = ?1", err);
    for (size_t i = 0; i < derived->entities->count && !is_missing; i++) {
        number = derived->entity_ids[i];
        query_int(&query, number);
        is_missing = query.code == SQLITE_OK && !query_next(&query);
        query_step(&query);
    }
    status = query_end(&query);
    if (status == STATUS_OK && is_missing)
        return error_set(err, STATUS_BAD_INPUT, "%s: no page or entity has the number %lld",
                         store->path, (long long)number);
    return status;
}

/* ---- the two sides ------------------------------------------------------------------------- */

static int by_entity(const void *a, const void *b)
{
    const struct appearance *left = a, *right = b;
    return (left->entity > right->entity) - (left->entity < right->entity);
}

/* Sorts by entity and joins those that several of the article's entities were linked to. */
void join_appearances(appearance_vec *appearances)
{
    size_t kept = 0;
    if (appearances->count > 1)
        qsort(appearances->items, appearances->count, sizeof *appearances->items, by_entity);
    for (size_t i = 0; i < appearances->count; i++) {
        struct appearance *next = &appearances->items[i];
        struct appearance *last = kept > 0 ? &appearances->items[kept - 1] : NULL;
        if (!last || last->entity != next->entity) {
            appearances->items[kept++] = *next;
            continue;
        }
        last->mention_count += next->mention_count;
        last->doubtful |= next->doubtful;
        last->is_person |= next->is_person;
        if (last->form == 0)
            last->form = next->form;
        if (last->role.len == 0)
            last->role = next->role;
        if (last->reason.len == 0)
            last->reason = next->reason;
    }
    appearances->count = kept;
}

static str or_empty(str text)
{
    return text.ptr ? text : STR("");
}

static void new_side(struct side *side, struct arena *arena, const struct derived *derived)
{
    const struct article *article = derived->article;
    const entity_vec *entities = derived->entities;
    *side = (struct side){.exists = true,
                          .page = derived->page,
                          .version = derived->version,
                          .published = article->published,
                          .row = {.date_key = date_key_of(derived->page, &article->published),
                                  .title = or_empty(article->title),
                                  .site = or_empty(article->site),
                                  .path = or_empty(article->path),
                                  .text = or_empty(article->text),
                                  .search_extra = derived->search_extra},
                          .stated = article->id};
    uint32_t *counts = arena_array(arena, uint32_t, entities->count + 1);
    for (size_t i = 0; i < derived->mentions->count; i++) {
        const struct mention *mention = &derived->mentions->items[i];
        counts[mention->entity]++;
        struct name_span span = {.start = mention->start,
                                 .end = mention->end,
                                 .entity = derived->entity_ids[mention->entity],
                                 .linked = derived->entity_ids[mention->entity],
                                 .kind = mention->kind,
                                 .confidence = mention->confidence,
                                 .rule = str_from(mention->rule),
                                 .evidence = mention->evidence};
        vec_push(arena, &side->mentions, span);
    }
    for (size_t i = 0; i < entities->count; i++) {
        if (counts[i] == 0)
            continue;
        struct appearance appearance = {
            .entity = derived->entity_ids[i],
            .form = derived->entity_forms ? derived->entity_forms[i] : 0,
            .mention_count = counts[i],
            .is_person = entities->items[i].kind == ENTITY_PERSON,
            .doubtful = entities->items[i].doubtful,
            .role = entities->items[i].role.len ? entities->items[i].role : STR_NONE,
            .reason = derived->link_reasons ? derived->link_reasons[i] : STR_NONE,
        };
        vec_push(arena, &side->linked, appearance);
    }
    join_appearances(&side->linked);
    for (size_t i = 0; i < derived->moments->count; i++) {
        const struct moment *moment = &derived->moments->items[i];
        struct placed_moment placed = {(int64_t)i, moment_place(derived->article, moment),
                                       moment->sentence_start, moment->sentence_end};
        vec_push(arena, &side->moments, placed);
    }
}

static enum status read_old_article(struct store *store, struct arena *arena, struct side *side,
                                    struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT a.date_key, a.read_state, a.title, a.site, a.path, t.text, t.search_extra,"
                " a.basis, a.published_day, a.earliest_day, a.latest_day"
                " FROM derived_article a LEFT JOIN derived_text t ON t.date_key = a.date_key"
                " WHERE a.page = ?1",
                err);
    query_int(&query, side->page);
    if (query_next(&query)) {
        side->exists = true;
        side->row.date_key = column_int(&query, 0);
        side->read_state = column_int(&query, 1);
        side->row.title = or_empty(column_str(&query, 2, arena));
        side->row.site = or_empty(column_str(&query, 3, arena));
        side->row.path = or_empty(column_str(&query, 4, arena));
        side->row.text = or_empty(column_str(&query, 5, arena));
        side->row.search_extra = column_str(&query, 6, arena);
        side->published = column_publication(&query, 7);
    }
    return query_end(&query);
}

static enum status read_old_appearances(struct store *store, struct arena *arena, struct side *side,
                                        struct error *err)
{
    struct query query;
    for (size_t i = 0; i < side->mentions.count; i++) {
        struct appearance appearance = {.entity = side->mentions.items[i].entity,
                                        .mention_count = 1};
        vec_push(arena, &side->appearances, appearance);
    }
    join_appearances(&side->appearances);
    query_begin(&query, store,
                "SELECT mention_count, is_doubtful FROM derived_appearance"
                " WHERE entity = ?1 AND date_key = ?2",
                err);
    for (size_t i = 0; i < side->appearances.count; i++) {
        struct appearance *appearance = &side->appearances.items[i];
        query_int(&query, appearance->entity);
        query_int(&query, side->row.date_key);
        if (query_next(&query)) {
            appearance->mention_count = column_offset(&query, 0);
            appearance->doubtful = column_int(&query, 1) != 0;
        }
        query_step(&query);
    }
    return query_end(&query);
}

static enum status read_old(struct store *store, struct arena *arena, struct side *side,
                            struct error *err)
{
    struct query query;
    enum status status = read_old_article(store, arena, side, err);
    if (status != STATUS_OK || !side->exists)
        return status;
    query_begin(&query, store,
                "SELECT start_byte, end_byte, entity, linked, false FROM derived_mention"
                " WHERE date_key = ?1 UNION ALL SELECT start_byte, end_byte, entity, linked, true"
                " FROM derived_rejected WHERE date_key = ?1 ORDER BY start_byte",
                err);
    query_int(&query, side->row.date_key);
    while (query_next(&query)) {
        struct name_span span = {.start = column_offset(&query, 0),
                                 .end = column_offset(&query, 1),
                                 .entity = column_int(&query, 2),
                                 .linked = column_int(&query, 3)};
        if (column_int(&query, 4))
            vec_push(arena, &side->rejected, span);
        else
            vec_push(arena, &side->mentions, span);
    }
    status = query_end(&query);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store,
                "SELECT number, place, sentence_start_byte, sentence_end_byte FROM derived_moment"
                " WHERE date_key = ?1 ORDER BY number",
                err);
    query_int(&query, side->row.date_key);
    while (query_next(&query)) {
        struct placed_moment placed = {column_int(&query, 0), column_int(&query, 1),
                                       column_offset(&query, 2), column_offset(&query, 3)};
        vec_push(arena, &side->moments, placed);
    }
    status = query_end(&query);
    return status == STATUS_OK ? read_old_appearances(store, arena, side, err) : status;
}

/* ---- what both sides count ----------------------------------------------------------------- */

struct form {
    int64_t entity, count;
    str text;
};

static int by_form(const void *a, const void *b)
{
    const struct form *left = a, *right = b;
    if (left->entity != right->entity)
        return left->entity < right->entity ? -1 : 1;
    return str_compare(left->text, right->text);
}

/* The words of a mention on one line. */
static str form_text(struct arena *arena, str text, const struct name_span *span)
{
    str words = str_slice(text, span->start, span->end);
    if (words.len > VARIANT_LIMIT_LEN)
        words = whole_code_points(str_slice(words, 0, VARIANT_LIMIT_LEN));
    if (str_find_byte(words, '\n', 0) == STR_MISSING)
        return words;
    char *line = arena_alloc(arena, words.len, 1);
    for (size_t i = 0; i < words.len; i++)
        line[i] = words.ptr[i] == '\n' ? ' ' : words.ptr[i];
    return (str){line, words.len};
}

static enum status count_forms(struct store *store, struct arena *arena, const struct side *side,
                               int sign, struct error *err)
{
    enum status status = STATUS_OK;
    size_t count = side->mentions.count;
    struct form *forms = arena_array(arena, struct form, count + 1);
    for (size_t i = 0; i < count; i++) {
        const struct name_span *span = &side->mentions.items[i];
        forms[i] = (struct form){span->entity, 1, form_text(arena, side->row.text, span)};
    }
    if (count > 1)
        qsort(forms, count, sizeof *forms, by_form);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        if (i + 1 < count && by_form(&forms[i], &forms[i + 1]) == 0)
            forms[i + 1].count += forms[i].count;
        else
            status = entity_count_variant(store, forms[i].entity, forms[i].text,
                                          sign * forms[i].count, err);
    }
    return status;
}

static size_t first_mention_from(const struct side *side, uint32_t start)
{
    size_t low = 0, high = side->mentions.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (side->mentions.items[middle].start < start)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Which moments' sentences name which entities. */
static enum status pair_moments(struct store *store, const struct side *side, int sign,
                                struct error *err)
{
    struct query query;
    query_begin(&query, store,
                sign > 0 ? "INSERT INTO derived_moment_entity(entity, place, date_key, number)"
                           " VALUES(?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING"
                         : "DELETE FROM derived_moment_entity WHERE entity = ?1 AND place = ?2"
                           " AND date_key = ?3 AND number = ?4",
                err);
    for (size_t i = 0; i < side->moments.count; i++) {
        const struct placed_moment *moment = &side->moments.items[i];
        for (size_t k = first_mention_from(side, moment->sentence_start);
             k < side->mentions.count && side->mentions.items[k].end <= moment->sentence_end; k++) {
            query_int(&query, side->mentions.items[k].entity);
            query_int(&query, moment->place);
            query_int(&query, side->row.date_key);
            query_int(&query, moment->number);
            query_step(&query);
        }
    }
    return query_end(&query);
}

enum status side_count_names(struct store *store, struct arena *arena, const struct side *side,
                             int sign, struct error *err)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < side->appearances.count && status == STATUS_OK; i++)
        status = entity_appear(store, &side->appearances.items[i], side, sign, err);
    if (status == STATUS_OK)
        status = count_forms(store, arena, side, sign, err);
    return status == STATUS_OK ? pair_moments(store, side, sign, err) : status;
}

static enum status count_side(struct store *store, struct arena *arena, const struct side *side,
                              int sign, struct error *err)
{
    int64_t unplaced = 0, placed = 0;
    enum status status = side_count_names(store, arena, side, sign, err);
    if (status == STATUS_OK)
        status = bucket_count_article(store, side->published.value, sign, err);
    for (size_t i = 0; i < side->moments.count && status == STATUS_OK; i++) {
        status = bucket_count_moment(store, side->moments.items[i].place, sign, err);
        unplaced += side->moments.items[i].place == PLACE_NONE;
        placed += side->moments.items[i].place > PLACE_NONE;
    }
    if (status == STATUS_OK)
        status = count_add(store, COUNT_UNPLACED, sign * unplaced, err);
    if (status == STATUS_OK)
        status = count_add(store, COUNT_MOMENTS, sign * placed, err);
    if (status == STATUS_OK)
        status = count_add(store, COUNT_ARTICLES, sign, err);
    if (status == STATUS_OK && side->read_state == READ_UNREAD)
        status = count_add(store, COUNT_UNREAD, sign, err);
    return status;
}

/* ---- the rows ------------------------------------------------------------------------------ */

static enum status delete_rows(struct store *store, const struct side *old, struct error *err)
{
    static const struct {
        const char *sql;
        bool by_page;
    } deletions[] = {
        {"DELETE FROM derived_article WHERE page = ?1", true},
        {"DELETE FROM derived_block WHERE page = ?1", true},
        {"DELETE FROM derived_removed WHERE page = ?1", true},
        {"DELETE FROM derived_span WHERE page = ?1", true},
        {"DELETE FROM derived_mention WHERE date_key = ?1", false},
        {"DELETE FROM derived_rejected WHERE date_key = ?1", false},
        {"DELETE FROM derived_linked WHERE date_key = ?1", false},
        {"DELETE FROM derived_moment WHERE date_key = ?1", false},
    };
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof deletions / sizeof *deletions && status == STATUS_OK; i++) {
        struct query query;
        query_begin(&query, store, deletions[i].sql, err);
        query_int(&query, deletions[i].by_page ? old->page : old->row.date_key);
        status = query_run(&query);
    }
    return status;
}

static enum status put_article(struct store *store, const struct derived *derived,
                               const struct side *side, struct error *err)
{
    const struct article *article = derived->article;
    int64_t people_count = 0;
    for (size_t i = 0; i < side->appearances.count; i++)
        people_count += side->appearances.items[i].is_person;
    struct query query;
    query_begin(&query, store,
                "INSERT INTO derived_article(page, date_key, version, clean_version,"
                " analyse_version, read_state, people_count, basis, published_day, earliest_day,"
                " latest_day, title, site, path, stated_id, url, language, subtitle, byline,"
                " updated_day, canonical, text_len)"
                " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,"
                " ?17, ?18, ?19, ?20, ?21, ?22)",
                err);
    query_int(&query, side->page);
    query_int(&query, side->row.date_key);
    query_int(&query, derived->version);
    query_int(&query, derived->clean_version);
    query_int(&query, derived->analyse_version);
    query_int(&query, side->read_state);
    query_int(&query, people_count);
    query_int(&query, publication_basis(&article->published));
    query_day(&query, article->published.value);
    query_day(&query, article->published.earliest);
    query_day(&query, article->published.latest);
    query_text(&query, side->row.title);
    query_text(&query, side->row.site);
    query_text(&query, side->row.path);
    query_text(&query, article->id);
    query_text(&query, article->url);
    query_text(&query, article->language);
    query_text(&query, article->subtitle);
    query_text(&query, article->byline);
    query_day(&query, article->updated);
    query_text(&query, article->canonical);
    query_int(&query, (int64_t)article->text.len);
    return query_run(&query);
}

static enum status put_blocks(struct store *store, const struct derived *derived, struct error *err)
{
    const struct article *article = derived->article;
    struct query query;
    query_begin(&query, store,
                "INSERT INTO derived_block(page, number, kind, start_byte, end_byte, line)"
                " VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                err);
    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.items[i];
        query_int(&query, derived->page);
        query_int(&query, (int64_t)i);
        query_int(&query, block->kind);
        query_int(&query, block->start);
        query_int(&query, block->end);
        query_int(&query, block->line);
        query_step(&query);
    }
    enum status status = query_end(&query);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store,
                "INSERT INTO derived_removed(page, number, reason, line, before_block, rule, text)"
                " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                err);
    for (size_t i = 0; i < article->removed.count; i++) {
        const struct removed_block *removed = &article->removed.items[i];
        query_int(&query, derived->page);
        query_int(&query, (int64_t)i);
        query_int(&query, removed->reason);
        query_int(&query, removed->line);
        query_int(&query, removed->before);
        query_text(&query, removed->rule);
        query_text(&query, removed->text);
        query_step(&query);
    }
    return query_end(&query);
}

static enum status put_spans(struct store *store, const struct derived *derived, struct error *err)
{
    const struct article *article = derived->article;
    struct query query;
    query_begin(&query, store,
                "INSERT INTO derived_span(page, number, kind, start_byte, end_byte, target)"
                " VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                err);
    for (size_t i = 0; i < article->spans.count; i++) {
        const struct span *span = &article->spans.items[i];
        query_int(&query, derived->page);
        query_int(&query, (int64_t)i);
        query_int(&query, span->kind);
        query_int(&query, span->start);
        query_int(&query, span->end);
        query_text(&query, span->target);
        query_step(&query);
    }
    return query_end(&query);
}

static enum status put_names(struct store *store, const struct side *side, struct error *err)
{
    const name_span_vec none = {0};
    int64_t date_key = side->row.date_key;
    enum status status =
        corrections_write_spans(store, date_key, false, &none, &side->mentions, err);
    if (status == STATUS_OK)
        status = corrections_write_spans(store, date_key, true, &none, &side->rejected, err);
    return status == STATUS_OK ? corrections_write_linked(store, side, err) : status;
}

static enum status put_moments(struct store *store, const struct derived *derived, int64_t date_key,
                               struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "INSERT INTO derived_moment(date_key, number, place, start_byte, end_byte,"
                " sentence_start_byte, sentence_end_byte, type, certainty, first_day, last_day,"
                " value, modifier, rule, reference)"
                " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
                err);
    for (size_t i = 0; i < derived->moments->count; i++) {
        const struct moment *moment = &derived->moments->items[i];
        query_int(&query, date_key);
        query_int(&query, (int64_t)i);
        query_int(&query, moment_place(derived->article, moment));
        query_int(&query, moment->start);
        query_int(&query, moment->end);
        query_int(&query, moment->sentence_start);
        query_int(&query, moment->sentence_end);
        query_int(&query, moment->type);
        query_int(&query, moment->certainty);
        query_day(&query, moment->first);
        query_day(&query, moment->last);
        query_text(&query, moment->value);
        query_text(&query, moment->modifier);
        query_text(&query, str_from(moment->rule));
        query_text(&query, moment->reference);
        query_step(&query);
    }
    return query_end(&query);
}

void side_find_people(struct arena *arena, const struct side *side,
                      const struct placed_moment *moment, number_vec *people)
{
    for (size_t i = first_mention_from(side, moment->sentence_start);
         i < side->mentions.count && side->mentions.items[i].end <= moment->sentence_end; i++) {
        int64_t entity = side->mentions.items[i].entity;
        bool seen = side->mentions.items[i].kind != ENTITY_PERSON;
        for (size_t k = 0; k < people->count && !seen; k++)
            seen = people->items[k] == entity;
        if (!seen)
            vec_push(arena, people, entity);
    }
}

static enum status put_statements(struct store *store, struct arena *arena,
                                  const struct derived *derived, const struct side *side,
                                  struct error *err)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < derived->moments->count && status == STATUS_OK; i++) {
        const struct moment *moment = &derived->moments->items[i];
        if (moment->statement.word_count == 0 || moment->first != moment->last ||
            moment->first == DAY_UNKNOWN)
            continue;
        number_vec people = {0};
        side_find_people(arena, side, &side->moments.items[i], &people);
        const struct dated_statement statement = {
            .date_key = side->row.date_key,
            .number = (int64_t)i,
            .when = moment->first,
            .is_certain = moment->certainty >= CERTAINTY_RESOLVED,
            .statement = moment->statement,
            .people = people.items,
            .person_count = people.count,
        };
        status = statement_add(store, arena, &statement, err);
    }
    return status;
}

/* ---- the replacement ----------------------------------------------------------------------- */

static enum status remove_old(struct store *store, struct arena *arena, const struct side *old,
                              bool keep_index, struct error *err)
{
    enum status status = keep_index ? STATUS_OK : index_remove(store, &old->row, err);
    if (status == STATUS_OK)
        status = statements_remove(store, arena, old->row.date_key, err);
    if (status == STATUS_OK)
        status = delete_rows(store, old, err);
    if (status == STATUS_OK)
        status = count_side(store, arena, old, -1, err);
    return status;
}

static enum status add_new(struct store *store, struct arena *arena, const struct derived *derived,
                           const struct side *new, bool keep_index, struct error *err)
{
    enum status status = put_article(store, derived, new, err);
    if (status == STATUS_OK && !keep_index)
        status = index_add(store, &new->row, err);
    if (status == STATUS_OK)
        status = put_blocks(store, derived, err);
    if (status == STATUS_OK)
        status = put_spans(store, derived, err);
    if (status == STATUS_OK)
        status = put_names(store, new, err);
    if (status == STATUS_OK)
        status = put_moments(store, derived, new->row.date_key, err);
    if (status == STATUS_OK)
        status = put_statements(store, arena, derived, new, err);
    if (status == STATUS_OK)
        status = count_side(store, arena, new, 1, err);
    return status;
}

static enum status finish_page(struct store *store, const struct derived *derived,
                               struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "UPDATE source_page SET is_stale = 0 WHERE id = ?1 AND current_version = ?2", err);
    query_int(&query, derived->page);
    query_int(&query, derived->version);
    return query_run(&query);
}

/* Whom the article named, in the linker's view and in the reader's. */
static enum status drop_unused(struct store *store, const struct side *old, struct error *err)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < old->appearances.count && status == STATUS_OK; i++)
        status = entity_drop_unused(store, old->appearances.items[i].entity, err);
    for (size_t i = 0; i < old->mentions.count && status == STATUS_OK; i++)
        if (old->mentions.items[i].linked)
            status = entity_drop_unused(store, old->mentions.items[i].linked, err);
    for (size_t i = 0; i < old->rejected.count && status == STATUS_OK; i++)
        status = entity_drop_unused(store, old->rejected.items[i].linked, err);
    return status;
}

static enum status replace(struct store *store, struct arena *arena, const struct derived *derived,
                           struct side *old, struct side *new, struct error *err)
{
    struct query query;
    bool keep_index = old->exists && index_is_alike(&old->row, &new->row);
    enum status status = STATUS_OK;
    query_begin(&query, store, "SELECT state FROM user_read WHERE page = ?1", err);
    query_int(&query, derived->page);
    status = query_number(&query, READ_UNREAD, &new->read_state);
    if (status == STATUS_OK)
        status = corrections_apply(store, arena, new, err);
    if (status == STATUS_OK && old->exists)
        status = copies_forget(store, derived->page, err);
    if (status == STATUS_OK && old->exists)
        status = remove_old(store, arena, old, keep_index, err);
    if (status == STATUS_OK)
        status = add_new(store, arena, derived, new, keep_index, err);
    if (status == STATUS_OK)
        status = copies_replace(store, derived->page, &new->published, derived->copy, err);
    const struct similar_keys none = {.count = 0};
    if (status == STATUS_OK)
        status =
            similar_replace(store, derived->page, old->exists ? old->published.value : DAY_UNKNOWN,
                            derived->similar ? derived->similar : &none,
                            derived->own ? derived->own : &derived->article->published, err);
    if (status == STATUS_OK)
        status = drop_unused(store, old, err);
    if (status == STATUS_OK && !(old->exists && str_equal(old->row.text, new->row.text)))
        status = bookmarks_anchor(store, derived->page, 0, new->row.text, err);
    return status == STATUS_OK ? finish_page(store, derived, err) : status;
}

static int by_span(const void *a, const void *b)
{
    const struct moment *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    return (left->end > right->end) - (left->end < right->end);
}

/* Moments are numbered in order of place, which is the order in which a target is walked. */
static const moment_vec *sorted_moments(struct arena *arena, const moment_vec *moments)
{
    moment_vec *sorted = arena_new(arena, moment_vec);
    if (moments->count == 0)
        return moments;
    vec_reserve(arena, sorted, moments->count);
    memcpy(sorted->items, moments->items, moments->count * sizeof *moments->items);
    sorted->count = moments->count;
    qsort(sorted->items, sorted->count, sizeof *sorted->items, by_span);
    return sorted;
}

enum status store_put_derived(struct store *store, const struct derived *given, struct error *err)
{
    struct arena arena = {0};
    struct derived sorted = *given;
    const struct derived *derived = &sorted;
    struct change change;
    struct side old = {.page = derived->page}, new;
    if (!is_sound(derived))
        return error_set(err, STATUS_BAD_INPUT,
                         "%.*s: what was derived does not fit the article's text",
                         STR_ARG(derived->article->path));
    sorted.moments = sorted_moments(&arena, given->moments);
    enum status status = check_numbers(store, derived, err);
    if (status == STATUS_OK)
        status = read_old_article(store, &arena, &old, err);
    if (status == STATUS_OK)
        status = index_settle(store, old.exists ? old.row.date_key : -1, err);
    if (status == STATUS_OK)
        status = change_begin(&change, store, CHANGE_WHOLE, err);
    if (status == STATUS_OK) {
        old = (struct side){.page = derived->page};
        new_side(&new, &arena, derived);
        status = read_old(store, &arena, &old, err);
        if (status == STATUS_OK)
            status = replace(store, &arena, derived, &old, &new, err);
        status = change_end(&change, status, err);
    }
    arena_done(&arena);
    return status;
}
