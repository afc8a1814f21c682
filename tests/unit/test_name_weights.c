/* layers: base text model analyse */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "analyse/name_weights.h"
#include "base/file.h"

enum { /* 5, 7 and 31 */
       SENSE = 5 | 7 << SENSE_NARROW_BITS | 31 << (SENSE_NARROW_BITS + SENSE_MIDDLE_BITS)
};

static const char path[] = "test_name_weights.weights";

static void write_bytes(const struct buf *bytes)
{
    struct error err;
    if (file_replace(path, buf_str(bytes), &err))
        fail_msg("%s", err.text);
}

static struct buf example(void)
{
    static const struct name_row rows[] = {
        {.feature = 7, .weights = {1, -2, 3}},
        {.feature = 0xFFFFFFFF, .large = true, .weights = {[LABEL_IN_OTHER] = -127}}};
    static const struct name_word_class words[] = {{.word = 3, .known = {300, 0}},
                                                   {.word = 0xFFFFFFFF, .known = {12, SENSE}}};
    static const signed char cases[CASE_SLOTS] = {[3] = -5, [CASE_SLOTS - 1] = 12};
    struct name_weights_source source = {
        .cases = cases, .words = words, .word_count = 2, .rows = rows, .row_count = 2};
    source.steps[0][LABEL_NONE][LABEL_IN_PERSON] = NAME_STEP_NEVER;
    source.steps[1][LABEL_IN_OTHER][LABEL_NONE] = 31;
    struct buf bytes = BUF_INIT;
    name_weights_write(&source, &bytes);
    return bytes;
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    struct buf bytes = example();
    write_bytes(&bytes);
    struct name_weights *weights;
    struct error err;
    if (name_weights_open(path, &weights, &err))
        fail_msg("%s", err.text);
    int times;
    const signed char *row = name_weights_row(weights, 7, &times);
    assert_non_null(row);
    assert_int_equal(times, 1);
    assert_int_equal(row[1], -2);
    row = name_weights_row(weights, 0xFFFFFFFF, &times);
    assert_non_null(row);
    assert_int_equal(times * row[LABEL_IN_OTHER], -127 * NAME_ROW_TIMES);
    assert_null(name_weights_row(weights, 8, &times));
    assert_int_equal(name_weights_word(weights, (uint64_t)3 << 32 | 9).class_id, 300);
    assert_int_equal(name_weights_word(weights, (uint64_t)3 << 32 | 9).sense, 0);
    assert_int_equal(name_weights_word(weights, (uint64_t)4 << 32).class_id, 0);
    struct name_word last = name_weights_word(weights, UINT64_MAX);
    assert_int_equal(last.class_id, 12);
    assert_int_equal(name_sense(last.sense, SENSE_NARROW), 5);
    assert_int_equal(name_sense(last.sense, SENSE_MIDDLE), 7);
    assert_int_equal(name_sense(last.sense, SENSE_WIDE), 31);
    assert_int_equal(name_weights_case(weights, 3), -5);
    assert_int_equal(name_weights_case(weights, CASE_SLOTS - 1), 12);
    assert_int_equal(name_weights_case(weights, 0), 0);
    assert_int_equal(name_weights_steps(weights, false)[LABEL_NONE][LABEL_IN_PERSON],
                     NAME_STEP_NEVER);
    assert_int_equal(name_weights_steps(weights, true)[LABEL_NONE][LABEL_IN_PERSON], 0);
    assert_int_equal(name_weights_steps(weights, true)[LABEL_IN_OTHER][LABEL_NONE], 31);
    name_weights_close(weights);
    buf_done(&bytes);
}

static void a_damaged_file_is_refused(void **state)
{
    (void)state;
    struct buf bytes = example();
    const size_t places[] = {0, 14, 18, 24, 30, 40, 300, bytes.len - 1};
    for (size_t i = 0; i <= sizeof places / sizeof *places; i++) {
        bool cut = i == sizeof places / sizeof *places;
        struct buf damaged = BUF_INIT;
        buf_add(&damaged, str_slice(buf_str(&bytes), 0, bytes.len - (cut ? 5 : 0)));
        if (!cut)
            damaged.ptr[places[i]] ^= 0x10;
        write_bytes(&damaged);
        struct name_weights *weights;
        struct error err;
        assert_int_equal(name_weights_open(path, &weights, &err), STATUS_BAD_INPUT);
        assert_null(weights);
        assert_true(str_starts(str_from(err.text), str_from(path)));
        buf_done(&damaged);
    }
    struct name_weights *weights;
    struct error err;
    assert_int_equal(name_weights_open("no/such.weights", &weights, &err), STATUS_NOT_FOUND);
    buf_done(&bytes);
    remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(a_damaged_file_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
