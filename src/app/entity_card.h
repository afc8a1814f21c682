/* What is known of one entity, for its pane and its command. */
#ifndef APP_ENTITY_CARD_H
#define APP_ENTITY_CARD_H

#include "store/store.h"

/* As store_describe_entity; descriptions that say the same are one row, in the words of the
 * fullest. */
enum status entity_card_read(struct store *store, struct arena *arena, int64_t entity,
                             struct entity_card *card, struct error *err) MUST_CHECK;

#endif
