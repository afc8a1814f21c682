/* layers: base text model ingest analyse store tui app */
/* Two sessions on one dossier, key by key at the same time: nothing is lost, nothing doubled, no
 * error is shown; and the same when one of them is killed. */
#include "support/pty_program.h"

#include "unit/desk.h"

#include <signal.h>

#include "store/store.h"
#include "support/random.h"

enum { ACTION_LIMIT = 200, KEY_LIMIT = 40, PAIR_ROWS = 16, WAIT_STEP_MS = 100 };

enum { LEDGER_LINES = 60, LEDGER_CUTS = 30 };

/* ---- what a session does --------------------------------------------------------------------- */

/* An action as the bytes of its keys, and what the last row must say afterwards. */
struct deed {
    char keys[KEY_LIMIT][16];
    size_t lens[KEY_LIMIT];
    size_t count;
    const char *says; /* NULL: anything but an error */
};

struct actor {
    struct desk desk;
    struct random random;
    char name;          /* of its bookmarks: a1, a2 … */
    unsigned bookmarks; /* that it was told are kept */
    unsigned tags;      /* given: a1, a2 … */
    bool marks[26];     /* of its half of the letters: set */
    /* In the ledger, which only one of two reads. */
    unsigned names, cuts, searches; /* made: A1, A2 …; of paragraphs; a1, a2 … */
    bool is_read, is_pinned;        /* as the last message said */
    char published[16];
};

static void add_key(struct deed *deed, const char *name)
{
    deed->lens[deed->count] = pty_key(name, deed->keys[deed->count]);
    deed->count++;
}

static void add_text(struct deed *deed, const char *text)
{
    for (; *text; text++) {
        deed->keys[deed->count][0] = *text;
        deed->lens[deed->count++] = 1;
    }
    add_key(deed, "<Enter>");
}

static struct deed bookmark(struct actor *actor)
{
    struct deed deed = {.says = "kept"};
    char note[32];
    snprintf(note, sizeof note, "%c%u", actor->name, ++actor->bookmarks);
    add_key(&deed, "B");
    add_text(&deed, note);
    return deed;
}

static struct deed tag(struct actor *actor)
{
    struct deed deed = {.says = "tagged"};
    char words[32];
    snprintf(words, sizeof words, " %c%u", actor->name, ++actor->tags);
    add_key(&deed, "t");
    add_text(&deed, words);
    return deed;
}

static struct deed mark(struct actor *actor)
{
    struct deed deed = {.says = " set; "};
    size_t at = random_below(&actor->random, 13) + (actor->name == 'a' ? 0 : 13);
    char letter[2] = {(char)('a' + at), '\0'};
    actor->marks[at] = true;
    add_key(&deed, "m");
    add_key(&deed, letter);
    return deed;
}

static struct deed read_or_not(struct actor *actor)
{
    struct deed deed = {.says = "read"};
    (void)actor;
    add_key(&deed, "r");
    return deed;
}

static struct deed move(struct actor *actor)
{
    static const char *const keys[] = {"J", "K", "<Space>", "j", "k", "G"};
    struct deed deed = {0};
    add_key(&deed, keys[random_below(&actor->random, sizeof keys / sizeof *keys)]);
    return deed;
}

static struct deed next_deed(struct actor *actor)
{
    static struct deed (*const deeds[])(struct actor * actor) = {bookmark,    tag,  mark,
                                                                 read_or_not, move, move};
    return deeds[random_below(&actor->random, sizeof deeds / sizeof *deeds)](actor);
}

/* ---- what a session does in its ledger ---------------------------------------------------------
 */

static void add_keys(struct deed *deed, const char *names)
{
    char copy[128];
    snprintf(copy, sizeof copy, "%s", names);
    for (char *name = strtok(copy, " "); name; name = strtok(NULL, " "))
        add_key(deed, name);
}

/* The first person of the ledger is called otherwise. */
static struct deed rename_name(struct actor *actor)
{
    struct deed deed = {.says = "renamed"};
    char name[32];
    snprintf(name, sizeof name, "Zed %c%u", actor->name - 'a' + 'A', ++actor->names);
    add_keys(&deed, "g r g g <Esc> ] p C r <C-u>");
    add_text(&deed, name);
    return deed;
}

/* The first block that is still there. */
static struct deed cut(struct actor *actor)
{
    struct deed deed = {.says = "cut"};
    actor->cuts++;
    add_keys(&deed, "g r g g <Esc> x");
    return deed;
}

static struct deed set_published(struct actor *actor)
{
    struct deed deed = {.says = "set by you"};
    snprintf(actor->published, sizeof actor->published, "2021-%02zu-%02zu",
             1 + random_below(&actor->random, 12), 1 + random_below(&actor->random, 28));
    add_keys(&deed, "g r P <C-u>");
    add_text(&deed, actor->published);
    return deed;
}

static struct deed toggle_read(struct actor *actor)
{
    struct deed deed = {.says = actor->is_read ? "unread" : "read"};
    actor->is_read = !actor->is_read;
    add_keys(&deed, "g r r");
    return deed;
}

static void search_own(struct actor *actor, struct deed *deed)
{
    char line[32];
    snprintf(line, sizeof line, "search ledger%c", actor->name);
    add_keys(deed, "g s :");
    add_text(deed, line);
}

static struct deed save_search(struct actor *actor)
{
    struct deed deed = {.says = "saved"};
    char name[32];
    snprintf(name, sizeof name, "%c%u", actor->name, ++actor->searches);
    search_own(actor, &deed);
    add_keys(&deed, "S <C-u>");
    add_text(&deed, name);
    return deed;
}

static struct deed pin(struct actor *actor)
{
    struct deed deed = {.says = actor->is_pinned ? "unpinned" : "pinned as"};
    actor->is_pinned = !actor->is_pinned;
    search_own(actor, &deed);
    add_key(&deed, "W");
    return deed;
}

static struct deed in_ledger(struct actor *actor)
{
    static struct deed (*const deeds[])(struct actor * actor) = {
        rename_name, cut, set_published, toggle_read, save_search, pin, bookmark, tag, mark};
    size_t chosen = random_below(&actor->random, sizeof deeds / sizeof *deeds);
    if (actor->cuts == LEDGER_CUTS && deeds[chosen] == cut)
        return toggle_read(actor);
    struct deed deed = deeds[chosen](actor), there = {.says = deed.says};
    if (deeds[chosen] != bookmark && deeds[chosen] != tag && deeds[chosen] != mark)
        return deed;
    add_keys(&there, "g r");
    for (size_t i = 0; i < deed.count; i++) {
        memcpy(there.keys[there.count], deed.keys[i], sizeof deed.keys[i]);
        there.lens[there.count++] = deed.lens[i];
    }
    return there;
}

/* ---- two at once ----------------------------------------------------------------------------- */

static void send_key(struct actor *actor, const struct deed *deed, size_t key)
{
    if (key < deed->count && !pty_send(&actor->desk.program, deed->keys[key], deed->lens[key]))
        fail_with_screen(&actor->desk, "the program", "is gone");
}

static void wait_for(struct actor *actor, const struct deed *deed, size_t key)
{
    if (key < deed->count && pty_next_frame(&actor->desk.program, PTY_PATIENCE) != PTY_FRAME)
        fail_with_screen(&actor->desk, "no frame after", deed->keys[key]);
}

/* Frames of idle moments come in between: the last row says it in the end. */
static void comes_to_say(struct desk *desk, const char *wanted)
{
    char text[TEXT_LEN];
    for (;;) {
        row_text(desk, desk->program.rows - 1, text);
        if (strstr(text, wanted))
            return;
        if (pty_next_frame(&desk->program, PTY_PATIENCE) != PTY_FRAME)
            fail_with_screen(desk, "the last row does not come to say:", wanted);
    }
}

static void check(struct actor *actor, const struct deed *deed)
{
    static const char *const errors[] = {"database", "locked", "busy", "another session", "rror"};
    char text[TEXT_LEN];
    row_text(&actor->desk, actor->desk.program.rows - 1, text);
    for (size_t i = 0; !deed->says && i < sizeof errors / sizeof *errors; i++)
        if (strstr(text, errors[i]))
            fail_with_screen(&actor->desk, "an error:", errors[i]);
    if (deed->says)
        comes_to_say(&actor->desk, deed->says);
}

/* Every key goes to both before either is waited for. */
static void act_together(struct actor *one, struct actor *two,
                         struct deed (*next)(struct actor *actor))
{
    struct deed first = next(one), second = next(two);
    for (size_t key = 0; key < first.count || key < second.count; key++) {
        send_key(one, &first, key);
        send_key(two, &second, key);
        wait_for(one, &first, key);
        wait_for(two, &second, key);
    }
    check(one, &first);
    check(two, &second);
}

static void act_alone(struct actor *actor)
{
    struct deed deed = next_deed(actor);
    for (size_t key = 0; key < deed.count; key++) {
        send_key(actor, &deed, key);
        wait_for(actor, &deed, key);
    }
    check(actor, &deed);
}

/* In a quiet moment the last step is known: the other session takes it back and does it again. */
static void step_back_and_forth(struct actor *one, struct actor *two)
{
    struct deed deed = bookmark(one);
    for (size_t key = 0; key < deed.count; key++) {
        send_key(one, &deed, key);
        wait_for(one, &deed, key);
    }
    check(one, &deed);
    press(&two->desk, "u");
    comes_to_say(&two->desk, "undone: bookmark added");
    press(&one->desk, "<C-r>");
    comes_to_say(&one->desk, "again: bookmark added");
}

static void begin(struct actor *actor, const struct desk *desk, char name, uint64_t seed)
{
    *actor = (struct actor){.desk = {.world = desk->world}, .name = name, .random = {seed}};
    start(&actor->desk, PAIR_ROWS, COLUMNS);
    press(&actor->desk, "<Enter>");
}

/* ---- what is there in the end ---------------------------------------------------------------- */

static struct bytes listed(const struct desk *desk)
{
    const char *const arguments[] = {binary(), "-f", "pile.dossier", "bookmarks", "--json", NULL};
    struct bytes output = {0};
    if (world_run(&desk->world, arguments, &output) != 0)
        fail_msg("the bookmarks cannot be listed: %s", output.ptr ? output.ptr : "");
    return output;
}

static unsigned count_of(const struct bytes *output, const char *what)
{
    unsigned count = 0;
    for (const char *at = output->ptr; at && (at = strstr(at, what)); at += strlen(what))
        count++;
    return count;
}

/* Each bookmark that was told to be kept is there once. */
static void are_there_once(const struct bytes *output, const struct actor *actor)
{
    for (unsigned i = 1; i <= actor->bookmarks; i++) {
        char note[48];
        snprintf(note, sizeof note, "\"value\":\"%c%u\"", actor->name, i);
        unsigned count = count_of(output, note);
        if (count != 1)
            fail_msg("%s is there %u times", note, count);
    }
}

static void leave(struct actor *actor)
{
    assert_true(pty_send(&actor->desk.program, "Q", 1));
    ends(&actor->desk);
}

/* In how many lists of tags, "tags":"a1 b7", a tag stands as a word. */
static unsigned count_tag(const struct bytes *output, const char *tag)
{
    static const char field[] = "\"tags\":\"";
    unsigned count = 0;
    size_t len = strlen(tag);
    for (const char *list = output->ptr; (list = strstr(list, field));) {
        list += strlen(field);
        while (*list != '"') {
            size_t word = strcspn(list, " \"");
            count += word == len && strncmp(list, tag, len) == 0;
            list += word + (list[word] == ' ');
        }
    }
    return count;
}

/* Each tag that was given stands on one article, once. */
static void tags_are_there_once(const struct desk *desk, const struct actor *actor)
{
    const char *const arguments[] = {binary(), "-f", "pile.dossier", "list", "--json", NULL};
    struct bytes output = {0};
    assert_int_equal(world_run(&desk->world, arguments, &output), 0);
    for (unsigned i = 1; i <= actor->tags; i++) {
        char tag[32];
        snprintf(tag, sizeof tag, "%c%u", actor->name, i);
        if (count_tag(&output, tag) != 1)
            fail_msg("tag %s is there %u times", tag, count_tag(&output, tag));
    }
    bytes_done(&output);
}

/* Each letter leads to a place. */
static void marks_are_there(struct actor *actor, const struct actor *other)
{
    for (size_t i = 0; i < sizeof actor->marks / sizeof *actor->marks; i++) {
        char letter[2] = {(char)('a' + i), '\0'};
        if (!actor->marks[i] && !other->marks[i])
            continue;
        press(&actor->desk, "'");
        press(&actor->desk, letter);
        if (pty_shows(&actor->desk.program, "no such mark"))
            fail_with_screen(&actor->desk, "lost: mark", letter);
    }
}

static void nothing_is_lost_or_doubled(void **state)
{
    struct desk *desk = *state;
    struct actor one, two;
    begin(&one, desk, 'a', 1);
    begin(&two, desk, 'b', 2);
    for (int i = 0; i < ACTION_LIMIT; i++) {
        act_together(&one, &two, next_deed);
        if (i % 20 == 0)
            step_back_and_forth(i % 40 ? &two : &one, i % 40 ? &one : &two);
    }
    struct bytes output = listed(desk);
    are_there_once(&output, &one);
    are_there_once(&output, &two);
    assert_int_equal(count_of(&output, "\"TextQuoteSelector\""), one.bookmarks + two.bookmarks);
    bytes_done(&output);
    tags_are_there_once(desk, &one);
    tags_are_there_once(desk, &two);
    marks_are_there(&one, &two);
    marks_are_there(&two, &one);
    leave(&one);
    leave(&two);
}

/* ---- every kind of work at once ----------------------------------------------------------------
 */

static void import_ledger(const struct desk *desk, char owner)
{
    static const char *const people[] = {"Olga Marlow", "Peter Hallwood", "John Keller",
                                         "Anna Weber"};
    char name[32];
    struct buf page = BUF_INIT;
    snprintf(name, sizeof name, "ledger_%c.jsonl", owner);
    buf_format(
        &page,
        "{\"title\":\"the ledger %c\",\"url\":\"https://%c.example/\",\"text\":\"the ledger %c",
        owner, owner, owner);
    for (int i = 0; i < LEDGER_LINES; i++)
        buf_format(&page, "\\n\\nEntry ledger%c %d: %s paid the clerk of the harbour that day.",
                   owner, i, people[(owner - 'a') * 2 + i % 2]);
    buf_add(&page, STR("\"}\n"));
    world_write(&desk->world, name, page.ptr, page.len);
    import(desk, name);
    buf_done(&page);
}

static void open_ledger(struct actor *actor)
{
    char title[32];
    snprintf(title, sizeof title, "title:\"ledger %c\"", actor->name);
    press(&actor->desk, "g a f");
    type(&actor->desk, title);
    press(&actor->desk, "<Enter> <Enter>");
    sees(&actor->desk, "Entry ledger");
}

static struct bytes printed(const struct desk *desk, const char *command, const char *word)
{
    const char *const arguments[] = {
        binary(), command, "-f", "pile.dossier", word, *word == '-' ? NULL : "--json", NULL};
    struct bytes output = {0};
    if (world_run(&desk->world, arguments, &output) != 0)
        fail_msg("%s: %s", command, output.ptr ? output.ptr : "");
    return output;
}

static void is_printed(const struct desk *desk, const char *command, const char *word,
                       const char *what, unsigned wanted)
{
    struct bytes output = printed(desk, command, word);
    unsigned count = count_of(&output, what);
    if (count != wanted) {
        print_message("%s\n", output.ptr ? output.ptr : "nothing");
        fail_msg("%s: %s is there %u times, not %u", command, what, count, wanted);
    }
    bytes_done(&output);
}

static void names_are_there_once(const struct desk *desk, const struct actor *actor)
{
    char name[48];
    for (unsigned i = 1; i <= actor->names; i++) {
        snprintf(name, sizeof name, "to person \"Zed %c%u\"", actor->name - 'a' + 'A', i);
        is_printed(desk, "names", "export", name, 1);
    }
    if (actor->names == 0)
        return;
    snprintf(name, sizeof name, "\"name\":\"Zed %c%u\"", actor->name - 'a' + 'A', actor->names);
    is_printed(desk, "people", "--json", name, 1);
}

static void work_is_there(const struct desk *desk, const struct actor *actor)
{
    char text[64], title[16];
    snprintf(title, sizeof title, "the ledger %c", actor->name);
    names_are_there_once(desk, actor);
    is_printed(desk, "show", title, "\"reason\"", actor->cuts);
    snprintf(text, sizeof text, "\"published\":{\"value\":\"%s\",\"basis\":\"set by you\"",
             actor->published);
    is_printed(desk, "show", title, text, 1);
    for (unsigned i = 1; i <= actor->searches; i++) {
        snprintf(text, sizeof text, "\"name\":\"%c%u\"", actor->name, i);
        is_printed(desk, "searches", "--json", text, 1);
    }
    snprintf(text, sizeof text, "\"ledger%c\"", actor->name);
    is_printed(desk, "watch", "--json", text, actor->is_pinned);
    snprintf(text, sizeof text, "title:\"ledger %c\" is:unread", actor->name);
    is_printed(desk, "list", text, "\"title\"", !actor->is_read);
}

/* Each on an article of its own, so that it is known what must be there in the end: corrections,
 * cuts, dates, read states, searches and pins besides what the other test looks at. */
static void every_kind_of_work_is_kept(void **state)
{
    struct desk *desk = *state;
    struct actor one, two;
    assert_true(pty_send(&desk->program, "Q", 1));
    ends(desk);
    import_ledger(desk, 'a');
    import_ledger(desk, 'b');
    begin(&one, desk, 'a', 5);
    begin(&two, desk, 'b', 6);
    open_ledger(&one);
    open_ledger(&two);
    for (int i = 0; i < ACTION_LIMIT; i++)
        act_together(&one, &two, in_ledger);
    struct actor *const actors[] = {&one, &two};
    struct bytes output = listed(desk);
    assert_int_equal(count_of(&output, "\"TextQuoteSelector\""), one.bookmarks + two.bookmarks);
    for (size_t i = 0; i < 2; i++) {
        work_is_there(desk, actors[i]);
        are_there_once(&output, actors[i]);
        tags_are_there_once(desk, actors[i]);
    }
    for (size_t i = 0; i < 2; i++) /* this opens what the other one reads */
        marks_are_there(actors[i], actors[1 - i]);
    is_printed(desk, "names", "conflicts", "{", 0);
    bytes_done(&output);
    leave(&one);
    leave(&two);
}

/* ---- what the other one did ---------------------------------------------------------------------
 */

/* Where the second session stands, what the first one does in the first article of the list, and
 * what the second one's next key shows of it. */
static const struct {
    const char *there, *keys, *text, *shown;
} appearances[] = {
    {"g a g g", "r", NULL, "10 unread"},
    {"g a g g", "t", "fresh", "#fresh"},
    {"g a g g", "P <C-u>", "2021-02-03", "2021-02-03"},
    {"g p g g", "g p g g C r <C-u>", "Zed Newname", "Zed Newname"},
    {"g b", "<Enter> B", "seen next door", "seen next door"},
    {"g /", "g s / <C-u>", "tehran", NULL},
    {"g /", "S <C-u>", "about tehran", "about tehran"},
    {"g w", "W", NULL, "tehran"},
};

static void each_kind_appears_at_the_next_key(void **state)
{
    struct desk *desk = *state;
    struct desk other = {.world = desk->world};
    start(&other, ROWS, COLUMNS);
    for (size_t i = 0; i < sizeof appearances / sizeof *appearances; i++) {
        const char *shown = appearances[i].shown;
        press(&other, appearances[i].there);
        if (shown)
            sees_not(&other, shown);
        press(desk, appearances[i].keys);
        if (appearances[i].text) {
            type(desk, appearances[i].text);
            press(desk, "<Enter>");
        }
        press(&other, "k");
        if (shown)
            sees(&other, shown);
        if (i < 5)
            press(desk, "g a g g");
    }
    /* A mark, and a cut in the text that both look at. */
    press(desk, "g a g g <Enter>");
    press(&other, "g a g g <Enter> ' q");
    last_row_has(&other, "no such mark");
    press(desk, "m q");
    press(&other, "' q");
    sees_not(&other, "no such mark");
    struct bytes before = body(&other);
    press(desk, "x");
    last_row_has(desk, "cut");
    press(&other, "k");
    assert_false(body_is(&other, &before));
    press(desk, "u");
    press(&other, "k");
    body_is_again(&other, &before);
    assert_true(pty_send(&other.program, "Q", 1));
    ends(&other);
}

/* Both take a free number at the same moment, again and again: it is not the same one. */
static void two_pin_at_once(void **state)
{
    struct desk *desk = *state;
    struct actor one, two;
    begin(&one, desk, 'a', 1);
    begin(&two, desk, 'b', 2);
    command(&one.desk, "search tehran");
    command(&two.desk, "search moscow");
    press(&one.desk, "<Esc>");
    press(&two.desk, "<Esc>");
    for (int i = 0; i < 40; i++) {
        const char *says = i % 2 ? "unpinned" : "pinned as";
        assert_true(pty_send(&one.desk.program, "W", 1));
        assert_true(pty_send(&two.desk.program, "W", 1));
        comes_to_say(&one.desk, says);
        comes_to_say(&two.desk, says);
    }
    leave(&one);
    leave(&two);
}

/* Both were asked before either answered. */
static void two_tag_one_article_at_once(void **state)
{
    struct desk *desk = *state;
    struct actor one, two;
    press(desk, "t");
    type(desk, "old stale");
    press(desk, "<Enter>");
    begin(&one, desk, 'a', 1);
    begin(&two, desk, 'b', 2);
    press(&one.desk, "t");
    press(&two.desk, "t <C-u>"); /* takes `stale' away */
    type(&one.desk, " first");
    type(&two.desk, "second old");
    press(&two.desk, "<Enter>");
    press(&one.desk, "<Enter>");
    press(&one.desk, "t");
    last_row_has(&one.desk, "tags: old second first");
    press(&one.desk, "<Esc>");
    leave(&one);
    leave(&two);
}

/* Two who look at the list of the same bookmarks, each with a note on the first article. */
static void begin_with_bookmarks(struct desk *desk, struct desk *other)
{
    press(desk, "g a g g <Enter> B");
    type(desk, "first note");
    press(desk, "<Enter> g b");
    *other = (struct desk){.world = desk->world};
    start(other, ROWS, COLUMNS);
    press(other, "g b");
    sees(other, "first note");
}

static void answer(struct desk *desk, const char *text)
{
    type(desk, text);
    press(desk, "<Enter>");
}

/* Both were asked before either answered: both notes are kept, and all tags. */
static void two_edit_one_bookmark_at_once(void **state)
{
    struct desk *desk = *state, other;
    begin_with_bookmarks(desk, &other);
    press(desk, "e <C-u>");
    press(&other, "e <C-u>");
    answer(desk, "mine of it");
    answer(&other, "theirs of it");
    last_row_has(&other, "what both wrote is kept");
    press(desk, "k");
    sees(desk, "mine of it theirs of it");
    press(desk, "u"); /* step by step */
    sees(desk, "mine of it");
    sees_not(desk, "theirs of it");
    press(desk, "<C-r>");
    sees(desk, "mine of it theirs of it");
    press(desk, "u");
    press(&other, "k t <C-u>");
    press(desk, "t <C-u>");
    answer(&other, "harbour grain");
    answer(desk, "grain ships");
    sees(desk, "[harbour grain ships]");
    press(&other, "k t"); /* a tag taken by one, the note written by the other */
    press(desk, "e <C-u>");
    press(&other, "<C-u>");
    answer(&other, "ships");
    answer(desk, "short");
    last_row_has(desk, "note changed; u takes it back");
    sees(desk, "short [ships]");
    assert_true(pty_send(&other.program, "Q", 1));
    ends(&other);
}

/* One deletes what the other writes about: what was written is not lost, and no other bookmark gets
 * it. */
static void a_note_on_what_the_other_deletes(void **state)
{
    struct desk *desk = *state, other;
    press(desk, "g a g g <Enter> j j j j j j B");
    answer(desk, "second note");
    begin_with_bookmarks(desk, &other);
    press(&other, "G g g");
    sees(&other, "▸");
    char row[TEXT_LEN];
    row_text(&other, selected_row(&other), row);
    bool is_first = strstr(row, "first note") != NULL;
    const char *kept = is_first ? "second note" : "first note";
    press(&other, "e <C-u>");
    press(desk, "g g d");
    last_row_has(desk, "bookmark deleted");
    answer(&other, "written meanwhile");
    last_row_has(&other, "had deleted the bookmark, and it is back");
    sees(&other, "written meanwhile");
    sees(&other, kept);
    press(desk, "g g");
    sees(desk, "written meanwhile");
    sees(desk, kept);
    press(&other, "u");
    sees_not(&other, "written meanwhile");
    sees(&other, kept);
    /* A key is for the row that was seen. */
    press(desk, "g g k d");
    last_row_has(desk, "bookmark deleted");
    press(&other, "u k");
    sees(&other, "No passage is kept yet");
    assert_true(pty_send(&other.program, "Q", 1));
    ends(&other);
}

/* The row that d was pressed on is gone, or its number is another's: nothing is taken away. */
static void a_key_is_for_what_was_seen(void **state)
{
    struct desk *desk = *state, other = {.world = desk->world};
    command(desk, "search tehran");
    press(desk, "W");
    command(desk, "search moscow");
    press(desk, "W g w g g");
    start(&other, ROWS, COLUMNS);
    press(&other, "g w g g");
    sees(&other, "tehran");
    press(desk, "d"); /* 1 is free, and taken again */
    command(desk, "search minsk");
    press(desk, "W");
    last_row_has(desk, "pinned as 1");
    press(&other, "d");
    last_row_has(&other, "is gone meanwhile");
    sees(&other, "minsk");
    sees(&other, "moscow");
    press(&other, "d");
    last_row_has(&other, "unpinned: minsk");
    press(desk, "g a f");
    answer(desk, "is:unread");
    press(&other, "g a f");
    answer(&other, "is:unread");
    press(desk, "g g r");
    press(&other, "r"); /* the same article: it is read already */
    last_row_has(&other, "is gone meanwhile");
    press(&other, "<Esc>");
    last_row_has(&other, "10 unread");
    assert_true(pty_send(&other.program, "Q", 1));
    ends(&other);
}

/* The killed one may be in the middle of a bookmark: that one is there or not, the others are. */
static void a_killed_session_takes_nothing_along(void **state)
{
    struct desk *desk = *state;
    struct actor one, two;
    begin(&one, desk, 'a', 3);
    for (uint64_t round = 0; round < 5; round++) {
        begin(&two, desk, (char)('b' + round), 10 + round);
        for (int i = 0; i < 12; i++)
            act_together(&one, &two, next_deed);
        struct deed last = bookmark(&two);
        for (size_t key = 0; key < last.count; key++)
            send_key(&two, &last, key);
        kill(two.desk.program.pid, SIGKILL);
        two.bookmarks--;
        for (int i = 0; i < 6; i++)
            act_alone(&one);
        pty_close(&two.desk.program);
        struct bytes output = listed(desk);
        are_there_once(&output, &one);
        are_there_once(&output, &two);
        bytes_done(&output);
    }
    leave(&one);
}

/* ---- a dossier that another one writes to ---------------------------------------------------- */

/* Takes what the program paints until it has said something; there is no mark while it waits. */
static void says_meanwhile(struct desk *desk, const char *text)
{
    size_t from = desk->program.output.len;
    for (int i = 0; i < PTY_PATIENCE / WAIT_STEP_MS; i++) {
        if (pty_next_frame(&desk->program, WAIT_STEP_MS) == PTY_FRAME)
            fail_with_screen(desk, "it did not wait before it said", text);
        bytes_add(&desk->program.output, "", 0);
        if (desk->program.output.len > from && strstr(desk->program.output.ptr + from, text))
            return;
    }
    fail_msg("it does not say %s", text);
}

static struct store *lock(const struct desk *desk)
{
    struct store *store;
    struct error err = {0};
    char path[1024];
    snprintf(path, sizeof path, "%s/pile.dossier", desk->world.folder);
    assert_int_equal(store_open(path, STORE_READ_WRITE, &store, &err), STATUS_OK);
    assert_int_equal(store_begin(store, &err), STATUS_OK);
    return store;
}

static void unlock(struct store *store)
{
    struct error err = {0};
    assert_int_equal(store_commit(store, &err), STATUS_OK);
    store_close(store);
}

static void a_busy_dossier_is_waited_for(void **state)
{
    struct desk *desk = *state;
    struct store *store = lock(desk);
    assert_true(pty_send(&desk->program, "r", 1));
    says_meanwhile(desk, "another session is writing");
    unlock(store);
    assert_int_equal(pty_next_frame(&desk->program, PTY_PATIENCE), PTY_FRAME);
    last_row_has(desk, "read");
    sees_not(desk, "another session");
    press(desk, "j k");
    sees_count(desk, "Articles", article_count());

    /* Esc gives up; nothing was done. */
    store = lock(desk);
    assert_true(pty_send(&desk->program, "r", 1));
    says_meanwhile(desk, "another session is writing");
    press(desk, "<Esc>");
    unlock(store);
    press(desk, "j k r");
    last_row_has(desk, "unread");

    /* And so does a request to end. */
    store = lock(desk);
    assert_true(pty_send(&desk->program, "r", 1));
    says_meanwhile(desk, "another session is writing");
    assert_int_equal(kill(desk->program.pid, SIGTERM), 0);
    ends(desk);
    unlock(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SESSION(nothing_is_lost_or_doubled),           SESSION(every_kind_of_work_is_kept),
        SESSION(each_kind_appears_at_the_next_key),    SESSION(two_pin_at_once),
        SESSION(two_edit_one_bookmark_at_once),        SESSION(a_note_on_what_the_other_deletes),
        SESSION(a_key_is_for_what_was_seen),           SESSION(two_tag_one_article_at_once),
        SESSION(a_killed_session_takes_nothing_along), SESSION(a_busy_dossier_is_waited_for),
    };
    return cmocka_run_group_tests(tests, read_keys, forget_keys);
}
