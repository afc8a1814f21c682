/* layers: base text */
/* The first byte gives the width, the rest the text: lines cover it, fit, and split nothing. */
#include <stdlib.h>

#include "text/fold.h"
#include "text/utf8.h"
#include "text/width.h"
#include "text/wrap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_line(str text, struct line line, size_t following, int columns)
{
    require(line.start <= line.end && line.end <= following && following <= text.len);
    str words = str_slice(text, line.start, line.end);
    require(utf8_is_valid(words));
    require(width_columns(words) == (int)line.columns);
    int first_columns = 0;
    bool single = words.len == 0 || width_cluster(words, 0, &first_columns) == words.len;
    require((int)line.columns <= columns || (single && first_columns == 2));
    for (size_t at = line.end, len; at < following; at += len)
        require(code_point_is_space(utf8_decode(text, at, &len)));
}

static void check_clusters(str text)
{
    int total = 0, columns, used;
    for (size_t at = 0, next; at < text.len; at = next) {
        next = at + width_cluster(text, at, &columns);
        require(next > at && next <= text.len);
        require(width_cluster_before(text, next) == at);
        total += columns;
    }
    require(width_columns(text) == total);
    str clipped = width_clip(text, total / 2, &used);
    require(used <= total / 2 && width_columns(clipped) == used);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct arena arena = {0};
    int columns = 1 + data[0] % 120;
    str text = utf8_repair(&arena, (str){(const char *)data + 1, size - 1});
    line_vec lines = {0};
    wrap_text(&arena, &lines, text, columns, 0);
    require(lines.count > 0 && lines.items[0].start == 0);
    for (size_t i = 0; i < lines.count; i++) {
        size_t following = i + 1 < lines.count ? lines.items[i + 1].start : text.len;
        require(i == 0 || lines.items[i].start > lines.items[i - 1].start);
        check_line(text, lines.items[i], following, columns);
    }
    check_clusters(text);
    arena_done(&arena);
    return 0;
}
