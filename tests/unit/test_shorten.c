/* layers: base text tui */
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

static void assert_shortened(struct shorten *shorten, const char *bytes, const char *expected)
{
    struct buf out = BUF_INIT;
    shorten_add(shorten, str_from(bytes), &out);
    assert_string_equal(buf_c(&out), expected);
    buf_done(&out);
}

/* After the first sequence, when the terminal's state is known. */
static struct shorten known(void)
{
    struct shorten shorten = {0};
    shorten_reset(&shorten, true, 0, 0);
    assert_shortened(&shorten, "\033[1;6r\033[m\033[H\033M",
                     "\0337\033[r\0338\033[H\033[m\0337\033[1;6r\0338\033M");
    return shorten;
}

static void changes_of_attributes_become_one(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *expected;
    } cases[] = {
        {"a\033(B\033[0;1m\033[36mb\033[39m\033(B\033[mc", "a\033[1;36mb\033[mc"},
        {"a\033(B\033[0;1mb\033(B\033[0;4mc\033(B\033[m", "a\033[1mb\033[0;4mc\033[m"},
        {"a\033[31m\033[2;3H\033[39mb", "a\033[2;3Hb"},
        {"\033[36ma\033[39mb", "\033[36ma\033[mb"},
        {"\033[1;31ma\033[39mb\033[m", "\033[1;31ma\033[39mb\033[m"},
        {"\033[38;5;200ma\033[48;2;1;2;3mb\033[m", "\033[38;5;200ma\033[48;2;1;2;3mb\033[m"},
        {"\033[1;2ma\033[22mb", "\033[1;2ma\033[mb"},
        {"\033[7m\033[K\033[m", "\033[7m\033[K\033[m"},
        {"\017a\017", "a"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct shorten shorten = known();
        assert_shortened(&shorten, cases[i].bytes, cases[i].expected);
    }
}

static void other_sequences_stay(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "\033[?25l",      "\033[4;31:5m", "\033[2J",       "\033(0qq\033(B", "\016q\017",
        "\033]0;title\a", "\033[>1;2c",   "\033[10X",      "\033[2;4H",      "\033[1;2;3;4;5t",
        "\033",           "\033[12",      "\033[58;5;1ma",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct shorten shorten = known();
        shorten.row = 0;
        assert_shortened(&shorten, cases[i], cases[i]);
    }
}

static void a_scroll_sets_its_region_once(void **state)
{
    (void)state;
    struct shorten shorten = known();
    static const char line[] = "\033[1;5r\033[5;1H\n\033[1;6r\033[5;3Habc";
    assert_shortened(&shorten, line, "\033[5;3H\0337\033[1;5r\0338\nabc");
    assert_shortened(&shorten, line, "\033[3G\nabc");
    assert_shortened(&shorten, "\0337\033[1;5r\0338\r\n\033[5;3H\0337\033[1;6r\0338abc",
                     "\033[3G\nabc");
    assert_shortened(&shorten, "\033[1;1H\033M", "\033[H\0337\033[1;6r\0338\033M");
    struct buf rest = BUF_INIT;
    assert_shortened(&shorten, line, "\033[5;3H\0337\033[1;5r\0338\nabc");
    shorten_end(&shorten, &rest);
    assert_string_equal(buf_c(&rest), "\0337\033[1;6r\0338");
    buf_done(&rest);
}

static void a_position_that_nothing_is_written_at_goes(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *expected;
    } cases[] = {
        {"\033[2;4H\033[3;5Ha", "\033[3;5Ha"},
        {"\033[2;4H\033[2;5Ha\033[2;1Hb\033[3;1Hc", "\033[2;5Ha\rb\r\nc"},
        {"\033[2;4Ha\r\033[4db\r\033[5dc", "\033[2;4Ha\033[4Hb\r\nc"},
        {"a\033[4;4H\033[1;9Hb", "a\033[9Gb"},
        {"\033[6;1H\n\n\033[6;9Hb", "\033[6;9H\n\nb"},
        /* a scroll that is none: the cursor is not at the edge of the region */
        {"\033[3;1H\n\033[3;9Hb", "\033[3H\n\033[3;9Hb"},
        {"\033[2;4H\033[K\033[2;4Ha", "\033[2;4H\033[K\033[4Ga"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct shorten shorten = known();
        assert_shortened(&shorten, cases[i].bytes, cases[i].expected);
        shorten_done(&shorten);
    }
}

#define LINKED(character, number) character "\xf3\xa0\x84" number

static void what_is_there_already_is_passed_over(void **state)
{
    (void)state;
    static const struct {
        const char *before, *bytes, *expected;
    } cases[] = {
        {"\033[2;1Habc def", "\033[2;1Habc def", "\033[2;8H"},
        {"\033[2;1Habcdefghij", "\033[2;1HabXdefghiY", "\033[2;3HX\033[6CY"},
        {"\033[2;1Habcdefghij", "\033[2;1HXbcdY", "\033[2HXbcdY"},
        {"\033[2;1Habcdefghij", "\033[2;1HXbcdefghY", "\033[2HX\033[9GY"},
        {"\033[2;11Habcdefghij", "\033[2;11HXbcdefghY", "\033[2;11HX\033[7CY"},
        /* with their changes of attributes */
        {"\033[2;1Ha\033[1mb\033[mc", "\033[2;1Hx\033[1mb\033[my", "\033[2Hx\033[Cy"},
        /* what was erased, scrolled, pushed aside */
        {"\033[2;1Habcd\033[2;3H\033[K", "\033[2;1Hab  xy", "\033[2;5Hxy"},
        {"\033[3;1Habcd\033[6;1H\n", "\033[2;1Habcdx", "\033[2;5Hx"},
        {"\033[2;1Habcd\033[2;1H\033[2@", "\033[2;1H  abcdx", "\033[2;7Hx"},
        {"\033[2;1Habcd\033[2;1H\033[P", "\033[2;1Hbcdx", "\033[2;4Hx"},
        {"\033[2;1H\xe6\xbc\xa2x", "\033[2;1H\xe6\xbc\xa2y", "\033[2;3Hy"},
        {"\033[2;1H\xe6\xbc\xa2x\033[2;1Ha", "\033[2;2Hb", "\033[2;2Hb"},
        {"\033[2;1Ha\033[5b", "\033[2;1Ha\033[6bb", "\033[2;7Hab"},
        /* few blanks are shorter than erasing */
        {"\033[2;1Hx   12", "\033[2;4H\033[1K 34", "\033[2H    34"},
        {"\033[2;1Hx       12", "\033[2;8H\033[1K 34", "\033[2H \033[9G34"},
        {"\033[2;1Hxxxx 12", "\033[2;5H\033[1K 34", "\033[2;5H\033[1K 34"},
        /* a step is shorter than a column */
        {"\033[2;1Habc", "\033[2;11Hde\033[2;20Hf", "\033[2;11Hde\033[7Cf"},
        /* the cursor comes back to where it is believed to be */
        {"\033[2;1Habcd", "\033[2;1Habcd\033[K", "\033[2;5H\033[K"},
        {"\033[2;1Habcd", "\033[2;1Hxbc\033[?25h", "\033[2Hxbc\033[?25h"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct shorten shorten = {0};
        struct buf before = BUF_INIT;
        shorten_reset(&shorten, true, ROWS, COLUMNS);
        shorten_add(&shorten, STR("\033[1;6r\033[m\033[H\033[2J"), &before);
        shorten_add(&shorten, str_from(cases[i].before), &before);
        shorten.row = 0; /* so that the next position is whole */
        buf_done(&before);
        assert_shortened(&shorten, cases[i].bytes, cases[i].expected);
        shorten_done(&shorten);
    }
}

static void marked_text_leads_to_its_address(void **state)
{
    (void)state;
    struct shorten shorten = known();
    struct buf links[SHORTEN_LINK_LIMIT + 1] = {0};
    buf_add(&links[1], STR("http://one"));
    buf_add(&links[2], STR("http://two"));
    shorten.links = links;
    assert_shortened(&shorten, "a" LINKED("b", "\x81") LINKED("c", "\x81") "d",
                     "a\033]8;;http://one\033\\bc\033]8;;\033\\d");
    /* over a move, from one to the next, with a mark on the letter, up to the end */
    assert_shortened(
        &shorten,
        LINKED("b", "\x81") "\033[4;2H" LINKED("c", "\x81") "\xcc\x81" LINKED("d", "\x82"),
        "\033]8;;http://one\033\\b\033[4;2Hc\xcc\x81\033]8;;http://two\033\\d"
        "\033]8;;\033\\");
    /* what is cleared or scrolled is in no link */
    assert_shortened(&shorten, LINKED("b", "\x81") "\033[K",
                     "\033]8;;http://one\033\\b\033]8;;\033\\\033[K");
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        buf_done(&links[i]);
}

/* ---- what is seen ---- */

static VTerm *new_screen(void)
{
    VTerm *term = vterm_new(ROWS, COLUMNS);
    vterm_set_utf8(term, 1);
    vterm_screen_reset(vterm_obtain_screen(term), 1);
    return term;
}

/* The right half of a character has no look of its own. */
static void as_seen(VTermScreenCell *cell)
{
    if (cell->chars[0] == (uint32_t)-1)
        *cell = (VTermScreenCell){.chars = {(uint32_t)-1}};
    if (cell->chars[0] == 0)
        cell->chars[0] = ' ';
}

static void assert_same_screens(VTerm *one, VTerm *other, const char *sent)
{
    for (int row = 0; row < ROWS; row++)
        for (int column = 0; column < COLUMNS; column++) {
            VTermScreenCell a = {0}, b = {0}; /* their padding is compared, too */
            VTermPos at = {.row = row, .col = column};
            (void)vterm_screen_get_cell(vterm_obtain_screen(one), at, &a);
            (void)vterm_screen_get_cell(vterm_obtain_screen(other), at, &b);
            as_seen(&a);
            as_seen(&b);
            if (a.chars[0] != b.chars[0] || memcmp(&a.attrs, &b.attrs, sizeof a.attrs) != 0 ||
                !vterm_color_is_equal(&a.fg, &b.fg) || !vterm_color_is_equal(&a.bg, &b.bg))
                fail_msg("row %d, column %d differs (U+%x, U+%x) after %s", row, column, a.chars[0],
                         b.chars[0], sent);
        }
    VTermPos a, b;
    vterm_state_get_cursorpos(vterm_obtain_state(one), &a);
    vterm_state_get_cursorpos(vterm_obtain_state(other), &b);
    assert_int_equal(a.row, b.row);
    assert_int_equal(a.col, b.col);
}

/* A step as curses takes it: after a region the position is absolute. */
static void add_step(struct random *random, struct buf *out)
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
                                        "\xe6\xbc\xa2",
                                        "x\033[4b",
                                        "y \033[3bz",
                                        "x\xe6\xbc\xa2z",
                                        "e\xcc\x81x"};
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
        buf_format(out, "%s", texts[random_below(random, sizeof texts / sizeof *texts)]);
    }
}

static void the_screen_is_the_same(void **state)
{
    (void)state;
    struct random random = {20};
    for (int round = 0; round < 1000; round++) {
        VTerm *plain = new_screen(), *shortened = new_screen();
        struct shorten shorten = {0};
        shorten_reset(&shorten, round % 3 > 0, round % 2 > 0 ? ROWS : 0, COLUMNS);
        for (int frame = 0; frame < 12; frame++) {
            struct buf bytes = BUF_INIT, out = BUF_INIT;
            int steps = (int)random_below(&random, 30);
            buf_add(&bytes, STR("\033[1;1H"));
            for (int i = 0; i < steps; i++)
                add_step(&random, &bytes);
            shorten_add(&shorten, buf_str(&bytes), &out);
            (void)vterm_input_write(plain, buf_c(&bytes), bytes.len);
            (void)vterm_input_write(shortened, buf_c(&out), out.len);
            buf_format(&bytes, "\n    sent as\n%s", buf_c(&out));
            assert_same_screens(plain, shortened, buf_c(&bytes));
            buf_done(&bytes);
            buf_done(&out);
        }
        shorten_done(&shorten);
        vterm_free(plain);
        vterm_free(shortened);
    }
}

int main(void)
{
    (void)setlocale(LC_ALL, "");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_of_attributes_become_one),
        cmocka_unit_test(other_sequences_stay),
        cmocka_unit_test(a_scroll_sets_its_region_once),
        cmocka_unit_test(a_position_that_nothing_is_written_at_goes),
        cmocka_unit_test(what_is_there_already_is_passed_over),
        cmocka_unit_test(marked_text_leads_to_its_address),
        cmocka_unit_test(the_screen_is_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
