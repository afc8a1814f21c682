/* layers: base text */
/* What the screen costs in dossiers of different sizes: starting, and each key.
 *
 *     bench_screen [COUNT|FILE.dossier]…       100 and 10,000 articles when none is said
 *
 * Makes its own dossiers of synthetic articles, or copies those that are named, runs the real
 * program (DOSSIER_BINARY, or the one of the same build) under a pseudo-terminal of 80x24 and
 * prints a table. A time goes from the key to the mark that ends its last frame, so it holds what
 * the program leaves for idle moments, too (the counter in the status line, keeping the place).
 * Starting and every key should cost the same in all sizes: the last columns give the ratio of the
 * largest to the smallest. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bench/synthetic.h"
#include "support/pty_program.h"

enum { ROWS = 24, COLUMNS = 80, SIZE_LIMIT = 4, START_TIMES = 15, SAMPLE_LIMIT = 400 };

/* ---- measuring ----------------------------------------------------------------------------- */

struct sample {
    double wall_us, cpu_us;
    size_t sent_len;
};

struct measure {
    struct sample samples[SAMPLE_LIMIT];
    size_t count;
};

static double clock_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/* Time on the processor of a process so far; the first number of its schedstat is nanoseconds. */
static double cpu_us(pid_t pid)
{
    char path[64];
    unsigned long long nanoseconds = 0;
    snprintf(path, sizeof path, "/proc/%ld/schedstat", (long)pid);
    FILE *file = fopen(path, "r");
    if (!file || fscanf(file, "%llu", &nanoseconds) != 1)
        nanoseconds = 0;
    if (file)
        fclose(file);
    return (double)nanoseconds / 1e3;
}

static void start(struct pty_program *program, const struct world *world, struct measure *measure)
{
    const char *const arguments[] = {binary(), "-f", "big.dossier", NULL};
    double began = clock_us();
    pty_start(program, world, ROWS, COLUMNS, arguments);
    if (pty_next_frame(program, PTY_PATIENCE) != PTY_FRAME)
        die("no first screen");
    if (measure && measure->count < SAMPLE_LIMIT)
        measure->samples[measure->count++] =
            (struct sample){clock_us() - began, cpu_us(program->pid), program->output.len};
}

static void leave(struct pty_program *program)
{
    int status;
    if (!pty_send(program, "Q", 1) || !pty_wait_end(program, PTY_PATIENCE, &status))
        die("the program does not end");
    pty_close(program);
}

/* One key by name; `measure` may be NULL. */
static void press_one(struct pty_program *program, const char *name, struct measure *measure)
{
    char bytes[16];
    size_t len = pty_key(name, bytes), before = program->output.len;
    double cpu = cpu_us(program->pid), began = clock_us();
    if (!pty_send(program, bytes, len) || pty_next_frame(program, PTY_PATIENCE) != PTY_FRAME)
        die("no frame after %s", name);
    if (measure && measure->count < SAMPLE_LIMIT)
        measure->samples[measure->count++] = (struct sample){
            clock_us() - began, cpu_us(program->pid) - cpu, program->output.len - before};
}

static void press(struct pty_program *program, const char *keys)
{
    char copy[256];
    snprintf(copy, sizeof copy, "%s", keys);
    for (char *name = strtok(copy, " "); name; name = strtok(NULL, " "))
        press_one(program, name, NULL);
}

/* ---- what is measured ---------------------------------------------------------------------- */

/* `before` and `after` are pressed around each measured key, `enter` once before all. */
static const struct row {
    const char *name, *enter, *before, *key, *after;
    int times;
} rows[] = {
    {"articles: j", "g a <Home>", "", "j", "", 80},
    {"articles: k", "", "", "k", "", 80},
    {"articles: Space", "<Home>", "", "<Space>", "<Home>", 40},
    {"articles: b", "<Home>", "<Space> <Space>", "b", "<Home>", 40},
    {"articles: G", "", "", "G", "<Home>", 40},
    {"articles: gg", "", "G", "<Home>", "", 40},
    {"articles: filter, 1st letter", "", "f", "s", "<Esc>", 40},
    {"articles: filter, 2nd letter", "", "f s", "h", "<Esc>", 40},
    {"articles: Esc on a filter", "", "f s", "<Esc>", "", 40},
    {"articles: s, all sorts", "", "", "s", "", 40},
    {"articles: Enter", "g a <Home>", "", "<Enter>", "q j", 40},
    {"reader: j", "g a <Home> <Enter>", "", "j", "", 25},
    {"reader: j again", "<Home>", "", "j", "", 25},
    {"reader: Space", "<Home>", "", "<Space>", "<Home>", 40},
    {"reader: ]p", "<Home>", "]", "p", "", 25},
    {"reader: J", "", "", "J", "", 60},
    {"reader: n, a person", "g p <Home> * g r", "", "n", "", 100},
    {"gp", "g a", "g", "p", "g a", 40},
    {"people: j", "g p <Home>", "", "j", "", 80},
    {"people: Space", "<Home>", "", "<Space>", "<Home>", 40},
    {"people: filter, 1st letter", "<Home>", "f", "s", "<Esc>", 40},
    {"people: Enter", "<Home>", "", "<Enter>", "q", 40},
    {"person: j", "<Home> <Enter>", "", "j", "", 80},
    {"person: Space", "<Home>", "", "<Space>", "<Home>", 40},
    {"person: G", "", "", "G", "<Home>", 40},
    {"person: Enter", "", "", "<Enter>", "q j", 40},
    {"gt", "<Esc> <Esc> g a", "g", "t", "g a", 40},
    {"timeline: j", "g t <Home>", "", "j", "", 80},
    {"timeline: Space", "<Home>", "", "<Space>", "<Home>", 40},
    {"timeline: G", "", "", "G", "<Home>", 40},
    {"timeline: zoom", "<Home> j", "", "+", "-", 40},
    {"timeline: filter by a person", "", "f w h o : s h o i g u", "<Enter>", "<Esc>", 20},
    {"timeline: Enter", "", "", "<Enter>", "q j", 40},
    {"gb", "<Esc> <Esc> g a", "g", "b", "g a", 40},
    {"search, a letter typed", "g a", "/ s h o i g", "u", "<Esc>", 20},
    {"search, a rare word", "g a", "/ r e p o r t <Space> 4 2", "<Enter>", "<Esc> g a", 20},
    {"search, a common word", "g a", "/ s h o i g u", "<Enter>", "<Esc> g a", 20},
    {"search results: j", "/ s h o i g u <Enter> <Home>", "", "j", "", 60},
    {"search results: Space", "<Home>", "", "<Space>", "<Home>", 40},
    {"search results: Enter", "<Home>", "", "<Enter>", "q j", 20},
    {"reader: n, a search", "<Enter>", "", "n", "", 60},
};
enum { ROW_COUNT = sizeof rows / sizeof *rows };

struct results {
    size_t article_count;
    const char *file; /* instead: a dossier that is there */
    struct measure start, keys[ROW_COUNT];
};

static void measure_size(struct results *results)
{
    struct world world;
    struct pty_program program;
    double began = clock_us();
    world_open(&world);
    if (results->file) {
        world_copy(&world, results->file, "big.dossier");
    } else {
        make_dossier(&world, results->article_count);
        fprintf(stderr, "%zu articles imported in %.1f s\n", results->article_count,
                (clock_us() - began) / 1e6);
    }
    for (int i = 0; i <= START_TIMES; i++) { /* the first one warms the caches */
        start(&program, &world, i ? &results->start : NULL);
        leave(&program);
    }
    start(&program, &world, NULL);
    for (size_t r = 0; r < ROW_COUNT; r++) {
        press(&program, rows[r].enter);
        for (int i = 0; i < rows[r].times; i++) {
            press(&program, rows[r].before);
            press_one(&program, rows[r].key, &results->keys[r]);
            press(&program, rows[r].after);
        }
    }
    leave(&program);
    world_close(&world);
}

/* ---- the table ----------------------------------------------------------------------------- */

static int compare_numbers(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

enum column { WALL, CPU, SENT };

static double quantile(const struct measure *measure, enum column column, double part)
{
    double values[SAMPLE_LIMIT];
    if (!measure->count)
        return 0;
    for (size_t i = 0; i < measure->count; i++)
        values[i] = column == WALL  ? measure->samples[i].wall_us
                    : column == CPU ? measure->samples[i].cpu_us
                                    : (double)measure->samples[i].sent_len;
    qsort(values, measure->count, sizeof *values, compare_numbers);
    return values[(size_t)(part * (double)(measure->count - 1) + 0.5)];
}

static void print_row(const char *name, const struct measure *const measures[], size_t count)
{
    printf("%-30s", name);
    for (size_t i = 0; i < count; i++)
        printf(" | %8.2f %8.2f %7.0f %6.0f", quantile(measures[i], WALL, .5) / 1e3,
               quantile(measures[i], WALL, .99) / 1e3, quantile(measures[i], CPU, .5),
               quantile(measures[i], SENT, .5));
    double wall = quantile(measures[0], WALL, .5), cpu = quantile(measures[0], CPU, .5);
    if (count > 1 && wall > 0 && cpu > 0)
        printf(" | %5.1f %5.1f", quantile(measures[count - 1], WALL, .5) / wall,
               quantile(measures[count - 1], CPU, .5) / cpu);
    printf("\n");
}

static void print_table(const struct results results[], size_t count)
{
    const struct measure *measures[SIZE_LIMIT];
    printf("%-30s", "");
    for (size_t i = 0; i < count; i++) {
        char name[64];
        const char *slash = results[i].file ? strrchr(results[i].file, '/') : NULL;
        snprintf(name, sizeof name, "%zu articles", results[i].article_count);
        printf(" | %32.32s", slash ? slash + 1 : results[i].file ? results[i].file : name);
    }
    printf("%s\n%-30s", count > 1 ? " |     ratio" : "", "");
    for (size_t i = 0; i < count; i++)
        printf(" |  wall ms   p99 ms  CPU µs  bytes");
    printf("%s\n", count > 1 ? " |  wall   CPU" : "");
    for (size_t r = 0; r <= ROW_COUNT; r++) {
        for (size_t i = 0; i < count; i++)
            measures[i] = r ? &results[i].keys[r - 1] : &results[i].start;
        print_row(r ? rows[r - 1].name : "start to the first screen", measures, count);
    }
}

int main(int argc, char **argv)
{
    static struct results results[SIZE_LIMIT];
    size_t count = 0;
    for (int i = 1; i < argc && count < SIZE_LIMIT; i++) {
        char *end;
        results[count].article_count = strtoul(argv[i], &end, 10);
        if (*end)
            results[count] = (struct results){.file = argv[i]};
        else if (!results[count].article_count)
            die("usage: bench_screen [COUNT|FILE.dossier]…");
        count++;
    }
    if (!count) {
        results[count++].article_count = 100;
        results[count++].article_count = 10000;
    }
    for (size_t i = 0; i < count; i++)
        measure_size(&results[i]);
    print_table(results, count);
    return 0;
}
