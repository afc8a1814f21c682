/* layers: base text model ingest analyse store tui app */
/* Queries in every list and on the command line, saved searches, filters that are given up. */
#include "support/pty_program.h"

#include "unit/desk.h"

/* ---- the same question on the screen and on the command line --------------------------------- */

static void all_articles(struct desk *desk)
{
    press(desk, "g a <Esc>");
}

static void all_of(struct desk *desk, const char *kind)
{
    press(desk, "g p <Esc>");
    for (int i = 0; i < ENTITY_KIND_COUNT && !pty_shows(&desk->program, kind); i++)
        press(desk, "<Tab>");
}

static void all_people(struct desk *desk)
{
    all_of(desk, " People ");
}

static void all_places(struct desk *desk)
{
    all_of(desk, " Places ");
}

static void all_bookmarks(struct desk *desk)
{
    press(desk, "g b <Esc>");
}

static void all_statements(struct desk *desk)
{
    press(desk, "g t <Esc>");
}

static void no_search(struct desk *desk)
{
    press(desk, "g a <Esc>");
}

/* `shown`: the member of a printed line that its row on the screen shows; rows begin below `head`
 * others. */
static const struct list {
    void (*enter)(struct desk *);
    const char *ask, *shown;
    int head;
    const char *command[5];
} lists[] = {
    {all_articles, "f", "\"title\":\"", 1, {"list"}},
    {all_people, "f", "\"name\":\"", 1, {"people"}},
    {all_places, "f", "\"name\":\"", 1, {"people", "--kind", "place"}},
    {all_bookmarks, "f", "\"exact\":\"", 1, {"bookmarks"}},
    {no_search, "/", "\"title\":\"", 1, {"search"}},
    {all_statements, "f", "\"sentence\":\"", 3, {"timeline"}}, /* below the strip */
};

static const char *const queries[] = {
    "shoi",
    "who:shoigu -title:kim",
    "tehran OR asylum",
    "text:\"prime minister\" NOT who:putin",
    "search:(asylum OR kim*)",
    "near:\"Assad Moscow\"~12",
    "outlet:harbour place:tehran",
    "after:2024-07 before:2024-09",
    "published:2024-08 org:hamas",
    "on:2024-08-05",
    "is:unread -is:bookmarked",
    "tag:keep OR note:money OR is:undated",
    "PEZESHKIÁN",
};

/* What the command prints, a line a row. */
static char *printed_lines(struct desk *desk, const char *const command[], const char *query)
{
    const char *arguments[12] = {binary()};
    size_t count = 1;
    static struct bytes output; /* not lost when the test fails */
    for (size_t i = 0; command[i]; i++)
        arguments[count++] = command[i];
    arguments[count++] = query;
    arguments[count++] = "--json";
    arguments[count++] = "-f";
    arguments[count++] = "pile.dossier";
    output.len = 0;
    bytes_add(&output, "", 0);
    if (world_run(&desk->world, arguments, &output) != 0)
        fail_msg("%s: %s", query, output.ptr);
    return output.ptr;
}

/* The next row of the list from `row` on, and its text; false below the last one. Headings begin
 * at the edge, rows two columns from it. */
static bool next_row(struct desk *desk, int *row, char text[TEXT_LEN])
{
    for (; *row < desk->program.rows - 1; ++*row) {
        row_text(desk, *row, text);
        if (strncmp(text, "  ", 2) == 0 || strncmp(text, "▸ ", strlen("▸ ")) == 0)
            return ++*row;
    }
    return false;
}

/* The beginning of a member's text, as far as it needs no escape. */
static void member(const char *line, const char *name, char value[TEXT_LEN])
{
    enum { ENOUGH = 40 };
    const char *at = strstr(line, name);
    size_t len = at ? strcspn(at + strlen(name), "\"\\") : 0;
    len = len < ENOUGH ? len : ENOUGH;
    while (len > 0 && (at[strlen(name) + len] & 0xc0) == 0x80)
        len--;
    snprintf(value, TEXT_LEN, "%.*s", (int)len, at ? at + strlen(name) : "");
}

/* Row for row what the command line prints; how many. */
static int compare_rows(struct desk *desk, const struct list *list, const char *query)
{
    char text[TEXT_LEN], wanted[TEXT_LEN];
    int count = 0, row = list->head;
    bool none =
        pty_shows(&desk->program, "nothing fits") || pty_shows(&desk->program, "Nothing found");
    char *rest = printed_lines(desk, list->command, query);
    for (char *line = strtok(rest, "\n"); line; line = strtok(NULL, "\n"), count++) {
        member(line, list->shown, wanted);
        assert_true(wanted[0] != '\0');
        if (none || !next_row(desk, &row, text) || !strstr(text, wanted)) {
            print_message("%s %s: no row `%s'\n", list->command[0], query, wanted);
            fail_with_screen(desk, "they do not agree on", query);
        }
    }
    if (!none && next_row(desk, &row, text)) {
        print_message("%s %s: the row `%s' is not printed\n", list->command[0], query, text);
        fail_with_screen(desk, "they do not agree on", query);
    }
    return count;
}

static void lists_and_command_line_agree(void **state)
{
    struct desk *desk = *state;
    int empty = 0, full = 0;
    open_article(desk, "harbourline");
    press(desk, "] p B");
    type(desk, "follow the money");
    press(desk, "<Enter> t");
    type(desk, "keep");
    press(desk, "<Enter>");
    resize(desk, 160, 250);
    for (size_t l = 0; l < sizeof lists / sizeof *lists; l++)
        for (size_t q = 0; q < sizeof queries / sizeof *queries; q++) {
            lists[l].enter(desk);
            press(desk, lists[l].ask);
            type(desk, queries[q]);
            press(desk, "<Enter>");
            int count = compare_rows(desk, &lists[l], queries[q]);
            empty += count == 0;
            full += count > 0;
        }
    assert_true(full > 40 && empty > 0); /* there is something to disagree on */
}

/* ---- saved searches -------------------------------------------------------------------------- */

static void save(struct desk *desk, const char *query, const char *name)
{
    press(desk, "/");
    type(desk, query);
    press(desk, "<Enter>");
    does(desk, ACTION_SAVE_SEARCH, "S");
    press(desk, "<C-u>");
    type(desk, name);
    press(desk, "<Enter>");
}

static void saved_searches_are_renamed_and_used(void **state)
{
    struct desk *desk = *state;
    char text[TEXT_LEN];
    save(desk, "kim OR asylum", "two things");
    last_row_has(desk, "saved;");
    save(desk, "pezeshkian", "the president");
    press(desk, "g / g g");
    sees(desk, "the president");
    does(desk, ACTION_RENAME_NAME, "e");
    press(desk, "<C-u>");
    type(desk, "two things");
    press(desk, "<Enter>");
    last_row_has(desk, "another search is kept as two things");
    press(desk, "e <C-u>");
    type(desk, "who presides");
    press(desk, "<Enter>");
    row_text(desk, selected_row(desk), text);
    assert_non_null(strstr(text, "who presides"));
    press(desk, "u");
    last_row_has(desk, "undone: search renamed");
    sees(desk, "the president");
    sees(desk, "two things");
    press(desk, "<C-r> g g"); /* the other one comes first now */
    row_text(desk, selected_row(desk), text);
    assert_non_null(strstr(text, "two things"));
    does(desk, ACTION_PIN, "W");
    last_row_has(desk, "pinned as 1: kim OR asylum");
    does(desk, ACTION_FILTER, "f");
    sees_count(desk, "Articles", 4);
    sees(desk, "filter: search:(kim OR asylum)");
    press(desk, "<Esc>");
    sees_count(desk, "Articles", article_count());
    save(desk, "minister", "two things");
    last_row_has(desk, "saved in its place");
}

/* What came since the last session counts as new, on the screen and on the command line. */
static void what_is_new_is_counted(void **state)
{
    static const char page[] =
        "{\"id\":\"n\",\"title\":\"News\",\"text\":\"Pezeshkian spoke again.\"}\n";
    struct desk *desk = *state;
    const char *const arguments[] = {binary(), "searches", "--json", "-f", "pile.dossier", NULL};
    static struct bytes output;
    save(desk, "pezeshkian", "the president");
    press(desk, "g /");
    sees_not(desk, " new");
    assert_true(pty_send(&desk->program, "Q", 1));
    ends(desk);
    world_write(&desk->world, "news.jsonl", page, sizeof page - 1);
    import(desk, "news.jsonl");
    assert_int_equal(world_run(&desk->world, arguments, &output), 0);
    assert_non_null(strstr(output.ptr, "\"new\":1}"));
    bytes_done(&output);
    start(desk, ROWS, COLUMNS);
    press(desk, "g /");
    sees(desk, "1 new");
    press(desk, "g a g /"); /* as long as the session lasts */
    sees(desk, "1 new");
    assert_true(pty_send(&desk->program, "Q", 1));
    ends(desk);
    start(desk, ROWS, COLUMNS);
    press(desk, "g /");
    sees_not(desk, "1 new");
}

/* ---- filters --------------------------------------------------------------------------------- */

static void a_filter_given_up_leaves_the_one_before(void **state)
{
    struct desk *desk = *state;
    press(desk, "f");
    type(desk, "kim");
    press(desk, "<Enter> f <C-u>");
    type(desk, "harb");
    sees(desk, "Harbourline");
    sees_not(desk, "Kim and Putin");
    press(desk, "<Esc>");
    sees(desk, "filter: kim");
    sees(desk, "Kim and Putin");
    press(desk, "<Esc>");
    sees_count(desk, "Articles", article_count());
}

static void a_list_without_filter_says_so(void **state)
{
    struct desk *desk = *state;
    static const char *const ways[] = {"g w", "g s", "g h", "g u", "?"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        press(desk, ways[i]);
        press(desk, "f");
        last_row_has(desk, "has no filter: / searches");
    }
    press(desk, "q g a <Enter> f");
    last_row_has(desk, "has no filter: / searches");
}

/* In the text: where one is among its places, and on from there. */
static void hits_in_the_text_are_counted(void **state)
{
    struct desk *desk = *state;
    open_article(desk, "harbourline");
    press(desk, "/");
    type(desk, "shoigu");
    press(desk, "<Enter>");
    char text[TEXT_LEN];
    int at = 0, count = 0;
    row_text(desk, ROWS - 1, text);
    assert_non_null(strstr(text, "hit "));
    assert_int_equal(sscanf(strstr(text, "hit "), "hit %d/%d", &at, &count), 2);
    assert_int_equal(at, 1);
    assert_true(count > 2);
    press(desk, "2 n");
    row_text(desk, ROWS - 1, text);
    assert_int_equal(sscanf(strstr(text, "hit "), "hit %d", &at), 1);
    assert_int_equal(at, 3);
}

/* ---- what Tab offers ---------------------------------------------------------------------------
 */

/* Fields by two letters, then names, outlets, tags and states by what was typed of them. */
static void tab_completes_queries_in_every_list(void **state)
{
    static const struct {
        const char *enter, *typed, *becomes;
    } lines[] = {
        {"g a /", "wh", "search: who:"},
        {"g a /", "tehran -who:shoi", "search: tehran -who:\"Sergei Shoigu\""},
        {"g a /", "who:\"serg sho", "search: who:\"Sergei Shoigu\""},
        {"g a /", "is:und", "search: is:undated"},
        {"g a /", "outlet:wire", "search: outlet:\"Quillgate Wire\""},
        {"g a f", "place:tehr", "filter: place:Tehran"},
        {"g p f", "outlet:quillgate", "filter: outlet:\"Quillgate Wire\""},
        {"g t f", "fr", "filter: from:"},
        {"g b f", "is:lo", "filter: is:lost"},
        {"g a f", "tag:wat", "filter: tag:watched"},
        {"g a :", "filter is:unr", ":filter is:unread"},
        {"g t :", "filter fr", ":filter from:"},
        {"g a :", "search who:shoi", ":search who:\"Sergei Shoigu\""},
        {"g a /", "on:20", "search: on:2024"},
        {"g t f", "from:", "filter: from:2024"},
    };
    static const char far_years[] =
        "{\"title\": \"Far ahead\", \"url\": \"https://far.example/1\", \"date\": \"2024-06-03\","
        " \"text\": \"The treaty ends on 4 May 2096. The lease ends on 7 June 2071.\"}\n";
    struct desk *desk = *state;
    world_write(&desk->world, "far.jsonl", far_years, sizeof far_years - 1);
    import(desk, "far.jsonl");
    press(desk, "t");
    type(desk, "watched");
    press(desk, "<Enter>");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        press(desk, lines[i].enter);
        press(desk, "<C-u>");
        type(desk, lines[i].typed);
        press(desk, "<Tab>");
        sees(desk, lines[i].becomes);
        press(desk, "<Esc> <Esc>");
    }
}

/* The most mentioned first; more than are seen at once are gone through; what is found follows. */
static void tab_goes_through_all_that_is_offered(void **state)
{
    struct desk *desk = *state;
    char first[TEXT_LEN], text[TEXT_LEN];
    press(desk, "/");
    type(desk, "who:");
    sees(desk, "mentions");
    sees(desk, " +7");
    press(desk, "<Tab>");
    row_text(desk, ROWS - 1, first);
    assert_non_null(strstr(first, "search: who:"));
    sees_not(desk, "Nothing found");
    for (int i = 0; i < COMPLETION_LIMIT - 1; i++) {
        press(desk, "<Tab>");
        row_text(desk, ROWS - 1, text);
        assert_string_not_equal(text, first);
    }
    sees_not(desk, " +");
    press(desk, "<Tab>");
    row_text(desk, ROWS - 1, text);
    assert_string_equal(text, first);
    press(desk, "<S-Tab> <Tab> <Enter>");
    sees(desk, " Search: ");
}

/* What is wrong stands there alone: nothing was looked for. */
static void an_unreadable_query_finds_not_nothing(void **state)
{
    static const char *const asked[] = {"g a /", "g a f", "g p f"};
    struct desk *desk = *state;
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        press(desk, asked[i]);
        press(desk, "<C-u>");
        type(desk, "qqqqq");
        sees(desk, i == 0 ? "Nothing found" : "nothing fits");
        type(desk, " (");
        sees(desk, "a word is missing here");
        sees_not(desk, i == 0 ? "Nothing found" : "nothing fits");
        press(desk, "<BS> <BS>");
        sees(desk, i == 0 ? "Nothing found" : "nothing fits");
        press(desk, "<Esc>");
    }
}

/* Until the query changes, what is wrong with it stays to be seen: one goes to the place. */
static void an_error_stays_while_its_place_is_gone_to(void **state)
{
    static const char *const moves[] = {"<C-l>", "<Left>", "<Home>", "<Right>", "<End>"};
    struct desk *desk = *state;
    press(desk, "g a /");
    type(desk, "qqqqq (");
    sees(desk, "a word is missing here");
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
        press(desk, moves[i]);
        sees(desk, "a word is missing here");
        sees_not(desk, "Nothing found");
    }
    press(desk, "<BS> <BS>");
    sees_not(desk, "a word is missing here");
    sees(desk, "Nothing found");
    press(desk, "<Esc>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SESSION(lists_and_command_line_agree),
        SESSION(saved_searches_are_renamed_and_used),
        SESSION(what_is_new_is_counted),
        SESSION(a_filter_given_up_leaves_the_one_before),
        SESSION(a_list_without_filter_says_so),
        SESSION(hits_in_the_text_are_counted),
        SESSION(tab_completes_queries_in_every_list),
        SESSION(tab_goes_through_all_that_is_offered),
        SESSION(an_unreadable_query_finds_not_nothing),
        SESSION(an_error_stays_while_its_place_is_gone_to),
    };
    return cmocka_run_group_tests(tests, read_keys, forget_keys);
}
