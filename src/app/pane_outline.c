/* The headings of the article that is open, and its tables: where one is in it, and a way there. */
#include "app/list_pane.h"
#include "app/reader.h"

struct outline {
    struct list_pane list;
};

/* key.number: place among the article's blocks, from 1. */
struct outline_row {
    struct row_key key;
    enum block_kind kind;
    uint32_t start;
    int percent; /* of the text, that stands before it */
    str text;    /* its first line */
};

static const struct reader *the_reader(struct session *session)
{
    return session_pane_state(session, PANE_READER);
}

/* A table is listed by its first row. */
static bool is_listed(const struct article *article, size_t index)
{
    enum block_kind kind = article->blocks.items[index].kind;
    bool first = index == 0 || article->blocks.items[index - 1].kind != kind;
    return kind == BLOCK_TITLE || kind == BLOCK_SUBTITLE || kind == BLOCK_HEADING ||
           (kind == BLOCK_TABLE_ROW && first);
}

static struct outline_row make_row(const struct article *article, size_t index)
{
    const struct block *block = &article->blocks.items[index];
    str text = str_slice(article->text, block->start, block->end);
    return (struct outline_row){
        .key = {.number = (int64_t)index + 1},
        .kind = block->kind,
        .start = block->start,
        .percent = (int)((uint64_t)block->start * 100 / (article->text.len + 1)),
        .text = str_slice(text, 0, str_find_byte(text, '\n', 0)),
    };
}

/* The rows lie in the arena, their texts in the reader's article: it is read again when the article
 * changes. */
static enum status fetch(void *context, struct arena *arena, const struct page_request *request,
                         const void **rows, size_t *count, struct error *err)
{
    (void)err;
    struct list_pane *list = context;
    const struct article *article = &the_reader(list->session)->article.article;
    VEC(struct outline_row) found = {0};
    int64_t total = (int64_t)article->blocks.count;
    int64_t by = request->backward ? -1 : 1;
    int64_t at = request->backward ? total : 1;
    if (request->from)
        at = request->from->number + (request->inclusive ? 0 : by);
    for (; at >= 1 && at <= total && found.count < request->limit; at += by)
        if (is_listed(article, (size_t)at - 1)) {
            struct outline_row row = make_row(article, (size_t)at - 1);
            row.text = arena_str(arena, row.text);
            vec_push(arena, &found, row);
        }
    *rows = found.items;
    *count = found.count;
    return STATUS_OK;
}

static void init(struct session *session, void *state)
{
    struct outline *outline = state;
    list_pane_init(&outline->list, session, sizeof(struct outline_row), fetch);
}

/* The row under which the reader's first line stands is selected. */
static bool show(struct session *session, void *state, const struct place *place)
{
    (void)place;
    struct outline *outline = state;
    const struct reader *reader = the_reader(session);
    const struct article *article = &reader->article.article;
    struct row_key key = {0};
    if (!reader->article.id) {
        session_say(session, "no article is open; {go articles} lists them, {open} opens one");
        return false;
    }
    uint32_t here = reader_to_article(reader, reader->view.anchor);
    for (size_t i = 0; i < article->blocks.count; i++)
        if (is_listed(article, i) && (!key.number || article->blocks.items[i].start <= here))
            key.number = (int64_t)i + 1;
    list_pane_load(&outline->list, &key);
    return true;
}

static void where(struct session *session, void *state, struct place *place)
{
    (void)state;
    *place = (struct place){.pane = PANE_OUTLINE, .article = the_reader(session)->article.id};
}

static void draw_row(void *context, const struct canvas *row, const void *item, bool selected)
{
    (void)context;
    const struct outline_row *line = item;
    struct buf percent = BUF_INIT;
    int indent = line->kind == BLOCK_HEADING ? 2 : line->kind == BLOCK_TABLE_ROW ? 4 : 0;
    buf_format(&percent, "%3d%%", line->percent);
    list_pane_marker(row, selected);
    canvas_field(row, 0, 2, 4, buf_str(&percent), STYLE_ROW_DIM);
    int at = 8 + indent;
    if (line->kind == BLOCK_TABLE_ROW)
        at += canvas_text(row, 0, at, row->columns - at, STR("table: "), STYLE_ROW_DIM);
    canvas_field(row, 0, at, row->columns - at, line->text,
                 selected ? STYLE_ROW_SELECTED : STYLE_ROW);
    buf_done(&percent);
}

static void draw(struct session *session, void *state, const struct canvas *canvas, int *row,
                 int *column)
{
    (void)session, (void)row, (void)column;
    struct outline *outline = state;
    list_pane_draw(&outline->list, canvas, STR("  at    heading"),
                   STR("This article has no headings and no tables."), draw_row, NULL);
}

static void status(struct session *session, void *state, struct buf *left, struct buf *right)
{
    (void)state;
    const struct article *article = &the_reader(session)->article.article;
    buf_format(left, " Outline of %.*s",
               STR_ARG(article->title.len ? article->title : article->path));
    session_add_hint(session, right, STR("{open} goes there "));
}

static enum outcome open_row(struct session *session, void *state, str argument)
{
    (void)argument;
    struct outline *outline = state;
    const struct outline_row *row = rows_selected(&outline->list.rows);
    if (!row)
        return OUTCOME_REDRAW;
    struct place place = {.pane = PANE_READER,
                          .article = the_reader(session)->article.id,
                          .offset = row->start,
                          .at_top = true};
    session_go(session, &place);
    return OUTCOME_REDRAW;
}

static const struct handler own_handlers[] = {
    {ACTION_OPEN, open_row},
    {0, NULL},
};

static const struct handler *const handlers[] = {own_handlers, NULL};

/* Those of the heading. */
static void names(struct session *session, void *state, struct name_choices *choices)
{
    struct outline *outline = state;
    const struct reader *reader = the_reader(session);
    const struct outline_row *row = rows_selected(&outline->list.rows);
    if (!row)
        return;
    const struct block *block = &reader->article.article.blocks.items[row->key.number - 1];
    name_choice_add_range(session, choices, reader->article.id, block->start, block->end);
}

const struct pane_class pane_outline = {
    .title = "Outline",
    .state_len = sizeof(struct outline),
    .init = init,
    .done = list_pane_done,
    .show = show,
    .where = where,
    .reload = list_pane_reload,
    .draw = draw,
    .status = status,
    .names = names,
    .move = list_pane_move,
    .rows_seen = list_pane_rows_seen,
    .handlers = handlers,
};
