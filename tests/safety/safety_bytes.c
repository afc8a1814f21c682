/* layers: */
/* No control byte of an article reaches the terminal: pages full of escape sequences go through
 * every pane and every command, and each byte that the terminal got must be one that the screen
 * library or the program itself sends. */
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/pty_program.h"

/* Every planted sequence has this number in it, which nothing else has. */
#define SIGN "31337"

/* title, body, names and file names all get these */
static const char hostile[] =
    "\x1b]0;" SIGN "\a"                                         /* OSC: window title */
    "\x1b]52;c;" SIGN "\x1b\\"                                  /* OSC: clipboard */
    "\x1b]8;;http://" SIGN "/\x1b\\"                            /* OSC: link */
    "\x1b[" SIGN "m\x1b[2J\x1b[6n"                              /* CSI: colour, erase, question */
    "\x1bP$q" SIGN "\x1b\\"                                     /* DCS */
    "\x1b_" SIGN "\x1b\\\x1b^" SIGN "\x1b\\\x1bX" SIGN "\x1b\\" /* APC, PM, SOS */
    "\x1b"
    "c\x1b(0\x1b#8"     /* reset, character set, test picture */
    "\xc2\x9b" SIGN "m" /* CSI of one byte, in UTF-8 */
    "\xc2\x9d"
    "0;" SIGN "\xc2\x9c"           /* OSC … ST */
    "\xc2\x90q" SIGN "\xc2\x9c"    /* DCS … ST */
    "\xc2\x85\xc2\x8d"             /* NEL, RI */
    "\a\b\v\f\x0e\x0f\x11\x13\x7f" /* bell, back, shift, flow, delete */
    "\xe2\x80\xae"
    "\xe2\x81\xa6"
    "\xe2\x80\x8f"
    "\xd8\x9c"                         /* right-to-left: override, isolate, mark */
    "\xf3\xa0\x80\x81\xf3\xa0\x81\x81" /* tags */
    "\xe2\x80\xa8\xe2\x80\xa9"         /* line and paragraph separators */
    "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc"
    "\x81";

/* The same as raw bytes that are no UTF-8. */
static const char hostile_raw[] = "\x9b" SIGN "m\x9d"
                                  "0;" SIGN "\x9c\x90q" SIGN "\x9c\xff\xfe\xc0\x9b" SIGN "m";

/* ---- what the terminal may get ------------------------------------------------------------- */

struct reading {
    const char *what;
    const unsigned char *ptr;
    size_t len, at;
};

/* Set while the check itself is tested: where it goes on after it has found something. */
static jmp_buf *expecting;

static void wrong(const struct reading *reading, size_t from, const char *message)
{
    if (expecting)
        longjmp(*expecting, 1);
    printf("%s: byte %zu: %s:", reading->what, from, message);
    size_t end = from + 24 < reading->len ? from + 24 : reading->len;
    for (size_t i = from > 16 ? from - 16 : 0; i < end; i++) {
        unsigned char byte = reading->ptr[i];
        printf(byte >= ' ' && byte < 0x7f ? "%c" : "<%02x>", byte);
    }
    die("\na byte of an article reached the terminal");
}

static bool is_one_of(unsigned char byte, const char *set)
{
    return byte && strchr(set, byte);
}

/* CSI: digits, ; and ? and one of the letters that the screen library uses. */
static void read_csi(struct reading *reading, size_t from)
{
    size_t start = reading->at;
    while (reading->at < reading->len && is_one_of(reading->ptr[reading->at], "0123456789;?>"))
        reading->at++;
    size_t len = reading->at - start;
    if (reading->at == reading->len)
        wrong(reading, from, "an unfinished sequence");
    unsigned char last = reading->ptr[reading->at++];
    if (!is_one_of(last, "@ABCDEFGHIJKLMPSTXZbcdfghlmnrt"))
        wrong(reading, from, "an unknown CSI");
    if (last == 'n' && !(len == 1 && reading->ptr[start] == '5'))
        wrong(reading, from, "a question to the terminal");
    char parameters[64];
    snprintf(parameters, sizeof parameters, "%.*s", (int)(len < 63 ? len : 63),
             reading->ptr + start);
    if (strstr(parameters, SIGN))
        wrong(reading, from, "a planted CSI");
}

/* OSC: the frame mark, a clipboard text in base64, an address of the web. */
static void read_osc(struct reading *reading, size_t from)
{
    size_t start = reading->at;
    while (reading->at < reading->len && reading->ptr[reading->at] != '\a' &&
           reading->ptr[reading->at] != 0x1b)
        reading->at++;
    if (reading->at == reading->len)
        wrong(reading, from, "an unfinished OSC");
    size_t len = reading->at - start;
    bool bell = reading->ptr[reading->at] == '\a';
    reading->at += bell ? 1 : 2;
    const char *text = (const char *)reading->ptr + start;
    const char *allowed = NULL;
    size_t head = 0;
    if (len > 5 && memcmp(text, "7777;", 5) == 0) {
        head = 5;
        allowed = "0123456789";
    } else if (len > 5 && memcmp(text, "52;c;", 5) == 0) {
        head = 5;
        allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
        if (len == 5 + strlen(SIGN) && memcmp(text + 5, SIGN, strlen(SIGN)) == 0)
            wrong(reading, from, "a planted clipboard text");
    }
    static const char address[] = "8;;http";
    if (len == 3 && memcmp(text, address, len) == 0)
        return;
    if (len > sizeof address - 1 && memcmp(text, address, sizeof address - 1) == 0) {
        head = sizeof address - 1;
        allowed = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._~:/?#[]@!$&'()*+,;=%";
    }
    for (size_t i = head; allowed && i < len; i++)
        if (!is_one_of((unsigned char)text[i], allowed))
            allowed = NULL;
    if (!allowed)
        wrong(reading, from, "an unknown OSC");
}

static void read_escape(struct reading *reading)
{
    size_t from = reading->at++;
    if (reading->at == reading->len)
        wrong(reading, from, "a lone escape");
    unsigned char kind = reading->ptr[reading->at++];
    if (kind == '[') {
        read_csi(reading, from);
    } else if (kind == ']') {
        read_osc(reading, from);
    } else if (kind == '(' || kind == ')') {
        if (reading->at == reading->len || !is_one_of(reading->ptr[reading->at++], "B0"))
            wrong(reading, from, "an unknown character set");
    } else if (!is_one_of(kind, "78=>M")) {
        wrong(reading, from, "an unknown escape");
    }
}

static bool is_invisible(uint32_t c)
{
    return (c >= 0x80 && c < 0xa0) || c == 0x61c || c == 0x200e || c == 0x200f ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
           (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
}

/* One character beyond ASCII: strict UTF-8, visible. Returns it. */
static uint32_t read_utf8(struct reading *reading)
{
    size_t from = reading->at;
    unsigned char first = reading->ptr[reading->at++];
    int tail = first >= 0xf0 && first < 0xf5   ? 3
               : first >= 0xe0 && first < 0xf0 ? 2
               : first >= 0xc2 && first < 0xe0 ? 1
                                               : 0;
    if (!tail)
        wrong(reading, from, "a raw byte");
    uint32_t c = first & (0x3fu >> tail);
    for (; tail; tail--) {
        if (reading->at == reading->len || (reading->ptr[reading->at] & 0xc0) != 0x80)
            wrong(reading, from, "broken UTF-8");
        c = c << 6 | (reading->ptr[reading->at++] & 0x3f);
    }
    if (is_invisible(c))
        wrong(reading, from, "an invisible character");
    return c;
}

static void check_bytes(const char *what, const struct bytes *output)
{
    struct reading reading = {what, (const unsigned char *)output->ptr, output->len, 0};
    int marks = 0; /* accents in a row */
    while (reading.at < reading.len) {
        unsigned char byte = reading.ptr[reading.at];
        if (byte == 0x1b) {
            read_escape(&reading);
        } else if (byte >= 0x80) {
            uint32_t c = read_utf8(&reading);
            marks = c >= 0x300 && c < 0x370 ? marks + 1 : 0;
            if (marks > 8)
                wrong(&reading, reading.at, "too many accents in one cell");
            continue;
        } else {
            if (byte == 0x7f || (byte < ' ' && !is_one_of(byte, "\r\n\b\t")))
                wrong(&reading, reading.at, "a control byte");
            reading.at++;
        }
        marks = 0;
    }
}

/* The check must find what it is there to find, and let pass what the program sends. */
static void check_the_check(void)
{
    static const char *const bad[] = {
        "a\x1b]0;title\a",
        "\x1b]52;c;31337\x1b\\",
        "\x1b]8;;http://x/\x1b\\",
        "\x1b[31337m",
        "\x1b[6n",
        "\x1bP$qm\x1b\\",
        "\x1b_x\x1b\\",
        "\x1b"
        "c",
        "\x1b#8",
        "\xc2\x9b"
        "1m",
        "\xc2\x9d"
        "0;x",
        "\x9b"
        "1m",
        "a\abc",
        "\x7f",
        "\x0e",
        "\v",
        "\xe2\x80\xae",
        "\xe2\x81\xa6",
        "\xd8\x9c",
        "\xf3\xa0\x80\x81",
        "\xe2\x80\xa8",
        "\xff",
        "\xc0\x9b",
        "\x1b",
        "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81",
    };
    static const char good[] =
        "\x1b[?1049h\x1b[22;0;0t\x1b(B\x1b[m\x1b[1;24r\x1b[H\x1b[2J\x1b[0;1;7mdossi"
        "\xc3\xa9r \xe2\x96\xb8 e\xcc\x81\x1b[39;49m\r\n\b\x1b[5n\x1b]7777;12\a\x1b[?25l";
    for (volatile size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        jmp_buf here;
        struct bytes planted = {0};
        bytes_add(&planted, bad[i], strlen(bad[i]));
        if (setjmp(here) == 0) {
            expecting = &here;
            check_bytes("a planted byte", &planted);
            die("the check does not find planted sequence %zu", i);
        }
        expecting = NULL;
        bytes_done(&planted);
    }
    struct bytes fine = {0};
    bytes_add(&fine, good, sizeof good - 1);
    check_bytes("what the program sends", &fine);
    bytes_done(&fine);
}

/* ---- the pages ----------------------------------------------------------------------------- */

static void add(struct bytes *bytes, const char *text)
{
    bytes_add(bytes, text, strlen(text));
}

static void write_pages(const struct world *world)
{
    struct bytes page = {0};
    add(&page, "Minister ");
    add(&page, hostile);
    add(&page, " Returns To Tehran\nBy Anna ");
    add(&page, hostile);
    add(&page, " Petrova, August 5, 2024\n\nPresident Vladimir ");
    add(&page, hostile);
    add(&page, " Putin met Sergei Shoigu on August 5, 2024 in Moscow, the agency said.\n\n");
    for (int i = 0; i < 40; i++) {
        add(&page, "Sergei Shoigu said on Monday that ");
        add(&page, i % 2 ? hostile : hostile_raw);
        add(&page, " would follow. Secretary Ali Akbar ");
        add(&page, hostile_raw);
        add(&page, "Ahmadian of Iran, whom Shoigu met on August 6, 2024, agreed.\n\n");
    }
    add(&page, "Subscribe to our ");
    add(&page, hostile);
    add(&page, " newsletter\n");

    struct bytes name = {0};
    world_copy(world, DATA_DIR "/articles", "in");
    world_write(world, "in/900.txt", page.ptr, page.len);
    add(&name, "in/901\x1b]0;" SIGN "\a\x1b[" SIGN "m\xc2\x9b" SIGN "m\xe2\x80\xae.txt");
    world_write(world, name.ptr, page.ptr, page.len);
    name.len = 0;
    add(&name, "in/902\x9b" SIGN "m\x7f.txt");
    world_write(world, name.ptr, page.ptr, page.len);
    name.len = 0;
    /* One that cannot be read: its name and its text go into messages. */
    add(&name, "in/903\x1b[" SIGN "m.jsonl");
    static const char broken[] = "{\"text\": \x1b[" SIGN "m\xc2\x9b" SIGN "m}\n[]\n";
    world_write(world, name.ptr, broken, sizeof broken - 1);
    static const char lines[] =
        "{\"id\": \"\\u001b]0;" SIGN "\\u0007\", \"title\": \"Putin \\u001b[" SIGN "m\\u009b" SIGN
        "m\\u202e Shoigu\", \"site\": \"\\u001bP" SIGN "\\u001b\\\\ Wire\", \"author\": "
        "\"Dana \\u009b" SIGN "m Whitcombe\", \"url\": \"http://a.example/\\u001b[" SIGN "m\", "
        "\"published\": \"2024-08-05\", \"text\": \"Vladimir Putin \\u001b[" SIGN
        "m said on Monday.\\nSergei \\u202e\\u0007 Shoigu said \\u007f\\u009d no.\"}\n";
    world_write(world, "in/904.jsonl", lines, sizeof lines - 1);
    static const char keys[] = "bind any \x1b[" SIGN "m close\nbind \x1b]0;" SIGN
                               "\a x y\n\xc2\x9b" SIGN "m\ninclude \x1b[" SIGN "m.keys\n";
    world_write(world, "bad.keys", keys, sizeof keys - 1);
    bytes_done(&page);
    bytes_done(&name);
}

/* ---- commands ------------------------------------------------------------------------------ */

static const char *binary;

/* Runs one command on a terminal and checks what it printed. */
static void run_command(const struct world *world, const char *const words[])
{
    const char *arguments[16] = {binary};
    char what[256] = "dossier";
    for (int i = 0; words[i]; i++) {
        arguments[i + 1] = words[i];
        size_t len = strlen(what);
        snprintf(what + len, sizeof what - len, " %s",
                 strchr(words[i], '\x1b') ? "(hostile)" : words[i]);
    }
    struct pty_program program;
    int status = 0;
    pty_start(&program, world, 24, 80, arguments);
    if (!pty_wait_end(&program, PTY_PATIENCE, &status))
        die("%s: does not end", what);
    if (!(status == 0 || (status & 0x7f) == 0))
        die("%s: ended by signal %d", what, status & 0x7f);
    check_bytes(what, &program.output);
    pty_close(&program);
}

#define EVIL "x\x1b]0;" SIGN "\a\x1b[" SIGN "m\xc2\x9b" SIGN "m\xe2\x80\xae\x9b" SIGN "m"

static void run_commands(const struct world *world)
{
    static const char *const commands[][6] = {
        {"import", "in"},
        {"import", "in"},
        {"import", EVIL},
        {"list"},
        {"list", "--json"},
        {"show", "in/900.txt"},
        {"show", "--json", "in/900.txt"},
        {"show", "in/904.jsonl"},
        {"show", "12"},
        {"show", EVIL},
        {"people"},
        {"people", "--json"},
        {"mentions", "Shoigu"},
        {"mentions", "--json", "Shoigu"},
        {"mentions", EVIL},
        {"timeline"},
        {"timeline", "--json"},
        {"search", "said"},
        {"search", "--json", "said"},
        {"search", EVIL},
        {"search", "\"" EVIL},
        {"bookmarks"},
        {"bookmarks", "--json"},
        {"inspect", "in"},
        {"inspect", EVIL},
        {"inspect", "--published", EVIL, "in"},
        {"keys"},
        {"keys", "--check", "bad.keys"},
        {"keys", "--check", EVIL},
        {"-f", EVIL "/" EVIL, "list"},
        {"-f", "bad.keys", "list"},
        {"--help"},
        {"--version"},
        {"--" EVIL},
        {EVIL},
        {"list", "--" EVIL},
        {"list", EVIL},
    };
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        run_command(world, commands[i]);
}

/* ---- panes --------------------------------------------------------------------------------- */

static void press(struct pty_program *program, const char *keys)
{
    char copy[512];
    snprintf(copy, sizeof copy, "%s", keys);
    for (char *key = strtok(copy, " "); key; key = strtok(NULL, " ")) {
        char bytes[16];
        size_t len = pty_key(key, bytes);
        if (!len)
            die("no such key: %s", key);
        if (!pty_send(program, bytes, len) || pty_next_frame(program, PTY_PATIENCE) != PTY_FRAME) {
            pty_print_screen(program);
            die("no frame after %s of: %s", key, keys);
        }
        char what[600];
        snprintf(what, sizeof what, "the panes, after %s of: %s", key, keys);
    }
    char what[600];
    snprintf(what, sizeof what, "the panes, after: %s", keys);
    check_bytes(what, &program->output);
}

static void walk_panes(const struct world *world, int rows, int columns)
{
    const char *const arguments[] = {binary, NULL};
    struct pty_program program;
    pty_start(&program, world, rows, columns, arguments);
    if (pty_next_frame(&program, PTY_PATIENCE) != PTY_FRAME)
        die("no first screen");
    press(&program, "g g j j j j G k k");               /* articles */
    press(&program, "s s f 9 0 <Enter>");               /* sorted, filtered to the planted ones */
    press(&program, "<Enter> <Space> <Space> b G g g"); /* the reader */
    press(&program, "c <Space> G c <Space> g g c");     /* removed blocks, raw */
    press(&program, "] p w <Esc> ] d w <Esc> ] m w <Esc>");   /* why? */
    press(&program, "] p * n n n N J J K");                   /* target, next articles */
    press(&program, "v j j j y");                             /* clipboard */
    press(&program, "v j j B n o t e <Enter> <Enter> <Esc>"); /* a bookmark */
    press(&program, "g p j j G g g <Enter> j j G");           /* people, a person */
    press(&program, "<Enter> <Space> h h");                   /* from a mention and back */
    press(&program, "g t j j G g g <Enter> <Space> h");       /* the timeline */
    press(&program, "g b j <Enter> h");                       /* bookmarks */
    press(&program, "/ s a i d <Enter> j j <Enter> n n n h"); /* search */
    press(&program, "g s j j");
    press(&program, "/ \x1b[A \" \" <Enter> <Esc>"); /* an empty phrase */
    press(&program, "? <Space> <Space> q");          /* help */
    press(&program, ": x y z <Enter> <Esc>");        /* a command that is none */
    pty_close(&program);
}

int main(void)
{
    binary = getenv("DOSSIER_BINARY");
    if (!binary)
        die("DOSSIER_BINARY is not set");
    struct world world;
    check_the_check();
    world_open(&world);
    write_pages(&world);
    run_commands(&world);
    walk_panes(&world, 24, 80);
    walk_panes(&world, 50, 132);
    world_set(&world, "TERM=\x1b[" SIGN "m\xc2\x9b" SIGN "m");
    run_command(&world, (const char *const[]){"in", NULL});
    world_close(&world);
    return 0;
}
