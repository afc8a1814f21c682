/* layers: base text model analyse */
/* Any bytes, repaired, as an article: all passes and the linker; spans lie inside and in order. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "analyse/link.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_LIMIT = 1 << 16 };

static const struct analyser *the_analyser(void)
{
    static struct analyser *analyser;
    struct error err;
    if (!analyser && analyser_open(DATA_DIR, &analyser, &err)) {
        fprintf(stderr, "%s\n", err.text);
        abort();
    }
    return analyser;
}

static void require(bool holds)
{
    if (!holds)
        abort();
}

static bool is_boundary(str text, size_t at)
{
    return at == text.len || ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
}

static void check(str text, const struct analysis *analysis)
{
    size_t end = 0;
    for (size_t i = 0; i < analysis->tokens.count; i++) {
        const struct token *token = &analysis->tokens.items[i];
        require(token->start >= end && token->end > token->start && token->end <= text.len);
        require(is_boundary(text, token->start) && is_boundary(text, token->end));
        require(token->sentence < analysis->sentences.count);
        end = token->end;
    }
    end = 0;
    for (size_t i = 0; i < analysis->mentions.count; i++) {
        const struct mention *mention = &analysis->mentions.items[i];
        require(mention->start >= end && mention->end > mention->start);
        require(mention->end <= text.len && mention->entity < analysis->entities.count);
        require(is_boundary(text, mention->start) && is_boundary(text, mention->end));
        end = mention->end;
    }
}

/* The text twice, as two articles of one dossier. */
static void link_twice(const struct article *article, struct arena *arena)
{
    struct link_memory *memory = link_memory_new();
    struct link_source source = link_memory_source(memory);
    for (int i = 0; i < 2; i++) {
        struct analysis analysis;
        struct error err;
        analyse_article(the_analyser(), arena, article, &analysis);
        check(article->text, &analysis);
        struct link_result *results =
            arena_array(arena, struct link_result, analysis.entities.count + 1);
        if (link_article(the_analyser(), &source, arena, article, &analysis.entities, results,
                         &err))
            abort();
        for (size_t k = 0; k < analysis.entities.count; k++)
            require(results[k].entity > 0 && link_memory_name(memory, results[k].entity).ptr);
    }
    link_memory_free(memory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > INPUT_LIMIT)
        return 0;
    struct arena arena = {0};
    str text = utf8_repair(&arena, (str){(const char *)data, size});
    struct article article = {.text = text};
    size_t at = 0;
    str rest = text, line;
    while (size && str_next(&rest, '\n', &line)) {
        struct block block = {.kind = line.len % 3 ? BLOCK_PARAGRAPH : BLOCK_HEADING,
                              .start = (uint32_t)at,
                              .end = (uint32_t)(at + line.len)};
        if (line.len)
            vec_push(&arena, &article.blocks, block);
        at += line.len + 1;
    }
    link_twice(&article, &arena);
    arena_done(&arena);
    return 0;
}
