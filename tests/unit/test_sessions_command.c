/* layers: base text model ingest analyse store tui app */
/* Sessions about the command line: what Tab offers, lines of the configuration, arguments, an
 * import, and what is kept of what was typed. */
#include "support/pty_program.h"

#include "unit/desk.h"

static void make_folder(struct desk *desk, const char *name)
{
    char path[1200];
    snprintf(path, sizeof path, "%s/%s", desk->world.folder, name);
    (void)mkdir(path, 0700);
}

static void offers(struct desk *desk, const char *typed, const char *completed)
{
    char wanted[128];
    press(desk, ":");
    type(desk, typed);
    press(desk, "<Tab>");
    snprintf(wanted, sizeof wanted, ":%s", completed);
    row_is(desk, desk->program.rows - 1, wanted);
    press(desk, "<C-u> <Esc>");
}

static void tab_offers_what_an_action_takes(void **state)
{
    struct desk *desk = *state;
    make_folder(desk, "more");
    world_write(&desk->world, "more/a page.txt", "Text.\n", 6);
    press(desk, "t <C-u>");
    type(desk, "sanctions moscow");
    press(desk, "<Enter> j t <C-u>");
    type(desk, "sanctions ke");
    press(desk, "<Enter> t <C-u>");
    type(desk, "kept mos");
    press(desk, "<Tab>");
    last_row_has(desk, "tags: kept moscow");
    press(desk, "<Esc>");
    choose_person(desk, "shoigu");
    press(desk, "W");
    offers(desk, "target-tag sanc", "target-tag sanctions");
    offers(desk, "next-watch ", "next-watch 1");
    offers(desk, "pin ", "pin 1");
    offers(desk, "next-mark wa", "next-mark watched");
    offers(desk, "merge-name belous", "merge-name Andrei Belousov");
    offers(desk, "set theme con", "set theme contrast");
    offers(desk, "import mo", "import more/");
    offers(desk, "import more/a", "import more/a page.txt");
    offers(desk, "bi", "bind");
    offers(desk, "bind tim", "bind timeline");
    offers(desk, "bind timeline x zoom-i", "bind timeline x zoom-in");
    offers(desk, "bind any x go ov", "bind any x go overview");
    offers(desk, "unbind sel", "unbind select");
    offers(desk, "include mu", "include mutt.keys");
    offers(desk, "filt", "filter");
    resize(desk, 12, 20); /* and on a narrow screen the end of the line stays in sight */
    press(desk, ":");
    type(desk, "bind timeline x zoom-i");
    press(desk, "<Tab>");
    char row[TEXT_LEN];
    row_text(desk, 11, row);
    assert_non_null(strstr(row, "zoom-in"));
}

static void lines_of_the_configuration_are_typed(void **state)
{
    static const char own[] = "bind any + bottom\nset resume nix\n";
    struct desk *desk = *state;
    command(desk, "bind articles + top");
    last_row_has(desk, "until the end of this session");
    press(desk, "G +");
    assert_int_equal(selected_row(desk), 1);
    command(desk, "unbind articles +");
    press(desk, "G +");
    assert_int_equal(selected_row(desk), article_count());
    last_row_has(desk, "does nothing here");
    command(desk, "bind articls + top");
    last_row_has(desk, "unknown scope 'articls'; did you mean 'articles'?");
    command(desk, "bind articles + topp");
    last_row_has(desk, "unknown action 'topp'; did you mean 'top'?");
    command(desk, "include nowhere.keys");
    last_row_has(desk, "nowhere.keys");
    make_folder(desk, "home/config");
    make_folder(desk, "home/config/dossier");
    world_write(&desk->world, "home/config/dossier/own.keys", own, sizeof own - 1);
    command(desk, "include own.keys");
    last_row_has(desk, "own.keys:2: resume takes");
    press(desk, "g g +");
    assert_int_equal(selected_row(desk), article_count());
    command(desk, "include mutt.keys");
    press(desk, "=");
    assert_int_equal(selected_row(desk), 1);
}

static void arguments_are_wanted_or_not(void **state)
{
    struct desk *desk = *state;
    command(desk, "down 4");
    last_row_has(desk, "down takes nothing after it, not '4'");
    command(desk, "next-mark");
    last_row_has(desk, "next-mark needs its KIND");
    sees(desk, ":next-mark");
    sees(desk, "organisation");
    press(desk, "<Esc>");
    command(desk, "filter is:undated");
    sees_count(desk, "Articles", 1);
    command(desk, "filter is:nothing"); /* it is asked for again, with what is wrong */
    sees(desk, "is: takes unread");
    press(desk, "<Esc>");
}

static void more_is_imported_from_the_screen(void **state)
{
    static const char page[] =
        "Minister opens bridge\n\nThe Marl Post, 3 March 2024\n\nThe minister"
        " opened the bridge over the Marl on Sunday.\n";
    struct desk *desk = *state;
    make_folder(desk, "more");
    world_write(&desk->world, "more/bridge.txt", page, sizeof page - 1);
    does(desk, ACTION_IMPORT, "I");
    type(desk, "mo");
    press(desk, "<Tab>");
    last_row_has(desk, "more/");
    press(desk, "<Enter>");
    while (!pty_shows(&desk->program, "1 imported"))
        if (pty_next_frame(&desk->program, PTY_PATIENCE) != PTY_FRAME)
            fail_with_screen(desk, "the import", "does not end");
    press(desk, "g g");
    sees_count(desk, "Articles", article_count() + 1);
    sees(desk, "Minister opens bridge");
    command(desk, "import no such folder");
    while (!pty_shows(&desk->program, "1 failed"))
        if (pty_next_frame(&desk->program, PTY_PATIENCE) != PTY_FRAME)
            fail_with_screen(desk, "the failure", "is not told");
}

/* Neither an address with a password nor what began with a blank. */
static void secrets_are_not_kept(void **state)
{
    struct desk *desk = *state;
    command(desk, "go people");
    command(desk, "update https://me:secret@example.org/feed");
    command(desk, " go timeline");
    command(desk, "update https://example.org/@name");
    assert_true(pty_send(&desk->program, "Q", 1));
    ends(desk);
    start(desk, ROWS, COLUMNS);
    press(desk, ": <Up>");
    last_row_has(desk, ":update https://example.org/@name");
    press(desk, "<Up>");
    last_row_has(desk, ":go people");
    press(desk, "<Up>");
    last_row_has(desk, ":go people");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SESSION(tab_offers_what_an_action_takes),
        SESSION(lines_of_the_configuration_are_typed),
        SESSION(arguments_are_wanted_or_not),
        SESSION(more_is_imported_from_the_screen),
        SESSION(secrets_are_not_kept),
    };
    return cmocka_run_group_tests(tests, read_keys, forget_keys);
}
