#include "analyse/passes.h"
#include "analyse/date.h"

const struct pass passes[] = {
    {"tokens", "words, numbers, punctuation and sentences", tokens_pass},
    {"names", "people, places and organisations, by trained weights, lexicons and context",
     tag_names_pass},
    {"people", "which names of one article are one person, place or organisation", link_local_pass},
    {"dates", "date expressions and the days they stand for", date_pass},
    {"statements", "what sentences with one day say, for comparing them", statements_pass},
    {NULL, NULL, NULL},
};
