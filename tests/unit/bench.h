/* A pipeline and an empty dossier in memory, for the tests of what happens to a page. */
#ifndef UNIT_BENCH_H
#define UNIT_BENCH_H

#include <stdlib.h>

#include "app/pipeline.h"

struct bench {
    struct pipeline pipeline;
    struct store *store;
    struct arena arena;
    struct error err;
};

static int open_bench(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    const struct environment environment = {.data_folder = DATA_DIR};
    *state = bench;
    return pipeline_open(&environment, &bench->pipeline, &bench->err) != STATUS_OK ||
           store_open(":memory:", STORE_READ_WRITE, &bench->store, &bench->err) != STATUS_OK;
}

static int close_bench(void **state)
{
    struct bench *bench = *state;
    store_close(bench->store);
    pipeline_close(&bench->pipeline);
    arena_done(&bench->arena);
    free(bench);
    return 0;
}

#define ASSERT_OK(bench, call)                                                                     \
    do {                                                                                           \
        if ((call) != STATUS_OK)                                                                   \
            fail_msg("line %d: %s", __LINE__, (bench)->err.text);                                  \
    } while (0)

#define WITH_BENCH(test) cmocka_unit_test_setup_teardown(test, open_bench, close_bench)

#endif
