/* layers: base text model analyse */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "train/vector_classes.h"

static const char vectors_path[] = "test_vector_classes.json";
static const char path[] = "test_vector_classes.classes";

enum { WORDS = 120, GROUPS = 3 };

static void write_bytes(const char *to, const struct buf *bytes)
{
    struct error err;
    if (file_replace(to, buf_str(bytes), &err))
        fail_msg("%s", err.text);
}

/* Words of three groups by turns: those of one point into nearly the same direction. */
static void make_vectors(void)
{
    struct buf json = BUF_INIT;
    buf_add(&json, STR("{\"size\":3,\"words\":[\"never read\"],\"vectors\":{"));
    buf_add(&json, STR("\"2024\":[1,2],\"a\\tb\":[1,2],\"short\":[1,2]"));
    for (int i = 0; i < WORDS; i++) {
        buf_format(&json, ",\"W\xC3\xB6rd%d\":[", i);
        for (int k = 0; k < 100; k++)
            buf_format(&json, "%s%s.%03d", k ? "," : "", k % GROUPS == i % GROUPS ? "-1" : "0",
                       (i * 31 + k * 17) % 50);
        buf_add(&json, STR(",9.5,1]"));
    }
    buf_add(&json, STR("},\"unkVector\":[0]}\n"));
    write_bytes(vectors_path, &json);
    buf_done(&json);
    struct error err;
    if (vector_classes_make(vectors_path, path, &err))
        fail_msg("%s", err.text);
}

static void words_of_like_directions_share_a_wide_class(void **state)
{
    (void)state;
    make_vectors();
    struct arena arena = {0};
    struct name_word_class *words;
    size_t count;
    struct error err;
    if (vector_classes_read(&arena, path, &words, &count, &err))
        fail_msg("%s", err.text);
    assert_int_equal(count, WORDS);
    for (size_t i = 0; i < count; i++) {
        str word = arena_format(&arena, "word%zu", i);
        assert_int_equal(words[i].word, str_hash(word) >> 32);
        assert_int_equal(words[i].known.class_id, 0);
        assert_int_not_equal(name_sense(words[i].known.sense, SENSE_NARROW), 0);
    }
    /* no class has words of two groups */
    int group_of[1 << SENSE_WIDE_BITS] = {0};
    for (size_t i = 0; i < count; i++) {
        uint32_t wide = name_sense(words[i].known.sense, SENSE_WIDE);
        int group = (int)(i % GROUPS) + 1;
        assert_in_range(wide, 1, (1 << SENSE_WIDE_BITS) - 1);
        assert_true(!group_of[wide] || group_of[wide] == group);
        group_of[wide] = group;
    }
    arena_done(&arena);
}

static void the_same_vectors_give_the_same_bytes(void **state)
{
    (void)state;
    struct arena arena = {0};
    str first, second;
    struct error err;
    make_vectors();
    assert_int_equal(file_read(&arena, path, 1 << 20, &first, &err), STATUS_OK);
    make_vectors();
    assert_int_equal(file_read(&arena, path, 1 << 20, &second, &err), STATUS_OK);
    assert_true(str_equal(first, second));
    arena_done(&arena);
}

static void a_damaged_file_is_refused(void **state)
{
    (void)state;
    make_vectors();
    struct arena arena = {0};
    str bytes;
    struct error err;
    assert_int_equal(file_read(&arena, path, 1 << 20, &bytes, &err), STATUS_OK);
    const size_t places[] = {0, 9, 21, 30, 60, bytes.len / 2, bytes.len - 2};
    for (size_t i = 0; i <= sizeof places / sizeof *places; i++) {
        bool cut = i == sizeof places / sizeof *places;
        struct buf damaged = BUF_INIT;
        buf_add(&damaged, str_slice(bytes, 0, bytes.len - (cut ? 5 : 0)));
        if (!cut)
            damaged.ptr[places[i]] ^= 0x10;
        write_bytes(path, &damaged);
        struct name_word_class *words;
        size_t count;
        assert_int_equal(vector_classes_read(&arena, path, &words, &count, &err), STATUS_BAD_INPUT);
        assert_true(str_starts(str_from(err.text), str_from(path)));
        buf_done(&damaged);
    }
    arena_done(&arena);
}

static void a_file_without_vectors_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "{}", "{\"vectors\":{", "{\"vectors\":{\"a\":[1,2",
                                        "{\"vectors\":{\"a\":3,7}}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buf text = BUF_INIT;
        buf_add(&text, str_from(texts[i]));
        write_bytes(vectors_path, &text);
        struct error err;
        assert_int_equal(vector_classes_make(vectors_path, path, &err), STATUS_BAD_INPUT);
        buf_done(&text);
    }
    remove(vectors_path);
    remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_like_directions_share_a_wide_class),
        cmocka_unit_test(the_same_vectors_give_the_same_bytes),
        cmocka_unit_test(a_damaged_file_is_refused),
        cmocka_unit_test(a_file_without_vectors_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
