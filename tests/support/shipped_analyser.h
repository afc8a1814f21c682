/* The analyser with the data that the program ships, for a group of tests. */
#ifndef SUPPORT_SHIPPED_ANALYSER_H
#define SUPPORT_SHIPPED_ANALYSER_H

#include "analyse/analyse.h"

static struct analyser *analyser;

static inline int open_lexicons(void **state)
{
    (void)state;
    struct error err;
    if (!analyser_open(DATA_DIR, &analyser, &err))
        return 0;
    print_error("%s\n", err.text);
    return -1;
}

static inline int close_lexicons(void **state)
{
    (void)state;
    analyser_close(analyser);
    return 0;
}

#endif
