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
        "SELECT 'search', s.name, length(s.forms) FROM derived_entity_search s JOIN derived_entity "
        "e"
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
    *correction = (struct correction){
        .verb = (enum correction_verb)random_below(random, CORRECTION_VERB_COUNT)};
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
        struct journal_step step;
        if (what < 2) {
            enum status status =
                (what == 0 ? store_undo : store_redo)(dossier->store, &arena, &step, &err);
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
    str before = dump(dossier->store, &arena);
    struct journal_step step;
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
        OK(store_undo(dossier->store, &scratch, &step, &err));
    assert_same(dump(dossier->store, &arena), before, "undone");
    reopen(dossier);
    for (int i = 0; i < made; i++)
        OK(store_redo(dossier->store, &scratch, &step, &err));
    assert_same(dump(dossier->store, &arena), after, "done again");
    arena_done(&scratch);
    arena_done(&arena);
}

/* ---- texts that change --------------------------------------------------------------------- */

/* The article with `added` put in front of its first sentence, and everything moved. */
static struct sample moved_sample(struct arena *arena, const struct sample *sample, str added)
{
    struct sample moved = *sample;
    uint32_t by = (uint32_t)added.len;
    moved.article.text =
        arena_format(arena, "%.*s%.*s", STR_ARG(added), STR_ARG(sample->article.text));
    moved.mentions = (mention_vec){0};
    moved.moments = (moment_vec){0};
    moved.article.blocks.count = 0;
    for (size_t i = 0; i < sample->mentions.count; i++) {
        struct mention mention = sample->mentions.items[i];
        mention.start += by;
        mention.end += by;
        vec_push(arena, &moved.mentions, mention);
    }
    return moved;
}

static const struct stored_mention *named(const struct stored_article *article, const char *name)
{
    for (size_t i = 0; i < article->mention_count; i++)
        if (str_equal(article->mentions[i].name, str_from(name)))
            return &article->mentions[i];
    return NULL;
}

static enum correction_state state_of(struct dossier *dossier, int64_t id)
{
    struct page_request request = {.limit = 100};
    const struct correction_row *rows;
    size_t count;
    OK(store_list_corrections(dossier->store, &dossier->arena, false, &request, &rows, &count,
                              &err));
    for (size_t i = 0; i < count; i++)
        if (rows[i].correction.id == id)
            return rows[i].state;
    fail_msg("no such correction");
    return CORRECTION_APPLIES;
}

static void test_places_are_found_again(void **state)
{
    struct dossier *dossier = *state;
    struct stored_article article;
    OK(store_get_article(dossier->store, &dossier->arena, dossier->pages[0], &article, &err));
    assert_true(article.mention_count > 2);
    const struct mention *mention = &article.mentions[1].mention;
    struct correction split = {.verb = CORRECTION_SPLIT,
                               .kind = mention->kind,
                               .name = article.mentions[1].name,
                               .to_kind = ENTITY_PERSON,
                               .to = STR("Split Off")};
    OK(store_locate(dossier->store, &dossier->arena, dossier->pages[0], mention->start,
                    mention->end, &split, &err));
    OK(store_put_correction(dossier->store, &split, 1, NULL, &err));
    struct sample moved =
        moved_sample(&dossier->arena, &dossier->samples[0], STR("Words that were cut before.\n"));
    int64_t page;
    OK(sample_put(dossier->store, &dossier->people, &moved, &page, &err));
    OK(store_get_article(dossier->store, &dossier->arena, page, &article, &err));
    const struct stored_mention *found = named(&article, "Split Off");
    assert_non_null(found);
    assert_int_equal(found->mention.start,
                     mention->start + strlen("Words that were cut before.\n"));
    assert_int_equal(state_of(dossier, split.id), CORRECTION_APPLIES);
    /* Nothing of it is left: it is listed, and applied to nobody else. */
    struct sample other = dossier->samples[1];
    other.article.path = dossier->samples[0].article.path;
    OK(sample_put(dossier->store, &dossier->people, &other, &page, &err));
    assert_int_equal(page, dossier->pages[0]);
    OK(store_get_article(dossier->store, &dossier->arena, page, &article, &err));
    assert_null(named(&article, "Split Off"));
    assert_int_equal(state_of(dossier, split.id), CORRECTION_LOST);
    int64_t conflicts;
    OK(store_count_corrections(dossier->store, true, &conflicts, &err));
    assert_int_equal(conflicts, 1);
    /* And applies again when the words are back. */
    OK(sample_put(dossier->store, &dossier->people, &dossier->samples[0], &page, &err));
    assert_int_equal(state_of(dossier, split.id), CORRECTION_APPLIES);
}

static void test_what_does_not_apply_is_listed(void **state)
{
    struct dossier *dossier = *state;
    struct correction first = {.kind = ENTITY_PERSON,
                               .name = STR("Ali Hassan"),
                               .to_kind = ENTITY_PERSON,
                               .to = STR("Chen Wei")};
    struct correction second = first, nobody = first, elsewhere = first;
    second.to = STR("Zoë Baker");
    nobody.name = STR("No Such Person");
    elsewhere.verb = CORRECTION_SPLIT;
    elsewhere.article = STR("no/such/page");
    OK(store_put_correction(dossier->store, &first, 1, NULL, &err));
    OK(store_put_correction(dossier->store, &second, 1, NULL, &err));
    OK(store_put_correction(dossier->store, &nobody, 1, NULL, &err));
    OK(store_put_correction(dossier->store, &elsewhere, 1, NULL, &err));
    assert_int_equal(state_of(dossier, first.id), CORRECTION_APPLIES);
    assert_int_equal(state_of(dossier, second.id), CORRECTION_OVERRULED);
    assert_int_equal(state_of(dossier, nobody.id), CORRECTION_NOBODY);
    assert_int_equal(state_of(dossier, elsewhere.id), CORRECTION_WAITING);
    OK(store_drop_correction(dossier->store, first.id, 1, &err));
    assert_int_equal(state_of(dossier, second.id), CORRECTION_APPLIES);
    bool is_new = true;
    OK(store_put_correction(dossier->store, &second, 1, &is_new, &err));
    assert_false(is_new);
}

static void add_form(struct dossier *dossier, int64_t entity, str text)
{
    struct name_form form = {
        .kind = ENTITY_PERSON, .text = text, .state = FORM_HEAD, .entity = entity};
    str keys[] = {STR("k")};
    OK(store_add_form(dossier->store, &form, keys, 1, &err));
    form.head = form.id;
    OK(store_set_form(dossier->store, &form, &err));
}

/* The linker, meeting a fuller name, may not take a corrected name away. */
static void test_corrected_names_stay(void **state)
{
    struct dossier *dossier = *state;
    struct correction merge = {.kind = ENTITY_PERSON,
                               .name = STR("Ali Hassan"),
                               .to_kind = ENTITY_PERSON,
                               .to = STR("Chen Wei")};
    int64_t hassan, chen;
    OK(store_find_named(dossier->store, ENTITY_PERSON, STR("Ali Hassan"), &hassan, &err));
    OK(store_find_named(dossier->store, ENTITY_PERSON, STR("Chen Wei"), &chen, &err));
    OK(store_put_correction(dossier->store, &merge, 1, NULL, &err));
    add_form(dossier, hassan, STR("Ali bin Hassan"));
    add_form(dossier, chen, STR("Chen Wei-ling"));
    int64_t page, now;
    OK(sample_put(dossier->store, &dossier->people, &dossier->samples[2], &page, &err));
    OK(store_find_named(dossier->store, ENTITY_PERSON, STR("Chen Wei"), &now, &err));
    assert_int_equal(now, chen);
    struct entity_row row;
    OK(store_get_entity(dossier->store, &dossier->arena, hassan, &row, &err));
    assert_int_equal(row.mention_count, 0);
}

/* ---- what is new --------------------------------------------------------------------------- */

static void test_new_mentions_are_counted(void **state)
{
    struct dossier *dossier = *state;
    struct entity_row row;
    int64_t shoigu = dossier->people.ids[0], page;
    OK(store_get_entity(dossier->store, &dossier->arena, shoigu, &row, &err));
    assert_int_equal(row.seen, 0);
    assert_int_equal(row.new_count, 0);
    OK(store_note_seen(dossier->store, shoigu, 1234, &err));
    OK(store_get_entity(dossier->store, &dossier->arena, shoigu, &row, &err));
    assert_int_equal(row.seen, 1234);
    assert_int_equal(row.new_count, 0);
    uint32_t before = row.mention_count;
    struct random random = {99};
    struct sample more;
    sample_make(&dossier->arena, &more, &random, 700, 40);
    OK(sample_put(dossier->store, &dossier->people, &more, &page, &err));
    OK(store_get_entity(dossier->store, &dossier->arena, shoigu, &row, &err));
    assert_true(row.mention_count > before);
    assert_int_equal(row.new_count, row.mention_count - before);
    OK(store_note_seen(dossier->store, shoigu, 2345, &err));
    OK(store_get_entity(dossier->store, &dossier->arena, shoigu, &row, &err));
    assert_int_equal(row.new_count, 0);
}

/* ---- other processes ----------------------------------------------------------------------- */

enum { ROUNDS = 25 };

/* Names of its own to the mentions of the articles, over and over. Ends with 0. */
static void correct_on(const char *path, int who, const int64_t *pages)
{
    struct store *store;
    struct arena arena = {0};
    struct random random = {(uint64_t)who * 77 + 5};
    struct error own = {0};
    if (store_open(path, STORE_READ_WRITE, &store, &own) != STATUS_OK)
        _exit(2);
    for (int i = 0; i < ROUNDS; i++) {
        struct stored_article article;
        struct correction split = {.verb = CORRECTION_SPLIT, .to_kind = ENTITY_PERSON};
        int64_t page = pages[random_below(&random, ARTICLE_COUNT)];
        if (store_get_article(store, &arena, page, &article, &own) != STATUS_OK)
            _exit(3);
        const struct stored_mention *mention =
            &article.mentions[random_below(&random, (uint32_t)article.mention_count)];
        split.kind = mention->mention.kind;
        split.name = mention->name;
        split.to = arena_format(&arena, "Process %d, %d", who, i);
        if (store_locate(store, &arena, page, mention->mention.start, mention->mention.end, &split,
                         &own) != STATUS_OK ||
            store_put_correction(store, &split, 1, NULL, &own) != STATUS_OK)
            _exit(4);
    }
    store_close(store);
    arena_done(&arena);
    _exit(0);
}

static void test_two_processes_correct(void **state)
{
    struct dossier *dossier = *state;
    pid_t children[2];
    for (int i = 0; i < 2; i++) {
        children[i] = fork();
        if (children[i] == 0)
            correct_on(dossier->path, i + 1, dossier->pages);
    }
    for (int i = 0; i < 2; i++) {
        int ended = 0;
        assert_int_equal(waitpid(children[i], &ended, 0), children[i]);
        assert_true(WIFEXITED(ended));
        assert_int_equal(WEXITSTATUS(ended), 0);
    }
    int64_t count;
    OK(store_count_corrections(dossier->store, false, &count, &err));
    assert_int_equal(count, 2 * ROUNDS);
    assert_same(dump(dossier->store, &dossier->arena), dump_replayed(dossier, &dossier->arena),
                "replayed");
    OK(store_check(dossier->store, &err));
}

/* Killed in the midst of correcting: a correction is there with all that follows from it, or not at
 * all. */
static void test_killed_while_correcting(void **state)
{
    struct dossier *dossier = *state;
    for (int round = 0; round < 6; round++) {
        pid_t child = fork();
        if (child == 0)
            correct_on(dossier->path, round + 1, dossier->pages);
        int64_t count = 0, wanted = (round + 1) * 3;
        int ended = 0;
        while (count < wanted && waitpid(child, &ended, WNOHANG) == 0) {
            OK(store_count_corrections(dossier->store, false, &count, &err));
        }
        kill(child, SIGKILL);
        waitpid(child, &ended, 0);
        reopen(dossier);
        assert_same(dump(dossier->store, &dossier->arena), dump_replayed(dossier, &dossier->arena),
                    "replayed");
    }
}

/* ---- work ---------------------------------------------------------------------------------- */

/* No statement of a correction, a card or a list of names reads a table from end to end. */
static void see_plan(void *context, const char *sql)
{
    struct buf plan = BUF_INIT;
    str line;
    static const char *const small[] = {"sqlite_sequence", "user_bookmark", "derived_bucket",
                                        "derived_count", "derived_correction d"};
    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        if (strstr(sql, small[i]))
            return;
    if (strncmp(sql, "SELECT", 6) != 0 && strncmp(sql, "UPDATE", 6) != 0 &&
        strncmp(sql, "DELETE", 6) != 0)
        return;
    OK(store_explain(context, sql, &plan, &err));
    str rest = buf_str(&plan);
    while (str_next_line(&rest, &line))
        if (str_find(line, STR("SCAN derived_"), 0) != STR_MISSING ||
            str_find(line, STR("SCAN m"), 0) != STR_MISSING ||
            str_find(line, STR("SCAN e"), 0) != STR_MISSING ||
            str_find(line, STR("SCAN p"), 0) != STR_MISSING ||
            str_find(line, STR("SCAN a"), 0) != STR_MISSING)
            if (str_find(line, STR("USING"), 0) == STR_MISSING &&
                str_find(line, STR("VIRTUAL"), 0) == STR_MISSING)
                fail_msg("%.*s\n in the plan of %s\n%s", STR_ARG(line), sql, buf_c(&plan));
    buf_done(&plan);
}

static void test_work_is_bounded(void **state)
{
    struct dossier *dossier = *state;
    struct random random = {21};
    struct entity_card card;
    const struct month_count *months;
    const struct doubt_row *doubts;
    const struct mention_row *mentions;
    struct page_request request = {.limit = 10};
    struct mention_query query = {.entity = dossier->people.ids[0], .form = STR("Shoigu")};
    struct entity_row row;
    size_t count;
    struct journal_step step;
    for (int i = 0; i < 15; i++) {
        struct correction correction;
        if (pick(dossier, &dossier->arena, &random, &correction))
            OK(store_put_correction(dossier->store, &correction, 1, NULL, &err));
    }
    OK(store_undo(dossier->store, &dossier->arena, &step, &err));
    OK(store_describe_entity(dossier->store, &dossier->arena, query.entity, &card, &err));
    OK(store_count_by_month(dossier->store, &dossier->arena, query.entity, &months, &count, &err));
    OK(store_list_doubts(dossier->store, &dossier->arena, 10, &doubts, &count, &err));
    OK(store_list_mentions(dossier->store, &dossier->arena, &query, &request, &mentions, &count,
                           &err));
    OK(store_get_entity(dossier->store, &dossier->arena, query.entity, &row, &err));
    OK(store_note_seen(dossier->store, query.entity, 1, &err));
    store_each_statement(dossier->store, see_plan, dossier->store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_replay_is_the_same, make_dossier, end_dossier),
        cmocka_unit_test_setup_teardown(test_undo_brings_all_back, make_dossier, end_dossier),
        cmocka_unit_test_setup_teardown(test_places_are_found_again, make_dossier, end_dossier),
        cmocka_unit_test_setup_teardown(test_what_does_not_apply_is_listed, make_dossier,
                                        end_dossier),
        cmocka_unit_test_setup_teardown(test_corrected_names_stay, make_dossier, end_dossier),
        cmocka_unit_test_setup_teardown(test_new_mentions_are_counted, make_dossier, end_dossier),
        cmocka_unit_test_setup_teardown(test_two_processes_correct, make_dossier, end_dossier),
        cmocka_unit_test_setup_teardown(test_killed_while_correcting, make_dossier, end_dossier),
        cmocka_unit_test_setup_teardown(test_work_is_bounded, make_dossier, end_dossier),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
