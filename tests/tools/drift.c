/* drift: does the photograph in a window drift, and nothing else?
 *
 * usage: drift WINDOW-CLASS SECONDS SLIDE.png
 * SLIDE is the one that stands in the window, flat. What moves is measured from frame to frame by
 * the method of Lucas and Kanade (1981) in the upper right of the window, where only photograph is:
 * how much it grows, to a hundredth of a pixel. Prints "grew N % in N s, steps N to N px, white
 * pixels N, changed N"; the status is 1 when it stands, jumps, turns, goes faster than 4 % in 12 s,
 * or when white text moves. */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <SDL_image.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>

#define EVERY_MS    500
#define MOST_PER_S  (0.04 / 12)
#define LEAST_PER_S (MOST_PER_S / 20)
#define SLACK       1.15 /* of the times of the pictures, and of the method */
#define SOFTEN      4
#define WHITE       250
#define CHANGED     24 /* more than a photograph below the veil can do to white */
#define LEAST_WHITE 200
#define CHANGED_IN  100 /* one of so many, at an edge, is allowed */

static double now_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
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

static const uint8_t *at(const XImage *image, int x, int y) {
    return (const uint8_t *)image->data + (size_t)y * (size_t)image->bytes_per_line + (size_t)x * 4;
}

/* Green, softened: the method wants slopes that go on for longer than the way moved. */
static double soft(const XImage *image, int x, int y) {
    int sum = 0;
    for (int down = -SOFTEN; down <= SOFTEN; down++)
        for (int across = -SOFTEN; across <= SOFTEN; across++)
            sum += at(image, x + across, y + down)[1];
    return sum / ((2 * SOFTEN + 1.0) * (2 * SOFTEN + 1.0));
}

/* Solves three equations in place; the last column is the right side. */
static void solve(double m[3][4]) {
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++) {
            double share = k == i ? 0 : m[k][i] / m[i][i];
            for (int c = 0; c < 4; c++)
                m[k][c] -= share * m[i][c];
        }
    for (int i = 0; i < 3; i++)
        m[i][3] /= m[i][i];
}

/* By how much the picture has grown from a to b (0: not), whatever it has grown about. */
static double growth(const XImage *a, const XImage *b) {
    double m[3][4] = {0};
    int left = a->width * 78 / 100, right = a->width * 97 / 100;
    int top = a->height * 15 / 100, foot = a->height * 45 / 100;
    for (int y = top; y < foot; y += 2)
        for (int x = left; x < right; x += 2) {
            double across =
                (soft(a, x + 1, y) - soft(a, x - 1, y) + soft(b, x + 1, y) - soft(b, x - 1, y)) / 4;
            double down =
                (soft(a, x, y + 1) - soft(a, x, y - 1) + soft(b, x, y + 1) - soft(b, x, y - 1)) / 4;
            double u = (double)(x - left) / a->width, v = (double)(y - top) / a->width;
            const double row[] = {across, down, across * u + down * v,
                                  soft(a, x, y) - soft(b, x, y)};
            for (int i = 0; i < 3; i++)
                for (int k = 0; k < 4; k++)
                    m[i][k] += row[i] * row[k];
        }
    solve(m);
    return m[2][3] / a->width;
}

struct tally {
    double grown, least, most; /* least, most: a second */
    int white, changed;
};

static void count_white(const SDL_Surface *slide, const XImage *image, struct tally *tally) {
    tally->white = tally->changed = 0;
    for (int y = 0; y < slide->h; y++)
        for (int x = 0; x < slide->w; x++) {
            const uint8_t *p =
                (const uint8_t *)slide->pixels + (size_t)y * (size_t)slide->pitch + (size_t)x * 4;
            if (p[0] < WHITE || p[1] < WHITE || p[2] < WHITE || y < slide->h / 2)
                continue;
            const uint8_t *q = at(image, x, y);
            tally->white++;
            tally->changed +=
                p[0] - q[0] > CHANGED || p[1] - q[1] > CHANGED || p[2] - q[2] > CHANGED;
        }
}

static int watch(Display *display, Window window, const SDL_Surface *slide, double seconds) {
    struct tally tally = {.least = INFINITY, .most = -INFINITY};
    XImage *last = NULL;
    double start = now_s(), before = start;
    while (now_s() < start + seconds) {
        double now = now_s();
        XImage *image = XGetImage(display, window, 0, 0, (unsigned)slide->w, (unsigned)slide->h,
                                  AllPlanes, ZPixmap);
        if (!image)
            return 2;
        if (last) {
            double grown = growth(last, image), speed = grown / (now - before);
            tally.grown += grown;
            tally.least = speed < tally.least ? speed : tally.least;
            tally.most = speed > tally.most ? speed : tally.most;
            XDestroyImage(last);
        }
        last = image;
        before = now;
        nanosleep(&(struct timespec){.tv_nsec = EVERY_MS * 1000000L}, NULL);
    }
    if (!last)
        return 2;
    count_white(slide, last, &tally);
    XDestroyImage(last);
    printf("grew %.3f %% in %.2f s, %.3f to %.3f %% a second, white pixels %d, changed %d\n",
           tally.grown * 100, before - start, tally.least * 100, tally.most * 100, tally.white,
           tally.changed);
    double slowest = fmin(fabs(tally.least), fabs(tally.most));
    double fastest = fmax(fabs(tally.least), fabs(tally.most));
    bool steady = tally.least * tally.most > 0 && slowest >= LEAST_PER_S;
    bool still = tally.white >= LEAST_WHITE && tally.changed * CHANGED_IN <= tally.white;
    return !(steady && still && fastest <= MOST_PER_S * SLACK);
}

int main(int argc, char **argv) {
    SDL_Surface *any = argc == 4 ? IMG_Load(argv[3]) : NULL;
    SDL_Surface *slide = any ? SDL_ConvertSurfaceFormat(any, SDL_PIXELFORMAT_XRGB8888, 0) : NULL;
    Display *display = XOpenDisplay(NULL);
    Window window = slide && display ? find(display, DefaultRootWindow(display), argv[1]) : None;
    if (window == None) {
        fprintf(stderr, "no slide, no display, or no window of class %s\n",
                argc > 1 ? argv[1] : "");
        return 2;
    }
    return watch(display, window, slide, strtod(argv[2], NULL));
}
