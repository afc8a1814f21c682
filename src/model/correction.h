/* What the reader corrected about names: one decision, and its line of text.
 *
 * A line is the form in which a correction is stored, exported and imported:
 *
 *     VERB TYPE "NAME" [to TYPE "NAME"] [in "PATH" [id "ID"]] [at "BEFORE" "WORDS" "AFTER"]
 *
 * VERB: merge split rename retype reject add keep. TYPE: person place organisation. In quotes, \"
 * \\ \n \t and \xHH (a byte) stand for what cannot stand there plainly. Blank lines and lines that
 * begin with # say nothing. A correction names people by name and places by their words, never by a
 * number of a row or an offset, so that it holds in every dossier and after every analysis. */
#ifndef MODEL_CORRECTION_H
#define MODEL_CORRECTION_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"
#include "model/mention.h"

enum correction_verb {
    CORRECTION_MERGE,  /* all mentions of NAME are the other's */
    CORRECTION_SPLIT,  /* these mentions of NAME are the other's */
    CORRECTION_RENAME, /* NAME is called otherwise */
    CORRECTION_RETYPE, /* NAME is of another type */
    CORRECTION_REJECT, /* NAME is not a name */
    CORRECTION_ADD,    /* these words are NAME */
    CORRECTION_KEEP,   /* NAME is sure to be somebody of its own */
    CORRECTION_VERB_COUNT
};

const char *correction_verb_name(enum correction_verb verb);

struct correction {
    int64_t id;
    enum correction_verb verb;
    enum entity_kind kind;
    str name; /* of whom it speaks; for ADD, whom the words name */
    enum entity_kind to_kind;
    str to;                    /* MERGE, SPLIT, RENAME, RETYPE; else empty */
    str article, stated;       /* path and stated id of the only article; empty: everywhere */
    str prefix, quote, suffix; /* the only mention; quote empty: all in the article */
};

/* Adds the line, without a newline. What correction_read reads back is equal. */
void correction_write(struct buf *out, const struct correction *correction);
/* Reads one line; texts live in the arena. BAD_INPUT with what is wrong and where (byte, from 1).
 * The texts are bytes: whether they are UTF-8 is the caller's to check. `line` must say something:
 * see correction_is_blank. */
enum status correction_read(struct arena *arena, str line, struct correction *correction,
                            struct error *err) MUST_CHECK;
bool correction_is_blank(str line);
bool correction_equal(const struct correction *a, const struct correction *b);

#endif
