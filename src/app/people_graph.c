#include "app/people_graph.h"

#include <stdlib.h>

#include "app/output.h"
#include "text/markup.h"

enum { EDGES_AT_ONCE = 1000 };

/* The two languages: what stands around and between nodes and edges. */
struct language {
    const char *begin, *between, *end;
    void (*add_edge)(struct buf *out, size_t index, const char *from, const char *to,
                     int64_t weight);
};

/* ---- GraphML (graphml.graphdrawing.org) ---------------------------------------------------- */

static void graphml_edge(struct buf *out, size_t index, const char *from, const char *to,
                         int64_t weight)
{
    buf_format(
        out,
        "<edge id=\"e%zu\" source=\"%s\" target=\"%s\"><data key=\"weight\">%lld</data></edge>\n",
        index, from, to, (long long)weight);
}

static const struct language graphml = {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
    "<key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n"
    "<key id=\"role\" for=\"node\" attr.name=\"role\" attr.type=\"string\"/>\n"
    "<key id=\"mentions\" for=\"node\" attr.name=\"mentions\" attr.type=\"int\"/>\n"
    "<key id=\"articles\" for=\"node\" attr.name=\"articles\" attr.type=\"int\"/>\n"
    "<key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"int\"/>\n"
    "<graph id=\"dossier\" edgedefault=\"undirected\">\n",
    "", "</graph>\n</graphml>\n", graphml_edge};

static void begin_graphml(struct report *report)
{
    buf_add(&report->line, str_from(graphml.begin));
}

static void remember(struct report *report, const struct entity_row *entity)
{
    struct people *people = report->own;
    vec_push(NULL, &people->shown, entity->id);
}

static void add_graphml(struct report *report, const void *row, size_t index)
{
    const struct entity_row *entity = row;
    struct buf *out = &report->line;
    (void)index;
    remember(report, entity);
    buf_format(out, "<node id=\"%s\"><data key=\"label\">",
               report_entity_id(&report->page, entity->kind, entity->id).ptr);
    markup_add(out, entity->name);
    buf_add(out, STR("</data>"));
    if (entity->role.len) {
        buf_add(out, STR("<data key=\"role\">"));
        markup_add(out, entity->role);
        buf_add(out, STR("</data>"));
    }
    buf_format(out, "<data key=\"mentions\">%u</data><data key=\"articles\">%u</data></node>\n",
               (unsigned)entity->mention_count, (unsigned)entity->article_count);
}

/* ---- GEXF 1.3 (gexf.net) ------------------------------------------------------------------- */

static void gexf_edge(struct buf *out, size_t index, const char *from, const char *to,
                      int64_t weight)
{
    buf_format(out, "<edge id=\"%zu\" source=\"%s\" target=\"%s\" weight=\"%lld\"/>\n", index, from,
               to, (long long)weight);
}

static const struct language gexf = {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n"
    "<graph mode=\"static\" defaultedgetype=\"undirected\">\n"
    "<attributes class=\"node\">\n"
    "<attribute id=\"mentions\" title=\"mentions\" type=\"integer\"/>\n"
    "<attribute id=\"articles\" title=\"articles\" type=\"integer\"/>\n"
    "<attribute id=\"role\" title=\"role\" type=\"string\"/>\n"
    "</attributes>\n<nodes>\n",
    "</nodes>\n<edges>\n", "</edges>\n</graph>\n</gexf>\n", gexf_edge};

static void begin_gexf(struct report *report)
{
    buf_add(&report->line, str_from(gexf.begin));
}

static void add_gexf(struct report *report, const void *row, size_t index)
{
    const struct entity_row *entity = row;
    struct buf *out = &report->line;
    (void)index;
    remember(report, entity);
    buf_format(out, "<node id=\"%s\" label=\"",
               report_entity_id(&report->page, entity->kind, entity->id).ptr);
    markup_add(out, entity->name);
    buf_format(out,
               "\"><attvalues><attvalue for=\"mentions\" value=\"%u\"/>"
               "<attvalue for=\"articles\" value=\"%u\"/>",
               (unsigned)entity->mention_count, (unsigned)entity->article_count);
    if (entity->role.len) {
        buf_add(out, STR("<attvalue for=\"role\" value=\""));
        markup_add(out, entity->role);
        buf_add(out, STR("\"/>"));
    }
    buf_add(out, STR("</attvalues></node>\n"));
}

/* ---- edges --------------------------------------------------------------------------------- */

static int by_number(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static bool is_shown(const struct people *people, int64_t id)
{
    return bsearch(&id, people->shown.items, people->shown.count, sizeof id, by_number) != NULL;
}

/* The edges from a node to those of higher numbers: each is printed once. */
static enum status print_edges_of(struct report *report, const struct language *language,
                                  int64_t from, size_t *index)
{
    const struct people *people = report->own;
    enum entity_kind kind = people->query.kind;
    enum status status = STATUS_OK;
    size_t count = EDGES_AT_ONCE;
    for (int64_t after = from; status == STATUS_OK && count == EDGES_AT_ONCE;) {
        const struct companion_row *rows = NULL;
        arena_reset(&report->page);
        status = store_list_companions(report->store, &report->page, from, kind, after,
                                       EDGES_AT_ONCE, &rows, &count, &report->err);
        buf_clear(&report->line);
        for (size_t i = 0; status == STATUS_OK && i < count; i++) {
            after = rows[i].entity;
            if (is_shown(people, after))
                language->add_edge(
                    &report->line, (*index)++, report_entity_id(&report->page, kind, from).ptr,
                    report_entity_id(&report->page, kind, after).ptr, rows[i].article_count);
        }
        if (status == STATUS_OK)
            status = output_raw(buf_str(&report->line));
    }
    return status;
}

static enum status end_graph(struct report *report, const struct language *language)
{
    struct people *people = report->own;
    size_t index = 0;
    buf_clear(&report->line);
    buf_add(&report->line, str_from(language->between));
    enum status status = output_raw(buf_str(&report->line));
    if (people->shown.count)
        qsort(people->shown.items, people->shown.count, sizeof *people->shown.items, by_number);
    for (size_t i = 0; status == STATUS_OK && i < people->shown.count; i++)
        status = print_edges_of(report, language, people->shown.items[i], &index);
    buf_clear(&report->line);
    buf_add(&report->line, str_from(language->end));
    return status;
}

static enum status end_graphml(struct report *report)
{
    return end_graph(report, &graphml);
}

static enum status end_gexf(struct report *report)
{
    return end_graph(report, &gexf);
}

const struct listing_form people_graphs[] = {
    {OPTION_GRAPHML, begin_graphml, add_graphml, end_graphml},
    {OPTION_GEXF, begin_gexf, add_gexf, end_gexf},
    {OPTION_COUNT, NULL, NULL, NULL},
};
