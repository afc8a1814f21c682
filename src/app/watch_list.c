#include "app/watch_list.h"

#include "app/label.h"
#include "app/query.h"

static void add_days(struct watch_list *list, struct target *target)
{
    struct buf label = BUF_INIT;
    label_days(&label, target->first, target->last);
    target->label = arena_str(&list->arena, buf_str(&label));
    buf_done(&label);
}

enum status watch_list_read(struct watch_list *list, struct store *store, struct error *err)
{
    const struct watch_row *rows;
    size_t count = 0;
    arena_reset(&list->arena);
    list->count = 0;
    enum status status = store_list_watches(store, &list->arena, &rows, &count, err);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct watch_row *row = &list->rows[list->count++];
        struct error unread = {0}; /* a query of a newer program: the row is shown, walks nothing */
        *row = rows[i];
        if (row->target.kind == TARGET_DAYS)
            add_days(list, &row->target);
        if (row->target.kind == TARGET_SEARCH &&
            query_parse(&list->arena, row->query, QUERY_SEARCH, &list->searches[i], NULL,
                        &unread) == STATUS_OK)
            row->target.search = &list->searches[i];
    }
    return status;
}

void watch_list_done(struct watch_list *list)
{
    arena_done(&list->arena);
}

const struct watch_row *watch_list_find(const struct watch_list *list, int64_t slot)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->rows[i].slot == slot)
            return &list->rows[i];
    return NULL;
}

const char *watch_kind_name(const struct watch_row *row)
{
    static const char *const names[TARGET_KIND_COUNT] = {
        [TARGET_NONE] = "nothing", [TARGET_ENTITY] = "names",         [TARGET_DAYS] = "days",
        [TARGET_SEARCH] = "search", [TARGET_BOOKMARKS] = "bookmarks", [TARGET_TAG] = "tag",
    };
    if (row->target.kind == TARGET_ENTITY && row->target.entity_count == 1)
        return entity_kind_name(row->entity_kind);
    return names[row->target.kind];
}
