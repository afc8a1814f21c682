#include "store/newsboat.h"

#include <sqlite3.h>
#include <stdint.h>
#include <string.h>

#include "base/memory.h"
#include "store/internal.h"

/* As a pragma prints it. */
#define STORE_APPLICATION_TEXT "1148154729"
/* Bytes of one value; an article's page is never larger. */
enum { VALUE_LIMIT_LEN = 32 << 20, HEADER_LEN = 100 };

struct feed_items {
    sqlite3 *db;
    sqlite3_stmt *rows;
    char *copy; /* of the bytes, where they had to be changed */
    int code;
    const char *wrong;
};

/* ---- opening ------------------------------------------------------------------------------- */

/* Where the header says that there is a log, SQLite looks for it, and there is none in memory: what
 * the main file holds is whole without it, as of the last time the log was written back. */
static unsigned char *without_log(struct feed_items *items, str bytes)
{
    enum { WRITE_VERSION = 18, READ_VERSION = 19, LEGACY = 1 };
    unsigned char *start = (unsigned char *)(uintptr_t)bytes.ptr; /* opened for reading only */
    if (bytes.len < HEADER_LEN || start[READ_VERSION] == LEGACY)
        return start;
    items->copy = memory_new(bytes.len, 1);
    memcpy(items->copy, bytes.ptr, bytes.len);
    items->copy[WRITE_VERSION] = items->copy[READ_VERSION] = LEGACY;
    return (unsigned char *)items->copy;
}

static int open_database(struct feed_items *items, str bytes)
{
    static const struct {
        int option, value;
    } options[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
        {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    };
    int code =
        sqlite3_open_v2(":memory:", &items->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    for (size_t i = 0; code == SQLITE_OK && i < sizeof options / sizeof *options; i++)
        code = sqlite3_db_config(items->db, options[i].option, options[i].value, (int *)NULL);
    if (code == SQLITE_OK)
        code = sqlite3_deserialize(items->db, "main", without_log(items, bytes),
                                   (sqlite3_int64)bytes.len, (sqlite3_int64)bytes.len,
                                   SQLITE_DESERIALIZE_READONLY);
    if (code == SQLITE_OK) {
        (void)sqlite3_limit(items->db, SQLITE_LIMIT_LENGTH, VALUE_LIMIT_LEN);
        (void)sqlite3_limit(items->db, SQLITE_LIMIT_ATTACHED, 0);
        code = sqlite3_exec(items->db, "PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON",
                            NULL, NULL, NULL);
    }
    return code;
}

_Static_assert(STORE_APPLICATION_ID == 1148154729, "the text and the number are the same");

/* One text that a query gives is this one. */
static bool says(struct feed_items *items, const char *sql, const char *expected)
{
    sqlite3_stmt *statement = NULL;
    bool same = false;
    items->code = sqlite3_prepare_v2(items->db, sql, -1, &statement, NULL);
    if (items->code == SQLITE_OK) {
        items->code = sqlite3_step(statement);
        const unsigned char *text =
            items->code == SQLITE_ROW ? sqlite3_column_text(statement, 0) : NULL;
        same = text && strcmp((const char *)text, expected) == 0;
    }
    (void)sqlite3_finalize(statement);
    return same;
}

/* The rows, by what the versions of newsboat have in them: the newest first. */
static void find_rows(struct feed_items *items)
{
#define ROWS(type, flags, shown)                                                                   \
    "SELECT i.id, f.title, i.feedurl, i.guid, i.url, i.title, i.author, i.content, " type          \
    ", " flags                                                                                     \
    ", i.pubDate, i.unread = 0 FROM rss_item i LEFT JOIN rss_feed f ON f.rssurl = i.feedurl" shown \
    " ORDER BY i.id"
    static const char *const statements[] = {
        ROWS("i.content_mime_type", "i.flags", " WHERE i.deleted = 0"),
        ROWS("''", "i.flags", " WHERE i.deleted = 0"),
        ROWS("''", "''", ""),
    };
    items->code = SQLITE_ERROR;
    for (size_t i = 0; items->code == SQLITE_ERROR && i < sizeof statements / sizeof *statements;
         i++)
        items->code = sqlite3_prepare_v2(items->db, statements[i], -1, &items->rows, NULL);
}

static struct feed_items *open_items(str bytes)
{
    struct feed_items *items = memory_new(1, sizeof *items);
    items->code = open_database(items, bytes);
    if (items->code != SQLITE_OK)
        return items;
    if (!says(items,
              "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
              " AND name IN ('rss_item', 'rss_feed') AND sql NOT LIKE 'CREATE VIRTUAL%'",
              "2")) {
        if (items->code == SQLITE_ROW)
            items->wrong = says(items, "PRAGMA application_id", STORE_APPLICATION_TEXT)
                               ? "a dossier; open it with `dossier FILE`"
                               : "an SQLite database of another program; of these only newsboat's "
                                 "cache.db is read";
        return items;
    }
    if (says(items, "PRAGMA quick_check(1)", "ok"))
        find_rows(items);
    else if (items->code == SQLITE_ROW)
        items->code = SQLITE_CORRUPT;
    return items;
}

static void close_items(struct feed_items *items)
{
    (void)sqlite3_finalize(items->rows);
    (void)sqlite3_close(items->db);
    memory_free(items->copy);
    memory_free(items);
}

/* ---- rows ---------------------------------------------------------------------------------- */

static str text_at(struct feed_items *items, struct arena *arena, int column)
{
    const unsigned char *text = sqlite3_column_text(items->rows, column);
    int len = sqlite3_column_bytes(items->rows, column);
    return text && len > 0 ? arena_str(arena, (str){(const char *)text, (size_t)len}) : STR_NONE;
}

static const char *reason_of(const struct feed_items *items)
{
    switch (items->code & 0xFF) {
    case SQLITE_NOTADB:
        return "it is no SQLite database";
    case SQLITE_CORRUPT:
        return "the database is damaged; let newsboat mend it, or restore a copy";
    case SQLITE_TOOBIG:
        return "the database holds an article larger than the limit of 32 MB";
    case SQLITE_ERROR:
        return "its tables are not those of a version of newsboat that is known";
    default:
        return "the database cannot be read";
    }
}

static enum status next_item(struct feed_items *items, struct arena *arena, struct feed_item *item,
                             const char **wrong)
{
    if (items->rows)
        items->code = sqlite3_step(items->rows);
    if (items->rows && items->code == SQLITE_DONE)
        return STATUS_NOT_FOUND;
    if (!items->rows || items->code != SQLITE_ROW) {
        *wrong = items->wrong ? items->wrong : reason_of(items);
        return STATUS_BAD_INPUT;
    }
    *item = (struct feed_item){.number = sqlite3_column_int64(items->rows, 0),
                               .published = sqlite3_column_int64(items->rows, 10),
                               .is_read = sqlite3_column_int(items->rows, 11) != 0};
    str *const texts[] = {&item->feed,    &item->feed_address, &item->id,
                          &item->address, &item->title,        &item->author,
                          &item->content, &item->type,         &item->flags};
    for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++)
        *texts[i] = text_at(items, arena, i + 1);
    return STATUS_OK;
}

const struct feed_item_reader newsboat_reader = {open_items, next_item, close_items};
