/* What the tests and the bench of store/ share: a temporary folder, and synthetic articles whose
 * names and dates stand where their mentions and moments say. */
#ifndef TEST_STORE_H
#define TEST_STORE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/vec.h"
#include "store/store.h"

/* ---- the same numbers everywhere ----------------------------------------------------------- */

struct random {
    uint64_t state;
};

static inline uint32_t random_below(struct random *random, uint32_t limit)
{
    random->state = random->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((random->state >> 33) % limit);
}

/* ---- synthetic articles -------------------------------------------------------------------- */

struct sample_name {
    enum entity_kind kind;
    const char *name, *form; /* the fullest form, and a shorter one */
};

static const struct sample_name sample_names[] = {
    {ENTITY_PERSON, "Sergei Shoigu", "Shoigu"},
    {ENTITY_PERSON, "Ángela Núñez", "Núñez"},
    {ENTITY_PERSON, "Ali Hassan", "Hassan"},
    {ENTITY_PERSON, "Mary O'Neill", "O'Neill"},
    {ENTITY_PERSON, "Пётр Иванов", "Иванов"},
    {ENTITY_PERSON, "Chen Wei", "Chen"},
    {ENTITY_PERSON, "Zoë Baker", "Baker"},
    {ENTITY_PLACE, "Kyiv", "Kyiv"},
    {ENTITY_PLACE, "New York", "New York"},
    {ENTITY_ORGANISATION, "United Nations", "UN"},
    {ENTITY_ORGANISATION, "World Bank", "World Bank"},
};
enum { SAMPLE_NAME_COUNT = sizeof sample_names / sizeof *sample_names };

struct sample {
    struct article article;
    mention_vec mentions;
    entity_vec entities;
    moment_vec moments;
    int64_t ids[SAMPLE_NAME_COUNT];
    str reasons[SAMPLE_NAME_COUNT];
    uint32_t name_of[SAMPLE_NAME_COUNT]; /* entity index -> sample name */
    str search_extra;
};

static inline uint32_t sample_entity(struct arena *arena, struct sample *sample, uint32_t name)
{
    for (uint32_t i = 0; i < sample->entities.count; i++) {
        if (sample->name_of[i] == name)
            return i;
    }
    struct entity entity = {.kind = sample_names[name].kind,
                            .name = str_from(sample_names[name].name),
                            .doubtful = name == 3};
    if (name == 0)
        entity.role = STR("secretary of the council");
    sample->name_of[sample->entities.count] = name;
    sample->reasons[sample->entities.count] = STR("the same full name");
    vec_push(arena, &sample->entities, entity);
    return (uint32_t)sample->entities.count - 1;
}

static inline void sample_add_name(struct arena *arena, struct sample *sample, struct buf *text,
                                   struct random *random, uint32_t name)
{
    bool is_short = random_below(random, 2) == 0;
    str form = str_from(is_short ? sample_names[name].form : sample_names[name].name);
    struct mention mention = {.kind = sample_names[name].kind,
                              .start = (uint32_t)text->len,
                              .end = (uint32_t)(text->len + form.len),
                              .entity = sample_entity(arena, sample, name),
                              .confidence = 80,
                              .rule = "sample",
                              .evidence = STR("lexicon: given name")};
    sample->entities.items[mention.entity].mention_count++;
    buf_add(text, form);
    vec_push(arena, &sample->mentions, mention);
}

static inline void sample_add_date(struct arena *arena, struct sample *sample, struct buf *text,
                                   struct random *random)
{
    day first = day_from_civil(2020, 1, 1) + (day)random_below(random, 1500);
    struct moment moment = {.type = MOMENT_DATE,
                            .certainty = CERTAINTY_EXPLICIT,
                            .start = (uint32_t)text->len,
                            .first = first,
                            .last = first,
                            .rule = "iso",
                            .reference = STR("the text")};
    struct civil civil = day_to_civil(first);
    switch (random_below(random, 4)) {
    case 0: /* a month */
        moment.first = day_from_civil(civil.year, civil.month, 1);
        moment.last = moment.first + day_month_length(civil.year, civil.month) - 1;
        moment.value = arena_format(arena, "%04d-%02d", civil.year, civil.month);
        buf_add(text, moment.value);
        break;
    case 1: /* nowhere */
        moment.first = moment.last = DAY_UNKNOWN;
        moment.certainty = CERTAINTY_UNRESOLVED;
        moment.value = STR("PAST_REF");
        buf_add(text, STR("recently"));
        break;
    default:
        moment.value =
            arena_format(arena, "%04d-%02d-%02d", civil.year, civil.month, civil.day_of_month);
        buf_add(text, moment.value);
    }
    moment.end = (uint32_t)text->len;
    vec_push(arena, &sample->moments, moment);
}

static inline void sample_add_sentence(struct arena *arena, struct sample *sample, struct buf *text,
                                       struct random *random)
{
    static const char *const words[] = {"The",      "minister", "said",    "that",    "talks",
                                        "on",       "grain",    "exports", "would",   "resume",
                                        "after",    "the",      "vote",    "in",      "parliament",
                                        "although", "critics",  "denied",  "any",     "agreement",
                                        "café",     "budget",   "missile", "harbour", "court"};
    enum { WORD_COUNT = sizeof words / sizeof *words };
    uint32_t start = (uint32_t)text->len, moments_before = (uint32_t)sample->moments.count;
    uint32_t count = 8 + random_below(random, 12);
    uint32_t name_at = random_below(random, 20), date_at = random_below(random, 40);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0)
            buf_add_byte(text, ' ');
        if (i == name_at)
            sample_add_name(arena, sample, text, random, random_below(random, SAMPLE_NAME_COUNT));
        else if (i == date_at)
            sample_add_date(arena, sample, text, random);
        else if (random_below(random, 10) == 0)
            buf_format(text, "word%u", random_below(random, 5000));
        else
            buf_add(text, str_from(words[random_below(random, WORD_COUNT)]));
    }
    buf_add_byte(text, '.');
    for (uint32_t i = moments_before; i < sample->moments.count; i++) {
        sample->moments.items[i].sentence_start = start;
        sample->moments.items[i].sentence_end = (uint32_t)text->len;
    }
}

/* Article number `number` with about `sentence_count` sentences, everything in the arena. */
static inline void sample_make(struct arena *arena, struct sample *sample, struct random *random,
                               uint32_t number, uint32_t sentence_count)
{
    static const char *const sites[] = {"The Daily", "Herald", "daily mirror", "Agency", ""};
    static const char *const topics[] = {"Grain", "Budget", "missile", "Élan", "harbour", "Court"};
    struct buf text = BUF_INIT;
    struct article *article = &sample->article;
    *sample = (struct sample){0};
    article->path = arena_format(arena, "folder/%05u.txt", number);
    article->url = arena_format(arena, "https://example.org/%u", number);
    article->site = str_from(sites[random_below(random, 5)]);
    article->title = arena_format(arena, "%s news %u", topics[random_below(random, 6)],
                                  random_below(random, number + 10));
    article->published = PUBLICATION_UNKNOWN;
    uint32_t dated = random_below(random, 10);
    day published = day_from_civil(2022, 1, 1) + (day)random_below(random, 900);
    if (dated > 1)
        article->published =
            (struct publication){DATE_BASIS_STATED, published, published, published, 0};
    else if (dated == 1)
        article->published =
            (struct publication){DATE_BASIS_INFERRED, DAY_UNKNOWN, DAY_UNKNOWN, published, 0};
    buf_add(&text, article->title);
    struct block title = {BLOCK_TITLE, 0, (uint32_t)text.len, 1};
    vec_push(arena, &article->blocks, title);
    for (uint32_t i = 0; i < sentence_count; i++) {
        buf_add_byte(&text, '\n');
        struct block block = {BLOCK_PARAGRAPH, (uint32_t)text.len, 0, i + 2};
        sample_add_sentence(arena, sample, &text, random);
        block.end = (uint32_t)text.len;
        vec_push(arena, &article->blocks, block);
    }
    struct removed_block removed = {STR("Share this"), REMOVAL_SHARE, 9, 1, STR("share-line")};
    vec_push(arena, &article->removed, removed);
    article->text = arena_str(arena, buf_str(&text));
    buf_done(&text);
}

/* Entities of the dossier for the sample names; 0 = not made yet. */
struct sample_people {
    int64_t ids[SAMPLE_NAME_COUNT];
};

static inline enum status sample_link(struct store *store, struct sample_people *people,
                                      struct sample *sample, struct error *err)
{
    for (size_t i = 0; i < sample->entities.count; i++) {
        uint32_t name = sample->name_of[i];
        if (people->ids[name] == 0) {
            enum status status =
                store_add_entity(store, sample_names[name].kind, str_from(sample_names[name].name),
                                 &people->ids[name], err);
            if (status != STATUS_OK)
                return status;
        }
        sample->ids[i] = people->ids[name];
    }
    return STATUS_OK;
}

/* Imports and derives one sample; *page becomes its number. */
static inline enum status sample_put(struct store *store, struct sample_people *people,
                                     struct sample *sample, int64_t *page, struct error *err)
{
    struct source_page source = {.path = sample->article.path,
                                 .format = STR("text"),
                                 .raw = sample->article.text,
                                 .given = DAY_UNKNOWN,
                                 .imported = 1700000000};
    enum import_outcome outcome;
    enum status status = store_put_source(store, &source, &outcome, err);
    if (status == STATUS_OK)
        status = sample_link(store, people, sample, err);
    if (status != STATUS_OK)
        return status;
    *page = source.id;
    struct derived derived = {.page = source.id,
                              .version = source.version,
                              .clean_version = 1,
                              .analyse_version = 1,
                              .article = &sample->article,
                              .mentions = &sample->mentions,
                              .entities = &sample->entities,
                              .entity_ids = sample->ids,
                              .link_reasons = sample->reasons,
                              .moments = &sample->moments,
                              .search_extra = sample->search_extra};
    return store_put_derived(store, &derived, err);
}

#endif
