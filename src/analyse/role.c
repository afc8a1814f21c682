#include "analyse/role.h"

#include <string.h>

#include "base/ascii.h"
#include "text/fold.h"

enum {
    BEFORE_LIMIT = 12, /* tokens looked at before a name */
    AFTER_LIMIT = 16
};

struct role_scan {
    const struct lexicon *lexicon;
    str text;
    const struct analysis *analysis;
    const struct token *tokens;
    size_t begin, end; /* of the sentence */
};

static str word_at(const struct role_scan *scan, size_t at)
{
    return str_slice(scan->text, scan->tokens[at].start, scan->tokens[at].end);
}

static uint64_t classes_at(const struct role_scan *scan, size_t at)
{
    const struct lexicon_entry *entry = lexicon_entry(scan->lexicon, scan->tokens[at].word);
    return entry ? entry->classes : 0;
}

static bool is_role(const struct role_scan *scan, size_t at)
{
    return classes_at(scan, at) & (CLASS_BIT(TITLE) | CLASS_BIT(ROLE));
}

/* A word of `list`, which has its words between spaces. */
static bool is_among(str word, const char *list)
{
    char key[24];
    if (word.len + 3 > sizeof key)
        return false;
    key[0] = ' ';
    for (size_t i = 0; i < word.len; i++) {
        char byte = word.ptr[i];
        key[i + 1] = ascii_lower(byte);
    }
    key[word.len + 1] = ' ';
    key[word.len + 2] = '\0';
    return strstr(list, key) != NULL;
}

static const char joining_words[] = " of the for to and in at on & ";
static const char describing_words[] = " former ex acting deputy senior top then late outgoing "
                                       "incoming interim chief vice newly-appointed ";

static bool is_capital(const struct role_scan *scan, size_t at)
{
    return scan->tokens[at].kind == TOKEN_WORD && (scan->tokens[at].flags & TOKEN_CAPITAL);
}

static bool is_hyphen(const struct role_scan *scan, size_t at)
{
    return scan->tokens[at].kind == TOKEN_PUNCTUATION &&
           scan->text.ptr[scan->tokens[at].start] == '-';
}

/* The person's name that the token is part of, or NULL. */
static const struct mention *person_at(const struct role_scan *scan, size_t at)
{
    const mention_vec *mentions = &scan->analysis->mentions;
    uint32_t start = scan->tokens[at].start;
    size_t low = 0, high = mentions->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (mentions->items[middle].end <= start)
            low = middle + 1;
        else
            high = middle;
    }
    const struct mention *found = low < mentions->count ? &mentions->items[low] : NULL;
    return found && found->start <= start && found->kind == ENTITY_PERSON ? found : NULL;
}

/* Does a title or role of several words begin at `at` and reach to `end`? */
static bool is_role_phrase(const struct role_scan *scan, size_t at, size_t end)
{
    size_t count;
    return lexicon_match(scan->lexicon, scan->text, scan->analysis, at,
                         CLASS_BIT(TITLE) | CLASS_BIT(ROLE), &count) &&
           at + count >= end;
}

/* Can a word in front of a role belong to it? "Jordan's Foreign Minister", "former" */
static bool describes(const struct role_scan *scan, size_t at, size_t found)
{
    if (is_hyphen(scan, at) || is_role(scan, at) || is_capital(scan, at))
        return true;
    return is_among(word_at(scan, at), describing_words) || is_role_phrase(scan, at, found + 1) ||
           (classes_at(scan, at) & CLASS_BIT(DEMONYM));
}

/* A word in small letters between a role and what it belongs to: "Hamas political leader". */
static bool is_inner(const struct role_scan *scan, size_t at)
{
    return scan->tokens[at].kind == TOKEN_WORD && at > scan->begin && is_capital(scan, at - 1) &&
           !(scan->tokens[at - 1].flags & TOKEN_SENTENCE_START) && !person_at(scan, at - 1) &&
           !(classes_at(scan, at) & (CLASS_BIT(NOT_NAME) | CLASS_BIT(PERSON_VERB)));
}

/* Past the words of the description whose last role is at `found`, backwards. */
static size_t widen(const struct role_scan *scan, size_t found, size_t stop)
{
    while (found > scan->begin && stop - found < BEFORE_LIMIT) {
        size_t at = found - 1;
        if (scan->tokens[at].kind == TOKEN_PUNCTUATION && !is_hyphen(scan, at))
            break;
        bool possessive = scan->tokens[at].flags & TOKEN_POSSESSIVE;
        if (!possessive && person_at(scan, at))
            break;
        if (!possessive && !describes(scan, at, found) && !is_inner(scan, at))
            break;
        if ((classes_at(scan, at) & CLASS_BIT(NOT_NAME)) &&
            (scan->tokens[at].flags & TOKEN_SENTENCE_START))
            break;
        found = at;
        if (possessive)
            break;
    }
    return found;
}

/* Walks back from `stop` to the first token of the description that ends there, or `stop`. A role
 * stands right before the name, or before "of" and what it is the head of. */
static size_t walk_back(const struct role_scan *scan, size_t stop)
{
    for (size_t at = stop; at > scan->begin && stop - at < BEFORE_LIMIT; at--) {
        size_t word = at - 1;
        if (scan->tokens[word].kind == TOKEN_PUNCTUATION && !is_hyphen(scan, word))
            break;
        bool near = word + 1 == stop || is_among(word_at(scan, at), " of for to ");
        if (is_role(scan, word) && near)
            return widen(scan, word, stop);
        bool joining = word + 1 < stop && is_among(word_at(scan, word), joining_words);
        bool possessive = scan->tokens[word].flags & TOKEN_POSSESSIVE;
        bool group = (classes_at(scan, word) &
                      (CLASS_BIT(ORGANISATION_WORD) | CLASS_BIT(ORGANISATION))) != 0;
        if (!joining && !possessive && !group && !is_capital(scan, word) &&
            !is_hyphen(scan, word) && !is_inner(scan, word))
            break;
    }
    return stop;
}

static str span(const struct role_scan *scan, size_t first, size_t end)
{
    return first < end ? str_slice(scan->text, scan->tokens[first].start, scan->tokens[end - 1].end)
                       : STR_NONE;
}

static bool is_sign(const struct role_scan *scan, size_t at, const char *signs)
{
    return at < scan->end && scan->tokens[at].kind == TOKEN_PUNCTUATION &&
           strchr(signs, scan->text.ptr[scan->tokens[at].start]);
}

/* Is the role at `at` that of the name behind it? ", Russian President Vladimir Putin" */
static bool names_another(const struct role_scan *scan, size_t at)
{
    size_t next = at + 1;
    if (next >= scan->end || !is_capital(scan, next) || (scan->tokens[at].flags & TOKEN_POSSESSIVE))
        return false;
    uint64_t classes = classes_at(scan, next);
    return !(classes & (CLASS_BIT(TITLE) | CLASS_BIT(ROLE))) &&
           (!classes || (classes & (CLASS_BIT(GIVEN_NAME) | CLASS_BIT(SURNAME))));
}

/* Words that end a description: what follows tells something else. */
static const char ending_words[] =
    " who which whose whom where when while said says told appointed "
    "named elected nominated sworn since after before during until "
    "as but once ";

/* "and" goes on to another description: "…'s predecessor and an old companion of Putin". Inside a
 * name it stands before a capital: "of Trade and Industry". */
static bool ends_with_and(const struct role_scan *scan, size_t at)
{
    return is_among(word_at(scan, at), " and or ") &&
           (at + 1 >= scan->end || !is_capital(scan, at + 1) || is_role(scan, at + 1));
}

/* A name inside that the description does not lead to by "of", "to" or a possessive is that of
 * somebody else, who is described: "chief of the General Staff Bagheri". */
static bool describes_another(const struct role_scan *scan, size_t first, size_t at)
{
    const struct mention *person = person_at(scan, at);
    if (!person || scan->tokens[at].start != person->start)
        return false;
    while (at > first && is_role(scan, at - 1))
        at--;
    while (at > first && is_capital(scan, at - 1) && is_role(scan, at))
        at--;
    return at > first && !(scan->tokens[at - 1].flags & TOKEN_POSSESSIVE) &&
           !is_among(word_at(scan, at - 1), " of to for with under by against on and ");
}

/* ", the formidable Secretary of Russia's Security Council," */
static str role_after(const struct role_scan *scan, size_t end)
{
    if (!is_sign(scan, end, ",("))
        return STR_NONE;
    size_t first = end + 1, role = 0;
    while (first < scan->end && is_among(word_at(scan, first), " the a an "))
        first++;
    size_t at = first;
    for (; at < scan->end && at < first + AFTER_LIMIT; at++) {
        if (is_sign(scan, at, ",;:.()") || is_among(word_at(scan, at), ending_words) ||
            (role && ends_with_and(scan, at)))
            break;
        if (!role && at < first + 6 && is_role(scan, at)) {
            if (names_another(scan, at))
                return STR_NONE;
            role = at + 1;
        }
        if ((!role && (classes_at(scan, at) & CLASS_BIT(PERSON_VERB))) ||
            describes_another(scan, first, at))
            return STR_NONE;
    }
    return role ? span(scan, first, at) : STR_NONE;
}

/* "the secretary of the Supreme National Security Council, Ali Akbar Ahmadian" */
static str role_before_comma(const struct role_scan *scan, size_t first)
{
    if (first < scan->begin + 3 || !is_sign(scan, first - 1, ","))
        return STR_NONE;
    size_t start = walk_back(scan, first - 1);
    if (start + 1 >= first - 1 || !is_role(scan, start))
        return STR_NONE;
    for (size_t at = start + 1; at < first - 1; at++) {
        if (describes_another(scan, start, at))
            return STR_NONE;
    }
    return is_among(word_at(scan, start + 1), " of for to ") ? span(scan, start, first - 1)
                                                             : STR_NONE;
}

str role_find(const struct lexicon *lexicon, str text, const struct analysis *analysis,
              size_t first, size_t end)
{
    if (first >= end || end > analysis->tokens.count)
        return STR_NONE;
    const struct sentence *sentence =
        &analysis->sentences.items[analysis->tokens.items[first].sentence];
    struct role_scan scan = {.lexicon = lexicon,
                             .text = text,
                             .analysis = analysis,
                             .tokens = analysis->tokens.items,
                             .begin = sentence->first_token,
                             .end = (size_t)sentence->first_token + sentence->token_count};
    str role = STR_NONE;
    if (!(scan.tokens[end - 1].flags & TOKEN_POSSESSIVE))
        role = role_after(&scan, end);
    if (!role.ptr)
        role = role_before_comma(&scan, first);
    size_t start = walk_back(&scan, first);
    if (!role.ptr && start < first && !(scan.tokens[first].flags & TOKEN_IN_HEADLINE))
        role = span(&scan, start, first);
    return role;
}

bool role_is_courtesy(str role)
{
    if (str_ends(role, STR(".")))
        role.len--;
    return is_among(role, " mr mrs ms miss mx mme madam sir ");
}

static bool says_something(const struct lexicon *lexicon, str word)
{
    if (word.len < 3 || is_among(word, joining_words) || is_among(word, describing_words) ||
        is_among(word, " president minister mr mrs chief leader general "))
        return false;
    const struct lexicon_entry *entry = lexicon_find(lexicon, word);
    return !entry || !(entry->classes & CLASS_BIT(NOT_NAME));
}

static bool next_role_word(str *rest, str *word)
{
    while (rest->len && strchr(" ,-'.", rest->ptr[0]))
        *rest = str_slice(*rest, 1, rest->len);
    size_t end = 0;
    while (end < rest->len && !strchr(" ,-'.", rest->ptr[end]))
        end++;
    *word = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end, rest->len);
    return end > 0;
}

bool role_agrees(const struct lexicon *lexicon, struct arena *scratch, str a, str b)
{
    str left = fold_text(scratch, a), right = fold_text(scratch, b), word, other;
    while (next_role_word(&left, &word)) {
        if (!says_something(lexicon, word))
            continue;
        str rest = right;
        while (next_role_word(&rest, &other)) {
            if (str_equal(word, other))
                return true;
        }
    }
    return false;
}
