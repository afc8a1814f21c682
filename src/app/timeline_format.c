#include "app/timeline_format.h"

#include <string.h>

#include "app/csv.h"
#include "app/label.h"
#include "text/gate.h"
#include "text/json.h"

static str phrase_of(const struct moment_row *row)
{
    return str_slice(row->sentence, row->date_start, row->date_end);
}

/* ---- comma-separated values (RFC 4180) ------------------------------------------------------ */

static void add_day_cell(struct buf *out, day number)
{
    if (number != DAY_UNKNOWN)
        day_add(out, number);
    buf_add_byte(out, ',');
}

static void begin_csv(struct buf *out, day today)
{
    (void)today;
    buf_add(out, STR("earliest,latest,certainty,value,words,sentence,article,title,outlet\r\n"));
}

static void add_csv(struct buf *out, const struct moment_row *row, day today, size_t index)
{
    (void)today, (void)index;
    add_day_cell(out, row->moment.first);
    add_day_cell(out, row->moment.last);
    buf_format(out, "%s,", certainty_name(row->moment.certainty));
    csv_add_cell(out, row->moment.value, GATE_ONE_LINE, false);
    csv_add_cell(out, phrase_of(row), GATE_ONE_LINE, false);
    csv_add_cell(out, row->sentence, GATE_ONE_LINE, false);
    buf_format(out, "%lld,", (long long)row->article);
    csv_add_cell(out, row->title, GATE_ONE_LINE, false);
    csv_add_cell(out, row->site, GATE_ONE_LINE, true);
}

static void end_nothing(struct buf *out)
{
    (void)out;
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

static void begin_ics(struct buf *out, day today)
{
    (void)today;
    buf_add(out, STR("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//dossier//timeline//EN\r\n"
                     "CALSCALE:GREGORIAN\r\n"));
}

static void add_ics(struct buf *out, const struct moment_row *row, day today, size_t index)
{
    (void)index;
    const struct moment *moment = &row->moment;
    if (day_to_civil(moment->first).year < 1 || moment->last >= DAY_MAX)
        return; /* a calendar has years of four digits */
    struct buf told = BUF_INIT;
    buf_format(&told, "%.*s%s%.*s (%.*s: %s)", STR_ARG(row->site), row->site.len ? ": " : "",
               STR_ARG(row->title), STR_ARG(phrase_of(row)), certainty_name(moment->certainty));
    buf_format(out, "BEGIN:VEVENT\r\nUID:%lld-%u-%u@dossier\r\n", (long long)row->article,
               (unsigned)moment->start, (unsigned)moment->end);
    add_date(out, "DTSTAMP", today, "T000000Z");
    add_date(out, "DTSTART;VALUE=DATE", moment->first, "");
    add_date(out, "DTEND;VALUE=DATE", moment->last + 1, ""); /* the day after */
    add_property(out, "SUMMARY", row->sentence);
    add_property(out, "DESCRIPTION", buf_str(&told));
    buf_format(out, "STATUS:%s\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n",
               moment->certainty >= CERTAINTY_RESOLVED ? "CONFIRMED" : "TENTATIVE");
    buf_done(&told);
}

static void end_ics(struct buf *out)
{
    buf_add(out, STR("END:VCALENDAR\r\n"));
}

/* ---- TimelineJS ------------------------------------------------------------------------------ */

/* TimelineJS shows its texts as HTML. */
static void add_html(struct buf *out, str text)
{
    static const struct {
        char byte;
        const char *entity;
    } entities[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}};
    for (size_t i = 0; i < text.len; i++) {
        const char *entity = NULL;
        for (size_t k = 0; k < sizeof entities / sizeof *entities; k++)
            if (text.ptr[i] == entities[k].byte)
                entity = entities[k].entity;
        if (entity)
            buf_add(out, str_from(entity));
        else
            buf_add_byte(out, text.ptr[i]);
    }
}

static void json_html(struct json *json, const char *name, str text)
{
    struct buf html = BUF_INIT;
    add_html(&html, text);
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
    bool is_one = moment->first == moment->last || (precision == PRECISION_YEAR &&
                                                    from.year == to.year) ||
                  (precision == PRECISION_MONTH && from.year == to.year && from.month == to.month);
    struct buf shown = BUF_INIT;
    label_days(&shown, moment->first, moment->last);
    json_date(json, "start_date", moment->first, precision);
    if (!is_one)
        json_date(json, "end_date", moment->last, precision);
    json_field(json, "display_date", buf_str(&shown));
    buf_done(&shown);
}

static void begin_timelinejs(struct buf *out, day today)
{
    (void)today;
    buf_add(out, STR("{\"events\":["));
}

static void add_timelinejs(struct buf *out, const struct moment_row *row, day today, size_t index)
{
    (void)today;
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

static void end_timelinejs(struct buf *out)
{
    buf_add(out, STR("]}\n"));
}

const struct timeline_format timeline_formats[] = {
    {OPTION_CSV, false, begin_csv, add_csv, end_nothing},
    {OPTION_ICS, true, begin_ics, add_ics, end_ics},
    {OPTION_TIMELINEJS, true, begin_timelinejs, add_timelinejs, end_timelinejs},
    {OPTION_COUNT, false, NULL, NULL, NULL},
};
