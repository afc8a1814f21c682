#include "analyse/acts.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/vec.h"
#include "text/fold.h"

enum { ACTS_LEN_LIMIT = 1 << 20, VOICE_BITS = 3 };

struct acts {
    struct arena arena;
    VEC(struct act) all;
    struct map names, stems; /* -> index into all */
    struct map forms;        /* -> index << VOICE_BITS | voices */
    struct map words;        /* -> enum act_word, several in one */
};

enum section { SECTION_STEMS, SECTION_LIFETIME, SECTION_FORMS, SECTION_WORDS };

static const struct {
    const char *name;
    enum section section;
    unsigned bit; /* enum act_voice of forms, enum act_word of words */
} sections[] = {
    {"[stems]", SECTION_STEMS, 0},
    {"[lifetime]", SECTION_LIFETIME, 0},
    {"[does]", SECTION_FORMS, ACT_DOES},
    {"[suffers]", SECTION_FORMS, ACT_SUFFERS},
    {"[called]", SECTION_FORMS, ACT_CALLED},
    {"[empty]", SECTION_WORDS, ACT_WORD_EMPTY},
    {"[clause]", SECTION_WORDS, ACT_WORD_CLAUSE},
    {"[unreal]", SECTION_WORDS, ACT_WORD_UNREAL},
    {"[helper]", SECTION_WORDS, ACT_WORD_HELPER},
    {"[belonging]", SECTION_WORDS, ACT_WORD_BELONGING},
};
enum { SECTION_COUNT = sizeof sections / sizeof *sections };

static size_t act_number(struct acts *acts, str name)
{
    uint64_t number = *map_put(&acts->names, name, acts->all.count);
    if (number == acts->all.count) {
        struct act act = {.name = name};
        vec_push(NULL, &acts->all, act);
    }
    return (size_t)number;
}

/* An act and its words. */
static bool read_act(struct acts *acts, size_t section, str line)
{
    size_t equals = str_find_byte(line, '=', 0);
    str name = fold_text(&acts->arena, str_trim(str_slice(line, 0, equals)));
    str words = equals == STR_MISSING ? STR_NONE : str_slice(line, equals + 1, line.len), word;
    bool wants_words = sections[section].section != SECTION_LIFETIME;
    if (!name.len || (str_trim(words).len > 0) != wants_words)
        return false;
    size_t number = act_number(acts, name);
    acts->all.items[number].once_in_life |= !wants_words;
    while (str_next_word(&words, &word)) {
        word = fold_text(&acts->arena, word);
        if (sections[section].section == SECTION_STEMS)
            map_put(&acts->stems, word, number);
        else
            *map_put(&acts->forms, word, number << VOICE_BITS) |= sections[section].bit;
    }
    return true;
}

static bool read_line(struct acts *acts, size_t section, str line)
{
    str word;
    if (section == SECTION_COUNT || str_starts(line, STR("[")))
        return false;
    if (sections[section].section != SECTION_WORDS)
        return read_act(acts, section, line);
    while (str_next_word(&line, &word))
        *map_put(&acts->words, fold_text(&acts->arena, word), 0) |= sections[section].bit;
    return true;
}

static size_t section_of(str line)
{
    size_t at = 0;
    while (at < SECTION_COUNT && !str_equal(line, str_from(sections[at].name)))
        at++;
    return at;
}

enum status acts_open(const char *path, struct acts **acts, struct error *err)
{
    struct acts *made = memory_new(1, sizeof *made);
    size_t section = SECTION_COUNT, number = 0;
    str text, line;
    *acts = NULL;
    arena_init(&made->arena);
    map_init(&made->names, NULL);
    map_init(&made->stems, NULL);
    map_init(&made->forms, NULL);
    map_init(&made->words, NULL);
    enum status status = file_read(&made->arena, path, ACTS_LEN_LIMIT, &text, err);
    while (!status && str_next_entry(&text, &line, &number)) {
        size_t opened = section_of(line);
        if (opened < SECTION_COUNT)
            section = opened;
        else if (!read_line(made, section, line))
            status =
                error_set(err, STATUS_BAD_INPUT,
                          "%s:%zu: a line is \"act = words\" or words, in a section", path, number);
    }
    if (status)
        acts_close(made);
    else
        *acts = made;
    return status;
}

void acts_close(struct acts *acts)
{
    if (!acts)
        return;
    vec_done(&acts->all);
    map_done(&acts->names);
    map_done(&acts->stems);
    map_done(&acts->forms);
    map_done(&acts->words);
    arena_done(&acts->arena);
    memory_free(acts);
}

const struct act *acts_of_stem(const struct acts *acts, str stem)
{
    const uint64_t *found = map_find(&acts->stems, stem);
    return found ? &acts->all.items[*found] : NULL;
}

const struct act *acts_of_form(const struct acts *acts, str folded, unsigned *voices)
{
    const uint64_t *found = map_find(&acts->forms, folded);
    *voices = found ? *found & ((1 << VOICE_BITS) - 1) : 0;
    return found ? &acts->all.items[*found >> VOICE_BITS] : NULL;
}

bool acts_word(const struct acts *acts, str folded, enum act_word kind)
{
    const uint64_t *found = map_find(&acts->words, folded);
    return found && *found & kind;
}
