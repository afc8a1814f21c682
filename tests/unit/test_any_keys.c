/* layers: base text model ingest analyse store tui app */
/* Any keys in any order, by chance: the program stays, what it painted step by step is what it
 * paints from nothing, and the dossier has all its articles afterwards. */
#include "support/pty_program.h"

#include "support/random.h"
#include "unit/desk.h"

enum {
    ROUNDS = 40,
    ROUND_KEYS = 12,
    FOOT_ROWS = 6 /* where messages stand, which go with a key */
};

/* What ends the program or stops it, and what waits for something from outside. */
static bool is_left_out_action(int action)
{
    return action == ACTION_QUIT || action == ACTION_CLOSE || action == ACTION_SUSPEND ||
           action == ACTION_IMPORT || action == ACTION_UPDATE;
}

/* The same keys may mean another thing in another pane. */
static bool is_left_out(const struct binding *binding)
{
    for (size_t i = 0; i < keys_known.bindings.count; i++) {
        const struct binding *other = &keys_known.bindings.items[i];
        if (is_left_out_action(other->action) && other->key_count == binding->key_count &&
            memcmp(other->keys, binding->keys, sizeof *other->keys * other->key_count) == 0)
            return true;
    }
    return false;
}

static void press_a_binding(struct desk *desk, struct random *random)
{
    const struct binding *binding;
    do {
        binding = &keys_known.bindings.items[random_below(random, keys_known.bindings.count)];
    } while (is_left_out(binding));
    for (size_t i = 0; i < binding->key_count; i++) {
        char bytes[16];
        struct buf name = BUF_INIT;
        struct binding one = {.keys = {binding->keys[i]}, .key_count = 1};
        keymap_add_keys(&name, &one);
        printf(" %s", buf_c(&name));
        size_t len = pty_key(buf_c(&name), bytes);
        if (len > 0)
            send_bytes(desk, bytes, len, "a key");
        buf_done(&name);
    }
}

/* What is written where a prompt or a key without meaning may wait for it. */
static void type_something(struct desk *desk, struct random *random)
{
    static const char *const texts[] = {
        "who:a",  "war OR",     "(",   "is:unread", "\"of the", "before:2024", "on:20",
        "tag:x ", "names list", "中",  "محمد",      "é",        "12",          "set theme mono",
        "sort",   "NEAR(a b",   "zzz", "NOT",       "note:",    "xyz"};
    static const char *const ends[] = {"<Enter>", "<Tab> <Esc>", ""};
    const char *text = texts[random_below(random, sizeof texts / sizeof *texts)];
    const char *end = ends[random_below(random, sizeof ends / sizeof *ends)];
    printf(" %s %s", text, end);
    type(desk, text);
    press(desk, end);
}

static void take_another_size(struct desk *desk, struct random *random)
{
    static const struct {
        int rows, columns;
    } sizes[] = {{24, 80}, {40, 120}, {12, 40}, {8, 20}};
    size_t at = random_below(random, sizeof sizes / sizeof *sizes);
    printf(" %dx%d", sizes[at].columns, sizes[at].rows);
    if (sizes[at].rows != desk->program.rows)
        resize(desk, sizes[at].rows, sizes[at].columns);
}

/* The keys are printed, for the one who looks at a failure. */
static void do_anything(struct desk *desk, struct random *random)
{
    size_t chance = random_below(random, 24);
    if (chance == 0)
        take_another_size(desk, random);
    else if (chance < 4)
        type_something(desk, random);
    else
        press_a_binding(desk, random);
}

static struct bytes painted(struct desk *desk)
{
    struct bytes all = {0};
    bytes_add(&all, "", 0);
    for (int row = 0; row < desk->program.rows - FOOT_ROWS; row++) {
        pty_row_text(&desk->program, row, &all);
        bytes_add(&all, "  | ", 4);
        pty_row_attributes(&desk->program, row, &all);
        bytes_add(&all, "\n", 1);
    }
    return all;
}

static void is_painted_alike_from_nothing(struct desk *desk)
{
    struct bytes before = painted(desk), after;
    press(desk, "<C-l>");
    after = painted(desk);
    if (before.len != after.len || memcmp(before.ptr, after.ptr, after.len) != 0) {
        printf("\nstep by step:\n%s\nfrom nothing:\n%s", before.ptr, after.ptr);
        fail_with_screen(desk, "the screen is not", "what is painted from nothing");
    }
    bytes_done(&before);
    bytes_done(&after);
}

static void go_on_by_chance(struct desk *desk, uint64_t seed)
{
    struct random random = {seed};
    printf("\nseed %d:", (int)seed);
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < ROUND_KEYS; i++)
            do_anything(desk, &random);
        is_painted_alike_from_nothing(desk);
    }
}

static void any_keys_leave_screen_and_dossier_whole(void **state)
{
    struct desk *desk = *state;
    world_set(&desk->world, "EDITOR=true");
    world_set(&desk->world, "BROWSER=true");
    for (uint64_t seed = 1; seed <= 3; seed++) {
        pty_close(&desk->program);
        start(desk, ROWS, COLUMNS);
        go_on_by_chance(desk, seed);
    }
    pty_close(&desk->program);
    start(desk, ROWS, COLUMNS);
    printf("\n");
    press(desk, "g a <Esc> <Esc>");
    sees_count(desk, "Articles", article_count());
}

int main(void)
{
    const struct CMUnitTest tests[] = {SESSION(any_keys_leave_screen_and_dossier_whole)};
    return cmocka_run_group_tests(tests, read_keys, forget_keys);
}
