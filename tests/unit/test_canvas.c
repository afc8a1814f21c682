/* layers: base text tui */
#define NCURSES_NOMACROS 1
#include <curses.h>

#include "support/pty_child.h"
#include "support/random.h"

#include <locale.h>
#include <stdio.h>
#include <wchar.h>

#include "tui/canvas.h"
#include "tui/terminal.h"

enum { PLAIN, MARK, BRIGHT, STYLE_COUNT };

static const struct style_default styles[STYLE_COUNT] = {
    {"plain", "plain"}, {"mark", "cyan bold underline"}, {"bright", "bright-red on blue italic"}};

/* The child's side: draws, and reports what curses then holds. */
struct scene {
    int report;
    struct terminal *terminal;
    struct theme theme;
    struct canvas screen;
};

typedef void scene_body(struct scene *scene);

struct setting {
    const char *type, *locale;
    bool colour;
    scene_body *body;
};

static void say_row(const struct scene *scene, int row)
{
    char line[2048];
    wchar_t cells[512] = {0};
    (void)mvwinnwstr(stdscr, row, 0, cells, 500); /* ends with the row */
    size_t len = wcstombs(line, cells, sizeof line);
    (void)dprintf(scene->report, "%d [%.*s]\n", row, len == (size_t)-1 ? 0 : (int)len, line);
}

static int run_scene(int report, const void *argument)
{
    const struct setting *setting = argument;
    struct scene scene = {.report = report};
    struct error err;
    struct terminal_options options = {
        .type = setting->type, .colour = setting->colour, .frame_mark = true, .escape_ms = 25};
    if (setlocale(LC_ALL, setting->locale) == NULL)
        return 2;
    if (terminal_open(&options, &scene.terminal, &err) != STATUS_OK)
        return 1;
    theme_init(&scene.theme, styles, STYLE_COUNT);
    terminal_begin_frame(scene.terminal);
    scene.screen = canvas_screen(scene.terminal, &scene.theme);
    setting->body(&scene);
    terminal_end_frame(scene.terminal, -1, -1);
    terminal_close(scene.terminal);
    return 0;
}

static void begin(struct pty_child *child, int rows, int columns, const struct setting *setting)
{
    pty_child_start(child, rows, columns, run_scene, setting);
}

static void end(struct pty_child *child)
{
    int status = pty_child_end(child);
    if (status != 0)
        fail_msg("the child ended with %d; it wrote: %s", status, buf_c(&child->output));
    pty_child_done(child);
}

/* ---- what is drawn where ---- */

static void say_used(const struct scene *scene, int used)
{
    (void)dprintf(scene->report, "used %d\n", used);
}

static void draw_texts(struct scene *scene)
{
    const struct canvas *screen = &scene->screen;
    say_used(scene, canvas_text(screen, 0, 2, 5, STR("abcdefgh"), PLAIN));
    say_used(scene, canvas_text(screen, 1, 7, 10, STR("abcdefgh"), MARK));
    say_used(scene, canvas_text(screen, 2, 0, 3, STR("日本語"), PLAIN));
    say_used(scene, canvas_text(screen, 3, 9, 3, STR("日"), PLAIN));
    say_used(scene, canvas_text(screen, 4, -3, 9, STR("日本語x"), PLAIN));
    say_used(scene, canvas_text(screen, 5, 0, 10, STR("a\033[1m\n\x7f\xff"), PLAIN));
    say_used(scene, canvas_text(screen, 6, 0, 10,
                                STR("e\xcc\x81x\xe2\x80\xae"
                                    "b"),
                                PLAIN));
    say_used(scene, canvas_text(screen, 7, 9, 1, STR("xyz"), PLAIN));
    say_used(scene, canvas_text(screen, 8, 0, 9, STR("x"), PLAIN) +
                        canvas_text(screen, -1, 0, 9, STR("x"), PLAIN) +
                        canvas_text(screen, 0, 10, 9, STR("x"), PLAIN) +
                        canvas_text(screen, 0, 0, -4, STR("x"), PLAIN) +
                        canvas_text(screen, 0, 0, 0, STR("x"), PLAIN));
    for (int row = 0; row < screen->rows; row++)
        say_row(scene, row);
}

static void texts_are_cut_to_whole_characters(void **state)
{
    (void)state;
    static const struct setting setting = {"xterm-256color", "C.UTF-8", true, draw_texts};
    static const int used[] = {5, 3, 3, 1, 7, 8, 4, 1, 0};
    static const char *const rows[] = {"0 [  abcde   ]",         "1 [       abc]", "2 [日        ]",
                                       "3 [          ]",         "4 [ 語x      ]", "5 [a␛[1m␊␡�  ]",
                                       "6 [e\xcc\x81x�b      ]", "7 [         x]"};
    struct pty_child child;
    begin(&child, 8, 10, &setting);
    for (size_t i = 0; i < sizeof used / sizeof used[0]; i++) {
        char line[32];
        (void)snprintf(line, sizeof line, "used %d", used[i]);
        pty_child_expect(&child, line);
    }
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        pty_child_expect(&child, rows[i]);
    end(&child);
}

static void draw_fields(struct scene *scene)
{
    const struct canvas *screen = &scene->screen;
    canvas_fill(screen, 0, 0, 10, '-', PLAIN);
    canvas_field(screen, 0, 2, 5, STR("ab"), MARK);
    canvas_fill(screen, 1, 0, 10, '-', PLAIN);
    canvas_field(screen, 1, 2, 5, STR("abcdef"), MARK);
    canvas_fill(screen, 2, 0, 10, '-', PLAIN);
    canvas_field(screen, 2, 2, 4, STR("日本語"), MARK);
    canvas_fill(screen, 3, 0, 10, '-', PLAIN);
    canvas_field_right(screen, 3, 2, 5, STR("ab"), MARK);
    canvas_fill(screen, 4, 0, 10, '-', PLAIN);
    canvas_field_right(screen, 4, 2, 5, STR("abcdef"), MARK);
    canvas_fill(screen, 5, -5, 100, '\033', PLAIN);
    canvas_field(screen, 5, 7, 9, STR("abcdefghijkl"), MARK);
    canvas_field(screen, 6, 0, 1, STR("ab"), MARK);
    struct canvas part = canvas_part(screen, 7, 3, 100, 4);
    canvas_fill(&part, 0, -100, INT32_MAX, '#', PLAIN);
    canvas_fill(&part, 1, 0, 4, '#', PLAIN);
    canvas_text(&part, 0, 1, 100, STR("abcdefg"), PLAIN);
    struct canvas none = canvas_part(&part, 5, 5, 5, 5);
    canvas_text(&none, 0, 0, 10, STR("no"), PLAIN);
    (void)dprintf(scene->report, "%dx%d %dx%d\n", part.rows, part.columns, none.rows, none.columns);
    for (int row = 0; row < screen->rows; row++)
        say_row(scene, row);
}

static void fields_are_filled_and_cut(void **state)
{
    (void)state;
    static const struct setting setting = {"xterm-256color", "C.UTF-8", true, draw_fields};
    static const char *const rows[] = {"1x4 0x0",        "0 [--ab   ---]", "1 [--abcd…---]",
                                       "2 [--日… ----]", "3 [--   ab---]", "4 [--abcd…---]",
                                       "5 [       abc]", "6 […         ]", "7 [   #abc   ]"};
    struct pty_child child;
    begin(&child, 8, 10, &setting);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        pty_child_expect(&child, rows[i]);
    end(&child);
}

/* ---- how it looks ---- */

/* "bold underline 6 on -1": what curses will show a cell with. */
static void say_cell(const struct scene *scene, int row)
{
    static const struct {
        attr_t attribute;
        const char *name;
    } names[] = {
        {A_BOLD, "bold "}, {A_UNDERLINE, "underline "}, {A_ITALIC, "italic "}, {A_DIM, "dim "}};
    cchar_t cell;
    wchar_t characters[CCHARW_MAX + 1];
    attr_t attributes = 0;
    short pair = 0, foreground = -1, background = -1;
    (void)mvwin_wch(stdscr, row, 0, &cell);
    (void)getcchar(&cell, characters, &attributes, &pair, NULL);
    if (pair != 0)
        (void)pair_content(pair, &foreground, &background);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if ((attributes & names[i].attribute) != 0)
            (void)dprintf(scene->report, "%s", names[i].name);
    (void)dprintf(scene->report, "%d on %d\n", foreground, background);
}

static void draw_styles(struct scene *scene)
{
    (void)canvas_text(&scene->screen, 0, 0, 10, STR("m"), MARK);
    (void)canvas_text(&scene->screen, 1, 0, 10, STR("b"), BRIGHT);
    (void)canvas_text(&scene->screen, 2, 0, 10, STR("x"), 99);
    for (int row = 0; row < 3; row++)
        say_cell(scene, row);
}

static void styles_fit_the_terminal(void **state)
{
    (void)state;
    static const struct {
        struct setting setting;
        const char *mark, *bright;
    } cases[] = {
        {{"xterm-256color", "C.UTF-8", true, draw_styles},
         "bold underline 6 on -1",
         "italic 9 on 4"},
        {{"xterm-256color", "C.UTF-8", false, draw_styles},
         "bold underline -1 on -1",
         "italic -1 on -1"},
        {{"xterm", "C.UTF-8", true, draw_styles}, "bold underline 6 on -1", "italic 1 on 4"},
        {{"vt220", "C.UTF-8", true, draw_styles}, "bold underline -1 on -1", "underline -1 on -1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct pty_child child;
        begin(&child, 3, 10, &cases[i].setting);
        pty_child_expect(&child, cases[i].mark);
        pty_child_expect(&child, cases[i].bright);
        pty_child_expect(&child, "-1 on -1");
        end(&child);
    }
}

/* ---- hostile text ---- */

static void draw_anything(struct scene *scene)
{
    struct random random = {99};
    struct buf text = BUF_INIT;
    for (int frame = 0; frame < 200; frame++) {
        terminal_begin_frame(scene->terminal);
        for (int i = 0; i < 40; i++) {
            size_t count = random_below(&random, 60);
            if (i % 2 == 0)
                random_bytes(&random, &text, count);
            else
                random_text(&random, &text, count);
            int row = (int)random_below(&random, (size_t)scene->screen.rows + 2) - 1;
            int column = (int)random_below(&random, (size_t)scene->screen.columns + 8) - 4;
            int columns = (int)random_below(&random, 40) - 2;
            if (i % 3 == 0)
                canvas_field(&scene->screen, row, column, columns, buf_str(&text), PLAIN);
            else if (i % 3 == 1)
                canvas_field_right(&scene->screen, row, column, columns, buf_str(&text), PLAIN);
            else
                (void)canvas_text(&scene->screen, row, column, columns, buf_str(&text), PLAIN);
        }
        terminal_end_frame(scene->terminal, -1, -1);
    }
    buf_done(&text);
}

/* Length of the control sequence at the start of the text when it is one that curses writes for
 * plain text; 0 when it is not. */
static size_t sequence_len(str text)
{
    static const char *const whole[] = {"\033(B", "\033(0", "\033)0", "\033=",     "\033>",
                                        "\033M",  "\0337",  "\0338",  "\033]104\a"};
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
        if (str_starts(text, str_from(whole[i])))
            return strlen(whole[i]);
    if (!str_starts(text, STR("\033[")))
        return 0;
    size_t at = 2;
    while (at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '?')
        at++;
    /* Moves, erasing, scrolling, modes, repeating, and attributes of plain text only. */
    if (at == text.len || strchr("ABCDGHIJKLMPSTX@Zbdhlrt", text.ptr[at]) != NULL)
        return at + 1;
    str parameters = str_slice(text, 2, at);
    bool is_plain = parameters.len == 0 || str_equal(parameters, STR("39;49"));
    return text.ptr[at] == 'm' && is_plain ? at + 1 : 0;
}

static void assert_harmless(str output)
{
    for (size_t at = 0, len; at < output.len; at += len) {
        uint32_t code_point = utf8_decode(output, at, &len);
        if (code_point == 0x1B) {
            len = sequence_len(str_slice(output, at, output.len));
            if (len == 0)
                fail_msg("a sequence that is not of curses: ESC %.20s", output.ptr + at + 1);
        } else if (code_point < 0x20) {
            assert_non_null(strchr("\r\n\b\017", (int)code_point)); /* SI: of TERM=screen */
            assert_true(code_point != 0);
        } else {
            assert_false(code_point >= 0x7F && code_point < 0xA0);
            assert_false(code_point >= 0x202A && code_point <= 0x202E);
            assert_false(code_point >= 0x2066 && code_point <= 0x2069);
            assert_false(code_point >= 0xE0000 && code_point <= 0xE01EF);
        }
    }
}

static void hostile_text_writes_no_control_bytes(void **state)
{
    (void)state;
    static const int sizes[][2] = {{24, 80}, {1, 1}, {2, 7}, {50, 200}};
    static const struct setting settings[] = {{"xterm-256color", "C.UTF-8", true, draw_anything},
                                              {"screen", "C.UTF-8", true, draw_anything}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        for (size_t k = 0; k < sizeof settings / sizeof settings[0]; k++) {
            struct pty_child child;
            begin(&child, sizes[i][0], sizes[i][1], &settings[k]);
            while (pty_child_read(&child))
                continue;
            assert_true(child.output.len > 100);
            assert_harmless(buf_str(&child.output));
            end(&child);
        }
}

/* Without a Unicode locale curses cannot write other characters: they are replaced one by one. */
static void in_the_c_locale_all_is_ascii(void **state)
{
    (void)state;
    static const struct setting setting = {"xterm-256color", "C", true, draw_anything};
    struct pty_child child;
    begin(&child, 24, 80, &setting);
    while (pty_child_read(&child))
        continue;
    assert_harmless(buf_str(&child.output));
    for (size_t i = 0; i < child.output.len; i++)
        assert_true((unsigned char)child.output.ptr[i] < 0x80);
    end(&child);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_cut_to_whole_characters),
        cmocka_unit_test(fields_are_filled_and_cut),
        cmocka_unit_test(styles_fit_the_terminal),
        cmocka_unit_test(hostile_text_writes_no_control_bytes),
        cmocka_unit_test(in_the_c_locale_all_is_ascii),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
