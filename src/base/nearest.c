#include "base/nearest.h"

enum { LIMIT_LEN = 48, WRONG_LIMIT = 3 };

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

struct nearest nearest_begin(str word)
{
    return (struct nearest){.word = word, .distance = smaller(word.len / 2, WRONG_LIMIT) + 1};
}

static size_t distance(str a, str b)
{
    size_t rows[3][LIMIT_LEN + 1];
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= b.len; j++)
        last[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        now[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            bool same = a.ptr[i - 1] == b.ptr[j - 1];
            now[j] = smaller(last[j - 1] + !same, smaller(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1])
                now[j] = smaller(now[j], before[j - 2] + 1);
        }
        size_t *free_row = before;
        before = last;
        last = now;
        now = free_row;
    }
    return last[b.len];
}

void nearest_offer(struct nearest *nearest, const char *name)
{
    str candidate = str_from(name);
    if (!nearest->word.len || nearest->word.len > LIMIT_LEN || candidate.len > LIMIT_LEN)
        return;
    size_t away = str_starts(candidate, nearest->word) ? 0 : distance(nearest->word, candidate);
    if (away >= nearest->distance)
        return;
    nearest->best = name;
    nearest->distance = away;
}

enum status nearest_fail(const struct nearest *nearest, enum status status, const char *what,
                         const char *where, const char *page, struct error *err)
{
    enum { SHOWN_LEN = 40 };
    const char *best = nearest->best;
    return error_set(err, status, "there is no %s '%.*s'%s; %s%s%s", what,
                     STR_ARG(str_slice(nearest->word, 0, SHOWN_LEN)), where,
                     best ? "did you mean '" : "see ", best ? best : page, best ? "'?" : "");
}
