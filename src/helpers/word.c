#include "helpers/word.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>

#include "base/memory.h"
#include "helpers/descriptor.h"

#define MAX_OFTEN 1000 /* places at which pictures stand: a mark before each line is no picture */

struct reading {
    int source;
    const struct word_output *output;
    struct word_parts parts;
    char **files; /* parts that are pictures, in order of first mention */
    size_t file_count, places;
    size_t number; /* of the file that is being sent */
    bool stopped;
};

static void swallow(void *user, const char *format, ...) {
    (void)user;
    (void)format;
}

void word_init(void) {
    xmlInitParser();
    xmlSetGenericErrorFunc(NULL, swallow);
}

/* What Word writes with a password and what it wrote before 2007 (MS-CFB, 2.2). */
static bool is_old(int source) {
    static const unsigned char mark[] = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};
    unsigned char bytes[sizeof mark];
    return read_at(source, bytes, sizeof bytes, 0) && memcmp(bytes, mark, sizeof mark) == 0;
}

/* ---- text */

static bool on_line(void *user, const struct word_line *line) {
    struct reading *reading = user;
    reading->stopped = !reading->output->on_line(reading->output->user, line);
    return !reading->stopped;
}

static size_t number_of(struct reading *reading, const char *part) {
    for (size_t i = 0; i < reading->file_count; i++)
        if (strcmp(reading->files[i], part) == 0)
            return i;
    if (reading->file_count < DOCUMENT_PICTURES)
        reading->files[reading->file_count] = xstrdup(part);
    return reading->file_count < DOCUMENT_PICTURES ? reading->file_count++ : DOCUMENT_PICTURES;
}

static bool on_picture(void *user, const char *part, const char *alt, const int32_t crop[4]) {
    struct reading *reading = user;
    size_t number = number_of(reading, part);
    if (number == DOCUMENT_PICTURES || reading->places == MAX_OFTEN)
        return true;
    reading->places++;
    reading->stopped = !reading->output->on_picture(reading->output->user, number, alt, crop);
    return !reading->stopped;
}

/* A part that the file does without: what is broken in it costs marks and sizes, not the text. */
static xmlDocPtr read_side(struct reading *reading, const char *type) {
    const char *name = relations_target(&reading->parts.relations, type);
    xmlDocPtr tree = NULL;
    if (name)
        package_read(reading->source, name, &tree);
    return tree;
}

static enum document_reason read_text(struct reading *reading, const char *name) {
    const struct word_sink sink = {reading, on_line, on_picture};
    xmlDocPtr tree = NULL;
    enum document_reason reason = package_read(reading->source, name, &tree);
    if (reason == DOCUMENT_GOOD)
        reason = package_relations(reading->source, name, &reading->parts.relations);
    if (reason == DOCUMENT_GOOD) {
        word_styles_init(&reading->parts.styles, read_side(reading, "styles"));
        word_lists_init(&reading->parts.lists, read_side(reading, "numbering"));
        reason = word_text_read(xmlDocGetRootElement(tree), &reading->parts, &sink);
    }
    xmlFreeDoc(tree);
    return reason;
}

static enum document_reason read_document(struct reading *reading) {
    struct relations relations;
    enum document_reason reason = package_relations(reading->source, "", &relations);
    const char *name = relations_target(&relations, "officeDocument");
    if (reason == DOCUMENT_GOOD)
        reason = read_text(reading, name ? name : "word/document.xml");
    relations_finish(&relations);
    return reason;
}

/* ---- the files of its pictures */

static size_t find_file(const struct reading *reading, const struct zip_entry *entry) {
    size_t i = 0;
    while (i < reading->file_count && !package_same_name(entry, reading->files[i]))
        i++;
    return i;
}

static bool is_wanted(void *user, const struct zip_entry *entry) {
    const struct reading *reading = user;
    return !entry->folder && entry->size > 0 && find_file(reading, entry) < reading->file_count;
}

static bool on_entry(void *user, const struct zip_entry *entry) {
    struct reading *reading = user;
    reading->number = find_file(reading, entry);
    return reading->output->on_file(reading->output->user, reading->number, entry->size);
}

static bool on_data(void *user, const void *bytes, size_t size) {
    const struct reading *reading = user;
    return reading->output->on_data(reading->output->user, bytes, size);
}

static bool on_good(void *user) {
    const struct reading *reading = user;
    return reading->output->on_good(reading->output->user);
}

static struct word_end send_files(struct reading *reading) {
    const struct unzip_sink sink = {.user = reading,
                                    .on_entry = on_entry,
                                    .on_data = on_data,
                                    .on_good = on_good,
                                    .is_wanted = is_wanted};
    struct zip_directory directory;
    struct unzip_end end = unzip(reading->source, &package_limits, &sink, &directory);
    zip_directory_finish(&directory);
    return (struct word_end){end.reason, end.stopped};
}

static void finish(struct reading *reading) {
    word_lists_finish(&reading->parts.lists);
    word_styles_finish(&reading->parts.styles);
    relations_finish(&reading->parts.relations);
    for (size_t i = 0; i < reading->file_count; i++)
        free(reading->files[i]);
    free(reading->files);
}

struct word_end word_read(int source, const struct word_output *output) {
    struct reading reading = {.source = source, .output = output};
    if (is_old(source))
        return (struct word_end){.reason = DOCUMENT_OLD_WORD};
    reading.files = xcalloc(DOCUMENT_PICTURES, sizeof *reading.files);
    struct word_end end = {.reason = read_document(&reading)};
    end.stopped = reading.stopped;
    if (end.reason == DOCUMENT_GOOD && !end.stopped && reading.file_count > 0)
        end = send_files(&reading);
    finish(&reading);
    return end;
}
