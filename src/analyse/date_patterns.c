/* The date grammar as a table. The first row that matches at a word wins, so longer forms stand
 * before the shorter ones that they contain. A new form is a row here and a function. */
#include "analyse/date_scan.h"

#define ON(name) CLASS_BIT(name)
#define ON_COUNT (DATE_DIGITS | ON(NUMBER))
#define ON_OPENING (ON(ARTICLE) | ON(DATE_MODIFIER) | ON(DATE_EDGE))

const struct date_pattern date_patterns[] = {
    {"iso-date", DATE_DIGITS, date_match_iso},
    {"numeric-date", DATE_DIGITS, date_match_slashes},
    {"clock", DATE_DIGITS | ON(APPROXIMATION), date_match_clock},
    {"part-of-day", ON(ARTICLE), date_match_part_of_day},
    {"day-month", DATE_DIGITS | ON(ORDINAL) | ON(ARTICLE) | ON(WEEKDAY), date_match_day_month},
    {"day-of-range", DATE_DIGITS, date_match_day_of_range},
    {"month-day", ON(MONTH) | ON(WEEKDAY) | ON(DATE_MODIFIER) | ON(RELATIVE), date_match_month_day},
    {"holiday", ON(HOLIDAY) | ON(RELATIVE) | ON(DATE_OPENING) | ON(MONTH), date_match_holiday},
    {"month", ON(MONTH) | ON(RELATIVE) | ON_OPENING, date_match_month},
    {"year-ago-quarter", ON(TIME_UNIT) | ON(ARTICLE), date_match_year_ago_quarter},
    {"year-quarter", DATE_DIGITS | ON(ARTICLE), date_match_year_quarter},
    {"quarter", DATE_DIGITS | ON(ORDINAL) | ON(RELATIVE) | ON(ARTICLE) | ON(DATE_OPENING),
     date_match_quarter},
    {"decade", DATE_DIGITS | ON(DECADE) | ON_OPENING | DATE_QUOTE, date_match_decade},
    {"century", DATE_DIGITS | ON(ORDINAL) | ON_OPENING, date_match_century},
    {"relative-count", ON(RELATIVE) | ON(ARTICLE), date_match_relative_count},
    {"within", ON(DATE_MODIFIER), date_match_within},
    {"relative", ON(RELATIVE) | ON_OPENING, date_match_relative},
    {"week-of", ON(ARTICLE), date_match_week_of},
    {"beside-day", ON(ARTICLE), date_match_beside_day},
    {"neighbour", ON(ARTICLE), date_match_neighbour},
    {"that-time", ON(RELATIVE) | ON(ARTICLE), date_match_that_time},
    {"deictic", ON(DEICTIC) | ON(ARTICLE), date_match_deictic},
    {"shift", ON_COUNT | ON(APPROXIMATION) | ON(DATE_OPENING), date_match_shift},
    {"weekday", ON(WEEKDAY) | ON(DATE_MODIFIER), date_match_weekday},
    {"edge", ON(TIME_UNIT) | ON_OPENING, date_match_edge},
    {"season", ON(SEASON) | ON(RELATIVE) | ON_OPENING, date_match_season},
    {"one-day", ON(NUMBER), date_match_one_day},
    {"duration", ON_COUNT | ON(APPROXIMATION) | ON(ARTICLE) | ON(DATE_OPENING),
     date_match_duration},
    {"units-around", ON(ARTICLE), date_match_units_around},
    {"bare-units", ON(TIME_UNIT), date_match_bare_units},
    {"set-word", ON(SET_WORD), date_match_set_word},
    {"every", ON(EVERY), date_match_every},
    {"year", ON_COUNT | ON_OPENING | ON(DATE_OPENING), date_match_year},
    {"short-year", DATE_QUOTE, date_match_short_year},
    {"the-period", ON(ARTICLE), date_match_the_period},
    {"vague", ON(ARTICLE) | ON(PRESENT) | ON(VAGUE_PAST) | ON(VAGUE_FUTURE) | ON(DATE_OPENING),
     date_match_vague},
    {"day-part", ON(DAY_PART) | ON(ARTICLE), date_match_day_part},
    {NULL, 0, NULL},
};
