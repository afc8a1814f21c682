/* layers: base text model ingest analyse store tui app */
/* Who is one person must not depend on the order in which articles are imported: articles go
 * through the real import into real stores, in many orders. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/import.h"
#include "base/buf.h"
#include "base/file.h"

enum { PAGE_LIMIT = 64, SEED_COUNT = 4, ORDER_COUNT = 4, PAGE_COUNT = 18, LINE_COUNT = 4 };

/* Families whose members are hard to tell apart, in the forms that articles use. */
static const char *const families[][8] = {
    {"George Bush", "George W. Bush", "George H. W. Bush", "Jeb Bush", "Bush", "Laura Bush"},
    {"Sergei Shoigu", "Sergei Kuzhugetovich Shoigu", "Sergey Shoygu", "Shoigu"},
    {"Ali Bagheri Kani", "Mohammad Bagheri", "Ali Bagheri", "Bagheri Kani", "Bagheri"},
    {"Kim Jong Un", "Kim Jong-un", "Kim Jong Il", "Kim Yo-jong", "Kim"},
    {"Bill Clinton", "William J. Clinton", "Hillary Clinton", "Hillary Rodham Clinton", "Clinton"},
    {"John Smith", "John A. Smith", "John B. Smith", "J. Smith", "Smith", "Peter Smith"},
    {"Daniel Joseph", "Joseph", "Joseph"}, /* also a given name */
    {"Adem Karrow", "Karow", "Karow"},     /* also spelled otherwise */
};
enum { FAMILY_COUNT = sizeof families / sizeof *families, FORM_COUNT = 8 };

struct pile {
    struct pipeline pipeline;
    struct arena arena;
    char paths[PAGE_LIMIT][1024];
    size_t count;
};

struct random {
    uint64_t state;
};

static uint32_t below(struct random *random, uint32_t limit)
{
    random->state = random->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(random->state >> 33) % limit;
}

static int open_pile(void **state)
{
    struct pile *pile = calloc(1, sizeof *pile);
    const struct environment environment = {.data_folder = DATA_DIR};
    struct error err;
    *state = pile;
    return pipeline_open(&environment, &pile->pipeline, &err) != STATUS_OK;
}

static int close_pile(void **state)
{
    struct pile *pile = *state;
    pipeline_close(&pile->pipeline);
    arena_done(&pile->arena);
    free(pile);
    return 0;
}

static const char *any_name(struct random *random)
{
    const char *const *forms = families[below(random, FAMILY_COUNT)];
    size_t count = 0;
    while (count < FORM_COUNT && forms[count])
        count++;
    return forms[below(random, (uint32_t)count)];
}

/* A page of one of a few outlets, or of none that is known. */
static void write_page(struct pile *pile, struct random *random, size_t number)
{
    static const char *const outlets[] = {"", "Quillgate Wire", "Harbour Post"};
    const char *outlet = outlets[below(random, sizeof outlets / sizeof *outlets)];
    struct buf text = BUF_INIT;
    struct error err;
    snprintf(pile->paths[number], sizeof pile->paths[number], "link_order/%02zu.jsonl", number);
    buf_format(
        &text,
        "{\"id\": \"%02zu\", \"site\": \"%s\", \"published\": \"2024-03-%02u\", \"text\": \"",
        number, outlet, 1 + below(random, 20));
    for (size_t i = 0; i < LINE_COUNT; i++)
        buf_format(&text,
                   "President %s met minister %s in Geneva, and the two spoke about trade.\\n",
                   any_name(random), any_name(random));
    buf_add(&text, STR("\"}\n"));
    if (file_make_folder("link_order", &err) ||
        file_replace(pile->paths[number], buf_str(&text), &err))
        fail_msg("%s", err.text);
    buf_done(&text);
}

/* ---- the partition ------------------------------------------------------------------------- */

static void import_one(struct pile *pile, struct store *store, const char *const *paths,
                       size_t count)
{
    struct import_totals totals;
    struct error err = {0};
    const struct import_request request = {
        .paths = paths, .path_count = count, .published = DAY_UNKNOWN, .batch = 8};
    if (import_run(&pile->pipeline, store, &request, NULL, &totals, &err))
        fail_msg("%s", err.text);
    assert_int_equal(totals.failed, 0);
}

struct placed {
    str path;
    uint32_t start;
    int64_t entity;
    str name;
};

static int by_place(const void *a, const void *b)
{
    const struct placed *left = a, *right = b;
    int order = str_compare(left->path, right->path);
    return order ? order : (left->start > right->start) - (left->start < right->start);
}

/* One line a mention of a person: where it is, the first mention of the same person, its name. */
static void partition(struct pile *pile, const size_t *order, bool one_by_one, struct buf *out)
{
    struct store *store;
    struct error err;
    VEC(struct placed) mentions = {0};
    if (store_open(":memory:", STORE_READ_WRITE, &store, &err))
        fail_msg("%s", err.text);
    const char *paths[PAGE_LIMIT];
    for (size_t i = 0; i < pile->count; i++)
        paths[i] = pile->paths[order[i]];
    for (size_t i = 0; one_by_one && i < pile->count; i++)
        import_one(pile, store, &paths[i], 1);
    if (!one_by_one)
        import_one(pile, store, paths, pile->count);
    struct entity_row ignored;
    (void)!store_find_entity_by_name(store, &pile->arena, STR("nobody"), &ignored, &err);
    for (int64_t id = 1; id <= (int64_t)pile->count; id++) {
        struct stored_article article = {0};
        if (store_get_article(store, &pile->arena, id, &article, &err))
            fail_msg("%s", err.text);
        for (size_t i = 0; i < article.mention_count; i++) {
            const struct stored_mention *it = &article.mentions[i];
            struct placed placed = {article.article.path, it->mention.start, it->entity, it->name};
            if (it->mention.kind == ENTITY_PERSON)
                vec_push(&pile->arena, &mentions, placed);
        }
    }
    qsort(mentions.items, mentions.count, sizeof *mentions.items, by_place);
    for (size_t i = 0; i < mentions.count; i++) {
        size_t first = 0;
        while (mentions.items[first].entity != mentions.items[i].entity)
            first++;
        const struct placed *it = &mentions.items[i], *same = &mentions.items[first];
        buf_format(out, "%.*s:%u = %.*s:%u %.*s\n", STR_ARG(it->path), it->start,
                   STR_ARG(same->path), same->start, STR_ARG(it->name));
    }
    assert_true(mentions.count > 0);
    store_close(store);
}

static void shuffle(struct random *random, size_t *order, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t k = below(random, (uint32_t)i), kept = order[i - 1];
        order[i - 1] = order[k];
        order[k] = kept;
    }
}

static void assert_same_in_every_order(struct pile *pile, struct random *random, const char *what)
{
    size_t order[PAGE_LIMIT];
    struct buf expected = BUF_INIT;
    for (size_t i = 0; i < pile->count; i++)
        order[i] = i;
    partition(pile, order, false, &expected);
    for (int round = 0; round < ORDER_COUNT; round++) {
        struct buf found = BUF_INIT;
        shuffle(random, order, pile->count);
        partition(pile, order, round % 2, &found);
        str left = buf_str(&expected), right = buf_str(&found), a, b;
        while (str_next_line(&left, &a) && str_next_line(&right, &b)) {
            if (!str_equal(a, b))
                fail_msg("%s, order %d: %.*s, before: %.*s", what, round, STR_ARG(b), STR_ARG(a));
        }
        assert_true(str_equal(buf_str(&expected), buf_str(&found)));
        buf_done(&found);
    }
    buf_done(&expected);
    arena_reset(&pile->arena);
}

/* ---- tests --------------------------------------------------------------------------------- */

static void made_articles_in_any_order(void **state)
{
    struct pile *pile = *state;
    for (uint64_t seed = 1; seed <= SEED_COUNT; seed++) {
        struct random random = {seed * 77};
        char what[32];
        snprintf(what, sizeof what, "seed %d", (int)seed);
        pile->count = PAGE_COUNT;
        for (size_t i = 0; i < pile->count; i++)
            write_page(pile, &random, i);
        assert_same_in_every_order(pile, &random, what);
    }
}

static void the_sample_dossier_in_any_order(void **state)
{
    struct pile *pile = *state;
    struct random random = {5};
    struct dirent **entries = NULL;
    int count = scandir(DATA_DIR "/articles", &entries, NULL, alphasort);
    pile->count = 0;
    for (int i = 0; i < count; i++) {
        if (strstr(entries[i]->d_name, ".txt") && pile->count < PAGE_LIMIT)
            snprintf(pile->paths[pile->count++], sizeof pile->paths[0], "%s/articles/%s", DATA_DIR,
                     entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    assert_true(pile->count >= 9);
    assert_same_in_every_order(pile, &random, "sample");
}

/* ---- bare surnames ------------------------------------------------------------------------- */

struct report {
    const char *site, *day, *text;
};

static void import_reports(struct pile *pile, struct store *store, const char *path,
                           const struct report *reports, size_t count)
{
    struct buf lines = BUF_INIT;
    struct error err;
    for (size_t i = 0; i < count; i++)
        buf_format(
            &lines,
            "{\"id\": \"%s%zu\", \"site\": \"%s\", \"published\": \"%s\", \"text\": \"%s\"}\n",
            path, i, reports[i].site, reports[i].day, reports[i].text);
    if (file_make_folder("link_order", &err) || file_replace(path, buf_str(&lines), &err))
        fail_msg("%s", err.text);
    buf_done(&lines);
    import_one(pile, store, &path, 1);
}

/* The name of the entity of an article's last person. */
static str last_person(struct pile *pile, struct store *store, int64_t id)
{
    struct stored_article article = {0};
    struct error err;
    str name = STR_NONE;
    if (store_get_article(store, &pile->arena, id, &article, &err))
        fail_msg("%s", err.text);
    for (size_t i = 0; i < article.mention_count; i++) {
        if (article.mentions[i].mention.kind == ENTITY_PERSON)
            name = article.mentions[i].name;
    }
    return name;
}

static void the_outlets_other_articles_decide(void **state)
{
    static const struct report reports[] = {
        {"Morning Post", "2024-03-05", "Officials met Mr. Bush in Geneva. He spoke about trade."},
        {"Evening News", "2024-03-06", "Officials met Mr. Bush in Geneva. He spoke about trade."},
        {"Morning Post", "2024-03-04", "President George Bush flew to Geneva."},
        {"Evening News", "2024-03-04", "Governor Jeb Bush flew to Geneva."},
    };
    struct pile *pile = *state;
    struct store *store;
    struct error err;
    if (store_open(":memory:", STORE_READ_WRITE, &store, &err))
        fail_msg("%s", err.text);
    import_reports(pile, store, "link_order/outlets.jsonl", reports, 4);
    assert_true(str_equal(last_person(pile, store, 1), STR("George Bush")));
    assert_true(str_equal(last_person(pile, store, 2), STR("Jeb Bush")));
    store_close(store);
}

static void what_stays_doubtful_is_listed_until_it_is_decided(void **state)
{
    static const struct report open[] = {
        {"A", "2024-03-04", "President George Bush flew to Geneva."},
        {"B", "2024-03-04", "Governor Jeb Bush flew to Geneva."},
        {"C", "2024-03-05", "Senator Marco Rubio met Mr. Bush in Geneva."},
    };
    static const struct report company[] = {
        {"D", "2024-04-01", "Governor Jeb Bush called senator Marco Rubio."},
    };
    struct pile *pile = *state;
    struct store *store;
    struct error err;
    const struct doubt_row *rows;
    size_t count;
    if (store_open(":memory:", STORE_READ_WRITE, &store, &err))
        fail_msg("%s", err.text);
    import_reports(pile, store, "link_order/open.jsonl", open, 3);
    if (store_list_doubts(store, &pile->arena, 10, &rows, &count, &err))
        fail_msg("%s", err.text);
    assert_int_equal(count, 1);
    assert_true(str_equal(rows[0].name, STR("Bush")));
    assert_int_equal(rows[0].mention_count, 1);
    assert_true(str_equal(rows[0].others, STR("George Bush · Jeb Bush")));

    import_reports(pile, store, "link_order/company.jsonl", company, 1);
    assert_true(str_equal(last_person(pile, store, 3), STR("Jeb Bush")));
    if (store_list_doubts(store, &pile->arena, 10, &rows, &count, &err))
        fail_msg("%s", err.text);
    assert_int_equal(count, 0);
    store_close(store);
}

static void a_name_that_many_have_needs_more_than_to_be_the_only_one(void **state)
{
    static const struct report reports[] = {
        {"Morning Post", "2024-03-04", "President Daniel Joseph met minister Adem Karrow."},
        {"Garden News", "2021-06-01", "The carpenter Mr. Joseph spoke about trade."},
        {"Garden News", "2021-06-02", "The philosopher Mr. Karow spoke about trade."},
        {"Garden News", "2021-06-03", "The minister Mr. Karrow spoke about trade."},
    };
    static const struct report later[] = {
        {"Garden News", "2021-05-31", "President Daniel Joseph met minister Adem Karrow."},
    };
    static const char *const before[] = {"Joseph", "Karow", "Adem Karrow"};
    struct pile *pile = *state;
    struct store *store;
    struct error err;
    if (store_open(":memory:", STORE_READ_WRITE, &store, &err))
        fail_msg("%s", err.text);
    import_reports(pile, store, "link_order/many.jsonl", reports, 4);
    for (int64_t i = 0; i < 3; i++)
        assert_true(str_equal(last_person(pile, store, i + 2), str_from(before[i])));

    /* the same letters are a question to the reader, others are not */
    const struct doubt_row *rows;
    size_t count;
    if (store_list_doubts(store, &pile->arena, 10, &rows, &count, &err))
        fail_msg("%s", err.text);
    assert_int_equal(count, 1);
    assert_true(str_equal(rows[0].name, STR("Joseph")));
    assert_true(str_equal(rows[0].others, STR("Daniel Joseph")));

    /* the outlet itself has named both in these days */
    import_reports(pile, store, "link_order/later.jsonl", later, 1);
    assert_true(str_equal(last_person(pile, store, 2), STR("Daniel Joseph")));
    assert_true(str_equal(last_person(pile, store, 3), STR("Adem Karrow")));
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_name_that_many_have_needs_more_than_to_be_the_only_one,
                                        open_pile, close_pile),
        cmocka_unit_test_setup_teardown(made_articles_in_any_order, open_pile, close_pile),
        cmocka_unit_test_setup_teardown(the_sample_dossier_in_any_order, open_pile, close_pile),
        cmocka_unit_test_setup_teardown(the_outlets_other_articles_decide, open_pile, close_pile),
        cmocka_unit_test_setup_teardown(what_stays_doubtful_is_listed_until_it_is_decided,
                                        open_pile, close_pile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
