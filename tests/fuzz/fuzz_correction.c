/* layers: base model */
/* Lines of corrections: what can be read is written as a line that reads as the same. */
#include <stdlib.h>

#include "model/correction.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_line(struct arena *arena, str line)
{
    struct correction first, second;
    struct error err = {0};
    struct buf written = BUF_INIT, again = BUF_INIT;
    if (correction_read(arena, line, &first, &err) != STATUS_OK)
        return;
    correction_write(&written, &first);
    require(str_find_byte(buf_str(&written), '\n', 0) == STR_MISSING);
    require(correction_read(arena, buf_str(&written), &second, &err) == STATUS_OK);
    require(correction_equal(&first, &second));
    correction_write(&again, &second);
    require(str_equal(buf_str(&written), buf_str(&again)));
    buf_done(&written);
    buf_done(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    str rest = {(const char *)data, size}, line;
    if (size > 1 << 16)
        return 0;
    while (str_next_line(&rest, &line))
        check_line(&arena, line);
    arena_done(&arena);
    return 0;
}
