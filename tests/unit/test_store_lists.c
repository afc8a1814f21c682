/* layers: base text model store */
/* Every list, walked page by page in both directions, against a sorted reference; and the plans of
 * its statements. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <strings.h>

#include <cmocka.h>

#include "store/internal.h"
#include "test_store.h"
#include "test_store_plans.h"

#define OK(call) assert_status((call), __LINE__)

static struct error err;

static void assert_status(enum status status, int line)
{
    if (status != STATUS_OK)
        fail_msg("line %d: %s", line, err.text);
}

/* ---- a dossier of random articles ---------------------------------------------------------- */

enum { ARTICLE_COUNT = 60 };

struct dossier {
    struct store *store;
    struct arena arena;
    struct sample samples[ARTICLE_COUNT];
    int64_t pages[ARTICLE_COUNT];
    int64_t date_keys[ARTICLE_COUNT];
    int read[ARTICLE_COUNT];
    struct sample_people people;
};

static int make_dossier(void **state)
{
    struct dossier *dossier = calloc(1, sizeof *dossier);
    struct random random = {42};
    *state = dossier;
    OK(store_open(":memory:", STORE_READ_WRITE, &dossier->store, &err));
    OK(store_begin(dossier->store, &err));
    for (uint32_t i = 0; i < ARTICLE_COUNT; i++) {
        struct sample *sample = &dossier->samples[i];
        sample_make(&dossier->arena, sample, &random, i, random_below(&random, 25));
        OK(sample_put(dossier->store, &dossier->people, sample, &dossier->pages[i], &err));
        dossier->date_keys[i] = date_key_of(dossier->pages[i], &sample->article.published);
    }
    OK(store_commit(dossier->store, &err));
    for (uint32_t i = 0; i < ARTICLE_COUNT; i++) {
        dossier->read[i] = (int)random_below(&random, 3);
        OK(store_set_read(dossier->store, dossier->pages[i], (enum read_state)dossier->read[i], 1,
                          &err));
    }
    return 0;
}

static int end_dossier(void **state)
{
    struct dossier *dossier = *state;
    arena_done(&dossier->arena);
    store_close(dossier->store);
    free(dossier);
    return 0;
}

/* ---- walking any list ---------------------------------------------------------------------- */

/* One row of any list: its key, and a number that says which row it is. */
struct any_row {
    struct row_key key;
    int64_t identity;
};
typedef VEC(struct any_row) any_vec;
typedef enum status list_call(struct dossier *dossier, struct arena *arena, const void *query,
                              const struct page_request *request, any_vec *rows);

/* Walks a list with pages of `limit` from one end and compares with `wanted`. */
static void assert_walk(struct dossier *dossier, list_call *call, const void *query,
                        const int64_t *wanted, size_t wanted_count, uint32_t limit, bool backward)
{
    struct arena arena = {0};
    struct page_request request = {.limit = limit, .backward = backward};
    struct row_key key;
    size_t seen = 0;
    for (;;) {
        any_vec rows = {0};
        OK(call(dossier, &arena, query, &request, &rows));
        assert_true(rows.count <= limit);
        for (size_t i = 0; i < rows.count; i++, seen++) {
            assert_true(seen < wanted_count);
            int64_t expected = wanted[backward ? wanted_count - 1 - seen : seen];
            assert_true(rows.items[i].identity == expected);
            /* The row itself, asked for by its key. */
            any_vec same = {0};
            struct page_request itself = {&rows.items[i].key, true, backward, 1};
            OK(call(dossier, &arena, query, &itself, &same));
            assert_int_equal(same.count, 1);
            assert_true(same.items[0].identity == expected);
        }
        if (rows.count < limit)
            break;
        key = rows.items[rows.count - 1].key;
        request.from = &key;
    }
    assert_int_equal(seen, wanted_count);
    arena_done(&arena);
}

static void assert_list(struct dossier *dossier, list_call *call, const void *query,
                        const int64_t *wanted, size_t wanted_count)
{
    static const uint32_t limits[] = {1, 2, 7, 1000};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        assert_walk(dossier, call, query, wanted, wanted_count, limits[i], false);
        assert_walk(dossier, call, query, wanted, wanted_count, limits[i], true);
    }
}

/* ---- articles ------------------------------------------------------------------------------ */

static enum status call_articles(struct dossier *dossier, struct arena *arena, const void *query,
                                 const struct page_request *request, any_vec *rows)
{
    const struct article_row *found;
    size_t count;
    enum status status =
        store_list_articles(dossier->store, arena, query, request, &found, &count, &err);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct any_row row = {found[i].key, found[i].id};
        vec_push(arena, rows, row);
    }
    return status;
}

/* The reference's order. */
static struct dossier *sorted_dossier;
static enum article_sort sorted_by;

static int compare_nocase(str a, str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    for (size_t i = 0; i < len; i++) {
        int x = (unsigned char)a.ptr[i], y = (unsigned char)b.ptr[i];
        x += x >= 'A' && x <= 'Z' ? 32 : 0;
        y += y >= 'A' && y <= 'Z' ? 32 : 0;
        if (x != y)
            return x - y;
    }
    return (a.len > b.len) - (a.len < b.len);
}

static int people_of(const struct sample *sample)
{
    int count = 0;
    for (size_t i = 0; i < sample->entities.count; i++)
        count += sample->entities.items[i].kind == ENTITY_PERSON;
    return count;
}

static int by_sort(const void *a, const void *b)
{
    uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
    const struct dossier *dossier = sorted_dossier;
    const struct article *left = &dossier->samples[i].article,
                         *right = &dossier->samples[k].article;
    int order = 0;
    if (sorted_by == SORT_TITLE)
        order = compare_nocase(left->title, right->title);
    else if (sorted_by == SORT_SITE)
        order = compare_nocase(left->site, right->site);
    else if (sorted_by == SORT_PEOPLE)
        order = people_of(&dossier->samples[i]) - people_of(&dossier->samples[k]);
    else if (sorted_by == SORT_READ)
        order = dossier->read[i] - dossier->read[k];
    else if (sorted_by == SORT_LENGTH)
        order = (left->text.len > right->text.len) - (left->text.len < right->text.len);
    if (order != 0)
        return order;
    return dossier->date_keys[i] < dossier->date_keys[k] ? -1 : 1;
}

/* Does a word of the text begin with the needle (ASCII, folded)? */
static bool has_prefix(str text, const char *needle)
{
    size_t len = strlen(needle);
    for (size_t at = 0; at + len <= text.len; at++) {
        bool begins = at == 0 || text.ptr[at - 1] == ' ' || text.ptr[at - 1] == '/';
        if (begins && str_equal_ascii_fold(str_slice(text, at, at + len), str_from(needle)))
            return true;
    }
    return false;
}

static size_t wanted_articles(struct dossier *dossier, const struct article_query *query,
                              const char *needle, int64_t wanted[ARTICLE_COUNT])
{
    uint32_t order[ARTICLE_COUNT];
    size_t count = 0;
    for (uint32_t i = 0; i < ARTICLE_COUNT; i++) {
        const struct article *article = &dossier->samples[i].article;
        if (query->unread_only && dossier->read[i] != READ_UNREAD)
            continue;
        if (needle && !has_prefix(article->title, needle) && !has_prefix(article->site, needle) &&
            !has_prefix(article->path, needle))
            continue;
        order[count++] = i;
    }
    sorted_dossier = dossier;
    sorted_by = query->sort;
    qsort(order, count, sizeof *order, by_sort);
    for (size_t i = 0; i < count; i++)
        wanted[i] = dossier->pages[order[query->descending ? count - 1 - i : i]];
    return count;
}

static void articles_come_in_every_order(void **state)
{
    static const char *const needles[] = {NULL, "mi", "daily", "folder", "news", "nothing"};
    struct dossier *dossier = *state;
    for (size_t n = 0; n < sizeof needles / sizeof *needles; n++) {
        for (int bits = 0; bits < SORT_COUNT * 4; bits++) {
            struct article_query query = {
                .sort = (enum article_sort)(bits / 4),
                .descending = bits & 1,
                .unread_only = bits & 2,
                .search = needles[n] ? SEARCH_HEAD_WORDS(str_from(needles[n])) : NULL};
            int64_t wanted[ARTICLE_COUNT], total;
            size_t count = wanted_articles(dossier, &query, needles[n], wanted);
            assert_list(dossier, call_articles, &query, wanted, count);
            OK(store_count_articles(dossier->store, &query, &total, &err));
            assert_int_equal(total, count);
        }
    }
}

static void several_filter_words_must_all_fit(void **state)
{
    struct dossier *dossier = *state;
    struct article_query query = {.search = SEARCH_HEAD_WORDS(STR("  news\t0 "))};
    int64_t both;
    OK(store_count_articles(dossier->store, &query, &both, &err));
    query.search = SEARCH_HEAD_WORDS(STR("élan"));
    int64_t accented, plain;
    OK(store_count_articles(dossier->store, &query, &accented, &err));
    query.search = SEARCH_HEAD_WORDS(STR("ELAN"));
    OK(store_count_articles(dossier->store, &query, &plain, &err));
    assert_true(plain > 0);
    assert_int_equal(plain, accented);
    query.search = SEARCH_HEAD_WORDS(STR("news \" OR * AND ( NEAR"));
    OK(store_count_articles(dossier->store, &query, &both, &err));
    assert_int_equal(both, 0);
}

static void neighbours_follow_the_list(void **state)
{
    struct dossier *dossier = *state;
    struct article_query query = {.sort = SORT_TITLE, .descending = true};
    int64_t wanted[ARTICLE_COUNT], next;
    size_t count = wanted_articles(dossier, &query, NULL, wanted);
    for (size_t i = 0; i + 1 < count; i++) {
        OK(store_neighbour_article(dossier->store, &query, wanted[i], false, &next, &err));
        assert_int_equal(next, wanted[i + 1]);
        OK(store_neighbour_article(dossier->store, &query, wanted[i + 1], true, &next, &err));
        assert_int_equal(next, wanted[i]);
    }
    assert_int_equal(
        store_neighbour_article(dossier->store, &query, wanted[count - 1], false, &next, &err),
        STATUS_NOT_FOUND);
    assert_int_equal(store_neighbour_article(dossier->store, &query, wanted[0], true, &next, &err),
                     STATUS_NOT_FOUND);
}

/* ---- entities ------------------------------------------------------------------------------ */

static enum status call_entities(struct dossier *dossier, struct arena *arena, const void *query,
                                 const struct page_request *request, any_vec *rows)
{
    const struct entity_row *found;
    size_t count;
    enum status status =
        store_list_entities(dossier->store, arena, query, request, &found, &count, &err);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct any_row row = {found[i].key, found[i].id};
        vec_push(arena, rows, row);
    }
    return status;
}

struct entity_count {
    uint32_t name;
    int mentions, articles;
    enum entity_sort sort;
};

static int by_entity_sort(const void *a, const void *b)
{
    const struct entity_count *left = a, *right = b;
    int order = left->sort == ENTITY_BY_MENTIONS   ? right->mentions - left->mentions
                : left->sort == ENTITY_BY_ARTICLES ? right->articles - left->articles
                                                   : 0;
    if (order != 0)
        return order;
    return compare_nocase(str_from(sample_names[left->name].name),
                          str_from(sample_names[right->name].name));
}

static size_t count_entities(struct dossier *dossier, const struct entity_query *query,
                             struct entity_count counts[SAMPLE_NAME_COUNT])
{
    size_t count = 0;
    for (uint32_t name = 0; name < SAMPLE_NAME_COUNT; name++) {
        struct entity_count one = {name, 0, 0, query->sort};
        for (size_t i = 0; i < ARTICLE_COUNT; i++) {
            const struct sample *sample = &dossier->samples[i];
            for (size_t k = 0; k < sample->entities.count; k++) {
                if (sample->name_of[k] == name) {
                    one.articles++;
                    one.mentions += (int)sample->entities.items[k].mention_count;
                }
            }
        }
        if (one.mentions > 0 && sample_names[name].kind == query->kind)
            counts[count++] = one;
    }
    qsort(counts, count, sizeof *counts, by_entity_sort);
    return count;
}

static void entities_come_in_every_order(void **state)
{
    struct dossier *dossier = *state;
    for (int bits = 0; bits < 9; bits++) {
        struct entity_query query = {.kind = (enum entity_kind)(bits / 3),
                                     .sort = (enum entity_sort)(bits % 3)};
        struct entity_count counts[SAMPLE_NAME_COUNT];
        int64_t wanted[SAMPLE_NAME_COUNT], total;
        size_t count = count_entities(dossier, &query, counts);
        for (size_t i = 0; i < count; i++) {
            struct entity_row row;
            wanted[i] = dossier->people.ids[counts[i].name];
            OK(store_get_entity(dossier->store, &dossier->arena, wanted[i], &row, &err));
            assert_int_equal(row.mention_count, counts[i].mentions);
            assert_int_equal(row.article_count, counts[i].articles);
            assert_int_equal(row.kind, query.kind);
            assert_int_equal(row.doubtful, counts[i].name == 3);
        }
        assert_list(dossier, call_entities, &query, wanted, count);
        OK(store_count_entities(dossier->store, &query, &total, &err));
        assert_int_equal(total, count);
    }
}

static void entities_are_filtered_by_any_form(void **state)
{
    struct dossier *dossier = *state;
    struct entity_query query = {.kind = ENTITY_PERSON, .search = SEARCH_HEAD_WORDS(STR("nunez"))};
    assert_list(dossier, call_entities, &query, &dossier->people.ids[1], 1);
    query.search = SEARCH_HEAD_WORDS(STR("ИВАН пёт"));
    assert_list(dossier, call_entities, &query, &dossier->people.ids[4], 1);
    query =
        (struct entity_query){.kind = ENTITY_ORGANISATION, .search = SEARCH_HEAD_WORDS(STR("un"))};
    assert_list(dossier, call_entities, &query, &dossier->people.ids[9], 1);
    query.kind = ENTITY_PLACE;
    assert_list(dossier, call_entities, &query, NULL, 0);
}

/* ---- mentions ------------------------------------------------------------------------------ */

static enum status call_mentions(struct dossier *dossier, struct arena *arena, const void *query,
                                 const struct page_request *request, any_vec *rows)
{
    const struct mention_row *found;
    size_t count;
    enum status status =
        store_list_mentions(dossier->store, arena, query, request, &found, &count, &err);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct any_row row = {found[i].key, found[i].article << 32 | found[i].start};
        vec_push(arena, rows, row);
    }
    return status;
}

/* Articles by date key. */
static void articles_by_date(struct dossier *dossier, uint32_t order[ARTICLE_COUNT])
{
    for (uint32_t i = 0; i < ARTICLE_COUNT; i++)
        order[i] = i;
    sorted_dossier = dossier;
    sorted_by = SORT_DATE;
    qsort(order, ARTICLE_COUNT, sizeof *order, by_sort);
}

static size_t wanted_mentions(struct dossier *dossier, const struct mention_query *query,
                              int64_t *wanted)
{
    uint32_t order[ARTICLE_COUNT];
    size_t count = 0;
    articles_by_date(dossier, order);
    for (size_t i = 0; i < ARTICLE_COUNT; i++) {
        uint32_t at = order[query->descending ? ARTICLE_COUNT - 1 - i : i];
        const struct sample *sample = &dossier->samples[at];
        if (query->article && query->article != dossier->pages[at])
            continue;
        for (size_t k = 0; k < sample->mentions.count; k++) {
            const struct mention *mention = &sample->mentions.items[k];
            if (sample->ids[mention->entity] == query->entity)
                wanted[count++] = dossier->pages[at] << 32 | mention->start;
        }
    }
    return count;
}

static void mentions_come_by_date_then_place(void **state)
{
    struct dossier *dossier = *state;
    int64_t wanted[4000];
    for (uint32_t name = 0; name < SAMPLE_NAME_COUNT; name++) {
        struct mention_query query = {.entity = dossier->people.ids[name], .descending = name % 2};
        size_t count = wanted_mentions(dossier, &query, wanted);
        assert_true(count > 1);
        assert_list(dossier, call_mentions, &query, wanted, count);
        query.article = wanted[count / 2] >> 32;
        count = wanted_mentions(dossier, &query, wanted);
        assert_list(dossier, call_mentions, &query, wanted, count);
    }
}

static void mentions_stand_in_their_context(void **state)
{
    struct dossier *dossier = *state;
    struct mention_query query = {.entity = dossier->people.ids[4]};
    struct page_request request = {.limit = 1000};
    const struct mention_row *rows;
    size_t count;
    OK(store_list_mentions(dossier->store, &dossier->arena, &query, &request, &rows, &count, &err));
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        const struct sample *sample = NULL;
        for (size_t k = 0; k < ARTICLE_COUNT; k++)
            sample = dossier->pages[k] == rows[i].article ? &dossier->samples[k] : sample;
        str text = sample->article.text;
        assert_true(str_equal(rows[i].name, str_slice(text, rows[i].start, rows[i].end)));
        assert_true(rows[i].before.len <= 120 && rows[i].after.len <= 120);
        assert_true(rows[i].before.len >= (rows[i].start < 117 ? rows[i].start : 117));
        assert_true(str_equal(whole_code_points(rows[i].before), rows[i].before));
        assert_true(str_equal(whole_code_points(rows[i].after), rows[i].after));
        assert_int_equal(str_find_byte(rows[i].after, '\n', 0), STR_MISSING);
        char last = text.ptr[rows[i].start - 1];
        assert_int_equal(rows[i].before.ptr[rows[i].before.len - 1], last == '\n' ? ' ' : last);
    }
}

/* ---- moments ------------------------------------------------------------------------------- */

static enum status call_moments(struct dossier *dossier, struct arena *arena, const void *query,
                                const struct page_request *request, any_vec *rows)
{
    const struct moment_row *found;
    size_t count;
    enum status status =
        store_list_moments(dossier->store, arena, query, request, &found, &count, &err);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct any_row row = {found[i].key, found[i].article << 32 | found[i].moment.start};
        vec_push(arena, rows, row);
    }
    return status;
}

struct wanted_moment {
    int64_t place, date_key, number, identity;
};

static int by_place(const void *a, const void *b)
{
    const struct wanted_moment *left = a, *right = b;
    if (left->place != right->place)
        return left->place < right->place ? -1 : 1;
    if (left->date_key != right->date_key)
        return left->date_key < right->date_key ? -1 : 1;
    return (int)(left->number - right->number);
}

static bool is_wanted_moment(const struct sample *sample, const struct moment *moment,
                             const struct moment_query *query)
{
    bool placed = moment->first != DAY_UNKNOWN, named = query->entity == 0;
    if (placed == query->unplaced || (query->unplaced && moment->certainty != CERTAINTY_UNRESOLVED))
        return false;
    if (placed && query->from != DAY_UNKNOWN && moment->first < query->from)
        return false;
    if (placed && query->to != DAY_UNKNOWN && moment->first > query->to)
        return false;
    for (size_t i = 0; i < sample->mentions.count && !named; i++) {
        const struct mention *mention = &sample->mentions.items[i];
        named = sample->ids[mention->entity] == query->entity &&
                mention->start >= moment->sentence_start && mention->end <= moment->sentence_end;
    }
    return named;
}

static size_t wanted_moments(struct dossier *dossier, const struct moment_query *query,
                             int64_t *wanted)
{
    static struct wanted_moment found[4000];
    size_t count = 0;
    for (size_t i = 0; i < ARTICLE_COUNT; i++) {
        const struct sample *sample = &dossier->samples[i];
        if (query->article && query->article != dossier->pages[i])
            continue;
        for (size_t k = 0; k < sample->moments.count; k++) {
            const struct moment *moment = &sample->moments.items[k];
            if (is_wanted_moment(sample, moment, query))
                found[count++] = (struct wanted_moment){moment_place(&sample->article, moment),
                                                        dossier->date_keys[i], (int64_t)k,
                                                        dossier->pages[i] << 32 | moment->start};
        }
    }
    qsort(found, count, sizeof *found, by_place);
    for (size_t i = 0; i < count; i++)
        wanted[i] = found[i].identity;
    return count;
}

static void moments_come_in_order_of_time(void **state)
{
    struct dossier *dossier = *state;
    static int64_t wanted[4000];
    size_t seen = 0;
    for (int bits = 0; bits < 32; bits++) {
        struct moment_query query = {
            .from = bits & 1 ? day_from_civil(2021, 3, 1) : DAY_UNKNOWN,
            .to = bits & 2 ? day_from_civil(2022, 6, 30) : DAY_UNKNOWN,
            .entity = bits & 4 ? dossier->people.ids[0] : 0,
            .article = bits & 8 ? dossier->pages[ARTICLE_COUNT / 2] : 0,
            .unplaced = bits & 16,
        };
        int64_t total;
        size_t count = wanted_moments(dossier, &query, wanted);
        assert_list(dossier, call_moments, &query, wanted, count);
        OK(store_count_moments(dossier->store, &query, &total, &err));
        assert_int_equal(total, count);
        seen += count;
    }
    assert_true(seen > 100);
}

static void a_moment_stands_in_its_sentence(void **state)
{
    struct dossier *dossier = *state;
    struct moment_query query = {.from = DAY_UNKNOWN, .to = DAY_UNKNOWN};
    struct page_request request = {.limit = 1000};
    const struct moment_row *rows;
    size_t count;
    OK(store_list_moments(dossier->store, &dossier->arena, &query, &request, &rows, &count, &err));
    assert_true(count > 10);
    for (size_t i = 0; i < count; i++) {
        str words = str_slice(rows[i].sentence, rows[i].date_start, rows[i].date_end);
        assert_true(str_equal(words, rows[i].moment.value));
        assert_int_equal(rows[i].sentence.len,
                         rows[i].moment.sentence_end - rows[i].moment.sentence_start);
    }
}

/* ---- bookmarks ----------------------------------------------------------------------------- */

static enum status call_bookmarks(struct dossier *dossier, struct arena *arena, const void *query,
                                  const struct page_request *request, any_vec *rows)
{
    const struct bookmark_row *found;
    size_t count;
    enum status status =
        store_list_bookmarks(dossier->store, arena, query, request, &found, &count, &err);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct any_row row = {found[i].key, found[i].bookmark.id};
        vec_push(arena, rows, row);
    }
    return status;
}

static void bookmarks_come_newest_article_first(void **state)
{
    struct dossier *dossier = *state;
    uint32_t order[ARTICLE_COUNT];
    int64_t wanted[ARTICLE_COUNT * 2];
    size_t count = 0;
    articles_by_date(dossier, order);
    for (size_t i = ARTICLE_COUNT; i-- > 0;) {
        for (uint32_t k = 0; k < 2 && i % 3 == 0; k++) {
            struct bookmark bookmark = {.article = dossier->pages[order[i]],
                                        .quote = STR("news"),
                                        .note = i == 0 ? STR("100%_sure") : STR("note"),
                                        .start = k * 5};
            OK(store_put_bookmark(dossier->store, &bookmark, 1, &err));
            wanted[count++] = bookmark.id;
        }
    }
    struct bookmark_query query = {0};
    assert_list(dossier, call_bookmarks, &query, wanted, count);
    query.article = dossier->pages[order[0]];
    assert_list(dossier, call_bookmarks, &query, wanted + count - 2, 2);
    query = (struct bookmark_query){.search = SEARCH_HEAD_WORDS(STR("0%_s NEWS"))};
    assert_list(dossier, call_bookmarks, &query, wanted + count - 2, 2);
    query.search = SEARCH_HEAD_WORDS(STR("0__s"));
    assert_list(dossier, call_bookmarks, &query, NULL, 0);
    struct store_totals totals;
    OK(store_get_totals(dossier->store, &totals, &err));
    assert_int_equal(totals.bookmarks, count);
    struct article_query articles = {.sort = SORT_DATE};
    struct article_row row;
    OK(store_find_article_row(dossier->store, &dossier->arena, &articles, dossier->pages[order[0]],
                              &row, &err));
    assert_int_equal(row.bookmark_count, 2);
}

/* A title as SQLite's NOCASE orders it. */
static int compare_titles(str a, str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = strncasecmp(a.ptr, b.ptr, len);
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

static void bookmarks_come_in_every_order(void **state)
{
    struct dossier *dossier = *state;
    enum { COUNT = 30 };
    struct bookmark made[COUNT];
    int64_t wanted[COUNT];
    str titles[COUNT];
    for (uint32_t i = 0; i < COUNT; i++) {
        size_t article = i * 7 % ARTICLE_COUNT;
        made[i] = (struct bookmark){.article = dossier->pages[article],
                                    .quote = STR("sorted"),
                                    .tags = i % 3 == 0   ? STR("")
                                            : i % 3 == 1 ? STR("b")
                                                         : STR("A"),
                                    .start = i * 11 % 13,
                                    .created = 100 + i * 13 % 10};
        titles[i] = dossier->samples[article].article.title;
        OK(store_put_bookmark(dossier->store, &made[i], 1, &err));
    }
    for (int sort = BOOKMARKS_BY_MAKING; sort < BOOKMARK_SORT_COUNT; sort++) {
        size_t order[COUNT];
        for (size_t i = 0; i < COUNT; i++) {
            size_t at = i;
            for (; at > 0; at--) {
                const struct bookmark *a = &made[order[at - 1]], *b = &made[i];
                int compared = (a->start > b->start) - (a->start < b->start);
                if (sort == BOOKMARKS_BY_MAKING)
                    compared = a->created == b->created ? 1 : a->created < b->created ? 1 : -1;
                int by_text = sort == BOOKMARKS_BY_ARTICLE
                                  ? compare_titles(titles[order[at - 1]], titles[i])
                              : sort == BOOKMARKS_BY_TAG && a->tags.len != b->tags.len
                                  ? (int)b->tags.len - (int)a->tags.len
                              : sort == BOOKMARKS_BY_TAG ? compare_titles(a->tags, b->tags)
                                                         : 0;
                if ((by_text ? by_text : compared) <= 0)
                    break;
                order[at] = order[at - 1];
            }
            order[at] = i;
        }
        for (size_t i = 0; i < COUNT; i++)
            wanted[i] = made[order[i]].id;
        struct bookmark_query query = {.sort = (enum bookmark_sort)sort,
                                       .search = SEARCH_HEAD_WORDS(STR("sorted"))};
        assert_list(dossier, call_bookmarks, &query, wanted, COUNT);
    }
}

static int check_plans(void **state)
{
    struct dossier *dossier = *state;
    assert_plans(dossier->store);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(articles_come_in_every_order, check_plans),
        cmocka_unit_test_teardown(several_filter_words_must_all_fit, check_plans),
        cmocka_unit_test_teardown(neighbours_follow_the_list, check_plans),
        cmocka_unit_test_teardown(entities_come_in_every_order, check_plans),
        cmocka_unit_test_teardown(entities_are_filtered_by_any_form, check_plans),
        cmocka_unit_test_teardown(mentions_come_by_date_then_place, check_plans),
        cmocka_unit_test_teardown(mentions_stand_in_their_context, check_plans),
        cmocka_unit_test_teardown(moments_come_in_order_of_time, check_plans),
        cmocka_unit_test_teardown(a_moment_stands_in_its_sentence, check_plans),
        cmocka_unit_test_teardown(bookmarks_come_newest_article_first, check_plans),
        cmocka_unit_test_teardown(bookmarks_come_in_every_order, check_plans),
    };
    return cmocka_run_group_tests(tests, make_dossier, end_dossier);
}
