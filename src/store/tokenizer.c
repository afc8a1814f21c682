/* The tokenizer of the full-text tables: FTS5's own, and then the letters that it keeps apart but
 * a reader does not when he looks for a name: ё and е, ß and ss, the Turkish ı, the Greek tonos,
 * the stroke of ł. What text/fold.h makes alike in the text is alike in the index. With the
 * argument "suffixes" a word of a script without spaces is found from each of its characters on. */
#include "store/internal.h"

#include <string.h>

enum { WORD_LIMIT_LEN = 1024 };

/* As FTS5's own leaves them: in small letters. */
static const struct {
    const char *from, *to;
} letters[] = {
    {"ß", "ss"}, {"ı", "i"}, {"ł", "l"}, {"ø", "o"}, {"đ", "d"}, {"ħ", "h"}, {"ё", "е"}, {"й", "и"},
    {"ї", "і"},  {"ў", "у"}, {"ѓ", "г"}, {"ќ", "к"}, {"ά", "α"}, {"έ", "ε"}, {"ή", "η"}, {"ί", "ι"},
    {"ϊ", "ι"},  {"ΐ", "ι"}, {"ό", "ο"}, {"ύ", "υ"}, {"ϋ", "υ"}, {"ΰ", "υ"}, {"ώ", "ω"}, {"ς", "σ"},
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

/* Folds the letter at `from` into `out`; returns its bytes. All of them take two. */
static int fold_letter(const char *from, int left, char *out, int *out_len)
{
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

static int next_character(const char *word, int len, int at)
{
    for (at++; at < len && ((unsigned char)word[at] & 0xC0) == 0x80; at++)
        ;
    return at;
}

/* The word from its second character on, from its third, … at the word's own place. */
static int take_suffixes(const struct passage *passage, const char *word, int len, int start,
                         int end)
{
    int code = SQLITE_OK;
    unsigned char first = (unsigned char)word[0], second = len > 1 ? (unsigned char)word[1] : 0;
    bool unspaced = first > 0xE0 || (first == 0xE0 && second >= 0xB8); /* U+0E00 on */
    if (!passage->tokenizer->suffixes || !passage->is_document || !unspaced)
        return code;
    for (int at = next_character(word, len, 0); at < len && code == SQLITE_OK;
         at = next_character(word, len, at))
        code =
            passage->take(passage->context, FTS5_TOKEN_COLOCATED, word + at, len - at, start, end);
    return code;
}

static int take_word(void *context, int flags, const char *word, int len, int start, int end)
{
    const struct passage *passage = context;
    char folded[WORD_LIMIT_LEN] = {0};
    int folded_len = 0;
    if (is_plain(word, len) || len > WORD_LIMIT_LEN)
        return passage->take(passage->context, flags, word, len, start, end);
    for (int at = 0, added; at < len; folded_len += added)
        at += fold_letter(word + at, len - at, folded + folded_len, &added);
    int code = passage->take(passage->context, flags, folded, folded_len, start, end);
    return code == SQLITE_OK ? take_suffixes(passage, folded, folded_len, start, end) : code;
}

static int tokenize(Fts5Tokenizer *self, void *context, int flags, const char *text, int len,
                    int (*take)(void *, int, const char *, int, int, int))
{
    struct tokenizer *tokenizer = (struct tokenizer *)(void *)self;
    struct passage passage = {tokenizer, (flags & FTS5_TOKENIZE_DOCUMENT) != 0, context, take};
    return tokenizer->own.xTokenize(tokenizer->handle, &passage, flags, text, len, take_word);
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
    static const char *own_arguments[] = {"remove_diacritics", "2"};
    fts5_api *api = context;
    void *own_context = NULL;
    struct tokenizer *tokenizer = sqlite3_malloc(sizeof *tokenizer);
    if (!tokenizer)
        return SQLITE_NOMEM;
    *tokenizer = (struct tokenizer){.suffixes = count > 0 && strcmp(arguments[0], "suffixes") == 0};
    int code = api->xFindTokenizer(api, "unicode61", &own_context, &tokenizer->own);
    if (code == SQLITE_OK)
        code = tokenizer->own.xCreate(own_context, own_arguments, 2, &tokenizer->handle);
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
    return api->xCreateTokenizer(api, "folded", api, &functions, NULL);
}
