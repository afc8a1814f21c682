/* All keys of the pane from which it was called, from the live keymap. */
#include <string.h>

#include "app/key_hint.h"
#include "app/session.h"
#include "text/wrap.h"

struct help_line {
    str keys, text, name;
    bool heading;
};

struct help {
    struct arena arena;
    VEC(struct help_line) lines;
    int top, columns;
    enum pane_id about;
};

/* Where the parts of a line stand: the keys from column 2 on, the name, what it does. */
struct columns {
    int keys, name_at, name, text_at, text;
};

static struct columns share(int columns)
{
    int keys = columns >= 60 ? 22 : columns / 3;
    struct columns parts = {.keys = keys - 2, .name_at = keys + 1};
    parts.name = columns >= 100 ? 20 : 0; /* for binding and `:` */
    parts.text_at = parts.name_at + parts.name;
    parts.text = columns - parts.text_at;
    return parts;
}

static str part_at(str text, const line_vec *lines, size_t i)
{
    return i < lines->count ? str_slice(text, lines->items[i].start, lines->items[i].end)
                            : STR_NONE;
}

/* On as many lines as the keys and the text take in their columns. */
static void add_line(struct help *help, const struct help_line *line)
{
    struct columns parts = share(help->columns);
    line_vec keys = {0}, text = {0};
    wrap_text(&help->arena, &keys, line->keys, parts.keys > 1 ? parts.keys : 1, 0);
    wrap_text(&help->arena, &text, line->text, parts.text > 1 ? parts.text : 1, 0);
    for (size_t i = 0; i < keys.count || i < text.count; i++) {
        struct help_line part = {.keys = part_at(line->keys, &keys, i),
                                 .text = part_at(line->text, &text, i),
                                 .name = i == 0 ? line->name : STR_NONE};
        vec_push(&help->arena, &help->lines, part);
    }
}

static void init(struct session *session, void *state)
{
    (void)session, (void)state;
}

static void done(struct session *session, void *state)
{
    (void)session;
    arena_done(&((struct help *)state)->arena);
}

static bool hidden_by_pane(const struct keymap *keymap, const struct binding *any, int scope)
{
    for (size_t i = 0; i < keymap->bindings.count; i++) {
        const struct binding *b = &keymap->bindings.items[i];
        if (b->scope == scope && b->key_count == any->key_count &&
            memcmp(b->keys, any->keys, b->key_count * sizeof *b->keys) == 0)
            return true;
    }
    return false;
}

static bool same_action(const struct binding *a, const struct binding *b)
{
    return a->action == b->action && str_equal(a->argument, b->argument);
}

/* One line an action: all its keys in this scope. */
static void add_action(struct help *help, const struct keymap *keymap, const struct binding *first,
                       int pane_scope)
{
    struct buf keys = BUF_INIT;
    for (size_t i = 0; i < keymap->bindings.count; i++) {
        const struct binding *b = &keymap->bindings.items[i];
        if (b->scope != first->scope || !same_action(b, first) ||
            (b->scope == SCOPE_ANY && hidden_by_pane(keymap, b, pane_scope)))
            continue;
        if (keys.len)
            buf_add_byte(&keys, ' ');
        keymap_add_keys(&keys, b);
    }
    struct help_line line = {.keys = arena_str(&help->arena, buf_str(&keys))};
    const struct action *action = &actions[first->action];
    line.name = str_from(action->name);
    line.text = first->argument.len
                    ? arena_format(&help->arena, "%s: %.*s", action->help, STR_ARG(first->argument))
                    : str_from(action->help);
    if (keys.len)
        add_line(help, &line);
    buf_done(&keys);
}

static void add_scope(struct help *help, const struct keymap *keymap, int scope, int pane_scope,
                      str heading)
{
    size_t before = help->lines.count;
    struct buf text = BUF_INIT;
    key_hint_add(&text, keymap, pane_scope, heading);
    vec_push(&help->arena, &help->lines,
             (struct help_line){.text = arena_str(&help->arena, buf_str(&text)), .heading = true});
    buf_done(&text);
    for (size_t i = 0; i < keymap->bindings.count; i++) {
        const struct binding *b = &keymap->bindings.items[i];
        bool seen = b->scope != scope;
        for (size_t k = 0; k < i && !seen; k++)
            seen = keymap->bindings.items[k].scope == scope &&
                   same_action(&keymap->bindings.items[k], b);
        if (!seen)
            add_action(help, keymap, b, pane_scope);
    }
    if (help->lines.count == before + 1)
        help->lines.count = before;
}

static void build(struct session *session, struct help *help)
{
    arena_reset(&help->arena);
    help->columns = terminal_columns(session->terminal);
    memset(&help->lines, 0, sizeof help->lines);
    int scope = (int)help->about + 1;
    add_scope(help, &session->keymap, scope, scope,
              arena_format(&help->arena, "In the %s pane", panes[help->about].name));
    if (help->about == PANE_READER) {
        add_scope(help, &session->keymap, SCOPE_SELECT, scope,
                  STR("While selecting a passage ({select})"));
        add_scope(help, &session->keymap, SCOPE_SIDE, scope,
                  STR("In the names beside the text ({side-names})"));
    }
    add_scope(help, &session->keymap, SCOPE_ANY, scope, STR("Everywhere"));
}

static bool show(struct session *session, void *state, const struct place *place)
{
    (void)place;
    struct help *help = state;
    if (session->depth && session_pane(session) != PANE_HELP)
        help->about = session_pane(session);
    help->top = 0;
    build(session, help);
    return true;
}

static void where(struct session *session, void *state, struct place *place)
{
    (void)session, (void)state;
    *place = (struct place){.pane = PANE_HELP};
}

static int height(struct session *session)
{
    return terminal_rows(session->terminal) - 1;
}

static enum outcome move(struct session *session, void *state, int by)
{
    struct help *help = state;
    int64_t last = (int64_t)help->lines.count - height(session);
    int64_t top = (int64_t)help->top + by;
    top = top > last ? last : top;
    help->top = top > 0 ? (int)top : 0;
    return OUTCOME_REDRAW;
}

static void reload(struct session *session, void *state)
{
    build(session, state);
    move(session, state, 0);
}

static void draw(struct session *session, void *state, const struct canvas *canvas, int *row,
                 int *column)
{
    (void)session, (void)row, (void)column;
    struct help *help = state;
    struct columns parts = share(canvas->columns);
    for (int i = 0; i < canvas->rows && (size_t)(help->top + i) < help->lines.count; i++) {
        const struct help_line *line = &help->lines.items[help->top + i];
        if (line->heading) {
            canvas_field(canvas, i, 0, canvas->columns, line->text, STYLE_HEADING);
            continue;
        }
        canvas_field(canvas, i, 2, parts.keys, line->keys, STYLE_KEY);
        canvas_field(canvas, i, parts.name_at, parts.name, line->name, STYLE_ROW_DIM);
        canvas_field(canvas, i, parts.text_at, parts.text, line->text, STYLE_TEXT);
    }
}

static void status(struct session *session, void *state, struct buf *left, struct buf *right)
{
    (void)session;
    struct help *help = state;
    buf_format(left, " Help: keys of the %s pane", panes[help->about].name);
    session_add_hint(session, left, STR("; {close} closes"));
    buf_format(right, "%d/%zu ", help->top + 1, help->lines.count);
}

static int rows_seen(struct session *session, void *state)
{
    (void)state;
    return height(session);
}

static const struct handler *const handlers[] = {NULL};

const struct pane_class pane_help = {
    .title = "Help",
    .state_len = sizeof(struct help),
    .init = init,
    .done = done,
    .show = show,
    .where = where,
    .reload = reload,
    .draw = draw,
    .status = status,
    .move = move,
    .rows_seen = rows_seen,
    .handlers = handlers,
};
