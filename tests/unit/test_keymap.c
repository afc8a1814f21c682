/* layers: base text tui */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/random.h"
#include "tui/keymap.h"

enum { CLOSE, NEXT_MARK, LINE_DOWN, QUIT, ACTION_COUNT };
enum { ANY, READER, PEOPLE };

static const char *const scopes[] = {"any", "reader", "people", NULL};
static const char *const action_names[ACTION_COUNT + 1] = {"close", "next-mark", "line-down",
                                                           "quit", NULL};

static const char *name_of(int action)
{
    return action_names[action];
}

static bool takes_argument(int action)
{
    return action == NEXT_MARK;
}

static const struct keymap_names names = {scopes, name_of, takes_argument};

/* Files by name; an include is looked for in the folder of the including file. */
struct shelf {
    const char *const (*files)[2]; /* name and text, ends with NULL */
};

static enum status load(void *context, struct arena *arena, str including_file, str name, str *text,
                        str *file, struct error *err)
{
    const struct shelf *shelf = context;
    size_t folder_len = including_file.len;
    while (folder_len > 0 && including_file.ptr[folder_len - 1] != '/')
        folder_len--;
    *file = arena_format(arena, "%.*s%.*s", (int)folder_len, including_file.ptr, STR_ARG(name));
    for (size_t i = 0; shelf->files[i][0] != NULL; i++)
        if (str_equal(*file, str_from(shelf->files[i][0]))) {
            *text = str_from(shelf->files[i][1]);
            return STATUS_OK;
        }
    return error_set(err, STATUS_NOT_FOUND, "%.*s: no such file", STR_ARG(*file));
}

static void read_well(struct keymap *keymap, const char *text)
{
    struct error err = {0};
    if (keymap_read(keymap, str_from(text), STR("a.keys"), NULL, &err) != STATUS_OK)
        fail_msg("%s", err.text);
}

/* The action bound to the keys in a scope, with its argument: "next-mark person". */
static void assert_bound(const struct keymap *keymap, int scope, const char *keys,
                         const char *expected)
{
    key_code typed[KEYMAP_SEQUENCE_LIMIT];
    size_t count = 0;
    str text = str_from(keys);
    while (text.len > 0)
        assert_true(key_parse(&text, &typed[count++]));
    const struct binding *binding;
    enum key_match match = keymap_find(keymap, scope, typed, count, &binding);
    const char *found = match == MATCH_NONE     ? "nothing"
                        : match == MATCH_PREFIX ? "more"
                                                : action_names[binding->action];
    struct buf said = BUF_INIT;
    buf_add(&said, str_from(found));
    if (match == MATCH_BINDING && binding->argument.len > 0)
        buf_format(&said, " %.*s", STR_ARG(binding->argument));
    if (match != MATCH_BINDING)
        assert_null(binding);
    assert_string_equal(buf_c(&said), expected);
    buf_done(&said);
}

static void bindings_are_found(void **state)
{
    (void)state;
    struct keymap keymap;
    keymap_init(&keymap, &names);
    read_well(&keymap, "# a comment\n"
                       "\n"
                       "  bind any q close\r\n"
                       "bind\treader\t]p\tnext-mark  person, or  place \n"
                       "bind any gg line-down\n"
                       "bind any # quit\n"
                       "bind any <C-x><C-c> quit");
    assert_bound(&keymap, ANY, "q", "close");
    assert_bound(&keymap, READER, "q", "close");
    assert_bound(&keymap, READER, "]", "more");
    assert_bound(&keymap, READER, "]p", "next-mark person, or  place");
    assert_bound(&keymap, PEOPLE, "]p", "nothing");
    assert_bound(&keymap, ANY, "]", "nothing");
    assert_bound(&keymap, PEOPLE, "g", "more");
    assert_bound(&keymap, PEOPLE, "gg", "line-down");
    assert_bound(&keymap, PEOPLE, "ggg", "nothing");
    assert_bound(&keymap, PEOPLE, "#", "quit");
    assert_bound(&keymap, PEOPLE, "<C-x>", "more");
    assert_bound(&keymap, PEOPLE, "<C-x><C-c>", "quit");
    keymap_done(&keymap);
}

static void a_pane_wins_over_any(void **state)
{
    (void)state;
    struct keymap keymap;
    keymap_init(&keymap, &names);
    read_well(&keymap, "bind reader q quit\n"
                       "bind any q close\n"
                       "bind any g line-down\n"
                       "bind reader gx quit\n"
                       "bind any gg close\n");
    assert_bound(&keymap, READER, "q", "quit");
    assert_bound(&keymap, PEOPLE, "q", "close");
    assert_bound(&keymap, READER, "g", "more");
    assert_bound(&keymap, READER, "gx", "quit");
    assert_bound(&keymap, READER, "gg", "close");
    assert_bound(&keymap, PEOPLE, "g", "line-down");
    keymap_done(&keymap);
}

static void later_lines_win(void **state)
{
    (void)state;
    struct keymap keymap;
    keymap_init(&keymap, &names);
    read_well(&keymap, "bind any q close\nbind any x close\n");
    struct error err = {0};
    assert_int_equal(
        keymap_read(&keymap, STR("bind any q quit\nunbind any x\n"), STR("b.keys"), NULL, &err),
        STATUS_OK);
    assert_bound(&keymap, ANY, "q", "quit");
    assert_bound(&keymap, ANY, "x", "nothing");
    assert_int_equal(keymap.bindings.count, 1);
    assert_true(str_equal(keymap.bindings.items[0].file, STR("b.keys")));
    assert_int_equal(keymap.bindings.items[0].line, 1);
    assert_int_equal(keymap.notes.count, 0);
    keymap_done(&keymap);
}

/* Every mistake of a text, one line each. */
static void assert_complaints(const char *text, const char *expected)
{
    struct keymap keymap;
    keymap_init(&keymap, &names);
    struct error err = {0};
    enum status status = keymap_read(&keymap, str_from(text), STR("a.keys"), NULL, &err);
    assert_int_equal(status, keymap.complaints.count > 0 ? STATUS_BAD_INPUT : STATUS_OK);
    struct buf all = BUF_INIT;
    for (size_t i = 0; i < keymap.complaints.count; i++)
        buf_format(&all, "%.*s\n", STR_ARG(keymap.complaints.items[i]));
    assert_string_equal(buf_c(&all), expected);
    if (keymap.complaints.count > 0)
        assert_true(str_starts(str_from(err.text), keymap.complaints.items[0]));
    buf_done(&all);
    keymap_done(&keymap);
}

static void every_mistake_is_told_with_its_line(void **state)
{
    (void)state;
    assert_complaints("bind any q close\n"
                      "bnid any q close\n"
                      "bind\n"
                      "bind any\n"
                      "bind any q\n"
                      "bind raeder q close\n"
                      "bind somewhere q close\n"
                      "bind any <Foo> close\n"
                      "bind any gg<C-1>x close\n"
                      "bind any 123456789 close\n"
                      "bind any q clsoe\n"
                      "bind any q frobnicate\n"
                      "bind any q close person\n"
                      "bind any q close # away\n"
                      "unbind any\n"
                      "unbind any q x\n"
                      "unbind reader q\n"
                      "include\n"
                      "include b.keys\n"
                      "bind any x quit\n",
                      "a.keys:2: expected bind, unbind, include or set, found 'bnid'\n"
                      "a.keys:3: the scope is missing: any, or where the keys hold\n"
                      "a.keys:4: the keys are missing behind the scope\n"
                      "a.keys:5: the action is missing\n"
                      "a.keys:6: unknown scope 'raeder'; did you mean 'reader'?\n"
                      "a.keys:7: unknown scope 'somewhere'\n"
                      "a.keys:8: no such key: '<Foo>'\n"
                      "a.keys:9: no such key: '<C-1>x'\n"
                      "a.keys:10: more than 8 keys in '123456789'\n"
                      "a.keys:11: unknown action 'clsoe'; did you mean 'close'?\n"
                      "a.keys:12: unknown action 'frobnicate'\n"
                      "a.keys:13: the action takes no argument: 'person'\n"
                      "a.keys:14: a comment needs a line of its own: '# away'\n"
                      "a.keys:15: the keys are missing behind the scope\n"
                      "a.keys:16: nothing may follow the keys: 'x'\n"
                      "a.keys:17: nothing is bound to these keys in this scope\n"
                      "a.keys:18: the name of the file is missing\n"
                      "a.keys:19: include is not possible here: 'b.keys'\n");
}

static void reading_goes_on_after_a_mistake(void **state)
{
    (void)state;
    struct keymap keymap;
    keymap_init(&keymap, &names);
    struct error err = {0};
    assert_int_equal(keymap_read(&keymap, STR("bind any q nonsense\nbind any x quit\nfoo\n"),
                                 STR("a.keys"), NULL, &err),
                     STATUS_BAD_INPUT);
    assert_string_equal(err.text, "a.keys:1: unknown action 'nonsense' (and 1 more)");
    assert_bound(&keymap, ANY, "x", "quit");
    assert_bound(&keymap, ANY, "q", "nothing");
    keymap_done(&keymap);
}

static void includes_are_found_beside_the_file(void **state)
{
    (void)state;
    static const char *const files[][2] = {
        {"maps/vi.keys", "bind any q close\ninclude more.keys\nbind any x close\n"},
        {"maps/more.keys", "bind any m line-down\nbind any x quit\n"},
        {"more.keys", "bind any wrong quit\n"},
        {NULL, NULL}};
    struct shelf shelf = {files};
    struct keymap_loader loader = {.load = load, .context = &shelf};
    struct keymap keymap;
    struct error err = {0};
    keymap_init(&keymap, &names);
    assert_int_equal(keymap_read(&keymap,
                                 STR("bind any q quit\n include vi.keys \nbind any m quit\n"),
                                 STR("maps/own"), &loader, &err),
                     STATUS_OK);
    assert_bound(&keymap, ANY, "q", "close");
    assert_bound(&keymap, ANY, "x", "close");
    assert_bound(&keymap, ANY, "m", "quit");
    assert_bound(&keymap, ANY, "wrong", "nothing");
    keymap_done(&keymap);
}

static void includes_that_go_wrong_are_told(void **state)
{
    (void)state;
    static const char *const files[][2] = {{"a", "include b\n"},
                                           {"b", "\nbind any b quit\ninclude a\ninclude c\n"},
                                           {"c", "nonsense\n"},
                                           {NULL, NULL}};
    struct shelf shelf = {files};
    struct keymap_loader loader = {.load = load, .context = &shelf};
    struct keymap keymap;
    struct error err = {0};
    keymap_init(&keymap, &names);
    assert_int_equal(
        keymap_read(&keymap, STR("include a\ninclude none\n"), STR("own"), &loader, &err),
        STATUS_BAD_INPUT);
    assert_int_equal(keymap.complaints.count, 3);
    assert_string_equal(keymap.complaints.items[0].ptr, "b:3: the file includes itself: 'a'");
    assert_string_equal(keymap.complaints.items[1].ptr,
                        "c:1: expected bind, unbind, include or set, found 'nonsense'");
    assert_string_equal(keymap.complaints.items[2].ptr, "own:2: none: no such file");
    assert_bound(&keymap, ANY, "b", "quit");
    keymap_done(&keymap);
}

/* Each file includes the next; names differ, so only the depth can end it. */
static enum status load_deeper(void *context, struct arena *arena, str including_file, str name,
                               str *text, str *file, struct error *err)
{
    (void)context;
    (void)name;
    (void)err;
    *file = arena_format(arena, "%.*sx", STR_ARG(including_file));
    *text = STR("include next\n");
    return STATUS_OK;
}

static void includes_end_at_some_depth(void **state)
{
    (void)state;
    struct keymap_loader loader = {.load = load_deeper};
    struct keymap keymap;
    struct error err = {0};
    keymap_init(&keymap, &names);
    assert_int_equal(keymap_read(&keymap, STR("include a\n"), STR("own"), &loader, &err),
                     STATUS_BAD_INPUT);
    assert_string_equal(err.text,
                        "ownxxxxxxxx:1: files include each other more than 8 deep: 'next'");
    keymap_done(&keymap);
}

static void assert_notes(const char *text, const char *expected)
{
    struct keymap keymap;
    keymap_init(&keymap, &names);
    read_well(&keymap, text);
    keymap_check(&keymap);
    struct buf all = BUF_INIT;
    for (size_t i = 0; i < keymap.notes.count; i++)
        buf_format(&all, "%.*s\n", STR_ARG(keymap.notes.items[i]));
    assert_string_equal(buf_c(&all), expected);
    buf_done(&all);
    keymap_done(&keymap);
}

static void the_check_finds_what_cannot_be_typed(void **state)
{
    (void)state;
    assert_notes("bind any gg quit\nbind any ga quit\nbind reader j quit\n", "");
    assert_notes("bind any gg quit\nbind any g close\n",
                 "a.keys:1: gg in any cannot be typed because of g in any (a.keys:2)\n");
    assert_notes("bind any q close\nbind reader q quit\n", "");
    assert_notes("bind reader q quit\nbind any q close\n", "");
    assert_notes("bind reader g quit\nbind any gg close\n",
                 "a.keys:2: gg in any cannot be typed there because of g in reader (a.keys:1)\n");
    assert_notes("bind reader gg quit\nbind any g close\n",
                 "a.keys:2: g in any cannot be typed there because of gg in reader (a.keys:1)\n");
    assert_notes("bind any q close\nbind any q quit\n",
                 "a.keys:2: q in any is bound twice in this file and replaces q in any "
                 "(a.keys:1)\n");
}

/* A keymap written out as text. */
static void print_keymap(const struct keymap *keymap, struct buf *out)
{
    buf_clear(out);
    for (size_t i = 0; i < keymap->bindings.count; i++) {
        const struct binding *binding = &keymap->bindings.items[i];
        buf_format(out, "bind %s ", scopes[binding->scope]);
        keymap_add_keys(out, binding);
        buf_format(out, " %s %.*s\n", action_names[binding->action], STR_ARG(binding->argument));
    }
}

static key_code random_key(struct random *random)
{
    key_code key =
        random_below(random, 2) == 0
            ? (key_code)('!' + random_below(random, '~' - '!' + 1))
            : (key_code)(KEY_CODE_ENTER + random_below(random, KEY_NAME_END - KEY_CODE_ENTER));
    return random_below(random, 4) == 0 ? key | KEY_CODE_META : key;
}

static void a_printed_keymap_reads_as_itself(void **state)
{
    (void)state;
    struct random random = {11};
    struct buf text = BUF_INIT, first = BUF_INIT, second = BUF_INIT;
    for (int round = 0; round < 200; round++) {
        struct keymap keymap, again;
        keymap_init(&keymap, &names);
        keymap_init(&again, &names);
        buf_clear(&text);
        for (size_t i = random_below(&random, 20); i > 0; i--) {
            buf_format(&text, "bind %s ", scopes[random_below(&random, 3)]);
            for (size_t k = 1 + random_below(&random, KEYMAP_SEQUENCE_LIMIT); k > 0; k--)
                key_add_name(&text, random_key(&random));
            bool argument = random_below(&random, 2) == 0;
            buf_add(&text, argument ? STR(" next-mark a b\n") : STR(" quit\n"));
        }
        read_well(&keymap, buf_c(&text));
        print_keymap(&keymap, &first);
        read_well(&again, buf_c(&first));
        print_keymap(&again, &second);
        assert_string_equal(buf_c(&first), buf_c(&second));
        assert_int_equal(keymap.bindings.count, again.bindings.count);
        keymap_done(&keymap);
        keymap_done(&again);
    }
    buf_done(&text);
    buf_done(&first);
    buf_done(&second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bindings_are_found),
        cmocka_unit_test(a_pane_wins_over_any),
        cmocka_unit_test(later_lines_win),
        cmocka_unit_test(every_mistake_is_told_with_its_line),
        cmocka_unit_test(reading_goes_on_after_a_mistake),
        cmocka_unit_test(includes_are_found_beside_the_file),
        cmocka_unit_test(includes_that_go_wrong_are_told),
        cmocka_unit_test(includes_end_at_some_depth),
        cmocka_unit_test(the_check_finds_what_cannot_be_typed),
        cmocka_unit_test(a_printed_keymap_reads_as_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
