/* compare: are two pictures the same to the eye?
 *
 * usage: compare [--photo] A B
 * Same size; no more than one pixel in 500 differs by more than 24 of 255 in a channel, and the
 * mean difference is under 0.5. The tolerance is for what may differ between machines: rounding of
 * another JPEG decoder or vector unit (1 or 2 steps everywhere) and the edges of glyphs of another
 * FreeType. A line of text moved by one pixel, or another line break, is far beyond it.
 * --photo: two encodings of one photograph, a mean difference under 8. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <SDL_image.h>

#define LOUD             24
#define LOUD_ONE_IN      500
#define MEAN_LIMIT       0.5
#define PHOTO_MEAN_LIMIT 8

static SDL_Surface *load(const char *path) {
    SDL_Surface *any = IMG_Load(path);
    SDL_Surface *surface = any ? SDL_ConvertSurfaceFormat(any, SDL_PIXELFORMAT_XRGB8888, 0) : NULL;
    SDL_FreeSurface(any);
    if (!surface)
        fprintf(stderr, "%s: %s\n", path, SDL_GetError());
    return surface;
}

int main(int argc, char **argv) {
    bool photo = argc == 4 && strcmp(argv[1], "--photo") == 0;
    if (argc != 3 && !photo)
        return 2;
    argv += photo;
    SDL_Surface *a = load(argv[1]), *b = load(argv[2]);
    if (!a || !b)
        return 2;
    if (a->w != b->w || a->h != b->h) {
        printf("%s: %dx%d, %s: %dx%d\n", argv[1], a->w, a->h, argv[2], b->w, b->h);
        return 1;
    }
    int64_t sum = 0, loud = 0, pixels = (int64_t)a->w * a->h;
    for (int y = 0; y < a->h; y++) {
        const uint8_t *p = (const uint8_t *)a->pixels + (size_t)y * (size_t)a->pitch;
        const uint8_t *q = (const uint8_t *)b->pixels + (size_t)y * (size_t)b->pitch;
        for (int x = 0; x < a->w; x++, p += 4, q += 4) {
            int most = 0;
            for (int c = 0; c < 3; c++) {
                int difference = abs(p[c] - q[c]);
                sum += difference;
                most = difference > most ? difference : most;
            }
            loud += most > LOUD;
        }
    }
    double mean = (double)sum / (double)pixels / 3;
    bool same = photo ? mean < PHOTO_MEAN_LIMIT : loud * LOUD_ONE_IN <= pixels && mean < MEAN_LIMIT;
    if (!same)
        printf("%s, %s: mean difference %.3f, %lld of %lld pixels differ loudly\n", argv[1],
               argv[2], mean, (long long)loud, (long long)pixels);
    SDL_FreeSurface(a);
    SDL_FreeSurface(b);
    return same ? 0 : 1;
}
