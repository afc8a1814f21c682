/* What others than the article say on its page: its readers and further articles below it, and the
 * box about its author. They look like running text; what frames them tells. */
#include "base/ascii.h"
#include "ingest/cleaner.h"
#include "text/fold.h"

/* --- readers' comments ------------------------------------------------------------------------ */

#define FRAMES_LEAST 3 /* "Reply" stands so often */
#define FRAME_GAP 40   /* pieces of one comment at most */
#define FRAME_HEAD 15  /* pieces above the first "Reply" in which its comment begins */
#define TEXT_LEAST 100 /* words above: else the comments are the page */

#define OTHER_TEXT_LEAST 40 /* words above the first comment: else all of the page is called so */

static bool is_about_comments(const struct phrase *section)
{
    return section && section->reason == REMOVAL_COMMENT_PROMPT;
}

/* In a tree the elements of a comment are called so. */
static bool is_in_comment(const struct piece *p)
{
    return p->html && p->html->near[HTML_MARK_COMMENT] < HTML_FAR && p->html->shape != HTML_PRE;
}

/* It goes, however much it is, and is no running text to what is measured later. */
static void silence(struct piece *p, enum removal_reason reason, const char *why)
{
    if (p->state == PIECE_OPEN) {
        piece_remove(p, reason, str_from(why));
    }
    p->flags &= (uint16_t)~PIECE_GOOD;
}

/* Is there a time of day, as "4:47", in the text? */
static bool has_clock(str text)
{
    for (size_t i = 1; i + 2 < text.len; i++) {
        if (text.ptr[i] == ':' && ascii_is_digit(text.ptr[i - 1]) &&
            ascii_is_digit(text.ptr[i + 1]) && ascii_is_digit(text.ptr[i + 2])) {
            return true;
        }
    }
    return false;
}

#define STAMP_WORDS_MOST 12

/* "Jess Roe on May 3, 2018 at 4:47 pm said:", "3 days ago", "8d", "Jess Roe says:". */
static bool is_stamp(const struct piece *p)
{
    if (p->words > STAMP_WORDS_MOST || p->flags & PIECE_SENTENCE || p->text.len == 0) {
        return false;
    }
    return has_clock(p->text) || (p->words <= 3 && ascii_is_digit(p->text.ptr[0])) ||
           (p->words <= 6 && p->flags & PIECE_COLON);
}

#define STAMPS_LEAST 2
#define STAMP_REACH 8 /* pieces from the heading to the first */

/* Do comments with their times stand below this heading? */
static bool heads_stamps(const struct cleaner *c, size_t heading)
{
    size_t count = 0, last = heading;
    for (size_t i = heading + 1; i < c->pieces.count && count < STAMPS_LEAST; i++) {
        if (i - last > (count ? FRAME_GAP : STAMP_REACH)) {
            return false;
        }
        if (is_stamp(&c->pieces.items[i])) {
            last = i;
            count++;
        }
    }
    return count >= STAMPS_LEAST;
}

/* "Jess says:" or the time of a comment. */
static bool heads_comment(const struct piece *p)
{
    bool digit = false, colon = str_find_byte(p->text, ':', 0) != STR_MISSING;
    for (size_t i = 0; i < p->text.len && !digit; i++) {
        digit = ascii_is_digit(p->text.ptr[i]);
    }
    return p->words >= 1 && p->words <= 9 && !(p->flags & PIECE_SENTENCE) && (digit || colon);
}

static void silence_from(struct cleaner *c, size_t from, enum removal_reason reason,
                         const char *why)
{
    for (size_t i = from; i < c->pieces.count; i++) {
        silence(&c->pieces.items[i], reason, why);
    }
}

/* Where others begin to speak below the article: at a comment that the tree calls so, or, with all
 * below it, at a heading of comments. Dated entries without such a heading are kept: they may be
 * the news itself, a chronicle or a page of live updates. */
void step_voices(struct cleaner *c)
{
    size_t words = 0, head = 0; /* head: where what may be a comment begins */
    bool marked = false;
    for (size_t i = 0; i < c->pieces.count; i++) {
        const struct piece *p = &c->pieces.items[i];
        bool good = p->flags & PIECE_GOOD, in = is_in_comment(p), other = words >= OTHER_TEXT_LEAST;
        if (other && is_about_comments(p->section) && heads_stamps(c, i)) {
            silence_from(c, i, REMOVAL_COMMENT_PROMPT, "below the heading of readers' comments");
            break;
        }
        head = in ? head : i + 1;
        marked = marked || (good && in);
        for (; in && marked && other && head <= i; head++) {
            silence(&c->pieces.items[head], REMOVAL_COMMENT_PROMPT, "in a reader's comment");
        }
        words += good && !marked ? p->words : 0;
    }
}

/* A label that stands at every comment. */
static bool is_frame(const struct piece *p)
{
    return p->state == PIECE_REMOVED && p->reason == REMOVAL_COMMENT_PROMPT && !p->section &&
           p->words <= 3 && p->copies >= FRAMES_LEAST;
}

/* Where the comment begins whose label stands at `frame`. */
static size_t comment_start(const struct cleaner *c, size_t frame)
{
    size_t least = frame > FRAME_HEAD ? frame - FRAME_HEAD : 0, head = frame;
    for (size_t i = frame; i-- > least;) {
        const struct piece *p = &c->pieces.items[i];
        if (is_about_comments(p->section)) {
            return i + 1;
        }
        if (heads_comment(p)) {
            head = i;
        } else if (head < frame) {
            bool name = !(p->flags & (PIECE_GOOD | PIECE_SENTENCE)) && p->words <= 4;
            return name ? i : head;
        }
    }
    return head;
}

static size_t words_before(const struct cleaner *c, size_t end)
{
    size_t words = 0;
    for (size_t i = 0; i < end; i++) {
        const struct piece *p = &c->pieces.items[i];
        words += p->flags & PIECE_GOOD && p->state == PIECE_OPEN && p->score >= 0.5f ? p->words : 0;
    }
    return words;
}

static void remove_comments(struct cleaner *c, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        struct piece *p = &c->pieces.items[i];
        if (p->state == PIECE_OPEN) {
            piece_remove(p, REMOVAL_COMMENT_PROMPT, STR("among readers' comments"));
        }
        p->score = p->score < 0 ? p->score : 0;
    }
}

void step_comments(struct cleaner *c)
{
    size_t first = PIECE_NONE, last = 0, count = 0;
    for (size_t i = 0; i < c->pieces.count; i++) {
        if (!is_frame(&c->pieces.items[i])) {
            continue;
        }
        if (first == PIECE_NONE || (i - last > FRAME_GAP && count < FRAMES_LEAST)) {
            first = i;
            count = 0;
        } else if (i - last > FRAME_GAP) {
            break;
        }
        last = i;
        count++;
    }
    if (count < FRAMES_LEAST) {
        return;
    }
    size_t start = comment_start(c, first);
    if (words_before(c, start) >= TEXT_LEAST) {
        remove_comments(c, start, last + 1);
    }
}

/* --- the next articles ------------------------------------------------------------------------ */

#define HEADLINE_WORDS_LEAST 3
#define ARTICLE_WORDS_LEAST 50 /* of running text between two headlines */

static bool is_headline(const struct piece *p, str title)
{
    return p->html->shape == HTML_HEADING_1 && p->words >= HEADLINE_WORDS_LEAST && p->key.len &&
           str_find(title, p->key, 0) != STR_MISSING;
}

static uint32_t signature_of(const struct cleaner *c, const struct piece *p)
{
    return c->document->containers.items[p->html->container].signature;
}

/* Some pages go on with further articles: another heading of the first level that stands in an
 * element like that of the headline, below running text, begins the next one. */
void step_next_articles(struct cleaner *c)
{
    const struct piece *headline = NULL;
    size_t words = 0, i = 0;
    if (!c->document || !c->article->title.len) {
        return;
    }
    str title = rules_key(&c->scratch, c->article->title);
    for (; i < c->pieces.count; i++) {
        const struct piece *p = &c->pieces.items[i];
        if (!headline && is_headline(p, title)) {
            headline = p;
        } else if (headline && words >= ARTICLE_WORDS_LEAST && p->html->shape == HTML_HEADING_1 &&
                   signature_of(c, p) == signature_of(c, headline) &&
                   !str_equal(p->key, headline->key)) {
            break;
        }
        words += headline && p->flags & PIECE_GOOD ? p->words : 0;
    }
    silence_from(c, i, REMOVAL_RELATED_LINKS, "below another article's headline");
}

/* --- the author's box ------------------------------------------------------------------------- */

#define BOX_WORDS_LEAST 8
#define BOX_WORDS_MOST 120

/* A paragraph in the last third of the text that begins with the author's whole name. */
void step_author_box(struct cleaner *c)
{
    str byline = str_slice(c->article->byline, 0, 200), rest = byline, name;
    size_t from = c->body_start + (c->body_end - c->body_start) * 2 / 3;
    while (c->body_start < c->body_end && str_next(&rest, ',', &name)) {
        name = text_trim(name);
        if (str_find_byte(name, ' ', 0) == STR_MISSING) {
            continue;
        }
        for (size_t i = from; i < c->pieces.count; i++) {
            struct piece *p = &c->pieces.items[i];
            str begin = str_slice(p->text, 0, name.len), after;
            after = str_slice(p->text, name.len, name.len + 1);
            if (p->state == PIECE_OPEN && p->words >= BOX_WORDS_LEAST &&
                p->words <= BOX_WORDS_MOST && p->flags & PIECE_SENTENCE &&
                str_equal_ascii_fold(begin, name) && str_equal(after, STR(" "))) {
                piece_remove(p, REMOVAL_AUTHOR_BOX, STR("begins with the author's name"));
            }
        }
    }
}
