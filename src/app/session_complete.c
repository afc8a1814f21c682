/* What Tab offers after `:`: actions, then what may follow them. */
#include "app/session.h"

enum { SEARCH_LIMIT = 200 };

/* Actions whose argument is one of a few words. */
static const struct {
    enum action_id action;
    const char *words; /* parted by | */
} word_arguments[] = {
    {ACTION_NEXT_MARK, "any|person|place|organisation|date|bookmark|removed|link"},
    {ACTION_PREVIOUS_MARK, "any|person|place|organisation|date|bookmark|removed|link"},
    {ACTION_SPLIT_NAME, "here|article"},
    {ACTION_RETYPE_NAME, "person|place|organisation"},
    {ACTION_REJECT_NAME, "here|article|everywhere"},
    {ACTION_ADD_NAME, "person|place|organisation"},
};

/* A line that is being completed: `before` stays, `typed` is the beginning of what follows. */
struct unfinished {
    struct completions *completions;
    str before, typed;
};

static void add(const struct unfinished *line, str word, str remark)
{
    struct completions *completions = line->completions;
    if (completions->count == COMPLETION_LIMIT || !str_starts(word, line->typed))
        return;
    str text = arena_format(&completions->arena, "%.*s%.*s", STR_ARG(line->before), STR_ARG(word));
    completions->items[completions->count++] = (struct completion){text, remark};
}

static void add_words(const struct unfinished *line, str words)
{
    str word;
    while (words.len && str_next(&words, '|', &word))
        add(line, word, STR_NONE);
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

static void complete_actions(const struct unfinished *line)
{
    for (int i = 0; i < ACTION_COUNT && line->typed.len; i++)
        add(line, str_from(actions[i].name), str_from(actions[i].help));
}

static void complete_panes(const struct unfinished *line)
{
    for (int i = 0; i < PANE_COUNT; i++)
        add(line, str_from(panes[i].name), str_from(panes[i].class->title));
}

static void complete_settings(const struct unfinished *line)
{
    struct unfinished value = *line;
    str name;
    bool named = next_argument(&value, &name);
    for (int i = 0; i < SETTING_COUNT; i++) {
        const struct setting *setting = &setting_table[i];
        str values = str_from(setting->values);
        if (!named)
            add(line, str_from(setting->name), values);
        else if (str_equal(name, str_from(setting->name)) &&
                 str_find_byte(values, '|', 0) != STR_MISSING)
            add_words(&value, values);
    }
}

/* Searches that were kept, by their names: the query is put in. */
static void complete_searches(struct session *session, const struct unfinished *line)
{
    const struct saved_search_row *rows = NULL;
    struct page_request request = {.limit = SEARCH_LIMIT};
    struct completions *completions = line->completions;
    struct error err = {0};
    size_t count = 0;
    if (store_list_searches(session->store, &completions->arena, &request, &rows, &count, &err) !=
        STATUS_OK)
        return; /* nothing is offered */
    for (size_t i = 0; i < count && completions->count < COMPLETION_LIMIT; i++) {
        if (!str_starts(rows[i].name, line->typed) && !str_starts(rows[i].query, line->typed))
            continue;
        str text = arena_format(&completions->arena, "%.*s%.*s", STR_ARG(line->before),
                                STR_ARG(rows[i].query));
        completions->items[completions->count++] = (struct completion){text, rows[i].name};
    }
}

void session_complete_line(struct session *session, str text, struct completions *completions)
{
    struct unfinished line = {completions, str_slice(text, 0, 0), text};
    str name;
    if (!next_argument(&line, &name)) {
        complete_actions(&line);
        return;
    }
    int action = action_find(name);
    if (action == ACTION_GO)
        complete_panes(&line);
    else if (action == ACTION_SET)
        complete_settings(&line);
    else if (action == ACTION_SEARCH)
        complete_searches(session, &line);
    for (size_t i = 0; i < sizeof word_arguments / sizeof *word_arguments; i++)
        if ((int)word_arguments[i].action == action)
            add_words(&line, str_from(word_arguments[i].words));
}

void session_complete_setting(struct session *session, str text, struct completions *completions)
{
    struct unfinished line = {completions, str_slice(text, 0, 0), text};
    (void)session;
    complete_settings(&line);
}
