#include "display/scene.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/hash.h"
#include "base/memory.h"

void scene_init(struct scene *scene, int width, int height) {
    *scene = (struct scene){.width = width, .height = height};
}

void scene_finish(struct scene *scene) {
    for (size_t i = 0; i < scene->count; i++) {
        struct item *item = &scene->items[i];
        if (item->kind == ITEM_PICTURE)
            free(item->picture.path);
        else if (item->kind == ITEM_TEXT)
            layout_destroy(item->text.layout);
        else if (item->kind == ITEM_ICON)
            free(item->icon.path);
        else if (item->kind == ITEM_CODE)
            code_destroy(item->code);
    }
    free(scene->items);
    *scene = (struct scene){0};
}

/* Doubles at every power of two, so that no capacity has to be kept. */
static struct item *add(struct scene *scene, enum item_kind kind, enum layer layer,
                        struct rect place) {
    if ((scene->count & (scene->count - 1)) == 0) {
        size_t capacity = scene->count ? scene->count * 2 : 1;
        scene->items = xrealloc(scene->items, capacity, sizeof(*scene->items));
    }
    struct item *item = &scene->items[scene->count++];
    *item = (struct item){.kind = kind, .layer = layer, .place = place};
    return item;
}

void scene_add_fill(struct scene *scene, enum layer layer, struct rect place, int radius,
                    colour fill) {
    struct item *item = add(scene, ITEM_FILL, layer, place);
    item->radius = radius;
    item->fill = fill;
}

void scene_add_gradient(struct scene *scene, enum layer layer, struct rect place, colour from,
                        colour to, bool horizontal) {
    struct item *item = add(scene, ITEM_GRADIENT, layer, place);
    item->gradient.from = from;
    item->gradient.to = to;
    item->gradient.horizontal = horizontal;
}

void scene_add_picture(struct scene *scene, enum layer layer, struct rect place, int radius,
                       const char *path, struct rect source, bool blurred) {
    struct item *item = add(scene, ITEM_PICTURE, layer, place);
    item->radius = radius;
    item->picture.path = xstrdup(path);
    item->picture.source = source;
    item->picture.blurred = blurred;
}

void scene_add_text(struct scene *scene, struct point at, struct layout *layout, colour ink) {
    struct rect place = {at.x, at.y, layout->width, layout->height};
    struct item *item = add(scene, ITEM_TEXT, LAYER_TEXT, place);
    item->text.layout = layout;
    item->text.colour = ink;
}

void scene_add_scrim(struct scene *scene, struct rect place, colour shade, colour ink, int reach) {
    struct item *item = add(scene, ITEM_SCRIM, LAYER_TEXT, place);
    item->scrim.shade = shade;
    item->scrim.ink = ink;
    item->scrim.reach = reach;
    item->scrim.strength = -1;
}

void scene_add_icon(struct scene *scene, struct rect place, const char *path, colour ink) {
    struct item *item = add(scene, ITEM_ICON, LAYER_TEXT, place);
    item->icon.path = xstrdup(path);
    item->icon.colour = ink;
}

void scene_add_code(struct scene *scene, struct rect place, int radius, struct code *code) {
    struct item *item = add(scene, ITEM_CODE, LAYER_TEXT, place);
    item->radius = radius;
    item->code = code;
}

const struct item *scene_drifting(const struct scene *scene) {
    for (size_t i = 0; i < scene->count; i++) {
        const struct item *item = &scene->items[i];
        struct rect place = item->place;
        if (item->kind == ITEM_PICTURE && item->picture.drifts && !item->radius && place.x == 0 &&
            place.y == 0 && place.width == scene->width && place.height == scene->height)
            return item;
    }
    return NULL;
}

static void print_rect(struct rect rect, FILE *to) {
    fprintf(to, "%d,%d %dx%d", rect.x, rect.y, rect.width, rect.height);
}

/* Lines as they stand on the screen, joined by " / ". */
static void print_lines(const struct layout *layout, FILE *to) {
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct layout_line *line = &layout->lines[i];
        fprintf(to, "%s%.*s", i ? " / " : " ", (int)(line->end - line->start),
                layout->text + line->start);
    }
    if (layout->cut)
        fputs(" (cut)", to);
}

static void print_item(const struct item *item, FILE *to) {
    static const char *const kinds[] = {"fill",  "gradient", "picture", "text",
                                        "scrim", "icon",     "code"};
    static const char *const layers[] = {"ground", "picture", "text"};
    fprintf(to, "%s %s ", kinds[item->kind], layers[item->layer]);
    print_rect(item->place, to);
    if (item->radius)
        fprintf(to, " radius %d", item->radius);
    switch (item->kind) {
    case ITEM_FILL:
        fprintf(to, " #%08x", (unsigned)item->fill);
        break;
    case ITEM_GRADIENT:
        fprintf(to, " #%08x > #%08x %s", (unsigned)item->gradient.from, (unsigned)item->gradient.to,
                item->gradient.horizontal ? "rightwards" : "downwards");
        break;
    case ITEM_PICTURE:
        fprintf(to, " %s from ", path_name(item->picture.path));
        print_rect(item->picture.source, to);
        fputs(item->picture.blurred ? " blurred" : "", to);
        if (item->picture.drifts)
            fprintf(to, " drifts about %d,%d", item->picture.about.x, item->picture.about.y);
        break;
    case ITEM_TEXT:
        fprintf(to, " #%08x size %d", (unsigned)item->text.colour, item->text.layout->style.size);
        print_lines(item->text.layout, to);
        break;
    case ITEM_SCRIM:
        fprintf(to, " #%06x for #%08x reach %d", (unsigned)item->scrim.shade,
                (unsigned)item->scrim.ink, item->scrim.reach);
        break;
    case ITEM_ICON:
        fprintf(to, " #%08x %s", (unsigned)item->icon.colour, path_name(item->icon.path));
        break;
    case ITEM_CODE:
        fprintf(to, " %d modules", item->code->side);
        break;
    }
    putc('\n', to);
}

void scene_print(const struct scene *scene, FILE *to) {
    fprintf(to, "scene %dx%d%s\n", scene->width, scene->height, scene->clear ? " clear" : "");
    for (size_t i = 0; i < scene->count; i++)
        print_item(&scene->items[i], to);
}

uint64_t scene_key(const struct scene *scene) {
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    if (!stream)
        abort(); /* as everywhere without memory */
    scene_print(scene, stream);
    fclose(stream);
    struct hash_state state;
    hash_init(&state);
    hash_add(&state, text, size);
    free(text);
    for (size_t i = 0; i < scene->count; i++) { /* what is not printed */
        const struct item *item = &scene->items[i];
        if (item->kind == ITEM_TEXT)
            hash_add(&state, &item->text.layout->style.weight,
                     sizeof item->text.layout->style.weight);
        else if (item->kind == ITEM_CODE)
            hash_add(&state, item->code->dark, (size_t)item->code->side * (size_t)item->code->side);
    }
    struct hash hash = hash_end(&state);
    uint64_t key = 0;
    memcpy(&key, hash.bytes, sizeof key);
    return key;
}
