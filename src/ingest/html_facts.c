/* What a page says of itself: chosen among the facts of its elements, its graphs and its address.
 */
#include "base/ascii.h"
#include "base/buf.h"
#include "ingest/cleaner.h"
#include "ingest/html.h"
#include "text/fold.h"
#include "text/url.h"
#include "text/utf8.h"

#define HEADLINE_LIMIT 12 /* headings looked at */

/* --- days ------------------------------------------------------------------------------------- */

static int digits_at(str text, size_t at, size_t count)
{
    int value = 0;
    for (size_t i = at; i < at + count; i++) {
        if (i >= text.len || !ascii_is_digit(text.ptr[i])) {
            return -1;
        }
        value = value * 10 + (text.ptr[i] - '0');
    }
    return value;
}

static day civil_day(int year, int month, int day_of_month)
{
    return year >= 1980 && year <= 2100 && month >= 1 && month <= 12 &&
                   day_exists(year, month, day_of_month)
               ? day_from_civil(year, month, day_of_month)
               : DAY_UNKNOWN;
}

/* Year, month and day with one mark between them, at the start of the text. */
static day marked_day(str text, size_t at, char mark, size_t *end)
{
    int year = digits_at(text, at, 4);
    if (year < 0 || at + 5 >= text.len || text.ptr[at + 4] != mark) {
        return DAY_UNKNOWN;
    }
    size_t len = digits_at(text, at + 5, 2) >= 0 ? 2 : 1;
    int month = digits_at(text, at + 5, len);
    at += 5 + len;
    if (month < 0 || at + 1 >= text.len || text.ptr[at] != mark) {
        return DAY_UNKNOWN;
    }
    len = digits_at(text, at + 1, 2) >= 0 ? 2 : 1;
    *end = at + 1 + len;
    return civil_day(year, month, digits_at(text, at + 1, len));
}

day html_day(str text)
{
    text = str_trim(text);
    size_t end = 0;
    day value = marked_day(text, 0, '-', &end);
    value = value != DAY_UNKNOWN ? value : marked_day(text, 0, '/', &end);
    value = value != DAY_UNKNOWN ? value : marked_day(text, 0, '.', &end);
    if (value != DAY_UNKNOWN || digits_at(text, 0, 8) < 0) {
        return value;
    }
    int64_t seconds = 0;
    if (text.len == 8 || text.ptr[8] == 'T') {
        return civil_day(digits_at(text, 0, 4), digits_at(text, 4, 2), digits_at(text, 6, 2));
    }
    if ((text.len == 10 || text.len == 13) && str_to_int(text, &seconds)) {
        seconds = text.len == 13 ? seconds / 1000 : seconds;
        return seconds > 315532800 ? (day)(seconds / 86400) : DAY_UNKNOWN;
    }
    return DAY_UNKNOWN;
}

day html_day_of_url(str url)
{
    static const char marks[] = {'/', '-'};
    for (size_t at = str_find_byte(url, '/', 8); at != STR_MISSING && at + 9 < url.len;
         at = str_find_byte(url, '/', at + 1)) {
        for (size_t i = 0; i < sizeof marks; i++) {
            size_t end = 0;
            day value = marked_day(url, at + 1, marks[i], &end);
            if (value != DAY_UNKNOWN && (end == url.len || digits_at(url, end, 1) < 0)) {
                return value;
            }
        }
        if (digits_at(url, at + 1, 8) > 19800000 &&
            (at + 9 == url.len || digits_at(url, at + 9, 1) < 0)) {
            day value = html_day(str_slice(url, at + 1, at + 9));
            if (value != DAY_UNKNOWN) {
                return value;
            }
        }
    }
    return DAY_UNKNOWN;
}

/* --- choosing --------------------------------------------------------------------------------- */

/* Character references that stand twice encoded in meta elements and JSON. */
static str decode_references(struct arena *arena, str text)
{
    static const struct {
        const char *name;
        const char *text;
    } names[] = {{"amp;", "&"},   {"quot;", "\""}, {"apos;", "'"},  {"lt;", "<"},
                 {"gt;", ">"},    {"nbsp;", " "},  {"rsquo;", "’"}, {"lsquo;", "‘"},
                 {"ldquo;", "“"}, {"rdquo;", "”"}, {"ndash;", "–"}, {"mdash;", "—"},
                 {"hellip;", "…"}};
    if (str_find_byte(text, '&', 0) == STR_MISSING) {
        return text;
    }
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < text.len; i++) {
        str rest = str_slice(text, i + 1, text.len);
        size_t skip = 0;
        for (size_t k = 0; text.ptr[i] == '&' && k < sizeof names / sizeof *names; k++) {
            if (str_starts(rest, str_from(names[k].name))) {
                buf_add(&out, str_from(names[k].text));
                skip = str_from(names[k].name).len;
            }
        }
        if (!skip && text.ptr[i] == '&' && rest.len > 2 && rest.ptr[0] == '#') {
            bool hex = (rest.ptr[1] | 32) == 'x';
            uint32_t c = 0;
            size_t at = 1 + hex;
            for (int digit; at < rest.len && at < 9 &&
                            (digit = ascii_hex_digit(rest.ptr[at])) >= 0 && (hex || digit < 10);
                 at++) {
                c = c * (hex ? 16 : 10) + (uint32_t)digit;
            }
            if (at < rest.len && rest.ptr[at] == ';' && c) {
                utf8_add(&out, c);
                skip = at + 1;
            }
        }
        if (skip) {
            i += skip;
        } else {
            buf_add_byte(&out, text.ptr[i]);
        }
    }
    str result = utf8_repair(arena, arena_str(arena, buf_str(&out)));
    buf_done(&out);
    return result;
}

/* Letters and digits only, folded. */
static str bare(struct arena *arena, str text)
{
    str folded = fold_text(arena, text);
    char *out = arena_array(arena, char, folded.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < folded.len; i++) {
        char byte = folded.ptr[i];
        if (ascii_is_lower(byte) || ascii_is_digit(byte) || byte & 0x80) {
            out[len++] = byte;
        }
    }
    return (str){out, len};
}

/* The host of the address: "www.example.co.uk" of https://www.example.co.uk/x. */
static str host_of(str url)
{
    size_t start = str_find(url, STR("://"), 0);
    if (start == STR_MISSING) {
        return STR_NONE;
    }
    start += 3;
    size_t end = str_find_byte(url, '/', start);
    return str_slice(url, start, end == STR_MISSING ? url.len : end);
}

struct names {
    str site, publisher, host; /* bare */
};

static bool is_outlet(struct arena *scratch, const struct names *names, str part)
{
    str name = bare(scratch, part);
    if (name.len < 2 || name.len > 60) {
        return false;
    }
    if (str_equal(name, names->site) || str_equal(name, names->publisher)) {
        return true;
    }
    if (name.len >= 3 && str_find(names->host, name, 0) != STR_MISSING) {
        return true;
    }
    return names->site.len >= 4 && name.len <= names->site.len + 24 &&
           (str_find(name, names->site, 0) != STR_MISSING ||
            (name.len >= 4 && str_find(names->site, name, 0) != STR_MISSING));
}

/* Without the outlet before or after it. */
static str cut_outlet(struct arena *scratch, const struct names *names, str title)
{
    static const char *const marks[] = {" | ", " - ", " – ",  " — ", " » ", " › ",
                                        " · ", " • ", " :: ", " : ", ": ",  " |"};
    for (int round = 0; round < 3; round++) {
        str before = title;
        for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
            str mark = str_from(marks[m]);
            size_t first = str_find(title, mark, 0), last = first;
            for (size_t at = first; at != STR_MISSING; at = str_find(title, mark, at + mark.len)) {
                last = at;
            }
            if (first == STR_MISSING) {
                continue;
            }
            if (is_outlet(scratch, names, str_slice(title, last + mark.len, title.len))) {
                title = str_trim(str_slice(title, 0, last));
            } else if (is_outlet(scratch, names, str_slice(title, 0, first))) {
                title = str_trim(str_slice(title, first + mark.len, title.len));
            }
        }
        if (title.len == before.len) {
            break;
        }
    }
    return title;
}

static str first_fact(const struct html_document *document, const enum html_fact *facts,
                      size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (document->facts[facts[i]].len) {
            return document->facts[facts[i]];
        }
    }
    return STR_NONE;
}

static day read_day(struct cleaner *c, str text)
{
    size_t start = 0, end = 0;
    day value = html_day(text);
    return value != DAY_UNKNOWN || !text.len
               ? value
               : date_find(c->rules, &c->scratch, str_slice(text, 0, 200), c->date_order, &start,
                           &end);
}

/* Does the time stamp say that it counts in universal time? */
static bool is_universal(str text)
{
    text = str_trim(text);
    return str_ends(text, STR("Z")) || str_ends(text, STR("+00:00")) ||
           str_ends(text, STR("+0000")) || str_ends(text, STR("GMT")) || str_ends(text, STR("UTC"));
}

/* A stamp in universal time is a day off for readers far from Greenwich: the address, or a time
 * element of the same fact with its own time, tells their day. */
static day local_day(struct cleaner *c, const struct html_document *document, day value)
{
    static const enum html_fact order[] = {FACT_TIME_PUBLISHED, FACT_TIME_MARKED};
    day other = html_day_of_url(c->article->url);
    for (size_t i = 0; other == DAY_UNKNOWN && i < sizeof order / sizeof *order; i++) {
        str text = document->facts[order[i]];
        other = text.len && !is_universal(text) ? read_day(c, text) : DAY_UNKNOWN;
    }
    return day_is_near(other, value) ? other : value;
}

struct stated_days html_stated_days(struct cleaner *c)
{
    static const enum html_fact order[] = {FACT_LD_PUBLISHED,   FACT_META_PUBLISHED,
                                           FACT_TIME_PUBLISHED, FACT_TIME_MARKED,
                                           FACT_LD_CREATED,     FACT_META_DATE};
    static const enum html_fact changed[] = {FACT_LD_MODIFIED, FACT_META_MODIFIED,
                                             FACT_TIME_MODIFIED};
    const struct html_document *document = c->document;
    struct stated_days days = {.published = DAY_UNKNOWN,
                               .updated = DAY_UNKNOWN,
                               .dated = read_day(c, document->facts[FACT_META_DATE])};
    for (size_t i = 0; i < sizeof changed / sizeof *changed && days.updated == DAY_UNKNOWN; i++) {
        days.updated = read_day(c, document->facts[changed[i]]);
    }
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        str text = document->facts[order[i]];
        day value = read_day(c, text);
        if (value != DAY_UNKNOWN) {
            days.published = is_universal(text) ? local_day(c, document, value) : value;
            days.weak = order[i] == FACT_META_DATE;
            return days;
        }
    }
    days.weak = true;
    days.published = html_day_of_url(c->article->url);
    if (days.published == DAY_UNKNOWN) {
        days.published = read_day(c, document->facts[FACT_TIME_FIRST]);
        days.first_time = true;
    }
    return days;
}

/* The words (3 letters and more) of both among all words of both, per cent. */
static int likeness(struct arena *scratch, str a, str b)
{
    struct map words;
    map_init(&words, scratch);
    size_t count = 0, shared = 0;
    str word;
    str first = fold_text(scratch, a), second = fold_text(scratch, b);
    for (size_t at = 0; text_next_word(first, &at, &word);) {
        str core = text_word_core(word);
        if (core.len >= 3) {
            map_put(&words, core, 1);
            count++;
        }
    }
    for (size_t at = 0; text_next_word(second, &at, &word);) {
        str core = text_word_core(word);
        uint64_t *found = core.len >= 3 ? map_find(&words, core) : NULL;
        count += core.len >= 3;
        if (found && *found) {
            *found = 0;
            shared++;
        }
    }
    return count ? (int)(200 * shared / count) : 0;
}

static size_t count_words(str text)
{
    size_t count = 0, at = 0;
    for (str word; text_next_word(text, &at, &word);) {
        count += text_word_core(word).len > 0;
    }
    return count;
}

/* The first heading of the first rank that is like the title the page states (the headline readers
 * see is often longer), or the only one there is; STR_NONE when there is none. */
static str headline(struct cleaner *c, const struct names *names, str title)
{
    str best = STR_NONE;
    int best_likeness = 0;
    size_t count = 0;
    for (size_t i = 0; i < c->document->blocks.count && count < HEADLINE_LIMIT; i++) {
        const struct html_block *block = &c->document->blocks.items[i];
        str text = text_trim(block->text);
        size_t words = text.len < 400 ? count_words(text) : 0;
        if (block->shape != HTML_HEADING_1 || words < 2 || words > 45 ||
            is_outlet(&c->scratch, names, text)) {
            continue;
        }
        int like = 1 + likeness(&c->scratch, text, title);
        count += !str_equal(text, best);
        if (like > best_likeness) {
            best = text;
            best_likeness = like;
        }
    }
    return count == 1 || best_likeness > 30 ? best : STR_NONE;
}

/* Words with one space between them. */
static str in_one_line(struct arena *arena, str text)
{
    struct buf out = BUF_INIT;
    str word;
    for (size_t at = 0; text_next_word(text, &at, &word);) {
        buf_add(&out, out.len ? STR(" ") : STR_NONE);
        buf_add(&out, word);
    }
    str line = out.len ? arena_str(arena, buf_str(&out)) : STR_NONE;
    buf_done(&out);
    return line;
}

static void take_title(struct cleaner *c, const struct html_document *document, str address)
{
    static const enum html_fact order[] = {FACT_OG_TITLE, FACT_LD_TITLE, FACT_META_TITLE,
                                           FACT_TITLE};
    struct names names = {
        .site = bare(&c->scratch, decode_references(&c->scratch, document->facts[FACT_OG_SITE])),
        .publisher =
            bare(&c->scratch, decode_references(&c->scratch, document->facts[FACT_LD_SITE])),
        .host = bare(&c->scratch, host_of(address))};
    str title = decode_references(c->arena, first_fact(document, order, 4));
    title = cut_outlet(&c->scratch, &names, title);
    str seen = headline(c, &names, title);
    c->article->title = seen.len ? seen : in_one_line(c->arena, title);
}

void html_take_facts(struct cleaner *c)
{
    static const enum html_fact sites[] = {FACT_OG_SITE, FACT_LD_SITE, FACT_LD_WEB_SITE,
                                           FACT_APP_NAME};
    static const enum html_fact authors[] = {FACT_LD_AUTHOR, FACT_META_AUTHOR, FACT_MARKED_AUTHOR};
    static const enum html_fact addresses[] = {FACT_CANONICAL, FACT_OG_URL};
    const struct html_document *document = c->document;
    struct article *article = c->article;
    str own = first_fact(document, addresses, 2);
    str address = article->url.len ? article->url : own;
    article->canonical = !own.len || str_starts(own, STR("http"))
                             ? own
                             : url_resolve(c->arena, article->url, url_tidy(&c->scratch, own));
    if (!article->url.len) {
        article->url = article->canonical;
    }
    if (!article->title.len) {
        take_title(c, document, address);
    }
    if (!article->site.len) {
        str site = decode_references(&c->scratch, first_fact(document, sites, 4));
        article->site = in_one_line(c->arena, site);
    }
    str author = decode_references(&c->scratch, first_fact(document, authors, 3));
    author = in_one_line(c->arena, author);
    if (!article->byline.len && author.len < 200 &&
        str_find(author, STR("://"), 0) == STR_MISSING) {
        article->byline = author;
    }
    if (!article->language.len) {
        article->language = document->facts[FACT_LANGUAGE];
    }
    c->date_order = date_order_of(article->language, address);
}
