#include "ingest/request.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"

#define MAX_REQUEST_BYTES (16u << 20) /* 100,000 paths of 160 bytes */
#define MAX_AGE_S         3600        /* nobody waits that long for a keeper */

static const struct {
    const char *name;
    bool takes_words;
} kinds[] = {[REQUEST_IMPORT] = {"import", true},       [REQUEST_REMOVE] = {"remove", true},
             [REQUEST_ROLLBACK] = {"rollback", false},  [REQUEST_ALLOW] = {"allow", true},
             [REQUEST_APPROVE] = {"approve", true},     [REQUEST_DECLINE] = {"decline", true},
             [REQUEST_HIDE] = {"hide", true},           [REQUEST_FEATURE] = {"feature", true},
             [REQUEST_UNFEATURE] = {"unfeature", true}, [REQUEST_SYNC] = {"sync", false}};
static_assert(sizeof kinds / sizeof *kinds == REQUEST_KIND_COUNT, "kinds");

void request_init(struct request *request, enum request_kind kind, char *const *words,
                  size_t count) {
    *request = (struct request){.kind = kind, .count = count};
    /* Sorts by age; one process asks once in a millisecond at the most. */
    request->id = xasprintf("%016lld-%d", (long long)time_now_ms(), (int)getpid());
    request->words = xcalloc(count, sizeof *request->words);
    for (size_t i = 0; i < count; i++)
        request->words[i] = xstrdup(words[i]);
}

void request_finish(struct request *request) {
    for (size_t i = 0; i < request->count; i++)
        free(request->words[i]);
    free(request->words);
    free(request->id);
    *request = (struct request){0};
}

static char *waiting_file(const struct paths *paths, const char *id) {
    return xasprintf("%s/%s.json", paths->requests, id);
}

static char *doing_file(const struct paths *paths, const char *id) {
    return xasprintf("%s/%s.doing", paths->requests, id);
}

bool request_save(const struct paths *paths, const struct request *request) {
    json_t *words = json_array();
    for (size_t i = 0; i < request->count; i++)
        json_array_append_new(words, json_string(request->words[i]));
    json_t *root = json_pack("{s:s, s:s, s:o}", "id", request->id, "kind",
                             kinds[request->kind].name, "words", words);
    char *path = waiting_file(paths, request->id);
    struct outfile out;
    bool good = root && outfile_open(&out, path);
    if (!root)
        log_error("文件名不是有效的文字 (a name is not valid UTF-8)");
    if (good) {
        out.failed = json_dumpf(root, out.stream, JSON_COMPACT) != 0;
        good = outfile_commit(&out, false);
    }
    json_decref(root);
    free(path);
    return good;
}

static void remove_file(char *path) {
    if (unlink(path) != 0 && errno != ENOENT)
        log_warning("%s: %s", path, strerror(errno));
    free(path);
}

void request_drop(const struct paths *paths, const struct request *request) {
    remove_file(waiting_file(paths, request->id));
    remove_file(doing_file(paths, request->id));
}

bool request_waits(const struct paths *paths, const struct request *request) {
    char *waiting = waiting_file(paths, request->id), *doing = doing_file(paths, request->id);
    /* In this order: it goes from the one name to the other. */
    bool waits = fs_exists(waiting) || fs_exists(doing);
    free(waiting);
    free(doing);
    return waits;
}

static bool parse(const char *path, struct request *request) {
    char *text = NULL;
    size_t size = 0;
    if (!fs_read(path, MAX_REQUEST_BYTES, &text, &size))
        return false;
    json_t *root = json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL);
    free(text);
    const char *id = NULL, *kind = NULL;
    json_t *words = NULL;
    bool good =
        json_unpack(root, "{s:s, s:s, s:o}", "id", &id, "kind", &kind, "words", &words) == 0 &&
        json_is_array(words);
    *request = (struct request){.kind = REQUEST_KIND_COUNT};
    for (int i = 0; good && i < REQUEST_KIND_COUNT; i++)
        if (strcmp(kinds[i].name, kind) == 0)
            request->kind = (enum request_kind)i;
    good = good && request->kind != REQUEST_KIND_COUNT &&
           (json_array_size(words) || !kinds[request->kind].takes_words);
    if (good) {
        request->id = xstrdup(id);
        request->words = xcalloc(json_array_size(words), sizeof *request->words);
        size_t i = 0;
        json_t *word = NULL;
        json_array_foreach(words, i, word) {
            if (json_is_string(word))
                request->words[request->count++] = xstrdup(json_string_value(word));
        }
    }
    json_decref(root);
    return good;
}

/* Calls on_name for every file in the folder whose name ends so. */
static void each_file(const char *folder, const char *end,
                      void (*on_name)(void *user, const char *name), void *user) {
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        if (text_ends(entry->d_name, end))
            on_name(user, entry->d_name);
    if (dir)
        closedir(dir);
}

static void keep_oldest(void *user, const char *name) {
    char **best = user;
    if (*best && strcmp(name, *best) >= 0)
        return;
    free(*best);
    *best = xstrdup(name);
}

static bool is_stale(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && time_now_ms() / 1000 - st.st_mtime > MAX_AGE_S;
}

/* False: the file stays, for it cannot be removed or renamed. */
static bool take(const struct paths *paths, const char *name, struct request *request,
                 bool *taken) {
    char *path = path_join(paths->requests, name, NULL);
    char *id = xstrndup(name, strlen(name) - strlen(".json"));
    char *doing = doing_file(paths, id);
    bool stale = is_stale(path), good = !stale && parse(path, request);
    /* The file's name counts: it is what is removed when the work is done. */
    if (good && strcmp(request->id, id) != 0) {
        request_finish(request);
        good = false;
    }
    if (!good)
        log_warning("%s: %s，已删除 (removed)", path,
                    stale ? "等待太久 (waited too long)" : "不是有效的请求 (not a request)");
    bool moved = good ? rename(path, doing) == 0 : unlink(path) == 0;
    if (!moved)
        log_error("%s: %s", path, strerror(errno));
    if (good && !moved)
        request_finish(request);
    *taken = good && moved;
    free(doing);
    free(id);
    free(path);
    return moved;
}

bool request_next(const struct paths *paths, struct request *request) {
    bool taken = false, moved = true;
    while (!taken && moved) {
        char *name = NULL;
        each_file(paths->requests, ".json", keep_oldest, &name);
        if (!name)
            return false;
        moved = take(paths, name, request, &taken);
        free(name);
    }
    return taken;
}

void request_put_back(const struct paths *paths, const struct request *request) {
    char *waiting = waiting_file(paths, request->id), *doing = doing_file(paths, request->id);
    if (rename(doing, waiting) != 0)
        log_warning("%s: %s", doing, strerror(errno));
    free(waiting);
    free(doing);
}

static void clear_one(void *user, const char *name) {
    const struct paths *paths = user;
    char *path = path_join(paths->requests, name, NULL);
    log_warning("%s: 上次没有做完，请重新导入 (was not finished, ask again)", path);
    remove_file(path);
}

void request_clear(const struct paths *paths) {
    each_file(paths->requests, ".doing", clear_one, (void *)paths);
}
