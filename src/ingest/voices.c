/* What others than the article say on its page: its readers below it, and the box about its
 * author. Both look like running text; what frames them tells. */
#include "ingest/cleaner.h"
#include "text/fold.h"

/* --- readers' comments ------------------------------------------------------------------------ */

#define FRAMES_LEAST 3 /* "Reply" stands so often */
#define FRAME_GAP 40   /* pieces of one comment at most */
#define FRAME_HEAD 15  /* pieces above the first "Reply" in which its comment begins */
#define TEXT_LEAST 100 /* words above: else the comments are the page */

static bool is_about_comments(const struct phrase *section)
{
    return section && section->reason == REMOVAL_COMMENT_PROMPT;
}

/* A label that stands at every comment. */
static bool is_frame(const struct piece *p)
{
    return p->state == PIECE_REMOVED && p->reason == REMOVAL_COMMENT_PROMPT && !p->section &&
           p->words <= 3 && p->copies >= FRAMES_LEAST;
}

/* "Jess says:" or the time of a comment. */
static bool heads_comment(const struct piece *p)
{
    bool digit = false, colon = str_find_byte(p->text, ':', 0) != STR_MISSING;
    for (size_t i = 0; i < p->text.len && !digit; i++) {
        digit = p->text.ptr[i] >= '0' && p->text.ptr[i] <= '9';
    }
    return p->words >= 1 && p->words <= 9 && !(p->flags & PIECE_SENTENCE) && (digit || colon);
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
