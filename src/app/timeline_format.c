#include "app/timeline_format.h"

#include <string.h>

#include "app/label.h"
#include "text/gate.h"
#include "text/json.h"
#include "text/markup.h"

static str phrase_of(const struct moment_row *row)
{
    return str_slice(row->sentence, row->date_start, row->date_end);
}

/* ---- a calendar (RFC 5545) ------------------------------------------------------------------ */

enum { FOLD_LEN = 75 };

static bool continues_code_point(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

void timeline_add_folded(struct buf *out, str line)
{
    for (size_t room = FOLD_LEN; line.len > room; room = FOLD_LEN - 1) {
        size_t cut = room;
        while (cut > 1 && continues_code_point(line.ptr[cut]))
            cut--;
        buf_add(out, str_slice(line, 0, cut));
        buf_add(out, STR("\r\n "));
        line = str_slice(line, cut, line.len);
    }
    buf_add(out, line);
    buf_add(out, STR("\r\n"));
}

/* TEXT values (3.3.11). */
static void add_escaped(struct buf *line, str text)
{
    struct buf safe = BUF_INIT;
    gate_add(&safe, text, GATE_ONE_LINE);
    for (size_t i = 0; i < safe.len; i++) {
        if (strchr("\\;,", safe.ptr[i]))
            buf_add_byte(line, '\\');
        buf_add_byte(line, safe.ptr[i]);
    }
    buf_done(&safe);
}

static void add_property(struct buf *out, const char *name, str text)
{
    struct buf line = BUF_INIT;
    buf_format(&line, "%s:", name);
    add_escaped(&line, text);
    timeline_add_folded(out, buf_str(&line));
    buf_done(&line);
}

static void add_date(struct buf *out, const char *name, day number, const char *end)
{
    struct civil civil = day_to_civil(number);
    buf_format(out, "%s:%04d%02d%02d%s\r\n", name, civil.year, civil.month, civil.day_of_month,
               end);
}

static void begin_ics(struct report *report)
{
    buf_add(&report->line,
            STR("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//dossier//timeline//EN\r\n"
                "CALSCALE:GREGORIAN\r\n"));
}

/* Of the words themselves: events of several dossiers go into one calendar (RFC 5545, 3.8.4.7). */
static uint64_t source_hash(const struct moment_row *row)
{
    struct buf words = BUF_INIT;
    buf_format(&words, "%.*s\n%.*s\n%.*s", STR_ARG(row->site), STR_ARG(row->title),
               STR_ARG(row->sentence));
    uint64_t hash = str_hash(buf_str(&words));
    buf_done(&words);
    return hash;
}

static void add_ics(struct report *report, const void *found, size_t index)
{
    (void)index;
    const struct moment_row *row = found;
    const struct moment *moment = &row->moment;
    struct buf *out = &report->line;
    if (day_to_civil(moment->first).year < 1 || moment->last >= DAY_MAX)
        return; /* a calendar has years of four digits */
    struct buf told = BUF_INIT;
    buf_format(&told, "%.*s%s%.*s (%.*s: %s)", STR_ARG(row->site), row->site.len ? ": " : "",
               STR_ARG(row->title), STR_ARG(phrase_of(row)), certainty_name(moment->certainty));
    buf_format(out, "BEGIN:VEVENT\r\nUID:%016llx-%u-%u@dossier\r\n",
               (unsigned long long)source_hash(row), (unsigned)moment->start,
               (unsigned)moment->end);
    add_date(out, "DTSTAMP", report->environment->today, "T000000Z");
    add_date(out, "DTSTART;VALUE=DATE", moment->first, "");
    add_date(out, "DTEND;VALUE=DATE", moment->last + 1, ""); /* the day after */
    add_property(out, "SUMMARY", row->sentence);
    add_property(out, "DESCRIPTION", buf_str(&told));
    buf_format(out, "STATUS:%s\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n",
               moment->certainty >= CERTAINTY_RESOLVED ? "CONFIRMED" : "TENTATIVE");
    buf_done(&told);
}

static enum status end_ics(struct report *report)
{
    buf_add(&report->line, STR("END:VCALENDAR\r\n"));
    return STATUS_OK;
}

/* ---- TimelineJS ------------------------------------------------------------------------------ */

/* TimelineJS shows its texts as HTML. */
static void json_html(struct json *json, const char *name, str text)
{
    struct buf html = BUF_INIT;
    markup_add(&html, text);
    json_field(json, name, buf_str(&html));
    buf_done(&html);
}

enum precision { PRECISION_YEAR, PRECISION_MONTH, PRECISION_DAY };

static void json_date(struct json *json, const char *name, day number, enum precision precision)
{
    struct civil civil = day_to_civil(number);
    json_name(json, name);
    json_object_begin(json);
    json_field_number(json, "year", civil.year);
    if (precision >= PRECISION_MONTH)
        json_field_number(json, "month", civil.month);
    if (precision == PRECISION_DAY)
        json_field_number(json, "day", civil.day_of_month);
    json_object_end(json);
}

/* A whole month or year is one date of that precision; other periods have two ends. */
static void json_dates(struct json *json, const struct moment *moment)
{
    struct civil from = day_to_civil(moment->first), to = day_to_civil(moment->last);
    bool whole_months =
        from.day_of_month == 1 && to.day_of_month == day_month_length(to.year, to.month);
    enum precision precision = !whole_months                       ? PRECISION_DAY
                               : from.month == 1 && to.month == 12 ? PRECISION_YEAR
                                                                   : PRECISION_MONTH;
    bool is_one = moment->first == moment->last ||
                  (precision == PRECISION_YEAR && from.year == to.year) ||
                  (precision == PRECISION_MONTH && from.year == to.year && from.month == to.month);
    struct buf shown = BUF_INIT;
    label_days(&shown, moment->first, moment->last);
    json_date(json, "start_date", moment->first, precision);
    if (!is_one)
        json_date(json, "end_date", moment->last, precision);
    json_field(json, "display_date", buf_str(&shown));
    buf_done(&shown);
}

static void begin_timelinejs(struct report *report)
{
    buf_add(&report->line, STR("{\"events\":["));
}

static void add_timelinejs(struct report *report, const void *found, size_t index)
{
    const struct moment_row *row = found;
    struct buf *out = &report->line;
    struct json json;
    struct buf id = BUF_INIT;
    if (index > 0)
        buf_add_byte(out, ',');
    json_init(&json, out);
    json_object_begin(&json);
    buf_format(&id, "%lld-%u-%u", (long long)row->article, (unsigned)row->moment.start,
               (unsigned)row->moment.end);
    json_field(&json, "unique_id", buf_str(&id));
    json_dates(&json, &row->moment);
    json_name(&json, "text");
    json_object_begin(&json);
    json_html(&json, "headline", label_title(row->title, row->site));
    json_html(&json, "text", row->sentence);
    json_object_end(&json);
    json_html(&json, "group", label_title(row->site, row->title));
    json_field(&json, "certainty", str_from(certainty_name(row->moment.certainty)));
    json_object_end(&json);
    buf_done(&id);
}

static enum status end_timelinejs(struct report *report)
{
    buf_add(&report->line, STR("]}\n"));
    return STATUS_OK;
}

const struct listing_form timeline_forms[] = {
    {OPTION_ICS, begin_ics, add_ics, end_ics},
    {OPTION_TIMELINEJS, begin_timelinejs, add_timelinejs, end_timelinejs},
    {OPTION_COUNT, NULL, NULL, NULL},
};
