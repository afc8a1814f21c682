#include "analyse/statement_person.h"

#include "analyse/passes.h"
#include "text/fold.h"

/* Words of a role, or of what follows the act, between its parts. */
enum { GAP_WORDS = 8, TITLE_WORDS = 4, CALLED_WORDS = 2 };
/* "told reporters on Monday", "told the state radio on Monday". */
enum { HEARER_WORDS = 3 };

/* Token indices, half-open. */
struct stretch {
    size_t first, last;
};

static const struct token *token_at(const struct told_by *by, size_t at)
{
    return &by->analysis->tokens.items[at];
}

static str word_at(const struct told_by *by, size_t at)
{
    const struct token *token = token_at(by, at);
    return fold_text(by->scratch, str_slice(by->article->text, token->start, token->end));
}

static struct stretch sentence_tokens(const struct told_by *by)
{
    return (struct stretch){by->sentence->first_token,
                            by->sentence->first_token + by->sentence->token_count};
}

static size_t token_in(const struct analysis *analysis, const struct sentence *sentence,
                       uint32_t byte)
{
    size_t first = sentence->first_token;
    return token_behind(analysis, first, first + sentence->token_count, byte);
}

/* The tokens of bytes [start, end). */
static struct stretch tokens_of(const struct told_by *by, uint32_t start, uint32_t end)
{
    struct stretch all = sentence_tokens(by), found;
    found.first = token_in(by->analysis, by->sentence, start);
    for (found.last = found.first; found.last < all.last && token_at(by, found.last)->start < end;)
        found.last++;
    return found;
}

static bool is(const struct told_by *by, str word, enum act_word kind)
{
    return acts_word(by->acts, word, kind);
}

static bool is_possessive(const struct told_by *by, size_t at)
{
    return token_at(by, at)->flags & TOKEN_POSSESSIVE;
}

/* A verb of another act: reporting, a preterite. */
static bool is_other_verb(const struct told_by *by, size_t at, str word)
{
    const struct lexicon_entry *entry = lexicon_entry(by->lexicon, token_at(by, at)->word);
    return !is(by, word, ACT_WORD_HELPER) &&
           (str_ends(word, STR("ed")) ||
            (entry && entry->classes & (CLASS_BIT(REPORTING) | CLASS_BIT(CUE_PAST))));
}

/* Nothing between two parts of a statement but words that go with them. */
static bool is_gap(const struct told_by *by, struct stretch gap, size_t most, bool before_verb)
{
    size_t words = 0;
    if (gap.first > gap.last)
        return false;
    for (size_t i = gap.first; i < gap.last; i++) {
        str word = word_at(by, i);
        bool is_word = token_at(by, i)->kind == TOKEN_WORD;
        if (is_word && (is(by, word, ACT_WORD_CLAUSE) || ++words > most))
            return false;
        if (is_word && before_verb &&
            (is_possessive(by, i) || is(by, word, ACT_WORD_UNREAL) || is_other_verb(by, i, word)))
            return false;
        if (!is_word &&
            (str_equal(word, STR(";")) || str_equal(word, STR(":")) || str_equal(word, STR("\"")) ||
             str_equal(word, STR("(")) || str_equal(word, STR(")"))))
            return false;
    }
    return true;
}

/* The name is not part of another noun ("the son of Orlov", "Orlov's deputy"). */
static bool is_free(const struct told_by *by, struct stretch person)
{
    struct stretch all = sentence_tokens(by);
    if (is_possessive(by, person.last - 1))
        return false;
    for (size_t i = person.first, words = 0; i-- > all.first && words <= TITLE_WORDS; words++) {
        if (token_at(by, i)->kind != TOKEN_WORD)
            return true;
        if (is(by, word_at(by, i), ACT_WORD_BELONGING))
            return false;
    }
    return true;
}

/* Does the day stand right behind the act, right before all of it, or between person and verb? */
static bool is_dated_by(const struct told_by *by, struct stretch told, struct stretch date,
                        size_t behind)
{
    size_t first = sentence_tokens(by).first;
    if (date.first >= told.last)
        return is_gap(by, (struct stretch){told.last, date.first}, behind, false);
    return date.last <= told.first && date.first <= first + 1 &&
           is_gap(by, (struct stretch){date.last, told.first}, TITLE_WORDS, true);
}

/* "Orlov, the minister, resigned", "Orlov on Monday was arrested". */
static bool is_subject(const struct told_by *by, struct stretch person, size_t verb,
                       struct stretch date, bool passive)
{
    struct stretch gap = {person.last, verb};
    size_t helper = verb;
    if (verb < person.last || !is_free(by, person))
        return false;
    while (passive && helper > person.last && !is(by, word_at(by, helper - 1), ACT_WORD_HELPER) &&
           str_ends(word_at(by, helper - 1), STR("ly")))
        helper--;
    if (passive && (helper == person.last || !is(by, word_at(by, helper - 1), ACT_WORD_HELPER)))
        return false;
    if (date.first < person.last || date.last > verb)
        return is_gap(by, gap, GAP_WORDS, true);
    return is_gap(by, (struct stretch){gap.first, date.first}, GAP_WORDS, true) &&
           is_gap(by, (struct stretch){date.last, gap.last}, CALLED_WORDS, true);
}

/* "Police arrested the minister Orlov". */
static bool is_object(const struct told_by *by, struct stretch person, size_t verb)
{
    struct stretch all = sentence_tokens(by);
    if (person.first <= verb ||
        (verb > all.first && is(by, word_at(by, verb - 1), ACT_WORD_UNREAL)))
        return false;
    if (verb > all.first && is(by, word_at(by, verb - 1), ACT_WORD_HELPER) &&
        !str_equal(word_at(by, verb - 1), STR("had")))
        return false;
    return is_free(by, person) &&
           is_gap(by, (struct stretch){verb + 1, person.first}, TITLE_WORDS, true);
}

/* "Orlov's sudden death", "the death of the minister Orlov": its tokens, or none. */
static struct stretch called(const struct told_by *by, struct stretch person, size_t noun)
{
    struct stretch none = {0, 0};
    if (noun >= person.last)
        return is_possessive(by, person.last - 1) &&
                       is_gap(by, (struct stretch){person.last, noun}, CALLED_WORDS, true)
                   ? (struct stretch){person.first, noun + 1}
                   : none;
    return !is_possessive(by, person.last - 1) && noun + 1 < person.first &&
                   str_equal(word_at(by, noun + 1), STR("of")) &&
                   is_gap(by, (struct stretch){noun + 2, person.first}, TITLE_WORDS, true)
               ? (struct stretch){noun, person.last}
               : none;
}

/* Is the word at `at` the act of the person on the date? */
static bool tells(const struct told_by *by, struct stretch person, struct stretch date, size_t at,
                  unsigned voices)
{
    struct stretch subject = {person.first, at + 1}, object = {at, person.last};
    struct stretch noun = voices & ACT_CALLED ? called(by, person, at) : (struct stretch){0, 0};
    if (noun.last)
        return date.first >= noun.last && is_dated_by(by, noun, date, CALLED_WORDS);
    bool does = voices & ACT_DOES && is_subject(by, person, at, date, false);
    bool suffers = voices & ACT_SUFFERS && is_subject(by, person, at, date, true);
    if (does || suffers)
        return (date.first >= person.last && date.last <= at) ||
               is_dated_by(by, subject, date, GAP_WORDS);
    return voices & ACT_SUFFERS && is_object(by, person, at) &&
           is_dated_by(by, object, date, GAP_WORDS);
}

/* The only person's mention in the sentence; NULL when there are none or several. */
static const struct mention *only_person(const struct told_by *by, size_t at)
{
    const struct mention *only = NULL;
    for (; at < by->analysis->mentions.count; at++) {
        const struct mention *mention = &by->analysis->mentions.items[at];
        if (mention->start >= by->sentence->end)
            break;
        if (mention->kind != ENTITY_PERSON)
            continue;
        if (only)
            return NULL;
        only = mention;
    }
    return only;
}

bool statement_is_of_words(const struct lexicon *lexicon, const struct article *article,
                           const struct analysis *analysis, const struct sentence *sentence,
                           const struct moment *moment)
{
    size_t at = token_in(analysis, sentence, moment->start);
    if (at > sentence->first_token) {
        const struct token *before = &analysis->tokens.items[at - 1];
        at -= str_equal(str_slice(article->text, before->start, before->end), STR("on"));
    }
    for (size_t i = 1; i <= HEARER_WORDS + 1 && i <= at - sentence->first_token; i++) {
        const struct token *verb = &analysis->tokens.items[at - i];
        const struct lexicon_entry *entry = verb->word ? lexicon_entry(lexicon, verb->word) : NULL;
        if (verb->kind != TOKEN_WORD)
            return false;
        if (entry && entry->classes & CLASS_BIT(REPORTING) &&
            (i == 1 || str_equal(entry->text, STR("told"))))
            return true;
    }
    return false;
}

const struct act *statement_person_act(const struct told_by *by, size_t mention, day only,
                                       size_t first, size_t last)
{
    const struct mention *named = only_person(by, mention);
    const struct moment *moment = NULL;
    for (size_t i = first; i < last && named && !moment; i++) {
        const struct moment *one = &by->analysis->moments.items[i];
        if (one->first == only &&
            !statement_is_of_words(by->lexicon, by->article, by->analysis, by->sentence, one))
            moment = one;
    }
    if (!moment)
        return NULL;
    struct stretch all = sentence_tokens(by);
    struct stretch person = tokens_of(by, named->start, named->end);
    struct stretch date = tokens_of(by, moment->start, moment->end);
    for (size_t at = all.first; at < all.last; at++) {
        unsigned voices = 0;
        const struct act *act = token_at(by, at)->kind == TOKEN_WORD
                                    ? acts_of_form(by->acts, word_at(by, at), &voices)
                                    : NULL;
        if (act && tells(by, person, date, at, voices))
            return act;
    }
    return NULL;
}
