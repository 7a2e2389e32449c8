#include "base/live.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"

bool live_save(const char *path, json_t *root) {
    struct outfile out;
    json_object_set_new(root, "pid", json_integer(getpid()));
    bool good = outfile_open(&out, path);
    if (good) {
        out.failed = json_dumpf(root, out.stream, JSON_COMPACT) != 0;
        good = outfile_commit(&out, false);
    }
    json_decref(root);
    return good;
}

json_t *live_load(const char *path) {
    json_t *root = json_load_file(path, 0, NULL);
    pid_t pid = (pid_t)json_integer_value(json_object_get(root, "pid"));
    if (pid > 0 && (kill(pid, 0) == 0 || errno == EPERM))
        return root;
    json_decref(root);
    return NULL;
}

void live_remove(const char *path) {
    if (unlink(path) != 0 && errno != ENOENT)
        log_warning("%s: 无法删除 (cannot remove)", path);
}
