#include "store/internal.h"

/* ---- the steps ------------------------------------------------------------------------------
 *
 * A step, once released, never changes: tests/stores/ keeps a file of each. Columns named *_byte
 * are byte offsets; *_day are days since 1970-01-01; NULL is unknown. Texts that sort are NOT NULL,
 * '' where unknown. */

static const char *const step_1[] = {
    /* ---- input as imported ---- */
    "CREATE TABLE source_file("
    "  path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE source_page("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL UNIQUE,"
    "  current_version INTEGER, is_stale INTEGER NOT NULL DEFAULT 1);"
    "CREATE INDEX source_page_stale ON source_page(id) WHERE is_stale = 1;"
    "CREATE TABLE source_version("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  page INTEGER NOT NULL REFERENCES source_page(id),"
    "  hash INTEGER NOT NULL, len INTEGER NOT NULL, format TEXT NOT NULL, given_day INTEGER,"
    "  imported INTEGER NOT NULL, raw BLOB NOT NULL);" /* zlib, or plain when as long as len */
    "CREATE INDEX source_version_hash ON source_version(hash);"
    "CREATE INDEX source_version_page ON source_version(page);",

    /* ---- what is derived from it ---- */
    "CREATE TABLE derived_article("
    "  page INTEGER PRIMARY KEY REFERENCES source_page(id), date_key INTEGER NOT NULL,"
    "  version INTEGER NOT NULL, clean_version INTEGER NOT NULL, analyse_version INTEGER NOT NULL,"
    "  read_state INTEGER NOT NULL, people_count INTEGER NOT NULL,"
    "  basis INTEGER NOT NULL, published_day INTEGER, earliest_day INTEGER, latest_day INTEGER,"
    "  title TEXT NOT NULL COLLATE NOCASE, site TEXT NOT NULL COLLATE NOCASE, path TEXT NOT NULL,"
    "  stated_id TEXT, url TEXT, language TEXT, subtitle TEXT, byline TEXT);"
    "CREATE UNIQUE INDEX derived_article_date ON derived_article(date_key);"
    "CREATE INDEX derived_article_title ON derived_article(title, date_key);"
    "CREATE INDEX derived_article_site ON derived_article(site, date_key);"
    "CREATE INDEX derived_article_people ON derived_article(people_count, date_key);"
    "CREATE INDEX derived_article_read ON derived_article(read_state, date_key);"
    "CREATE INDEX derived_article_unread_title ON derived_article(title, date_key)"
    "  WHERE read_state = 0;"
    "CREATE INDEX derived_article_unread_site ON derived_article(site, date_key)"
    "  WHERE read_state = 0;"
    "CREATE INDEX derived_article_unread_people ON derived_article(people_count, date_key)"
    "  WHERE read_state = 0;"
    "CREATE INDEX derived_article_clean ON derived_article(clean_version);"
    "CREATE INDEX derived_article_analyse ON derived_article(analyse_version);"
    /* The long columns stand alone, so that lists read narrow rows; the order is that of dates. */
    "CREATE TABLE derived_text("
    "  date_key INTEGER PRIMARY KEY, title TEXT NOT NULL, site TEXT NOT NULL, text TEXT NOT NULL,"
    "  search_extra TEXT);"
    "CREATE TABLE derived_block("
    "  page INTEGER NOT NULL, number INTEGER NOT NULL, kind INTEGER NOT NULL,"
    "  start_byte INTEGER NOT NULL, end_byte INTEGER NOT NULL, line INTEGER NOT NULL,"
    "  PRIMARY KEY(page, number)) WITHOUT ROWID;"
    "CREATE TABLE derived_removed("
    "  page INTEGER NOT NULL, number INTEGER NOT NULL, reason INTEGER NOT NULL,"
    "  line INTEGER NOT NULL, before_block INTEGER NOT NULL, rule TEXT, text TEXT,"
    "  PRIMARY KEY(page, number)) WITHOUT ROWID;",

    /* *_order: the counts negated, so that one ascending index gives the most frequent first. They
     * follow the counts at the end of a transaction. */
    "CREATE TABLE derived_entity("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT, kind INTEGER NOT NULL,"
    "  name TEXT NOT NULL COLLATE NOCASE,"
    "  mention_count INTEGER NOT NULL DEFAULT 0, article_count INTEGER NOT NULL DEFAULT 0,"
    "  mention_order INTEGER NOT NULL DEFAULT 0, article_order INTEGER NOT NULL DEFAULT 0,"
    "  doubtful_count INTEGER NOT NULL DEFAULT 0, first_day INTEGER, last_day INTEGER);"
    "CREATE INDEX derived_entity_mentions ON derived_entity(kind, mention_order, name, id);"
    "CREATE INDEX derived_entity_articles ON derived_entity(kind, article_order, name, id);"
    "CREATE INDEX derived_entity_name ON derived_entity(kind, name, id);"
    "CREATE TABLE derived_entity_key("
    "  kind INTEGER NOT NULL, key TEXT NOT NULL, entity INTEGER NOT NULL,"
    "  PRIMARY KEY(kind, key, entity)) WITHOUT ROWID;"
    "CREATE INDEX derived_entity_key_entity ON derived_entity_key(entity);"
    "CREATE TABLE derived_entity_variant("
    "  entity INTEGER NOT NULL, variant TEXT NOT NULL, count INTEGER NOT NULL,"
    "  PRIMARY KEY(entity, variant)) WITHOUT ROWID;"
    /* An entity in an article. */
    "CREATE TABLE derived_appearance("
    "  entity INTEGER NOT NULL, date_key INTEGER NOT NULL, mention_count INTEGER NOT NULL,"
    "  is_doubtful INTEGER NOT NULL, published_day INTEGER, role TEXT, reason TEXT,"
    "  PRIMARY KEY(entity, date_key)) WITHOUT ROWID;"
    "CREATE INDEX derived_appearance_role ON derived_appearance(entity, date_key)"
    "  WHERE role IS NOT NULL;"
    "CREATE TABLE derived_mention("
    "  date_key INTEGER NOT NULL, start_byte INTEGER NOT NULL, end_byte INTEGER NOT NULL,"
    "  entity INTEGER NOT NULL, kind INTEGER NOT NULL, confidence INTEGER NOT NULL,"
    "  rule TEXT, evidence TEXT, PRIMARY KEY(date_key, start_byte)) WITHOUT ROWID;"
    "CREATE INDEX derived_mention_entity ON derived_mention(entity, date_key, start_byte);",

    /* place: first day and, under it, coarse before fine, in one number; the smallest of all
     * for a moment that has no place on the timeline. */
    "CREATE TABLE derived_moment("
    "  date_key INTEGER NOT NULL, number INTEGER NOT NULL, place INTEGER NOT NULL,"
    "  start_byte INTEGER NOT NULL, end_byte INTEGER NOT NULL,"
    "  sentence_start_byte INTEGER NOT NULL, sentence_end_byte INTEGER NOT NULL,"
    "  type INTEGER NOT NULL, certainty INTEGER NOT NULL, first_day INTEGER, last_day INTEGER,"
    "  value TEXT, modifier TEXT, rule TEXT, reference TEXT,"
    "  PRIMARY KEY(date_key, number)) WITHOUT ROWID;"
    "CREATE INDEX derived_moment_time ON derived_moment(place, date_key, number, last_day);"
    "CREATE INDEX derived_moment_article ON derived_moment(date_key, place, number);"
    /* Moments whose sentence names the entity. */
    "CREATE TABLE derived_moment_entity("
    "  entity INTEGER NOT NULL, place INTEGER NOT NULL, date_key INTEGER NOT NULL,"
    "  number INTEGER NOT NULL, PRIMARY KEY(entity, place, date_key, number)) WITHOUT ROWID;"

    "CREATE VIRTUAL TABLE derived_search USING fts5(title, site, text, search_extra,"
    "  content = 'derived_text', content_rowid = 'date_key',"
    "  tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');"
    "INSERT INTO derived_search(derived_search, rank) VALUES('hashsize', 16777216);"
    /* What a list's filter looks at. */
    "CREATE VIRTUAL TABLE derived_filter USING fts5(title, site, path,"
    "  content = 'derived_article', content_rowid = 'date_key', columnsize = 0,"
    "  tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');"
    "CREATE VIRTUAL TABLE derived_entity_search USING fts5(name, forms, columnsize = 0,"
    "  tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');"
    "CREATE TABLE derived_count(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;",

    /* ---- the user's own work ---- */
    "CREATE TABLE user_read("
    "  page INTEGER PRIMARY KEY REFERENCES source_page(id), state INTEGER NOT NULL,"
    "  changed INTEGER NOT NULL);"
    "CREATE TABLE user_position("
    "  page INTEGER PRIMARY KEY REFERENCES source_page(id), position_byte INTEGER NOT NULL,"
    "  changed INTEGER NOT NULL);"
    "CREATE TABLE user_bookmark("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  page INTEGER NOT NULL REFERENCES source_page(id), quote TEXT NOT NULL, prefix TEXT,"
    "  suffix TEXT, note TEXT, tags TEXT, created INTEGER NOT NULL,"
    "  start_byte INTEGER NOT NULL, end_byte INTEGER NOT NULL, state INTEGER NOT NULL);"
    "CREATE INDEX user_bookmark_page ON user_bookmark(page, start_byte);"
    "CREATE TABLE user_block("
    "  page INTEGER NOT NULL REFERENCES source_page(id), block_hash INTEGER NOT NULL,"
    "  keep INTEGER NOT NULL, PRIMARY KEY(page, block_hash)) WITHOUT ROWID;"
    "CREATE TABLE user_mark("
    "  letter INTEGER PRIMARY KEY, page INTEGER NOT NULL REFERENCES source_page(id),"
    "  position_byte INTEGER NOT NULL);"
    "CREATE TABLE user_tag("
    "  page INTEGER PRIMARY KEY REFERENCES source_page(id), tags TEXT NOT NULL);"
    "CREATE TABLE user_publication("
    "  page INTEGER PRIMARY KEY REFERENCES source_page(id), published_day INTEGER,"
    "  earliest_day INTEGER, latest_day INTEGER, changed INTEGER NOT NULL);"
    "CREATE TABLE user_name_correction("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, payload TEXT NOT NULL,"
    "  changed INTEGER NOT NULL);"
    /* Images of a row before and after a step; see journal.c for their form. */
    "CREATE TABLE user_journal("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT, changed INTEGER NOT NULL, label TEXT NOT NULL,"
    "  page INTEGER, table_name TEXT NOT NULL, row_key TEXT NOT NULL, row_before TEXT,"
    "  row_after TEXT, is_undone INTEGER NOT NULL DEFAULT 0);"
    "CREATE INDEX user_journal_undone ON user_journal(id) WHERE is_undone = 1;",
    NULL,
};

/* Dates: what the timeline asks for. Names: corrections, roles. Text: spans, links, outlets. Search
 * and lists: watched targets, saved searches, copies. */
static const char *const step_2[] = {
    /* ---- dates ---- */
    /* publication */
    "CREATE TABLE derived_similar("
    "  key INTEGER NOT NULL, page INTEGER NOT NULL, PRIMARY KEY(key, page)) WITHOUT ROWID;"
    "CREATE INDEX derived_similar_page ON derived_similar(page, key);"
    /* What the text alone says; derived_article has what is shown. */
    "CREATE TABLE derived_undated("
    "  page INTEGER PRIMARY KEY, basis INTEGER NOT NULL, earliest_day INTEGER,"
    "  latest_day INTEGER, is_waiting INTEGER NOT NULL);"
    "CREATE INDEX derived_undated_waiting ON derived_undated(page) WHERE is_waiting = 1;"
    /* The histogram: dated statements that lie within one day, week, month, year, and articles
     * published on a day or in a month. */
    "CREATE TABLE derived_bucket("
    "  scale INTEGER NOT NULL, bucket INTEGER NOT NULL, statement_count INTEGER NOT NULL,"
    "  article_count INTEGER NOT NULL, PRIMARY KEY(scale, bucket)) WITHOUT ROWID;"
    "CREATE INDEX derived_bucket_published ON derived_bucket(bucket, article_count)"
    "  WHERE scale = 0 AND article_count > 0;"
    "INSERT INTO derived_bucket SELECT s.scale, scale_bucket(s.scale, m.first_day) AS bucket,"
    "  count(*), 0 FROM derived_moment m, (SELECT 0 AS scale UNION ALL SELECT 1 UNION ALL SELECT 2"
    "  UNION ALL SELECT 3) s WHERE m.place > -9223372036854775807"
    "  AND scale_bucket(s.scale, m.first_day) = scale_bucket(s.scale, m.last_day) GROUP BY 1, 2;"
    "INSERT INTO derived_bucket SELECT s.scale, scale_bucket(s.scale, a.published_day) AS bucket,"
    "  0, count(*) FROM derived_article a, (SELECT 0 AS scale UNION ALL SELECT 2) s"
    "  WHERE a.published_day IS NOT NULL GROUP BY 1, 2 ON CONFLICT(scale, bucket)"
    "  DO UPDATE SET article_count = excluded.article_count;"
    /* Statements with one day: their words, and where those stand in the index. */
    "CREATE TABLE derived_statement("
    "  date_key INTEGER NOT NULL, number INTEGER NOT NULL, day INTEGER NOT NULL, words BLOB,"
    "  keys BLOB, PRIMARY KEY(date_key, number)) WITHOUT ROWID;"
    "CREATE TABLE derived_statement_key("
    "  key INTEGER NOT NULL, date_key INTEGER NOT NULL, number INTEGER NOT NULL,"
    "  PRIMARY KEY(key, date_key, number)) WITHOUT ROWID;"
    /* Said before on the same day: folded under the first. */
    "CREATE TABLE derived_twin("
    "  date_key INTEGER NOT NULL, number INTEGER NOT NULL, leader_date_key INTEGER NOT NULL,"
    "  leader_number INTEGER NOT NULL, PRIMARY KEY(date_key, number)) WITHOUT ROWID;"
    "CREATE INDEX derived_twin_leader"
    "  ON derived_twin(leader_date_key, leader_number, date_key, number);"
    /* The same act on another day; each pair stands in both directions. */
    "CREATE TABLE derived_contradiction("
    "  date_key INTEGER NOT NULL, number INTEGER NOT NULL, other_date_key INTEGER NOT NULL,"
    "  other_number INTEGER NOT NULL,"
    "  PRIMARY KEY(date_key, number, other_date_key, other_number)) WITHOUT ROWID;",

    /* ---- names ---- */
    /* Forms of names as articles write them (state: enum form_state), the keys they are found by,
     * and which one an article has. */
    "DROP TABLE derived_entity_key;"
    "CREATE TABLE derived_form("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT, kind INTEGER NOT NULL, text TEXT NOT NULL,"
    "  state INTEGER NOT NULL, head INTEGER NOT NULL, entity INTEGER NOT NULL);"
    "CREATE UNIQUE INDEX derived_form_text ON derived_form(kind, text);"
    "CREATE INDEX derived_form_entity ON derived_form(entity);"
    "CREATE TABLE derived_form_key("
    "  kind INTEGER NOT NULL, key TEXT NOT NULL, form INTEGER NOT NULL,"
    "  PRIMARY KEY(kind, key, form)) WITHOUT ROWID;"
    "CREATE INDEX derived_form_key_form ON derived_form_key(form);"
    "ALTER TABLE derived_appearance ADD COLUMN form INTEGER;"
    "CREATE INDEX derived_appearance_form ON derived_appearance(form, date_key)"
    "  WHERE form IS NOT NULL;",

    /* corrections */
    /* linked: whom the linker named where a correction decided otherwise, 0 where it saw no name;
     * NULL: the same as entity. correction: the last one that decided. Mentions that are no names
     * stand in derived_rejected. */
    "ALTER TABLE derived_mention ADD COLUMN linked INTEGER;"
    "ALTER TABLE derived_mention ADD COLUMN correction INTEGER;"
    "CREATE INDEX derived_mention_linked ON derived_mention(linked) WHERE linked IS NOT NULL;"
    "CREATE INDEX derived_mention_correction ON derived_mention(correction, date_key)"
    "  WHERE correction IS NOT NULL;"
    "CREATE TABLE derived_rejected("
    "  date_key INTEGER NOT NULL, start_byte INTEGER NOT NULL, end_byte INTEGER NOT NULL,"
    "  entity INTEGER NOT NULL, kind INTEGER NOT NULL, confidence INTEGER NOT NULL,"
    "  rule TEXT, evidence TEXT, linked INTEGER, correction INTEGER,"
    "  PRIMARY KEY(date_key, start_byte)) WITHOUT ROWID;"
    "CREATE INDEX derived_rejected_linked ON derived_rejected(linked);"
    "CREATE INDEX derived_rejected_correction ON derived_rejected(correction, date_key);"
    /* What the linker says of the entities of an article in which something was corrected. */
    "CREATE TABLE derived_linked("
    "  date_key INTEGER NOT NULL, entity INTEGER NOT NULL, is_doubtful INTEGER NOT NULL,"
    "  role TEXT, reason TEXT, form INTEGER, PRIMARY KEY(date_key, entity)) WITHOUT ROWID;"
    /* An entity that a correction made: the linker takes it when it meets that name. */
    "ALTER TABLE derived_entity ADD COLUMN is_made INTEGER NOT NULL DEFAULT 0;"
    /* By what corrections are found: article and stated id are '' for those that hold everywhere.
     * state: see enum correction_state. */
    "CREATE TABLE derived_correction("
    "  id INTEGER PRIMARY KEY, verb INTEGER NOT NULL, kind INTEGER NOT NULL,"
    "  name TEXT NOT NULL COLLATE NOCASE, to_kind INTEGER NOT NULL,"
    "  to_name TEXT NOT NULL COLLATE NOCASE, article TEXT NOT NULL, stated TEXT NOT NULL,"
    "  state INTEGER NOT NULL);"
    "CREATE INDEX derived_correction_name ON derived_correction(kind, name, id)"
    "  WHERE article = '';"
    "CREATE INDEX derived_correction_within ON derived_correction(kind, name)"
    "  WHERE article <> '';"
    "CREATE INDEX derived_correction_to ON derived_correction(to_kind, to_name);"
    "CREATE INDEX derived_correction_article ON derived_correction(article) WHERE article <> '';"
    "CREATE INDEX derived_correction_stated ON derived_correction(stated) WHERE stated <> '';"
    "CREATE INDEX user_name_correction_payload ON user_name_correction(payload);"
    "CREATE INDEX derived_article_stated ON derived_article(stated_id)"
    "  WHERE stated_id IS NOT NULL;",
    /* What is new of an entity: appearances in versions imported after the newest one that was
     * there when the reader last looked at it. */
    "ALTER TABLE derived_appearance ADD COLUMN version INTEGER NOT NULL DEFAULT 0;"
    "CREATE INDEX derived_appearance_version ON derived_appearance(entity, version, "
    "mention_count);",
    "CREATE INDEX derived_entity_doubtful ON derived_entity(kind, mention_order, id)"
    "  WHERE doubtful_count > 0;"
    "CREATE TABLE user_seen("
    "  kind INTEGER NOT NULL, name TEXT NOT NULL COLLATE NOCASE, version INTEGER NOT NULL,"
    "  changed INTEGER NOT NULL, PRIMARY KEY(kind, name)) WITHOUT ROWID;",

    /* ---- text ---- */
    /* Emphasis and links; target: the address of a link. */
    "CREATE TABLE derived_span("
    "  page INTEGER NOT NULL, number INTEGER NOT NULL, kind INTEGER NOT NULL,"
    "  start_byte INTEGER NOT NULL, end_byte INTEGER NOT NULL, target TEXT,"
    "  PRIMARY KEY(page, number)) WITHOUT ROWID;",
    /* Which pages of an outlet have a line; outlet and line are hashes. Lines that were found to be
     * furniture stand in a table of their own and no longer here. */
    "CREATE TABLE derived_outlet("
    "  outlet INTEGER PRIMARY KEY, line_count INTEGER NOT NULL);"
    "CREATE TABLE derived_outlet_line("
    "  outlet INTEGER NOT NULL, line_hash INTEGER NOT NULL, page INTEGER NOT NULL,"
    "  PRIMARY KEY(outlet, line_hash, page)) WITHOUT ROWID;"
    "CREATE INDEX derived_outlet_line_page ON derived_outlet_line(outlet, page);"
    "CREATE TABLE derived_outlet_furniture("
    "  outlet INTEGER NOT NULL, line_hash INTEGER NOT NULL,"
    "  PRIMARY KEY(outlet, line_hash)) WITHOUT ROWID;"
    /* The reader's rules: this line of this outlet is always kept, or always cut. */
    "CREATE TABLE user_outlet_rule("
    "  site TEXT NOT NULL COLLATE NOCASE, block_hash INTEGER NOT NULL, keep INTEGER NOT NULL,"
    "  text TEXT NOT NULL, PRIMARY KEY(site, block_hash)) WITHOUT ROWID;"
    /* What a page says of itself. */
    "ALTER TABLE derived_article ADD COLUMN updated_day INTEGER;"
    "ALTER TABLE derived_article ADD COLUMN canonical TEXT;",

    /* ---- search and lists ---- */
    "CREATE INDEX derived_article_undated ON derived_article(date_key)"
    "  WHERE published_day IS NULL;"
    "CREATE TABLE user_search(name TEXT PRIMARY KEY, query TEXT NOT NULL) WITHOUT ROWID;"
    /* places */
    /* What stood where a mark was set, for the day on which the text has changed. It is no part of
     * a step: undo finds the text of the place that it goes back to. */
    "CREATE TABLE user_mark_text("
    "  letter INTEGER NOT NULL, page INTEGER NOT NULL REFERENCES source_page(id),"
    "  position_byte INTEGER NOT NULL, quote TEXT NOT NULL, prefix TEXT, suffix TEXT,"
    "  PRIMARY KEY(letter, page, position_byte)) WITHOUT ROWID;"
    /* One row. page: the last one that there was; article: the last one that was read. */
    "CREATE TABLE user_visit("
    "  id INTEGER PRIMARY KEY CHECK(id = 1), visit_day INTEGER, page INTEGER NOT NULL,"
    "  article INTEGER);",

    /* bookmarks */
    "ALTER TABLE user_bookmark ADD COLUMN score INTEGER NOT NULL DEFAULT 100;"
    "CREATE INDEX derived_article_url ON derived_article(url) WHERE url IS NOT NULL;",
    /* Near-duplicates (copies.c); place: day, then what the text is. */
    "CREATE TABLE derived_copy("
    "  page INTEGER PRIMARY KEY, place INTEGER NOT NULL, sketch BLOB NOT NULL);"
    "CREATE TABLE derived_copy_band("
    "  band INTEGER NOT NULL, place INTEGER NOT NULL, page INTEGER NOT NULL,"
    "  PRIMARY KEY(band, place, page)) WITHOUT ROWID;"
    "ALTER TABLE derived_article ADD COLUMN copy_of INTEGER;" /* page */
    "CREATE INDEX derived_article_copies ON derived_article(copy_of, date_key)"
    "  WHERE copy_of IS NOT NULL;"
    "CREATE INDEX derived_article_copied ON derived_article(date_key) WHERE copy_of IS NOT NULL;"
    "CREATE INDEX derived_article_folded ON derived_article(date_key) WHERE copy_of IS NULL;"
    "CREATE INDEX derived_article_folded_title ON derived_article(title, date_key)"
    "  WHERE copy_of IS NULL;"
    "CREATE INDEX derived_article_folded_site ON derived_article(site, date_key)"
    "  WHERE copy_of IS NULL;"
    "CREATE INDEX derived_article_folded_people ON derived_article(people_count, date_key)"
    "  WHERE copy_of IS NULL;"
    "CREATE INDEX derived_article_folded_read ON derived_article(read_state, date_key)"
    "  WHERE copy_of IS NULL;"
    /* Steps of several rows. */
    "ALTER TABLE user_journal ADD COLUMN step INTEGER NOT NULL DEFAULT 0;"
    "UPDATE user_journal SET step = id;"
    "DROP INDEX user_journal_undone;"
    "CREATE INDEX user_journal_step ON user_journal(is_undone, step, id);",

    NULL,
};

/* Sources, the addresses that are read again; the watch list; what is known of places,
 * files and outlets. */
static const char *const step_3[] = {
    /* ---- sources ---- */
    "CREATE TABLE source_address("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE, full_text INTEGER NOT NULL,"
    "  added INTEGER NOT NULL);"
    /* What came of asking for it: what is known of its content, and what went wrong last. It stays
     * when the address is taken away, in case it comes back. */
    "CREATE TABLE source_visit("
    "  url TEXT PRIMARY KEY, etag TEXT, modified TEXT, hash INTEGER, title TEXT,"
    "  checked INTEGER NOT NULL, changed INTEGER NOT NULL, wait_until INTEGER NOT NULL,"
    "  fault TEXT, fault_count INTEGER NOT NULL) WITHOUT ROWID;"
    /* Items of feeds whose pages were fetched or refused; hash: what the feed said of them then. */
    "CREATE TABLE source_item("
    "  path TEXT PRIMARY KEY, hash INTEGER NOT NULL) WITHOUT ROWID;",
    /* ---- watch list ---- */
    /* kind: enum target_kind; value: names as "KIND NUMBER NAME" a line, a query, a tag. version:
     * the newest one that there was when the reader last looked; what came after it is new. */
    "CREATE TABLE user_watch("
    "  slot INTEGER PRIMARY KEY, kind INTEGER NOT NULL, value TEXT NOT NULL, first_day INTEGER,"
    "  last_day INTEGER, version INTEGER NOT NULL, changed INTEGER NOT NULL);"
    "CREATE INDEX derived_article_version ON derived_article(version);",
    /* ---- places ---- */
    /* What stood where reading stopped, for the day on which the text has changed. */
    "ALTER TABLE user_position ADD COLUMN quote TEXT;"
    "ALTER TABLE user_position ADD COLUMN prefix TEXT;"
    "ALTER TABLE user_position ADD COLUMN suffix TEXT;",
    /* ---- the time of a page's file ---- */
    "ALTER TABLE source_version ADD COLUMN seen_day INTEGER;",
    /* ---- outlets ---- */
    /* Outlets with a new rule whose articles before this key it has not reached yet. */
    "CREATE TABLE derived_outlet_wait("
    "  site TEXT COLLATE NOCASE PRIMARY KEY, before INTEGER NOT NULL) WITHOUT ROWID;",
    /* ---- words ---- */
    /* The full-text tables by a tokenizer that folds more letters; see tokenizer.c. */
    "DROP TABLE derived_search;"
    "CREATE VIRTUAL TABLE derived_search USING fts5(title, site, text, search_extra,"
    "  content = 'derived_text', content_rowid = 'date_key', tokenize = 'folded', prefix = '2 3');"
    "INSERT INTO derived_search(derived_search, rank) VALUES('hashsize', 16777216);"
    "INSERT INTO derived_search(derived_search) VALUES('rebuild');",
    "DROP TABLE derived_filter;"
    "CREATE VIRTUAL TABLE derived_filter USING fts5(title, site, path,"
    "  content = 'derived_article', content_rowid = 'date_key', columnsize = 0,"
    "  tokenize = 'folded', prefix = '1 2 3');"
    "INSERT INTO derived_filter(derived_filter) VALUES('rebuild');",
    "ALTER TABLE derived_entity_search RENAME TO derived_entity_words;"
    "CREATE VIRTUAL TABLE derived_entity_search USING fts5(name, forms, columnsize = 0,"
    "  tokenize = 'folded suffixes', prefix = '1 2 3');"
    "INSERT INTO derived_entity_search(rowid, name, forms)"
    "  SELECT rowid, name, forms FROM derived_entity_words;"
    "DROP TABLE derived_entity_words;",

    /* ---- lists ---- */
    /* Bytes of the text: how long an article is, and how far it was read. */
    "ALTER TABLE derived_article ADD COLUMN text_len INTEGER NOT NULL DEFAULT 0;"
    "UPDATE derived_article SET text_len = coalesce((SELECT length(CAST(t.text AS BLOB))"
    "  FROM derived_text t WHERE t.date_key = derived_article.date_key), 0);"
    "CREATE INDEX derived_article_len ON derived_article(text_len, date_key);"
    "CREATE INDEX derived_article_unread_len ON derived_article(text_len, date_key)"
    "  WHERE read_state = 0;"
    "CREATE INDEX derived_article_folded_len ON derived_article(text_len, date_key)"
    "  WHERE copy_of IS NULL;",

    NULL,
};

/* What version 4 adds. */
static const char *const step_4[] = {
    /* ---- sources that moved ---- */
    /* Where the address is asked for since it moved there for good; its articles keep its name. */
    "ALTER TABLE source_visit ADD COLUMN moved TEXT;"
    "CREATE INDEX source_visit_moved ON source_visit(moved) WHERE moved IS NOT NULL;",

    NULL,
};

/* What version 5 adds. */
static const char *const step_5[] = {
    /* The tokenizer parts words from scripts without spaces and passes over points and vowel signs:
     * what was indexed before would neither be found nor be deleted. */
    "INSERT INTO derived_search(derived_search) VALUES('rebuild');"
    "INSERT INTO derived_filter(derived_filter) VALUES('rebuild');"
    "INSERT INTO derived_entity_search(derived_entity_search) VALUES('rebuild');",

    NULL,
};

/* steps[i] brings schema i to i + 1: pieces of SQL up to NULL. */
static const char *const *const steps[] = {step_1, step_2, step_3, step_4, step_5};

int schema_version(void)
{
    return (int)(sizeof steps / sizeof *steps);
}

/* ---- running them -------------------------------------------------------------------------- */

static enum status read_version(struct store *store, int64_t *version, struct error *err)
{
    struct query query;
    query_begin(&query, store, "PRAGMA user_version", err);
    return query_number(&query, 0, version);
}

/* One step, unless another session made it meanwhile. */
static enum status run_step(struct store *store, int64_t from, struct error *err)
{
    int64_t version;
    enum status status = store_exec(store, "BEGIN IMMEDIATE", err);
    if (status != STATUS_OK)
        return status;
    status = read_version(store, &version, err);
    if (status == STATUS_OK && version == from) {
        struct buf mark = BUF_INIT;
        buf_format(&mark, "PRAGMA user_version = %lld", (long long)from + 1);
        for (const char *const *piece = steps[from]; *piece && status == STATUS_OK; piece++)
            status = store_exec(store, *piece, err);
        if (status == STATUS_OK)
            status = store_exec(store, buf_c(&mark), err);
        buf_done(&mark);
    }
    if (status == STATUS_OK)
        status = store_exec(store, "COMMIT", err);
    if (status != STATUS_OK)
        store_rollback(store);
    return status;
}

enum status schema_migrate(struct store *store, struct error *err)
{
    int64_t version;
    enum status status = read_version(store, &version, err);
    if (status == STATUS_OK && version == 0) {
        /* Alone and first: a new file is known as a dossier from its first page on. */
        struct buf mark = BUF_INIT;
        buf_format(&mark, "PRAGMA application_id = %d", STORE_APPLICATION_ID);
        status = store_exec(store, buf_c(&mark), err);
        buf_done(&mark);
    }
    while (status == STATUS_OK && version < schema_version()) {
        status = run_step(store, version, err);
        if (status == STATUS_OK)
            status = read_version(store, &version, err);
    }
    return status;
}
