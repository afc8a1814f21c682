/* The rules that the program ships, for a group of tests. */
#ifndef SUPPORT_SHIPPED_RULES_H
#define SUPPORT_SHIPPED_RULES_H

#include "ingest/clean.h"

static struct clean_rules *rules;

static inline int open_rules(void **state)
{
    (void)state;
    struct error err;
    if (clean_rules_open(DATA_DIR "/rules", &rules, &err) == STATUS_OK)
        return 0;
    print_error("%s\n", err.text);
    return -1;
}

static inline int close_rules(void **state)
{
    (void)state;
    clean_rules_close(rules);
    return 0;
}

#endif
