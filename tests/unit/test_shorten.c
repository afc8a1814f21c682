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
#include "tui/shorten.h"

enum { ROWS = 6, COLUMNS = 120 };

/* ---- what is sent ---- */

static const struct painter_skills skills = {.erases_in_colour = true,
                                             .repeats = true,
                                             .goes_to_rows = true,
                                             .goes_to_columns = true,
                                             .scrolls = true};

static void assert_shortened(struct shorten *shorten, const char *bytes, const char *expected)
{
    struct buf out = BUF_INIT;
    shorten_take(shorten, str_from(bytes));
    assert_true(shorten_give(shorten, SIZE_MAX, &out));
    assert_string_equal(buf_c(&out), expected);
    buf_done(&out);
}

/* A screen that is blank, with the cursor at home. */
static struct shorten known(void)
{
    struct shorten shorten = {0};
    shorten_reset(&shorten, &skills, ROWS, COLUMNS);
    assert_shortened(&shorten, "\033[1;6r\033[m\033[H\033[2J",
                     "\0337\033[r\0338\033[m\033[H\033[2J");
    return shorten;
}

struct pair {
    const char *before, *bytes, *expected;
};

static void assert_pairs(const struct pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct shorten shorten = known();
        struct buf before = BUF_INIT;
        shorten_take(&shorten, str_from(pairs[i].before));
        assert_true(shorten_give(&shorten, SIZE_MAX, &before));
        buf_done(&before);
        assert_shortened(&shorten, pairs[i].bytes, pairs[i].expected);
        shorten_done(&shorten);
    }
}

#define ASSERT_PAIRS(pairs) assert_pairs(pairs, sizeof(pairs) / sizeof *(pairs))

static void looks_change_where_something_is_seen(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"", "a\033(B\033[0;1m\033[36mb\033[39m\033(B\033[mc", "a\033[1;36mb\033[mc"},
        {"", "a\033(B\033[0;1mb\033(B\033[0;4mc\033(B\033[m", "a\033[1mb\033[0;4mc"},
        {"", "\033[31m\033[2;3H\033[39mb", "\n  b"},
        {"", "\033[36ma\033[39mb", "\033[36ma\033[mb"},
        {"", "\033[1;31ma\033[39mb\033[m", "\033[1;31ma\033[39mb"},
        {"", "\033[38;5;200ma\033[48;2;1;2;3mb\033[m", "\033[38;5;200ma\033[48;2;1;2;3mb"},
        {"", "\033[1;2ma\033[22mb", "\033[1;2ma\033[mb"},
        {"", "\033[0;10;1ma", "\033[1ma"},
        /* blanks are all alike, but not where they show something */
        {"", "\033[1ma\033[m b", "\033[1ma \033[mb"},
        {"", "\033[1ma\033[4m \033[mb", "\033[1ma\033[4m \033[mb"},
        {"", "\033[44ma\033[1m  b", "\033[44ma  \033[1mb"},
        {"\033[1;1Ha\033[1m   b", "\033[1;1H\033[ma   c", "\b\033[mc"},
        {"xyz", "\033[1;1H\033[1ma\033[m\033[K", "\r\033[1ma  "},
        {"vwxyz", "\033[1;1H\033[1ma\033[m\033[K", "\r\033[1ma\033[K"},
        {"vwxyz", "\033[1;1H\033[7ma\033[m\033[K", "\r\033[7ma\033[m\033[K"},
        /* so does the ground, which is erased with */
        {"vwxyz", "\033[1;1H\033[44ma\033[K", "\r\033[44ma\033[K"},
        {"", "\017a\017", "a"},
    };
    ASSERT_PAIRS(pairs);
}

static void other_sequences_stay(void **state)
{
    (void)state;
    static const char *const cases[] = {"\033[4;31:5m",    "\033(0qq\033(B", "\016q\017",
                                        "\033]0;title\a",  "\033[>1;2c",     "\033",
                                        "\033[1;2;3;4;5t", "\033[12",        "\033[58;5;1ma"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct shorten shorten = known();
        assert_shortened(&shorten, cases[i], cases[i]);
        shorten_done(&shorten);
    }
    struct shorten shorten = {0};
    static const char passed[] = "\033[1;1Ha\033[0;1m\033[0mb";
    shorten_reset(&shorten, &skills, 0, 0);
    assert_shortened(&shorten, passed, passed);
    shorten_done(&shorten);
}

/* Rows of letters, from the first row on. */
#define LETTERS                                                                                    \
    "\033[1;1Haaaaaaaaaa\033[2;1Hbbbbbbbbbb\033[3;1Hcccccccccc\033[4;1Hdddddddddd"                 \
    "\033[5;1Heeeeeeeeee\033[6;1Hffffffffff"

static void rows_scroll_where_it_is_shorter(void **state)
{
    (void)state;
    static const char up[] = "\033[1;5r\033[5;1H\n\033[1;6r\033[5;1Hxyz";
    static const struct pair pairs[] = {
        {LETTERS, up, "\0337\033[1;5r\0338\033M\n\rxyz"},
        {LETTERS, "\033[1;5r\033[1;1H\033M\033[1;6r\033[1;1Hxyz",
         "\0337\033[1;5r\0338\033[H\033Mxyz"},
        {LETTERS, "\033[1;1H\033[2M\033[5;1Hxyz", "\033[2S\033M\rxyz"},
        /* curses asked for it, but there is less to be painted without */
        {"\033[1;1Ha\033[2;1Hb\033[3;1Hc\033[6;1Hwxyz", "\033[1;3r\033[3;1H\n\033[1;6r\033[3;1H",
         "\033[Hb\n\rc\n\r "},
        {"\033[1;1Ha\033[2;1Hb\033[3;1Hc\033[4;1Hd\033[5;1He", "\033[6;1H\n\033[6;1H", "\n\n"},
        /* a line feed that is none: the cursor is not at the edge of the region */
        {"", "\033[3;1H\n\033[3;9Hb", "\033[3;9Hb"},
    };
    ASSERT_PAIRS(pairs);
}

static void the_shortest_way_is_taken(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"", "\033[2;4H\033[3;5Ha", "\033[3;5Ha"},
        {"", "\033[2;4H\033[3;3Ha", "\n\n  a"},
        {"", "\033[2;5Ha\033[2;1Hb\033[3;1Hc", "\nb   a\n\rc"},
        {"\033[5;40Ha", "\033[5;44Hb", "   b"},
        {"\033[5;40Ha", "\033[6;41Hb", "\nb"},
        {"\033[5;40Ha", "\033[4;41Hb", "\033Mb"},
        {"\033[5;40Ha", "\033[5;38Hb", "\b\b\bb"},
        {"\033[5;40Ha", "\033[5;90Hb", "\033[90Gb"},
        {"\033[5;40Ha", "\033[1;41Hb", "\033[db"},
        {"\033[5;40Ha", "\033[5;1Hb", "\rb"},
    };
    ASSERT_PAIRS(pairs);
}

#define LINKED(character, number) character "\xf3\xa0\x84" number

static void what_is_there_already_is_passed_over(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"\033[2;1Habc def", "\033[2;1Habc def", ""},
        {"\033[2;1Habcdefghij", "\033[2;1HabXdefghiY", "\rabX\033[6CY"},
        {"\033[2;1Habcdefghij", "\033[2;1HXbcdY", "\rXbcdY"},
        {"\033[2;1Habcdefghij", "\033[2;1HXbcdefghY", "\rX\033[9GY"},
        /* with their changes of attributes */
        {"\033[2;1Ha\033[1mb\033[mc", "\033[2;1Hx\033[1mb\033[my", "\rx\033[Cy"},
        /* what was erased, pushed aside, repeated */
        {"\033[2;1Habcd\033[2;3H\033[K", "\033[2;1Hab  xy", "  xy"},
        {"\033[2;1Habcd", "\033[2;1H\033[2@", "\r\033[2@"},
        {"\033[2;1Habcdefg", "\033[2;1H\033[P", "\r\033[P"},
        {"\033[2;1H\xe6\xbc\xa2x", "\033[2;1H\xe6\xbc\xa2y", "\by"},
        {"\033[2;1Ha\033[5b", "\033[2;1Ha\033[6bb", "ab"},
        {"", "aaaaaaaaaaaab", "a\033[11bb"},
        {"", "\033[1;20Hb\033[1;1H     ", "\033[20Gb"},
        /* blanks at the end are erased */
        {"abcdefgh", "\033[1;3H\033[K", "\033[3G\033[K"},
        {"abcdefgh", "\033[1;7H\033[K", "\b\b  "},
    };
    ASSERT_PAIRS(pairs);
}

static void the_cursor_is_put_where_it_shows(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"", "\033[2;1Habc\033[3;9H", "\nabc"},
        {"", "\033[2;1Habc\033[3;9H\033[?12l\033[?25h", "\nabc\n\033[9G\033[?12l\033[?25h"},
        {"\033[?25h", "\033[?25l\033[2;1Habc\033[3;9H", "\033[?25l\nabc"},
        {"", "\033[34h\033[?25h\033[?1c", "\033[34h\033[?25h\033[?1c"},
        {"abc", "\033[34h\033[?25h\033[1;1Habd", "\bd\033[34h\033[?25h"},
    };
    ASSERT_PAIRS(pairs);
}

static void the_end_is_as_curses_believes(void **state)
{
    (void)state;
    struct shorten shorten = known();
    struct buf out = BUF_INIT;
    assert_shortened(&shorten, "\033[4;40H\033[1mx\033[m\033[2;5H", "\033[4;40H\033[1mx");
    shorten_end(&shorten, &out);
    assert_string_equal(buf_c(&out), "\033[m\033[2;5H");
    buf_clear(&out);
    /* what is missing then is given up, but not the modes */
    shorten_take(&shorten, STR("\033[4;40Hy\033[?25h"));
    shorten_end(&shorten, &out);
    assert_string_equal(buf_c(&out), "\033[4;41H\033[?25h");
    assert_int_equal(shorten_left(&shorten, SIZE_MAX), 0);
    shorten_done(&shorten);
    buf_done(&out);
}

static void a_newer_frame_takes_the_place_of_what_is_missing(void **state)
{
    (void)state;
    struct shorten shorten = known();
    struct buf out = BUF_INIT;
    shorten_take(&shorten, STR("\033[1;1Hone\033[2;1Htwo\033[3;1Hthree"));
    assert_int_equal(shorten_left(&shorten, SIZE_MAX), 3 + 3 + 5 + 1);
    assert_false(shorten_give(&shorten, 1, &out));
    assert_string_equal(buf_c(&out), "o");
    shorten_take(&shorten, STR("\033[1;1Htwo\033[2;1Htwo\033[3;1Hfour\033[K"));
    assert_true(shorten_give(&shorten, SIZE_MAX, &out));
    assert_string_equal(buf_c(&out), "o\rtwo\n\rtwo\n\rfour");
    shorten_done(&shorten);
    buf_done(&out);
}

static void marked_text_leads_to_its_address(void **state)
{
    (void)state;
    struct shorten shorten = known();
    struct buf links[SHORTEN_LINK_LIMIT + 1] = {0};
    buf_add(&links[1], STR("http://one"));
    buf_add(&links[2], STR("http://two"));
    shorten.painter.links = links;
    assert_shortened(&shorten, "a" LINKED("b", "\x81") LINKED("c", "\x81") "d",
                     "a\033]8;;http://one\033\\bc\033]8;;\033\\d");
    /* over a move, from one to the next, with a mark on the letter, up to the end */
    assert_shortened(
        &shorten,
        LINKED("b", "\x81") "\033[4;2H" LINKED("c", "\x81") "\xcc\x81" LINKED("d", "\x82"),
        "\033]8;;http://one\033\\b\033[4;2Hc\xcc\x81\033]8;;http://two\033\\d"
        "\033]8;;\033\\");
    /* what is erased is in no link */
    assert_shortened(&shorten, "\033[4;1Hxxxxx", "\rxxxxx");
    assert_shortened(&shorten, "\033[1;1H" LINKED("x", "\x81") "\033[4;1H\033[K",
                     "\033[H\033]8;;http://one\033\\x\033[4H\033]8;;\033\\\033[K");
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        buf_done(&links[i]);
    shorten_done(&shorten);
}

/* ---- what is seen ---- */

static VTerm *new_screen(void)
{
    VTerm *term = vterm_new(ROWS, COLUMNS);
    vterm_set_utf8(term, 1);
    vterm_screen_reset(vterm_obtain_screen(term), 1);
    return term;
}

/* The right half of a character has no look of its own, and a blank may show nothing of it but its
 * ground. */
static void as_seen(VTermScreenCell *cell)
{
    VTermColor ground = cell->bg;
    if (cell->chars[0] == (uint32_t)-1)
        *cell = (VTermScreenCell){.chars = {(uint32_t)-1}};
    if (cell->chars[0] == 0)
        cell->chars[0] = ' ';
    if (cell->chars[0] == ' ' && cell->chars[1] == 0 && !cell->attrs.underline &&
        !cell->attrs.reverse && !cell->attrs.strike)
        *cell = (VTermScreenCell){.chars = {' '}, .bg = ground};
}

/* Half of a wide character, which curses never leaves, may look like anything. */
static void assert_same_screens(VTerm *one, VTerm *other, const struct shorten *shorten,
                                bool has_halves, const char *sent)
{
    for (int row = 0; row < ROWS; row++)
        for (int column = 0; column < COLUMNS; column++) {
            VTermScreenCell a = {0}, b = {0}; /* their padding is compared, too */
            VTermPos at = {.row = row, .col = column};
            const struct shown_cell *known = shown_at(&shorten->cells, row + 1, column + 1);
            if (has_halves && known != NULL && known->text == 0)
                continue;
            (void)vterm_screen_get_cell(vterm_obtain_screen(one), at, &a);
            (void)vterm_screen_get_cell(vterm_obtain_screen(other), at, &b);
            as_seen(&a);
            as_seen(&b);
            if (a.chars[0] != b.chars[0] || memcmp(&a.attrs, &b.attrs, sizeof a.attrs) != 0 ||
                !vterm_color_is_equal(&a.fg, &b.fg) || !vterm_color_is_equal(&a.bg, &b.bg))
                fail_msg("row %d, column %d differs (U+%x, U+%x) after %s", row, column, a.chars[0],
                         b.chars[0], sent);
        }
    if (shorten->row == 0 || shorten->at == 0 || !shorten->shows_cursor)
        return;
    VTermPos a, b;
    vterm_state_get_cursorpos(vterm_obtain_state(one), &a);
    vterm_state_get_cursorpos(vterm_obtain_state(other), &b);
    assert_int_equal(a.row, b.row);
    assert_int_equal(a.col, b.col);
}

/* A step as curses takes it: after a region the position is absolute. */
static void add_step(struct random *random, bool has_wide, struct buf *out)
{
    static const char *const looks[] = {"\033(B\033[0;1m", "\033[36m", "\033[39m",   "\033(B\033[m",
                                        "\033[0;4;7m",     "\033[45m", "\033[49m",   "\033[91m",
                                        "\033[38;5;99m",   "\033[2m",  "\033[39;49m"};
    static const char *const others[] = {
        "\033[K",  "\033[2X", "\033[1K", "\r",      "\033[J",  "\033M",   "\n",           "\033[L",
        "\033[2M", "\033E",   "\b",      "\033D",   "\033[A",  "\033[3d", "\033[58;5;3m", "\033[2P",
        "\033[3@", "\033[2J", "\033[2B", "\033[2C", "\033[3G", "\033[S",  "\033[?25h"};
    static const char *const texts[] = {"x",
                                        "xy",
                                        "xyz",
                                        "x z",
                                        "   ",
                                        "y  x",
                                        "xyzxyzxyzxyz",
                                        "x\033[4b",
                                        "y \033[3bz",
                                        "e\xcc\x81x",
                                        "e\xcc\x81\xcc\x82\xcc\x83\xcc\x84x",
                                        "\xe6\xbc\xa2",
                                        "x\xe6\xbc\xa2z"};
    enum { WIDE_COUNT = 2 };
    switch (random_below(random, 7)) {
    case 0:
        buf_format(out, "\033[%d;%dH", 1 + (int)random_below(random, ROWS),
                   1 + (int)random_below(random, 12));
        return;
    case 1: {
        int top = 1 + (int)random_below(random, ROWS - 2);
        int bottom = top + 1 + (int)random_below(random, (size_t)(ROWS - top));
        if (random_below(random, 2) > 0)
            buf_format(out, "\0337\033[%d;%dr\0338", top, bottom);
        else
            buf_format(out, "\033[%d;%dr\033[%d;1H", top, bottom,
                       random_below(random, 2) ? bottom : top);
        buf_format(out, "%s\033[1;%dr\033[%d;3H", random_below(random, 2) ? "\n" : "\033M", ROWS,
                   1 + (int)random_below(random, ROWS));
        return;
    }
    case 2:
    case 3:
        buf_format(out, "%s", looks[random_below(random, sizeof looks / sizeof *looks)]);
        return;
    case 4:
        buf_format(out, "%s", others[random_below(random, sizeof others / sizeof *others)]);
        return;
    case 5: /* up to the last column, where curses says next where it goes on */
        buf_format(out, "\033[%d;%dHabc\033[%d;2H", 1 + (int)random_below(random, ROWS),
                   COLUMNS - 2, 1 + (int)random_below(random, ROWS));
        return;
    default:
        buf_format(out, "%s",
                   texts[random_below(random,
                                      sizeof texts / sizeof *texts - (has_wide ? 0 : WIDE_COUNT))]);
    }
}

/* Frames that are given at once, in slices, and by halves before the next one comes. */
static void the_screen_is_the_same(void **state)
{
    (void)state;
    struct random random = {20};
    for (int round = 0; round < 1500; round++) {
        VTerm *plain = new_screen(), *shortened = new_screen();
        struct shorten shorten = {0};
        struct painter_skills some = skills;
        bool has_wide = round % 2 > 0;
        some.erases_in_colour = round % 4 > 0;
        some.repeats = round % 5 > 0;
        some.goes_to_rows = some.goes_to_columns = round % 7 > 0;
        some.scrolls = round % 11 > 0;
        shorten_reset(&shorten, &some, round % 13 > 0 ? ROWS : 0, COLUMNS);
        struct buf all = BUF_INIT;
        for (int frame = 0; frame < 12; frame++) {
            struct buf bytes = BUF_INIT, out = BUF_INIT;
            int steps = (int)random_below(&random, round < 500 ? 5 : 30);
            buf_add(&bytes, frame == 0 ? STR("\033[?25h\033[1;1H\033[2J") : STR("\033[1;1H"));
            for (int i = 0; i < steps; i++)
                add_step(&random, has_wide, &bytes);
            shorten_take(&shorten, buf_str(&bytes));
            bool is_whole = random_below(&random, 3) > 0;
            size_t slice = 1 + random_below(&random, 60);
            int slices = is_whole ? INT_MAX : (int)random_below(&random, 4);
            bool is_done = false;
            for (int i = 0; i < slices && !is_done; i++)
                is_done = shorten_give(&shorten, out.len + slice, &out);
            (void)vterm_input_write(plain, buf_c(&bytes), bytes.len);
            (void)vterm_input_write(shortened, buf_c(&out), out.len);
            buf_format(&all, "\n    frame\n%s\n    sent as\n%s", buf_c(&bytes), buf_c(&out));
            if (is_done)
                assert_same_screens(plain, shortened, &shorten, has_wide, buf_c(&all));
            buf_done(&bytes);
            buf_done(&out);
        }
        buf_done(&all);
        shorten_done(&shorten);
        vterm_free(plain);
        vterm_free(shortened);
    }
}

int main(void)
{
    (void)setlocale(LC_ALL, "");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(looks_change_where_something_is_seen),
        cmocka_unit_test(other_sequences_stay),
        cmocka_unit_test(rows_scroll_where_it_is_shorter),
        cmocka_unit_test(the_shortest_way_is_taken),
        cmocka_unit_test(what_is_there_already_is_passed_over),
        cmocka_unit_test(the_cursor_is_put_where_it_shows),
        cmocka_unit_test(the_end_is_as_curses_believes),
        cmocka_unit_test(a_newer_frame_takes_the_place_of_what_is_missing),
        cmocka_unit_test(marked_text_leads_to_its_address),
        cmocka_unit_test(the_screen_is_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
