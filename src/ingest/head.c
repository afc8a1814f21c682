/* What stands between headline and text: subtitle, byline, date, pictures; and the day of
 * publication. */
#include "base/ascii.h"
#include "ingest/cleaner.h"
#include "text/fold.h"
#include "text/utf8.h"

/* Pieces of the running text that may still belong to its head. */
#define HEAD_REACH 6
/* Pieces above the headline in which its date may stand. */
#define HEAD_ABOVE 3

static bool is_byline(const struct cleaner *c, const struct piece *p)
{
    if (!p->key.ptr || p->words > 20 || p->words < 1 || p->flags & (PIECE_GOOD | PIECE_BULLET)) {
        return false;
    }
    const struct phrase *by = rules_match(c->rules, SCOPE_BYLINE, p->key, p->words);
    if (!by || (p->flags & PIECE_SENTENCE && p->stops > 1)) {
        return false;
    }
    /* names follow, not a sentence that begins with the same word */
    return p->capitals * 2 >= p->words || p->words <= 2;
}

/* Words of the line that belong to no date: labels, weekdays, times and zones do. */
static uint32_t other_words(struct cleaner *c, str text, size_t start, size_t end)
{
    uint32_t count = 0;
    str word;
    for (size_t at = 0; text_next_word(text, &at, &word);) {
        str core = text_word_core(word);
        size_t word_start = (size_t)(core.ptr - text.ptr);
        if (core.len == 0 || (word_start < end && word_start + core.len > start)) {
            continue;
        }
        str folded = fold_text(&c->scratch, core);
        if (ascii_is_digit(folded.ptr[0]) || rules_list(c->rules, LIST_DATE_LABEL, folded) ||
            rules_list(c->rules, LIST_UPDATE_LABEL, folded) ||
            rules_list(c->rules, LIST_DATE_WORD, folded) ||
            rules_list(c->rules, LIST_MONTH, folded)) {
            continue;
        }
        count++;
    }
    return count;
}

/* What a line says of the day of publication. Lower is better. */
enum date_rank {
    DATE_LABELLED,
    DATE_DATELINE,
    DATE_BYLINE,
    DATE_ALONE,
    DATE_ABOVE,
    DATE_UPDATED,
    DATE_NO
};

struct date_line {
    day value;
    enum date_rank rank;
    size_t start, end; /* bytes in the piece's text */
    day changed;       /* of the last change, where the line has both days */
    bool timed;        /* a time element holds it */
};

#define DATE_LINE_NONE                                                                             \
    ((struct date_line){.value = DAY_UNKNOWN, .rank = DATE_NO, .changed = DAY_UNKNOWN})

/* The label before the date: the last word of either list. */
static enum date_rank label_rank(struct cleaner *c, str before)
{
    enum date_rank rank = DATE_NO;
    str word;
    for (size_t at = 0; text_next_word(before, &at, &word);) {
        str folded = fold_text(&c->scratch, text_word_core(word));
        if (rules_list(c->rules, LIST_DATE_LABEL, folded)) {
            rank = DATE_LABELLED;
        } else if (rules_list(c->rules, LIST_UPDATE_LABEL, folded)) {
            rank = DATE_UPDATED;
        }
    }
    return rank;
}

/* Names, offices and counts with a date at the end or behind a mark: "Jane Doe | Writer | July 2,
 * 2025". */
#define CREDITS_WORDS_MOST 12

static bool is_credits(const struct piece *p, const struct date_line *line)
{
    str before = text_trim(str_slice(p->text, 0, line->start));
    static const char *const marks[] = {"|", "·", "•", "—", "–", "-"};
    bool mark = before.len == 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        mark = mark || str_ends(before, str_from(marks[i]));
    }
    bool glued = line->start > 0 && before.len == line->start;
    return p->html && p->words <= CREDITS_WORDS_MOST && p->capitals * 3 >= p->words * 2 &&
           !(p->flags & PIECE_SENTENCE) && (mark || glued);
}

/* "Updated Nov 11, 2022; first published Nov 9, 2022": the second day is that of publication. */
static enum date_rank read_published_behind(struct cleaner *c, const struct piece *p,
                                            struct date_line *line)
{
    str rest = str_slice(p->text, line->end, p->text.len);
    size_t start = 0, end = 0;
    day value = date_find(c->rules, &c->scratch, rest, c->date_order, &start, &end);
    if (value == DAY_UNKNOWN || label_rank(c, str_slice(rest, 0, start)) != DATE_LABELLED) {
        return DATE_UPDATED;
    }
    line->changed = line->value;
    line->value = value;
    line->start = line->end + start;
    line->end += end;
    return DATE_LABELLED;
}

/* The day of a line that is nothing but a date. Where a time element contradicts what it shows, its
 * attribute is its value (HTML, section 4.5.14). A stamp in universal time may be a day off. */
static day day_of_element(const struct piece *p, day shown)
{
    day value = html_day(p->html->time);
    return value == DAY_UNKNOWN || day_is_near(value, shown) ? shown : value;
}

/* A line with more words beside a labelled date is a sentence about something. */
#define LABELLED_WORDS_MOST 8

static struct date_line read_date_line(struct cleaner *c, const struct piece *p)
{
    struct date_line line = DATE_LINE_NONE;
    if (!p->key.ptr || p->words < 1 || p->words > 30 || p->flags & PIECE_GOOD ||
        (p->flags & PIECE_TABLE && !p->html)) {
        return line;
    }
    line.value = date_find(c->rules, &c->scratch, p->text, c->date_order, &line.start, &line.end);
    if (line.value == DAY_UNKNOWN && p->html && p->html->time.len && p->words <= 12) {
        line.value = html_day(p->html->time);
    }
    if (line.value == DAY_UNKNOWN) {
        return line;
    }
    if (p->html && line.start == 0 && line.end == p->text.len) {
        line.value = day_of_element(p, line.value);
    }
    line.timed = p->html && p->html->time.len;
    enum date_rank label = label_rank(c, str_slice(p->text, 0, line.start));
    if (label == DATE_UPDATED) {
        label = read_published_behind(c, p, &line);
    }
    if (label != DATE_NO && other_words(c, p->text, line.start, line.end) <= LABELLED_WORDS_MOST) {
        line.rank = label;
    } else if (is_byline(c, p)) {
        line.rank = DATE_BYLINE;
    } else if (other_words(c, p->text, line.start, line.end) <= 2 || is_credits(p, &line)) {
        line.rank = DATE_ALONE;
    }
    return line;
}

bool piece_is_date_line(struct cleaner *c, const struct piece *p)
{
    return read_date_line(c, p).rank < DATE_NO;
}

/* Bytes in which a dateline stands whole. */
#define DATELINE_REACH 160

static bool is_shouted(str word)
{
    size_t capitals = 0;
    for (size_t i = 0; i < word.len; i++) {
        if (ascii_is_lower(word.ptr[i])) {
            return false;
        }
        capitals += ascii_is_upper(word.ptr[i]);
    }
    return capitals >= 3;
}

/* "TEHRAN, July 31, 2024 (Agency) - The text": a place in capitals, the day, a dash soon after. */
static struct date_line read_dateline(struct cleaner *c, const struct piece *p)
{
    struct date_line line = DATE_LINE_NONE;
    str head = str_slice(p->text, 0, DATELINE_REACH), word;
    size_t at = 0;
    if (!text_next_word(head, &at, &word) || !is_shouted(text_word_core(word))) {
        return line;
    }
    line.value = date_find(c->rules, &c->scratch, head, c->date_order, &line.start, &line.end);
    if (line.value == DAY_UNKNOWN || line.start > DATELINE_REACH / 2 ||
        other_words(c, str_slice(head, 0, line.start), 0, 0) > 5) {
        return line;
    }
    str after = str_slice(head, line.end, line.end + DATELINE_REACH / 3);
    if (str_find(after, STR(" - "), 0) != STR_MISSING ||
        str_find(after, STR("–"), 0) != STR_MISSING ||
        str_find(after, STR("—"), 0) != STR_MISSING) {
        line.rank = DATE_DATELINE;
    }
    return line;
}

/* --- byline ---------------------------------------------------------------------------------- */

/* The name ends where a date, a time or a separator begins. */
static str byline_name(struct cleaner *c, const struct piece *p)
{
    const struct phrase *by = rules_match(c->rules, SCOPE_BYLINE, p->key, p->words);
    size_t skip = 0, at = 0, end = 0, name_start = p->text.len;
    str word;
    for (size_t i = 0; by && i < by->text.len; i++) {
        skip += by->text.ptr[i] == ' ';
    }
    for (size_t number = 0; text_next_word(p->text, &at, &word); number++) {
        str core = text_word_core(word);
        if (number <= skip) {
            continue;
        }
        if (core.len == 0 && number == skip + 1) {
            continue;
        }
        str folded = fold_text(&c->scratch, core);
        if (core.len == 0 || ascii_is_digit(core.ptr[0]) ||
            rules_list(c->rules, LIST_DATE_LABEL, folded) ||
            rules_list(c->rules, LIST_UPDATE_LABEL, folded) ||
            (rules_list(c->rules, LIST_MONTH, folded) && end > name_start) ||
            (rules_list(c->rules, LIST_DATE_WORD, folded) && core.len > 2)) {
            break;
        }
        if (name_start == p->text.len) {
            name_start = (size_t)(core.ptr - p->text.ptr);
        }
        end = (size_t)(core.ptr + core.len - p->text.ptr);
        if (str_ends(word, STR("|")) || str_ends(word, STR(";"))) {
            break;
        }
    }
    return end > name_start ? str_slice(p->text, name_start, end) : STR_NONE;
}

static void keep_byline(struct cleaner *c, size_t i)
{
    struct piece *p = &c->pieces.items[i];
    piece_keep(p, BLOCK_BYLINE);
    str name = byline_name(c, p);
    if (!name.len && p->words <= 2 && i + 1 < c->pieces.count) {
        struct piece *next = p + 1; /* "By" stands alone, the name below it */
        if (next->state == PIECE_OPEN && next->words >= 1 && next->words <= 6 &&
            next->flags & PIECE_TITLE_CASE) {
            piece_keep(next, BLOCK_BYLINE);
            name = next->text;
        }
    }
    if (!c->article->byline.len) {
        c->article->byline = name;
    }
}

/* --- subtitle -------------------------------------------------------------------------------- */

/* " / Agency" or " © Agency" at the end of a line below the headline: where the mark stands. */
static size_t credit_tail(str text)
{
    static const char *const marks[] = {" / ", " © ", " | Photo", " (Photo"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        str mark = str_from(marks[i]);
        size_t at = str_find(text, mark, 0);
        if (at != STR_MISSING && at > 20 && text.len - at < 60 &&
            str_find(text, mark, at + mark.len) == STR_MISSING) {
            return at;
        }
    }
    return STR_MISSING;
}

/* An office's byline ("abc Northern bureau") whose first word the credit shares names
 * the outlet. */
static void site_from_credit(struct cleaner *c, str credit, str byline)
{
    size_t at = 0, other = 0;
    str first, word, last = STR_NONE;
    if (c->article->site.len || !text_next_word(credit, &at, &first)) {
        return;
    }
    bool shared = text_next_word(byline, &other, &word) && str_equal_ascii_fold(first, word);
    while (text_next_word(byline, &other, &word)) {
        last = text_word_core(word);
    }
    if (shared && last.len && rules_list(c->rules, LIST_DESK, fold_text(&c->scratch, last))) {
        c->article->site = credit;
    }
}

static bool can_be_subtitle(const struct piece *p)
{
    return p->state == PIECE_OPEN && p->words >= 5 && p->words <= 60 && p->key.ptr &&
           !(p->flags & (PIECE_BULLET | PIECE_TABLE | PIECE_ELLIPSIS)) &&
           (!(p->flags & PIECE_TITLE_CASE) || p->flags & PIECE_SENTENCE);
}

static void keep_subtitle(struct cleaner *c, struct piece *p)
{
    size_t credit = credit_tail(p->text);
    if (credit != STR_MISSING) {
        piece_cut(c, p, credit, p->text.len, REMOVAL_CREDIT, STR("credit after the subtitle"));
    }
    piece_keep(p, BLOCK_SUBTITLE);
    c->article->subtitle = p->text;
}

/* The credit that was cut off the subtitle, without its mark. */
static str cut_credit(const struct cleaner *c)
{
    for (size_t i = 0; i < c->cuts.count; i++) {
        const struct piece *cut = &c->cuts.items[i];
        size_t at = 0;
        str mark;
        if (cut->reason == REMOVAL_CREDIT && text_next_word(cut->text, &at, &mark)) {
            return text_trim(str_slice(cut->text, at, cut->text.len));
        }
    }
    return STR_NONE;
}

/* --- the step -------------------------------------------------------------------------------- */

/* The last piece of the head: the byline or date among the first pieces of the running text. */
static size_t head_end(struct cleaner *c, size_t from)
{
    size_t end = c->body_start, limit = c->body_start + HEAD_REACH;
    for (size_t i = c->body_start > from ? c->body_start : from; i < limit && i < c->body_end;
         i++) {
        const struct piece *p = &c->pieces.items[i];
        if (p->state == PIECE_OPEN &&
            (is_byline(c, p) || read_date_line(c, p).rank <= DATE_ALONE)) {
            end = i + 1;
        }
    }
    if (end == c->body_start && end + 1 < c->body_end &&
        !(c->pieces.items[end].flags & (PIECE_SENTENCE | PIECE_COLON)) &&
        c->pieces.items[end + 1].flags & PIECE_GOOD) {
        end++; /* a long subtitle looks like a paragraph but for the full stop */
    }
    return end;
}

/* Probability from which on text below the headline is the article's own: words about a picture,
 * the author or a subscription stand there too. */
#define KEEP_IN_HEAD 0.35f
#define KEEP_CAPTION_IN_HEAD 0.45f

static bool is_doubted(const struct piece *p, float bound)
{
    return p->score >= 0 && p->score < bound;
}

/* A whole sentence heads the text where the byline follows it, and where it stands right below the
 * headline and is not quite like the text. */
static bool is_subtitle(const struct cleaner *c, size_t i, size_t end)
{
    const struct piece *p = &c->pieces.items[i];
    if (c->article->subtitle.len || !can_be_subtitle(p)) {
        return false;
    }
    return !(p->flags & PIECE_GOOD && p->flags & PIECE_SENTENCE) ||
           (i >= c->body_start && i + 1 < end) ||
           (is_doubted(p, KEEP_IN_HEAD) && i == c->title + 1) ||
           credit_tail(p->text) != STR_MISSING;
}

/* True when it is the article's own running text: no subtitle follows. */
static bool sort_head_piece(struct cleaner *c, size_t i, size_t end, bool text_begun)
{
    struct piece *p = &c->pieces.items[i];
    enum date_rank rank = read_date_line(c, p).rank;
    if (is_byline(c, p)) {
        keep_byline(c, i);
    } else if (rank <= DATE_ALONE || rank == DATE_UPDATED) {
        piece_keep(p, BLOCK_DATELINE);
    } else if (p->flags & PIECE_CREDIT && p->words > 4) {
        if (!is_doubted(p, KEEP_CAPTION_IN_HEAD)) {
            piece_keep(p, BLOCK_CAPTION);
        }
    } else if (!text_begun && is_subtitle(c, i, end)) {
        keep_subtitle(c, p);
    } else if (p->flags & PIECE_GOOD && !is_doubted(p, KEEP_IN_HEAD)) {
        piece_keep(p, BLOCK_PARAGRAPH);
        return true;
    }
    return false;
}

void step_head(struct cleaner *c)
{
    if (c->body_start == c->body_end || c->title == PIECE_NONE || c->title >= c->body_end) {
        return;
    }
    size_t end = head_end(c, c->title + 1);
    bool text_begun = false;
    for (size_t i = c->title + 1; i < end; i++) {
        if (c->pieces.items[i].state == PIECE_OPEN) {
            text_begun = sort_head_piece(c, i, end, text_begun) || text_begun;
        }
    }
    str credit = cut_credit(c);
    if (credit.len && c->article->byline.len) {
        site_from_credit(c, credit, c->article->byline);
    }
}

/* "Reporting by …" right below the text belongs to it. */
void step_signoff(struct cleaner *c)
{
    while (c->body_end > c->body_start && c->body_end < c->pieces.count) {
        struct piece *p = &c->pieces.items[c->body_end];
        if (p->state != PIECE_OPEN || !p->key.ptr || p->words > 40 ||
            !rules_match(c->rules, SCOPE_SIGNOFF, p->key, p->words)) {
            return;
        }
        piece_keep(p, BLOCK_BYLINE);
        c->body_end++;
    }
}

/* --- publication ------------------------------------------------------------------------------ */

/* What the lines around the headline say. */
struct shown_days {
    struct date_line best;
    size_t best_at;
    day near, updated; /* a day off the stated one; the stated day of the change */
    day changed;       /* of a line that says so */
    bool stated;       /* the stated day stands there */
};

/* Further down than this from the best line so far, or after a byline with a date, a better one is
 * about something else. */
#define DATE_REACH 4

static void note_line(struct shown_days *shown, const struct stated_days *days,
                      struct date_line line, size_t at)
{
    if (line.value == days->published) {
        shown->stated = true;
    } else if (day_is_near(line.value, days->published) && shown->near == DAY_UNKNOWN) {
        shown->near = line.value;
    }
    if (day_is_near(line.value, days->updated) && shown->updated == DAY_UNKNOWN) {
        shown->updated = line.value;
    }
    if (shown->changed == DAY_UNKNOWN) {
        shown->changed = line.rank == DATE_UPDATED ? line.value : line.changed;
    }
    bool other = shown->best.rank < DATE_NO &&
                 (at > shown->best_at + DATE_REACH || shown->best.rank == DATE_BYLINE);
    if (line.rank < shown->best.rank && !other) {
        shown->best = line;
        shown->best_at = at;
    }
}

/* The date line that the piece is for the article; its rank is DATE_NO where it is none. */
static struct date_line line_of_article(struct cleaner *c, size_t i, size_t title)
{
    struct piece *p = &c->pieces.items[i];
    struct date_line line = DATE_LINE_NONE;
    bool body = c->body_start < c->body_end;
    if (body && i == c->body_start) {
        line = read_dateline(c, p);
    }
    if (line.rank == DATE_NO) {
        line = read_date_line(c, p);
    }
    if (line.rank == DATE_ALONE && body && i >= c->body_start && !p->html &&
        other_words(c, p->text, line.start, line.end) > 0) {
        line.rank = DATE_NO;
    }
    if (line.rank < DATE_NO && i < title) {
        line.rank = line.rank == DATE_LABELLED ? DATE_BYLINE : DATE_ABOVE;
    }
    return line;
}

/* The nearest day that stands alone above the first running text, where the headline
 * is elsewhere. */
static struct date_line line_above_text(struct cleaner *c)
{
    struct date_line line = DATE_LINE_NONE;
    size_t first = 0;
    while (first < c->pieces.count && !(c->pieces.items[first].flags & PIECE_GOOD)) {
        first++;
    }
    size_t last = first > HEAD_ABOVE ? first - HEAD_ABOVE : 0;
    for (size_t i = first; i > last && first < c->pieces.count && line.rank == DATE_NO; i--) {
        line = read_date_line(c, &c->pieces.items[i - 1]);
        line.rank = line.rank <= DATE_ALONE ? DATE_ABOVE : DATE_NO;
    }
    return line;
}

enum { FOOT_REACH = 6 }; /* pieces at the end of the text and after it */

/* Many pages say below their text when they were last edited, and some when they came out. What
 * stands further down counts only where nothing was found before. */
static void note_foot(struct cleaner *c, struct shown_days *shown, size_t from)
{
    size_t foot = c->body_end > FOOT_REACH ? c->body_end - FOOT_REACH : 0;
    for (size_t i = foot > from ? foot : from; i < c->pieces.count; i++) {
        const struct piece *p = &c->pieces.items[i];
        struct date_line line = p->section ? DATE_LINE_NONE : read_date_line(c, p);
        bool none = shown->best.rank == DATE_NO;
        if (!none && i >= c->body_end + FOOT_REACH) {
            return;
        }
        if (none && (line.rank == DATE_LABELLED || (line.rank == DATE_UPDATED && p->html))) {
            shown->best = line;
        }
        if (line.rank == DATE_UPDATED && shown->changed == DAY_UNKNOWN) {
            shown->changed = line.value;
        }
    }
}

static struct shown_days find_shown(struct cleaner *c, const struct stated_days *days)
{
    struct shown_days shown = {.best = DATE_LINE_NONE,
                               .near = DAY_UNKNOWN,
                               .updated = DAY_UNKNOWN,
                               .changed = DAY_UNKNOWN};
    bool body = c->body_start < c->body_end;
    size_t title = c->title == PIECE_NONE ? 0 : c->title;
    size_t i = title > HEAD_ABOVE ? title - HEAD_ABOVE : 0;
    size_t end = body && c->body_start > title ? c->body_start + HEAD_REACH : title + HEAD_REACH;
    for (; i < end && i < c->pieces.count && (!body || i < c->body_end); i++) {
        struct date_line line = line_of_article(c, i, title);
        if (line.rank < DATE_NO) {
            note_line(&shown, days, line, i);
        }
    }
    if (shown.best.rank == DATE_NO) {
        shown.best = line_above_text(c);
    }
    note_foot(c, &shown, i);
    return shown;
}

/* A page that shows only the day of its last change is of that day when it came so soon after. */
#define CHANGE_DAYS 31

/* The day that readers see stands before one that only the metadata have: a stamp in universal
 * time may be a day off. */
static struct publication choose_day(const struct stated_days *days, const struct shown_days *shown)
{
    day value = days->published;
    enum date_basis basis = DATE_BASIS_METADATA;
    bool soon = shown->updated > value && shown->updated - value <= CHANGE_DAYS;
    enum date_rank limit = days->first_time && !shown->best.timed ? DATE_BYLINE : DATE_ABOVE;
    bool sure = shown->best.rank <= limit;
    /* a day that readers see and the page names once more stands before the one it names once */
    bool doubted = days->weak || shown->best.value == days->dated;
    if (value == DAY_UNKNOWN || (doubted && sure && !shown->stated)) {
        value = shown->best.value;
        basis = DATE_BASIS_STATED;
    } else if (!shown->stated && shown->near != DAY_UNKNOWN) {
        value = shown->near;
        basis = DATE_BASIS_STATED;
    } else if (!shown->stated && soon) {
        value = shown->updated;
        basis = DATE_BASIS_STATED;
    }
    if (value == DAY_UNKNOWN) {
        value = days->updated;
        basis = DATE_BASIS_METADATA;
    }
    return value == DAY_UNKNOWN ? PUBLICATION_UNKNOWN
                                : (struct publication){basis, value, value, value, 0};
}

/* The page's own word first, then that of a line. */
static day choose_update(const struct stated_days *days, const struct shown_days *shown,
                         day published)
{
    day value = days->updated != DAY_UNKNOWN ? days->updated : shown->changed;
    return value != DAY_UNKNOWN && (published == DAY_UNKNOWN || value >= published) ? value
                                                                                    : DAY_UNKNOWN;
}

void step_published(struct cleaner *c)
{
    struct publication *published = &c->article->published;
    struct stated_days days = {.published = html_day_of_url(c->article->url),
                               .updated = DAY_UNKNOWN,
                               .dated = DAY_UNKNOWN,
                               .weak = true};
    if (c->document) {
        days = html_stated_days(c);
    }
    struct shown_days shown = find_shown(c, &days);
    if (published->basis == DATE_BASIS_UNKNOWN) {
        *published = choose_day(&days, &shown);
    }
    c->article->updated = choose_update(&days, &shown, published->value);
}
