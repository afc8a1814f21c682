#include "tui/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "tui/canvas.h"
#include "tui/terminal_inside.h"
#include "tui/terminal_type.h"

enum {
    RESIZE_SETTLE_MS = 50,
    RESIZE_LAST_MS = 1000, /* a storm of resizes is drawn this often */
    DRAIN_LIMIT_MS = 500,
    IDLE_LIMIT = 64, /* idle events in a row after which a frame mark does not wait longer */
    COLUMN_LIMIT = 1000
};

static const int caught_signals[] = {SIGHUP, SIGTERM, SIGINT, SIGWINCH, SIGTSTP, SIGCONT};
static const int ignored_signals[] = {SIGPIPE, SIGXFSZ};

enum {
    CAUGHT_COUNT = sizeof caught_signals / sizeof caught_signals[0],
    IGNORED_COUNT = sizeof ignored_signals / sizeof ignored_signals[0]
};
_Static_assert(CAUGHT_COUNT + IGNORED_COUNT <= SIGNAL_LIMIT, "room for the dispositions");

/* The only state outside of struct terminal: a signal handler is given nothing else to reach its
 * terminal by. Set while a terminal is open. */
static volatile sig_atomic_t handler_pipe = -1;
/* True while bytes go to the terminal, which may hold the program up for ever. */
static volatile sig_atomic_t handler_painting = 0;

/* ---- signals ---- */

static void tell_signal(int number)
{
    int kept = errno;
    /* A terminal that takes no bytes must not keep a program that is told to end. */
    if (handler_painting && (number == SIGTERM || number == SIGHUP))
        (void)tcflush(STDOUT_FILENO, TCOFLUSH);
    unsigned char byte = (unsigned char)number;
    ssize_t written = write((int)handler_pipe, &byte, 1);
    (void)written; /* a full pipe has told enough */
    errno = kept;
}

static void set_handler(int number, void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(number, &action, NULL);
}

static void catch_signals(struct terminal *terminal)
{
    for (size_t i = 0; i < CAUGHT_COUNT; i++) {
        (void)sigaction(caught_signals[i], NULL, &terminal->signals_before[i]);
        set_handler(caught_signals[i], tell_signal);
    }
    for (size_t i = 0; i < IGNORED_COUNT; i++) {
        (void)sigaction(ignored_signals[i], NULL, &terminal->signals_before[CAUGHT_COUNT + i]);
        set_handler(ignored_signals[i], SIG_IGN);
    }
}

/* As they were; also what a child process is to begin with. */
static void restore_signals(const struct terminal *terminal)
{
    for (size_t i = 0; i < CAUGHT_COUNT; i++)
        (void)sigaction(caught_signals[i], &terminal->signals_before[i], NULL);
    for (size_t i = 0; i < IGNORED_COUNT; i++)
        (void)sigaction(ignored_signals[i], &terminal->signals_before[CAUGHT_COUNT + i], NULL);
}

static bool open_pipe(int ends[2], bool blocking)
{
    if (pipe(ends) != 0)
        return false;
    for (int i = 0; i < 2; i++) {
        (void)fcntl(ends[i], F_SETFD, FD_CLOEXEC);
        if (!blocking)
            (void)fcntl(ends[i], F_SETFL, O_NONBLOCK);
    }
    return true;
}

static void close_pipe(int ends[2])
{
    (void)close(ends[0]);
    (void)close(ends[1]);
}

int64_t terminal_clock_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t terminal_clock(void)
{
    return terminal_clock_us() / 1000;
}

/* False when nobody is at the other end any more. */
static bool is_alive(void)
{
    struct termios modes;
    struct pollfd ends[2] = {{.fd = STDIN_FILENO}, {.fd = STDOUT_FILENO}};
    return tcgetattr(STDIN_FILENO, &modes) == 0 && poll(ends, 2, 0) <= 0;
}

static void hang_up(struct terminal *terminal)
{
    terminal->ended = true;
    if (!is_alive())
        terminal->dead = true;
}

static void take_signal(struct terminal *terminal, int number)
{
    if (number == SIGHUP || number == SIGTERM) {
        hang_up(terminal);
    } else if (number == SIGINT) {
        terminal_queue_key(terminal, 'c' | KEY_CODE_CONTROL);
    } else if (number == SIGTSTP) {
        terminal->stop_asked = true;
    } else if (number == SIGCONT) {
        terminal->continued = true;
    } else if (number == SIGWINCH) {
        int64_t now = terminal_clock();
        if (!terminal->resizing)
            terminal->resize_last = now + RESIZE_LAST_MS;
        terminal->resizing = true;
        terminal->resize_at = now + RESIZE_SETTLE_MS;
        if (terminal->resize_at > terminal->resize_last)
            terminal->resize_at = terminal->resize_last;
    }
}

static void take_signals(struct terminal *terminal)
{
    unsigned char told[64];
    ssize_t count;
    while ((count = read(terminal->signal_pipe[0], told, sizeof told)) > 0)
        for (ssize_t i = 0; i < count; i++)
            take_signal(terminal, told[i]);
}

/* ---- opening ---- */

static enum status check_descriptors(struct error *err)
{
    static const char *const shown[] = {"standard input", "standard output"};
    for (int i = 0; i < 2; i++)
        if (!isatty(i))
            return error_set(err, STATUS_USAGE,
                             "%s is not a terminal; use `dossier list`, `dossier show` and the "
                             "other commands in scripts",
                             shown[i]);
    return STATUS_OK;
}

/* Curses repeats a write that would block without end, so none may. */
static void make_blocking(struct terminal *terminal, bool remember)
{
    for (int i = 0; i < 2; i++) {
        int flags = fcntl(i, F_GETFL);
        if (remember)
            terminal->file_flags[i] = flags;
        if (flags >= 0 && (flags & O_NONBLOCK) != 0)
            (void)fcntl(i, F_SETFL, flags & ~O_NONBLOCK);
    }
}

static void open_colours(struct terminal *terminal)
{
    terminal->attributes = termattrs();
    terminal->without_colour = terminal_type_without_colour();
    if (!terminal->options.colour || !has_colors() || start_color() == ERR)
        return;
    terminal->has_default_colours = use_default_colors() != ERR;
    terminal->colours = COLORS < COLOUR_LIMIT ? COLORS : COLOUR_LIMIT;
    if (terminal->colours < COLOUR_LIMIT && terminal->colours > COLOUR_LIMIT / 2)
        terminal->colours = COLOUR_LIMIT / 2;
}

/* Takes the size that the terminal has now. */
static void take_size(struct terminal *terminal)
{
    struct winsize size;
    int rows = terminal->rows, columns = terminal->columns;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0) {
        rows = size.ws_row < COLUMN_LIMIT ? size.ws_row : COLUMN_LIMIT;
        columns = size.ws_col < COLUMN_LIMIT ? size.ws_col : COLUMN_LIMIT;
    }
    if (rows != terminal->rows || columns != terminal->columns)
        (void)resizeterm(rows, columns);
    getmaxyx(stdscr, terminal->rows, terminal->columns);
    terminal->resizing = false;
    terminal_frames_forget(terminal);
}

static void set_modes(struct terminal *terminal)
{
    (void)raw();
    (void)noecho();
    (void)nonl();
    (void)typeahead(-1);
    (void)set_escdelay(terminal->options.escape_ms);
    (void)intrflush(stdscr, FALSE);
    (void)idlok(stdscr, TRUE);
    (void)scrollok(stdscr, FALSE);
    (void)keypad(terminal->keys, TRUE);
    (void)nodelay(terminal->keys, TRUE);
    terminal_learn_keys();
    open_colours(terminal);
    (void)curs_set(0);
}

static struct terminal *new_terminal(const struct terminal_options *options)
{
    struct terminal *terminal = memory_new(1, sizeof *terminal);
    terminal->options = *options;
    terminal->options.escape_ms = options->escape_ms < 25    ? 25
                                  : options->escape_ms > 200 ? 200
                                                             : options->escape_ms;
    terminal->pacing = options->pace && !options->frame_mark;
    terminal->signal_pipe[0] = terminal->signal_pipe[1] = -1;
    if (strlen(options->type) < TYPE_LIMIT_LEN)
        memcpy(terminal->type, options->type, strlen(options->type) + 1);
    return terminal;
}

enum status terminal_open(const struct terminal_options *options, struct terminal **terminal,
                          struct error *err)
{
    *terminal = NULL;
    enum status status = check_descriptors(err);
    if (status == STATUS_OK)
        status = terminal_check_type(options->type, err);
    if (status != STATUS_OK)
        return status;
    struct terminal *opened = new_terminal(options);
    if (!open_pipe(opened->signal_pipe, false)) {
        memory_free(opened);
        return error_errno(err, "terminal", "make a pipe");
    }
    make_blocking(opened, true);
    handler_pipe = opened->signal_pipe[1];
    /* Before newterm, which sets handlers of its own where there are none. */
    catch_signals(opened);
    if (terminal_frames_open(opened))
        opened->screen = newterm(options->type, opened->output, stdin);
    opened->keys = opened->screen != NULL ? newpad(1, 1) : NULL;
    if (opened->keys == NULL) {
        terminal_close(opened);
        return error_set(err, STATUS_IO, "the terminal cannot be set up (TERM is '%.60s')",
                         options->type);
    }
    set_modes(opened);
    take_size(opened);
    terminal_frames_begin(opened);
    *terminal = opened;
    return STATUS_OK;
}

/* ---- leaving and coming back ---- */

/* Takes the answers that the terminal still owes: they would be typed into what comes next. */
static void take_answers(struct terminal *terminal)
{
    int64_t until = terminal_clock() + DRAIN_LIMIT_MS;
    while (terminal->asked_count > 0 && !terminal->dead) {
        int64_t left = until - terminal_clock();
        struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
        if (left <= 0 || (poll(&input, 1, (int)left) <= 0 && errno != EINTR))
            break;
        if ((input.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0)
            terminal->ended = terminal->dead = true;
        if (input.revents != 0 && !terminal_read_keys(terminal))
            break;
    }
    terminal->asked_count = 0;
    terminal->arrived_len = terminal->sent_len;
}

static void leave_screen(struct terminal *terminal)
{
    take_answers(terminal);
    if (terminal->dead)
        return;
    handler_painting = 1;
    terminal_frames_end(terminal);
    (void)endwin();
    handler_painting = 0;
}

/* Modes and size may have been changed by whoever had the terminal meanwhile. */
static void come_back(struct terminal *terminal)
{
    take_signals(terminal);
    terminal->continued = terminal->stop_asked = false;
    terminal->unmarked = true;
    if (terminal->dead)
        return;
    make_blocking(terminal, false);
    (void)reset_prog_mode();
    take_size(terminal);
    terminal_frames_begin(terminal);
}

void terminal_close(struct terminal *terminal)
{
    if (terminal == NULL)
        return;
    if (terminal->screen != NULL) {
        take_signals(terminal);
        terminal->queue_count = 0;
        leave_screen(terminal);
        if (terminal->keys != NULL)
            (void)delwin(terminal->keys);
        delscreen(terminal->screen);
    }
    terminal_frames_close(terminal);
    restore_signals(terminal);
    handler_pipe = -1;
    close_pipe(terminal->signal_pipe);
    for (int i = 0; i < 2; i++)
        if (terminal->file_flags[i] >= 0 && (terminal->file_flags[i] & O_NONBLOCK) != 0)
            (void)fcntl(i, F_SETFL, terminal->file_flags[i]);
    memory_free(terminal);
}

void terminal_suspend(struct terminal *terminal)
{
    take_signals(terminal);
    terminal->stop_asked = false;
    struct sigaction before = {.sa_handler = SIG_DFL};
    for (size_t i = 0; i < CAUGHT_COUNT; i++)
        if (caught_signals[i] == SIGTSTP)
            before = terminal->signals_before[i];
    /* A shell without job control has set it to be ignored: nobody could continue the program. */
    if (terminal->ended || before.sa_handler == SIG_IGN)
        return;
    leave_screen(terminal);
    set_handler(SIGTSTP, SIG_DFL);
    (void)kill(0, SIGTSTP); /* the whole job stops, as by the key; here until it is continued */
    set_handler(SIGTSTP, tell_signal);
    come_back(terminal);
}

static void run_child(struct terminal *terminal, char *const arguments[], int failure_pipe)
{
    sigset_t none;
    restore_signals(terminal);
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)execvp(arguments[0], arguments);
    int failure = errno;
    ssize_t written = write(failure_pipe, &failure, sizeof failure);
    (void)written;
    _exit(127);
}

/* Waits until the child has ended; when this program is told to end, the child is told too. */
static void wait_for_child(struct terminal *terminal, pid_t child, int *exit_status)
{
    while (waitpid(child, exit_status, WNOHANG) == 0) {
        struct pollfd signals = {.fd = terminal->signal_pipe[0], .events = POLLIN};
        (void)poll(&signals, 1, -1);
        take_signals(terminal);
        if (terminal->ended) {
            (void)kill(child, SIGHUP);
            (void)kill(child, SIGCONT);
            return;
        }
    }
}

enum status terminal_run_program(struct terminal *terminal, char *const arguments[],
                                 int *exit_status, struct error *err)
{
    int failure_pipe[2];
    *exit_status = -1;
    if (!open_pipe(failure_pipe, true))
        return error_errno(err, arguments[0], "start");
    struct sigaction child_before, quit_before;
    (void)sigaction(SIGCHLD, NULL, &child_before);
    (void)sigaction(SIGQUIT, NULL, &quit_before);
    leave_screen(terminal);
    set_handler(SIGCHLD, tell_signal);
    /* The keys of the terminal's own modes are meant for the child; ^Z stops both. */
    set_handler(SIGTSTP, SIG_DFL);
    pid_t child = fork();
    if (child == 0)
        run_child(terminal, arguments, failure_pipe[1]);
    int failure = child < 0 ? errno : 0;
    (void)close(failure_pipe[1]);
    if (child > 0) {
        set_handler(SIGINT, SIG_IGN);
        set_handler(SIGQUIT, SIG_IGN);
        if (read(failure_pipe[0], &failure, sizeof failure) != (ssize_t)sizeof failure)
            failure = 0;
        wait_for_child(terminal, child, exit_status);
    }
    (void)close(failure_pipe[0]);
    set_handler(SIGINT, tell_signal);
    set_handler(SIGTSTP, tell_signal);
    (void)sigaction(SIGCHLD, &child_before, NULL);
    (void)sigaction(SIGQUIT, &quit_before, NULL);
    come_back(terminal);
    if (failure == 0)
        return STATUS_OK;
    *exit_status = -1;
    errno = failure;
    return error_errno(err, arguments[0], "start");
}

/* ---- what it is ---- */

int terminal_rows(const struct terminal *terminal)
{
    return terminal->rows;
}

int terminal_columns(const struct terminal *terminal)
{
    return terminal->columns;
}

/* ---- waiting ---- */

static void mark_frame(struct terminal *terminal)
{
    char mark[64];
    int len =
        snprintf(mark, sizeof mark, "\033]7777;%llu\a", (unsigned long long)terminal->frame_count);
    terminal_write(terminal, (str){mark, (size_t)len});
    terminal->unmarked = false;
}

static bool pop_key(struct terminal *terminal, struct terminal_event *event)
{
    if (terminal->queue_count == 0)
        return false;
    *event = (struct terminal_event){EVENT_KEY, terminal->queue[terminal->queue_at]};
    terminal->queue_at = (terminal->queue_at + 1) % KEY_QUEUE_LIMIT;
    terminal->queue_count--;
    return true;
}

/* What the signals that came lead to. */
static bool take_told(struct terminal *terminal, struct terminal_event *event)
{
    take_signals(terminal);
    if (terminal->ended) {
        *event = (struct terminal_event){.kind = EVENT_HANGUP};
        return true;
    }
    if (!terminal->stop_asked && !terminal->continued)
        return false;
    if (terminal->stop_asked)
        terminal_suspend(terminal);
    else
        come_back(terminal);
    *event = (struct terminal_event){.kind = terminal->ended ? EVENT_HANGUP : EVENT_CONTINUE};
    return true;
}

/* Input that is ready but gives nothing is the end of it. */
static void take_input(struct terminal *terminal, short revents)
{
    bool was_ready = (revents & POLLIN) != 0;
    if ((revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) {
        terminal->ended = terminal->dead = true;
        return;
    }
    if (terminal_read_keys(terminal) || !was_ready)
        terminal->empty_reads = 0;
    else if (++terminal->empty_reads > 1)
        terminal->ended = terminal->dead = true;
}

/* Looks at everything that can happen, waiting at most timeout_ms for the first of it. */
static bool look(struct terminal *terminal, int timeout_ms, int watch, struct terminal_event *event)
{
    enum { SIGNALS, INPUT, WATCH, COUNT };
    struct pollfd ends[COUNT] = {
        [SIGNALS] = {.fd = terminal->signal_pipe[0], .events = POLLIN},
        [INPUT] = {.fd = STDIN_FILENO, .events = POLLIN},
        [WATCH] = {.fd = watch, .events = POLLIN},
    };
    if (poll(ends, COUNT, timeout_ms) < 0)
        memset(ends, 0, sizeof ends); /* by a signal: its pipe is read below */
    bool was_behind = terminal_pace_is_behind(terminal);
    if (take_told(terminal, event))
        return true;
    if (terminal->queue_count == 0)
        take_input(terminal, ends[INPUT].revents);
    if (terminal->ended) {
        *event = (struct terminal_event){.kind = EVENT_HANGUP};
        return true;
    }
    if (pop_key(terminal, event))
        return true;
    if (ends[WATCH].revents != 0) {
        *event = (struct terminal_event){.kind = EVENT_WAKE};
        return true;
    }
    *event = (struct terminal_event){.kind = EVENT_ROOM};
    return was_behind && !terminal_pace_is_behind(terminal);
}

/* What follows from the time alone. */
static bool take_time(struct terminal *terminal, int64_t now, int64_t idle_at,
                      struct terminal_event *event)
{
    if (terminal->resizing && now >= terminal->resize_at) {
        take_size(terminal);
        *event = (struct terminal_event){.kind = EVENT_RESIZE};
        return true;
    }
    *event = (struct terminal_event){.kind = EVENT_ROOM};
    if (terminal_pace_give_up(terminal, now))
        return true;
    *event = (struct terminal_event){.kind = EVENT_IDLE};
    return idle_at >= 0 && now >= idle_at && !terminal->resizing;
}

/* Nobody had anything newer to show: what is left of the frame goes on. */
static bool send_more(struct terminal *terminal, struct terminal_event *event)
{
    if (!terminal_pace_has_more(terminal) && !terminal_pace_must_ask(terminal))
        return false;
    bool was_behind = terminal_pace_is_behind(terminal);
    terminal_pace_send(terminal);
    *event = (struct terminal_event){.kind = EVENT_ROOM};
    return was_behind && !terminal_pace_is_behind(terminal);
}

static void wait_at_most(int64_t *until, int64_t moment)
{
    if (*until < 0 || moment < *until)
        *until = moment;
}

static struct terminal_event wait_for_event(struct terminal *terminal, int idle_ms, int watch)
{
    struct terminal_event event;
    int64_t now = terminal_clock();
    int64_t idle_at = idle_ms < 0 ? -1 : terminal->idle_from + idle_ms;
    /* With frame marks nobody types meanwhile: what is left for idleness comes at once. */
    if (terminal->options.frame_mark && idle_at >= 0 && terminal->idle_count < IDLE_LIMIT)
        idle_at = now;
    if (look(terminal, 0, watch, &event))
        return event;
    for (;;) {
        now = terminal_clock();
        if (take_time(terminal, now, idle_at, &event) || send_more(terminal, &event))
            return event;
        if (terminal->options.frame_mark && terminal->unmarked && !terminal->resizing)
            mark_frame(terminal);
        int64_t until = idle_at;
        if (terminal->resizing)
            until = terminal->resize_at;
        if (terminal->asked_count > 0)
            wait_at_most(&until, terminal_pace_limit(terminal));
        int64_t left = until < 0 ? -1 : until > now ? until - now : 0;
        if (look(terminal, (int)left, watch, &event))
            return event;
    }
}

struct terminal_event terminal_wait(struct terminal *terminal, int idle_ms, int watch)
{
    struct terminal_event event = wait_for_event(terminal, idle_ms, watch);
    terminal->idle_count = event.kind == EVENT_IDLE ? terminal->idle_count + 1 : 0;
    if (event.kind != EVENT_ROOM)
        terminal->idle_from = terminal_clock();
    if (event.kind == EVENT_KEY)
        terminal->unmarked = true;
    return event;
}

bool terminal_input_pending(struct terminal *terminal)
{
    if (terminal->queue_count == 0 && !terminal->ended)
        (void)terminal_read_keys(terminal);
    return terminal->queue_count > 0;
}

bool terminal_is_interrupted(struct terminal *terminal, bool (*stops)(void *context, key_code key),
                             void *context)
{
    take_signals(terminal);
    (void)terminal_input_pending(terminal);
    bool is_asked = terminal->ended;
    for (size_t i = 0; i < terminal->queue_count; i++) {
        key_code key = terminal->queue[(terminal->queue_at + i) % KEY_QUEUE_LIMIT];
        is_asked |= key == KEY_CODE_ESCAPE || key == ('c' | KEY_CODE_CONTROL) ||
                    (stops && stops(context, key));
    }
    return is_asked;
}

bool terminal_is_behind(const struct terminal *terminal)
{
    return terminal_pace_is_behind(terminal) || terminal->resizing;
}

void terminal_give_way(struct terminal *terminal)
{
    terminal->gives_way = true;
}

/* ---- frames ---- */

void terminal_begin_frame(struct terminal *terminal)
{
    terminal->drawn_count++;
    shown_clear(&terminal->frame.wanted);
}

void terminal_end_frame(struct terminal *terminal, int cursor_row, int cursor_column)
{
    if (terminal->dead)
        return;
    bool show = cursor_row >= 0 && cursor_row < terminal->rows && cursor_column >= 0 &&
                cursor_column < terminal->columns;
    struct frame_cursor cursor = {show ? cursor_row + 1 : 0, show ? cursor_column + 1 : 0};
    handler_painting = 1;
    terminal_frames_send(terminal, cursor);
    terminal->frame_count++;
    terminal->unmarked = true;
    handler_painting = 0;
}

void terminal_notice(struct terminal *terminal, const struct theme *theme, str text, style_id style)
{
    struct canvas screen = canvas_screen(terminal, theme);
    canvas_field(&screen, screen.rows - 1, 0, screen.columns, text, style);
    terminal_end_frame(terminal, -1, -1);
}

void terminal_repaint(struct terminal *terminal)
{
    terminal_frames_forget(terminal);
}
