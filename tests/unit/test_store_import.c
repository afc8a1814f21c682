/* layers: base text model store */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "test_store.h"

#define OK(call) assert_status((call), &err, __LINE__)

static void assert_status(enum status status, const struct error *err, int line)
{
    if (status != STATUS_OK)
        fail_msg("line %d: %s", line, err->text);
}

static struct error err;

static struct store *open_new(void)
{
    struct store *store;
    OK(store_open(":memory:", STORE_READ_WRITE, &store, &err));
    return store;
}

static void assert_str(str got, str wanted)
{
    if (!str_equal(got, wanted))
        fail_msg("got \"%.*s\", wanted \"%.*s\"", STR_ARG(got), STR_ARG(wanted));
}

static struct source_page page_of(const char *path, const char *raw)
{
    return (struct source_page){.path = str_from(path),
                                .format = STR("text"),
                                .raw = str_from(raw),
                                .given = DAY_UNKNOWN,
                                .imported = 17};
}

/* ---- derived rows -------------------------------------------------------------------------- */

static void assert_same_article(const struct sample *sample, const struct stored_article *stored)
{
    const struct article *a = &sample->article, *b = &stored->article;
    assert_str(b->text, a->text);
    assert_str(b->title, a->title);
    assert_str(b->site, a->site);
    assert_str(b->path, a->path);
    assert_str(b->url, a->url);
    assert_memory_equal(&a->published, &b->published, sizeof a->published);
    assert_int_equal(a->blocks.count, b->blocks.count);
    for (size_t i = 0; i < a->blocks.count; i++)
        assert_memory_equal(&a->blocks.items[i], &b->blocks.items[i], sizeof *a->blocks.items);
    assert_int_equal(a->removed.count, b->removed.count);
    assert_str(b->removed.items[0].text, a->removed.items[0].text);
    assert_str(b->removed.items[0].rule, a->removed.items[0].rule);
    assert_int_equal(sample->mentions.count, stored->mention_count);
    for (size_t i = 0; i < stored->mention_count; i++) {
        const struct mention *left = &sample->mentions.items[i];
        const struct stored_mention *right = &stored->mentions[i];
        assert_int_equal(left->start, right->mention.start);
        assert_int_equal(left->end, right->mention.end);
        assert_int_equal(left->kind, right->mention.kind);
        assert_int_equal(left->confidence, right->mention.confidence);
        assert_string_equal(left->rule, right->mention.rule);
        assert_str(right->mention.evidence, left->evidence);
        assert_int_equal(sample->ids[left->entity], right->entity);
        assert_str(right->name, sample->entities.items[left->entity].name);
    }
    assert_int_equal(sample->moments.count, stored->moments.count);
    for (size_t i = 0; i < stored->moments.count; i++) {
        const struct moment *left = &sample->moments.items[i];
        const struct moment *right = &stored->moments.items[i];
        assert_int_equal(left->start, right->start);
        assert_int_equal(left->end, right->end);
        assert_int_equal(left->sentence_start, right->sentence_start);
        assert_int_equal(left->sentence_end, right->sentence_end);
        assert_int_equal(left->first, right->first);
        assert_int_equal(left->last, right->last);
        assert_int_equal(left->certainty, right->certainty);
        assert_str(right->value, left->value);
        assert_string_equal(left->rule, right->rule);
        assert_str(right->reference, left->reference);
    }
}

static void assert_same_reasons(struct store *store, struct arena *arena,
                                const struct sample *sample, const struct stored_article *stored)
{
    str reason;
    for (size_t i = 0; i < stored->mention_count; i++) {
        OK(store_get_link_reason(store, arena, stored->id, stored->mentions[i].entity, &reason,
                                 &err));
        assert_str(reason, sample->reasons[sample->mentions.items[i].entity]);
    }
    OK(store_get_link_reason(store, arena, stored->id, 999, &reason, &err));
    assert_int_equal(reason.len, 0);
}

static void what_is_put_is_got(void **state)
{
    (void)state;
    struct store *store = open_new();
    struct arena arena = {0};
    struct sample_people people = {0};
    struct random random = {1};
    for (uint32_t i = 0; i < 20; i++) {
        struct sample sample;
        struct stored_article stored;
        int64_t page;
        sample_make(&arena, &sample, &random, i, 12);
        OK(sample_put(store, &people, &sample, &page, &err));
        OK(store_get_article(store, &arena, page, &stored, &err));
        assert_same_article(&sample, &stored);
        assert_same_reasons(store, &arena, &sample, &stored);
        assert_int_equal(stored.read, READ_UNREAD);
    }
    struct stored_article none;
    assert_int_equal(store_get_article(store, &arena, 999, &none, &err), STATUS_NOT_FOUND);
    arena_done(&arena);
    store_close(store);
}

static void an_article_without_anything_is_stored_too(void **state)
{
    (void)state;
    struct store *store = open_new();
    struct arena arena = {0};
    struct sample_people people = {0};
    struct sample sample = {
        .article = {.published = {DATE_BASIS_UNKNOWN, DAY_UNKNOWN, DAY_UNKNOWN, DAY_UNKNOWN, 0}}};
    struct stored_article stored;
    int64_t page;
    sample.article.path = STR("empty.txt");
    OK(sample_put(store, &people, &sample, &page, &err));
    OK(store_get_article(store, &arena, page, &stored, &err));
    assert_int_equal(stored.article.text.len, 0);
    assert_int_equal(stored.article.published.value, DAY_UNKNOWN);
    struct source_page source;
    OK(store_get_source(store, &arena, page, &source, &err));
    assert_int_equal(source.raw.len, 0);
    arena_done(&arena);
    store_close(store);
}

static struct store_totals totals_of(struct store *store)
{
    struct store_totals totals;
    OK(store_get_totals(store, &totals, &err));
    return totals;
}

/* Putting the same again, and then something else in its place, leaves no trace of the old. */
static void replacing_moves_every_count(void **state)
{
    (void)state;
    struct store *store = open_new(), *fresh = open_new();
    struct arena arena = {0};
    struct sample_people people = {0}, other_people = {0};
    struct random random = {7};
    struct sample first, second;
    int64_t page;
    sample_make(&arena, &first, &random, 1, 30);
    sample_make(&arena, &second, &random, 1, 30);
    second.article.published = (struct publication){DATE_BASIS_STATED, 19000, 19000, 19000, 0};
    OK(sample_put(store, &people, &first, &page, &err));
    OK(sample_put(store, &people, &first, &page, &err));
    OK(sample_put(store, &people, &second, &page, &err));
    OK(sample_put(fresh, &other_people, &second, &page, &err));
    struct store_totals got = totals_of(store), wanted = totals_of(fresh);
    assert_memory_equal(&got, &wanted, sizeof got);
    struct entity_query query = {.kind = ENTITY_PERSON};
    struct page_request request = {.limit = 100};
    const struct entity_row *rows, *other_rows;
    size_t count, other_count;
    OK(store_list_entities(store, &arena, &query, &request, &rows, &count, &err));
    OK(store_list_entities(fresh, &arena, &query, &request, &other_rows, &other_count, &err));
    assert_int_equal(count, other_count);
    for (size_t i = 0; i < count; i++) {
        assert_str(rows[i].name, other_rows[i].name);
        assert_str(rows[i].variants, other_rows[i].variants);
        assert_int_equal(rows[i].mention_count, other_rows[i].mention_count);
        assert_int_equal(rows[i].article_count, 1);
        assert_int_equal(rows[i].first, 19000);
        assert_int_equal(rows[i].last, 19000);
    }
    arena_done(&arena);
    store_close(store);
    store_close(fresh);
}

static void derived_spans_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    struct store *store = open_new();
    struct arena arena = {0};
    struct sample_people people = {0};
    struct random random = {9};
    struct sample sample;
    int64_t page;
    sample_make(&arena, &sample, &random, 1, 30);
    sample.mentions.items[1].start = sample.mentions.items[0].start;
    assert_int_equal(sample_put(store, &people, &sample, &page, &err), STATUS_BAD_INPUT);
    assert_int_equal(totals_of(store).articles, 0);
    arena_done(&arena);
    store_close(store);
}

static void moments_come_back_in_order_of_place(void **state)
{
    (void)state;
    struct store *store = open_new();
    struct arena arena = {0};
    struct sample_people people = {0};
    struct random random = {31};
    struct sample sample;
    struct stored_article stored;
    int64_t page;
    sample_make(&arena, &sample, &random, 1, 60);
    size_t count = sample.moments.count;
    assert_true(count > 2);
    for (size_t i = 0; i < count / 2; i++) {
        struct moment other = sample.moments.items[i];
        sample.moments.items[i] = sample.moments.items[count - 1 - i];
        sample.moments.items[count - 1 - i] = other;
    }
    OK(sample_put(store, &people, &sample, &page, &err));
    OK(store_get_article(store, &arena, page, &stored, &err));
    assert_int_equal(stored.moments.count, count);
    for (size_t i = 1; i < count; i++)
        assert_true(stored.moments.items[i - 1].start < stored.moments.items[i].start);
    arena_done(&arena);
    store_close(store);
}

/* ---- sources ------------------------------------------------------------------------------- */

static void importing_twice_is_importing_once(void **state)
{
    (void)state;
    struct store *store = open_new();
    struct arena arena = {0};
    enum import_outcome outcome;
    struct source_page page = page_of("a.txt", "one"), again = page, other;
    OK(store_put_source(store, &page, &outcome, &err));
    assert_int_equal(outcome, IMPORT_NEW);
    OK(store_put_source(store, &again, &outcome, &err));
    assert_int_equal(outcome, IMPORT_UNCHANGED);
    assert_int_equal(again.id, page.id);
    assert_int_equal(again.version, page.version);

    other = page_of("copy.txt", "one");
    OK(store_put_source(store, &other, &outcome, &err));
    assert_int_equal(outcome, IMPORT_UNCHANGED);
    assert_int_equal(other.id, page.id);

    again = page_of("a.txt", "two");
    OK(store_put_source(store, &again, &outcome, &err));
    assert_int_equal(outcome, IMPORT_CHANGED);
    assert_int_equal(again.id, page.id);
    assert_true(again.version > page.version);

    struct source_page back;
    OK(store_get_source(store, &arena, page.id, &back, &err));
    assert_str(back.raw, STR("two"));
    assert_str(back.path, STR("a.txt"));
    assert_str(back.format, STR("text"));
    assert_int_equal(back.imported, 17);

    again = page_of("a.txt", "one");
    OK(store_put_source(store, &again, &outcome, &err));
    assert_int_equal(outcome, IMPORT_CHANGED);
    assert_int_equal(again.version, page.version);
    OK(store_get_source(store, &arena, page.id, &back, &err));
    assert_str(back.raw, STR("one"));
    arena_done(&arena);
    store_close(store);
}

static void another_given_day_counts_as_a_change(void **state)
{
    (void)state;
    struct store *store = open_new();
    struct arena arena = {0};
    enum import_outcome outcome;
    struct source_page page = page_of("a.txt", "one"), back;
    OK(store_put_source(store, &page, &outcome, &err));
    page.given = 19000;
    OK(store_put_source(store, &page, &outcome, &err));
    assert_int_equal(outcome, IMPORT_CHANGED);
    OK(store_put_source(store, &page, &outcome, &err));
    assert_int_equal(outcome, IMPORT_UNCHANGED);
    OK(store_get_source(store, &arena, page.id, &back, &err));
    assert_int_equal(back.given, 19000);
    arena_done(&arena);
    store_close(store);
}

static void any_bytes_come_back(void **state)
{
    (void)state;
    struct store *store = open_new();
    struct arena arena = {0};
    struct random random = {3};
    for (uint32_t i = 0; i < 40; i++) {
        size_t len = i < 5 ? i : random_below(&random, 20000);
        char *bytes = arena_alloc(&arena, len + 1, 1);
        uint32_t spread = i % 2 ? 256 : 3;
        for (size_t k = 0; k < len; k++)
            bytes[k] = (char)random_below(&random, spread);
        struct source_page page = {.raw = {bytes, len}, .given = DAY_UNKNOWN}, back;
        enum import_outcome outcome;
        page.path = arena_format(&arena, "%u", i);
        OK(store_put_source(store, &page, &outcome, &err));
        OK(store_get_source(store, &arena, page.id, &back, &err));
        assert_str(back.raw, page.raw);
    }
    arena_done(&arena);
    store_close(store);
}

static void known_files_are_known(void **state)
{
    (void)state;
    struct store *store = open_new();
    bool known;
    OK(store_file_is_known(store, STR("x"), 1, 2, &known, &err));
    assert_false(known);
    OK(store_note_file(store, STR("x"), 1, 2, &err));
    OK(store_file_is_known(store, STR("x"), 1, 2, &known, &err));
    assert_true(known);
    OK(store_note_file(store, STR("x"), 1, 3, &err));
    OK(store_file_is_known(store, STR("x"), 1, 2, &known, &err));
    assert_false(known);
    store_close(store);
}

static void stale_pages_come_one_after_the_other(void **state)
{
    (void)state;
    struct store *store = open_new();
    struct arena arena = {0};
    struct sample_people people = {0};
    struct random random = {5};
    int64_t pages[5];
    for (uint32_t i = 0; i < 5; i++) {
        struct sample sample;
        sample_make(&arena, &sample, &random, i, 3);
        OK(sample_put(store, &people, &sample, &pages[i], &err));
    }
    struct source_page page = {0};
    assert_int_equal(store_next_stale(store, &arena, 1, 1, 0, &page, &err), STATUS_NOT_FOUND);
    size_t count = 0;
    page.id = 0;
    while (store_next_stale(store, &arena, 2, 1, page.id, &page, &err) == STATUS_OK)
        assert_int_equal(page.id, pages[count++]);
    assert_int_equal(count, 5);
    enum import_outcome outcome;
    struct source_page changed = page_of("folder/00002.txt", "other");
    OK(store_put_source(store, &changed, &outcome, &err));
    assert_int_equal(outcome, IMPORT_CHANGED);
    OK(store_next_stale(store, &arena, 1, 1, 0, &page, &err));
    assert_int_equal(page.id, pages[2]);
    assert_str(page.raw, STR("other"));
    assert_int_equal(store_next_stale(store, &arena, 1, 1, pages[2], &page, &err),
                     STATUS_NOT_FOUND);
    arena_done(&arena);
    store_close(store);
}

/* ---- batches ------------------------------------------------------------------------------- */

static void a_batch_is_kept_or_taken_back_whole(void **state)
{
    (void)state;
    struct store *store = open_new();
    struct arena arena = {0};
    struct sample_people people = {0};
    struct random random = {11};
    struct sample sample;
    int64_t page;
    sample_make(&arena, &sample, &random, 1, 20);
    OK(store_begin(store, &err));
    assert_int_equal(store_begin(store, &err), STATUS_USAGE);
    OK(sample_put(store, &people, &sample, &page, &err));
    store_rollback(store);
    assert_int_equal(totals_of(store).articles, 0);
    assert_int_equal(store_commit(store, &err), STATUS_IO);

    people = (struct sample_people){0};
    OK(store_begin(store, &err));
    OK(sample_put(store, &people, &sample, &page, &err));
    /* One that fails takes only itself back. */
    struct sample wrong = sample;
    int64_t ignored;
    wrong.article.path = STR("wrong.txt");
    wrong.article.text = STR("short");
    assert_int_equal(sample_put(store, &people, &wrong, &ignored, &err), STATUS_BAD_INPUT);
    /* Put again within the batch: the waiting search row is not written twice. */
    sample.article.title = STR("Changed title");
    OK(sample_put(store, &people, &sample, &page, &err));
    OK(store_commit(store, &err));
    assert_int_equal(totals_of(store).articles, 1);
    struct article_query query = {.search = SEARCH_HEAD_WORDS(STR("changed"))};
    int64_t count;
    OK(store_count_articles(store, &query, &count, &err));
    assert_int_equal(count, 1);
    query.search = SEARCH_HEAD_WORDS(STR("news"));
    OK(store_count_articles(store, &query, &count, &err));
    assert_int_equal(count, 0);
    arena_done(&arena);
    store_close(store);
}

/* ---- the linker's questions ---------------------------------------------------------------- */

static void forms_are_found_by_their_keys(void **state)
{
    (void)state;
    struct store *store = open_new();
    struct arena arena = {0};
    struct sample_people people = {0};
    struct random random = {13};
    for (uint32_t i = 0; i < 10; i++) {
        struct sample sample;
        int64_t page;
        sample_make(&arena, &sample, &random, i, 20);
        OK(sample_put(store, &people, &sample, &page, &err));
    }
    /* two forms of one entity, and one of nobody yet */
    static const str keys[2] = {{"w:shoigu", 8}, {"s:sergei", 8}};
    struct name_form forms[3] = {
        {.kind = ENTITY_PERSON, .state = FORM_HEAD, .text = STR("Sergei Kuzhugetovich Shoigu")},
        {.kind = ENTITY_PERSON, .state = FORM_MEMBER, .text = STR("Sergei Shoigu")},
        {.kind = ENTITY_PERSON, .state = FORM_OPEN, .text = STR("Shoigu")},
    };
    for (size_t i = 0; i < 3; i++) {
        OK(store_add_form(store, &forms[i], keys, i < 2 ? 2 : 1, &err));
        forms[i].head = i < 2 ? forms[0].id : 0;
        forms[i].entity = i < 2 ? people.ids[0] : 0;
        OK(store_set_form(store, &forms[i], &err));
    }
    struct name_form form;
    bool known;
    OK(store_find_form(store, &arena, ENTITY_PERSON, STR("Sergei Shoigu"), &form, &known, &err));
    assert_true(known);
    assert_int_equal(form.id, forms[1].id);
    assert_int_equal(form.state, FORM_MEMBER);
    assert_int_equal(form.head, forms[0].id);
    assert_int_equal(form.entity, people.ids[0]);
    OK(store_find_form(store, &arena, ENTITY_PLACE, STR("Sergei Shoigu"), &form, &known, &err));
    assert_false(known);
    const struct name_form *found;
    size_t count;
    OK(store_find_forms(store, &arena, ENTITY_PERSON, keys[0], &found, &count, &err));
    assert_int_equal(count, 3);
    assert_str(found[0].text, forms[0].text);
    OK(store_find_forms(store, &arena, ENTITY_PERSON, keys[1], &found, &count, &err));
    assert_int_equal(count, 2);
    OK(store_find_forms(store, &arena, ENTITY_PLACE, keys[1], &found, &count, &err));
    assert_int_equal(count, 0);
    struct entity_row row;
    OK(store_find_entity_by_name(store, &arena, STR("sergei shoigu"), &row, &err));
    assert_int_equal(row.id, people.ids[0]);
    assert_str(row.name, STR("Sergei Shoigu"));
    assert_str(row.role, STR("secretary of the council"));
    OK(store_find_entity_by_name(store, &arena, STR("shoigu serg"), &row, &err));
    assert_int_equal(row.id, people.ids[0]);
    assert_int_equal(store_find_entity_by_name(store, &arena, STR("nobody"), &row, &err),
                     STATUS_NOT_FOUND);
    arena_done(&arena);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_is_got),
        cmocka_unit_test(an_article_without_anything_is_stored_too),
        cmocka_unit_test(replacing_moves_every_count),
        cmocka_unit_test(derived_spans_that_do_not_fit_are_refused),
        cmocka_unit_test(moments_come_back_in_order_of_place),
        cmocka_unit_test(importing_twice_is_importing_once),
        cmocka_unit_test(another_given_day_counts_as_a_change),
        cmocka_unit_test(any_bytes_come_back),
        cmocka_unit_test(known_files_are_known),
        cmocka_unit_test(stale_pages_come_one_after_the_other),
        cmocka_unit_test(a_batch_is_kept_or_taken_back_whole),
        cmocka_unit_test(forms_are_found_by_their_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
