/* layers: base text model store */
/* Corrections of names: applied at once or replayed, the derived tables are the same; undo brings
 * back what was; two sessions; a killed one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <sys/wait.h>

#include "store/internal.h"
#include "test_store.h"

#define OK(call) assert_status((call), __LINE__)

enum { ARTICLE_COUNT = 8 };

static struct error err;

static void assert_status(enum status status, int line)
{
    if (status != STATUS_OK)
        fail_msg("line %d: %s", line, err.text);
}

struct dossier {
    char folder[64], path[96], other[96];
    struct store *store;
    struct arena arena;
    struct sample samples[ARTICLE_COUNT];
    int64_t pages[ARTICLE_COUNT];
    struct sample_people people;
};

static int make_dossier(void **state)
{
    struct dossier *dossier = calloc(1, sizeof *dossier);
    struct random random = {11};
    *state = dossier;
    strcpy(dossier->folder, "test_corrections.XXXXXX");
    assert_non_null(mkdtemp(dossier->folder));
    snprintf(dossier->path, sizeof dossier->path, "%s/d.dossier", dossier->folder);
    snprintf(dossier->other, sizeof dossier->other, "%s/e.dossier", dossier->folder);
    OK(store_open(dossier->path, STORE_READ_WRITE, &dossier->store, &err));
    for (uint32_t i = 0; i < ARTICLE_COUNT; i++) {
        sample_make(&dossier->arena, &dossier->samples[i], &random, i, 20);
        OK(sample_put(dossier->store, &dossier->people, &dossier->samples[i], &dossier->pages[i],
                      &err));
    }
    return 0;
}

static int end_dossier(void **state)
{
    struct dossier *dossier = *state;
    arena_done(&dossier->arena);
    store_close(dossier->store);
    unlink(dossier->path);
    unlink(dossier->other);
    rmdir(dossier->folder);
    free(dossier);
    return 0;
}

static void reopen(struct dossier *dossier)
{
    store_close(dossier->store);
    OK(store_open(dossier->path, STORE_READ_WRITE, &dossier->store, &err));
}

/* ---- everything that is derived of names, as text ------------------------------------------ */

static void dump_rows(struct store *store, const char *sql, struct buf *out)
{
    struct query query;
    query_begin(&query, store, sql, &err);
    while (query_next(&query)) {
        for (int i = 0; i < sqlite3_column_count(query.statement); i++)
            buf_format(out, "%.*s|", STR_ARG(column_borrow(&query, i)));
        buf_add_byte(out, '\n');
    }
    OK(query_end(&query));
}

static str dump(struct store *store, struct arena *arena)
{
    static const char *const tables[] = {
        "SELECT 'mention', m.date_key, m.start_byte, m.end_byte, e.kind, e.name, m.kind,"
        " (SELECT name FROM derived_entity l WHERE l.id = m.linked), m.linked = 0, m.correction"
        " FROM derived_mention m LEFT JOIN derived_entity e ON e.id = m.entity ORDER BY 2, 3",
        "SELECT 'rejected', m.date_key, m.start_byte, m.end_byte, e.name, m.correction"
        " FROM derived_rejected m JOIN derived_entity e ON e.id = m.linked ORDER BY 2, 3",
        "SELECT 'appearance', e.kind, e.name, p.date_key, p.mention_count, p.is_doubtful,"
        " p.published_day, p.role, p.reason FROM derived_appearance p"
        " JOIN derived_entity e ON e.id = p.entity ORDER BY 2, 3, 4",
        "SELECT 'entity', kind, name, mention_count, article_count, mention_order, article_order,"
        " doubtful_count, first_day, last_day FROM derived_entity WHERE mention_count > 0"
        " ORDER BY kind, name",
        "SELECT 'variant', e.kind, e.name, v.variant, v.count FROM derived_entity_variant v"
        " JOIN derived_entity e ON e.id = v.entity ORDER BY 2, 3, 4",
        "SELECT 'moment', e.kind, e.name, m.date_key, m.number, m.place FROM derived_moment_entity"
        " m JOIN derived_entity e ON e.id = m.entity ORDER BY 2, 3, 4, 5",
        "SELECT 'search', s.name, length(s.forms) FROM derived_entity_search s JOIN derived_entity e"
        " ON e.id = s.rowid WHERE e.mention_count > 0 ORDER BY 2, 3",
        "SELECT 'people', page, people_count FROM derived_article ORDER BY 2",
        "SELECT 'count', name, value FROM derived_count ORDER BY 2",
        "SELECT 'correction', id, state FROM derived_correction ORDER BY 2",
    };
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        dump_rows(store, tables[i], &out);
    str text = arena_str(arena, buf_str(&out));
    buf_done(&out);
    return text;
}

static void assert_same(str got, str wanted, const char *what)
{
    str got_line, wanted_line;
    while (true) {
        bool more = str_next_line(&got, &got_line), due = str_next_line(&wanted, &wanted_line);
        if (!more && !due)
            return;
        if (more != due || !str_equal(got_line, wanted_line))
            fail_msg("%s: got  %.*s\n wanted %.*s", what, STR_ARG(got_line), STR_ARG(wanted_line));
    }
}

/* The dossier as it would be had all its corrections been there before its articles. */
static str dump_replayed(struct dossier *dossier, struct arena *arena)
{
    struct store *other;
    struct sample_people people = {0};
    struct page_request request = {.limit = 1000};
    const struct correction_row *rows;
    size_t count;
    int64_t page;
    unlink(dossier->other);
    OK(store_open(dossier->other, STORE_READ_WRITE, &other, &err));
    OK(store_list_corrections(dossier->store, arena, false, &request, &rows, &count, &err));
    for (size_t i = 0; i < count; i++) {
        struct correction correction = rows[i].correction;
        /* Numbers of rows are not part of it; the same ones make the dumps comparable. */
        struct query query;
        query_begin(&query, other,
                    "INSERT INTO sqlite_sequence(name, seq) VALUES('user_name_correction', ?1)",
                    &err);
        query_int(&query, rows[i].correction.id - 1);
        OK(store_exec(other, "DELETE FROM sqlite_sequence WHERE name = 'user_name_correction'",
                      &err));
        OK(query_run(&query));
        OK(store_put_correction(other, &correction, 1, NULL, &err));
    }
    for (uint32_t i = 0; i < ARTICLE_COUNT; i++)
        OK(sample_put(other, &people, &dossier->samples[i], &page, &err));
    str text = dump(other, arena);
    store_close(other);
    return text;
}

/* ---- corrections at random ----------------------------------------------------------------- */

/* A mention of the dossier as it stands. */
static bool pick_mention(struct dossier *dossier, struct arena *arena, struct random *random,
                         struct correction *correction, bool placed)
{
    struct stored_article article;
    int64_t page = dossier->pages[random_below(random, ARTICLE_COUNT)];
    OK(store_get_article(dossier->store, arena, page, &article, &err));
    if (article.mention_count == 0)
        return false;
    const struct stored_mention *mention =
        &article.mentions[random_below(random, (uint32_t)article.mention_count)];
    correction->kind = mention->mention.kind;
    correction->name = mention->name;
    uint32_t start = placed ? mention->mention.start : 0, end = placed ? mention->mention.end : 0;
    OK(store_locate(dossier->store, arena, page, start, end, correction, &err));
    return true;
}

static void pick_other(struct random *random, struct correction *correction)
{
    static const char *const names[] = {"Sergei Shoigu", "Chen Wei", "A. Nother", "kyiv",
                                        "Zoë Baker",     "Nobody",   "World Bank"};
    correction->to_kind = (enum entity_kind)random_below(random, ENTITY_KIND_COUNT);
    correction->to = str_from(names[random_below(random, 7)]);
}

static bool pick(struct dossier *dossier, struct arena *arena, struct random *random,
                 struct correction *correction)
{
    bool placed = random_below(random, 2) == 0, wide = random_below(random, 2) == 0;
    *correction =
        (struct correction){.verb = (enum correction_verb)random_below(random, CORRECTION_VERB_COUNT)};
    if (!pick_mention(dossier, arena, random, correction,
                      placed || correction->verb == CORRECTION_ADD))
        return false;
    pick_other(random, correction);
    switch (correction->verb) {
    case CORRECTION_ADD:
    case CORRECTION_KEEP:
    case CORRECTION_REJECT:
        correction->to = STR_NONE;
        correction->to_kind = ENTITY_PERSON;
        break;
    default:
        break;
    }
    if (correction->verb == CORRECTION_KEEP)
        correction->prefix = correction->quote = correction->suffix = STR_NONE;
    bool everywhere = correction->verb == CORRECTION_MERGE || correction->verb == CORRECTION_RENAME;
    bool somewhere = correction->verb == CORRECTION_SPLIT || correction->verb == CORRECTION_ADD;
    if (everywhere || (wide && !somewhere))
        correction->article = correction->stated = correction->prefix = correction->quote =
            correction->suffix = STR_NONE;
    return true;
}

/* Applied one by one, undone and redone at random: the tables are what a replay from nothing makes
 * them, whatever came before; and deriving an article again changes nothing. */
static void test_replay_is_the_same(void **state)
{
    struct dossier *dossier = *state;
    struct random random = {3};
    struct arena arena = {0};
    for (int round = 0; round < 40; round++) {
        uint32_t what = random_below(&random, 5);
        struct correction correction;
        str label;
        int64_t where;
        if (what < 2) {
            enum status status = (what == 0 ? store_undo : store_redo)(dossier->store, &arena,
                                                                       &label, &where, &err);
            assert_true(status == STATUS_OK || status == STATUS_NOT_FOUND);
        } else if (pick(dossier, &arena, &random, &correction))
            OK(store_put_correction(dossier->store, &correction, 1, NULL, &err));
        str now = dump(dossier->store, &arena);
        assert_same(now, dump_replayed(dossier, &arena), "replayed");
        uint32_t again = random_below(&random, ARTICLE_COUNT);
        OK(sample_put(dossier->store, &dossier->people, &dossier->samples[again],
                      &dossier->pages[again], &err));
        assert_same(dump(dossier->store, &arena), now, "derived again");
        if (round % 10 == 9)
            reopen(dossier);
        arena_reset(&arena);
    }
    arena_done(&arena);
}

static void test_undo_brings_all_back(void **state)
{
    struct dossier *dossier = *state;
    struct random random = {8};
    struct arena arena = {0}, scratch = {0};
    str before = dump(dossier->store, &arena), label;
    int64_t where;
    int made = 0;
    for (int i = 0; i < 40; i++) {
        struct correction correction;
        bool is_new = false;
        if (pick(dossier, &scratch, &random, &correction))
            OK(store_put_correction(dossier->store, &correction, 1, &is_new, &err));
        made += is_new;
        arena_reset(&scratch);
    }
    assert_true(made > 20);
    str after = dump(dossier->store, &arena);
    reopen(dossier);
    for (int i = 0; i < made; i++)
        OK(store_undo(dossier->store, &scratch, &label, &where, &err));
    assert_same(dump(dossier->store, &arena), before, "undone");
    reopen(dossier);
    for (int i = 0; i < made; i++)
        OK(store_redo(dossier->store, &scratch, &label, &where, &err));
    assert_same(dump(dossier->store, &arena), after, "done again");
    arena_done(&scratch);
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_replay_is_the_same, make_dossier, end_dossier),
        cmocka_unit_test_setup_teardown(test_undo_brings_all_back, make_dossier, end_dossier),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
