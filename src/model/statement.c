#include "model/statement.h"

/* Farther apart, it is another event of the same kind. */
enum { SAME_EVENT_DAYS = 31 };

struct overlap {
    uint32_t shared, shared_acts, acts_a, acts_b;
    bool once; /* they share what happens only once */
};

static struct overlap compare(const struct statement *a, const struct statement *b)
{
    struct overlap overlap = {0};
    uint32_t i = 0, k = 0;
    while (i < a->word_count && k < b->word_count) {
        uint32_t left = a->words[i], right = b->words[k];
        bool is_shared = left == right;
        overlap.shared += is_shared;
        overlap.shared_acts += is_shared && (left & STATEMENT_ACT);
        overlap.once |= is_shared && (left & STATEMENT_ACT) && (left & STATEMENT_ONCE);
        i += left <= right;
        k += right <= left;
    }
    for (i = 0; i < a->word_count; i++)
        overlap.acts_a += (a->words[i] & STATEMENT_ACT) != 0;
    for (k = 0; k < b->word_count; k++)
        overlap.acts_b += (b->words[k] & STATEMENT_ACT) != 0;
    return overlap;
}

bool statement_repeats(const struct statement *a, const struct statement *b)
{
    struct overlap overlap = compare(a, b);
    uint32_t all = a->word_count + b->word_count - overlap.shared;
    return overlap.shared >= 3 && overlap.shared * 5 >= all * 3;
}

bool statement_contradicts(const struct statement *a, day when_a, const struct statement *b,
                           day when_b)
{
    struct overlap overlap = compare(a, b);
    uint32_t smaller = a->word_count < b->word_count ? a->word_count : b->word_count;
    int64_t apart = (int64_t)when_a - when_b;
    if (apart == 0 || apart > SAME_EVENT_DAYS || apart < -SAME_EVENT_DAYS)
        return false;
    uint32_t fewer_acts = overlap.acts_a < overlap.acts_b ? overlap.acts_a : overlap.acts_b;
    bool same_act = overlap.shared_acts >= 1 && overlap.shared_acts == fewer_acts;
    bool same_words = overlap.once ? overlap.shared * 2 >= smaller : overlap.shared * 4 > smaller * 3;
    return same_act && same_words && overlap.shared >= 2;
}
