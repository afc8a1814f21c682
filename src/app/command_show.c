/* dossier show */
#include "app/action.h"
#include "app/article_json.h"
#include "app/keymaps.h"
#include "app/label.h"
#include "app/output.h"
#include "app/report.h"
#include "ingest/format.h"
#include "text/url.h"
#include "tui/terminal.h"

/* ---- which article ------------------------------------------------------------------------- */

enum { CANDIDATES_TOLD = 5, CANDIDATE_LIMIT = 200 };

/* Several articles fit the words: names the first of them by number. */
static enum status complain_several(struct report *report, str words,
                                    const struct article_row *rows, size_t count)
{
    struct buf names = BUF_INIT;
    for (size_t i = 0; i < count && i < CANDIDATES_TOLD; i++)
        buf_format(&names, "%s%lld %.*s", i ? "; " : "", (long long)rows[i].id,
                   STR_ARG(str_slice(rows[i].title, 0, 40)));
    enum status status =
        error_set(&report->err, STATUS_USAGE, "%.*s: several articles fit; give a number: %s%s",
                  STR_ARG(words), buf_c(&names), count > CANDIDATES_TOLD ? "; …" : "");
    buf_done(&names);
    return status;
}

/* The only one, or the only one that is called just so; NULL. */
static const struct article_row *take_fitting(const struct article_row *rows, size_t count,
                                              str words)
{
    const struct article_row *found = count == 1 ? rows : NULL;
    for (size_t i = 0, named = 0; i < count && count > 1; i++)
        if (str_equal_ascii_fold(rows[i].title, words))
            found = named++ ? NULL : &rows[i];
    return found;
}

static enum status find_by_words(struct report *report, str words, int64_t *id)
{
    struct article_query query = {
        .sort = SORT_DATE, .descending = true, .search = SEARCH_HEAD_WORDS(words)};
    struct page_request request = {.limit = CANDIDATE_LIMIT};
    const struct article_row *rows = NULL;
    size_t count = 0;
    enum status status = store_list_articles(report->store, &report->arena, &query, &request, &rows,
                                             &count, &report->err);
    if (status != STATUS_OK)
        return status;
    if (count == 0)
        return error_set(&report->err, STATUS_NOT_FOUND,
                         "%.*s: no article has that number or title; `dossier list` shows them",
                         STR_ARG(words));
    const struct article_row *row = take_fitting(rows, count, words);
    if (!row)
        return complain_several(report, words, rows, count);
    *id = row->id;
    return STATUS_OK;
}

static enum status find_article(struct report *report, str words, struct stored_article *article)
{
    int64_t id = 0;
    enum status status = STATUS_NOT_FOUND;
    if (str_to_int(words, &id))
        status = store_get_article(report->store, &report->arena, id, article, &report->err);
    if (status != STATUS_NOT_FOUND)
        return status;
    status = find_by_words(report, words, &id);
    if (status == STATUS_OK)
        status = store_get_article(report->store, &report->arena, id, article, &report->err);
    return status;
}

/* ---- how it is shown ----------------------------------------------------------------------- */

static enum status show_json(struct report *report, const struct stored_article *stored)
{
    struct json json;
    json_init(&json, &report->line);
    json_object_begin(&json);
    json_field_number(&json, "article", stored->id);
    article_json_head(&json, &stored->article);
    struct point_counter counter = {.text = stored->article.text};
    json_name(&json, "entities");
    json_array_begin(&json);
    for (size_t i = 0; i < stored->mention_count; i++) {
        const struct stored_mention *mention = &stored->mentions[i];
        article_json_mention(&json, &counter, &mention->mention);
        article_json_entity(&json, mention->mention.kind, mention->entity, mention->name);
        json_object_end(&json);
    }
    json_array_end(&json);
    article_json_dates(&json, stored->article.text, &stored->moments);
    json_object_end(&json);
    buf_add_byte(&report->line, '\n');
    return output_raw(buf_str(&report->line));
}

static enum status show_raw(struct report *report, int64_t id)
{
    struct source_page source = {0};
    enum status status = store_get_source(report->store, &report->arena, id, &source, &report->err);
    if (status != STATUS_OK)
        return status;
    return output_text(page_shown(&report->arena, source.raw));
}

static void add_removed(struct report *report, const struct removed_block *removed)
{
    str line = arena_format(&report->arena, "- [%s] %.*s", removal_reason_name(removed->reason),
                            STR_ARG(removed->text));
    report_text(report, line, 0);
}

static void add_field(struct report *report, const char *name, str value)
{
    if (value.len)
        report_text(report, arena_format(&report->arena, "%s: %.*s", name, STR_ARG(value)), 0);
}

/* Whether addresses on standard output lead to where they say (OSC 8). */
static bool has_links(const struct report *report)
{
    struct keymap keymap;
    struct settings settings;
    struct error ignored = {0};
    if (report->columns == 0 || !report->environment->term ||
        !terminal_can_link(report->environment->term))
        return false;
    keymap_init(&keymap, &action_keymap_names);
    settings_init(&settings);
    enum status read = keymaps_read(&keymap, &settings, report->environment, &ignored);
    bool wanted = settings.numbers[SETTING_HYPERLINKS] != 0;
    (void)read; /* mistakes in the configuration are told by the reader */
    settings_done(&settings);
    keymap_done(&keymap);
    return wanted;
}

static enum status show_address(struct report *report, str url)
{
    if (!url_is_web(url) || !has_links(report)) {
        add_field(report, "Address", url);
        return STATUS_OK;
    }
    enum status status = output_text(buf_str(&report->line));
    buf_clear(&report->line);
    struct buf line = BUF_INIT;
    buf_format(&line, "Address: \033]8;;%.*s\033\\%.*s\033]8;;\033\\\n", STR_ARG(url),
               STR_ARG(url));
    if (status == STATUS_OK)
        status = output_raw(buf_str(&line)); /* an address of the web is plain ASCII */
    buf_done(&line);
    return status;
}

static enum status show_text(struct report *report, const struct stored_article *stored)
{
    const struct article *article = &stored->article;
    bool with_removed = arguments_has(report->arguments, OPTION_REMOVED);
    struct buf published = BUF_INIT;
    label_publication_long(&published, &article->published);
    add_field(report, "Title", article->title);
    add_field(report, "Outlet", article->site);
    add_field(report, "Byline", article->byline);
    add_field(report, "Published", buf_str(&published));
    buf_clear(&published);
    if (article->updated != DAY_UNKNOWN)
        day_add(&published, article->updated);
    add_field(report, "Updated", buf_str(&published));
    buf_done(&published);
    enum status status =
        show_address(report, article->canonical.len ? article->canonical : article->url);
    if (status != STATUS_OK)
        return status;
    size_t removed = 0;
    for (size_t i = 0; i <= article->blocks.count; i++) {
        for (; with_removed && removed < article->removed.count &&
               article->removed.items[removed].before <= i;
             removed++)
            add_removed(report, &article->removed.items[removed]);
        if (i == article->blocks.count)
            break;
        if (!article_code_goes_on(article, i))
            buf_add_byte(&report->line, '\n');
        const struct block *block = &article->blocks.items[i];
        report_text(report, str_slice(article->text, block->start, block->end), 0);
    }
    return output_text(buf_str(&report->line));
}

int command_show(const struct environment *environment, const struct arguments *arguments)
{
    struct report report;
    struct stored_article article = {0};
    struct buf words = BUF_INIT;
    enum status status = report_begin(&report, environment, arguments);
    arguments_join(arguments, 0, &words);
    if (status == STATUS_OK)
        status = find_article(&report, buf_str(&words), &article);
    if (status == STATUS_OK && arguments_has(arguments, OPTION_RAW))
        status = show_raw(&report, article.id);
    else if (status == STATUS_OK && report.json)
        status = show_json(&report, &article);
    else if (status == STATUS_OK)
        status = show_text(&report, &article);
    buf_done(&words);
    return report_end(&report, status);
}
