#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/bundle.h"
#include "ingest/door.h"
#include "ingest/take.h"
#include "keeper/sticks_private.h"

struct listing {
    const struct stick_bundle *bundle;
    struct stick_file *files;
    size_t count, missing, cases; /* missing: of this bundle */
    int64_t bytes, unpacked;      /* that are copied; that come out of what was copied */
};

static void list_file(struct listing *listing, struct stick_file file) {
    if ((listing->count & (listing->count - 1)) == 0) /* full at each power of two */
        listing->files = xrealloc(listing->files, listing->count ? listing->count * 2 : 1,
                                  sizeof *listing->files);
    listing->files[listing->count++] = file;
}

static void on_missing(void *user, const struct feed_media *media, const char *at) {
    struct listing *listing = user;
    const struct stick_bundle *bundle = listing->bundle;
    listing->missing++;
    *(bundle->zip ? &listing->unpacked : &listing->bytes) += media->bytes;
    if (!bundle->zip)
        list_file(listing, (struct stick_file){
                               .from = path_join(bundle->from, BUNDLE_MEDIA, path_name(at), NULL),
                               .to = xstrdup(at),
                               .expected = media->hash,
                               .bytes = media->bytes});
}

/* As a whole, and only where something of it is not there yet. */
static void list_zip(struct listing *listing) {
    const struct stick_bundle *bundle = listing->bundle;
    listing->bytes += bundle->zip_bytes;
    list_file(listing, (struct stick_file){.from = xstrdup(bundle->from),
                                           .to = xstrdup(bundle->zip),
                                           .bytes = bundle->zip_bytes});
}

static void finish_listing(struct listing *listing) {
    for (size_t i = 0; i < listing->count; i++) {
        free(listing->files[i].from);
        free(listing->files[i].to);
    }
    free(listing->files);
}

/* Of what will be refused nothing is copied. */
static void list_bundle(struct sticks *sticks, const struct stick_bundle *from, struct trust *trust,
                        struct listing *listing) {
    struct door *door = sticks->door;
    struct bundle bundle;
    enum reject reject = REJECT_COUNT;
    char *detail = NULL, *media = path_join(from->staged, BUNDLE_MEDIA, NULL);
    listing->bundle = from;
    listing->missing = 0;
    if (bundle_open(&bundle, from->staged, trust, &reject, &detail) && bundle.head.ours &&
        bundle_check(&bundle, door->ledger, door_now_ms(door), &reject, &detail) == BUNDLE_TAKE &&
        bundle_load(&bundle, &reject, &detail) && fs_make_dirs(media)) {
        listing->cases += bundle.winner_count;
        take_each_missing(door, &bundle, on_missing, listing);
        if (from->zip && listing->missing)
            list_zip(listing);
    }
    bundle_finish(&bundle);
    free(media);
    free(detail);
}

static bool make_room(struct sticks *sticks, struct stick *stick, int64_t bytes) {
    enum reject reject = REJECT_COUNT;
    char *detail = NULL;
    if (!bytes || door_make_room(sticks->door, bytes, &reject, &detail))
        return true;
    free(detail);
    stick->reject = reject;
    sticks_step(sticks, stick, STICK_IN_FAILED, STICK_FAULT_REFUSED);
    return false;
}

void sticks_copy_bundles(struct sticks *sticks, struct stick *stick) {
    struct listing listing = {0};
    struct trust trust = sticks_trust(sticks);
    for (size_t i = 0; i < stick->bundle_count; i++)
        list_bundle(sticks, stick->bundles + i, &trust, &listing);
    trust_finish(&trust);
    stick->files = (int64_t)listing.count;
    stick->bytes = listing.bytes;
    stick->cases = (int64_t)listing.cases;
    if (!listing.count)
        sticks_step(sticks, stick, STICK_IN_COPIED, STICK_FAULT_NONE);
    else if (make_room(sticks, stick, listing.bytes + listing.unpacked))
        sticks_start_child(sticks, stick,
                           &(struct stick_job){.work = STICK_WORK_FILES,
                                               .root = stick->path,
                                               .files = listing.files,
                                               .count = listing.count});
    finish_listing(&listing);
}

void sticks_copy_order(struct sticks *sticks, struct stick *stick) {
    if (sticks_has_copy(stick)) {
        sticks_step(sticks, stick, STICK_IN_COPIED, STICK_FAULT_NONE);
        return;
    }
    sticks_forget_preview(sticks, stick);
    reject_list_finish(&stick->refused);
    if (stick->staging)
        fs_remove_tree(stick->staging);
    free(stick->staging);
    stick->staging =
        xasprintf("%s/" DOOR_STICK "order-%u", sticks->paths->staging, sticks->staged++);
    sticks_start_child(sticks, stick,
                       &(struct stick_job){.work = STICK_WORK_TREE,
                                           .root = stick->path,
                                           .staging = stick->staging,
                                           .paths = stick->order.words,
                                           .count = stick->order.count});
}
