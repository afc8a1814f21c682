/* Files as foreign things: opened so that no pipe, device or terminal can hold the program up, and
 * read up to a limit. Source of the rules: DESIGN section 9.2. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"

/* Reads a whole regular file (O_NONBLOCK|O_NOCTTY|O_CLOEXEC, then fstat) of at most limit_len
 * bytes into the arena, NUL after the end. TOO_LARGE, NOT_FOUND, IO, or BAD_INPUT for a folder,
 * pipe, socket or device, each with the path in the message. */
enum status file_read(struct arena *arena, const char *path, size_t limit_len, str *bytes,
                      struct error *err) MUST_CHECK;

/* The same file without reading it: its pages come from memory that all processes share. It must
 * not be cut short meanwhile (file_replace does not). file_unmap gives the bytes back; an empty
 * file has none. */
enum status file_map(const char *path, size_t limit_len, str *bytes, struct error *err) MUST_CHECK;
void file_unmap(str bytes);

/* Reads a descriptor (standard input) to its end in the same way. */
enum status file_read_descriptor(struct arena *arena, int descriptor, const char *shown_name,
                                 size_t limit_len, str *bytes, struct error *err) MUST_CHECK;

/* Replaces the file's content in one step: new file beside it, fsync, rename. Mode 0600. Through a
 * link the file it names is replaced. When it fails the old file is as it was. BAD_INPUT for what
 * is not a regular file. */
enum status file_replace(const char *path, str bytes, struct error *err) MUST_CHECK;
/* The same without waiting for the disk, for what can be made again: after a loss of power the file
 * may be the old one, the new one, or empty. */
enum status file_replace_soon(const char *path, str bytes, struct error *err) MUST_CHECK;

/* The same in pieces, for what is too much to hold. end keeps the new file when `status` is OK;
 * else the old one stays and nothing else; the status to hand on. It is called once after begin,
 * whatever that returned. */
struct file_replacement {
    struct buf target, temporary;
    int descriptor;
    bool soon; /* set after begin: do not wait for the disk */
};
enum status file_replace_begin(struct file_replacement *file, const char *path,
                               struct error *err) MUST_CHECK;
enum status file_replace_add(struct file_replacement *file, str bytes,
                             struct error *err) MUST_CHECK;
enum status file_replace_end(struct file_replacement *file, enum status status,
                             struct error *err) MUST_CHECK;

/* Makes the folder and its parents (mode 0700 for new ones); existing is fine. */
enum status file_make_folder(const char *path, struct error *err) MUST_CHECK;

struct file_found {
    str path;      /* as it is shown and opened: the root as given + "/" + names */
    int64_t size;  /* bytes */
    int64_t mtime; /* seconds since 1970 */
};

struct file_walk;

/* Walks a path: a file gives itself; a folder gives the regular files below it, in byte order of
 * their names, hidden names (".x") left out. Symbolic links are followed only while their target
 * stays inside the root's real path, and each linked folder once, so loops end. Links that leave
 * the root or lead to nothing, FIFOs, sockets and devices give BAD_INPUT and are never opened.
 * Memory: one folder listing per level, at most 64 levels. */
enum status file_walk_open(const char *root, struct file_walk **walk, struct error *err) MUST_CHECK;
/* OK with *found (borrowed until the next call), NOT_FOUND at the end, or BAD_INPUT or IO with *err
 * for one entry that cannot be read; the walk may go on after it. */
enum status file_walk_next(struct file_walk *walk, struct file_found *found,
                           struct error *err) MUST_CHECK;
void file_walk_close(struct file_walk *walk);

#endif
