/* A sketch of a text by which near-duplicates are found: minima of hashes over its runs of words
 * (Broder 1997, "On the resemblance and containment of documents"). Two texts agree in about the
 * share of runs that they have in common. */
#ifndef MODEL_COPY_H
#define MODEL_COPY_H

#include <stdbool.h>
#include <stdint.h>

enum {
    COPY_HASHES = 64,
    COPY_BAND_HASHES = 4,
    COPY_BANDS = COPY_HASHES / COPY_BAND_HASHES,
    COPY_AGREE = 38 /* hashes in which two versions of one text agree, at least */
};

struct copy_sketch {
    bool exists;                  /* the text is long enough to say anything */
    uint16_t minima[COPY_HASHES]; /* the lowest bits of each */
    uint32_t text_hash;           /* orders texts of one day, whatever came first */
};

/* A number that two texts share when they agree in all hashes of a band. */
static inline int64_t copy_band(const struct copy_sketch *sketch, int band)
{
    uint64_t key = (uint64_t)band + 1;
    for (int i = 0; i < COPY_BAND_HASHES; i++) {
        key = (key ^ sketch->minima[band * COPY_BAND_HASHES + i]) * UINT64_C(0x9e3779b97f4a7c15);
        key ^= key >> 29;
    }
    return (int64_t)(key >> 1);
}

static inline int copy_agreement(const struct copy_sketch *a, const struct copy_sketch *b)
{
    int agree = 0;
    for (int i = 0; i < COPY_HASHES; i++)
        agree += a->minima[i] == b->minima[i];
    return agree;
}

#endif
