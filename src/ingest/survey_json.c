#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"
#include "ingest/survey.h"
#include "ingest/text.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const changes[] = {[SURVEY_NEW] = "new",
                                      [SURVEY_CHANGED] = "changed",
                                      [SURVEY_SAME] = "same",
                                      [SURVEY_HELD] = "held",
                                      [SURVEY_REFUSED] = "refused"};
static_assert(COUNT(changes) == SURVEY_REFUSED + 1, "changes");

static const char *const kinds[] = {[SURVEY_NOTHING] = "nothing",
                                    [SURVEY_FOLDER] = "folder",
                                    [SURVEY_BUNDLE] = "bundle",
                                    [SURVEY_ZIP] = "zip"};
static_assert(COUNT(kinds) == SURVEY_ZIP + 1, "kinds");

const char *survey_change_key(enum survey_change change) {
    return changes[change];
}

const char *survey_kind_key(enum survey_kind kind) {
    return kinds[kind];
}

/* A path of any bytes; JSON has only text. */
static json_t *path_json(const char *path) {
    char *label = path ? text_printable(path) : NULL;
    json_t *json = label ? json_string(label) : json_null();
    free(label);
    return json;
}

static json_t *notes_json(const struct survey_note *notes, size_t count) {
    struct reject_list list = {0};
    for (size_t i = 0; i < count; i++)
        reject_add(&list, notes[i].path, notes[i].reject, notes[i].detail);
    json_t *json = reject_list_json(&list);
    reject_list_finish(&list);
    return json;
}

static json_t *case_json(const struct survey_case *c) {
    const char *unit = c->has_unit ? section_unit(c->level, c->unit) : NULL;
    return json_pack(
        "{s:s, s:s, s:s, s:s?, s:s*, s:b, s:s, s:i, s:i, s:O*, s:i, s:I, s:o, s:s, s:O, s:O, "
        "s:s*, s:O*, s:o}",
        "id", c->id, "title", c->title, "school", c->school, "unit", unit, "level",
        section_level(c->level), "has_school", c->has_school, "change",
        survey_change_key(c->change), "pictures", c->pictures, "low_pictures", c->low_pictures,
        "low", c->low, "videos", c->videos, "bytes", (json_int_t)c->bytes, "cover",
        path_json(c->cover), "missing", c->missing, "absent", c->absent, "masked", c->masked,
        "text", c->text, "captions", c->captions, "notes", notes_json(c->notes, c->note_count));
}

static json_t *part_json(const struct survey_part *part) {
    return json_pack("{s:o, s:s, s:b, s:b, s:I, s:I}", "path", path_json(part->path), "kind",
                     survey_kind_key(part->kind), "bundle", part->bundle, "signed",
                     part->signed_by_us, "first", (json_int_t)part->first, "count",
                     (json_int_t)part->count);
}

json_t *survey_json(const struct survey *survey) {
    json_t *parts = json_array(), *cases = json_array();
    for (size_t i = 0; i < survey->part_count; i++)
        json_array_append_new(parts, part_json(survey->parts + i));
    for (size_t i = 0; i < survey->count; i++)
        json_array_append_new(cases, case_json(survey->cases + i));
    return json_pack("{s:o, s:s, s:b, s:b, s:I, s:I, s:I, s:o, s:o, s:o}", "path",
                     path_json(survey->path), "kind", survey_kind_key(survey->kind), "signed",
                     survey->signed_by_us, "cut", survey->cut, "files", (json_int_t)survey->files,
                     "bytes", (json_int_t)survey->bytes, "removed", (json_int_t)survey->removed,
                     "parts", parts, "cases", cases, "notes",
                     notes_json(survey->notes, survey->note_count));
}
