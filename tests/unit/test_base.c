/* layers: base */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/status.h"
#include "base/vec.h"

static void setting_an_error_returns_its_status_and_keeps_the_message(void **state)
{
    (void)state;
    struct error err;
    assert_int_equal(error_set(&err, STATUS_BAD_INPUT, "%s:%d: no title", "a.txt", 3),
                     STATUS_BAD_INPUT);
    assert_int_equal(err.status, STATUS_BAD_INPUT);
    assert_string_equal(err.text, "a.txt:3: no title");
    assert_int_equal(error_set(NULL, STATUS_IO, "nobody listens"), STATUS_IO);
    assert_string_equal(status_text(STATUS_NEWER), "made by a newer version of dossier");
}

static void an_error_may_be_built_from_its_own_text(void **state)
{
    (void)state;
    struct error err;
    (void)error_set(&err, STATUS_IO, "inner");
    (void)error_set(&err, STATUS_IO, "outer: %s", err.text);
    assert_string_equal(err.text, "outer: inner");
    assert_int_equal(err.status, STATUS_IO);
}

static void a_message_that_is_too_long_is_cut_and_terminated(void **state)
{
    (void)state;
    struct error err;
    char text[2000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    (void)error_set(&err, STATUS_IO, "%s", text);
    assert_int_equal(strlen(err.text), sizeof err.text - 1);
    errno = ENOENT;
    assert_int_equal(error_errno(&err, text, "open"), STATUS_NOT_FOUND);
    assert_non_null(strstr(err.text, "xxx: cannot open: "));
}

static void errno_chooses_the_status(void **state)
{
    (void)state;
    static const struct {
        int number;
        enum status status;
    } cases[] = {{ENOSPC, STATUS_NO_SPACE},  {EDQUOT, STATUS_NO_SPACE},  {EROFS, STATUS_READ_ONLY},
                 {EACCES, STATUS_READ_ONLY}, {ENOENT, STATUS_NOT_FOUND}, {EIO, STATUS_IO}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct error err;
        errno = cases[i].number;
        assert_int_equal(error_errno(&err, "f", "write"), cases[i].status);
    }
}

static void a_grown_capacity_holds_what_was_wanted(void **state)
{
    (void)state;
    assert_int_equal(memory_grow(0, 1), 8);
    assert_int_equal(memory_grow(8, 9), 16);
    assert_int_equal(memory_grow(16, 100), 128);
    assert_true(memory_grow(8, SIZE_MAX) == SIZE_MAX);
    unsigned char *zeroed = memory_new(3, 5);
    for (int i = 0; i < 15; i++)
        assert_int_equal(zeroed[i], 0);
    zeroed = memory_resize(zeroed, 40, 1);
    zeroed[39] = 1;
    memory_free(zeroed);
    memory_free(NULL);
}

static void arena_memory_is_zeroed_and_aligned_even_after_a_reset(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (int round = 0; round < 3; round++) {
        for (size_t len = 0; len < 9000; len += 117) {
            unsigned char *bytes = arena_alloc(&arena, len, 1);
            assert_non_null(bytes);
            assert_int_equal((uintptr_t)bytes % 16, 0);
            for (size_t i = 0; i < len; i++)
                assert_int_equal(bytes[i], 0);
            memset(bytes, 0xEE, len);
            (void)arena_str(&arena, STR("odd"));
        }
        assert_true(arena.used_len > 9000);
        arena_reset(&arena);
        assert_int_equal(arena.used_len, 0);
    }
    arena_done(&arena);
}

static void the_newest_allocation_grows_in_place(void **state)
{
    (void)state;
    struct arena arena = {0};
    char *text = arena_alloc(&arena, 10, 1);
    memcpy(text, "0123456789", 10);
    assert_ptr_equal(arena_resize(&arena, text, 10, 100), text);
    assert_int_equal(text[99], 0);
    char *other = arena_alloc(&arena, 1, 1);
    char *moved = arena_resize(&arena, text, 100, 20000);
    assert_ptr_not_equal(moved, text);
    assert_memory_equal(moved, "0123456789", 10);
    assert_int_equal(moved[19999], 0);
    assert_ptr_equal(arena_resize(&arena, other, 1, 0), other);
    assert_non_null(arena_resize(&arena, NULL, 0, 5));
    arena_done(&arena);
}

static void text_in_an_arena_is_terminated(void **state)
{
    (void)state;
    struct arena arena = {0};
    str copy = arena_str(&arena, STR("abc"));
    assert_int_equal(copy.len, 3);
    assert_string_equal(copy.ptr, "abc");
    assert_string_equal(arena_str(&arena, STR_NONE).ptr, "");
    str made = arena_format(&arena, "%s-%03d", "n", 7);
    assert_string_equal(made.ptr, "n-007");
    assert_int_equal(made.len, 5);
    assert_int_equal(arena_format(&arena, "%5000d", 1).len, 5000);
    arena_done(&arena);
}

static void a_buffer_is_always_terminated(void **state)
{
    (void)state;
    struct buf buf = BUF_INIT;
    assert_string_equal(buf_c(&buf), "");
    buf_add(&buf, STR_NONE);
    buf_add(&buf, STR("ab"));
    buf_add_byte(&buf, 'c');
    buf_add_repeat(&buf, '-', 3);
    buf_format(&buf, "%d%s", 12, "!");
    assert_string_equal(buf.ptr, "abc---12!");
    assert_int_equal(buf.len, 9);
    memcpy(buf_reserve(&buf, 2), "xy", 2);
    buf.len += 2;
    assert_string_equal(buf_c(&buf), "abc---12!xy");
    buf_clear(&buf);
    assert_string_equal(buf_c(&buf), "");
    for (int i = 0; i < 10000; i++)
        buf_format(&buf, "%d,", i);
    assert_int_equal(strlen(buf.ptr), buf.len);
    buf_done(&buf);
    assert_int_equal(buf_str(&buf).len, 0);
    assert_non_null(buf_str(&buf).ptr);
}

static void a_format_longer_than_the_room_is_written_whole(void **state)
{
    (void)state;
    struct buf buf = BUF_INIT;
    buf_format(&buf, "%2000d|", 5);
    assert_int_equal(buf.len, 2001);
    assert_int_equal(buf.ptr[1999], '5');
    assert_int_equal(buf.ptr[2000], '|');
    buf_done(&buf);
}

static void vectors_grow_on_the_heap_and_in_an_arena(void **state)
{
    (void)state;
    struct arena arena = {0};
    VEC(int) heap = {0};
    VEC(int) inside = {0};
    for (int i = 0; i < 5000; i++) {
        vec_push(NULL, &heap, i);
        vec_push(&arena, &inside, i * 2);
        if (i % 100 == 0)
            (void)arena_str(&arena, STR("between"));
    }
    assert_int_equal(heap.count, 5000);
    for (int i = 0; i < 5000; i++) {
        assert_int_equal(heap.items[i], i);
        assert_int_equal(inside.items[i], i * 2);
    }
    assert_int_equal(*vec_last(&heap), 4999);
    vec_reserve(NULL, &heap, 20000);
    assert_true(heap.capacity >= 25000);
    assert_int_equal(heap.items[4999], 4999);
    vec_done(&heap);
    assert_null(heap.items);
    arena_done(&arena);
}

static void a_map_finds_what_was_put_and_keeps_the_order(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (int on_heap = 0; on_heap < 2; on_heap++) {
        struct map map;
        map_init(&map, on_heap ? NULL : &arena);
        assert_null(map_find(&map, STR("none")));
        for (unsigned i = 0; i < 3000; i++) {
            str key = arena_format(&arena, "key %u", i);
            uint64_t *value = map_put(&map, key, i);
            assert_int_equal(*value, i);
            *value += 1;
        }
        assert_int_equal(map.count, 3000);
        assert_int_equal(*map_put(&map, STR("key 17"), 99), 18);
        assert_int_equal(map.count, 3000);
        assert_int_equal(*map_find(&map, STR("key 2999")), 3000);
        assert_null(map_find(&map, STR("key 3000")));
        for (unsigned i = 0; i < 3000; i++)
            assert_int_equal(map.entries[i].value, i + 1);
        assert_int_equal(*map_put(&map, STR(""), 5), 5);
        assert_int_equal(*map_find(&map, STR_NONE), 5);
        map_done(&map);
    }
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(setting_an_error_returns_its_status_and_keeps_the_message),
        cmocka_unit_test(an_error_may_be_built_from_its_own_text),
        cmocka_unit_test(a_message_that_is_too_long_is_cut_and_terminated),
        cmocka_unit_test(errno_chooses_the_status),
        cmocka_unit_test(a_grown_capacity_holds_what_was_wanted),
        cmocka_unit_test(arena_memory_is_zeroed_and_aligned_even_after_a_reset),
        cmocka_unit_test(the_newest_allocation_grows_in_place),
        cmocka_unit_test(text_in_an_arena_is_terminated),
        cmocka_unit_test(a_buffer_is_always_terminated),
        cmocka_unit_test(a_format_longer_than_the_room_is_written_whole),
        cmocka_unit_test(vectors_grow_on_the_heap_and_in_an_arena),
        cmocka_unit_test(a_map_finds_what_was_put_and_keeps_the_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
