/* Where the running text of a page lies, and what inside of it does not belong to it. The text is
 * the run of pieces with the greatest sum of scores (maximum subsequence segmentation: Pasternack
 * and Roth, "Extracting article text from the web", WWW 2009), scores by what a line looks like
 * instead of a trained model. */
#include "ingest/cleaner.h"

/* Scores, in words of running text. */
enum {
    SCORE_PARAGRAPH_MOST = 60,
    SCORE_SHORT = -5, /* neither a sentence nor long */
    SHORT_RUN = 8,    /* so many of them in a row; the next ones weigh less: lists, code */
    SCORE_SHORT_MORE = -1,
    SCORE_REMOVED = -6, /* a line that a phrase removes */
    SCORE_SECTION_END = -100,
    SCORE_SECTION = -10,
    SCORE_TABLE = 1
};

/* Probabilities from which on a piece stays, by what the structure of the page says of it. A line
 * of a dump is known less well than a block of a tree: there the running text around it counts
 * more. */
struct keep_bounds {
    float outside, inside;
    float paragraph; /* running text between pieces that stay */
    float heading;   /* heads running text that stays */
    float row;       /* of a table in the text */
    float section;   /* what so sure belongs to the article is in no section of links */
};
static const struct keep_bounds keep_lines = {0.6f, 0.45f, 0.35f, 0.15f, 0.02f, 0.65f},
                                keep_blocks = {0.6f, 0.45f, 0.45f, 0.06f, 0.15f, 0.8f};
/* Mean over the rows of a table or the lines of code. */
#define KEEP_WHOLE 0.06f

static const struct keep_bounds *bounds_of(const struct piece *p)
{
    return p->html ? &keep_blocks : &keep_lines;
}

static int section_score(enum section_until until)
{
    return until == UNTIL_END ? SCORE_SECTION_END : SCORE_SECTION;
}

/* The model's odds in the same unit. What it doubts costs no more than the rules take for it: a
 * list of contents or an advertisement in the text must not part it. */
static int model_score(const struct piece *p)
{
    int words = p->words > SCORE_PARAGRAPH_MOST ? SCORE_PARAGRAPH_MOST : (int)p->words;
    int score = (int)((p->score - 0.5f) * 2 * (float)(words + 6));
    if (p->section) {
        return section_score(p->section->until);
    }
    if (p->flags & PIECE_GOOD && p->score >= bounds_of(p)->paragraph) {
        return score > words / 4 ? score : words / 4;
    }
    return !p->html && score < SCORE_REMOVED ? SCORE_REMOVED : score;
}

static int piece_score(const struct piece *p)
{
    int words = p->words > 1000 ? 1000 : (int)p->words;
    if (p->score >= 0) {
        return model_score(p);
    }
    if (p->section) {
        return section_score(p->section->until);
    }
    if (p->state == PIECE_REMOVED) {
        return SCORE_REMOVED;
    }
    if (p->copies > 1 && !(p->flags & PIECE_GOOD)) {
        return SCORE_SHORT;
    }
    if (p->flags & PIECE_TABLE) {
        return SCORE_TABLE;
    }
    if (p->flags & PIECE_CREDIT) {
        return 0;
    }
    if (p->flags & PIECE_GOOD) {
        return words < SCORE_PARAGRAPH_MOST ? words : SCORE_PARAGRAPH_MOST;
    }
    if (p->flags & (PIECE_SENTENCE | PIECE_COLON) && words >= 4 && !(p->flags & PIECE_TITLE_CASE)) {
        return words / 2;
    }
    if (words >= 20 && p->stops * 8 >= p->words) {
        return words / 3;
    }
    return SCORE_SHORT;
}

/* The run with the greatest sum among pieces from `from` on; returns the sum. */
static long best_run(const struct cleaner *c, size_t from, size_t *start, size_t *end)
{
    long best = 0, sum = 0;
    size_t run = from, short_count = 0;
    *start = *end = from;
    for (size_t i = from; i < c->pieces.count; i++) {
        if (sum <= 0) {
            sum = 0;
            run = i;
        }
        int score = piece_score(&c->pieces.items[i]);
        short_count = score == SCORE_SHORT ? short_count + 1 : score > 0 ? 0 : short_count;
        sum += short_count > SHORT_RUN ? SCORE_SHORT_MORE : score;
        if (sum > best) {
            best = sum;
            *start = run;
            *end = i + 1;
        }
    }
    return best;
}

void step_copies(struct cleaner *c)
{
    struct map keys;
    map_init(&keys, NULL);
    for (size_t i = 0; i < c->pieces.count; i++) {
        if (c->pieces.items[i].key.len) {
            ++*map_put(&keys, c->pieces.items[i].key, 0);
        }
    }
    for (size_t i = 0; i < c->pieces.count; i++) {
        struct piece *piece = &c->pieces.items[i];
        piece->copies = piece->key.len ? (uint32_t)*map_find(&keys, piece->key) : 1;
    }
    map_done(&keys);
}

void step_body(struct cleaner *c)
{
    size_t start = 0, end = 0;
    best_run(c, 0, &start, &end);
    c->body_start = start;
    c->body_end = end;
}

void body_after(struct cleaner *c, size_t from)
{
    size_t start = 0, end = 0, old_start = 0, old_end = 0;
    long all = best_run(c, 0, &old_start, &old_end);
    if (best_run(c, from, &start, &end) * 3 >= all) {
        c->body_start = start;
        c->body_end = end;
    }
}

static bool is_body(const struct cleaner *c, size_t i)
{
    return i >= c->body_start && i < c->body_end;
}

/* --- outside ---------------------------------------------------------------------------------- */

static bool is_breadcrumb(str text)
{
    static const char *const marks[] = {" » ", " › ", " > ", " → ", " / "};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t at = str_find(text, str_from(marks[i]), 0);
        if (at != STR_MISSING && at < 60) {
            return true;
        }
    }
    return false;
}

static bool is_copy_of(const struct piece *a, const struct piece *b)
{
    return a->key.len && str_equal(a->key, b->key);
}

static void remove_before(struct piece *p)
{
    if (p->words < 20 && is_breadcrumb(p->text)) {
        piece_remove(p, REMOVAL_BREADCRUMB, STR("path before the text"));
    } else if (p->flags & PIECE_CREDIT && p->words > 4) {
        piece_remove(p, REMOVAL_CREDIT, STR("words of a picture before the text"));
    } else {
        piece_remove(p, REMOVAL_NAVIGATION, STR("before the text"));
    }
}

static void remove_after(struct cleaner *c, size_t i)
{
    struct piece *p = &c->pieces.items[i];
    bool twice =
        (i > 0 && is_copy_of(p, p - 1)) || (i + 1 < c->pieces.count && is_copy_of(p, p + 1));
    if (twice && p->words > 3) {
        piece_remove(p, REMOVAL_STOCK_PHOTOS, STR("a picture's words twice after the text"));
    } else if (p->words > 3) {
        piece_remove(p, REMOVAL_RELATED_LINKS, STR("after the text"));
    } else {
        piece_remove(p, REMOVAL_NAVIGATION, STR("after the text"));
    }
}

/* What surrounds a block tells why it goes. */
static enum removal_reason reason_of(const struct piece *p, enum removal_reason otherwise)
{
    static const struct {
        enum html_mark mark;
        uint8_t within; /* levels */
        enum removal_reason reason;
    } reasons[] = {{HTML_MARK_COMMENT, 8, REMOVAL_COMMENT_PROMPT},
                   {HTML_MARK_NAV_TAG, 19, REMOVAL_NAVIGATION},
                   {HTML_MARK_POPUP, 4, REMOVAL_COOKIE_NOTICE},
                   {HTML_MARK_NEWSLETTER, 3, REMOVAL_NEWSLETTER},
                   {HTML_MARK_AD, 3, REMOVAL_ADVERTISEMENT},
                   {HTML_MARK_SHARE, 3, REMOVAL_SHARE},
                   {HTML_MARK_BIO, 3, REMOVAL_AUTHOR_BOX},
                   {HTML_MARK_RELATED, 4, REMOVAL_RELATED_LINKS},
                   {HTML_MARK_CAPTION, 2, REMOVAL_CREDIT},
                   {HTML_MARK_NAV, 4, REMOVAL_NAVIGATION},
                   {HTML_MARK_BUTTON_TAG, 1, REMOVAL_UI_CONTROL},
                   {HTML_MARK_FOOT_TAG, 19, REMOVAL_NAVIGATION}};
    for (size_t i = 0; p->html && i < sizeof reasons / sizeof *reasons; i++) {
        if (p->html->near[reasons[i].mark] <= reasons[i].within) {
            return reasons[i].reason;
        }
    }
    return otherwise;
}

static bool stays(const struct piece *p, float from)
{
    return p->state == PIECE_KEPT || (p->state == PIECE_OPEN && p->score >= from);
}

/* Does the piece head the running text below it? One copy of it may stand in a list of contents. */
static bool heads_text(const struct cleaner *c, size_t i)
{
    const struct piece *p = &c->pieces.items[i], *next = p + 1;
    return i > 0 && i + 1 >= c->body_start && i + 1 < c->body_end && p->copies <= 2 &&
           p->words <= 14 &&
           !(p->flags & (PIECE_SENTENCE | PIECE_BULLET | PIECE_ELLIPSIS | PIECE_CREDIT)) &&
           next->flags & PIECE_GOOD && stays(next, bounds_of(p)->paragraph) &&
           (p->copies == 2 || (p - 1)->state != PIECE_REMOVED || (p - 1)->reason == REMOVAL_TOC);
}

static float keep_from(const struct cleaner *c, size_t i)
{
    const struct piece *p = &c->pieces.items[i];
    const struct keep_bounds *bounds = bounds_of(p);
    if (heads_text(c, i)) {
        return bounds->heading;
    }
    if (!is_body(c, i)) {
        return bounds->outside;
    }
    if (p->flags & PIECE_TABLE) {
        return bounds->row;
    }
    bool caption = !p->html && p->flags & PIECE_CREDIT && p->words >= 6;
    return p->flags & PIECE_GOOD || caption ? bounds->paragraph : bounds->inside;
}

/* A row of a table that shows data: several cells and few links. */
static bool is_data_row(const struct piece *p)
{
    return p->html && p->html->shape == HTML_ROW && p->html->link_len * 2 < p->text.len &&
           str_find(p->text, STR(" | "), 0) != STR_MISSING;
}

/* A row or a line of code that is in no menu or reader's comment. */
static bool is_part(const struct piece *p)
{
    static const enum html_mark others[] = {HTML_MARK_NAV_TAG, HTML_MARK_FOOT_TAG,
                                            HTML_MARK_ASIDE_TAG, HTML_MARK_COMMENT};
    for (size_t i = 0; p->html && i < sizeof others / sizeof *others; i++) {
        if (p->html->near[others[i]] < HTML_FAR) {
            return false;
        }
    }
    return p->state == PIECE_OPEN && (piece_is_code(p) || is_data_row(p));
}

#define TABLE_ROWS_LEAST 3

/* A table or code is kept or goes as a whole: one that stands right below text that stays belongs
 * to it, although its rows or lines are like nothing around them. */
static void keep_wholes(struct cleaner *c)
{
    for (size_t i = 1, end; i < c->pieces.count; i = end > i ? end : i + 1) {
        float sum = 0;
        const struct piece *first = &c->pieces.items[i];
        for (end = i; end < c->pieces.count && is_part(&c->pieces.items[end]) &&
                      piece_is_code(&c->pieces.items[end]) == piece_is_code(first);
             end++) {
            sum += c->pieces.items[end].score;
        }
        bool below = stays(first - 1, keep_from(c, i - 1));
        if ((!piece_is_code(first) && end - i < TABLE_ROWS_LEAST) ||
            sum < (below ? KEEP_WHOLE : keep_blocks.inside) * (float)(end - i)) {
            continue;
        }
        for (size_t k = i; k < end; k++) {
            piece_keep(&c->pieces.items[k],
                       piece_is_code(first) ? BLOCK_PREFORMATTED : BLOCK_TABLE_ROW);
        }
    }
}

/* Clean text that comes as a dump has no furniture: nothing that a rule takes, and less that the
 * model doubts than on any whole page. Its last words stay. */
static bool is_clean_text(const struct cleaner *c)
{
    size_t doubted = 0;
    for (size_t i = 0; i < c->pieces.count; i++) {
        const struct piece *p = &c->pieces.items[i];
        if (p->section || (p->state == PIECE_REMOVED && i != c->title)) {
            return false;
        }
        doubted += p->state == PIECE_OPEN && p->score < keep_from(c, i);
    }
    return doubted <= 1 + c->pieces.count / 32;
}

/* What the model takes for no part of the article goes. */
static void remove_by_score(struct cleaner *c)
{
    if (!c->document && is_clean_text(c)) {
        return;
    }
    keep_wholes(c);
    for (size_t i = 0; i < c->pieces.count; i++) {
        struct piece *p = &c->pieces.items[i];
        if (p->state != PIECE_OPEN || p->score >= keep_from(c, i)) {
            continue;
        }
        if (i < c->body_start) {
            remove_before(p);
        } else if (i >= c->body_end) {
            remove_after(c, i);
        } else {
            piece_remove(p, REMOVAL_OTHER, STR("not like the text around it"));
        }
        p->reason = (uint8_t)reason_of(p, (enum removal_reason)p->reason);
    }
}

/* Text that the tree does not put among links and menus. */
static bool is_plain(const struct piece *p)
{
    static const enum html_mark marks[] = {
        HTML_MARK_NAV_TAG, HTML_MARK_NAV,      HTML_MARK_FOOT_TAG, HTML_MARK_ASIDE_TAG,
        HTML_MARK_FOOT,    HTML_MARK_HEAD_TAG, HTML_MARK_FORM_TAG, HTML_MARK_RELATED};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (p->html->near[marks[i]] < HTML_FAR) {
            return false;
        }
    }
    return p->html->link_len * 2 < p->text.len;
}

/* What no step has kept before and after the running text goes. A page without running text stays
 * as it is. */
void step_outside(struct cleaner *c)
{
    if (c->body_start == c->body_end) {
        return;
    }
    if (c->model) {
        remove_by_score(c);
        return;
    }
    for (size_t i = 0; i < c->pieces.count; i++) {
        struct piece *p = &c->pieces.items[i];
        if (is_body(c, i) || p->state != PIECE_OPEN || (p->html && is_plain(p))) {
            continue;
        }
        if (i < c->body_start) {
            remove_before(p);
        } else {
            remove_after(c, i);
        }
    }
}

/* --- sections --------------------------------------------------------------------------------- */

/* Does the piece end a section of this reach? `seen` = pieces of the section before it. */
static bool closes(const struct cleaner *c, const struct phrase *section, size_t i, size_t seen)
{
    const struct piece *p = &c->pieces.items[i];
    if (p->section) {
        return true;
    }
    if (!is_body(c, i)) {
        return section->until == UNTIL_LINE && seen >= 1;
    }
    if (p->flags & PIECE_GOOD) {
        return true;
    }
    if (section->until == UNTIL_LINE) {
        return seen >= 1;
    }
    if (section->until == UNTIL_ITEMS) {
        return !(p->flags & PIECE_BULLET) && p->copies < 2;
    }
    return false;
}

/* A heading stands before the paragraph that closes the section: it belongs to what follows. */
static size_t give_back_heading(const struct cleaner *c, size_t open, size_t end)
{
    if (end >= c->body_end || end - open < 2 ||
        c->pieces.items[open].section->until == UNTIL_LINE) {
        return end;
    }
    const struct piece *last = &c->pieces.items[end - 1];
    bool heading = last->state == PIECE_OPEN && last->words >= 2 && last->words <= 14 &&
                   !(last->flags & (PIECE_BULLET | PIECE_SENTENCE | PIECE_TABLE));
    /* among other short lines it is one of them */
    bool among = end - open > 2;
    return heading && (!among || last->copies > 1) ? end - 1 : end;
}

void step_sections(struct cleaner *c)
{
    for (size_t i = 0; i < c->pieces.count; i++) {
        const struct phrase *section = c->pieces.items[i].section;
        if (!section) {
            continue;
        }
        size_t end = i + 1;
        while (end < c->pieces.count && !closes(c, section, end, end - i - 1)) {
            end++;
        }
        end = is_body(c, end) ? give_back_heading(c, i, end) : end;
        for (size_t k = i + 1; k < end; k++) {
            struct piece *p = &c->pieces.items[k];
            bool sure = p->score >= bounds_of(p)->section && section->reason != REMOVAL_TOC;
            if (p->state == PIECE_OPEN && !sure) {
                piece_remove(p, section->reason, section->name);
            }
        }
        i = end - 1;
    }
}

/* --- lists of links --------------------------------------------------------------------------- */

static bool looks_like_link_item(const struct piece *p)
{
    return p->flags & PIECE_BULLET && p->flags & PIECE_TITLE_CASE &&
           !(p->flags & (PIECE_SENTENCE | PIECE_COLON)) && p->words >= 2 && p->words <= 16;
}

/* Open, or gone for no reason of its own. */
static bool is_link_item(const struct piece *p)
{
    return looks_like_link_item(p) &&
           (p->state == PIECE_OPEN || (p->state == PIECE_REMOVED && p->reason == REMOVAL_OTHER));
}

/* "Season: summer": of records, while titles of articles seldom have a colon. */
static bool is_field(const struct piece *p)
{
    return str_find(p->text, STR(": "), 0) != STR_MISSING;
}

/* Three or more list items that are titles, after a paragraph that does not announce a list, go
 * together. */
void step_link_lists(struct cleaner *c)
{
    for (size_t i = c->body_start; i < c->body_end; i++) {
        size_t end = i, fields = 0;
        while (end < c->body_end && is_link_item(&c->pieces.items[end])) {
            fields += is_field(&c->pieces.items[end++]);
        }
        const struct piece *before = i > 0 ? &c->pieces.items[i - 1] : NULL;
        if (end - i >= 3 && before && before->flags & PIECE_SENTENCE &&
            before->flags & PIECE_GOOD && fields * 2 < end - i) {
            for (size_t k = i; k < end; k++) {
                piece_remove(&c->pieces.items[k], REMOVAL_RELATED_LINKS,
                             STR("list of titles after a paragraph"));
            }
        }
        i = end > i ? end - 1 : i;
    }
}

/* --- repeats ---------------------------------------------------------------------------------- */

/* A short line that stands so often is a label of the page, unless it heads a paragraph. */
#define COPIES_OF_LABEL 4
#define REPEATED_WORDS_MOST 12
#define KEEP_AGAIN 0.6f
#define KEEP_LABEL 0.75f

/* The headings of a text stand in its contents too, and records have fields of one value ("Season:
 * summer"); of labels the model must be surer. */
static bool belongs_again(const struct piece *p)
{
    float from = is_field(p) || p->copies < COPIES_OF_LABEL ? KEEP_AGAIN : KEEP_LABEL;
    return p->score >= from && p->words <= REPEATED_WORDS_MOST && !(p->flags & PIECE_GOOD);
}

/* One copy stays of what the page says twice: the title nearest to the text, else the first. Table
 * rows and list items may be alike. */
void step_repeats(struct cleaner *c)
{
    struct map seen;
    map_init(&seen, NULL);
    size_t end = c->body_end > c->body_start ? c->body_end : c->pieces.count;
    for (size_t i = 0; i < end; i++) {
        struct piece *p = &c->pieces.items[i];
        if (p->state == PIECE_REMOVED || p->flags & PIECE_TABLE || piece_is_code(p)) {
            continue;
        }
        str key = p->key.ptr ? p->key : p->text;
        uint64_t *count = map_put(&seen, key, 0);
        bool title =
            c->title != PIECE_NONE && i != c->title && is_copy_of(p, &c->pieces.items[c->title]);
        bool heads = i + 1 < c->pieces.count && p[1].flags & PIECE_GOOD;
        bool again = *count > 0 && !(p->words < 8 && p->flags & PIECE_SENTENCE) &&
                     (p->words >= 5 || (p->copies >= COPIES_OF_LABEL && !heads)) &&
                     !belongs_again(p);
        if (title || again) {
            piece_remove(p, REMOVAL_REPEATED,
                         title ? STR("copy of the title") : STR("said before"));
        } else {
            ++*count;
        }
    }
    map_done(&seen);
}

/* --- neighbours ------------------------------------------------------------------------------- */

/* A short line in the running text between two removed ones belongs to them. */
void step_neighbours(struct cleaner *c)
{
    for (size_t i = c->body_start + 1; i + 1 < c->body_end; i++) {
        struct piece *p = &c->pieces.items[i];
        const struct piece *next = p + 1;
        if (p->state != PIECE_OPEN || p->flags & (PIECE_SENTENCE | PIECE_COLON | PIECE_TABLE) ||
            p->words > 12 || (p - 1)->state != PIECE_REMOVED || next->state != PIECE_REMOVED ||
            (p - 1)->reason == REMOVAL_ADVERTISEMENT || next->reason == REMOVAL_ADVERTISEMENT) {
            continue;
        }
        piece_remove(p, (enum removal_reason)(p - 1)->reason, STR("between removed lines"));
    }
}
