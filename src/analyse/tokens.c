/* Tokens and sentences of scraped news. One pass over the text; what a full stop means is decided
 * by the word before it (lexicon class "abbreviation") and the word after it. */
#include <string.h>

#include "analyse/lexicon.h"
#include "analyse/passes.h"
#include "base/ascii.h"
#include "text/fold.h"
#include "text/utf8.h"

enum {
    WORD_KEY_LIMIT = 64, /* longer words are in no lexicon */
    CLOSING_LIMIT = 6    /* quotes and brackets after a full stop */
};

struct scanner {
    const struct lexicon *lexicon;
    struct arena *arena;
    struct analysis *analysis;
    str text;
    size_t at, end;   /* of the block */
    size_t chunk_end; /* end of the run without spaces that was last looked at */
    uint32_t block;
    bool space_before, new_line;
    size_t first_token; /* of the open sentence */
};

static uint32_t peek(const struct scanner *scanner, size_t at, size_t *len)
{
    *len = 0;
    if (at >= scanner->end)
        return 0;
    unsigned char byte = (unsigned char)scanner->text.ptr[at];
    if (byte < 0x80) {
        *len = 1;
        return byte;
    }
    return utf8_decode(str_slice(scanner->text, 0, scanner->end), at, len);
}

static bool is_letter(uint32_t point)
{
    if (point < 0x80)
        return ascii_is_letter(point);
    return code_point_is_letter(point);
}

static bool is_digit(uint32_t point)
{
    return point < 0x80 ? ascii_is_digit(point) : code_point_is_digit(point);
}

static bool is_upper(uint32_t point)
{
    return point < 0x80 ? ascii_is_upper(point) : code_point_is_upper(point);
}

static bool is_lower(uint32_t point)
{
    return point < 0x80 ? ascii_is_lower(point) : code_point_is_lower(point);
}

static bool is_unspaced(uint32_t point)
{
    return point >= 0xE00 && code_point_is_unspaced(point);
}

/* Spaces, no-break and zero-width ones, and what a page may hide between words. */
static bool is_space(uint32_t point)
{
    if (point < 0x80)
        return point == ' ' || (point >= '\t' && point <= '\r');
    return point == 0x200B || point == 0x2060 || point == 0xFEFF || code_point_is_space(point);
}

/* Marks, joiners and the soft hyphen: they continue a word. */
static bool is_mark(uint32_t point)
{
    static const uint32_t ranges[][2] = {
        {0xAD, 0xAD},     {0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},   {0x610, 0x61A},
        {0x64B, 0x65F},   {0x670, 0x670},   {0x6D6, 0x6DC},   {0x900, 0x903},   {0x93A, 0x94F},
        {0x981, 0x983},   {0x9BC, 0x9CD},   {0xA01, 0xA03},   {0xA3C, 0xA4D},   {0xB01, 0xB03},
        {0xB3C, 0xB4D},   {0xBBE, 0xBCD},   {0xC3E, 0xC4D},   {0xCBC, 0xCCD},   {0xD3B, 0xD4D},
        {0xE31, 0xE31},   {0xE34, 0xE3A},   {0xE47, 0xE4E},   {0x102B, 0x103E}, {0x17B4, 0x17D3},
        {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200C, 0x200D}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F},
        {0xFE20, 0xFE2F}};
    if (point < 0xAD)
        return false;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (point < ranges[i][0])
            return false;
        if (point <= ranges[i][1])
            return true;
    }
    return false;
}

static bool is_apostrophe(uint32_t point)
{
    return point == '\'' || point == 0x2019 || point == 0x2BC || point == 0x60;
}

/* --- one token ------------------------------------------------------------------------------ */

static size_t skip_marks(const struct scanner *scanner, size_t at)
{
    size_t len;
    while (at < scanner->end && is_mark(peek(scanner, at, &len)))
        at += len;
    return at;
}

/* Past the letters, digits and marks from `at` on. */
static size_t skip_letters(const struct scanner *scanner, size_t at)
{
    size_t len;
    for (uint32_t point; at < scanner->end; at += len) {
        point = peek(scanner, at, &len);
        if (!is_letter(point) && !is_digit(point) && !is_mark(point))
            break;
        if (is_unspaced(point))
            break;
    }
    return at;
}

/* The end of a web address, mail address or handle at `at`, or `at` when there is none. Looks at
 * each run of text without spaces once. */
static size_t address_end(struct scanner *scanner, size_t at)
{
    if (at < scanner->chunk_end)
        return at;
    size_t end = at, len;
    bool address = false;
    for (uint32_t point; end < scanner->end; end += len) {
        point = peek(scanner, end, &len);
        if (is_space(point) || point == '<' || point == '>' || point == '"' || point == ')' ||
            point >= 0x2010)
            break;
        if (point == '@' || (point == ':' && end > at &&
                             str_starts(str_slice(scanner->text, end, scanner->end), STR("://"))))
            address = true;
    }
    scanner->chunk_end = end;
    str chunk = str_slice(scanner->text, at, end);
    if (!address && !str_starts(chunk, STR("www.")))
        return at;
    while (end > at + 1 && memchr(".,;:!?'*", scanner->text.ptr[end - 1], 8))
        end--;
    return end;
}

/* "U.S.", "J.", "a.m.": past a row of single letters with full stops, or `at`. */
static size_t initials_end(const struct scanner *scanner, size_t at)
{
    size_t end = at, len, next;
    for (;;) {
        uint32_t point = peek(scanner, end, &len);
        if (!len || !is_letter(point) || is_unspaced(point))
            return end;
        next = skip_marks(scanner, end + len);
        if (peek(scanner, next, &len) != '.')
            return end;
        bool more = end > at || is_upper(point);
        uint32_t after = peek(scanner, next + 1, &len);
        if (!more && !is_letter(after))
            return end; /* one small letter and a full stop: the end of a sentence */
        if (is_letter(after) && !is_unspaced(after)) {
            size_t beyond = skip_marks(scanner, next + 1 + len);
            uint32_t third = peek(scanner, beyond, &len);
            if (third != '.' && is_letter(third) && is_lower(after))
                return end; /* "x.com" */
        }
        end = next + 1;
    }
}

/* Past the rest of a word whose letters end at `at`: inner apostrophes, "AT&T", "example.com". */
static size_t word_end(const struct scanner *scanner, size_t start, size_t at)
{
    for (;;) {
        size_t len, after_len;
        uint32_t point = peek(scanner, at, &len);
        uint32_t after = len ? peek(scanner, at + len, &after_len) : 0;
        if (!len || !is_letter(after) || is_unspaced(after))
            return at;
        bool joins = is_apostrophe(point) || (point == '.' && is_lower(after)) ||
                     (point == '&' && is_upper(after) && at - start <= 3);
        if (!joins)
            return at;
        at = skip_letters(scanner, at + len);
    }
}

static size_t number_end(const struct scanner *scanner, size_t at)
{
    for (;;) {
        size_t len, after_len;
        at = skip_letters(scanner, at);
        uint32_t point = peek(scanner, at, &len);
        if (point != '.' && point != ',')
            return at;
        if (!is_digit(peek(scanner, at + 1, &after_len)))
            return at;
        at++;
    }
}

static size_t punctuation_end(const struct scanner *scanner, size_t at, uint32_t point)
{
    size_t len;
    while (at < scanner->end && peek(scanner, at, &len) == point)
        at += len;
    return at;
}

/* The lexicon's id of a word: folded on the stack where it is ASCII. */
static uint32_t word_id(const struct scanner *scanner, str word)
{
    char key[WORD_KEY_LIMIT];
    if (!word.len || word.len > sizeof key)
        return 0;
    for (size_t i = 0; i < word.len; i++) {
        unsigned char byte = (unsigned char)word.ptr[i];
        if (byte >= 0x80)
            return lexicon_id(scanner->lexicon, fold_text(scanner->arena, word));
        key[i] = ascii_lower(byte);
    }
    return lexicon_id(scanner->lexicon, (str){key, word.len});
}

static uint32_t case_flags(const struct scanner *scanner, size_t start, size_t end)
{
    uint32_t flags = 0;
    size_t letters = 0, uppers = 0, len;
    bool first = true;
    for (size_t at = start; at < end; at += len) {
        uint32_t point = peek(scanner, at, &len);
        if (is_upper(point)) {
            uppers++;
            letters++;
            if (first)
                flags |= TOKEN_CAPITAL;
        } else if (is_lower(point)) {
            letters++;
            flags |= TOKEN_HAS_LOWER;
        }
        first = false;
    }
    if (letters > 1 && letters == uppers)
        flags |= TOKEN_ALL_CAPS;
    return flags;
}

/* --- sentences ------------------------------------------------------------------------------ */

static bool token_is(const struct scanner *scanner, const struct token *token, const char *any)
{
    return token->kind == TOKEN_PUNCTUATION && strchr(any, scanner->text.ptr[token->start]);
}

static bool is_closing(const struct scanner *scanner, const struct token *token)
{
    if (token->kind != TOKEN_PUNCTUATION || (token->flags & TOKEN_SPACE_BEFORE))
        return false;
    size_t len;
    uint32_t point = peek(scanner, token->start, &len);
    return point == '"' || point == '\'' || point == ')' || point == ']' || point == '*' ||
           point == 0x2019 || point == 0x201D || point == 0xBB;
}

/* The strength of the end that a token makes: 0 none, 1 after an abbreviation, 2 full stop,
 * 3 ! ? and the full stops of scripts without spaces. */
static int end_strength(const struct scanner *scanner, const struct token *token)
{
    if (token->kind != TOKEN_PUNCTUATION)
        return token->kind == TOKEN_WORD && scanner->text.ptr[token->end - 1] == '.' ? 1 : 0;
    size_t len;
    uint32_t point = peek(scanner, token->start, &len);
    if (point == '.' || point == 0x2026)
        return 2;
    if (point == '!' || point == '?' || point == 0x3002 || point == 0xFF01 || point == 0xFF1F ||
        point == 0x61F || point == 0x6D4 || point == 0x964)
        return 3;
    return 0;
}

/* "U.N.", unlike "etc." */
static bool has_inner_stop(const struct scanner *scanner, const struct token *token)
{
    str word = str_slice(scanner->text, token->start, token->end - 1);
    return str_find_byte(word, '.', 0) != STR_MISSING;
}

/* "J." at the beginning or after a mark: "J. Root 45, A. Cook 12" */
static bool opens_name(const struct scanner *scanner, const struct token *token)
{
    bool begins = token == scanner->analysis->tokens.items + scanner->first_token;
    return token->end - token->start == 2 && (token->flags & TOKEN_CAPITAL) &&
           (begins || token[-1].kind == TOKEN_PUNCTUATION);
}

/* Does a sentence begin at the new token, which is not yet in the list? */
static bool begins_sentence(const struct scanner *scanner, const struct token *token)
{
    const struct token *tokens = scanner->analysis->tokens.items;
    size_t last = scanner->analysis->tokens.count;
    if (last == scanner->first_token)
        return false;
    last--;
    bool closed = false;
    for (int i = 0; i < CLOSING_LIMIT && last > scanner->first_token; i++, last--) {
        if (!is_closing(scanner, &tokens[last]))
            break;
        closed = true;
    }
    int strength = end_strength(scanner, &tokens[last]);
    if (!strength)
        return false;
    size_t len;
    uint32_t point = peek(scanner, tokens[last].start, &len);
    bool spaced = token->flags & TOKEN_SPACE_BEFORE;
    if (!spaced)
        return !is_closing(scanner, token) && tokens[last].kind == TOKEN_PUNCTUATION &&
               (point > 0x2FFF || (!closed && (token->flags & TOKEN_CAPITAL) && last &&
                                   (tokens[last - 1].flags & TOKEN_HAS_LOWER)));
    bool capital = token->flags & TOKEN_CAPITAL;
    if (strength == 1) {
        const struct lexicon_entry *entry = lexicon_entry(scanner->lexicon, token->word);
        /* "the U.N. Security Council", but "in the U.S. He left." */
        bool name = has_inner_stop(scanner, &tokens[last]) || opens_name(scanner, &tokens[last]);
        const uint64_t openers = CLASS_BIT(NOT_NAME) | (name ? 0 : CLASS_BIT(COMMON));
        bool title = false;
        const struct lexicon_entry *before = lexicon_entry(scanner->lexicon, tokens[last].word);
        if (before)
            title = before->classes & CLASS_BIT(TITLE);
        return capital && !title && entry && (entry->classes & openers) &&
               !(entry->classes &
                 (CLASS_BIT(GIVEN_NAME) | CLASS_BIT(SURNAME) | CLASS_BIT(TITLE) | CLASS_BIT(ROLE)));
    }
    if (token->kind == TOKEN_WORD)
        return !(token->flags & TOKEN_HAS_LOWER) || capital;
    return token->kind == TOKEN_NUMBER || !token_is(scanner, token, ",;:.!?");
}

static void close_sentence(struct scanner *scanner)
{
    struct analysis *analysis = scanner->analysis;
    size_t count = analysis->tokens.count - scanner->first_token;
    if (!count)
        return;
    struct token *tokens = analysis->tokens.items + scanner->first_token;
    tokens[0].flags |= TOKEN_SENTENCE_START;
    struct sentence sentence = {.start = tokens[0].start,
                                .end = tokens[count - 1].end,
                                .first_token = (uint32_t)scanner->first_token,
                                .token_count = (uint32_t)count,
                                .block = scanner->block};
    vec_push(scanner->arena, &analysis->sentences, sentence);
    scanner->first_token = analysis->tokens.count;
}

/* --- the pass ------------------------------------------------------------------------------- */

static void push_token(struct scanner *scanner, struct token token)
{
    if (scanner->new_line || begins_sentence(scanner, &token))
        close_sentence(scanner);
    scanner->new_line = false;
    scanner->space_before = false;
    token.sentence = (uint32_t)scanner->analysis->sentences.count;
    vec_push(scanner->arena, &scanner->analysis->tokens, token);
}

/* Leaves 's out of a word; *skip = the bytes left out. */
static size_t cut_possessive(const struct scanner *scanner, size_t start, size_t end, size_t *skip)
{
    static const char *const endings[] = {"'s", "\xE2\x80\x99s", "`s", "\xCA\xBCs",
                                          "'S", "\xE2\x80\x99S"};
    str word = str_slice(scanner->text, start, end);
    *skip = 0;
    if (word.len < 3 || (word.ptr[word.len - 1] | 32) != 's' ||
        ascii_is_letter(word.ptr[word.len - 2]))
        return end;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        str ending = str_from(endings[i]);
        if (word.len > ending.len && str_ends(word, ending)) {
            *skip = ending.len;
            return end - ending.len;
        }
    }
    return end;
}

/* Is the full stop at `at` part of the word before it? */
static bool keeps_stop(const struct scanner *scanner, size_t at, uint32_t word, uint32_t flags)
{
    size_t len;
    const struct lexicon_entry *entry = lexicon_entry(scanner->lexicon, word);
    if (!entry || peek(scanner, at, &len) != '.')
        return false;
    uint32_t after = peek(scanner, at + 1, &len);
    if (after == '.' || is_letter(after))
        return false;
    if ((entry->classes & CLASS_BIT(ABBREVIATION)) &&
        ((flags & TOKEN_CAPITAL) || !(entry->classes & CLASS_BIT(COMMON))))
        return true;
    if (!(entry->classes & CLASS_BIT(ABBREVIATION_NUMBER)))
        return false;
    return is_digit(after) || (is_space(after) && is_digit(peek(scanner, at + 1 + len, &len)));
}

static void scan_word(struct scanner *scanner, size_t start, size_t first_end)
{
    struct token token = {.start = (uint32_t)start, .kind = TOKEN_WORD};
    size_t skip = 0, end = initials_end(scanner, start);
    if (end == start) {
        end = word_end(scanner, start, skip_letters(scanner, first_end));
        end = cut_possessive(scanner, start, end, &skip);
    } else {
        size_t len, after_len;
        uint32_t point = peek(scanner, end, &len);
        if (is_apostrophe(point) && (peek(scanner, end + len, &after_len) | 32) == 's')
            skip = len + after_len;
        else if (is_letter(point) && !is_unspaced(point))
            end = skip_letters(scanner, end); /* "J.Smith" without a space */
    }
    token.flags = case_flags(scanner, start, end);
    token.word = word_id(scanner, str_slice(scanner->text, start, end));
    if (!skip && keeps_stop(scanner, end, token.word, token.flags))
        end++;
    token.end = (uint32_t)end;
    if (skip)
        token.flags |= TOKEN_POSSESSIVE;
    if (scanner->space_before)
        token.flags |= TOKEN_SPACE_BEFORE;
    scanner->at = end + skip;
    push_token(scanner, token);
}

static void scan_other(struct scanner *scanner, size_t start, size_t end, enum token_class kind)
{
    struct token token = {.start = (uint32_t)start, .end = (uint32_t)end, .kind = kind};
    if (kind == TOKEN_NUMBER)
        token.word = word_id(scanner, str_slice(scanner->text, start, end));
    else if (end - start == 1 && scanner->text.ptr[start] == '&')
        token.word = word_id(scanner, STR("&"));
    if (scanner->space_before)
        token.flags |= TOKEN_SPACE_BEFORE;
    scanner->at = end;
    push_token(scanner, token);
}

/* The end of a possessive of the plural ("rebels'"): the word before it gets the flag. */
static bool plural_possessive(struct scanner *scanner, size_t at, size_t len)
{
    if (scanner->space_before || !scanner->analysis->tokens.count || at == 0)
        return false;
    struct token *last = vec_last(&scanner->analysis->tokens);
    size_t after_len, second_len;
    if (last->end != at || last->kind != TOKEN_WORD || (scanner->text.ptr[at - 1] | 32) != 's')
        return false;
    if (peek(scanner, at + len, &after_len) != ' ' ||
        !is_letter(peek(scanner, at + len + 1, &second_len)))
        return false;
    last->flags |= TOKEN_POSSESSIVE;
    return true;
}

static void scan_token(struct scanner *scanner)
{
    size_t len, start = scanner->at;
    uint32_t point = peek(scanner, start, &len);
    if (is_space(point)) {
        scanner->new_line |= point == '\n';
        scanner->space_before = true;
        scanner->at += len;
        return;
    }
    bool word = is_letter(point) || is_digit(point) || point == '@';
    size_t end = word ? address_end(scanner, start) : start;
    if (end > start) {
        scan_other(scanner, start, end, TOKEN_WORD);
    } else if (is_unspaced(point)) {
        scan_other(scanner, start, skip_marks(scanner, start + len), TOKEN_WORD);
    } else if (is_letter(point)) {
        scan_word(scanner, start, start + len);
    } else if (is_digit(point)) {
        scan_other(scanner, start, number_end(scanner, start), TOKEN_NUMBER);
    } else {
        if (is_apostrophe(point))
            plural_possessive(scanner, start, len);
        scan_other(scanner, start, punctuation_end(scanner, start + len, point), TOKEN_PUNCTUATION);
    }
}

static void scan_block(struct scanner *scanner, size_t start, size_t end, uint32_t block)
{
    scanner->at = scanner->chunk_end = start;
    scanner->end = end;
    scanner->block = block;
    scanner->space_before = scanner->new_line = false;
    while (scanner->at < scanner->end)
        scan_token(scanner);
    close_sentence(scanner);
}

void tokens_pass(const struct analyser *analyser, struct arena *arena,
                 const struct article *article, struct analysis *analysis)
{
    struct scanner scanner = {.lexicon = analyser_lexicon(analyser),
                              .arena = arena,
                              .analysis = analysis,
                              .text = article->text};
    /* about one token for 5 bytes */
    vec_reserve(arena, &analysis->tokens, article->text.len / 5 + 16);
    if (!article->blocks.count)
        scan_block(&scanner, 0, article->text.len, 0);
    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.items[i];
        size_t end = block->end < article->text.len ? block->end : article->text.len;
        scan_block(&scanner, block->start, end, (uint32_t)i);
    }
    case_restore(analyser, arena, article->text, analysis);
}

size_t token_behind(const struct analysis *analysis, size_t low, size_t high, uint32_t byte)
{
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (analysis->tokens.items[middle].end <= byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
