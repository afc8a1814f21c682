/* What a sentence about one person says that they did, or what was done to them, on its day. */
#ifndef ANALYSE_STATEMENT_PERSON_H
#define ANALYSE_STATEMENT_PERSON_H

#include "analyse/acts.h"
#include "analyse/analyse.h"
#include "analyse/lexicon.h"

struct told_by {
    const struct lexicon *lexicon;
    const struct acts *acts;
    const struct article *article;
    const struct analysis *analysis;
    struct arena *scratch;
    const struct sentence *sentence;
};

/* The act of a sentence that names one person once, when they are its subject or object and the day
 * stands beside it: "Orlov resigned on 8 May", "On 8 May police arrested Orlov", "Orlov's death on
 * 8 May". NULL when there is none, or it is denied, planned or somebody else's. `mention`: the
 * first that does not end before the sentence; [first, last): its moments, of which one is `only`.
 */
const struct act *statement_person_act(const struct told_by *by, size_t mention, day only,
                                       size_t first, size_t last);

/* "… on 31 July, officials said on Thursday": a day right after a verb of reporting is that of the
 * words, not of what they tell; so is one after "told reporters". */
bool statement_is_of_words(const struct lexicon *lexicon, const struct article *article,
                           const struct analysis *analysis, const struct sentence *sentence,
                           const struct moment *moment);

#endif
