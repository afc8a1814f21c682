/* What texts call a person: when two such descriptions say the same. */
#ifndef ANALYSE_DESCRIPTION_H
#define ANALYSE_DESCRIPTION_H

#include "base/str.h"

enum description_fit {
    DESCRIPTIONS_DIFFER,
    DESCRIPTIONS_SAME,     /* "Security Council secretary", "secretary of the Security Council" */
    DESCRIPTION_IS_SHORTER /* the second says more: "secretary of Russia's Security Council" */
};

/* Whether `a` says the same as `b`, in the same words or without some of the names in them. A
 * deputy, a former one and the like are something else. */
enum description_fit description_fit(str a, str b);

#endif
