#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tui/terminal_inside.h"

/* Curses writes into a stream of its own, whose descriptor is a duplicate of standard output while
 * curses sets the terminal's modes and a piece of shared memory while it paints. So a frame is
 * whole before its first byte leaves, its length is known, and it can be said in fewer bytes. */

enum { OWN_DESCRIPTOR_FIRST = 3, NAME_TRIES = 16 };

/* Memory with a descriptor and no name; -1 when the system has none. */
static int open_memory(void)
{
    int memory = -1;
    for (int i = 0; i < NAME_TRIES && memory < 0; i++) {
        char name[64];
        (void)snprintf(name, sizeof name, "/dossier-%ld-%d", (long)getpid(), i);
        memory = shm_open(name, O_RDWR | O_CREAT | O_EXCL, S_IRUSR | S_IWUSR);
        if (memory >= 0)
            (void)shm_unlink(name);
    }
    return memory;
}

static void point_at(int own, int target)
{
    (void)dup2(target, own);
    (void)fcntl(own, F_SETFD, FD_CLOEXEC);
}

bool terminal_frames_open(struct terminal *terminal)
{
    int own = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, OWN_DESCRIPTOR_FIRST);
    terminal->output = own >= 0 ? fdopen(own, "w") : NULL;
    if (terminal->output == NULL && own >= 0)
        (void)close(own);
    terminal->memory = terminal->output != NULL ? open_memory() : -1;
    return terminal->output != NULL;
}

void terminal_frames_begin(struct terminal *terminal)
{
    if (terminal->memory < 0 || terminal->is_kept)
        return;
    (void)fflush(terminal->output);
    point_at(fileno(terminal->output), terminal->memory);
    terminal_frames_forget(terminal);
    terminal->is_kept = true;
}

static bool can(const char *capability)
{
    const char *sequence = tigetstr(capability);
    return sequence != NULL && sequence != (const char *)-1;
}

void terminal_frames_forget(struct terminal *terminal)
{
    const struct painter_skills skills = {
        .erases_in_colour = tigetflag("bce") > 0,
        .repeats = can("rep"),
        .goes_to_rows = can("vpa"),
        .goes_to_columns = can("hpa"),
        .scrolls = can("indn") && can("rin"),
    };
    bool stays_in_row = tigetflag("xenl") > 0;
    struct buf rest = BUF_INIT;
    shorten_end(&terminal->shorten, &rest);
    terminal_write(terminal, buf_str(&rest));
    buf_done(&rest);
    shorten_reset(&terminal->shorten, &skills, stays_in_row ? terminal->rows : 0,
                  terminal->columns);
    terminal->shorten.painter.links = terminal->links;
    terminal->shorten.shows_cursor |= !can("civis");
}

/* Takes out of the memory what curses has written; false when it did not fit. */
static bool take_written(struct terminal *terminal, struct buf *bytes)
{
    bool is_whole = fflush(terminal->output) == 0 && !ferror(terminal->output);
    clearerr(terminal->output);
    off_t len = lseek(terminal->memory, 0, SEEK_CUR);
    size_t left = len > 0 ? (size_t)len : 0;
    bytes->len = 0;
    (void)buf_reserve(bytes, left + 1);
    while (is_whole && bytes->len < left) {
        ssize_t got =
            pread(terminal->memory, bytes->ptr + bytes->len, left - bytes->len, (off_t)bytes->len);
        is_whole = got > 0;
        bytes->len += got > 0 ? (size_t)got : 0;
    }
    (void)lseek(terminal->memory, 0, SEEK_SET);
    return is_whole;
}

static void write_by_itself(struct terminal *terminal)
{
    struct buf rest = BUF_INIT;
    shorten_end(&terminal->shorten, &rest);
    terminal_write(terminal, buf_str(&rest));
    buf_done(&rest);
    point_at(fileno(terminal->output), STDOUT_FILENO);
    terminal->is_kept = false;
}

bool terminal_frames_send(struct terminal *terminal)
{
    if (!terminal->is_kept) {
        (void)fflush(terminal->output);
        return true;
    }
    bool is_whole = take_written(terminal, &terminal->written);
    terminal->gives_way = false;
    if (is_whole) {
        shorten_take(&terminal->shorten, buf_str(&terminal->written));
        terminal_pace_send(terminal);
    } else {
        write_by_itself(terminal);
        (void)close(terminal->memory);
        terminal->memory = -1;
    }
    return is_whole;
}

void terminal_frames_end(struct terminal *terminal)
{
    if (terminal->is_kept && terminal_frames_send(terminal))
        write_by_itself(terminal);
}

void terminal_frames_close(struct terminal *terminal)
{
    terminal_frames_end(terminal);
    if (terminal->memory >= 0)
        (void)close(terminal->memory);
    if (terminal->output != NULL)
        (void)fclose(terminal->output);
    buf_done(&terminal->written);
    shorten_done(&terminal->shorten);
    terminal_links_done(terminal);
}
