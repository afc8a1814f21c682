/* layers: base text model store */
/* The user's own work: undo and redo of every action, over sessions and beside another session. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/internal.h"
#include "test_store.h"

#define OK(call) assert_status((call), __LINE__)

static struct error err;

static void assert_status(enum status status, int line)
{
    if (status != STATUS_OK)
        fail_msg("line %d: %s", line, err.text);
}

static void assert_str(str got, str wanted)
{
    if (!str_equal(got, wanted))
        fail_msg("got \"%.*s\", wanted \"%.*s\"", STR_ARG(got), STR_ARG(wanted));
}

/* ---- a dossier in a folder of its own, with two articles ----------------------------------- */

struct dossier {
    char folder[64], path[96];
    struct store *store;
    struct arena arena;
    struct sample samples[2];
    int64_t pages[2];
    struct sample_people people;
};

static int make_dossier(void **state)
{
    struct dossier *dossier = calloc(1, sizeof *dossier);
    struct random random = {5};
    *state = dossier;
    strcpy(dossier->folder, "test_store_user.XXXXXX");
    assert_non_null(mkdtemp(dossier->folder));
    snprintf(dossier->path, sizeof dossier->path, "%s/d.dossier", dossier->folder);
    OK(store_open(dossier->path, STORE_READ_WRITE, &dossier->store, &err));
    for (uint32_t i = 0; i < 2; i++) {
        sample_make(&dossier->arena, &dossier->samples[i], &random, i, 10);
        OK(sample_put(dossier->store, &dossier->people, &dossier->samples[i], &dossier->pages[i],
                      &err));
    }
    return 0;
}

static int end_dossier(void **state)
{
    struct dossier *dossier = *state;
    arena_done(&dossier->arena);
    store_close(dossier->store);
    unlink(dossier->path);
    rmdir(dossier->folder);
    free(dossier);
    return 0;
}

static void reopen(struct dossier *dossier)
{
    store_close(dossier->store);
    OK(store_open(dossier->path, STORE_READ_WRITE, &dossier->store, &err));
}

static void assert_undo(struct dossier *dossier, const char *label, int64_t article)
{
    struct journal_step step;
    OK(store_undo(dossier->store, &dossier->arena, &step, &err));
    assert_str(step.label, str_from(label));
    assert_int_equal(step.article, article);
}

static void assert_redo(struct dossier *dossier, const char *label, int64_t article)
{
    struct journal_step step;
    OK(store_redo(dossier->store, &dossier->arena, &step, &err));
    assert_str(step.label, str_from(label));
    assert_int_equal(step.article, article);
}

static enum status undo_status(struct dossier *dossier)
{
    struct journal_step step;
    return store_undo(dossier->store, &dossier->arena, &step, &err);
}

static enum status redo_status(struct dossier *dossier)
{
    struct journal_step step;
    return store_redo(dossier->store, &dossier->arena, &step, &err);
}

static struct bookmark only_bookmark(struct dossier *dossier, int64_t article)
{
    struct bookmark_query query = {.article = article};
    struct page_request request = {.limit = 10};
    const struct bookmark_row *rows;
    size_t count;
    OK(store_list_bookmarks(dossier->store, &dossier->arena, &query, &request, &rows, &count,
                            &err));
    assert_int_equal(count, 1);
    return rows[0].bookmark;
}

static size_t bookmark_count(struct dossier *dossier)
{
    struct bookmark_query query = {0};
    struct page_request request = {.limit = 10};
    const struct bookmark_row *rows;
    struct store_totals totals;
    size_t count;
    OK(store_list_bookmarks(dossier->store, &dossier->arena, &query, &request, &rows, &count,
                            &err));
    OK(store_get_totals(dossier->store, &totals, &err));
    assert_int_equal(totals.bookmarks, count);
    return count;
}

/* A bookmark on the first `len` bytes after `start` of an article. */
static struct bookmark bookmark_on(struct dossier *dossier, int which, uint32_t start, uint32_t len)
{
    str text = dossier->samples[which].article.text;
    return (struct bookmark){.article = dossier->pages[which],
                             .quote = str_slice(text, start, start + len),
                             .prefix = str_slice(text, start > 10 ? start - 10 : 0, start),
                             .suffix = str_slice(text, start + len, start + len + 10),
                             .start = start,
                             .end = start + len,
                             .note = STR("a note; with: signs"),
                             .tags = STR("one two"),
                             .created = 99};
}

/* ---- every action -------------------------------------------------------------------------- */

static void reading_is_undone_and_redone(void **state)
{
    struct dossier *dossier = *state;
    struct store_totals totals;
    struct article_query query = {.sort = SORT_READ};
    struct article_row row;
    int64_t page = dossier->pages[0];
    assert_int_equal(undo_status(dossier), STATUS_NOT_FOUND);
    OK(store_set_read(dossier->store, page, READ_UNREAD, 1, &err));
    assert_int_equal(undo_status(dossier), STATUS_NOT_FOUND);
    OK(store_set_read(dossier->store, page, READ_DONE, 2, &err));
    OK(store_set_read(dossier->store, page, READ_DONE, 3, &err));
    OK(store_get_totals(dossier->store, &totals, &err));
    assert_int_equal(totals.unread, 1);
    OK(store_find_article_row(dossier->store, &dossier->arena, &query, page, &row, &err));
    assert_int_equal(row.read, READ_DONE);
    reopen(dossier);
    assert_undo(dossier, "marked as read", page);
    OK(store_get_totals(dossier->store, &totals, &err));
    assert_int_equal(totals.unread, 2);
    OK(store_find_article_row(dossier->store, &dossier->arena, &query, page, &row, &err));
    assert_int_equal(row.read, READ_UNREAD);
    assert_int_equal(undo_status(dossier), STATUS_NOT_FOUND);
    reopen(dossier);
    assert_redo(dossier, "marked as read", page);
    assert_int_equal(redo_status(dossier), STATUS_NOT_FOUND);
    OK(store_get_totals(dossier->store, &totals, &err));
    assert_int_equal(totals.unread, 1);
    /* A new analysis keeps it. */
    OK(sample_put(dossier->store, &dossier->people, &dossier->samples[0], &page, &err));
    OK(store_get_totals(dossier->store, &totals, &err));
    assert_int_equal(totals.unread, 1);
}

static enum status put_position(struct dossier *dossier, size_t article, uint32_t offset,
                                int64_t when)
{
    struct bookmark place = {.article = dossier->pages[article]};
    bookmark_take_place(&place, dossier->samples[article].article.text, offset);
    return store_set_position(dossier->store, &place, when, &err);
}

static void the_position_is_kept_but_not_undone(void **state)
{
    struct dossier *dossier = *state;
    struct stored_article stored;
    OK(put_position(dossier, 0, 12, 1));
    OK(store_set_read(dossier->store, dossier->pages[0], READ_STARTED, 1, &err));
    OK(put_position(dossier, 0, 20, 2));
    assert_undo(dossier, "marked as started", dossier->pages[0]);
    OK(store_get_article(dossier->store, &dossier->arena, dossier->pages[0], &stored, &err));
    assert_int_equal(stored.place.start, 20);
    assert_int_equal(stored.read, READ_UNREAD);
}

static void bookmarks_are_undone_and_redone(void **state)
{
    struct dossier *dossier = *state;
    struct bookmark made = bookmark_on(dossier, 0, 5, 20), found;
    OK(store_put_bookmark(dossier->store, &made, 1, &err));
    assert_true(made.id > 0);
    struct bookmark changed = made;
    changed.note = STR("other");
    changed.quote = STR("is not changed");
    OK(store_put_bookmark(dossier->store, &changed, 2, &err));
    found = only_bookmark(dossier, dossier->pages[0]);
    assert_str(found.note, STR("other"));
    assert_str(found.quote, made.quote);
    OK(store_delete_bookmark(dossier->store, made.id, 3, &err));
    assert_int_equal(bookmark_count(dossier), 0);
    assert_int_equal(store_delete_bookmark(dossier->store, made.id, 3, &err), STATUS_NOT_FOUND);

    reopen(dossier);
    assert_undo(dossier, "bookmark deleted", dossier->pages[0]);
    found = only_bookmark(dossier, dossier->pages[0]);
    assert_int_equal(found.id, made.id);
    assert_str(found.note, STR("other"));
    assert_undo(dossier, "bookmark changed", dossier->pages[0]);
    found = only_bookmark(dossier, 0);
    assert_str(found.note, made.note);
    assert_str(found.tags, made.tags);
    assert_str(found.quote, made.quote);
    assert_str(found.prefix, made.prefix);
    assert_str(found.suffix, made.suffix);
    assert_int_equal(found.start, made.start);
    assert_int_equal(found.end, made.end);
    assert_int_equal(found.created, 99);
    assert_int_equal(found.state, ANCHOR_EXACT);
    assert_undo(dossier, "bookmark added", dossier->pages[0]);
    assert_int_equal(bookmark_count(dossier), 0);
    assert_redo(dossier, "bookmark added", dossier->pages[0]);
    assert_redo(dossier, "bookmark changed", dossier->pages[0]);
    assert_str(only_bookmark(dossier, 0).note, STR("other"));
    assert_redo(dossier, "bookmark deleted", dossier->pages[0]);
    assert_int_equal(bookmark_count(dossier), 0);
    struct bookmark next = bookmark_on(dossier, 1, 0, 4);
    OK(store_put_bookmark(dossier->store, &next, 4, &err));
    assert_true(next.id > made.id);
}

static enum status put_mark(struct dossier *dossier, char letter, int64_t article, uint32_t start)
{
    struct bookmark place = {.article = article, .start = start, .quote = STR("text")};
    return store_put_mark(dossier->store, letter, &place, 1, &err);
}

static void blocks_marks_and_tags_are_undone_and_redone(void **state)
{
    struct dossier *dossier = *state;
    const struct block_decision *decisions;
    size_t count;
    struct bookmark mark = {.article = dossier->pages[1],
                            .start = 7,
                            .quote = STR("word"),
                            .prefix = STR("a "),
                            .suffix = STR(" of")};
    str tags;
    struct block_decision keep = {UINT64_C(0xfedcba9876543210), true},
                          cut = {keep.block_hash, false};
    OK(store_put_block_decision(dossier->store, dossier->pages[0], &keep, 1, &err));
    OK(store_put_block_decision(dossier->store, dossier->pages[0], &cut, 2, &err));
    OK(store_put_mark(dossier->store, 'x', &mark, 3, &err));
    OK(store_set_tags(dossier->store, dossier->pages[0], STR("alpha beta"), 4, &err));
    OK(store_set_tags(dossier->store, dossier->pages[0], STR_NONE, 5, &err));
    reopen(dossier);
    assert_undo(dossier, "tags removed", dossier->pages[0]);
    OK(store_get_tags(dossier->store, &dossier->arena, dossier->pages[0], &tags, &err));
    assert_str(tags, STR("alpha beta"));
    assert_undo(dossier, "tags changed", dossier->pages[0]);
    OK(store_get_tags(dossier->store, &dossier->arena, dossier->pages[0], &tags, &err));
    assert_str(tags, STR_NONE);
    mark = (struct bookmark){0};
    OK(store_get_mark(dossier->store, &dossier->arena, 'x', &mark, &err));
    assert_int_equal(mark.article, dossier->pages[1]);
    assert_int_equal(mark.start, 7);
    assert_str(mark.quote, STR("word"));
    assert_str(mark.prefix, STR("a "));
    assert_str(mark.suffix, STR(" of"));
    assert_undo(dossier, "mark set", dossier->pages[1]);
    assert_int_equal(store_get_mark(dossier->store, &dossier->arena, 'x', &mark, &err),
                     STATUS_NOT_FOUND);
    OK(store_list_block_decisions(dossier->store, &dossier->arena, dossier->pages[0], &decisions,
                                  &count, &err));
    assert_int_equal(count, 1);
    assert_false(decisions[0].keep);
    assert_true(decisions[0].block_hash == keep.block_hash);
    assert_undo(dossier, "block cut", dossier->pages[0]);
    OK(store_list_block_decisions(dossier->store, &dossier->arena, dossier->pages[0], &decisions,
                                  &count, &err));
    assert_true(decisions[0].keep);
    assert_undo(dossier, "block restored", dossier->pages[0]);
    OK(store_list_block_decisions(dossier->store, &dossier->arena, dossier->pages[0], &decisions,
                                  &count, &err));
    assert_int_equal(count, 0);
    for (int i = 0; i < 5; i++)
        assert_int_equal(redo_status(dossier), STATUS_OK);
    OK(store_list_block_decisions(dossier->store, &dossier->arena, dossier->pages[0], &decisions,
                                  &count, &err));
    assert_false(decisions[0].keep);
    OK(store_get_mark(dossier->store, &dossier->arena, 'x', &mark, &err));
}

static void a_new_action_ends_what_could_be_redone(void **state)
{
    struct dossier *dossier = *state;
    OK(put_mark(dossier, 'a', dossier->pages[0], 1));
    OK(put_mark(dossier, 'b', dossier->pages[0], 2));
    assert_undo(dossier, "mark set", dossier->pages[0]);
    OK(put_mark(dossier, 'c', dossier->pages[0], 3));
    assert_int_equal(redo_status(dossier), STATUS_NOT_FOUND);
    assert_int_equal(undo_status(dossier), STATUS_OK);
    assert_int_equal(undo_status(dossier), STATUS_OK);
    assert_int_equal(undo_status(dossier), STATUS_NOT_FOUND);
}

static void the_journal_is_not_endless(void **state)
{
    struct dossier *dossier = *state;
    int steps = 0;
    OK(store_begin(dossier->store, &err));
    for (uint32_t i = 1; i <= 1100; i++)
        OK(put_mark(dossier, 'a', dossier->pages[0], i));
    while (undo_status(dossier) == STATUS_OK)
        steps++;
    OK(store_commit(dossier->store, &err));
    assert_int_equal(steps, 1000);
}

static void an_unknown_article_is_refused(void **state)
{
    struct dossier *dossier = *state;
    struct bookmark bookmark = {.article = 999, .quote = STR("x")};
    assert_int_equal(store_put_bookmark(dossier->store, &bookmark, 1, &err), STATUS_NOT_FOUND);
    assert_int_equal(bookmark.id, 0);
    assert_int_equal(put_mark(dossier, 'a', 999, 1), STATUS_NOT_FOUND);
    assert_int_equal(store_set_read(dossier->store, 999, READ_DONE, 1, &err), STATUS_NOT_FOUND);
}

/* Undo goes back to the place before with the words that stood there. */
static void a_mark_keeps_its_words_over_undo(void **state)
{
    struct dossier *dossier = *state;
    struct bookmark mark = {.article = dossier->pages[0], .start = 3, .quote = STR("old")};
    OK(store_put_mark(dossier->store, 'x', &mark, 1, &err));
    mark.start = 9;
    mark.quote = STR("new");
    OK(store_put_mark(dossier->store, 'x', &mark, 2, &err));
    reopen(dossier);
    OK(store_get_mark(dossier->store, &dossier->arena, 'x', &mark, &err));
    assert_int_equal(mark.start, 9);
    assert_str(mark.quote, STR("new"));
    assert_undo(dossier, "mark set", dossier->pages[0]);
    OK(store_get_mark(dossier->store, &dossier->arena, 'x', &mark, &err));
    assert_int_equal(mark.start, 3);
    assert_str(mark.quote, STR("old"));
}

static void a_visit_tells_what_is_new(void **state)
{
    struct dossier *dossier = *state;
    struct visit visit;
    OK(store_get_visit(dossier->store, &visit, &err));
    assert_int_equal(visit.last, DAY_UNKNOWN);
    assert_int_equal(visit.article, 0);
    assert_int_equal(visit.new_count, 0); /* all would be */
    OK(store_note_visit(dossier->store, 20000, &err));
    OK(put_position(dossier, 1, 5, 1));
    reopen(dossier);
    struct sample more = {.article = dossier->samples[0].article};
    int64_t page;
    more.article.path = STR("another.txt");
    more.article.blocks.count = 0;
    more.article.text = STR("Another page of its own.");
    OK(sample_put(dossier->store, &dossier->people, &more, &page, &err));
    OK(store_get_visit(dossier->store, &visit, &err));
    assert_int_equal(visit.last, 20000);
    assert_int_equal(visit.article, dossier->pages[1]);
    assert_int_equal(visit.new_count, 1);
    OK(store_note_visit(dossier->store, 20001, &err));
    OK(store_get_visit(dossier->store, &visit, &err));
    assert_int_equal(visit.last, 20001);
    assert_int_equal(visit.article, dossier->pages[1]);
    assert_int_equal(visit.new_count, 0);
}

/* ---- changed texts ------------------------------------------------------------------------- */

static void bookmarks_follow_a_changed_text(void **state)
{
    struct dossier *dossier = *state;
    struct sample *sample = &dossier->samples[0];
    struct bookmark kept = bookmark_on(dossier, 0, 30, 40);
    int64_t page;
    OK(store_put_bookmark(dossier->store, &kept, 1, &err));
    str old = sample->article.text;
    struct sample longer = {.article = sample->article};
    longer.article.blocks.count = 0;
    longer.article.text = arena_format(&dossier->arena, "New lead.\n%.*s", STR_ARG(old));
    OK(sample_put(dossier->store, &dossier->people, &longer, &page, &err));
    assert_int_equal(page, dossier->pages[0]);
    struct bookmark found = only_bookmark(dossier, page);
    assert_int_equal(found.state, ANCHOR_MOVED);
    assert_int_equal(found.start, 40);
    assert_int_equal(found.end, 80);
    struct sample other = longer;
    other.article.text = STR("Quite another text.");
    OK(sample_put(dossier->store, &dossier->people, &other, &page, &err));
    assert_int_equal(only_bookmark(dossier, page).state, ANCHOR_LOST);
    /* Nobody is named any more, so nobody is known. */
    dossier->people = (struct sample_people){0};
    /* Deleted now, undone after the old text came back: found again. */
    OK(store_delete_bookmark(dossier->store, kept.id, 1, &err));
    OK(sample_put(dossier->store, &dossier->people, sample, &page, &err));
    assert_undo(dossier, "bookmark deleted", page);
    found = only_bookmark(dossier, page);
    assert_int_equal(found.start, 30);
    assert_true(found.state == ANCHOR_EXACT || found.state == ANCHOR_MOVED);
    /* An anchor that moved does not stand in the way of undo. */
    assert_undo(dossier, "bookmark added", page);
    assert_int_equal(bookmark_count(dossier), 0);
}

/* ---- two sessions -------------------------------------------------------------------------- */

static void two_sessions_write_alternately(void **state)
{
    struct dossier *dossier = *state;
    struct store *other;
    OK(store_open(dossier->path, STORE_READ_WRITE, &other, &err));
    int64_t counter = store_change_counter(dossier->store);
    assert_int_equal(store_change_counter(dossier->store), counter);
    for (uint32_t i = 0; i < 20; i++) {
        struct bookmark bookmark = bookmark_on(dossier, 0, i, 5);
        OK(store_put_bookmark(i % 2 ? other : dossier->store, &bookmark, i, &err));
        assert_int_equal(bookmark.id, i + 1);
    }
    assert_true(store_change_counter(dossier->store) > counter);
    struct store_totals totals;
    OK(store_get_totals(other, &totals, &err));
    assert_int_equal(totals.bookmarks, 20);
    /* The other session's newest step is this one's too. */
    for (int i = 0; i < 20; i++)
        assert_int_equal(undo_status(dossier), STATUS_OK);
    OK(store_get_totals(other, &totals, &err));
    assert_int_equal(totals.bookmarks, 0);
    store_close(other);
}

static void undo_leaves_alone_what_another_session_changed(void **state)
{
    struct dossier *dossier = *state;
    struct store *other;
    struct error ignored;
    OK(store_open(dossier->path, STORE_READ_WRITE, &other, &err));
    OK(put_mark(dossier, 'a', dossier->pages[0], 1));
    OK(put_mark(dossier, 'b', dossier->pages[0], 2));
    /* As by a session whose journal does not know the step: the row differs from the image. */
    OK(store_exec(other, "UPDATE user_mark SET position_byte = 77 WHERE letter = 98", &ignored));
    assert_int_equal(undo_status(dossier), STATUS_BUSY);
    assert_non_null(strstr(err.text, "another session"));
    struct bookmark mark;
    OK(store_get_mark(dossier->store, &dossier->arena, 'b', &mark, &err));
    assert_int_equal(mark.start, 77);
    /* The step is gone; the one before it is undone next. */
    assert_int_equal(undo_status(dossier), STATUS_OK);
    assert_int_equal(store_get_mark(dossier->store, &dossier->arena, 'a', &mark, &err),
                     STATUS_NOT_FOUND);
    assert_int_equal(undo_status(dossier), STATUS_NOT_FOUND);
    store_close(other);
}

static void a_damaged_journal_is_dropped(void **state)
{
    static const char *const damage[] = {
        "UPDATE user_journal SET table_name = 'sqlite_schema'",
        "UPDATE user_journal SET row_key = 'i97'",
        "UPDATE user_journal SET row_key = 't99999999999:x;'",
        "UPDATE user_journal SET row_after = 'i97;i1;'",
        "UPDATE user_journal SET row_after = 'i97;i1;i1;i1;'",
        "UPDATE user_journal SET row_after = 'q;q;q;'",
        "UPDATE user_journal SET row_after = ''",
    };
    struct dossier *dossier = *state;
    for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
        struct bookmark mark;
        OK(put_mark(dossier, 'a', dossier->pages[0], (uint32_t)i));
        OK(store_exec(dossier->store, damage[i], &err));
        assert_int_equal(undo_status(dossier), STATUS_BUSY);
        assert_int_equal(undo_status(dossier), STATUS_NOT_FOUND);
        OK(store_get_mark(dossier->store, &dossier->arena, 'a', &mark, &err));
        assert_int_equal(mark.start, i);
    }
}

#define ON_A_DOSSIER(test) cmocka_unit_test_setup_teardown(test, make_dossier, end_dossier)

static size_t saved_count(struct dossier *dossier, const char *first_name)
{
    const struct saved_search_row *rows;
    struct page_request request = {.limit = 10};
    size_t count;
    OK(store_list_searches(dossier->store, &dossier->arena, &request, &rows, &count, &err));
    if (count)
        assert_str(rows[0].name, str_from(first_name));
    return count;
}

static void saved_searches_are_undone(void **state)
{
    struct dossier *dossier = *state;
    OK(store_put_search(dossier->store, STR("b"), STR("who:x"), 5, &err));
    OK(store_put_search(dossier->store, STR("a"), STR("y"), 6, &err));
    assert_int_equal(saved_count(dossier, "a"), 2);
    OK(store_delete_search(dossier->store, STR("a"), 7, &err));
    assert_int_equal(store_delete_search(dossier->store, STR("a"), 7, &err), STATUS_NOT_FOUND);
    assert_int_equal(store_put_search(dossier->store, STR_NONE, STR("y"), 6, &err),
                     STATUS_BAD_INPUT);
    assert_int_equal(saved_count(dossier, "b"), 1);
    reopen(dossier);
    assert_undo(dossier, "search deleted", 0);
    assert_int_equal(saved_count(dossier, "a"), 2);
    assert_undo(dossier, "search saved", 0);
    assert_undo(dossier, "search saved", 0);
    assert_int_equal(saved_count(dossier, ""), 0);
    assert_redo(dossier, "search saved", 0);
    assert_int_equal(saved_count(dossier, "b"), 1);
}

static void saved_searches_are_renamed_in_one_step(void **state)
{
    struct dossier *dossier = *state;
    str query;
    OK(store_put_search(dossier->store, STR("b"), STR("who:x"), 5, &err));
    OK(store_put_search(dossier->store, STR("a"), STR("y"), 6, &err));
    assert_int_equal(store_rename_search(dossier->store, STR("b"), STR("a"), 7, &err),
                     STATUS_BAD_INPUT);
    assert_int_equal(store_rename_search(dossier->store, STR("c"), STR("d"), 7, &err),
                     STATUS_NOT_FOUND);
    assert_int_equal(saved_count(dossier, "a"), 2);
    OK(store_rename_search(dossier->store, STR("a"), STR("z"), 7, &err));
    assert_int_equal(saved_count(dossier, "b"), 2);
    OK(store_get_search(dossier->store, &dossier->arena, STR("z"), &query, &err));
    assert_str(query, STR("y"));
    reopen(dossier);
    assert_undo(dossier, "search renamed", 0);
    assert_int_equal(saved_count(dossier, "a"), 2);
    assert_redo(dossier, "search renamed", 0);
    assert_int_equal(saved_count(dossier, "b"), 2);
}

static enum read_state read_now(struct dossier *dossier, size_t at)
{
    struct article_query query = {.sort = SORT_DATE};
    struct article_row row;
    OK(store_find_article_row(dossier->store, &dossier->arena, &query, dossier->pages[at], &row,
                              &err));
    return row.read;
}

static void assert_all_read(struct dossier *dossier, enum read_state wanted)
{
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(read_now(dossier, i), wanted);
}

/* Over several transactions and with a change of another step in between. */
static void several_rows_are_one_step(void **state)
{
    struct dossier *dossier = *state;
    int64_t step = 0;
    for (size_t i = 0; i < 2; i++) {
        OK(store_begin(dossier->store, &err));
        store_begin_step(dossier->store, &step, STR("all read"));
        OK(store_set_read(dossier->store, dossier->pages[i], READ_DONE, 1, &err));
        store_end_step(dossier->store);
        OK(store_commit(dossier->store, &err));
        if (i == 0)
            OK(store_set_tags(dossier->store, dossier->pages[0], STR("between"), 1, &err));
    }
    assert_undo(dossier, "tags changed", dossier->pages[0]);
    assert_all_read(dossier, READ_DONE);
    reopen(dossier);
    assert_undo(dossier, "all read", 0);
    assert_all_read(dossier, READ_UNREAD);
    assert_int_equal(undo_status(dossier), STATUS_NOT_FOUND);
    reopen(dossier);
    assert_redo(dossier, "all read", 0);
    assert_all_read(dossier, READ_DONE);
    assert_redo(dossier, "tags changed", dossier->pages[0]);
    assert_int_equal(redo_status(dossier), STATUS_NOT_FOUND);
}

static void of_a_step_only_what_changed_meanwhile_is_left(void **state)
{
    struct dossier *dossier = *state;
    struct store *other;
    int64_t step = 0;
    OK(store_open(dossier->path, STORE_READ_WRITE, &other, &err));
    store_begin_step(dossier->store, &step, STR("all read"));
    for (size_t i = 0; i < 2; i++)
        OK(store_set_read(dossier->store, dossier->pages[i], READ_DONE, 1, &err));
    store_end_step(dossier->store);
    OK(store_note_read(other, dossier->pages[0], READ_STARTED, 2, &err));
    assert_undo(dossier, "all read; 1 of them changed meanwhile and are left as they are", 0);
    assert_int_equal(read_now(dossier, 0), READ_STARTED);
    assert_int_equal(read_now(dossier, 1), READ_UNREAD);
    assert_redo(dossier, "all read", dossier->pages[1]); /* only its row is left of the step */
    assert_int_equal(read_now(dossier, 0), READ_STARTED);
    assert_int_equal(read_now(dossier, 1), READ_DONE);
    store_close(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_A_DOSSIER(reading_is_undone_and_redone),
        ON_A_DOSSIER(the_position_is_kept_but_not_undone),
        ON_A_DOSSIER(bookmarks_are_undone_and_redone),
        ON_A_DOSSIER(blocks_marks_and_tags_are_undone_and_redone),
        ON_A_DOSSIER(a_mark_keeps_its_words_over_undo),
        ON_A_DOSSIER(a_visit_tells_what_is_new),
        ON_A_DOSSIER(a_new_action_ends_what_could_be_redone),
        ON_A_DOSSIER(the_journal_is_not_endless),
        ON_A_DOSSIER(an_unknown_article_is_refused),
        ON_A_DOSSIER(bookmarks_follow_a_changed_text),
        ON_A_DOSSIER(two_sessions_write_alternately),
        ON_A_DOSSIER(undo_leaves_alone_what_another_session_changed),
        ON_A_DOSSIER(a_damaged_journal_is_dropped),
        ON_A_DOSSIER(saved_searches_are_undone),
        ON_A_DOSSIER(saved_searches_are_renamed_in_one_step),
        ON_A_DOSSIER(several_rows_are_one_step),
        ON_A_DOSSIER(of_a_step_only_what_changed_meanwhile_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
