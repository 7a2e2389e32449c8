#include <math.h>
#include <stdlib.h>

#include "check.h"

#define LEAST_SIZE  26 /* u: what is read from three metres (DESIGN: Display) */
#define SAFE_MARGIN 48 /* u: screens hide some of their edge */
#define ROUNDING    1  /* pixels: places are rounded one after another */

int check_px(const struct scene *scene, int u) {
    int side = scene->width < scene->height ? scene->width : scene->height;
    int pixels = (u * side + 540) / 1080;
    return u > 0 && pixels < 1 ? 1 : pixels;
}

bool check_below(const struct scene *scene, size_t a, size_t b) {
    enum layer first = scene->items[a].layer, second = scene->items[b].layer;
    return first != second ? first < second : a < b;
}

/* How far a box sticks out of its limits where it does most; 0: it does not. */
static int beyond(struct rect box, struct rect limits) {
    int left = limits.x - box.x, top = limits.y - box.y;
    int right = box.x + box.width - limits.x - limits.width;
    int bottom = box.y + box.height - limits.y - limits.height;
    int most = left > right ? left : right;
    most = top > most ? top : most;
    most = bottom > most ? bottom : most;
    return most > 0 ? most : 0;
}

static struct rect grown(struct rect rect, int across, int down) {
    return (struct rect){rect.x - across, rect.y - down, rect.width + 2 * across,
                         rect.height + 2 * down};
}

static void add(struct findings *findings, enum finding_kind kind, const struct scene *scene,
                const struct ink_line *line, double value) {
    char *text = ink_text(scene, line);
    findings_add(findings, kind, line->box, value, text);
    free(text);
}

static void check_size(const struct scene *scene, struct findings *findings) {
    for (size_t i = 0; i < scene->count; i++) {
        const struct item *item = &scene->items[i];
        if (item->kind == ITEM_TEXT && item->text.layout->line_count &&
            item->text.layout->style.size < check_px(scene, LEAST_SIZE))
            findings_add(findings, FINDING_SMALL, item->place, item->text.layout->style.size,
                         item->text.layout->text);
    }
}

/* Letters have overhangs, and tails below the em square that lines are made for, stacked ones long
 * tails; a mark that hangs stands half an em outside (CLREQ 6.1.6). */
static void check_box(const struct scene *scene, const struct ink_line *line,
                      struct findings *findings) {
    const struct item *item = &scene->items[line->item];
    const struct text_style *style = &item->text.layout->style;
    int aside = style->size / (style->hang ? 2 : 8) + ROUNDING;
    int out = beyond(line->box, grown(item->place, aside, style->size / 3 + ROUNDING));
    if (out)
        add(findings, FINDING_OUTSIDE, scene, line, out);
}

/* Letters may stand out by a thirty-second of an em. Both are fractions of a pixel on most screens,
 * so the bound is rounded once, to the stricter side. */
static void check_margin(const struct checker *checker, const struct scene *scene,
                         const struct ink_line *line, struct findings *findings) {
    double unit = (double)(scene->width < scene->height ? scene->width : scene->height) / 1080;
    int shift = checker->shift_u > 0 ? checker->shift_u : 0;
    int margin = check_px(scene, SAFE_MARGIN) - check_px(scene, shift) - ROUNDING;
    double overhang = scene->items[line->item].text.layout->style.size / 32.0;
    int aside = (int)ceil((SAFE_MARGIN - shift) * unit - overhang - ROUNDING);
    struct rect safe = grown((struct rect){0, 0, scene->width, scene->height}, -aside, -margin);
    int out = beyond(line->box, safe);
    if (out)
        add(findings, FINDING_MARGIN, scene, line, out);
}

/* How far two boxes lie over each other; 0: they do not. */
static int depth(struct rect a, struct rect b) {
    struct rect both = rect_meet(a, b);
    int least = both.width < both.height ? both.width : both.height;
    return least > ROUNDING ? least : 0;
}

/* Within one text a tail may reach into the next line, between its letters. */
static void check_overlap(const struct checker *checker, const struct scene *scene,
                          const struct ink *ink, size_t index, struct findings *findings) {
    const struct ink_line *line = &ink->lines[index];
    for (size_t i = index + 1; i < ink->count; i++) {
        const struct ink_line *other = &ink->lines[i];
        int deep = depth(line->box, other->box);
        if (deep && (line->item != other->item || ink_touches(checker->fonts, scene, line, other)))
            add(findings, FINDING_OVERLAP, scene, line, deep);
    }
}

/* What may lie under a text; nothing else may. */
static bool is_ground(const struct item *item) {
    switch (item->kind) {
    case ITEM_FILL:
    case ITEM_GRADIENT:
    case ITEM_PICTURE:
    case ITEM_SCRIM:
        return true;
    default:
        return false;
    }
}

static void check_covered(const struct subject *subject, const struct ink_line *line,
                          struct findings *findings) {
    const struct scene *scene = subject->scene;
    int deepest = 0;
    for (size_t i = 0; i < scene->count; i++) {
        const struct item *item = &scene->items[i];
        if (item->kind == ITEM_TEXT || (is_ground(item) && check_below(scene, i, line->item)))
            continue;
        int deep = depth(line->box, item->place);
        deepest = deep > deepest ? deep : deepest;
    }
    for (size_t i = 0; i < subject->reserved_count; i++) {
        int deep = depth(line->box, subject->reserved[i]);
        deepest = deep > deepest ? deep : deepest;
    }
    if (deepest)
        add(findings, FINDING_COVERED, scene, line, deepest);
}

void check_text(const struct checker *checker, const struct subject *subject, const struct ink *ink,
                struct findings *findings) {
    check_size(subject->scene, findings);
    for (size_t i = 0; i < ink->count; i++) {
        check_box(subject->scene, &ink->lines[i], findings);
        check_margin(checker, subject->scene, &ink->lines[i], findings);
        check_overlap(checker, subject->scene, ink, i, findings);
        check_covered(subject, &ink->lines[i], findings);
    }
}

void check_slide(const struct checker *checker, const struct subject *subject,
                 struct findings *findings) {
    struct ink ink;
    ink_build(&ink, checker->fonts, subject->scene);
    check_text(checker, subject, &ink, findings);
    check_contrast(checker, subject, &ink, findings);
    check_pictures(subject, &ink, findings);
    check_words(subject, findings);
    ink_finish(&ink);
}
