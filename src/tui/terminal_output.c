#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/memory.h"
#include "text/gate.h"
#include "tui/terminal_inside.h"
#include "tui/terminal_type.h"

/* ---- bytes past curses ---- */

void terminal_write(struct terminal *terminal, str bytes)
{
    while (bytes.len > 0 && !terminal->dead) {
        ssize_t written = write(STDOUT_FILENO, bytes.ptr, bytes.len);
        if (written >= 0) {
            terminal->sent_len += (uint64_t)written;
            bytes = str_slice(bytes, (size_t)written, bytes.len);
        } else if (errno == EAGAIN) {
            struct pollfd output = {.fd = STDOUT_FILENO, .events = POLLOUT};
            (void)poll(&output, 1, -1);
        } else if (errno != EINTR) {
            terminal->ended = terminal->dead = true;
        }
    }
}

static void add_base64(struct buf *buf, str bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t at = 0; at < bytes.len; at += 3) {
        size_t left = bytes.len - at;
        uint32_t group = (uint32_t)(unsigned char)bytes.ptr[at] << 16;
        group |= left > 1 ? (uint32_t)(unsigned char)bytes.ptr[at + 1] << 8 : 0;
        group |= left > 2 ? (uint32_t)(unsigned char)bytes.ptr[at + 2] : 0;
        buf_add_byte(buf, digits[group >> 18]);
        buf_add_byte(buf, digits[group >> 12 & 63]);
        buf_add_byte(buf, left > 1 ? digits[group >> 6 & 63] : '=');
        buf_add_byte(buf, left > 2 ? digits[group & 63] : '=');
    }
}

/* tmux takes OSC 52 itself or passes on what is wrapped, each only if it was told to: it gets
 * both. Within its wrapping every ESC is doubled. */
static void add_for_tmux(struct buf *out, str code)
{
    buf_format(out, "\033]52;c;%.*s\a", STR_ARG(code));
    buf_format(out, "\033Ptmux;\033\033]52;c;%.*s\a\033\\", STR_ARG(code));
}

/* GNU screen passes on what is wrapped, in short pieces, and overhears the plain form as long as it
 * is short. A tmux on the other side of an ssh may call itself a screen: of the pieces it takes the
 * first for the whole, so the plain form comes last. */
static void add_for_screen(struct buf *out, str code)
{
    enum { PIECE_LEN = 76, OVERHEARD_LEN = 700 };
    buf_add(out, STR("\033P\033]52;c;"));
    for (size_t at = 0; at < code.len; at += PIECE_LEN)
        buf_format(out, "%s%.*s", at > 0 ? "\033\\\033P" : "",
                   STR_ARG(str_slice(code, at, at + PIECE_LEN)));
    buf_add(out, STR("\a\033\\"));
    if (code.len <= OVERHEARD_LEN)
        buf_format(out, "\033]52;c;%.*s\a", STR_ARG(code));
}

const char *terminal_copies_through(const struct terminal *terminal)
{
    str type = str_from(terminal->type);
    return terminal->options.in_tmux || str_starts(type, STR("tmux")) ? "tmux"
           : str_starts(type, STR("screen"))                          ? "screen"
                                                                      : NULL;
}

bool terminal_can_copy(const struct terminal *terminal)
{
    return terminal_type_takes_commands(terminal->type);
}

enum status terminal_copy(struct terminal *terminal, str text, struct error *err)
{
    enum { LIMIT_LEN = 74994 };
    struct buf safe = BUF_INIT, code = BUF_INIT, out = BUF_INIT;
    gate_add(&safe, text, GATE_MANY_LINES);
    enum status status = STATUS_OK;
    if (safe.len > LIMIT_LEN) {
        status = error_set(err, STATUS_TOO_LARGE,
                           "%zu bytes are more than the clipboard of a terminal takes (%d)",
                           safe.len, LIMIT_LEN);
    } else {
        add_base64(&code, buf_str(&safe));
        const char *through = terminal_copies_through(terminal);
        if (through && *through == 't')
            add_for_tmux(&out, buf_str(&code));
        else if (through)
            add_for_screen(&out, buf_str(&code));
        else
            buf_format(&out, "\033]52;c;%s\a", buf_c(&code));
        terminal_write(terminal, buf_str(&out));
    }
    buf_done(&safe);
    buf_done(&code);
    buf_done(&out);
    return status;
}

/* ---- colours and attributes ---- */

/* A colour of a style as this terminal has it. */
static uint16_t shown_colour(const struct terminal *terminal, short colour, short without_default)
{
    if (colour >= terminal->colours)
        /* Bright colours are the plain ones here; bright black would be black. */
        colour = colour == COLOUR_LIMIT / 2 ? -1 : (short)(colour % (COLOUR_LIMIT / 2));
    if (colour < 0)
        colour = terminal->has_default_colours ? -1 : without_default;
    return (uint16_t)(colour + 1);
}

/* Attributes, by the bits of their numbers, that are not shown in colour: by the bits of ncv. */
static unsigned hidden_in_colour(const struct terminal *terminal)
{
    static const struct {
        int bit;
        unsigned number;
    } table[] = {{2, 4}, {4, 7}, {16, 2}, {32, 1}};
    unsigned hidden = 0;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if ((terminal->without_colour & table[i].bit) != 0)
            hidden |= 1U << table[i].number;
    return hidden;
}

struct shown_look terminal_look(const struct terminal *terminal, const struct style *style)
{
    static const struct {
        unsigned attribute;
        attr_t shown;
        unsigned number, otherwise; /* of SGR; 0: none */
    } table[] = {
        {ATTRIBUTE_BOLD, A_BOLD, 1, 0},       {ATTRIBUTE_DIM, A_DIM, 2, 0},
        {ATTRIBUTE_ITALIC, A_ITALIC, 3, 4},   {ATTRIBUTE_UNDERLINE, A_UNDERLINE, 4, 1},
        {ATTRIBUTE_REVERSE, A_REVERSE, 7, 7},
    };
    unsigned attributes = 0;
    struct shown_look look = {0};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        bool can = (terminal->attributes & table[i].shown) != 0;
        if ((style->attributes & table[i].attribute) != 0)
            attributes |= 1U << (can ? table[i].number : table[i].otherwise);
    }
    if (terminal->colours >= COLOUR_LIMIT / 2 &&
        (style->foreground >= 0 || style->background >= 0)) {
        look.foreground = shown_colour(terminal, style->foreground, COLOR_WHITE);
        look.background = shown_colour(terminal, style->background, COLOR_BLACK);
        attributes &= ~hidden_in_colour(terminal);
    }
    look.attributes = (uint16_t)(attributes & ~1U);
    return look;
}
