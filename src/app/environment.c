#include "app/environment.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/str.h"

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

/* The locale as the C library would choose it. */
static bool is_ascii_locale(void)
{
    const char *locale = variable("LC_ALL");
    locale = locale ? locale : variable("LC_CTYPE");
    locale = locale ? locale : variable("LANG");
    return locale && !strstr(locale, "UTF-8") && !strstr(locale, "utf8") && !strstr(locale, "UTF8");
}

static bool is_folder(const char *path)
{
    struct stat information;
    return stat(path, &information) == 0 && S_ISDIR(information.st_mode);
}

/* The user's home, from the environment or the user database; NULL when neither knows. */
static const char *home_folder(struct arena *arena)
{
    const char *home = variable("HOME");
    if (home && *home == '/')
        return home;
    const struct passwd *user = getpwuid(getuid());
    if (!user || !user->pw_dir || *user->pw_dir != '/')
        return NULL;
    return arena_format(arena, "%s", user->pw_dir).ptr;
}

/* $name/rest, or home/otherwise/rest. A relative value of an XDG variable does not count (XDG Base
 * Directory Specification). */
static const char *user_path(struct arena *arena, const char *name, const char *otherwise,
                             const char *rest)
{
    const char *base = variable(name);
    if (base && *base == '/')
        return arena_format(arena, "%s/%s", base, rest).ptr;
    const char *home = home_folder(arena);
    return home ? arena_format(arena, "%s/%s/%s", home, otherwise, rest).ptr : NULL;
}

static const char *own_program(struct arena *arena)
{
    char path[4096];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);
    if (len <= 0)
        return "/proc/self/exe";
    return arena_str(arena, (str){path, (size_t)len}).ptr;
}

/* The folder of the program, without a final slash. */
static str folder_of(const char *program)
{
    const char *slash = strrchr(program, '/');
    return slash && slash != program ? (str){program, (size_t)(slash - program)} : STR("");
}

static const char *find_data_folder(struct arena *arena, const char *program)
{
    str beside = folder_of(program);
    const char *const places[] = {
        variable("DOSSIER_DATA"),
        arena_format(arena, "%.*s/data", STR_ARG(beside)).ptr,
        arena_format(arena, "%.*s/../share/dossier", STR_ARG(beside)).ptr,
        DOSSIER_INSTALLED_DATA,
        DOSSIER_SOURCE_DATA,
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (places[i] && is_folder(arena_format(arena, "%s/lexicon", places[i]).ptr))
            return places[i];
    return NULL;
}

static const char *find_keymap_folder(struct arena *arena, const char *data_folder)
{
    const char *installed = arena_format(arena, "%s/keymaps", data_folder).ptr;
    if (is_folder(installed))
        return installed;
    return arena_format(arena, "%s/../keymaps", data_folder).ptr;
}

static day find_today(void)
{
    const char *stated = variable("DOSSIER_TODAY");
    day today;
    if (stated && day_parse(str_from(stated), &today))
        return today;
    time_t now = time(NULL);
    struct tm local;
    if (!localtime_r(&now, &local))
        return DAY_UNKNOWN;
    return day_from_civil(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

enum status environment_read(struct arena *arena, struct environment *environment,
                             struct error *err)
{
    const char *no_colour = variable("NO_COLOR");
    *environment = (struct environment){
        .term = variable("TERM"),
        .in_tmux = variable("TMUX") != NULL,
        .colour = !no_colour,
        .ascii = is_ascii_locale(),
        .frame_mark = variable("DOSSIER_FRAME_MARK") != NULL,
        .program = own_program(arena),
        .config_folder = user_path(arena, "XDG_CONFIG_HOME", ".config", "dossier"),
        .state_folder = user_path(arena, "XDG_STATE_HOME", ".local/state", "dossier"),
        .default_dossier =
            user_path(arena, "XDG_DATA_HOME", ".local/share", "dossier/default.dossier"),
        .today = find_today(),
        .browser = variable("BROWSER"),
        .temporary_folder = variable("TMPDIR") ? variable("TMPDIR") : "/tmp",
        .editor = variable("VISUAL") ? variable("VISUAL") : variable("EDITOR"),
    };
    environment->data_folder = find_data_folder(arena, environment->program);
    if (!environment->data_folder)
        return error_set(err, STATUS_NOT_FOUND,
                         "%s: the word lists and rules are missing; install dossier again or set "
                         "DOSSIER_DATA to its data folder",
                         DOSSIER_INSTALLED_DATA);
    environment->keymap_folder = find_keymap_folder(arena, environment->data_folder);
    return STATUS_OK;
}

int64_t environment_now(void)
{
    return (int64_t)time(NULL);
}

int64_t environment_milliseconds(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return 0;
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
