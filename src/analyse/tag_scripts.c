/* Names in a script without Latin letters: where the text gives one in brackets after a person's
 * name, "Vladimir Putin (普京)", or before a name in brackets, "普京 (Putin)", it is that person
 * here and wherever else the article has it. */
#include "analyse/person_name.h"
#include "analyse/tag_names.h"

enum {
    NAME_TOKEN_LIMIT = 8,
    NAME_LIMIT = 32, /* names of other scripts in one article */
    SURE = 90
};

struct script_name {
    str text;  /* as in brackets */
    str latin; /* of the person before them */
};

struct script_names {
    size_t count;
    struct script_name items[NAME_LIMIT];
};

static bool is_other_script(const struct tagger *tagger, size_t at)
{
    const struct token *token = &tagger->analysis->tokens.items[at];
    return token->kind == TOKEN_WORD && person_name_other_script(tag_text(tagger, at));
}

/* The end of the words in brackets that begin at token `at`; `at` when there is no such name. */
static size_t bracketed_end(const struct tagger *tagger, size_t at)
{
    size_t count = tagger->analysis->tokens.count, end = at;
    while (end < count && end < at + NAME_TOKEN_LIMIT && is_other_script(tagger, end))
        end++;
    return end > at && at && tag_is(tagger, at - 1, '(') && tag_is(tagger, end, ')') ? end : at;
}

/* The first of the words before the bracket that opens before token `at` and closes at `end`; `at`
 * when there is no such name. */
static size_t bracketing_start(const struct tagger *tagger, size_t at, size_t end)
{
    if (at < 2 || end >= tagger->analysis->tokens.count || !tag_is(tagger, at - 1, '(') ||
        !tag_is(tagger, end, ')'))
        return at;
    size_t first = at - 1;
    while (first && at - first <= NAME_TOKEN_LIMIT && is_other_script(tagger, first - 1))
        first--;
    return first < at - 1 ? first : at;
}

static void collect(const struct tagger *tagger, struct script_names *names)
{
    const struct analysis *analysis = tagger->analysis;
    const struct token *tokens = analysis->tokens.items;
    size_t at = 0;
    for (size_t i = 0; i < analysis->mentions.count && names->count < NAME_LIMIT; i++) {
        const struct mention *mention = &analysis->mentions.items[i];
        if (mention->kind != ENTITY_PERSON)
            continue;
        while (at < analysis->tokens.count && tokens[at].start < mention->start)
            at++;
        size_t own = at, first = own;
        while (at < analysis->tokens.count && tokens[at].start < mention->end)
            at++;
        size_t end = bracketed_end(tagger, at + 1);
        first = end == at + 1 ? bracketing_start(tagger, own, at) : at + 1;
        end = first == own ? first : first < own ? own - 1 : end;
        if (end == first)
            continue;
        names->items[names->count++] = (struct script_name){
            str_slice(tagger->article->text, tokens[first].start, tokens[end - 1].end),
            str_slice(tagger->article->text, mention->start, mention->end)};
    }
}

/* The name that stands at a token and ends with one. */
static const struct script_name *name_at(const struct tagger *tagger,
                                         const struct script_names *names, size_t at, size_t *end)
{
    const struct token *tokens = tagger->analysis->tokens.items;
    str text = tagger->article->text;
    str rest = str_slice(text, tokens[at].start, text.len);
    for (size_t i = 0; i < names->count; i++) {
        if (!str_starts(rest, names->items[i].text))
            continue;
        size_t stop = tokens[at].start + names->items[i].text.len;
        *end = at;
        while (*end < tagger->analysis->tokens.count && tokens[*end].end <= stop)
            (*end)++;
        if (tokens[*end - 1].end == stop)
            return &names->items[i];
    }
    return NULL;
}

static void add_all(struct tagger *tagger, const struct script_names *names)
{
    const struct token *tokens = tagger->analysis->tokens.items;
    mention_vec old = tagger->analysis->mentions, all = {0};
    size_t next = 0;
    vec_reserve(tagger->arena, &all, old.count + 1);
    for (size_t at = 0, end; at < tagger->analysis->tokens.count; at = end) {
        end = at + 1;
        while (next < old.count && old.items[next].end <= tokens[at].start)
            vec_push(tagger->arena, &all, old.items[next++]);
        if (!is_other_script(tagger, at) ||
            (next < old.count && old.items[next].start < tokens[at].start))
            continue;
        const struct script_name *name = name_at(tagger, names, at, &end);
        if (!name) {
            end = at + 1;
            continue;
        }
        while (next < old.count && old.items[next].start < tokens[end - 1].end)
            next++; /* what the text says of the word goes before a guess */
        struct mention mention = {.kind = ENTITY_PERSON,
                                  .start = tokens[at].start,
                                  .end = tokens[end - 1].end,
                                  .confidence = SURE,
                                  .rule = "the same name in another script",
                                  .evidence = name->latin};
        vec_push(tagger->arena, &all, mention);
    }
    while (next < old.count)
        vec_push(tagger->arena, &all, old.items[next++]);
    tagger->analysis->mentions = all;
}

void tag_scripts(struct tagger *tagger)
{
    struct script_names names = {.count = 0};
    collect(tagger, &names);
    if (names.count)
        add_all(tagger, &names);
}
