/* What the description of a terminal (terminfo) says that the painter needs to know. */
#include <stdio.h>
#include <string.h>

#define NCURSES_NOMACROS 1
#include <curses.h>

#include "tui/terminal_type.h"

enum { PLAIN_COLOURS = 8 };

/* NULL when there is none. */
static const char *sequence(const char *capability)
{
    const char *found = tigetstr(capability);
    return found == (const char *)-1 ? NULL : found;
}

/* True when both are the same, delays (for old hardware, "$<5>") aside. */
static bool is_same(const char *found, const char *expected)
{
    size_t len = strcspn(found, "$");
    return strlen(expected) == len && memcmp(found, expected, len) == 0;
}

/* What the painter writes, and what it leaves out where a terminal has no such thing. */
static bool has_sequences(void)
{
    static const struct {
        const char *capability, *sequence;
        bool is_needed;
    } table[] = {
        {"cup", "\033[%i%p1%d;%p2%dH", true},
        {"csr", "\033[%i%p1%d;%p2%dr", true},
        {"el", "\033[K", true},
        {"sc", "\0337", true},
        {"rc", "\0338", true},
        {"ri", "\033M", true},
        {"bold", "\033[1m", false},
        {"dim", "\033[2m", false},
        {"sitm", "\033[3m", false},
        {"smul", "\033[4m", false},
        {"rev", "\033[7m", false},
        {"op", "\033[39;49m", false},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const char *found = sequence(table[i].capability);
        if (found == NULL ? table[i].is_needed : !is_same(found, table[i].sequence))
            return false;
    }
    return true;
}

/* True when a capability sets all colours by the numbers that `of_256` says: 34 and 94, or
 * 38;5;4. */
static bool sets_colours(const char *capability, int colours, int place, bool of_256)
{
    const char *found = sequence(capability);
    for (int i = 0; found != NULL && i < colours; i++) {
        char expected[32];
        int plain = i < PLAIN_COLOURS ? place * 10 + i : (place + 6) * 10 + i - PLAIN_COLOURS;
        const char *set = tiparm(found, i);
        (void)(of_256 ? snprintf(expected, sizeof expected, "\033[%d8;5;%dm", place, i)
                      : snprintf(expected, sizeof expected, "\033[%dm", plain));
        if (set == NULL || !is_same(set, expected))
            return false;
    }
    return found != NULL || colours == 0;
}

bool terminal_type_skills(int colours, struct painter_skills *skills)
{
    *skills = (struct painter_skills){
        .erases_in_colour = tigetflag("bce") > 0,
        .repeats = sequence("rep") != NULL,
        .goes_to_rows = sequence("vpa") != NULL,
        .goes_to_columns = sequence("hpa") != NULL,
        .scrolls = sequence("indn") != NULL && sequence("rin") != NULL,
        .has_256 = colours > 0 && sets_colours("setaf", colours, 3, true),
    };
    /* Where text runs on from one row into the next (no xenl) the last column cannot be written. */
    return tigetflag("xenl") > 0 && has_sequences() &&
           sets_colours("setaf", colours, 3, skills->has_256) &&
           sets_colours("setab", colours, 4, skills->has_256);
}

bool terminal_type_sequence(const char *capability, char bytes[TERMINAL_SEQUENCE_LEN])
{
    const char *found = sequence(capability);
    size_t len = found != NULL ? strcspn(found, "$") : TERMINAL_SEQUENCE_LEN;
    if (len >= TERMINAL_SEQUENCE_LEN)
        return false;
    memcpy(bytes, found, len);
    bytes[len] = '\0';
    return true;
}

int terminal_type_without_colour(void)
{
    int found = tigetnum("ncv");
    return found > 0 ? found : 0;
}
