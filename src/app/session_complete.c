/* What Tab offers after `:` and in other questions: actions, then what may follow them. */
#include <dirent.h>
#include <sys/stat.h>

#include "app/keymaps.h"
#include "app/session.h"
#include "text/gate.h"
#include "text/utf8.h"

enum { SEARCH_LIMIT = 200, SOURCE_LIMIT = 200, FILE_LIMIT = 20000 };

/* A line that is being completed: `before` stays, `typed` is the beginning of what follows. */
struct unfinished {
    struct completions *completions;
    str before, typed;
};

static struct unfinished begin(str text, struct completions *completions)
{
    return (struct unfinished){completions, str_slice(text, 0, 0), text};
}

static void put(const struct unfinished *line, str word, str remark)
{
    struct completions *completions = line->completions;
    if (completions->count == COMPLETION_LIMIT)
        return;
    str text = arena_format(&completions->arena, "%.*s%.*s", STR_ARG(line->before), STR_ARG(word));
    completions->items[completions->count++] = (struct completion){text, remark};
}

static void add(const struct unfinished *line, str word, str remark)
{
    if (str_starts(word, line->typed))
        put(line, word, remark);
}

static void add_words(const struct unfinished *line, str words)
{
    str word;
    while (words.len && str_next(&words, '|', &word))
        add(line, word, STR_NONE);
}

/* What another question offers for what is typed, behind what stays. */
static void put_behind(struct session *session, const struct unfinished *line,
                       void (*complete)(struct session *session, str text,
                                        struct completions *completions))
{
    struct completions *completions = line->completions;
    size_t count = completions->count;
    complete(session, line->typed, completions);
    for (; count < completions->count; count++)
        completions->items[count].text =
            arena_format(&completions->arena, "%.*s%.*s", STR_ARG(line->before),
                         STR_ARG(completions->items[count].text));
}

/* The part of a line behind its next blank becomes what is typed; false when there is none. */
static bool next_argument(struct unfinished *line, str *word)
{
    size_t space = str_find_byte(line->typed, ' ', 0);
    if (space == STR_MISSING)
        return false;
    *word = str_slice(line->typed, 0, space);
    line->before = (str){line->before.ptr, line->before.len + space + 1};
    line->typed = str_slice(line->typed, space + 1, line->typed.len);
    return true;
}

/* ---- actions, panes, settings -------------------------------------------------------------- */

static void complete_actions(const struct unfinished *line)
{
    for (int i = 0; i < ACTION_COUNT && line->typed.len; i++)
        add(line, str_from(actions[i].name), str_from(actions[i].help));
}

static void complete_panes(struct session *session, const struct unfinished *line)
{
    (void)session;
    for (int i = 0; i < PANE_COUNT; i++)
        add(line, str_from(panes[i].name), str_from(panes[i].class->title));
}

static void complete_settings(struct session *session, const struct unfinished *line)
{
    struct unfinished value = *line;
    str name;
    bool named = next_argument(&value, &name);
    (void)session;
    for (int i = 0; i < SETTING_COUNT; i++) {
        const struct setting *setting = &setting_table[i];
        str values = str_from(setting->values);
        if (!named)
            add(line, str_from(setting->name), values);
        else if (!str_equal(name, str_from(setting->name)))
            continue;
        else if (i == SETTING_THEME)
            add_words(&value, STR("default|dark|light|contrast|mono"));
        else if (str_find_byte(values, '|', 0) != STR_MISSING)
            add_words(&value, values);
    }
}

/* ---- what the dossier holds ---------------------------------------------------------------- */

/* Searches that were kept, by their names: the query is put in. */
static void complete_saved(struct session *session, const struct unfinished *line)
{
    const struct saved_search_row *rows = NULL;
    struct page_request request = {.limit = SEARCH_LIMIT};
    struct error err = {0};
    size_t count = 0;
    if (store_list_searches(session->store, &line->completions->arena, &request, &rows, &count,
                            &err) != STATUS_OK)
        return; /* nothing is offered */
    for (size_t i = 0; i < count; i++)
        if (str_starts(rows[i].name, line->typed) || str_starts(rows[i].query, line->typed))
            put(line, rows[i].query, rows[i].name);
}

/* A saved search, or the end of a query; for a filter the latter. */
static void complete_searches(struct session *session, const struct unfinished *line)
{
    complete_saved(session, line);
    put_behind(session, line, session_complete_search);
}

static void complete_filter(struct session *session, const struct unfinished *line)
{
    put_behind(session, line, session_complete_filter);
}

static void complete_sources(struct session *session, const struct unfinished *line)
{
    const struct address_row *rows = NULL;
    struct page_request request = {.limit = SOURCE_LIMIT};
    struct error err = {0};
    size_t count = 0;
    if (store_list_addresses(session->store, &line->completions->arena, &request, &rows, &count,
                             &err) != STATUS_OK)
        return;
    for (size_t i = 0; i < count; i++)
        add(line, rows[i].url, rows[i].visit.title);
}

static void complete_slots(struct session *session, const struct unfinished *line)
{
    for (int slot = 1; slot <= WATCH_LIMIT; slot++) {
        const struct watch_row *row = watch_list_find(&session->watches, slot);
        if (row)
            add(line, arena_format(&line->completions->arena, "%d", slot),
                arena_str(&line->completions->arena, row->target.label));
    }
}

/* The last of several tags. */
static void complete_tags(struct session *session, const struct unfinished *line)
{
    struct unfinished last = *line;
    const str *tags = NULL;
    struct error err = {0};
    size_t count = 0;
    str word;
    while (next_argument(&last, &word))
        continue;
    if (store_list_tags(session->store, &line->completions->arena, last.typed, COMPLETION_LIMIT,
                        &tags, &count, &err) != STATUS_OK)
        return;
    for (size_t i = 0; i < count; i++)
        add(&last, tags[i], STR_NONE);
}

static void complete_people(struct session *session, str text, struct completions *completions)
{
    session_complete_names(session, ENTITY_PERSON, text, completions);
}

/* Whoever the selected name could be merged into. */
static void complete_names(struct session *session, const struct unfinished *line)
{
    put_behind(session, line, complete_people);
}

/* ---- files --------------------------------------------------------------------------------- */

/* A name that can be typed and shown; hidden ones only where their dot was typed. */
static bool is_offered(str name, str typed)
{
    if (!utf8_is_valid(name) || !str_starts(name, typed) || (name.ptr[0] == '.' && !typed.len))
        return false;
    for (size_t at = 0, len; at < name.len; at += len)
        if (gate_is_control(utf8_decode(name, at, &len)))
            return false;
    return true;
}

static void complete_files(struct session *session, const struct unfinished *line)
{
    struct unfinished file = *line;
    struct arena *arena = &line->completions->arena;
    size_t slash = line->typed.len;
    (void)session;
    while (slash && line->typed.ptr[slash - 1] != '/')
        slash--;
    str folder = str_slice(line->typed, 0, slash);
    file.before = (str){line->before.ptr, line->before.len + slash};
    file.typed = str_slice(line->typed, slash, line->typed.len);
    DIR *listing = opendir(folder.len ? arena_str(arena, folder).ptr : ".");
    struct dirent *entry;
    for (int i = 0; listing && i < FILE_LIMIT && (entry = readdir(listing)); i++) {
        str name = str_from(entry->d_name);
        struct stat info;
        if (file.completions->count == COMPLETION_LIMIT)
            break;
        if (!is_offered(name, file.typed) || str_equal(name, STR(".")) ||
            str_equal(name, STR("..")))
            continue;
        bool is_folder =
            fstatat(dirfd(listing), entry->d_name, &info, 0) == 0 && S_ISDIR(info.st_mode);
        put(&file, arena_format(arena, "%s%s", entry->d_name, is_folder ? "/" : ""), STR_NONE);
    }
    if (listing)
        closedir(listing);
}

/* ---- lines --------------------------------------------------------------------------------- */

/* What may follow an action: one of a few words, parted by |, or what a function finds. */
static const struct follower {
    enum action_id action;
    const char *words;
    void (*complete)(struct session *session, const struct unfinished *line);
} followers[] = {
    {ACTION_NEXT_MARK, "any|person|place|organisation|date|bookmark|link|removed|watched", NULL},
    {ACTION_PREVIOUS_MARK, "any|person|place|organisation|date|bookmark|link|removed|watched",
     NULL},
    {ACTION_SPLIT_NAME, "here|article", NULL},
    {ACTION_RETYPE_NAME, "person|place|organisation", NULL},
    {ACTION_REJECT_NAME, "here|article|everywhere", NULL},
    {ACTION_ADD_NAME, "person|place|organisation", NULL},
    {ACTION_MERGE_NAME, NULL, complete_names},
    {ACTION_GO, NULL, complete_panes},
    {ACTION_SET, NULL, complete_settings},
    {ACTION_SEARCH, NULL, complete_searches},
    {ACTION_FILTER, NULL, complete_filter},
    {ACTION_TARGET_TAG, NULL, complete_tags},
    {ACTION_PIN, NULL, complete_slots},
    {ACTION_NEXT_WATCH, NULL, complete_slots},
    {ACTION_PREVIOUS_WATCH, NULL, complete_slots},
    {ACTION_UPDATE, NULL, complete_sources},
    {ACTION_IMPORT, NULL, complete_files},
};

static void complete_command(struct session *session, struct unfinished *line)
{
    str name;
    if (!next_argument(line, &name)) {
        complete_actions(line);
        return;
    }
    int action = action_find(name);
    for (size_t i = 0; i < sizeof followers / sizeof *followers; i++)
        if ((int)followers[i].action == action && followers[i].complete)
            followers[i].complete(session, line);
        else if ((int)followers[i].action == action)
            add_words(line, str_from(followers[i].words));
}

/* bind and unbind: the scope; then, behind the keys, an action as in a command. */
static void complete_binding(struct session *session, struct unfinished *line, bool has_action)
{
    str word;
    if (!next_argument(line, &word))
        for (const char *const *scope = action_keymap_names.scopes; *scope; scope++)
            add(line, str_from(*scope), STR_NONE);
    else if (has_action && next_argument(line, &word))
        complete_command(session, line);
}

void session_complete_line(struct session *session, str text, struct completions *completions)
{
    struct unfinished line = begin(text, completions), rest = line;
    str word;
    if (!next_argument(&rest, &word)) {
        for (size_t i = 0; line.typed.len && i < session_configuration_count; i++)
            add(&line, str_from(session_configuration[i].name),
                str_from(session_configuration[i].help));
        complete_actions(&line);
    } else if (str_equal(word, STR("bind")) || str_equal(word, STR("unbind"))) {
        complete_binding(session, &rest, word.ptr[0] == 'b');
    } else if (str_equal(word, STR("include"))) {
        add_words(&rest, STR(KEYMAP_NAMES));
    } else {
        complete_command(session, &line);
    }
}

void session_complete_setting(struct session *session, str text, struct completions *completions)
{
    struct unfinished line = begin(text, completions);
    complete_settings(session, &line);
}

void session_complete_tags(struct session *session, str text, struct completions *completions)
{
    struct unfinished line = begin(text, completions);
    complete_tags(session, &line);
}

void session_complete_files(struct session *session, str text, struct completions *completions)
{
    struct unfinished line = begin(text, completions);
    complete_files(session, &line);
}
