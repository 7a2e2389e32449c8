#include "ingest/pack_bundle.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"

/* A file of the folder; data NULL: it is not there. */
struct piece {
    char *path; /* owned */
    char *data; /* owned */
    size_t size;
};

static bool read_piece(struct piece *piece, const char *folder, const char *name, size_t limit) {
    *piece = (struct piece){.path = path_join(folder, name, NULL)};
    return !fs_exists(piece->path) || fs_read(piece->path, limit, &piece->data, &piece->size);
}

static void finish_piece(struct piece *piece) {
    free(piece->path);
    free(piece->data);
}

/* ---- is it a bundle? */

static bool belongs(const char *name) {
    static const char *const names[] = {PACK_HEAD,   PACK_SIGNATURE,      "media",
                                        "keys.json", "keys.json.minisig", "lost+found"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return name[0] == '.' || (text_starts(name, "page-") && text_ends(name, ".json")) ||
           text_ends(name, ".part");
}

/* So that cases and bundle given the wrong way round do no harm. */
static bool is_bundle_or_empty(const char *folder) {
    DIR *dir = opendir(folder);
    char *stranger = NULL;
    if (!dir) {
        log_error("%s: 无法读取 (cannot read): %s", folder, strerror(errno));
        return false;
    }
    for (struct dirent *entry; !stranger && (entry = readdir(dir));)
        if (!belongs(entry->d_name))
            stranger = xstrdup(entry->d_name);
    closedir(dir);
    if (stranger)
        log_error(
            "%s: 不是案例包，也不是空文件夹（里面有“%s”），没有写入 (neither a bundle nor empty: "
            "nothing is written)",
            folder, stranger);
    free(stranger);
    return !stranger;
}

/* ---- reading and verifying */

static enum sign_fault verify(const struct piece *signature, const struct piece *signed_piece,
                              const struct secret_key *key) {
    struct signature parsed;
    struct public_key public = secret_key_public(key);
    enum sign_fault fault = signature_parse(signature->data, signature->size, &parsed);
    if (fault != SIGN_GOOD)
        return fault;
    struct sign_digest digest = sign_digest_of(signed_piece->data, signed_piece->size);
    return signature_verify(&parsed, &digest, &public);
}

/* The signature was written and the head was not: it waits under another name. */
static bool complete(const char *folder, struct piece *head, struct piece *next) {
    if (rename(next->path, head->path) != 0) {
        log_error("%s: 写入失败 (writing failed): %s", head->path, strerror(errno));
        return false;
    }
    log_info("%s: 上次打包没有写完，已补完 (the last pack was cut short; it is completed)", folder);
    free(head->data);
    head->data = next->data;
    head->size = next->size;
    next->data = NULL;
    return fs_sync_dir(folder);
}

static bool check_signature(struct pack_bundle *bundle, const struct secret_key *key,
                            struct piece *head, const struct piece *signature, struct piece *next) {
    bundle->is_signed = signature->data != NULL;
    if (!bundle->is_signed)
        return true;
    if (!key) {
        log_error(
            "%s: 这个案例包有签名，不带密钥打包会使签名失效。请加上 --key，或打包到另一个文件夹 "
            "(it is signed: give --key, or pack into another folder)",
            bundle->folder);
        return false;
    }
    enum sign_fault fault = SIGN_GOOD;
    if (next->data && verify(signature, next, key) == SIGN_GOOD)
        return complete(bundle->folder, head, next);
    if (head->data && (fault = verify(signature, head, key)) != SIGN_GOOD)
        log_error("%s: %s，%s", signature->path, sign_text(fault), sign_advice(fault));
    return fault == SIGN_GOOD;
}

static void report(const char *path, const char *what, enum reject reject, const char *detail) {
    log_error("%s: %s%s%s%s%s", path, what ? what : "", what ? ": " : "", reject_text(reject),
              detail ? ": " : "", detail ? detail : "");
}

/* An item that cannot be read would be lost by packing; a part of one is left out by everybody. */
static bool has_all(const char *path, const struct feed *feed) {
    for (size_t i = 0; i < feed->rejects.count; i++) {
        const struct reject_entry *entry = feed->rejects.entries + i;
        if (entry->reject == REJECT_FEED_PART)
            continue;
        report(path, entry->path, entry->reject, entry->detail);
        return false;
    }
    return true;
}

static bool parse(const struct piece *piece, bool page, struct feed *feed) {
    enum reject reject = REJECT_FEED_FORM;
    char *detail = NULL;
    bool good = feed_parse(piece->data, piece->size, page, feed, &reject, &detail);
    if (!good)
        report(piece->path, NULL, reject, detail);
    else if (!feed->ours)
        log_error("%s: 不是 fengcai pack 打的包 (not packed by fengcai pack)", piece->path);
    good = good && feed->ours && has_all(piece->path, feed);
    free(detail);
    return good;
}

char *pack_page_name(struct hash hash) {
    char hex[HASH_HEX_SIZE];
    hash_hex(hash, hex);
    return xasprintf("page-%s.json", hex);
}

static bool read_page(struct pack_bundle *bundle, size_t index) {
    const struct feed_page_ref *ref = bundle->head.pages + index;
    char *name = pack_page_name(ref->hash);
    struct piece piece;
    bool good = read_piece(&piece, bundle->folder, name, FEED_PAGE_BYTES);
    if (good && (!piece.data || (int64_t)piece.size != ref->bytes ||
                 !hash_equal(hash_of(piece.data, piece.size), ref->hash))) {
        enum reject reject = piece.data ? REJECT_HASH : REJECT_NOT_FOUND;
        log_error("%s: %s，请从备份或服务器上取回 (get it back from a backup or the server)",
                  piece.path, reject_text(reject));
        good = false;
    }
    good = good && parse(&piece, true, bundle->pages + index);
    finish_piece(&piece);
    free(name);
    return good;
}

bool pack_bundle_open(struct pack_bundle *bundle, const char *folder,
                      const struct secret_key *key) {
    struct piece head = {0}, signature = {0}, next = {0};
    *bundle = (struct pack_bundle){.folder = folder};
    bool good = is_bundle_or_empty(folder) &&
                read_piece(&head, folder, PACK_HEAD, FEED_PAGE_BYTES) &&
                read_piece(&signature, folder, PACK_SIGNATURE, MAX_SIGNATURE_BYTES) &&
                read_piece(&next, folder, PACK_NEXT, FEED_PAGE_BYTES) &&
                check_signature(bundle, key, &head, &signature, &next) &&
                (!head.data || parse(&head, false, &bundle->head));
    bundle->pages = xcalloc(bundle->head.page_count, sizeof *bundle->pages);
    for (size_t i = 0; good && i < bundle->head.page_count; i++)
        good = read_page(bundle, i);
    finish_piece(&next);
    finish_piece(&signature);
    finish_piece(&head);
    return good;
}

void pack_bundle_finish(struct pack_bundle *bundle) {
    for (size_t i = 0; bundle->pages && i < bundle->head.page_count; i++)
        feed_finish(bundle->pages + i);
    free(bundle->pages);
    feed_finish(&bundle->head);
    *bundle = (struct pack_bundle){0};
}
