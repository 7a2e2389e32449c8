#include "display/composer.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "display/paint.h"
#include "display/paint_icon.h"
#include "display/paint_scrim.h"
#include "display/picture_cache.h"

struct composer {
    struct fontset *fonts; /* not owned */
    struct picture_cache *pictures;
};

struct composer *composer_create(struct fontset *fonts, size_t budget) {
    struct composer *composer = xcalloc(1, sizeof(*composer));
    composer->fonts = fonts;
    composer->pictures = picture_cache_create(budget);
    return composer;
}

void composer_destroy(struct composer *composer) {
    if (!composer)
        return;
    picture_cache_destroy(composer->pictures);
    free(composer);
}

static bool paint_plain(const struct item *item, struct buffer *to, struct rect place,
                        const struct buffer *picture) {
    return item->picture.blurred ? paint_blurred(to, place, picture, item->picture.source)
                                 : paint_picture(to, place, picture, item->picture.source);
}

/* With round corners it is painted for itself, and then laid down through a mask. */
static bool flatten_picture(struct composer *composer, const struct item *item, struct buffer *to) {
    const struct buffer *picture = picture_cache_get(composer->pictures, item->picture.path);
    if (!picture)
        return false;
    if (item->radius <= 0)
        return paint_plain(item, to, item->place, picture);
    struct buffer *alone = buffer_create(item->place.width, item->place.height);
    if (!alone)
        return false;
    struct rect all = {0, 0, alone->width, alone->height};
    bool done =
        paint_plain(item, alone, all, picture) &&
        paint_rounded(to, (struct point){item->place.x, item->place.y}, item->radius, alone);
    buffer_destroy(alone);
    return done;
}

static void flatten_scrim(const struct item *item, struct buffer *to) {
    int strength = item->scrim.strength;
    if (strength < 0)
        strength = scrim_strength(to, item->place, item->scrim.shade, item->scrim.ink);
    paint_scrim(to, item->place, item->scrim.shade, strength, item->scrim.reach);
}

/* Black on white with its quiet zone; every module is the same number of pixels wide. */
static void flatten_code(const struct item *item, struct buffer *to) {
    const struct code *code = item->code;
    int module = item->place.width / (code->side + 2 * CODE_QUIET);
    int edge = (item->place.width - module * code->side) / 2;
    paint_fill(to, item->place, item->radius, 0xFFFFFFFFu);
    for (int i = 0; i < code->side * code->side; i++)
        if (code->dark[i])
            paint_fill(to,
                       (struct rect){item->place.x + edge + i % code->side * module,
                                     item->place.y + edge + i / code->side * module, module,
                                     module},
                       0, 0xFF000000u);
}

static bool flatten_item(struct composer *composer, const struct item *item, struct buffer *to) {
    switch (item->kind) {
    case ITEM_FILL:
        paint_fill(to, item->place, item->radius, item->fill);
        return true;
    case ITEM_GRADIENT:
        paint_gradient(to, item->place, item->gradient.from, item->gradient.to,
                       item->gradient.horizontal);
        return true;
    case ITEM_PICTURE:
        return flatten_picture(composer, item, to);
    case ITEM_TEXT:
        fontset_draw(composer->fonts, item->text.layout, to, item->place.x, item->place.y,
                     item->text.colour);
        return true;
    case ITEM_SCRIM:
        flatten_scrim(item, to);
        return true;
    case ITEM_ICON:
        paint_icon(to, item->place, item->icon.path, item->icon.colour);
        return true;
    case ITEM_CODE:
        flatten_code(item, to);
        return true;
    }
    return true;
}

/* Whether an item leaves nothing of what is below it. */
static bool covers(const struct item *item, const struct scene *scene) {
    struct rect place = item->place;
    bool opaque =
        item->kind == ITEM_PICTURE || (item->kind == ITEM_FILL && item->fill >> 24 == 255);
    return opaque && item->layer == LAYER_GROUND && item->radius <= 0 && place.x <= 0 &&
           place.y <= 0 && place.x + place.width >= scene->width &&
           place.y + place.height >= scene->height;
}

/* What comes after `item` in the order of drawing; NULL: everything. */
static bool flatten_after(struct composer *composer, const struct scene *scene,
                          const struct item *item, struct buffer *to) {
    bool after = !item;
    for (int layer = LAYER_GROUND; layer <= LAYER_TEXT; layer++) {
        for (size_t i = 0; i < scene->count; i++) {
            const struct item *next = &scene->items[i];
            if ((int)next->layer != layer)
                continue;
            if (after && !flatten_item(composer, next, to))
                return false;
            after = after || next == item;
        }
    }
    return true;
}

struct buffer *composer_flatten(struct composer *composer, const struct scene *scene) {
    struct buffer *buffer = buffer_create(scene->width, scene->height);
    if (!buffer)
        return NULL;
    buffer->translucent = scene->clear;
    if (!scene->clear && (scene->count == 0 || !covers(&scene->items[0], scene)))
        paint_fill(buffer, (struct rect){0, 0, scene->width, scene->height}, 0, 0xFF000000u);
    if (flatten_after(composer, scene, NULL, buffer))
        return buffer;
    buffer_destroy(buffer);
    return NULL;
}

/* ---- in two */

/* [M] At its own size a photograph that is scaled by a hundredth is sharp and soft in bands, which
 * wander as it drifts; with a tenth more pixels half as much. */
#define PHOTO_PERCENT     110
/* The theme allows no more. */
#define MAX_DRIFT_PERCENT 4

static struct buffer *flatten_photo(struct composer *composer, const struct scene *scene,
                                    const struct item *item) {
    struct buffer *photo =
        buffer_create(scene->width * PHOTO_PERCENT / 100, scene->height * PHOTO_PERCENT / 100);
    struct item larger = *item;
    if (photo)
        larger.place = (struct rect){0, 0, photo->width, photo->height};
    if (photo && flatten_picture(composer, &larger, photo))
        return photo;
    buffer_destroy(photo);
    return NULL;
}

/* What comes after the item, over a plain ground. */
static struct buffer *flatten_over(struct composer *composer, const struct scene *scene,
                                   const struct item *item, colour ground) {
    struct buffer *buffer = buffer_create(scene->width, scene->height);
    if (!buffer)
        return NULL;
    paint_fill(buffer, (struct rect){0, 0, scene->width, scene->height}, 0, ground);
    if (flatten_after(composer, scene, item, buffer))
        return buffer;
    buffer_destroy(buffer);
    return NULL;
}

/* What was drawn over black is the colour times its alpha; what white adds to it came through. */
static void find_alpha(struct buffer *black, const struct buffer *white) {
    for (int y = 0; y < black->height; y++) {
        uint32_t *to = black->pixels + (size_t)y * (size_t)black->stride;
        const uint32_t *from = white->pixels + (size_t)y * (size_t)white->stride;
        for (int x = 0; x < black->width; x++) {
            int through = 1; /* of three channels, rounded */
            for (int shift = 0; shift < 24; shift += 8)
                through += (int)(from[x] >> shift & 255) - (int)(to[x] >> shift & 255);
            to[x] = (to[x] & 0xFFFFFFu) | (uint32_t)(255 - through / 3) << 24;
        }
    }
    black->translucent = true;
}

/* As strong as they are over the photograph, also where it is not drawn below them; and wherever
 * it drifts to meanwhile. */
static bool settle_scrims(struct composer *composer, struct scene *scene,
                          const struct item *photo) {
    struct buffer *below = buffer_create(scene->width, scene->height);
    bool good = below && flatten_item(composer, photo, below);
    for (size_t i = 0; good && i < scene->count; i++) {
        struct item *item = &scene->items[i];
        if (item->kind != ITEM_SCRIM)
            continue;
        int slack_x = scene->width * MAX_DRIFT_PERCENT / 100,
            slack_y = scene->height * MAX_DRIFT_PERCENT / 100;
        struct rect place = {item->place.x - slack_x, item->place.y - slack_y,
                             item->place.width + 2 * slack_x, item->place.height + 2 * slack_y};
        item->scrim.strength = scrim_strength(below, place, item->scrim.shade, item->scrim.ink);
    }
    buffer_destroy(below);
    return good;
}

/* A copy whose items share what they own with the scene's. */
static struct scene copy_of(const struct scene *scene) {
    struct scene copy = *scene;
    copy.items = xcalloc(scene->count, sizeof *copy.items);
    memcpy(copy.items, scene->items, scene->count * sizeof *copy.items);
    return copy;
}

struct buffer *composer_split(struct composer *composer, const struct scene *scene,
                              const struct item *item, struct buffer **photo) {
    struct scene copy = copy_of(scene);
    const struct item *picture = copy.items + (item - scene->items);
    bool settled = settle_scrims(composer, &copy, picture);
    struct buffer *below = settled ? flatten_photo(composer, &copy, picture) : NULL;
    struct buffer *over = below ? flatten_over(composer, &copy, picture, 0xFF000000u) : NULL;
    struct buffer *white = over ? flatten_over(composer, &copy, picture, 0xFFFFFFFFu) : NULL;
    free(copy.items);
    if (white) {
        find_alpha(over, white);
        buffer_destroy(white);
        *photo = below;
        return over;
    }
    buffer_destroy(over);
    buffer_destroy(below);
    return NULL;
}

void composer_prefetch(struct composer *composer, const char *path) {
    picture_cache_get(composer->pictures, path);
}
