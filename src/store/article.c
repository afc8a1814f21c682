#include "store/internal.h"

static enum status read_article(struct store *store, struct arena *arena, int64_t id,
                                struct stored_article *stored, int64_t *date_key, struct error *err)
{
    struct article *article = &stored->article;
    struct query query;
    bool found = false;
    *stored = (struct stored_article){.id = id};
    query_begin(&query, store,
                "SELECT a.date_key, a.version, a.read_state, a.basis, a.published_day,"
                " a.earliest_day, a.latest_day, a.title, a.site, a.path, a.stated_id, a.url,"
                " a.language, a.subtitle, a.byline, t.text,"
                " u.position_byte, u.quote, u.prefix, u.suffix, a.updated_day, a.canonical"
                " FROM derived_article a JOIN derived_text t ON t.date_key = a.date_key"
                " LEFT JOIN user_position u ON u.page = a.page WHERE a.page = ?1",
                err);
    query_int(&query, id);
    if (query_next(&query)) {
        found = true;
        *date_key = column_int(&query, 0);
        stored->version = column_int(&query, 1);
        stored->read = (enum read_state)column_within(&query, 2, READ_UNREAD, READ_DONE);
        article->published = column_publication(&query, 3);
        article->title = column_str(&query, 7, arena);
        article->site = column_str(&query, 8, arena);
        article->path = column_str(&query, 9, arena);
        article->id = column_str(&query, 10, arena);
        article->url = column_str(&query, 11, arena);
        article->language = column_str(&query, 12, arena);
        article->subtitle = column_str(&query, 13, arena);
        article->byline = column_str(&query, 14, arena);
        article->text = column_str(&query, 15, arena);
        stored->place.start = column_offset(&query, 16);
        stored->place.quote = column_str(&query, 17, arena);
        stored->place.prefix = column_str(&query, 18, arena);
        stored->place.suffix = column_str(&query, 19, arena);
        article->updated = column_day(&query, 20);
        article->canonical = column_str(&query, 21, arena);
    }
    enum status status = query_end(&query);
    stored->place.article = id;
    stored->place.start = bookmark_find_place(&stored->place, article->text);
    if (status == STATUS_OK && !found)
        return error_set(err, STATUS_NOT_FOUND, "%s: no article has the number %lld", store->path,
                         (long long)id);
    return status;
}

/* Spans of a damaged file that do not fit the text are left out: whoever draws relies on them. */
static bool fits(uint32_t start, uint32_t end, str text)
{
    return start <= end && end <= text.len;
}

static enum status read_blocks(struct store *store, struct arena *arena,
                               struct stored_article *stored, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT kind, start_byte, end_byte, line FROM derived_block WHERE page = ?1"
                " ORDER BY number",
                err);
    query_int(&query, stored->id);
    while (query_next(&query)) {
        struct block block = {
            .kind = (enum block_kind)column_within(&query, 0, 0, BLOCK_KIND_COUNT - 1),
            .start = column_offset(&query, 1),
            .end = column_offset(&query, 2),
            .line = column_offset(&query, 3),
        };
        if (fits(block.start, block.end, stored->article.text))
            vec_push(arena, &stored->article.blocks, block);
    }
    return query_end(&query);
}

static enum status read_spans(struct store *store, struct arena *arena,
                              struct stored_article *stored, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT kind, start_byte, end_byte, target FROM derived_span WHERE page = ?1"
                " ORDER BY number",
                err);
    query_int(&query, stored->id);
    while (query_next(&query)) {
        struct span span = {
            .kind = (enum span_kind)column_within(&query, 0, 0, SPAN_KIND_COUNT - 1),
            .start = column_offset(&query, 1),
            .end = column_offset(&query, 2),
            .target = column_str(&query, 3, arena),
        };
        if (fits(span.start, span.end, stored->article.text) && span.start < span.end)
            vec_push(arena, &stored->article.spans, span);
    }
    return query_end(&query);
}

static enum status read_removed(struct store *store, struct arena *arena,
                                struct stored_article *stored, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT reason, line, before_block, rule, text FROM derived_removed"
                " WHERE page = ?1 ORDER BY number",
                err);
    query_int(&query, stored->id);
    while (query_next(&query)) {
        struct removed_block removed = {
            .reason = (enum removal_reason)column_within(&query, 0, 0, REMOVAL_REASON_COUNT - 1),
            .line = column_offset(&query, 1),
            .before = (uint32_t)column_within(&query, 2, 0, (int64_t)stored->article.blocks.count),
            .rule = column_str(&query, 3, arena),
            .text = column_str(&query, 4, arena),
        };
        vec_push(arena, &stored->article.removed, removed);
    }
    return query_end(&query);
}

/* Who could never be another could not be here either, which spares looking it up. */
static enum status read_mentions(struct store *store, struct arena *arena, int64_t date_key,
                                 struct stored_article *stored, struct error *err)
{
    VEC(struct stored_mention) mentions = {0};
    struct query query;
    query_begin(&query, store,
                "SELECT m.kind, m.start_byte, m.end_byte, m.confidence, m.rule, m.evidence,"
                " m.entity, e.name, iif(e.doubtful_count > 0, (SELECT p.is_doubtful"
                " FROM derived_appearance p WHERE p.entity = m.entity AND p.date_key = ?1), 0)"
                " FROM derived_mention m LEFT JOIN derived_entity e ON e.id = m.entity"
                " WHERE m.date_key = ?1 ORDER BY m.start_byte",
                err);
    query_int(&query, date_key);
    while (query_next(&query)) {
        str rule = column_str(&query, 4, arena);
        struct stored_mention mention = {
            .mention =
                {
                    .kind = (enum entity_kind)column_within(&query, 0, 0, ENTITY_KIND_COUNT - 1),
                    .start = column_offset(&query, 1),
                    .end = column_offset(&query, 2),
                    .confidence = (uint8_t)column_within(&query, 3, 0, 100),
                    .rule = rule.ptr ? rule.ptr : "",
                    .evidence = column_str(&query, 5, arena),
                },
            .entity = column_int(&query, 6),
            .name = column_str(&query, 7, arena),
            .doubtful = column_int(&query, 8) != 0,
        };
        if (fits(mention.mention.start, mention.mention.end, stored->article.text))
            vec_push(arena, &mentions, mention);
    }
    stored->mentions = mentions.items;
    stored->mention_count = mentions.count;
    return query_end(&query);
}

enum status store_get_link_reason(struct store *store, struct arena *arena, int64_t article,
                                  int64_t entity, str *reason, struct error *err)
{
    struct query query;
    *reason = STR_NONE;
    query_begin(&query, store,
                "SELECT reason FROM derived_appearance WHERE entity = ?1"
                " AND date_key = (SELECT date_key FROM derived_article WHERE page = ?2)",
                err);
    query_int(&query, entity);
    query_int(&query, article);
    if (query_next(&query))
        *reason = column_str(&query, 0, arena);
    return query_end(&query);
}

static enum status read_moments(struct store *store, struct arena *arena, int64_t date_key,
                                struct stored_article *stored, struct error *err)
{
    moment_vec *moments = &stored->moments;
    enum status status = read_article_moments(store, arena, date_key, moments, err);
    size_t kept = 0;
    for (size_t i = 0; i < moments->count; i++) {
        const struct moment *moment = &moments->items[i];
        if (fits(moment->start, moment->end, stored->article.text) &&
            fits(moment->sentence_start, moment->sentence_end, stored->article.text))
            moments->items[kept++] = *moment;
    }
    moments->count = kept;
    return status;
}

enum status store_get_article(struct store *store, struct arena *arena, int64_t id,
                              struct stored_article *stored, struct error *err)
{
    int64_t date_key = 0;
    enum status status = look_begin(store, err);
    if (status != STATUS_OK)
        return status;
    status = read_article(store, arena, id, stored, &date_key, err);
    if (status == STATUS_OK)
        status = read_blocks(store, arena, stored, err);
    if (status == STATUS_OK)
        status = read_removed(store, arena, stored, err);
    if (status == STATUS_OK)
        status = read_spans(store, arena, stored, err);
    if (status == STATUS_OK)
        status = read_mentions(store, arena, date_key, stored, err);
    if (status == STATUS_OK)
        status = read_moments(store, arena, date_key, stored, err);
    return look_end(store, status, err);
}
