/* layers: base text model ingest analyse store tui app */
/* Every correction of a name from every place where a name shows: made, kept as the line that it
 * is, taken back, and done again in the next session. */
#include "support/pty_program.h"

#include "unit/desk.h"

/* ---- places ---------------------------------------------------------------------------------- */

static void in_the_text(struct desk *desk)
{
    open_article(desk, "harbourline");
    press(desk, "g g <Esc> ] p");
}

static void beside_the_text(struct desk *desk)
{
    open_article(desk, "harbourline");
    does(desk, ACTION_SIDE_NAMES, "g n");
    press(desk, "j j g g");
}

static void places_beside_the_text(struct desk *desk)
{
    open_article(desk, "harbourline");
    press(desk, "g n");
    for (int i = 0; i < ENTITY_KIND_COUNT && !pty_shows(&desk->program, "Places of this article");
         i++)
        does(desk, ACTION_KIND, "<Tab>");
    press(desk, "g g");
}

/* The list of a kind, all its rows, the first selected. */
static void list(struct desk *desk, const char *kind)
{
    press(desk, "g p <Esc>");
    for (int i = 0; i < ENTITY_KIND_COUNT && !pty_shows(&desk->program, kind); i++)
        press(desk, "<Tab>");
    press(desk, "g g");
}

static void in_the_people(struct desk *desk)
{
    list(desk, " People ");
}

static void in_the_places(struct desk *desk)
{
    list(desk, " Places ");
}

static void in_the_organisations(struct desk *desk)
{
    list(desk, " Organisations ");
}

static void in_the_mentions(struct desk *desk)
{
    in_the_people(desk);
    press(desk, "<Enter> g g");
}

static void on_the_card(struct desk *desk)
{
    in_the_people(desk);
    press(desk, "g i g g");
}

static void in_the_timeline(struct desk *desk)
{
    press(desk, "g t <Esc> g g f <C-u>");
    type(desk, "chadan");
    press(desk, "<Enter> g g");
}

static void in_the_results(struct desk *desk)
{
    press(desk, "/");
    type(desk, "asylum");
    press(desk, "<Enter>");
}

static void in_the_bookmarks(struct desk *desk)
{
    press(desk, "g b");
    if (pty_shows(&desk->program, "No passage is kept")) {
        open_article(desk, "harbourline");
        press(desk, "g g ] p v } B <Enter> g b");
    }
    press(desk, "g g");
}

static void in_the_watch_list(struct desk *desk)
{
    press(desk, "g w");
    if (pty_shows(&desk->program, "of 9") && !pty_shows(&desk->program, "Sergei Shoigu")) {
        in_the_people(desk);
        press(desk, "W g w");
    }
    press(desk, "g g");
}

static void in_the_overview(struct desk *desk)
{
    char text[TEXT_LEN];
    press(desk, "g h g g");
    for (int i = 0; i < 40; i++) {
        row_text(desk, selected_row(desk), text);
        if (strstr(text, "Sergei Shoigu"))
            return;
        press(desk, "j");
    }
    fail_with_screen(desk, "the overview does not list", "Sergei Shoigu");
}

static void in_the_articles(struct desk *desk)
{
    press(desk, "g a <Esc> f <C-u>");
    type(desk, "harbourline");
    press(desk, "<Enter>");
}

static void in_the_outline(struct desk *desk)
{
    open_article(desk, "harbourline");
    press(desk, "g O g g");
}

static const struct {
    const char *what;
    void (*enter)(struct desk *);
    const char *choose;              /* typed where the row shows several names */
    const char *kind, *name, *other; /* whose name it is, and another one of the kind */
    bool has_article, has_mention;
} places[] = {
    {"text", in_the_text, NULL, "person", "Sergei Shoigu", "Vladimir Putin", true, true},
    {"side pane", beside_the_text, NULL, "person", "Sergei Shoigu", "Vladimir Putin", true, false},
    {"places of the side pane", places_beside_the_text, NULL, "place", "Tehran", "Moscow", true,
     false},
    {"people", in_the_people, NULL, "person", "Sergei Shoigu", "Vladimir Putin", false, false},
    {"places", in_the_places, NULL, "place", "Tehran", "Moscow", false, false},
    {"organisations", in_the_organisations, NULL, "organisation", "Hamas", "Hezbollah", false,
     false},
    {"mentions", in_the_mentions, NULL, "person", "Sergei Shoigu", "Vladimir Putin", true, true},
    {"card", on_the_card, NULL, "person", "Sergei Shoigu", "Vladimir Putin", false, false},
    {"timeline", in_the_timeline, "shoigu", "person", "Sergei Shoigu", "Vladimir Putin", true,
     true},
    {"results of a search", in_the_results, "bashar", "person", "Bashar al-Assad", "Vladimir Putin",
     true, true},
    {"bookmarks", in_the_bookmarks, "shoigu", "person", "Sergei Shoigu", "Vladimir Putin", true,
     true},
    {"watch list", in_the_watch_list, NULL, "person", "Sergei Shoigu", "Vladimir Putin", false,
     false},
    {"overview", in_the_overview, NULL, "person", "Sergei Shoigu", "Vladimir Putin", false, false},
    {"articles", in_the_articles, "shoigu", "person", "Sergei Shoigu", "Vladimir Putin", true,
     true},
    {"outline", in_the_outline, "shoigu", "person", "Sergei Shoigu", "Vladimir Putin", true, true},
};

/* ---- corrections ----------------------------------------------------------------------------- */

enum reach { EVERYWHERE, THIS_ARTICLE, HERE };
enum answer { NO_ANSWER, THE_OTHER, A_NEW_NAME };

static const struct {
    enum action_id action;
    const char *keys, *verb, *undone;
    enum reach reach;
    enum answer answer;
    const char *to_kind; /* NULL: the same */
} corrections[] = {
    {ACTION_MERGE_NAME, "C m", "merge", "names merged", EVERYWHERE, THE_OTHER, NULL},
    {ACTION_SPLIT_NAME, "C s h", "split", "mentions split off", HERE, A_NEW_NAME, NULL},
    {ACTION_SPLIT_NAME, "C s a", "split", "mentions split off", THIS_ARTICLE, A_NEW_NAME, NULL},
    {ACTION_RENAME_NAME, "C r", "rename", "name changed", EVERYWHERE, A_NEW_NAME, NULL},
    {ACTION_RETYPE_NAME, "C t p", "retype", "type of a name changed", EVERYWHERE, NO_ANSWER,
     "person"},
    {ACTION_RETYPE_NAME, "C t l", "retype", "type of a name changed", EVERYWHERE, NO_ANSWER,
     "place"},
    {ACTION_RETYPE_NAME, "C t o", "retype", "type of a name changed", EVERYWHERE, NO_ANSWER,
     "organisation"},
    {ACTION_REJECT_NAME, "C x h", "reject", "name taken away", HERE, NO_ANSWER, NULL},
    {ACTION_REJECT_NAME, "C x a", "reject", "name taken away", THIS_ARTICLE, NO_ANSWER, NULL},
    {ACTION_REJECT_NAME, "C x e", "reject", "name taken away", EVERYWHERE, NO_ANSWER, NULL},
    {ACTION_KEEP_NAME, "C k", "keep", "name confirmed", EVERYWHERE, NO_ANSWER, NULL},
};
enum {
    PLACE_COUNT = sizeof places / sizeof *places,
    CORRECTION_COUNT = sizeof corrections / sizeof *corrections
};

static void presses(struct desk *desk, size_t p, size_t c)
{
    places[p].enter(desk);
    does(desk, corrections[c].action, corrections[c].keys);
    if (places[p].choose) {
        last_row_has(desk, "which name");
        type(desk, places[p].choose);
        press(desk, "<Enter>");
    }
}

/* The only correction of the dossier, or none. */
static void corrections_are(struct desk *desk, const char *wanted, bool in_article, bool at_words)
{
    const char *const arguments[] = {binary(), "names", "export", "-f", "pile.dossier", NULL};
    static struct bytes output; /* not lost when the test fails */
    output.len = 0;
    assert_int_equal(world_run(&desk->world, arguments, &output), 0);
    const char *line = strchr(output.ptr, '\n') + 1; /* after what it says of itself */
    size_t len = strlen(wanted);
    bool right = strncmp(line, wanted, len) == 0 &&
                 (strstr(line, " in \"") != NULL) == in_article &&
                 (strstr(line, " at \"") != NULL) == at_words &&
                 (!len || strchr(line, '\n') == line + strlen(line) - 1);
    if (!right) {
        print_message("%s", output.ptr);
        fail_with_screen(desk, "the correction is not", *wanted ? wanted : "taken back");
    }
}

static void line_of(size_t p, size_t c, char line[TEXT_LEN])
{
    const char *to_kind = corrections[c].to_kind ? corrections[c].to_kind : places[p].kind;
    const char *to = corrections[c].answer == THE_OTHER    ? places[p].other
                     : corrections[c].answer == A_NEW_NAME ? "Quite Another"
                                                           : places[p].name;
    int len = snprintf(line, TEXT_LEN, "%s %s \"%s\"", corrections[c].verb, places[p].kind,
                       places[p].name);
    if (corrections[c].answer != NO_ANSWER || corrections[c].to_kind)
        snprintf(line + len, (size_t)(TEXT_LEN - len), " to %s \"%s\"", to_kind, to);
}

static bool can_be(size_t p, size_t c)
{
    return corrections[c].reach == EVERYWHERE ||
           (corrections[c].reach == HERE ? places[p].has_mention : places[p].has_article);
}

static void correct(struct desk *desk, size_t p, size_t c)
{
    char line[TEXT_LEN];
    presses(desk, p, c);
    if (corrections[c].answer != NO_ANSWER) {
        press(desk, "<C-u>");
        type(desk, corrections[c].answer == THE_OTHER ? places[p].other : "Quite Another");
        press(desk, "<Enter>");
    }
    last_row_has(desk, "u takes it back");
    line_of(p, c, line);
    corrections_are(desk, line, corrections[c].reach != EVERYWHERE, corrections[c].reach == HERE);
}

static void restart(struct desk *desk)
{
    assert_true(pty_send(&desk->program, "Q", 1));
    ends(desk);
    start(desk, ROWS, COLUMNS);
}

static void try_place(struct desk *desk, size_t p)
{
    print_message("  %s\n", places[p].what);
    for (size_t c = 0; c < CORRECTION_COUNT; c++) {
        bool is_same =
            corrections[c].to_kind && strcmp(corrections[c].to_kind, places[p].kind) == 0;
        if (!can_be(p, c) || is_same) {
            presses(desk, p, c);
            last_row_has(desk, is_same ? "already" : "which mention?");
            continue;
        }
        correct(desk, p, c);
        press(desk, "u");
        last_row_has(desk, corrections[c].undone);
    }
    corrections_are(desk, "", false, false);
}

static void every_place_takes_every_correction(void **state)
{
    for (size_t p = 0; p < PLACE_COUNT; p++)
        try_place(*state, p);
}

/* Each correction once, from one place after another, over three sessions. */
static void corrections_are_undone_and_redone_by_the_next_session(void **state)
{
    struct desk *desk = *state;
    char line[TEXT_LEN];
    for (size_t c = 0; c < CORRECTION_COUNT; c++) {
        size_t p = c % PLACE_COUNT;
        while (!can_be(p, c) ||
               (corrections[c].to_kind && !strcmp(corrections[c].to_kind, places[p].kind)))
            p = (p + 1) % PLACE_COUNT;
        line_of(p, c, line);
        correct(desk, p, c);
        restart(desk);
        press(desk, "u");
        last_row_has(desk, corrections[c].undone);
        corrections_are(desk, "", false, false);
        restart(desk);
        press(desk, "<C-r>");
        last_row_has(desk, corrections[c].undone);
        corrections_are(desk, line, corrections[c].reach != EVERYWHERE,
                        corrections[c].reach == HERE);
        press(desk, "u");
    }
}

/* ---- the names beside the text --------------------------------------------------------------- */

static void a_name_beside_the_text_is_selected(void **state)
{
    struct desk *desk = *state;
    int numbers[4];
    open_article(desk, "harbourline");
    does(desk, ACTION_SIDE_NAMES, "g n");
    sees(desk, "People of this article");
    sees(desk, "▸ ");
    press(desk, "G j k g g");
    sees(desk, "▸");
    press(desk, "*");
    last_row_has(desk, "target: Sergei Shoigu");
    press(desk, "n");
    assert_true(target_label(desk, numbers));
    sees_not(desk, "▸"); /* it walks the text */
    press(desk, "g n j W");
    last_row_has(desk, "pinned as 1: ");
    press(desk, "<Enter>");
    sees_not(desk, "People of this article"); /* the mentions of the second one */
    press(desk, "h");
    sees(desk, "▸");
    does(desk, ACTION_SIDE_NAMES, "g n");
    sees_not(desk, "▸");
    press(desk, "g n h");
    sees_not(desk, "▸");
    press(desk, "g n |"); /* the pane goes, and the keys with it */
    sees_not(desk, "People of this article");
    resize(desk, ROWS, 60);
    press(desk, "g n");
    last_row_has(desk, "needs 70 columns");
    press(desk, "j");
    resize(desk, 4, COLUMNS);
    press(desk, "g n G");
    sees(desk, "▸");
    resize(desk, ROWS, COLUMNS);
    press(desk, "g a <Esc> g g <Enter>");
    sees_not(desk, "▸"); /* in another article the text is read */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SESSION(a_name_beside_the_text_is_selected),
        SESSION(every_place_takes_every_correction),
        SESSION(corrections_are_undone_and_redone_by_the_next_session),
    };
    return cmocka_run_group_tests(tests, read_keys, forget_keys);
}
