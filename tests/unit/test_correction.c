/* layers: base text model */
/* Corrections as lines of text: what is written is read back, whatever the names hold; mistakes are
 * told with their place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "model/correction.h"
#include "support/random.h"
#include "text/gate.h"

static str some_text(struct arena *arena, struct random *random, size_t least)
{
    static const char *const pieces[] = {
        "Shoigu",       " ",        "\"",           "\\",   "\n",   "\t",      "Ángela", "习近平",
        "\xe2\x80\xae", "\xc2\x85", "\x01",         "\xff", "\xe4", "o'Neill", "#",      "in",
        "\x7f",         "\xd8\x9c", "\xe2\x80\x8d", "at",   "\\x41"};
    struct buf text = BUF_INIT;
    size_t count = least + random_below(random, 6);
    for (size_t i = 0; i < count; i++)
        buf_add(&text, str_from(pieces[random_below(random, sizeof pieces / sizeof *pieces)]));
    if (least)
        buf_add_byte(&text, 'x');
    str kept = arena_str(arena, buf_str(&text));
    buf_done(&text);
    return kept;
}

static struct correction some_correction(struct arena *arena, struct random *random)
{
    struct correction c = {.verb =
                               (enum correction_verb)random_below(random, CORRECTION_VERB_COUNT),
                           .kind = (enum entity_kind)random_below(random, ENTITY_KIND_COUNT),
                           .name = some_text(arena, random, 1)};
    bool has_to = c.verb == CORRECTION_MERGE || c.verb == CORRECTION_SPLIT ||
                  c.verb == CORRECTION_RENAME || c.verb == CORRECTION_RETYPE;
    bool has_article = c.verb == CORRECTION_SPLIT || c.verb == CORRECTION_ADD;
    bool may_have = has_article || c.verb == CORRECTION_RETYPE || c.verb == CORRECTION_REJECT;
    if (has_to) {
        c.to_kind = (enum entity_kind)random_below(random, ENTITY_KIND_COUNT);
        c.to = some_text(arena, random, 1);
    }
    if (has_article || (may_have && random_below(random, 2))) {
        c.article = some_text(arena, random, 1);
        if (random_below(random, 2))
            c.stated = some_text(arena, random, 1);
        if (c.verb == CORRECTION_ADD || random_below(random, 2)) {
            c.prefix = some_text(arena, random, 0);
            c.quote = some_text(arena, random, 1);
            c.suffix = some_text(arena, random, 0);
        }
    }
    return c;
}

static void what_is_written_is_read_back(void **state)
{
    (void)state;
    struct random random = {.state = 7};
    struct arena arena = {0};
    for (int i = 0; i < 5000; i++) {
        struct correction wanted = some_correction(&arena, &random), got;
        struct buf line = BUF_INIT, again = BUF_INIT, shown = BUF_INIT;
        struct error err = {0};
        correction_write(&line, &wanted);
        if (correction_read(&arena, buf_str(&line), &got, &err) != STATUS_OK)
            fail_msg("%s: %s", buf_c(&line), err.text);
        assert_true(correction_equal(&wanted, &got));
        correction_write(&again, &got);
        assert_string_equal(buf_c(&line), buf_c(&again));
        /* One line that is shown as it is. */
        gate_add(&shown, buf_str(&line), GATE_ONE_LINE);
        assert_string_equal(buf_c(&line), buf_c(&shown));
        buf_done(&line);
        buf_done(&again);
        buf_done(&shown);
        arena_reset(&arena);
    }
    arena_done(&arena);
}

static void mistakes_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *line, *message;
    } lines[] = {
        {"join person \"A\" to person \"B\"", "byte 1: it begins with one of"},
        {"merge human \"A\"", "byte 7: person, place or organisation"},
        {"merge person A", "byte 14: a text in quotes"},
        {"merge person \"A\"", "byte 17: `to` must stand here"},
        {"merge person \"A\" to person \"B\" in \"x\"", "this verb does not take that"},
        {"merge person \"A\" to person \"\"", "the name is empty"},
        {"reject person \"A", "the closing quote is missing"},
        {"reject person \"\\q\"", "after \\ comes one of"},
        {"reject person \"A\" at \"\" \"A\" \"\"", "`in` and an article must stand before"},
        {"reject person \"A\" in \"p\" at \"\" \"\" \"\"", "the words of the mention are empty"},
        {"add person \"A\" in \"p\"", "`at` must stand here"},
        {"reject person \"A\" now", "nothing more can stand here"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct correction correction;
        struct error err = {0};
        assert_int_equal(correction_read(&arena, str_from(lines[i].line), &correction, &err),
                         STATUS_BAD_INPUT);
        if (!strstr(err.text, lines[i].message))
            fail_msg("%s: %s", lines[i].line, err.text);
    }
    assert_true(correction_is_blank(STR("  # merge")));
    assert_true(correction_is_blank(STR("\t")));
    assert_false(correction_is_blank(STR("keep")));
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(mistakes_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
