#include "ingest/take.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/document.h"
#include "ingest/door.h"
#include "ingest/text.h"
#include "ingest/trust.h"

/* Limits of a zip, which is unpacked beside the library. */
#define ZIP_BYTES   (UINT64_C(8) << 30) /* a year of a campaign with videos */
#define ZIP_ENTRIES 100000
#define ZIP_SECONDS 600
#define ZIP_MEMORY  256

/* Something that a person brought. */
struct brought {
    struct door *door;
    const char *path, *request;
    char *folder;   /* owned; where the bundle lies, NULL: not found */
    char *unpacked; /* owned; to be removed, NULL: it lay there as a folder */
    enum reject reject;
    char *detail; /* owned */
};

bool take_is_bundle(const char *path) {
    const char *dot = strrchr(path, '.');
    return bundle_is(path) || (dot && strcasecmp(dot, ".zip") == 0 && fs_exists(path));
}

static json_t *refuse(const struct brought *brought) {
    struct reject_list rejects = {0};
    char *label = text_printable(brought->path);
    reject_add(&rejects, label, brought->reject, brought->detail);
    json_t *receipt = door_receipt(brought->door, "refused");
    json_object_set_new(receipt, "cases", json_array());
    json_object_set_new(receipt, "rejects", reject_list_json(&rejects));
    door_record(brought->door, "import", brought->path, receipt, brought->request);
    reject_list_finish(&rejects);
    free(label);
    return receipt;
}

static bool fail(struct brought *brought, enum reject reject, const char *detail) {
    brought->reject = reject;
    brought->detail = xstrdup(detail);
    return false;
}

/* ---- zip */

/* A bundle's own names, in the zip's root or in its one folder. */
static bool is_of_a_bundle(void *user, const char *name) {
    (void)user;
    const char *own = path_name(name);
    return text_starts(own, "feed.json") || text_starts(own, "keys.json") ||
           text_starts(own, "page-") || strstr(name, "media/") != NULL;
}

/* The folder itself, or one in it that is a bundle. */
static char *find_bundle(const char *folder) {
    char *found = bundle_is(folder) ? xstrdup(folder) : NULL;
    DIR *dir = found ? NULL : opendir(folder);
    for (const struct dirent *entry; dir && !found && (entry = readdir(dir));) {
        char *inner = path_join(folder, entry->d_name, NULL);
        if (entry->d_name[0] != '.' && bundle_is(inner))
            found = xstrdup(inner);
        free(inner);
    }
    if (dir)
        closedir(dir);
    return found;
}

static bool unpack(struct brought *brought) {
    const struct unzip_limits limits = {.bytes = ZIP_BYTES,
                                        .entry = FEED_MEDIA_BYTES,
                                        .entries = ZIP_ENTRIES,
                                        .seconds = ZIP_SECONDS,
                                        .memory_mb = ZIP_MEMORY};
    brought->unpacked = xasprintf("%s/bundle-XXXXXX", brought->door->paths->staging);
    if (!mkdtemp(brought->unpacked)) {
        log_error("%s: %s", brought->unpacked, strerror(errno));
        return fail(brought, REJECT_DISK, strerror(errno));
    }
    int fd = open(brought->path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return fail(brought, REJECT_UNREADABLE, strerror(errno));
    bool good = document_unzip(brought->door->documents, fd, brought->unpacked, &limits,
                               is_of_a_bundle, NULL, &brought->reject, &brought->detail);
    close(fd);
    brought->folder = good ? find_bundle(brought->unpacked) : NULL;
    if (good && !brought->folder)
        return fail(brought, REJECT_DOCUMENT, "压缩包里没有 feed.json (no feed.json in it)");
    return good;
}

/* ---- */

static bool find(struct brought *brought) {
    if (!fs_is_dir(brought->path))
        return unpack(brought);
    brought->folder = xstrdup(brought->path);
    return true;
}

static bool open_and_check(struct brought *brought, struct trust *trust, struct bundle *bundle) {
    struct door *door = brought->door;
    if (!bundle_open(bundle, brought->folder, trust, &brought->reject, &brought->detail))
        return false;
    if (!bundle->head.ours)
        return fail(brought, REJECT_FEED_FORM, "_fengcai");
    switch (
        bundle_check(bundle, door->ledger, door_now_ms(door), &brought->reject, &brought->detail)) {
    case BUNDLE_TAKE:
        return bundle_load(bundle, &brought->reject, &brought->detail);
    case BUNDLE_WAITS:
        return fail(brought, REJECT_FEED_OLDER,
                    "已回退到上一版，等待序号更大的内容 (rolled back: waits for a higher serial)");
    case BUNDLE_REFUSED:
        break;
    }
    return false;
}

static json_t *take(struct brought *brought) {
    struct trust trust;
    struct bundle bundle = {0};
    struct take_fault fault;
    const struct take_options options = {
        .kind = "import", .source = brought->path, .request = brought->request};
    trust_load(&trust, brought->door->config, brought->door->ledger);
    json_t *receipt = open_and_check(brought, &trust, &bundle)
                          ? door_take(brought->door, &bundle, &options, &fault)
                          : refuse(brought);
    bundle_finish(&bundle);
    trust_finish(&trust);
    return receipt;
}

json_t *door_take_path(struct door *door, const char *path, const char *request) {
    struct brought brought = {.door = door, .path = path, .request = request};
    door_tell(door, path);
    json_t *receipt = find(&brought) ? take(&brought) : refuse(&brought);
    if (brought.unpacked)
        fs_remove_tree(brought.unpacked);
    free(brought.unpacked);
    free(brought.folder);
    free(brought.detail);
    return receipt;
}
