#include "ingest/request.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"

#define MAX_REQUEST_BYTES (16u << 20) /* 100,000 paths of 160 bytes */

static const char *const kinds[] = {"import", "remove"};
static_assert(sizeof kinds / sizeof *kinds == REQUEST_KIND_COUNT, "kinds");

void request_init(struct request *request, enum request_kind kind, char *const *words,
                  size_t count) {
    *request = (struct request){.kind = kind, .count = count};
    /* Sorts by age; the process makes it the only one of its microsecond. */
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

static char *file_of(const struct paths *paths, const char *id) {
    return xasprintf("%s/%s.json", paths->requests, id);
}

bool request_save(const struct paths *paths, const struct request *request) {
    json_t *words = json_array();
    for (size_t i = 0; i < request->count; i++)
        json_array_append_new(words, json_string(request->words[i]));
    json_t *root = json_pack("{s:s, s:s, s:o}", "id", request->id, "kind", kinds[request->kind],
                             "words", words);
    char *path = file_of(paths, request->id);
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

void request_drop(const struct paths *paths, const struct request *request) {
    char *path = file_of(paths, request->id);
    if (unlink(path) != 0 && errno != ENOENT)
        log_warning("%s: %s", path, strerror(errno));
    free(path);
}

bool request_waits(const struct paths *paths, const struct request *request) {
    char *path = file_of(paths, request->id);
    bool waits = fs_exists(path);
    free(path);
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
        if (strcmp(kinds[i], kind) == 0)
            request->kind = (enum request_kind)i;
    good = good && request->kind != REQUEST_KIND_COUNT;
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

/* Name of the oldest file ending in .json; NULL: none. */
static char *oldest(const char *folder) {
    DIR *dir = opendir(folder);
    char *best = NULL;
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        if (!text_ends(entry->d_name, ".json") || (best && strcmp(entry->d_name, best) >= 0))
            continue;
        free(best);
        best = xstrdup(entry->d_name);
    }
    if (dir)
        closedir(dir);
    return best;
}

bool request_next(const struct paths *paths, struct request *request) {
    for (char *name; (name = oldest(paths->requests));) {
        char *path = path_join(paths->requests, name, NULL);
        free(name);
        bool good = parse(path, request);
        if (!good) {
            log_warning("%s: 不是有效的请求，已删除 (not a request, removed)", path);
            if (unlink(path) != 0)
                good = false;
        }
        bool gone = good || !fs_exists(path);
        free(path);
        if (good)
            return true;
        if (!gone)
            return false;
    }
    return false;
}
