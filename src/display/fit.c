#include "display/fit.h"

#include <stdint.h>

/* Where a window of `length` begins, so that the focus is at its middle as far as the edges allow.
 */
static int window_start(int side, int length, int focus) {
    int start = (int)((int64_t)side * focus / 1000) - length / 2;
    return start < 0 ? 0 : start > side - length ? side - length : start;
}

struct rect fit_crop(struct size size, struct rect place, struct point focus, int *loss_percent) {
    int64_t wide = (int64_t)size.width * place.height, tall = (int64_t)size.height * place.width;
    struct rect source = {0, 0, size.width, size.height};
    if (wide > tall) {
        source.width =
            (int)(((int64_t)size.height * place.width + place.height / 2) / place.height);
        source.x = window_start(size.width, source.width, focus.x);
    } else {
        source.height = (int)(((int64_t)size.width * place.height + place.width / 2) / place.width);
        source.y = window_start(size.height, source.height, focus.y);
    }
    int64_t kept = (int64_t)source.width * source.height * 100;
    *loss_percent = 100 - (int)(kept / ((int64_t)size.width * size.height));
    return source;
}

struct rect fit_inside(struct size size, struct rect place, int max_scale_percent) {
    int64_t width = place.width, height = place.height;
    if ((int64_t)size.width * place.height > (int64_t)size.height * place.width)
        height = ((int64_t)size.height * place.width + size.width / 2) / size.width;
    else
        width = ((int64_t)size.width * place.height + size.height / 2) / size.height;
    if (max_scale_percent && width * 100 > (int64_t)size.width * max_scale_percent) {
        width = (int64_t)size.width * max_scale_percent / 100;
        height = (int64_t)size.height * max_scale_percent / 100;
    }
    width = width < 1 ? 1 : width;
    height = height < 1 ? 1 : height;
    return (struct rect){place.x + (place.width - (int)width) / 2,
                         place.y + (place.height - (int)height) / 2, (int)width, (int)height};
}
