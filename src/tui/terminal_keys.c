#include <stdio.h>

#include "text/utf8.h"
#include "tui/terminal_inside.h"

/* Codes for what curses is taught, above all of its own: FIRST + modifiers * NAMES + named key. */
enum {
    LEARNT_FIRST = 0x4000,
    LEARNT_NAMES = 64,
    LEARNT_CONTROL = 1,
    LEARNT_META = 2,
    LEARNT_ANSWER = LEARNT_FIRST + 4 * LEARNT_NAMES, /* the terminal's answer to "are you there" */
    ESCAPE_BYTE = 0x1B,
    SEQUENCE_LEN = 32
};
_Static_assert(KEY_NAME_END - KEY_NAME_FIRST <= LEARNT_NAMES, "named keys fit a code");

static const struct {
    int code;
    key_code key;
} curses_keys[] = {
    {KEY_UP, KEY_CODE_UP},
    {KEY_DOWN, KEY_CODE_DOWN},
    {KEY_LEFT, KEY_CODE_LEFT},
    {KEY_RIGHT, KEY_CODE_RIGHT},
    {KEY_SR, KEY_CODE_UP},
    {KEY_SF, KEY_CODE_DOWN},
    {KEY_SLEFT, KEY_CODE_LEFT},
    {KEY_SRIGHT, KEY_CODE_RIGHT},
    {KEY_HOME, KEY_CODE_HOME},
    {KEY_FIND, KEY_CODE_HOME},
    {KEY_A1, KEY_CODE_HOME},
    {KEY_SHOME, KEY_CODE_HOME},
    {KEY_END, KEY_CODE_END},
    {KEY_SELECT, KEY_CODE_END},
    {KEY_C1, KEY_CODE_END},
    {KEY_SEND, KEY_CODE_END},
    {KEY_PPAGE, KEY_CODE_PAGE_UP},
    {KEY_A3, KEY_CODE_PAGE_UP},
    {KEY_SPREVIOUS, KEY_CODE_PAGE_UP},
    {KEY_NPAGE, KEY_CODE_PAGE_DOWN},
    {KEY_C3, KEY_CODE_PAGE_DOWN},
    {KEY_SNEXT, KEY_CODE_PAGE_DOWN},
    {KEY_IC, KEY_CODE_INSERT},
    {KEY_SIC, KEY_CODE_INSERT},
    {KEY_DC, KEY_CODE_DELETE},
    {KEY_SDC, KEY_CODE_DELETE},
    {KEY_BACKSPACE, KEY_CODE_BACKSPACE},
    {KEY_ENTER, KEY_CODE_ENTER},
    {KEY_BTAB, KEY_CODE_BACKTAB},
    {KEY_F(1), KEY_CODE_F1},
    {KEY_F(2), KEY_CODE_F2},
    {KEY_F(3), KEY_CODE_F3},
    {KEY_F(4), KEY_CODE_F4},
    {KEY_F(5), KEY_CODE_F5},
    {KEY_F(6), KEY_CODE_F6},
    {KEY_F(7), KEY_CODE_F7},
    {KEY_F(8), KEY_CODE_F8},
    {KEY_F(9), KEY_CODE_F9},
    {KEY_F(10), KEY_CODE_F10},
    {KEY_F(11), KEY_CODE_F11},
    {KEY_F(12), KEY_CODE_F12},
};

/* Sequences of ANSI and xterm terminals (ECMA-48; xterm's "PC-style function keys"): ESC [ A,
 * ESC [ 1 ; modifiers A, ESC O A; ESC [ 5 ~ and ESC [ 5 ; modifiers ~. */
static const struct {
    char letter;
    key_code key;
} letter_keys[] = {
    {'A', KEY_CODE_UP},   {'B', KEY_CODE_DOWN}, {'C', KEY_CODE_RIGHT}, {'D', KEY_CODE_LEFT},
    {'H', KEY_CODE_HOME}, {'F', KEY_CODE_END},  {'P', KEY_CODE_F1},    {'Q', KEY_CODE_F2},
    {'R', KEY_CODE_F3},   {'S', KEY_CODE_F4},
};

static const struct {
    int number;
    key_code key;
} number_keys[] = {
    {1, KEY_CODE_HOME},      {2, KEY_CODE_INSERT}, {3, KEY_CODE_DELETE}, {4, KEY_CODE_END},
    {5, KEY_CODE_PAGE_UP},   {7, KEY_CODE_HOME},   {8, KEY_CODE_END},    {11, KEY_CODE_F1},
    {6, KEY_CODE_PAGE_DOWN}, {12, KEY_CODE_F2},    {13, KEY_CODE_F3},    {14, KEY_CODE_F4},
    {15, KEY_CODE_F5},       {17, KEY_CODE_F6},    {18, KEY_CODE_F7},    {19, KEY_CODE_F8},
    {20, KEY_CODE_F9},       {21, KEY_CODE_F10},   {23, KEY_CODE_F11},   {24, KEY_CODE_F12},
};

/* ---- teaching ---- */

static int learnt_code(key_code key, int modifiers)
{
    return LEARNT_FIRST + modifiers * LEARNT_NAMES + (int)(key - KEY_NAME_FIRST);
}

static void learn_plain(const char *sequence, key_code key)
{
    if (key_defined(sequence) == 0)
        (void)define_key(sequence, learnt_code(key, 0));
}

void terminal_learn_keys(void)
{
    /* xterm counts modifiers from 1: shift 1, alt 2, control 4. Shift makes no other key here. */
    enum { FIRST_MODIFIER = 2, LAST_MODIFIER = 8, ALT = 2, CONTROL = 4 };
    char sequence[SEQUENCE_LEN];
    for (size_t i = 0; i < sizeof letter_keys / sizeof letter_keys[0]; i++) {
        char letter = letter_keys[i].letter;
        if (letter < 'P') {
            (void)snprintf(sequence, sizeof sequence, "\033[%c", letter);
            learn_plain(sequence, letter_keys[i].key);
        }
        (void)snprintf(sequence, sizeof sequence, "\033O%c", letter);
        learn_plain(sequence, letter_keys[i].key);
    }
    for (size_t i = 0; i < sizeof number_keys / sizeof number_keys[0]; i++) {
        (void)snprintf(sequence, sizeof sequence, "\033[%d~", number_keys[i].number);
        learn_plain(sequence, number_keys[i].key);
    }
    learn_plain("\033[Z", KEY_CODE_BACKTAB);
    learn_plain("\033OM", KEY_CODE_ENTER);
    for (int modifier = FIRST_MODIFIER; modifier <= LAST_MODIFIER; modifier++) {
        int bits = modifier - 1;
        int modifiers = (bits & CONTROL ? LEARNT_CONTROL : 0) | (bits & ALT ? LEARNT_META : 0);
        for (size_t i = 0; i < sizeof letter_keys / sizeof letter_keys[0]; i++) {
            (void)snprintf(sequence, sizeof sequence, "\033[1;%d%c", modifier,
                           letter_keys[i].letter);
            (void)define_key(sequence, learnt_code(letter_keys[i].key, modifiers));
        }
        for (size_t i = 0; i < sizeof number_keys / sizeof number_keys[0]; i++) {
            (void)snprintf(sequence, sizeof sequence, "\033[%d;%d~", number_keys[i].number,
                           modifier);
            (void)define_key(sequence, learnt_code(number_keys[i].key, modifiers));
        }
    }
    (void)define_key("\033[0n", LEARNT_ANSWER);
    (void)define_key(NULL, KEY_MOUSE); /* its reports are skipped whole */
}

/* ---- reading ---- */

void terminal_queue_key(struct terminal *terminal, key_code key)
{
    if (terminal->queue_count == KEY_QUEUE_LIMIT)
        return;
    terminal->queue[(terminal->queue_at + terminal->queue_count) % KEY_QUEUE_LIMIT] = key;
    terminal->queue_count++;
}

/* A code of curses above the bytes; 0 for a key that has no name. */
static key_code key_of_code(int code)
{
    if (code >= LEARNT_FIRST && code < LEARNT_ANSWER) {
        int modifiers = (code - LEARNT_FIRST) / LEARNT_NAMES;
        return (KEY_NAME_FIRST + (key_code)((code - LEARNT_FIRST) % LEARNT_NAMES)) |
               (modifiers & LEARNT_CONTROL ? KEY_CODE_CONTROL : 0) |
               (modifiers & LEARNT_META ? KEY_CODE_META : 0);
    }
    for (size_t i = 0; i < sizeof curses_keys / sizeof curses_keys[0]; i++)
        if (curses_keys[i].code == code)
            return curses_keys[i].key;
    return 0;
}

/* A byte below 0x80. */
static key_code key_of_ascii(int byte)
{
    static const struct {
        int byte;
        key_code key;
    } named[] = {{0, KEY_CODE_CONTROL | KEY_CODE_SPACE},
                 {'\t', KEY_CODE_TAB},
                 {'\r', KEY_CODE_ENTER},
                 {ESCAPE_BYTE, KEY_CODE_ESCAPE},
                 {'\b', KEY_CODE_BACKSPACE},
                 {0x7F, KEY_CODE_BACKSPACE},
                 {' ', KEY_CODE_SPACE}};
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
        if (named[i].byte == byte)
            return named[i].key;
    if (byte >= ' ')
        return (key_code)byte;
    /* ^A..^Z by their small letters, ^\ ^] ^^ ^_ by their signs. */
    return (key_code)(byte + (byte <= 'Z' - '@' ? '`' : '@')) | KEY_CODE_CONTROL;
}

static size_t sequence_len(unsigned char first)
{
    return first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
}

static void queue_partial(struct terminal *terminal)
{
    size_t len;
    uint32_t code_point = utf8_decode((str){terminal->partial, terminal->partial_len}, 0, &len);
    terminal->partial_len = 0;
    if (code_point > 0x9F)
        terminal_queue_key(terminal, code_point);
}

/* A byte of a UTF-8 sequence; true when the sequence is not whole yet. */
static bool add_to_sequence(struct terminal *terminal, int byte, key_code bits)
{
    bool first = byte >= 0xC2 && byte <= 0xF4; /* others begin no sequence */
    if (terminal->partial_len > 0 && first)
        queue_partial(terminal);
    terminal->partial[terminal->partial_len++] = (char)byte;
    if (!first && terminal->partial_len == 1) {
        queue_partial(terminal);
        return false;
    }
    if (terminal->partial_len < sequence_len((unsigned char)terminal->partial[0]))
        return true;
    size_t at = terminal->queue_count;
    queue_partial(terminal);
    if (terminal->queue_count > at)
        terminal->queue[(terminal->queue_at + at) % KEY_QUEUE_LIMIT] |= bits;
    return false;
}

static void take_code(struct terminal *terminal, int code, key_code bits)
{
    if (code >= 0x80 && code <= 0xFF) {
        while (add_to_sequence(terminal, code, bits)) {
            code = wgetch(terminal->keys);
            if (code < 0x80 || code > 0xBF) {
                if (code != ERR) {
                    queue_partial(terminal);
                    (void)ungetch(code);
                }
                return;
            }
        }
        return;
    }
    if (terminal->partial_len > 0)
        queue_partial(terminal);
    if (code == LEARNT_ANSWER) {
        terminal_pace_answered(terminal);
        return;
    }
    key_code key = code < 0x80 ? key_of_ascii(code) : key_of_code(code);
    if (key != 0)
        terminal_queue_key(terminal, key | bits);
}

/* After ESC [ or ESC O that began no known key: the rest of the sequence is no typing. */
static void skip_sequence(struct terminal *terminal, int introducer)
{
    wtimeout(terminal->keys, terminal->options.escape_ms);
    int code = wgetch(terminal->keys);
    nodelay(terminal->keys, TRUE);
    if (code == ERR) {
        terminal_queue_key(terminal, (key_code)introducer | KEY_CODE_META);
        return;
    }
    if (introducer == 'O')
        return;
    while (code >= ' ' && code < '@')
        code = wgetch(terminal->keys);
    if (code == '[') /* function keys of the Linux console: ESC [ [ A */
        (void)wgetch(terminal->keys);
}

/* Escape was read: alone, before a key with Alt, or at the start of an unknown sequence. */
static void take_escape(struct terminal *terminal)
{
    int code = wgetch(terminal->keys);
    while (code == ESCAPE_BYTE) {
        terminal_queue_key(terminal, KEY_CODE_ESCAPE);
        code = wgetch(terminal->keys);
    }
    if (code == ERR)
        terminal_queue_key(terminal, KEY_CODE_ESCAPE);
    else if (code == '[' || code == 'O')
        skip_sequence(terminal, code);
    else
        take_code(terminal, code, KEY_CODE_META);
}

bool terminal_read_keys(struct terminal *terminal)
{
    bool any = false;
    /* One round adds two keys at most, but for a run of Escapes. */
    while (terminal->queue_count + 2 <= KEY_QUEUE_LIMIT) {
        int code = wgetch(terminal->keys);
        if (code == ERR)
            break;
        any = true;
        if (code == ESCAPE_BYTE)
            take_escape(terminal);
        else
            take_code(terminal, code, 0);
    }
    return any;
}
