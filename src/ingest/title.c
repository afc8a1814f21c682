/* The headline and the outlet. The first line of a dump is often the page's own title with the
 * name of the site behind it ("Headline | Outlet"); the headline then stands again above the text.
 */
#include "ingest/cleaner.h"
#include "text/utf8.h"

#define TITLE_VARIANT_LIMIT 8
#define TITLE_LOOK_LIMIT ((size_t)1500) /* pieces */

/* Readings of the page's title: the whole, and its parts before and after a mark. */
struct title_variants {
    struct {
        str text, key, rest;
    } items[TITLE_VARIANT_LIMIT];
    size_t count;
};

static const char *const title_marks[] = {" | ", " - ", " – ", " — ", " » ",
                                          " › ", " · ", " • ", " :: "};

static void add_variant(struct cleaner *c, struct title_variants *v, str text, str rest)
{
    text = text_trim(text);
    if (text.len && v->count < TITLE_VARIANT_LIMIT) {
        v->items[v->count].text = text;
        v->items[v->count].key = rules_key(&c->scratch, text);
        v->items[v->count].rest = text_trim(rest);
        v->count++;
    }
}

static void find_variants(struct cleaner *c, str title, struct title_variants *v)
{
    v->count = 0;
    add_variant(c, v, title, STR_NONE);
    for (size_t m = 0; m < sizeof title_marks / sizeof *title_marks; m++) {
        str mark = str_from(title_marks[m]);
        size_t first = str_find(title, mark, 0), last = first;
        if (first == STR_MISSING) {
            continue;
        }
        for (size_t at = first; at != STR_MISSING; at = str_find(title, mark, at + mark.len)) {
            last = at;
            add_variant(c, v, str_slice(title, 0, at), str_slice(title, at + mark.len, title.len));
        }
        add_variant(c, v, str_slice(title, last + mark.len, title.len), str_slice(title, 0, last));
    }
}

/* The share of the shorter line's words (3 letters and more) that the other one has too, per cent;
 * 0 when the other has more than twice as many. */
static int likeness(struct arena *scratch, str key, str other)
{
    struct map words;
    map_init(&words, scratch);
    uint64_t count = 0, other_count = 0, shared = 0;
    str word;
    for (size_t at = 0; text_next_word(key, &at, &word);) {
        str core = text_word_core(word);
        if (core.len >= 3) {
            map_put(&words, core, 1);
        }
    }
    count = words.count;
    for (size_t at = 0; text_next_word(other, &at, &word);) {
        str core = text_word_core(word);
        uint64_t *found = core.len >= 3 ? map_find(&words, core) : NULL;
        other_count += core.len >= 3;
        if (found && *found) {
            *found = 0;
            shared++;
        }
    }
    uint64_t less = count < other_count ? count : other_count;
    uint64_t more = count < other_count ? other_count : count;
    return less < 3 || more > 2 * less + 2 ? 0 : (int)(200 * shared / (count + other_count));
}

static bool can_be_title(const struct piece *p)
{
    return p->key.ptr && p->state != PIECE_REMOVED && p->words >= 2 && p->words <= 45 &&
           !(p->flags & (PIECE_BULLET | PIECE_TABLE | PIECE_CREDIT));
}

struct title_match {
    size_t at, variant;
    int quality; /* per cent */
};

/* The best match in [from, to): quality first, then the last one. */
static struct title_match find_match(struct cleaner *c, const struct title_variants *v, size_t from,
                                     size_t to)
{
    struct title_match best = {PIECE_NONE, 0, 0};
    to = to < c->pieces.count ? to : c->pieces.count;
    for (size_t i = from; i < to && i < TITLE_LOOK_LIMIT; i++) {
        const struct piece *p = &c->pieces.items[i];
        if (!can_be_title(p)) {
            continue;
        }
        struct title_match match = {i, 0, 0};
        for (size_t k = 0; k < v->count; k++) {
            if (str_equal(v->items[k].key, p->key) && p->words >= 2) {
                match.quality = 100;
                match.variant = k;
            }
        }
        if (match.quality == 0 && !(p->flags & PIECE_SENTENCE && p->words > 20)) {
            match.quality = likeness(&c->scratch, p->key, v->items[0].key);
            match.quality = match.quality == 100 ? 99 : match.quality;
        }
        if (match.quality >= 60 && match.quality >= best.quality) {
            best = match;
        }
    }
    return best;
}

/* The page's own title: stated by the source, or its first line when that can be one. *at: its
 * piece or PIECE_NONE. */
static str page_title(struct cleaner *c, size_t *at)
{
    *at = PIECE_NONE;
    if (c->article->title.len) {
        return text_trim(c->article->title);
    }
    for (size_t i = 0; i < c->pieces.count && i < 3; i++) {
        const struct piece *p = &c->pieces.items[i];
        if (p->state == PIECE_REMOVED && p->key.ptr && p->words <= 6) {
            continue;
        }
        if (can_be_title(p) && !(p->flags & PIECE_GOOD && p->words > 25) &&
            !piece_is_date_line(c, p) && (i == 0 || c->pieces.items[0].state == PIECE_REMOVED)) {
            *at = i;
            return p->text;
        }
        break;
    }
    return STR_NONE;
}

static bool is_site_name(struct cleaner *c, str rest)
{
    struct piece p = {.text = rest};
    piece_measure(c, &p);
    return p.words >= 1 && p.words <= 6 && p.capitals * 2 > p.words && !(p.flags & PIECE_SENTENCE);
}

/* Cuts "| Outlet" off the headline. The last mark counts, and what is left must be a headline. */
static void cut_site(struct cleaner *c, struct piece *p, const struct title_variants *v)
{
    for (size_t k = v->count; k-- > 1;) {
        str text = v->items[k].text, rest = v->items[k].rest;
        struct piece head = {.text = text};
        piece_measure(c, &head);
        bool bar = str_find(p->text, STR(" | "), 0) != STR_MISSING;
        if (text.ptr != v->items[0].text.ptr || head.words < (bar ? 2 : 4) ||
            !is_site_name(c, rest) || (!bar && str_find(rest, STR(" - "), 0) != STR_MISSING)) {
            continue;
        }
        if (!c->article->site.len) {
            c->article->site = rest;
        }
        size_t cut = (size_t)(text.ptr - p->text.ptr) + text.len;
        piece_cut(c, p, cut, p->text.len, REMOVAL_OTHER, STR("name of the site after the title"));
        piece_measure(c, p);
        return;
    }
}

/* Without any hint: the longest title-like line above the text. */
static size_t guess_title(struct cleaner *c)
{
    size_t best = PIECE_NONE;
    for (size_t i = 0; i < c->body_start && i < TITLE_LOOK_LIMIT; i++) {
        const struct piece *p = &c->pieces.items[i];
        if (can_be_title(p) && p->words >= 3 && p->words <= 30 &&
            !(p->flags & (PIECE_SENTENCE | PIECE_GOOD | PIECE_COLON)) &&
            (best == PIECE_NONE || p->words > c->pieces.items[best].words) &&
            !piece_is_date_line(c, p)) {
            best = i;
        }
    }
    return best;
}

/* The guess may be the page's title, with the outlet behind it, of a headline that stands alone. */
static size_t without_outlet(struct cleaner *c, size_t guess)
{
    struct title_variants v = {.count = 0};
    if (guess == PIECE_NONE) {
        return guess;
    }
    find_variants(c, c->pieces.items[guess].text, &v);
    for (size_t i = 0; i < c->body_start && i < TITLE_LOOK_LIMIT; i++) {
        const struct piece *p = &c->pieces.items[i];
        for (size_t k = 1; k < v.count && can_be_title(p) && p->words >= 3; k++) {
            if (str_equal(v.items[k].key, p->key) && is_site_name(c, v.items[k].rest)) {
                c->article->site = c->article->site.len ? c->article->site : v.items[k].rest;
                piece_remove(&c->pieces.items[guess], REMOVAL_REPEATED,
                             STR("title of the page, said again above the text"));
                return i;
            }
        }
    }
    return guess;
}

/* A better place than before the text: the headline stands further down and most text below. */
static struct title_match match_title(struct cleaner *c, const struct title_variants *v, size_t own)
{
    size_t from = own == PIECE_NONE ? 0 : own + 1;
    struct title_match match = find_match(c, v, from, c->body_start + 1);
    if (match.at == PIECE_NONE || match.quality < 100) {
        struct title_match later = find_match(c, v, c->body_start, c->body_end);
        if (later.quality == 100) {
            body_after(c, later.at + 1);
            if (c->body_start > later.at) {
                return later;
            }
        }
    } else if (match.at >= c->body_start) {
        body_after(c, match.at + 1);
    }
    return match;
}

static bool is_breadcrumb(str title)
{
    return str_find(title, STR(" » "), 0) != STR_MISSING ||
           str_find(title, STR(" › "), 0) != STR_MISSING;
}

/* The first line above the text that begins as the path ends, else the likeliest one. */
static size_t title_named_by(struct cleaner *c, str path)
{
    size_t end = path.len;
    while (end > 0 && !str_ends(str_slice(path, 0, end), STR("»")) &&
           !str_ends(str_slice(path, 0, end), STR("›"))) {
        end--;
    }
    str start = rules_key(&c->scratch, str_slice(path, end, path.len));
    for (size_t i = 0; start.len && i < c->body_start && i < TITLE_LOOK_LIMIT; i++) {
        const struct piece *p = &c->pieces.items[i];
        if (can_be_title(p) && p->words >= 3 && str_starts(p->key, start)) {
            return i;
        }
    }
    return without_outlet(c, guess_title(c));
}

/* "Home » News » The start of the headl…": a path begins with a short name, a title with the
 * headline. The headline is another line then, if there is one. */
static size_t title_below_path(struct cleaner *c, size_t own)
{
    struct piece *path = &c->pieces.items[own];
    size_t at = 0, words = 0;
    str word;
    while (text_next_word(path->text, &at, &word) && text_word_core(word).len) {
        words++;
    }
    if (!is_breadcrumb(path->text) || words > 2) {
        return own;
    }
    piece_remove(path, REMOVAL_BREADCRUMB, STR("path before the text"));
    size_t title = title_named_by(c, path->text);
    if (title == PIECE_NONE) {
        path->state = PIECE_OPEN;
        return own;
    }
    return title;
}

void step_title(struct cleaner *c)
{
    size_t own = PIECE_NONE;
    struct title_variants v = {.count = 0};
    str title = page_title(c, &own);
    find_variants(c, title, &v);
    struct title_match match = {PIECE_NONE, 0, 0};
    if (v.count) {
        match = match_title(c, &v, own);
    }
    bool breadcrumb = is_breadcrumb(title);
    if (match.at != PIECE_NONE) {
        c->title = match.at;
        if (match.quality == 100 && v.items[match.variant].rest.len && !c->article->site.len &&
            !breadcrumb && is_site_name(c, v.items[match.variant].rest)) {
            c->article->site = v.items[match.variant].rest;
        }
        if (own != PIECE_NONE) {
            piece_remove(&c->pieces.items[own], breadcrumb ? REMOVAL_BREADCRUMB : REMOVAL_REPEATED,
                         STR("title of the page, said again above the text"));
        }
    } else if (own != PIECE_NONE) {
        c->title = title_below_path(c, own);
        if (c->title == own) {
            cut_site(c, &c->pieces.items[own], &v);
        }
    } else {
        c->title = without_outlet(c, guess_title(c));
    }
    if (c->title != PIECE_NONE) {
        piece_keep(&c->pieces.items[c->title], BLOCK_TITLE);
        if (c->title >= c->body_start && c->title < c->body_end) {
            c->body_start = c->title + 1;
        }
    }
}
