/* picture: prepares pictures for the wall, one child each; started by the keeper's nursery */
#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <vips/vips.h>

#include <vips/vector.h> /* needs vips.h first */

#include "base/log.h"
#include "helpers/crop.h"
#include "helpers/descriptor.h"
#include "helpers/flatness.h"
#include "helpers/focus.h"
#include "helpers/load.h"
#include "helpers/png_check.h"
#include "helpers/rendition.h"
#include "helpers/serve.h"
#include "ingest/picture_wire.h"
#include "library/case.h"

#define JPEG_QUALITY 90 /* no artefact to be seen from a metre; DESIGN */

struct child {
    int answer;
    int64_t max_pixels;
    bool code, bare; /* see picture_request */
    int32_t crop[4];
    unsigned char *bytes; /* owned: the source */
    size_t size;
    enum kind kind;
};

/* What follows gives the exit status. Images are not freed where the child ends. */
static int refuse(const struct child *child, enum picture_reason reason, const char *text) {
    struct picture_record record = {.kind = PICTURE_REFUSED, .reason = reason};
    for (size_t i = 0; text[i] >= ' ' && text[i] <= '~' && i < sizeof record.text - 1; i++)
        record.text[i] = text[i];
    return send_all(child->answer, &record, sizeof record) ? 0 : 1;
}

static int refuse_size(const struct child *child, struct extent extent) {
    struct picture_record record = {.kind = PICTURE_REFUSED,
                                    .reason = PICTURE_REASON_TOO_LARGE,
                                    .width = extent.width,
                                    .height = extent.height};
    return send_all(child->answer, &record, sizeof record) ? 0 : 1;
}

/* Each library says it in its own words when it gets no memory. */
static bool speaks_of_memory(const char *text) {
    static const char *const words[] = {"ut of memory",     "nsufficient memory",
                                        "emory allocation", "failed to allocate",
                                        "annot allocate",   "creating thread"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(text, words[i]))
            return true;
    return false;
}

static int refuse_error(const struct child *child) {
    const char *text = vips_error_buffer();
    if (speaks_of_memory(text))
        return refuse(child, PICTURE_REASON_NO_MEMORY, "");
    return refuse(child, PICTURE_REASON_BROKEN, text);
}

static struct extent upright_extent(VipsImage *image, int orientation) {
    struct extent extent = {image->Xsize, image->Ysize};
    return orientation >= 5 ? extent_turned(extent) : extent;
}

/* Two decoders can leave pixels out that nobody will see: the largest step that still gives as
 * many as are wanted. */
static int load_step(struct extent source, struct extent wanted) {
    int step = 8;
    while (step > 1 && (source.width / step < wanted.width || source.height / step < wanted.height))
        step /= 2;
    return step;
}

/* libjpeg goes on after damage, with grey or shifted blocks, and only warns. */
static const char *jpeg_damage(void) {
    static const char *const words[] = {"premature end", "bad Huffman code", "bad arithmetic code",
                                        "instead of RST", "inconsistent progression"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(vips_error_buffer(), words[i]))
            return words[i];
    /* Waste before the end of the picture is harmless, before a restart marker (d0 to d7) it was
     * the picture's own data. */
    static const char waste[] = "extraneous bytes before marker 0xd";
    const char *found = strstr(vips_error_buffer(), waste);
    char digit = found ? found[sizeof waste - 1] : '\0';
    return digit >= '0' && digit <= '7' ? "data lost before a restart marker" : NULL;
}

static bool encode(VipsImage *image, enum rendition_role role, void **bytes, size_t *size) {
    VipsForeignSubsample chroma =
        role == RENDITION_LARGE ? VIPS_FOREIGN_SUBSAMPLE_OFF : VIPS_FOREIGN_SUBSAMPLE_ON;
    if (role == RENDITION_CODE)
        return vips_pngsave_buffer(image, bytes, size, "strip", TRUE, NULL) == 0;
    return vips_jpegsave_buffer(image, bytes, size, "Q", JPEG_QUALITY, "subsample_mode", chroma,
                                "strip", TRUE, NULL) == 0;
}

static bool send_piece(const struct child *child, VipsImage *image, enum rendition_role role,
                       int tile) {
    void *bytes = NULL;
    size_t size = 0;
    if (!image || !encode(image, role, &bytes, &size))
        return false;
    struct picture_record record = {.kind = PICTURE_PIECE,
                                    .role = role,
                                    .tile = (uint32_t)tile,
                                    .width = image->Xsize,
                                    .height = image->Ysize,
                                    .bytes = (uint32_t)size};
    bool good = size <= PICTURE_JPEG_BYTES && send_all(child->answer, &record, sizeof record) &&
                send_all(child->answer, bytes, size);
    g_free(bytes);
    return good;
}

/* What is made of the master: images by their role, each from the one before: the large picture is
 * read once more, the master never again. */
struct renditions {
    VipsImage *images[RENDITION_THUMB + 1];
};

static bool shrink_all(struct renditions *made, VipsImage *master, const struct plan *plan) {
    static const int sides[] = {[RENDITION_LARGE] = PICTURE_LARGE_SIDE,
                                [RENDITION_SCREEN] = PICTURE_SCREEN_SIDE,
                                [RENDITION_THUMB] = PICTURE_THUMB_SIDE};
    VipsImage *image = master;
    for (int role = RENDITION_LARGE; image && role <= RENDITION_THUMB; role++) {
        image = rendition_shrink(image, extent_within(plan->source, sides[role]));
        made->images[role] = image;
    }
    return image;
}

static bool send_tiles(const struct child *child, VipsImage *master, const struct plan *plan) {
    for (int tile = 0; tile < plan_tiles(plan); tile++) {
        VipsRect at = plan_tile(plan, tile);
        VipsImage *piece = NULL;
        if (vips_extract_area(master, &piece, at.left, at.top, at.width, at.height, NULL) != 0 ||
            !send_piece(child, piece, RENDITION_TILE, tile))
            return false;
        g_object_unref(piece);
    }
    return true;
}

static bool send_head(const struct child *child, VipsImage *master, VipsImage *thumb,
                      const struct plan *plan) {
    struct focus focus = focus_find(thumb);
    struct picture_record head = {
        .kind = PICTURE_HEAD,
        .width = plan->source.width,
        .height = plan->source.height,
        .whole = flatness_is_drawn(VIPS_IMAGE_ADDR(master, 0, 0),
                                   (struct extent){master->Xsize, master->Ysize}),
        .focus_x = focus.x,
        .focus_y = focus.y,
    };
    return send_all(child->answer, &head, sizeof head);
}

static int answer(const struct child *child, VipsImage *master, const struct plan *plan) {
    const struct picture_record end = {.kind = PICTURE_END};
    struct renditions made = {0};
    bool good = shrink_all(&made, master, plan) &&
                send_head(child, master, made.images[RENDITION_THUMB], plan) &&
                send_tiles(child, master, plan);
    for (int role = RENDITION_LARGE; good && role <= RENDITION_THUMB; role++)
        good = send_piece(child, made.images[role], role, 0);
    if (!good)
        return refuse_error(child);
    return send_all(child->answer, &end, sizeof end) ? 0 : 1;
}

/* A code: whole, upright, lossless. */
static int answer_code(const struct child *child, VipsImage *master, struct extent source) {
    const struct picture_record head = {.kind = PICTURE_HEAD,
                                        .width = source.width,
                                        .height = source.height,
                                        .whole = true,
                                        .focus_x = FOCUS_X,
                                        .focus_y = FOCUS_Y},
                                end = {.kind = PICTURE_END};
    VipsImage *bare = NULL; /* of what the file says about its resolution */
    if (vips_copy(master, &bare, "xres", 1.0, "yres", 1.0, NULL) != 0 ||
        !send_all(child->answer, &head, sizeof head) || !send_piece(child, bare, RENDITION_CODE, 0))
        return refuse_error(child);
    return send_all(child->answer, &end, sizeof end) ? 0 : 1;
}

static int answer_bare(const struct child *child, struct extent source) {
    const struct picture_record head = {.kind = PICTURE_HEAD,
                                        .width = source.width,
                                        .height = source.height,
                                        .focus_x = FOCUS_X,
                                        .focus_y = FOCUS_Y},
                                end = {.kind = PICTURE_END};
    return send_all(child->answer, &head, sizeof head) && send_all(child->answer, &end, sizeof end)
               ? 0
               : 1;
}

static int prepare(const struct child *child) {
    VipsImage *image = load_open(child->kind, child->bytes, child->size, 1);
    if (!image)
        return refuse_error(child);
    int orientation = load_orientation(child->kind, image);
    struct extent whole = upright_extent(image, orientation);
    if ((int64_t)whole.width * whole.height > child->max_pixels)
        return refuse_size(child, whole);
    image = crop_cut(image, child->crop, orientation);
    if (!image)
        return refuse_error(child);
    struct plan plan = plan_build(upright_extent(image, orientation));
    if (child->bare)
        return answer_bare(child, plan.source);
    if (child->code)
        plan.master = extent_within(plan.source, PICTURE_CODE_SIDE);
    bool stepped = child->kind == KIND_JPEG || child->kind == KIND_WEBP;
    int step = stepped ? load_step(plan.source, plan.master) : 1;
    if (step > 1) {
        g_object_unref(image);
        image = load_open(child->kind, child->bytes, child->size, step);
        image = image ? crop_cut(image, child->crop, orientation) : NULL;
    }
    VipsImage *master = image ? rendition_master(image, orientation, plan.master) : NULL;
    if (!master)
        return refuse_error(child);
    g_object_unref(image);
    const char *damage = child->kind == KIND_JPEG ? jpeg_damage() : NULL;
    if (damage)
        return refuse(child, PICTURE_REASON_BROKEN, damage);
    return child->code ? answer_code(child, master, plan.source) : answer(child, master, &plan);
}

static int handle(struct child *child) {
    child->kind = load_kind(child->bytes, child->size);
    if (child->kind == KIND_NONE)
        return refuse(child, PICTURE_REASON_FORMAT, "");
    const char *wrong = child->kind == KIND_PNG ? png_check(child->bytes, child->size) : NULL;
    return wrong ? refuse(child, PICTURE_REASON_BROKEN, wrong) : prepare(child);
}

static int work(const unsigned char request[NURSERY_REQUEST_SIZE], int source, int answer_fd) {
    struct picture_request wanted;
    memcpy(&wanted, request, sizeof wanted);
    struct child child = {.answer = answer_fd,
                          .max_pixels = wanted.megapixels * INT64_C(1000000),
                          .code = wanted.code != 0,
                          .bare = wanted.bare != 0};
    memcpy(child.crop, wanted.crop, sizeof child.crop);
    int status =
        read_whole(source, &child.bytes, &child.size) ? handle(&child) : NURSERY_EXIT_NO_MEMORY;
    free(child.bytes);
    return status;
}

/* Nothing of what decoders say about a stranger's file reaches a terminal or the journal; that
 * GLib cannot go on without memory is a verdict. */
static GLogWriterOutput swallow(GLogLevelFlags level, const GLogField *fields, gsize count,
                                gpointer user) {
    (void)user;
    for (gsize i = 0; (level & G_LOG_LEVEL_ERROR) && i < count; i++)
        if (strcmp(fields[i].key, "MESSAGE") == 0 && speaks_of_memory(fields[i].value))
            _exit(NURSERY_EXIT_NO_MEMORY);
    return G_LOG_WRITER_HANDLED;
}

int main(int argc, char **argv) {
    (void)argc;
    log_init("picture", false);
    mallopt(M_ARENA_MAX, 1); /* each further one takes 64 MiB of the child's address space */
    setenv("VIPS_DISC_THRESHOLD", "1000g", 1); /* or large pictures go through temporary files */
    setenv("ORC_CODE", "emulate", 1); /* no executable memory, which the jail forbids … */
    g_log_set_writer_func(swallow, NULL, NULL);
    if (vips_init(argv[0]) != 0) {
        log_error("libvips: %s", vips_error_buffer());
        return 1;
    }
    vips_vector_set_enabled(FALSE); /* … and no going the way of the code that was not made */
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    vips_block_untrusted_set(TRUE);
    return serve(work, true);
}
