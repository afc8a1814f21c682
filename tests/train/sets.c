#include "train/sets.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "text/utf8.h"

enum { SET_LIMIT_LEN = 256 << 20 };

static unsigned kind_of(const char *type)
{
    static const char *const types[] = {"", "PER", "LOC", "ORG", "MISC"};
    for (unsigned i = 1; type && i < sizeof types / sizeof *types; i++) {
        if (!strcmp(type, types[i]))
            return i;
    }
    return 0;
}

static int by_start(const void *left, const void *right)
{
    const struct labelled_span *a = left, *b = right;
    return (a->start > b->start) - (a->start < b->start);
}

static void read_spans(struct arena *arena, const json_t *object,
                       struct labelled_document *document)
{
    const json_t *entities = json_object_get(object, "entities");
    for (size_t i = 0; i < json_array_size(entities); i++) {
        const json_t *entity = json_array_get(entities, i);
        struct labelled_span span = {
            .kind = kind_of(json_string_value(json_object_get(entity, "type"))),
            .start = (uint32_t)json_integer_value(json_object_get(entity, "start")),
            .end = (uint32_t)json_integer_value(json_object_get(entity, "end"))};
        if (span.kind)
            vec_push(arena, &document->spans, span);
    }
    if (document->spans.count)
        qsort(document->spans.items, document->spans.count, sizeof *document->spans.items,
              by_start);
    size_t byte = 0, point = 0;
    for (size_t i = 0; i < document->spans.count; i++) {
        struct labelled_span *span = &document->spans.items[i];
        size_t len = span->end - span->start;
        for (; point < span->start && byte < document->text.len; point++)
            byte = utf8_after(document->text, byte);
        size_t end = byte;
        for (size_t k = 0; k < len && end < document->text.len; k++)
            end = utf8_after(document->text, end);
        span->start = (uint32_t)byte;
        span->end = (uint32_t)end;
    }
    const json_t *types = json_object_get(object, "types");
    for (size_t i = 0; i < json_array_size(types); i++)
        document->has_other |= kind_of(json_string_value(json_array_get(types, i))) == 4;
}

enum status sets_read(struct arena *arena, const char *folder, const char *name,
                      labelled_documents *documents, struct error *err)
{
    str path = arena_format(arena, "%s/%s.jsonl", folder, name), bytes, line;
    enum status status = file_read(arena, path.ptr, SET_LIMIT_LEN, &bytes, err);
    if (status)
        return status;
    for (size_t number = 1; str_next_line(&bytes, &line); number++) {
        if (!str_trim(line).len)
            continue;
        json_error_t why;
        json_t *object = json_loadb(line.ptr, line.len, 0, &why);
        const char *text = json_string_value(json_object_get(object, "text"));
        if (!text) {
            json_decref(object);
            return error_set(err, STATUS_BAD_INPUT, "%s:%zu: no text: %s", path.ptr, number,
                             why.text);
        }
        struct labelled_document document = {.text = arena_str(arena, str_from(text)),
                                             .repeats = 1};
        document.id = arena_str(arena, str_from(json_string_value(json_object_get(object, "id"))));
        read_spans(arena, object, &document);
        vec_push(arena, documents, document);
        json_decref(object);
    }
    return STATUS_OK;
}

struct labelled_document sets_damaged(struct arena *arena, const struct labelled_document *document,
                                      enum damage damage)
{
    struct labelled_document copy = *document;
    copy.text = arena_str(arena, document->text);
    char *bytes = arena_array(arena, char, copy.text.len + 1);
    bool inside = false; /* a word */
    for (size_t i = 0; i < copy.text.len; i++) {
        unsigned char byte = (unsigned char)copy.text.ptr[i];
        bool raise = damage == DAMAGE_UPPER || !inside;
        bytes[i] = (char)byte;
        if (byte >= 'a' && byte <= 'z' && raise)
            bytes[i] = (char)(byte - 32);
        if (byte == 0xC3 && i + 1 < copy.text.len) {
            unsigned char next = (unsigned char)copy.text.ptr[++i];
            bool small = next >= 0xA0 && next <= 0xBE && next != 0xB7;
            bytes[i] = (char)(small && raise ? next - 32 : next);
        }
        inside = byte >= 0x80 || byte == '\'' || ((byte | 32) >= 'a' && (byte | 32) <= 'z') ||
                 (byte >= '0' && byte <= '9');
    }
    copy.text.ptr = bytes;
    return copy;
}
