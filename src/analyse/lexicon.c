#include "analyse/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/vec.h"
#include "text/fold.h"
#include "text/utf8.h"

enum {
    FILE_LIMIT = 16 << 20, /* bytes of one .lex file */
    PHRASE_WORD_LIMIT = LEXICON_WORD_LIMIT,
    PHRASE_LEN_LIMIT = 240 /* bytes of a phrase's key */
};

static const char *const class_names[WORD_CLASS_COUNT] = {
#define WORD_CLASS_NAME(name, text) text,
    WORD_CLASS_LIST(WORD_CLASS_NAME)
#undef WORD_CLASS_NAME
};

struct lexicon {
    struct arena arena;
    struct map ids;                    /* text -> id */
    VEC(struct lexicon_entry) entries; /* entry 0 is never used */
    VEC(uint8_t) longest;              /* words of the longest entry that begins with entry i */
    struct spelling *spelling;
};

/* Where the reader of a file stands. */
struct lex_reader {
    struct lexicon *lexicon;
    str path;
    size_t line;
    uint64_t classes; /* of the open section; 0 before the first */
    struct error *err;
};

static enum status lex_error(const struct lex_reader *reader, const char *what)
{
    return error_set(reader->err, STATUS_BAD_INPUT, "%.*s:%zu: %s", STR_ARG(reader->path),
                     reader->line, what);
}

/* A word as keys have it: without the full stop at its end, unless there is another inside. */
static str key_word(str word)
{
    if (word.len < 2 || word.ptr[word.len - 1] != '.')
        return word;
    if (memchr(word.ptr, '.', word.len - 1))
        return word;
    return str_slice(word, 0, word.len - 1);
}

/* Folded text in the form of the keys; *count = its words. */
static str key_text(struct arena *arena, str folded, size_t *count)
{
    char *out = arena_array(arena, char, folded.len + 1);
    size_t len = 0, at = 0;
    *count = 0;
    while (at < folded.len) {
        size_t end = at;
        while (end < folded.len && folded.ptr[end] != ' ' && folded.ptr[end] != '-' &&
               folded.ptr[end] != '\t')
            end++;
        str word = key_word(str_slice(folded, at, end));
        if (word.len) {
            if (len)
                out[len++] = ' ';
            memcpy(out + len, word.ptr, word.len);
            len += word.len;
            *count += 1;
        }
        at = end + 1;
    }
    return (str){out, len};
}

static uint32_t entry_put(struct lexicon *lexicon, str text)
{
    uint64_t *found = map_find(&lexicon->ids, text);
    if (found)
        return (uint32_t)*found;
    uint32_t id = (uint32_t)lexicon->entries.count;
    struct lexicon_entry entry = {.text = arena_str(&lexicon->arena, text), .detail = STR_NONE};
    vec_push(NULL, &lexicon->entries, entry);
    vec_push(NULL, &lexicon->longest, 1);
    map_put(&lexicon->ids, entry.text, id);
    return id;
}

/* Gives every word of a phrase an id, so that matching never has to fold. */
static void words_put(struct lexicon *lexicon, str text, size_t word_count)
{
    str rest = text, word;
    bool first = true;
    while (str_next(&rest, ' ', &word)) {
        uint32_t id = entry_put(lexicon, word);
        if (first && word_count > 1) {
            lexicon->entries.items[id].starts_phrase = true;
            if (lexicon->longest.items[id] < word_count)
                lexicon->longest.items[id] = (uint8_t)word_count;
        }
        first = false;
        if (word.len < 3 || !str_ends(word, STR("'s")))
            continue;
        /* the token leaves the ending out; the phrase is found from the word without it */
        uint32_t bare = entry_put(lexicon, str_slice(word, 0, word.len - 2));
        lexicon->entries.items[bare].starts_phrase = true;
        if (lexicon->longest.items[bare] < lexicon->longest.items[id])
            lexicon->longest.items[bare] = lexicon->longest.items[id];
    }
}

static enum status section_open(struct lex_reader *reader, str line)
{
    if (line.ptr[line.len - 1] != ']')
        return lex_error(reader, "a section needs a closing bracket");
    str name = str_trim(str_slice(line, 1, line.len - 1));
    for (size_t i = 0; i < WORD_CLASS_COUNT; i++) {
        if (str_equal(name, str_from(class_names[i]))) {
            reader->classes = UINT64_C(1) << i;
            return STATUS_OK;
        }
    }
    return error_set(reader->err, STATUS_BAD_INPUT, "%.*s:%zu: unknown class \"%.*s\"",
                     STR_ARG(reader->path), reader->line, STR_ARG(name));
}

static enum status entry_read(struct lex_reader *reader, str line)
{
    struct lexicon *lexicon = reader->lexicon;
    if (!reader->classes)
        return lex_error(reader, "an entry before the first [class]");
    str value = STR_NONE, words = line;
    size_t equals = str_find_byte(line, '=', 0);
    if (equals != STR_MISSING) {
        words = str_trim(str_slice(line, 0, equals));
        value = str_trim(str_slice(line, equals + 1, line.len));
        if (!value.len)
            return lex_error(reader, "no value after \"=\"");
    }
    size_t word_count;
    str text = key_text(&lexicon->arena, fold_text(&lexicon->arena, words), &word_count);
    if (!word_count)
        return lex_error(reader, "an entry without words");
    if (word_count > PHRASE_WORD_LIMIT || text.len >= PHRASE_LEN_LIMIT)
        return lex_error(reader, "an entry of more than 6 words or 240 bytes");
    int64_t number = 0;
    bool is_number = value.ptr && str_to_int(value, &number);
    if (is_number && (number < INT32_MIN || number > INT32_MAX))
        return lex_error(reader, "a value out of range");
    uint32_t id = entry_put(lexicon, text);
    words_put(lexicon, text, word_count);
    struct lexicon_entry *entry = &lexicon->entries.items[id];
    entry->classes |= reader->classes;
    if (is_number && !entry->value)
        entry->value = (int32_t)number;
    if (value.ptr && !is_number && !entry->detail.ptr)
        entry->detail = arena_str(&lexicon->arena, value);
    return STATUS_OK;
}

static enum status lexicon_read(struct lexicon *lexicon, str path, struct error *err)
{
    str bytes;
    str kept_path = arena_str(&lexicon->arena, path);
    enum status status = file_read(&lexicon->arena, kept_path.ptr, FILE_LIMIT, &bytes, err);
    if (status)
        return status;
    struct lex_reader reader = {.lexicon = lexicon, .path = kept_path, .err = err};
    str line;
    while (!status && str_next_entry(&bytes, &line, &reader.line)) {
        if (!utf8_is_valid(line))
            status = lex_error(&reader, "the line is not UTF-8");
        else if (line.ptr[0] == '[')
            status = section_open(&reader, line);
        else
            status = entry_read(&reader, line);
    }
    return status;
}

enum status lexicon_open(const char *folder, struct lexicon **lexicon, struct error *err)
{
    *lexicon = NULL;
    struct file_walk *walk;
    enum status status = file_walk_open(folder, &walk, err);
    if (status)
        return status;
    struct lexicon *made = memory_new(1, sizeof *made);
    arena_init(&made->arena);
    map_init(&made->ids, NULL);
    vec_push(NULL, &made->entries, (struct lexicon_entry){.text = STR_NONE});
    vec_push(NULL, &made->longest, 0);
    size_t file_count = 0;
    struct file_found found;
    while (!(status = file_walk_next(walk, &found, err))) {
        if (!str_ends(found.path, STR(".lex")))
            continue;
        file_count++;
        if ((status = lexicon_read(made, found.path, err)))
            break;
    }
    file_walk_close(walk);
    if (status == STATUS_NOT_FOUND)
        status = file_count ? STATUS_OK
                            : error_set(err, STATUS_NOT_FOUND, "%s: no .lex file there", folder);
    if (!status)
        status = spelling_open(arena_format(&made->arena, "%s/romanisation.rules", folder).ptr,
                               &made->spelling, err);
    if (status)
        lexicon_close(made);
    else
        *lexicon = made;
    return status;
}

void lexicon_close(struct lexicon *lexicon)
{
    if (!lexicon)
        return;
    vec_done(&lexicon->entries);
    vec_done(&lexicon->longest);
    spelling_close(lexicon->spelling);
    map_done(&lexicon->ids);
    arena_done(&lexicon->arena);
    memory_free(lexicon);
}

uint32_t lexicon_id(const struct lexicon *lexicon, str folded)
{
    char key[PHRASE_LEN_LIMIT];
    str text = key_word(folded);
    if (text.len && memchr(text.ptr, '-', text.len)) {
        if (text.len >= sizeof key)
            return 0;
        for (size_t i = 0; i < text.len; i++)
            key[i] = text.ptr[i] == '-' ? ' ' : text.ptr[i];
        text = (str){key, text.len};
    }
    const uint64_t *found = map_find(&lexicon->ids, text);
    return found ? (uint32_t)*found : 0;
}

const struct lexicon_entry *lexicon_entry(const struct lexicon *lexicon, uint32_t id)
{
    return id && id < lexicon->entries.count ? &lexicon->entries.items[id] : NULL;
}

const struct lexicon_entry *lexicon_find(const struct lexicon *lexicon, str folded)
{
    return lexicon_entry(lexicon, lexicon_id(lexicon, folded));
}

bool lexicon_is_form(const struct lexicon *lexicon, str folded)
{
    static const char *const forms[][2] = {{"s", ""},  {"es", ""},   {"ed", ""},
                                           {"d", ""},  {"ing", ""},  {"ing", "e"},
                                           {"ly", ""}, {"ies", "y"}, {"er", ""}};
    char stem[PHRASE_LEN_LIMIT];
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        str end = str_from(forms[i][0]), put = str_from(forms[i][1]);
        if (folded.len < end.len + 4 || folded.len >= sizeof stem || !str_ends(folded, end))
            continue;
        size_t len = folded.len - end.len;
        memcpy(stem, folded.ptr, len);
        memcpy(stem + len, put.ptr, put.len);
        const struct lexicon_entry *entry = lexicon_find(lexicon, (str){stem, len + put.len});
        if (entry && (entry->classes & CLASS_BIT(COMMON)))
            return true;
    }
    return false;
}

/* A phrase's key while it grows. */
struct phrase_key {
    char text[PHRASE_LEN_LIMIT + 8];
    size_t len;
};

static bool phrase_add(struct phrase_key *key, str text)
{
    if (key->len + text.len > PHRASE_LEN_LIMIT)
        return false;
    memcpy(key->text + key->len, text.ptr, text.len);
    key->len += text.len;
    return true;
}

/* Adds the entry of the key when it has one of the classes. */
static size_t key_found(const struct lexicon *lexicon, const struct phrase_key *key,
                        uint64_t classes, size_t token_count, struct lexicon_phrase *phrase)
{
    const uint64_t *found = map_find(&lexicon->ids, (str){key->text, key->len});
    const struct lexicon_entry *entry = found ? &lexicon->entries.items[*found] : NULL;
    if (!entry || !(entry->classes & classes))
        return 0;
    *phrase = (struct lexicon_phrase){entry, token_count};
    return 1;
}

static bool is_hyphen(str text, const struct token *token)
{
    return token->kind == TOKEN_PUNCTUATION && !(token->flags & TOKEN_SPACE_BEFORE) &&
           token->end - token->start == 1 && text.ptr[token->start] == '-';
}

size_t lexicon_phrases(const struct lexicon *lexicon, str text, const struct analysis *analysis,
                       size_t at, uint64_t classes,
                       struct lexicon_phrase phrases[LEXICON_PHRASE_LIMIT])
{
    if (at >= analysis->tokens.count)
        return 0;
    const struct token *tokens = analysis->tokens.items;
    const struct lexicon_entry *first = lexicon_entry(lexicon, tokens[at].word);
    if (!first)
        return 0;
    size_t made = 0;
    if (first->classes & classes)
        phrases[made++] = (struct lexicon_phrase){first, 1};
    if (!first->starts_phrase)
        return made;
    const struct sentence *sentence = &analysis->sentences.items[tokens[at].sentence];
    size_t end = sentence->first_token + sentence->token_count;
    size_t word_limit = lexicon->longest.items[tokens[at].word];
    struct phrase_key key = {.len = 0};
    for (size_t i = at, words = 0; i < end && words < word_limit; i++) {
        if (i > at && is_hyphen(text, &tokens[i]) && i + 1 < end)
            continue;
        const struct lexicon_entry *word = lexicon_entry(lexicon, tokens[i].word);
        if (!word || (words && !phrase_add(&key, STR(" "))) || !phrase_add(&key, word->text))
            break;
        words++;
        struct lexicon_phrase plain;
        size_t found = i > at ? key_found(lexicon, &key, classes, i + 1 - at, &plain) : 0;
        if (tokens[i].flags & TOKEN_POSSESSIVE) {
            if (!phrase_add(&key, STR("'s")))
                break;
            made += key_found(lexicon, &key, classes, i + 1 - at, &phrases[made]);
        }
        if (found)
            phrases[made++] = plain;
    }
    return made;
}

const struct lexicon_entry *lexicon_match(const struct lexicon *lexicon, str text,
                                          const struct analysis *analysis, size_t at,
                                          uint64_t classes, size_t *count)
{
    struct lexicon_phrase phrases[LEXICON_PHRASE_LIMIT];
    size_t made = lexicon_phrases(lexicon, text, analysis, at, classes, phrases);
    *count = made ? phrases[made - 1].token_count : 0;
    return made ? phrases[made - 1].entry : NULL;
}

const struct spelling *lexicon_spelling(const struct lexicon *lexicon)
{
    return lexicon->spelling;
}
