/* A program under a pseudo-terminal in a pinned world, and what its screen shows (libvterm). No
 * sleeps: the program ends each frame with a mark (OSC 7777), and every wait is a poll with a
 * deadline. */
#ifndef SUPPORT_PTY_PROGRAM_H
#define SUPPORT_PTY_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <vterm.h>

/* ---- a fresh place to run in --------------------------------------------------------------- */

enum { WORLD_VARIABLE_LIMIT = 48 };

/* A temporary folder with home and data folders of its own, and an environment made
 * from nothing. */
struct world {
    char folder[512]; /* absolute; also the working folder of the programs */
    char *variables[WORLD_VARIABLE_LIMIT + 1]; /* "NAME=value", for execve */
    size_t variable_count;
};

/* Ends the test program with a message when the folder cannot be made. One world is open at a
 * time; it is removed also when the test program ends by die(). */
void world_open(struct world *world);
/* Removes the folder with all that is in it. */
void world_close(struct world *world);
/* "NAME=value" sets, "NAME" alone takes away. */
void world_set(struct world *world, const char *variable);
/* Copies a file or a folder (one level deep) to `name` inside the world. */
void world_copy(const struct world *world, const char *from, const char *name);
/* Writes a file inside the world; `name` may hold any byte but / and NUL. */
void world_write(const struct world *world, const char *name, const char *bytes, size_t len);

/* ---- bytes --------------------------------------------------------------------------------- */

struct bytes {
    char *ptr; /* terminated when len > 0 */
    size_t len, capacity;
};
void bytes_add(struct bytes *bytes, const char *ptr, size_t len);
void bytes_done(struct bytes *bytes);

/* ---- the program --------------------------------------------------------------------------- */

struct pty_program {
    pid_t pid;
    int terminal; /* master side, -1 when closed */
    int life;     /* end of file when the program and all it started are gone */
    int rows, columns;
    VTerm *vterm;
    VTermScreen *screen;
    struct bytes output; /* everything it wrote, marks included */
    size_t shown_len;    /* how much of it the screen shows: up to the last mark looked at */
    bool output_ended;
    unsigned frame_count;
};

/* What a wait came to. */
enum pty_event { PTY_FRAME, PTY_ENDED, PTY_TIMEOUT };

/* Deadlines in milliseconds, generous: they end tests that hang, they pace none. */
enum { PTY_PATIENCE = 60000 };

/* Starts arguments[0] in the world's folder on a terminal of that size. */
void pty_start(struct pty_program *program, const struct world *world, int rows, int columns,
               const char *const arguments[]);
/* Kills the program when it still runs, and frees everything. */
void pty_close(struct pty_program *program);

/* False when the program no longer takes input. */
bool pty_send(struct pty_program *program, const char *bytes, size_t len);
/* Tells terminal and program of a new size. */
void pty_resize(struct pty_program *program, int rows, int columns);
/* The terminal goes away (what the program sees when a window is closed). */
void pty_hang_up(struct pty_program *program);

/* Sends a signal to the processes that the program started and that still run; returns how many. */
int pty_signal_children(const struct pty_program *program, int number);

/* Brings the screen up to the next mark that it does not show yet. */
enum pty_event pty_next_frame(struct pty_program *program, int milliseconds);
/* Reads what comes until the program has ended; its status as from waitpid. False when it has not
 * ended in time. */
bool pty_wait_end(struct pty_program *program, int milliseconds, int *status);

/* Adds a row of the screen in UTF-8, without the blanks at its end. Rows from 0. */
void pty_row_text(const struct pty_program *program, int row, struct bytes *out);
/* Adds the attributes of a row, "10-15 bold fg4, 20-22 reverse", columns from 1; nothing when all
 * is plain. Blanks that show nothing belong to a run only within it. */
void pty_row_attributes(const struct pty_program *program, int row, struct bytes *out);
/* True when the screen shows the text in one row. */
bool pty_shows(const struct pty_program *program, const char *text);
/* The whole screen with a frame around it, to standard output. */
void pty_print_screen(const struct pty_program *program);

/* The bytes that a terminal sends for a key by name ("j", "<Enter>", "<C-d>", "<M-x>", "<Up>");
 * 0 when there is no such key. */
size_t pty_key(const char *name, char bytes[16]);

/* ---- programs without a terminal ------------------------------------------------------------ */

/* Runs a program to its end with its output (both streams) added to *output; status as from
 * waitpid. Standard input is empty. Ends the test program when it does not end in time. */
int world_run(const struct world *world, const char *const arguments[], struct bytes *output);

/* Milliseconds of a clock that only goes on. */
long long now_ms(void);
/* Prints "file: message" and ends the test program with status 1. */
void die(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

#endif
