#include "app/entity_card.h"

#include <string.h>

#include "analyse/description.h"

/* Which row says the same as this one, or is the only one that says it more fully; its own number
 * when there is none. */
static size_t fuller_role(const struct card_row *rows, size_t count, size_t at)
{
    size_t fuller = at, found = 0;
    for (size_t i = 0; i < count; i++) {
        enum description_fit fit =
            i == at ? DESCRIPTIONS_DIFFER : description_fit(rows[at].text, rows[i].text);
        if (fit == DESCRIPTIONS_SAME && i < at)
            return i;
        if (fit != DESCRIPTION_IS_SHORTER)
            continue;
        /* Spellings of one fuller description count once. */
        if (!found || description_fit(rows[fuller].text, rows[i].text) == DESCRIPTIONS_DIFFER) {
            fuller = i;
            found++;
        }
    }
    return found == 1 ? fuller : at;
}

/* Descriptions that say the same become one row, with the words of the fullest; the order of the
 * counts is kept. Returns how many are left. */
static size_t join_roles(struct card_row *rows, size_t count)
{
    size_t left = 0;
    size_t into[CARD_ROW_LIMIT];
    for (size_t i = 0; i < count; i++)
        into[i] = fuller_role(rows, count, i);
    for (size_t i = 0; i < count; i++) {
        size_t to = into[i];
        for (size_t steps = 0; into[to] != to && steps < count; steps++)
            to = into[to];
        if (to != i)
            rows[to].count += rows[i].count;
        into[i] = to;
    }
    for (size_t i = 0; i < count; i++) {
        if (into[i] != i)
            continue;
        size_t at = left++;
        struct card_row kept = rows[i];
        for (; at > 0 && rows[at - 1].count < kept.count; at--)
            rows[at] = rows[at - 1];
        rows[at] = kept;
    }
    return left;
}

enum status entity_card_read(struct store *store, struct arena *arena, int64_t entity,
                             struct entity_card *card, struct error *err)
{
    enum status status = store_describe_entity(store, arena, entity, card, err);
    size_t count = card->counts[CARD_ROLES];
    if (status != STATUS_OK || count == 0)
        return status;
    struct card_row *rows = arena_array(arena, struct card_row, count);
    memcpy(rows, card->rows[CARD_ROLES], count * sizeof *rows);
    card->rows[CARD_ROLES] = rows;
    card->counts[CARD_ROLES] = join_roles(rows, count);
    return STATUS_OK;
}
