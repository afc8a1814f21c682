#include "text/unspaced.h"

#include "base/buf.h"
#include "text/fold.h"
#include "text/utf8.h"

/* A run of characters of scripts without spaces: bytes [start, end). */
struct run {
    size_t start, end;
    bool is_single;
};

static bool next_run(str text, size_t from, struct run *run)
{
    size_t at = from, len, count = 0;
    for (; at < text.len; at += len) {
        bool unspaced = code_point_is_unspaced(utf8_decode(text, at, &len));
        if (!unspaced && count > 0)
            break;
        if (unspaced && count++ == 0)
            run->start = at;
    }
    run->end = at;
    run->is_single = count == 1;
    return count > 0;
}

static void add_term(struct buf *terms, str term)
{
    if (terms->len > 0)
        buf_add_byte(terms, ' ');
    buf_add(terms, term);
}

/* The overlapping pairs of a run, and its last character alone when `with_last`. */
static void add_run(struct buf *terms, str text, const struct run *run, bool with_last)
{
    size_t at = run->start, len;
    while (at < run->end) {
        (void)utf8_decode(text, at, &len);
        size_t next = at + len;
        if (next >= run->end)
            break;
        (void)utf8_decode(text, next, &len);
        add_term(terms, str_slice(text, at, next + len));
        at = next;
    }
    if (with_last)
        add_term(terms, str_slice(text, at, run->end));
}

static str keep(struct arena *arena, struct buf *terms)
{
    str text = terms->len > 0 ? arena_str(arena, buf_str(terms)) : STR_NONE;
    buf_done(terms);
    return text;
}

bool unspaced_any(str text)
{
    struct run run;
    return next_run(text, 0, &run);
}

str unspaced_terms(struct arena *arena, str text)
{
    struct buf terms = BUF_INIT;
    struct run run = {0};
    while (next_run(text, run.end, &run))
        add_run(&terms, text, &run, true);
    return keep(arena, &terms);
}

str unspaced_query(struct arena *arena, str searched, bool *prefix)
{
    struct buf terms = BUF_INIT;
    struct run run = {0}, next = {0};
    bool found = next_run(searched, 0, &run);
    *prefix = false;
    while (found) {
        /* A run that another one follows ends as it does in the index. */
        bool is_last = !next_run(searched, run.end, &next);
        add_run(&terms, searched, &run, !is_last || run.is_single);
        *prefix = is_last && run.is_single;
        found = !is_last;
        run = next;
    }
    return keep(arena, &terms);
}
