#include "text/fold.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

#include "base/ascii.h"
#include "text/utf8.h"

enum {
    POINTS_LIMIT = 64,     /* the longest known fold is 18 code points: U+FDFA */
    FOLDED_LEN_LIMIT = 76, /* bytes of it */
    ROUND_LIMIT = 4,
    CACHE_COUNT = 64 /* a power of two; the letters of most alphabets have places of their own */
};

/* What one code point folds to, as UTF-8. */
struct folded {
    uint32_t from; /* 0 = empty place: NUL never comes here, being ASCII */
    uint32_t len;
    char bytes[FOLDED_LEN_LIMIT];
};

struct cache {
    struct folded places[CACHE_COUNT];
};

static void cache_init(struct cache *cache)
{
    for (size_t i = 0; i < CACHE_COUNT; i++)
        cache->places[i].from = 0;
}

/* The ASCII form of a typographic sign or a letter, or the code point itself. */
static uint32_t plain_sign(uint32_t code_point)
{
    switch (code_point) {
    case 0x00B4:
    case 0x02BC:
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
    case 0x2035:
    case 0x2039:
    case 0x203A:
        return '\'';
    case 0x00AB:
    case 0x00BB:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033:
    case 0x2036:
    case 0x301D:
    case 0x301E:
    case 0x301F:
        return '"';
    case 0x0131: /* the dotless i, letters with a stroke: no decomposition takes it away */
        return 'i';
    case 0x0142:
        return 'l';
    case 0x00F8:
        return 'o';
    case 0x0111:
        return 'd';
    case 0x0127:
        return 'h';
    case 0x2212:
    case 0x2E3A:
    case 0x2E3B:
        return '-';
    default:
        return code_point >= 0x2010 && code_point <= 0x2015 ? '-' : code_point;
    }
}

/* Drops marks and invisible characters, and makes signs and letters plain. */
static size_t strip(uint32_t *points, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!uc_is_general_category_withtable(points[i], UC_CATEGORY_MASK_Mn) &&
            !uc_is_property_default_ignorable_code_point(points[i]))
            points[kept++] = plain_sign(points[i]);
    return kept;
}

/* One step of the Unicode work, in place: compatibility decomposition, then case folding. False
 * when the library has no memory, with the points as they were. */
static bool fold_step(uint32_t *points, size_t *count)
{
    uint32_t parts_room[POINTS_LIMIT], result_room[POINTS_LIMIT];
    size_t parts_count = POINTS_LIMIT, result_count = POINTS_LIMIT;
    uint32_t *parts = u32_normalize(UNINORM_NFKD, points, *count, parts_room, &parts_count);
    if (parts == NULL)
        return false;
    uint32_t *result = u32_casefold(parts, parts_count, NULL, NULL, result_room, &result_count);
    bool fits = result != NULL && result_count <= POINTS_LIMIT;
    if (fits) {
        if (result_count > 0)
            memcpy(points, result, result_count * sizeof *result);
        *count = result_count;
    }
    if (result != NULL && result != result_room)
        free(result);
    if (parts != parts_room)
        free(parts);
    return fits;
}

/* Folds until nothing changes any more: a decomposition can bring out capitals, and a folded
 * letter marks, so one round is not enough (Unicode 15, section 3.13, D146). */
static void fold_point(uint32_t code_point, struct folded *folded)
{
    uint32_t points[POINTS_LIMIT] = {code_point};
    size_t count = strip(points, 1);
    for (int round = 0; round < ROUND_LIMIT; round++) {
        uint32_t before[POINTS_LIMIT];
        size_t before_count = count;
        memcpy(before, points, sizeof before);
        if (count == 0 || !fold_step(points, &count))
            break;
        count = strip(points, count);
        if (count == before_count && memcmp(before, points, count * sizeof *points) == 0)
            break;
    }
    folded->from = code_point;
    folded->len = 0;
    for (size_t i = 0; i < count && folded->len + 4 <= FOLDED_LEN_LIMIT; i++)
        folded->len += (uint32_t)utf8_encode(points[i], folded->bytes + folded->len);
}

/* The fold of the code point at `at`, which is not ASCII; *len = its bytes in the text. */
static str folded_at(struct cache *cache, str text, size_t at, size_t *len)
{
    uint32_t code_point = utf8_decode(text, at, len);
    struct folded *folded = &cache->places[code_point & (CACHE_COUNT - 1)];
    if (folded->from != code_point)
        fold_point(code_point, folded);
    return (str){folded->bytes, folded->len};
}

static size_t ascii_len(str text)
{
    size_t len = 0;
    while (len < text.len && ascii_is(text.ptr[len]))
        len++;
    return len;
}

str fold_text(struct arena *arena, str text)
{
    size_t plain_len = ascii_len(text);
    size_t capacity = text.len + (plain_len < text.len ? text.len / 4 + FOLDED_LEN_LIMIT : 0) + 1;
    char *out = arena_alloc(arena, capacity, 1);
    size_t len = 0;
    for (; len < plain_len; len++)
        out[len] = ascii_lower(text.ptr[len]);
    if (plain_len == text.len)
        return (str){out, len};

    struct cache cache;
    cache_init(&cache);
    for (size_t at = plain_len; at < text.len;) {
        if (capacity - len <= FOLDED_LEN_LIMIT) {
            out = arena_resize(arena, out, capacity, capacity * 2);
            capacity *= 2;
        }
        if (ascii_is(text.ptr[at])) {
            out[len++] = ascii_lower(text.ptr[at++]);
            continue;
        }
        size_t taken;
        str folded = folded_at(&cache, text, at, &taken);
        memcpy(out + len, folded.ptr, folded.len);
        len += folded.len;
        at += taken;
    }
    out[len] = '\0';
    return (str){arena_resize(arena, out, capacity, len + 1), len};
}

/* Bytes of the text at `at` whose fold starts with the needle, or 0. */
static size_t match_len(struct cache *cache, str text, size_t at, str needle)
{
    size_t start = at, matched = 0;
    while (matched < needle.len) {
        if (at == text.len)
            return 0;
        if (ascii_is(text.ptr[at])) {
            if (ascii_lower(text.ptr[at++]) != needle.ptr[matched++])
                return 0;
            continue;
        }
        size_t taken;
        str folded = folded_at(cache, text, at, &taken);
        size_t shared = needle.len - matched < folded.len ? needle.len - matched : folded.len;
        if (memcmp(needle.ptr + matched, folded.ptr, shared) != 0)
            return 0;
        matched += shared;
        at += taken;
    }
    /* Marks that follow belong to the last letter. */
    while (at < text.len && !ascii_is(text.ptr[at])) {
        size_t taken;
        if (folded_at(cache, text, at, &taken).len > 0)
            break;
        at += taken;
    }
    return at - start;
}

size_t fold_find(struct arena *scratch, str text, str folded_needle, size_t from, size_t *len)
{
    (void)scratch; /* everything fits on the stack; the argument leaves room for an index */
    *len = 0;
    if (from > text.len)
        return STR_MISSING;
    if (folded_needle.len == 0)
        return from;
    struct cache cache;
    cache_init(&cache);
    char first = folded_needle.ptr[0];
    for (size_t at = from, step; at < text.len; at += step) {
        step = 1;
        if (ascii_is(text.ptr[at])) {
            if (ascii_lower(text.ptr[at]) != first)
                continue;
        } else {
            str folded = folded_at(&cache, text, at, &step);
            if (folded.len == 0 || folded.ptr[0] != first)
                continue;
        }
        *len = match_len(&cache, text, at, folded_needle);
        if (*len > 0)
            return at;
    }
    return STR_MISSING;
}

/* ---- properties ---- */

static bool in_category(uint32_t code_point, uint32_t mask)
{
    return uc_is_general_category_withtable(code_point, mask);
}

bool code_point_is_letter(uint32_t code_point)
{
    if (code_point < 0x80)
        return ascii_is_letter(code_point);
    return in_category(code_point, UC_CATEGORY_MASK_L);
}

bool code_point_is_upper(uint32_t code_point)
{
    if (code_point < 0x80)
        return ascii_is_upper(code_point);
    return in_category(code_point, UC_CATEGORY_MASK_Lu | UC_CATEGORY_MASK_Lt);
}

bool code_point_is_lower(uint32_t code_point)
{
    if (code_point < 0x80)
        return ascii_is_lower(code_point);
    return in_category(code_point, UC_CATEGORY_MASK_Ll);
}

bool code_point_is_digit(uint32_t code_point)
{
    if (code_point < 0x80)
        return ascii_is_digit(code_point);
    return in_category(code_point, UC_CATEGORY_MASK_Nd);
}

bool code_point_is_space(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point == ' ' || (code_point >= '\t' && code_point <= '\r');
    return uc_is_property_white_space(code_point);
}

bool code_point_is_mark(uint32_t code_point)
{
    return code_point >= 0x0300 && in_category(code_point, UC_CATEGORY_MASK_Mn);
}

static bool has_script(uint32_t code_point, const char *const *names, size_t name_count)
{
    const uc_script_t *script = uc_script(code_point);
    if (script == NULL)
        return false;
    for (size_t i = 0; i < name_count; i++)
        if (strcmp(script->name, names[i]) == 0)
            return true;
    return false;
}

bool code_point_is_unspaced(uint32_t code_point)
{
    static const char *const names[] = {"Han",  "Hiragana", "Katakana", "Hangul",
                                        "Thai", "Lao",      "Khmer",    "Myanmar"};
    if (code_point < 0x0E00 || (code_point >= 0x2000 && code_point < 0x2E80))
        return false; /* letters with spaces; punctuation and symbols */
    /* Signs inside words that Unicode counts to no single script: closing mark, sound marks. */
    if (code_point == 0x3006 || code_point == 0x30FC || code_point == 0xFF70)
        return true;
    return has_script(code_point, names, sizeof names / sizeof names[0]);
}
