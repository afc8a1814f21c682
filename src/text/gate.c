#include "text/gate.h"

#include <unictype.h>

#include "text/utf8.h"
#include "text/width.h"

enum { ZERO_WIDTH_LIMIT = 8 };

bool gate_is_control(uint32_t code_point)
{
    if (code_point < 0xA0)
        return code_point < 0x20 || code_point >= 0x7F;
    if (code_point < 0x2000)
        return code_point == 0x061C; /* Arabic letter mark */
    if (code_point < 0x2070)
        return code_point == 0x200E || code_point == 0x200F ||   /* direction marks */
               (code_point >= 0x2028 && code_point <= 0x202E) || /* line ends, embeddings */
               code_point >= 0x2066;                             /* isolates, old format controls */
    return (code_point >= 0xD800 && code_point <= 0xDFFF) ||     /* surrogates */
           (code_point >= 0xFFF9 && code_point <= 0xFFFB) ||     /* interlinear annotation */
           (code_point >= 0xE0000 && code_point <= 0xE007F) ||   /* tags */
           code_point > 0x10FFFF;
}

static uint32_t shown_control(uint32_t code_point)
{
    if (code_point < 0x20)
        return 0x2400 + code_point;
    return code_point == 0x7F ? 0x2421 : UTF8_REPLACEMENT;
}

/* Invisible characters that terminals join, widen or draw each in their own way. Zero width
 * non-joiner is not among them: the shapes of Persian letters hang on it. */
static bool is_invisible(uint32_t code_point)
{
    return code_point == 0x00AD || code_point == 0x180E || code_point == 0x200B ||
           code_point == 0x200D || (code_point >= 0x2060 && code_point <= 0x2064) ||
           (code_point >= 0xFE00 && code_point <= 0xFE0F) || code_point == 0xFEFF ||
           (code_point >= 0xE0100 && code_point <= 0xE01EF);
}

uint32_t gate_code_point(uint32_t code_point)
{
    if (code_point >= 0x20 && code_point < 0x7F)
        return code_point;
    if (gate_is_control(code_point))
        return shown_control(code_point);
    if (is_invisible(code_point))
        return 0;
    if (uc_is_general_category_withtable(code_point, UC_CATEGORY_MASK_Cn))
        return UTF8_REPLACEMENT;
    return code_point;
}

static bool is_plain(char byte)
{
    return byte >= 0x20 && byte < 0x7F;
}

void gate_add(struct buf *out, str text, enum gate_lines lines)
{
    int zero_width_count = 0;
    size_t at = 0;
    while (at < text.len) {
        size_t start = at, len;
        while (at < text.len && is_plain(text.ptr[at]))
            at++;
        if (at > start) {
            buf_add(out, str_slice(text, start, at));
            zero_width_count = 0;
            continue;
        }
        uint32_t code_point = utf8_decode(text, at, &len);
        at += len;
        bool passes = lines == GATE_MANY_LINES && (code_point == '\n' || code_point == '\t');
        if (gate_is_control(code_point) && !passes)
            code_point = shown_control(code_point);
        zero_width_count = width_code_point(code_point) == 0 ? zero_width_count + 1 : 0;
        if (zero_width_count <= ZERO_WIDTH_LIMIT)
            utf8_add(out, code_point);
    }
}
