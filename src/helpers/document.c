/* document: reads zip files, HTML and Word files, one child each; started by the keeper's nursery
 */
#include <locale.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "helpers/descriptor.h"
#include "helpers/html.h"
#include "helpers/serve.h"
#include "helpers/unzip.h"
#include "helpers/word.h"
#include "ingest/bundle_name.h"

static bool send_record(int answer, struct document_record record, const void *bytes,
                        const void *more) {
    return send_all(answer, &record, sizeof record) && send_all(answer, bytes, record.size) &&
           send_all(answer, more, record.more);
}

/* What follows gives the exit status. */
static int refuse(int answer, enum document_reason reason, const struct zip_entry *entry) {
    const struct document_record record = {.kind = DOCUMENT_RECORD_REFUSED, .reason = reason};
    struct document_record named = record;
    if (entry && entry->name_size <= DOCUMENT_NAME_BYTES)
        named.size = (uint32_t)entry->name_size;
    return send_record(answer, named, entry ? entry->name : "", "") ? 0 : 1;
}

static int finish(int answer) {
    const struct document_record record = {.kind = DOCUMENT_RECORD_END};
    return send_record(answer, record, "", "") ? 0 : 1;
}

static bool on_entry(void *user, const struct zip_entry *entry) {
    const struct document_record record = {.kind = DOCUMENT_RECORD_ENTRY,
                                           .utf8 = entry->utf8,
                                           .folder = entry->folder,
                                           .size = (uint32_t)entry->name_size,
                                           .whole = entry->size};
    return send_record(*(int *)user, record, entry->name, "");
}

static bool on_data(void *user, const void *bytes, size_t size) {
    while (size > 0) {
        size_t piece = size < DOCUMENT_DATA_BYTES ? size : DOCUMENT_DATA_BYTES;
        const struct document_record record = {.kind = DOCUMENT_RECORD_DATA,
                                               .size = (uint32_t)piece};
        if (!send_record(*(int *)user, record, bytes, ""))
            return false;
        bytes = (const char *)bytes + piece;
        size -= piece;
    }
    return true;
}

static bool on_good(void *user) {
    const struct document_record record = {.kind = DOCUMENT_RECORD_GOOD};
    return send_record(*(int *)user, record, "", "");
}

/* At the top, or in one folder. */
static bool is_of_head(void *user, const struct zip_entry *entry) {
    char name[DOCUMENT_NAME_BYTES + 1];
    (void)user;
    memcpy(name, entry->name, entry->name_size);
    name[entry->name_size] = '\0';
    char *slash = strchr(name, '/');
    return bundle_name_is_head(slash ? slash + 1 : name);
}

static int work_unzip(const struct document_request *wanted, int source, int answer) {
    const struct zip_limits limits = {wanted->bytes, wanted->entry, wanted->entries};
    const struct unzip_sink sink = {.user = &answer,
                                    .on_entry = on_entry,
                                    .on_data = on_data,
                                    .on_good = on_good,
                                    .is_wanted =
                                        wanted->task == DOCUMENT_UNZIP_HEAD ? is_of_head : NULL};
    struct zip_directory directory;
    struct unzip_end end = unzip(source, &limits, &sink, &directory);
    int status = 1;
    if (end.reason != DOCUMENT_GOOD)
        status = refuse(answer, end.reason, end.culprit);
    else if (!end.stopped)
        status = finish(answer);
    zip_directory_finish(&directory);
    return status;
}

static void on_picture(void *user, const char *url, const char *alt) {
    const struct document_record record = {.kind = DOCUMENT_RECORD_PICTURE,
                                           .size = (uint32_t)strlen(url),
                                           .more = (uint32_t)strlen(alt)};
    send_record(*(int *)user, record, url, alt);
}

static int work_html(int source, int answer) {
    unsigned char *bytes = NULL;
    size_t size = 0;
    struct html_text text = {0};
    if (!read_whole(source, &bytes, &size))
        return NURSERY_EXIT_NO_MEMORY;
    bytes[size] = '\0';
    enum document_reason reason = html_read((char *)bytes, size, &text, on_picture, &answer);
    const struct document_record record = {.kind = DOCUMENT_RECORD_TEXT,
                                           .size = (uint32_t)text.out.size};
    int status = 1;
    if (reason != DOCUMENT_GOOD)
        status = refuse(answer, reason, NULL);
    else if (send_record(answer, record, str_text(&text.out), ""))
        status = finish(answer);
    html_text_finish(&text);
    free(bytes);
    return status;
}

static bool on_line(void *user, const struct word_line *line) {
    const struct document_record record = {.kind = DOCUMENT_RECORD_LINE,
                                           .size = (uint32_t)line->size,
                                           .role = line->role,
                                           .centred = line->centred,
                                           .points = (uint32_t)line->points,
                                           .first = line->first};
    return send_record(*(int *)user, record, line->text, "");
}

static bool on_place(void *user, size_t number, const char *alt, const int32_t crop[4]) {
    struct document_record record = {.kind = DOCUMENT_RECORD_PICTURE,
                                     .size = (uint32_t)utf8_cut(alt, DOCUMENT_ALT_BYTES - 1),
                                     .number = (uint32_t)number};
    memcpy(record.crop, crop, sizeof record.crop);
    return send_record(*(int *)user, record, alt, "");
}

static bool on_file(void *user, size_t number, uint64_t size) {
    const struct document_record record = {
        .kind = DOCUMENT_RECORD_ENTRY, .number = (uint32_t)number, .whole = size};
    return send_record(*(int *)user, record, "", "");
}

static int work_word(int source, int answer) {
    const struct word_output output = {.user = &answer,
                                       .on_line = on_line,
                                       .on_picture = on_place,
                                       .on_file = on_file,
                                       .on_data = on_data,
                                       .on_good = on_good};
    struct word_end end = word_read(source, &output);
    if (end.stopped)
        return 1;
    return end.reason == DOCUMENT_GOOD ? finish(answer) : refuse(answer, end.reason, NULL);
}

static int work(const unsigned char request[NURSERY_REQUEST_SIZE], int source, int answer) {
    struct document_request wanted;
    memcpy(&wanted, request, sizeof wanted);
    switch (wanted.task) {
    case DOCUMENT_HTML:
        return work_html(source, answer);
    case DOCUMENT_WORD:
        return work_word(source, answer);
    default:
        return work_unzip(&wanted, source, answer);
    }
}

int main(void) {
    log_init("document", false);
    mallopt(M_ARENA_MAX, 1); /* each further one takes 64 MiB of the child's address space */
    setenv("TZ", "UTC0", 1); /* or libarchive looks for the time zone's file */
    tzset();
    setlocale(LC_CTYPE, "C.UTF-8"); /* or libarchive has no place for names in UTF-8 */
    html_init();
    word_init();
    return serve(work, false);
}
