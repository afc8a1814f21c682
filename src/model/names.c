#include "model/article.h"
#include "model/bookmark.h"
#include "model/mention.h"
#include "model/moment.h"

/* One row of a list as a case of a switch. */
#define NAME_CASE(prefix, name, text)                                                              \
    case prefix##_##name:                                                                          \
        return text;

const char *block_kind_name(enum block_kind kind)
{
    switch (kind) {
#define CASE(name, text) NAME_CASE(BLOCK, name, text)
        BLOCK_KIND_LIST(CASE)
#undef CASE
    case BLOCK_KIND_COUNT:
        break;
    }
    return "unknown";
}

const char *removal_reason_name(enum removal_reason reason)
{
    switch (reason) {
#define CASE(name, text) NAME_CASE(REMOVAL, name, text)
        REMOVAL_REASON_LIST(CASE)
#undef CASE
    case REMOVAL_REASON_COUNT:
        break;
    }
    return "unknown";
}

const char *span_kind_name(enum span_kind kind)
{
    switch (kind) {
#define CASE(name, text) NAME_CASE(SPAN, name, text)
        SPAN_KIND_LIST(CASE)
#undef CASE
    case SPAN_KIND_COUNT:
        break;
    }
    return "unknown";
}

const char *date_basis_name(enum date_basis basis)
{
    switch (basis) {
#define CASE(name, text) NAME_CASE(DATE_BASIS, name, text)
        DATE_BASIS_LIST(CASE)
#undef CASE
    case DATE_BASIS_COUNT:
        break;
    }
    return "unknown";
}

const char *entity_kind_name(enum entity_kind kind)
{
    switch (kind) {
#define CASE(name, text) NAME_CASE(ENTITY, name, text)
        ENTITY_KIND_LIST(CASE)
#undef CASE
    case ENTITY_KIND_COUNT:
        break;
    }
    return "unknown";
}

const char *moment_type_name(enum moment_type type)
{
    switch (type) {
#define CASE(name, text) NAME_CASE(MOMENT, name, text)
        MOMENT_TYPE_LIST(CASE)
#undef CASE
    case MOMENT_TYPE_COUNT:
        break;
    }
    return "unknown";
}

const char *certainty_name(enum certainty certainty)
{
    switch (certainty) {
#define CASE(name, text) NAME_CASE(CERTAINTY, name, text)
        CERTAINTY_LIST(CASE)
#undef CASE
    case CERTAINTY_COUNT:
        break;
    }
    return "unknown";
}

const char *anchor_state_name(enum anchor_state state)
{
    switch (state) {
#define CASE(name, text) NAME_CASE(ANCHOR, name, text)
        ANCHOR_STATE_LIST(CASE)
#undef CASE
    case ANCHOR_STATE_COUNT:
        break;
    }
    return "unknown";
}
