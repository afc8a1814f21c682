#include "app/output.h"

#include <errno.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "text/gate.h"
#include "text/width.h"

static enum status status_of_write(int reason)
{
    if (reason == EPIPE)
        return STATUS_CANCELLED;
    return reason == ENOSPC || reason == EFBIG || reason == EDQUOT ? STATUS_NO_SPACE : STATUS_IO;
}

enum status output_raw(str text)
{
    if (text.len == 0)
        return STATUS_OK;
    errno = 0;
    return fwrite(text.ptr, 1, text.len, stdout) == text.len ? STATUS_OK : status_of_write(errno);
}

enum status output_text(str text)
{
    struct buf safe = BUF_INIT;
    gate_add(&safe, text, GATE_MANY_LINES);
    enum status status = output_raw(buf_str(&safe));
    buf_done(&safe);
    return status;
}

enum status output_flush(struct error *err)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return STATUS_OK;
    enum status status = status_of_write(errno);
    return error_set(err, status, "standard output: cannot write: %s", status_text(status));
}

int output_columns(void)
{
    struct winsize size;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col > 0 ? size.ws_col : 80;
}

/* All of it, or the status of what went wrong. */
static enum status write_all(int descriptor, str text)
{
    for (size_t done = 0; done < text.len;) {
        ssize_t len = write(descriptor, text.ptr + done, text.len - done);
        if (len >= 0)
            done += (size_t)len;
        else if (errno != EINTR)
            return status_of_write(errno);
    }
    return STATUS_OK;
}

enum status output_line_to(int descriptor, str text)
{
    struct buf safe = BUF_INIT;
    gate_add(&safe, text, GATE_ONE_LINE);
    buf_add_byte(&safe, '\n');
    enum status status = write_all(descriptor, buf_str(&safe));
    buf_done(&safe);
    return status;
}

/* Standard error is the last place to complain: when it fails there is nobody left to tell. */
static void tell(const char *prefix, const char *format, va_list args) PRINTF_LIKE(2, 0);
static void tell(const char *prefix, const char *format, va_list args)
{
    struct buf line = BUF_INIT;
    buf_add(&line, str_from(prefix));
    buf_vformat(&line, format, args);
    enum status ignored = output_line_to(STDERR_FILENO, buf_str(&line));
    (void)ignored;
    buf_done(&line);
}

void output_complain(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    tell("dossier: ", format, args);
    va_end(args);
}

void output_note(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    tell("", format, args);
    va_end(args);
}

bool output_can_replace(void)
{
    return isatty(STDERR_FILENO) == 1;
}

int output_replace(int before, str text)
{
    struct buf line = BUF_INIT;
    buf_add_byte(&line, '\r');
    gate_add(&line, text, GATE_ONE_LINE);
    int columns = width_columns(str_slice(buf_str(&line), 1, line.len));
    if (before > columns)
        buf_add_repeat(&line, ' ', (size_t)(before - columns));
    if (text.len == 0)
        buf_add_byte(&line, '\r');
    enum status ignored = write_all(STDERR_FILENO, buf_str(&line));
    (void)ignored;
    buf_done(&line);
    return columns;
}
