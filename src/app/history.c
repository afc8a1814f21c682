#include "app/history.h"

#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "text/gate.h"
#include "text/utf8.h"

/* The file is cut to its last lines when it has grown to this. */
enum { FULL_LEN = 128 * 1024, FILE_LIMIT_LEN = 4 * 1024 * 1024, LINE_LIMIT_LEN = 4096 };

static const char signs[HISTORY_KIND_COUNT] = {
    [HISTORY_COMMAND] = ':', [HISTORY_SEARCH] = '/', [HISTORY_FILTER] = 'f'};

/* ---- reading --------------------------------------------------------------------------------- */

static bool is_line(str text)
{
    if (text.len == 0 || text.len > LINE_LIMIT_LEN || !utf8_is_valid(text))
        return false;
    for (size_t at = 0, len; at < text.len; at += len)
        if (gate_is_control(utf8_decode(text, at, &len)))
            return false;
    return true;
}

/* What is no line of this file is passed over. */
static void read_lines(struct prompt_history kinds[HISTORY_KIND_COUNT], str bytes)
{
    str line;
    while (str_next_line(&bytes, &line)) {
        if (line.len < 3 || line.ptr[1] != ' ' || !is_line(str_slice(line, 2, line.len)))
            continue;
        for (int kind = HISTORY_COMMAND; kind < HISTORY_KIND_COUNT; kind++)
            if (line.ptr[0] == signs[kind])
                prompt_history_add(&kinds[kind], str_slice(line, 2, line.len));
    }
}

void history_open(struct history *history, const char *folder)
{
    struct error err = {0};
    str bytes = STR_NONE;
    if (!folder)
        return;
    history->path = arena_format(&history->arena, "%s/history", folder);
    struct arena scratch = {0};
    if (file_make_folder(folder, &err) != STATUS_OK)
        history->path = STR_NONE;
    else if (file_read(&scratch, history->path.ptr, FILE_LIMIT_LEN, &bytes, &err) == STATUS_OK)
        read_lines(history->kinds, bytes);
    arena_done(&scratch);
}

/* Who typed an address with a password in it, or began with a blank, does not want it kept. */
static bool is_private(str line)
{
    size_t address = str_find(line, STR("://"), 0);
    size_t name_end = address == STR_MISSING ? address : str_find_byte(line, '@', address);
    size_t host_end = address == STR_MISSING ? address : str_find_byte(line, '/', address + 3);
    return line.ptr[0] == ' ' || (name_end != STR_MISSING && name_end < host_end);
}

/* ---- writing --------------------------------------------------------------------------------- */

/* The file, locked against other sessions; -1 when it cannot be written. One that was replaced
 * while we waited for it is opened anew. */
static int open_locked(const char *path)
{
    for (;;) {
        struct stat opened, named;
        int file =
            open(path, O_RDWR | O_APPEND | O_CREAT | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0600);
        if (file < 0)
            return -1;
        if (fstat(file, &opened) != 0 || !S_ISREG(opened.st_mode) || flock(file, LOCK_EX) != 0) {
            (void)close(file);
            return -1;
        }
        if (stat(path, &named) == 0 && named.st_ino == opened.st_ino &&
            named.st_dev == opened.st_dev)
            return file;
        (void)close(file);
    }
}

/* Leaves the last lines of each kind. When it fails the file stays as it was. */
static void shorten(const char *path)
{
    struct prompt_history kinds[HISTORY_KIND_COUNT] = {0};
    struct arena scratch = {0};
    struct buf kept = BUF_INIT;
    struct error err = {0};
    str bytes = STR_NONE;
    bool is_read = file_read(&scratch, path, FILE_LIMIT_LEN, &bytes, &err) == STATUS_OK;
    read_lines(kinds, bytes);
    for (int kind = HISTORY_COMMAND; kind < HISTORY_KIND_COUNT; kind++) {
        size_t count = kinds[kind].lines.count;
        size_t first = count > PROMPT_HISTORY_LIMIT / 2 ? count - PROMPT_HISTORY_LIMIT / 2 : 0;
        for (size_t i = first; i < count; i++)
            buf_format(&kept, "%c %s\n", signs[kind], buf_c(&kinds[kind].lines.items[i]));
        prompt_history_done(&kinds[kind]);
    }
    if (is_read)
        (void)!file_replace(path, buf_str(&kept), &err);
    buf_done(&kept);
    arena_done(&scratch);
}

void history_keep(struct history *history, enum history_kind kind, str line)
{
    struct stat info;
    if (kind == HISTORY_OTHER || !history->path.len || !is_line(line) || is_private(line))
        return;
    int file = open_locked(history->path.ptr);
    if (file < 0)
        return;
    struct buf text = BUF_INIT;
    buf_format(&text, "%c %.*s\n", signs[kind], STR_ARG(line));
    ssize_t written = write(file, buf_str(&text).ptr, buf_str(&text).len);
    buf_done(&text);
    if (written > 0 && fstat(file, &info) == 0 && info.st_size > FULL_LEN)
        shorten(history->path.ptr);
    (void)close(file);
}

void history_done(struct history *history)
{
    for (int kind = 0; kind < HISTORY_KIND_COUNT; kind++)
        prompt_history_done(&history->kinds[kind]);
    arena_done(&history->arena);
}
