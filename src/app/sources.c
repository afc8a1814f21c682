#include "app/sources.h"

#include <inttypes.h>
#include <time.h>

#include "app/action.h"
#include "app/keymaps.h"
#include "text/url.h"

bool source_is_address(const char *word)
{
    struct arena scratch = {0};
    str url = url_tidy(&scratch, str_from(word));
    bool is_address = url_is_web(url) || url_is_file(url);
    arena_done(&scratch);
    return is_address;
}

static enum status find_number(struct store *store, struct arena *arena, int64_t number,
                               struct address_row *row, struct error *err)
{
    const struct row_key key = {.number = number};
    const struct page_request page = {.from = &key, .inclusive = true, .limit = 1};
    const struct address_row *rows = NULL;
    size_t count = 0;
    enum status status = store_list_addresses(store, arena, &page, &rows, &count, err);
    if (status != STATUS_OK)
        return status;
    if (!count || rows[0].id != number)
        return error_set(err, STATUS_NOT_FOUND,
                         "%" PRId64 ": no source has this number; `dossier sources` lists them",
                         number);
    *row = rows[0];
    return STATUS_OK;
}

enum status source_find(struct store *store, struct arena *arena, const char *word,
                        struct address_row *row, struct error *err)
{
    int64_t number = 0;
    if (str_to_int(str_from(word), &number))
        return find_number(store, arena, number, row, err);
    return store_find_address(store, arena, url_tidy(arena, str_from(word)), row, err);
}

str source_named(struct arena *arena, const char *word, const struct address_row *row)
{
    int64_t number = 0;
    return str_to_int(str_from(word), &number) ? arena_str(arena, address_now(row))
                                               : url_tidy(arena, str_from(word));
}

void source_settings(const struct environment *environment, struct arena *arena,
                     struct update_request *request)
{
    struct keymap keymap;
    struct settings settings;
    struct error ignored = {0};
    keymap_init(&keymap, &action_keymap_names);
    settings_init(&settings);
    (void)!keymaps_read(&keymap, &settings, environment, &ignored);
    update_settings(&settings, arena, request);
    settings_done(&settings);
    keymap_done(&keymap);
}

static void add_time(struct buf *out, int64_t when)
{
    struct tm local;
    time_t seconds = (time_t)when;
    char text[32];
    if (localtime_r(&seconds, &local) && strftime(text, sizeof text, "%Y-%m-%d %H:%M", &local) > 0)
        buf_add(out, str_from(text));
}

/* The message begins with the address, which stands beside it already. */
static str fault_of(const struct address_row *row)
{
    str url = address_now(row), fault = row->visit.fault;
    str rest = str_slice(fault, url.len, fault.len);
    return str_starts(fault, url) && str_starts(rest, STR(": ")) ? str_slice(rest, 2, rest.len)
                                                                 : fault;
}

void source_label(struct buf *out, const struct address_row *row, int64_t now)
{
    const struct address_visit *visit = &row->visit;
    if (visit->wait_until > now) {
        buf_add(out, STR("its server wants to be left alone until "));
        add_time(out, visit->wait_until);
    } else if (visit->fault.len) {
        if (visit->fault_count > 1)
            buf_format(out, "failed %" PRId64 " times; ", visit->fault_count);
        buf_add(out, fault_of(row));
    } else if (!visit->checked) {
        buf_add(out, STR("not read yet"));
    }
}

void source_time(struct buf *out, int64_t when)
{
    if (when)
        add_time(out, when);
    else
        buf_add(out, STR("never"));
}
