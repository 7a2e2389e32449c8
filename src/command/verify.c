#include "command/command.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"
#include "ingest/bundle.h"
#include "ingest/fetch.h"

struct verify_options {
    const char *key;
};

/* What is looked at, and how many things are wrong with it. */
struct verify {
    struct context *context;
    const char *url; /* NULL: a folder */
    char *folder;    /* owned; where the files lie, or are fetched to */
    struct fetch *fetch;
    struct trust trust;
    struct bundle bundle;
    size_t problems;
};

static void complain(struct verify *verify, const char *what, enum reject reject,
                     const char *detail) {
    verify->problems++;
    printf("✗ %s\n    %s%s%s\n    → %s\n", what, reject_text(reject), detail ? ": " : "",
           detail ? detail : "", reject_advice(reject));
}

/* ---- from a server, into a folder of its own; a missing file is told by who looks for it */

static bool get(struct verify *verify, const char *address, const char *name, uint64_t limit,
                int64_t expected, const struct hash *hash, bool optional) {
    char *url = fetch_resolve(verify->url, address), *path = path_join(verify->folder, name, NULL);
    struct fetch_job job = {
        .url = url, .path = path, .limit = limit, .expected = expected, .hash = hash};
    bool good = url != NULL;
    if (good) {
        fetch_run(verify->fetch, &job, 1, NULL, NULL);
        good = job.outcome == FETCH_DONE;
        if (!good && !optional)
            complain(verify, url, job.reject, job.detail);
    }
    fetch_job_finish(&job);
    free(path);
    free(url);
    return good;
}

static bool get_head(struct verify *verify) {
    char *signature = xasprintf("%.*s.minisig", (int)strcspn(verify->url, "?#"), verify->url);
    bool good = get(verify, verify->url, BUNDLE_HEAD, FEED_PAGE_BYTES, -1, NULL, false) &&
                get(verify, signature, BUNDLE_SIGNATURE, MAX_SIGNATURE_BYTES, -1, NULL, false) &&
                (!get(verify, BUNDLE_KEYS, BUNDLE_KEYS, MAX_KEYS_BYTES, -1, NULL, true) ||
                 get(verify, BUNDLE_KEYS_SIGNATURE, BUNDLE_KEYS_SIGNATURE, MAX_SIGNATURE_BYTES, -1,
                     NULL, false));
    free(signature);
    return good;
}

static bool get_pages(struct verify *verify) {
    bool good = true;
    for (size_t i = 0; i < verify->bundle.head.page_count; i++) {
        const struct feed_page_ref *page = verify->bundle.head.pages + i;
        char *path = bundle_page_path(&verify->bundle, i);
        good = get(verify, path_name(path), path_name(path), FEED_PAGE_BYTES, page->bytes,
                   &page->hash, false) &&
               good;
        free(path);
    }
    return good;
}

/* ---- what a screen checks */

static bool check_head(struct verify *verify) {
    enum reject reject = REJECT_COUNT;
    char *detail = NULL;
    if (!bundle_open(&verify->bundle, verify->folder, &verify->trust, &reject, &detail)) {
        complain(verify, BUNDLE_HEAD, reject, detail);
        free(detail);
        return false;
    }
    const struct feed *head = &verify->bundle.head;
    if (!head->ours || !verify->bundle.signer) {
        complain(verify, BUNDLE_HEAD, head->ours ? REJECT_UNSIGNED : REJECT_FEED_FORM, NULL);
        return head->ours;
    }
    printf("✓ 签名有效 (the signature is good): %s\n✓ 源 (feed) %s，serial %lld\n",
           verify->bundle.comment, head->feed, (long long)head->serial);
    return true;
}

static void check_expiry(struct verify *verify) {
    const struct feed *head = &verify->bundle.head;
    struct clock clock;
    char until[TIME_TEXT_SIZE];
    time_format(head->expires_ms, until);
    clock_init(&clock, &verify->context->paths);
    if (head->expires_ms && head->expires_ms < clock_now(&clock).believed_ms)
        complain(verify, BUNDLE_HEAD, REJECT_FEED_EXPIRED, until);
    else
        printf("✓ 有效期 (expires): %s\n", *until ? until : "不限 (never)");
}

static bool check_pages(struct verify *verify) {
    enum reject reject = REJECT_COUNT;
    char *detail = NULL;
    bool good = !verify->url || get_pages(verify);
    if (good && !bundle_load(&verify->bundle, &reject, &detail)) {
        complain(verify, detail ? detail : "page", reject, NULL);
        good = false;
    }
    free(detail);
    if (good)
        printf("✓ 旧页 (pages): %zu\n", verify->bundle.head.page_count);
    return good;
}

static void check_items(struct verify *verify) {
    const struct bundle *bundle = &verify->bundle;
    size_t live = 0, notices = 0;
    for (size_t i = 0; i <= bundle->head.page_count; i++) {
        const struct feed *feed = i ? bundle->pages + i - 1 : &bundle->head;
        for (size_t k = 0; k < feed->rejects.count; k++)
            complain(verify, feed->rejects.entries[k].path, feed->rejects.entries[k].reject,
                     feed->rejects.entries[k].detail);
    }
    for (size_t i = 0; i < bundle->winner_count; i++) {
        live += !bundle->winners[i]->removed;
        notices += !bundle->winners[i]->removed && bundle->winners[i]->level;
    }
    printf("✓ 案例 (cases): %zu，", live - notices);
    if (notices)
        printf("通知 (notices): %zu，", notices);
    printf("撤下 (removed): %zu\n", bundle->winner_count - live);
}

static void check_medium(struct verify *verify, const struct feed_media *media) {
    char *path = bundle_media_path(&verify->bundle, media);
    struct hash hash;
    struct stat st = {0};
    if (verify->url && !fs_exists(path) &&
        !get(verify, media->url, path + strlen(verify->folder) + 1, FEED_MEDIA_BYTES, media->bytes,
             &media->hash, false)) {
        free(path);
        return;
    }
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0)
        complain(verify, media->url, REJECT_NOT_FOUND, NULL);
    else if (media->bytes && st.st_size != media->bytes)
        complain(verify, media->url, REJECT_LENGTH, NULL);
    else if (!fs_hash(fd, &hash))
        complain(verify, media->url, REJECT_UNREADABLE, NULL);
    else if (!hash_equal(hash, media->hash))
        complain(verify, media->url, REJECT_HASH, NULL);
    if (fd >= 0)
        close(fd);
    free(path);
}

static int by_hash(const void *a, const void *b) {
    const struct feed_media *const *x = a, *const *y = b;
    return memcmp((*x)->hash.bytes, (*y)->hash.bytes, HASH_SIZE);
}

/* Each file once, however many cases show it. */
static void check_media(struct verify *verify) {
    const struct bundle *bundle = &verify->bundle;
    size_t count = 0, files = 0, before = verify->problems;
    for (size_t i = 0; i < bundle->winner_count; i++)
        count += bundle->winners[i]->media_count;
    const struct feed_media **media = xcalloc(count, sizeof(const struct feed_media *));
    count = 0;
    for (size_t i = 0; i < bundle->winner_count; i++)
        for (size_t k = 0; k < bundle->winners[i]->media_count; k++)
            media[count++] = bundle->winners[i]->media + k;
    qsort((void *)media, count, sizeof(const struct feed_media *), by_hash);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || by_hash(media + i - 1, media + i) != 0) {
            check_medium(verify, media[i]);
            files++;
        }
    free((void *)media);
    if (verify->problems == before)
        printf("✓ 图片和视频 (media): %zu\n", files);
}

static void check(struct verify *verify) {
    if ((verify->url && !get_head(verify)) || !check_head(verify))
        return;
    check_expiry(verify);
    if (!check_pages(verify))
        return;
    check_items(verify);
    check_media(verify);
}

/* A folder for what is fetched. */
static bool make_folder(struct verify *verify) {
    const char *base = getenv("TMPDIR");
    verify->folder = xasprintf("%s/fengcai-verify-XXXXXX", text_empty(base) ? "/tmp" : base);
    char *media = mkdtemp(verify->folder) ? path_join(verify->folder, BUNDLE_MEDIA, NULL) : NULL;
    bool good = media && mkdir(media, 0755) == 0;
    if (!good)
        log_error("%s: %s", verify->folder, strerror(errno));
    free(media);
    return good;
}

static bool is_address(const char *word) {
    return text_starts(word, "https://") || text_starts(word, "http://");
}

static int verify_it(struct context *context, const char *where, const struct public_key *key) {
    const struct fetch_options options = {.helpers = context->paths.helpers,
                                          .ca_file = context->config.network.ca_file};
    struct verify verify = {.context = context, .url = is_address(where) ? where : NULL};
    trust_init(&verify.trust, key);
    bool good = true;
    if (verify.url) {
        verify.fetch = fetch_create(&options);
        good = make_folder(&verify);
    } else {
        verify.folder = xstrdup(where);
        good = bundle_is(where);
        if (!good)
            complain(&verify, where, REJECT_NOT_FOUND, BUNDLE_HEAD);
    }
    if (good)
        check(&verify);
    printf("共 %zu 处问题 (problems: %zu)\n", verify.problems, verify.problems);
    bundle_finish(&verify.bundle);
    trust_finish(&verify.trust);
    if (verify.url)
        fs_remove_tree(verify.folder);
    fetch_destroy(verify.fetch);
    free(verify.folder);
    return good && !verify.problems ? EXIT_DONE : EXIT_FAILED;
}

static int run(struct context *context, const void *values, int argc, char **argv) {
    const struct verify_options *options = values;
    struct public_key key;
    if (argc != 1 || !options->key)
        return command_usage(&command_verify);
    return trust_read_key(options->key, "--key", &key) ? verify_it(context, argv[0], &key)
                                                       : EXIT_FAILED;
}

static const struct option options[] = {
    {"key", OPTION_TEXT, "PUB", offsetof(struct verify_options, key),
     "The publisher's public key: a .pub file or its line RW… (required)",
     "发布者的公钥：.pub 文件，或其中以 RW 开头的一行（必填）", NULL},
    {0},
};

const struct command command_verify = {"verify",
                                       "BUNDLE|URL --key PUB",
                                       "Check a bundle or feed as a screen would",
                                       "像屏幕一样检查一个案例包或已发布的源",
                                       options,
                                       sizeof(struct verify_options),
                                       false,
                                       run};
