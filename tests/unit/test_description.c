/* layers: analyse */
/* When two descriptions of a person say the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analyse/description.h"

static void fits(const char *a, const char *b, enum description_fit expected)
{
    if (description_fit(str_from(a), str_from(b)) != expected)
        fail_msg("\"%s\" and \"%s\": %d, not %d", a, b,
                 (int)description_fit(str_from(a), str_from(b)), (int)expected);
}

static void the_same_words_in_another_order(void **state)
{
    (void)state;
    fits("secretary of the Security Council", "Security Council secretary", DESCRIPTIONS_SAME);
    fits("Russia’s National Security Council secretary",
         "secretary of Russia's National Security Council", DESCRIPTIONS_SAME);
    fits("defence minister", "Defence Minister", DESCRIPTIONS_SAME);
    fits("président de la Chambre", "President de la chambre", DESCRIPTIONS_SAME);
}

static void one_that_leaves_a_name_out(void **state)
{
    (void)state;
    fits("Secretary of the Security Council", "secretary of Russia's Security Council",
         DESCRIPTION_IS_SHORTER);
    fits("secretary of Russia's Security Council", "Secretary of the Security Council",
         DESCRIPTIONS_DIFFER);
    fits("Prime Minister", "British Prime Minister", DESCRIPTION_IS_SHORTER);
}

static void another_office(void **state)
{
    (void)state;
    fits("Prime Minister", "Deputy Prime Minister", DESCRIPTIONS_DIFFER);
    fits("foreign minister", "Former Foreign Minister", DESCRIPTIONS_DIFFER);
    fits("Minister", "Foreign Minister", DESCRIPTIONS_DIFFER);
    fits("secretary of Iran's Security Council", "secretary of Russia's Security Council",
         DESCRIPTIONS_DIFFER);
    fits("prime minister", "prime minister under house arrest", DESCRIPTIONS_DIFFER);
    fits("", "", DESCRIPTIONS_DIFFER);
    fits("of the", "mayor", DESCRIPTIONS_DIFFER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_words_in_another_order),
        cmocka_unit_test(one_that_leaves_a_name_out),
        cmocka_unit_test(another_office),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
