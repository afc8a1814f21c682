#include "app/article_json.h"

#include "app/report.h"
#include "text/utf8.h"

int64_t point_count(struct point_counter *counter, size_t bytes)
{
    if (bytes < counter->at)
        counter->at = counter->points = 0;
    return (int64_t)utf8_points_at(counter->text, bytes, &counter->at, &counter->points);
}

static void add_span(struct json *json, struct point_counter *counter, size_t start, size_t end)
{
    json_field_number(json, "start", point_count(counter, start));
    json_field_number(json, "end", point_count(counter, end));
}

static void add_blocks(struct json *json, const struct article *article)
{
    struct point_counter counter = {.text = article->text};
    json_name(json, "blocks");
    json_array_begin(json);
    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.items[i];
        json_object_begin(json);
        json_field(json, "kind", str_from(block_kind_name(block->kind)));
        add_span(json, &counter, block->start, block->end);
        json_object_end(json);
    }
    json_array_end(json);
}

static void add_removed(struct json *json, const struct article *article)
{
    json_name(json, "removed");
    json_array_begin(json);
    for (size_t i = 0; i < article->removed.count; i++) {
        const struct removed_block *removed = &article->removed.items[i];
        json_object_begin(json);
        json_field(json, "text", removed->text);
        json_field(json, "reason", str_from(removal_reason_name(removed->reason)));
        json_field_number(json, "line", removed->line);
        json_object_end(json);
    }
    json_array_end(json);
}

/* Only where there are any: pages of plain text have none. */
static void add_links(struct json *json, const struct article *article)
{
    struct point_counter counter = {.text = article->text};
    bool begun = false;
    for (size_t i = 0; i < article->spans.count; i++) {
        const struct span *span = &article->spans.items[i];
        if (span->kind != SPAN_LINK)
            continue;
        if (!begun) {
            json_name(json, "links");
            json_array_begin(json);
        }
        begun = true;
        json_object_begin(json);
        add_span(json, &counter, span->start, span->end);
        json_field(json, "target", span->target);
        json_object_end(json);
    }
    if (begun)
        json_array_end(json);
}

/* Only what there is, as for links. */
static void add_origin(struct json *json, const struct article *article)
{
    size_t at = 0;
    str name;
    if (article->byline.len) {
        json_name(json, "authors");
        json_array_begin(json);
        while (article_next_author(article->byline, &at, &name))
            json_text(json, name);
        json_array_end(json);
    }
    if (article->updated != DAY_UNKNOWN)
        report_json_day(json, "updated", article->updated);
    if (article->canonical.len)
        json_field(json, "canonical", article->canonical);
}

void article_json_head(struct json *json, const struct article *article)
{
    json_field(json, "path", article->path);
    json_field_or_null(json, "id", article->id);
    json_field_or_null(json, "title", article->title);
    json_field_or_null(json, "subtitle", article->subtitle);
    json_field_or_null(json, "site", article->site);
    json_field_or_null(json, "byline", article->byline);
    report_json_publication(json, &article->published);
    add_origin(json, article);
    json_field(json, "text", article->text);
    add_blocks(json, article);
    add_removed(json, article);
    add_links(json, article);
}

void article_json_mention(struct json *json, struct point_counter *counter,
                          const struct mention *mention)
{
    json_object_begin(json);
    json_field(json, "type", str_from(entity_kind_name(mention->kind)));
    add_span(json, counter, mention->start, mention->end);
    json_field(json, "text", str_slice(counter->text, mention->start, mention->end));
}

void article_json_entity(struct json *json, enum entity_kind kind, int64_t entity, str name)
{
    struct arena scratch = {0};
    json_field(json, "id", report_entity_id(&scratch, kind, entity));
    json_field(json, "name", name);
    arena_done(&scratch);
}

void article_json_dates(struct json *json, str text, const moment_vec *moments)
{
    struct point_counter counter = {.text = text};
    json_name(json, "dates");
    json_array_begin(json);
    for (size_t i = 0; i < moments->count; i++) {
        const struct moment *moment = &moments->items[i];
        json_object_begin(json);
        add_span(json, &counter, moment->start, moment->end);
        json_field(json, "text", str_slice(text, moment->start, moment->end));
        json_field(json, "type", str_from(moment_type_name(moment->type)));
        json_field_or_null(json, "value", moment->value);
        report_json_day(json, "earliest", moment->first);
        report_json_day(json, "latest", moment->last);
        json_object_end(json);
    }
    json_array_end(json);
}
