/* layers: base text model analyse */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "analyse/link.h"
#include "analyse/person_name.h"
#include "base/buf.h"
#include "base/file.h"
#include "support/shipped_analyser.h"

enum { FILE_LIMIT = 1 << 20, LABEL_LIMIT = 64 };

/* --- names alone ----------------------------------------------------------------------------- */

#define PUTIN_IN_CYRILLIC "\xD0\x9F\xD1\x83\xD1\x82\xD0\xB8\xD0\xBD"

struct pair {
    const char *a, *b;
    bool fit;
};

static const struct pair pairs[] = {
    {"Sergei Kuzhugetovich Shoigu", "Sergei Shoigu", true},
    {"Sergei Shoigu", "Sergey Shoygu", true},
    {"Shoigu's", "Shoigu", true},
    {"Sergei Shoigu", "Shoigu", true},
    {"Ali Bagheri Kani", "Mohammad Bagheri", false},
    {"Ali Bagheri Kani", "Bagheri Kani", true},
    {"George W. Bush", "George H. W. Bush", false},
    {"George W. Bush", "George Bush", true},
    {"J. D. Vance", "James David Vance", true},
    {"J.D. Vance", "JD Vance", true},
    {"Joe Biden", "Joseph R. Biden Jr.", true},
    {"Donald Trump", "Donald Trump Jr.", false},
    {"Bill Clinton", "Hillary Clinton", false},
    {"Kim Jong Un", "Kim Jong-un", true},
    {"Kim Jong Un", "Kim Jong Il", false},
    {"Xi Jinping", "President Xi", true},
    {"Bashar al-Assad", "Assad", true},
    {"Bashar al-Assad", "Bashar Assad", true},
    {"Hafez al-Assad", "Bashar al-Assad", false},
    {"Mohammed bin Salman", "Salman bin Abdulaziz", false},
    {"Mohammed bin Salman", "Muhammad bin Salman", true},
    {"Recep Tayyip Erdo\xC4\x9F"
     "an",
     "Tayyip Erdogan", true},
    {"Vladimir Putin", "Putin, Vladimir", true},
    {"Marine Le Pen", "Le Pen", true},
    {"Le Duc Tho", "Le", true},
    {"Angela Merkel", "Friedrich Merz", false},
    {"Osama bin Laden", "Usama bin Ladin", true},
    {"Muammar Gaddafi", "Moammar Kadhafi", true},
    {"Muammar Gaddafi", "Qaddafi", true},
    {"Robert F. Kennedy Jr.", "RFK Jr.", true},
    {"Robert F. Kennedy", "JFK", false},
    {"Narendra Modi", "PM Modi", true},
    {"Masoud Pezeshkian", "Pezeshkiyan", true},
    {"Mohammad Bagher Ghalibaf", "Qalibaf", true},
    {"Viktor Yushchenko", "Viktor Yuschenko", true},
    {"Boris Yeltsin", "Boris Eltsin", true},
    {"Ilham Aliyev", "Ilham Aliev", true},
    {"Vladimir Putin", PUTIN_IN_CYRILLIC, true},
    {"Vladimir Putin", "Vladimir " PUTIN_IN_CYRILLIC, true},
    {"Bill Gates", "William Gates", true},
    {"Bill Gates", "Melinda Gates", false},
    {"Sasha Petrov", "Alexander Petrov", true},
    {"Pepe Mujica", "Jose Mujica", true},
    {"Juan Silva", "John Silva", false},
    {"", "Merz", false},
};

static void names_fit_or_not(void **state)
{
    (void)state;
    struct arena arena = {0};
    int wrong = 0;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        str a = str_from(pairs[i].a), b = str_from(pairs[i].b);
        bool there = link_names_fit(analyser, &arena, a, b);
        bool back = link_names_fit(analyser, &arena, b, a);
        if (there != pairs[i].fit || back != pairs[i].fit) {
            print_error("%s / %s: %d %d\n", pairs[i].a, pairs[i].b, there, back);
            wrong++;
        }
    }
    arena_done(&arena);
    assert_int_equal(wrong, 0);
}

static bool has_key(const char *name, enum entity_kind kind, const char *key)
{
    struct arena arena = {0};
    str keys[LINK_KEY_LIMIT];
    bool found = false;
    size_t count = link_keys(analyser, &arena, kind, str_from(name), keys);
    assert_true(count > 0 && count <= LINK_KEY_LIMIT);
    for (size_t i = 0; i < count; i++)
        found |= str_equal(keys[i], str_from(key));
    arena_done(&arena);
    return found;
}

static void keys_are_those_of_the_family_name_and_the_alias(void **state)
{
    (void)state;
    assert_true(has_key("Sergei Shoigu", ENTITY_PERSON, "s:sargai suigu"));
    assert_true(has_key("Shinzo Abe", ENTITY_PERSON, "s:aba sinzu"));
    assert_true(has_key("Abe Shinzo", ENTITY_PERSON, "s:aba sinzu"));
    assert_true(has_key("Sergei Shoigu", ENTITY_PERSON, "w:suigu"));
    assert_true(has_key("Kim Jong Un", ENTITY_PERSON, "w:kim"));
    assert_true(has_key("U.S.", ENTITY_PLACE, "n:united states"));
    assert_true(has_key("the United States", ENTITY_PLACE, "n:united states"));
    assert_true(has_key("IAEA", ENTITY_ORGANISATION, "i:IAEA"));
    assert_true(has_key("a b c d e f g h i j k l", ENTITY_PERSON, "w:h"));
    assert_true(has_key(".", ENTITY_PERSON, "n:."));
}

/* --- case files ------------------------------------------------------------------------------ */

struct label {
    char name[24];
    int64_t id;
};

struct dossier {
    struct link_memory *memory;
    struct label labels[LABEL_LIMIT];
    size_t label_count;
    int wrong;
};

struct mark {
    size_t start, end;
    str label;
    bool doubtful;
};

struct link_case {
    struct arena arena;
    struct buf text;
    VEC(struct mark) marks;
    struct article article;
    size_t line;
};

static const char *const path = TESTS_DIR "/cases/analyse/link.cases";

static void add_line(struct link_case *it, str line)
{
    if (it->text.len)
        buf_add_byte(&it->text, '\n');
    struct block block = {.kind = BLOCK_PARAGRAPH, .start = (uint32_t)it->text.len};
    while (line.len) {
        size_t open = str_find_byte(line, '[', 0);
        if (open == STR_MISSING)
            open = line.len;
        buf_add(&it->text, str_slice(line, 0, open));
        if (open == line.len)
            break;
        size_t equals = str_find_byte(line, '=', open), close = str_find_byte(line, ']', open);
        assert_true(equals != STR_MISSING && close != STR_MISSING);
        str label = str_slice(line, equals + 1, close);
        struct mark mark = {.start = it->text.len, .doubtful = str_ends(label, STR("?"))};
        mark.label =
            arena_str(&it->arena, mark.doubtful ? str_slice(label, 0, label.len - 1) : label);
        buf_add(&it->text, str_slice(line, open + 1, equals));
        mark.end = it->text.len;
        vec_push(&it->arena, &it->marks, mark);
        line = str_slice(line, close + 1, line.len);
    }
    block.end = (uint32_t)it->text.len;
    vec_push(&it->arena, &it->article.blocks, block);
}

static struct label *label_of(struct dossier *dossier, str name)
{
    for (size_t i = 0; i < dossier->label_count; i++) {
        if (str_equal(str_from(dossier->labels[i].name), name))
            return &dossier->labels[i];
    }
    assert_true(dossier->label_count < LABEL_LIMIT && name.len < sizeof dossier->labels[0].name);
    struct label *label = &dossier->labels[dossier->label_count++];
    *label = (struct label){.id = 0};
    memcpy(label->name, name.ptr, name.len);
    return label;
}

/* The number of the entity under a mark; 0 when no mention has just this span. */
static int64_t id_at(const struct analysis *analysis, const struct link_result *results,
                     const struct mark *mark, bool *doubtful)
{
    for (size_t i = 0; i < analysis->mentions.count; i++) {
        const struct mention *mention = &analysis->mentions.items[i];
        if (mention->start != mark->start || mention->end != mark->end)
            continue;
        *doubtful = analysis->entities.items[mention->entity].doubtful;
        return results[mention->entity].entity;
    }
    return 0;
}

static void check_mark(struct dossier *dossier, const struct link_case *it, const struct mark *mark,
                       int64_t id, bool doubtful)
{
    struct label *label = label_of(dossier, mark->label);
    bool taken = false;
    for (size_t i = 0; i < dossier->label_count; i++)
        taken |= &dossier->labels[i] != label && dossier->labels[i].id == id;
    if (id && !label->id && !taken)
        label->id = id;
    if (id && label->id == id && doubtful == mark->doubtful)
        return;
    str name = link_memory_name(dossier->memory, id);
    print_error("%s:%zu: %.*s=%.*s%s is %lld \"%.*s\"%s\n", path, it->line,
                STR_ARG(str_slice(it->article.text, mark->start, mark->end)), STR_ARG(mark->label),
                mark->doubtful ? "?" : "", (long long)id, STR_ARG(name), doubtful ? " ?" : "");
    dossier->wrong++;
}

static void finish_article(struct dossier *dossier, struct link_case *it)
{
    if (it->text.len) {
        struct error err;
        struct analysis analysis;
        it->article.text = buf_str(&it->text);
        analyse_article(analyser, &it->arena, &it->article, &analysis);
        struct link_result *results =
            arena_array(&it->arena, struct link_result, analysis.entities.count + 1);
        struct link_source source = link_memory_source(dossier->memory);
        if (link_article(analyser, &source, &it->arena, &it->article, &analysis.entities, results,
                         &err))
            fail_msg("%s", err.text);
        for (size_t i = 0; i < analysis.entities.count; i++)
            assert_true(results[i].entity > 0 && results[i].form > 0 && results[i].reason.len > 0);
        for (size_t i = 0; i < it->marks.count; i++) {
            bool doubtful = false;
            int64_t id = id_at(&analysis, results, &it->marks.items[i], &doubtful);
            check_mark(dossier, it, &it->marks.items[i], id, doubtful);
        }
    }
    buf_done(&it->text);
    arena_done(&it->arena);
    *it = (struct link_case){.line = 0};
}

/* "label: Name": the name that the dossier has now. */
static bool check_name(struct dossier *dossier, str line, size_t number)
{
    size_t colon = str_find(line, STR(": "), 0);
    if (colon == STR_MISSING || colon > 4 || str_find_byte(line, '[', 0) != STR_MISSING)
        return false;
    str name = link_memory_name(dossier->memory, label_of(dossier, str_slice(line, 0, colon))->id);
    str expected = str_slice(line, colon + 2, line.len);
    if (!str_equal(name, expected)) {
        print_error("%s:%zu: the name is \"%.*s\"\n", path, number, STR_ARG(name));
        dossier->wrong++;
    }
    return true;
}

static int end_dossier(struct dossier *dossier)
{
    int wrong = dossier->wrong;
    link_memory_free(dossier->memory);
    *dossier = (struct dossier){.memory = link_memory_new()};
    return wrong;
}

static void people_are_linked_as_the_cases_say(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct error err;
    str all, line;
    if (file_read(&arena, path, FILE_LIMIT, &all, &err))
        fail_msg("%s", err.text);
    struct dossier dossier = {.memory = link_memory_new()};
    struct link_case it = {.line = 0};
    int wrong = 0;
    for (size_t number = 1; str_next_line(&all, &line); number++) {
        bool opens = str_starts(line, STR("---"));
        size_t colon = str_find(line, STR(": "), 0);
        bool name =
            colon != STR_MISSING && colon <= 4 && str_find_byte(line, '[', 0) == STR_MISSING;
        if (!line.len || opens || name)
            finish_article(&dossier, &it);
        if (opens)
            wrong += end_dossier(&dossier);
        if (!line.len || opens || line.ptr[0] == '#' ||
            (name && check_name(&dossier, line, number)))
            continue;
        it.line = it.line ? it.line : number;
        add_line(&it, line);
    }
    finish_article(&dossier, &it);
    wrong += end_dossier(&dossier);
    link_memory_free(dossier.memory);
    arena_done(&arena);
    assert_int_equal(wrong, 0);
}

/* --- descriptions ---------------------------------------------------------------------------- */

static void check_role(const char *text, const char *name, const char *role)
{
    struct arena arena = {0};
    struct article article = {.text = str_from(text)};
    struct analysis analysis;
    analyse_article(analyser, &arena, &article, &analysis);
    bool found = false;
    for (size_t i = 0; i < analysis.entities.count; i++) {
        const struct entity *entity = &analysis.entities.items[i];
        if (!str_equal(entity->name, str_from(name)))
            continue;
        found = true;
        if (!str_equal(entity->role, str_from(role)))
            fail_msg("%s is \"%.*s\", not \"%s\"", name, STR_ARG(entity->role), role);
    }
    if (!found)
        fail_msg("%s was not found", name);
    arena_done(&arena);
}

static void descriptions_beside_the_name_are_its_role(void **state)
{
    (void)state;
    check_role("Sergei Shoigu, secretary of Russia's Security Council, arrived.", "Sergei Shoigu",
               "secretary of Russia's Security Council");
    check_role("Chinese Foreign Minister Wang Yi left.", "Wang Yi", "Chinese Foreign Minister");
    check_role("He met the secretary of the Supreme National Security Council, Ali Akbar Ahmadian.",
               "Ali Akbar Ahmadian", "secretary of the Supreme National Security Council");
    check_role("He met the chief of the Iranian General Staff Bagheri.", "Bagheri",
               "chief of the Iranian General Staff");
    check_role("Jordan's Foreign Minister Ayman Safadi spoke.", "Ayman Safadi",
               "Jordan's Foreign Minister");
    check_role("A senior ally of Kremlin leader Vladimir Putin spoke.", "Vladimir Putin",
               "Kremlin leader");
    check_role("After Bashar al-Assad, Russian President Vladimir Putin spoke.", "Bashar al-Assad",
               "");
    check_role("They saw Vladimir Putin.", "Vladimir Putin", "");
    check_role("Officials met Mr. Putin in Sochi.", "Putin", "");
    check_role(
        "Nikolai Patrushev, Shoigu's predecessor at the council and an old ally of Putin, left.",
        "Nikolai Patrushev", "Shoigu's predecessor at the council");
    check_role("Andrei Belousov, the Russian defence minister appointed in May, spoke.",
               "Andrei Belousov", "Russian defence minister");
    check_role("Mikhail Petrov, the minister of Trade and Industry, spoke.", "Mikhail Petrov",
               "minister of Trade and Industry");
    check_role("He met Nikolai Patrushev, chief of the General Staff Mohammad Bagheri and others.",
               "Nikolai Patrushev", "");
    check_role("He met the chief of the General Staff Bagheri and President Pezeshkian, Patrushev "
               "never met them.",
               "Patrushev", "");
    check_role("Timur Ivanov, deputy to Defence Minister Sergei Shoigu, was arrested.",
               "Timur Ivanov", "deputy to Defence Minister Sergei Shoigu");
    check_role("Mohammad Bagheri put Brigadier General Ali Abdollahi in charge.", "Ali Abdollahi",
               "Brigadier General");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_fit_or_not),
        cmocka_unit_test(keys_are_those_of_the_family_name_and_the_alias),
        cmocka_unit_test(people_are_linked_as_the_cases_say),
        cmocka_unit_test(descriptions_beside_the_name_are_its_role),
    };
    return cmocka_run_group_tests(tests, open_lexicons, close_lexicons);
}
