#include "tui/prompt.h"

#include <string.h>

#include "base/memory.h"
#include "text/fold.h"
#include "text/gate.h"
#include "text/utf8.h"
#include "text/width.h"

/* ---- lines of before ---- */

void prompt_history_add(struct prompt_history *history, str line)
{
    size_t count = history->lines.count;
    if (line.len == 0 || (count > 0 && str_equal(buf_str(vec_last(&history->lines)), line)))
        return;
    if (count == PROMPT_HISTORY_LIMIT) {
        buf_done(&history->lines.items[0]);
        memmove(history->lines.items, history->lines.items + 1,
                (count - 1) * sizeof history->lines.items[0]);
        history->lines.count--;
    }
    struct buf copy = BUF_INIT;
    buf_add(&copy, line);
    vec_push(NULL, &history->lines, copy);
}

void prompt_history_done(struct prompt_history *history)
{
    for (size_t i = 0; i < history->lines.count; i++)
        buf_done(&history->lines.items[i]);
    vec_done(&history->lines);
}

/* ---- the line ---- */

void prompt_init(struct prompt *prompt)
{
    *prompt = (struct prompt){0};
}

void prompt_done(struct prompt *prompt)
{
    buf_done(&prompt->text);
}

void prompt_use(struct prompt *prompt, struct prompt_history *history)
{
    prompt->history = history;
}

static size_t history_count(const struct prompt *prompt)
{
    return prompt->history ? prompt->history->lines.count : 0;
}

static void set_text(struct prompt *prompt, str before, str after)
{
    buf_clear(&prompt->text);
    buf_add(&prompt->text, before);
    prompt->cursor = prompt->text.len;
    buf_add(&prompt->text, after);
}

void prompt_set(struct prompt *prompt, str before, str after)
{
    set_text(prompt, before, after);
    prompt->history_at = history_count(prompt);
}

void prompt_start(struct prompt *prompt, str initial)
{
    prompt_set(prompt, initial, STR_NONE);
}

/* ---- places in the line ---- */

static str text_of(const struct prompt *prompt)
{
    return buf_str(&prompt->text);
}

static size_t after_cursor(const struct prompt *prompt)
{
    int columns;
    if (prompt->cursor >= prompt->text.len)
        return prompt->text.len;
    return prompt->cursor + width_cluster(text_of(prompt), prompt->cursor, &columns);
}

static size_t before_cursor(const struct prompt *prompt)
{
    return width_cluster_before(text_of(prompt), prompt->cursor);
}

static bool is_space_at(str text, size_t at)
{
    size_t len;
    return code_point_is_space(utf8_decode(text, at, &len));
}

static size_t word_before(const struct prompt *prompt)
{
    str text = text_of(prompt);
    size_t at = prompt->cursor;
    bool in_word = false;
    while (at > 0) {
        size_t before = width_cluster_before(text, at);
        if (is_space_at(text, before) && in_word)
            break;
        in_word = in_word || !is_space_at(text, before);
        at = before;
    }
    return at;
}

static size_t word_after(const struct prompt *prompt)
{
    str text = text_of(prompt);
    size_t at = prompt->cursor;
    bool in_word = false;
    int columns;
    while (at < text.len) {
        if (is_space_at(text, at) && in_word)
            break;
        in_word = in_word || !is_space_at(text, at);
        at += width_cluster(text, at, &columns);
    }
    return at;
}

static size_t line_start(const struct prompt *prompt)
{
    (void)prompt;
    return 0;
}

static size_t line_end(const struct prompt *prompt)
{
    return prompt->text.len;
}

/* ---- changes ---- */

/* Removes what lies between the cursor and `to`. */
static enum prompt_result cut_to(struct prompt *prompt, size_t to)
{
    size_t start = to < prompt->cursor ? to : prompt->cursor;
    size_t end = to < prompt->cursor ? prompt->cursor : to;
    if (start == end)
        return PROMPT_EDITING;
    memmove(prompt->text.ptr + start, prompt->text.ptr + end, prompt->text.len - end);
    prompt->text.len -= end - start;
    prompt->text.ptr[prompt->text.len] = '\0';
    prompt->cursor = start;
    return PROMPT_CHANGED;
}

static enum prompt_result insert(struct prompt *prompt, uint32_t code_point)
{
    char bytes[4];
    size_t len = utf8_encode(code_point, bytes);
    (void)buf_reserve(&prompt->text, len);
    char *place = prompt->text.ptr + prompt->cursor;
    memmove(place + len, place, prompt->text.len - prompt->cursor);
    memcpy(place, bytes, len);
    prompt->text.len += len;
    prompt->text.ptr[prompt->text.len] = '\0';
    prompt->cursor += len;
    return PROMPT_CHANGED;
}

static enum prompt_result recall(struct prompt *prompt, size_t at)
{
    size_t count = history_count(prompt);
    if (at > count || at == prompt->history_at)
        return PROMPT_EDITING;
    prompt->history_at = at;
    set_text(prompt, at < count ? buf_str(&prompt->history->lines.items[at]) : STR_NONE, STR_NONE);
    return PROMPT_CHANGED;
}

static enum prompt_result recall_older(struct prompt *prompt)
{
    return recall(prompt, prompt->history_at > 0 ? prompt->history_at - 1 : 0);
}

static enum prompt_result recall_newer(struct prompt *prompt)
{
    return recall(prompt, prompt->history_at + 1);
}

static enum prompt_result accept(struct prompt *prompt)
{
    if (prompt->history)
        prompt_history_add(prompt->history, text_of(prompt));
    return PROMPT_ACCEPTED;
}

static enum prompt_result cancel(struct prompt *prompt)
{
    (void)prompt;
    return PROMPT_CANCELLED;
}

/* ---- keys ---- */

#define CONTROL(letter) ((letter) | KEY_CODE_CONTROL)
#define META(letter) ((letter) | KEY_CODE_META)

static const struct {
    key_code key;
    enum prompt_result (*run)(struct prompt *prompt); /* one of the two is set */
    size_t (*place)(const struct prompt *prompt);
    bool cuts; /* removes the text up to the place; else the cursor goes there */
} keys[] = {
    {KEY_CODE_ENTER, accept, NULL, false},
    {CONTROL('j'), accept, NULL, false},
    {KEY_CODE_ESCAPE, cancel, NULL, false},
    {CONTROL('c'), cancel, NULL, false},
    {CONTROL('g'), cancel, NULL, false},
    {KEY_CODE_UP, recall_older, NULL, false},
    {CONTROL('p'), recall_older, NULL, false},
    {KEY_CODE_DOWN, recall_newer, NULL, false},
    {CONTROL('n'), recall_newer, NULL, false},
    {KEY_CODE_LEFT, NULL, before_cursor, false},
    {CONTROL('b'), NULL, before_cursor, false},
    {KEY_CODE_RIGHT, NULL, after_cursor, false},
    {CONTROL('f'), NULL, after_cursor, false},
    {KEY_CODE_HOME, NULL, line_start, false},
    {CONTROL('a'), NULL, line_start, false},
    {KEY_CODE_END, NULL, line_end, false},
    {CONTROL('e'), NULL, line_end, false},
    {META('b'), NULL, word_before, false},
    {CONTROL(KEY_CODE_LEFT), NULL, word_before, false},
    {META('f'), NULL, word_after, false},
    {CONTROL(KEY_CODE_RIGHT), NULL, word_after, false},
    {KEY_CODE_BACKSPACE, NULL, before_cursor, true},
    {KEY_CODE_DELETE, NULL, after_cursor, true},
    {CONTROL('d'), NULL, after_cursor, true},
    {CONTROL('u'), NULL, line_start, true},
    {CONTROL('k'), NULL, line_end, true},
    {CONTROL('w'), NULL, word_before, true},
    {META(KEY_CODE_BACKSPACE), NULL, word_before, true},
    {META('d'), NULL, word_after, true},
};

enum prompt_result prompt_key(struct prompt *prompt, key_code key)
{
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (keys[i].key != key)
            continue;
        if (keys[i].run != NULL)
            return keys[i].run(prompt);
        if (keys[i].cuts)
            return cut_to(prompt, keys[i].place(prompt));
        prompt->cursor = keys[i].place(prompt);
        return PROMPT_EDITING;
    }
    if (key == KEY_CODE_SPACE)
        return insert(prompt, ' ');
    if (key < KEY_NAME_FIRST && !gate_is_control(key))
        return insert(prompt, key);
    return PROMPT_EDITING;
}

/* ---- drawing ---- */

int prompt_draw(const struct prompt *prompt, const struct canvas *canvas, int row, str label,
                style_id label_style, style_id text_style)
{
    if (canvas->columns <= 0)
        return 0;
    str text = text_of(prompt);
    int used = width_columns(label), most = canvas->columns / 2;
    if (used <= most) {
        used = canvas_text(canvas, row, 0, used, label, label_style);
    } else if (most > 0) {
        used = most; /* "note (or Enter…" */
        canvas_field(canvas, row, 0, most - 1, label, label_style);
        canvas_fill(canvas, row, most - 1, 1, ' ', label_style);
    }
    int columns = canvas->columns - used;
    /* Back from the cursor as far as there is room for it after the text. */
    size_t start = prompt->cursor;
    int before = 0;
    while (start > 0) {
        size_t at = width_cluster_before(text, start);
        int cells = width_columns(str_slice(text, at, start));
        if (before + cells >= columns)
            break;
        before += cells;
        start = at;
    }
    canvas_fill(canvas, row, used, columns, ' ', text_style);
    (void)canvas_text(canvas, row, used, columns, str_slice(text, start, text.len), text_style);
    return used + before;
}
