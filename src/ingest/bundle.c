#include "ingest/bundle.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"
#include "library/floors.h"

#define MAX_SUFFIX 6 /* ".jpeg" and the NUL */

static bool refuse(enum reject *into, char **detail, enum reject reject, char *why) {
    *into = reject;
    *detail = why;
    return false;
}

bool bundle_is(const char *path) {
    char *head = path_join(path, BUNDLE_HEAD, NULL);
    bool is = fs_is_dir(path) && fs_exists(head) && !fs_is_dir(head);
    free(head);
    return is;
}

void bundle_finish(struct bundle *bundle) {
    for (size_t i = 0; bundle->pages && i < bundle->head.page_count; i++)
        feed_finish(bundle->pages + i);
    free(bundle->pages);
    free((void *)bundle->winners);
    feed_finish(&bundle->head);
    free(bundle->comment);
    free(bundle->folder);
    *bundle = (struct bundle){0};
}

/* ---- verifying and reading the head */

static bool verify(struct bundle *bundle, const struct bundle_bytes *bytes,
                   const struct trust *trust, const char *source, enum reject *reject,
                   char **detail, enum sign_fault *fault) {
    if (!bytes->signature)
        return true;
    const struct signed_bytes what = {bytes->head, bytes->head_size, bytes->signature,
                                      bytes->signature_size};
    *fault = trust_verify(trust, source, &what, &bundle->signer, &bundle->comment);
    return *fault == SIGN_GOOD ||
           refuse(reject, detail, REJECT_SIGNATURE,
                  xasprintf("%s，%s", sign_text(*fault), sign_advice(*fault)));
}

bool bundle_read(struct bundle *bundle, const char *folder, const struct bundle_bytes *bytes,
                 const struct trust *trust, const char *source, enum reject *reject, char **detail,
                 enum sign_fault *fault) {
    enum sign_fault none = SIGN_GOOD;
    *bundle = (struct bundle){.folder = xstrdup(folder),
                              .head_hash = hash_of(bytes->head, bytes->head_size)};
    *detail = NULL;
    fault = fault ? fault : &none;
    *fault = SIGN_GOOD;
    if (verify(bundle, bytes, trust, source, reject, detail, fault) &&
        feed_parse(bytes->head, bytes->head_size, false, &bundle->head, reject, detail))
        return true;
    bundle_finish(bundle);
    return false;
}

/* A file of the folder that may be missing. False: it is there and cannot be read, or is too large.
 */
static bool read_file(const char *folder, const char *name, size_t limit, char **bytes,
                      size_t *size) {
    char *path = path_join(folder, name, NULL);
    *bytes = NULL;
    *size = 0;
    bool good = !fs_exists(path) || fs_read(path, limit, bytes, size);
    free(path);
    return good;
}

static void rotate(const char *folder, struct trust *trust) {
    char *keys = NULL, *signature = NULL;
    size_t size = 0, signature_size = 0;
    if (read_file(folder, BUNDLE_KEYS, MAX_KEYS_BYTES, &keys, &size) &&
        read_file(folder, BUNDLE_KEYS_SIGNATURE, MAX_SIGNATURE_BYTES, &signature,
                  &signature_size) &&
        keys && signature)
        trust_rotate(trust, NULL, &(struct signed_bytes){keys, size, signature, signature_size});
    free(keys);
    free(signature);
}

bool bundle_open(struct bundle *bundle, const char *folder, struct trust *trust,
                 enum reject *reject, char **detail) {
    char *head = NULL, *signature = NULL;
    struct bundle_bytes bytes = {0};
    *bundle = (struct bundle){0};
    *detail = NULL;
    bool good =
        read_file(folder, BUNDLE_HEAD, FEED_PAGE_BYTES, &head, &bytes.head_size) && head &&
        read_file(folder, BUNDLE_SIGNATURE, MAX_SIGNATURE_BYTES, &signature, &bytes.signature_size);
    bytes.head = head;
    bytes.signature = signature;
    if (good) {
        rotate(folder, trust);
        good = bundle_read(bundle, folder, &bytes, trust, NULL, reject, detail, NULL);
    } else {
        *reject = REJECT_UNREADABLE;
    }
    free(head);
    free(signature);
    return good;
}

/* ---- whether it may be taken */

const char *bundle_owner(const struct bundle *bundle) {
    return bundle->signer ? bundle->signer->root : "";
}

static bool of_its_owner(const struct bundle *bundle, struct ledger *ledger, enum reject *reject,
                         char **detail) {
    char *owner = NULL;
    if (!ledger_find_owner(ledger, bundle->head.feed, &owner))
        return refuse(reject, detail, REJECT_FEED_OWNER, NULL);
    bool good = !owner || !*owner || strcmp(owner, bundle_owner(bundle)) == 0;
    if (!good)
        refuse(reject, detail, REJECT_FEED_OWNER,
               xasprintf("%s: %s", bundle->head.feed,
                         bundle->signer ? bundle->signer->root : "没有签名 (unsigned)"));
    free(owner);
    return good;
}

static bool is_zero(struct hash hash) {
    return hash_equal(hash, (struct hash){0});
}

enum bundle_verdict bundle_check(const struct bundle *bundle, struct ledger *ledger, int64_t now_ms,
                                 enum reject *reject, char **detail) {
    const struct feed *head = &bundle->head;
    struct floor floor;
    *detail = NULL;
    if (!head->ours)
        return BUNDLE_TAKE;
    if (head->expires_ms && head->expires_ms < now_ms) {
        char until[TIME_TEXT_SIZE];
        time_format(head->expires_ms, until);
        refuse(reject, detail, REJECT_FEED_EXPIRED, xstrdup(until));
        return BUNDLE_REFUSED;
    }
    if (!of_its_owner(bundle, ledger, reject, detail) ||
        !ledger_find_floor(ledger, bundle_owner(bundle), head->feed, &floor))
        return BUNDLE_REFUSED;
    if (head->serial > floor.serial)
        return BUNDLE_TAKE;
    if (head->serial == floor.serial && is_zero(floor.head))
        return BUNDLE_WAITS;
    if (head->serial == floor.serial && hash_equal(floor.head, bundle->head_hash))
        return BUNDLE_TAKE;
    refuse(reject, detail, head->serial < floor.serial ? REJECT_FEED_OLDER : REJECT_FEED_SERIAL,
           xasprintf("serial %lld，已接收 (taken before) %lld", (long long)head->serial,
                     (long long)floor.serial));
    return BUNDLE_REFUSED;
}

bool bundle_admit(const struct bundle *bundle, struct ledger *ledger) {
    const struct floor floor = {.serial = bundle->head.serial, .head = bundle->head_hash};
    return !bundle->head.ours ||
           (ledger_set_owner(ledger, bundle->head.feed, bundle_owner(bundle)) &&
            ledger_raise_floor(ledger, bundle_owner(bundle), bundle->head.feed, &floor));
}

/* ---- pages and media */

char *bundle_page_path(const struct bundle *bundle, size_t page) {
    char hex[HASH_HEX_SIZE];
    hash_hex(bundle->head.pages[page].hash, hex);
    return xasprintf("%s/page-%s.json", bundle->folder, hex);
}

/* NULL: missing, or not what the head says. */
static char *read_page(const struct bundle *bundle, size_t page, enum reject *reject) {
    const struct feed_page_ref *ref = bundle->head.pages + page;
    char *path = bundle_page_path(bundle, page), *bytes = NULL;
    size_t size = 0;
    *reject = REJECT_NOT_FOUND;
    if (fs_exists(path)) {
        *reject = REJECT_LENGTH;
        if (!fs_read(path, (size_t)ref->bytes, &bytes, &size))
            size = 0;
    }
    free(path);
    if (bytes && size == (size_t)ref->bytes) {
        *reject = REJECT_HASH;
        if (hash_equal(hash_of(bytes, size), ref->hash))
            return bytes;
    }
    free(bytes);
    return NULL;
}

bool bundle_has_page(const struct bundle *bundle, size_t page) {
    enum reject reject = REJECT_COUNT;
    char *path = bundle_page_path(bundle, page);
    char *bytes = access(path, R_OK) == 0 ? read_page(bundle, page, &reject) : NULL;
    free(path);
    free(bytes);
    return bytes != NULL;
}

static bool load_page(struct bundle *bundle, size_t page, enum reject *reject, char **detail) {
    char *path = bundle_page_path(bundle, page), *why = NULL;
    char *bytes = read_page(bundle, page, reject);
    bool good = bytes && feed_parse(bytes, (size_t)bundle->head.pages[page].bytes, true,
                                    bundle->pages + page, reject, &why);
    if (!good)
        *detail = xasprintf("%s%s%s", path_name(path), why ? ": " : "", why ? why : "");
    free(why);
    free(bytes);
    free(path);
    return good;
}

bool bundle_load(struct bundle *bundle, enum reject *reject, char **detail) {
    *detail = NULL;
    bundle->pages = xcalloc(bundle->head.page_count, sizeof *bundle->pages);
    for (size_t i = 0; i < bundle->head.page_count; i++)
        if (!load_page(bundle, i, reject, detail))
            return false;
    bundle->winners =
        feed_resolve(&bundle->head, bundle->pages, bundle->head.page_count, &bundle->winner_count);
    return true;
}

/* The extension of an address, if it is a short and plain one. */
static void suffix_of(const char *url, char suffix[MAX_SUFFIX]) {
    const char *dot = strrchr(url, '.');
    size_t size = dot ? strlen(dot) : 0;
    bool plain = size > 1 && size < MAX_SUFFIX;
    for (size_t i = 1; plain && i < size; i++)
        plain = isalnum((unsigned char)dot[i]);
    snprintf(suffix, MAX_SUFFIX, "%s", plain ? dot : "");
}

char *bundle_media_path(const struct bundle *bundle, const struct feed_media *media) {
    char hex[HASH_HEX_SIZE], suffix[MAX_SUFFIX];
    if (!media->hashed) {
        hash_hex(hash_of(media->url, strlen(media->url)), hex);
        return xasprintf("%s/" BUNDLE_MEDIA "/url-%s", bundle->folder, hex);
    }
    hash_hex(media->hash, hex);
    suffix_of(media->url, suffix);
    return xasprintf("%s/" BUNDLE_MEDIA "/%s%s", bundle->folder, hex, suffix);
}
