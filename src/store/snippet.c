/* A snippet of a text in a full-text table, as FTS5's own makes them, but it reads the text no
 * further than it shows it: FTS5's reads all of it, twice.
 *
 *     cutting(table, column, hit start, hit end, ellipsis, words)
 *
 * The words from the first place where most of what was asked for stands together, or from the
 * beginning of its sentence where that is near enough. */
#include "store/internal.h"

#include <string.h>

enum { WORD_LIMIT = 64 };

/* Words are counted from 0 in the column. */
struct cutting {
    const Fts5ExtensionApi *api;
    Fts5Context *row;
    int column, word_count; /* of the snippet */
    int place, place_end;   /* of the hits that are shown: the first word, the one after the last */
    const char *text;

    /* while the text is read */
    int word;                                 /* that comes next */
    int sentence;                             /* the word that the last sentence began with */
    int first, after;                         /* the words shown; first < 0: not known yet */
    bool begins_anywhere;                     /* the first word is no sentence's */
    bool goes_on;                             /* there are words after them */
    int starts[WORD_LIMIT], ends[WORD_LIMIT]; /* bytes of the last words */
    int last_end;                             /* of the word before */
    int base;                                 /* where reading began */
};

/* ---- where the hits stand ------------------------------------------------------------------ */

struct hit {
    int phrase, word, word_end;
};

/* False for one of another column. */
static bool read_hit(const struct cutting *cutting, int number, struct hit *hit)
{
    int column = -1;
    if (cutting->api->xInst(cutting->row, number, &hit->phrase, &column, &hit->word) != SQLITE_OK ||
        column != cutting->column)
        return false;
    hit->word_end = hit->word + cutting->api->xPhraseSize(cutting->row, hit->phrase);
    return true;
}

/* How many of the phrases begin within the words from a hit on; *end: behind the first places of
 * them all. */
static int count_phrases(const struct cutting *cutting, int hit_count, int number, int *end)
{
    uint64_t seen = 0;
    int count = 0;
    struct hit first, hit;
    if (!read_hit(cutting, number, &first))
        return 0;
    for (int i = number;
         i < hit_count && read_hit(cutting, i, &hit) && hit.word < first.word + cutting->word_count;
         i++) {
        uint64_t bit = UINT64_C(1) << (hit.phrase & 63);
        if ((seen & bit) == 0 && hit.word_end > *end)
            *end = hit.word_end;
        count += (seen & bit) == 0;
        seen |= bit;
    }
    return count;
}

/* The beginning, when nothing that was asked for stands in this column. */
static void find_place(struct cutting *cutting, int hit_count)
{
    int most = 0;
    int phrases = cutting->api->xPhraseCount(cutting->row);
    for (int i = 0; i < hit_count && most < phrases; i++) {
        struct hit hit;
        int end = 0, count = count_phrases(cutting, hit_count, i, &end);
        if (count > most && read_hit(cutting, i, &hit)) {
            most = count;
            cutting->place = hit.word;
            cutting->place_end = end;
        }
    }
}

/* ---- reading ------------------------------------------------------------------------------- */

/* FTS5's own rule: after white space after one of these. */
static bool begins_sentence(const struct cutting *cutting, int start)
{
    int at = start - 1;
    while (at >= cutting->last_end && strchr(" \t\n\r", cutting->text[at]) != NULL)
        at--;
    return cutting->word == 0 ||
           (at >= cutting->last_end && (cutting->text[at] == '.' || cutting->text[at] == ':'));
}

/* Chooses the word that the snippet begins with, once its place is reached. */
static void choose_first(struct cutting *cutting)
{
    int room = cutting->word_count - (cutting->place_end - cutting->place);
    cutting->begins_anywhere = cutting->place_end - cutting->sentence > cutting->word_count;
    cutting->first = cutting->sentence;
    if (cutting->begins_anywhere)
        cutting->first = cutting->place - (room > 0 ? room / 2 : 0);
    cutting->after = cutting->first + cutting->word_count;
}

/* Where the text ends before the snippet is full, it begins earlier. */
static void fill_up(struct cutting *cutting)
{
    int first = cutting->word - cutting->word_count;
    if (cutting->begins_anywhere && first < cutting->first)
        cutting->first = first > 0 ? first : 0;
}

static int take(void *context, int flags, const char *word, int len, int start, int end)
{
    struct cutting *cutting = context;
    (void)word, (void)len;
    start += cutting->base;
    end += cutting->base;
    if ((flags & FTS5_TOKEN_COLOCATED) != 0)
        return SQLITE_OK;
    if (cutting->first >= 0 && cutting->word >= cutting->after) {
        cutting->goes_on = true;
        return SQLITE_DONE;
    }
    if (cutting->word <= cutting->place && begins_sentence(cutting, start))
        cutting->sentence = cutting->word;
    cutting->starts[cutting->word % WORD_LIMIT] = start;
    cutting->ends[cutting->word % WORD_LIMIT] = cutting->last_end = end;
    if (cutting->word == cutting->place)
        choose_first(cutting);
    cutting->word++;
    return SQLITE_OK;
}

/* Words that lie too far before the place to be shown need not be looked at, but the one that may
 * end a sentence. */
static void begin_near(struct cutting *cutting, int len)
{
    int passed = cutting->place - cutting->word_count - 1;
    if (passed <= 0)
        return;
    cutting->word = tokenizer_skip(cutting->text, len, passed, &cutting->base);
    cutting->last_end = cutting->base;
}

/* ---- the snippet --------------------------------------------------------------------------- */

/* What a snippet is put together with, from the arguments of the function. */
struct marks {
    str hit_start, hit_end, ellipsis;
};

static void add_words(const struct cutting *cutting, int hit_count, const struct marks *marks,
                      int at, int end, struct buf *out)
{
    struct hit hit;
    bool is_open = false;
    int open_end = at;
    for (int i = 0; i < hit_count; i++) {
        if (!read_hit(cutting, i, &hit) || hit.word < cutting->first ||
            hit.word_end > cutting->word)
            continue;
        int start = cutting->starts[hit.word % WORD_LIMIT];
        int hit_end = cutting->ends[(hit.word_end - 1) % WORD_LIMIT];
        if (is_open && start >= open_end) {
            buf_add(out, (str){cutting->text + at, (size_t)(open_end - at)});
            buf_add(out, marks->hit_end);
            at = open_end;
            is_open = false;
        }
        if (!is_open) {
            buf_add(out, (str){cutting->text + at, (size_t)(start - at)});
            buf_add(out, marks->hit_start);
            at = start;
            is_open = true;
        }
        open_end = hit_end > open_end ? hit_end : open_end;
    }
    if (is_open) {
        buf_add(out, (str){cutting->text + at, (size_t)(open_end - at)});
        buf_add(out, marks->hit_end);
        at = open_end;
    }
    buf_add(out, (str){cutting->text + at, (size_t)(end - at)});
}

static void cut(struct cutting *cutting, int hit_count, int text_len, const struct marks *marks,
                struct buf *out)
{
    int begin = cutting->first > 0 ? cutting->starts[cutting->first % WORD_LIMIT] : 0;
    if (cutting->first > 0)
        buf_add(out, marks->ellipsis);
    add_words(cutting, hit_count, marks, begin, cutting->goes_on ? cutting->last_end : text_len,
              out);
    if (cutting->goes_on)
        buf_add(out, marks->ellipsis);
}

static str text_of(sqlite3_value *value)
{
    const char *text = (const char *)sqlite3_value_text(value);
    return (str){text, text != NULL ? (size_t)sqlite3_value_bytes(value) : 0};
}

static void snippet(const Fts5ExtensionApi *api, Fts5Context *row, sqlite3_context *context,
                    int count, sqlite3_value **values)
{
    struct cutting cutting = {.api = api, .row = row, .first = -1};
    int hit_count = 0, len = 0;
    if (count != 5) {
        sqlite3_result_error(context, "cutting takes a column, three marks, and a number", -1);
        return;
    }
    struct marks marks = {text_of(values[1]), text_of(values[2]), text_of(values[3])};
    cutting.column = sqlite3_value_int(values[0]);
    cutting.word_count = sqlite3_value_int(values[4]);
    if (cutting.word_count < 1 || cutting.word_count > WORD_LIMIT / 2)
        cutting.word_count = WORD_LIMIT / 2;
    int code = api->xInstCount(row, &hit_count);
    if (code == SQLITE_OK)
        code = api->xColumnText(row, cutting.column, &cutting.text, &len);
    if (code == SQLITE_OK)
        find_place(&cutting, hit_count);
    if (code == SQLITE_OK && cutting.text != NULL) {
        begin_near(&cutting, len);
        code = api->xTokenize(row, cutting.text + cutting.base, len - cutting.base, &cutting, take);
    }
    if (code != SQLITE_OK && code != SQLITE_DONE) {
        sqlite3_result_error_code(context, code);
    } else if (cutting.first >= 0) {
        struct buf out = BUF_INIT;
        fill_up(&cutting);
        cut(&cutting, hit_count, len, &marks, &out);
        sqlite3_result_text64(context, buf_c(&out), out.len, SQLITE_TRANSIENT, SQLITE_UTF8);
        buf_done(&out);
    }
}

int snippet_register(fts5_api *api)
{
    return api->xCreateFunction(api, "cutting", NULL, snippet, NULL);
}
