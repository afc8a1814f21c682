/* Dossiers of synthetic articles for benches that run the program itself. */
#ifndef BENCH_SYNTHETIC_H
#define BENCH_SYNTHETIC_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/pty_program.h"
#include "support/random.h"

static const char *const given_names[] = {
    "Anna",   "Boris",  "Clara", "David",  "Elena",  "Farid", "Grace",  "Henry", "Irina", "Jonas",
    "Karin",  "Leonid", "Maria", "Nikita", "Olga",   "Peter", "Rashid", "Sofia", "Tomas", "Ursula",
    "Viktor", "Wanda",  "Yusuf", "Zofia",  "Martin", "Laura", "Simon",  "Teresa"};
static const char *const family_names[] = {
    "Abramov",   "Becker",     "Carlsson", "Dimitrov",  "Eriksen",  "Fischer",
    "Grigoriev", "Hansen",     "Ivanova",  "Jansen",    "Keller",   "Lindqvist",
    "Moreau",    "Novak",      "Orlov",    "Petersen",  "Quintana", "Richter",
    "Sokolov",   "Tamm",       "Urbanek",  "Virtanen",  "Weber",    "Yilmaz",
    "Zeman",     "Castellano", "Duarte",   "Halvorsen", "Kowalski", "Marchetti"};
static const char *const places[] = {"Berlin", "Geneva", "Tehran", "Moscow", "Prague",
                                     "Vienna", "Oslo",   "Warsaw", "Ankara", "Helsinki"};
static const char *const offices[] = {"the foreign ministry", "the central bank",
                                      "the Security Council", "the European Commission",
                                      "the city council",     "the Ministry of Defence"};
static const char *const verbs[] = {"met",      "criticised", "telephoned", "thanked",
                                    "replaced", "accused",    "welcomed",   "interviewed"};
static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};
static const char *const fillers[] = {
    "The details of the agreement were not made public, and both sides declined to comment on "
    "them.",
    "Observers expect that the negotiations will go on for several weeks before anything is "
    "signed.",
    "According to people who attended the meeting, the tone was friendly but the questions were "
    "hard.",
    "The opposition demanded an inquiry and published a list of payments that it wants explained.",
    "It was the second time within a year that such a report had led to a debate in parliament.",
    "Several newspapers had reported on the plan before, but it was denied every time until now."};

#define PICK(random, table) (table)[random_below((random), sizeof(table) / sizeof *(table))]

/* One in ten names is that of the person whom all write about. */
static inline void add_person(struct random *random, struct bytes *out)
{
    char name[64];
    if (random_below(random, 10) == 0)
        snprintf(name, sizeof name, "Sergei Shoigu");
    else
        snprintf(name, sizeof name, "%s %s", PICK(random, given_names), PICK(random, family_names));
    bytes_add(out, name, strlen(name));
}

static inline void add(struct bytes *out, const char *text)
{
    bytes_add(out, text, strlen(text));
}

static inline void add_date(struct random *random, struct bytes *out)
{
    char date[64];
    snprintf(date, sizeof date, "%s %d, %d", PICK(random, months),
             1 + (int)random_below(random, 28), 2000 + (int)random_below(random, 24));
    add(out, date);
}

static inline void add_paragraph(struct random *random, struct bytes *out)
{
    add_person(random, out);
    add(out, " ");
    add(out, PICK(random, verbs));
    add(out, " ");
    add_person(random, out);
    add(out, " in ");
    add(out, PICK(random, places));
    add(out, " on ");
    add_date(random, out);
    add(out, ", ");
    add(out, PICK(random, offices));
    add(out, " said. ");
    add(out, PICK(random, fillers));
    add(out, " ");
    add(out, PICK(random, fillers));
    add(out, " ");
    add_person(random, out);
    add(out, " had visited ");
    add(out, PICK(random, places));
    add(out, " in ");
    add(out, PICK(random, months));
    add(out, " 2023.\n\n");
}

/* Article `number` depends on nothing but the number. About 3 kB. */
static inline void make_article(struct bytes *out, size_t number)
{
    struct random random = {number * 7919 + 1};
    char line[128];
    out->len = 0;
    add_person(&random, out);
    snprintf(line, sizeof line, " in %s: report %zu on the talks\n\n", PICK(&random, places),
             number);
    add(out, line);
    snprintf(line, sizeof line, "By %s %s\n%s %d, 2024\n\n", PICK(&random, given_names),
             PICK(&random, family_names), PICK(&random, months),
             1 + (int)random_below(&random, 28));
    add(out, line);
    size_t count = 7 + random_below(&random, 4);
    for (size_t i = 0; i < count; i++)
        add_paragraph(&random, out);
    add(out, "Share this article\n");
}

/* The program: DOSSIER_BINARY, or the one of the same build. */
static inline const char *binary(void)
{
    static char beside[1024];
    const char *stated = getenv("DOSSIER_BINARY");
    if (stated)
        return stated;
    ssize_t len = readlink("/proc/self/exe", beside, sizeof beside - 32);
    if (len <= 0)
        die("set DOSSIER_BINARY to the program");
    beside[len] = '\0';
    for (int i = 0; i < 2; i++) /* BUILD/tests/bench_screen -> BUILD */
        *strrchr(beside, '/') = '\0';
    strcat(beside, "/dossier");
    return beside;
}

/* The dossier big.dossier of so many articles, in the world's folder. */
static inline void make_dossier(const struct world *world, size_t count)
{
    enum { FOLDER_COUNT = 250 }; /* articles a folder; a folder is imported at once */
    struct bytes text = {0};
    for (size_t first = 0; first < count; first += FOLDER_COUNT) {
        char folder[64], path[1024];
        snprintf(folder, sizeof folder, "f%06zu", first);
        snprintf(path, sizeof path, "%s/%s", world->folder, folder);
        if (mkdir(path, 0700) != 0)
            die("%s: %s", path, strerror(errno));
        for (size_t i = first; i < count && i < first + FOLDER_COUNT; i++) {
            char name[128];
            make_article(&text, i);
            snprintf(name, sizeof name, "%s/%06zu.txt", folder, i);
            world_write(world, name, text.ptr, text.len);
        }
        const char *const arguments[] = {binary(), "import", "-f", "big.dossier", folder, NULL};
        int status = world_run(world, arguments, NULL);
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
            die("importing %s failed", folder);
    }
    bytes_done(&text);
}

#endif
