#include "display/zoom.h"

#include <math.h>

#define MOST_PIXELS   3.0 /* of the screen for one of the picture: more shows nothing new */
#define MOST_FITS     4.0
#define LEAST_LARGEST 2.0 /* fits: a small picture is enlarged as well */
#define DOUBLE_FITS   2.0
#define RESISTANCE    0.3  /* how much of a pinch beyond the limits is seen, as a power */
#define SWIPE_SHARE   0.25 /* of the width: the next one, if it is let go there */
#define SWIPE_SPEED   0.3  /* widths a second: the next one, if it is flung */
#define NOTHING_THERE 0.3  /* of a swipe to where there is no picture is seen */
#define SETTLE_US     250000
#define NEARLY        1.001

static double clamp(double value, double least, double most) {
    return value < least ? least : value > most ? most : value;
}

/* ---- where it is */

/* What is left free beside a picture that is smaller than the screen. */
static double margin(double screen, double picture) {
    return picture < screen ? (screen - picture) / 2 : 0;
}

/* Where it goes, or is when nothing is on its way. */
static struct zoom_pose aim(const struct zoom *zoom, int64_t now_us) {
    if (zoom->pinched)
        return zoom->pose;
    double width = zoom->scale * zoom->picture.width, height = zoom->scale * zoom->picture.height;
    return (struct zoom_pose){.scale = zoom->scale,
                              .x = zoom->screen.x + margin(zoom->screen.width, width) -
                                   scroller_at(&zoom->across, now_us),
                              .y = zoom->screen.y + margin(zoom->screen.height, height) -
                                   scroller_at(&zoom->down, now_us),
                              .shift = zoom->swipe};
}

static bool on_way(const struct zoom *zoom, int64_t now_us) {
    return zoom->since_us != INT64_MIN && now_us < zoom->since_us + SETTLE_US;
}

static double between(double from, double to, double share) {
    return from + (to - from) * share;
}

/* Each point of the picture goes straight: what stays is a point that both ends have. */
static struct zoom_pose pose_of(const struct zoom *zoom, int64_t now_us) {
    struct zoom_pose to = aim(zoom, now_us), from = zoom->pose;
    if (zoom->pinched || !on_way(zoom, now_us))
        return to;
    double at = clamp((double)(now_us - zoom->since_us) / SETTLE_US, 0, 1);
    double share = 1 - pow(1 - at, 3);
    return (struct zoom_pose){between(from.scale, to.scale, share), between(from.x, to.x, share),
                              between(from.y, to.y, share), between(from.shift, to.shift, share)};
}

/* ---- going there */

/* The scale and the place on the screen that it goes to, as far as its edges hold. */
static void set_aim(struct zoom *zoom, double scale, double x, double y) {
    double width = scale * zoom->picture.width, height = scale * zoom->picture.height;
    zoom->scale = scale;
    scroller_init(&zoom->across, width, zoom->screen.width);
    scroller_init(&zoom->down, height, zoom->screen.height);
    scroller_jump(&zoom->across, zoom->screen.x - x);
    scroller_jump(&zoom->down, zoom->screen.y - y);
}

static void set_out(struct zoom *zoom, struct zoom_pose from, int64_t now_us) {
    zoom->pose = from;
    zoom->since_us = now_us;
}

/* The pose at another scale, with the point under `about` where it is. */
static struct zoom_pose rescale(struct zoom_pose pose, double scale, struct point about) {
    double share = scale / pose.scale, x = about.x - pose.shift;
    return (struct zoom_pose){.scale = scale,
                              .x = x + (pose.x - x) * share,
                              .y = about.y + (pose.y - about.y) * share,
                              .shift = pose.shift};
}

/* ---- life */

void zoom_init(struct zoom *zoom, struct size picture, struct rect screen) {
    picture = (struct size){picture.width > 1 ? picture.width : 1,
                            picture.height > 1 ? picture.height : 1};
    double fit = fmin((double)screen.width / picture.width, (double)screen.height / picture.height);
    double fill =
        fmax((double)screen.width / picture.width, (double)screen.height / picture.height);
    double largest = fmax(fmin(MOST_PIXELS, MOST_FITS * fit), LEAST_LARGEST * fit);
    *zoom =
        (struct zoom){.picture = picture,
                      .screen = screen,
                      .fit = fit,
                      .largest = fmax(largest, fmin(fill, MOST_PIXELS)), /* a long one is read */
                      .since_us = INT64_MIN};
    set_aim(zoom, fit, 0, 0);
}

bool zoom_fits(const struct zoom *zoom) {
    return (zoom->pinched ? zoom->pull : zoom->scale) < zoom->fit * NEARLY;
}

/* ---- one finger */

bool zoom_grab(struct zoom *zoom, int64_t now_us) {
    bool across = scroller_grab(&zoom->across, now_us), down = scroller_grab(&zoom->down, now_us);
    bool moved = on_way(zoom, now_us);
    zoom->held = true;
    if (moved && zoom_fits(zoom)) { /* a swipe that goes back is in hand again */
        struct zoom_pose seen = pose_of(zoom, now_us);
        zoom->swipe = seen.shift;
        set_out(zoom, seen, now_us);
    }
    return across || down || moved;
}

/* Where there is no picture the swipe is hard to pull. */
static double swipe_share(const struct zoom *zoom, double swipe) {
    return (swipe < 0 && !zoom->next) || (swipe > 0 && !zoom->previous) ? NOTHING_THERE : 1;
}

/* A side that is seen as a whole stays in the middle. */
static bool has_room(const struct scroller *axis) {
    return axis->content > axis->view * NEARLY;
}

void zoom_drag(struct zoom *zoom, int dx, int dy, int64_t now_us) {
    if (zoom->pinched)
        return;
    if (!zoom->held)
        zoom_grab(zoom, now_us);
    if (zoom_fits(zoom)) {
        zoom->swipe += dx * swipe_share(zoom, zoom->swipe + dx);
        return;
    }
    if (has_room(&zoom->across))
        scroller_drag(&zoom->across, -dx, now_us);
    if (has_room(&zoom->down))
        scroller_drag(&zoom->down, -dy, now_us);
}

static enum zoom_end swipe_end(const struct zoom *zoom, double vx) {
    double width = zoom->screen.width, swipe = zoom->swipe;
    bool flung = fabs(vx) > SWIPE_SPEED * width;
    bool far = flung ? vx * swipe > 0 : fabs(swipe) > SWIPE_SHARE * width;
    if (!far)
        return ZOOM_STAY;
    if (swipe < 0)
        return zoom->next ? ZOOM_NEXT : ZOOM_STAY;
    return zoom->previous ? ZOOM_PREVIOUS : ZOOM_STAY;
}

/* ---- two fingers */

static double resist(const struct zoom *zoom, double pull) {
    double limit = clamp(pull, zoom->fit, zoom->largest);
    return limit * pow(pull / limit, RESISTANCE);
}

/* The pull of which so much is seen. */
static double unresist(const struct zoom *zoom, double scale) {
    double limit = clamp(scale, zoom->fit, zoom->largest);
    return limit * pow(scale / limit, 1 / RESISTANCE);
}

static void begin_pinch(struct zoom *zoom, int64_t now_us) {
    zoom->pose = pose_of(zoom, now_us);
    zoom->pull = unresist(zoom, zoom->pose.scale);
    zoom->pinched = true;
    zoom->since_us = INT64_MIN;
}

void zoom_pinch(struct zoom *zoom, struct point about, int dx, int dy, double scale,
                int64_t now_us) {
    if (!zoom->pinched)
        begin_pinch(zoom, now_us);
    zoom->pose.x += dx;
    zoom->pose.y += dy;
    zoom->pull = clamp(zoom->pull * scale, zoom->fit / 8, zoom->largest * 8);
    zoom->about = about;
    zoom->pose = rescale(zoom->pose, resist(zoom, zoom->pull), about);
}

/* Beyond the limits it goes back about where the fingers were. */
static void end_pinch(struct zoom *zoom, int64_t now_us) {
    struct zoom_pose from = zoom->pose;
    struct zoom_pose to = rescale(from, clamp(from.scale, zoom->fit, zoom->largest), zoom->about);
    zoom->pinched = false;
    zoom->swipe = 0;
    set_aim(zoom, to.scale, to.x, to.y);
    set_out(zoom, from, now_us);
}

/* ---- */

enum zoom_end zoom_release(struct zoom *zoom, double vx, double vy, int64_t now_us) {
    zoom->held = false;
    if (zoom->pinched) {
        end_pinch(zoom, now_us);
        return ZOOM_STAY;
    }
    enum zoom_end end = swipe_end(zoom, vx);
    if (zoom->swipe != 0 && end == ZOOM_STAY)
        set_out(zoom, pose_of(zoom, now_us), now_us);
    if (end == ZOOM_STAY)
        zoom->swipe = 0;
    scroller_release(&zoom->across, has_room(&zoom->across) ? -vx : 0, now_us);
    scroller_release(&zoom->down, has_room(&zoom->down) ? -vy : 0, now_us);
    return end;
}

void zoom_double_tap(struct zoom *zoom, struct point about, int64_t now_us) {
    struct zoom_pose from = pose_of(zoom, now_us);
    double fill = fmax((double)zoom->screen.width / zoom->picture.width,
                       (double)zoom->screen.height / zoom->picture.height);
    double large = fmin(fmax(fill, DOUBLE_FITS * zoom->fit), zoom->largest);
    struct zoom_pose to = rescale(from, zoom_fits(zoom) ? large : zoom->fit, about);
    zoom->pinched = false;
    zoom->swipe = 0;
    set_aim(zoom, to.scale, to.x, to.y);
    set_out(zoom, from, now_us);
}

/* ---- what is seen */

/* Of one axis: the whole pixels of the screen that it covers, and what lies there. */
static void cut(double at, double scale, double side, int first, int length, int *place,
                int *place_length, double *part, double *part_length) {
    int begin = (int)clamp(lround(at), first, first + length);
    int end = (int)clamp(lround(at + side * scale), first, first + length);
    double from = clamp((begin - at) / scale, 0, side), to = clamp((end - at) / scale, 0, side);
    *place = begin;
    *place_length = end > begin ? end - begin : 0;
    *part = from;
    *part_length = to - from;
}

struct zoom_look zoom_look(const struct zoom *zoom, int64_t now_us) {
    struct zoom_pose pose = pose_of(zoom, now_us);
    struct zoom_look look = {.shift = (int)lround(pose.shift)};
    cut(pose.x + look.shift, pose.scale, zoom->picture.width, zoom->screen.x, zoom->screen.width,
        &look.place.x, &look.place.width, &look.part.x, &look.part.width);
    cut(pose.y, pose.scale, zoom->picture.height, zoom->screen.y, zoom->screen.height,
        &look.place.y, &look.place.height, &look.part.y, &look.part.height);
    return look;
}

bool zoom_moves(const struct zoom *zoom, int64_t now_us) {
    return !zoom->pinched && (on_way(zoom, now_us) || scroller_moves(&zoom->across, now_us) ||
                              scroller_moves(&zoom->down, now_us));
}
