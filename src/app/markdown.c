#include "app/markdown.h"

#include <string.h>

#include "text/gate.h"

void markdown_add(struct buf *out, str text, const char *before)
{
    struct buf safe = BUF_INIT;
    bool line_begins = true;
    gate_add(&safe, text, GATE_MANY_LINES);
    for (size_t i = 0; i < safe.len; i++) {
        char byte = safe.ptr[i];
        if (line_begins)
            buf_add(out, str_from(before));
        if (strchr("\\`*_[]<>#|~&$!", byte) || (line_begins && strchr("+-=", byte)))
            buf_add_byte(out, '\\');
        buf_add_byte(out, byte);
        line_begins = byte == '\n';
    }
    buf_add_byte(out, '\n');
    buf_done(&safe);
}
