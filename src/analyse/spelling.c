#include "analyse/spelling.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/vec.h"
#include "text/fold.h"

enum { RULES_LEN_LIMIT = 1 << 20 };

struct rule {
    str from, to;
    bool at_start, at_end;
};

struct spelling {
    struct arena arena;
    VEC(struct rule) rules; /* by the first byte of `from`, then the longest first */
    uint32_t first[257];    /* rules of byte b: first[b] .. first[b + 1] */
};

static enum status read_rule(struct spelling *spelling, const char *path, size_t number, str line,
                             struct error *err)
{
    struct rule rule = {.to = STR("")};
    size_t equals = str_find_byte(line, '=', 0);
    str from = equals == STR_MISSING ? STR("") : str_trim(str_slice(line, 0, equals));
    rule.at_start = str_starts(from, STR("^"));
    from = str_slice(from, rule.at_start, from.len);
    rule.at_end = str_ends(from, STR("$"));
    from = str_slice(from, 0, from.len - rule.at_end);
    if (!from.len || str_find_byte(from, ' ', 0) != STR_MISSING)
        return error_set(err, STATUS_BAD_INPUT, "%s:%zu: a rule is \"letters = letters\"", path,
                         number);
    rule.from = fold_text(&spelling->arena, from);
    rule.to = fold_text(&spelling->arena, str_trim(str_slice(line, equals + 1, line.len)));
    if (!rule.from.len || rule.to.len > 2 * rule.from.len)
        return error_set(err, STATUS_BAD_INPUT,
                         "%s:%zu: the right side is more than twice as long as the left", path,
                         number);
    vec_push(NULL, &spelling->rules, rule);
    return STATUS_OK;
}

static int by_first_byte_and_length(const void *a, const void *b)
{
    const struct rule *left = a, *right = b;
    unsigned char one = (unsigned char)left->from.ptr[0], other = (unsigned char)right->from.ptr[0];
    if (one != other)
        return one < other ? -1 : 1;
    if (left->from.len != right->from.len)
        return left->from.len > right->from.len ? -1 : 1;
    int bound = (right->at_start + right->at_end) - (left->at_start + left->at_end);
    return bound ? bound : str_compare(left->from, right->from);
}

static void index_rules(struct spelling *spelling)
{
    size_t at = 0;
    if (spelling->rules.count)
        qsort(spelling->rules.items, spelling->rules.count, sizeof *spelling->rules.items,
              by_first_byte_and_length);
    for (size_t byte = 0; byte < 257; byte++) {
        while (at < spelling->rules.count &&
               (unsigned char)spelling->rules.items[at].from.ptr[0] < byte)
            at++;
        spelling->first[byte] = (uint32_t)at;
    }
}

enum status spelling_open(const char *path, struct spelling **spelling, struct error *err)
{
    *spelling = NULL;
    struct spelling *made = memory_new(1, sizeof *made);
    arena_init(&made->arena);
    str text, line;
    enum status status = file_read(&made->arena, path, RULES_LEN_LIMIT, &text, err);
    size_t number = 0;
    while (!status && str_next_entry(&text, &line, &number))
        status = read_rule(made, path, number, line, err);
    if (status) {
        spelling_close(made);
        return status;
    }
    index_rules(made);
    *spelling = made;
    return STATUS_OK;
}

void spelling_close(struct spelling *spelling)
{
    if (!spelling)
        return;
    vec_done(&spelling->rules);
    arena_done(&spelling->arena);
    memory_free(spelling);
}

static const struct rule *rule_at(const struct spelling *spelling, str word, size_t at)
{
    unsigned char byte = (unsigned char)word.ptr[at];
    for (uint32_t i = spelling->first[byte]; i < spelling->first[byte + 1]; i++) {
        const struct rule *rule = &spelling->rules.items[i];
        if (word.len - at < rule->from.len || (rule->at_start && at) ||
            (rule->at_end && at + rule->from.len != word.len))
            continue;
        if (!memcmp(word.ptr + at, rule->from.ptr, rule->from.len))
            return rule;
    }
    return NULL;
}

str spelling_key(const struct spelling *spelling, struct arena *arena, str folded)
{
    char *out = arena_array(arena, char, 2 * folded.len + 1);
    size_t len = 0, at = 0;
    while (at < folded.len) {
        const struct rule *rule = rule_at(spelling, folded, at);
        str to = rule ? rule->to : str_slice(folded, at, at + 1);
        at += rule ? rule->from.len : 1;
        if (!to.len || (len && out[len - 1] == to.ptr[0] && to.len == 1))
            continue;
        if (len && out[len - 1] == to.ptr[0])
            to = str_slice(to, 1, to.len);
        memcpy(out + len, to.ptr, to.len);
        len += to.len;
    }
    return len ? (str){out, len} : folded;
}
