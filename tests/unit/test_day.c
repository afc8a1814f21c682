/* layers: base model */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/day.h"

static void every_day_goes_to_civil_and_back(void **state)
{
    (void)state;
    struct civil last = day_to_civil(DAY_MIN);
    assert_int_equal(last.year, -9999);
    assert_int_equal(last.month, 1);
    assert_int_equal(last.day_of_month, 1);
    for (day number = DAY_MIN; number <= DAY_MAX; number++) {
        struct civil civil = day_to_civil(number);
        if (day_from_civil(civil.year, civil.month, civil.day_of_month) != number)
            fail_msg("day %d does not come back", (int)number);
        if (number == DAY_MIN)
            continue;
        bool follows = civil.day_of_month == last.day_of_month + 1 ||
                       (civil.day_of_month == 1 &&
                        last.day_of_month == day_month_length(last.year, last.month));
        if (!follows)
            fail_msg("day %d does not follow the one before", (int)number);
        last = civil;
    }
    assert_int_equal(last.year, 9999);
    assert_int_equal(last.month, 12);
    assert_int_equal(last.day_of_month, 31);
}

static void known_days_have_their_numbers_and_weekdays(void **state)
{
    (void)state;
    static const struct {
        int year, month, day_of_month, number, weekday;
    } cases[] = {
        {1970, 1, 1, 0, 4},     {1969, 12, 31, -1, 3},      {2000, 2, 29, 11016, 2},
        {2024, 8, 5, 19940, 1}, {1582, 10, 15, -141427, 5}, {1, 1, 1, -719162, 1},
        {0, 3, 1, -719468, 3},  {9999, 12, 31, 2932896, 5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        day number = day_from_civil(cases[i].year, cases[i].month, cases[i].day_of_month);
        assert_int_equal(number, cases[i].number);
        assert_int_equal(day_weekday(number), cases[i].weekday);
    }
}

static void days_that_do_not_exist_are_unknown(void **state)
{
    (void)state;
    assert_false(day_exists(2023, 2, 29));
    assert_true(day_exists(2024, 2, 29));
    assert_false(day_exists(1900, 2, 29));
    assert_true(day_exists(-4, 2, 29));
    assert_false(day_exists(2024, 13, 1));
    assert_false(day_exists(2024, 0, 1));
    assert_false(day_exists(2024, 4, 31));
    assert_false(day_exists(10000, 1, 1));
    assert_int_equal(day_from_civil(2023, 2, 29), DAY_UNKNOWN);
    assert_int_equal(day_from_civil(INT32_MAX, INT32_MAX, INT32_MAX), DAY_UNKNOWN);
    assert_int_equal(day_to_civil(DAY_UNKNOWN).month, 0);
    assert_int_equal(day_weekday(DAY_UNKNOWN), 0);
    assert_int_equal(day_month_length(2024, 2), 29);
    assert_int_equal(day_month_length(2024, 13), 0);
}

static void iso_weeks_go_there_and_back(void **state)
{
    (void)state;
    int year;
    assert_int_equal(day_iso_week(day_from_civil(2021, 1, 3), &year), 53);
    assert_int_equal(year, 2020);
    assert_int_equal(day_iso_week(day_from_civil(2024, 12, 30), &year), 1);
    assert_int_equal(year, 2025);
    assert_int_equal(day_iso_week(day_from_civil(2024, 8, 5), &year), 32);
    assert_int_equal(year, 2024);
    for (day number = DAY_MIN; number <= DAY_MAX; number += 13) {
        int week = day_iso_week(number, &year);
        if (day_from_iso_week(year, week, day_weekday(number)) != number)
            fail_msg("day %d does not come back from its week", (int)number);
    }
    assert_int_equal(day_from_iso_week(2024, 53, 1), DAY_UNKNOWN);
    assert_int_equal(day_from_iso_week(2020, 53, 7), day_from_civil(2021, 1, 3));
    assert_int_equal(day_from_iso_week(2020, 1, 8), DAY_UNKNOWN);
    assert_int_equal(day_from_iso_week(INT32_MAX, 1, 1), DAY_UNKNOWN);
}

static void written_days_are_read_exactly(void **state)
{
    (void)state;
    day number = 0;
    assert_true(day_parse(STR("2024-08-05"), &number));
    assert_int_equal(number, 19940);
    static const char *const wrong[] = {
        "",         "2024-8-5",   "2024-02-30", "2024/08/05", "2024-08-05 ",
        "20240805", "2024-08-0x", "-024-08-05", "2024-00-10", "2024-08-00"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(day_parse(str_from(wrong[i]), &number));
    assert_int_equal(number, 19940);

    struct buf buf = BUF_INIT;
    day_add(&buf, number);
    buf_add_byte(&buf, ' ');
    day_add(&buf, DAY_UNKNOWN);
    buf_add_byte(&buf, ' ');
    day_add(&buf, day_from_civil(-44, 3, 15));
    buf_add_byte(&buf, ' ');
    day_add(&buf, day_from_civil(79, 8, 24));
    assert_string_equal(buf_c(&buf), "2024-08-05 unknown -0044-03-15 0079-08-24");
    buf_done(&buf);
}

static void periods_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int from[3], to[3];
    } periods[] = {
        {"2024", {2024, 1, 1}, {2024, 12, 31}},
        {"2024-02", {2024, 2, 1}, {2024, 2, 29}},
        {"2024-08-05", {2024, 8, 5}, {2024, 8, 5}},
        {"2024-08-05..2024-08-07", {2024, 8, 5}, {2024, 8, 7}},
        {"2023..2024-02", {2023, 1, 1}, {2024, 2, 29}},
    };
    day first, last;
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
        const int *from = periods[i].from, *to = periods[i].to;
        assert_true(day_parse_period(str_from(periods[i].text), &first, &last));
        assert_int_equal(first, day_from_civil(from[0], from[1], from[2]));
        assert_int_equal(last, day_from_civil(to[0], to[1], to[2]));
    }
    static const char *const wrong[] = {"",         "24",       "2024-13",    "2024-00",
                                        "2024-1",   "2024..",   "..2024",     "2024..2023",
                                        "2024-8-5", "20240805", "2024-02-30", "2024 .. 2025"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(day_parse_period(str_from(wrong[i]), &first, &last));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_goes_to_civil_and_back),
        cmocka_unit_test(known_days_have_their_numbers_and_weekdays),
        cmocka_unit_test(days_that_do_not_exist_are_unknown),
        cmocka_unit_test(iso_weeks_go_there_and_back),
        cmocka_unit_test(written_days_are_read_exactly),
        cmocka_unit_test(periods_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
