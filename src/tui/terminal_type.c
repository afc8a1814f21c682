#include "tui/terminal_type.h"

#include <string.h>
#include <unistd.h>

#include <curses.h>
#include <term.h>

bool terminal_type_takes_commands(const char *type)
{
    static const char *const without[] = {"linux", "vt100", "vt102", "vt220", "ansi", "cons25"};
    for (size_t i = 0; i < sizeof without / sizeof *without; i++)
        if (strcmp(type, without[i]) == 0)
            return false;
    return true;
}

static enum status refuse_unknown(const char *type, int found, const char *advice,
                                  struct error *err)
{
    if (found < 0)
        return error_set(err, STATUS_USAGE,
                         "the descriptions of terminals (terminfo) are missing; TERM is '%.60s'",
                         type);
    return error_set(err, STATUS_USAGE, "the terminal type '%.60s' is not known here; %s", type,
                     advice);
}

static bool can_move_cursor(void)
{
    const char *move = tigetstr("cup");
    return move != NULL && move != (const char *)-1 && tigetflag("hc") <= 0 && tigetflag("gn") <= 0;
}

enum status terminal_check_type(const char *type, struct error *err)
{
    static const char advice[] =
        "set TERM to the name of your terminal, for example TERM=xterm-256color";
    if (type == NULL || type[0] == '\0')
        return error_set(err, STATUS_USAGE, "TERM is not set; %s", advice);
    int found = 0;
    bool is_known = setupterm(type, STDOUT_FILENO, &found) == OK;
    bool can_move = is_known && can_move_cursor();
    if (is_known) {
        TERMINAL *described = set_curterm(NULL);
        (void)del_curterm(described);
    }
    if (!is_known && found != 1)
        return refuse_unknown(type, found, advice, err);
    if (!can_move)
        return error_set(err, STATUS_USAGE, "a terminal of type '%.60s' cannot move its cursor; %s",
                         type, advice);
    return STATUS_OK;
}
