/* layers: base text */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/random.h"
#include "text/sentence.h"

/* Sentences stand between bars, with the white space after them before the next bar. */
static const char *const texts[] = {
    "He came. |She left! |Did they? |Nobody knows… |End",
    "\"We won.\" |He left (at last). |Then he said, “No.” |So.",
    "Mr. Smith met Dr. J. R. Jones at 5.30 p.m. sharp. |The U.S. army stayed.",
    "It rose 3.5 percent to v1.2.3 today. |Www.example.org fell.",
    "He waited ... and went. |So what?! |Well...",
    "普京说：“我们支持和平。”|会议明天继续吗？|记者问道。|完",
    "بدأت المحادثات. |هل تستمر غدا؟ |نعم.",
    "यह पहला है। |यह दूसरा है।",
    "one line\nand the next. |Third",
    "",
    "no mark at all",
    "...",
    "?! |A",
};

static void sentences_are_parted_at_their_marks(void **state)
{
    (void)state;
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        char plain[512];
        size_t starts[16], ends[16], count = 1, len = 0;
        starts[0] = 0;
        for (const char *at = texts[t]; *at; at++) {
            if (*at != '|') {
                plain[len++] = *at;
                continue;
            }
            ends[count - 1] = len;
            starts[count++] = len;
        }
        ends[count - 1] = len;
        str text = {plain, len};
        for (size_t i = 0; i < count; i++)
            for (size_t at = starts[i]; at < ends[i]; at++) {
                size_t end = ends[i];
                while (end > starts[i] && i + 1 < count && plain[end - 1] == ' ')
                    end--;
                if (sentence_start(text, at) != starts[i] || sentence_end(text, at) != end)
                    fail_msg("%s: byte %zu is in %zu to %zu, not in %zu to %zu", texts[t], at,
                             sentence_start(text, at), sentence_end(text, at), starts[i], end);
            }
    }
}

/* Whatever the bytes: the place lies in its sentence, or in the white space behind it. */
static void any_bytes_are_parted(void **state)
{
    (void)state;
    static const char letters[] = ".!? \"aA1\xe3\x80\x82\xff(";
    struct random seed = {1};
    for (int round = 0; round < 2000; round++) {
        char bytes[24];
        size_t len = random_next(&seed) % sizeof bytes;
        for (size_t i = 0; i < len; i++)
            bytes[i] = letters[random_next(&seed) % (sizeof letters - 1)];
        str text = {bytes, len};
        for (size_t at = 0; at <= len; at++) {
            size_t start = sentence_start(text, at), end = sentence_end(text, at);
            assert_true(start <= at && start <= end && end <= len);
            assert_true(at == 0 || start >= sentence_start(text, at - 1));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_are_parted_at_their_marks),
        cmocka_unit_test(any_bytes_are_parted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
