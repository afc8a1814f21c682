/* What the dossier knows of an outlet, applied to a cleaned article: lines that stand on many of
 * its pages go, and so do, or stay, those for which the reader made a rule. */
#ifndef APP_OUTLET_H
#define APP_OUTLET_H

#include "ingest/clean.h"
#include "store/store.h"

/* Remembers the article's lines and revises it; of one whose text came clean it remembers none, and
 * only the reader's rules hold. The reader's decisions about single blocks win. Within the caller's
 * transaction; nothing for an article without an outlet. */
enum status outlet_apply(struct store *store, struct arena *arena, int64_t id,
                         const struct clean_overrides *overrides, bool came_clean,
                         struct article *article, struct error *err) MUST_CHECK;

#endif
