#include "ingest/survey.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"
#include "ingest/folder.h"
#include "ingest/parts.h"
#include "ingest/survey_private.h"
#include "ingest/text.h"

/* Limits. */
#define MAX_NOTES       200 /* of one case, and of the rest: more is beyond anybody's patience */
#define MAX_GUESS_NOTES 10  /* of what lies under no unit, and may be anything */
#define WAIT_TIMES      100 /* of 50 ms: longer than any commit */

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- time, and what is told on the way */

bool survey_tell(struct surveyor *surveyor, const char *doing) {
    const struct survey_params *params = surveyor->params;
    if (!surveyor->stopped && params->on_progress && !params->on_progress(params->user, doing))
        surveyor->stopped = surveyor->survey->cut = true;
    return !surveyor->stopped;
}

bool survey_has_time(struct surveyor *surveyor) {
    bool has = !surveyor->stopped && time_monotonic_us() / 1000 < surveyor->until_ms;
    surveyor->survey->cut = surveyor->survey->cut || !has;
    return has;
}

/* ---- notes */

static bool add_note(struct survey_note **notes, size_t *count, const char *path,
                     enum reject reject, const char *detail) {
    if (*count == MAX_NOTES)
        return false;
    *notes = xrealloc(*notes, *count + 1, sizeof **notes);
    (*notes)[(*count)++] = (struct survey_note){text_printable(path), reject, xstrdup(detail)};
    return true;
}

void survey_note(struct surveyor *surveyor, const char *path, enum reject reject,
                 const char *detail) {
    struct survey *survey = surveyor->survey;
    if (!add_note(&survey->notes, &survey->note_count, path, reject, detail))
        survey->cut = true;
}

void survey_case_note(struct surveyor *surveyor, struct survey_case *into, const char *path,
                      enum reject reject, const char *detail) {
    if (!into->has_unit && into->note_count >= MAX_GUESS_NOTES)
        return;
    if (!add_note(&into->notes, &into->note_count, path, reject, detail))
        surveyor->survey->cut = true;
}

/* ---- the library */

void survey_load(struct surveyor *surveyor, const char *id, struct case_record *record) {
    enum read_result result = READ_BUSY;
    *record = (struct case_record){0};
    for (int i = 0; i < WAIT_TIMES && result == READ_BUSY; i++) {
        if (i)
            nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
        result = reader_load(surveyor->reader, &id, 1, record);
    }
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool school_known(void *user, const char *name) {
    const struct surveyor *surveyor = user;
    return surveyor->school_count && bsearch(&name, surveyor->schools, surveyor->school_count,
                                             sizeof *surveyor->schools, compare_names) != NULL;
}

/* ---- plain folders */

static bool on_case(void *user, const char *label) {
    struct surveyor *surveyor = user;
    return survey_tell(surveyor, label) && survey_has_time(surveyor);
}

/* Where a case lies, and which it is. */
struct site {
    const char *path;
    size_t index;
};

static int compare_sites(const void *a, const void *b) {
    return strcmp(((const struct site *)a)->path, ((const struct site *)b)->path);
}

/* The case that a file belongs to: the nearest one above. NULL: none. */
static const struct site *find_site(const struct site *sites, size_t count, const char *file) {
    char *path = xstrdup(file);
    const struct site *found = NULL;
    for (char *slash = path; !found && slash && count;) {
        found = bsearch(&(struct site){.path = path}, sites, count, sizeof *sites, compare_sites);
        slash = strrchr(path, '/');
        if (slash)
            *slash = '\0';
    }
    free(path);
    return found;
}

/* Of the cases and rejects of a part, which are the last ones of the manifest. */
static void share_out(struct surveyor *surveyor, size_t count, size_t first_reject) {
    struct survey *survey = surveyor->survey;
    const struct manifest *manifest = &surveyor->manifest;
    struct site *sites = xcalloc(count + 1, sizeof *sites);
    for (size_t i = 0; i < count; i++)
        sites[i] = (struct site){manifest->cases[manifest->case_count - count + i].path,
                                 survey->count - count + i};
    qsort(sites, count, sizeof *sites, compare_sites);
    for (size_t i = first_reject; i < manifest->rejects.count; i++) {
        const struct reject_entry *entry = manifest->rejects.entries + i;
        const struct site *site = find_site(sites, count, entry->path);
        if (site)
            survey_case_note(surveyor, survey->cases + site->index, entry->path, entry->reject,
                             entry->detail);
        else
            survey_note(surveyor, entry->path, entry->reject, entry->detail);
    }
    free(sites);
}

static void look_at_folder(struct surveyor *surveyor, const char *folder) {
    const struct config *config = surveyor->params->config;
    struct manifest *manifest = &surveyor->manifest;
    size_t first = manifest->case_count, first_reject = manifest->rejects.count, files = 0;
    const struct survey_params *params = surveyor->params;
    const struct folder_options options = {.site_school = params->school ? params->school
                                                                         : config->site.school,
                                           .school_known = school_known,
                                           .user = surveyor,
                                           .tidy = config->text.tidy == TIDY_ON,
                                           .words = &surveyor->words,
                                           .shown = surveyor->unpacked ? surveyor->path : NULL,
                                           .parts_apart = !surveyor->unpacked,
                                           .has_unit = params->has_unit,
                                           .unit = params->unit,
                                           .unitless = true,
                                           .on_case = on_case,
                                           .files = &files};
    folder_read(folder, &options, manifest);
    for (size_t i = first; i < manifest->case_count; i++) {
        const struct manifest_case *c = manifest->cases + i;
        struct case_record known;
        survey_tell(surveyor, c->title);
        survey_load(surveyor, c->id, &known);
        survey_add(surveyor, c, &known, false);
        case_finish(&known);
    }
    share_out(surveyor, manifest->case_count - first, first_reject);
    surveyor->survey->files += surveyor->unpacked ? files : 0;
}

/* ---- parts */

static struct survey_part *add_part(struct survey *survey, const char *path) {
    survey->parts = xrealloc(survey->parts, survey->part_count + 1, sizeof *survey->parts);
    struct survey_part *part = survey->parts + survey->part_count++;
    *part = (struct survey_part){.path = xstrdup(path), .first = survey->count};
    return part;
}

/* Of a zip file alone: a folder may lie where nobody may write. */
static bool make_staging(struct surveyor *surveyor, const char *path, enum reject *reject) {
    *reject = REJECT_DISK;
    return !brought_is_zip(path) || fs_make_dirs(surveyor->params->paths->staging);
}

static void look_at_part(struct surveyor *surveyor, const char *path) {
    struct survey *survey = surveyor->survey;
    struct brought brought = {0};
    enum reject reject = REJECT_UNREADABLE;
    char *detail = NULL;
    struct survey_part *part = add_part(survey, path);
    if (survey_tell(surveyor, path) && make_staging(surveyor, path, &reject) &&
        brought_open(&brought, path, surveyor->params->paths->staging, surveyor->documents, &reject,
                     &detail)) {
        surveyor->path = path;
        surveyor->unpacked = brought.unpacked;
        part->bundle = brought.bundle;
        if (brought.bundle)
            survey_bundle(surveyor, brought.folder, part);
        else
            look_at_folder(surveyor, brought.folder);
    } else if (!surveyor->stopped) {
        survey_note(surveyor, path, reject, detail);
    }
    part->count = survey->count - part->first;
    part->kind = brought_is_zip(path) ? SURVEY_ZIP
                 : part->bundle       ? SURVEY_BUNDLE
                 : part->count        ? SURVEY_FOLDER
                                      : SURVEY_NOTHING;
    brought_close(&brought);
    free(detail);
}

static void conclude(struct survey *survey) {
    survey->kind = survey->part_count == 1 ? survey->parts[0].kind : SURVEY_FOLDER;
    survey->signed_by_us = survey->part_count > 0;
    for (size_t i = 0; i < survey->part_count; i++)
        survey->signed_by_us = survey->signed_by_us && survey->parts[i].signed_by_us;
}

static void open_all(struct surveyor *surveyor) {
    const struct paths *paths = surveyor->params->paths;
    char *pictures = path_join(paths->helpers, "picture", NULL);
    char *videos = path_join(paths->helpers, "video", NULL);
    char *documents = path_join(paths->helpers, "document", NULL);
    surveyor->pictures = nursery_create(pictures);
    surveyor->videos = nursery_create(videos);
    surveyor->documents = nursery_create(documents);
    char *words = xasprintf("%s/words-%d", paths->staging, (int)getpid());
    words_open(&surveyor->words, surveyor->documents, words);
    free(words);
    surveyor->coverage = coverage_open_for(paths->data, surveyor->params->config);
    surveyor->reader = reader_open(paths->library);
    surveyor->ledger = ledger_open(paths->ledger, DB_READ_WAITING, NULL);
    reader_schools(surveyor->reader, &surveyor->schools, &surveyor->school_count);
    free(documents);
    free(videos);
    free(pictures);
}

static void close_all(struct surveyor *surveyor) {
    schools_free(surveyor->schools, surveyor->school_count);
    ledger_close(surveyor->ledger);
    reader_close(surveyor->reader);
    coverage_close(surveyor->coverage);
    words_close(&surveyor->words);
    nursery_destroy(surveyor->documents);
    nursery_destroy(surveyor->videos);
    nursery_destroy(surveyor->pictures);
}

void survey_look(struct survey *survey, const struct survey_params *params, const char *path) {
    int64_t within_ms = params->within_ms ? params->within_ms : SURVEY_WITHIN_MS;
    struct surveyor surveyor = {
        .survey = survey, .params = params, .until_ms = time_monotonic_us() / 1000 + within_ms};
    struct part_list parts;
    *survey = (struct survey){.path = xstrdup(path)};
    open_all(&surveyor);
    survey_tell(&surveyor, path);
    parts_find(path, &parts);
    survey->files = parts.files;
    survey->cut = survey->cut || parts.cut;
    for (size_t i = 0; i < parts.count && !surveyor.stopped; i++)
        look_at_part(&surveyor, parts.paths[i]);
    conclude(survey);
    manifest_finish(&surveyor.manifest);
    part_list_finish(&parts);
    close_all(&surveyor);
}

static void finish_notes(struct survey_note *notes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        free(notes[i].path);
        free(notes[i].detail);
    }
    free(notes);
}

static void finish_case(struct survey_case *c) {
    finish_notes(c->notes, c->note_count);
    free(c->id);
    free(c->title);
    free(c->school);
    free(c->cover);
    free(c->missing);
    free(c->text);
    json_decref(c->low);
    json_decref(c->absent);
    json_decref(c->masked);
    json_decref(c->captions);
}

void survey_finish(struct survey *survey) {
    for (size_t i = 0; i < survey->count; i++)
        finish_case(survey->cases + i);
    for (size_t i = 0; i < survey->part_count; i++)
        free(survey->parts[i].path);
    finish_notes(survey->notes, survey->note_count);
    free(survey->cases);
    free(survey->parts);
    free(survey->path);
    *survey = (struct survey){0};
}
