/* layers: base text model ingest analyse store tui app */
/* Sessions about places: marks after the text changed, the place before, the outline, what the next
 * session begins with, and lines that were typed before. */
#include "support/pty_program.h"

#include "unit/desk.h"

#include <sys/stat.h>

static void leave(struct desk *desk)
{
    assert_true(pty_send(&desk->program, "Q", 1));
    ends(desk);
}

/* Writes the user's own configuration. */
static void configure(struct desk *desk, const char *text)
{
    char path[1024];
    static const char *const folders[] = {"home/config", "home/config/dossier"};
    for (size_t i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s", desk->world.folder, folders[i]);
        (void)mkdir(path, 0700);
    }
    world_write(&desk->world, "home/config/dossier/config", text, strlen(text));
}

/* ---- marks ----------------------------------------------------------------------------------- */

/* A paragraph above is restored and cut: the text below moves by its length. */
static void a_mark_stays_at_its_words(void **state)
{
    struct desk *desk = *state;
    char marked[TEXT_LEN];
    open_article(desk, "harbourline");
    resize(desk, 12, COLUMNS);
    press(desk, "<Space> j j j j");
    row_text(desk, 0, marked);
    press(desk, "m x g g ] d x"); /* the paragraph of the first date is cut */
    last_row_has(desk, "cut");
    leave(desk);
    start(desk, 12, COLUMNS);
    press(desk, "' x");
    row_is(desk, 0, marked);
    press(desk, "u G ' x");
    row_is(desk, 0, marked);
}

static void the_place_before_a_jump(void **state)
{
    struct desk *desk = *state;
    press(desk, "' '");
    last_row_has(desk, "no earlier place");
    press(desk, "<Enter>");
    struct bytes text = body(desk);
    press(desk, "g p ' '");
    assert_true(body_is(desk, &text));
    press(desk, "' '");
    sees(desk, " People ");
    press(desk, "' '");
    body_is_again(desk, &text);
}

/* ---- the outline ----------------------------------------------------------------------------- */

static void headings_lead_into_the_text(void **state)
{
    static const char page[] =
        "<html><head><title>The long way</title></head><body><article><h1>The long way</h1>"
        "<p>It was a long way to the coast, and the ministers who went there did not hurry.</p>"
        "<h2>The first stage</h2>"
        "<p>The first stage took them a week, because the road to the harbour was closed.</p>"
        "<p>They spent the week in talks about the price of grain and of the passage of ships.</p>"
        "<h2>The second stage</h2>"
        "<p>The second stage was shorter: a day on the train, and a night in the border town.</p>"
        "<p>In the morning the delegation was met by the governor, who had waited at the gate.</p>"
        "<p>He took them to the town hall, where the table was laid for forty people.</p>"
        "<p>The speeches were long, and the soup was cold before the last of them had ended.</p>"
        "<p>At noon they went on board, and the ships left the harbour one after the other.</p>"
        "<p>The coast was out of sight by four, and nobody on deck said a word about it.</p>"
        "</article></body></html>";
    struct desk *desk = *state;
    press(desk, "g O");
    last_row_has(desk, "no article is open");
    leave(desk);
    world_write(&desk->world, "way.html", page, sizeof page - 1);
    import(desk, "way.html");
    start(desk, 12, COLUMNS);
    last_row_has(desk, "1 new article since earlier today");
    open_article(desk, "way");
    press(desk, "g O");
    sees(desk, "The first stage");
    sees(desk, "Outline of The long way");
    press(desk, "G <Enter>");
    row_is(desk, 0, "  The second stage");
    press(desk, "g O"); /* stands at the heading that one reads under */
    char selected[TEXT_LEN];
    row_text(desk, selected_row(desk), selected);
    assert_non_null(strstr(selected, "The second stage"));
    press(desk, "k <Enter>");
    row_is(desk, 0, "  The first stage");
    command(desk, "go outline");
    sees(desk, "The second stage");
}

/* ---- the next session ------------------------------------------------------------------------ */

static void the_next_session_knows_the_place(void **state)
{
    struct desk *desk = *state;
    char title[TITLE_LEN + 1], again[TITLE_LEN + 1], top[TEXT_LEN];
    press(desk, "' .");
    last_row_has(desk, "no article was read");
    press(desk, "j j j");
    list_title(desk, 4, title);
    press(desk, "<Enter>");
    resize(desk, 12, COLUMNS);
    press(desk, "j j j j");
    row_text(desk, 0, top);
    leave(desk);
    start(desk, 12, COLUMNS); /* the list, at that article; nothing is new */
    int row = selected_row(desk);
    assert_true(row > 0);
    list_title(desk, row, again);
    assert_string_equal(again, title);
    sees(desk, "by date");
    press(desk, "g p ' .");
    row_is(desk, 0, top);
    leave(desk);
    configure(desk, "set resume text\n");
    start(desk, 12, COLUMNS);
    row_is(desk, 0, top);
    press(desk, "h");
    assert_int_equal(selected_row(desk), row);
    leave(desk);
    configure(desk, "set resume off\n");
    start(desk, 12, COLUMNS);
    assert_int_equal(selected_row(desk), 1);
}

/* ---- what is new ------------------------------------------------------------------------------
 */

static void add_page(struct desk *desk, const char *name, const char *title, const char *person)
{
    struct buf page = BUF_INIT;
    buf_format(&page,
               "{\"title\": \"%s\", \"url\": \"https://new.example/%s\", \"date\":"
               " \"2024-06-03\", \"text\": \"In the morning %s came to the harbour of Odesa on"
               " 2 June 2024. Then %s spoke.\"}\n",
               title, name, person, person);
    world_write(&desk->world, name, page.ptr, page.len);
    import(desk, name);
    buf_done(&page);
}

/* What the message counts is what is:new lists, in every list, for as long as the session is open;
 * what comes meanwhile is new too. */
static void new_articles_can_be_asked_for(void **state)
{
    static const struct {
        const char *keys, *shown;
    } lists[] = {
        {"g a f <C-u>", "Articles 3"}, {"g p f", "People 2"},   {"g t f", "filter: is:new"},
        {"g b f", "Bookmarks 0"},      {"g a /", "3 articles"},
    };
    struct desk *desk = *state;
    leave(desk);
    add_page(desk, "one.jsonl", "A first new page", "Olga Marlow");
    add_page(desk, "two.jsonl", "A second new page", "Peter Hallwood");
    start(desk, 24, COLUMNS);
    last_row_has(desk, "2 new articles since earlier today: f is:new shows them");
    press(desk, "f");
    type(desk, "is:ne");
    press(desk, "<Tab>");
    last_row_has(desk, "filter: is:new");
    press(desk, "<Enter>");
    last_row_has(desk, "Articles 2");
    sees(desk, "A first new page");
    sees(desk, "A second new page");
    add_page(desk, "three.jsonl", "A third new page", "Olga Marlow");
    press(desk, "j");
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        press(desk, lists[i].keys);
        type(desk, "is:new");
        press(desk, "<Enter>");
        last_row_has(desk, lists[i].shown);
    }
    press(desk, "g h");
    sees(desk, "3  of them new since your last visit");
    leave(desk);
    start(desk, 24, COLUMNS);
    sees_not(desk, "new article");
    press(desk, "f");
    type(desk, "is:new");
    press(desk, "<Enter>");
    sees(desk, "nothing fits the filter");
    press(desk, "<Esc> g h");
    sees_not(desk, "new since");
    configure(desk, "set resume text\n");
    press(desk, "g a <Enter>");
    leave(desk);
    add_page(desk, "four.jsonl", "A fourth new page", "Olga Marlow");
    start(desk, 24, COLUMNS);
    last_row_has(desk, "1 new article since earlier today: ga f is:new shows it");
}

/* ---- lines typed before ---------------------------------------------------------------------- */

static void typed_lines_come_back(void **state)
{
    struct desk *desk = *state, other = {0};
    command(desk, "go people");
    press(desk, "f");
    type(desk, "putin");
    press(desk, "<Enter>");
    other.world = desk->world;
    start(&other, 12, COLUMNS); /* a second session writes too */
    command(&other, "go timeline");
    command(desk, "go bookmarks");
    leave(&other);
    leave(desk);
    start(desk, 12, COLUMNS);
    press(desk, ":");
    press(desk, "<Up>");
    last_row_has(desk, ":go bookmarks");
    press(desk, "<Up>");
    last_row_has(desk, ":go timeline");
    press(desk, "<Up>");
    last_row_has(desk, ":go people");
    press(desk, "<Up> <Down>");
    last_row_has(desk, ":go timeline");
    press(desk, "<Esc> f <Up>");
    last_row_has(desk, "filter: putin");
    char path[1024];
    struct stat info;
    snprintf(path, sizeof path, "%s/home/state/dossier/history", desk->world.folder);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    press(desk, "<Esc>");
    leave(desk);
    configure(desk, "set history off\n");
    start(desk, 12, COLUMNS);
    press(desk, ": <Up>");
    sees_not(desk, ":go");
}

static void tab_completes_a_command(void **state)
{
    struct desk *desk = *state;
    press(desk, ":");
    type(desk, "next-");
    sees(desk, "next-unread  (to the next unread article)");
    press(desk, "<C-u>");
    type(desk, "go pe");
    press(desk, "<Tab>");
    last_row_has(desk, ":go people");
    press(desk, "<Tab>");
    last_row_has(desk, ":go person");
    press(desk, "<S-Tab> <Enter>");
    sees(desk, " People ");
    press(desk, ":");
    type(desk, "set resu");
    press(desk, "<Tab>");
    type(desk, " t");
    press(desk, "<Tab>");
    last_row_has(desk, ":set resume text");
    press(desk, "<Enter>");
    last_row_has(desk, "resume is text");
    press(desk, "/");
    type(desk, "pezeshkian");
    press(desk, "<Enter> S <C-u>");
    type(desk, "the president");
    press(desk, "<Enter> :");
    type(desk, "search the");
    press(desk, "<Tab>");
    last_row_has(desk, ":search pezeshkian");
    press(desk, "<C-u>");
    type(desk, "next-mark da");
    press(desk, "<Tab>");
    last_row_has(desk, ":next-mark date");
}

/* The page that a link leads to is opened here when the dossier has it, whatever the address says
 * of where one came from; back leads to the link. */
static void a_link_opens_the_article_that_it_leads_to(void **state)
{
    static const char pages[] =
        "{\"title\": \"The first report\", \"url\": \"https://links.example/first\", \"html\":"
        " \"<article><h1>The first report</h1><p>What the board said in May stands in"
        " <a href='http://links.example/second/?utm_source=mail#top'>the second report</a> and in"
        " <a href='https://links.example/third'>a third one</a> that nobody kept. The board will"
        " meet again before the end of the summer, when the accounts are there.</p></article>\"}\n"
        "{\"title\": \"The second report\", \"url\": \"https://links.example/second\", \"text\":"
        " \"The board said in May that it would meet again.\"}\n";
    struct desk *desk = *state;
    world_write(&desk->world, "links.jsonl", pages, sizeof pages - 1);
    import(desk, "links.jsonl");
    open_article(desk, "title:\"first report\"");
    press(desk, "] a");
    last_row_has(desk, "in this dossier: http://links.example/second/");
    does(desk, ACTION_OPEN_LINK, "g f");
    sees(desk, "The board said in May that it would");
    press(desk, "<C-o>");
    sees(desk, "that nobody kept");
    press(desk, "] a ] a");
    last_row_has(desk, "https://links.example/third");
    sees_not(desk, "in this dossier");
    press(desk, "[ a <Enter>");
    sees(desk, "The board said in May that it would");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SESSION(a_mark_stays_at_its_words),     SESSION(the_place_before_a_jump),
        SESSION(headings_lead_into_the_text),   SESSION(the_next_session_knows_the_place),
        SESSION(new_articles_can_be_asked_for), SESSION(typed_lines_come_back),
        SESSION(tab_completes_a_command),       SESSION(a_link_opens_the_article_that_it_leads_to),
    };
    return cmocka_run_group_tests(tests, read_keys, forget_keys);
}
