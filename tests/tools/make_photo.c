/* make_photo: JPEGs as a camera makes them, each another: a sky of one colour, grain, blurred
 * shapes
 *
 * usage: make_photo WIDTH HEIGHT FOLDER FIRST COUNT
 * Writes FOLDER/0007.jpg …; two numbers that follow each other have colours far apart. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <SDL_image.h>

#define QUALITY 88
#define SHAPES  12
#define GRAIN   24

/* Numerical Recipes' LCG. */
static uint32_t roll(uint32_t *seed, uint32_t below) {
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

static void fill(SDL_Surface *photo, uint32_t number) {
    uint32_t seed = number * 2654435761u + 1;
    int sky[3], shapes[SHAPES][4];
    for (int c = 0; c < 3; c++)
        sky[c] = (int)(number % 2 ? 130 : 30) + (int)roll(&seed, 70);
    for (int i = 0; i < SHAPES; i++) {
        shapes[i][0] = (int)roll(&seed, (uint32_t)photo->w);
        shapes[i][1] = photo->h / 2 + (int)roll(&seed, (uint32_t)photo->h / 2);
        shapes[i][2] = photo->h / 30 + (int)roll(&seed, (uint32_t)photo->h / 8);
        shapes[i][3] = (int)roll(&seed, 120) - 60;
    }
    for (int y = 0; y < photo->h; y++)
        for (int x = 0; x < photo->w; x++) {
            int light = (int)roll(&seed, GRAIN) - GRAIN / 2 - 20 * y / photo->h;
            for (int i = 0; i < SHAPES; i++)
                if (abs(x - shapes[i][0]) + abs(y - shapes[i][1]) < shapes[i][2])
                    light += shapes[i][3];
            uint8_t *pixel =
                (uint8_t *)photo->pixels + (size_t)y * (size_t)photo->pitch + (size_t)x * 3;
            for (int c = 0; c < 3; c++) {
                int value = sky[c] + light;
                pixel[c] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
            }
        }
}

int main(int argc, char **argv) {
    if (argc != 6) {
        fprintf(stderr, "usage: make_photo WIDTH HEIGHT FOLDER FIRST COUNT\n");
        return 2;
    }
    uint32_t first = (uint32_t)atoi(argv[4]), count = (uint32_t)atoi(argv[5]);
    SDL_Surface *photo =
        SDL_CreateRGBSurfaceWithFormat(0, atoi(argv[1]), atoi(argv[2]), 24, SDL_PIXELFORMAT_RGB24);
    char path[4096];
    for (uint32_t i = first; photo && i < first + count; i++) {
        fill(photo, i);
        snprintf(path, sizeof path, "%s/%04u.jpg", argv[3], i);
        if (IMG_SaveJPG(photo, path, QUALITY) != 0) {
            fprintf(stderr, "%s: %s\n", path, IMG_GetError());
            return 1;
        }
    }
    SDL_FreeSurface(photo);
    return photo ? 0 : 1;
}
