/* layers: base text tui */
#include "support/pty_child.h"
#include "support/pty_program.h" /* brings the terminal that judges */
#include "support/random.h"

#include <locale.h>
#include <stdio.h>

#include "text/utf8.h"
#include "tui/canvas.h"
#include "tui/terminal.h"

#define MARK_OF_END "\033]7777;\a" /* of what is drawn */

enum { PLAIN, MARK, BRIGHT, STYLE_COUNT };
enum { ROWS = 8, COLUMNS = 10 };

static const struct style_default styles[STYLE_COUNT] = {
    {"plain", "plain"}, {"mark", "cyan bold underline"}, {"bright", "bright-red on blue italic"}};

/* The child's side: draws. */
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
    bool is_marked = write(STDOUT_FILENO, MARK_OF_END, strlen(MARK_OF_END)) > 0;
    terminal_close(scene.terminal);
    return is_marked ? 0 : 3;
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

/* ---- the terminal's side ---- */

/* The screen after all that the child draws. */
static VTerm *read_screen(struct pty_child *child, int rows, int columns)
{
    VTerm *term = vterm_new(rows, columns);
    while (pty_child_read(child))
        continue;
    size_t len = str_find(buf_str(&child->output), STR(MARK_OF_END), 0);
    assert_true(len != STR_MISSING);
    vterm_set_utf8(term, 1);
    vterm_screen_reset(vterm_obtain_screen(term), 1);
    (void)vterm_input_write(term, child->output.ptr, len);
    return term;
}

static void add_row(VTerm *term, int row, int columns, struct buf *out)
{
    buf_format(out, "%d [", row);
    for (int column = 0; column < columns; column++) {
        VTermScreenCell cell = {0};
        VTermPos at = {.row = row, .col = column};
        (void)vterm_screen_get_cell(vterm_obtain_screen(term), at, &cell);
        if (cell.chars[0] == 0)
            buf_add_byte(out, ' ');
        for (int i = 0; cell.chars[0] != (uint32_t)-1 && cell.chars[i] != 0; i++)
            utf8_add(out, cell.chars[i]);
    }
    buf_add_byte(out, ']');
}

static void assert_rows(struct pty_child *child, int rows, int columns, const char *const *expected)
{
    VTerm *term = read_screen(child, rows, columns);
    for (int row = 0; row < rows; row++) {
        struct buf shown = BUF_INIT;
        add_row(term, row, columns, &shown);
        assert_string_equal(buf_c(&shown), expected[row]);
        buf_done(&shown);
    }
    vterm_free(term);
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
    begin(&child, ROWS, COLUMNS, &setting);
    for (size_t i = 0; i < sizeof used / sizeof used[0]; i++) {
        char line[32];
        (void)snprintf(line, sizeof line, "used %d", used[i]);
        pty_child_expect(&child, line);
    }
    assert_rows(&child, ROWS, COLUMNS, rows);
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
}

static void fields_are_filled_and_cut(void **state)
{
    (void)state;
    static const struct setting setting = {"xterm-256color", "C.UTF-8", true, draw_fields};
    static const char *const rows[] = {"0 [--ab   ---]", "1 [--abcd…---]", "2 [--日… ----]",
                                       "3 [--   ab---]", "4 [--abcd…---]", "5 [       abc]",
                                       "6 […         ]", "7 [   #abc   ]"};
    struct pty_child child;
    begin(&child, ROWS, COLUMNS, &setting);
    pty_child_expect(&child, "1x4 0x0");
    assert_rows(&child, ROWS, COLUMNS, rows);
    end(&child);
}

/* ---- how it looks ---- */

static int colour_number(const VTermColor *colour, bool is_default)
{
    return is_default ? -1 : colour->indexed.idx;
}

/* "bold underline 6 on -1": what the first cell of a row shows. */
static void assert_look(VTerm *term, int row, const char *expected)
{
    struct buf look = BUF_INIT;
    VTermScreenCell cell = {0};
    VTermPos at = {.row = row, .col = 0};
    (void)vterm_screen_get_cell(vterm_obtain_screen(term), at, &cell);
    buf_format(&look, "%s%s%s%d on %d", cell.attrs.bold ? "bold " : "",
               cell.attrs.underline ? "underline " : "", cell.attrs.italic ? "italic " : "",
               colour_number(&cell.fg, VTERM_COLOR_IS_DEFAULT_FG(&cell.fg)),
               colour_number(&cell.bg, VTERM_COLOR_IS_DEFAULT_BG(&cell.bg)));
    assert_string_equal(buf_c(&look), expected);
    buf_done(&look);
}

static void draw_styles(struct scene *scene)
{
    (void)canvas_text(&scene->screen, 0, 0, 10, STR("m"), MARK);
    (void)canvas_text(&scene->screen, 1, 0, 10, STR("b"), BRIGHT);
    (void)canvas_text(&scene->screen, 2, 0, 10, STR("x"), 99);
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
        {{"rxvt-unicode-256color", "C.UTF-8", true, draw_styles},
         "bold underline 6 on -1",
         "italic 9 on 4"},
        /* no underline in colour */
        {{"linux", "C.UTF-8", true, draw_styles}, "bold 6 on -1", "1 on 4"},
        /* painted by curses: the last column of a row runs on into the next */
        {{"ansi", "C.UTF-8", true, draw_styles}, "bold 6 on -1", "1 on 4"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct pty_child child;
        begin(&child, 3, 10, &cases[i].setting);
        VTerm *term = read_screen(&child, 3, 10);
        assert_look(term, 0, cases[i].mark);
        assert_look(term, 1, cases[i].bright);
        assert_look(term, 2, "-1 on -1");
        vterm_free(term);
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
    static const char *const whole[] = {"\033(B", "\033(0", "\033)0", "\033=",      "\033>",
                                        "\033M",  "\0337",  "\0338",  "\033]104\a", MARK_OF_END};
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

/* A terminal whose sequences are others is painted by curses, from the same cells. */
static void other_terminals_are_painted_by_curses(void **state)
{
    (void)state;
    static const struct setting setting = {"ansi", "C.UTF-8", true, draw_texts};
    static const char *const rows[] = {"0 [  abcde   ]",         "1 [       abc]", "2 [日        ]",
                                       "3 [          ]",         "4 [ 語x      ]", "5 [a␛[1m␊␡�  ]",
                                       "6 [e\xcc\x81x�b      ]", "7 [         x]"};
    struct pty_child child;
    begin(&child, ROWS, COLUMNS, &setting);
    assert_rows(&child, ROWS, COLUMNS, rows);
    end(&child);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_cut_to_whole_characters),
        cmocka_unit_test(fields_are_filled_and_cut),
        cmocka_unit_test(other_terminals_are_painted_by_curses),
        cmocka_unit_test(styles_fit_the_terminal),
        cmocka_unit_test(hostile_text_writes_no_control_bytes),
        cmocka_unit_test(in_the_c_locale_all_is_ascii),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
