#include "ingest/pack_publish.h"

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
#include "ingest/pack_media.h"

/* ---- writing */

static bool write_file(const char *folder, const char *name, const char *text, size_t size) {
    char *path = path_join(folder, name, NULL);
    struct outfile out;
    bool good = outfile_open(&out, path);
    if (good) {
        fwrite(text, 1, size, out.stream);
        good = outfile_commit(&out, true);
    }
    free(path);
    return good;
}

/* The items of a document to come; their texts stay those of the plan. The array is the caller's.
 */
static struct feed_item *entries_to_items(const struct pack_document *document) {
    struct feed_item *items = xcalloc(document->count, sizeof *items);
    for (size_t i = 0; i < document->count; i++) {
        const struct feed_item *item = document->entries[i].item;
        items[i] = *item;
        if (!document->entries[i].removed)
            continue;
        static char none[] = "";
        items[i] = (struct feed_item){.id = item->id,
                                      .removed = true,
                                      .level = item->level,
                                      .school = item->school,
                                      .title = item->title,
                                      .summary = none,
                                      .body = none,
                                      .url = none};
    }
    return items;
}

static bool fits(const struct pack_bundle *bundle, const char *name, size_t size, size_t pages) {
    if (size > FEED_PAGE_BYTES)
        log_error("%s/%s: %s: %zu > %u 字节 (bytes)", bundle->folder, name,
                  reject_text(REJECT_FEED_LIMIT), size, FEED_PAGE_BYTES);
    else if (pages > FEED_PAGES)
        log_error("%s: %s: %zu > %d 页 (pages)", bundle->folder, reject_text(REJECT_FEED_LIMIT),
                  pages, FEED_PAGES);
    else
        return true;
    return false;
}

static bool write_page(const struct pack_bundle *bundle, const struct pack_edition *edition,
                       struct pack_document *page, const struct pack_document *older) {
    struct feed feed = {.ours = true,
                        .title = (char *)edition->title,
                        .items = entries_to_items(page),
                        .item_count = page->count};
    memcpy(feed.feed, edition->feed, FEED_ID_SIZE);
    size_t size = 0;
    char *next = older ? pack_page_name(older->ref.hash) : NULL;
    char *text = feed_print(&feed, true, next, &size);
    page->ref = (struct feed_page_ref){hash_of(text, size), (int64_t)size};
    char *name = pack_page_name(page->ref.hash);
    bool good = fits(bundle, name, size, 0) && write_file(bundle->folder, name, text, size);
    free(name);
    free(text);
    free(next);
    free(feed.items);
    return good;
}

/* The oldest first: each names the one behind it. */
static bool write_pages(const struct pack_bundle *bundle, struct pack_plan *plan,
                        const struct pack_edition *edition) {
    for (size_t p = plan->page_count; p-- > 0;) {
        struct pack_document *page = plan->pages + p;
        const struct pack_document *older = p + 1 < plan->page_count ? page + 1 : NULL;
        if (!page->kept && !write_page(bundle, edition, page, older))
            return false;
    }
    return true;
}

static char *print_head(const struct pack_plan *plan, const struct pack_edition *edition,
                        size_t *size) {
    struct feed feed = {.ours = true,
                        .serial = edition->serial,
                        .published_ms = edition->published_ms,
                        .expires_ms = edition->expires_ms,
                        .title = (char *)edition->title,
                        .pages = xcalloc(plan->page_count, sizeof *feed.pages),
                        .page_count = plan->page_count,
                        .items = entries_to_items(&plan->head),
                        .item_count = plan->head.count};
    memcpy(feed.feed, edition->feed, FEED_ID_SIZE);
    for (size_t p = 0; p < plan->page_count; p++)
        feed.pages[p] = plan->pages[p].ref;
    char *next = plan->page_count ? pack_page_name(plan->pages[0].ref.hash) : NULL;
    char *text = feed_print(&feed, false, next, size);
    free(next);
    free(feed.items);
    free(feed.pages);
    return text;
}

static bool write_signature(const char *folder, const struct pack_edition *edition,
                            const char *text, size_t size) {
    char published[TIME_TEXT_SIZE];
    time_format_utc(edition->published_ms, published);
    char *comment = xasprintf("fengcai feed=%s serial=%lld published=%s", edition->feed,
                              (long long)edition->serial, published);
    struct sign_digest digest = sign_digest_of(text, size);
    struct signature signature;
    enum sign_fault fault = secret_key_sign(edition->key, &digest, comment, &signature);
    char *file = fault == SIGN_GOOD ? signature_format(&signature) : NULL;
    bool good = file && write_file(folder, PACK_SIGNATURE, file, strlen(file));
    if (!file)
        log_error("%s/" PACK_SIGNATURE ": %s", folder, sign_text(fault));
    free(file);
    free(comment);
    return good;
}

/* A head that no kiosk takes, and that could not be packed into again, is never written. */
static bool is_readable(const char *folder, const char *text, size_t size) {
    struct feed feed = {0};
    enum reject reject = REJECT_FEED_FORM;
    char *detail = NULL;
    bool good = feed_parse(text, size, false, &feed, &reject, &detail);
    if (!good)
        log_error("%s/" PACK_HEAD ": %s%s%s", folder, reject_text(reject), detail ? ": " : "",
                  detail ? detail : "");
    feed_finish(&feed);
    free(detail);
    return good;
}

/* The head waits whole beside its place, so that between signature and head only a rename is left.
 */
static bool write_head(const struct pack_bundle *bundle, const struct pack_plan *plan,
                       const struct pack_edition *edition) {
    const char *folder = bundle->folder;
    size_t size = 0;
    char *text = print_head(plan, edition, &size);
    char *next = path_join(folder, PACK_NEXT, NULL), *place = path_join(folder, PACK_HEAD, NULL);
    bool good = fits(bundle, PACK_HEAD, size, plan->page_count) &&
                is_readable(folder, text, size) && write_file(folder, PACK_NEXT, text, size) &&
                (!edition->key || write_signature(folder, edition, text, size));
    if (good && rename(next, place) != 0) {
        log_error("%s: 写入失败 (writing failed): %s", place, strerror(errno));
        good = false;
    }
    good = good && fs_sync_dir(folder);
    free(place);
    free(next);
    free(text);
    return good;
}

static void set_kept_refs(const struct pack_bundle *bundle, struct pack_plan *plan) {
    for (size_t p = 0; p < plan->page_count; p++)
        if (plan->pages[p].kept)
            plan->pages[p].ref = bundle->head.pages[plan->pages[p].kept - bundle->pages];
}

bool pack_publish(const struct pack_bundle *bundle, struct pack_plan *plan,
                  const struct pack_edition *edition) {
    set_kept_refs(bundle, plan);
    return write_pages(bundle, plan, edition) && write_head(bundle, plan, edition);
}

/* ---- sweeping */

/* Names within the folder that are in use, sorted. */
struct names {
    char **names; /* owned, and so is each */
    size_t count;
};

static void add_name(struct names *names, const char *name) {
    if ((names->count & (names->count + 1)) == 0) /* at 0, 1, 3, 7 …: room for twice that */
        names->names = xrealloc(names->names, names->count * 2 + 1, sizeof *names->names);
    names->names[names->count++] = xstrdup(name);
}

static void add_media(struct names *names, const struct feed_item *item) {
    for (size_t i = 0; i < item->media_count; i++)
        add_name(names, item->media[i].url);
}

static void add_document(struct names *names, const struct pack_document *document) {
    for (size_t i = 0; document->kept && i < document->kept->item_count; i++)
        add_media(names, document->kept->items + i);
    for (size_t i = 0; i < document->count; i++)
        if (!document->entries[i].removed)
            add_media(names, document->entries[i].item);
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_named(const struct names *names, const char *name) {
    return names->count &&
           bsearch(&name, names->names, names->count, sizeof *names->names, compare_names);
}

/* "page-", 64 hex digits, ".json": what only we name so. */
static bool has_hash(const char *name, const char *before, const char *behind) {
    struct hash hash;
    size_t size = strlen(before), length = strlen(name);
    if (!text_starts(name, before) || !text_ends(name, behind) ||
        length != size + HASH_HEX_SIZE - 1 + strlen(behind))
        return false;
    char *hex = xstrndup(name + size, HASH_HEX_SIZE - 1);
    bool good = hash_parse(hex, &hash);
    free(hex);
    return good;
}

static bool is_ours(const char *name) {
    return has_hash(name, "page-", ".json") || has_hash(name, "page-", ".json.part") ||
           has_hash(name, "", ".jpg") || has_hash(name, "", ".png") ||
           strcmp(name, PACK_NEXT) == 0 || strcmp(name, PACK_NEXT ".part") == 0 ||
           strcmp(name, PACK_SIGNATURE ".part") == 0 || strcmp(name, PACK_MEMORY ".part") == 0;
}

/* below: PACK_MEDIA "/" or "". */
static void sweep_folder(const char *folder, const char *below, const struct names *names) {
    char *path = path_join(folder, below, NULL);
    DIR *dir = opendir(path);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        char *name = xasprintf("%s%s", below, entry->d_name);
        if (is_ours(entry->d_name) && !is_named(names, name) &&
            unlinkat(dirfd(dir), entry->d_name, 0) != 0)
            log_warning("%s/%s: 无法删除 (cannot remove): %s", folder, name, strerror(errno));
        free(name);
    }
    if (dir)
        closedir(dir);
    free(path);
}

void pack_sweep(const struct pack_bundle *bundle, struct pack_plan *plan) {
    struct names names = {0};
    set_kept_refs(bundle, plan);
    add_document(&names, &plan->head);
    for (size_t p = 0; p < plan->page_count; p++) {
        char *name = pack_page_name(plan->pages[p].ref.hash);
        add_name(&names, name);
        add_document(&names, plan->pages + p);
        free(name);
    }
    if (names.count)
        qsort(names.names, names.count, sizeof *names.names, compare_names);
    sweep_folder(bundle->folder, "", &names);
    sweep_folder(bundle->folder, PACK_MEDIA "/", &names);
    for (size_t i = 0; i < names.count; i++)
        free(names.names[i]);
    free(names.names);
}
