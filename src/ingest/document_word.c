#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/document.h"
#include "ingest/document_answer.h"
#include "ingest/docx.h"
#include "ingest/text.h"

/* Limits, each with its reason. */
#define WORD_SECONDS   60   /* a file of 500 MB from a slow stick */
#define WORD_MEMORY_MB 384  /* the tree of 16 MiB of XML takes 250 */
#define PLACES_MOST    1000 /* as the helper has it */

struct reading {
    struct document_answer answer;
    struct docx_lines lines;
    const char *folder, *prefix;
    char *paths[DOCUMENT_PICTURES]; /* of files that came whole */
    size_t bytes;                   /* of text */
    /* the file that is being written: */
    int file; /* -1: none */
    size_t number;
    uint64_t left;
    char *path; /* owned */
};

/* ---- lines */

/* 　 within a line stays (tidy.h), so white space is only trimmed. */
static char *normalise_line(const char *raw) {
    char *normal = text_normalise(raw);
    char *line = text_paragraphs(normal);
    free(normal);
    return line;
}

/* A row's parts are normalised one by one: what parts them is a control character. */
static char *normalise_row(const char *raw) {
    static const char parting[] = {DOCUMENT_CELL, DOCUMENT_BREAK, '\0'};
    struct str out = {0};
    while (*raw) {
        size_t size = strcspn(raw, parting);
        char *part = xstrndup(raw, size);
        char *line = normalise_line(part);
        str_add(&out, line);
        if (raw[size])
            str_add_char(&out, raw[size]);
        raw += size + (raw[size] != '\0');
        free(line);
        free(part);
    }
    return str_take(&out);
}

static enum document_step take_line(struct reading *reading, const struct document_record *record) {
    struct docx_lines *lines = &reading->lines;
    reading->bytes += record->size;
    if (lines->count == DOCUMENT_WORD_LINES || record->size == 0 ||
        reading->bytes > DOCUMENT_WORD_TEXT_BYTES || record->role >= DOCUMENT_ROLE_COUNT)
        return document_fail_answer(&reading->answer);
    char *raw = document_read(&reading->answer, record->size);
    if (!raw)
        return DOCUMENT_FAILED;
    bool row = record->role == DOCUMENT_ROW;
    if ((lines->count & (lines->count + 1)) == 0) /* at 0, 1, 3, 7 …: room for twice */
        lines->lines = xrealloc(lines->lines, lines->count * 2 + 1, sizeof *lines->lines);
    struct docx_line *line = lines->lines + lines->count;
    *line = (struct docx_line){.role = (enum document_role)record->role,
                               .centred = record->centred != 0,
                               .first = record->first != 0,
                               .points = (int)(record->points & 0xFFF),
                               .text = row ? normalise_row(raw) : normalise_line(raw)};
    if (*line->text)
        lines->count++;
    else
        free(line->text);
    free(raw);
    return DOCUMENT_MORE;
}

/* ---- pictures */

static bool crop_is_sane(const int32_t crop[4]) {
    for (int i = 0; i < 4; i++)
        if (crop[i] < 0 || crop[i] > 100000)
            return false;
    return crop[0] + crop[2] < 100000 && crop[1] + crop[3] < 100000;
}

static enum document_step take_place(struct reading *reading,
                                     const struct document_record *record) {
    struct docx_lines *lines = &reading->lines;
    if (lines->place_count == PLACES_MOST || record->number >= DOCUMENT_PICTURES ||
        record->size >= DOCUMENT_ALT_BYTES || !crop_is_sane(record->crop))
        return document_fail_answer(&reading->answer);
    char *alt = document_read(&reading->answer, record->size);
    if (!alt)
        return DOCUMENT_FAILED;
    lines->places = xrealloc(lines->places, lines->place_count + 1, sizeof *lines->places);
    struct docx_place *place = lines->places + lines->place_count++;
    *place = (struct docx_place){
        .line = lines->count, .number = record->number, .alt = text_normalise_line(alt)};
    memcpy(place->crop, record->crop, sizeof place->crop);
    free(alt);
    return DOCUMENT_MORE;
}

static enum document_step fail_writing(struct reading *reading) {
    int error = errno;
    log_error("%s: 写入失败 (writing failed): %s", reading->path, strerror(error));
    return document_fail(&reading->answer, error == ENOSPC ? REJECT_NO_SPACE : REJECT_DISK,
                         strerror(error));
}

static enum document_step take_entry(struct reading *reading,
                                     const struct document_record *record) {
    if (reading->file >= 0 || record->number >= DOCUMENT_PICTURES ||
        reading->paths[record->number] || record->whole > DOCUMENT_IMAGE_BYTES)
        return document_fail_answer(&reading->answer);
    free(reading->path);
    reading->path = xasprintf("%s/%s%03u", reading->folder, reading->prefix, record->number + 1);
    reading->file = open(reading->path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    reading->number = record->number;
    reading->left = record->whole;
    return reading->file < 0 ? fail_writing(reading) : DOCUMENT_MORE;
}

static enum document_step take_data(struct reading *reading, const struct document_record *record) {
    if (reading->file < 0 || record->size > DOCUMENT_DATA_BYTES || record->size > reading->left)
        return document_fail_answer(&reading->answer);
    char *bytes = document_read(&reading->answer, record->size);
    if (!bytes)
        return DOCUMENT_FAILED;
    bool written = write_all(reading->file, bytes, record->size);
    reading->left -= record->size;
    enum document_step step = written ? DOCUMENT_MORE : fail_writing(reading);
    free(bytes);
    return step;
}

static enum document_step take_good(struct reading *reading) {
    if (reading->file < 0 || reading->left)
        return document_fail_answer(&reading->answer);
    close(reading->file);
    reading->file = -1;
    reading->paths[reading->number] = reading->path;
    reading->path = NULL;
    return DOCUMENT_MORE;
}

static enum document_step on_record(void *user, const struct document_record *record) {
    struct reading *reading = user;
    switch (record->kind) {
    case DOCUMENT_RECORD_LINE:
        return take_line(reading, record);
    case DOCUMENT_RECORD_PICTURE:
        return take_place(reading, record);
    case DOCUMENT_RECORD_ENTRY:
        return take_entry(reading, record);
    case DOCUMENT_RECORD_DATA:
        return take_data(reading, record);
    case DOCUMENT_RECORD_GOOD:
        return take_good(reading);
    case DOCUMENT_RECORD_END:
        return reading->file < 0 ? DOCUMENT_DONE : document_fail_answer(&reading->answer);
    default:
        return document_fail_answer(&reading->answer);
    }
}

/* ---- from what came to the answer */

static bool same_picture(const struct docx_place *a, const struct docx_place *b) {
    return a->number == b->number && memcmp(a->crop, b->crop, sizeof a->crop) == 0;
}

/* One that stands twice is shown once; one whose file is not there, never. */
static bool is_shown(const struct reading *reading, size_t place) {
    const struct docx_place *places = reading->lines.places;
    if (!reading->paths[places[place].number])
        return false;
    for (size_t i = 0; i < place; i++)
        if (same_picture(places + i, places + place))
            return false;
    return true;
}

static void give_paths(const struct reading *reading, struct docx_text *text) {
    size_t kept = 0;
    for (size_t i = 0; i < text->picture_count; i++) {
        struct docx_picture *picture = text->pictures + i;
        if (is_shown(reading, i)) {
            picture->path = xstrdup(reading->paths[reading->lines.places[i].number]);
            text->pictures[kept++] = *picture;
        } else {
            free(picture->caption);
        }
    }
    text->picture_count = kept;
}

static void finish(struct reading *reading, bool good) {
    if (reading->file >= 0)
        close(reading->file);
    if (reading->path)
        unlink(reading->path);
    free(reading->path);
    for (size_t i = 0; i < DOCUMENT_PICTURES; i++) {
        if (!good && reading->paths[i])
            unlink(reading->paths[i]);
        free(reading->paths[i]);
    }
    docx_lines_finish(&reading->lines);
}

bool document_docx(struct nursery *nursery, int source, const char *folder, const char *prefix,
                   struct docx_text *text, enum reject *reject, char **detail) {
    const struct document_request request = {.task = DOCUMENT_WORD};
    struct nursery_job job = {.seconds = WORD_SECONDS, .memory_mb = WORD_MEMORY_MB};
    struct reading *reading = xcalloc(1, sizeof *reading);
    reading->answer = (struct document_answer){.nursery = nursery, .fault = REJECT_WORD};
    reading->folder = folder;
    reading->prefix = prefix;
    reading->file = -1;
    memcpy(job.request, &request, sizeof request);
    *text = (struct docx_text){0};
    bool good = document_ask(&reading->answer, &job, source, on_record, reading);
    if (good) {
        docx_compose(&reading->lines, text);
        give_paths(reading, text);
    } else {
        *reject = reading->answer.reject;
    }
    *detail = reading->answer.detail;
    finish(reading, good);
    free(reading);
    return good;
}
