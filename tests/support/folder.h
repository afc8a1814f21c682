/* A new folder in which a test works; it goes with all that is in it. */
#ifndef SUPPORT_FOLDER_H
#define SUPPORT_FOLDER_H

#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { FOLDER_PATH_LEN = 64 };

static inline bool folder_enter(char path[FOLDER_PATH_LEN])
{
    (void)snprintf(path, FOLDER_PATH_LEN, "/tmp/dossier-test-XXXXXX");
    return mkdtemp(path) != NULL && chdir(path) == 0;
}

static inline int folder_remove_one(const char *path, const struct stat *info, int kind,
                                    struct FTW *where)
{
    (void)info, (void)kind, (void)where;
    return remove(path);
}

static inline bool folder_leave(const char *path)
{
    return chdir("/") == 0 && nftw(path, folder_remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0;
}

#endif
