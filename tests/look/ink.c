#include "ink.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define FAINT 32 /* alpha; less is the rim of an edge between two pixels */

/* Room around a line, in em: for what sticks out of it. */
#define ABOVE 3
#define BELOW 2
#define ASIDE 2

static bool has_ink(uint32_t pixel) {
    return pixel >> 24 >= FAINT;
}

static void widen(struct rect *box, int first, int last, int y) {
    int right = box->x + box->width;
    if (box->height == 0) {
        *box = (struct rect){first, y, last + 1 - first, 1};
        return;
    }
    box->x = first < box->x ? first : box->x;
    box->width = (last + 1 > right ? last + 1 : right) - box->x;
    box->height = y + 1 - box->y;
}

/* Most rows are. */
static bool is_blank(const uint32_t *row, int width) {
    return row[0] == 0 && memcmp(row, row + 1, ((size_t)width - 1) * sizeof *row) == 0;
}

static struct rect ink_box(const struct buffer *buffer) {
    struct rect box = {0};
    for (int y = 0; y < buffer->height; y++) {
        const uint32_t *row = buffer->pixels + (size_t)y * (size_t)buffer->stride;
        int first = 0, last = buffer->width - 1;
        if (is_blank(row, buffer->width))
            continue;
        while (first <= last && !has_ink(row[first]))
            first++;
        while (last > first && !has_ink(row[last]))
            last--;
        if (first <= last)
            widen(&box, first, last, y);
    }
    return box;
}

static void add_line(struct ink *ink, struct ink_line line) {
    if ((ink->count & (ink->count - 1)) == 0)
        ink->lines = xrealloc(ink->lines, ink->count ? ink->count * 2 : 1, sizeof *ink->lines);
    ink->lines[ink->count++] = line;
}

/* Draws one line of a layout, the top left corner of the whole being at `at`. */
static void draw_line(struct fontset *fonts, const struct layout *layout, size_t line,
                      struct buffer *to, struct point at) {
    struct layout alone = *layout;
    alone.lines += line;
    alone.line_count = 1;
    fontset_draw(fonts, &alone, to, at.x, at.y, 0xFFFFFFFFu);
}

/* How large a sheet has to be for a line of any of the texts. */
static struct buffer *create_sheet(const struct scene *scene) {
    int width = 0, height = 0;
    for (size_t i = 0; i < scene->count; i++) {
        if (scene->items[i].kind != ITEM_TEXT)
            continue;
        const struct layout *layout = scene->items[i].text.layout;
        int em = layout->style.size;
        int across =
            (layout->widest > layout->width ? layout->widest : layout->width) + 2 * ASIDE * em;
        width = across > width ? across : width;
        height = (ABOVE + BELOW) * em > height ? (ABOVE + BELOW) * em : height;
    }
    return width ? buffer_create(width, height) : NULL;
}

static void add_item(struct ink *ink, struct fontset *fonts, const struct scene *scene,
                     size_t index, struct buffer *sheet) {
    const struct item *item = &scene->items[index];
    const struct layout *layout = item->text.layout;
    int em = layout->style.size;
    struct buffer part = *sheet; /* the rows that this size takes */
    part.height = (ABOVE + BELOW) * em;
    for (size_t i = 0; i < layout->line_count; i++) {
        struct point at = {ASIDE * em, ABOVE * em - layout->lines[i].baseline};
        memset(part.pixels, 0, (size_t)part.height * (size_t)part.stride * 4);
        draw_line(fonts, layout, i, &part, at);
        struct rect box = ink_box(&part);
        if (rect_empty(box))
            continue;
        box.x += item->place.x - at.x;
        box.y += item->place.y - at.y;
        add_line(ink, (struct ink_line){index, i, box});
    }
}

void ink_build(struct ink *ink, struct fontset *fonts, const struct scene *scene) {
    *ink = (struct ink){0};
    struct buffer *sheet = create_sheet(scene);
    for (size_t i = 0; sheet && i < scene->count; i++)
        if (scene->items[i].kind == ITEM_TEXT)
            add_item(ink, fonts, scene, i, sheet);
    buffer_destroy(sheet);
}

static struct buffer *draw_part(struct fontset *fonts, const struct scene *scene,
                                const struct ink_line *line, struct rect part) {
    const struct item *item = &scene->items[line->item];
    struct buffer *buffer = buffer_create(part.width, part.height);
    if (buffer)
        draw_line(fonts, item->text.layout, line->line, buffer,
                  (struct point){item->place.x - part.x, item->place.y - part.y});
    return buffer;
}

bool ink_touches(struct fontset *fonts, const struct scene *scene, const struct ink_line *a,
                 const struct ink_line *b) {
    struct rect both = rect_meet(a->box, b->box);
    if (rect_empty(both))
        return false;
    struct buffer *first = draw_part(fonts, scene, a, both);
    struct buffer *second = draw_part(fonts, scene, b, both);
    bool touches = false;
    for (int y = 0; first && second && y < both.height; y++)
        for (int x = 0; x < both.width; x++) {
            size_t at = (size_t)y * (size_t)first->stride + (size_t)x;
            touches = touches || (has_ink(first->pixels[at]) && has_ink(second->pixels[at]));
        }
    buffer_destroy(first);
    buffer_destroy(second);
    return touches;
}

void ink_finish(struct ink *ink) {
    free(ink->lines);
    *ink = (struct ink){0};
}

char *ink_text(const struct scene *scene, const struct ink_line *line) {
    const struct layout *layout = scene->items[line->item].text.layout;
    const struct layout_line *at = &layout->lines[line->line];
    return xstrndup(layout->text + at->start, at->end - at->start);
}
