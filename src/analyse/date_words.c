/* The text of a block cut into the words that the date grammar reads. */
#include <string.h>

#include "analyse/date_scan.h"
#include "base/ascii.h"
#include "text/fold.h"
#include "text/utf8.h"

enum { WORD_KEY_LIMIT = 24 /* bytes; longer words are in no list of date words */ };

enum piece_kind {
    PIECE_SPACE,
    PIECE_LETTER,
    PIECE_DIGIT,
    PIECE_APOSTROPHE,
    PIECE_HYPHEN,
    PIECE_SIGN
};

/* The kind of the character at `at`, and its bytes. */
static enum piece_kind kind_at(str text, size_t at, size_t *len)
{
    unsigned char byte = (unsigned char)text.ptr[at];
    *len = 1;
    if (ascii_is_letter(byte))
        return PIECE_LETTER;
    if (ascii_is_digit(byte))
        return PIECE_DIGIT;
    if (byte <= ' ')
        return PIECE_SPACE;
    if (byte < 0x80)
        return byte == '\'' ? PIECE_APOSTROPHE : byte == '-' ? PIECE_HYPHEN : PIECE_SIGN;
    uint32_t point = utf8_decode(text, at, len);
    if (point >= 0x2010 && point <= 0x2015)
        return PIECE_HYPHEN;
    if (point == 0x2018 || point == 0x2019)
        return PIECE_APOSTROPHE;
    if (code_point_is_space(point))
        return PIECE_SPACE;
    return code_point_is_letter(point) ? PIECE_LETTER : PIECE_SIGN;
}

static size_t digits_end(str text, size_t at)
{
    while (at < text.len && ascii_is_digit(text.ptr[at]))
        at++;
    return at;
}

/* The end of a number with its groups of three and its decimals. */
static size_t number_end(str text, size_t start, bool *fraction)
{
    size_t at = digits_end(text, start);
    if (at - start <= 3) {
        while (at < text.len && text.ptr[at] == ',' && digits_end(text, at + 1) - at == 4)
            at += 4;
    }
    *fraction = at + 1 < text.len && text.ptr[at] == '.' && digits_end(text, at + 1) > at + 1;
    return *fraction ? digits_end(text, at + 1) : at;
}

static int64_t number_thousandths(str digits)
{
    int64_t value = 0;
    size_t decimals = 0;
    bool after_point = false;
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] == '.')
            after_point = true;
        if (digits.ptr[i] < '0' || (after_point && decimals == 3))
            continue;
        if (value > INT64_C(1000000000000))
            return -1;
        value = value * 10 + (digits.ptr[i] - '0');
        decimals += after_point;
    }
    for (; decimals < 3; decimals++)
        value *= 10;
    return value;
}

/* The lexicon's entry of a piece that is no whole token. */
static const struct lexicon_entry *piece_entry(const struct lexicon *lexicon, str piece)
{
    char key[WORD_KEY_LIMIT];
    if (piece.len > sizeof key)
        return NULL;
    size_t len = 0;
    for (size_t i = 0; i < piece.len; i++) {
        unsigned char byte = (unsigned char)piece.ptr[i];
        if (byte >= 0x80 && i + 2 < piece.len && !memcmp(piece.ptr + i, "\xE2\x80\x99", 3)) {
            key[len++] = '\'';
            i += 2;
            continue;
        }
        if (byte >= 0x80)
            return NULL;
        key[len++] = ascii_lower(byte);
    }
    return lexicon_find(lexicon, (str){key, len});
}

static uint32_t letter_flags(str piece)
{
    uint32_t flags = DATE_WORD_LETTERS;
    bool lower = false;
    for (size_t i = 0; i < piece.len; i++)
        lower = lower || ascii_is_lower(piece.ptr[i]);
    if (piece.len && ascii_is_upper(piece.ptr[0]))
        flags |= DATE_WORD_CAPITAL | (piece.len > 1 && !lower ? DATE_WORD_UPPER : 0);
    return flags;
}

/* The end of the piece that begins at `at`; fills what its characters say. An apostrophe after a
 * letter or digit takes the letters behind it along: 's, 'll. */
static size_t piece_read(str text, size_t at, bool after_letter, struct date_word *word)
{
    size_t len;
    enum piece_kind kind = kind_at(text, at, &len);
    size_t end = at + len;
    if (kind == PIECE_DIGIT) {
        bool fraction;
        end = number_end(text, at, &fraction);
        word->thousandths = number_thousandths(str_slice(text, at, end));
        word->flags |= DATE_WORD_NUMBER | (fraction ? DATE_WORD_FRACTION : 0);
        if (digits_end(text, at) == end)
            word->digit_count = (uint32_t)(end - at);
        return end;
    }
    bool ending = kind == PIECE_APOSTROPHE && after_letter && end < text.len &&
                  kind_at(text, end, &len) == PIECE_LETTER;
    if (kind == PIECE_LETTER || ending) {
        while (end < text.len && kind_at(text, end, &len) == PIECE_LETTER)
            end += len;
        word->flags |= letter_flags(str_slice(text, at, end));
    } else if (kind == PIECE_HYPHEN) {
        word->flags |= DATE_WORD_HYPHEN;
    } else if (kind == PIECE_APOSTROPHE) {
        word->flags |= DATE_WORD_APOSTROPHE;
        word->classes = DATE_QUOTE;
    } else if (len == 1 && strchr(".!?;", text.ptr[at])) {
        word->flags |= DATE_WORD_STOP;
    }
    return end;
}

void date_words_read(struct date_scan *scan, size_t start, size_t end, size_t *token)
{
    str text = str_slice(scan->text, 0, end);
    const struct token *tokens = scan->analysis->tokens.items;
    size_t token_count = scan->analysis->tokens.count, len;
    scan->words.count = 0;
    uint32_t space = DATE_WORD_SPACE;
    bool after_letter = false;
    for (size_t at = start; at < text.len;) {
        if (kind_at(text, at, &len) == PIECE_SPACE) {
            at += len;
            space = DATE_WORD_SPACE;
            after_letter = false;
            continue;
        }
        struct date_word word = {.start = (uint32_t)at, .flags = space};
        at = piece_read(text, at, after_letter, &word);
        word.end = (uint32_t)at;
        space = 0;
        after_letter = (word.flags & (DATE_WORD_LETTERS | DATE_WORD_NUMBER)) != 0;
        while (*token + 1 < token_count && tokens[*token].end <= word.start)
            *token += 1;
        word.token = (uint32_t)*token;
        if (word.flags & DATE_WORD_NUMBER) {
            word.classes = DATE_DIGITS;
        } else if (word.flags & DATE_WORD_LETTERS) {
            const struct token *around = *token < token_count ? &tokens[*token] : NULL;
            word.entry = around && around->start == word.start && around->end == word.end
                             ? lexicon_entry(scan->lexicon, around->word)
                             : piece_entry(scan->lexicon, str_slice(text, word.start, word.end));
            word.classes = word.entry ? word.entry->classes & ~(DATE_DIGITS | DATE_QUOTE) : 0;
        }
        vec_push(scan->arena, &scan->words, word);
    }
}

const struct date_word *date_at(const struct date_scan *scan, size_t at)
{
    return at < scan->words.count ? &scan->words.items[at] : &scan->none;
}

static str word_text(const struct date_scan *scan, size_t at)
{
    const struct date_word *word = date_at(scan, at);
    return (str){scan->text.ptr + word->start, word->end - word->start};
}

/* The text is what `words` begins with, up to a space or the end. */
static bool begins_with(const char *words, str text)
{
    size_t i = 0;
    while (i < text.len && words[i] && ascii_lower(words[i]) == ascii_lower(text.ptr[i]))
        i++;
    return i == text.len && (!words[i] || words[i] == ' ');
}

bool date_is(const struct date_scan *scan, size_t at, const char *word)
{
    return at < scan->words.count && begins_with(word, word_text(scan, at));
}

bool date_any(const struct date_scan *scan, size_t at, const char *words)
{
    if (at >= scan->words.count)
        return false;
    str text = word_text(scan, at);
    char first = ascii_lower(text.ptr[0]);
    if (ascii_is_digit(first))
        return false; /* no list has a number */
    for (const char *word = words; *word;) {
        if (ascii_lower(*word) == first && begins_with(word, text))
            return true;
        while ((unsigned char)*word > ' ') /* the end and the space between words are both below */
            word++;
        word += *word == ' ';
    }
    return false;
}

bool date_has(const struct date_scan *scan, size_t at, uint64_t classes)
{
    return (date_at(scan, at)->classes & classes) != 0;
}

bool date_flag(const struct date_scan *scan, size_t at, uint32_t flags)
{
    return (date_at(scan, at)->flags & flags) != 0;
}

bool date_glued(const struct date_scan *scan, size_t at)
{
    return at > 0 && at < scan->words.count && !date_flag(scan, at, DATE_WORD_SPACE);
}

int32_t date_word_value(const struct date_scan *scan, size_t at)
{
    const struct lexicon_entry *entry = date_at(scan, at)->entry;
    return entry ? entry->value : 0;
}

str date_word_detail(const struct date_scan *scan, size_t at)
{
    const struct lexicon_entry *entry = date_at(scan, at)->entry;
    return entry ? entry->detail : STR_NONE;
}

int date_digits(const struct date_scan *scan, size_t at, size_t digits, int low, int high)
{
    const struct date_word *word = date_at(scan, at);
    if (!word->digit_count || word->digit_count > digits || word->thousandths < 0)
        return -1;
    int64_t value = word->thousandths / 1000;
    return value >= low && value <= high ? (int)value : -1;
}

bool date_is_possessive(const struct date_scan *scan, size_t at)
{
    return date_glued(scan, at) && (date_is(scan, at, "'s") || date_is(scan, at, "\xE2\x80\x99s"));
}

bool date_same_sentence(const struct date_scan *scan, size_t a, size_t b)
{
    const struct analysis *analysis = scan->analysis;
    if (a >= scan->words.count || b >= scan->words.count || !analysis->tokens.count)
        return false;
    return analysis->tokens.items[scan->words.items[a].token].sentence ==
           analysis->tokens.items[scan->words.items[b].token].sentence;
}

size_t date_read_phrase(const struct date_scan *scan, size_t at, uint64_t classes,
                        const struct lexicon_entry **entry)
{
    const struct date_word *word = date_at(scan, at);
    if (!word->entry || !((word->classes & classes) || word->entry->starts_phrase))
        return 0;
    size_t count = 1;
    *entry = (word->classes & classes) ? word->entry : NULL;
    if (word->entry->starts_phrase &&
        scan->analysis->tokens.items[word->token].start == word->start)
        *entry =
            lexicon_match(scan->lexicon, scan->text, scan->analysis, word->token, classes, &count);
    if (!*entry)
        return 0;
    size_t end = at + 1;
    while (count > 1 && end < scan->words.count &&
           scan->words.items[end].token < word->token + count)
        end++;
    return end;
}
