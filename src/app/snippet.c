#include "app/snippet.h"

#include "store/store.h"

void snippet_add(struct buf *out, str snippet, str before_hit, str after_hit)
{
    for (size_t i = 0; i < snippet.len; i++) {
        char byte = snippet.ptr[i];
        if (byte == SNIPPET_HIT_START)
            buf_add(out, before_hit);
        else if (byte == SNIPPET_HIT_END)
            buf_add(out, after_hit);
        else
            buf_add_byte(out, byte);
    }
}
