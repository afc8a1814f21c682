/* Reading and writing the file of weights. */
#include "analyse/name_weights.h"

#include <string.h>

#include "analyse/name_features.h"
#include "base/file.h"
#include "base/memory.h"

#define MAGIC "dossier names\n"

enum {
    MAGIC_LEN = sizeof MAGIC - 1,
    HEAD_LEN = MAGIC_LEN + 4 * 4 + 8,
    STEP_COUNT = LABEL_COUNT * LABEL_COUNT, /* of one kind of text */
    STEPS_LEN = 2 * STEP_COUNT * 2,
    SOUNDS_LEN = SOUND_SLOTS * SOUND_COUNT,
    WORD_LEN = 9,
    ROW_LEN = 2 + LABEL_COUNT,
    ROW_LARGE = 1 << 15, /* bit of the check */
    WORD_START_BITS = 12,
    WORD_STARTS = 1 << WORD_START_BITS
};

struct name_weights {
    str bytes; /* the file, mapped */
    const signed char *sounds, *cases;
    const unsigned char *words, *rows;
    size_t word_count, slot_count;
    uint32_t word_starts[WORD_STARTS + 1]; /* by the upper bits of a word */
    int steps[2][LABEL_COUNT][LABEL_COUNT];
};

static uint32_t read_number(const unsigned char *at, size_t len)
{
    uint32_t value = 0;
    for (size_t i = len; i-- > 0;)
        value = value << 8 | at[i];
    return value;
}

static void write_number(struct buf *out, uint64_t value, size_t len)
{
    for (size_t i = 0; i < len; i++)
        buf_add_byte(out, (char)(value >> (8 * i) & 0xFF));
}

/* FNV-1a over groups of 8 bytes, which finds any damaged byte and reads at memory speed. */
static uint64_t checksum(const unsigned char *bytes, size_t len)
{
    uint64_t sum = 0xCBF29CE484222325u;
    size_t i = 0;
    for (; i + 8 <= len; i += 8) {
        uint64_t group = read_number(bytes + i, 4) | (uint64_t)read_number(bytes + i + 4, 4) << 32;
        sum = (sum ^ group) * 0x100000001B3u;
        sum ^= sum >> 29;
    }
    for (; i < len; i++)
        sum = (sum ^ bytes[i]) * 0x100000001B3u;
    return sum;
}

static uint16_t check_of(uint32_t feature)
{
    uint16_t check = (uint16_t)((feature * 0x9E3779B1u) >> 16 ^ feature);
    check &= ROW_LARGE - 1;
    return check ? check : 1;
}

static void index_words(struct name_weights *weights)
{
    size_t at = 0;
    for (uint32_t start = 0; start <= WORD_STARTS; start++) {
        while (at < weights->word_count &&
               read_number(weights->words + at * WORD_LEN, 4) >> (32 - WORD_START_BITS) < start)
            at++;
        weights->word_starts[start] = (uint32_t)at;
    }
}

static enum status read_file(struct name_weights *weights, const char *path, struct error *err)
{
    enum status status = file_map(path, NAME_WEIGHTS_LIMIT_LEN, &weights->bytes, err);
    if (status)
        return status;
    str bytes = weights->bytes;
    if (bytes.len < HEAD_LEN + STEPS_LEN + SOUNDS_LEN + CASE_SLOTS ||
        memcmp(bytes.ptr, MAGIC, MAGIC_LEN) != 0)
        return error_path(err, STATUS_BAD_INPUT, path, "not a file of name weights");
    const unsigned char *head = (const unsigned char *)bytes.ptr + MAGIC_LEN;
    if (read_number(head, 4) != NAME_WEIGHTS_VERSION ||
        read_number(head + 4, 4) != name_features_version())
        return error_path(err, STATUS_BAD_INPUT, path, "made for another version of dossier");
    weights->word_count = read_number(head + 8, 4);
    weights->slot_count = read_number(head + 12, 4);
    uint64_t sum = read_number(head + 16, 4) | (uint64_t)read_number(head + 20, 4) << 32;
    const unsigned char *body = head + HEAD_LEN - MAGIC_LEN;
    size_t len = bytes.len - HEAD_LEN;
    uint64_t wanted = STEPS_LEN + SOUNDS_LEN + CASE_SLOTS +
                      (uint64_t)weights->word_count * WORD_LEN +
                      (uint64_t)weights->slot_count * ROW_LEN;
    if (wanted != len || checksum(body, len) != sum)
        return error_path(err, STATUS_BAD_INPUT, path, "damaged: the checksum does not fit");
    for (size_t i = 0; i < 2 * STEP_COUNT; i++)
        weights->steps[i / STEP_COUNT][i / LABEL_COUNT % LABEL_COUNT][i % LABEL_COUNT] =
            (int16_t)read_number(body + 2 * i, 2);
    weights->sounds = (const signed char *)body + STEPS_LEN;
    weights->cases = weights->sounds + SOUNDS_LEN;
    weights->words = body + STEPS_LEN + SOUNDS_LEN + CASE_SLOTS;
    weights->rows = weights->words + weights->word_count * WORD_LEN;
    index_words(weights);
    return STATUS_OK;
}

enum status name_weights_open(const char *path, struct name_weights **weights, struct error *err)
{
    *weights = memory_new(1, sizeof **weights);
    enum status status = read_file(*weights, path, err);
    if (status) {
        name_weights_close(*weights);
        *weights = NULL;
    }
    return status;
}

void name_weights_close(struct name_weights *weights)
{
    if (!weights)
        return;
    file_unmap(weights->bytes);
    memory_free(weights);
}

void name_weights_expect(const struct name_weights *weights, uint32_t feature)
{
#ifdef __GNUC__
    __builtin_prefetch(weights->rows +
                       (size_t)((uint64_t)feature * weights->slot_count >> 32) * ROW_LEN);
#else
    (void)weights, (void)feature;
#endif
}

const signed char *name_weights_row(const struct name_weights *weights, uint32_t feature,
                                    int *times)
{
    if (!weights->slot_count)
        return NULL;
    size_t slot = (size_t)((uint64_t)feature * weights->slot_count >> 32);
    uint16_t check = check_of(feature);
    for (size_t tries = 0; tries < weights->slot_count; tries++) {
        const unsigned char *row = weights->rows + slot * ROW_LEN;
        uint16_t found = (uint16_t)(row[0] | row[1] << 8);
        *times = found & ROW_LARGE ? NAME_ROW_TIMES : 1;
        if ((found & (ROW_LARGE - 1)) == check)
            return (const signed char *)row + 2;
        if (!found)
            return NULL;
        slot = slot + 1 < weights->slot_count ? slot + 1 : 0;
    }
    return NULL;
}

const int (*name_weights_steps(const struct name_weights *weights, bool caseless))[LABEL_COUNT]
{
    return weights->steps[caseless];
}

static const unsigned char *find_word(const struct name_weights *weights, uint64_t word)
{
    uint32_t wanted = (uint32_t)(word >> 32);
    size_t low = weights->word_starts[wanted >> (32 - WORD_START_BITS)];
    size_t high = weights->word_starts[(wanted >> (32 - WORD_START_BITS)) + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const unsigned char *at = weights->words + middle * WORD_LEN;
        uint32_t found = read_number(at, 4);
        if (found == wanted)
            return at + 4;
        if (found < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

struct name_word name_weights_word(const struct name_weights *weights, uint64_t word)
{
    const unsigned char *found = find_word(weights, word);
    if (!found)
        return (struct name_word){0, 0};
    return (struct name_word){(uint16_t)read_number(found, 2), read_number(found + 2, 3)};
}

int name_weights_case(const struct name_weights *weights, uint32_t slot)
{
    return weights->cases[slot];
}

size_t name_sound_pieces(str folded, uint32_t slots[SOUND_PIECE_LIMIT])
{
    size_t count = 0, len = folded.len < 40 ? folded.len : 40;
    slots[count++] = (uint32_t)(str_hash(folded) >> (64 - SOUND_SLOT_BITS));
    for (size_t i = 0; i < len + 1; i++) { /* byte 0 and byte len + 1 are the ends */
        uint32_t hash = 0x811C9DC5u;
        for (size_t k = i; k < i + 5 && k < len + 2; k++) {
            unsigned char byte = k == 0 || k == len + 1 ? 1 : (unsigned char)folded.ptr[k - 1];
            hash = (hash ^ byte) * 0x01000193u;
            if (k > i && count < SOUND_PIECE_LIMIT)
                slots[count++] = (hash * 0x9E3779B1u) >> (32 - SOUND_SLOT_BITS);
        }
    }
    return count;
}

void name_weights_sound(const struct name_weights *weights, str folded, int points[SOUND_COUNT])
{
    uint32_t slots[SOUND_PIECE_LIMIT];
    size_t count = name_sound_pieces(folded, slots);
    for (size_t k = 0; k < SOUND_COUNT; k++)
        points[k] = 0;
    for (size_t i = 0; i < count; i++) {
        const signed char *row = weights->sounds + (size_t)slots[i] * SOUND_COUNT;
        for (size_t k = 0; k < SOUND_COUNT; k++)
            points[k] += row[k];
    }
}

/* --- writing --------------------------------------------------------------------------------- */

static void write_rows(const struct name_weights_source *source, size_t slot_count, struct buf *out)
{
    unsigned char *rows = memory_new(slot_count, ROW_LEN);
    for (size_t i = 0; i < source->row_count; i++) {
        const struct name_row *it = &source->rows[i];
        size_t slot = (size_t)((uint64_t)it->feature * slot_count >> 32);
        while (rows[slot * ROW_LEN] || rows[slot * ROW_LEN + 1])
            slot = slot + 1 < slot_count ? slot + 1 : 0;
        uint16_t check = (uint16_t)(check_of(it->feature) | (it->large ? ROW_LARGE : 0));
        rows[slot * ROW_LEN] = (unsigned char)(check & 0xFF);
        rows[slot * ROW_LEN + 1] = (unsigned char)(check >> 8);
        memcpy(rows + slot * ROW_LEN + 2, it->weights, LABEL_COUNT);
    }
    buf_add(out, (str){(const char *)rows, slot_count * ROW_LEN});
    memory_free(rows);
}

static void write_table(struct buf *out, const signed char *numbers, size_t count)
{
    if (numbers)
        buf_add(out, (str){(const char *)numbers, count});
    else
        buf_add_repeat(out, 0, count);
}

void name_weights_write(const struct name_weights_source *source, struct buf *out)
{
    struct buf body = BUF_INIT;
    size_t slot_count = source->row_count + source->row_count * 3 / 5 + 16;
    for (size_t i = 0; i < 2 * STEP_COUNT; i++) {
        int step = source->steps[i / STEP_COUNT][i / LABEL_COUNT % LABEL_COUNT][i % LABEL_COUNT];
        write_number(&body, (uint16_t)(int16_t)step, 2);
    }
    write_table(&body, source->sounds, SOUNDS_LEN);
    write_table(&body, source->cases, CASE_SLOTS);
    for (size_t i = 0; i < source->word_count; i++) {
        write_number(&body, source->words[i].word, 4);
        write_number(&body, source->words[i].known.class_id, 2);
        write_number(&body, source->words[i].known.sense, 3);
    }
    write_rows(source, slot_count, &body);
    buf_add(out, STR(MAGIC));
    write_number(out, NAME_WEIGHTS_VERSION, 4);
    write_number(out, name_features_version(), 4);
    write_number(out, source->word_count, 4);
    write_number(out, slot_count, 4);
    write_number(out, checksum((const unsigned char *)body.ptr, body.len), 8);
    buf_add(out, buf_str(&body));
    buf_done(&body);
}
