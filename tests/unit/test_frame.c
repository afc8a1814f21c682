/* layers: base text tui */
#include <limits.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <vterm.h>

#include "support/pty_program.h" /* brings the terminal that judges */
#include "support/random.h"
#include "text/utf8.h"
#include "tui/frame.h"

enum { ROWS = 6, COLUMNS = 120 };

/* ---- what is sent ---- */

static const struct painter_skills skills = {.erases_in_colour = true,
                                             .repeats = true,
                                             .goes_to_rows = true,
                                             .goes_to_columns = true,
                                             .scrolls = true};

/* A screen that is blank, with the cursor at home and nowhere to be seen. */
static struct frame known(void)
{
    struct frame frame = {.hide = "<hide>", .show = "<show>"};
    struct buf out = BUF_INIT;
    frame_reset(&frame, &skills, ROWS, COLUMNS);
    frame_take(&frame, (struct frame_cursor){0, 0});
    assert_true(frame_give(&frame, SIZE_MAX, &out));
    assert_string_equal(buf_c(&out), "<hide>\0337\033[r\0338\033[m\033[H\033[2J");
    buf_done(&out);
    return frame;
}

/* Text from a cell on, in a look. */
struct step {
    int row, column;
    const char *text;
    struct shown_look look;
    size_t link;
};

enum { BOLD = 1U << 1, DIM = 1U << 2, UNDERLINE = 1U << 4, REVERSE = 1U << 7 };
enum { RED = 2, BLUE = 5, CYAN = 7, BRIGHT_RED = 10 };

/* One character a cell, marks of two bytes with the one before them. */
static void draw(struct frame *frame, const struct step *step)
{
    const char *at = step->text;
    for (int column = step->column; *at != '\0';) {
        bool is_wide = (unsigned char)*at >= 0xE0;
        size_t len = (unsigned char)*at < 0x80 ? 1 : is_wide ? 3 : 2;
        while ((unsigned char)at[len] == 0xCC)
            len += 2;
        struct shown_cell cell = shown_make((str){at, len}, &step->look, step->link);
        shown_draw(&frame->wanted, step->row, column, &cell, is_wide ? 2 : 1);
        column += is_wide ? 2 : 1;
        at += len;
    }
}

enum { STEP_LIMIT = 8 };

static void assert_sent(struct frame *frame, struct frame_cursor cursor, const char *expected)
{
    struct buf out = BUF_INIT;
    frame_take(frame, cursor);
    assert_true(frame_give(frame, SIZE_MAX, &out));
    assert_string_equal(buf_c(&out), expected);
    buf_done(&out);
}

/* Frames of steps over what is there, and what is sent for the last one. */
struct change {
    struct step before[STEP_LIMIT], then[STEP_LIMIT];
    const char *expected;
};

static void assert_changes(const struct change *changes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct frame frame = known();
        struct buf out = BUF_INIT;
        for (int k = 0; k < STEP_LIMIT && changes[i].before[k].text != NULL; k++)
            draw(&frame, &changes[i].before[k]);
        frame_take(&frame, (struct frame_cursor){0, 0});
        assert_true(frame_give(&frame, SIZE_MAX, &out));
        for (int k = 0; k < STEP_LIMIT && changes[i].then[k].text != NULL; k++)
            draw(&frame, &changes[i].then[k]);
        assert_sent(&frame, (struct frame_cursor){0, 0}, changes[i].expected);
        buf_done(&out);
        frame_done(&frame);
    }
}

#define ASSERT_CHANGES(changes) assert_changes(changes, sizeof(changes) / sizeof *(changes))
static void looks_change_where_something_is_seen(void **state)
{
    (void)state;
    static const struct change changes[] = {
        {.then = {{1, 1, "a", {0}, 0}, {1, 2, "b", {CYAN, 0, BOLD}, 0}, {1, 3, "c", {0}, 0}},
         .expected = "a\033[1;36mb\033[mc"},
        {.then = {{1, 1, "a", {0}, 0},
                  {1, 2, "b", {0, 0, BOLD}, 0},
                  {1, 3, "c", {0, 0, UNDERLINE}, 0}},
         .expected = "a\033[1mb\033[0;4mc"},
        {.then = {{2, 3, "b", {0}, 0}}, .expected = "\n  b"},
        {.then = {{1, 1, "a", {CYAN, 0, 0}, 0}, {1, 2, "b", {0}, 0}},
         .expected = "\033[36ma\033[mb"},
        {.then = {{1, 1, "a", {RED, 0, BOLD}, 0}, {1, 2, "b", {0, 0, BOLD}, 0}},
         .expected = "\033[1;31ma\033[39mb"},
        {.then = {{1, 1, "a", {BRIGHT_RED, 0, 0}, 0}, {1, 2, "b", {BRIGHT_RED, BLUE, 0}, 0}},
         .expected = "\033[91ma\033[44mb"},
        {.then = {{1, 1, "a", {0, 0, BOLD | DIM}, 0}, {1, 2, "b", {0, 0, DIM}, 0}},
         .expected = "\033[1;2ma\033[0;2mb"},
        /* blanks are all alike, but not where they show something */
        {.then = {{1, 1, "a ", {0, 0, BOLD}, 0}, {1, 3, "b", {0}, 0}},
         .expected = "\033[1ma \033[mb"},
        {.then = {{1, 1, "a", {0, 0, BOLD}, 0},
                  {1, 2, " ", {0, 0, BOLD | UNDERLINE}, 0},
                  {1, 3, "b", {0}, 0}},
         .expected = "\033[1ma\033[4m \033[mb"},
        {.then = {{1, 1, "a  ", {0, BLUE, 0}, 0}, {1, 4, "b", {0, BLUE, BOLD}, 0}},
         .expected = "\033[44ma  \033[1mb"},
        {.before = {{1, 1, "xyz", {0}, 0}},
         .then = {{1, 1, "a", {0, 0, BOLD}, 0}, {1, 2, "  ", {0}, 0}},
         .expected = "\r\033[1ma  "},
        {.before = {{1, 1, "vwxyz", {0}, 0}},
         .then = {{1, 1, "a", {0, 0, BOLD}, 0}, {1, 2, "    ", {0}, 0}},
         .expected = "\r\033[1ma\033[K"},
        {.before = {{1, 1, "vwxyz", {0}, 0}},
         .then = {{1, 1, "a", {0, 0, REVERSE}, 0}, {1, 2, "    ", {0}, 0}},
         .expected = "\r\033[7ma\033[m\033[K"},
    };
    ASSERT_CHANGES(changes);
}

static void colours_are_said_as_the_terminal_needs_them(void **state)
{
    (void)state;
    struct frame frame = known();
    frame.painter.skills.has_256 = true;
    draw(&frame, &(struct step){1, 1, "a", {BRIGHT_RED, BLUE, BOLD}, 0});
    draw(&frame, &(struct step){1, 2, "b", {0, BLUE, BOLD}, 0});
    assert_sent(&frame, (struct frame_cursor){0, 0}, "\033[1;38;5;9;48;5;4ma\033[39mb");
    frame_done(&frame);
}

/* Rows of letters, from the first row on. */
#define LETTERS                                                                                    \
    {                                                                                              \
        {1, 1, "aaaaaaaaaa", {0}, 0}, {2, 1, "bbbbbbbbbb", {0}, 0}, {3, 1, "cccccccccc", {0}, 0},  \
            {4, 1, "dddddddddd", {0}, 0}, {5, 1, "eeeeeeeeee", {0}, 0},                            \
        {                                                                                          \
            6, 1, "ffffffffff", {0}, 0                                                             \
        }                                                                                          \
    }

static void rows_scroll_where_it_is_shorter(void **state)
{
    (void)state;
    static const struct change changes[] = {
        {LETTERS,
         {{1, 1, "bbbbbbbbbb", {0}, 0},
          {2, 1, "cccccccccc", {0}, 0},
          {3, 1, "dddddddddd", {0}, 0},
          {4, 1, "eeeeeeeeee", {0}, 0},
          {5, 1, "xyz       ", {0}, 0}},
         "\0337\033[1;5r\0338\033M\n\rxyz"},
        {LETTERS,
         {{1, 1, "xyz       ", {0}, 0},
          {2, 1, "aaaaaaaaaa", {0}, 0},
          {3, 1, "bbbbbbbbbb", {0}, 0},
          {4, 1, "cccccccccc", {0}, 0},
          {5, 1, "dddddddddd", {0}, 0}},
         "\0337\033[1;5r\0338\033[H\033Mxyz"},
        /* there is less to be painted without */
        {{{1, 1, "a", {0}, 0}, {2, 1, "b", {0}, 0}, {3, 1, "c", {0}, 0}, {6, 1, "wxyz", {0}, 0}},
         {{1, 1, "b", {0}, 0}, {2, 1, "c", {0}, 0}, {3, 1, " ", {0}, 0}},
         "\033[Hb\n\rc\n\r "},
    };
    ASSERT_CHANGES(changes);
}

static void the_shortest_way_is_taken(void **state)
{
    (void)state;
    static const struct change changes[] = {
        {.then = {{3, 5, "a", {0}, 0}}, .expected = "\033[3;5Ha"},
        {.then = {{3, 3, "a", {0}, 0}}, .expected = "\n\n  a"},
        {.then = {{2, 5, "a", {0}, 0}, {2, 1, "b", {0}, 0}, {3, 1, "c", {0}, 0}},
         .expected = "\nb   a\n\rc"},
        {{{5, 40, "a", {0}, 0}}, {{5, 44, "b", {0}, 0}}, "   b"},
        {{{5, 40, "a", {0}, 0}}, {{6, 41, "b", {0}, 0}}, "\nb"},
        {{{5, 40, "a", {0}, 0}}, {{4, 41, "b", {0}, 0}}, "\033Mb"},
        {{{5, 40, "a", {0}, 0}}, {{5, 38, "b", {0}, 0}}, "\b\b\bb"},
        {{{5, 40, "a", {0}, 0}}, {{5, 90, "b", {0}, 0}}, "\033[90Gb"},
        {{{5, 40, "a", {0}, 0}}, {{1, 41, "b", {0}, 0}}, "\033[db"},
        {{{5, 40, "a", {0}, 0}}, {{5, 1, "b", {0}, 0}}, "\rb"},
    };
    ASSERT_CHANGES(changes);
}

static void what_is_there_already_is_passed_over(void **state)
{
    (void)state;
    static const struct change changes[] = {
        {{{2, 1, "abc def", {0}, 0}}, {{2, 1, "abc def", {0}, 0}}, ""},
        {{{2, 1, "abcdefghij", {0}, 0}}, {{2, 1, "abXdefghiY", {0}, 0}}, "\rabX\033[6CY"},
        {{{2, 1, "abcdefghij", {0}, 0}}, {{2, 1, "XbcdYfghij", {0}, 0}}, "\rXbcdY"},
        {{{2, 1, "abcdefghij", {0}, 0}}, {{2, 1, "XbcdefghYj", {0}, 0}}, "\rX\033[9GY"},
        /* with their changes of attributes */
        {{{2, 1, "abc", {0}, 0}, {2, 2, "b", {0, 0, BOLD}, 0}},
         {{2, 1, "x", {0}, 0}, {2, 3, "y", {0}, 0}},
         "\rx\033[Cy"},
        {{{2, 1, "\xe6\xbc\xa2x", {0}, 0}}, {{2, 3, "y", {0}, 0}}, "\by"},
        {.then = {{1, 1, "aaaaaaaaaaaab", {0}, 0}}, .expected = "a\033[11bb"},
        /* half of a wide character goes as a whole */
        {{{2, 1, "\xe6\xbc\xa2x", {0}, 0}}, {{2, 2, "y", {0}, 0}}, "\r y"},
        {{{2, 1, "\xe6\xbc\xa2x", {0}, 0}}, {{2, 1, "y", {0}, 0}}, "\ry "},
        /* blanks at the end are erased */
        {{{1, 1, "abcdefgh", {0}, 0}}, {{1, 3, "      ", {0}, 0}}, "\033[3G\033[K"},
        {{{1, 1, "abcdefgh", {0}, 0}}, {{1, 7, "  ", {0}, 0}}, "\b\b  "},
    };
    ASSERT_CHANGES(changes);
}

static void the_cursor_is_put_where_it_shows(void **state)
{
    (void)state;
    struct frame frame = known();
    draw(&frame, &(struct step){2, 1, "abc", {0}, 0});
    assert_sent(&frame, (struct frame_cursor){0, 0}, "\nabc");
    assert_sent(&frame, (struct frame_cursor){3, 9}, "\n\033[9G<show>");
    assert_sent(&frame, (struct frame_cursor){3, 9}, "");
    draw(&frame, &(struct step){2, 1, "x", {0}, 0});
    assert_sent(&frame, (struct frame_cursor){3, 9}, "\033M\rx\n\033[9G");
    assert_sent(&frame, (struct frame_cursor){0, 0}, "<hide>");
    frame_done(&frame);
}

static void the_end_is_as_others_count_on(void **state)
{
    (void)state;
    struct frame frame = known();
    struct buf out = BUF_INIT;
    draw(&frame, &(struct step){4, 40, "x", {0, 0, BOLD}, 0});
    assert_sent(&frame, (struct frame_cursor){0, 0}, "\033[4;40H\033[1mx");
    draw(&frame, &(struct step){4, 40, "y", {0}, 0});
    frame_take(&frame, (struct frame_cursor){0, 0});
    frame_end(&frame, &out);
    assert_string_equal(buf_c(&out), "\033[m");
    assert_int_equal(frame_left(&frame, SIZE_MAX), 0); /* what is missing then is given up */
    frame_done(&frame);
    buf_done(&out);
}

static void a_newer_frame_takes_the_place_of_what_is_missing(void **state)
{
    (void)state;
    struct frame frame = known();
    struct buf out = BUF_INIT;
    draw(&frame, &(struct step){1, 1, "one", {0}, 0});
    draw(&frame, &(struct step){2, 1, "two", {0}, 0});
    draw(&frame, &(struct step){3, 1, "three", {0}, 0});
    frame_take(&frame, (struct frame_cursor){0, 0});
    assert_int_equal(frame_left(&frame, SIZE_MAX), 3 + 3 + 5 + 1);
    assert_false(frame_give(&frame, 1, &out));
    assert_string_equal(buf_c(&out), "o");
    draw(&frame, &(struct step){1, 1, "two", {0}, 0});
    draw(&frame, &(struct step){3, 1, "four ", {0}, 0});
    frame_take(&frame, (struct frame_cursor){0, 0});
    assert_true(frame_give(&frame, SIZE_MAX, &out));
    assert_string_equal(buf_c(&out), "o\rtwo\n\rtwo\n\rfour");
    frame_done(&frame);
    buf_done(&out);
}

static void text_leads_to_its_address(void **state)
{
    (void)state;
    struct frame frame = known();
    struct buf links[3] = {0};
    buf_add(&links[1], STR("http://one"));
    buf_add(&links[2], STR("http://two"));
    frame.painter.links = links;
    draw(&frame, &(struct step){1, 1, "abcd", {0}, 0});
    draw(&frame, &(struct step){1, 2, "bc", {0}, 1});
    assert_sent(&frame, (struct frame_cursor){0, 0}, "a\033]8;;http://one\033\\bc\033]8;;\033\\d");
    /* over a move, from one to the next, with a mark on the letter, up to the end */
    draw(&frame, &(struct step){1, 1, "b", {0}, 1});
    draw(&frame, &(struct step){4, 2, "c\xcc\x81", {0}, 1});
    draw(&frame, &(struct step){4, 3, "d", {0}, 2});
    assert_sent(&frame, (struct frame_cursor){0, 0},
                "\r\033]8;;http://one\033\\b\n\n\nc\xcc\x81\033]8;;http://two\033\\d"
                "\033]8;;\033\\");
    /* what is erased is in no link */
    draw(&frame, &(struct step){4, 1, "xxxxx", {0}, 0});
    assert_sent(&frame, (struct frame_cursor){0, 0}, "\rxxxxx");
    draw(&frame, &(struct step){1, 1, "x", {0}, 1});
    draw(&frame, &(struct step){4, 1, "     ", {0}, 0});
    assert_sent(&frame, (struct frame_cursor){0, 0},
                "\033[H\033]8;;http://one\033\\x\033[4H\033]8;;\033\\\033[K");
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        buf_done(&links[i]);
    frame_done(&frame);
}

/* ---- what is seen ---- */

static VTerm *new_screen(void)
{
    VTerm *term = vterm_new(ROWS, COLUMNS);
    vterm_set_utf8(term, 1);
    vterm_screen_reset(vterm_obtain_screen(term), 1);
    return term;
}

static uint16_t colour_number(const VTermColor *colour, bool is_default)
{
    return is_default ? 0 : (uint16_t)(colour->indexed.idx + 1);
}

/* What a terminal shows in a cell. */
static struct shown_cell seen(const VTerm *term, int row, int column)
{
    VTermScreenCell cell = {0};
    VTermPos at = {.row = row - 1, .col = column - 1};
    char text[64];
    size_t len = 0;
    (void)vterm_screen_get_cell(vterm_obtain_screen((VTerm *)(uintptr_t)term), at, &cell);
    if (cell.chars[0] == (uint32_t)-1)
        return (struct shown_cell){.text = {1}};
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++)
        len += utf8_encode(cell.chars[i], text + len);
    const struct shown_look look = {
        .foreground = colour_number(&cell.fg, VTERM_COLOR_IS_DEFAULT_FG(&cell.fg)),
        .background = colour_number(&cell.bg, VTERM_COLOR_IS_DEFAULT_BG(&cell.bg)),
        .attributes = (uint16_t)(cell.attrs.bold << 1 | cell.attrs.italic << 3 |
                                 (cell.attrs.underline != 0) << 4 | cell.attrs.reverse << 7)};
    return shown_make(len > 0 ? (str){text, len} : STR(" "), &look, 0);
}

static void assert_shows(const VTerm *term, const struct frame *frame, const char *sent)
{
    for (int row = 1; row <= ROWS; row++)
        for (int column = 1; column <= COLUMNS; column++) {
            struct shown_cell cell = seen(term, row, column);
            const struct shown_cell *wanted = shown_at(&frame->wanted, row, column);
            if (!shown_same(&cell, wanted))
                fail_msg(
                    "row %d, column %d shows %.*s (%d on %d, %x) for %.*s (%d on %d, %x) after %s",
                    row, column, STR_ARG(shown_text(&cell)), cell.look.foreground,
                    cell.look.background, cell.look.attributes, STR_ARG(shown_text(wanted)),
                    wanted->look.foreground, wanted->look.background, wanted->look.attributes,
                    sent);
        }
    if (frame->cursor.row == 0)
        return;
    VTermPos at;
    vterm_state_get_cursorpos(vterm_obtain_state((VTerm *)(uintptr_t)term), &at);
    assert_int_equal(at.row + 1, frame->cursor.row);
    assert_int_equal(at.col + 1, frame->cursor.column);
}

static void add_text(struct random *random, struct frame *frame)
{
    static const struct shown_look looks[] = {
        {0, 0, 0},       {0, 0, BOLD},   {CYAN, 0, 0},       {0, 0, UNDERLINE | REVERSE},
        {0, BLUE, 0},    {RED, 0, BOLD}, {BRIGHT_RED, 0, 0}, {CYAN, BLUE, UNDERLINE},
        {0, 0, REVERSE}, {0, 0, 1U << 3}};
    static const char *const texts[] = {"x",
                                        "xy",
                                        "xyz",
                                        "x z",
                                        "   ",
                                        "y  x",
                                        "xyzxyzxyzxyz",
                                        "xxxxxxxxxxxxx",
                                        "                    ",
                                        "e\xcc\x81x",
                                        "e\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85x",
                                        "\xe6\xbc\xa2",
                                        "x\xe6\xbc\xa2z"};
    struct step step = {
        .row = 1 + (int)random_below(random, ROWS),
        .column = 1 + (int)random_below(random, random_below(random, 4) > 0 ? 12 : COLUMNS),
        .text = texts[random_below(random, sizeof texts / sizeof *texts)],
        .look = looks[random_below(random, sizeof looks / sizeof *looks)]};
    draw(frame, &step);
}

/* Rows go up or down, as lists and texts do; at times only their left half. */
static void roll(struct random *random, struct frame *frame)
{
    static const struct shown_look plain;
    int top = 1 + (int)random_below(random, ROWS - 2);
    int bottom = top + 1 + (int)random_below(random, (size_t)(ROWS - top));
    int up = random_below(random, 2) > 0 ? 1 : random_below(random, 2) > 0 ? -1 : 2;
    struct shown kept = {0};
    shown_reset(&kept, ROWS, COLUMNS);
    memcpy(kept.cells, frame->wanted.cells, sizeof *kept.cells * ROWS * COLUMNS);
    shown_roll(&frame->wanted, top, bottom, up, &plain);
    for (int row = 1; row <= ROWS && random_below(random, 3) == 0; row++)
        memcpy(&frame->wanted.cells[(row - 1) * COLUMNS + COLUMNS / 2],
               &kept.cells[(row - 1) * COLUMNS + COLUMNS / 2], sizeof *kept.cells * COLUMNS / 2);
    for (int row = 1; row <= ROWS; row++) { /* no character is cut in the middle */
        const struct shown_cell space = shown_make(STR(" "), &plain, 0);
        shown_draw(&frame->wanted, row, COLUMNS / 2, &space, 1);
        shown_draw(&frame->wanted, row, COLUMNS / 2 + 1, &space, 1);
    }
    shown_done(&kept);
}

/* Frames that are given at once, in slices, and by halves before the next one comes. */
static void the_screen_shows_what_is_wanted(void **state)
{
    (void)state;
    struct random random = {20};
    for (int round = 0; round < 1500; round++) {
        VTerm *term = new_screen();
        struct frame frame = {.hide = "", .show = ""};
        struct painter_skills some = skills;
        some.erases_in_colour = round % 4 > 0;
        some.repeats = round % 5 > 0;
        some.goes_to_rows = some.goes_to_columns = round % 7 > 0;
        some.scrolls = round % 11 > 0;
        some.has_256 = round % 13 > 0;
        frame_reset(&frame, &some, ROWS, COLUMNS);
        struct buf all = BUF_INIT;
        for (int i = 0; i < 12; i++) {
            struct buf out = BUF_INIT;
            if (random_below(&random, 6) == 0)
                shown_clear(&frame.wanted);
            if (random_below(&random, 3) == 0)
                roll(&random, &frame);
            for (int steps = (int)random_below(&random, round < 500 ? 5 : 30); steps > 0; steps--)
                add_text(&random, &frame);
            bool has_cursor = random_below(&random, 2) > 0;
            frame_take(&frame,
                       (struct frame_cursor){has_cursor ? 1 + (int)random_below(&random, ROWS) : 0,
                                             1 + (int)random_below(&random, COLUMNS)});
            size_t slice = 1 + random_below(&random, 60);
            int slices = random_below(&random, 3) > 0 ? INT_MAX : (int)random_below(&random, 4);
            bool is_done = false;
            for (int k = 0; k < slices && !is_done; k++)
                is_done = frame_give(&frame, out.len + slice, &out);
            (void)vterm_input_write(term, buf_c(&out), out.len);
            buf_format(&all, "\n    %s", buf_c(&out));
            if (is_done)
                assert_shows(term, &frame, buf_c(&all));
            buf_done(&out);
        }
        buf_done(&all);
        frame_done(&frame);
        vterm_free(term);
    }
}

int main(void)
{
    (void)setlocale(LC_ALL, "");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(looks_change_where_something_is_seen),
        cmocka_unit_test(colours_are_said_as_the_terminal_needs_them),
        cmocka_unit_test(rows_scroll_where_it_is_shorter),
        cmocka_unit_test(the_shortest_way_is_taken),
        cmocka_unit_test(what_is_there_already_is_passed_over),
        cmocka_unit_test(the_cursor_is_put_where_it_shows),
        cmocka_unit_test(the_end_is_as_others_count_on),
        cmocka_unit_test(a_newer_frame_takes_the_place_of_what_is_missing),
        cmocka_unit_test(text_leads_to_its_address),
        cmocka_unit_test(the_screen_shows_what_is_wanted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
