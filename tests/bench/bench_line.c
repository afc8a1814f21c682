/* layers: base text */
/* How far the screen falls behind a key that is held down on a slow line.
 *
 *     bench_line FILE.dossier [BYTES_A_SECOND [ROUND_TRIP_MS]]       9600 and 100 when not said
 *
 * Runs the real program (DOSSIER_BINARY, or the one of the same build) on a copy of the dossier,
 * with one long article added,
 * under a pseudo-terminal behind a line as ssh makes one: all that is written is taken at once,
 * waits its turn, and arrives half a round trip later; keys and the terminal's answers take half a
 * round trip the other way. In each layout a key is held for two seconds at 30 a second. The lag
 * goes from the last press to the arrival of the last byte, so it is a round trip at the least. */
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bench/synthetic.h"
#include "support/pty_program.h"
#include "support/random.h"

enum { PRESS_COUNT = 60, PRESS_HZ = 30, QUIET_MS = 600, UPWARD_LIMIT = 4096, READ_LEN = 1 << 16 };

/* ---- the line ------------------------------------------------------------------------------ */

struct line {
    struct pty_program *program;
    double rate, half_trip;     /* bytes a ms; ms */
    double free_at, arrived_at; /* ms: when the next byte may leave; when the last one arrived */
    double backlog_most;        /* bytes */
    size_t sent_len;
    size_t matched; /* of the question at the end of what was written */
    struct upward {
        double at;
        const char *bytes;
        size_t len;
    } upward[UPWARD_LIMIT]; /* to the program, in the order of their times */
    size_t upward_count, upward_at;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void send_up(struct line *line, double pressed_at, const char *bytes, size_t len)
{
    if (line->upward_count == UPWARD_LIMIT)
        die("too many keys");
    size_t i = line->upward_count++;
    struct upward upward = {pressed_at + line->half_trip, bytes, len};
    for (; i > line->upward_at && line->upward[i - 1].at > upward.at; i--)
        line->upward[i] = line->upward[i - 1];
    line->upward[i] = upward;
}

/* The terminal at the other end answers ESC [ 5 n when it has come there. */
static void take_written(struct line *line, const char *bytes, size_t len)
{
    static const char question[] = "\033[5n", answer[] = "\033[0n";
    double at = now();
    for (size_t i = 0; i < len; i++) {
        line->free_at = (line->free_at > at ? line->free_at : at) + 1 / line->rate;
        line->arrived_at = line->free_at + line->half_trip;
        line->matched = bytes[i] == question[line->matched] ? line->matched + 1
                        : bytes[i] == question[0]           ? 1
                                                            : 0;
        if (line->matched == sizeof question - 1) {
            send_up(line, line->arrived_at, answer, sizeof answer - 1);
            line->matched = 0;
        }
    }
    double backlog = (line->free_at - at) * line->rate;
    if (backlog > line->backlog_most)
        line->backlog_most = backlog;
    line->sent_len += len;
}

/* Lets the line work until that moment, or until nothing has happened for QUIET_MS when it is 0. */
static void run_line(struct line *line, double until)
{
    static char bytes[READ_LEN];
    double last = now();
    for (;;) {
        double at = now();
        while (line->upward_at < line->upward_count && line->upward[line->upward_at].at <= at) {
            const struct upward *upward = &line->upward[line->upward_at++];
            if (!pty_send(line->program, upward->bytes, upward->len))
                die("the program takes no keys");
            last = at;
        }
        bool is_idle = line->upward_at == line->upward_count && line->arrived_at < at;
        if (until > 0 ? at >= until : is_idle && at - last > QUIET_MS)
            return;
        double next = until > 0 ? until : at + QUIET_MS;
        if (line->upward_at < line->upward_count && line->upward[line->upward_at].at < next)
            next = line->upward[line->upward_at].at;
        struct pollfd output = {.fd = line->program->terminal, .events = POLLIN};
        if (poll(&output, 1, next > at ? (int)(next - at) + 1 : 0) <= 0)
            continue;
        ssize_t len = read(line->program->terminal, bytes, sizeof bytes);
        if (len <= 0)
            die("the program has ended");
        take_written(line, bytes, (size_t)len);
        last = now();
    }
}

/* ---- what is held -------------------------------------------------------------------------- */

static const struct layout {
    const char *name;
    int rows, columns;
    const char *enter, *key;
} layouts[] = {
    {"articles, rows", 24, 80, "<Home>", "j"},
    {"articles, pages", 24, 80, "<Home>", "<Space>"},
    {"people, rows", 24, 80, "g p", "j"},
    {"people, pages", 24, 80, "g p", "<Space>"},
    {"person, rows", 24, 80, "g p <Enter>", "j"},
    {"timeline, rows", 24, 80, "g t", "j"},
    {"timeline, pages", 24, 80, "g t", "<Space>"},
    {"text, lines", 24, 80, "<Home> <Enter> <Home>", "j"},
    {"text, pages", 24, 80, "<Home> <Enter> <Home>", "<Space>"},
    {"text, articles", 24, 80, "<Home> <Enter>", "J"},
    {"text, marks", 24, 80, "<Home> <Enter> <Home>", "]m"},
    {"target, hits", 24, 80, "g p * g r", "n"},
    {"side pane, lines", 24, 80, "<Home> <Enter> <Home> |", "j"},
    {"side pane, articles", 24, 80, "<Home> <Enter> |", "J"},
    {"side pane 120x40, lines", 40, 120, "<Home> <Enter> <Home> |", "j"},
    {"side pane 120x40, articles", 40, 120, "<Home> <Enter> |", "J"},
    {"200x60, articles", 60, 200, "<Home> <Enter>", "J"},
};

/* The newest article, long enough to be scrolled for two seconds. */
static void add_long_article(const struct world *world)
{
    static const char *const words[] = {"Sergei Shoigu", "met",     "the council",   "in Geneva",
                                        "and then",      "refused", "on 4 May 2023", "a contract",
                                        "of the bank",   "without", "Maria Weber",   "any delay"};
    enum { WORD_COUNT = sizeof words / sizeof *words, LONG_COUNT = 2000 };
    struct bytes text = {0};
    struct random random = {7};
    const char *head = "A long report on the talks\n\nDecember 30, 2024\n\n";
    bytes_add(&text, head, strlen(head));
    for (int i = 0; i < LONG_COUNT; i++) {
        const char *word = words[random_below(&random, WORD_COUNT)];
        bytes_add(&text, word, strlen(word));
        bytes_add(&text, i % 97 == 96 ? ".\n\n" : " ", i % 97 == 96 ? 3 : 1);
    }
    world_write(world, "long.txt", text.ptr, text.len);
    bytes_done(&text);
    const char *const arguments[] = {binary(), "import", "-f", "big.dossier", "long.txt", NULL};
    if (world_run(world, arguments, NULL) != 0)
        die("importing the long article failed");
}

static void enter(struct line *line, const char *keys)
{
    static char sent[64][16];
    char copy[256];
    size_t count = 0;
    snprintf(copy, sizeof copy, "%s", keys);
    for (char *name = strtok(copy, " "); name; name = strtok(NULL, " "), count++)
        send_up(line, now(), sent[count], pty_key(name, sent[count]));
    run_line(line, 0);
}

static void hold(const char *file, const struct layout *layout, double rate, double trip)
{
    struct world world;
    struct pty_program program;
    const char *const arguments[] = {binary(), "-f", "big.dossier", NULL};
    world_open(&world);
    world_set(&world, "DOSSIER_FRAME_MARK"); /* a program under test does not pace its frames */
    world_copy(&world, file, "big.dossier");
    add_long_article(&world);
    pty_start(&program, &world, layout->rows, layout->columns, arguments);
    struct line line = {.program = &program, .rate = rate / 1e3, .half_trip = trip / 2};
    run_line(&line, 0);
    enter(&line, layout->enter);

    char bytes[16];
    size_t len = pty_key(layout->key, bytes);
    if (len == 0)
        len = (size_t)snprintf(bytes, sizeof bytes, "%s", layout->key);
    double began = now(), pressed = began;
    line.sent_len = 0;
    line.backlog_most = 0;
    for (int i = 0; i < PRESS_COUNT; i++) {
        pressed = began + i * 1e3 / PRESS_HZ;
        run_line(&line, pressed);
        send_up(&line, pressed, bytes, len);
    }
    size_t before = line.sent_len;
    run_line(&line, 0);
    printf("%-28s %-8s | %6.0f %9zu %9zu %9.0f\n", layout->name, layout->key,
           line.arrived_at - pressed, line.sent_len, line.sent_len - before, line.backlog_most);
    fflush(stdout);
    pty_close(&program);
    world_close(&world);
}

int main(int argc, char **argv)
{
    double rate = argc > 2 ? strtod(argv[2], NULL) : 9600,
           trip = argc > 3 ? strtod(argv[3], NULL) : 100;
    if (argc < 2 || rate <= 0 || trip < 0)
        die("usage: bench_line FILE.dossier [BYTES_A_SECOND [ROUND_TRIP_MS]]");
    printf("%-37s | lag ms     bytes after key   backlog\n", "");
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
        hold(argv[1], &layouts[i], rate, trip);
    return 0;
}
