/* Where scripted sessions leave the names of the actions that they pressed. */
#ifndef UNIT_PRESSED_H
#define UNIT_PRESSED_H

#include <stdio.h>
#include <unistd.h>

enum { PRESSED_LEN = 64 };

/* One folder for each process that starts the tests: two runs in one build folder, at the same
 * time, take nothing from each other. */
static inline void pressed_folder(char path[PRESSED_LEN])
{
    snprintf(path, PRESSED_LEN, "pressed/%ld", (long)getppid());
}

#endif
