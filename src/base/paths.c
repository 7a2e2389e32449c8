#include "base/paths.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"

#define INSTALLED_DATA "/usr/share/fengcai"

static char *program_path(void) {
    char path[4096];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path - 1);
    return size > 0 ? xstrndup(path, (size_t)size) : xstrdup("fengcai");
}

static char *parent_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? xstrndup(path, (size_t)(slash - path)) : xstrdup(".");
}

static char *absolute(const char *path) {
    if (path[0] == '/')
        return xstrdup(path);
    char *here = getcwd(NULL, 0);
    char *whole = path_join(here ? here : ".", path, NULL);
    free(here);
    return whole;
}

/* NULL when it is not set or empty. */
static const char *environment(const char *name) {
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

static char *find_state(const char *given) {
    const char *value = given && *given ? given : environment("STATE_DIRECTORY");
    if (value)
        return absolute(value);
    if ((value = environment("XDG_STATE_HOME")))
        return path_join(value, "fengcai", NULL);
    if ((value = environment("HOME")))
        return path_join(value, ".local/state/fengcai", NULL);
    log_error("没有可用的数据目录，请用 --state DIR 指定 (no state directory: give --state DIR)");
    return NULL;
}

static char *find_data(const char *given, const char *folder) {
    if (given)
        return absolute(given);
    char *beside = path_join(folder, "..", NULL);
    char *fonts = path_join(beside, "fonts", NULL);
    bool built = fs_is_dir(fonts);
    free(fonts);
    if (built)
        return beside;
    free(beside);
    return xstrdup(INSTALLED_DATA);
}

static char *find_runtime(bool state_given, const char *state) {
    const char *value = environment("RUNTIME_DIRECTORY");
    if (value)
        return xstrdup(value);
    value = environment("XDG_RUNTIME_DIR");
    if (value && !state_given)
        return path_join(value, "fengcai", NULL);
    return path_join(state, "run", NULL);
}

static char *find_helpers(const char *folder) {
    char *beside = path_join(folder, "libexec/fengcai", NULL);
    if (fs_is_dir(beside))
        return beside;
    free(beside);
    return path_join(folder, "../libexec/fengcai", NULL);
}

bool paths_init(struct paths *paths, const char *state, const char *data) {
    *paths = (struct paths){.state = find_state(state)};
    if (!paths->state)
        return false;
    paths->program = program_path();
    char *folder = parent_of(paths->program);
    paths->data = find_data(data, folder);
    paths->helpers = find_helpers(folder);
    free(folder);
    paths->runtime = find_runtime(!text_empty(state), paths->state);
    paths->library = path_join(paths->state, "library.db", NULL);
    paths->backup = path_join(paths->state, "library.backup.db", NULL);
    paths->ledger = path_join(paths->state, "ledger.db", NULL);
    paths->floors = path_join(paths->state, "floors", NULL);
    paths->station = path_join(paths->state, "station.db", NULL);
    paths->clock = path_join(paths->state, "clock", NULL);
    paths->media = path_join(paths->state, "media", NULL);
    paths->staging = path_join(paths->state, "staging", NULL);
    paths->feeds = path_join(paths->state, "feeds", NULL);
    paths->requests = path_join(paths->state, "requests", NULL);
    paths->lock = path_join(paths->state, "keeper.lock", NULL);
    paths->display_live = path_join(paths->runtime, "display.json", NULL);
    paths->keeper_live = path_join(paths->runtime, "keeper.json", NULL);
    return true;
}

bool paths_make(const struct paths *paths) {
    return fs_make_dirs(paths->state) && fs_make_dirs(paths->media) &&
           fs_make_dirs(paths->staging) && fs_make_dirs(paths->requests) &&
           fs_make_dirs(paths->runtime);
}

void paths_finish(struct paths *paths) {
    char **all[] = {&paths->state,        &paths->data,        &paths->runtime,  &paths->library,
                    &paths->backup,       &paths->ledger,      &paths->floors,   &paths->station,
                    &paths->media,        &paths->staging,     &paths->requests, &paths->lock,
                    &paths->display_live, &paths->keeper_live, &paths->helpers,  &paths->program,
                    &paths->clock,        &paths->feeds};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        free(*all[i]);
        *all[i] = NULL;
    }
}
