/* The weights of the trained name tagger: a file that tests/train/ makes and the analyser reads.
 *
 * Layout, whole numbers little-endian: the line "dossier names\n"; version, feature set, count of
 * words, count of rows (slots), each 4 bytes; checksum of all that follows, 8 bytes; steps, 2 bytes
 * for each pair of labels, of text with usable case and of other text; sounds, one signed byte for
 * each slot and kind; cases, one signed byte for each slot; words, sorted: 4 bytes of hash, 2 of
 * class (narrow and wide), 3 of sense each; rows. A row is a 2-byte check (0 = free slot; its upper
 * bit: the weights count NAME_ROW_TIMES times) and one signed byte for each label. Rows are an open
 * hash table: a feature begins at slot feature * slots >> 32 and goes on to the next free slot. */
#ifndef ANALYSE_NAME_WEIGHTS_H
#define ANALYSE_NAME_WEIGHTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/status.h"
#include "base/str.h"
#include "model/mention.h"

/* B begins a name, I goes on with it. "Other" are names of other things (peoples, events, works):
 * labelled so that they are not taken for one of the three kinds, and never shown. */
enum name_label {
    LABEL_NONE,
    LABEL_BEGIN_PERSON,
    LABEL_IN_PERSON,
    LABEL_BEGIN_PLACE,
    LABEL_IN_PLACE,
    LABEL_BEGIN_ORGANISATION,
    LABEL_IN_ORGANISATION,
    LABEL_BEGIN_OTHER,
    LABEL_IN_OTHER,
    LABEL_COUNT
};

/* 1 + entity kind, ENTITY_KIND_COUNT + 1 for other things, 0 for none. */
static inline unsigned label_kind(unsigned label)
{
    return (label + 1) / 2;
}
static inline int label_begins(unsigned label)
{
    return label & 1;
}

enum {
    NAME_WEIGHTS_VERSION = 4,
    NAME_ROW_TIMES = 16,
    NAME_CLASS_BITS = 10,     /* of a class; above them stands its wide class */
    NAME_STEP_NEVER = -30000, /* I of another kind than the label before it */
    NAME_WEIGHTS_LIMIT_LEN = 16 << 20
};

/* Words are put into classes twice: many narrow classes, and a few wide ones. */
static inline uint32_t name_class_wide(uint32_t class_id)
{
    return class_id >> NAME_CLASS_BITS;
}

/* Many more words, whose uses were learnt from billions of words, have a sense: a class of words
 * that stand in like texts, at three levels, the narrowest in the lowest bits. */
enum { SENSE_NARROW_BITS = 11, SENSE_MIDDLE_BITS = 8, SENSE_WIDE_BITS = 5 };
enum sense_level { SENSE_NARROW, SENSE_MIDDLE, SENSE_WIDE, SENSE_LEVELS };

static inline uint32_t name_sense(uint32_t sense, enum sense_level level)
{
    static const unsigned shifts[] = {0, SENSE_NARROW_BITS, SENSE_NARROW_BITS + SENSE_MIDDLE_BITS};
    static const unsigned bits[] = {SENSE_NARROW_BITS, SENSE_MIDDLE_BITS, SENSE_WIDE_BITS};
    return sense >> shifts[level] & ((1u << bits[level]) - 1);
}

/* 0 = none */
struct name_word {
    uint16_t class_id;
    uint32_t sense;
};

/* The features of the case of words (case_features.h) are hashed without a check. */
enum { CASE_SLOT_BITS = 19, CASE_SLOTS = 1 << CASE_SLOT_BITS, CASE_SCALE = 24 };

/* What the letters of a word sound like: points from its pieces of 2 to 5 bytes and
 * from the whole of it. */
enum name_sound { SOUND_GIVEN, SOUND_FAMILY, SOUND_PLACE, SOUND_COUNT };
enum { SOUND_SLOT_BITS = 18, SOUND_SLOTS = 1 << SOUND_SLOT_BITS, SOUND_PIECE_LIMIT = 256 };

/* Slots of the pieces of a folded word; gives their number. */
size_t name_sound_pieces(str folded, uint32_t slots[SOUND_PIECE_LIMIT]);

struct name_weights;

/* Maps and checks the file. BAD_INPUT "file: …" when it is damaged or of another version. */
enum status name_weights_open(const char *path, struct name_weights **weights,
                              struct error *err) MUST_CHECK;
void name_weights_close(struct name_weights *weights);

/* The row of the feature is asked for soon: lets it be fetched from memory meanwhile. */
void name_weights_expect(const struct name_weights *weights, uint32_t feature);
/* LABEL_COUNT weights of a feature, each to be taken *times, or NULL. */
const signed char *name_weights_row(const struct name_weights *weights, uint32_t feature,
                                    int *times);
/* Weights of a label after another, in text with usable case or without: [before][label]. */
const int (*name_weights_steps(const struct name_weights *weights, bool caseless))[LABEL_COUNT];
/* What is known of a word, by the hash of its folded form. */
struct name_word name_weights_word(const struct name_weights *weights, uint64_t word);
/* What a feature of the case of words speaks for, CASE_SCALE points for 1 in log-odds. */
int name_weights_case(const struct name_weights *weights, uint32_t slot);

/* Points for each sound; about 0 = as likely as not. */
void name_weights_sound(const struct name_weights *weights, str folded, int points[SOUND_COUNT]);

/* What the trainer writes. */
struct name_row {
    uint32_t feature;
    bool large; /* times NAME_ROW_TIMES */
    signed char weights[LABEL_COUNT];
};
struct name_word_class {
    uint32_t word; /* upper half of the hash; rising */
    struct name_word known;
};
struct name_weights_source {
    int steps[2][LABEL_COUNT][LABEL_COUNT]; /* of text with usable case, of other text */
    const signed char *sounds;              /* SOUND_SLOTS * SOUND_COUNT, or NULL: all 0 */
    const signed char *cases;               /* CASE_SLOTS, or NULL: all 0 */
    const struct name_word_class *words;
    size_t word_count;
    const struct name_row *rows;
    size_t row_count;
};
void name_weights_write(const struct name_weights_source *source, struct buf *out);

#endif
