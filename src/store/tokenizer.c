/* The tokenizer of the full-text tables: FTS5's own, and then the letters that it keeps apart but
 * a reader does not when he looks for a name: ё and е, ß and ss, the Turkish ı, the Greek tonos,
 * the stroke of ł, the seats of the hamza, points and vowel signs. What text/fold.h makes alike in
 * the text is alike in the index. A word ends where scripts with and without spaces meet. With the
 * argument "suffixes" a word of a script without spaces is found from each of its characters on. */
#include "store/internal.h"

#include <string.h>

#include "base/ascii.h"

enum { WORD_LIMIT_LEN = 1024 };

/* As FTS5's own leaves them: in small letters. */
static const struct {
    const char *from, *to;
} letters[] = {
    {"ß", "ss"}, {"ı", "i"}, {"ł", "l"}, {"ø", "o"}, {"đ", "d"}, {"ħ", "h"}, {"ё", "е"}, {"й", "и"},
    {"ї", "і"},  {"ў", "у"}, {"ѓ", "г"}, {"ќ", "к"}, {"ά", "α"}, {"έ", "ε"}, {"ή", "η"}, {"ί", "ι"},
    {"أ", "ا"},  {"إ", "ا"}, {"آ", "ا"}, {"ؤ", "و"}, {"ئ", "ي"}, {"ϊ", "ι"}, {"ΐ", "ι"}, {"ό", "ο"},
    {"ύ", "υ"},  {"ϋ", "υ"}, {"ΰ", "υ"}, {"ώ", "ω"}, {"ς", "σ"},
};

struct tokenizer {
    fts5_tokenizer own;    /* FTS5's */
    Fts5Tokenizer *handle; /* of that one */
    bool suffixes;
};

/* Passes words on. */
struct passage {
    const struct tokenizer *tokenizer;
    bool is_document;
    int base; /* where the piece that is read begins in the text */
    int code; /* of the last word */
    void *context;
    int (*take)(void *context, int flags, const char *word, int len, int start, int end);
};

static bool is_plain(const char *word, int len)
{
    for (int i = 0; i < len; i++)
        if ((unsigned char)word[i] >= 0x80)
            return false;
    return true;
}

/* ---- scripts ------------------------------------------------------------------------------- */

static int next_character(const char *text, int len, int at)
{
    for (at++; at < len && ((unsigned char)text[at] & 0xC0) == 0x80; at++)
        ;
    return at;
}

/* The character of so many bytes. */
static uint32_t read_point(const char *bytes, int len)
{
    static const unsigned char first_bits[] = {0x7F, 0x7F, 0x1F, 0x0F, 0x07};
    uint32_t point = (unsigned char)*bytes & first_bits[len > 4 ? 4 : len];
    for (int i = 1; i < len; i++)
        point = point << 6 | ((unsigned char)bytes[i] & 0x3F);
    return point;
}

struct range {
    uint32_t first, last;
};

static bool is_in(uint32_t point, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count && ranges[i].first <= point; i++)
        if (point <= ranges[i].last)
            return true;
    return false;
}

/* Letters of scripts without spaces: as code_point_is_unspaced (text/fold.h), but written out,
 * since an index outlives the library's edition of Unicode: what is deleted from it must fall into
 * the tokens that it was made of. */
static const struct range unspaced[] = {
    {0x0E01, 0x0E3A},   {0x0E40, 0x0E4E}, {0x0E81, 0x0EDF}, {0x1000, 0x109F},   {0x1100, 0x11FF},
    {0x1780, 0x17FF},   {0x19E0, 0x19FF}, {0x2E80, 0x2FDF}, {0x3005, 0x3007},   {0x3021, 0x3029},
    {0x302E, 0x302F},   {0x3031, 0x3035}, {0x3038, 0x303B}, {0x3041, 0x3096},   {0x309D, 0x309F},
    {0x30A1, 0x30FA},   {0x30FC, 0x30FF}, {0x3131, 0x318E}, {0x31F0, 0x31FF},   {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF},   {0xA960, 0xA97C}, {0xA9E0, 0xA9FE}, {0xAA60, 0xAA7F},   {0xAC00, 0xD7FB},
    {0xF900, 0xFAFF},   {0xFF66, 0xFF9D}, {0xFFA0, 0xFFDC}, {0x1AFF0, 0x1B16F}, {0x1F200, 0x1F200},
    {0x20000, 0x3FFFF},
};

/* Points of Hebrew and vowel signs of Arabic: a word is the same without them. */
static const struct range marks[] = {
    {0x0300, 0x036F}, {0x0591, 0x05BD}, {0x05BF, 0x05BF}, {0x05C1, 0x05C2}, {0x05C4, 0x05C5},
    {0x05C7, 0x05C7}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0670, 0x0670}, {0x06D6, 0x06DC},
    {0x06DF, 0x06E4}, {0x06E7, 0x06E8}, {0x06EA, 0x06ED},
};

#define IS_IN(point, ranges) is_in(point, ranges, sizeof(ranges) / sizeof *(ranges))

/* What a character is in a word; anything that is no letter or digit at all is parted from it by
 * FTS5's own tokenizer, wherever the piece ends. */
enum part { PART_BETWEEN, PART_SPACED, PART_UNSPACED };

static enum part part_of(uint32_t point)
{
    if (point < 0x80)
        return ascii_is_alnum(point) ? PART_SPACED : PART_BETWEEN;
    bool sign = (point >= 0x2000 && point < 0x2C00) || (point >= 0x3000 && point < 0x3030) ||
                IS_IN(point, marks);
    return IS_IN(point, unspaced) ? PART_UNSPACED : sign ? PART_BETWEEN : PART_SPACED;
}

/* ---- words --------------------------------------------------------------------------------- */

/* Folds the letter at `from` into `out`, a mark into nothing; returns its bytes. All letters of
 * the table take two, as do the marks. */
static int fold_letter(const char *from, int left, char *out, int *out_len)
{
    *out_len = 0;
    if (left >= 2 && (unsigned char)*from >= 0xCC && (unsigned char)*from < 0xE0 &&
        IS_IN(read_point(from, 2), marks))
        return 2;
    for (size_t i = 0; left >= 2 && i < sizeof letters / sizeof *letters; i++)
        if (memcmp(from, letters[i].from, 2) == 0) {
            *out_len = (int)strlen(letters[i].to);
            memcpy(out, letters[i].to, (size_t)*out_len);
            return 2;
        }
    *out = *from;
    *out_len = 1;
    return 1;
}

/* The word from its second character on, from its third, … at the word's own place. */
static int take_suffixes(const struct passage *passage, const char *word, int len, int start,
                         int end)
{
    int code = SQLITE_OK;
    int first = next_character(word, len, 0);
    bool wanted = passage->tokenizer->suffixes && passage->is_document;
    if (!wanted || !IS_IN(read_point(word, first), unspaced))
        return code;
    for (int at = first; at < len && code == SQLITE_OK; at = next_character(word, len, at))
        code =
            passage->take(passage->context, FTS5_TOKEN_COLOCATED, word + at, len - at, start, end);
    return code;
}

static int take_word(void *context, int flags, const char *word, int len, int start, int end)
{
    struct passage *passage = context;
    char folded[WORD_LIMIT_LEN];
    int folded_len = 0;
    start += passage->base;
    end += passage->base;
    if (is_plain(word, len) || len > WORD_LIMIT_LEN)
        return passage->code = passage->take(passage->context, flags, word, len, start, end);
    for (int at = 0, added; at < len; folded_len += added)
        at += fold_letter(word + at, len - at, folded + folded_len, &added);
    if (!folded_len)
        return SQLITE_OK;
    passage->code = passage->take(passage->context, flags, folded, folded_len, start, end);
    if (passage->code == SQLITE_OK)
        passage->code = take_suffixes(passage, folded, folded_len, start, end);
    return passage->code;
}

/* Up to where a letter of the one kind of script stands beside one of the other. */
static int piece_end(const char *text, int len, int at)
{
    enum part last = PART_BETWEEN;
    for (int next; at < len; at = next) {
        next = next_character(text, len, at);
        enum part part = part_of(read_point(text + at, next - at));
        if (part != PART_BETWEEN && last != PART_BETWEEN && part != last)
            return at;
        last = part;
    }
    return at;
}

/* Few texts have letters from U+0E00 on; the others are read as one piece. */
static bool may_be_unspaced(const char *text, int len)
{
    for (int i = 0; i < len; i++)
        if ((unsigned char)text[i] >= 0xE0 && (unsigned char)text[i] != 0xE2)
            return true;
    return false;
}

/* By FTS5's own, which takes it for well when it was told that no more words are wanted. */
static int read_foreign(struct passage *passage, int flags, const char *text, int start, int len)
{
    const struct tokenizer *tokenizer = passage->tokenizer;
    bool whole = !may_be_unspaced(text + start, len - start);
    int code = SQLITE_OK;
    for (int at = start, end; at < len && code == SQLITE_OK && passage->code == SQLITE_OK;
         at = end) {
        end = whole ? len : piece_end(text, len, at);
        passage->base = at;
        code = tokenizer->own.xTokenize(tokenizer->handle, passage, flags, text + at, end - at,
                                        take_word);
    }
    return code;
}

/* ---- plain text ---------------------------------------------------------------------------- */

/* Letters and digits of ASCII as they stand in the index; 0 for all other bytes. */
static const char small[256] = {
    ['0'] = '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ['A'] = 'a', 'b', 'c',
    'd',         'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n',         'o', 'p',
    'q',         'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', ['a'] = 'a', 'b', 'c',
    'd',         'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n',         'o', 'p',
    'q',         'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z',
};

static bool is_in_word(char byte)
{
    return small[(unsigned char)byte] != 0;
}

/* The first byte from `at` on that is not ASCII. */
static int ascii_end(const char *text, int len, int at)
{
    uint64_t bytes;
    for (; at + (int)sizeof bytes <= len; at += (int)sizeof bytes) {
        memcpy(&bytes, text + at, sizeof bytes);
        if (bytes & UINT64_C(0x8080808080808080))
            break;
    }
    while (at < len && ascii_is(text[at]))
        at++;
    return at;
}

static int word_end(const char *text, int len, int at)
{
    while (at < len && is_in_word(text[at]))
        at++;
    return at;
}

/* Words of ASCII: the same tokens that FTS5's own makes of them in more steps. */
static int read_plain(struct passage *passage, int flags, const char *text, int start, int len)
{
    char word[WORD_LIMIT_LEN];
    int code = SQLITE_OK;
    for (int at = start; at < len && code == SQLITE_OK && passage->code == SQLITE_OK; at++) {
        int from = at, limit = len - at < WORD_LIMIT_LEN ? len : at + WORD_LIMIT_LEN;
        for (char byte; at < limit && (byte = small[(unsigned char)text[at]]) != 0; at++)
            word[at - from] = byte;
        if (at - from == WORD_LIMIT_LEN) {
            at = word_end(text, len, at);
            code = read_foreign(passage, flags, text, from, at);
        } else if (at > from) {
            passage->code = passage->take(passage->context, 0, word, at - from, from, at);
        }
    }
    return code;
}

/* True where something parts words: ASCII, or the dashes and quotes of U+2000 to U+203F. */
static bool is_gap(const char *text, int len, int at)
{
    return ascii_is(text[at]) ? !is_in_word(text[at])
                              : at + 2 < len && memcmp(text + at, "\xE2\x80", 2) == 0;
}

int tokenizer_skip(const char *text, int len, int count, int *end)
{
    int passed = 0, at = 0;
    for (;; passed++) {
        while (at < len && is_gap(text, len, at))
            at += ascii_is(text[at]) ? 1 : 3;
        *end = at;
        if (passed == count)
            break;
        at = word_end(text, len, at);
        if (at == *end || at == len || !is_gap(text, len, at))
            break;
    }
    return passed;
}

/* Where FTS5's own had better go on to: a blank before plain text that is worth the change. */
static int foreign_end(const char *text, int len, int at)
{
    enum { WORTH_LEN = 64 };
    while (at < len) {
        while (at < len && text[at] != ' ')
            at++;
        int end = ascii_end(text, len, at);
        if (end - at >= WORTH_LEN || end == len)
            return at;
        at = end;
    }
    return at;
}

static int tokenize(Fts5Tokenizer *self, void *context, int flags, const char *text, int len,
                    int (*take)(void *, int, const char *, int, int, int))
{
    struct passage passage = {.tokenizer = (struct tokenizer *)(void *)self,
                              .is_document = (flags & FTS5_TOKENIZE_DOCUMENT) != 0,
                              .context = context,
                              .take = take};
    int code = SQLITE_OK;
    for (int at = 0; at < len && code == SQLITE_OK && passage.code == SQLITE_OK;) {
        int end = ascii_end(text, len, at);
        while (end < len && end > at && is_in_word(text[end - 1]))
            end--; /* a word that goes on */
        code = read_plain(&passage, flags, text, at, end);
        at = end;
        end = foreign_end(text, len, at);
        if (code == SQLITE_OK && passage.code == SQLITE_OK && at < end)
            code = read_foreign(&passage, flags, text, at, end);
        at = end;
    }
    return code == SQLITE_OK && passage.code != SQLITE_DONE ? passage.code : code;
}

static void delete_tokenizer(Fts5Tokenizer *self)
{
    struct tokenizer *tokenizer = (struct tokenizer *)(void *)self;
    if (tokenizer->handle)
        tokenizer->own.xDelete(tokenizer->handle);
    sqlite3_free(tokenizer);
}

static int create_tokenizer(void *context, const char **arguments, int count, Fts5Tokenizer **self)
{
    static const char *own_arguments[] = {"remove_diacritics", "2", "categories", "L* N* Co Mn"};
    fts5_api *api = context;
    void *own_context = NULL;
    struct tokenizer *tokenizer = sqlite3_malloc(sizeof *tokenizer);
    if (!tokenizer)
        return SQLITE_NOMEM;
    *tokenizer = (struct tokenizer){.suffixes = count > 0 && strcmp(arguments[0], "suffixes") == 0};
    int code = api->xFindTokenizer(api, "unicode61", &own_context, &tokenizer->own);
    if (code == SQLITE_OK)
        code = tokenizer->own.xCreate(own_context, own_arguments, 4, &tokenizer->handle);
    *self = (Fts5Tokenizer *)(void *)tokenizer;
    if (code != SQLITE_OK) {
        delete_tokenizer(*self);
        *self = NULL;
    }
    return code;
}

int tokenizer_register(sqlite3 *db)
{
    fts5_api *api = NULL;
    sqlite3_stmt *statement = NULL;
    fts5_tokenizer functions = {create_tokenizer, delete_tokenizer, tokenize};
    int code = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_bind_pointer(statement, 1, (void *)&api, "fts5_api_ptr", NULL);
    if (code == SQLITE_OK)
        (void)sqlite3_step(statement);
    sqlite3_finalize(statement);
    if (code != SQLITE_OK || !api)
        return code == SQLITE_OK ? SQLITE_ERROR : code;
    code = api->xCreateTokenizer(api, "folded", api, &functions, NULL);
    return code == SQLITE_OK ? snippet_register(api) : code;
}
