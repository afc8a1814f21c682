/* layers: base text tui */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/random.h"
#include "text/fold.h"
#include "text/width.h"
#include "tui/text_view.h"

enum { BLOCK_LIMIT = 40 };

/* A text of random blocks with one newline between them. */
struct sample {
    struct buf text;
    struct text_block blocks[BLOCK_LIMIT];
    size_t block_count;
};

static void add_random_words(struct buf *text, struct random *random, size_t count)
{
    static const char *const words[] = {"a",
                                        "the",
                                        "Tehran",
                                        "geopolitical",
                                        "中文",
                                        "e\xcc\x81t\xcc\x82",
                                        "—",
                                        "Shoigu's",
                                        "1,000",
                                        "日本語の文章",
                                        "x\xe2\x80\x8b",
                                        "supercalifragilistic",
                                        "-",
                                        "\xf0\x9f\x98\x80",
                                        "(see)"};
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_add_repeat(text, ' ', random_below(random, 9) == 0 ? 3 : 1);
        buf_add(text, str_from(words[random_below(random, sizeof words / sizeof words[0])]));
    }
}

static void sample_init(struct sample *sample, struct random *random)
{
    *sample = (struct sample){0};
    sample->block_count = random_below(random, BLOCK_LIMIT + 1);
    for (size_t i = 0; i < sample->block_count; i++) {
        struct text_block *block = &sample->blocks[i];
        if (i > 0)
            buf_add_byte(&sample->text, '\n');
        block->start = (uint32_t)sample->text.len;
        if (random_below(random, 8) > 0)
            add_random_words(&sample->text, random, random_below(random, 60));
        block->end = (uint32_t)sample->text.len;
        block->space_before = (int)random_below(random, 3);
        block->indent = (int)random_below(random, 6);
        block->marker = STR_NONE;
    }
}

static void sample_done(struct sample *sample)
{
    buf_done(&sample->text);
}

static void set_sample(struct text_view *view, const struct sample *sample, int width, int height)
{
    text_view_set(view, buf_str(&sample->text), sample->blocks, sample->block_count, width, height);
}

static size_t height_of(const struct text_view *view)
{
    return view->height < 1 ? 1 : (size_t)view->height;
}

/* What holds after anything that is done to a view. */
static void assert_whole(const struct text_view *view)
{
    size_t most = view->rows.count > height_of(view) ? view->rows.count - height_of(view) : 0;
    assert_true(view->top <= most);
    assert_true(view->cursor <= view->text.len);
    assert_true(utf8_is_valid(str_slice(view->text, 0, view->cursor)));
    int percent = text_view_percent(view);
    assert_true(percent >= 0 && percent <= 100);
    assert_true(!text_view_at_end(view) || percent == 100);
    if (view->rows.count == 0)
        return;
    /* The place is in the first text row, or below it on the last page. */
    size_t row = text_view_row_of(view, text_view_place(view));
    for (size_t i = view->top; i < row && view->top < most; i++)
        assert_true(view->rows.items[i].blank);
    if (view->top > 0)
        assert_true(row >= view->top);
}

static bool shows_text(const struct text_view *view)
{
    for (size_t i = view->top; i < view->top + height_of(view) && i < view->rows.count; i++)
        if (!view->rows.items[i].blank)
            return true;
    return false;
}

/* In a low window there may be nothing but an empty row to stand on. */
static void assert_cursor_shown(const struct text_view *view)
{
    if (!shows_text(view))
        return;
    size_t row = text_view_row_of(view, view->cursor);
    assert_true(row >= view->top);
    assert_true(row < view->top + height_of(view));
    const struct line *line = &view->rows.items[row].line;
    assert_true(view->cursor >= line->start);
    assert_true(view->cursor < line->end || view->cursor == line->start);
}

static void rows_cover_the_text(void **state)
{
    (void)state;
    struct random random = {1};
    for (int round = 0; round < 60; round++) {
        struct sample sample;
        struct text_view view;
        sample_init(&sample, &random);
        text_view_init(&view);
        set_sample(&view, &sample, 1 + (int)random_below(&random, 100), 10);
        size_t at = 0, blocks_begun = 0;
        str text = buf_str(&sample.text);
        for (size_t i = 0; i < view.rows.count; i++) {
            const struct text_row *row = &view.rows.items[i];
            if (row->blank)
                continue;
            blocks_begun += row->first;
            assert_true(row->line.start >= at);
            /* Only white space and the newline between blocks lies outside of the rows. */
            for (size_t len; at < row->line.start; at += len)
                assert_true(code_point_is_space(utf8_decode(text, at, &len)));
            assert_int_equal(text_view_row_of(&view, row->line.start), i);
            at = row->line.end;
        }
        for (size_t len; at < text.len; at += len)
            assert_true(code_point_is_space(utf8_decode(text, at, &len)));
        assert_int_equal(blocks_begun, sample.block_count);
        text_view_done(&view);
        sample_done(&sample);
    }
}

static void the_place_survives_any_widths(void **state)
{
    (void)state;
    struct random random = {2};
    for (int round = 0; round < 40; round++) {
        struct sample sample;
        struct text_view view;
        sample_init(&sample, &random);
        text_view_init(&view);
        int width = 20 + (int)random_below(&random, 80);
        set_sample(&view, &sample, width, 12);
        text_view_scroll(&view, (int)random_below(&random, view.rows.count + 1));
        size_t top = view.top;
        uint32_t place = text_view_place(&view), cursor = view.cursor;
        for (int step = 0; step < 30; step++) {
            set_sample(&view, &sample, 1 + (int)random_below(&random, 200),
                       1 + (int)random_below(&random, 60));
            assert_whole(&view);
            assert_int_equal(view.cursor, cursor);
        }
        for (int narrow = 1; narrow <= 200; narrow += 7) {
            set_sample(&view, &sample, narrow, 12);
            assert_int_equal(text_view_place(&view), place);
        }
        set_sample(&view, &sample, width, 12);
        if (view.rows.count > 0 && !view.rows.items[top].blank)
            assert_int_equal(view.top, top);
        assert_int_equal(text_view_place(&view), place);
        text_view_done(&view);
        sample_done(&sample);
    }
}

static void shown_ranges_are_visible(void **state)
{
    (void)state;
    struct random random = {4};
    for (int round = 0; round < 200; round++) {
        struct sample sample;
        struct text_view view;
        sample_init(&sample, &random);
        text_view_init(&view);
        set_sample(&view, &sample, 1 + (int)random_below(&random, 100),
                   (int)random_below(&random, 40));
        for (int step = 0; step < 50; step++) {
            uint32_t start = (uint32_t)random_below(&random, view.text.len + 1);
            uint32_t end = start + (uint32_t)random_below(&random, 80);
            text_view_show(&view, start, end, (int)random_below(&random, 12) - 1);
            assert_whole(&view);
            if (view.rows.count == 0)
                continue;
            size_t first = text_view_row_of(&view, start);
            size_t last = text_view_row_of(&view, end > start ? end - 1 : start);
            assert_true(first >= view.top && first < view.top + height_of(&view));
            if (last - first < height_of(&view))
                assert_true(last < view.top + height_of(&view));
        }
        text_view_done(&view);
        sample_done(&sample);
    }
}

static void near_ranges_scroll_little(void **state)
{
    (void)state;
    struct buf text = BUF_INIT;
    struct text_block blocks[100];
    for (uint32_t i = 0; i < 100; i++) {
        blocks[i] = (struct text_block){.start = i * 5, .end = i * 5 + 4, .marker = STR_NONE};
        buf_add(&text, STR("word\n"));
    }
    struct text_view view;
    text_view_init(&view);
    text_view_set(&view, buf_str(&text), blocks, 100, 20, 10);
    text_view_show(&view, 5 * 5, 5 * 5 + 4, 2);
    assert_int_equal(view.top, 0);
    text_view_show(&view, 10 * 5, 10 * 5 + 4, 2);
    assert_int_equal(view.top, 3);
    text_view_show(&view, 3 * 5, 3 * 5 + 4, 2);
    assert_int_equal(view.top, 1);
    text_view_show(&view, 50 * 5, 50 * 5 + 4, 2);
    assert_int_equal(view.top, 47);
    text_view_show(&view, 20 * 5, 20 * 5 + 4, 2);
    assert_int_equal(view.top, 17);
    text_view_go(&view, 60 * 5 + 2);
    assert_int_equal(view.top, 60);
    assert_int_equal(text_view_place(&view), 60 * 5 + 2);
    text_view_go(&view, 99 * 5);
    assert_int_equal(view.top, 90);
    assert_true(text_view_at_end(&view));
    assert_int_equal(text_view_scroll(&view, -1000), -90);
    assert_int_equal(text_view_scroll(&view, 3), 3);
    assert_int_equal(view.cursor, 9 * 5); /* in the window still */
    assert_int_equal(text_view_scroll(&view, 1000), 87);
    assert_int_equal(view.cursor, 90 * 5);
    text_view_done(&view);
    buf_done(&text);
}

static void the_cursor_goes_by_cluster_word_row_and_block(void **state)
{
    (void)state;
    static const struct text_block blocks[] = {
        {0, 11, 0, 0, 0, {NULL, 0}}, {12, 12, 0, 1, 0, {NULL, 0}}, {13, 25, 0, 1, 0, {NULL, 0}}};
    str text = STR("one two, 34\n\nfive six sev");
    struct text_view view;
    text_view_init(&view);
    text_view_set(&view, text, blocks, 3, 9, 10); /* "one two," "34" "" "five six" "sev" */
    text_view_move_cluster(&view, 1);
    assert_int_equal(view.cursor, 1);
    text_view_move_cluster(&view, 7);
    assert_int_equal(view.cursor, 9); /* over the blank at which the line was broken */
    text_view_move_cluster(&view, -1);
    assert_int_equal(view.cursor, 7);
    text_view_move_word(&view, 1);
    assert_int_equal(view.cursor, 10); /* on: to the end of a word */
    text_view_move_word(&view, 1);
    assert_int_equal(view.cursor, 16);
    text_view_move_word(&view, -4); /* back: to the beginning */
    assert_int_equal(view.cursor, 0);
    text_view_move_cluster(&view, 6);
    text_view_move_row(&view, 1);
    assert_int_equal(view.cursor, 10);
    text_view_move_row(&view, 1);
    assert_int_equal(view.cursor, 12);
    text_view_move_row(&view, 1);
    assert_int_equal(view.cursor, 19); /* back in the column it came from */
    text_view_move_block(&view, -1);
    assert_int_equal(view.cursor, 13);
    text_view_move_block(&view, -1);
    assert_int_equal(view.cursor, 12);
    text_view_move_block(&view, 5);
    assert_int_equal(view.cursor, 24);
    text_view_move_block(&view, -50);
    assert_int_equal(view.cursor, 0);
    text_view_move_cluster(&view, INT32_MAX);
    assert_int_equal(view.cursor, 24);
    text_view_move_cluster(&view, INT32_MIN);
    assert_int_equal(view.cursor, 0);
    text_view_move_row(&view, INT32_MAX);
    text_view_move_word(&view, INT32_MIN);
    assert_int_equal(view.cursor, 0);
    text_view_done(&view);
}

static void move_at_random(struct text_view *view, struct random *random)
{
    int by = (int)random_below(random, 21) - 10;
    switch (random_below(random, 6)) {
    case 0:
        text_view_move_cluster(view, by);
        break;
    case 1:
        text_view_move_word(view, by);
        break;
    case 2:
        text_view_move_row(view, by);
        break;
    case 3:
        text_view_move_block(view, by);
        break;
    case 4:
        text_view_go(view, (uint32_t)random_below(random, view->text.len + 3));
        text_view_move_row(view, 0);
        text_view_scroll(view, by);
        text_view_move_cluster(view, 0);
        return;
    default:
        text_view_scroll(view, by * 3);
        break;
    }
}

static void random_moves_keep_cursor_and_window(void **state)
{
    (void)state;
    struct random random = {5};
    for (int round = 0; round < 60; round++) {
        struct sample sample;
        struct text_view view;
        sample_init(&sample, &random);
        text_view_init(&view);
        set_sample(&view, &sample, 1 + (int)random_below(&random, 90),
                   (int)random_below(&random, 30));
        for (int step = 0; step < 300; step++) {
            uint32_t cursor = view.cursor;
            move_at_random(&view, &random);
            assert_whole(&view);
            if (view.cursor != cursor)
                assert_cursor_shown(&view);
            if (random_below(&random, 40) == 0)
                set_sample(&view, &sample, 1 + (int)random_below(&random, 200),
                           (int)random_below(&random, 30));
        }
        text_view_done(&view);
        sample_done(&sample);
    }
}

static void an_empty_view_is_harmless(void **state)
{
    (void)state;
    struct text_view view;
    text_view_init(&view);
    for (int i = 0; i < 2; i++) {
        text_view_move_cluster(&view, 1);
        text_view_move_word(&view, -1);
        text_view_move_row(&view, 1);
        text_view_move_block(&view, 1);
        text_view_go(&view, 10);
        text_view_show(&view, 3, 9, 2);
        assert_int_equal(text_view_scroll(&view, 5), 0);
        assert_true(text_view_at_end(&view));
        assert_int_equal(text_view_percent(&view), 100);
        assert_int_equal(text_view_place(&view), 0);
        text_view_set(&view, STR(""), NULL, 0, 0, -5);
    }
    text_view_done(&view);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_cover_the_text),
        cmocka_unit_test(the_place_survives_any_widths),
        cmocka_unit_test(shown_ranges_are_visible),
        cmocka_unit_test(near_ranges_scroll_little),
        cmocka_unit_test(the_cursor_goes_by_cluster_word_row_and_block),
        cmocka_unit_test(random_moves_keep_cursor_and_window),
        cmocka_unit_test(an_empty_view_is_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
