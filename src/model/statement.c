#include "model/statement.h"

/* Farther apart, it is another event of the same kind. */
enum { SAME_EVENT_DAYS = 31 };

/* Farther apart, an act told with nothing else may have happened twice. */
enum { SAME_ACT_DAYS = 10 };

struct overlap {
    uint32_t shared, shared_acts, acts_a, acts_b, words_a, words_b;
    bool lifetime; /* they share what happens only once */
    bool told;     /* they share what their only person did */
};

static void count_word(uint32_t word, uint32_t *words, uint32_t *acts)
{
    *words += statement_word_kind(word) != STATEMENT_TOLD;
    *acts += statement_word_kind(word) >= STATEMENT_ACT;
}

static struct overlap compare(const struct statement *a, const struct statement *b)
{
    struct overlap overlap = {0};
    uint32_t i = 0, k = 0;
    while (i < a->word_count && k < b->word_count) {
        uint32_t left = a->words[i], right = b->words[k];
        enum statement_word_kind kind = statement_word_kind(left);
        bool is_shared = left == right;
        overlap.shared += is_shared && kind != STATEMENT_TOLD;
        overlap.shared_acts += is_shared && kind >= STATEMENT_ACT;
        overlap.lifetime |= is_shared && kind == STATEMENT_LIFETIME;
        overlap.told |= is_shared && kind == STATEMENT_TOLD;
        i += left <= right;
        k += right <= left;
    }
    for (i = 0; i < a->word_count; i++)
        count_word(a->words[i], &overlap.words_a, &overlap.acts_a);
    for (k = 0; k < b->word_count; k++)
        count_word(b->words[k], &overlap.words_b, &overlap.acts_b);
    return overlap;
}

static bool is_apart(day a, day b, int64_t most)
{
    int64_t apart = (int64_t)a - b;
    return apart != 0 && apart <= most && apart >= -most;
}

bool statement_repeats(const struct statement *a, const struct statement *b)
{
    struct overlap overlap = compare(a, b);
    uint32_t all = overlap.words_a + overlap.words_b - overlap.shared;
    return overlap.shared >= 3 && overlap.shared * 5 >= all * 3;
}

bool statement_contradicts(const struct statement *a, day when_a, const struct statement *b,
                           day when_b)
{
    struct overlap overlap = compare(a, b);
    uint32_t smaller = overlap.words_a < overlap.words_b ? overlap.words_a : overlap.words_b;
    uint32_t fewer_acts = overlap.acts_a < overlap.acts_b ? overlap.acts_a : overlap.acts_b;
    bool same_act = overlap.shared_acts >= 1 && overlap.shared_acts == fewer_acts;
    bool same_words =
        overlap.lifetime ? overlap.shared * 2 >= smaller : overlap.shared * 4 > smaller * 3;
    return is_apart(when_a, when_b, SAME_EVENT_DAYS) && same_act && same_words &&
           overlap.shared >= 2;
}

bool statement_redates(const struct statement *a, day when_a, const struct statement *b, day when_b)
{
    return is_apart(when_a, when_b, SAME_ACT_DAYS) && compare(a, b).told;
}
