#include "ingest/document.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "ingest/document_answer.h"
#include "ingest/text.h"

/* Limits, each with its reason. */
#define HTML_SECONDS   10  /* 16 MiB take half a second */
#define HTML_MEMORY_MB 128 /* the source, a copy of it, and the text */

static_assert(sizeof(struct document_request) <= NURSERY_REQUEST_SIZE, "a request must fit");

struct reading {
    struct document_answer answer;
    struct document_text *text;
};

static enum document_step take_text(struct reading *reading, const struct document_record *record) {
    if (reading->text->text || record->size > DOCUMENT_TEXT_BYTES)
        return document_fail_answer(&reading->answer);
    char *raw = document_read(&reading->answer, record->size);
    if (!raw)
        return DOCUMENT_FAILED;
    char *normal = text_normalise(raw);
    reading->text->text = text_paragraphs(normal);
    free(normal);
    free(raw);
    return DOCUMENT_MORE;
}

/* An address is visible ASCII or letters of others: no white space, no controls. */
static bool is_address(const char *url) {
    for (const char *at = url; *at; at++)
        if ((unsigned char)*at <= ' ' || *at == 0x7F)
            return false;
    return text_valid(url);
}

static enum document_step take_picture(struct reading *reading,
                                       const struct document_record *record) {
    struct document_text *text = reading->text;
    if (text->picture_count == DOCUMENT_PICTURES || record->size == 0 ||
        record->size >= DOCUMENT_URL_BYTES || record->more >= DOCUMENT_ALT_BYTES)
        return document_fail_answer(&reading->answer);
    char *url = document_read(&reading->answer, record->size);
    char *alt = url ? document_read(&reading->answer, record->more) : NULL;
    if (!alt) {
        free(url);
        return DOCUMENT_FAILED;
    }
    if (is_address(url)) {
        text->pictures = xrealloc(text->pictures, text->picture_count + 1, sizeof *text->pictures);
        text->pictures[text->picture_count++] =
            (struct document_picture){xstrdup(url), text_normalise_line(alt)};
    }
    free(url);
    free(alt);
    return DOCUMENT_MORE;
}

static enum document_step on_record(void *user, const struct document_record *record) {
    struct reading *reading = user;
    if (record->kind == DOCUMENT_RECORD_TEXT)
        return take_text(reading, record);
    if (record->kind == DOCUMENT_RECORD_PICTURE)
        return take_picture(reading, record);
    if (record->kind == DOCUMENT_RECORD_END && reading->text->text)
        return DOCUMENT_DONE;
    return document_fail_answer(&reading->answer);
}

/* The HTML as a file without a name; -1: reported. */
static int as_file(const char *html, size_t size) {
    int fd = memfd_create("html", MFD_CLOEXEC);
    if (fd >= 0 && write_all(fd, html, size))
        return fd;
    log_error("无法交出网页正文 (HTML cannot be handed on): %s", strerror(errno));
    if (fd >= 0)
        close(fd);
    return -1;
}

bool document_html(struct nursery *nursery, const char *html, size_t size,
                   struct document_text *text, enum reject *reject, char **detail) {
    const struct document_request request = {.task = DOCUMENT_HTML};
    struct nursery_job job = {.seconds = HTML_SECONDS, .memory_mb = HTML_MEMORY_MB};
    struct reading reading = {{.nursery = nursery, .fault = REJECT_HTML}, text};
    memcpy(job.request, &request, sizeof request);
    *text = (struct document_text){0};
    int source = size <= DOCUMENT_HTML_BYTES ? as_file(html, size) : -1;
    bool good = source >= 0 && document_ask(&reading.answer, &job, source, on_record, &reading);
    if (source >= 0)
        close(source);
    else if (size > DOCUMENT_HTML_BYTES)
        document_fail(&reading.answer, REJECT_HTML, "文字太长 (its text is too long)");
    else
        document_fail(&reading.answer, REJECT_HELPER, "无法交给任务 (cannot be given a job)");
    if (!good) {
        document_text_finish(text);
        *reject = reading.answer.reject;
    }
    *detail = reading.answer.detail;
    return good;
}

void document_text_finish(struct document_text *text) {
    for (size_t i = 0; i < text->picture_count; i++) {
        free(text->pictures[i].url);
        free(text->pictures[i].alt);
    }
    free(text->pictures);
    free(text->text);
    *text = (struct document_text){0};
}
