/* Runs a fuzz target on every file of the folders (or files) given, so that seeds and old crashes
 * are tested without a fuzzer. */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

enum { INPUT_LIMIT_LEN = 64 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A copy of the exact size, so that a sanitizer sees a read beyond the end. */
static void run(str bytes)
{
    uint8_t *copy = malloc(bytes.len > 0 ? bytes.len : 1);
    if (copy == NULL)
        abort();
    for (size_t i = 0; i < bytes.len; i++)
        copy[i] = (uint8_t)bytes.ptr[i];
    (void)LLVMFuzzerTestOneInput(copy, bytes.len);
    free(copy);
}

static int replay(const char *root, size_t *count)
{
    struct arena arena = {0};
    struct error err;
    struct file_walk *walk;
    if (file_walk_open(root, &walk, &err) != STATUS_OK) {
        (void)fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    struct file_found found;
    enum status status = STATUS_OK;
    while (status == STATUS_OK) {
        status = file_walk_next(walk, &found, &err);
        if (status != STATUS_OK)
            break;
        str bytes, path = arena_str(&arena, found.path);
        if (file_read(&arena, path.ptr, INPUT_LIMIT_LEN, &bytes, &err) != STATUS_OK) {
            status = STATUS_IO;
            break;
        }
        run(bytes);
        ++*count;
        arena_reset(&arena);
    }
    file_walk_close(walk);
    arena_done(&arena);
    if (status == STATUS_NOT_FOUND)
        return 0; /* the end of the walk */
    (void)fprintf(stderr, "%s\n", err.text);
    return 1;
}

int main(int argument_count, char **arguments)
{
    size_t count = 0;
    int failed = 0;
    for (int i = 1; i < argument_count; i++)
        failed |= replay(arguments[i], &count);
    (void)printf("%zu inputs\n", count);
    return failed != 0 || count == 0 ? 1 : 0;
}
