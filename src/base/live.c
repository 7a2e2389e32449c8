#include "base/live.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
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

/* The number of a dead process may be somebody else's by now. */
static bool is_ours(pid_t pid) {
    char path[32], name[32] = "", own[32] = "";
    snprintf(path, sizeof path, "/proc/%d/comm", (int)pid);
    FILE *theirs = fopen(path, "re"), *mine = fopen("/proc/self/comm", "re");
    bool same = theirs && mine && fgets(name, sizeof name, theirs) &&
                fgets(own, sizeof own, mine) && strcmp(name, own) == 0;
    if (theirs)
        fclose(theirs);
    if (mine)
        fclose(mine);
    return same;
}

json_t *live_load(const char *path) {
    json_t *root = json_load_file(path, 0, NULL);
    pid_t pid = (pid_t)json_integer_value(json_object_get(root, "pid"));
    if (pid > 0 && is_ours(pid))
        return root;
    json_decref(root);
    return NULL;
}

void live_remove(const char *path) {
    if (unlink(path) != 0 && errno != ENOENT)
        log_warning("%s: 无法删除 (cannot remove)", path);
}
