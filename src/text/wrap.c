#include "text/wrap.h"

#include <stdbool.h>
#include <string.h>
#include <unilbrk.h>

#include "base/ascii.h"
#include "text/fold.h"
#include "text/utf8.h"
#include "text/width.h"

enum { STACK_BREAKS = 2048, SOFT_HYPHEN = 0x00AD };

/* The line being filled. */
struct filling {
    struct arena *arena;
    line_vec *lines;
    str text;
    const char *breaks; /* one UC_BREAK_ value per byte */
    uint32_t columns, base;
    size_t start;      /* of the line */
    uint32_t used;     /* columns since start, white space at the end included */
    size_t end;        /* after the last byte that is not white space */
    uint32_t end_used; /* columns up to `end` */
    size_t break_at;   /* last place where the line may be broken; start = nowhere */
    size_t break_end;  /* `end` and the columns as they were there */
    uint32_t break_end_used, break_used;
};

static void add_line(struct filling *filling, size_t end, uint32_t columns)
{
    struct line line = {.start = filling->base + (uint32_t)filling->start,
                        .end = filling->base + (uint32_t)end,
                        .columns = columns};
    vec_push(filling->arena, filling->lines, line);
}

static void start_line(struct filling *filling, size_t start)
{
    filling->start = filling->end = filling->break_at = start;
    filling->used = filling->end_used = 0;
}

/* Ends the line at the last place where it may be broken; what stands after it moves down. */
static void break_softly(struct filling *filling)
{
    add_line(filling, filling->break_end, filling->break_end_used);
    size_t end = filling->end;
    uint32_t moved = filling->used - filling->break_used;
    uint32_t moved_end = filling->end_used - filling->break_used;
    bool has_words = end > filling->break_at;
    start_line(filling, filling->break_at);
    filling->used = moved;
    if (has_words) {
        filling->end = end;
        filling->end_used = moved_end;
    }
}

/* Space at which a line may end: not the no-break kinds, and nothing of width 0. */
static bool is_breaking_space(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point == ' ' || code_point == '\t';
    return code_point >= 0x1680 && code_point != 0x2007 && code_point != 0x202F &&
           code_point_is_space(code_point);
}

/* A soft hyphen is no place to break: the hyphen would have to be drawn, and it has no cell. */
static bool may_break(const struct filling *filling, size_t at)
{
    char kind = filling->breaks[at];
    if (kind != UC_BREAK_POSSIBLE && kind != UC_BREAK_HYPHENATION)
        return false;
    size_t len;
    return utf8_decode(filling->text, utf8_before(filling->text, at), &len) != SOFT_HYPHEN;
}

/* Takes note that the line may end before `at`. */
static void note_break(struct filling *filling, size_t at)
{
    if (at == filling->start || !may_break(filling, at))
        return;
    filling->break_at = at;
    filling->break_end = filling->end;
    filling->break_end_used = filling->end_used;
    filling->break_used = filling->used;
}

static void add_cluster(struct filling *filling, size_t at, size_t len, uint32_t cells)
{
    note_break(filling, at);
    size_t first_len;
    /* A space that carries a mark is something to be seen. */
    if (is_breaking_space(utf8_decode(filling->text, at, &first_len)) && len == first_len) {
        filling->used += cells;
        return;
    }
    if (filling->used + cells > filling->columns && filling->break_at > filling->start)
        break_softly(filling);
    if (filling->used + cells > filling->columns && at > filling->start) {
        add_line(filling, filling->end, filling->end_used);
        start_line(filling, at);
    }
    filling->used += cells;
    filling->end = at + len;
    filling->end_used = filling->used;
}

/* A word of ASCII from `at` on, or the rest of one: bytes that are one column each and that no line
 * ends between. */
static size_t plain_len(const struct filling *filling, size_t at)
{
    str text = filling->text;
    size_t end = at;
    while (end < text.len && text.ptr[end] > ' ' && text.ptr[end] <= '~' &&
           (end == at || filling->breaks[end] == UC_BREAK_PROHIBITED))
        end++;
    /* A mark belongs to the character before it. */
    if (end > at && end < text.len && (signed char)text.ptr[end] < 0)
        end--;
    return end - at;
}

/* Adds so many such bytes at once, on the next line where they fit there only; false when they
 * are to be added one by one. */
static bool add_plain(struct filling *filling, size_t at, size_t len)
{
    if (len == 0)
        return false;
    note_break(filling, at);
    if (filling->used + len > filling->columns) {
        if (filling->break_at == filling->start ||
            filling->used - filling->break_used + len > filling->columns)
            return false;
        break_softly(filling);
    }
    filling->used += (uint32_t)len;
    filling->end = at + len;
    filling->end_used = filling->used;
    return true;
}

/* A blank that no mark follows and that no line begins with. */
static bool is_plain_blank(const struct filling *filling, size_t at)
{
    str text = filling->text;
    return text.ptr[at] == ' ' && filling->breaks[at] == UC_BREAK_PROHIBITED && at + 1 < text.len &&
           (signed char)text.ptr[at + 1] >= 0;
}

/* Adds the bytes at `at` that belong together; returns how many. */
static size_t add_next(struct filling *filling, size_t at)
{
    if (is_plain_blank(filling, at)) {
        filling->used++;
        return 1;
    }
    size_t len = plain_len(filling, at);
    if (add_plain(filling, at, len))
        return len;
    int cells;
    len = width_cluster(filling->text, at, &cells);
    add_cluster(filling, at, len, (uint32_t)cells);
    return len;
}

static void fill(struct filling *filling)
{
    str text = filling->text;
    for (size_t at = 0; at < text.len;) {
        char kind = filling->breaks[at];
        if (kind != UC_BREAK_MANDATORY && kind != UC_BREAK_CR_BEFORE_LF) {
            at += add_next(filling, at);
            continue;
        }
        add_line(filling, filling->end, filling->end_used);
        at = utf8_after(text, at);
        if (kind == UC_BREAK_CR_BEFORE_LF)
            at = utf8_after(text, at);
        start_line(filling, at);
    }
    if (filling->start < text.len || text.len == 0)
        add_line(filling, filling->end, filling->end_used);
}

/* ---- where lines may be broken --------------------------------------------------------------- */

/* The end of what stands between blanks, and whether it is a simple word: letters and digits of
 * ASCII, and perhaps a comma or a full stop. Between two of those lines may be broken, and nowhere
 * in them (UAX 14, rules LB7, 13, 18, 23 and 28). */
static size_t word_end(str text, size_t at, bool *is_simple)
{
    size_t end = at;
    while (end < text.len && ascii_is_alnum(text.ptr[end]))
        end++;
    *is_simple = end > at;
    if (end > at && end < text.len && (text.ptr[end] == ',' || text.ptr[end] == '.'))
        end++;
    *is_simple = *is_simple && (end == text.len || text.ptr[end] == ' ');
    while (end < text.len && text.ptr[end] != ' ')
        end++;
    return end;
}

/* The first word after the blanks at `at`; the end of the text where there is none. */
static size_t next_word(str text, size_t at)
{
    while (at < text.len && text.ptr[at] == ' ')
        at++;
    return at;
}

/* By the library, from a word on that is not broken before but where that is known already. */
static void ask_library(str text, size_t start, size_t end, char *breaks)
{
    char first = breaks[start];
    u8_possible_linebreaks((const uint8_t *)text.ptr + start, end - start, "UTF-8", breaks + start);
    if (start > 0)
        breaks[start] = first;
}

void wrap_find_breaks(str text, char *breaks)
{
    size_t first = next_word(text, 0), known = 0; /* the last simple word, or the beginning */
    bool is_simple = true;
    memset(breaks, UC_BREAK_PROHIBITED, text.len);
    for (size_t end, at = first; at < text.len; at = end) {
        bool follows = is_simple;
        size_t word = at;
        at = word_end(text, word, &is_simple);
        end = next_word(text, at);
        if (!(is_simple && follows) && (is_simple || end == text.len))
            ask_library(text, known, at, breaks);
        else if (is_simple && word > first)
            breaks[word] = UC_BREAK_POSSIBLE;
        if (is_simple)
            known = word;
    }
}

void wrap_text(struct arena *arena, line_vec *lines, str text, int columns, uint32_t base)
{
    char on_stack[STACK_BREAKS];
    char *breaks = text.len <= STACK_BREAKS ? on_stack : memory_resize(NULL, text.len, 1);
    if (text.len > 0)
        wrap_find_breaks(text, breaks);
    struct filling filling = {.arena = arena,
                              .lines = lines,
                              .text = text,
                              .breaks = breaks,
                              .columns = columns < 1 ? 1 : (uint32_t)columns,
                              .base = base};
    fill(&filling);
    if (breaks != on_stack)
        memory_free(breaks);
}
