#include "app/update.h"

#include "base/map.h"
#include "base/memory.h"
#include "base/vec.h"
#include "text/url.h"

/* The longest that a server can make itself left alone: a week. */
enum { WAIT_MILLISECONDS = 100, WAIT_LIMIT_SECONDS = 7 * 86400 };

/* An address that is read, and what came of it so far. */
struct source {
    int64_t id;
    str url;   /* its name, */
    str asked; /* and where it is asked for */
    bool full_text;
    struct address_visit visit;       /* as it is kept; becomes what will be */
    bool is_public;                   /* it came from a public host */
    bool is_incomplete;               /* some of it may come another time: all is read again then */
    size_t item_count, pending_count; /* pages of items that are fetched; and not yet there */
    size_t fault_count;
    struct error fault; /* the first */
};

/* What is asked for: a source, or the page of an item. */
struct errand {
    size_t place; /* in update->errands */
    struct source *source;
    bool is_item;
    struct arena arena;
    struct page page; /* what the feed says of the item */
    int64_t hash;     /* of that */
};

struct update {
    const struct update_request *request;
    const struct import_listener *listener;
    struct import_totals *totals;
    struct error *err;
    struct store *store;
    struct import *import;
    struct fetch_queue *queue;
    struct arena arena;
    struct map by_url;            /* addresses that are sources of this run */
    VEC(struct errand *) errands; /* NULL where one is done */
    struct errand *current;       /* what is being imported */
    enum status status;           /* of what a callback wrote */
};

/* ---- telling --------------------------------------------------------------------------------- */

static void on_progress(void *context, const struct import_totals *totals, bool finished)
{
    const struct update *update = context;
    if (update->listener->progress)
        update->listener->progress(update->listener->context, totals, finished);
}

/* Asked between pages: meanwhile the network goes on. */
static bool on_cancelled(void *context)
{
    const struct update *update = context;
    fetch_queue_work(update->queue);
    return update->listener->cancelled && update->listener->cancelled(update->listener->context);
}

static void note_fault(struct source *source, const struct error *err)
{
    if (source->fault_count++ == 0)
        source->fault = *err;
}

static void on_failed(void *context, const struct error *err)
{
    struct update *update = context;
    if (update->current)
        note_fault(update->current->source, err);
    else if (update->listener->failed)
        update->listener->failed(update->listener->context, err);
}

static void on_noted(void *context, const struct error *note)
{
    struct update *update = context;
    if (update->listener->noted)
        update->listener->noted(update->listener->context, note);
}

/* ---- what is asked for ----------------------------------------------------------------------- */

static struct errand *errand_new(struct update *update, struct source *source)
{
    struct errand *errand = memory_new(1, sizeof *errand);
    errand->source = source;
    errand->place = update->errands.count;
    vec_push(&update->arena, &update->errands, errand);
    update->totals->files_total++;
    return errand;
}

static void errand_free(struct update *update, struct errand *errand)
{
    if (!errand)
        return;
    update->errands.items[errand->place] = NULL;
    arena_done(&errand->arena);
    memory_free(errand);
}

/* `named`: the address by which the user names it, or STR_NONE. By its old one it is
 * asked there. */
static void add_source(struct update *update, const struct address_row *row, str named)
{
    if (map_find(&update->by_url, row->url))
        return;
    struct source *source = arena_new(&update->arena, struct source);
    str *const texts[] = {&source->url,         &source->visit.etag,  &source->visit.modified,
                          &source->visit.title, &source->visit.fault, &source->visit.moved};
    source->id = row->id;
    source->url = row->url;
    source->visit = row->visit;
    source->full_text = row->full_text || update->request->full_text_anyway;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = texts[i]->len ? arena_str(&update->arena, *texts[i]) : STR_NONE;
    (void)map_put(&update->by_url, source->url, 0);
    source->asked =
        source->visit.moved.len && !str_equal(named, row->url) ? source->visit.moved : source->url;
    const struct fetch_request asked = {.url = source->asked,
                                        .etag = source->visit.etag,
                                        .modified = source->visit.modified,
                                        .is_given = true,
                                        .context = errand_new(update, source)};
    fetch_queue_add(update->queue, &asked, false);
}

/* Pages of items are no harm to a site that has more than one connection, but they are many: the
 * queue spaces them out, and robots.txt holds for them. */
static void add_item(struct update *update, struct source *source, const struct page *page,
                     int64_t hash)
{
    struct errand *errand = errand_new(update, source);
    errand->is_item = true;
    errand->page = *page;
    errand->hash = hash;
    str *const texts[] = {&errand->page.path, &errand->page.raw,    &errand->page.format,
                          &errand->page.id,   &errand->page.url,    &errand->page.title,
                          &errand->page.site, &errand->page.byline, &errand->page.language};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = texts[i]->ptr ? arena_str(&errand->arena, *texts[i]) : STR_NONE;
    errand->page.body = STR_NONE;
    source->item_count++;
    source->pending_count++;
    const struct fetch_request asked = {
        .url = errand->page.url, .from_public = source->is_public, .context = errand};
    fetch_queue_add(update->queue, &asked, true);
}

/* ---- what the pages lead to ------------------------------------------------------------------ */

/* A list of feeds was read. */
static bool take_feed(struct update *update, const struct page *page)
{
    struct arena scratch = {0};
    struct address_row row;
    bool is_new = false;
    enum status status =
        store_put_address(update->store, page->url, update->current->source->full_text,
                          environment_now(), &is_new, update->err);
    if (status == STATUS_OK)
        status = store_find_address(update->store, &scratch, page->url, &row, update->err);
    if (status == STATUS_OK && is_new && page->title.len) {
        row.visit.title = page->title;
        status = store_note_visited(update->store, page->url, &row.visit, update->err);
    }
    if (status == STATUS_OK)
        add_source(update, &row, STR_NONE);
    else
        update->status = status;
    arena_done(&scratch);
    return true;
}

static int64_t item_hash(const struct page *page)
{
    struct buf text = BUF_INIT;
    buf_format(&text, "%.*s\n%.*s\n", STR_ARG(page->url), STR_ARG(page->title));
    buf_add(&text, page->raw);
    int64_t hash = (int64_t)str_hash(buf_str(&text));
    buf_done(&text);
    return hash;
}

static bool on_found(void *context, const struct page *page)
{
    struct update *update = context;
    struct source *source = update->current->source;
    bool known = false;
    if (update->status != STATUS_OK || update->current->is_item)
        return false;
    if (page->kind == PAGE_FEED)
        return take_feed(update, page);
    if (!source->full_text || source->item_count >= UPDATE_ITEM_LIMIT || !url_is_web(page->url))
        return false;
    int64_t hash = item_hash(page);
    update->status = store_item_is_known(update->store, page->path, hash, &known, update->err);
    update->totals->unchanged += known;
    if (!known && update->status == STATUS_OK)
        add_item(update, source, page, hash);
    return true;
}

/* ---- the end of a source --------------------------------------------------------------------- */

static void tell_fault(struct update *update, struct source *source)
{
    struct error told = source->fault;
    if (source->fault_count > 1)
        (void)!error_set(&told, STATUS_IO, "%.*s: %zu of its articles failed; the first: %.300s",
                         STR_ARG(source->url), source->fault_count, source->fault.text);
    source->visit.fault = arena_str(&update->arena, str_from(told.text));
    if (update->listener->failed)
        update->listener->failed(update->listener->context, &told);
}

static enum status end_source(struct update *update, struct source *source)
{
    struct address_visit *visit = &source->visit;
    visit->checked = environment_now();
    visit->fault = STR_NONE;
    visit->fault_count = source->fault_count ? visit->fault_count + 1 : 0;
    if (source->fault_count)
        tell_fault(update, source);
    if (source->is_incomplete) {
        visit->etag = visit->modified = STR_NONE;
        visit->hash = 0;
    }
    enum status status = import_open(update->import);
    if (status == STATUS_OK)
        status = store_note_visited(update->store, source->url, visit, update->err);
    return status;
}

/* ---- addresses that moved -------------------------------------------------------------------- */

static void tell_move(struct update *update, const struct source *source, const char *what)
{
    struct error note;
    (void)!error_path(&note, STATUS_OK, source->asked.ptr, what);
    on_noted(update, &note);
}

/* What is a source already under its new address is one source only. *is_double: so it was. */
static enum status join_source(struct update *update, struct source *source, str url,
                               bool *is_double)
{
    struct arena scratch = {0};
    struct address_row other;
    int64_t now = environment_now();
    enum status status = store_find_address(update->store, &scratch, url, &other, update->err);
    *is_double = status == STATUS_OK && other.id != source->id;
    if (status == STATUS_NOT_FOUND) {
        *update->err = (struct error){0};
        status = STATUS_OK;
    }
    if (*is_double) {
        status = store_drop_address(update->store, source->id, now, update->err);
        if (status == STATUS_NOT_FOUND) /* another session did so meanwhile */
            status = STATUS_OK;
        if (status == STATUS_OK && source->full_text)
            status = store_put_address(update->store, url, true, now, NULL, update->err);
        tell_move(update, source,
                  arena_format(&scratch,
                               "it has moved for good to %.*s, which is a source already and the "
                               "only one from now on",
                               STR_ARG(url))
                      .ptr);
    }
    arena_done(&scratch);
    return status;
}

/* Where the source is asked for from now on, after an answer. *is_double: it is no source more. */
static enum status note_move(struct update *update, struct source *source,
                             const struct fetch_answer *answer, bool *is_double)
{
    str before = source->visit.moved;
    *is_double = false;
    if (!answer->for_good) {
        if (str_equal(source->asked, source->url))
            source->visit.moved = STR_NONE;
        return STATUS_OK;
    }
    bool is_back = str_equal(answer->url, source->url);
    source->visit.moved = is_back ? STR_NONE : arena_str(&update->arena, answer->url);
    if (is_back || str_equal(before, answer->url))
        return STATUS_OK;
    enum status status = join_source(update, source, answer->url, is_double);
    if (status == STATUS_OK && !*is_double) {
        struct arena scratch = {0};
        tell_move(update, source,
                  arena_format(&scratch,
                               "it has moved for good to %.*s and is asked there from now on",
                               STR_ARG(answer->url))
                      .ptr);
        arena_done(&scratch);
    }
    return status;
}

/* ---- answers --------------------------------------------------------------------------------- */

/* Imports bytes for the current errand; what a callback could not write counts as well. */
static enum status put(struct update *update, const struct import_bytes *given, bool *whole)
{
    int64_t before = update->totals->imported + update->totals->changed;
    enum status status = import_put(update->import, given, whole);
    if (update->totals->imported + update->totals->changed > before)
        update->current->source->visit.changed = environment_now();
    return status == STATUS_OK ? update->status : status;
}

static enum status put_source(struct update *update, struct source *source,
                              const struct fetch_answer *answer)
{
    struct address_visit *visit = &source->visit;
    int64_t hash = (int64_t)str_hash(answer->bytes);
    const struct import_bytes given = {.path = source->url,
                                       .url = answer->url,
                                       .bytes = answer->bytes,
                                       .media = answer->media,
                                       .charset = answer->charset};
    bool whole = true, same = visit->hash == hash && answer->bytes.len;
    enum status status = STATUS_OK;
    source->is_public = answer->is_public;
    visit->hash = hash;
    visit->etag = arena_str(&update->arena, answer->etag);
    visit->modified = arena_str(&update->arena, answer->modified);
    update->totals->unchanged += same;
    if (!same)
        status = put(update, &given, &whole);
    source->is_incomplete |= !whole;
    return status;
}

static enum status take_source(struct update *update, struct source *source,
                               const struct fetch_answer *answer)
{
    enum status status = STATUS_OK;
    bool is_double = false;
    source->visit.wait_until = 0;
    if (answer->outcome != FETCH_FAILED)
        status = note_move(update, source, answer, &is_double);
    if (status != STATUS_OK || is_double)
        return status;
    if (answer->outcome == FETCH_FAILED) {
        update->totals->failed++;
        note_fault(source, &answer->fault);
        if (answer->wait_seconds > 0)
            source->visit.wait_until =
                environment_now() + (answer->wait_seconds < WAIT_LIMIT_SECONDS
                                         ? answer->wait_seconds
                                         : WAIT_LIMIT_SECONDS);
    } else if (answer->outcome == FETCH_UNCHANGED) {
        update->totals->unchanged++;
    } else {
        status = put_source(update, source, answer);
    }
    return status == STATUS_OK && source->pending_count == 0 ? end_source(update, source) : status;
}

/* What the feed itself said of the item; of a mere link nothing. */
static enum status put_summary(struct update *update, const struct errand *errand)
{
    const struct import_bytes given = {
        .path = errand->page.path, .url = errand->page.url, .bytes = errand->page.raw};
    bool whole;
    return errand->page.kind == PAGE_LINK ? STATUS_OK : put(update, &given, &whole);
}

static enum status put_item(struct update *update, struct errand *errand,
                            const struct fetch_answer *answer)
{
    const struct import_bytes given = {.path = errand->page.path,
                                       .url = answer->url,
                                       .bytes = answer->bytes,
                                       .media = answer->media,
                                       .charset = answer->charset,
                                       .facts = &errand->page};
    bool whole = true;
    enum status status = put(update, &given, &whole);
    return status == STATUS_OK && !whole ? put_summary(update, errand) : status;
}

static enum status take_item(struct update *update, struct errand *errand,
                             const struct fetch_answer *answer)
{
    struct source *source = errand->source;
    bool is_settled = answer->outcome == FETCH_DONE || answer->is_lasting;
    enum status status;
    if (answer->outcome == FETCH_DONE) {
        status = put_item(update, errand, answer);
    } else {
        update->totals->failed++;
        note_fault(source, &answer->fault);
        status = put_summary(update, errand);
    }
    source->is_incomplete |= !is_settled;
    if (status == STATUS_OK)
        status = import_open(update->import);
    if (status == STATUS_OK && is_settled)
        status = store_note_item(update->store, errand->page.path, errand->hash, update->err);
    source->pending_count--;
    return status == STATUS_OK && source->pending_count == 0 ? end_source(update, source) : status;
}

static enum status take_answer(struct update *update, const struct fetch_answer *answer)
{
    struct errand *errand = answer->context;
    update->current = errand;
    enum status status = errand->is_item ? take_item(update, errand, answer)
                                         : take_source(update, errand->source, answer);
    update->current = NULL;
    update->totals->files_seen++;
    errand_free(update, errand);
    /* Nothing is kept open while the network is waited for. */
    return status == STATUS_OK ? import_keep(update->import) : status;
}

/* ---- settings -------------------------------------------------------------------------------- */

void update_settings(const struct settings *settings, struct arena *arena,
                     struct update_request *request)
{
    struct buf contact = BUF_INIT;
    for (const char *at = settings->texts[SETTING_CONTACT]; *at; at++)
        if (*at >= ' ' && *at <= '~')
            buf_add_byte(&contact, *at);
    str agent = arena_format(arena, "dossier/%s%s%s%s", DOSSIER_VERSION, contact.len ? " (+" : "",
                             buf_c(&contact), contact.len ? ")" : "");
    buf_done(&contact);
    request->full_text_anyway = settings->numbers[SETTING_FULL_TEXT] != 0;
    request->network = (struct fetch_queue_settings){
        .fetch = {.agent = agent.ptr,
                  .seconds = settings->numbers[SETTING_FETCH_TIMEOUT],
                  .limit_len = (size_t)settings->numbers[SETTING_FETCH_LIMIT] << 20},
        .product = STR("dossier"),
        .delay_milliseconds = settings->numbers[SETTING_FETCH_DELAY]};
}

/* ---- an update ------------------------------------------------------------------------------- */

/* Makes the address a source, or one with full texts, where it is to be that. */
static enum status add_address(struct update *update, str url, str named)
{
    struct arena scratch = {0};
    struct address_row row;
    enum status status = store_put_address(update->store, url, update->request->full_text,
                                           environment_now(), NULL, update->err);
    if (status == STATUS_OK)
        status = store_find_address(update->store, &scratch, url, &row, update->err);
    if (status == STATUS_OK)
        add_source(update, &row, named);
    arena_done(&scratch);
    return status;
}

static enum status add_named(struct update *update)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < update->request->url_count; i++) {
        struct arena scratch = {0};
        str url = url_tidy(&scratch, str_from(update->request->urls[i]));
        status = add_address(update, url, url);
        arena_done(&scratch);
    }
    return status;
}

/* All but those whose servers want to be left alone for now. */
static enum status add_all(struct update *update)
{
    struct row_key last = {0};
    struct page_request page = {.limit = 500};
    int64_t now = environment_now();
    enum status status = STATUS_OK;
    for (size_t count = 1; status == STATUS_OK && count > 0;) {
        struct arena scratch = {0};
        const struct address_row *rows = NULL;
        status = store_list_addresses(update->store, &scratch, &page, &rows, &count, update->err);
        for (size_t i = 0; status == STATUS_OK && i < count; i++) {
            if (rows[i].visit.wait_until <= now)
                status = add_address(update, rows[i].url, STR_NONE);
            last = rows[i].key;
        }
        page.from = &last;
        arena_done(&scratch);
    }
    return status;
}

static enum status run_queue(struct update *update)
{
    enum status status = STATUS_OK;
    while (status == STATUS_OK && fetch_queue_count(update->queue) > 0) {
        struct fetch_answer answer;
        if (on_cancelled(update))
            status = error_set(update->err, STATUS_CANCELLED, "update: stopped before the end");
        else if (fetch_queue_next(update->queue, WAIT_MILLISECONDS, &answer))
            status = take_answer(update, &answer);
        import_tell(update->import);
    }
    return status;
}

enum status update_run(const struct pipeline *pipeline, struct store *store,
                       const struct update_request *request, const struct import_listener *listener,
                       struct import_totals *totals, struct error *err)
{
    struct update update = {
        .request = request, .listener = listener, .totals = totals, .err = err, .store = store};
    const struct import_listener own = {.progress = on_progress,
                                        .failed = on_failed,
                                        .noted = on_noted,
                                        .cancelled = on_cancelled,
                                        .found = on_found,
                                        .context = &update};
    enum status status = fetch_queue_new(&request->network, &update.queue, err);
    if (status != STATUS_OK)
        return status;
    map_init(&update.by_url, &update.arena);
    update.import = import_begin(pipeline, store, &request->import, &own, totals, err);
    status = request->urls ? add_named(&update) : add_all(&update);
    if (status == STATUS_OK)
        status = run_queue(&update);
    status = import_end(update.import, status);
    fetch_queue_free(update.queue);
    for (size_t i = 0; i < update.errands.count; i++)
        errand_free(&update, update.errands.items[i]);
    arena_done(&update.arena);
    return status;
}
