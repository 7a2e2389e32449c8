/* Contrast after WCAG 2.1, 1.4.3 and its definitions of relative luminance and contrast ratio. No
 * text counts as large: it is read from three metres. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "check.h"

#define LEAST 4.5
#define TILE  8 /* u: a stroke of the smallest text with what is around it */

struct luminance {
    double of[256]; /* of a channel's value */
};

static void luminance_init(struct luminance *table) {
    for (int i = 0; i < 256; i++) {
        double c = i / 255.0;
        table->of[i] = c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
    }
}

static double luminance(const struct luminance *table, colour c) {
    return 0.2126 * table->of[c >> 16 & 255] + 0.7152 * table->of[c >> 8 & 255] +
           0.0722 * table->of[c & 255];
}

static double contrast(double a, double b) {
    return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}

static colour over(colour above, colour below) {
    colour result = 0xFF000000u;
    uint32_t alpha = above >> 24;
    for (int shift = 0; shift < 24; shift += 8) {
        uint32_t mixed =
            ((above >> shift & 255) * alpha + (below >> shift & 255) * (255 - alpha) + 127) / 255;
        result |= mixed << shift;
    }
    return result;
}

/* Whether a fill is behind all of the box, its round corners not counted. */
static bool lies_within(struct rect box, const struct item *fill) {
    struct rect place = fill->place, meet = rect_meet(box, place);
    bool inside = meet.width == box.width && meet.height == box.height;
    bool beside_corners = box.x >= place.x + fill->radius &&
                          box.x + box.width <= place.x + place.width - fill->radius;
    bool between_corners = box.y >= place.y + fill->radius &&
                           box.y + box.height <= place.y + place.height - fill->radius;
    return inside && (beside_corners || between_corners);
}

/* What is behind a line where that is one colour. False: it must be looked at. */
static bool plain_ground(const struct scene *scene, const struct ink_line *line, colour *ground) {
    bool plain = true;
    *ground = 0xFF000000u;
    for (int layer = LAYER_GROUND; layer <= LAYER_TEXT; layer++)
        for (size_t i = 0; i < scene->count; i++) {
            const struct item *item = &scene->items[i];
            if ((int)item->layer != layer || item->kind == ITEM_TEXT ||
                !check_below(scene, i, line->item) || rect_empty(rect_meet(item->place, line->box)))
                continue;
            bool fills = item->kind == ITEM_FILL && lies_within(line->box, item);
            plain = fills && (plain || item->fill >> 24 == 255);
            if (plain)
                *ground = over(item->fill, *ground);
        }
    return plain;
}

/* ---- what has to be looked at ---- */

static struct rect join(struct rect a, struct rect b) {
    if (rect_empty(a))
        return b;
    int right = a.x + a.width > b.x + b.width ? a.x + a.width : b.x + b.width;
    int bottom = a.y + a.height > b.y + b.height ? a.y + a.height : b.y + b.height;
    int x = a.x < b.x ? a.x : b.x, y = a.y < b.y ? a.y : b.y;
    return (struct rect){x, y, right - x, bottom - y};
}

/* A part of the picture as it is behind the texts. */
struct ground {
    struct rect place;
    struct buffer *buffer; /* owned; NULL: it could not be drawn */
};

/* The part that holds these lines, of the items that are behind one of them: it takes half of the
 * time to draw no more. */
static struct ground draw_ground(const struct checker *checker, const struct scene *scene,
                                 const struct ink *ink) {
    struct ground ground = {0};
    for (size_t i = 0; i < ink->count; i++)
        ground.place = join(ground.place, ink->lines[i].box);
    ground.place = rect_meet(ground.place, (struct rect){0, 0, scene->width, scene->height});
    if (rect_empty(ground.place))
        return ground;
    struct scene bare = {.width = ground.place.width, .height = ground.place.height};
    bare.items = xcalloc(scene->count, sizeof *bare.items);
    for (size_t i = 0; i < scene->count; i++) {
        bool behind = false;
        for (size_t k = 0; k < ink->count && scene->items[i].kind != ITEM_TEXT; k++)
            behind = behind || !rect_empty(rect_meet(scene->items[i].place, ink->lines[k].box));
        if (!behind)
            continue;
        struct item *item = &bare.items[bare.count++];
        *item = scene->items[i];
        item->place.x -= ground.place.x;
        item->place.y -= ground.place.y;
    }
    ground.buffer = composer_flatten(checker->composer, &bare);
    free(bare.items);
    return ground;
}

static double tile_contrast(const struct luminance *table, const struct buffer *ground,
                            struct rect tile, colour ink) {
    double sum = 0;
    uint32_t red = 0, green = 0, blue = 0, count = (uint32_t)(tile.width * tile.height);
    for (int y = tile.y; y < tile.y + tile.height; y++) {
        const uint32_t *row = ground->pixels + (size_t)y * (size_t)ground->stride;
        for (int x = tile.x; x < tile.x + tile.width; x++) {
            sum += luminance(table, row[x]);
            red += row[x] >> 16 & 255;
            green += row[x] >> 8 & 255;
            blue += row[x] & 255;
        }
    }
    colour mean = 0xFF000000u | (red / count) << 16 | (green / count) << 8 | blue / count;
    return contrast(luminance(table, over(ink, mean)), sum / count);
}

/* The worst tile of a line; tiles do not stick out, the last ones lie over their neighbours. */
static double worst_contrast(const struct luminance *table, const struct ground *ground,
                             struct rect box, int side, colour ink, struct rect *where) {
    double worst = INFINITY;
    box = rect_meet(box, ground->place);
    int width = box.width < side ? box.width : side, height = box.height < side ? box.height : side;
    for (int y = 0; y < box.height; y += side)
        for (int x = 0; x < box.width; x += side) {
            int left = x + width <= box.width ? x : box.width - width;
            int top = y + height <= box.height ? y : box.height - height;
            struct rect tile = {box.x + left - ground->place.x, box.y + top - ground->place.y,
                                width, height};
            double found = tile_contrast(table, ground->buffer, tile, ink);
            if (found >= worst)
                continue;
            worst = found;
            *where = (struct rect){box.x + left, box.y + top, width, height};
        }
    return worst;
}

static void report(const struct scene *scene, const struct ink_line *line, struct rect where,
                   double found, struct findings *findings) {
    if (findings->contrast == 0 || found < findings->contrast)
        findings->contrast = found;
    if (found >= LEAST)
        return;
    char *text = ink_text(scene, line);
    findings_add(findings, FINDING_CONTRAST, where, found, text);
    free(text);
}

/* The lines that stand on more than one colour. */
static void check_unclear(const struct checker *checker, const struct scene *scene,
                          const struct luminance *table, const struct ink *ink,
                          struct findings *findings) {
    struct ground ground = draw_ground(checker, scene, ink);
    if (!ground.buffer)
        findings_add(findings, FINDING_BROKEN, ground.place, 0, "");
    for (size_t i = 0; i < ink->count && ground.buffer; i++) {
        const struct ink_line *line = &ink->lines[i];
        struct rect where = line->box;
        double found = worst_contrast(table, &ground, line->box, check_px(scene, TILE),
                                      scene->items[line->item].text.colour, &where);
        report(scene, line, where, found, findings);
    }
    buffer_destroy(ground.buffer);
}

void check_contrast(const struct checker *checker, const struct subject *subject,
                    const struct ink *ink, struct findings *findings) {
    const struct scene *scene = subject->scene;
    struct ink unclear = {.lines = xcalloc(ink->count, sizeof *unclear.lines)};
    struct luminance table;
    luminance_init(&table);
    for (size_t i = 0; i < ink->count; i++) {
        const struct ink_line *line = &ink->lines[i];
        colour plain = 0, shade = scene->items[line->item].text.colour;
        if (plain_ground(scene, line, &plain))
            report(scene, line, line->box,
                   contrast(luminance(&table, over(shade, plain)), luminance(&table, plain)),
                   findings);
        else
            unclear.lines[unclear.count++] = *line;
    }
    if (unclear.count)
        check_unclear(checker, scene, &table, &unclear, findings);
    ink_finish(&unclear);
}
