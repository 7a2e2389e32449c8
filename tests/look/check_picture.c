#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "check.h"

#define MOST_CUT_PERCENT     35
#define MOST_ENLARGE_PERCENT 250

/* What is known of a file that is shown. */
struct shown {
    const struct asset *asset;         /* NULL: no picture of the case (a code, an emblem) */
    const struct rendition *rendition; /* NULL likewise */
};

static struct shown find_shown(const struct case_record *record, const char *path) {
    struct hash hash;
    char hex[HASH_HEX_SIZE];
    snprintf(hex, sizeof hex, "%s", path_name(path));
    if (!record || !hash_parse(hex, &hash))
        return (struct shown){0};
    for (size_t i = 0; i < record->asset_count; i++)
        for (size_t k = 0; k < record->assets[i].rendition_count; k++)
            if (hash_equal(record->assets[i].renditions[k].hash, hash))
                return (struct shown){record->assets + i, record->assets[i].renditions + k};
    return (struct shown){0};
}

/* Each side of source and place, and of the rendition itself, is rounded to a pixel. */
static void check_shape(const struct item *item, struct findings *findings) {
    struct rect source = item->picture.source, place = item->place;
    double wider = (double)place.width * source.height / ((double)place.height * source.width);
    double rounding =
        1.0 / source.width + 1.0 / source.height + 1.0 / place.width + 1.0 / place.height;
    if (fabs(wider - 1) > rounding)
        findings_add(findings, FINDING_DISTORTED, place, 100 * (wider - 1),
                     path_name(item->picture.path));
    double scale = 100.0 * place.width / source.width;
    if (scale * (1 - rounding) > MOST_ENLARGE_PERCENT)
        findings_add(findings, FINDING_ENLARGED, place, scale, path_name(item->picture.path));
}

/* Percent of the picture's area that is not seen: cut away, or beyond the edge. */
static double cut_percent(const struct scene *scene, const struct item *item,
                          const struct rendition *rendition) {
    struct rect source = item->picture.source, place = item->place;
    struct rect seen = rect_meet(place, (struct rect){0, 0, scene->width, scene->height});
    double kept = (double)source.width * source.height / rendition->width / rendition->height;
    kept *= (double)seen.width * seen.height / place.width / place.height;
    return 100 * (1 - kept);
}

static bool is_written_over(const struct item *item, const struct ink *ink) {
    for (size_t i = 0; i < ink->count; i++) {
        struct rect both = rect_meet(ink->lines[i].box, item->place);
        if (both.width > 1 && both.height > 1)
            return true;
    }
    return false;
}

static void check_cut(const struct scene *scene, const struct item *item, struct shown shown,
                      const struct ink *ink, struct findings *findings) {
    if (!shown.rendition || shown.rendition->role == RENDITION_TILE)
        return;
    double cut = cut_percent(scene, item, shown.rendition);
    double rounding = 100.0 / item->picture.source.width + 100.0 / item->picture.source.height;
    const char *name = path_name(item->picture.path);
    if (shown.asset->whole && cut > rounding)
        findings_add(findings, FINDING_POSTER, item->place, cut, name);
    else if (cut > MOST_CUT_PERCENT + rounding)
        findings_add(findings, FINDING_CROPPED, item->place, cut, name);
    if (shown.asset->whole && is_written_over(item, ink))
        findings_add(findings, FINDING_POSTER, item->place, 0, name);
}

void check_pictures(const struct subject *subject, const struct ink *ink,
                    struct findings *findings) {
    const struct scene *scene = subject->scene;
    for (size_t i = 0; i < scene->count; i++) {
        const struct item *item = &scene->items[i];
        if (item->kind != ITEM_PICTURE || item->picture.blurred)
            continue;
        if (rect_empty(item->place) || rect_empty(item->picture.source)) {
            findings_add(findings, FINDING_BROKEN, item->place, 0, item->picture.path);
            continue;
        }
        check_shape(item, findings);
        check_cut(scene, item, find_shown(subject->record, item->picture.path), ink, findings);
    }
}
