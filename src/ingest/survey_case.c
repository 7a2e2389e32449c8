#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/hold.h"
#include "ingest/missing.h"
#include "ingest/picture.h"
#include "ingest/stage.h"
#include "ingest/survey_private.h"
#include "ingest/text.h"
#include "ingest/twin.h"
#include "ingest/video.h"

/* Limits. */
#define MAX_MISSING     20   /* characters and scripts named of one case: a line of the panel */
#define MAX_LOW         6    /* pictures named of one case: likewise */
#define TEXT_BYTES      1200 /* of a text's beginning: 400 characters, as much as a screen has */
#define CAPTION_BYTES   180
#define CAPTION_AT_MOST 12

/* ---- pictures and videos */

/* What lies at an asset's path as the administrator would name it; the caller's. */
static char *label_of(const struct surveyor *surveyor, const struct manifest_asset *asset) {
    size_t size = surveyor->unpacked ? strlen(surveyor->unpacked) : 0;
    if (!size || strncmp(asset->path, surveyor->unpacked, size) != 0)
        return text_printable(asset->path);
    char *path = xasprintf("%s%s", surveyor->path, asset->path + size);
    char *label = text_printable(path);
    free(path);
    return label;
}

static void refuse_asset(struct surveyor *surveyor, struct survey_case *into,
                         const struct manifest_asset *asset, enum reject reject,
                         const char *detail) {
    char *label = label_of(surveyor, asset);
    survey_case_note(surveyor, into, label, reject, detail);
    free(label);
}

/* Opens a file that may be taken, at its start; -1: a note says why not. */
static int open_asset(struct surveyor *surveyor, struct survey_case *into,
                      const struct manifest_asset *asset) {
    struct stat st = {0};
    int fd = stage_open_source(asset->path);
    if (fd >= 0 && fstat(fd, &st) == 0 && st.st_size <= stage_file_bytes(asset->kind)) {
        into->bytes += st.st_size;
        return fd;
    }
    refuse_asset(surveyor, into, asset, fd < 0 ? REJECT_UNREADABLE : stage_file_reject(asset->kind),
                 NULL);
    if (fd >= 0)
        close(fd);
    return -1;
}

static void note_low(const struct surveyor *surveyor, struct survey_case *into,
                     const struct manifest_asset *asset) {
    char *label = label_of(surveyor, asset);
    into->low = into->low ? into->low : json_array();
    if (into->low_pictures++ < MAX_LOW)
        json_array_append_new(into->low, json_string(path_name(label)));
    free(label);
}

static bool measure_picture(struct surveyor *surveyor, struct survey_case *into,
                            const struct manifest_asset *asset, int fd, enum reject *reject,
                            char **detail) {
    const struct config *config = surveyor->params->config;
    const struct picture_limits limits = {.megapixels = config->picture.megapixels,
                                          .seconds = config->picture.seconds,
                                          .memory_mb = config->picture.memory_mb};
    int width = 0, height = 0;
    bool good = picture_measure(surveyor->pictures, fd, &limits, &width, &height, reject, detail);
    if (good && asset->kind == ASSET_PICTURE && (width > height ? width : height) < SURVEY_LOW_SIDE)
        note_low(surveyor, into, asset);
    return good;
}

/* False: it will be refused, a note says why. */
static bool measure(struct surveyor *surveyor, struct survey_case *into,
                    const struct manifest_asset *asset, int fd) {
    enum reject reject = REJECT_UNREADABLE;
    char *detail = NULL;
    bool good = asset->kind == ASSET_VIDEO
                    ? video_measure(surveyor->videos, fd, &reject, &detail)
                    : measure_picture(surveyor, into, asset, fd, &reject, &detail);
    if (!good)
        refuse_asset(surveyor, into, asset, reject, detail);
    free(detail);
    return good;
}

/* Where what the library has and what lies there are compared one by one. */
struct comparison {
    const struct case_record *known;
    size_t at; /* of the next asset of known */
    bool differs;
};

static bool is_as_known(const struct manifest_asset *asset, const struct asset *known, int fd,
                        const char *caption) {
    struct hash hash = asset->expected;
    if (strcmp(known->caption, caption) != 0 || (asset->whole && !known->whole))
        return false;
    return (asset->hashed || (lseek(fd, 0, SEEK_SET) == 0 && fs_hash(fd, &hash))) &&
           hash_equal(hash, known->source);
}

static void compare_asset(struct surveyor *surveyor, struct comparison *comparison,
                          const struct manifest_asset *asset, int fd) {
    const struct case_record *known = comparison->known;
    bool code = asset->kind == ASSET_CODE;
    const struct asset *other = code ? known->code
                                : comparison->at < known->asset_count
                                    ? known->assets + comparison->at
                                    : NULL;
    comparison->at += !code;
    if (comparison->differs)
        return;
    char *caption = coverage_keep_emoji(surveyor->coverage, asset->caption);
    comparison->differs = !other || !is_as_known(asset, other, fd, caption);
    free(caption);
}

/* What there was no time for is believed. */
static void look_at_asset(struct surveyor *surveyor, struct survey_case *into,
                          const struct manifest_asset *asset, struct comparison *comparison) {
    int fd = open_asset(surveyor, into, asset);
    if (fd < 0)
        return;
    if (!survey_has_time(surveyor)) {
        comparison->differs = true;
    } else if (measure(surveyor, into, asset, fd)) {
        compare_asset(surveyor, comparison, asset, fd);
    } else {
        close(fd);
        return;
    }
    into->pictures += asset->kind == ASSET_PICTURE;
    into->videos += asset->kind == ASSET_VIDEO;
    if (!into->cover && asset->kind == ASSET_PICTURE && !surveyor->unpacked)
        into->cover = xstrdup(asset->path);
    close(fd);
}

/* ---- texts */

static bool same_text(struct surveyor *surveyor, const char *text, const char *known) {
    char *kept = coverage_keep_emoji(surveyor->coverage, text);
    bool same = strcmp(kept, known) == 0;
    free(kept);
    return same;
}

static bool same_texts(struct surveyor *surveyor, const struct manifest_case *c,
                       const struct case_record *known) {
    return c->level == known->level && c->unit == known->unit && c->phase == known->phase &&
           strcmp(c->school, known->school) == 0 && strcmp(c->url, known->url) == 0 &&
           c->published_ms == known->published_ms && c->valid_from_ms == known->valid_from_ms &&
           c->valid_until_ms == known->valid_until_ms &&
           (c->weight ? c->weight : 1) == known->weight &&
           same_text(surveyor, c->title, known->title) &&
           same_text(surveyor, c->summary, known->summary) &&
           same_text(surveyor, c->body, known->body);
}

/* In which fields it stands, each once. */
static json_t *fields_of(const json_t *entry) {
    json_t *fields = json_array(), *place = NULL;
    size_t i = 0;
    json_array_foreach(json_object_get(entry, "places"), i, place) {
        json_array_append(fields, json_object_get(place, "field"));
    }
    return fields;
}

/* Itself, or its code where there is nothing to be seen. */
static const char *name_of(const json_t *entry) {
    const char *kind = json_string_value(json_object_get(entry, "kind"));
    bool seen = strcmp(kind, "private") != 0 && strcmp(kind, "unassigned") != 0;
    return json_string_value(json_object_get(entry, seen ? "text" : "code"));
}

static void name_missing(struct surveyor *surveyor, struct survey_case *into,
                         const struct manifest_case *c) {
    struct missing missing = {0};
    struct str text = {0};
    size_t i = 0;
    json_t *entry = NULL;
    missing_scan_case(&missing, surveyor->coverage, c);
    json_t *list = missing_json(&missing);
    into->absent = json_array();
    json_array_foreach(list, i, entry) {
        const char *name = name_of(entry);
        if (!name || i >= MAX_MISSING)
            continue;
        str_addf(&text, "%s%s", text.size ? " " : "", name);
        json_array_append_new(into->absent, json_pack("{s:s, s:O, s:o}", "text", name, "code",
                                                      json_object_get(entry, "code"), "fields",
                                                      fields_of(entry)));
    }
    json_decref(list);
    missing_finish(&missing);
    into->missing = str_take(&text);
}

/* What it says, as far as a person who decides about it wants to know. */
static void quote(struct survey_case *into, const struct manifest_case *c) {
    const char *text = *c->body ? c->body : c->summary;
    size_t size = utf8_cut(text, TEXT_BYTES);
    into->text = xasprintf("%.*s%s", (int)size, text, text[size] ? "……" : "");
    into->captions = json_array();
    for (size_t i = 0; i < c->asset_count && i < CAPTION_AT_MOST; i++) {
        const char *caption = c->assets[i].caption;
        if (*caption)
            json_array_append_new(into->captions,
                                  json_stringn(caption, utf8_cut(caption, CAPTION_BYTES)));
    }
}

/* ---- whether it is held back */

static bool is_held(struct surveyor *surveyor, struct survey_case *into,
                    const struct manifest_case *c, const struct case_record *known) {
    struct withdrawal by = {0};
    int64_t twin = twin_if(c->level, c->school, c->title);
    if (!surveyor->ledger || !ledger_find_hold(surveyor->ledger, c->id, twin, &by))
        return false;
    bool held = by.id && (strcmp(by.id, c->id) == 0 || !known->id || known->twin != twin);
    if (held) {
        char *text = hold_text(c->title, &by);
        survey_case_note(surveyor, into, c->id, REJECT_WITHDRAWN, text);
        free(text);
    }
    withdrawal_finish(&by);
    return held;
}

/* ---- the whole */

static void look_at_assets(struct surveyor *surveyor, struct survey_case *into,
                           const struct manifest_case *c, struct comparison *comparison) {
    for (size_t i = 0; i < c->asset_count; i++)
        look_at_asset(surveyor, into, c->assets + i, comparison);
    if (c->code)
        look_at_asset(surveyor, into, c->code, comparison);
    comparison->differs = comparison->differs || comparison->at != comparison->known->asset_count ||
                          (comparison->known->code && !c->code);
}

/* What the library has of it is as large as it was. */
static void count_known(struct survey_case *into, const struct case_record *known) {
    for (size_t i = 0; i < known->asset_count; i++) {
        const struct asset *asset = known->assets + i;
        int side = asset->width > asset->height ? asset->width : asset->height;
        into->low_pictures += asset->kind == ASSET_PICTURE && side < SURVEY_LOW_SIDE;
    }
    into->pictures = (int)case_count(known, ASSET_PICTURE);
    into->videos = (int)case_count(known, ASSET_VIDEO);
}

static enum survey_change judge(struct surveyor *surveyor, struct survey_case *into,
                                const struct manifest_case *c, const struct case_record *known,
                                bool same) {
    static const struct case_record nothing = {0};
    struct comparison comparison = {.known = known->id ? known : &nothing};
    comparison.differs = !known->id || !same_texts(surveyor, c, known);
    if (same)
        count_known(into, known);
    else
        look_at_assets(surveyor, into, c, &comparison);
    if (!into->pictures && !into->videos && !*c->body && !*c->summary) {
        survey_case_note(surveyor, into, c->path, REJECT_CASE_EMPTY, NULL);
        return SURVEY_REFUSED;
    }
    if (c->unitless) {
        survey_case_note(surveyor, into, c->path, REJECT_UNIT_UNKNOWN, NULL);
        return SURVEY_REFUSED;
    }
    if (is_held(surveyor, into, c, known))
        return SURVEY_HELD;
    return same || (known->id && !comparison.differs) ? SURVEY_SAME
           : known->id                                ? SURVEY_CHANGED
                                                      : SURVEY_NEW;
}

void survey_add(struct surveyor *surveyor, const struct manifest_case *c,
                const struct case_record *known, bool same) {
    struct survey *survey = surveyor->survey;
    struct survey_case found = {.id = xstrdup(c->id),
                                .title = xstrdup(c->title),
                                .school = xstrdup(c->school),
                                .level = c->level,
                                .unit = c->unit,
                                .has_unit = !c->unitless,
                                .has_school = c->school_said,
                                .masked = privacy_json(&c->masked)};
    name_missing(surveyor, &found, c);
    if (survey->count < SURVEY_TOLD)
        quote(&found, c);
    found.change = judge(surveyor, &found, c, known, same);
    if ((survey->count & (survey->count - 1)) == 0) /* full at each power of two */
        survey->cases =
            xrealloc(survey->cases, survey->count ? survey->count * 2 : 1, sizeof *survey->cases);
    survey->cases[survey->count++] = found;
    if (found.change != SURVEY_HELD && found.change != SURVEY_REFUSED)
        survey->bytes += found.bytes;
}
