#include "display/composer.h"

#include <stdlib.h>

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
    int strength = scrim_strength(to, item->place, item->scrim.shade, item->scrim.ink);
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

struct buffer *composer_flatten(struct composer *composer, const struct scene *scene) {
    struct buffer *buffer = buffer_create(scene->width, scene->height);
    if (!buffer)
        return NULL;
    if (scene->count == 0 || !covers(&scene->items[0], scene))
        paint_fill(buffer, (struct rect){0, 0, scene->width, scene->height}, 0, 0xFF000000u);
    for (int layer = LAYER_GROUND; layer <= LAYER_TEXT; layer++) {
        for (size_t i = 0; i < scene->count; i++) {
            const struct item *item = &scene->items[i];
            if ((int)item->layer != layer || flatten_item(composer, item, buffer))
                continue;
            buffer_destroy(buffer);
            return NULL;
        }
    }
    return buffer;
}

void composer_prefetch(struct composer *composer, const char *path) {
    picture_cache_get(composer->pictures, path);
}
