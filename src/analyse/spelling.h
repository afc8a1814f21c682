/* One spelling for the ways to write a name: the rules of data/lexicon/romanisation.rules.
 *
 * Grammar of the file: "# comment"; "from = to", both folded text without spaces, `to` may be
 * empty; "^" before `from`: only at the beginning of a word; "$" behind it: only at its end. */
#ifndef ANALYSE_SPELLING_H
#define ANALYSE_SPELLING_H

#include "base/arena.h"
#include "base/status.h"

struct spelling;

/* Reads the rules. BAD_INPUT with file:line: for a bad line. */
enum status spelling_open(const char *path, struct spelling **spelling,
                          struct error *err) MUST_CHECK;
void spelling_close(struct spelling *spelling);

/* The word in the one spelling: at each place the longest rule that fits; double letters once. A
 * word that comes to nothing stays as it is. `folded` is folded already. */
str spelling_key(const struct spelling *spelling, struct arena *arena, str folded);

#endif
