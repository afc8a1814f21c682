/* layers: base text model store */
/* Times of every call of store/ on dossiers of 100 and 10,000 synthetic articles, and the ratio
 * between them: a call that grows with the dossier shows here.
 *
 *   bench_store [COUNT...]     other sizes, such as 100 10000 100000
 *
 * The dossiers are made in the working folder as bench_COUNT.dossier and kept for the next run. */
#include <time.h>

#include "unit/test_store.h"

enum { SIZE_LIMIT = 4, CALL_LIMIT = 64, ROUNDS = 101, BATCH = 500, EXTRA_PEOPLE = 5000 };

static struct error err;

static void must(enum status status)
{
    if (status == STATUS_OK)
        return;
    fprintf(stderr, "bench_store: %s\n", err.text);
    exit(1);
}

static double now_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* ---- making a dossier ---------------------------------------------------------------------- */

struct maker {
    struct store *store;
    struct random random;
    struct sample_people people;
    int64_t extra_ids[EXTRA_PEOPLE];
    double sample_ms; /* spent on making the articles themselves */
};

static int by_start(const void *a, const void *b)
{
    const struct mention *left = a, *right = b;
    return (left->start > right->start) - (left->start < right->start);
}

/* "word123" in the text is a person too, so that there are thousands. */
static void add_people(struct maker *maker, struct arena *arena, struct sample *sample,
                       struct derived *derived)
{
    VEC(int64_t) ids = {0};
    VEC(str) reasons = {0};
    for (size_t i = 0; i < sample->entities.count; i++) {
        vec_push(arena, &ids, sample->ids[i]);
        vec_push(arena, &reasons, sample->reasons[i]);
    }
    str text = sample->article.text;
    for (size_t at = 0; (at = str_find(text, STR("word"), at)) != STR_MISSING;) {
        size_t end = at + 4;
        uint32_t number = 0;
        for (; end < text.len && text.ptr[end] >= '0' && text.ptr[end] <= '9'; end++)
            number = number * 10 + (uint32_t)(text.ptr[end] - '0');
        str name = str_slice(text, at, end);
        if (maker->extra_ids[number] == 0)
            must(store_add_entity(maker->store, ENTITY_PERSON, name, &maker->extra_ids[number],
                                  &err));
        struct mention mention = {
            ENTITY_PERSON, (uint32_t)at, (uint32_t)end, (uint32_t)sample->entities.count, 70,
            "bench",       STR_NONE};
        struct entity entity = {.kind = ENTITY_PERSON, .name = name, .mention_count = 1};
        vec_push(arena, &sample->mentions, mention);
        vec_push(arena, &sample->entities, entity);
        vec_push(arena, &ids, maker->extra_ids[number]);
        vec_push(arena, &reasons, STR("the same name"));
        at = end;
    }
    qsort(sample->mentions.items, sample->mentions.count, sizeof *sample->mentions.items, by_start);
    derived->entity_ids = ids.items;
    derived->link_reasons = reasons.items;
}

static void put_article(struct maker *maker, struct arena *arena, uint32_t number)
{
    struct sample sample;
    enum import_outcome outcome;
    double start = now_ms();
    sample_make(arena, &sample, &maker->random, number, 20 + random_below(&maker->random, 40));
    maker->sample_ms += now_ms() - start;
    struct source_page source = {.path = sample.article.path,
                                 .format = STR("text"),
                                 .raw = sample.article.text,
                                 .given = DAY_UNKNOWN};
    must(store_put_source(maker->store, &source, &outcome, &err));
    must(sample_link(maker->store, &maker->people, &sample, &err));
    struct derived derived = {.page = source.id,
                              .version = source.version,
                              .clean_version = 1,
                              .analyse_version = 1,
                              .article = &sample.article,
                              .mentions = &sample.mentions,
                              .entities = &sample.entities,
                              .moments = &sample.moments};
    add_people(maker, arena, &sample, &derived);
    must(store_put_derived(maker->store, &derived, &err));
}

static void make_dossier(const char *path, uint32_t count)
{
    struct maker *maker = calloc(1, sizeof *maker);
    struct arena arena = {0};
    struct stat found;
    double start = now_ms();
    maker->random.state = 1;
    must(store_open(path, STORE_READ_WRITE, &maker->store, &err));
    must(store_begin(maker->store, &err));
    for (uint32_t i = 0; i < count; i++) {
        arena_reset(&arena);
        put_article(maker, &arena, i);
        if (i % BATCH == BATCH - 1) {
            must(store_commit(maker->store, &err));
            must(store_begin(maker->store, &err));
        }
    }
    must(store_commit(maker->store, &err));
    store_close(maker->store);
    double spent = now_ms() - start - maker->sample_ms;
    if (stat(path, &found) == 0)
        printf("made %s: %.2f s, %.3f ms an article, %.1f MB\n", path, spent / 1e3,
               spent / (count ? count : 1), (double)found.st_size / 1e6);
    arena_done(&arena);
    free(maker);
}

/* ---- calls --------------------------------------------------------------------------------- */

struct bench {
    struct store *store;
    struct arena arena;
    struct random random;
    const char *path;
    uint32_t count;
    int64_t busy, rare; /* entities */
};

static struct page_request first_page(void)
{
    return (struct page_request){.limit = 24};
}

static void list_articles(struct bench *bench, enum article_sort sort, const char *filter,
                          bool middle)
{
    struct article_query query = {.sort = sort,
                                  .descending = true,
                                  .search = filter ? SEARCH_HEAD_WORDS(str_from(filter)) : NULL};
    struct page_request request = first_page();
    struct article_row from;
    const struct article_row *rows;
    size_t count;
    if (middle) {
        int64_t page = 1 + random_below(&bench->random, bench->count);
        must(store_find_article_row(bench->store, &bench->arena, &query, page, &from, &err));
        request.from = &from.key;
    }
    must(store_list_articles(bench->store, &bench->arena, &query, &request, &rows, &count, &err));
}

static void articles_first(struct bench *bench)
{
    list_articles(bench, SORT_DATE, NULL, false);
}
static void articles_middle(struct bench *bench)
{
    list_articles(bench, SORT_DATE, NULL, true);
}
static void articles_title(struct bench *bench)
{
    list_articles(bench, SORT_TITLE, NULL, true);
}
static void articles_people(struct bench *bench)
{
    list_articles(bench, SORT_PEOPLE, NULL, true);
}
static void articles_filter_date(struct bench *bench)
{
    list_articles(bench, SORT_DATE, "grain", false);
}
static void articles_filter_title(struct bench *bench)
{
    list_articles(bench, SORT_TITLE, "grain", false);
}
static void articles_filter_rare(struct bench *bench)
{
    list_articles(bench, SORT_TITLE, "00042", false);
}

static void article_open(struct bench *bench)
{
    struct stored_article stored;
    int64_t page = 1 + random_below(&bench->random, bench->count);
    must(store_get_article(bench->store, &bench->arena, page, &stored, &err));
}

static void totals(struct bench *bench)
{
    struct store_totals found;
    must(store_get_totals(bench->store, &found, &err));
}

static void open_first_page(struct bench *bench)
{
    struct bench other = {.path = bench->path, .count = bench->count};
    must(store_open(bench->path, STORE_READ_WRITE, &other.store, &err));
    totals(&other);
    articles_first(&other);
    store_close(other.store);
    arena_done(&other.arena);
}

static void list_entities(struct bench *bench, enum entity_sort sort, const char *filter)
{
    struct entity_query query = {ENTITY_PERSON, sort,
                                 filter ? SEARCH_HEAD_WORDS(str_from(filter)) : NULL};
    struct page_request request = first_page();
    const struct entity_row *rows;
    size_t count;
    must(store_list_entities(bench->store, &bench->arena, &query, &request, &rows, &count, &err));
}

static void people_by_mentions(struct bench *bench)
{
    list_entities(bench, ENTITY_BY_MENTIONS, NULL);
}
static void people_by_name(struct bench *bench)
{
    list_entities(bench, ENTITY_BY_NAME, NULL);
}
static void people_filter(struct bench *bench)
{
    list_entities(bench, ENTITY_BY_MENTIONS, "w");
}

static void list_mentions(struct bench *bench, int64_t entity, bool descending)
{
    struct mention_query query = {.entity = entity, .descending = descending};
    struct page_request request = first_page();
    const struct mention_row *rows;
    size_t count;
    must(store_list_mentions(bench->store, &bench->arena, &query, &request, &rows, &count, &err));
}

static void mentions_busy(struct bench *bench)
{
    list_mentions(bench, bench->busy, true);
}
static void mentions_rare(struct bench *bench)
{
    list_mentions(bench, bench->rare, false);
}

static void list_moments(struct bench *bench, day from, int64_t entity, bool unplaced)
{
    struct moment_query query = {
        .from = from, .to = DAY_UNKNOWN, .entity = entity, .unplaced = unplaced};
    struct page_request request = first_page();
    const struct moment_row *rows;
    size_t count;
    must(store_list_moments(bench->store, &bench->arena, &query, &request, &rows, &count, &err));
}

static void timeline(struct bench *bench)
{
    list_moments(bench, 18300 + (day)random_below(&bench->random, 1000), 0, false);
}
static void timeline_entity(struct bench *bench)
{
    list_moments(bench, 18300 + (day)random_below(&bench->random, 1000), bench->busy, false);
}
static void timeline_folded(struct bench *bench)
{
    struct page_request request = {.limit = 50};
    struct moment_query query = {.from = 18300 + (day)random_below(&bench->random, 1000),
                                 .to = DAY_UNKNOWN,
                                 .folded = true,
                                 .whole_days = true};
    const struct moment_row *rows;
    size_t count;
    must(store_list_moments(bench->store, &bench->arena, &query, &request, &rows, &count, &err));
    struct published_cursor *published =
        store_open_published(bench->store, &bench->arena, &query, &request, &err);
    while (store_next_published(published))
        continue;
    must(store_close_published(published));
}
static void list_buckets(struct bench *bench, enum scale scale, int64_t entity)
{
    int32_t first = scale_bucket(scale, 18300);
    const struct moment_query wanted = {.from = DAY_UNKNOWN, .to = DAY_UNKNOWN, .entity = entity};
    const struct bucket_row *bars;
    size_t count;
    must(store_list_buckets(bench->store, &bench->arena, scale, first, first + 78, &wanted, &bars,
                            &count, &err));
}
static void histogram(struct bench *bench)
{
    list_buckets(bench, (enum scale)random_below(&bench->random, SCALE_COUNT), 0);
}
static void histogram_entity(struct bench *bench)
{
    list_buckets(bench, SCALE_MONTH, bench->busy);
}
static void timeline_unplaced(struct bench *bench)
{
    list_moments(bench, DAY_UNKNOWN, 0, true);
}

static void search(struct bench *bench, const char *text, bool prefix, bool by_rank)
{
    struct search_node words = {.kind = SEARCH_WORDS, .text = str_from(text), .prefix = prefix};
    struct search_query query = {.root = &words, .by_rank = by_rank};
    struct page_request request = first_page();
    const struct search_row *rows;
    size_t count;
    must(store_search(bench->store, &bench->arena, &query, &request, &rows, &count, &err));
}

static void search_common(struct bench *bench)
{
    search(bench, "minister", false, false);
}
static void search_rare(struct bench *bench)
{
    search(bench, "word42", false, false);
}
static void search_phrase(struct bench *bench)
{
    search(bench, "Sergei Shoigu", false, false);
}
static void search_prefix(struct bench *bench)
{
    search(bench, "wor", true, false);
}
static void search_rank_rare(struct bench *bench)
{
    search(bench, "word42", false, true);
}
static void search_rank_common(struct bench *bench)
{
    search(bench, "minister", false, true);
}

static void count_common(struct bench *bench)
{
    struct search_node words = {.kind = SEARCH_WORDS, .text = STR("minister")};
    struct search_query query = {.root = &words, .by_rank = false};
    int64_t count;
    must(store_count_search(bench->store, &query, &count, &err));
}

static void walk_list(struct bench *bench, const struct target *target,
                      const struct article_query *list, bool position)
{
    struct target_place from = {1 + random_below(&bench->random, bench->count), 500, 500}, to;
    struct target_position place;
    bool wrapped;
    enum status status =
        store_walk_target(bench->store, target, list, &from, false, &to, &wrapped, &err);
    if (status != STATUS_NOT_FOUND)
        must(status);
    if (position)
        must(store_target_position(bench->store, target, list, &to, &place, &err));
}

static void walk(struct bench *bench, const struct target *target, bool position)
{
    walk_list(bench, target, &(struct article_query){.sort = SORT_DATE, .descending = true},
              position);
}

static void walk_busy(struct bench *bench)
{
    walk(bench,
         &(struct target){.kind = TARGET_ENTITY, .entities = {bench->busy}, .entity_count = 1},
         false);
}
static void walk_rare(struct bench *bench)
{
    walk(bench,
         &(struct target){.kind = TARGET_ENTITY, .entities = {bench->rare}, .entity_count = 1},
         false);
}
static void walk_day(struct bench *bench)
{
    walk(bench, &(struct target){.kind = TARGET_DAYS, .first = 18500, .last = 18500}, false);
}
static void walk_year(struct bench *bench)
{
    walk(bench, &(struct target){.kind = TARGET_DAYS, .first = 18500, .last = 18865}, false);
}
static void walk_search(struct bench *bench)
{
    struct search_node words = {.kind = SEARCH_WORDS, .text = STR("minister")};
    struct search_query query = {.root = &words, .by_rank = false};
    walk(bench, &(struct target){.kind = TARGET_SEARCH, .search = &query}, false);
}
static void walk_busy_by_title(struct bench *bench)
{
    walk_list(bench,
              &(struct target){.kind = TARGET_ENTITY, .entities = {bench->busy}, .entity_count = 1},
              &(struct article_query){.sort = SORT_TITLE}, false);
}
static void walk_rare_by_title(struct bench *bench)
{
    walk_list(bench,
              &(struct target){.kind = TARGET_ENTITY, .entities = {bench->rare}, .entity_count = 1},
              &(struct article_query){.sort = SORT_TITLE}, false);
}
static void position_busy(struct bench *bench)
{
    walk(bench,
         &(struct target){.kind = TARGET_ENTITY, .entities = {bench->busy}, .entity_count = 1},
         true);
}

static void forms(struct bench *bench)
{
    const struct name_form *found;
    size_t count;
    must(store_find_forms(bench->store, &bench->arena, ENTITY_PERSON, STR("w:suigu"), &found,
                          &count, &err));
}

static void stale(struct bench *bench)
{
    struct source_page page;
    if (store_next_stale(bench->store, &bench->arena, 1, 1, 0, &page, &err) != STATUS_NOT_FOUND)
        exit(1);
}

static void set_read(struct bench *bench)
{
    int64_t page = 1 + random_below(&bench->random, bench->count);
    must(store_set_read(bench->store, page, (enum read_state)random_below(&bench->random, 3), 1,
                        &err));
}

static const struct call {
    const char *name;
    void (*run)(struct bench *bench);
} calls[] = {
    {"open, totals, first page", open_first_page},
    {"articles, first page", articles_first},
    {"articles, page in the middle", articles_middle},
    {"articles by title", articles_title},
    {"articles by people", articles_people},
    {"articles filtered, by date", articles_filter_date},
    {"articles filtered (1 in 6), by title", articles_filter_title},
    {"articles filtered (one), by title", articles_filter_rare},
    {"open an article", article_open},
    {"totals", totals},
    {"people by mentions", people_by_mentions},
    {"people by name", people_by_name},
    {"people filtered by one letter", people_filter},
    {"mentions of a frequent name", mentions_busy},
    {"mentions of a rare name", mentions_rare},
    {"timeline", timeline},
    {"timeline of an entity", timeline_entity},
    {"timeline folded, with publications", timeline_folded},
    {"histogram", histogram},
    {"histogram of an entity", histogram_entity},
    {"moments without a place", timeline_unplaced},
    {"search, common word", search_common},
    {"search, rare word", search_rare},
    {"search, name", search_phrase},
    {"search, prefix of 3", search_prefix},
    {"search by rank, rare word", search_rank_rare},
    {"search by rank, common word", search_rank_common},
    {"count of a common word", count_common},
    {"walk a frequent name", walk_busy},
    {"walk a rare name", walk_rare},
    {"walk a day", walk_day},
    {"walk a year", walk_year},
    {"walk a search", walk_search},
    {"walk a frequent name, list by title", walk_busy_by_title},
    {"walk a rare name, list by title", walk_rare_by_title},
    {"walk and position, frequent name", position_busy},
    {"forms of a key", forms},
    {"nothing is stale", stale},
    {"mark read (a commit)", set_read},
};
enum { CALL_COUNT = sizeof calls / sizeof *calls };

/* ---- measuring ----------------------------------------------------------------------------- */

static int by_time(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double median_ms(struct bench *bench, const struct call *call)
{
    double times[ROUNDS], begin = now_ms();
    size_t count = 0;
    while (count < ROUNDS && (count < 5 || now_ms() - begin < 2000)) {
        double start = now_ms();
        call->run(bench);
        times[count++] = now_ms() - start;
        arena_reset(&bench->arena);
    }
    qsort(times, count, sizeof *times, by_time);
    return times[count / 2];
}

static void measure(uint32_t count, double medians[CALL_COUNT])
{
    char path[64];
    struct bench bench = {.count = count, .path = path};
    struct entity_row row;
    snprintf(path, sizeof path, "bench_%u.dossier", count);
    if (access(path, F_OK) != 0)
        make_dossier(path, count);
    must(store_open(path, STORE_READ_WRITE, &bench.store, &err));
    must(store_find_entity_by_name(bench.store, &bench.arena, STR("Sergei Shoigu"), &row, &err));
    bench.busy = row.id;
    must(store_find_entity_by_name(bench.store, &bench.arena, STR("word42"), &row, &err));
    bench.rare = row.id;
    for (size_t i = 0; i < CALL_COUNT; i++)
        medians[i] = median_ms(&bench, &calls[i]);
    store_close(bench.store);
    arena_done(&bench.arena);
}

int main(int argc, char **argv)
{
    uint32_t sizes[SIZE_LIMIT] = {100, 10000};
    static double medians[SIZE_LIMIT][CALL_COUNT];
    int size_count = argc > 1 ? 0 : 2;
    for (int i = 1; i < argc && size_count < SIZE_LIMIT; i++)
        sizes[size_count++] = (uint32_t)strtoul(argv[i], NULL, 10);
    for (int i = 0; i < size_count; i++)
        measure(sizes[i], medians[i]);
    printf("%-38s", "median ms");
    for (int i = 0; i < size_count; i++)
        printf("%10u", sizes[i]);
    printf("%10s\n", "ratio");
    for (size_t c = 0; c < CALL_COUNT; c++) {
        printf("%-38s", calls[c].name);
        for (int i = 0; i < size_count; i++)
            printf("%10.3f", medians[i][c]);
        printf("%10.1f\n", medians[size_count - 1][c] / medians[0][c]);
    }
    return 0;
}
