#include "text/wrap.h"

#include <stdbool.h>
#include <unilbrk.h>

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

static void add_cluster(struct filling *filling, size_t at, size_t len, uint32_t cells)
{
    if (at > filling->start && may_break(filling, at)) {
        filling->break_at = at;
        filling->break_end = filling->end;
        filling->break_end_used = filling->end_used;
        filling->break_used = filling->used;
    }
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

/* The rest of a word of ASCII: the bytes from `at` on that are one column each and that no line
 * ends between. */
static size_t plain_len(const struct filling *filling, size_t at)
{
    str text = filling->text;
    size_t end = at;
    while (end < text.len && text.ptr[end] > ' ' && text.ptr[end] <= '~' &&
           filling->breaks[end] == UC_BREAK_PROHIBITED)
        end++;
    /* A mark belongs to the character before it. */
    if (end > at && end < text.len && (signed char)text.ptr[end] < 0)
        end--;
    return end - at;
}

/* Adds so many such bytes at once, if there is room; false when there is none. */
static bool add_plain(struct filling *filling, size_t at, size_t len)
{
    if (len == 0 || filling->used + len > filling->columns)
        return false;
    filling->used += (uint32_t)len;
    filling->end = at + len;
    filling->end_used = filling->used;
    return true;
}

static void fill(struct filling *filling)
{
    str text = filling->text;
    for (size_t at = 0; at < text.len;) {
        if (filling->breaks[at] == UC_BREAK_MANDATORY ||
            filling->breaks[at] == UC_BREAK_CR_BEFORE_LF) {
            add_line(filling, filling->end, filling->end_used);
            size_t next = utf8_after(text, at);
            if (filling->breaks[at] == UC_BREAK_CR_BEFORE_LF)
                next = utf8_after(text, next);
            start_line(filling, next);
            at = next;
            continue;
        }
        int cells;
        size_t len = plain_len(filling, at);
        if (!add_plain(filling, at, len)) {
            len = width_cluster(text, at, &cells);
            add_cluster(filling, at, len, (uint32_t)cells);
        }
        at += len;
    }
    if (filling->start < text.len || text.len == 0)
        add_line(filling, filling->end, filling->end_used);
}

void wrap_text(struct arena *arena, line_vec *lines, str text, int columns, uint32_t base)
{
    char on_stack[STACK_BREAKS];
    char *breaks = text.len <= STACK_BREAKS ? on_stack : memory_resize(NULL, text.len, 1);
    if (text.len > 0)
        u8_possible_linebreaks((const uint8_t *)text.ptr, text.len, "UTF-8", breaks);
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
