#include "model/bookmark.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "base/vec.h"

enum { CONTEXT_POINTS = 32, CONTEXT_LIMIT = 1024 };

/* Work that is done to find a passage whose words changed: pairs of words compared. */
#define PAIR_LIMIT ((size_t)50000000)
/* Places of the prefix that are looked at, and of the suffix after each. */
enum { SIDE_LIMIT = 64 };
/* What a person would still take for the passage. */
enum { PLACE_SCORE_FLOOR = 40 };

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t';
}

bool anchor_holds(enum anchor_state state)
{
    return state == ANCHOR_EXACT || state == ANCHOR_MOVED || state == ANCHOR_NEAR;
}

/* Equal, with one white space as good as another: a later cleaning may join lines. */
static bool alike(str a, str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (a.ptr[i] != b.ptr[i] && !(is_space(a.ptr[i]) && is_space(b.ptr[i])))
            return false;
    return true;
}

/* An empty prefix was taken at the start of the text and agrees only there; the same for an
 * empty suffix and the end. */
static bool prefix_agrees(const struct bookmark *bookmark, str text, size_t at)
{
    size_t len = bookmark->prefix.len;
    if (len == 0)
        return at == 0;
    return at >= len && alike(str_slice(text, at - len, at), bookmark->prefix);
}

static bool suffix_agrees(const struct bookmark *bookmark, str text, size_t at)
{
    size_t end = at + bookmark->quote.len;
    size_t len = bookmark->suffix.len;
    if (len == 0)
        return end == text.len;
    return text.len - end >= len && alike(str_slice(text, end, end + len), bookmark->suffix);
}

/* Sides of the passage that read as they did: 0, 1 or 2. */
static int sides_agreeing(const struct bookmark *bookmark, str text, size_t at)
{
    if (bookmark->prefix.len == 0 && bookmark->suffix.len == 0)
        return 1; /* nothing is known about the surroundings: nothing speaks against a place */
    return (prefix_agrees(bookmark, text, at) ? 1 : 0) +
           (suffix_agrees(bookmark, text, at) ? 1 : 0);
}

/* The quote itself; LOST when it stands nowhere. */
static void anchor_exactly(struct bookmark *bookmark, str text)
{
    size_t best_at = STR_MISSING;
    int best_sides = 0;
    bool several = false, found = false;
    for (size_t at = bookmark->quote.len > 0 ? str_find(text, bookmark->quote, 0) : STR_MISSING;
         at != STR_MISSING; at = str_find(text, bookmark->quote, at + 1)) {
        found = true;
        int sides = sides_agreeing(bookmark, text, at);
        if (sides == 0 || sides < best_sides)
            continue;
        bool equal = sides == best_sides;
        /* Among places that agree equally well, the old one is meant. */
        if (equal && best_at == bookmark->start)
            continue;
        several = equal && at != bookmark->start;
        best_at = at;
        best_sides = sides;
    }
    bookmark->score = 0;
    if (!found) {
        bookmark->state = ANCHOR_LOST;
    } else if (best_at == STR_MISSING || several) {
        bookmark->state = ANCHOR_AMBIGUOUS;
    } else {
        bookmark->score = 100;
        bookmark->state = best_at == bookmark->start ? ANCHOR_EXACT : ANCHOR_MOVED;
        bookmark->start = (uint32_t)best_at;
        bookmark->end = (uint32_t)(best_at + bookmark->quote.len);
    }
}

/* ---- words -------------------------------------------------------------------------------- */

struct word {
    uint64_t hash;
    uint32_t start, end;
};
struct words {
    const struct word *items;
    size_t count;
};

/* Bytes of the part of a word at `at`, 0 where there is none. Scripts that are written without
 * spaces give one part for each code point. */
static size_t word_part(str text, size_t at, bool *alone)
{
    unsigned char byte = (unsigned char)text.ptr[at];
    unsigned char next = at + 1 < text.len ? (unsigned char)text.ptr[at + 1] : 0;
    *alone = false;
    if (byte < 0x80)
        return ascii_is_alnum(byte);
    size_t len = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
    /* General and CJK punctuation: U+2000..207F, U+3000..303F. */
    if ((byte == 0xE2 && (next == 0x80 || next == 0x81)) || (byte == 0xE3 && next == 0x80))
        return 0;
    *alone = byte >= 0xE3 && byte != 0xEF;
    return len < text.len - at ? len : text.len - at;
}

static struct words words_of(struct arena *arena, str text)
{
    VEC(struct word) words = {0};
    size_t at = 0;
    while (at < text.len) {
        size_t start = at, len;
        bool alone = false;
        while (at < text.len && !alone && (len = word_part(text, at, &alone)) > 0) {
            if (alone && at > start) /* it is a word of its own */
                break;
            at += len;
        }
        if (at == start) {
            at++;
            continue;
        }
        vec_push(
            arena, &words,
            (struct word){str_hash(str_slice(text, start, at)), (uint32_t)start, (uint32_t)at});
    }
    return (struct words){words.items, words.count};
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static int score_of(size_t distance, size_t quote_count, size_t place_count)
{
    size_t longer = quote_count > place_count ? quote_count : place_count;
    return longer == 0 || distance >= longer ? 0
                                             : (int)(100 - (100 * distance + longer - 1) / longer);
}

/* Places [from, to) of words. */
struct span_of_words {
    size_t from, to;
    int score;
};

/* The place within [from, to) that takes the fewest steps from the quote, a step being one word
 * more, less or changed (Sellers 1980). */
static struct span_of_words nearest(struct arena *arena, struct words quote, struct words text,
                                    size_t from, size_t to)
{
    struct step {
        size_t distance, from;
    } *column = arena_array(arena, struct step, quote.count + 1);
    struct span_of_words best = {from, from, 0};
    for (size_t i = 0; i <= quote.count; i++)
        column[i] = (struct step){i, from};
    for (size_t j = from; j < to; j++) {
        struct step diagonal = column[0];
        column[0].from = j + 1;
        for (size_t i = 1; i <= quote.count; i++) {
            struct step before = column[i], chosen = diagonal;
            chosen.distance += quote.items[i - 1].hash != text.items[j].hash;
            if (before.distance + 1 < chosen.distance)
                chosen = (struct step){before.distance + 1, before.from};
            if (column[i - 1].distance + 1 < chosen.distance)
                chosen = (struct step){column[i - 1].distance + 1, column[i - 1].from};
            column[i] = chosen;
            diagonal = before;
        }
        const struct step *last = &column[quote.count];
        int score = score_of(last->distance, quote.count, j + 1 - least(last->from, j + 1));
        if (score > best.score)
            best = (struct span_of_words){last->from, j + 1, score};
    }
    return best;
}

/* The score of exactly these words. */
static int score_between(struct arena *arena, struct words quote, struct words place)
{
    size_t *row = arena_array(arena, size_t, place.count + 1);
    for (size_t j = 0; j <= place.count; j++)
        row[j] = j;
    for (size_t i = 1; i <= quote.count; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= place.count; j++) {
            size_t changed = diagonal + (quote.items[i - 1].hash != place.items[j - 1].hash);
            diagonal = row[j];
            row[j] = least(changed, least(row[j], row[j - 1]) + 1);
        }
    }
    return score_of(row[place.count], quote.count, place.count);
}

/* ---- near ---------------------------------------------------------------------------------- */

/* The first place from `from` on, before `limit`, that reads like `side`. */
static size_t find_alike(str text, str side, size_t from, size_t limit)
{
    for (size_t at = from; at + side.len <= text.len && at < limit; at++)
        if (alike(str_slice(text, at, at + side.len), side))
            return at;
    return STR_MISSING;
}

/* Tries every end that the suffix gives a passage from `start`. */
static void try_ends(struct arena *arena, const struct bookmark *bookmark, str text,
                     struct words quote, size_t start, struct anchor_place *best)
{
    size_t limit = start + 2 * bookmark->quote.len + 1;
    bool at_end = bookmark->suffix.len == 0;
    size_t end = at_end ? text.len : find_alike(text, bookmark->suffix, start + 1, limit);
    for (int tries = 0; end != STR_MISSING && end < limit && tries < SIDE_LIMIT; tries++) {
        int score = score_between(arena, quote, words_of(arena, str_slice(text, start, end)));
        if (score > best->score)
            *best = (struct anchor_place){(uint32_t)start, (uint32_t)end, score};
        end = at_end ? STR_MISSING : find_alike(text, bookmark->suffix, end + 1, limit);
    }
}

/* The best passage that stands between prefix and suffix; score 0 when there is none. */
static struct anchor_place between_sides(struct arena *arena, const struct bookmark *bookmark,
                                         str text, struct words quote)
{
    struct anchor_place best = {0, 0, 0};
    size_t len = bookmark->prefix.len;
    if (len == 0 && bookmark->suffix.len == 0)
        return best;
    size_t at = len == 0 ? 0 : find_alike(text, bookmark->prefix, 0, text.len);
    for (int tries = 0; at != STR_MISSING && tries < SIDE_LIMIT; tries++) {
        try_ends(arena, bookmark, text, quote, at + len, &best);
        at = len == 0 ? STR_MISSING : find_alike(text, bookmark->prefix, at + 1, text.len);
    }
    return best;
}

/* The best score of words that do not touch the place. */
static int rival_score(struct arena *arena, struct words quote, struct words text,
                       const struct anchor_place *place)
{
    size_t before = 0, after = text.count;
    while (before < text.count && text.items[before].end <= place->start)
        before++;
    while (after > before && text.items[after - 1].start >= place->end)
        after--;
    int first = nearest(arena, quote, text, 0, before).score;
    int second = nearest(arena, quote, text, after, text.count).score;
    return first > second ? first : second;
}

static void anchor_nearly(struct bookmark *bookmark, str text)
{
    struct arena arena = {0};
    struct words quote = words_of(&arena, bookmark->quote), all = words_of(&arena, text);
    if (quote.count > 0 && all.count <= PAIR_LIMIT / quote.count) {
        struct anchor_place place = between_sides(&arena, bookmark, text, quote);
        int rival = rival_score(&arena, quote, all, &place);
        if (place.score >= ANCHOR_SCORE_FLOOR && place.score - rival >= ANCHOR_SCORE_GAP) {
            bookmark->state = ANCHOR_NEAR;
            bookmark->start = place.start;
            bookmark->end = place.end;
            bookmark->score = place.score;
        } else if (place.score >= ANCHOR_SCORE_FLOOR || rival >= ANCHOR_SCORE_FLOOR) {
            bookmark->state = ANCHOR_AMBIGUOUS;
        }
    }
    arena_done(&arena);
}

void bookmark_anchor(struct bookmark *bookmark, str text)
{
    anchor_exactly(bookmark, text);
    if (bookmark->state == ANCHOR_LOST)
        anchor_nearly(bookmark, text);
}

/* ---- by hand ------------------------------------------------------------------------------- */

size_t bookmark_places(const struct bookmark *bookmark, str text, struct anchor_place *places,
                       size_t limit)
{
    struct arena arena = {0};
    struct words quote = words_of(&arena, bookmark->quote), all = words_of(&arena, text);
    size_t count = 0, from = 0;
    if (quote.count == 0 || all.count > PAIR_LIMIT / quote.count)
        limit = 0;
    while (count < limit) {
        /* The best one left among the gaps between those found. */
        struct span_of_words best = {0, 0, 0};
        size_t at = 0;
        from = 0;
        for (size_t i = 0; i <= count; i++) {
            size_t to = from;
            while (to < all.count && (i == count || all.items[to].start < places[i].start))
                to++;
            struct span_of_words found = nearest(&arena, quote, all, from, to);
            if (found.score > best.score) {
                best = found;
                at = i;
            }
            from = to;
            while (i < count && from < all.count && all.items[from].start < places[i].end)
                from++;
        }
        if (best.score < PLACE_SCORE_FLOOR)
            break;
        for (size_t i = count++; i > at; i--)
            places[i] = places[i - 1];
        places[at] = (struct anchor_place){all.items[best.from].start, all.items[best.to - 1].end,
                                           best.score};
    }
    arena_done(&arena);
    return count;
}

static bool continues_code_point(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

static void take_context(struct bookmark *bookmark, str text, int points)
{
    size_t from = bookmark->start, to = bookmark->end;
    for (int i = 0; i < points && from > 0; i++)
        do
            from--;
        while (from > 0 && continues_code_point(text.ptr[from]));
    for (int i = 0; i < points && to < text.len; i++)
        do
            to++;
        while (to < text.len && continues_code_point(text.ptr[to]));
    bookmark->quote = str_slice(text, bookmark->start, bookmark->end);
    bookmark->prefix = str_slice(text, from, bookmark->start);
    bookmark->suffix = str_slice(text, bookmark->end, to);
}

/* Another place would be taken for this one if this one went. */
static bool has_double(const struct bookmark *bookmark, str text)
{
    for (size_t at = str_find(text, bookmark->quote, 0); at != STR_MISSING;
         at = str_find(text, bookmark->quote, at + 1))
        if (at != bookmark->start && sides_agreeing(bookmark, text, at) > 0)
            return true;
    return false;
}

void bookmark_take(struct bookmark *bookmark, str text)
{
    int points = CONTEXT_POINTS;
    take_context(bookmark, text, points);
    while (points < CONTEXT_LIMIT && bookmark->quote.len && has_double(bookmark, text))
        take_context(bookmark, text, points *= 2);
}

void bookmark_take_place(struct bookmark *place, str text, uint32_t offset)
{
    enum { QUOTE_POINTS = 48 };
    size_t end = offset;
    for (int i = 0; i < QUOTE_POINTS && end < text.len; i++)
        do
            end++;
        while (end < text.len && continues_code_point(text.ptr[end]));
    place->start = offset;
    place->end = (uint32_t)end;
    bookmark_take(place, text);
}

static uint32_t distance(uint32_t a, uint32_t b)
{
    return a > b ? a - b : b - a;
}

/* The occurrence that is nearest to the old place; false when there is none. */
static bool find_nearest(str text, str words, uint32_t old, uint32_t *found)
{
    bool any = false;
    for (size_t at = words.len ? str_find(text, words, 0) : STR_MISSING; at != STR_MISSING;
         at = str_find(text, words, at + 1)) {
        if (!any || distance((uint32_t)at, old) < distance(*found, old))
            *found = (uint32_t)at;
        any = true;
    }
    return any;
}

uint32_t bookmark_find_place(const struct bookmark *place, str text)
{
    enum { PLACE_LIMIT = 8 };
    struct anchor_place likely[PLACE_LIMIT];
    struct bookmark moved = *place;
    uint32_t old = place->start, found = 0;
    uint32_t same = old < text.len ? old : (uint32_t)text.len;
    while (same > 0 && same < text.len && continues_code_point(text.ptr[same]))
        same--;
    if (old == 0 || !place->quote.len ||
        alike(str_slice(text, old, old + place->quote.len), place->quote))
        return same;
    bookmark_anchor(&moved, text);
    if (anchor_holds(moved.state))
        return moved.start;
    if (find_nearest(text, place->prefix, old, &found))
        return found + (uint32_t)place->prefix.len;
    size_t best = 0, count = bookmark_places(place, text, likely, PLACE_LIMIT);
    for (size_t i = 1; i < count; i++)
        if (likely[i].score > likely[best].score ||
            (likely[i].score == likely[best].score &&
             distance(likely[i].start, old) < distance(likely[best].start, old)))
            best = i;
    if (count)
        return likely[best].start;
    return find_nearest(text, place->suffix, old, &found) ? found : same;
}
