#include "app/articles_bulk.h"

#include "app/label.h"
#include "app/query.h"
#include "app/session.h"
#include "app/tags.h"

/* Articles in one transaction. */
enum { BULK_BATCH = 200 };

/* ---- the changes --------------------------------------------------------------------------- */

static enum status set_read(struct store *store, struct bulk_job *job,
                            const struct article_row *article, struct error *err)
{
    return store_set_read(store, article->id, job->change == BULK_READ ? READ_DONE : READ_UNREAD,
                          job->when, err);
}

/* The article's tags without those of the job, in their order; those follow when they are to be
 * there and one of them is missing. */
static enum status set_tags(struct store *store, struct bulk_job *job,
                            const struct article_row *article, struct error *err)
{
    struct buf tags = BUF_INIT;
    str rest = article->tags;
    for (str tag = tags_next(&rest); tag.len; tag = tags_next(&rest))
        if (job->change == BULK_TAG || !tags_have(job->tag, tag))
            tags_add(&tags, tag);
    rest = job->tag;
    for (str tag = tags_next(&rest); job->change == BULK_TAG && tag.len; tag = tags_next(&rest))
        if (!tags_have(buf_str(&tags), tag))
            tags_add(&tags, tag);
    enum status status = store_set_tags(store, article->id, buf_str(&tags), job->when, err);
    buf_done(&tags);
    return status;
}

static const struct bulk_kind {
    const char *before, *after; /* of "37 articles" in the question */
    const char *done;           /* after "37 articles " */
    bool wants_tag;
    enum status (*change)(struct store *store, struct bulk_job *job,
                          const struct article_row *article, struct error *err);
} kinds[BULK_COUNT] = {
    [BULK_READ] = {"mark ", " read? y/n", "marked as read", false, set_read},
    [BULK_UNREAD] = {"mark ", " unread? y/n", "marked unread", false, set_read},
    [BULK_TAG] = {"tag ", " with: ", "tagged", true, set_tags},
    [BULK_UNTAG] = {"take from ", " the tags: ", "untagged", true, set_tags},
};

/* ---- a part -------------------------------------------------------------------------------- */

static enum status change_batch(struct store *store, struct bulk_job *job,
                                const struct article_row *articles, size_t count, struct error *err)
{
    enum status status = store_begin(store, err);
    if (status != STATUS_OK)
        return status;
    store_begin_step(store, &job->step, job->label);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = kinds[job->change].change(store, job, &articles[i], err);
    store_end_step(store);
    if (status == STATUS_OK)
        status = store_commit(store, err);
    if (status != STATUS_OK)
        store_rollback(store);
    return status;
}

static const char *noun(int64_t count)
{
    return count == 1 ? "article" : "articles";
}

/* "37 articles" */
static void add_total(struct buf *out, const struct bulk_job *job)
{
    label_count(out, job->total, job->search.root != NULL);
    buf_format(out, " %s", noun(job->total));
}

static void end(struct session *session)
{
    struct bulk_job *job = &session->bulk;
    arena_done(&job->arena);
    *job = (struct bulk_job){0};
    session_changed(session);
}

void bulk_stop(struct session *session)
{
    struct bulk_job *job = &session->bulk;
    const char *done = kinds[job->change].done;
    int64_t seen = job->seen;
    if (!job->runs)
        return;
    end(session);
    session_say(session, "stopped: %lld %s %s; {undo} takes it back", (long long)seen, noun(seen),
                done);
}

static void tell(struct session *session, bool ended)
{
    struct bulk_job *job = &session->bulk;
    struct buf total = BUF_INIT;
    const char *done = kinds[job->change].done;
    int64_t seen = job->seen;
    add_total(&total, job);
    if (ended) {
        end(session);
        session_say(session, "%lld %s %s; {undo} takes it back", (long long)seen, noun(seen), done);
    } else {
        session_say(session, "%lld of %s %s; {cancel} stops", (long long)seen, buf_c(&total), done);
    }
    buf_done(&total);
}

void bulk_go_on(struct session *session)
{
    struct bulk_job *job = &session->bulk;
    struct arena scratch = {0};
    struct error err = {0};
    const struct article_row *articles = NULL;
    size_t count = 0;
    if (!job->runs)
        return;
    struct page_request request = {.from = job->seen ? &job->at : NULL, .limit = BULK_BATCH};
    enum status status = store_list_articles(session->store, &scratch, &job->query, &request,
                                             &articles, &count, &err);
    if (status == STATUS_OK && count)
        status = change_batch(session->store, job, articles, count, &err);
    if (status == STATUS_OK && count) {
        job->at = (struct row_key){.number = articles[count - 1].key.number};
        job->seen += (int64_t)count;
    }
    arena_done(&scratch);
    if (status == STATUS_OK) {
        tell(session, count < BULK_BATCH);
    } else {
        end(session);
        session_check(session, status, &err);
    }
}

/* ---- the question -------------------------------------------------------------------------- */

static void begin(struct session *session)
{
    struct bulk_job *job = &session->bulk;
    struct buf count = BUF_INIT;
    add_total(&count, job);
    job->label = arena_format(&job->arena, "%s %s", buf_c(&count), kinds[job->change].done);
    job->when = session_now();
    job->runs = true;
    buf_done(&count);
    bulk_go_on(session);
}

static void answered(struct session *session, key_code key)
{
    if (key == 'y' || key == 'Y')
        begin(session);
    else
        session_say(session, "nothing was changed");
}

static void tag_given(struct session *session, str text)
{
    session->bulk.tag = arena_str(&session->bulk.arena, str_trim(text));
    if (session->bulk.tag.len)
        begin(session);
    else
        session_say(session, "nothing was changed");
}

static enum status read_query(struct session *session, struct bulk_job *job, str filter,
                              struct error *err)
{
    enum status status = STATUS_OK;
    if (filter.len)
        status = query_parse(&job->arena, filter, QUERY_LIST, &job->search, NULL, err);
    job->query = (struct article_query){.sort = SORT_DATE, .descending = true};
    job->query.search = job->search.root ? &job->search : NULL;
    if (status == STATUS_OK)
        status = store_count_articles(session->store, &job->query, &job->total, err);
    return status;
}

void bulk_ask(struct session *session, enum bulk_change change, str filter)
{
    struct bulk_job *job = &session->bulk;
    struct error err = {0};
    struct buf count = BUF_INIT, text = BUF_INIT;
    if (job->runs) {
        session_complain(session, "one such change runs already; {cancel} stops it");
        return;
    }
    if (!session_can_write(session))
        return;
    arena_done(&job->arena);
    *job = (struct bulk_job){.change = change};
    if (!session_check(session, read_query(session, job, filter, &err), &err))
        return;
    if (job->total == 0) {
        session_say(session, "no article here to change");
        return;
    }
    add_total(&count, job);
    buf_format(&text, "%s%s%s", kinds[change].before, buf_c(&count), kinds[change].after);
    struct question question = {.label = arena_str(&job->arena, buf_str(&text)).ptr,
                                .complete = session_complete_tags,
                                .accepted = tag_given};
    if (kinds[change].wants_tag) {
        session_ask(session, &question, STR_NONE);
    } else {
        session_say(session, "%s", buf_c(&text));
        session_want_key(session, answered);
    }
    buf_done(&count);
    buf_done(&text);
}
