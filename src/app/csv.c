#include "app/csv.h"

#include <string.h>

void csv_add_cell(struct buf *out, str text, enum gate_lines lines, bool is_last)
{
    struct buf safe = BUF_INIT;
    gate_add(&safe, text, lines);
    if (safe.len && strchr("=+-@", safe.ptr[0]))
        buf_add(out, STR("\"'"));
    else
        buf_add_byte(out, '"');
    for (size_t i = 0; i < safe.len; i++) {
        if (safe.ptr[i] == '"')
            buf_add_byte(out, '"');
        buf_add_byte(out, safe.ptr[i]);
    }
    buf_add(out, is_last ? STR("\"\r\n") : STR("\","));
    buf_done(&safe);
}
