/* watch: looks at a window for a while; every frame must be a slide or a blend of two neighbours
 *
 * usage: watch WINDOW-CLASS SECONDS SLIDE.png ...
 * The slides in the order of the loop. A frame is taken through the X server, which never gives
 * half of one. Prints "frames N standing N (N of N slides) blends N changes N bad N"; the status is
 * 1 when a frame was none of these, which is written to watch-bad.ppm, or when nothing ever
 * changed. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <SDL_image.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>

#define EVERY_MS   25
#define STEP       7 /* every 7th pixel is looked at: rows of 7 and widths of 2^n cover all columns */
#define TOLERANCE  2 /* rounding of the blend */
#define BAD_ONE_IN 1000

struct slides {
    SDL_Surface **items;
    bool *seen; /* each of them, standing */
    int count;
};

struct tally {
    int frames, standing, blends, changes, last;
};

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

static Window find(Display *display, Window at, const char *class) {
    XClassHint hint = {0};
    if (XGetClassHint(display, at, &hint)) {
        bool found = strcmp(hint.res_class, class) == 0;
        XFree(hint.res_name);
        XFree(hint.res_class);
        if (found)
            return at;
    }
    Window root, parent, *children = NULL, found = None;
    unsigned count = 0;
    if (!XQueryTree(display, at, &root, &parent, &children, &count))
        return None;
    for (unsigned i = 0; i < count && found == None; i++)
        found = find(display, children[i], class);
    if (children)
        XFree(children);
    return found;
}

static const uint8_t *pixel(const SDL_Surface *s, int i) {
    return (const uint8_t *)s->pixels + (size_t)(i / s->w) * (size_t)s->pitch +
           (size_t)(i % s->w) * 4;
}

static const uint8_t *shot(const XImage *image, int i) {
    return (const uint8_t *)image->data +
           (size_t)(i / image->width) * (size_t)image->bytes_per_line +
           (size_t)(i % image->width) * 4;
}

/* The k that explains the frame best as a + (b - a) * k, by least squares. */
static double best_k(const XImage *image, const SDL_Surface *a, const SDL_Surface *b) {
    double up = 0, down = 0;
    for (int i = 0; i < image->width * image->height; i += STEP)
        for (int c = 0; c < 3; c++) {
            double d = pixel(b, i)[c] - pixel(a, i)[c];
            up += d * (shot(image, i)[c] - pixel(a, i)[c]);
            down += d * d;
        }
    double k = down > 0 ? up / down : 0;
    return k < 0 ? 0 : k > 1 ? 1 : k;
}

static bool is_blend(const XImage *image, const SDL_Surface *a, const SDL_Surface *b, double k) {
    int all = (image->width * image->height + STEP - 1) / STEP, bad = 0;
    for (int i = 0; i < image->width * image->height; i += STEP)
        for (int c = 0; c < 3; c++) {
            double want = pixel(a, i)[c] + (pixel(b, i)[c] - pixel(a, i)[c]) * k;
            /* the program blends in steps of 1/256 */
            double off = abs(pixel(b, i)[c] - pixel(a, i)[c]) / 256.0 + TOLERANCE;
            if (shot(image, i)[c] < want - off || shot(image, i)[c] > want + off) {
                if ((int64_t)++bad * BAD_ONE_IN > all)
                    return false;
                break;
            }
        }
    return true;
}

/* From the slide that stood last, which it mostly is, or which it comes from. */
static bool explain(const XImage *image, const struct slides *slides, struct tally *tally) {
    int first = tally->last < 0 ? 0 : tally->last;
    tally->frames++;
    for (int n = 0; n < slides->count; n++) {
        int i = (first + n) % slides->count;
        if (is_blend(image, slides->items[i], slides->items[i], 0)) {
            tally->standing++;
            tally->changes += tally->last >= 0 && tally->last != i;
            tally->last = i;
            slides->seen[i] = true;
            return true;
        }
    }
    for (int n = 0; n < slides->count; n++) {
        int i = (first + n) % slides->count;
        const SDL_Surface *a = slides->items[i], *b = slides->items[(i + 1) % slides->count];
        if (is_blend(image, a, b, best_k(image, a, b))) {
            tally->blends++;
            return true;
        }
    }
    return false;
}

static void save(const XImage *image) {
    FILE *out = fopen("watch-bad.ppm", "wbe");
    if (!out)
        return;
    fprintf(out, "P6\n%d %d\n255\n", image->width, image->height);
    for (int i = 0; i < image->width * image->height; i++) {
        const uint8_t *p = shot(image, i);
        const uint8_t rgb[] = {p[2], p[1], p[0]};
        fwrite(rgb, 3, 1, out);
    }
    fclose(out);
}

static bool load(struct slides *slides, char **paths, int count) {
    slides->items = calloc((size_t)count, sizeof *slides->items);
    slides->seen = calloc((size_t)count, sizeof *slides->seen);
    for (; slides->items && slides->seen && slides->count < count; slides->count++) {
        SDL_Surface *any = IMG_Load(paths[slides->count]);
        slides->items[slides->count] =
            any ? SDL_ConvertSurfaceFormat(any, SDL_PIXELFORMAT_XRGB8888, 0) : NULL;
        SDL_FreeSurface(any);
        if (!slides->items[slides->count])
            return false;
    }
    return slides->items && slides->seen;
}

static int watch(Display *display, Window window, const struct slides *slides, int seconds) {
    struct tally tally = {.last = -1};
    int width = slides->items[0]->w, height = slides->items[0]->h, bad = 0;
    for (int64_t end = now_ms() + seconds * 1000LL; now_ms() < end;) {
        XImage *image =
            XGetImage(display, window, 0, 0, (unsigned)width, (unsigned)height, AllPlanes, ZPixmap);
        if (!image)
            return 2;
        if (!explain(image, slides, &tally) && !bad++)
            save(image);
        XDestroyImage(image);
        nanosleep(&(struct timespec){.tv_nsec = EVERY_MS * 1000000L}, NULL);
    }
    int seen = 0;
    for (int i = 0; i < slides->count; i++)
        seen += slides->seen[i];
    printf("frames %d standing %d (%d of %d slides) blends %d changes %d bad %d\n", tally.frames,
           tally.standing, seen, slides->count, tally.blends, tally.changes, bad);
    return bad || !tally.changes || !tally.blends;
}

int main(int argc, char **argv) {
    struct slides slides = {0};
    if (argc < 4 || !load(&slides, argv + 3, argc - 3))
        return 2;
    Display *display = XOpenDisplay(NULL);
    if (!display)
        return 2;
    Window window = None;
    for (int i = 0; i < 100 && window == None; i++) {
        window = find(display, DefaultRootWindow(display), argv[1]);
        nanosleep(&(struct timespec){.tv_nsec = 100000000L}, NULL);
    }
    int result = 2;
    if (window == None)
        fprintf(stderr, "no window of class %s\n", argv[1]);
    else
        result = watch(display, window, &slides, (int)strtol(argv[2], NULL, 10));
    XCloseDisplay(display);
    return result;
}
