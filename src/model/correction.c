#include "model/correction.h"

#include <string.h>

#include "base/ascii.h"

/* ---- what each verb needs ------------------------------------------------------------------ */

enum need { NEVER, MAY, MUST };

static const struct verb {
    const char *name;
    enum need to, in, at;
} verbs[CORRECTION_VERB_COUNT] = {
    [CORRECTION_MERGE] = {"merge", MUST, NEVER, NEVER},
    [CORRECTION_SPLIT] = {"split", MUST, MUST, MAY},
    [CORRECTION_RENAME] = {"rename", MUST, NEVER, NEVER},
    [CORRECTION_RETYPE] = {"retype", MUST, MAY, MAY},
    [CORRECTION_REJECT] = {"reject", NEVER, MAY, MAY},
    [CORRECTION_ADD] = {"add", NEVER, MUST, MUST},
    [CORRECTION_KEEP] = {"keep", NEVER, MAY, NEVER},
};

const char *correction_verb_name(enum correction_verb verb)
{
    return (unsigned)verb < CORRECTION_VERB_COUNT ? verbs[verb].name : "";
}

/* ---- writing ------------------------------------------------------------------------------- */

/* Bytes of the well-formed UTF-8 sequence at the start of `rest`, which is not empty; 0: there is
 * none. */
static size_t sequence_len(str rest)
{
    static const struct {
        unsigned char first, last, second_low, second_high;
        size_t len;
    } forms[] = {
        {0x00, 0x7f, 0x80, 0xbf, 1}, {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
        {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
        {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
    };
    const unsigned char *bytes = (const unsigned char *)rest.ptr;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (bytes[0] < forms[i].first || bytes[0] > forms[i].last)
            continue;
        bool fits = rest.len >= forms[i].len;
        for (size_t k = 1; k < forms[i].len && fits; k++)
            fits = bytes[k] >= (k == 1 ? forms[i].second_low : 0x80) &&
                   bytes[k] <= (k == 1 ? forms[i].second_high : 0xbf);
        return fits ? forms[i].len : 0;
    }
    return 0;
}

/* Bytes at the start of `rest` that an editor or a terminal would not show as they are: controls,
 * invisible and direction signs, what is no UTF-8. 0: the first byte is plain. */
static size_t hidden_len(str rest)
{
    static const struct {
        char from[5], to[5];
        size_t len;
    } ranges[] = {
        {"\x00", "\x1f", 1},
        {"\x7f", "\x7f", 1},
        {"\xc2\x80", "\xc2\x9f", 2},
        {"\xc2\xad", "\xc2\xad", 2},
        {"\xd8\x9c", "\xd8\x9c", 2},
        {"\xe2\x80\x8b", "\xe2\x80\x8f", 3},
        {"\xe2\x80\xa8", "\xe2\x80\xae", 3},
        {"\xe2\x81\xa0", "\xe2\x81\xaf", 3},
        {"\xef\xbb\xbf", "\xef\xbb\xbf", 3},
        {"\xef\xbf\xb9", "\xef\xbf\xbb", 3},
        {"\xf3\xa0\x80\x80", "\xf3\xa0\x81\xbf", 4},
    };
    if (sequence_len(rest) == 0)
        return 1;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        size_t len = ranges[i].len;
        if (rest.len >= len && memcmp(rest.ptr, ranges[i].from, len) >= 0 &&
            memcmp(rest.ptr, ranges[i].to, len) <= 0)
            return len;
    }
    return 0;
}

static void add_quoted(struct buf *out, str text)
{
    buf_add(out, STR(" \""));
    for (size_t i = 0, len; i < text.len; i += len) {
        str rest = str_slice(text, i, text.len);
        size_t hidden = hidden_len(rest);
        len = hidden > 0 ? hidden : sequence_len(rest);
        if (rest.ptr[0] == '\n' || rest.ptr[0] == '\t')
            buf_add(out, rest.ptr[0] == '\n' ? STR("\\n") : STR("\\t"));
        else if (rest.ptr[0] == '"' || rest.ptr[0] == '\\')
            buf_format(out, "\\%c", rest.ptr[0]);
        else if (hidden == 0)
            buf_add(out, str_slice(rest, 0, len));
        else
            for (size_t k = 0; k < hidden; k++)
                buf_format(out, "\\x%02X", (unsigned)(unsigned char)rest.ptr[k]);
    }
    buf_add_byte(out, '"');
}

static void add_entity(struct buf *out, enum entity_kind kind, str name)
{
    buf_format(out, " %s", entity_kind_name(kind));
    add_quoted(out, name);
}

void correction_write(struct buf *out, const struct correction *correction)
{
    const struct verb *verb = &verbs[correction->verb];
    buf_add(out, str_from(verb->name));
    add_entity(out, correction->kind, correction->name);
    if (verb->to != NEVER) {
        buf_add(out, STR(" to"));
        add_entity(out, correction->to_kind, correction->to);
    }
    if (correction->article.len > 0) {
        buf_add(out, STR(" in"));
        add_quoted(out, correction->article);
        if (correction->stated.len > 0) {
            buf_add(out, STR(" id"));
            add_quoted(out, correction->stated);
        }
    }
    if (correction->quote.len > 0) {
        buf_add(out, STR(" at"));
        add_quoted(out, correction->prefix);
        add_quoted(out, correction->quote);
        add_quoted(out, correction->suffix);
    }
}

/* ---- reading ------------------------------------------------------------------------------- */

struct scanner {
    str line;
    size_t at;
    struct arena *arena;
    struct error *err;
};

static enum status wrong(struct scanner *scanner, const char *what)
{
    return error_set(scanner->err, STATUS_BAD_INPUT, "byte %zu: %s", scanner->at + 1, what);
}

static void skip_blanks(struct scanner *scanner)
{
    while (scanner->at < scanner->line.len &&
           (scanner->line.ptr[scanner->at] == ' ' || scanner->line.ptr[scanner->at] == '\t'))
        scanner->at++;
}

static str next_word(struct scanner *scanner)
{
    skip_blanks(scanner);
    size_t start = scanner->at;
    while (scanner->at < scanner->line.len && ascii_is_lower(scanner->line.ptr[scanner->at]))
        scanner->at++;
    return str_slice(scanner->line, start, scanner->at);
}

/* True, past it, when the word comes next. */
static bool take_word(struct scanner *scanner, str word)
{
    size_t before = scanner->at;
    if (str_equal(next_word(scanner), word))
        return true;
    scanner->at = before;
    return false;
}

/* What follows a backslash; false when it means nothing. */
static bool read_escape(struct scanner *scanner, char *byte)
{
    str rest = str_slice(scanner->line, scanner->at, scanner->line.len);
    if (rest.len == 0)
        return false;
    scanner->at++;
    switch (rest.ptr[0]) {
    case '"':
    case '\\':
        *byte = rest.ptr[0];
        return true;
    case 'n':
        *byte = '\n';
        return true;
    case 't':
        *byte = '\t';
        return true;
    case 'x':
        break;
    default:
        return false;
    }
    int code = str_hex_pair(rest, 1);
    if (code < 0)
        return false;
    *byte = (char)code;
    scanner->at += 2;
    return true;
}

static enum status read_quoted(struct scanner *scanner, str *text)
{
    skip_blanks(scanner);
    if (scanner->at >= scanner->line.len || scanner->line.ptr[scanner->at] != '"')
        return wrong(scanner, "a text in quotes must stand here");
    scanner->at++;
    char *bytes = arena_alloc(scanner->arena, scanner->line.len - scanner->at + 1, 1);
    size_t len = 0;
    while (scanner->at < scanner->line.len && scanner->line.ptr[scanner->at] != '"') {
        char byte = scanner->line.ptr[scanner->at++];
        if (byte == '\\' && !read_escape(scanner, &byte))
            return wrong(scanner, "after \\ comes one of \" \\ n t or x and two hex digits");
        bytes[len++] = byte;
    }
    if (scanner->at >= scanner->line.len)
        return wrong(scanner, "the closing quote is missing");
    scanner->at++;
    *text = (str){bytes, len};
    return STATUS_OK;
}

static enum status read_verb(struct scanner *scanner, enum correction_verb *verb)
{
    str word = next_word(scanner);
    for (int i = 0; i < CORRECTION_VERB_COUNT; i++)
        if (str_equal(word, str_from(verbs[i].name))) {
            *verb = (enum correction_verb)i;
            return STATUS_OK;
        }
    scanner->at -= word.len;
    return wrong(scanner, "it begins with one of merge split rename retype reject add keep");
}

static enum status read_entity(struct scanner *scanner, enum entity_kind *kind, str *name)
{
    str word = next_word(scanner);
    for (int i = 0; i < ENTITY_KIND_COUNT; i++)
        if (str_equal(word, str_from(entity_kind_name((enum entity_kind)i)))) {
            *kind = (enum entity_kind)i;
            enum status status = read_quoted(scanner, name);
            if (status == STATUS_OK && str_trim(*name).len == 0)
                return wrong(scanner, "the name is empty");
            return status;
        }
    scanner->at -= word.len;
    return wrong(scanner, "person, place or organisation must stand here");
}

static enum status read_article(struct scanner *scanner, struct correction *correction)
{
    enum status status = read_quoted(scanner, &correction->article);
    if (status == STATUS_OK && correction->article.len == 0)
        return wrong(scanner, "the article's path is empty");
    if (status == STATUS_OK && take_word(scanner, STR("id")))
        status = read_quoted(scanner, &correction->stated);
    return status;
}

static enum status read_place(struct scanner *scanner, struct correction *correction)
{
    enum status status = read_quoted(scanner, &correction->prefix);
    if (status == STATUS_OK)
        status = read_quoted(scanner, &correction->quote);
    if (status == STATUS_OK && correction->quote.len == 0)
        return wrong(scanner, "the words of the mention are empty");
    return status == STATUS_OK ? read_quoted(scanner, &correction->suffix) : status;
}

/* `word` and what follows it, as the verb needs it. *found: it is there. */
static enum status check_need(struct scanner *scanner, enum need need, str word, bool *found)
{
    *found = take_word(scanner, word);
    if (*found && need == NEVER)
        return wrong(scanner, "this verb does not take that");
    if (!*found && need == MUST)
        return error_set(scanner->err, STATUS_BAD_INPUT, "byte %zu: `%.*s` must stand here",
                         scanner->at + 1, STR_ARG(word));
    return STATUS_OK;
}

enum status correction_read(struct arena *arena, str line, struct correction *correction,
                            struct error *err)
{
    struct scanner scanner = {.line = line, .arena = arena, .err = err};
    bool has = false;
    *correction = (struct correction){0};
    enum status status = read_verb(&scanner, &correction->verb);
    if (status != STATUS_OK)
        return status;
    const struct verb *verb = &verbs[correction->verb];
    status = read_entity(&scanner, &correction->kind, &correction->name);
    if (status == STATUS_OK)
        status = check_need(&scanner, verb->to, STR("to"), &has);
    if (status == STATUS_OK && has)
        status = read_entity(&scanner, &correction->to_kind, &correction->to);
    if (status == STATUS_OK)
        status = check_need(&scanner, verb->in, STR("in"), &has);
    bool in_article = has;
    if (status == STATUS_OK && has)
        status = read_article(&scanner, correction);
    if (status == STATUS_OK)
        status = check_need(&scanner, verb->at, STR("at"), &has);
    if (status == STATUS_OK && has && !in_article)
        return wrong(&scanner, "`in` and an article must stand before `at`");
    if (status == STATUS_OK && has)
        status = read_place(&scanner, correction);
    skip_blanks(&scanner);
    if (status == STATUS_OK && scanner.at < line.len)
        return wrong(&scanner, "nothing more can stand here");
    return status;
}

bool correction_is_blank(str line)
{
    line = str_trim(line);
    return line.len == 0 || line.ptr[0] == '#';
}

bool correction_equal(const struct correction *a, const struct correction *b)
{
    return a->verb == b->verb && a->kind == b->kind && str_equal(a->name, b->name) &&
           a->to_kind == b->to_kind && str_equal(a->to, b->to) &&
           str_equal(a->article, b->article) && str_equal(a->stated, b->stated) &&
           str_equal(a->prefix, b->prefix) && str_equal(a->quote, b->quote) &&
           str_equal(a->suffix, b->suffix);
}
