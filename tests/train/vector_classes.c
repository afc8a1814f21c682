#include "train/vector_classes.h"

#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/map.h"
#include "base/memory.h"
#include "text/fold.h"

enum {
    FILE_VERSION = 1,
    VECTORS_LIMIT_LEN = 1 << 30,
    CLASSES_LIMIT_LEN = 64 << 20,
    WORD_MAXIMUM = 100000,
    WORD_MAXIMUM_LEN = 40,
    DIMENSIONS = 100,
    PADDED = 104,  /* a whole number of vector registers */
    UNIT = 16384,  /* length of a vector: products of two fit 32 bits */
    FINE = 100000, /* one unit of the numbers that are read: they have five decimals or more */
    ROUNDS = 15,
    CALM = 200 /* it ends when not one word in so many moves */
};

#define HEAD "dossier word classes\t"

typedef int16_t vector[PADDED];

struct vectors {
    struct arena arena;
    struct map words; /* folded */
    vector *items;
    size_t count;
};

/* --- reading --------------------------------------------------------------------------------- */

/* One JSON value at the front of *rest, which goes on behind it. */
static json_t *next_value(str *rest)
{
    json_error_t why;
    json_t *value =
        json_loadb(rest->ptr, rest->len, JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK, &why);
    if (value)
        *rest = str_slice(*rest, (size_t)why.position, rest->len);
    return value;
}

static bool next_byte(str *rest, char byte)
{
    if (!rest->len || rest->ptr[0] != byte)
        return false;
    *rest = str_slice(*rest, 1, rest->len);
    return true;
}

/* The sums are whole numbers, and the root of one is the same everywhere. */
static void set_length(vector out, const int64_t *numbers)
{
    int64_t squares = 0;
    for (size_t i = 0; i < DIMENSIONS; i++)
        squares += numbers[i] * numbers[i];
    int64_t len = (int64_t)sqrt((double)squares);
    for (size_t i = 0; i < DIMENSIONS; i++)
        out[i] = (int16_t)(len ? numbers[i] * UNIT / len : 0);
}

/* A number alone says little, nor does what holds a control. */
static bool is_usual(str word)
{
    bool letter = word.len == 1;
    for (size_t i = 0; i < word.len; i++) {
        unsigned char byte = (unsigned char)word.ptr[i];
        if (byte <= ' ')
            return false;
        letter |= byte >= 0x80 || (byte >= 'a' && byte <= 'z');
    }
    return letter && word.len <= WORD_MAXIMUM_LEN;
}

static void add_vector(struct vectors *vectors, str word, const json_t *array)
{
    str folded = fold_text(&vectors->arena, word);
    if (!is_usual(folded) || json_array_size(array) < DIMENSIONS ||
        map_find(&vectors->words, folded))
        return;
    int64_t numbers[DIMENSIONS];
    for (size_t i = 0; i < DIMENSIONS; i++) {
        double number = json_number_value(json_array_get(array, i));
        numbers[i] = fabs(number) < 100 ? llround(number * FINE) : 0;
    }
    folded = arena_str(&vectors->arena, folded);
    map_put(&vectors->words, folded, vectors->count);
    set_length(vectors->items[vectors->count++], numbers);
}

static enum status read_vectors(struct vectors *vectors, const char *path, struct error *err)
{
    const str opening = STR("\"vectors\":{");
    str bytes;
    enum status status = file_map(path, VECTORS_LIMIT_LEN, &bytes, err);
    if (status)
        return status;
    size_t at = str_find(bytes, opening, 0);
    str rest = at == STR_MISSING ? STR("") : str_slice(bytes, at + opening.len, bytes.len);
    vectors->items = memory_new(WORD_MAXIMUM, sizeof *vectors->items);
    bool more = true;
    while (more && vectors->count < WORD_MAXIMUM) {
        json_t *word = next_value(&rest);
        json_t *array = word && next_byte(&rest, ':') ? next_value(&rest) : NULL;
        if (json_is_string(word) && array)
            add_vector(vectors, str_from(json_string_value(word)), array);
        more = array && next_byte(&rest, ',');
        json_decref(word);
        json_decref(array);
    }
    file_unmap(bytes);
    return vectors->count ? STATUS_OK
                          : error_path(err, STATUS_BAD_INPUT, path, "no vectors of words");
}

/* --- classes --------------------------------------------------------------------------------- */

struct centre {
    vector direction;
    int64_t sums[DIMENSIONS], count;
};

static size_t nearest(const struct centre *centres, size_t count, const vector it)
{
    int32_t most = INT32_MIN;
    size_t best = 0;
    for (size_t i = 0; i < count; i++) {
        int32_t likeness = 0;
        for (size_t k = 0; k < PADDED; k++)
            likeness += centres[i].direction[k] * it[k];
        if (likeness > most) {
            most = likeness;
            best = i;
        }
    }
    return best;
}

/* Each centre turns to the mean of its words; one without words stays. */
static void turn(struct centre *centres, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct centre *it = &centres[i];
        for (size_t k = 0; k < DIMENSIONS && it->count; k++)
            it->sums[k] /= it->count;
        if (it->count)
            set_length(it->direction, it->sums);
        memset(it->sums, 0, sizeof it->sums);
        it->count = 0;
    }
}

/* Classes 1..count, at first around words of all frequencies. */
static uint32_t *classes_of(const struct vectors *vectors, size_t count)
{
    struct centre *centres = memory_new(count, sizeof *centres);
    uint32_t *classes = memory_new(vectors->count, sizeof *classes);
    for (size_t i = 0; i < count; i++)
        memcpy(centres[i].direction, vectors->items[i * vectors->count / count], sizeof(vector));
    size_t moved = vectors->count;
    for (int round = 0; round < ROUNDS && moved * CALM >= vectors->count; round++) {
        moved = 0;
        for (size_t i = 0; i < vectors->count; i++) {
            size_t best = nearest(centres, count, vectors->items[i]);
            moved += classes[i] != best + 1;
            classes[i] = (uint32_t)best + 1;
            for (size_t k = 0; k < DIMENSIONS; k++)
                centres[best].sums[k] += vectors->items[i][k];
            centres[best].count++;
        }
        turn(centres, count);
    }
    memory_free(centres);
    return classes;
}

enum status vector_classes_make(const char *vectors_path, const char *out_path, struct error *err)
{
    static const unsigned bits[SENSE_LEVELS] = {SENSE_NARROW_BITS, SENSE_MIDDLE_BITS,
                                                SENSE_WIDE_BITS};
    struct vectors vectors = {.count = 0};
    map_init(&vectors.words, &vectors.arena);
    struct buf body = BUF_INIT, out = BUF_INIT;
    enum status status = read_vectors(&vectors, vectors_path, err);
    if (!status) {
        uint32_t *classes[SENSE_LEVELS];
        for (size_t level = 0; level < SENSE_LEVELS; level++)
            classes[level] = classes_of(&vectors, ((size_t)1 << bits[level]) - 1);
        for (size_t i = 0; i < vectors.count; i++) {
            buf_add(&body, vectors.words.entries[i].key);
            for (size_t level = 0; level < SENSE_LEVELS; level++)
                buf_format(&body, "\t%" PRIu32, classes[level][i]);
            buf_add_byte(&body, '\n');
        }
        for (size_t level = 0; level < SENSE_LEVELS; level++)
            memory_free(classes[level]);
        buf_format(&out, HEAD "%d\t%zu\t%016" PRIx64 "\n", FILE_VERSION, vectors.count,
                   str_hash(buf_str(&body)));
        buf_add(&out, buf_str(&body));
        status = file_replace(out_path, buf_str(&out), err);
    }
    buf_done(&body);
    buf_done(&out);
    memory_free(vectors.items);
    arena_done(&vectors.arena);
    return status;
}

/* --- the file -------------------------------------------------------------------------------- */

static bool read_word(str line, struct name_word_class *word)
{
    static const unsigned bits[SENSE_LEVELS] = {SENSE_NARROW_BITS, SENSE_MIDDLE_BITS,
                                                SENSE_WIDE_BITS};
    str field;
    if (!str_next(&line, '\t', &field))
        return false;
    *word = (struct name_word_class){.word = (uint32_t)(str_hash(field) >> 32)};
    unsigned shift = 0;
    for (size_t level = 0; level < SENSE_LEVELS; level++) {
        int64_t number;
        if (!str_next(&line, '\t', &field) || !str_to_int(field, &number) || number < 1 ||
            number >> bits[level])
            return false;
        word->known.sense |= (uint32_t)number << shift;
        shift += bits[level];
    }
    return !line.ptr;
}

enum status vector_classes_read(struct arena *arena, const char *path,
                                struct name_word_class **words, size_t *count, struct error *err)
{
    str bytes, line;
    enum status status = file_read(arena, path, CLASSES_LIMIT_LEN, &bytes, err);
    if (status)
        return status;
    int version;
    uint64_t sum;
    if (!str_next_line(&bytes, &line) ||
        sscanf(line.ptr, HEAD "%d\t%zu\t%" SCNx64, &version, count, &sum) != 3 ||
        version != FILE_VERSION || *count > WORD_MAXIMUM || str_hash(bytes) != sum)
        return error_path(err, STATUS_BAD_INPUT, path, "no undamaged file of word classes");
    *words = arena_array(arena, struct name_word_class, *count + 1);
    for (size_t i = 0; i < *count; i++) {
        if (!str_next_line(&bytes, &line) || !read_word(line, &(*words)[i]))
            return error_path(err, STATUS_BAD_INPUT, path, "a line that is no word and classes");
    }
    return STATUS_OK;
}
