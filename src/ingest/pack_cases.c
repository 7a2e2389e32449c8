#include "ingest/pack_cases.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/memory.h"
#include "ingest/coverage.h"
#include "ingest/folder.h"
#include "ingest/text.h"

static void tell(struct pack_cases *cases, const char *doing) {
    cases->progress.doing = doing;
    if (cases->on_progress && !cases->on_progress(cases->user, &cases->progress))
        cases->stopped = true;
}

static void on_bytes(void *user, size_t bytes) {
    struct pack_cases *cases = user;
    cases->progress.bytes_done += (int64_t)bytes;
    tell(cases, cases->progress.doing);
}

static void refuse(struct pack_cases *cases, const char *path, enum reject reject,
                   const char *detail) {
    char *label = text_printable(path);
    reject_add(&cases->manifest.rejects, label, reject, detail);
    free(label);
}

/* ---- reading the folder */

static bool states_school(const struct feed *document, const char *name) {
    for (size_t i = 0; i < document->item_count; i++)
        if (strcmp(document->items[i].school, name) == 0)
            return true;
    return false;
}

/* Those of the bundle: what a folder's name means must not hang on this machine's library. */
static bool school_known(void *user, const char *name) {
    const struct pack_bundle *bundle = ((struct pack_cases *)user)->bundle;
    bool known = states_school(&bundle->head, name);
    for (size_t i = 0; !known && i < bundle->head.page_count; i++)
        known = states_school(bundle->pages + i, name);
    return known;
}

bool pack_cases_read(struct pack_cases *cases) {
    struct folder_options options = {.site_school = cases->config->site.school,
                                     .school_known = school_known,
                                     .user = cases,
                                     .words = &cases->words,
                                     .tidy = cases->config->text.tidy == TIDY_ON};
    tell(cases, cases->folder);
    folder_read(cases->folder, &options, &cases->manifest);
    if (!cases->manifest.case_count && !cases->manifest.rejects.count)
        refuse(cases, cases->folder, REJECT_NOTHING_FOUND, NULL);
    return cases->manifest.case_count > 0;
}

/* ---- from a case to a statement */

struct taking {
    struct pack_cases *cases;
    struct pack_media *media;
    struct coverage *coverage;
};

/* False: the pack ends. */
static bool take_asset(struct taking *taking, struct feed_item *item,
                       const struct manifest_asset *from) {
    struct pack_cases *cases = taking->cases;
    enum reject reject = REJECT_UNREADABLE;
    char *detail = NULL;
    tell(cases, manifest_asset_label(from));
    enum stage_result result =
        pack_media_take(taking->media, from, item->media + item->media_count, &reject, &detail);
    cases->progress.files_done++;
    if (result == STAGE_TAKEN) {
        item->media_count++;
        if (reject == REJECT_VIDEO_SOUND)
            refuse(cases, manifest_asset_label(from), reject, detail);
    } else if (result == STAGE_REFUSED) {
        refuse(cases, manifest_asset_label(from), reject, detail);
        cases->broken_off =
            reject == REJECT_NO_SPACE || reject == REJECT_DISK || reject == REJECT_HELPER;
    }
    free(detail);
    return result != STAGE_FAILED && !cases->broken_off && !cases->stopped;
}

static bool take_assets(struct taking *taking, struct feed_item *item,
                        const struct manifest_case *c) {
    item->media = xcalloc(c->asset_count + 1, sizeof *item->media);
    for (size_t i = 0; i < c->asset_count; i++)
        if (!take_asset(taking, item, c->assets + i))
            return false;
    return !c->code || take_asset(taking, item, c->code);
}

static void describe(struct feed_item *item, const struct manifest_case *c) {
    *item = (struct feed_item){
        .id = xstrdup(c->id),
        .level = c->level,
        .has_unit = !c->level,
        .unit = c->unit,
        .phase = c->phase,
        .weight = 1,
        .school = xstrdup(c->school),
        .title = xstrdup(c->title),
        .summary = xstrdup(c->summary),
        .body = xstrdup(c->body),
        .url = xstrdup(c->url),
        .published_ms = c->published_ms,
        .valid_from_ms = c->valid_from_ms,
        .valid_until_ms = c->valid_until_ms,
    };
}

static void add_wanted(struct pack_cases *cases, const struct feed_item *item) {
    struct feed *wanted = &cases->wanted;
    if ((wanted->item_count & (wanted->item_count + 1)) == 0) /* at 0, 1, 3, 7 …: room for twice */
        wanted->items = xrealloc(wanted->items, wanted->item_count * 2 + 1, sizeof *wanted->items);
    wanted->items[wanted->item_count++] = *item;
}

/* As a kiosk reads it. What that refuses or leaves out is in read->rejects. */
static void read_back(const struct pack_cases *cases, const struct feed_item *item,
                      struct feed *read) {
    static char none[] = "";
    struct feed page = {
        .ours = true, .title = none, .items = (struct feed_item *)item, .item_count = 1};
    memcpy(page.feed, cases->bundle->head.feed, FEED_ID_SIZE);
    enum reject reject = REJECT_FEED_ITEM;
    char *detail = NULL;
    size_t size = 0;
    char *text = feed_print(&page, true, NULL, &size);
    if (!feed_parse(text, size, true, read, &reject, &detail))
        reject_add(&read->rejects, item->id, reject, detail);
    free(detail);
    free(text);
}

/* Twice: what a kiosk makes of it is stated, and compared with what was stated before. */
static void state(struct pack_cases *cases, const struct feed_item *draft,
                  const struct manifest_case *c) {
    struct feed once = {0}, read = {0};
    read_back(cases, draft, &once);
    for (size_t i = 0; i < once.rejects.count; i++)
        refuse(cases, c->path, once.rejects.entries[i].reject, once.rejects.entries[i].detail);
    if (once.item_count)
        read_back(cases, once.items, &read);
    if (read.item_count) {
        cases->sources[cases->packed++] = (size_t)(c - cases->manifest.cases);
        add_wanted(cases, read.items);
        read.item_count = 0; /* its texts are wanted's now */
    }
    feed_finish(&read);
    feed_finish(&once);
}

/* False: the pack ends. */
static bool take_case(struct taking *taking, const struct manifest_case *c) {
    struct pack_cases *cases = taking->cases;
    struct feed_item draft;
    describe(&draft, c);
    tell(cases, c->title);
    bool good = take_assets(taking, &draft, c);
    if (good && !draft.media_count && !*c->body && !*c->summary) {
        refuse(cases, c->path, REJECT_CASE_EMPTY, NULL);
    } else if (good) {
        state(cases, &draft, c);
        missing_scan_case(&cases->missing, taking->coverage, c);
    }
    feed_item_finish(&draft);
    return good;
}

/* What was in a folder that went away must not look as if it had been taken out of it. */
static bool is_gone(struct pack_cases *cases) {
    if (fs_exists(cases->folder))
        return false;
    refuse(cases, cases->folder, REJECT_SOURCE_GONE, NULL);
    cases->broken_off = true;
    return true;
}

bool pack_cases_take(struct pack_cases *cases, struct pack_media *media, const char *data) {
    struct manifest *manifest = &cases->manifest;
    struct taking taking = {cases, media, coverage_open_for(data, cases->config)};
    media->stage.on_bytes = on_bytes;
    media->stage.user = cases;
    cases->sources = xcalloc(manifest->case_count, sizeof *cases->sources);
    manifest_measure(manifest, &cases->progress.files, &cases->progress.bytes);
    bool good = true;
    for (size_t i = 0; good && i < manifest->case_count; i++)
        good = !cases->stopped && take_case(&taking, manifest->cases + i);
    coverage_close(taking.coverage);
    return good && !is_gone(cases);
}

/* ---- what is not in the folder */

/* A file was refused, and its case is there all the same; or it never was one. */
static bool leaves_cases(enum reject reject) {
    static const enum reject rejects[] = {REJECT_PICTURE_TOO_LARGE,
                                          REJECT_PICTURE_BROKEN,
                                          REJECT_PICTURE_FORMAT,
                                          REJECT_PICTURE_TOO_SLOW,
                                          REJECT_PICTURE_TOO_MUCH_MEMORY,
                                          REJECT_PICTURE_CRASHED,
                                          REJECT_INFO_LINE,
                                          REJECT_INFO_DATES,
                                          REJECT_FILE_TYPE,
                                          REJECT_VIDEO_FORMAT,
                                          REJECT_VIDEO_TOO_LARGE,
                                          REJECT_VIDEO_TOO_LONG,
                                          REJECT_VIDEO_TOO_BIG,
                                          REJECT_VIDEO_BROKEN,
                                          REJECT_VIDEO_TOO_SLOW,
                                          REJECT_VIDEO_TOO_MUCH_MEMORY,
                                          REJECT_VIDEO_CRASHED,
                                          REJECT_VIDEO_SOUND,
                                          REJECT_DOCUMENT,
                                          REJECT_DOCUMENT_OLD,
                                          REJECT_PAGES,
                                          REJECT_SHEET,
                                          REJECT_ARCHIVE,
                                          REJECT_WORD,
                                          REJECT_CODE_TWICE,
                                          REJECT_FEED_PART};
    for (size_t i = 0; i < sizeof rejects / sizeof *rejects; i++)
        if (reject == rejects[i])
            return true;
    return false;
}

bool pack_cases_hide(const struct pack_cases *cases) {
    for (size_t i = 0; i < cases->manifest.rejects.count; i++)
        if (!leaves_cases(cases->manifest.rejects.entries[i].reject))
            return true;
    return false;
}

void pack_cases_keep(struct pack_cases *cases, const struct feed_item *item) {
    add_wanted(cases, item);
}

void pack_cases_finish(struct pack_cases *cases) {
    cases->wanted.item_count = cases->packed; /* what is behind is the bundle's */
    feed_finish(&cases->wanted);
    free(cases->sources);
    missing_finish(&cases->missing);
    words_close(&cases->words);
    manifest_finish(&cases->manifest);
    cases->sources = NULL;
}
