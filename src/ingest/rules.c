#include "ingest/rules.h"

#include <string.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/file.h"
#include "ingest/cleaner.h"
#include "text/fold.h"
#include "text/utf8.h"

#define RULES_LIMIT_LEN ((size_t)4 << 20)

static bool is_word_byte(char byte)
{
    return ascii_is_lower(byte) || ascii_is_digit(byte) || (byte & 0x80);
}

/* Decoration around labels: bullets, arrows, brackets that a dump leaves. */
static bool is_decoration(uint32_t c)
{
    static const uint32_t marks[] = {
        '-',    '*',    '|',    '>',    '<',    '/',    ':',    '.',    ',',    ';',    '!',
        '#',    '_',    '~',    '+',    0xAB,   0xBB,   0xB7,   0x2022, 0x2023, 0x2026, 0x203A,
        0x2039, 0x2190, 0x2192, 0x2193, 0x2191, 0x25B6, 0x25BA, 0x25BC, 0x25CF, 0x2219};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (marks[i] == c) {
            return true;
        }
    }
    return code_point_is_space(c);
}

/* Without decoration at the start, and at the end where that leaves something. */
static str cut_decoration(str text)
{
    size_t start = 0, end = text.len, len = 0;
    while (start < end && is_decoration(utf8_decode(text, start, &len))) {
        start += len;
    }
    while (end > start) {
        size_t before = utf8_before(text, end);
        if (!is_decoration(utf8_decode(text, before, &len))) {
            break;
        }
        end = before;
    }
    return start < end ? str_slice(text, start, end) : text;
}

static str fold_spaces(struct arena *arena, str text)
{
    str folded = fold_text(arena, text);
    char *out = arena_array(arena, char, folded.len + 1);
    size_t out_len = 0;
    bool space = false;
    for (size_t i = 0, len = 1; i < folded.len; i += len) {
        unsigned char byte = (unsigned char)folded.ptr[i];
        bool plain = byte > ' ' && byte < 0x80;
        len = 1;
        if (!plain && code_point_is_space(utf8_decode(folded, i, &len))) {
            space = out_len > 0;
            continue;
        }
        if (space) {
            out[out_len++] = ' ';
            space = false;
        }
        if (plain) {
            out[out_len++] = folded.ptr[i];
            continue;
        }
        memcpy(out + out_len, folded.ptr + i, len);
        out_len += len;
    }
    return (str){out, out_len};
}

str rules_key(struct arena *arena, str text)
{
    return fold_spaces(arena, cut_decoration(text));
}

uint32_t rules_list(const struct ruleset *set, enum word_list list, str folded)
{
    const uint64_t *value = map_find(&set->lists[list], folded);
    return value ? (uint32_t)*value : 0;
}

/* Words of a text that tell its language. */
#define LANGUAGE_WORDS 500u

static const struct ruleset *rules_of_words(const struct clean_rules *rules, str text)
{
    const struct ruleset *best = rules->sets.items[0];
    uint32_t best_count = 0;
    for (size_t i = 0; i < rules->sets.count; i++) {
        const struct map *stops = &rules->sets.items[i]->lists[LIST_STOP];
        uint32_t count = 0, words = 0;
        str word;
        for (size_t at = 0; words < LANGUAGE_WORDS && text_next_word(text, &at, &word); words++) {
            count += map_find(stops, text_word_core(word)) != NULL;
        }
        if (count > best_count) {
            best = rules->sets.items[i];
            best_count = count;
        }
    }
    return best;
}

const struct ruleset *rules_for(const struct clean_rules *rules, str language, str text)
{
    for (size_t i = 0; i < rules->sets.count; i++) {
        str name = rules->sets.items[i]->language;
        if (language.len >= name.len && name.len > 0 &&
            str_equal_ascii_fold(str_slice(language, 0, name.len), name) &&
            (language.len == name.len || language.ptr[name.len] == '-' ||
             language.ptr[name.len] == '_')) {
            return rules->sets.items[i];
        }
    }
    return rules->sets.count ? rules_of_words(rules, text) : NULL;
}

/* --- matching ------------------------------------------------------------------------------ */

/* Does the phrase stand at `at`, with the bounds of words at its ends and where its match wants
 * it? */
static bool fits_at(const struct phrase *phrase, str key, size_t at, uint32_t words)
{
    if (phrase->max_words && words > phrase->max_words) {
        return false;
    }
    if (at < phrase->skip || key.len - (at - phrase->skip) < phrase->text.len) {
        return false;
    }
    size_t start = at - phrase->skip, end = start + phrase->text.len;
    if (!str_equal(str_slice(key, start, end), phrase->text)) {
        return false;
    }
    if (end < key.len && is_word_byte(key.ptr[end]) && is_word_byte(key.ptr[end - 1])) {
        return false;
    }
    return (phrase->match != MATCH_STARTS || start == 0) &&
           (phrase->match != MATCH_ENDS || end == key.len);
}

/* The first in the file of those in the chain that fit. */
static uint32_t best_in_chain(const struct ruleset *set, uint32_t chain, str key, size_t at,
                              uint32_t words, uint32_t best)
{
    for (; chain; chain = set->phrases.items[chain - 1].next) {
        if ((best == 0 || chain < best) &&
            fits_at(&set->phrases.items[chain - 1], key, at, words)) {
            best = chain;
        }
    }
    return best;
}

static uint32_t best_odd(const struct ruleset *set, enum rule_scope scope, str key, uint32_t words,
                         uint32_t best)
{
    for (uint32_t chain = set->odd[scope]; chain; chain = set->phrases.items[chain - 1].next) {
        const struct phrase *phrase = &set->phrases.items[chain - 1];
        size_t from = phrase->match == MATCH_ENDS && key.len >= phrase->text.len
                          ? key.len - phrase->text.len
                          : 0;
        size_t at = str_find(key, phrase->text, from);
        if (at != STR_MISSING && (best == 0 || chain < best) && fits_at(phrase, key, at, words)) {
            best = chain;
        }
    }
    return best;
}

static unsigned hint_of(str word)
{
    return ((unsigned char)word.ptr[0] * 37u + (unsigned char)word.ptr[word.len - 1] * 5u +
            (unsigned char)word.ptr[word.len / 2] * 11u + (unsigned)word.len * 101u) %
           RULES_HINTS;
}

const struct phrase *rules_match(const struct ruleset *set, enum rule_scope scope, str key,
                                 uint32_t words)
{
    uint32_t best = 0;
    const uint64_t *whole =
        key.len <= set->whole_len[scope] ? map_find(&set->whole[scope], key) : NULL;
    if (whole) {
        best = (uint32_t)*whole;
    }
    for (size_t at = 0; at < key.len;) {
        if (!is_word_byte(key.ptr[at])) {
            at++;
            continue;
        }
        size_t end = at;
        while (end < key.len && is_word_byte(key.ptr[end])) {
            end++;
        }
        str word = str_slice(key, at, end);
        unsigned hint = hint_of(word);
        const uint64_t *chain = set->hints[scope][hint / 64] >> hint % 64 & 1
                                    ? map_find(&set->by_word[scope], word)
                                    : NULL;
        if (chain) {
            best = best_in_chain(set, (uint32_t)*chain, key, at, words, best);
        }
        at = end;
    }
    best = best_odd(set, scope, key, words, best);
    return best ? &set->phrases.items[best - 1] : NULL;
}

/* --- reading ------------------------------------------------------------------------------- */

struct reading {
    struct arena *arena;
    struct ruleset *set;
    str name; /* of the file */
    uint32_t line;
    struct buf *mistakes;
    size_t mistake_count;
    /* the statement whose phrases are read */
    const struct statement *statement;
    str word;    /* its name in the file */
    str written; /* the phrase as the file has it */
    bool have_reason;
    enum removal_reason reason;
    enum section_until until;
    uint32_t max_words, number;
};

struct statement {
    const char *word;
    void (*add)(struct reading *r, str phrase);
    int scope, match, list;
};

static void mistake(struct reading *r, const char *what, str about)
{
    buf_format(r->mistakes, "%.*s:%u: %s: %.*s\n", STR_ARG(r->name), r->line, what, STR_ARG(about));
    r->mistake_count++;
}

static void file_under_word(struct ruleset *set, uint32_t number)
{
    struct phrase *phrase = &set->phrases.items[number - 1];
    size_t start = 0;
    while (start < phrase->text.len && !is_word_byte(phrase->text.ptr[start])) {
        start++;
    }
    size_t end = start;
    while (end < phrase->text.len && is_word_byte(phrase->text.ptr[end])) {
        end++;
    }
    if (end == start || phrase->text.ptr[start] & 0x80) {
        phrase->next = set->odd[phrase->scope];
        set->odd[phrase->scope] = number;
        return;
    }
    phrase->skip = (uint32_t)start;
    str word = str_slice(phrase->text, start, end);
    set->hints[phrase->scope][hint_of(word) / 64] |= UINT64_C(1) << hint_of(word) % 64;
    uint64_t *head = map_put(&set->by_word[phrase->scope], word, 0);
    phrase->next = (uint32_t)*head;
    *head = number;
}

static void add_phrase(struct reading *r, str text)
{
    if (!r->have_reason &&
        (r->statement->scope == SCOPE_LINE || r->statement->scope == SCOPE_SECTION ||
         r->statement->scope == SCOPE_TAIL)) {
        mistake(r, "no `reason:` stands before", r->word);
        return;
    }
    struct phrase phrase = {
        .text = text,
        .name = arena_format(r->arena, "%.*s \"%.*s\"", STR_ARG(r->word), STR_ARG(r->written)),
        .scope = (enum rule_scope)r->statement->scope,
        .match = (enum rule_match)r->statement->match,
        .reason = r->reason,
        .until = r->until,
        .max_words = r->max_words};
    vec_push(r->arena, &r->set->phrases, phrase);
    uint32_t number = (uint32_t)r->set->phrases.count;
    if (phrase.match == MATCH_IS) {
        map_put(&r->set->whole[phrase.scope], text, number);
        size_t *longest = &r->set->whole_len[phrase.scope];
        *longest = text.len > *longest ? text.len : *longest;
    } else {
        file_under_word(r->set, number);
    }
}

static void add_word(struct reading *r, str text)
{
    map_put(&r->set->lists[r->statement->list], text, r->number ? r->number : 1);
}

static void set_reason(struct reading *r, str text)
{
    for (int i = 0; i < REMOVAL_REASON_COUNT; i++) {
        if (str_equal(text, str_from(removal_reason_name((enum removal_reason)i)))) {
            r->reason = (enum removal_reason)i;
            r->have_reason = true;
            return;
        }
    }
    mistake(r, "no such reason", text);
}

static void set_language(struct reading *r, str text)
{
    r->set->language = text;
}

static const struct statement statements[] = {
    {"language", set_language, 0, 0, 0},
    {"reason", set_reason, 0, 0, 0},
    {"line-is", add_phrase, SCOPE_LINE, MATCH_IS, 0},
    {"line-starts", add_phrase, SCOPE_LINE, MATCH_STARTS, 0},
    {"line-ends", add_phrase, SCOPE_LINE, MATCH_ENDS, 0},
    {"line-has", add_phrase, SCOPE_LINE, MATCH_HAS, 0},
    {"section-is", add_phrase, SCOPE_SECTION, MATCH_IS, 0},
    {"section-starts", add_phrase, SCOPE_SECTION, MATCH_STARTS, 0},
    {"section-ends", add_phrase, SCOPE_SECTION, MATCH_ENDS, 0},
    {"tail-starts", add_phrase, SCOPE_TAIL, MATCH_STARTS, 0},
    {"tail-has", add_phrase, SCOPE_TAIL, MATCH_HAS, 0},
    {"tail-lead-starts", add_phrase, SCOPE_TAIL_LEAD, MATCH_STARTS, 0},
    {"tail-lead-has", add_phrase, SCOPE_TAIL_LEAD, MATCH_HAS, 0},
    {"caption-starts", add_phrase, SCOPE_CAPTION, MATCH_STARTS, 0},
    {"caption-ends", add_phrase, SCOPE_CAPTION, MATCH_ENDS, 0},
    {"caption-has", add_phrase, SCOPE_CAPTION, MATCH_HAS, 0},
    {"byline-starts", add_phrase, SCOPE_BYLINE, MATCH_STARTS, 0},
    {"signoff-starts", add_phrase, SCOPE_SIGNOFF, MATCH_STARTS, 0},
    {"label", add_word, 0, 0, LIST_LABEL},
    {"ui-word", add_word, 0, 0, LIST_UI},
    {"function-word", add_word, 0, 0, LIST_STOP},
    {"date-label", add_word, 0, 0, LIST_DATE_LABEL},
    {"update-label", add_word, 0, 0, LIST_UPDATE_LABEL},
    {"date-word", add_word, 0, 0, LIST_DATE_WORD},
    {"month", add_word, 0, 0, LIST_MONTH},
    {"abbreviation", add_word, 0, 0, LIST_ABBREVIATION},
    {"desk", add_word, 0, 0, LIST_DESK},
    {"glued-word", add_word, 0, 0, LIST_GLUED},
    {"name-syllable", add_word, 0, 0, LIST_SYLLABLE},
    {"whole-word", add_word, 0, 0, LIST_WHOLE},
};

static const struct {
    const char *word;
    enum section_until until;
} untils[] = {
    {"end", UNTIL_END}, {"text", UNTIL_TEXT}, {"items", UNTIL_ITEMS}, {"line", UNTIL_LINE}};

/* "max 12", "until end", "number 1", parted by commas. */
static void read_option(struct reading *r, str option)
{
    option = str_trim(option);
    size_t space = str_find_byte(option, ' ', 0);
    str word = str_slice(option, 0, space);
    str value = space == STR_MISSING ? STR_NONE : str_trim(str_slice(option, space, option.len));
    int64_t number = 0;
    if (str_equal(word, STR("until"))) {
        for (size_t i = 0; i < sizeof untils / sizeof *untils; i++) {
            if (str_equal(value, str_from(untils[i].word))) {
                r->until = untils[i].until;
                return;
            }
        }
    } else if (str_to_int(value, &number) && number > 0 && number <= 1000) {
        if (str_equal(word, STR("max"))) {
            r->max_words = (uint32_t)number;
            return;
        }
        if (str_equal(word, STR("number"))) {
            r->number = (uint32_t)number;
            return;
        }
    }
    mistake(r, "no such option", option);
}

static void read_phrases(struct reading *r, str text)
{
    str part;
    while (str_next(&text, '|', &part)) {
        part = str_trim(part);
        if (part.len) {
            r->written = part;
            /* only whole lines lose their marks: "photo:" must stay one word and a colon */
            bool whole = r->statement->add != add_phrase || r->statement->match == MATCH_IS;
            r->statement->add(r, whole ? rules_key(r->arena, part) : fold_spaces(r->arena, part));
        }
    }
}

static void read_statement(struct reading *r, str line)
{
    size_t colon = str_find_byte(line, ':', 0);
    if (colon == STR_MISSING) {
        r->statement = NULL;
        mistake(r, "a statement needs a colon", line);
        return;
    }
    str head = str_trim(str_slice(line, 0, colon));
    str options = STR_NONE;
    size_t open = str_find_byte(head, '(', 0);
    if (open != STR_MISSING && str_ends(head, STR(")"))) {
        options = str_slice(head, open + 1, head.len - 1);
        head = str_trim(str_slice(head, 0, open));
    }
    r->statement = NULL;
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        if (str_equal(head, str_from(statements[i].word))) {
            r->statement = &statements[i];
        }
    }
    if (!r->statement) {
        mistake(r, "no such statement", head);
        return;
    }
    r->word = arena_str(r->arena, head);
    r->max_words = 0;
    r->number = 0;
    r->until = UNTIL_TEXT;
    for (str option; options.ptr && str_next(&options, ',', &option);) {
        read_option(r, option);
    }
    read_phrases(r, str_slice(line, colon + 1, line.len));
}

size_t rules_read(struct arena *arena, str name, str text, struct ruleset *set,
                  struct buf *mistakes)
{
    struct reading r = {.arena = arena, .set = set, .name = name, .mistakes = mistakes};
    for (int i = 0; i < SCOPE_COUNT; i++) {
        map_init(&set->whole[i], arena);
        map_init(&set->by_word[i], arena);
    }
    for (int i = 0; i < LIST_COUNT; i++) {
        map_init(&set->lists[i], arena);
    }
    text = utf8_repair(arena, text);
    for (str line; str_next_line(&text, &line);) {
        r.line++;
        str trimmed = str_trim(line);
        if (trimmed.len == 0 || trimmed.ptr[0] == '#') {
            continue;
        }
        if (line.ptr[0] == ' ' || line.ptr[0] == '\t') {
            if (r.statement) {
                read_phrases(&r, trimmed);
            } else if (r.mistake_count == 0) {
                mistake(&r, "nothing to continue", trimmed);
            }
        } else {
            read_statement(&r, trimmed);
        }
    }
    if (set->language.len == 0) {
        mistake(&r, "`language:` is missing", name);
    }
    return r.mistake_count;
}

static enum status read_file(struct clean_rules *rules, str path, struct buf *mistakes,
                             struct error *err)
{
    str shown = arena_str(&rules->arena, path), bytes = STR_NONE;
    enum status status = file_read(&rules->arena, shown.ptr, RULES_LIMIT_LEN, &bytes, err);
    if (status) {
        return status;
    }
    struct ruleset *set = arena_new(&rules->arena, struct ruleset);
    rules_read(&rules->arena, shown, bytes, set, mistakes);
    vec_push(&rules->arena, &rules->sets, set);
    return STATUS_OK;
}

/* dump.weights and html.weights; others are left alone. */
static enum status read_weights(struct clean_rules *rules, str path, struct buf *mistakes,
                                struct error *err)
{
    struct score_model **place = str_ends(path, STR("/dump.weights"))   ? &rules->dump_model
                                 : str_ends(path, STR("/html.weights")) ? &rules->html_model
                                                                        : NULL;
    if (!place) {
        return STATUS_OK;
    }
    struct arena file = {0};
    str shown = arena_str(&rules->arena, path), bytes = STR_NONE;
    enum status status = file_read(&file, shown.ptr, RULES_LIMIT_LEN, &bytes, err);
    if (!status) {
        struct score_model *model = arena_new(&rules->arena, struct score_model);
        *place = score_read(&rules->arena, shown, bytes, model, mistakes) ? model : NULL;
    }
    arena_done(&file);
    return status;
}

static enum status read_folder(struct clean_rules *rules, const char *folder, struct buf *mistakes,
                               struct error *err)
{
    struct file_walk *walk = NULL;
    enum status status = file_walk_open(folder, &walk, err);
    if (status) {
        return status;
    }
    struct file_found found;
    while (!(status = file_walk_next(walk, &found, err))) {
        if (str_ends(found.path, STR(".rules"))) {
            status = read_file(rules, found.path, mistakes, err);
        } else {
            status = read_weights(rules, found.path, mistakes, err);
        }
        if (status) {
            break;
        }
    }
    file_walk_close(walk);
    if (status != STATUS_NOT_FOUND) {
        return status;
    }
    if (rules->sets.count == 0) {
        return error_set(err, STATUS_NOT_FOUND, "%s: no cleaning rules (*.rules) in this folder",
                         folder);
    }
    return STATUS_OK;
}

enum status clean_rules_open(const char *folder, struct clean_rules **rules, struct error *err)
{
    struct buf mistakes = BUF_INIT;
    struct clean_rules *opened = memory_new(1, sizeof *opened);
    arena_init(&opened->arena);
    enum status status = read_folder(opened, folder, &mistakes, err);
    if (!status && mistakes.len) {
        str rest = buf_str(&mistakes), first = STR_NONE;
        if (str_next_line(&rest, &first)) {
            status = error_set(err, STATUS_BAD_INPUT, "%.*s", STR_ARG(first));
        }
    }
    buf_done(&mistakes);
    if (status) {
        clean_rules_close(opened);
        opened = NULL;
    }
    *rules = opened;
    return status;
}

void clean_rules_close(struct clean_rules *rules)
{
    if (rules) {
        arena_done(&rules->arena);
        memory_free(rules);
    }
}
