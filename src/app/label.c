#include "app/label.h"

#include "store/store.h"

static const char *const weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/* "2024-08", "2024" where it is known to lie in that month or, as somebody said, in that year. */
static bool add_period(struct buf *out, const struct publication *published)
{
    if (published->earliest == DAY_UNKNOWN || published->latest == DAY_UNKNOWN)
        return false;
    struct civil from = day_to_civil(published->earliest), to = day_to_civil(published->latest);
    if (from.year != to.year)
        return false;
    if (from.month == to.month)
        buf_format(out, "%04d-%02d", from.year, from.month);
    else if (published->basis == DATE_BASIS_SET && from.month == 1 && to.month == 12)
        buf_format(out, "%04d", from.year);
    else
        return false;
    return true;
}

static struct civil middle_of(const struct publication *published)
{
    return day_to_civil(published->earliest + (published->latest - published->earliest) / 2);
}

void label_publication(struct buf *out, const struct publication *published)
{
    if (published->value != DAY_UNKNOWN) {
        day_add(out, published->value);
    } else if (published->similar_count > 0) {
        struct civil middle = middle_of(published);
        buf_format(out, "≈ %04d-%02d", middle.year, middle.month);
    } else if (add_period(out, published)) {
        return;
    } else if (published->latest != DAY_UNKNOWN) {
        struct civil latest = day_to_civil(published->latest);
        buf_format(out, "≤ %04d-%02d", latest.year, latest.month);
    } else if (published->earliest != DAY_UNKNOWN) {
        struct civil earliest = day_to_civil(published->earliest);
        buf_format(out, "≥ %04d-%02d", earliest.year, earliest.month);
    } else {
        buf_add(out, STR("undated"));
    }
}

void label_publication_long(struct buf *out, const struct publication *published)
{
    bool from = published->earliest != DAY_UNKNOWN, to = published->latest != DAY_UNKNOWN;
    if (published->value != DAY_UNKNOWN) {
        day_add(out, published->value);
        buf_format(out, " %s", date_basis_name(published->basis));
        return;
    }
    if (published->similar_count > 0) {
        struct civil middle = middle_of(published);
        buf_format(out, "≈ %s %04d, from %u similar article%s", months[middle.month - 1],
                   middle.year, (unsigned)published->similar_count,
                   published->similar_count == 1 ? "" : "s");
        return;
    }
    if (!from && !to)
        buf_add(out, STR("unknown"));
    if (from) {
        buf_add(out, STR("not before "));
        day_add(out, published->earliest);
    }
    if (from && to)
        buf_add(out, STR(", "));
    if (to) {
        buf_add(out, STR("not after "));
        day_add(out, published->latest);
        if (published->basis == DATE_BASIS_FILE)
            buf_add(out, STR(", by the time of its file"));
    }
}

/* Whole years and months are named as such; a range leaves out what its ends share. */
void label_days(struct buf *out, day first, day last)
{
    if (first == DAY_UNKNOWN) {
        buf_add(out, STR("no day"));
        return;
    }
    struct civil from = day_to_civil(first), to = day_to_civil(last);
    bool whole_months =
        from.day_of_month == 1 && to.day_of_month == day_month_length(to.year, to.month);
    bool same_year = from.year == to.year, same_month = same_year && from.month == to.month;
    if (first == last)
        day_add(out, first);
    else if (whole_months && from.month == 1 && to.month == 12)
        buf_format(out, same_year ? "%04d" : "%04d..%04d", from.year, to.year);
    else if (whole_months && same_month)
        buf_format(out, "%04d-%02d", from.year, from.month);
    else if (whole_months && same_year)
        buf_format(out, "%04d-%02d..%02d", from.year, from.month, to.month);
    else if (same_month)
        buf_format(out, "%04d-%02d-%02d..%02d", from.year, from.month, from.day_of_month,
                   to.day_of_month);
    else if (same_year)
        buf_format(out, "%04d-%02d-%02d..%02d-%02d", from.year, from.month, from.day_of_month,
                   to.month, to.day_of_month);
    else
        buf_format(out, "%04d-%02d..%04d-%02d", from.year, from.month, to.year, to.month);
}

void label_day(struct buf *out, day number)
{
    buf_add(out, str_from(weekdays[day_weekday(number) - 1]));
    buf_add_byte(out, ' ');
    day_add(out, number);
}

void label_since_day(struct buf *out, day last, day today)
{
    static const char *const names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday"};
    buf_add(out, STR("since "));
    if (last == today)
        buf_add(out, STR("earlier today"));
    else if (today != DAY_UNKNOWN && last < today && today - last == 1)
        buf_add(out, STR("yesterday"));
    else if (today != DAY_UNKNOWN && last < today && today - last < 7)
        buf_add(out, str_from(names[day_weekday(last) - 1]));
    else
        day_add(out, last);
}

void label_since(struct buf *out, int64_t seen, day today)
{
    label_since_day(out, day_of_seconds(seen), today);
}

void label_instant(struct buf *out, int64_t seconds)
{
    enum { DAY_SECONDS = 86400 };
    day date = day_of_seconds(seconds);
    int left = date == DAY_UNKNOWN ? 0 : (int)((seconds % DAY_SECONDS + DAY_SECONDS) % DAY_SECONDS);
    day_add(out, date == DAY_UNKNOWN ? 0 : date);
    buf_format(out, "T%02d:%02d:%02dZ", left / 3600, left / 60 % 60, left % 60);
}

void label_count(struct buf *out, int64_t count, bool counts_matches)
{
    bool more = counts_matches && count > STORE_COUNT_LIMIT;
    buf_format(out, "%lld%s", (long long)(more ? STORE_COUNT_LIMIT : count), more ? "+" : "");
}

str label_title(str title, str path)
{
    return title.len ? title : path;
}

const char *label_correction_state(enum correction_state state)
{
    static const char *const texts[CORRECTION_STATE_COUNT] = {
        [CORRECTION_APPLIES] = "",
        [CORRECTION_WAITING] = "its article is not in this dossier",
        [CORRECTION_AMBIGUOUS] = "its words stand in the article more than once",
        [CORRECTION_LOST] = "its words are no longer in the article",
        [CORRECTION_NOBODY] = "nobody has that name now",
        [CORRECTION_OVERRULED] = "an earlier correction says otherwise",
    };
    return (unsigned)state < CORRECTION_STATE_COUNT ? texts[state] : "";
}
