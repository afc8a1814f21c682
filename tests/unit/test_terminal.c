/* layers: base text tui */
#include "support/pty_child.h"
#include "support/pty_program.h" /* brings the terminal that judges */

#include <locale.h>
#include <stdio.h>
#include <time.h>

#include "tui/canvas.h"
#include "tui/terminal.h"

#define MARK "\033]7777;"

static const struct style_default styles[] = {{"text", "plain"}};

/* What the child is to do. */
struct task {
    const char *type;
    bool in_tmux, frame_mark, pace;
    int idle_ms;
    bool never_draws, draws_for_keys; /* nothing; when a key came, or when it was behind then */
    enum status expected_status;      /* of terminal_open */
};

static void say(int report, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void say(int report, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)vdprintf(report, format, args);
    va_end(args);
}

static void draw(struct terminal *terminal, struct theme *theme, int number)
{
    struct buf text = BUF_INIT;
    terminal_begin_frame(terminal);
    struct canvas screen = canvas_screen(terminal, theme);
    buf_format(&text, "frame %d ", number);
    for (int row = 0; row < screen.rows; row++) {
        /* Rows without likeness to those of other frames. */
        buf_add_repeat(&text, (char)('a' + (row * 7 + number * 5) % 26), 3);
        (void)canvas_text(&screen, row, 0, screen.columns, buf_str(&text), 0);
    }
    terminal_end_frame(terminal, -1, -1);
    buf_done(&text);
}

/* Some keys are tasks; false to leave. */
static bool do_key(int report, struct terminal *terminal, key_code key)
{
    struct error err = {0};
    int status;
    char program_true[] = "true", program_none[] = "/no/such/program", program_sh[] = "sh",
         option[] = "-c", script[] = "exit 3";
    char *const yes[] = {program_true, NULL}, *const none[] = {program_none, NULL},
                *const three[] = {program_sh, option, script, NULL};
    struct buf long_text = BUF_INIT;
    switch (key) {
    case 'q':
        return false;
    case 'y':
        if (terminal_copy(terminal, STR("caf\xc3\xa9 \033[31m"), &err) != STATUS_OK)
            say(report, "no copy\n");
        break;
    case 'Y':
        buf_add_repeat(&long_text, 'x', 74995);
        say(report, "copy %d\n",
            terminal_copy(terminal, buf_str(&long_text), &err) == STATUS_TOO_LARGE);
        buf_done(&long_text);
        break;
    case 'C':
        buf_add_repeat(&long_text, 'x', 60000);
        say(report, "copy %d\n", terminal_copy(terminal, buf_str(&long_text), &err) == STATUS_OK);
        buf_done(&long_text);
        break;
    case 't':
        say(report, "ran %d\n", terminal_run_program(terminal, yes, &status, &err));
        break;
    case 'e':
        (void)!terminal_run_program(terminal, three, &status, &err);
        say(report, "exit %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
        break;
    case 'n':
        (void)!terminal_run_program(terminal, none, &status, &err);
        say(report, "%s, %d\n", err.text, status);
        break;
    case 'w':
        terminal_give_way(terminal);
        break;
    case 'z' | KEY_CODE_CONTROL:
        terminal_suspend(terminal);
        break;
    }
    return true;
}

static void report_event(int report, struct terminal *terminal, const struct terminal_event *event)
{
    struct buf name = BUF_INIT;
    switch (event->kind) {
    case EVENT_KEY:
        key_add_name(&name, event->key);
        say(report, "key %s\n", buf_c(&name));
        break;
    case EVENT_RESIZE:
        say(report, "resize %dx%d\n", terminal_rows(terminal), terminal_columns(terminal));
        break;
    case EVENT_IDLE:
        say(report, "idle\n");
        break;
    case EVENT_ROOM:
        say(report, "room\n");
        break;
    case EVENT_WAKE:
        say(report, "wake\n");
        break;
    case EVENT_CONTINUE:
        say(report, "continue\n");
        break;
    case EVENT_HANGUP:
        say(report, "hang-up\n");
        break;
    }
    buf_done(&name);
}

static int run_task(int report, const void *argument)
{
    const struct task *task = argument;
    struct terminal_options options = {.type = task->type,
                                       .in_tmux = task->in_tmux,
                                       .colour = true,
                                       .frame_mark = task->frame_mark,
                                       .escape_ms = 25,
                                       .pace = task->pace};
    struct terminal *terminal;
    struct error err = {0};
    struct theme theme;
    (void)setlocale(LC_ALL, "C.UTF-8");
    theme_init(&theme, styles, 1);
    enum status status = terminal_open(&options, &terminal, &err);
    if (status != STATUS_OK) {
        say(report, "%s\n", err.text);
        return status == task->expected_status ? 0 : 1;
    }
    bool redraw = true, leave = false, owed = false;
    for (int frame = 0, idle_ms = -1; !leave;) {
        if (redraw && !task->never_draws && !terminal_input_pending(terminal)) {
            owed = terminal_is_behind(terminal);
            if (owed)
                say(report, "behind\n");
            else
                draw(terminal, &theme, frame++);
        }
        struct terminal_event event = terminal_wait(terminal, idle_ms, -1);
        report_event(report, terminal, &event);
        redraw = task->draws_for_keys ? owed || event.kind == EVENT_KEY
                                      : event.kind != EVENT_IDLE || task->pace;
        idle_ms = event.kind == EVENT_KEY ? task->idle_ms : -1;
        leave = event.kind == EVENT_HANGUP ||
                (event.kind == EVENT_KEY && !do_key(report, terminal, event.key));
    }
    terminal_close(terminal);
    say(report, "closed\n");
    return 0;
}

static const struct task plain = {.type = "xterm-256color", .frame_mark = true, .idle_ms = -1};

static void end_well(struct pty_child *child)
{
    int status = pty_child_end(child);
    if (status != 0)
        fail_msg("the child ended with %d; it wrote: %s", status, buf_c(&child->output));
    pty_child_done(child);
}

static void start(struct pty_child *child, const struct task *task)
{
    pty_child_start(child, 24, 80, run_task, task);
    if (task->frame_mark)
        (void)pty_child_until(child, MARK, 0);
}

static void quit(struct pty_child *child)
{
    pty_child_send(child, "q");
    pty_child_expect(child, "key q");
    pty_child_expect(child, "closed");
    end_well(child);
}

/* ---- refusals ---- */

static void refused(const char *type, const char *message)
{
    struct task task = {.type = type, .expected_status = STATUS_USAGE};
    struct pty_child child;
    pty_child_start(&child, 24, 80, run_task, &task);
    pty_child_expect(&child, message);
    assert_int_equal(child.output.len, 0);
    end_well(&child);
}

static void terminals_that_cannot_work_are_refused(void **state)
{
    (void)state;
    refused(NULL, "TERM is not set; set TERM to the name of your terminal, for example "
                  "TERM=xterm-256color");
    refused("", "TERM is not set; set TERM to the name of your terminal, for example "
                "TERM=xterm-256color");
    refused("dumb", "a terminal of type 'dumb' cannot move its cursor; set TERM to the name of "
                    "your terminal, for example TERM=xterm-256color");
    refused("no-such-terminal",
            "the terminal type 'no-such-terminal' is not known here; set TERM to the name of your "
            "terminal, for example TERM=xterm-256color");
    refused("../../etc/passwd",
            "the terminal type '../../etc/passwd' is not known here; set TERM to the name of your "
            "terminal, for example TERM=xterm-256color");
}

static int run_without_input(int report, const void *argument)
{
    int nothing = open("/dev/null", O_RDWR);
    (void)dup2(nothing, STDIN_FILENO);
    return run_task(report, argument);
}

static void something_else_than_a_terminal_is_refused(void **state)
{
    (void)state;
    struct task task = {.type = "xterm", .expected_status = STATUS_USAGE};
    struct pty_child child;
    pty_child_start(&child, 24, 80, run_without_input, &task);
    pty_child_expect(&child, "standard input is not a terminal; use `dossier list`, `dossier show` "
                             "and the other commands in scripts");
    end_well(&child);
}

/* ---- keys and marks ---- */

static void keys_are_read_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *name;
    } keys[] = {
        {"j", "j"},
        {" ", "<Space>"},
        {"\r", "<Enter>"},
        {"\t", "<Tab>"},
        {"\177", "<BS>"},
        {"\b", "<BS>"},
        {"\003", "<C-c>"},
        {"\034", "<C-\\>"},
        {"\037", "<C-_>"},
        {"<", "<lt>"},
        {"\033", "<Esc>"},
        {"\033x", "<M-x>"},
        {"\033\r", "<M-Enter>"},
        {"\033\xc3\xa9", "<M-é>"},
        {"\033[", "<M-[>"},
        {"\033O", "<M-O>"},
        {"\033[A", "<Up>"},
        {"\033OB", "<Down>"},
        {"\033[1;5C", "<C-Right>"},
        {"\033[1;3D", "<M-Left>"},
        {"\033[1;7H", "<C-M-Home>"},
        {"\033[1;2F", "<End>"},
        {"\033[5~", "<PageUp>"},
        {"\033[6;5~", "<C-PageDown>"},
        {"\033[3~", "<Del>"},
        {"\033[Z", "<S-Tab>"},
        {"\033OP", "<F1>"},
        {"\033[24~", "<F12>"},
        {"\xc3\xa9", "é"},
        {"\xe4\xb8\xad", "中"},
        {"\xf0\x9f\x98\x80", "😀"},
        {"\xff", "�"},
        {"\x80", "�"},
    };
    struct pty_child child;
    start(&child, &plain);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        size_t from = child.output.len;
        struct buf expected = BUF_INIT;
        buf_format(&expected, "key %s", keys[i].name);
        pty_child_send(&child, keys[i].bytes);
        pty_child_expect(&child, buf_c(&expected));
        (void)pty_child_until(&child, MARK, from);
        buf_done(&expected);
    }
    pty_child_send_bytes(&child, (str){"\0", 1});
    pty_child_expect(&child, "key <C-Space>");
    quit(&child);
}

/* What is no typing must not turn into commands. */
static void other_sequences_are_skipped(void **state)
{
    (void)state;
    struct pty_child child;
    start(&child, &plain);
    pty_child_send(&child, "\033[200~\033[<0;3;4M\033[I\033[[A\033[?1;2c\033[0n\xc2\x9bj");
    pty_child_expect(&child, "key j");
    quit(&child);
}

static void a_character_in_two_pieces_is_one_key(void **state)
{
    (void)state;
    struct pty_child child;
    start(&child, &plain);
    pty_child_send(&child, "a\xe4\xb8");
    pty_child_expect(&child, "key a");
    pty_child_send(&child, "\xad");
    pty_child_expect(&child, "key 中");
    pty_child_send(&child, "b\xe4");
    pty_child_expect(&child, "key b");
    pty_child_send(&child, "c");
    pty_child_expect(&child, "key �");
    pty_child_expect(&child, "key c");
    quit(&child);
}

static void each_key_alone_has_one_mark(void **state)
{
    (void)state;
    struct pty_child child;
    start(&child, &plain);
    for (int i = 0; i < 20; i++) {
        size_t from = child.output.len;
        pty_child_send(&child, "j");
        (void)pty_child_until(&child, "\a", pty_child_until(&child, MARK, from));
        assert_int_equal(pty_child_count(&child, MARK, from), 1);
        pty_child_expect(&child, "key j");
    }
    assert_int_equal(pty_child_count(&child, MARK, 0), 21);
    quit(&child);
}

static void keys_that_wait_share_a_frame_and_a_mark(void **state)
{
    (void)state;
    struct pty_child child;
    start(&child, &plain);
    size_t from = child.output.len;
    struct buf keys = BUF_INIT;
    buf_add_repeat(&keys, 'j', 300);
    pty_child_send(&child, buf_c(&keys));
    for (int i = 0; i < 300; i++)
        pty_child_expect(&child, "key j");
    (void)pty_child_until(&child, MARK, from);
    assert_true(pty_child_count(&child, "frame", from) < 100);
    buf_done(&keys);
    quit(&child);
}

static void a_key_without_a_frame_has_a_mark_too(void **state)
{
    (void)state;
    struct task task = plain;
    task.never_draws = true;
    struct pty_child child;
    pty_child_start(&child, 24, 80, run_task, &task);
    pty_child_send(&child, "j");
    (void)pty_child_until(&child, MARK "0\a", 0);
    pty_child_expect(&child, "key j");
    quit(&child);
}

/* Idle work is done before the mark, however long idleness is to last. */
static void idleness_comes_before_the_mark(void **state)
{
    (void)state;
    struct task task = plain;
    task.idle_ms = 3600 * 1000;
    struct pty_child child;
    start(&child, &task);
    size_t from = child.output.len;
    pty_child_send(&child, "j");
    (void)pty_child_until(&child, MARK, from);
    pty_child_expect(&child, "key j");
    pty_child_expect(&child, "idle");
    quit(&child);
}

static void idleness_comes_after_its_time(void **state)
{
    (void)state;
    struct task task = plain;
    task.frame_mark = false;
    task.idle_ms = 1;
    struct pty_child child;
    start(&child, &task);
    pty_child_send(&child, "j");
    pty_child_expect(&child, "key j");
    pty_child_expect(&child, "idle");
    assert_int_equal(pty_child_count(&child, MARK, 0), 0);
    quit(&child);
}

/* ---- signals ---- */

static void resizes_come_as_one(void **state)
{
    (void)state;
    struct pty_child child;
    start(&child, &plain);
    pty_child_resize(&child, 10, 30);
    pty_child_resize(&child, 50, 200);
    pty_child_resize(&child, 1, 1);
    pty_child_expect(&child, "resize 1x1");
    size_t from = child.output.len;
    pty_child_resize(&child, 200, 500);
    pty_child_expect(&child, "resize 200x500");
    (void)pty_child_until(&child, MARK, from);
    quit(&child);
}

static void a_request_to_end_leaves_the_screen(void **state)
{
    (void)state;
    static const int signals[] = {SIGTERM, SIGHUP};
    for (size_t i = 0; i < 2; i++) {
        struct pty_child child;
        start(&child, &plain);
        assert_int_equal(kill(child.pid, signals[i]), 0);
        pty_child_expect(&child, "hang-up");
        (void)pty_child_until(&child, "\033[?1049l", 0);
        pty_child_expect(&child, "closed");
        end_well(&child);
    }
}

static void a_closed_terminal_is_a_hang_up(void **state)
{
    (void)state;
    for (int ignored = 0; ignored < 2; ignored++) {
        struct pty_child child;
        (void)signal(SIGHUP, ignored ? SIG_IGN : SIG_DFL);
        start(&child, &plain);
        (void)signal(SIGHUP, SIG_DFL);
        if (ignored)
            pty_child_send(&child, "jjj");
        (void)close(child.terminal);
        child.terminal = -1;
        while (child.report >= 0 && pty_child_read(&child))
            continue;
        assert_true(str_ends(buf_str(&child.said), STR("hang-up\nclosed\n")));
        end_well(&child);
    }
}

static void other_signals_do_their_work(void **state)
{
    (void)state;
    struct pty_child child;
    start(&child, &plain);
    assert_int_equal(kill(child.pid, SIGINT), 0);
    pty_child_expect(&child, "key <C-c>");
    assert_int_equal(kill(child.pid, SIGPIPE), 0);
    assert_int_equal(kill(child.pid, SIGSTOP), 0);
    int status;
    assert_int_equal(waitpid(child.pid, &status, WUNTRACED), child.pid);
    assert_true(WIFSTOPPED(status));
    assert_int_equal(kill(child.pid, SIGCONT), 0);
    pty_child_expect(&child, "continue");
    /* Nobody could continue this child, so the kernel does not let it stop itself. */
    assert_int_equal(kill(child.pid, SIGTSTP), 0);
    pty_child_expect(&child, "continue");
    pty_child_send(&child, "\032");
    pty_child_expect(&child, "key <C-z>");
    quit(&child);
}

/* ---- clipboard, programs, pace ---- */

static void copies(const char *type, bool in_tmux, const char *expected)
{
    struct task task = plain;
    task.type = type;
    task.in_tmux = in_tmux;
    struct pty_child child;
    start(&child, &task);
    pty_child_send(&child, "y");
    (void)pty_child_until(&child, expected, 0);
    pty_child_expect(&child, "key y");
    pty_child_send(&child, "Y");
    pty_child_expect(&child, "key Y");
    pty_child_expect(&child, "copy 1");
    quit(&child);
}

/* "café ␛[31m": the escape is shown, not sent. */
static void text_goes_to_the_clipboard(void **state)
{
    (void)state;
    static const char by_tmux[] = "\033]52;c;Y2Fmw6kg4pCbWzMxbQ==\a"
                                  "\033Ptmux;\033\033]52;c;Y2Fmw6kg4pCbWzMxbQ==\a\033\\";
    copies("xterm-256color", false, "\033]52;c;Y2Fmw6kg4pCbWzMxbQ==\a");
    copies("tmux-256color", false, by_tmux);
    copies("screen-256color", true, by_tmux);
    copies("screen-256color", false,
           "\033P\033]52;c;Y2Fmw6kg4pCbWzMxbQ==\a\033\\\033]52;c;Y2Fmw6kg4pCbWzMxbQ==\a");
}

static void programs_are_run(void **state)
{
    (void)state;
    struct pty_child child;
    start(&child, &plain);
    pty_child_send(&child, "ten");
    pty_child_expect(&child, "key t");
    pty_child_expect(&child, "ran 0");
    pty_child_expect(&child, "key e");
    pty_child_expect(&child, "exit 3");
    pty_child_expect(&child, "key n");
    pty_child_expect(&child, "/no/such/program: cannot start: No such file or directory, -1");
    assert_true(pty_child_count(&child, "\033[?1049l", 0) >= 2);
    quit(&child);
}

enum { PACED_ROWS = 40, PACED_COLUMNS = 150 };

/* True when a terminal shows the text at the start of a row after all that it got, or after any
 * part of that. */
static bool shows(const struct pty_child *child, int row, const char *expected, bool ever)
{
    VTerm *term = vterm_new(PACED_ROWS, PACED_COLUMNS);
    VTermScreen *screen = vterm_obtain_screen(term);
    VTermRect rect = {row, row + 1, 0, (int)strlen(expected)};
    bool is_shown = false;
    vterm_set_utf8(term, 1);
    vterm_screen_reset(screen, 1);
    for (size_t i = 0; i < child->output.len && !(ever && is_shown); i++) {
        char shown[PACED_COLUMNS + 1] = "";
        (void)vterm_input_write(term, child->output.ptr + i, 1);
        (void)vterm_screen_get_text(screen, shown, PACED_COLUMNS, rect);
        is_shown = strcmp(shown, expected) == 0;
    }
    vterm_free(term);
    return is_shown;
}

static void until_shown(struct pty_child *child, int row, const char *expected)
{
    while (!shows(child, row, expected, false))
        if (!pty_child_read(child))
            fail_msg("the child ended before it showed \"%s\"", expected);
}

/* Draws frames that nobody answers for: the second has no room, and the terminal is behind. */
static void paint_until_behind(struct pty_child *child, bool answers_first)
{
    static const struct task task = {.type = "xterm-256color", .pace = true, .idle_ms = -1};
    pty_child_start(child, PACED_ROWS, PACED_COLUMNS, run_task, &task);
    (void)pty_child_until(child, "\033[5n", 0);
    if (answers_first) /* so it is waited for much longer */
        pty_child_send(child, "\033[0n");
    pty_child_send(child, "j");
    pty_child_expect(child, "key j");
    until_shown(child, 0, "frame 1 fff");
    pty_child_send(child, "j");
    pty_child_expect(child, "key j");
    pty_child_expect(child, "behind");
}

/* Answers what was asked but for `answered` questions, as a line that takes so long for
 * each slice. */
static void answer_all(struct pty_child *child, int answered, long slice_ms)
{
    const struct timespec pause = {.tv_nsec = slice_ms * 1000000};
    for (int i = pty_child_count(child, "\033[5n", 0); i > answered; i--) {
        (void)nanosleep(&pause, NULL);
        pty_child_send(child, "\033[0n");
    }
}

static void a_slow_terminal_is_waited_for(void **state)
{
    (void)state;
    struct pty_child child;
    paint_until_behind(&child, false);
    answer_all(&child, 0, 0);
    pty_child_expect(&child, "room");
    until_shown(&child, 0, "frame 2 kkk");
    assert_true(shows(&child, PACED_ROWS - 1, "frame 1 ", true));
    quit(&child);
}

static void what_has_not_left_gives_way(void **state)
{
    (void)state;
    struct pty_child child;
    paint_until_behind(&child, true);
    pty_child_send(&child, "w");
    pty_child_expect(&child, "key w");
    pty_child_expect(&child, "behind");
    answer_all(&child, 1, 100);
    pty_child_expect(&child, "room");
    until_shown(&child, 0, "frame 2 kkk");
    assert_false(shows(&child, PACED_ROWS - 1, "frame 1 ", true));
    quit(&child);
}

/* Answers each question, a while after it was read, until the row shows the text. */
static void answer_until_shown(struct pty_child *child, int *answered, int row,
                               const char *expected)
{
    while (!shows(child, row, expected, false)) {
        int asked = pty_child_count(child, "\033[5n", 0);
        answer_all(child, *answered, 20);
        *answered = asked;
        if (!pty_child_read(child))
            fail_msg("the child ended before it showed \"%s\"", expected);
    }
}

/* Answers what is still asked, until nothing more comes for a while. */
static void answer_the_rest(struct pty_child *child, int *answered)
{
    enum { QUIET_MS = 300 };
    struct pollfd end = {.fd = child->terminal, .events = POLLIN};
    do {
        int asked = pty_child_count(child, "\033[5n", 0);
        answer_all(child, *answered, 20);
        *answered = asked;
    } while (poll(&end, 1, QUIET_MS) > 0 && pty_child_read(child));
}

/* Whatever it says before; how often there is room is a matter of time. */
static void comes_to_say(struct pty_child *child, const char *line)
{
    while (str_find(buf_str(&child->said), str_from(line), 0) == STR_MISSING)
        if (!pty_child_read(child))
            fail_msg("the child ended before it said \"%s\"", line);
}

/* What is sent beside the frames fills the line too: it is asked when that has arrived. */
static void a_long_copy_does_not_stop_the_frames(void **state)
{
    (void)state;
    struct pty_child child;
    static const struct task task = {
        .type = "xterm-256color", .pace = true, .draws_for_keys = true, .idle_ms = -1};
    int answered = 0;
    pty_child_start(&child, PACED_ROWS, PACED_COLUMNS, run_task, &task);
    answer_until_shown(&child, &answered, PACED_ROWS - 1, "frame 0 ");
    answer_the_rest(&child, &answered);
    pty_child_send(&child, "j");
    answer_until_shown(&child, &answered, PACED_ROWS - 1, "frame 1 ");
    answer_the_rest(&child, &answered);
    pty_child_send(&child, "C");
    comes_to_say(&child, "copy 1\n");
    comes_to_say(&child, "behind\n");
    answer_until_shown(&child, &answered, PACED_ROWS - 1, "frame 2 ");
    pty_child_send(&child, "q");
    comes_to_say(&child, "closed\n");
    end_well(&child);
}

static void a_terminal_that_never_answers_is_not_asked_again(void **state)
{
    (void)state;
    struct pty_child child;
    paint_until_behind(&child, false);
    pty_child_expect(&child, "room");
    until_shown(&child, PACED_ROWS - 1, "frame 2 ");
    size_t at = child.output.len;
    pty_child_send(&child, "j");
    pty_child_expect(&child, "key j");
    until_shown(&child, PACED_ROWS - 1, "frame 3 ");
    assert_int_equal(pty_child_count(&child, "\033[5n", at), 0);
    quit(&child);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terminals_that_cannot_work_are_refused),
        cmocka_unit_test(something_else_than_a_terminal_is_refused),
        cmocka_unit_test(keys_are_read_by_name),
        cmocka_unit_test(other_sequences_are_skipped),
        cmocka_unit_test(a_character_in_two_pieces_is_one_key),
        cmocka_unit_test(each_key_alone_has_one_mark),
        cmocka_unit_test(keys_that_wait_share_a_frame_and_a_mark),
        cmocka_unit_test(a_key_without_a_frame_has_a_mark_too),
        cmocka_unit_test(idleness_comes_before_the_mark),
        cmocka_unit_test(idleness_comes_after_its_time),
        cmocka_unit_test(resizes_come_as_one),
        cmocka_unit_test(a_request_to_end_leaves_the_screen),
        cmocka_unit_test(a_closed_terminal_is_a_hang_up),
        cmocka_unit_test(other_signals_do_their_work),
        cmocka_unit_test(text_goes_to_the_clipboard),
        cmocka_unit_test(programs_are_run),
        cmocka_unit_test(a_slow_terminal_is_waited_for),
        cmocka_unit_test(what_has_not_left_gives_way),
        cmocka_unit_test(a_long_copy_does_not_stop_the_frames),
        cmocka_unit_test(a_terminal_that_never_answers_is_not_asked_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
