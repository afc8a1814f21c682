/* Prompts at the end of a paragraph ("Share your thoughts in the comments below") and what a dump
 * glued behind them. The paragraph is read from its end, sentence by sentence. */
#include "ingest/cleaner.h"
#include "text/fold.h"
#include "text/utf8.h"

#define SENTENCE_LIMIT 24 /* sentences looked at */

static bool is_abbreviation(struct cleaner *c, str text, size_t stop)
{
    size_t start = stop;
    while (start > 0 && text.ptr[start - 1] != ' ' && stop - start < 16) {
        start--;
    }
    str word = text_word_core(str_slice(text, start, stop));
    if (word.len <= 1 || str_find_byte(word, '.', 0) != STR_MISSING) {
        return true; /* an initial, "U.S." */
    }
    return rules_list(c->rules, LIST_ABBREVIATION, fold_text(&c->scratch, word)) > 0;
}

/* Starts of the last sentences of the text, first to last; returns how many. */
static size_t find_sentences(struct cleaner *c, str text, size_t from, size_t *starts)
{
    size_t count = 0;
    starts[count++] = from;
    for (size_t i = from; i + 2 < text.len; i++) {
        char byte = text.ptr[i];
        if (byte != '.' && byte != '!' && byte != '?') {
            continue;
        }
        size_t next = i + 1;
        while (next < text.len && (text.ptr[next] == '"' || text.ptr[next] == '\'' ||
                                   text.ptr[next] == ')' || text.ptr[next] == '*')) {
            next++;
        }
        if (str_starts(str_slice(text, next, text.len), STR("”")) ||
            str_starts(str_slice(text, next, text.len), STR("’"))) {
            next += 3;
        }
        if (next >= text.len || text.ptr[next] != ' ' ||
            (byte == '.' && is_abbreviation(c, text, i))) {
            continue;
        }
        if (count == SENTENCE_LIMIT) { /* forget the first */
            for (size_t k = 1; k < count; k++) {
                starts[k - 1] = starts[k];
            }
            count--;
        }
        starts[count++] = next + 1;
    }
    return count;
}

static const struct phrase *sentence_rule(struct cleaner *c, str sentence, enum rule_scope scope)
{
    struct piece p = {.text = text_trim(sentence)};
    piece_measure(c, &p);
    return p.key.ptr ? rules_match(c->rules, scope, p.key, p.words) : NULL;
}

bool piece_ends_in_tail(struct cleaner *c, const struct piece *p)
{
    size_t starts[SENTENCE_LIMIT];
    if (p->text.len > CLEAN_TAIL_LIMIT_LEN) {
        return false;
    }
    size_t last = starts[find_sentences(c, p->text, 0, starts) - 1];
    str before = str_slice(p->text, 0, last);
    struct piece rest = {.text = text_trim(before)};
    piece_measure(c, &rest);
    return rest.flags & PIECE_GOOD && !sentence_rule(c, before, SCOPE_LINE) &&
           sentence_rule(c, str_slice(p->text, last, p->text.len), SCOPE_TAIL);
}

/* Is the sentence a copy of a line further down that goes? */
static bool is_later_line(struct cleaner *c, const struct map *lines, size_t i, str text)
{
    str key = rules_key(&c->scratch, text);
    const uint64_t *last = text.len < CLEAN_KEY_LIMIT_LEN && key.len ? map_find(lines, key) : NULL;
    return last && *last > i;
}

struct tail {
    str name; /* of the rule */
    enum removal_reason reason;
};

/* Does the sentence go, and why? */
static bool tail_sentence(struct cleaner *c, const struct map *lines, size_t i, str sentence,
                          struct tail *tail)
{
    const struct phrase *phrase = sentence_rule(c, sentence, SCOPE_TAIL);
    if (phrase) {
        tail->name = phrase->name;
        tail->reason = phrase->reason;
        return true;
    }
    bool part = sentence.ptr != c->pieces.items[i].text.ptr;
    if (part && is_later_line(c, lines, i, sentence)) {
        tail->name = STR("copy of a line below");
        tail->reason = REMOVAL_RELATED_LINKS;
        return true;
    }
    return false;
}

static bool ends_with_stop(str text)
{
    text = text_trim(text);
    return str_ends(text, STR(".")) || str_ends(text, STR("!")) || str_ends(text, STR("?")) ||
           str_ends(text, STR("”")) || str_ends(text, STR("\""));
}

/* Cuts the tails of one paragraph. */
static void cut_tail(struct cleaner *c, const struct map *lines, size_t i)
{
    str text = c->pieces.items[i].text;
    size_t starts[SENTENCE_LIMIT];
    size_t from = text.len > CLEAN_TAIL_LIMIT_LEN ? text.len - CLEAN_TAIL_LIMIT_LEN : 0;
    bool whole = from == 0;
    while (from > 0 && from < text.len && ((unsigned char)text.ptr[from] & 0xC0) == 0x80) {
        from++;
    }
    size_t count = find_sentences(c, text, from, starts);
    size_t end = text.len, first = whole ? 0 : 1;
    bool any = false, pending = false; /* pending: a part without a full stop waits for a rule */
    size_t pending_end = end;
    for (size_t k = count; k-- > first;) {
        str sentence = str_slice(text, starts[k], end);
        struct tail tail = {.name = STR_NONE, .reason = REMOVAL_OTHER};
        bool cut = tail_sentence(c, lines, i, sentence, &tail);
        if (!cut && any) {
            const struct phrase *lead = sentence_rule(c, sentence, SCOPE_TAIL_LEAD);
            cut = lead != NULL;
            tail.name = lead ? lead->name : STR_NONE;
            tail.reason = REMOVAL_COMMENT_PROMPT;
        }
        if (!cut) {
            if (k + 1 == count && k > 0 && !ends_with_stop(sentence)) {
                pending = true;
                pending_end = end;
                end = starts[k];
                continue;
            }
            break;
        }
        struct piece *p = &c->pieces.items[i];
        if (pending) {
            piece_cut(c, p, end, pending_end, REMOVAL_RELATED_LINKS, STR("title after a prompt"));
            pending = false;
        }
        if (starts[k] == 0) {
            piece_remove(p, tail.reason, tail.name);
            return;
        }
        piece_cut(c, p, starts[k], p->text.len, tail.reason, tail.name);
        end = starts[k];
        any = true;
    }
}

/* The last place of every short line of the page. */
static void note_lines(struct cleaner *c, struct map *lines)
{
    for (size_t i = 0; i < c->pieces.count; i++) {
        const struct piece *p = &c->pieces.items[i];
        if (p->key.len && p->words >= 4 && p->state == PIECE_REMOVED &&
            p->reason != REMOVAL_REPEATED) {
            *map_put(lines, p->key, i) = i;
        }
    }
}

void step_tails(struct cleaner *c)
{
    struct map lines;
    map_init(&lines, NULL);
    note_lines(c, &lines);
    for (size_t i = 0; i < c->pieces.count; i++) {
        const struct piece *p = &c->pieces.items[i];
        if (p->state != PIECE_REMOVED && p->flags & (PIECE_GOOD | PIECE_SENTENCE) &&
            !(p->flags & PIECE_TABLE)) {
            cut_tail(c, &lines, i);
        }
    }
    map_done(&lines);
}
