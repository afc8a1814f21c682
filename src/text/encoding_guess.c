/* Encodings told by how their bytes are spread. Ranges: the first and most frequent characters of
 * GB 2312, Big5, KS X 1001 and JIS X 0208, which those standards put in one row of lead bytes. */
#include "text/encoding.h"

/* Bytes that are looked at: the head of a page is mostly ASCII. */
#define GUESS_LIMIT_LEN ((size_t)1 << 20)
/* Fewer bytes than this say nothing. */
#define GUESS_LEAST 8

struct spread {
    size_t high, paired;            /* bytes from 0x80 on; those beside another one */
    size_t runs, odd_runs;          /* of high bytes */
    size_t letters, late_letters;   /* C0..FF; E0..FF of them */
    size_t pairs;                   /* a high byte and the one after it, which may be ASCII */
    size_t low_trails, high_trails; /* 40..7E; A1..FE */
    size_t korean, chinese, big5, kana, shift_kana;
};

static bool within(unsigned char byte, unsigned low, unsigned high)
{
    return byte >= low && byte <= high;
}

static void count_pair(struct spread *s, unsigned char lead, unsigned char trail)
{
    bool high = within(trail, 0xA1, 0xFE), low = within(trail, 0x40, 0x7E);
    s->pairs++;
    s->low_trails += low;
    s->high_trails += high;
    s->korean += high && within(lead, 0xB0, 0xC8);
    s->chinese += high && within(lead, 0xB0, 0xD7);
    s->big5 += (high || low) && within(lead, 0xA4, 0xC6);
    s->kana += high && within(lead, 0xA4, 0xA5);
    s->shift_kana +=
        (lead == 0x82 && within(trail, 0x9F, 0xF1)) || (lead == 0x83 && within(trail, 0x40, 0x96));
}

/* Pairs are read from the start of each run of high bytes. */
static struct spread spread_of(str bytes)
{
    struct spread s = {0};
    const unsigned char *at = (const unsigned char *)bytes.ptr;
    for (size_t i = 0; i < bytes.len;) {
        size_t start = i;
        for (; i < bytes.len && at[i] >= 0x80; i++) {
            s.letters += at[i] >= 0xC0;
            s.late_letters += at[i] >= 0xE0;
        }
        size_t len = i - start;
        s.high += len;
        s.paired += len > 1 ? len : 0;
        s.runs += len > 0;
        s.odd_runs += len & 1;
        for (size_t k = start; k < i && k + 1 < bytes.len; k += 2) {
            count_pair(&s, at[k], at[k + 1]);
        }
        i += len == 0;
    }
    return s;
}

static bool share(size_t part, size_t whole, size_t percent)
{
    return whole && part * 100 >= whole * percent;
}

enum encoding encoding_guess(str bytes)
{
    struct spread s = spread_of(str_slice(bytes, 0, GUESS_LIMIT_LEN));
    bool even = !share(s.odd_runs, s.runs, 10);
    if (s.high < GUESS_LEAST)
        return ENCODING_WINDOWS_1252;
    if (share(s.shift_kana, s.pairs, 20))
        return ENCODING_SHIFT_JIS;
    if (!share(s.paired, s.high, 60))
        return ENCODING_WINDOWS_1252; /* letters with accents stand among others */
    if (even && share(s.kana, s.pairs, 20) && share(s.high_trails, s.pairs, 95))
        return ENCODING_EUC_JP;
    if (even && share(s.korean, s.pairs, 90))
        return ENCODING_EUC_KR;
    if (even && share(s.high_trails, s.pairs, 95) && share(s.chinese, s.pairs, 60))
        return ENCODING_GB18030;
    if (share(s.low_trails, s.pairs, 15) && share(s.big5, s.pairs, 80))
        return ENCODING_BIG5;
    if (!even && share(s.letters, s.high, 90)) /* more small letters than capitals */
        return s.late_letters * 2 > s.letters ? ENCODING_WINDOWS_1251 : ENCODING_KOI8_R;
    return ENCODING_WINDOWS_1252;
}
