#include "display/state_watch.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"

/* Both folders may be one. What lives appears by rename. */
static bool add_folders(int fd, const struct paths *paths) {
    const struct {
        const char *path;
        uint32_t events;
    } folders[] = {{paths->state, IN_MODIFY | IN_CREATE | IN_DELETE | IN_MOVED_TO},
                   {paths->runtime, IN_DELETE | IN_MOVED_TO}};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (inotify_add_watch(fd, folders[i].path, folders[i].events | IN_MASK_ADD) < 0) {
            log_error("%s: 无法监视 (cannot be watched): %s", folders[i].path, strerror(errno));
            return false;
        }
    return true;
}

int state_watch_open(const struct paths *paths) {
    int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (fd < 0)
        log_error("inotify_init1: %s", strerror(errno));
    if (fd < 0 || add_folders(fd, paths))
        return fd;
    close(fd);
    return -1;
}

static void note(struct state_touched *touched, const struct inotify_event *event) {
    bool lost = event->mask & IN_Q_OVERFLOW;
    const char *name = event->len ? event->name : "";
    touched->library = touched->library || lost || text_starts(name, "library.db");
    touched->station = touched->station || lost || text_starts(name, "station.db");
    touched->keeper = touched->keeper || lost || strcmp(name, "keeper.json") == 0;
}

struct state_touched state_watch_drain(int fd) {
    _Alignas(struct inotify_event) char events[4096];
    struct state_touched touched = {0};
    for (ssize_t size; (size = read(fd, events, sizeof events)) > 0;)
        for (char *at = events; at < events + size;) {
            const struct inotify_event *event = (const struct inotify_event *)at;
            note(&touched, event);
            at += sizeof *event + event->len;
        }
    return touched;
}
