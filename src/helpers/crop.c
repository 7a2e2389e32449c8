#include "helpers/crop.h"

#include <string.h>

#define WHOLE 100000 /* of a side */

enum side { LEFT, TOP, RIGHT, BOTTOM };

/* Which side of the upright picture lies on the left, top, right, bottom of the file's, by Exif's
 * orientation. */
static const enum side sides[9][4] = {
    [1] = {LEFT, TOP, RIGHT, BOTTOM}, [2] = {RIGHT, TOP, LEFT, BOTTOM},
    [3] = {RIGHT, BOTTOM, LEFT, TOP}, [4] = {LEFT, BOTTOM, RIGHT, TOP},
    [5] = {TOP, LEFT, BOTTOM, RIGHT}, [6] = {TOP, RIGHT, BOTTOM, LEFT},
    [7] = {BOTTOM, RIGHT, TOP, LEFT}, [8] = {BOTTOM, LEFT, TOP, RIGHT},
};

static int part(int pixels, int32_t cut) {
    return (int)((int64_t)pixels * cut / WHOLE);
}

VipsImage *crop_cut(VipsImage *image, const int32_t crop[4], int orientation) {
    static const int32_t whole[4];
    const enum side *side = sides[orientation >= 1 && orientation <= 8 ? orientation : 1];
    VipsImage *cut = NULL;
    if (memcmp(crop, whole, sizeof whole) == 0)
        return image;
    int left = part(image->Xsize, crop[side[LEFT]]), top = part(image->Ysize, crop[side[TOP]]);
    int width = image->Xsize - left - part(image->Xsize, crop[side[RIGHT]]);
    int height = image->Ysize - top - part(image->Ysize, crop[side[BOTTOM]]);
    if (width < 1 || height < 1) /* of few pixels nothing is left */
        return image;
    if (vips_extract_area(image, &cut, left, top, width, height, NULL) != 0)
        cut = NULL;
    g_object_unref(image);
    return cut;
}
