#include "support/pty_program.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

void die(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(1);
}

long long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void bytes_add(struct bytes *bytes, const char *ptr, size_t len)
{
    if (bytes->len + len + 1 > bytes->capacity) {
        bytes->capacity = (bytes->len + len + 1) * 2;
        bytes->ptr = realloc(bytes->ptr, bytes->capacity);
        if (!bytes->ptr)
            die("out of memory");
    }
    if (len)
        memcpy(bytes->ptr + bytes->len, ptr, len);
    bytes->len += len;
    bytes->ptr[bytes->len] = '\0';
}

void bytes_done(struct bytes *bytes)
{
    free(bytes->ptr);
    *bytes = (struct bytes){0};
}

/* ---- the world ----------------------------------------------------------------------------- */

static void set_format(struct world *world, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void set_format(struct world *world, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    world_set(world, text);
}

void world_set(struct world *world, const char *variable)
{
    const char *equals = strchr(variable, '=');
    size_t name_len = equals ? (size_t)(equals - variable) : strlen(variable);
    for (size_t i = 0; i < world->variable_count; i++) {
        char *present = world->variables[i];
        if (strncmp(present, variable, name_len) != 0 || present[name_len] != '=')
            continue;
        free(present);
        world->variables[i] = world->variables[--world->variable_count];
        world->variables[world->variable_count] = NULL;
        break;
    }
    if (!equals)
        return;
    if (world->variable_count == WORLD_VARIABLE_LIMIT)
        die("too many variables");
    world->variables[world->variable_count] = strdup(variable);
    if (!world->variables[world->variable_count++])
        die("out of memory");
}

/* What die() leaves is removed, too. */
static struct world *opened;

static void close_opened(void)
{
    if (opened)
        world_close(opened);
}

void world_open(struct world *world)
{
    *world = (struct world){0};
    const char *temporary = getenv("TMPDIR");
    snprintf(world->folder, sizeof world->folder, "%s/dossier-test-XXXXXX",
             temporary && *temporary ? temporary : "/tmp");
    if (!mkdtemp(world->folder))
        die("%s: cannot make a folder: %s", world->folder, strerror(errno));

    world_set(world, "TERM=xterm-256color");
    world_set(world, "LC_ALL=C.UTF-8");
    world_set(world, "TZ=UTC");
    world_set(world, "DOSSIER_TODAY=2024-12-31");
    world_set(world, "DOSSIER_FRAME_MARK=1");
    set_format(world, "DOSSIER_DATA=%s", DATA_DIR);
    set_format(world, "HOME=%s/home", world->folder);
    set_format(world, "XDG_DATA_HOME=%s/home/data", world->folder);
    set_format(world, "XDG_CONFIG_HOME=%s/home/config", world->folder);
    set_format(world, "XDG_STATE_HOME=%s/home/state", world->folder);
    set_format(world, "XDG_CACHE_HOME=%s/home/cache", world->folder);
    set_format(world, "XDG_RUNTIME_DIR=%s/home", world->folder);
    static const char *const kept[] = {"PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (getenv(kept[i]))
            set_format(world, "%s=%s", kept[i], getenv(kept[i]));

    if (!opened)
        atexit(close_opened);
    opened = world;

    char home[600];
    snprintf(home, sizeof home, "%s/home", world->folder);
    if (mkdir(home, 0700) != 0)
        die("%s: %s", home, strerror(errno));
}

static int remove_entry(const char *path, const struct stat *stat, int kind, struct FTW *at)
{
    (void)stat, (void)kind, (void)at;
    chmod(path, 0700);
    return remove(path);
}

void world_close(struct world *world)
{
    nftw(world->folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    for (size_t i = 0; i < world->variable_count; i++)
        free(world->variables[i]);
    *world = (struct world){0};
    opened = NULL;
}

void world_write(const struct world *world, const char *name, const char *bytes, size_t len)
{
    char path[1200];
    snprintf(path, sizeof path, "%s/%s", world->folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, len, file) != len || fclose(file) != 0)
        die("%s: %s", path, strerror(errno));
}

static void copy_file(const struct world *world, const char *from, const char *name)
{
    FILE *file = fopen(from, "rb");
    if (!file)
        die("%s: %s", from, strerror(errno));
    struct bytes content = {0};
    char part[8192];
    for (size_t len; (len = fread(part, 1, sizeof part, file)) > 0;)
        bytes_add(&content, part, len);
    fclose(file);
    world_write(world, name, content.ptr, content.len);
    bytes_done(&content);
}

/* The folder and those above it. */
static void make_folders(const struct world *world, const char *name)
{
    char path[1200];
    size_t len = (size_t)snprintf(path, sizeof path, "%s/%s", world->folder, name);
    for (size_t at = strlen(world->folder) + 1; at <= len && len < sizeof path; at++) {
        char kept = path[at];
        if (kept != '/' && kept != '\0')
            continue;
        path[at] = '\0';
        if (mkdir(path, 0700) != 0 && errno != EEXIST)
            die("%s: %s", path, strerror(errno));
        path[at] = kept;
    }
}

void world_copy(const struct world *world, const char *from, const char *name)
{
    DIR *folder = opendir(from);
    if (!folder) {
        copy_file(world, from, name);
        return;
    }
    char path[1200];
    make_folders(world, name);
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.')
            continue;
        char inner[512];
        snprintf(path, sizeof path, "%s/%s", from, entry->d_name);
        snprintf(inner, sizeof inner, "%s/%s", name, entry->d_name);
        copy_file(world, path, inner);
    }
    closedir(folder);
}

/* ---- starting and ending ------------------------------------------------------------------- */

/* In the child: never returns. */
static void become(const struct world *world, const char *const arguments[])
{
    static const int reset[] = {SIGHUP, SIGINT, SIGTERM, SIGPIPE, SIGWINCH, SIGTSTP, SIGCHLD};
    for (size_t i = 0; i < sizeof reset / sizeof *reset; i++)
        signal(reset[i], SIG_DFL);
    if (chdir(world->folder) == 0) {
        union {
            const char *const *borrowed;
            char *const *given;
        } vector = {.borrowed = arguments};
        execve(arguments[0], vector.given, world->variables);
    }
    _exit(126);
}

void pty_start(struct pty_program *program, const struct world *world, int rows, int columns,
               const char *const arguments[])
{
    *program = (struct pty_program){.rows = rows, .columns = columns};
    int life[2];
    if (pipe(life) != 0)
        die("pipe: %s", strerror(errno));
    fcntl(life[0], F_SETFD, FD_CLOEXEC);

    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    fflush(stdout);
    program->pid = forkpty(&program->terminal, NULL, NULL, &size);
    if (program->pid < 0)
        die("forkpty: %s", strerror(errno));
    if (program->pid == 0)
        become(world, arguments);
    close(life[1]);
    program->life = life[0];
    fcntl(program->terminal, F_SETFD, FD_CLOEXEC);
    fcntl(program->terminal, F_SETFL, O_NONBLOCK);

    program->vterm = vterm_new(rows, columns);
    vterm_set_utf8(program->vterm, 1);
    program->screen = vterm_obtain_screen(program->vterm);
    vterm_screen_enable_altscreen(program->screen, 1);
    vterm_screen_reset(program->screen, 1);
}

void pty_hang_up(struct pty_program *program)
{
    if (program->terminal >= 0)
        close(program->terminal);
    program->terminal = -1;
    program->output_ended = true;
}

void pty_close(struct pty_program *program)
{
    if (program->pid > 0) {
        kill(program->pid, SIGKILL);
        waitpid(program->pid, NULL, 0);
    }
    pty_hang_up(program);
    close(program->life);
    vterm_free(program->vterm);
    bytes_done(&program->output);
    *program = (struct pty_program){.terminal = -1, .life = -1};
}

bool pty_send(struct pty_program *program, const char *bytes, size_t len)
{
    while (len) {
        ssize_t written = program->terminal < 0 ? -1 : write(program->terminal, bytes, len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes += written;
        len -= (size_t)written;
    }
    return true;
}

void pty_resize(struct pty_program *program, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    program->rows = rows;
    program->columns = columns;
    vterm_set_size(program->vterm, rows, columns);
    ioctl(program->terminal, TIOCSWINSZ, &size);
}

/* The parent of a process, by /proc; 0 when it is gone. */
static pid_t parent_of(const char *process)
{
    char path[300], line[512] = "";
    snprintf(path, sizeof path, "/proc/%s/stat", process);
    FILE *file = fopen(path, "r");
    if (!file)
        return 0;
    size_t len = fread(line, 1, sizeof line - 1, file);
    fclose(file);
    line[len] = '\0';
    /* number (name) state parent …, and the name may hold anything */
    const char *name_end = strrchr(line, ')');
    int parent = 0;
    return name_end && sscanf(name_end, ") %*c %d", &parent) == 1 ? parent : 0;
}

int pty_signal_children(const struct pty_program *program, int number)
{
    int count = 0;
    DIR *folder = opendir("/proc");
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9' &&
            parent_of(entry->d_name) == program->pid && kill(atoi(entry->d_name), number) == 0)
            count++;
    if (folder)
        closedir(folder);
    return count;
}

/* ---- reading ------------------------------------------------------------------------------- */

/* Takes what the program wrote; false at the end of its output. */
static void read_output(struct pty_program *program)
{
    char part[16384];
    ssize_t len = read(program->terminal, part, sizeof part);
    if (len > 0)
        bytes_add(&program->output, part, (size_t)len);
    else if (len == 0 || (errno != EINTR && errno != EAGAIN))
        program->output_ended = true;
}

/* A 2 among the parameters at [at, end) of CSI … m becomes a 5; not within an RGB colour. */
static void dim_parameters_to_blink(char *bytes, size_t at, size_t end)
{
    while (at < end) {
        size_t len = 0;
        while (at + len < end && bytes[at + len] != ';')
            len++;
        if (len == 2 && (memcmp(bytes + at, "38", 2) == 0 || memcmp(bytes + at, "48", 2) == 0))
            return;
        if (len == 1 && bytes[at] == '2')
            bytes[at] = '5';
        at += len + 1;
    }
}

/* libvterm does not keep "dim": it is shown as "blink", which nothing here uses. */
static void dim_to_blink(char *bytes, size_t len)
{
    for (size_t at = 0; at + 2 < len; at++) {
        if (memcmp(bytes + at, "\x1b[", 2) != 0)
            continue;
        size_t end = at + 2;
        while (end < len && (bytes[end] == ';' || (bytes[end] >= '0' && bytes[end] <= '9')))
            end++;
        if (end < len && bytes[end] == 'm')
            dim_parameters_to_blink(bytes, at + 2, end);
    }
}

/* Shows output up to `end`, and answers what the program asked of the terminal. */
static void show(struct pty_program *program, size_t end)
{
    struct bytes part = {0};
    bytes_add(&part, program->output.ptr + program->shown_len, end - program->shown_len);
    dim_to_blink(part.ptr, part.len);
    vterm_input_write(program->vterm, part.ptr, part.len);
    bytes_done(&part);
    program->shown_len = end;
    char answer[256];
    for (size_t len; (len = vterm_output_read(program->vterm, answer, sizeof answer)) > 0;)
        if (!pty_send(program, answer, len))
            break;
}

/* Where the first mark after `from` ends; 0 when there is none yet. */
static size_t mark_end(const struct pty_program *program, size_t from)
{
    static const char mark[] = "\x1b]7777;";
    const char *at = program->output.ptr + from;
    const char *end = program->output.ptr + program->output.len;
    while (at && (size_t)(end - at) >= sizeof mark - 1) {
        at = memchr(at, '\x1b', (size_t)(end - at));
        if (!at || (size_t)(end - at) < sizeof mark - 1)
            return 0;
        if (memcmp(at, mark, sizeof mark - 1) == 0) {
            const char *bell = memchr(at, '\a', (size_t)(end - at));
            return bell ? (size_t)(bell + 1 - program->output.ptr) : 0;
        }
        at++;
    }
    return 0;
}

/* How far output without a mark may be shown: not into a sequence that has only begun. */
static size_t before_unfinished_sequence(const struct pty_program *program)
{
    size_t end = program->output.len;
    for (size_t at = end; at > program->shown_len && end - at < 64;) {
        if (program->output.ptr[--at] != '\x1b')
            continue;
        const char *sequence = program->output.ptr + at;
        if (end - at == 1)
            return at;
        if (sequence[1] == ']')
            return memchr(sequence, '\a', end - at) ? end : at;
        if (sequence[1] == '[') {
            size_t len = 2;
            while (at + len < end && sequence[len] < '@')
                len++;
            return at + len < end ? end : at;
        }
        return end;
    }
    return end;
}

enum pty_event pty_next_frame(struct pty_program *program, int milliseconds)
{
    long long deadline = now_ms() + milliseconds;
    for (;;) {
        size_t end = program->output.len ? mark_end(program, program->shown_len) : 0;
        if (end) {
            show(program, end);
            program->frame_count++;
            return PTY_FRAME;
        }
        if (program->output_ended) {
            if (program->output.len > program->shown_len)
                show(program, program->output.len);
            return PTY_ENDED;
        }
        /* Questions to the terminal are answered before the mark comes. */
        if (program->output.len > program->shown_len) {
            size_t whole = before_unfinished_sequence(program);
            if (whole > program->shown_len)
                show(program, whole);
        }
        long long left = deadline - now_ms();
        struct pollfd wait = {.fd = program->terminal, .events = POLLIN};
        if (left <= 0 || poll(&wait, 1, (int)left) == 0)
            return PTY_TIMEOUT;
        read_output(program);
    }
}

bool pty_wait_end(struct pty_program *program, int milliseconds, int *status)
{
    long long deadline = now_ms() + milliseconds;
    for (;;) {
        long long left = deadline - now_ms();
        if (left < 0)
            left = 0;
        struct pollfd wait[2] = {
            {.fd = program->life, .events = POLLIN},
            {.fd = program->output_ended ? -1 : program->terminal, .events = POLLIN},
        };
        int count = poll(wait, 2, (int)left);
        if (count < 0 && errno == EINTR)
            continue;
        if (wait[1].revents) {
            read_output(program);
            continue;
        }
        if (count <= 0)
            return false;
        if (wait[0].revents)
            break;
    }
    if (program->output.len > program->shown_len)
        show(program, program->output.len);
    while (waitpid(program->pid, status, 0) < 0)
        if (errno != EINTR)
            die("waitpid: %s", strerror(errno));
    program->pid = 0;
    return true;
}

int world_run(const struct world *world, const char *const arguments[], struct bytes *output)
{
    int out[2];
    if (pipe(out) != 0)
        die("pipe: %s", strerror(errno));
    fflush(stdout);
    pid_t pid = fork();
    if (pid < 0)
        die("fork: %s", strerror(errno));
    if (pid == 0) {
        int null = open("/dev/null", O_RDONLY);
        setsid();
        dup2(null, 0);
        dup2(out[1], 1);
        dup2(out[1], 2);
        close(null);
        close(out[0]);
        close(out[1]);
        become(world, arguments);
    }
    close(out[1]);
    long long deadline = now_ms() + 3 * PTY_PATIENCE;
    for (;;) {
        long long left = deadline - now_ms();
        struct pollfd wait = {.fd = out[0], .events = POLLIN};
        if (left <= 0 || poll(&wait, 1, (int)left) == 0) {
            kill(pid, SIGKILL);
            die("%s %s: does not end", arguments[0], arguments[1] ? arguments[1] : "");
        }
        char part[8192];
        ssize_t len = read(out[0], part, sizeof part);
        if (len < 0 && errno == EINTR)
            continue;
        if (len <= 0)
            break;
        if (output)
            bytes_add(output, part, (size_t)len);
    }
    close(out[0]);
    int status = 0;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            die("waitpid: %s", strerror(errno));
    return status;
}

/* ---- the screen ---------------------------------------------------------------------------- */

static void add_code_point(struct bytes *out, uint32_t code_point)
{
    char utf8[4];
    size_t len = 0;
    if (code_point < 0x80) {
        utf8[len++] = (char)code_point;
    } else {
        int tail = code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3;
        static const unsigned char lead[] = {0, 0xc0, 0xe0, 0xf0};
        utf8[len++] = (char)(lead[tail] | code_point >> (6 * tail));
        while (tail--)
            utf8[len++] = (char)(0x80 | (code_point >> (6 * tail) & 0x3f));
    }
    bytes_add(out, utf8, len);
}

static VTermScreenCell cell_at(const struct pty_program *program, int row, int column)
{
    VTermScreenCell cell = {0};
    vterm_screen_get_cell(program->screen, (VTermPos){.row = row, .col = column}, &cell);
    return cell;
}

void pty_row_text(const struct pty_program *program, int row, struct bytes *out)
{
    size_t blanks = 0;
    for (int column = 0; column < program->columns; column++) {
        VTermScreenCell cell = cell_at(program, row, column);
        if (cell.chars[0] == UINT32_MAX)
            continue; /* right half of a wide character */
        if (cell.chars[0] == 0 || (cell.chars[0] == ' ' && cell.chars[1] == 0)) {
            blanks++;
            continue;
        }
        for (; blanks; blanks--)
            bytes_add(out, " ", 1);
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
            add_code_point(out, cell.chars[i]);
    }
}

static void add_colour(struct bytes *out, const char *name, const VTermColor *colour)
{
    char text[32];
    if (VTERM_COLOR_IS_INDEXED(colour))
        snprintf(text, sizeof text, " %s%d", name, colour->indexed.idx);
    else
        snprintf(text, sizeof text, " %s#%02x%02x%02x", name, colour->rgb.red, colour->rgb.green,
                 colour->rgb.blue);
    bytes_add(out, text, strlen(text));
}

/* " bold fg4", or nothing for a plain cell. */
static void add_style(struct bytes *out, const VTermScreenCell *cell)
{
    if (cell->attrs.bold)
        bytes_add(out, " bold", 5);
    if (cell->attrs.underline)
        bytes_add(out, " underline", 10);
    if (cell->attrs.italic)
        bytes_add(out, " italic", 7);
    if (cell->attrs.blink)
        bytes_add(out, " dim", 4); /* see dim_to_blink */
    if (cell->attrs.reverse)
        bytes_add(out, " reverse", 8);
    if (cell->attrs.strike)
        bytes_add(out, " strike", 7);
    if (!VTERM_COLOR_IS_DEFAULT_FG(&cell->fg))
        add_colour(out, "fg", &cell->fg);
    if (!VTERM_COLOR_IS_DEFAULT_BG(&cell->bg))
        add_colour(out, "bg", &cell->bg);
}

/* A blank of which only its ground could be seen. */
static bool is_unseen(const VTermScreenCell *cell)
{
    return (cell->chars[0] == 0 || (cell->chars[0] == ' ' && cell->chars[1] == 0)) &&
           !cell->attrs.underline && !cell->attrs.reverse && !cell->attrs.strike &&
           VTERM_COLOR_IS_DEFAULT_BG(&cell->bg);
}

static void add_run(struct bytes *out, const struct bytes *style, int first, int last)
{
    char place[48];
    if (!style->len)
        return;
    snprintf(place, sizeof place, "%s%d-%d", out->len ? ", " : "", first, last);
    bytes_add(out, place, strlen(place));
    bytes_add(out, style->ptr, style->len);
}

void pty_row_attributes(const struct pty_program *program, int row, struct bytes *out)
{
    struct bytes now = {0}, run = {0};
    int first = 0, end = 0; /* of the run */
    for (int column = 0; column < program->columns; column++) {
        VTermScreenCell cell = cell_at(program, row, column);
        if (cell.chars[0] == UINT32_MAX) {
            end = column + 1;
            continue;
        }
        if (is_unseen(&cell))
            continue; /* belongs to the run when that goes on after it */
        now.len = 0;
        add_style(&now, &cell);
        if (now.len != run.len || (now.len && memcmp(now.ptr, run.ptr, now.len) != 0)) {
            add_run(out, &run, first + 1, end);
            run.len = 0;
            bytes_add(&run, now.ptr, now.len);
            first = column;
        }
        end = column + 1;
    }
    add_run(out, &run, first + 1, end);
    bytes_done(&now);
    bytes_done(&run);
}

bool pty_shows(const struct pty_program *program, const char *text)
{
    bool found = false;
    struct bytes line = {0};
    for (int row = 0; row < program->rows && !found; row++) {
        line.len = 0;
        pty_row_text(program, row, &line);
        found = line.len && strstr(line.ptr, text);
        if (line.ptr)
            line.ptr[0] = '\0';
    }
    bytes_done(&line);
    return found;
}

void pty_print_screen(const struct pty_program *program)
{
    struct bytes line = {0};
    printf("screen of %dx%d:\n", program->columns, program->rows);
    for (int row = 0; row < program->rows; row++) {
        line.len = 0;
        pty_row_text(program, row, &line);
        printf("|%.*s\n", (int)line.len, line.ptr ? line.ptr : "");
    }
    bytes_done(&line);
}

/* ---- keys ---------------------------------------------------------------------------------- */

size_t pty_key(const char *name, char bytes[16])
{
    static const struct {
        const char *name, *bytes;
    } named[] = {
        {"<Enter>", "\r"},       {"<Tab>", "\t"},           {"<S-Tab>", "\x1b[Z"},
        {"<Esc>", "\x1b"},       {"<BS>", "\x7f"},          {"<Space>", " "},
        {"<Up>", "\x1bOA"},      {"<Down>", "\x1bOB"},      {"<Right>", "\x1bOC"},
        {"<Left>", "\x1bOD"},    {"<Home>", "\x1bOH"},      {"<End>", "\x1bOF"},
        {"<PageUp>", "\x1b[5~"}, {"<PageDown>", "\x1b[6~"}, {"<Insert>", "\x1b[2~"},
        {"<Del>", "\x1b[3~"},    {"<F1>", "\x1bOP"},        {"<F2>", "\x1bOQ"},
        {"<lt>", "<"},
    };
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (strcmp(name, named[i].name) == 0) {
            strcpy(bytes, named[i].bytes);
            return strlen(bytes);
        }
    size_t len = strlen(name);
    if (len == 5 && strncmp(name, "<C-", 3) == 0 && name[4] == '>') {
        bytes[0] = (char)(name[3] & 0x1f);
        return 1;
    }
    if (len == 5 && strncmp(name, "<M-", 3) == 0 && name[4] == '>') {
        bytes[0] = '\x1b';
        bytes[1] = name[3];
        return 2;
    }
    if (name[0] == '<' && len > 1)
        return 0;
    if (len > 15)
        return 0;
    memcpy(bytes, name, len + 1);
    return len;
}
