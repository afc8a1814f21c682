/* Features of tokens. The choice follows Ratinov and Roth, Design Challenges and Misconceptions in
 * Named Entity Recognition (CoNLL 2009): words, shapes, affixes, lexicons, classes of words, and
 * what the rest of the article says; the hand-made rules speak as one more witness (stacking,
 * Wolpert 1992). Hashing: Weinberger et al., Feature Hashing (ICML 2009). */
#include "analyse/name_features.h"

#include <string.h>

#include "base/ascii.h"
#include "text/fold.h"

enum {
    RUN_GAP = 3,       /* small words between the capitals of one run */
    RUN_MAXIMUM = 200, /* tokens of a run in shouted text; longer ones are cut */
    REASON_NONE = 0,
    SOUND_LEVELS = 7, /* from surely not to surely */
    SOUND_STEP = 30   /* points of one level: 1.5 in log-odds */
};

/* what may stand around a word */
enum {
    AROUND_TITLE = 1 << 0,
    AROUND_GIVEN = 1 << 1,
    AROUND_VERB = 1 << 2,
    AROUND_IN = 1 << 3,
    AROUND_THE = 1 << 4,
    AROUND_ORGANISATION = 1 << 5,
    AROUND_POSSESSIVE = 1 << 6,
    AROUND_CAPITAL_BEFORE = 1 << 7,
    AROUND_CAPITAL_AFTER = 1 << 8,
    AROUND_PLACE = 1 << 9,
    AROUND_ROLE = 1 << 10,
    AROUND_COUNT = 11
};

#define CLASSES_SEEN                                                                               \
    (CLASS_BIT(GIVEN_NAME) | CLASS_BIT(SURNAME) | CLASS_BIT(FAMILY_FIRST) | CLASS_BIT(SYLLABLE) |  \
     CLASS_BIT(PARTICLE) | CLASS_BIT(NAME_SUFFIX) | CLASS_BIT(TITLE) | CLASS_BIT(ROLE) |           \
     CLASS_BIT(PERSON_VERB) | CLASS_BIT(COUNTRY) | CLASS_BIT(CITY) | CLASS_BIT(REGION) |           \
     CLASS_BIT(PLACE_WORD) | CLASS_BIT(PLACE_PREPOSITION) | CLASS_BIT(DEMONYM) |                   \
     CLASS_BIT(ORGANISATION) | CLASS_BIT(ORGANISATION_WORD) | CLASS_BIT(ORGANISATION_SUFFIX) |     \
     CLASS_BIT(NOT_NAME) | CLASS_BIT(COMMON) | CLASS_BIT(MONTH) | CLASS_BIT(WEEKDAY) |             \
     CLASS_BIT(HOLIDAY))

static const char *const helps[] = {
#define FEATURE_HELP(name, help) help,
    FEATURE_LIST(FEATURE_HELP)
#undef FEATURE_HELP
};

const char *feature_help(enum feature_kind kind)
{
    return helps[kind];
}

static uint64_t mix(uint64_t a, uint64_t b)
{
    uint64_t hash = (a ^ (b + 0x9E3779B97F4A7C15u + (a << 6))) * 0xFF51AFD7ED558CCDu;
    return hash ^ hash >> 32;
}

uint32_t name_features_version(void)
{
    uint64_t version = LABEL_COUNT;
#define FEATURE_HASH(name, help) version = mix(version, str_hash(STR(#name)));
    FEATURE_LIST(FEATURE_HASH)
#undef FEATURE_HASH
    return (uint32_t)(version >> 32);
}

/* --- tokens ---------------------------------------------------------------------------------- */

static const struct token *token_at(const struct name_reader *reader, size_t at)
{
    return &reader->tagger.analysis->tokens.items[at];
}

/* The word as it would be written in running text. */
static str restored(struct arena *arena, str word, uint32_t flags)
{
    char *out = arena_array(arena, char, word.len + 1);
    bool lower = (flags & TOKEN_HAS_LOWER) && word.len > 1;
    for (size_t i = 1; i < word.len && lower; i++)
        lower = !ascii_is_lower(word.ptr[i]);
    for (size_t i = 0; i < word.len; i++) {
        char byte = word.ptr[i];
        bool down =
            i ? lower || !(flags & (TOKEN_CAPITAL | TOKEN_HAS_LOWER)) : !(flags & TOKEN_CAPITAL);
        out[i] = down ? ascii_lower(byte) : byte;
    }
    return (str){out, word.len};
}

/* Kinds of characters, runs of one kind as one: "McDonald" XxXx, "2024" d, "A.B." X.X. */
static uint32_t shape_of(str word, bool *ascii)
{
    uint32_t shape = 17;
    char last = 0;
    *ascii = true;
    for (size_t i = 0; i < word.len; i++) {
        unsigned char byte = (unsigned char)word.ptr[i];
        char kind = ascii_is_lower(byte)   ? 'x'
                    : ascii_is_upper(byte) ? 'X'
                    : ascii_is_digit(byte) ? 'd'
                    : byte >= 0x80         ? 'x'
                                           : (char)byte;
        *ascii &= byte < 0x80;
        if (kind == last && i > 1)
            continue;
        last = kind;
        shape = shape * 31 + (unsigned char)kind;
    }
    return shape;
}

static void read_token(struct name_reader *reader, size_t at)
{
    struct name_token *it = &reader->tokens[at];
    const struct token *token = token_at(reader, at);
    str word = str_slice(reader->tagger.article->text, token->start, token->end);
    bool ascii;
    if ((token->flags & TOKEN_RESTORED) && token->kind == TOKEN_WORD)
        word = restored(reader->tagger.arena, word, token->flags);
    it->shape = shape_of(word, &ascii);
    it->shape = it->shape * 8 + (token->kind == TOKEN_WORD) * 4u +
                ((token->flags & TOKEN_ALL_CAPS) != 0) * 2u + ((token->flags & TOKEN_CAPITAL) != 0);
    it->exact = str_hash(word);
    if (ascii && !(token->flags & TOKEN_CAPITAL) && token->kind != TOKEN_WORD)
        it->folded = word;
    else
        it->folded = fold_text(reader->tagger.arena, word);
    it->hash = it->folded.ptr == word.ptr ? it->exact : str_hash(it->folded);
    it->hash |= it->hash == 0;
}

static struct article_word *word_of(struct name_reader *reader, uint64_t hash)
{
    size_t slot = hash & (reader->word_slots - 1);
    while (reader->words[slot].hash && reader->words[slot].hash != hash)
        slot = (slot + 1) & (reader->word_slots - 1);
    struct article_word *word = &reader->words[slot];
    if (!word->hash) {
        word->hash = hash;
        if (reader->weights)
            word->known = name_weights_word(reader->weights, hash);
    }
    return word;
}

static size_t sentence_begin(const struct name_reader *reader, size_t at)
{
    return reader->tagger.analysis->sentences.items[token_at(reader, at)->sentence].first_token;
}

static size_t sentence_end(const struct name_reader *reader, size_t at)
{
    const struct sentence *sentence =
        &reader->tagger.analysis->sentences.items[token_at(reader, at)->sentence];
    return (size_t)sentence->first_token + sentence->token_count;
}

static bool is_capital(const struct name_reader *reader, size_t at)
{
    return token_at(reader, at)->flags & TOKEN_CAPITAL;
}

static uint32_t around_before(const struct name_reader *reader, size_t before)
{
    const struct tagger *tagger = &reader->tagger;
    const struct tag_token *it = &tagger->tokens[before];
    uint32_t around = 0;
    bool capital = is_capital(reader, before);
    if (it->mark == MARK_TITLE || (it->classes & CLASS_BIT(TITLE)))
        around |= AROUND_TITLE;
    if ((it->classes & CLASS_BIT(GIVEN_NAME)) && capital)
        around |= AROUND_GIVEN;
    if (it->classes & CLASS_BIT(PLACE_PREPOSITION))
        around |= AROUND_IN;
    if (it->classes & CLASS_BIT(ARTICLE))
        around |= AROUND_THE;
    if ((it->classes & CLASS_BIT(ROLE)) && !capital)
        around |= AROUND_ROLE;
    return capital && it->mark == MARK_NAME ? around | AROUND_CAPITAL_BEFORE : around;
}

static uint32_t around_after(const struct name_reader *reader, size_t after)
{
    const struct tag_token *it = &reader->tagger.tokens[after];
    uint32_t around = 0;
    if (it->classes & CLASS_BIT(PERSON_VERB))
        around |= AROUND_VERB;
    if (it->classes & CLASS_BIT(ORGANISATION_WORD))
        around |= AROUND_ORGANISATION;
    if (it->mark == MARK_PLACE_WORD || it->mark == MARK_PLACE)
        around |= AROUND_PLACE;
    return is_capital(reader, after) && it->mark == MARK_NAME ? around | AROUND_CAPITAL_AFTER
                                                              : around;
}

static void count_word(struct name_reader *reader, size_t at)
{
    const struct token *token = token_at(reader, at);
    struct name_token *it = &reader->tokens[at];
    it->word = word_of(reader, it->hash);
    if (token->kind != TOKEN_WORD || (token->flags & TOKEN_IN_HEADLINE))
        return;
    if (!(token->flags & TOKEN_CAPITAL)) {
        it->word->small++;
        return;
    }
    if (!(token->flags & TOKEN_SENTENCE_START))
        it->word->capital++;
    if (token->flags & TOKEN_POSSESSIVE)
        it->word->around |= AROUND_POSSESSIVE;
    if (at > sentence_begin(reader, at))
        it->word->around |= around_before(reader, at - 1);
    if (at + 1 < sentence_end(reader, at) && !(token->flags & TOKEN_POSSESSIVE))
        it->word->around |= around_after(reader, at + 1);
}

/* What the rules found, token by token, and what they say of a word in the whole article. */
static void read_rules(struct name_reader *reader)
{
    const struct tagger *tagger = &reader->tagger;
    for (size_t i = 0; i < tagger->candidates.count; i++) {
        const struct candidate *candidate = &tagger->candidates.items[i];
        bool several = false;
        for (size_t k = candidate->first; k < candidate->end; k++) {
            reader->tokens[k].candidate = (uint32_t)i + 1;
            if (candidate->named)
                reader->tokens[k].rule =
                    (uint8_t)(1 + (unsigned)candidate->kind * 2 + (k > candidate->first));
        }
        several = candidate->end > candidate->first + 1;
        if (!several || !candidate->named || candidate->kind != ENTITY_PERSON ||
            candidate->confidence < 55)
            continue;
        struct article_word *first = reader->tokens[candidate->first].word;
        struct article_word *last = reader->tokens[candidate->end - 1].word;
        first->first += first->first < 200;
        last->last += last->last < 200;
    }
    for (size_t i = 0; i < reader->count; i++) {
        struct name_token *it = &reader->tokens[i];
        if (!is_capital(reader, i) || (token_at(reader, i)->flags & TOKEN_IN_HEADLINE))
            continue;
        size_t kind = it->rule ? 1 + (it->rule - 1u) / 2 : 0;
        it->word->rules[kind] += it->word->rules[kind] < 60000;
    }
}

/* --- runs ------------------------------------------------------------------------------------ */

/* May a token that is not capitalised stand between two capitals of one name? */
static bool bridges(const struct name_reader *reader, size_t at)
{
    const struct token *token = token_at(reader, at);
    if (token->kind == TOKEN_NUMBER)
        return true;
    size_t len = token->end - token->start;
    if (token->kind == TOKEN_WORD)
        return len <= 3 || (reader->tagger.tokens[at].classes & CLASS_BIT(PARTICLE)) ||
               !(token->flags & TOKEN_SPACE_BEFORE);
    unsigned char sign = (unsigned char)reader->tagger.article->text.ptr[token->start];
    return sign == '-' || sign == '&' || sign == '\'' || sign == '/' || sign == '.' ||
           sign == '"' || sign >= 0x80;
}

/* May a token that is not capitalised open a name? "al-Assad", "von der Leyen" */
static bool opens(const struct name_reader *reader, size_t at, size_t end)
{
    const uint64_t classes =
        CLASS_BIT(PARTICLE) | CLASS_BIT(PARTICLE_FIRST) | CLASS_BIT(PARTICLE_JOINED);
    size_t next = at;
    while (next < end && next < at + 3 && !is_capital(reader, next) &&
           (reader->tagger.tokens[next].classes & classes)) {
        next++;
        if (next < end && tag_is(&reader->tagger, next, '-'))
            next++;
    }
    return next > at && next < end && is_capital(reader, next);
}

/* Written as a name, or one of the lexicon in text that has no capitals ("vietnam"). */
static bool may_name(const struct name_reader *reader, size_t at)
{
    if (is_capital(reader, at) || reader->tokens[at].candidate)
        return true;
    uint64_t classes = reader->tagger.tokens[at].classes;
    const uint64_t names = CLASS_BIT(COUNTRY) | CLASS_BIT(CITY) | CLASS_BIT(REGION) |
                           CLASS_BIT(GIVEN_NAME) | CLASS_BIT(SURNAME);
    return (classes & names) && !(classes & (CLASS_BIT(COMMON) | CLASS_BIT(NOT_NAME)));
}

static bool begins_run(const struct name_reader *reader, size_t at, size_t end)
{
    if (may_name(reader, at))
        return true;
    if (token_at(reader, at)->kind == TOKEN_NUMBER)
        return at + 1 < end && is_capital(reader, at + 1);
    return opens(reader, at, end);
}

static size_t run_end(const struct name_reader *reader, size_t first, size_t end)
{
    size_t last = first; /* the last token that certainly belongs to the run */
    for (size_t at = first + 1; at < end && at <= last + RUN_GAP + 1; at++) {
        bool capital = may_name(reader, at);
        bool number = token_at(reader, at)->kind == TOKEN_NUMBER && at == last + 1;
        bool tail = at == last + 2 && tag_is(&reader->tagger, at - 1, '-') &&
                    !(token_at(reader, at)->flags & TOKEN_SPACE_BEFORE);
        if (capital || number || tail)
            last = at;
        else if (!bridges(reader, at))
            break;
        if (at - first >= RUN_MAXIMUM)
            break;
    }
    return last + 1;
}

/* Only words inside runs are asked what they sound like. */
static void listen(struct name_reader *reader, size_t at)
{
    struct name_token *it = &reader->tokens[at];
    if (!reader->weights || it->word->sounds[0])
        return;
    int points[SOUND_COUNT];
    name_weights_sound(reader->weights, it->folded, points);
    for (size_t i = 0; i < SOUND_COUNT; i++) {
        int level = 4 + (points[i] >= 0 ? points[i] / SOUND_STEP : -(-points[i] / SOUND_STEP) - 1);
        it->word->sounds[i] = (uint8_t)(level < 1              ? 1
                                        : level > SOUND_LEVELS ? SOUND_LEVELS
                                                               : level);
    }
}

static void find_runs(struct name_reader *reader)
{
    for (size_t at = 0; at < reader->count;) {
        size_t end = sentence_end(reader, at);
        if (!begins_run(reader, at, end)) {
            at++;
            continue;
        }
        size_t stop = run_end(reader, at, end);
        for (size_t i = at; i < stop; i++) {
            reader->tokens[i].run_first = (uint32_t)at;
            reader->tokens[i].run_end = (uint32_t)stop;
            listen(reader, i);
        }
        at = stop;
    }
}

void name_reader_run(struct name_reader *reader)
{
    struct arena *arena = reader->tagger.arena;
    tag_by_rules(&reader->tagger);
    reader->count = reader->tagger.analysis->tokens.count;
    reader->tokens = arena_array(arena, struct name_token, reader->count + 1);
    reader->word_slots = 64;
    while (reader->word_slots < reader->count * 2)
        reader->word_slots *= 2;
    reader->words = arena_array(arena, struct article_word, reader->word_slots);
    for (size_t i = 0; i < reader->count; i++)
        read_token(reader, i);
    for (size_t i = 0; i < reader->count; i++)
        count_word(reader, i);
    read_rules(reader);
    find_runs(reader);
}

bool name_is_title(const struct tagger *tagger, size_t token)
{
    const uint64_t names = CLASS_BIT(GIVEN_NAME) | CLASS_BIT(SURNAME) | CLASS_BIT(FAMILY_FIRST);
    return tag_has(tagger, token, CLASS_BIT(TITLE)) && !tag_has(tagger, token, names);
}

/* --- features -------------------------------------------------------------------------------- */

static void add(struct name_features *features, enum feature_kind kind, uint64_t value)
{
    if (features->count == NAME_FEATURE_LIMIT)
        return;
    uint64_t hash = mix(value + features->block, (uint64_t)kind * 0xD6E8FEB86659FD93u);
    features->kinds[features->count] = (uint8_t)kind;
    features->hashes[features->count++] = (uint32_t)(hash >> 16);
}

/* A token and its neighbours; those outside the sentence are `nothing`. */
struct view {
    const struct name_reader *reader;
    size_t at;
    const struct name_token *tokens[5]; /* [2] is the token itself */
    const struct tag_token *marks[5];
    struct name_features *features;
};

static const struct name_token nothing = {.hash = 1, .shape = 1};
static const struct tag_token no_mark = {.mark = MARK_BREAK};

static unsigned mark_in(const struct view *view, size_t place)
{
    unsigned outside = view->tokens[place] == &nothing ? 32 : 0;
    return outside + (unsigned)view->marks[place]->mark * 2 +
           (view->marks[place]->phrase_count == 0);
}

static void add_words(const struct view *view)
{
    const struct name_token *const *tokens = view->tokens;
    struct name_features *features = view->features;
    add(features, FEATURE_BIAS, 0);
    add(features, FEATURE_WORD, tokens[2]->hash);
    if (tokens[2]->exact != tokens[2]->hash)
        add(features, FEATURE_EXACT, tokens[2]->exact);
    add(features, FEATURE_WORD_BEFORE, tokens[1]->hash);
    add(features, FEATURE_WORD_AFTER, tokens[3]->hash);
    add(features, FEATURE_WORD_BEFORE_2, tokens[0]->hash);
    add(features, FEATURE_WORD_AFTER_2, tokens[4]->hash);
    add(features, FEATURE_PAIR_BEFORE, mix(tokens[1]->hash, tokens[2]->hash));
    add(features, FEATURE_PAIR_AFTER, mix(tokens[2]->hash, tokens[3]->hash));
    add(features, FEATURE_PAIR_AROUND, mix(tokens[1]->hash, tokens[3]->hash));
    add(features, FEATURE_SHAPE, tokens[2]->shape);
    add(features, FEATURE_SHAPE_BEFORE, tokens[1]->shape);
    add(features, FEATURE_SHAPE_AFTER, tokens[3]->shape);
    add(features, FEATURE_SHAPES_BEFORE, mix(tokens[1]->shape, tokens[2]->shape));
    add(features, FEATURE_SHAPES_AFTER, mix(tokens[2]->shape, tokens[3]->shape));
    add(features, FEATURE_SHAPES, mix(mix(tokens[1]->shape, tokens[2]->shape), tokens[3]->shape));
    const struct token *token = token_at(view->reader, view->at);
    add(features, FEATURE_CASE,
        mix(token->flags & (TOKEN_SENTENCE_START | TOKEN_IN_HEADLINE | TOKEN_RESTORED |
                            TOKEN_POSSESSIVE | TOKEN_SPACE_BEFORE),
            tokens[2]->shape));
}

static void add_affixes(const struct view *view)
{
    str word = view->tokens[2]->folded;
    static const enum feature_kind prefixes[] = {FEATURE_PREFIX_2, FEATURE_PREFIX_3,
                                                 FEATURE_PREFIX_4};
    static const enum feature_kind suffixes[] = {FEATURE_SUFFIX_1, FEATURE_SUFFIX_2,
                                                 FEATURE_SUFFIX_3, FEATURE_SUFFIX_4};
    for (size_t i = 0; i < 3 && word.len > i + 2; i++)
        add(view->features, prefixes[i], str_hash(str_slice(word, 0, i + 2)));
    for (size_t i = 0; i < 4 && word.len > i + 1; i++)
        add(view->features, suffixes[i], str_hash(str_slice(word, word.len - i - 1, word.len)));
    if (word.len > 3)
        add(view->features, FEATURE_MARK_SUFFIX,
            mix(str_hash(str_slice(word, word.len - 3, word.len)), mark_in(view, 2)));
}

static void add_lexicon(const struct view *view)
{
    struct name_features *features = view->features;
    unsigned marks[5];
    for (size_t i = 0; i < 5; i++)
        marks[i] = mark_in(view, i);
    add(features, FEATURE_MARK, marks[2]);
    add(features, FEATURE_MARK_BEFORE, marks[1]);
    add(features, FEATURE_MARK_AFTER, marks[3]);
    add(features, FEATURE_MARK_BEFORE_2, mix(marks[0], marks[1]));
    add(features, FEATURE_MARK_AFTER_2, mix(marks[3], marks[4]));
    add(features, FEATURE_MARKS_BEFORE, mix(marks[1], marks[2]));
    add(features, FEATURE_MARKS_AFTER, mix(marks[2], marks[3]));
    add(features, FEATURE_MARKS, mix(mix(marks[1], marks[2]), marks[3]));
    uint64_t classes[3];
    for (size_t i = 0; i < 3; i++)
        classes[i] = view->marks[i + 1]->classes & CLASSES_SEEN;
    add(features, FEATURE_CLASSES, classes[1]);
    add(features, FEATURE_CLASSES_BEFORE, mix(classes[0], marks[2]));
    add(features, FEATURE_CLASSES_AFTER, mix(classes[2], marks[2]));
    add(features, FEATURE_CLASSES_SHAPE, mix(classes[1], view->tokens[2]->shape));
    for (unsigned i = 0; i < WORD_CLASS_COUNT; i++) {
        for (unsigned k = 0; k < 3; k++) {
            if (classes[k] >> i & 1)
                add(features, FEATURE_CLASS, i * 3 + k);
        }
    }
    if (token_at(view->reader, view->at)->flags & TOKEN_RESTORED)
        add(features, FEATURE_HEADLINE_MARK, mix(marks[1] * 64 + marks[2], marks[3]));
}

static uint64_t bucket(int points)
{
    return points < -15  ? 0
           : points < 0  ? 1
           : points == 0 ? 2
           : points < 12 ? 3
           : points < 22 ? 4
           : points < 35 ? 5
           : points < 60 ? 6
                         : 7;
}

static void add_rules(const struct view *view)
{
    struct name_features *features = view->features;
    const struct name_token *const *tokens = view->tokens;
    unsigned rule = tokens[2]->rule, mark = mark_in(view, 2);
    add(features, FEATURE_RULE, rule);
    add(features, FEATURE_RULE_BEFORE, mix(tokens[1]->rule, rule));
    add(features, FEATURE_RULE_AFTER, mix(rule, tokens[3]->rule));
    add(features, FEATURE_RULES, mix(mix(tokens[1]->rule, rule), tokens[3]->rule));
    add(features, FEATURE_RULE_SHAPE, mix(rule, tokens[2]->shape));
    add(features, FEATURE_RULE_MARK, mix(rule, mark));
    if (token_at(view->reader, view->at)->flags & TOKEN_RESTORED)
        add(features, FEATURE_HEADLINE_RULE, mix(rule, mark));
    if (!tokens[2]->candidate)
        return;
    const struct candidate *it = &view->reader->tagger.candidates.items[tokens[2]->candidate - 1];
    unsigned place = view->at > it->first;
    uint64_t reason = it->rule ? str_hash(str_from(it->rule)) : REASON_NONE;
    add(features, FEATURE_RULE_REASON, mix(reason, rule * 8 + bucket(it->confidence - 30)));
    for (unsigned i = 0; i < ENTITY_KIND_COUNT; i++)
        add(features, FEATURE_SCORE_PERSON + i, bucket(it->score[i]) * 4 + place * 2 + it->named);
}

static void add_run(const struct view *view)
{
    const struct name_reader *reader = view->reader;
    struct name_features *features = view->features;
    const struct name_token *it = view->tokens[2];
    size_t first = it->run_first, end = it->run_end;
    unsigned mark = mark_in(view, 2);
    unsigned from_first = view->at - first < 3 ? (unsigned)(view->at - first) : 3;
    unsigned to_end = end - view->at < 4 ? (unsigned)(end - view->at) : 4;
    bool opens_sentence = first == sentence_begin(reader, first);
    uint64_t before = opens_sentence ? 1 : reader->tokens[first - 1].hash;
    uint64_t after = end == sentence_end(reader, first) ? 1 : reader->tokens[end].hash;
    add(features, FEATURE_RUN_BEFORE, before * 4 + (from_first == 0));
    add(features, FEATURE_RUN_AFTER, after * 4 + (to_end == 1));
    add(features, FEATURE_RUN_BEFORE_MARK, mix(before, mark));
    add(features, FEATURE_RUN_AFTER_MARK, mix(after, mark));
    if (reader->weights) {
        static const struct name_word none = {0, 0};
        const struct name_token *tokens = reader->tokens;
        struct name_word last = tokens[end - 1].word->known, in_front = tokens[first].word->known;
        struct name_word ahead = opens_sentence ? none : tokens[first - 1].word->known;
        struct name_word behind = after == 1 ? none : tokens[end].word->known;
        add(features, FEATURE_RUN_BEFORE_CLASS, ahead.class_id * 4u + (from_first == 0));
        add(features, FEATURE_RUN_AFTER_CLASS, behind.class_id * 4u + (to_end == 1));
        add(features, FEATURE_RUN_LAST_CLASS, last.class_id * 8u + to_end);
        add(features, FEATURE_RUN_BEFORE_SENSE,
            name_sense(ahead.sense, SENSE_MIDDLE) * 4 + (from_first == 0));
        add(features, FEATURE_RUN_AFTER_SENSE,
            name_sense(behind.sense, SENSE_MIDDLE) * 4 + (to_end == 1));
        add(features, FEATURE_RUN_FIRST_SENSE,
            name_sense(in_front.sense, SENSE_MIDDLE) * 8 + from_first);
        add(features, FEATURE_RUN_LAST_SENSE, name_sense(last.sense, SENSE_MIDDLE) * 8 + to_end);
    }
    const struct tag_token *marks = reader->tagger.tokens;
    add(features, FEATURE_RUN_FIRST,
        mix(marks[first].classes & CLASSES_SEEN,
            from_first * 8 + (end - first < 4 ? end - first : 4)));
    add(features, FEATURE_RUN_LAST,
        mix(marks[end - 1].classes & CLASSES_SEEN,
            to_end * 8 + (end - first < 4 ? end - first : 4)));
    add(features, FEATURE_RUN_PLACE, from_first * 8 + to_end + opens_sentence * 64u);
}

static unsigned count_bucket(uint32_t count)
{
    return count < 3 ? count : count < 6 ? 3 : 4;
}

static void add_article(const struct view *view)
{
    const struct name_reader *reader = view->reader;
    struct name_features *features = view->features;
    const struct name_token *it = view->tokens[2];
    const struct article_word *word = it->word;
    const struct token *token = token_at(reader, view->at);
    if (!(token->flags & TOKEN_CAPITAL))
        return;
    bool counted = !(token->flags & TOKEN_IN_HEADLINE);
    uint32_t own = counted && !(token->flags & TOKEN_SENTENCE_START);
    uint32_t capital = word->capital - own;
    unsigned start = (token->flags & (TOKEN_SENTENCE_START | TOKEN_IN_HEADLINE)) != 0;
    add(features, FEATURE_SMALL,
        (count_bucket(word->small) * 8 + (word->small > word->capital)) * 2 + start);
    add(features, FEATURE_CAPITAL, count_bucket(capital) * 2 + start);
    add(features, FEATURE_ELSEWHERE, word->around);
    for (unsigned i = 0; i < AROUND_COUNT; i++) {
        if (word->around >> i & 1)
            add(features, FEATURE_ELSEWHERE_ONE, i);
    }
    unsigned kind = counted ? (it->rule ? 1 + (it->rule - 1u) / 2 : 0) : 99, best = 0, most = 0;
    for (unsigned i = 0; i <= ENTITY_KIND_COUNT; i++) {
        unsigned count = word->rules[i] - (i == kind);
        if (count > most) {
            most = count;
            best = i + 1;
        }
    }
    add(features, FEATURE_RULE_ELSEWHERE, best * 16 + it->rule);
    add(features, FEATURE_RULE_ELSEWHERE_MARK, mix(best, mark_in(view, 2)));
    add(features, FEATURE_FAMILY_ELSEWHERE,
        (count_bucket(word->first) * 8 + count_bucket(word->last)) * 2 + (it->rule != 0));
}

static uint32_t class_in(const struct view *view, size_t place)
{
    return view->tokens[place]->word ? view->tokens[place]->word->known.class_id : 0;
}

static void add_word_classes(const struct view *view)
{
    if (!view->reader->weights)
        return;
    struct name_features *features = view->features;
    uint32_t before = class_in(view, 1), own = class_in(view, 2), after = class_in(view, 3);
    add(features, FEATURE_WORD_CLASS, own);
    add(features, FEATURE_WORD_CLASS_BEFORE, before);
    add(features, FEATURE_WORD_CLASS_AFTER, after);
    add(features, FEATURE_WORD_CLASS_SHAPE, mix(own, view->tokens[2]->shape));
    add(features, FEATURE_WORD_CLASSES_BEFORE, mix(before, own));
    add(features, FEATURE_WORD_CLASSES_AFTER, mix(own, after));
    add(features, FEATURE_WORD_CLASS_BEFORE_2, class_in(view, 0));
    add(features, FEATURE_WORD_CLASS_AFTER_2, class_in(view, 4));
    uint32_t wide[5];
    for (size_t i = 0; i < 5; i++)
        wide[i] = name_class_wide(class_in(view, i));
    add(features, FEATURE_WIDE_CLASS, wide[2]);
    add(features, FEATURE_WIDE_CLASSES_BEFORE, (wide[0] * 64 + wide[1]) * 64 + wide[2]);
    add(features, FEATURE_WIDE_CLASSES, (wide[1] * 64 + wide[2]) * 64 + wide[3]);
    add(features, FEATURE_WIDE_CLASSES_AFTER, (wide[2] * 64 + wide[3]) * 64 + wide[4]);
    add(features, FEATURE_WIDE_CLASSES_MARK, mix(wide[1] * 64 + wide[3], mark_in(view, 2)));
}

static void add_senses(const struct view *view)
{
    if (!view->reader->weights)
        return;
    struct name_features *features = view->features;
    uint32_t narrow[5], middle[5], wide[5];
    for (size_t i = 0; i < 5; i++) {
        uint32_t sense = view->tokens[i]->word ? view->tokens[i]->word->known.sense : 0;
        narrow[i] = name_sense(sense, SENSE_NARROW);
        middle[i] = name_sense(sense, SENSE_MIDDLE);
        wide[i] = name_sense(sense, SENSE_WIDE);
    }
    add(features, FEATURE_SENSE_NARROW, narrow[2]);
    add(features, FEATURE_SENSE_BEFORE, narrow[1]);
    add(features, FEATURE_SENSE_AFTER, narrow[3]);
    add(features, FEATURE_SENSE_BEFORE_2, middle[0]);
    add(features, FEATURE_SENSE_AFTER_2, middle[4]);
    add(features, FEATURE_SENSE_MIDDLE, middle[2]);
    add(features, FEATURE_SENSE_SHAPE, mix(middle[2], view->tokens[2]->shape));
    add(features, FEATURE_SENSE_MARK, mix(middle[2], mark_in(view, 2)));
    add(features, FEATURE_SENSES_BEFORE, mix(middle[1], middle[2]));
    add(features, FEATURE_SENSES_AFTER, mix(middle[2], middle[3]));
    add(features, FEATURE_SENSE_WIDE, wide[2]);
    add(features, FEATURE_SENSES_WIDE_BEFORE, (wide[0] * 64 + wide[1]) * 64 + wide[2]);
    add(features, FEATURE_SENSES_WIDE, (wide[1] * 64 + wide[2]) * 64 + wide[3]);
    add(features, FEATURE_SENSES_WIDE_AFTER, (wide[2] * 64 + wide[3]) * 64 + wide[4]);
}

static uint32_t case_sure(const struct view *view, size_t place)
{
    if (view->tokens[place] == &nothing)
        return TOKEN_CASE_MOST + 1;
    return token_at(view->reader, view->at + place - 2)->flags >> TOKEN_CASE_SHIFT;
}

/* Where the case was restored, it may have been restored wrongly. */
static void add_case(const struct view *view)
{
    if (!(token_at(view->reader, view->at)->flags & TOKEN_RESTORED))
        return;
    struct name_features *features = view->features;
    uint32_t own = case_sure(view, 2), before = case_sure(view, 1), after = case_sure(view, 3);
    add(features, FEATURE_CASE_SURE, own);
    add(features, FEATURE_CASES_SURE, (before * 16 + own) * 16 + after);
    add(features, FEATURE_CASE_SURE_MARK, mix(own, mark_in(view, 2)));
    add(features, FEATURE_CASE_SURE_CLASS, mix(own, name_class_wide(class_in(view, 2))));
}

static unsigned sound_in(const struct view *view, size_t place)
{
    const struct article_word *word = view->tokens[place]->word;
    if (!word || !word->sounds[0])
        return 0;
    return 1 + (unsigned)(word->sounds[0] / 2 * 16 + word->sounds[1] / 2 * 4 + word->sounds[2] / 2);
}

static void add_sounds(const struct view *view)
{
    const struct article_word *word = view->tokens[2]->word;
    if (!word->sounds[0] || view->tokens[2]->folded.len < 2)
        return;
    struct name_features *features = view->features;
    unsigned own = sound_in(view, 2);
    add(features, FEATURE_SOUND, own);
    add(features, FEATURE_SOUND_BEFORE, mix(sound_in(view, 1), own));
    add(features, FEATURE_SOUND_AFTER, mix(own, sound_in(view, 3)));
    add(features, FEATURE_SOUND_MARK, mix(own, mark_in(view, 2)));
    for (unsigned i = 0; i < SOUND_COUNT; i++)
        add(features, FEATURE_SOUND_GIVEN_ONE + i, word->sounds[i]);
}

void name_features_at(const struct name_reader *reader, size_t at, struct name_features *features)
{
    features->count = 0;
    features->block =
        token_at(reader, at)->flags & TOKEN_RESTORED ? 0x9FB21C651E98DF25u : 0x632BE59BD9B4E019u;
    struct view view = {.reader = reader, .at = at, .features = features};
    size_t begin = sentence_begin(reader, at), end = sentence_end(reader, at);
    for (size_t i = 0; i < 5; i++) {
        bool inside = at + i >= begin + 2 && at + i - 2 < end;
        view.tokens[i] = inside ? &reader->tokens[at + i - 2] : &nothing;
        view.marks[i] = inside ? &reader->tagger.tokens[at + i - 2] : &no_mark;
    }
    add_words(&view);
    add_affixes(&view);
    add_lexicon(&view);
    add_rules(&view);
    add_run(&view);
    add_article(&view);
    add_word_classes(&view);
    add_senses(&view);
    add_sounds(&view);
    add_case(&view);
}
