/* A folder of Markdown (CommonMark, with the [[links]], ^blocks and ==marks== of Obsidian):
 * articles/, people/, days/ and passages.md, linked with each other. Texts of pages are escaped,
 * and never become a path. */
#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "app/export.h"
#include "app/label.h"
#include "app/markdown.h"
#include "base/ascii.h"
#include "base/file.h"
#include "base/map.h"
#include "text/gate.h"

/* The first lines of every file that is ours to replace, and the file that marks the folder. */
#define MARK "---\nmade-by: dossier export\n"
#define MARK_FILE ".dossier-export"

enum { INDEX_ROWS = 100 };

struct vault {
    const char *folder;
    struct buf file;  /* the one being written */
    struct buf index; /* index.md */
    day first, last;  /* of the day's file being written */
    bool has_day;
    struct arena arena;
    struct map written; /* paths of the files of this run */
};

/* ---- text ---------------------------------------------------------------------------------- */

/* Text in which nothing is Markdown. `at_start`: it begins a line. */
static void add_text(struct buf *out, str text, bool at_start)
{
    struct buf safe = BUF_INIT;
    bool only_digits = true;
    size_t line = 0; /* bytes of the line so far */
    gate_add(&safe, text, GATE_MANY_LINES);
    for (size_t i = 0; i < safe.len; i++) {
        char byte = safe.ptr[i];
        bool starts = at_start && line == 0;
        if (starts && (byte == ' ' || byte == '\t'))
            continue; /* an indent would mean something */
        bool lists = (starts && (byte == '+' || byte == '-')) ||
                     (at_start && line > 0 && only_digits && (byte == '.' || byte == ')'));
        if (lists || strchr("\\`*_[]<>#|~$%^=&{}!", byte))
            buf_add_byte(out, '\\');
        buf_add_byte(out, byte == '\n' ? ' ' : byte);
        only_digits = (line == 0 || only_digits) && ascii_is_digit(byte);
        line++;
    }
    buf_done(&safe);
}

/* A link shows what the page says; what would end it early is no link. */
static void add_link(struct buf *out, str target, str shown)
{
    struct buf safe = BUF_INIT;
    gate_add(&safe, shown, GATE_ONE_LINE);
    bool fits = safe.len > 0;
    for (size_t i = 0; i < safe.len; i++)
        fits = fits && !strchr("[]|<>\\`*_#^", safe.ptr[i]);
    if (fits)
        buf_format(out, "[[%.*s|%.*s]]", STR_ARG(target), STR_ARG(buf_str(&safe)));
    else
        buf_format(out, "[[%.*s]] ", STR_ARG(target));
    if (!fits)
        add_text(out, shown, false);
    buf_done(&safe);
}

/* A line of the front matter: YAML takes the strings of JSON. */
static void add_field(struct buf *out, const char *name, str text)
{
    struct json json;
    if (!text.len)
        return;
    buf_format(out, "%s: ", name);
    json_init(&json, out);
    json_text(&json, text);
    buf_add_byte(out, '\n');
}

static void add_day_field(struct buf *out, const char *name, day number)
{
    if (number == DAY_UNKNOWN)
        return;
    buf_format(out, "%s: ", name);
    day_add(out, number);
    buf_add_byte(out, '\n');
}

/* A list of words that stand parted by `parted`. */
static void add_list_field(struct buf *out, const char *name, str words, str parted)
{
    struct json json;
    if (!words.len)
        return;
    buf_format(out, "%s: ", name);
    json_init(&json, out);
    json_array_begin(&json);
    for (size_t start = 0; start < words.len;) {
        size_t end = str_find(words, parted, start);
        end = end == STR_MISSING ? words.len : end;
        json_text(&json, str_slice(words, start, end));
        start = end + parted.len;
    }
    json_array_end(&json);
    buf_add_byte(out, '\n');
}

static void add_article_path(struct buf *out, int64_t id, str title)
{
    buf_add(out, STR("articles/"));
    export_add_file_name(out, title, "article", id);
}

static void add_person_path(struct buf *out, int64_t id, str name)
{
    buf_add(out, STR("people/"));
    export_add_file_name(out, name, "person", id);
}

/* Writes vault->file as PATH.md, unless a file is there that is not ours. One that holds the same
 * already keeps its time: what synchronises the folder has nothing to do. */
static enum status write_file(struct export *export, str path)
{
    struct vault *vault = export->own;
    struct error *err = &export->report->err;
    struct buf full = BUF_INIT;
    bool is_same = false;
    buf_format(&full, "%s/%.*s.md", vault->folder, STR_ARG(path));
    enum status status =
        export_check_ours(buf_c(&full), STR(MARK), buf_str(&vault->file), &is_same, err);
    if (status == STATUS_OK && !is_same)
        status = file_replace_soon(buf_c(&full), buf_str(&vault->file), err);
    (void)map_put(&vault->written, arena_str(&vault->arena, buf_str(&full)), 1);
    buf_done(&full);
    return status;
}

/* ---- articles ------------------------------------------------------------------------------ */

/* What stands before a block. */
static const char *const block_signs[BLOCK_KIND_COUNT] = {
    [BLOCK_TITLE] = "# ", [BLOCK_HEADING] = "## ", [BLOCK_LIST_ITEM] = "- ", [BLOCK_QUOTE] = "> "};

static bool has_anchor(enum block_kind kind)
{
    return kind != BLOCK_TITLE && kind != BLOCK_HEADING && kind != BLOCK_PREFORMATTED;
}

/* "articles/name" and, where the place has one, "#^b7". */
static enum status add_passage_path(struct export *export, struct buf *out, int64_t id, uint32_t at)
{
    enum status status = export_read_article(export, id);
    if (status != STATUS_OK)
        return status;
    const struct article *article = &export->article.article;
    size_t block = export_block_of(export, at);
    add_article_path(out, id, label_title(article->title, article->path));
    if (block < article->blocks.count && has_anchor(article->blocks.items[block].kind))
        buf_format(out, "#^b%zu", block + 1);
    return STATUS_OK;
}

/* [shown](<address>): bytes that would end the address are percent-encoded. */
static void add_web_link(struct buf *out, str target, str shown)
{
    buf_add_byte(out, '[');
    add_text(out, shown, false);
    buf_add(out, STR("](<"));
    for (size_t i = 0; i < target.len; i++) {
        unsigned char byte = (unsigned char)target.ptr[i];
        if (byte <= ' ' || byte >= 0x7f || strchr("<>\\", byte))
            buf_format(out, "%%%02X", byte);
        else
            buf_add_byte(out, (char)byte);
    }
    buf_add(out, STR(">)"));
}

static void add_segment(struct buf *out, str text, const struct export_segment *segment,
                        bool at_start)
{
    const struct export_link *link = segment->link;
    struct buf path = BUF_INIT;
    if (link && link->entity) {
        add_person_path(&path, link->entity, link->name);
    } else if (link) {
        buf_add(&path, STR("days/"));
        export_add_days(&path, link->first, link->last);
    }
    if (link)
        add_link(out, buf_str(&path), text);
    else if (segment->target.len)
        add_web_link(out, segment->target, text);
    else
        add_text(out, text, at_start);
    buf_done(&path);
}

/* The reader's passages stand between == and ==. */
static void add_linked(struct export *export, struct buf *out, const struct block *block,
                       struct export_text *text)
{
    struct export_segment segment;
    bool marked = false;
    export_begin_block(export, text, block);
    for (uint32_t first = text->at; export_next_segment(text, &segment);) {
        if ((segment.passage != 0) != marked)
            buf_add(out, STR("=="));
        marked = segment.passage != 0;
        add_segment(out, str_slice(export->article.article.text, segment.start, segment.end),
                    &segment, segment.start == first && !marked);
    }
    if (marked)
        buf_add(out, STR("=="));
}

static void add_preformatted(struct buf *out, str text)
{
    struct buf safe = BUF_INIT;
    gate_add(&safe, text, GATE_MANY_LINES);
    str rest = buf_str(&safe);
    for (str line; str_next_line(&rest, &line);)
        buf_format(out, "    %.*s\n", STR_ARG(line));
    buf_done(&safe);
}

static enum status add_blocks(struct export *export, struct buf *out)
{
    const struct article *article = &export->article.article;
    struct export_text text;
    enum status status = export_text_begin(export, 1u << SPAN_LINK, &text);
    for (size_t i = 0; status == STATUS_OK && i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.items[i];
        if (!article_code_goes_on(article, i))
            buf_add_byte(out, '\n');
        if (block->kind == BLOCK_PREFORMATTED) {
            add_preformatted(out, str_slice(article->text, block->start, block->end));
            continue;
        }
        if (block_signs[block->kind])
            buf_add(out, str_from(block_signs[block->kind]));
        add_linked(export, out, block, &text);
        if (has_anchor(block->kind))
            buf_format(out, " ^b%zu", i + 1);
        buf_add_byte(out, '\n');
    }
    return status;
}

static void add_article_head(struct buf *out, const struct article *article, str tags)
{
    const struct publication *published = &article->published;
    buf_add(out, STR(MARK));
    add_field(out, "title", label_title(article->title, article->path));
    add_field(out, "outlet", article->site);
    add_field(out, "byline", article->byline);
    add_day_field(out, "date", published->value);
    add_field(out, "date-basis", str_from(date_basis_name(published->basis)));
    if (published->value == DAY_UNKNOWN) {
        add_day_field(out, "date-earliest", published->earliest);
        add_day_field(out, "date-latest", published->latest);
    }
    add_field(out, "url", article->url);
    add_list_field(out, "tags", tags, STR(" "));
    buf_add(out, STR("---\n"));
}

static bool has_title_block(const struct article *article)
{
    for (size_t i = 0; i < article->blocks.count; i++)
        if (article->blocks.items[i].kind == BLOCK_TITLE)
            return true;
    return false;
}

static enum status write_article(struct export *export, const struct article_row *row)
{
    struct vault *vault = export->own;
    struct buf path = BUF_INIT;
    enum status status = export_read_article(export, row->id);
    if (status != STATUS_OK)
        return status;
    const struct article *article = &export->article.article;
    str title = label_title(article->title, article->path);
    buf_clear(&vault->file);
    add_article_head(&vault->file, article, row->tags);
    if (!has_title_block(article)) {
        buf_add(&vault->file, STR("\n# "));
        add_text(&vault->file, title, true);
        buf_add_byte(&vault->file, '\n');
    }
    status = add_blocks(export, &vault->file);
    add_article_path(&path, row->id, title);
    if (export->article_count++ < INDEX_ROWS) {
        buf_add(&vault->index, STR("- "));
        label_publication(&vault->index, &article->published);
        buf_add_byte(&vault->index, ' ');
        add_link(&vault->index, buf_str(&path), title);
        buf_add_byte(&vault->index, '\n');
    }
    if (status == STATUS_OK)
        status = write_file(export, buf_str(&path));
    buf_done(&path);
    return status;
}

/* ---- passages ------------------------------------------------------------------------------ */

/* A tag of Obsidian: letters, digits, - _ / and not digits alone; other characters become _. */
static void add_tags(struct buf *out, str tags)
{
    str tag;
    while (tags.ptr && str_next(&tags, ' ', &tag)) {
        bool only_digits = true;
        if (!tag.len)
            continue;
        buf_add(out, STR(" #"));
        for (size_t i = 0; i < tag.len; i++) {
            unsigned char byte = (unsigned char)tag.ptr[i];
            bool is_digit = ascii_is_digit(byte);
            bool is_plain =
                is_digit || ascii_is_letter(byte) || byte >= 0x80 || byte == '-' || byte == '/';
            only_digits = only_digits && is_digit;
            buf_add_byte(out, is_plain ? (char)byte : '_');
        }
        if (only_digits)
            buf_add_byte(out, '_');
    }
}

/* passages.md holds them all. */
static enum status add_passage(struct export *export, const struct bookmark_row *row)
{
    struct vault *vault = export->own;
    const struct bookmark *bookmark = &row->bookmark;
    struct buf *out = &vault->file, path = BUF_INIT, tags = BUF_INIT;
    enum status status = STATUS_OK;
    if (export->passage_count++ == 0) {
        buf_clear(out);
        buf_add(out, STR(MARK "---\n\n# Passages\n"));
    }
    if (anchor_holds(bookmark->state))
        status = add_passage_path(export, &path, bookmark->article, bookmark->start);
    else
        add_article_path(&path, bookmark->article, label_title(row->title, row->path));
    buf_add_byte(out, '\n');
    markdown_add(out, bookmark->quote, "> ");
    buf_add_byte(out, '\n');
    if (bookmark->note.len) {
        markdown_add(out, bookmark->note, "");
        buf_add_byte(out, '\n');
    }
    label_publication(out, &row->published);
    buf_add_byte(out, ' ');
    add_link(out, buf_str(&path), label_title(row->title, row->path));
    if (!anchor_holds(bookmark->state))
        buf_format(out, " (%s)", anchor_state_name(bookmark->state));
    gate_add(&tags, bookmark->tags, GATE_ONE_LINE);
    add_tags(out, buf_str(&tags));
    buf_add(out, STR("\n\n---\n"));
    buf_done(&tags);
    buf_done(&path);
    return status;
}

static enum status write_passages(struct export *export)
{
    struct vault *vault = export->own;
    enum status status = export_passages(export, add_passage);
    if (status == STATUS_OK && export->passage_count) {
        buf_add(&vault->index, STR("\n## Passages\n\n- [[passages|Passages]] "));
        buf_format(&vault->index, "%lld\n", (long long)export->passage_count);
        status = write_file(export, STR("passages"));
    }
    return status;
}

/* ---- people -------------------------------------------------------------------------------- */

static enum status add_mention(struct export *export, const struct mention_row *row)
{
    struct vault *vault = export->own;
    struct buf *out = &vault->file, path = BUF_INIT;
    enum status status = add_passage_path(export, &path, row->article, row->start);
    if (status == STATUS_OK) {
        const struct article *article = &export->article.article;
        buf_add(out, STR("- "));
        label_publication(out, &row->published);
        buf_add_byte(out, ' ');
        add_link(out, buf_str(&path), label_title(article->title, article->path));
        buf_add(out, STR(": …"));
        add_text(out, row->before, false);
        buf_add(out, STR("**"));
        add_text(out, row->name, false);
        buf_add(out, STR("**"));
        add_text(out, row->after, false);
        buf_add(out, STR("…\n"));
    }
    buf_done(&path);
    return status;
}

static enum status write_person(struct export *export, const struct entity_row *row)
{
    struct vault *vault = export->own;
    struct buf *out = &vault->file, path = BUF_INIT;
    add_person_path(&path, row->id, row->name);
    buf_clear(out);
    buf_add(out, STR(MARK));
    add_field(out, "name", row->name);
    add_list_field(out, "aliases", row->variants, STR(" · "));
    add_field(out, "role", row->role);
    buf_format(out, "mentions: %u\narticles: %u\n", (unsigned)row->mention_count,
               (unsigned)row->article_count);
    add_day_field(out, "first", row->first);
    add_day_field(out, "last", row->last);
    buf_add(out, STR("---\n\n# "));
    add_text(out, row->name, true);
    buf_add(out, STR("\n\n"));
    enum status status = export_mentions(export, row->id, add_mention);
    if (export->person_count == 0)
        buf_add(&vault->index, STR("\n## People\n\n"));
    if (export->person_count++ < INDEX_ROWS) {
        buf_add(&vault->index, STR("- "));
        add_link(&vault->index, buf_str(&path), row->name);
        buf_format(&vault->index, " %u\n", (unsigned)row->mention_count);
    }
    if (status == STATUS_OK)
        status = write_file(export, buf_str(&path));
    buf_done(&path);
    return status;
}

/* ---- days ---------------------------------------------------------------------------------- */

static enum status write_day(struct export *export)
{
    struct vault *vault = export->own;
    struct buf path = BUF_INIT;
    if (!vault->has_day)
        return STATUS_OK;
    buf_add(&path, STR("days/"));
    export_add_days(&path, vault->first, vault->last);
    enum status status = write_file(export, buf_str(&path));
    buf_done(&path);
    export->day_count++;
    return status;
}

static enum status begin_day(struct export *export, const struct moment *moment)
{
    struct vault *vault = export->own;
    enum status status = write_day(export);
    vault->first = moment->first;
    vault->last = moment->last;
    vault->has_day = true;
    buf_clear(&vault->file);
    buf_add(&vault->file, STR(MARK));
    add_day_field(&vault->file, "first", moment->first);
    add_day_field(&vault->file, "last", moment->last);
    buf_add(&vault->file, STR("---\n\n# "));
    label_days(&vault->file, moment->first, moment->last);
    buf_add(&vault->file, STR("\n\n"));
    return status;
}

static enum status add_statement(struct export *export, const struct moment_row *row)
{
    struct vault *vault = export->own;
    const struct moment *moment = &row->moment;
    enum status status = STATUS_OK;
    if (moment->first == DAY_UNKNOWN || moment->last == DAY_UNKNOWN)
        return STATUS_OK;
    if (!vault->has_day || moment->first != vault->first || moment->last != vault->last)
        status = begin_day(export, moment);
    struct buf path = BUF_INIT;
    if (status == STATUS_OK)
        status = add_passage_path(export, &path, row->article, moment->start);
    if (status == STATUS_OK) {
        const struct article *article = &export->article.article;
        buf_add(&vault->file, STR("- "));
        add_text(&vault->file, row->sentence, true);
        buf_format(&vault->file, " (%s) ", certainty_name(moment->certainty));
        add_link(&vault->file, buf_str(&path), label_title(article->title, article->path));
        buf_add_byte(&vault->file, '\n');
    }
    buf_done(&path);
    return status;
}

/* ---- the folder ---------------------------------------------------------------------------- */

static enum status fail_folder(const char *folder, struct error *err)
{
    return error_path(err, STATUS_BAD_INPUT, folder,
                      "has files that are not from an export; name a new or an empty folder");
}

/* New, empty, or marked as ours. */
static enum status check_folder(const char *folder, struct error *err)
{
    DIR *found = opendir(folder);
    bool is_empty = true, is_ours = false;
    if (!found)
        return errno == ENOENT ? STATUS_OK : error_errno(err, folder, "open");
    for (const struct dirent *entry; (entry = readdir(found));) {
        bool is_itself = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
        is_empty = is_empty && is_itself;
        is_ours = is_ours || strcmp(entry->d_name, MARK_FILE) == 0;
    }
    (void)closedir(found);
    return is_empty || is_ours ? STATUS_OK : fail_folder(folder, err);
}

static const char *const folders[] = {"articles", "people", "days"};
enum { FOLDER_COUNT = sizeof folders / sizeof *folders };

static enum status make_folders(const char *folder, struct error *err)
{
    struct buf path = BUF_INIT;
    enum status status = check_folder(folder, err);
    if (status == STATUS_OK)
        status = file_make_folder(folder, err);
    if (status == STATUS_OK) {
        buf_format(&path, "%s/%s", folder, MARK_FILE);
        status =
            file_replace(buf_c(&path), STR("This folder is written by dossier export.\n"), err);
    }
    for (size_t i = 0; status == STATUS_OK && i < FOLDER_COUNT; i++) {
        buf_clear(&path);
        buf_format(&path, "%s/%s", folder, folders[i]);
        status = file_make_folder(buf_c(&path), err);
    }
    buf_done(&path);
    return status;
}

/* A file of an earlier run that this one did not write: of a person who is now one with another, of
 * an article with a new title. One that does not begin as ours is left. */
static enum status remove_stale(struct vault *vault, const char *path, struct error *err)
{
    if (map_find(&vault->written, str_from(path)) || !export_is_ours(path, STR(MARK)))
        return STATUS_OK;
    return unlink(path) == 0 ? STATUS_OK : error_errno(err, path, "remove");
}

static enum status remove_stale_files(struct vault *vault, struct error *err)
{
    struct buf path = BUF_INIT;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < FOLDER_COUNT; i++) {
        buf_clear(&path);
        buf_format(&path, "%s/%s", vault->folder, folders[i]);
        DIR *found = opendir(buf_c(&path));
        for (const struct dirent *entry;
             status == STATUS_OK && found && (entry = readdir(found));) {
            if (!str_ends(str_from(entry->d_name), STR(".md")))
                continue;
            buf_clear(&path);
            buf_format(&path, "%s/%s/%s", vault->folder, folders[i], entry->d_name);
            status = remove_stale(vault, buf_c(&path), err);
        }
        if (found)
            (void)closedir(found);
    }
    buf_clear(&path);
    buf_format(&path, "%s/passages.md", vault->folder);
    if (status == STATUS_OK)
        status = remove_stale(vault, buf_c(&path), err);
    buf_done(&path);
    return status;
}

enum status export_markdown(struct export *export, const char *folder)
{
    struct vault vault = {.folder = folder};
    export->own = &vault;
    map_init(&vault.written, &vault.arena);
    enum status status = make_folders(folder, &export->report->err);
    buf_add(&vault.index, STR(MARK "---\n\n# Dossier\n\n## Newest articles\n\n"));
    if (status == STATUS_OK)
        status = export_articles(export, write_article);
    if (status == STATUS_OK)
        status = write_passages(export);
    if (status == STATUS_OK)
        status = export_people(export, write_person);
    if (status == STATUS_OK)
        status = export_statements(export, add_statement);
    if (status == STATUS_OK)
        status = write_day(export);
    if (status == STATUS_OK) {
        buf_clear(&vault.file);
        buf_add(&vault.file, buf_str(&vault.index));
        status = write_file(export, STR("index"));
    }
    if (status == STATUS_OK)
        status = remove_stale_files(&vault, &export->report->err);
    arena_done(&vault.arena);
    buf_done(&vault.file);
    buf_done(&vault.index);
    return status;
}
