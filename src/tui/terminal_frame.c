#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "text/utf8.h"
#include "tui/terminal_inside.h"
#include "tui/terminal_type.h"

/* A terminal that knows the sequences of ECMA-48 and DEC is painted; curses sets its modes only,
 * by a stream of its own. Others are painted by curses. */

enum { OWN_DESCRIPTOR_FIRST = 3 };

bool terminal_frames_open(struct terminal *terminal)
{
    int own = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, OWN_DESCRIPTOR_FIRST);
    terminal->output = own >= 0 ? fdopen(own, "w") : NULL;
    if (terminal->output == NULL && own >= 0)
        (void)close(own);
    return terminal->output != NULL;
}

void terminal_frames_begin(struct terminal *terminal)
{
    struct frame *frame = &terminal->frame;
    terminal->is_painted = terminal_type_skills(terminal->colours, &terminal->skills);
    if (!terminal->is_painted)
        terminal->pacing = terminal->options.pace = false;
    frame->hide = terminal_type_sequence("civis", terminal->hide) ? terminal->hide : NULL;
    frame->show = terminal_type_sequence("cnorm", terminal->show) ? terminal->show : NULL;
    terminal_frames_forget(terminal);
    if (terminal->is_painted) { /* curses enters the screen, but has nothing to paint there */
        (void)clearok(curscr, FALSE);
        (void)doupdate();
    }
}

void terminal_frames_forget(struct terminal *terminal)
{
    frame_reset(&terminal->frame, &terminal->skills, terminal->rows, terminal->columns);
    terminal->frame.painter.links = terminal->links;
    (void)clearok(curscr, !terminal->is_painted);
}

/* ---- by curses ------------------------------------------------------------------------------- */

static attr_t curses_attributes(const struct terminal *terminal, unsigned attributes)
{
    static const attr_t by_number[] = {
        [1] = A_BOLD, [2] = A_DIM, [3] = A_ITALIC, [4] = A_UNDERLINE, [7] = A_REVERSE};
    attr_t all = 0;
    for (size_t i = 0; i < sizeof by_number / sizeof by_number[0]; i++)
        if ((attributes >> i & 1) != 0)
            all |= by_number[i];
    if ((all & A_REVERSE & ~terminal->attributes) != 0)
        all |= A_STANDOUT;
    return all;
}

static short curses_pair(struct terminal *terminal, const struct shown_look *look)
{
    if (look->foreground == 0 && look->background == 0)
        return 0;
    short *pair = &terminal->pairs[look->foreground][look->background];
    if (*pair == 0 && terminal->pair_count + 1 < COLOR_PAIRS &&
        init_pair((short)(terminal->pair_count + 1), (short)(look->foreground - 1),
                  (short)(look->background - 1)) != ERR)
        *pair = ++terminal->pair_count;
    return *pair;
}

static void curses_put(struct terminal *terminal, int row, int column,
                       const struct shown_cell *shown)
{
    wchar_t characters[CCHARW_MAX + 1];
    size_t count = 0, len;
    cchar_t cell;
    str text = shown_text(shown);
    for (size_t at = 0; at < text.len && count < CCHARW_MAX; at += len)
        characters[count++] = (wchar_t)utf8_decode(text, at, &len);
    characters[count] = L'\0';
    if (setcchar(&cell, characters, curses_attributes(terminal, shown->look.attributes),
                 curses_pair(terminal, &shown->look), NULL) == OK)
        (void)mvwadd_wchnstr(stdscr, row - 1, column - 1, &cell, 1);
}

static void curses_paint(struct terminal *terminal, struct frame_cursor cursor)
{
    const struct shown *wanted = &terminal->frame.wanted;
    bool is_shown = cursor.row > 0;
    (void)werase(stdscr);
    for (int row = 1; row <= wanted->rows; row++)
        for (int column = 1; column <= wanted->columns; column++)
            if (!shown_is_half(shown_at(wanted, row, column)))
                curses_put(terminal, row, column, shown_at(wanted, row, column));
    (void)leaveok(stdscr, !is_shown);
    if (is_shown)
        (void)wmove(stdscr, cursor.row - 1, cursor.column - 1);
    (void)curs_set(0);
    (void)wnoutrefresh(stdscr);
    (void)doupdate();
    (void)curs_set(is_shown);
    (void)fflush(terminal->output);
}

/* ---- either way ------------------------------------------------------------------------------ */

void terminal_frames_send(struct terminal *terminal, struct frame_cursor cursor)
{
    terminal->gives_way = false;
    if (terminal->is_painted) {
        frame_take(&terminal->frame, cursor);
        terminal_pace_send(terminal);
    } else {
        curses_paint(terminal, cursor);
    }
}

void terminal_frames_end(struct terminal *terminal)
{
    struct buf out = BUF_INIT;
    if (terminal->is_painted) {
        frame_end(&terminal->frame, &out);
        terminal_write(terminal, buf_str(&out));
    }
    buf_done(&out);
}

void terminal_frames_close(struct terminal *terminal)
{
    if (terminal->output != NULL)
        (void)fclose(terminal->output);
    frame_done(&terminal->frame);
    terminal_links_done(terminal);
}
