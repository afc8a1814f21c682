/* The page as pieces: lines, what they look like, and what the phrases say of them. */
#include "base/ascii.h"
#include "ingest/cleaner.h"
#include "text/fold.h"
#include "text/utf8.h"

static size_t space_at(str text, size_t at)
{
    unsigned char byte = (unsigned char)text.ptr[at];
    if (byte < 0x80) {
        return byte == ' ' || (byte >= '\t' && byte <= '\r') ? 1 : 0;
    }
    size_t len = 0;
    uint32_t c = utf8_decode(text, at, &len);
    return code_point_is_space(c) || c == 0x200B || c == 0xFEFF ? len : 0;
}

str text_trim(str text)
{
    size_t start = 0, end = text.len;
    for (size_t len; start < end && (len = space_at(text, start)); start += len) {
    }
    while (end > start) {
        size_t before = utf8_before(text, end);
        if (!space_at(text, before)) {
            break;
        }
        end = before;
    }
    return str_slice(text, start, end);
}

bool text_next_word(str text, size_t *at, str *word)
{
    size_t start = *at, len = 0;
    while (start < text.len && (len = space_at(text, start))) {
        start += len;
    }
    size_t end = start;
    while (end < text.len) {
        unsigned char byte = (unsigned char)text.ptr[end];
        if (byte > ' ' && byte < 0x80) {
            end++;
        } else if (space_at(text, end)) {
            break;
        } else {
            end = byte < 0x80 ? end + 1 : utf8_after(text, end);
        }
    }
    *at = end;
    *word = str_slice(text, start, end);
    return end > start;
}

static bool is_core(uint32_t c)
{
    return c < 0x80 ? ascii_is_alnum(c) : code_point_is_letter(c) || code_point_is_digit(c);
}

str text_word_core(str word)
{
    size_t start = 0, end = word.len, len = 0;
    if (end > 0 && ascii_is_alnum(word.ptr[0]) && ascii_is_alnum(word.ptr[end - 1])) {
        return word;
    }
    while (start < end && !is_core(utf8_decode(word, start, &len))) {
        start += len;
    }
    while (end > start) {
        size_t before = utf8_before(word, end);
        if (is_core(utf8_decode(word, before, &len))) {
            break;
        }
        end = before;
    }
    return str_slice(word, start, end);
}

void piece_remove(struct piece *piece, enum removal_reason reason, str rule)
{
    piece->state = PIECE_REMOVED;
    piece->reason = (uint8_t)reason;
    piece->rule = rule;
}

void piece_keep(struct piece *piece, enum block_kind kind)
{
    piece->state = PIECE_KEPT;
    piece->kind = (uint8_t)kind;
}

bool piece_is_code(const struct piece *piece)
{
    return piece->html && piece->html->shape == HTML_PRE;
}

void piece_cut(struct cleaner *c, struct piece *piece, size_t from, size_t to,
               enum removal_reason reason, str rule)
{
    struct piece cut = {.text = text_trim(str_slice(piece->text, from, to)), .line = piece->line};
    str rest =
        from == 0 ? str_slice(piece->text, to, piece->text.len) : str_slice(piece->text, 0, from);
    piece->text = text_trim(rest);
    if (cut.text.len) {
        piece_remove(&cut, reason, rule);
        vec_push(NULL, &c->cuts, cut);
    }
}

/* --- what a line looks like ----------------------------------------------------------------- */

/* A letter of a script without capitals that parts its words: Arabic, Hebrew, Devanagari. */
static bool is_caseless(uint32_t c)
{
    return c >= 0x500 && code_point_is_letter(c) && !code_point_is_upper(c) &&
           !code_point_is_lower(c);
}

/* No list has the function words of such scripts: their shortest words stand for them. Bytes. */
#define CASELESS_STOP_LEN ((size_t)6)

static void measure_word(const struct cleaner *c, struct piece *piece, str word, uint32_t *shouts)
{
    str core = text_word_core(word);
    if (core.len == 0) {
        return;
    }
    size_t len = 0;
    uint32_t first = utf8_decode(core, 0, &len);
    if (code_point_is_unspaced(first)) {
        piece->words += (uint32_t)(core.len / 6) + 1; /* about two characters a word */
        piece->stops++;
        return;
    }
    piece->words++;
    if (is_caseless(first)) {
        piece->stops += core.len <= CASELESS_STOP_LEN;
        return;
    }
    if (!code_point_is_lower(first)) {
        piece->capitals++;
        if (core.len > len && code_point_is_upper(first) &&
            !code_point_is_lower(utf8_decode(core, core.len - 1, &len))) {
            (*shouts)++;
        }
    }
    if (core.len <= 6 && rules_list(c->rules, LIST_STOP, core)) {
        piece->stops++;
    }
}

/* How the text ends, closing quotes, brackets and bold marks left aside. */
static uint16_t ending(str text)
{
    static const uint32_t closing[] = {'"', '\'', ')', ']', '*', '_', 0x201D, 0x2019, 0xBB, 0x203A};
    static const uint32_t stops[] = {'.', '!', '?', 0x3002, 0xFF01, 0xFF1F, 0x61F, 0x964};
    for (size_t at = text.len, len; at > 0;) {
        at = utf8_before(text, at);
        uint32_t last = utf8_decode(text, at, &len);
        bool skip = false;
        for (size_t i = 0; i < sizeof closing / sizeof *closing; i++) {
            skip = skip || closing[i] == last;
        }
        if (skip || code_point_is_space(last)) {
            continue;
        }
        if (last == 0x2026 || (last == '.' && at >= 2 && text.ptr[at - 1] == '.')) {
            return PIECE_ELLIPSIS;
        }
        for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
            if (stops[i] == last) {
                return PIECE_SENTENCE;
            }
        }
        return last == ':' || last == 0xFF1A ? PIECE_COLON : 0;
    }
    return 0;
}

/* "- x", "• x", "* x", "3. x", "3) x" */
static bool is_bullet(str text)
{
    size_t len = 0;
    uint32_t first = utf8_decode(text, 0, &len);
    if (first == '-' || first == '*' || first == 0x2022 || first == 0xB7 || first == 0x2013 ||
        first == 0x25CF || first == 0x25AA || first == 0x2219) {
        return len < text.len && space_at(text, len);
    }
    size_t digits = 0;
    while (digits < text.len && digits < 3 && ascii_is_digit(text.ptr[digits])) {
        digits++;
    }
    return digits > 0 && digits + 1 < text.len &&
           (text.ptr[digits] == '.' || text.ptr[digits] == ')') && text.ptr[digits + 1] == ' ';
}

static bool is_row(str text)
{
    return str_starts(text, STR("|")) || str_ends(text, STR(" |")) ||
           str_find(text, STR("---|"), 0) == 0;
}

/* "(Name/Agency)" after the last sentence */
static bool has_credit(str text)
{
    if (!str_ends(text, STR(")")) || text.len < 30) {
        return false;
    }
    size_t open = text.len - 1;
    while (open > 0 && text.len - open < 60 && text.ptr[open] != '(') {
        open--;
    }
    str inside = str_slice(text, open + 1, text.len - 1);
    size_t slash = str_find_byte(inside, '/', 0), len = 0;
    return text.ptr[open] == '(' && open > 20 && (text.ptr[open - 2] == '.') &&
           slash != STR_MISSING && slash > 3 && slash + 1 < inside.len &&
           code_point_is_upper(utf8_decode(inside, 0, &len)) &&
           code_point_is_upper(utf8_decode(inside, slash + 1, &len));
}

/* "… © Agency" at the end of a short line, or what the rules know. */
static bool is_caption(const struct cleaner *c, const struct piece *piece)
{
    size_t mark = str_find(piece->text, STR("©"), 0);
    if (mark != STR_MISSING && mark > 10 && piece->text.len - mark < 40 && piece->words <= 50 &&
        !(piece->flags & PIECE_SENTENCE)) {
        return true;
    }
    return rules_match(c->rules, SCOPE_CAPTION, piece->key, piece->words) != NULL ||
           (piece->words <= 60 && has_credit(piece->text));
}

void piece_measure(struct cleaner *c, struct piece *piece)
{
    str text = piece->text, word;
    uint32_t shouts = 0;
    piece->words = piece->capitals = piece->stops = 0;
    piece->score = -1;
    piece->flags = 0;
    if (text.len == 0) {
        return;
    }
    for (size_t at = 0; text_next_word(text, &at, &word);) {
        measure_word(c, piece, word, &shouts);
    }
    piece->flags |= ending(text);
    piece->flags |= is_bullet(text) ? PIECE_BULLET : 0;
    piece->flags |=
        piece->words > 0 && piece->capitals * 4 >= piece->words * 3 ? PIECE_TITLE_CASE : 0;
    piece->flags |= piece->words > 0 && shouts * 5 >= piece->words * 4 ? PIECE_SHOUT : 0;
    if ((piece->flags & PIECE_SENTENCE && piece->words >= 8 && piece->stops > 0 &&
         !(piece->flags & PIECE_TITLE_CASE)) ||
        (piece->words >= 25 && piece->stops * 8 >= piece->words)) {
        piece->flags |= PIECE_GOOD;
    }
    piece->key = text.len <= CLEAN_KEY_LIMIT_LEN ? rules_key(&c->scratch, text) : STR_NONE;
    if (piece->key.ptr && is_caption(c, piece)) {
        piece->flags |= PIECE_CREDIT;
    }
}

static void split_document(struct cleaner *c)
{
    vec_reserve(NULL, &c->pieces, c->document->blocks.count);
    for (size_t i = 0; i < c->document->blocks.count; i++) {
        const struct html_block *block = &c->document->blocks.items[i];
        struct piece piece = {.text = text_trim(block->text), .line = block->line, .html = block};
        if (piece.text.len == 0) {
            continue;
        }
        piece_measure(c, &piece);
        piece.flags |= block->shape == HTML_ROW ? PIECE_TABLE : 0;
        piece.flags |= block->shape == HTML_CAPTION ? PIECE_CREDIT : 0;
        vec_push(NULL, &c->pieces, piece);
    }
}

void step_split(struct cleaner *c)
{
    if (c->document) {
        split_document(c);
        return;
    }
    str rest = c->page->body, line;
    uint32_t number = 0;
    uint32_t row_line = 0;
    while (str_next_line(&rest, &line)) {
        if (number == CLEAN_LINE_LIMIT) {
            size_t from = (size_t)(line.ptr - c->page->body.ptr);
            c->tail_of_page = text_trim(str_slice(c->page->body, from, c->page->body.len));
            return;
        }
        struct piece piece = {.text = text_trim(line), .line = ++number};
        if (piece.text.len == 0) {
            continue;
        }
        piece_measure(c, &piece);
        if (is_row(piece.text)) {
            if (row_line && row_line + 1 == number) {
                piece.flags |= PIECE_TABLE;
                vec_last(&c->pieces)->flags |= PIECE_TABLE;
            }
            row_line = number;
        }
        vec_push(NULL, &c->pieces, piece);
    }
}

/* --- words of buttons glued to the line after them ------------------------------------------ */

/* The length of a button's word at the start of the text to which a capitalised word is glued. */
static size_t glued_head(struct cleaner *c, str text)
{
    size_t end = 0;
    while (end < text.len && end < 24 && (end == 0 || ascii_is_lower(text.ptr[end]))) {
        end++;
    }
    if (end < 3 || end >= text.len || !ascii_is_upper(text.ptr[end])) {
        return 0;
    }
    return rules_list(c->rules, LIST_UI, fold_text(&c->scratch, str_slice(text, 0, end))) ? end : 0;
}

/* Words of the page as they are written. */
static void count_words(struct cleaner *c, struct map *words)
{
    str word;
    for (size_t i = 0; i < c->pieces.count; i++) {
        for (size_t at = 0; text_next_word(c->pieces.items[i].text, &at, &word);) {
            str core = text_word_core(word);
            if (core.len > 2 && core.len < 40) {
                ++*map_put(words, core, 0);
            }
        }
    }
}

/* True when what follows the button's word can stand alone: a rule knows it, or its first word
 * occurs in the page without the button's word before it. */
static bool stands_alone(struct cleaner *c, const struct map *words, struct piece *rest)
{
    piece_measure(c, rest);
    if (rest->key.ptr && rules_match(c->rules, SCOPE_LINE, rest->key, rest->words)) {
        return true;
    }
    size_t at = 0;
    str word;
    if (!text_next_word(rest->text, &at, &word)) {
        return false;
    }
    str core = text_word_core(word);
    return rest->words > 2 && core.len > 2 && map_find(words, core);
}

void step_glued_heads(struct cleaner *c)
{
    struct map words;
    bool counted = false;
    map_init(&words, NULL);
    for (size_t i = 0; i < c->pieces.count; i++) {
        struct piece *piece = &c->pieces.items[i];
        size_t head = glued_head(c, piece->text);
        if (!head) {
            continue;
        }
        if (!counted) {
            count_words(c, &words);
            counted = true;
        }
        struct piece rest = *piece;
        rest.text = str_slice(piece->text, head, piece->text.len);
        if (stands_alone(c, &words, &rest)) {
            piece_cut(c, piece, 0, head, REMOVAL_UI_CONTROL, STR("button glued to the line"));
            rest.text = piece->text;
            *piece = rest;
        }
    }
    map_done(&words);
}

/* --- phrases --------------------------------------------------------------------------------- */

/* "Yes." in an interview is no button, and a sentence may end with any word. */
static bool speaks(const struct piece *piece, const struct phrase *phrase)
{
    if (!(piece->flags & PIECE_SENTENCE) || str_ends(piece->text, STR("!"))) {
        return false;
    }
    return phrase->match == MATCH_ENDS || (phrase->match == MATCH_IS && piece->words <= 2);
}

/* Running text with a prompt behind it, and a byline with the minutes to read. */
static bool says_more(struct cleaner *c, const struct piece *piece, const struct phrase *phrase)
{
    if (phrase->match != MATCH_HAS && phrase->match != MATCH_ENDS) {
        return false;
    }
    return phrase->reason == REMOVAL_READ_TIME
               ? rules_match(c->rules, SCOPE_BYLINE, piece->key, piece->words) != NULL
               : piece->flags & PIECE_GOOD && piece_ends_in_tail(c, piece);
}

void step_phrases(struct cleaner *c)
{
    for (size_t i = 0; i < c->pieces.count; i++) {
        struct piece *piece = &c->pieces.items[i];
        if (piece_is_code(piece) || (piece->words > 0 && !piece->key.ptr)) {
            continue;
        }
        if (piece->words == 0) {
            piece_remove(piece, REMOVAL_OTHER, STR("nothing to read"));
            continue;
        }
        const struct phrase *phrase = rules_match(c->rules, SCOPE_LINE, piece->key, piece->words);
        const struct phrase *section =
            rules_match(c->rules, SCOPE_SECTION, piece->key, piece->words);
        if (phrase && (speaks(piece, phrase) || says_more(c, piece, phrase))) {
            phrase = NULL;
        }
        if (section) {
            piece->section = section;
            phrase = phrase ? phrase : section;
        }
        if (phrase) {
            piece_remove(piece, phrase->reason, phrase->name);
        }
    }
}

/* How many of the line's words are labels, taking two words as one label where there is one. */
static uint32_t count_labels(struct cleaner *c, str key)
{
    uint32_t labels = 0;
    size_t at = 0;
    str word, before = STR_NONE;
    bool before_counted = false;
    while (text_next_word(key, &at, &word)) {
        str core = text_word_core(word);
        if (core.len == 0) {
            continue;
        }
        bool counted = rules_list(c->rules, LIST_LABEL, core) > 0;
        labels += counted;
        if (before.ptr && !(counted && before_counted)) {
            str both = {before.ptr, (size_t)(core.ptr + core.len - before.ptr)};
            if (rules_list(c->rules, LIST_LABEL, both)) {
                labels += (uint32_t)!counted + (uint32_t)!before_counted;
                counted = true;
            }
        }
        before = core;
        before_counted = counted;
    }
    return labels;
}

/* A line made of the names of departments is a menu or a list of tags. */
void step_label_runs(struct cleaner *c)
{
    for (size_t i = 0; i < c->pieces.count; i++) {
        struct piece *piece = &c->pieces.items[i];
        if (piece->state != PIECE_OPEN || !piece->key.ptr || piece->words < 3 ||
            piece->words > 60 || piece->flags & (PIECE_SENTENCE | PIECE_TABLE) ||
            piece->stops > piece->words / 6 || piece->capitals * 10 < piece->words * 8) {
            continue;
        }
        uint32_t labels = count_labels(c, piece->key);
        if (labels >= 3 && labels * 3 >= piece->words * 2) {
            piece_remove(piece, REMOVAL_NAVIGATION, STR("run of labels"));
        }
    }
}
