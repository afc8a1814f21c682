#include "tui/shorten.h"

#include <stdlib.h>
#include <string.h>

#include "text/utf8.h"
#include "text/width.h"

enum { ESCAPE = 0x1B, SHIFT_OUT = 0x0E, SHIFT_IN = 0x0F, ATTRIBUTE_COUNT = 9, CODE_LIMIT = 32,
       SELECTOR_LEAD = 0xF3 /* the first byte of a selector in UTF-8 */ };

void shorten_reset(struct shorten *shorten, bool late_regions)
{
    *shorten = (struct shorten){.set = {-1, -1}, .late_regions = late_regions};
}

/* ---- attributes and colours ------------------------------------------------------------------ */

static bool same_look(const struct shorten_look *a, const struct shorten_look *b)
{
    return a->attributes == b->attributes && strcmp(a->foreground, b->foreground) == 0 &&
           strcmp(a->background, b->background) == 0;
}

static void add_code(struct buf *codes, const char *code)
{
    if (code[0] != '\0')
        buf_format(codes, "%s%s", codes->len > 0 ? ";" : "", code);
}

static void add_attributes(struct buf *codes, unsigned attributes)
{
    for (int number = 1; number <= ATTRIBUTE_COUNT; number++)
        if ((attributes >> number & 1) != 0)
            add_code(codes, (char[]){(char)('0' + number), '\0'});
}

/* The codes from nothing; none at all for the terminal's own look. */
static void add_whole(struct buf *codes, const struct shorten_look *look)
{
    if (same_look(look, &(struct shorten_look){0}))
        return;
    add_code(codes, "0");
    add_attributes(codes, look->attributes);
    add_code(codes, look->foreground);
    add_code(codes, look->background);
}

static void add_difference(struct buf *codes, const struct shorten_look *from,
                           const struct shorten_look *to)
{
    add_attributes(codes, to->attributes & ~from->attributes);
    if (strcmp(from->foreground, to->foreground) != 0)
        add_code(codes, to->foreground[0] != '\0' ? to->foreground : "39");
    if (strcmp(from->background, to->background) != 0)
        add_code(codes, to->background[0] != '\0' ? to->background : "49");
}

/* Brings the terminal to the attributes that curses wants. */
static void show_look(struct shorten *shorten, struct buf *out)
{
    const struct shorten_look *from = &shorten->shown, *to = &shorten->wanted;
    if (shorten->passes_looks || (shorten->look_known && same_look(from, to)))
        return;
    struct buf whole = BUF_INIT, difference = BUF_INIT;
    add_whole(&whole, to);
    add_difference(&difference, from, to);
    /* Not every terminal can end one attribute and keep the others. */
    bool none_ends = shorten->look_known && (from->attributes & ~to->attributes) == 0;
    bool shorter = none_ends && difference.len < whole.len;
    buf_format(out, "\033[%sm", buf_c(shorter ? &difference : &whole));
    buf_done(&whole);
    buf_done(&difference);
    shorten->shown = *to;
    shorten->look_known = true;
}

/* The codes of one colour: 31, 97, 38;5;9, 38;2;1;2;3. Returns how many numbers they are, 0 when
 * they are none of this kind. */
static size_t colour_len(const int *codes, size_t count)
{
    int base = codes[0] % 10 == 8 && codes[0] / 10 < 5 ? codes[0] / 10 : 0;
    if (base == 0)
        return (codes[0] >= 30 && codes[0] <= 47) || (codes[0] >= 90 && codes[0] <= 107) ? 1 : 0;
    size_t len = count > 1 && codes[1] == 5 ? 3 : count > 1 && codes[1] == 2 ? 5 : 0;
    return len <= count ? len : 0;
}

static size_t take_colour(struct shorten_look *look, const int *codes, size_t count)
{
    size_t len = colour_len(codes, count);
    if (len == 0)
        return 0;
    bool is_background = (codes[0] >= 40 && codes[0] < 50) || codes[0] >= 100;
    bool is_default = codes[0] == 39 || codes[0] == 49;
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < len && !is_default; i++)
        buf_format(&text, "%s%d", i > 0 ? ";" : "", codes[i]);
    bool fits = text.len < SHORTEN_COLOUR_LEN;
    if (fits)
        memcpy(is_background ? look->background : look->foreground, buf_c(&text), text.len + 1);
    buf_done(&text);
    return fits ? len : 0;
}

/* Takes ESC [ … m into what is wanted; false when it has a code that is not known here. */
static bool take_look(struct shorten_look *look, const int *codes, size_t count)
{
    struct shorten_look taken = *look;
    for (size_t i = 0; i < count;) {
        size_t used = 1;
        if (codes[i] == 0)
            taken = (struct shorten_look){0};
        else if (codes[i] > 0 && codes[i] <= ATTRIBUTE_COUNT)
            taken.attributes |= 1U << codes[i];
        else if (codes[i] > 22 && codes[i] <= 29)
            taken.attributes &= ~(1U << (codes[i] - 20));
        else if (codes[i] == 22)
            taken.attributes &= ~(1U << 1 | 1U << 2);
        else if ((used = take_colour(&taken, codes + i, count - i)) == 0)
            return false;
        i += used;
    }
    *look = taken;
    return true;
}

/* ---- links ----------------------------------------------------------------------------------- */

static void show_link(struct shorten *shorten, size_t number, struct buf *out)
{
    if (shorten->link == number)
        return;
    buf_format(out, "\033]8;;%s\033\\", number > 0 ? buf_c(&shorten->links[number]) : "");
    shorten->link = number;
}

/* The number that a selector at `at` says; 0 when there is none. */
static size_t link_at(const struct shorten *shorten, str text, size_t at)
{
    size_t len;
    uint32_t code_point = at < text.len ? utf8_decode(text, at, &len) : 0;
    bool is_link = code_point > SHORTEN_LINK_FIRST &&
                   code_point <= SHORTEN_LINK_FIRST + SHORTEN_LINK_LIMIT;
    return is_link && shorten->links != NULL ? code_point - SHORTEN_LINK_FIRST : 0;
}

/* Text in which characters may lead to addresses. */
static void add_linked(struct shorten *shorten, str text, struct buf *out)
{
    enum { SELECTOR_LEN = 4 };
    size_t len;
    for (size_t at = 0; at < text.len; at += len) {
        uint32_t code_point = utf8_decode(text, at, &len);
        size_t number = link_at(shorten, text, at + len);
        if (number > 0 || width_code_point(code_point) != 0) /* marks belong to what they follow */
            show_link(shorten, number, out);
        buf_add(out, str_slice(text, at, at + len));
        len += number > 0 ? SELECTOR_LEN : 0;
    }
}

/* ---- the scrolling region -------------------------------------------------------------------- */

static bool same_region(struct shorten_region a, struct shorten_region b)
{
    return a.top == b.top && a.bottom == b.bottom;
}

/* Setting it moves the cursor home, which must not be seen. */
static void show_region(struct shorten *shorten, struct buf *out)
{
    struct shorten_region to = shorten->wanted_region;
    if (!shorten->late_regions || same_region(shorten->set, to))
        return;
    if (to.top == 0)
        buf_add(out, STR("\0337\033[r\0338"));
    else
        buf_format(out, "\0337\033[%d;%dr\0338", to.top, to.bottom);
    shorten->set = to;
}

/* ---- sequences ------------------------------------------------------------------------------- */

struct sequence {
    str bytes;
    char final;              /* of ESC [ … final; NUL when it is of another kind */
    int codes[CODE_LIMIT];   /* an omitted one is 0 */
    size_t code_count;
};

/* ESC [ digits and semicolons, final. Others, and what is cut off, have no final. */
static struct sequence read_control(str text)
{
    struct sequence sequence = {.bytes = str_slice(text, 0, 2), .code_count = 1};
    size_t at = 2;
    for (; at < text.len && sequence.code_count < CODE_LIMIT; at++) {
        char byte = text.ptr[at];
        int *code = &sequence.codes[sequence.code_count - 1];
        if (byte == ';')
            sequence.code_count++;
        else if (byte >= '0' && byte <= '9' && *code < 100000)
            *code = *code * 10 + (byte - '0');
        else
            break;
    }
    if (at < text.len && text.ptr[at] >= '@' && text.ptr[at] <= '~') {
        sequence.final = text.ptr[at];
        sequence.bytes = str_slice(text, 0, at + 1);
    }
    return sequence;
}

/* Attributes as curses believes them to be, and no link: before what is not text. */
static void settle(struct shorten *shorten, struct buf *out)
{
    show_link(shorten, 0, out);
    show_look(shorten, out);
}

/* A scroll at the edge of the region leaves the cursor where it is. */
static void add_scroll(struct shorten *shorten, str bytes, bool is_forward, struct buf *out)
{
    settle(shorten, out);
    show_region(shorten, out);
    struct shorten_region region = shorten->set;
    if (!shorten->late_regions || shorten->row != (is_forward ? region.bottom : region.top))
        shorten->row = shorten->position_len = 0;
    buf_add(out, bytes);
}

static bool ends_in_position(const struct shorten *shorten, const struct buf *out)
{
    return shorten->position_len > 0 && shorten->position_at + shorten->position_len == out->len;
}

/* Adds a position to the end, for a cursor that is in the row `row_before`. */
static void put_position(struct shorten *shorten, int row, int column, struct buf *out)
{
    shorten->position_at = out->len;
    bool follows = row == shorten->row_below;
    if (row == shorten->row_before)
        buf_format(out, column > 1 ? "\033[%dG" : "\r", column);
    else if (follows && (column == 1 || row > 9))
        buf_format(out, column > 1 ? "\r\n\033[%dG" : "\r\n", column);
    else if (column > 1)
        buf_format(out, "\033[%d;%dH", row, column);
    else
        buf_format(out, row > 1 ? "\033[%dH" : "\033[H", row);
    shorten->position_len = out->len - shorten->position_at;
    shorten->row = row;
    shorten->column = column;
}

/* A position that nothing was written at is not needed: the next takes its place, before the
 * scrolls that followed it when these were in the same row. */
static void add_position(struct shorten *shorten, int row, int column, struct buf *out)
{
    size_t after = shorten->position_at + shorten->position_len;
    bool was_unused =
        ends_in_position(shorten, out) || (shorten->position_len > 0 && row == shorten->row);
    struct buf since = BUF_INIT;
    if (was_unused) {
        buf_add(&since, str_slice(buf_str(out), after, out->len));
        out->len = shorten->position_at;
    } else {
        bool can_follow = shorten->late_regions && shorten->row > 0;
        shorten->row_before = shorten->row;
        shorten->row_below =
            can_follow && shorten->row != shorten->set.bottom ? shorten->row + 1 : 0;
    }
    put_position(shorten, row, column, out);
    buf_add(out, buf_str(&since));
    buf_done(&since);
}

/* After a code that is not known here all pass as they are, until one begins anew. */
static void add_look(struct shorten *shorten, const struct sequence *sequence, struct buf *out)
{
    struct shorten_look wanted = shorten->wanted;
    bool begins = sequence->codes[0] == 0;
    bool is_known = take_look(&wanted, sequence->codes, sequence->code_count);
    if (is_known && (begins || !shorten->passes_looks)) {
        shorten->look_known = shorten->look_known && !shorten->passes_looks;
        shorten->passes_looks = false;
        shorten->wanted = wanted;
        return;
    }
    show_look(shorten, out);
    shorten->passes_looks = true;
    buf_add(out, sequence->bytes);
}

static bool is_one_of(char byte, const char *set)
{
    return byte != '\0' && strchr(set, byte) != NULL;
}

static void add_control(struct shorten *shorten, const struct sequence *sequence, struct buf *out)
{
    /* Inserting and deleting, of characters too, is within the region in some terminals. */
    static const char motions[] = "ABCDEFGad`", in_row[] = "CDGa`KX", scrolls[] = "LMST@P";
    if (sequence->final == 'm') {
        add_look(shorten, sequence, out);
        return;
    }
    if (sequence->final == 'r' && sequence->code_count == 2 && shorten->late_regions) {
        shorten->wanted_region = (struct shorten_region){sequence->codes[0], sequence->codes[1]};
        return;
    }
    int first = sequence->codes[0] > 0 ? sequence->codes[0] : 1;
    if (sequence->final == 'H') {
        bool has_column = sequence->code_count == 2 && sequence->codes[1] > 0;
        add_position(shorten, first, has_column ? sequence->codes[1] : 1, out);
        return;
    }
    if (sequence->final == 'd' && ends_in_position(shorten, out)) {
        add_position(shorten, first, shorten->column, out);
        return;
    }
    shorten->position_len = 0;
    if (sequence->final == 'd')
        shorten->row = first;
    else if (!is_one_of(sequence->final, in_row))
        shorten->row = 0;
    if (!is_one_of(sequence->final, motions))
        settle(shorten, out);
    if (is_one_of(sequence->final, scrolls))
        show_region(shorten, out);
    buf_add(out, sequence->bytes);
}

/* The choice of a character set matters only after another one was chosen. */
static void add_character_set(struct shorten *shorten, str bytes, bool is_usual, struct buf *out)
{
    bool matters = shorten->has_character_sets || !is_usual;
    shorten->has_character_sets = !is_usual;
    if (matters)
        buf_add(out, bytes);
}

/* A region that is set with the cursor saved before and put back after it. Returns the length of the
 * three sequences; 0 when they are something else. */
static size_t take_region(struct shorten *shorten, str text)
{
    struct sequence sequence = read_control(str_slice(text, 2, text.len));
    str rest = str_slice(text, 2 + sequence.bytes.len, text.len);
    if (!shorten->late_regions || !str_starts(text, STR("\0337\033[")) ||
        sequence.final != 'r' || sequence.code_count != 2 || !str_starts(rest, STR("\0338")))
        return 0;
    shorten->wanted_region = (struct shorten_region){sequence.codes[0], sequence.codes[1]};
    return text.len - rest.len + 2;
}

/* Adds the sequence at the beginning of `text`, which begins with ESC; returns its length. */
static size_t add_escape(struct shorten *shorten, str text, struct buf *out)
{
    char kind = text.len > 1 ? text.ptr[1] : '\0';
    if (kind == '[') {
        struct sequence sequence = read_control(text);
        add_control(shorten, &sequence, out);
        return sequence.bytes.len;
    }
    if (kind == '(' && text.len > 2) {
        add_character_set(shorten, str_slice(text, 0, 3), text.ptr[2] == 'B', out);
        return 3;
    }
    size_t region_len = take_region(shorten, text);
    if (region_len > 0)
        return region_len;
    str bytes = str_slice(text, 0, 2);
    if (is_one_of(kind, "MD")) {
        add_scroll(shorten, bytes, kind != 'M', out);
    } else {
        settle(shorten, out);
        if (kind == 'E')
            show_region(shorten, out);
        shorten->row = shorten->position_len = 0;
        buf_add(out, bytes);
    }
    return bytes.len;
}

/* Text up to the next control; returns its length. Where regions come late it stays in its row. */
static size_t add_text(struct shorten *shorten, str text, struct buf *out)
{
    size_t len = 0;
    while (len < text.len && (unsigned char)text.ptr[len] >= ' ')
        len++;
    show_look(shorten, out);
    shorten->position_len = 0;
    if (!shorten->late_regions)
        shorten->row = 0;
    text = str_slice(text, 0, len);
    if (memchr(text.ptr, SELECTOR_LEAD, text.len) != NULL) {
        add_linked(shorten, text, out);
    } else {
        show_link(shorten, 0, out);
        buf_add(out, text);
    }
    return len;
}

static void add_byte(struct shorten *shorten, str byte, struct buf *out)
{
    if (byte.ptr[0] == SHIFT_OUT || byte.ptr[0] == SHIFT_IN) {
        add_character_set(shorten, byte, byte.ptr[0] == SHIFT_IN, out);
        return;
    }
    if (is_one_of(byte.ptr[0], "\n\v\f")) {
        add_scroll(shorten, byte, true, out);
        return;
    }
    if (byte.ptr[0] == '\r' && shorten->row > 0) {
        add_position(shorten, shorten->row, 1, out);
        return;
    }
    shorten->position_len = 0;
    buf_add(out, byte);
}

void shorten_add(struct shorten *shorten, str bytes, struct buf *out)
{
    shorten->position_len = 0; /* it is not in `out` */
    if (shorten->set.top < 0)
        show_region(shorten, out);
    while (bytes.len > 0) {
        size_t used = 1;
        if (bytes.ptr[0] == ESCAPE)
            used = add_escape(shorten, bytes, out);
        else if ((unsigned char)bytes.ptr[0] >= ' ')
            used = add_text(shorten, bytes, out);
        else
            add_byte(shorten, str_slice(bytes, 0, 1), out);
        bytes = str_slice(bytes, used, bytes.len);
    }
    settle(shorten, out);
}

void shorten_end(struct shorten *shorten, struct buf *out)
{
    settle(shorten, out);
    show_region(shorten, out);
}
