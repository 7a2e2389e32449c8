#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/stick.h"

#define MAX_STICKS 32   /* ports, hubs and partitions of a lobby's screen */
#define MAX_MOUNTS 4096 /* bytes of a line of mountinfo */

struct folder_source {
    struct stick_source source; /* first: it is what the others see */
    char *folder;               /* owned; without a slash at the end */
    int changes, mounts;        /* inotify; mountinfo, which is ready when a mount comes or goes */
    bool watched;               /* the folder was there */
    char *names[MAX_STICKS];    /* owned; those told of */
    char *failed[MAX_STICKS];   /* owned; those said to have failed */
    size_t count, failed_count;
};

struct names {
    char *names[MAX_STICKS];
    size_t count;
};

static bool has(char *const *names, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void add(struct names *names, const char *name) {
    bool fits = *name && name[0] != '.' && strlen(name) < STICK_NAME_SIZE && !strchr(name, '/');
    if (fits && names->count < MAX_STICKS && !has(names->names, names->count, name))
        names->names[names->count++] = xstrdup(name);
}

static void free_names(char **names, size_t *count) {
    while (*count)
        free(names[--*count]);
}

/* The kernel writes a space as \040. */
static void unescape(char *text) {
    char *to = text;
    for (const char *from = text; *from; to++) {
        unsigned code = 0;
        if (from[0] == '\\' && sscanf(from + 1, "%3o", &code) == 1) {
            *to = (char)code;
            from += 4;
        } else {
            *to = *from++;
        }
    }
    *to = '\0';
}

/* From the kernel's table and not by stat, which waits for a stuck stick. */
static void add_mounts(const struct folder_source *folder, struct names *names) {
    FILE *table = fopen("/proc/self/mountinfo", "re");
    char line[MAX_MOUNTS], where[MAX_MOUNTS];
    size_t length = strlen(folder->folder);
    while (table && fgets(line, sizeof line, table)) {
        if (sscanf(line, "%*d %*d %*s %*s %4095s", where) != 1)
            continue;
        unescape(where);
        if (strncmp(where, folder->folder, length) == 0 && where[length] == '/')
            add(names, where + length + 1);
    }
    if (table)
        fclose(table);
}

static bool is_empty(const char *path) {
    DIR *dir = opendir(path);
    bool empty = true;
    for (const struct dirent *entry; dir && empty && (entry = readdir(dir));)
        empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    if (dir)
        closedir(dir);
    return empty;
}

/* What is no mount lies on the folder's own disk; d_type says what it is without looking at it. */
static void add_folders(const struct folder_source *folder, struct names *names) {
    DIR *dir = opendir(folder->folder);
    for (const struct dirent *entry; dir && (entry = readdir(dir));) {
        if (entry->d_type != DT_DIR || has(names->names, names->count, entry->d_name))
            continue;
        char *path = path_join(folder->folder, entry->d_name, NULL);
        if (entry->d_name[0] != '.' && !is_empty(path))
            add(names, entry->d_name);
        free(path);
    }
    if (dir)
        closedir(dir);
}

static void add_failed(const struct folder_source *folder, struct names *names) {
    DIR *dir = opendir(folder->folder);
    for (const struct dirent *entry; dir && (entry = readdir(dir));)
        if (entry->d_type == DT_REG && text_ends(entry->d_name, ".failed")) {
            char *name = xstrdup(entry->d_name);
            name[strlen(name) - strlen(".failed")] = '\0';
            add(names, name);
            free(name);
        }
    if (dir)
        closedir(dir);
}

static void tell(const struct folder_source *folder, enum stick_event_kind kind, const char *name,
                 stick_on_event *on_event, void *user) {
    char *path = path_join(folder->folder, name, NULL);
    struct stick_event event = {.kind = kind, .name = name};
    event.path = kind == STICK_MOUNTED ? path : NULL;
    on_event(user, &event);
    free(path);
}

/* What is new in one list and not in the other. */
static void tell_new(const struct folder_source *folder, char *const *now, size_t now_count,
                     char *const *before, size_t before_count, enum stick_event_kind kind,
                     stick_on_event *on_event, void *user) {
    for (size_t i = 0; i < now_count; i++)
        if (!has(before, before_count, now[i]))
            tell(folder, kind, now[i], on_event, user);
}

static void keep(char **names, size_t *count, const struct names *now) {
    free_names(names, count);
    *count = now->count;
    for (size_t i = 0; i < now->count; i++)
        names[i] = now->names[i];
}

static void drain(int fd) {
    char events[4096];
    while (read(fd, events, sizeof events) > 0)
        ;
}

static void watch(struct folder_source *folder) {
    const unsigned events = IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ONLYDIR;
    folder->watched =
        folder->watched || inotify_add_watch(folder->changes, folder->folder, events) >= 0;
}

static void handle(struct stick_source *source, stick_on_event *on_event, void *user) {
    struct folder_source *folder = (struct folder_source *)source;
    struct names now = {0}, failed = {0};
    struct epoll_event events[2];
    watch(folder);
    drain(folder->changes);
    /* Asking clears what is told of mountinfo; the table itself is read from its start below. */
    epoll_wait(source->fd, events, 2, 0);
    add_mounts(folder, &now);
    add_folders(folder, &now);
    add_failed(folder, &failed);
    tell_new(folder, folder->names, folder->count, now.names, now.count, STICK_UNMOUNTED, on_event,
             user);
    tell_new(folder, failed.names, failed.count, folder->failed, folder->failed_count,
             STICK_NO_MOUNT, on_event, user);
    tell_new(folder, now.names, now.count, folder->names, folder->count, STICK_MOUNTED, on_event,
             user);
    keep(folder->names, &folder->count, &now);
    keep(folder->failed, &folder->failed_count, &failed);
}

static void destroy(struct stick_source *source) {
    struct folder_source *folder = (struct folder_source *)source;
    free_names(folder->names, &folder->count);
    free_names(folder->failed, &folder->failed_count);
    const int fds[] = {source->fd, folder->changes, folder->mounts};
    for (size_t i = 0; i < sizeof fds / sizeof *fds; i++)
        if (fds[i] >= 0)
            close(fds[i]);
    free(folder->folder);
    free(folder);
}

struct stick_source *stick_watch_folder(const char *folder) {
    struct folder_source *watched = xcalloc(1, sizeof *watched);
    watched->source = (struct stick_source){
        .fd = epoll_create1(EPOLL_CLOEXEC), .handle = handle, .destroy = destroy};
    watched->folder = xstrdup(folder);
    for (size_t size = strlen(folder); size > 1 && watched->folder[size - 1] == '/'; size--)
        watched->folder[size - 1] = '\0';
    watched->changes = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    watched->mounts = open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC);
    struct epoll_event changes = {.events = EPOLLIN}, mounts = {.events = EPOLLPRI | EPOLLET};
    if (watched->source.fd >= 0 && watched->changes >= 0 && watched->mounts >= 0 &&
        epoll_ctl(watched->source.fd, EPOLL_CTL_ADD, watched->changes, &changes) == 0 &&
        epoll_ctl(watched->source.fd, EPOLL_CTL_ADD, watched->mounts, &mounts) == 0) {
        watch(watched);
        return &watched->source;
    }
    log_error("%s: 无法监视 (cannot be watched): %s", folder, strerror(errno));
    destroy(&watched->source);
    return NULL;
}
