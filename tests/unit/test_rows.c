/* layers: base text model ingest analyse store tui app */
/* The window over a long list (app/rows.h), moved at random over a list in memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/rows.h"
#include "support/random.h"

enum { ROW_LIMIT = 1000, STEPS = 200, HEIGHT_LIMIT = 60, NUMBER_STEP = 10 };

/* ---- a list in memory ---------------------------------------------------------------------- */

struct item {
    struct row_key key;
};

/* Numbers in rising order; the text of a key is made anew for every row, as the store does. */
struct list {
    int64_t numbers[ROW_LIMIT];
    size_t count;
    bool broken; /* fetching fails */
    size_t fetched_count;
};

static size_t first_not_below(const struct list *list, int64_t number)
{
    size_t at = 0;
    while (at < list->count && list->numbers[at] < number)
        at++;
    return at;
}

static bool has_number(const struct list *list, int64_t number)
{
    size_t at = first_not_below(list, number);
    return at < list->count && list->numbers[at] == number;
}

static enum status fetch(void *context, struct arena *arena, const struct page_request *request,
                         const void **rows, size_t *count, struct error *err)
{
    struct list *list = context;
    *rows = NULL;
    *count = 0;
    if (list->broken)
        return error_set(err, STATUS_IO, "the list cannot be read");
    size_t from = request->backward ? list->count : 0;
    if (request->from) {
        int64_t number = 0;
        for (size_t i = 0; i < request->from->text.len; i++)
            number = number * 10 + (request->from->text.ptr[i] - '0');
        assert_int_equal(number, request->from->number);
        from = first_not_below(list, number);
        bool is_there = has_number(list, number);
        from += is_there && request->inclusive == request->backward;
    }
    size_t left = request->backward ? from : list->count - from;
    *count = left < request->limit ? left : request->limit;
    list->fetched_count += *count;
    struct item *items = arena_array(arena, struct item, *count);
    for (size_t i = 0; i < *count; i++) {
        int64_t number = list->numbers[request->backward ? from - 1 - i : from + i];
        items[i].key = (struct row_key){
            .number = number,
            .text = arena_format(arena, "%lld", (long long)number),
        };
    }
    *rows = items;
    return STATUS_OK;
}

static void fill(struct list *list, size_t count)
{
    *list = (struct list){.count = count};
    for (size_t i = 0; i < count; i++)
        list->numbers[i] = (int64_t)(i + 1) * NUMBER_STEP;
}

static void begin(struct rows *rows, struct list *list, int height)
{
    struct row_source source = {sizeof(struct item), fetch, list};
    struct error err = {0};
    rows_init(rows, &source);
    rows->height = height;
    assert_int_equal(rows_load(rows, NULL, &err), STATUS_OK);
}

/* ---- what always holds --------------------------------------------------------------------- */

static int64_t number_at(const struct rows *rows, size_t index)
{
    const struct item *item = rows->items[index];
    return item->key.number;
}

static int64_t selected_number(const struct rows *rows)
{
    const struct item *item = rows_selected(rows);
    return item ? item->key.number : 0;
}

static size_t height_of(const struct rows *rows)
{
    return rows->height > 0 ? (size_t)rows->height : 1;
}

/* `fresh`: the window was fetched after the last change of the list and of the height. */
static void check(const struct rows *rows, const struct list *list, bool fresh)
{
    size_t height = height_of(rows);
    if (rows->count == 0) {
        assert_null(rows_selected(rows));
        assert_int_equal(rows->selected, 0);
        assert_int_equal(rows->top, 0);
        assert_true(!fresh || list->count == 0);
        return;
    }
    assert_true(rows->selected < rows->count);
    assert_true(rows->selected >= rows->top);
    if (!fresh)
        return;
    assert_true(rows->selected < rows->top + height);
    size_t first = first_not_below(list, number_at(rows, 0));
    for (size_t i = 0; i < rows->count; i++)
        assert_int_equal(number_at(rows, i), list->numbers[first + i]);
    assert_int_equal(rows->at_start, first == 0);
    assert_int_equal(rows->at_end, first + rows->count == list->count);
    /* The screen is full where the list is long enough. */
    assert_true(rows->at_end || rows->top + height <= rows->count);
    if (list->count >= height)
        assert_true(rows->top + height <= rows->count);
    else
        assert_int_equal(rows->top, 0);
}

/* ---- random walks -------------------------------------------------------------------------- */

static void delete_some(struct random *random, struct list *list)
{
    size_t times = random_below(random, 1 + list->count / 4 + 1);
    for (size_t i = 0; i < times && list->count; i++) {
        size_t at = random_below(random, list->count);
        /* Sometimes a whole stretch, so that a selection loses its neighbours, too. */
        size_t run = random_below(random, 4) ? 1 : 1 + random_below(random, 40);
        if (run > list->count - at)
            run = list->count - at;
        memmove(list->numbers + at, list->numbers + at + run,
                (list->count - at - run) * sizeof *list->numbers);
        list->count -= run;
    }
}

static void move(struct rows *rows, const struct list *list, int by)
{
    struct error err = {0};
    size_t before = first_not_below(list, selected_number(rows));
    assert_int_equal(rows_move(rows, by, &err), STATUS_OK);
    if (!list->count)
        return;
    int64_t wanted = (int64_t)before + by;
    int64_t last = (int64_t)list->count - 1;
    wanted = wanted < 0 ? 0 : wanted > last ? last : wanted;
    assert_int_equal(selected_number(rows), list->numbers[wanted]);
}

static void load_key(struct random *random, struct rows *rows, const struct list *list)
{
    int64_t number = (int64_t)random_below(random, ROW_LIMIT * NUMBER_STEP + NUMBER_STEP);
    struct buf text = BUF_INIT;
    struct error err = {0};
    buf_format(&text, "%lld", (long long)number);
    struct row_key key = {.number = number, .text = buf_str(&text)};
    assert_int_equal(rows_load(rows, &key, &err), STATUS_OK);
    buf_done(&text);
    if (!list->count)
        return;
    size_t nearest = first_not_below(list, number);
    if (nearest == list->count)
        nearest--;
    assert_int_equal(selected_number(rows), list->numbers[nearest]);
}

static void change_list(struct random *random, struct rows *rows, struct list *list)
{
    int64_t selected = selected_number(rows);
    struct error err = {0};
    delete_some(random, list);
    check(rows, list, false);
    assert_int_equal(rows_reload(rows, &err), STATUS_OK);
    if (!list->count)
        return;
    size_t nearest = first_not_below(list, selected);
    if (nearest == list->count)
        nearest--;
    assert_int_equal(selected_number(rows), list->numbers[nearest]);
}

static void change_height(struct random *random, struct rows *rows)
{
    int64_t selected = selected_number(rows);
    struct error err = {0};
    rows->height = (int)random_below(random, HEIGHT_LIMIT + 2) - 1;
    assert_int_equal(rows_reload(rows, &err), STATUS_OK);
    assert_int_equal(selected_number(rows), selected);
}

static void step(struct random *random, struct rows *rows, struct list *list)
{
    struct error err = {0};
    int height = (int)height_of(rows);
    int page = height > 1 ? height - 1 : 1;
    switch (random_below(random, 12)) {
    case 0:
        assert_int_equal(rows_move_first(rows, &err), STATUS_OK);
        assert_true(!list->count || selected_number(rows) == list->numbers[0]);
        assert_int_equal(rows->top, 0);
        break;
    case 1:
        assert_int_equal(rows_move_last(rows, &err), STATUS_OK);
        assert_true(!list->count || selected_number(rows) == list->numbers[list->count - 1]);
        break;
    case 2:
        load_key(random, rows, list);
        break;
    case 3:
        change_list(random, rows, list);
        break;
    case 4:
        change_height(random, rows);
        break;
    case 5:
    case 6:
        move(rows, list, random_below(random, 2) ? page : -page);
        break;
    case 7:
        move(rows, list, (int)random_below(random, 3000) - 1500);
        break;
    case 8:
        move(rows, list, random_below(random, 2) ? (page + 1) / 2 : -(page + 1) / 2);
        break;
    default:
        move(rows, list, random_below(random, 2) ? 1 : -1);
        break;
    }
}

static const size_t sizes[] = {0, 1, 5, 40, ROW_LIMIT};
enum { SIZE_COUNT = sizeof sizes / sizeof *sizes };

static void random_walks_keep_the_window_right(void **state)
{
    (void)state;
    struct random random = {20240805};
    struct list *list = malloc(sizeof *list);
    for (size_t s = 0; s < SIZE_COUNT; s++)
        for (int height = 1; height <= HEIGHT_LIMIT; height++) {
            struct rows rows;
            fill(list, sizes[s]);
            begin(&rows, list, height);
            check(&rows, list, true);
            for (int i = 0; i < STEPS; i++) {
                step(&random, &rows, list);
                check(&rows, list, true);
                if (list->count < sizes[s] / 2)
                    fill(list, sizes[s]);
                assert_int_equal(rows_reload(&rows, &(struct error){0}), STATUS_OK);
            }
            rows_done(&rows);
        }
    free(list);
}

/* ---- single promises ----------------------------------------------------------------------- */

static void every_row_is_visited_once(void **state)
{
    (void)state;
    struct list *list = malloc(sizeof *list);
    struct error err = {0};
    for (size_t s = 1; s < SIZE_COUNT; s++)
        for (int height = 1; height <= HEIGHT_LIMIT; height += 7) {
            struct rows rows;
            fill(list, sizes[s]);
            begin(&rows, list, height);
            for (size_t i = 0; i < list->count; i++) {
                assert_int_equal(selected_number(&rows), list->numbers[i]);
                assert_int_equal(rows_move(&rows, 1, &err), STATUS_OK);
            }
            for (size_t i = list->count; i-- > 0;) {
                assert_int_equal(selected_number(&rows), list->numbers[i]);
                assert_int_equal(rows_move(&rows, -1, &err), STATUS_OK);
            }
            rows_done(&rows);
        }
    free(list);
}

/* Selection and first row of the screen are those from before, from any place in the list from
 * which a whole page is left. */
static void a_page_down_and_up_returns(void **state)
{
    (void)state;
    struct list *list = malloc(sizeof *list);
    struct random random = {77};
    struct error err = {0};
    fill(list, ROW_LIMIT);
    for (int height = 2; height <= HEIGHT_LIMIT; height++) {
        struct rows rows;
        begin(&rows, list, height);
        for (int i = 0; i < 40; i++) {
            move(&rows, list, (int)random_below(&random, 5 * (size_t)height));
            move(&rows, list, -(int)random_below(&random, (size_t)height));
            int64_t selected = selected_number(&rows), top = number_at(&rows, rows.top);
            if (first_not_below(list, top) + 2 * (size_t)height > list->count)
                break;
            assert_int_equal(rows_move(&rows, height - 1, &err), STATUS_OK);
            assert_int_equal(number_at(&rows, rows.top), top + (height - 1) * NUMBER_STEP);
            assert_int_equal(rows_move(&rows, 1 - height, &err), STATUS_OK);
            assert_int_equal(selected_number(&rows), selected);
            assert_int_equal(number_at(&rows, rows.top), top);
        }
        rows_done(&rows);
    }
    free(list);
}

static void a_page_up_near_the_start_shows_the_first_row(void **state)
{
    (void)state;
    struct list *list = malloc(sizeof *list);
    struct rows rows;
    fill(list, 100);
    begin(&rows, list, 24);
    for (int i = 0; i < 33; i++)
        move(&rows, list, 1); /* below the screen: it scrolls by ten */
    move(&rows, list, -23);
    assert_int_equal(number_at(&rows, rows.top), list->numbers[0]);
    assert_int_equal(selected_number(&rows), list->numbers[10]);
    rows_done(&rows);
    free(list);
}

static void a_failing_list_keeps_what_was_read(void **state)
{
    (void)state;
    struct list *list = malloc(sizeof *list);
    struct rows rows;
    struct error err = {0};
    fill(list, ROW_LIMIT);
    begin(&rows, list, 20);
    move(&rows, list, 200);
    list->broken = true;
    assert_int_equal(rows_reload(&rows, &err), STATUS_IO);
    assert_int_equal(selected_number(&rows), list->numbers[200]);
    assert_int_equal(rows_move_last(&rows, &err), STATUS_IO);
    assert_int_equal(rows_move(&rows, 500, &err), STATUS_IO);
    assert_int_equal(selected_number(&rows), list->numbers[200]);
    check(&rows, list, true);
    list->broken = false;
    move(&rows, list, 1);
    check(&rows, list, true);
    rows_done(&rows);
    free(list);
}

/* From end to end by steps of so many rows, every row is fetched once, and few of them twice. */
static void check_cost(int by)
{
    struct list *list = malloc(sizeof *list);
    struct rows rows;
    struct error err = {0};
    fill(list, ROW_LIMIT);
    begin(&rows, list, 22);
    list->fetched_count = 0;
    for (size_t i = 0; i < list->count; i += (size_t)by)
        assert_int_equal(rows_move(&rows, by, &err), STATUS_OK);
    for (size_t i = 0; i < list->count; i += (size_t)by)
        assert_int_equal(rows_move(&rows, -by, &err), STATUS_OK);
    assert_int_equal(selected_number(&rows), list->numbers[0]);
    assert_true(list->fetched_count < 5 * list->count / 2);
    rows_done(&rows);
    free(list);
}

static void moving_costs_the_same_everywhere(void **state)
{
    (void)state;
    check_cost(1);
    check_cost(11);
    check_cost(21);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_walks_keep_the_window_right),
        cmocka_unit_test(every_row_is_visited_once),
        cmocka_unit_test(a_page_down_and_up_returns),
        cmocka_unit_test(a_page_up_near_the_start_shows_the_first_row),
        cmocka_unit_test(a_failing_list_keeps_what_was_read),
        cmocka_unit_test(moving_costs_the_same_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
