#include "helpers/focus.h"

#include "library/case.h"

static int thousandths(int at, int side) {
    int value = (int)((gint64)at * 1000 / side);
    return VIPS_CLIP(0, value, 1000);
}

/* Asked for a crop as large as the picture, for the size tells how far the finds are smoothed: a
 * lamp counts less than a group of people. */
struct focus focus_find(VipsImage *small) {
    VipsImage *crop = NULL;
    int x = -1, y = -1;
    if (vips_smartcrop(small, &crop, small->Xsize, small->Ysize, "interesting",
                       VIPS_INTERESTING_ATTENTION, "attention_x", &x, "attention_y", &y, NULL) == 0)
        g_object_unref(crop);
    else
        vips_error_clear();
    if (x <= 0 && y <= 0) /* the first of all, for they are all alike */
        return (struct focus){FOCUS_X, FOCUS_Y};
    return (struct focus){thousandths(x, small->Xsize), thousandths(y, small->Ysize)};
}
