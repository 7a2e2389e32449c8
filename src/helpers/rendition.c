#include "helpers/rendition.h"

#include <stdlib.h>

#include "ingest/picture_wire.h"

/* Beyond this a picture is a long screenshot: whole on a screen its text cannot be read. */
#define LONG_RATIO_TIMES_2 5

static int scaled(int value, int to, int from) {
    gint64 result = ((gint64)value * to + from / 2) / from;
    return (int)MAX(result, 1);
}

struct extent extent_turned(struct extent extent) {
    return (struct extent){extent.height, extent.width};
}

struct extent extent_within(struct extent extent, int side) {
    int length = MAX(extent.width, extent.height);
    if (length <= side)
        return extent;
    return (struct extent){scaled(extent.width, side, length), scaled(extent.height, side, length)};
}

struct plan plan_build(struct extent upright) {
    struct plan plan = {.source = upright, .master = extent_within(upright, PICTURE_LARGE_SIDE)};
    int shorter = MIN(upright.width, upright.height), longer = MAX(upright.width, upright.height);
    plan.tiled = (gint64)longer * 2 > (gint64)shorter * LONG_RATIO_TIMES_2;
    if (!plan.tiled)
        return plan;
    int length =
        shorter > PICTURE_TILE_SHORT ? scaled(longer, PICTURE_TILE_SHORT, shorter) : longer;
    plan.master = extent_within(upright, MIN(length, PICTURE_TILES * PICTURE_TILE_LONG));
    return plan;
}

int plan_tiles(const struct plan *plan) {
    if (!plan->tiled)
        return 0;
    int length = MAX(plan->master.width, plan->master.height);
    return (length + PICTURE_TILE_LONG - 1) / PICTURE_TILE_LONG;
}

VipsRect plan_tile(const struct plan *plan, int tile) {
    VipsRect rect = {.width = plan->master.width, .height = plan->master.height};
    int at = tile * PICTURE_TILE_LONG;
    if (rect.width > rect.height) {
        rect.left = at;
        rect.width = MIN(rect.width - at, PICTURE_TILE_LONG);
    } else {
        rect.top = at;
        rect.height = MIN(rect.height - at, PICTURE_TILE_LONG);
    }
    return rect;
}

/* The steps below take over their input and give NULL when it is NULL, so that they chain. */
static VipsImage *step(VipsImage *in, VipsImage *out, int failed) {
    g_object_unref(in);
    return failed ? NULL : out;
}

/* What the later steps do not understand (floats, Lab, odd numbers of bands) becomes sRGB first,
 * at the cost of doing it for every pixel of the source. */
static VipsImage *make_ordinary(VipsImage *in) {
    VipsInterpretation kind = vips_image_guess_interpretation(in);
    bool ordinary = in->BandFmt == VIPS_FORMAT_UCHAR || in->BandFmt == VIPS_FORMAT_USHORT;
    VipsImage *out = NULL;
    if (in->Type != kind) {
        int failed = vips_copy(in, &out, "interpretation", kind, NULL);
        in = step(in, out, failed);
    }
    if (!in ||
        (ordinary && (kind == VIPS_INTERPRETATION_sRGB || kind == VIPS_INTERPRETATION_B_W ||
                      kind == VIPS_INTERPRETATION_RGB16 || kind == VIPS_INTERPRETATION_GREY16 ||
                      kind == VIPS_INTERPRETATION_CMYK)))
        return in;
    int failed = vips_colourspace(in, &out, VIPS_INTERPRETATION_sRGB, NULL);
    return step(in, out, failed);
}

/* Onto white, in the picture's own colours. */
static VipsImage *flatten(VipsImage *in) {
    if (!in || !vips_image_hasalpha(in))
        return in;
    double most = in->BandFmt == VIPS_FORMAT_USHORT ? 65535 : 255;
    double white = in->Type == VIPS_INTERPRETATION_CMYK ? 0 : most;
    VipsArrayDouble *background = vips_array_double_newv(1, white);
    VipsImage *out = NULL;
    int failed = vips_flatten(in, &out, "background", background, "max_alpha", most, NULL);
    vips_area_unref(VIPS_AREA(background));
    return step(in, out, failed);
}

static VipsImage *to_memory(VipsImage *in) {
    if (!in)
        return NULL;
    VipsImage *out = vips_image_copy_memory(in);
    return step(in, out, out == NULL);
}

/* With the meaning of the pixels, which is all that is wanted of the metadata. */
static VipsImage *wrap(uint8_t *pixels, struct extent size, VipsImage *like) {
    size_t bytes = (size_t)size.width * (size_t)size.height * (size_t)like->Bands;
    VipsImage *bare = vips_image_new_from_memory(pixels, bytes, size.width, size.height,
                                                 like->Bands, VIPS_FORMAT_UCHAR);
    VipsImage *out = NULL;
    const void *profile = NULL;
    size_t profile_size = 0;
    if (!bare || vips_copy(bare, &out, "interpretation", like->Type, NULL) != 0)
        return NULL;
    g_object_unref(bare);
    if (vips_image_get_typeof(like, VIPS_META_ICC_NAME) &&
        vips_image_get_blob(like, VIPS_META_ICC_NAME, &profile, &profile_size) == 0)
        vips_image_set_blob_copy(out, VIPS_META_ICC_NAME, profile, profile_size);
    return out;
}

/* The pixels live as long as the process. */
static VipsImage *shrink_bytes(VipsImage *in, struct extent size) {
    size_t bytes = (size_t)size.width * (size_t)size.height * (size_t)in->Bands;
    VipsImage *source = vips_image_copy_memory(in);
    if (!source)
        return NULL;
    uint8_t *pixels = malloc(bytes);
    VipsImage *out = NULL;
    if (!pixels || !shrink_pixels(VIPS_IMAGE_ADDR(source, 0, 0),
                                  (struct extent){in->Xsize, in->Ysize}, in->Bands, pixels, size))
        vips_error("shrink", "out of memory");
    else
        out = wrap(pixels, size, in);
    g_object_unref(source);
    return out;
}

VipsImage *rendition_shrink(VipsImage *image, struct extent size) {
    if (image->Xsize == size.width && image->Ysize == size.height)
        return g_object_ref(image);
    if (image->BandFmt == VIPS_FORMAT_UCHAR && image->Bands <= 4)
        return shrink_bytes(image, size);
    VipsImage *out = NULL;
    double x = (double)size.width / image->Xsize, y = (double)size.height / image->Ysize;
    return vips_resize(image, &out, x, "vscale", y, NULL) ? NULL : to_memory(out);
}

/* A profile that is broken or for another kind of picture is ignored, as browsers do. */
static VipsImage *convert_to_srgb(VipsImage *in) {
    VipsImage *out = NULL;
    if (!in)
        return NULL;
    if (vips_image_get_typeof(in, VIPS_META_ICC_NAME)) {
        if (vips_icc_transform(in, &out, "srgb", "embedded", TRUE, "intent", VIPS_INTENT_PERCEPTUAL,
                               NULL) == 0)
            return step(in, out, 0);
        vips_error_clear();
    }
    int failed = vips_colourspace(in, &out, VIPS_INTERPRETATION_sRGB, NULL);
    in = step(in, out, failed);
    if (!in || (in->Bands == 3 && in->BandFmt == VIPS_FORMAT_UCHAR))
        return in;
    failed = vips_extract_band(in, &out, 0, "n", 3, NULL);
    in = step(in, out, failed);
    if (!in)
        return NULL;
    failed = vips_cast_uchar(in, &out, NULL);
    return step(in, out, failed);
}

/* Turning needs the pixels in any order, so it comes after the one pass through the decoder. */
static VipsImage *turn(VipsImage *in, int orientation) {
    if (!in || orientation == 1)
        return in;
    VipsImage *out = NULL;
    int failed = vips_copy(in, &out, NULL);
    in = step(in, out, failed);
    if (!in)
        return NULL;
    vips_image_set_int(in, VIPS_META_ORIENTATION, orientation);
    failed = vips_autorot(in, &out, NULL);
    return to_memory(step(in, out, failed));
}

VipsImage *rendition_master(VipsImage *image, int orientation, struct extent size) {
    VipsImage *flat = flatten(make_ordinary(g_object_ref(image)));
    if (!flat)
        return NULL;
    VipsImage *small = rendition_shrink(flat, orientation >= 5 ? extent_turned(size) : size);
    g_object_unref(flat);
    return turn(to_memory(convert_to_srgb(small)), orientation);
}
