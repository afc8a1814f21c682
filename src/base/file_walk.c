#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/vec.h"

enum { DEPTH_LIMIT = 64 };

struct folder_id {
    dev_t device;
    ino_t inode;
};

/* One open folder: what it holds, in byte order, and how far the walk is. */
struct level {
    DIR *stream;
    struct folder_id id;
    struct arena arena;
    VEC(const char *) names;
    size_t next;
    size_t path_len; /* of the folder in walk->path */
};

struct file_walk {
    struct buf path;
    char *real_root;
    bool root_is_file, ended;
    struct file_found root; /* when the root is a file */
    size_t depth;
    struct level levels[DEPTH_LIMIT];
    VEC(struct folder_id) linked; /* folders already walked through a link */
};

static enum status refuse(struct error *err, const char *path, const char *what)
{
    return error_path(err, STATUS_BAD_INPUT, path, what);
}

/* NOT_FOUND is the end of a walk, so what cannot be read is IO whatever the reason. */
static enum status fail_reading(struct error *err, const char *path, const char *verb)
{
    (void)error_errno(err, path, verb);
    if (err != NULL)
        err->status = STATUS_IO;
    return STATUS_IO;
}

static const char *special_kind(mode_t mode)
{
    if (S_ISFIFO(mode))
        return "is a pipe; not read";
    if (S_ISSOCK(mode))
        return "is a socket; not read";
    if (S_ISCHR(mode) || S_ISBLK(mode))
        return "is a device; not read";
    return "is not a regular file; not read";
}

static bool same_folder(struct folder_id a, struct folder_id b)
{
    return a.device == b.device && a.inode == b.inode;
}

static int compare_names(const void *a, const void *b)
{
    const char *const *left = a;
    const char *const *right = b;
    return strcmp(*left, *right);
}

static void close_level(struct level *level)
{
    (void)closedir(level->stream);
    arena_done(&level->arena);
    vec_done(&level->names);
}

/* Reads the names of a folder that was opened as `descriptor`, which the level takes over. */
static bool open_level(struct level *level, int descriptor)
{
    struct stat info;
    *level = (struct level){0};
    if (fstat(descriptor, &info) != 0 || (level->stream = fdopendir(descriptor)) == NULL) {
        int reason = errno;
        (void)close(descriptor);
        errno = reason;
        return false;
    }
    level->id = (struct folder_id){info.st_dev, info.st_ino};
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(level->stream);
        if (entry == NULL)
            break;
        if (entry->d_name[0] == '.')
            continue;
        const char *name = arena_str(&level->arena, str_from(entry->d_name)).ptr;
        vec_push(NULL, &level->names, name);
    }
    if (errno != 0) {
        int reason = errno;
        close_level(level);
        errno = reason;
        return false;
    }
    if (level->names.count > 1)
        qsort(level->names.items, level->names.count, sizeof *level->names.items, compare_names);
    return true;
}

/* Goes down into the folder named by walk->path. */
static enum status enter(struct file_walk *walk, int descriptor, struct error *err)
{
    if (descriptor < 0)
        return fail_reading(err, buf_c(&walk->path), "open the folder");
    struct level *level = &walk->levels[walk->depth];
    if (!open_level(level, descriptor))
        return fail_reading(err, buf_c(&walk->path), "read the folder");
    level->path_len = walk->path.len;
    walk->depth++;
    return STATUS_OK;
}

static struct file_found found_at(const struct file_walk *walk, const struct stat *info)
{
    return (struct file_found){.path = {buf_c(&walk->path), walk->path.len},
                               .size = (int64_t)info->st_size,
                               .mtime = (int64_t)info->st_mtime};
}

enum status file_walk_open(const char *root, struct file_walk **walk, struct error *err)
{
    *walk = NULL;
    struct stat info;
    if (stat(root, &info) != 0) {
        bool missing = errno == ENOENT || errno == ENOTDIR;
        if (missing)
            return error_errno(err, root, "read");
        return fail_reading(err, root, "read");
    }
    if (!S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode))
        return refuse(err, root, special_kind(info.st_mode));
    char *real_root = realpath(root, NULL);
    if (real_root == NULL)
        return fail_reading(err, root, "read");

    struct file_walk *made = memory_new(1, sizeof *made);
    made->real_root = real_root;
    str shown = str_from(root);
    while (S_ISDIR(info.st_mode) && shown.len > 1 && shown.ptr[shown.len - 1] == '/')
        shown.len--;
    buf_add(&made->path, shown);
    enum status status = STATUS_OK;
    if (S_ISREG(info.st_mode)) {
        made->root_is_file = true;
        made->root = found_at(made, &info);
    } else {
        int descriptor = open(real_root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        status = enter(made, descriptor, err);
    }
    if (status != STATUS_OK) {
        file_walk_close(made);
        return status;
    }
    *walk = made;
    return STATUS_OK;
}

void file_walk_close(struct file_walk *walk)
{
    if (walk == NULL)
        return;
    while (walk->depth > 0)
        close_level(&walk->levels[--walk->depth]);
    vec_done(&walk->linked);
    buf_done(&walk->path);
    free(walk->real_root);
    memory_free(walk);
}

static bool inside_root(const struct file_walk *walk, const char *real)
{
    size_t len = strlen(walk->real_root);
    if (len == 1)
        return true; /* the root is "/" */
    return strncmp(real, walk->real_root, len) == 0 && (real[len] == '/' || real[len] == '\0');
}

/* True when going into this folder through a link would begin a loop or repeat another link. */
static bool linked_before(const struct file_walk *walk, struct folder_id id)
{
    for (size_t i = 0; i < walk->depth; i++)
        if (same_folder(walk->levels[i].id, id))
            return true;
    for (size_t i = 0; i < walk->linked.count; i++)
        if (same_folder(walk->linked.items[i], id))
            return true;
    return false;
}

/* What became of one name. */
enum visit { VISIT_FOUND, VISIT_NOTHING, VISIT_FAILED };

static enum visit visit_folder(struct file_walk *walk, int descriptor, struct error *err,
                               enum status *status)
{
    if (descriptor >= 0 && walk->depth == DEPTH_LIMIT) {
        (void)close(descriptor);
        *status = refuse(err, buf_c(&walk->path), "is nested too deep; not read");
        return VISIT_FAILED;
    }
    *status = enter(walk, descriptor, err);
    return *status == STATUS_OK ? VISIT_NOTHING : VISIT_FAILED;
}

static enum visit visit_link(struct file_walk *walk, struct file_found *found, struct error *err,
                             enum status *status)
{
    const char *path = buf_c(&walk->path);
    struct stat info;
    char *real = realpath(path, NULL);
    enum visit visit = VISIT_FAILED;
    if (real == NULL && (errno == ENOENT || errno == ENOTDIR)) {
        *status = refuse(err, path, "is a link to nothing; not followed");
    } else if (real == NULL && errno == ELOOP) {
        visit = VISIT_NOTHING; /* links that only lead to each other hold nothing */
    } else if (real == NULL) {
        *status = fail_reading(err, path, "follow the link");
    } else if (!inside_root(walk, real)) {
        *status = refuse(err, path, "is a link that leaves the folder; not followed");
    } else if (lstat(real, &info) != 0) {
        *status = fail_reading(err, path, "follow the link");
    } else if (S_ISDIR(info.st_mode)) {
        struct folder_id id = {info.st_dev, info.st_ino};
        if (linked_before(walk, id)) {
            visit = VISIT_NOTHING;
        } else {
            vec_push(NULL, &walk->linked, id);
            int descriptor = open(real, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            visit = visit_folder(walk, descriptor, err, status);
        }
    } else if (S_ISREG(info.st_mode)) {
        *found = found_at(walk, &info);
        visit = VISIT_FOUND;
    } else {
        *status = refuse(err, path, special_kind(info.st_mode));
    }
    free(real);
    return visit;
}

static enum visit visit_name(struct file_walk *walk, struct level *level, const char *name,
                             struct file_found *found, struct error *err, enum status *status)
{
    walk->path.len = level->path_len;
    if (walk->path.ptr[walk->path.len - 1] != '/')
        buf_add_byte(&walk->path, '/');
    buf_add(&walk->path, str_from(name));
    struct stat info;
    if (fstatat(dirfd(level->stream), name, &info, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno == ENOENT)
            return VISIT_NOTHING; /* removed since the folder was read */
        *status = fail_reading(err, buf_c(&walk->path), "read");
        return VISIT_FAILED;
    }
    if (S_ISREG(info.st_mode)) {
        *found = found_at(walk, &info);
        return VISIT_FOUND;
    }
    if (S_ISLNK(info.st_mode))
        return visit_link(walk, found, err, status);
    if (S_ISDIR(info.st_mode)) {
        int descriptor =
            openat(dirfd(level->stream), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        return visit_folder(walk, descriptor, err, status);
    }
    *status = refuse(err, buf_c(&walk->path), special_kind(info.st_mode));
    return VISIT_FAILED;
}

enum status file_walk_next(struct file_walk *walk, struct file_found *found, struct error *err)
{
    if (walk->root_is_file && !walk->ended) {
        walk->ended = true;
        *found = walk->root;
        return STATUS_OK;
    }
    while (walk->depth > 0) {
        struct level *level = &walk->levels[walk->depth - 1];
        if (level->next == level->names.count) {
            close_level(level);
            walk->depth--;
            continue;
        }
        const char *name = level->names.items[level->next++];
        enum status status = STATUS_OK;
        switch (visit_name(walk, level, name, found, err, &status)) {
        case VISIT_FOUND:
            return STATUS_OK;
        case VISIT_FAILED:
            return status;
        case VISIT_NOTHING:
            break;
        }
    }
    return error_set(err, STATUS_NOT_FOUND, "no more files");
}
