/* What is made, sold or used bears names too: "using Brevo", "tools like Moosend", "Kafka is a
 * streaming platform". What one place in the article tells counts for the word in all of it. */
#include "analyse/tag_names.h"
#include "base/ascii.h"

enum {
    LIST_REACH = 12, /* tokens back from a name in a list to what the list is of */
    NOUN_REACH = 8   /* tokens on from "is a" to what it is */
};

static bool word_is(const struct tagger *tagger, size_t at, const char *const *words)
{
    for (; *words; words++) {
        if (str_equal_ascii_fold(tag_text(tagger, at), str_from(*words)))
            return true;
    }
    return false;
}

/* "tools like Moosend, Brevo and": from a name back over the others to "like" after a ware. */
static bool is_listed(const struct tagger *tagger, size_t at, size_t begin)
{
    static const char *const marks[] = {",", "and", "or", "&", "the", NULL};
    static const char *const openers[] = {"like", "as", "including", "to", NULL};
    size_t end = at;
    while (at > begin && end - at < LIST_REACH &&
           (tag_is_capital(tagger, at - 1) || word_is(tagger, at - 1, marks)))
        at--;
    if (at < begin + 2 || !word_is(tagger, at - 1, openers))
        return false;
    size_t noun = at - 2;
    if (noun > begin && str_equal(tag_text(tagger, noun), STR("such")))
        noun--;
    if (noun > begin && tag_is(tagger, noun, ','))
        noun--;
    return tag_has(tagger, noun, CLASS_BIT(WARE)) &&
           (noun == begin || !tag_is_capital(tagger, noun));
}

/* "is an affordable email platform": the last of the small words after "is a". */
static bool is_ware(const struct tagger *tagger, size_t at, size_t end)
{
    static const char *const verbs[] = {"is", "was", "are", NULL};
    static const char *const articles[] = {"a", "an", "the", "one", NULL};
    static const char *const enders[] = {
        "of",   "for", "that",  "which",    "with", "in",    "and",  "to",    "at", "on",
        "from", "by",  "built", "designed", "made", "based", "used", "owned", NULL};
    if (at + 2 >= end || !word_is(tagger, at, verbs) || !word_is(tagger, at + 1, articles))
        return false;
    size_t stop = at + 2;
    while (stop < end && stop < at + NOUN_REACH && !word_is(tagger, stop, enders) &&
           (tag_token_at(tagger, stop)->kind != TOKEN_PUNCTUATION || tag_is(tagger, stop, '-')))
        stop++;
    return tag_has(tagger, stop - 1, CLASS_BIT(WARE));
}

/* "R6", "Z50": what models are called. */
static bool is_model(const struct tagger *tagger, size_t at)
{
    str text = tag_text(tagger, at);
    bool digit = false, other = false;
    for (size_t i = 1; i < text.len; i++) {
        digit |= ascii_is_digit(text.ptr[i]);
        other |= text.ptr[i] == '.' || text.ptr[i] == ':';
    }
    return text.len > 1 && ascii_is_upper(text.ptr[0]) && digit && !other;
}

/* "EOS R6 Mark": a model beside it. */
static bool names_model(const struct tagger *tagger, size_t at, size_t begin, size_t end)
{
    size_t first = at > begin ? at - 1 : at, last = at + 1 < end ? at + 1 : at;
    for (size_t i = first; i <= last; i++) {
        if (is_model(tagger, i))
            return true;
    }
    return false;
}

/* ", 31,", "said", ", who" */
static bool goes_on_as_person(const struct tagger *tagger, size_t at, size_t end)
{
    static const char *const who[] = {"who", "whose", "he", "she", NULL};
    if (at >= end)
        return false;
    if (tag_has(tagger, at, CLASS_BIT(PERSON_VERB)) || word_is(tagger, at, who))
        return true;
    return tag_is(tagger, at, ',') && at + 1 < end &&
           (tag_token_at(tagger, at + 1)->kind == TOKEN_NUMBER || word_is(tagger, at + 1, who));
}

int tag_thing(const struct tagger *tagger, size_t at)
{
    const struct token *token = tag_token_at(tagger, at);
    const struct sentence *sentence = &tagger->analysis->sentences.items[token->sentence];
    size_t begin = sentence->first_token, end = begin + sentence->token_count;
    bool owns = token->flags & TOKEN_POSSESSIVE;
    int thing = 0;
    if (!owns && at + 1 < end && tag_has(tagger, at + 1, CLASS_BIT(WARE)) &&
        (tag_token_at(tagger, at + 1)->flags & TOKEN_SPACE_BEFORE) &&
        !(tag_is_capital(tagger, at + 1) && tag_has(tagger, at + 1, CLASS_BIT(ORGANISATION_WORD))))
        thing++;
    if (!owns && at > begin && tag_has(tagger, at - 1, CLASS_BIT(USE)))
        thing++;
    if (at > begin && !tag_is_capital(tagger, at - 1) && tag_has(tagger, at - 1, CLASS_BIT(WARE)))
        thing++;
    if (at > begin + 1 && tag_is(tagger, at - 1, ',') && !tag_is_capital(tagger, at - 2) &&
        tag_has(tagger, at - 2, CLASS_BIT(WARE)))
        thing++;
    if (!owns && is_listed(tagger, at, begin))
        thing++;
    if (names_model(tagger, at, begin, end))
        thing++;
    if (!owns && is_ware(tagger, at + 1, end))
        thing++;
    if (at > begin &&
        (tag_has(tagger, at - 1, CLASS_BIT(TITLE)) ||
         (!tag_is_capital(tagger, at - 1) && tag_has(tagger, at - 1, CLASS_BIT(ROLE)))))
        thing--;
    if (!owns && goes_on_as_person(tagger, at + 1, end))
        thing--;
    return thing;
}
