#include "display/contrast.h"

#include <math.h>

static double linear(unsigned value) {
    double c = value / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

double contrast_luminance(colour c) {
    return 0.2126 * linear(c >> 16 & 255) + 0.7152 * linear(c >> 8 & 255) +
           0.0722 * linear(c & 255);
}

double contrast_of_luminances(double a, double b) {
    return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}

double contrast_ratio(colour a, colour b) {
    return contrast_of_luminances(contrast_luminance(a), contrast_luminance(b));
}

colour contrast_over(colour above, colour below) {
    colour result = 0xFF000000u, alpha = above >> 24;
    for (int shift = 0; shift < 24; shift += 8)
        result |=
            ((above >> shift & 255) * alpha + (below >> shift & 255) * (255 - alpha) + 127) / 255
            << shift;
    return result;
}
