#include "app/outlet.h"

/* Longer lines are an article's own. */
enum { LINE_LIMIT_LEN = 600 };

static str block_text(const struct article *article, const struct block *block)
{
    return str_trim(str_slice(article->text, block->start, block->end));
}

/* The head of an article names what it is: that it stands on many pages is no reason to cut it. */
static bool can_repeat(const struct block *block)
{
    bool head = block->kind == BLOCK_TITLE || block->kind == BLOCK_SUBTITLE ||
                block->kind == BLOCK_BYLINE || block->kind == BLOCK_DATELINE;
    return !head && block->end - block->start <= LINE_LIMIT_LEN;
}

static enum status note_lines(struct store *store, struct arena *arena, int64_t id,
                              const struct article *article, struct error *err)
{
    uint64_t *hashes = arena_array(arena, uint64_t, article->blocks.count);
    size_t count = 0;
    for (size_t i = 0; i < article->blocks.count; i++)
        if (can_repeat(&article->blocks.items[i]))
            hashes[count++] = str_hash(block_text(article, &article->blocks.items[i]));
    return store_note_outlet_lines(store, id, article->site, hashes, count, err);
}

static bool is_decided(const struct clean_overrides *overrides, uint64_t hash)
{
    for (size_t i = 0; i < overrides->count; i++)
        if (overrides->items[i].block_hash == hash)
            return true;
    return false;
}

/* A page most of which stands elsewhere is a copy of an article, not furniture. */
static bool is_copy(const struct article *article, const struct outlet_line *lines)
{
    size_t repeated = 0;
    for (size_t i = 0; i < article->blocks.count; i++)
        if (lines[i].furniture)
            repeated += article->blocks.items[i].end - article->blocks.items[i].start;
    return repeated * 2 > article->text.len;
}

/* One line for each block and then one for each removed piece. */
static struct outlet_line *lines_of(struct arena *arena, const struct article *article)
{
    size_t blocks = article->blocks.count, count = blocks + article->removed.count;
    struct outlet_line *lines = arena_array(arena, struct outlet_line, count);
    for (size_t i = 0; i < count; i++)
        lines[i].hash = str_hash(i < blocks ? block_text(article, &article->blocks.items[i])
                                            : str_trim(article->removed.items[i - blocks].text));
    return lines;
}

static bool judge(struct arena *arena, const struct clean_overrides *overrides,
                  const struct article *article, const struct outlet_line *lines,
                  struct clean_verdict *verdicts)
{
    size_t blocks = article->blocks.count, count = blocks + article->removed.count;
    bool copy = is_copy(article, lines), any = false;
    str rule = arena_format(arena, "your rule for %.*s", STR_ARG(article->site));
    str repeats = arena_format(arena, "stands on many pages of %.*s", STR_ARG(article->site));
    for (size_t i = 0; i < count; i++) {
        const struct outlet_line *line = &lines[i];
        bool is_kept = i < blocks;
        if (is_decided(overrides, line->hash))
            continue;
        if (line->has_rule)
            verdicts[i] = (struct clean_verdict){line->keep != is_kept, REMOVAL_OTHER, rule};
        else if (is_kept && line->furniture && !copy && can_repeat(&article->blocks.items[i]))
            verdicts[i] = (struct clean_verdict){true, REMOVAL_REPEATED, repeats};
        any = any || verdicts[i].change;
    }
    return any;
}

enum status outlet_apply(struct store *store, struct arena *arena, int64_t id,
                         const struct clean_overrides *overrides, bool came_clean,
                         struct article *article, struct error *err)
{
    size_t blocks = article->blocks.count, count = blocks + article->removed.count;
    enum status status = came_clean ? STATUS_OK : note_lines(store, arena, id, article, err);
    if (status != STATUS_OK || !article->site.len)
        return status;
    struct outlet_line *lines = lines_of(arena, article);
    struct clean_verdict *verdicts = arena_array(arena, struct clean_verdict, count);
    status = store_find_outlet_lines(store, article->site, lines, count, err);
    for (size_t i = 0; i < count && came_clean; i++)
        lines[i].furniture = false;
    if (status == STATUS_OK && judge(arena, overrides, article, lines, verdicts))
        clean_revise(arena, article, verdicts, verdicts + blocks);
    return status;
}
