/* The plans of the statements that a test used: each is served by an index in its order, but for
 * the few that are named here. Included after cmocka.h. */
#ifndef TEST_STORE_PLANS_H
#define TEST_STORE_PLANS_H

#include <stdlib.h>
#include <string.h>

#include "store/internal.h"

/* Statements that may sort or read a table whole, by a piece of them, and why. */
static const char *const may_sort[] = {
    "user_bookmark b LEFT JOIN",          /* as many as a person makes */
    "FROM json_each",                     /* filtered: the keys of a page, or of 20,000 matches */
    "FROM (SELECT ? AS date_key) k",      /* the places of one article */
    "FROM user_tag t",                    /* as many as a person makes */
    "FROM user_bookmark t",               /* the same */
    "derived_article NOT INDEXED",        /* at most 5,000 new articles */
    "derived_moment_time WHERE date_key", /* a rare time: at most 5,000 moments */
    "FROM derived_entity_search WHERE",   /* the same for names */
    "FROM derived_entity_variant",        /* the forms of one name */
    "FROM derived_form_key k",            /* the forms of one key */
    "kind IN (0, 1, 2) AND name",         /* the entities of one name */
    "WITH ranked",                        /* a rank is known only when all are ranked */
    "SELECT DISTINCT o.id FROM derived_form",     /* open forms that share a key */
    "SELECT DISTINCT e.id FROM derived_form_key", /* eight who share a key */
    "SELECT DISTINCT own.role",                   /* the descriptions in 32 articles */
    "ON a.form = f.id WHERE f.entity",            /* the articles of one form after the other */
    "derived_moment_time WHERE place",            /* the days of a target, when none is near */
    "FROM derived_moment ORDER BY",               /* the first 2,000 in the table's own order */
    "t.date_key IN (SELECT",        /* of an outlet, with words: the newest 20,000 matches */
    "INTERSECT SELECT",             /* of both */
    "FROM derived_contradiction c", /* a statement is contradicted by 8 of each article */
    "FROM derived_count",           /* a table of eight rows */
    "derived_correction",           /* as many as a person makes */
    "FROM source_address s",        /* in their own order, as many as a person follows */
    "FROM sqlite_sequence",         /* a row for each numbered table */
};

static inline bool may_sort_sql(const char *sql)
{
    for (size_t i = 0; i < sizeof may_sort / sizeof *may_sort; i++) {
        if (strstr(sql, may_sort[i]))
            return true;
    }
    return false;
}

static inline void assert_plan(void *context, const char *sql)
{
    struct buf plan = BUF_INIT;
    struct error err;
    bool reads = strncmp(sql, "SELECT", 6) == 0 || strncmp(sql, "WITH", 4) == 0;
    if (!reads || may_sort_sql(sql))
        return;
    if (store_explain(context, sql, &plan, &err) != STATUS_OK)
        fail_msg("%s", err.text);
    bool has_key = strstr(sql, "ORDER BY") && strstr(sql, "(?, ?");
    if (has_key && str_find(buf_str(&plan), STR("SCAN"), 0) != STR_MISSING)
        fail_msg("reads more than the page: %s\n%s", sql, buf_c(&plan));
    str rest = buf_str(&plan), line;
    while (str_next_line(&rest, &line)) {
        /* A list without a key walks its index from one end: "SCAN … USING INDEX". */
        bool scans = str_starts(line, STR("SCAN")) &&
                     str_find(line, STR("USING"), 0) == STR_MISSING &&
                     str_find(line, STR("VIRTUAL TABLE"), 0) == STR_MISSING &&
                     str_find(line, STR("CONSTANT ROW"), 0) == STR_MISSING &&
                     !str_starts(line, STR("SCAN (subquery-")); /* its own lines are looked at */
        bool sorts = str_find(line, STR("TEMP B-TREE"), 0) != STR_MISSING;
        if (scans || sorts)
            fail_msg("%.*s\n in the plan of %s\n%s", STR_ARG(line), sql, buf_c(&plan));
    }
    buf_done(&plan);
}

/* Checks all that the handle used since the last time. */
static inline void assert_plans(struct store *store)
{
    /* None was pushed out unseen. */
    assert_in_range(store->cache_count, 1, STATEMENT_LIMIT - 1);
    store_each_statement(store, assert_plan, store);
    statements_free(store);
}

#endif
