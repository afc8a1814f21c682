/* Marks in the text: going to the next of a kind, what the current one is, what it leads to. */
#include "app/label.h"
#include "app/reader.h"

/* ---- finding ------------------------------------------------------------------------------- */

/* In the window as the text was last set in it: when it is resized, that is the one before. */
bool reader_is_visible(const struct reader *reader, uint32_t view_offset)
{
    const struct text_view *view = &reader->view;
    size_t row = text_view_row_of(view, view_offset),
           height = view->height > 0 ? (size_t)view->height : 0;
    return row >= view->top && row < view->top + height;
}

/* Kinds of marks that can be gone to, beside those of enum mark_kind. */
enum { KIND_ANY = MARK_KIND_COUNT, KIND_WATCHED, KIND_COUNT };

/* As the keymap writes them. */
static const char *const kind_names[KIND_COUNT] = {
    "person", "place", "organisation", "date", "bookmark", "removed", "link", "any", "watched"};

/* None: every kind. */
static bool kind_of(str name, int *kind)
{
    *kind = KIND_ANY;
    for (int i = 0; i < KIND_COUNT; i++)
        if (str_equal(name, str_from(kind_names[i]))) {
            *kind = i;
            return true;
        }
    return !name.len;
}

static bool is_watched(const struct reader *reader, const struct mark *mark)
{
    for (size_t i = 0; i < reader->watched.count; i++)
        if (reader->watched.items[i].start == mark->start)
            return true;
    return false;
}

/* Links are many and nobody asked for them: they are no marks of any kind. */
static bool is_of_kind(const struct reader *reader, const struct mark *mark, int kind)
{
    if (kind == KIND_WATCHED)
        return is_watched(reader, mark);
    return kind == KIND_ANY ? mark->kind != MARK_LINK : (int)mark->kind == kind;
}

/* The next mark of a kind after the current one or the place walked to, or from the place on where
 * a mark was, else from the top of the screen. */
static size_t find_mark(const struct reader *reader, int kind, bool backward)
{
    bool has_mark =
        reader_mark_in_sight(reader) || (!reader_has_eye(reader) && reader_is_at_target(reader));
    uint32_t from = reader_eye(reader);
    size_t best = NO_MARK;
    for (size_t i = 0; i < reader->marks.count; i++) {
        const struct mark *mark = &reader->marks.items[i];
        if (!is_of_kind(reader, mark, kind))
            continue;
        if (backward && mark->start < from)
            best = i;
        if (!backward && (mark->start > from || (!has_mark && mark->start == from)))
            return i;
    }
    return best;
}

static void say_no_mark(struct session *session, const struct reader *reader, int kind,
                        bool backward)
{
    static const char *const nouns[KIND_COUNT] = {"person", "place",    "organisation",
                                                  "date",   "bookmark", "removed piece",
                                                  "link",   "mark",     "mark of the watch list"};
    const char *noun = nouns[kind], *other = backward ? "next" : "previous";
    for (size_t i = 0; i < reader->marks.count; i++)
        if (is_of_kind(reader, &reader->marks.items[i], kind)) {
            struct arena scratch = {0};
            struct buf keys = BUF_INIT;
            session_add_hint(session, &keys,
                             arena_format(&scratch, "{%s-mark %s}", other, kind_names[kind]));
            session_say(session, "no %s %s here; %s goes to the %s one", noun,
                        backward ? "before" : "after", buf_c(&keys), other);
            buf_done(&keys);
            arena_done(&scratch);
            return;
        }
    if (kind == MARK_REMOVED && reader->mode != READER_WITH_REMOVED)
        session_say(session, "what was removed is not shown; {cleaning} shows it");
    else if (kind == KIND_WATCHED)
        session_say(session, "nothing of the watch list is in this article; {pin} pins a name");
    else
        session_say(session, "no %s in this article; {next-article} goes to the next article",
                    noun);
}

/* ---- stepping ------------------------------------------------------------------------------ */

static enum outcome step_mark(struct session *session, struct reader *reader, str argument,
                              bool backward)
{
    int kind;
    if (!kind_of(argument, &kind)) {
        session_complain(session,
                         "no kind of mark `%.*s'; there are person place organisation date "
                         "bookmark removed link watched any",
                         STR_ARG(argument));
        return OUTCOME_REDRAW;
    }
    size_t found = find_mark(reader, kind, backward);
    if (found == NO_MARK) {
        say_no_mark(session, reader, kind, backward);
        return OUTCOME_REDRAW;
    }
    reader->mark = found;
    reader->eye = NO_EYE;
    text_view_show(&reader->view, reader->marks.items[found].start, reader->marks.items[found].end,
                   READER_SHOW_MARGIN);
    reader_paint(reader);
    if (reader->marks.items[found].kind == MARK_LINK) {
        str target = reader_link_target(reader, &reader->marks.items[found]);
        session_say(session, "%s%.*s",
                    reader_link_article(session, target) ? "in this dossier: " : "",
                    STR_ARG(target));
    }
    return OUTCOME_REDRAW;
}

static enum outcome next_mark(struct session *session, void *state, str argument)
{
    return step_mark(session, state, argument, false);
}

static enum outcome previous_mark(struct session *session, void *state, str argument)
{
    return step_mark(session, state, argument, true);
}

/* Where no mark is chosen, the place that one walked to is meant. */
static void choose_target_mark(struct reader *reader)
{
    uint32_t start = reader_to_view(reader, reader->session->target.place.start);
    for (size_t i = 0; reader_is_at_target(reader) && i < reader->marks.count; i++)
        if (is_of_kind(reader, &reader->marks.items[i], KIND_ANY) &&
            reader->marks.items[i].start == start)
            reader->mark = i;
}

const struct mark *reader_current_mark(struct session *session, struct reader *reader)
{
    if (!reader_mark_in_sight(reader)) {
        reader->mark = NO_MARK;
        if (!reader_has_eye(reader))
            choose_target_mark(reader);
        size_t found = reader->mark == NO_MARK ? find_mark(reader, KIND_ANY, false) : NO_MARK;
        if (found != NO_MARK && reader_is_visible(reader, reader->marks.items[found].start))
            reader->mark = found;
        if (reader->mark != NO_MARK)
            reader->eye = NO_EYE;
        reader_paint(reader);
    }
    if (reader->mark == NO_MARK)
        session_say(session, "nothing is marked here; {next-mark any} goes to the next mark");
    return reader->mark == NO_MARK ? NULL : &reader->marks.items[reader->mark];
}

/* The current mark where it is a date, else the first date on the screen after it. */
static const struct mark *current_date(struct reader *reader)
{
    const struct mark *here = reader_mark_in_sight(reader);
    if (!here || here->kind != MARK_DATE) {
        size_t found = find_mark(reader, MARK_DATE, false);
        if (found == NO_MARK || !reader_is_visible(reader, reader->marks.items[found].start))
            return NULL;
        reader->mark = found;
        reader_paint(reader);
    }
    return &reader->marks.items[reader->mark];
}

static bool is_name(const struct mark *mark)
{
    return mark->kind <= MARK_ORGANISATION;
}

static void target_mark(struct session *session, struct reader *reader, const struct mark *mark)
{
    struct target_place here = {reader->article.id, reader_to_article(reader, mark->start),
                                reader_to_article(reader, mark->end)};
    if (is_name(mark)) {
        const struct stored_mention *mention = &reader->article.mentions[mark->index];
        session_target_entity(session, mention->entity, mention->name);
    } else if (mark->kind == MARK_DATE) {
        const struct moment *moment = &reader->article.moments.items[mark->index];
        struct buf label = BUF_INIT;
        label_days(&label, moment->first, moment->last);
        if (moment->first != DAY_UNKNOWN)
            session_target_days(session, moment->first, moment->last, buf_str(&label));
        else
            session_say(session, "this date has no known day; {why} tells why");
        buf_done(&label);
    } else if (mark->kind == MARK_BOOKMARK) {
        session_target_bookmarks(session);
    }
    session_target_here(session, &here);
    reader_paint(reader);
}

static enum outcome make_target(struct session *session, void *state, str argument)
{
    (void)argument;
    struct reader *reader = state;
    const struct mark *mark = reader_current_mark(session, reader);
    if (mark && mark->kind != MARK_REMOVED && mark->kind != MARK_LINK)
        target_mark(session, reader, mark);
    return OUTCOME_REDRAW;
}

static enum outcome open_mark(struct session *session, void *state, str argument)
{
    (void)argument;
    struct reader *reader = state;
    const struct mark *mark = reader_current_mark(session, reader);
    if (!mark)
        return OUTCOME_REDRAW;
    struct place place = {.pane = PANE_TIMELINE};
    if (is_name(mark))
        place = (struct place){.pane = PANE_PERSON,
                               .entity = reader->article.mentions[mark->index].entity};
    else if (mark->kind == MARK_BOOKMARK)
        place.pane = PANE_BOOKMARKS;
    else if (mark->kind == MARK_REMOVED)
        return OUTCOME_REDRAW;
    else if (mark->kind == MARK_LINK)
        return reader_open_link(session, state, argument);
    if (mark->kind == MARK_DATE)
        target_mark(session, reader, mark);
    session_go(session, &place);
    return OUTCOME_REDRAW;
}
/* Where no mark is chosen, what one walks is pinned as a whole. */
static enum outcome pin(struct session *session, void *state, str argument)
{
    const struct reader *reader = state;
    bool is_whole =
        !reader->side.is_entered && reader->mark == NO_MARK && reader_is_at_target(reader);
    return is_whole ? session_pin_target(session, argument) : OUTCOME_UNHANDLED;
}

/* ---- the day of a date ----------------------------------------------------------------------- */

static enum outcome go_day(struct session *session, void *state, str argument)
{
    (void)argument;
    struct reader *reader = state;
    const struct mark *mark = current_date(reader);
    if (!mark) {
        session_say(session, "no date is in sight; {next-mark date} goes to the next one");
        return OUTCOME_REDRAW;
    }
    const struct moment *moment = &reader->article.moments.items[mark->index];
    struct place place = {.pane = PANE_TIMELINE, .has_day = true, .day = moment->first};
    if (moment->first == DAY_UNKNOWN)
        session_say(
            session,
            "this date has no known day; {why} tells why, {set-published} sets what it hangs on");
    else
        session_go(session, &place);
    return OUTCOME_REDRAW;
}

/* The key of tags leads to the day where a date is marked, as it does nothing else with one. */
static enum outcome tag(struct session *session, void *state, str argument)
{
    const struct reader *reader = state;
    const struct mark *mark = reader_mark_in_sight(reader);
    bool at_date = mark && mark->kind == MARK_DATE && !reader->side.is_entered;
    return at_date && !argument.len ? go_day(session, state, argument) : OUTCOME_UNHANDLED;
}

/* ---- the name that is meant ------------------------------------------------------------------ */

bool reader_name(struct session *session, void *state, struct name_place *place)
{
    struct reader *reader = state;
    const struct side_name *beside = reader_side_name(reader);
    if (beside)
        *place = (struct name_place){.entity = beside->entity, .article = reader->article.id};
    if (beside || reader->side.is_entered)
        return beside != NULL;
    const struct mark *mark = reader->article.id ? reader_current_mark(session, reader) : NULL;
    if (!mark || !is_name(mark))
        return false;
    const struct stored_mention *mention = &reader->article.mentions[mark->index];
    *place = (struct name_place){.entity = mention->entity,
                                 .article = reader->article.id,
                                 .start = mention->mention.start,
                                 .end = mention->mention.end};
    return true;
}

/* ---- why ----------------------------------------------------------------------------------- */

static void why_name(struct session *session, int64_t article, const struct stored_mention *m)
{
    struct buf next = BUF_INIT;
    struct arena scratch = {0};
    struct error err = {0};
    str reason;
    session_check(
        session, store_get_link_reason(session->store, &scratch, article, m->entity, &reason, &err),
        &err);
    if (m->doubtful)
        session_add_hint(session, &next,
                         STR("; {merge-name} says who it is, {split-name here} who it is here"));
    session_say(session, "%s %.*s: %s%s%.*s%s%.*s%s", entity_kind_name(m->mention.kind),
                STR_ARG(m->name), m->mention.rule ? m->mention.rule : "",
                m->mention.evidence.len ? ", " : "", STR_ARG(m->mention.evidence),
                reason.len ? "; " : "", STR_ARG(reason), buf_c(&next));
    buf_done(&next);
    arena_done(&scratch);
}

static void why_date(struct session *session, const struct moment *m)
{
    struct buf days = BUF_INIT;
    label_days(&days, m->first, m->last);
    session_say(session, "%s %.*s = %s, %s: %s%s%.*s", moment_type_name(m->type), STR_ARG(m->value),
                buf_c(&days), certainty_name(m->certainty), m->rule ? m->rule : "",
                m->reference.len ? ", from " : "", STR_ARG(m->reference));
    buf_done(&days);
}

static enum outcome why(struct session *session, void *state, str argument)
{
    (void)argument;
    struct reader *reader = state;
    const struct mark *mark = reader_current_mark(session, reader);
    if (!mark)
        return OUTCOME_REDRAW;
    if (mark->kind == MARK_LINK) {
        session_say(session, "link to %.*s", STR_ARG(reader_link_target(reader, mark)));
    } else if (is_name(mark)) {
        why_name(session, reader->article.id, &reader->article.mentions[mark->index]);
    } else if (mark->kind == MARK_DATE) {
        why_date(session, &reader->article.moments.items[mark->index]);
    } else if (mark->kind == MARK_REMOVED) {
        const struct removed_block *removed = &reader->article.article.removed.items[mark->index];
        session_say(session,
                    "removed as %s by %s%.*s; {restore-block} restores it, {outlet-rule} for the "
                    "whole outlet",
                    removal_reason_name(removed->reason),
                    str_starts(removed->rule, STR("your rule")) ? "" : "the rule ",
                    STR_ARG(removed->rule));
    } else {
        const struct bookmark *bookmark = &reader->bookmarks[mark->index];
        session_say(session, "bookmark%s%.*s%s%.*s", bookmark->note.len ? ": " : "",
                    STR_ARG(bookmark->note), bookmark->tags.len ? " · tags " : "",
                    STR_ARG(bookmark->tags));
    }
    return OUTCOME_REDRAW;
}

const struct handler reader_mark_handlers[] = {
    {ACTION_NEXT_MARK, next_mark},
    {ACTION_PREVIOUS_MARK, previous_mark},
    {ACTION_MAKE_TARGET, make_target},
    {ACTION_OPEN, open_mark},
    {ACTION_PIN, pin},
    {ACTION_GO_DAY, go_day},
    {ACTION_TAG, tag},
    {ACTION_WHY, why},
    {0, NULL},
};
