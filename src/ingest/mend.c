/* Small damage that is repaired for display: stray marks of bold type, a space lost between a name
 * and a function word ("Kim Jong Unin Pyongyang"), and a sentence that stands twice in a row in the
 * line of a dump. The page itself stays as it is. */
#include "base/ascii.h"
#include "ingest/cleaner.h"
#include "text/fold.h"
#include "text/sentence.h"
#include "text/utf8.h"

#define GLUED_WORD_LIMIT_LEN 24

/* No name begins so: what follows need not be looked at. */
static bool begins_small(str word)
{
    return word.len && ascii_is_lower(word.ptr[0]);
}

static bool is_capitalised(str core)
{
    size_t len = 0;
    return core.len && code_point_is_upper(utf8_decode(core, 0, &len)) && len < core.len &&
           code_point_is_lower(utf8_decode(core, len, &len));
}

/* From its first to its last character. */
static bool is_small(str word)
{
    size_t len = 0;
    return word.len && code_point_is_lower(utf8_decode(word, 0, &len)) &&
           code_point_is_lower(utf8_decode(word, utf8_before(word, word.len), &len));
}

/* Names of the page: capitalised words inside of a sentence (after a word in small letters or
 * after another name), with the number of times they stand there. */
static void note_names(struct cleaner *c, struct map *names)
{
    for (size_t i = 0; i < c->pieces.count; i++) {
        const struct piece *p = &c->pieces.items[i];
        str word, before = STR_NONE;
        if (!(p->flags & PIECE_GOOD)) {
            continue;
        }
        for (size_t at = 0; text_next_word(p->text, &at, &word);) {
            if (!begins_small(word) && is_small(before)) {
                str core = text_word_core(word);
                if (is_capitalised(core)) {
                    ++*map_put(names, core, 0);
                }
            }
            before = word;
        }
    }
}

/* Where the lost space was in a word: the length of its first part, or 0. */
static size_t lost_space(struct arena *scratch, const struct ruleset *rules,
                         const struct map *names, str core, str before)
{
    bool after_name =
        is_capitalised(before) && !rules_list(rules, LIST_STOP, fold_text(scratch, before));
    if (core.len < 4 || core.len > GLUED_WORD_LIMIT_LEN || !is_capitalised(core) ||
        rules_list(rules, LIST_WHOLE, fold_text(scratch, core))) {
        return 0;
    }
    for (size_t stem = core.len - 2; stem >= 2; stem--) {
        str tail = str_slice(core, stem, core.len), head = str_slice(core, 0, stem);
        if (!rules_list(rules, LIST_GLUED, tail)) {
            continue;
        }
        if (after_name && rules_list(rules, LIST_SYLLABLE, fold_text(scratch, head))) {
            return stem;
        }
        const uint64_t *count = stem >= 4 ? map_find(names, head) : NULL;
        const uint64_t *whole = map_find(names, core);
        if (count && *count >= 2 && (!whole || *whole * 2 <= *count)) {
            return stem;
        }
    }
    return 0;
}

/* "**" marks bold type; between two digits it is a power. */
static bool is_bold_mark(str text, size_t at)
{
    if (text.ptr[at] != '*' || at + 1 >= text.len || text.ptr[at + 1] != '*') {
        return false;
    }
    bool before = at > 0 && ascii_is_digit(text.ptr[at - 1]);
    bool after = at + 2 < text.len && ascii_is_digit(text.ptr[at + 2]);
    return !(before && after);
}

static str drop_bold(struct arena *arena, str text)
{
    if (str_find(text, STR("**"), 0) == STR_MISSING) {
        return text;
    }
    char *out = arena_array(arena, char, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (is_bold_mark(text, i)) {
            i++;
        } else {
            out[len++] = text.ptr[i];
        }
    }
    str mended = text_trim((str){out, len});
    return mended.len ? mended : text;
}

str mend_text(struct arena *arena, const struct ruleset *rules, const struct map *names, str text)
{
    struct arena scratch = {0};
    struct buf out = BUF_INIT;
    size_t done = 0, at = 0;
    text = drop_bold(arena, text);
    str before = STR_NONE, word, next;
    for (bool more = text_next_word(text, &at, &word); more; before = word, word = next) {
        more = text_next_word(text, &at, &next);
        if (!more || begins_small(word) || begins_small(next)) {
            continue;
        }
        str core = text_word_core(word);
        bool joined = core.len && core.ptr + core.len == word.ptr + word.len &&
                      is_capitalised(text_word_core(next));
        size_t stem = joined ? lost_space(&scratch, rules, names, core, text_word_core(before)) : 0;
        if (stem) {
            size_t cut = (size_t)(core.ptr - text.ptr) + stem;
            buf_add(&out, str_slice(text, done, cut));
            buf_add_byte(&out, ' ');
            done = cut;
        }
    }
    if (done) {
        buf_add(&out, str_slice(text, done, text.len));
        text = arena_str(arena, buf_str(&out));
    }
    buf_done(&out);
    arena_done(&scratch);
    return text;
}

/* Shorter sentences are said twice ("Never again. Never again."). */
#define DOUBLED_WORDS_LEAST 6

static bool is_long_enough(str sentence)
{
    size_t words = 0;
    str word;
    for (size_t at = 0; words < DOUBLED_WORDS_LEAST && text_next_word(sentence, &at, &word);) {
        words++;
    }
    return words == DOUBLED_WORDS_LEAST;
}

/* The half of a line that is the same text twice, with a space between or none; else the line. */
static str half_of(str line)
{
    size_t half = line.len / 2;
    bool spaced = line.len % 2 == 1;
    str first = str_slice(line, 0, half);
    bool twice = str_equal(first, str_slice(line, half + spaced, line.len)) &&
                 (!spaced || line.ptr[half] == ' ');
    return twice && is_long_enough(first) ? first : line;
}

/* The line without sentences that repeat the one before them. Linear. */
static str drop_doubled(struct arena *arena, str line)
{
    struct buf out = BUF_INIT;
    size_t done = 0, end;
    str before = STR_NONE;
    line = half_of(line);
    for (size_t at = 0; at < line.len; at = end) {
        end = at + sentence_end(str_slice(line, at, line.len), 0);
        str sentence = text_trim(str_slice(line, at, end));
        if (str_equal(sentence, before) && is_long_enough(sentence)) {
            buf_add(&out, str_slice(line, done, at));
            done = end;
        }
        before = sentence;
    }
    if (done) {
        buf_add(&out, str_slice(line, done, line.len));
        line = text_trim(arena_str(arena, buf_str(&out)));
    }
    buf_done(&out);
    return line;
}

#define TAB_COLUMNS 4
#define INDENT_LIMIT 120

/* A line of preformatted text with what it is indented by; nothing in it is damage. Only the start
 * of a line is one: what a button was cut off has no indentation. */
static str indented(struct arena *arena, const struct piece *p)
{
    str line = p->html->text;
    size_t indent = (size_t)(text_trim(line).ptr - line.ptr);
    if (text_trim(line).ptr != p->text.ptr || indent == 0) {
        return STR_NONE;
    }
    struct buf out = BUF_INIT;
    for (size_t i = 0, len; i < indent && out.len < INDENT_LIMIT; i += len) {
        uint32_t space = utf8_decode(line, i, &len);
        buf_format(&out, "%*s", space == '\t' ? TAB_COLUMNS - (int)out.len % TAB_COLUMNS : 1, "");
    }
    buf_add(&out, p->text);
    str shown = arena_str(arena, buf_str(&out));
    buf_done(&out);
    return shown;
}

static bool is_preformatted(const struct piece *p)
{
    return p->html && p->html->shape == HTML_PRE &&
           (p->state == PIECE_REMOVED || p->kind == BLOCK_PREFORMATTED);
}

void step_mend(struct cleaner *c)
{
    struct map names;
    map_init(&names, NULL);
    note_names(c, &names);
    for (size_t i = 0; i < c->pieces.count; i++) {
        struct piece *p = &c->pieces.items[i];
        str text = p->html ? p->text : drop_doubled(c->arena, p->text);
        p->shown = is_preformatted(p) ? indented(c->arena, p)
                                      : mend_text(c->arena, c->rules, &names, text);
    }
    map_done(&names);
}
