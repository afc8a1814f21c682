/* layers: base text */
/* Any bytes through detection, decoding, repair, folding, gate and JSON: what the tests promise for
 * examples must hold for everything. */
#include <stdlib.h>

#include "text/encoding.h"
#include "text/fold.h"
#include "text/gate.h"
#include "text/json.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_gate(str text, enum gate_lines lines)
{
    struct buf once = BUF_INIT, twice = BUF_INIT;
    gate_add(&once, text, lines);
    require(utf8_is_valid(buf_str(&once)));
    for (size_t at = 0, len; at < once.len; at += len) {
        uint32_t code_point = utf8_decode(buf_str(&once), at, &len);
        bool passes = lines == GATE_MANY_LINES && (code_point == '\n' || code_point == '\t');
        require(passes || !gate_is_control(code_point));
    }
    gate_add(&twice, buf_str(&once), lines);
    require(str_equal(buf_str(&once), buf_str(&twice)));
    buf_done(&once);
    buf_done(&twice);
}

static void check_json(str text)
{
    struct buf out = BUF_INIT;
    struct json json;
    json_init(&json, &out);
    json_text(&json, text);
    require(utf8_is_valid(buf_str(&out)) && out.len >= 2);
    for (size_t at = 0, len; at < out.len; at += len)
        require(!gate_is_control(utf8_decode(buf_str(&out), at, &len)));
    buf_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    str bytes = {(const char *)data, size};
    str repaired = utf8_repair(&arena, bytes);
    require(utf8_is_valid(repaired));
    require(utf8_repair(&arena, repaired).ptr == repaired.ptr);
    require(utf8_offset(repaired, utf8_count(repaired)) == repaired.len);
    str text = encoding_to_utf8(&arena, bytes, encoding_detect(bytes));
    require(utf8_is_valid(text) && str_find_byte(text, '\r', 0) == STR_MISSING);
    str folded = fold_text(&arena, text);
    require(utf8_is_valid(folded) && str_equal(fold_text(&arena, folded), folded));
    size_t len, middle = utf8_offset(text, utf8_count(text) / 2);
    str needle = fold_text(&arena, str_slice(text, middle, utf8_after(text, middle)));
    size_t found = fold_find(&arena, text, needle, 0, &len);
    require(found <= middle && found + len <= text.len);
    check_gate(bytes, GATE_ONE_LINE);
    check_gate(bytes, GATE_MANY_LINES);
    check_json(bytes);
    arena_done(&arena);
    return 0;
}
