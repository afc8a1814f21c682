#include "text/markup.h"

#include <string.h>

#include "text/gate.h"

/* U+FFFE and U+FFFF in UTF-8: valid there, but no character of XML. */
static bool is_no_character(str text, size_t at)
{
    return text.len - at >= 3 && memcmp(text.ptr + at, "\xEF\xBF", 2) == 0 &&
           (unsigned char)text.ptr[at + 2] >= 0xBE && (unsigned char)text.ptr[at + 2] <= 0xBF;
}

void markup_add(struct buf *out, str text)
{
    static const struct {
        char byte;
        const char *reference;
    } references[] = {
        {'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
    struct buf safe = BUF_INIT;
    gate_add(&safe, text, GATE_MANY_LINES);
    str kept = buf_str(&safe);
    for (size_t i = 0; i < kept.len; i++) {
        const char *reference = NULL;
        for (size_t k = 0; k < sizeof references / sizeof *references; k++)
            if (kept.ptr[i] == references[k].byte)
                reference = references[k].reference;
        if (reference) {
            buf_add(out, str_from(reference));
        } else if (is_no_character(kept, i)) {
            buf_add(out, STR("\xEF\xBF\xBD"));
            i += 2;
        } else {
            buf_add_byte(out, kept.ptr[i]);
        }
    }
    buf_done(&safe);
}
