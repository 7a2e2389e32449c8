#include "ingest/document_answer.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/zip_name.h"

static const char *const reasons[] = {
#define R(name, zh, en) zh " (" en ")",
    DOCUMENT_REASONS(R)
#undef R
};

enum document_step document_fail(struct document_answer *answer, enum reject reject,
                                 const char *detail) {
    free(answer->detail);
    answer->refused = true;
    answer->reject = reject;
    answer->detail = xstrdup(detail);
    return DOCUMENT_FAILED;
}

enum document_step document_fail_answer(struct document_answer *answer) {
    return document_fail(answer, answer->fault,
                         "处理程序的回答无效 (invalid answer of the helper)");
}

char *document_read(struct document_answer *answer, size_t size) {
    char *bytes = malloc(size + 1);
    if (!bytes) {
        document_fail(answer, answer->fault, reasons[DOCUMENT_NO_MEMORY]);
        return NULL;
    }
    bytes[size] = '\0';
    if (nursery_read(answer->nursery, bytes, size))
        return bytes;
    free(bytes);
    return NULL;
}

enum document_step document_fail_refused(struct document_answer *answer,
                                         const struct document_record *record) {
    if (record->reason == DOCUMENT_GOOD || record->reason >= DOCUMENT_REASON_COUNT ||
        record->size > DOCUMENT_NAME_BYTES)
        return document_fail_answer(answer);
    if (record->size == 0)
        return document_fail(answer, answer->fault, reasons[record->reason]);
    char *raw = document_read(answer, record->size);
    if (!raw)
        return DOCUMENT_FAILED;
    char *name = zip_name_printable(raw, record->size);
    char *detail = xasprintf("%s: %s", name, reasons[record->reason]);
    document_fail(answer, answer->fault, detail);
    free(detail);
    free(name);
    free(raw);
    return DOCUMENT_FAILED;
}

/* The child stopped in the middle of its answer. */
static void explain_end(struct document_answer *answer, struct nursery_end end) {
    bool exited = end.kind == NURSERY_EXITED;
    if (exited && end.value == NURSERY_EXIT_NO_JAIL) {
        log_error("文档程序无法隔离，文件未读取 (the document helper cannot be jailed; no file is "
                  "read)");
        document_fail(answer, REJECT_HELPER, "无法隔离 (cannot be jailed)");
    } else if (end.kind == NURSERY_NO_CHILD) {
        log_error("文档程序无法工作 (the document helper cannot fork): %s", strerror(end.value));
        document_fail(answer, REJECT_HELPER, strerror(end.value));
    } else if (end.kind == NURSERY_HELPER_DIED) {
        document_fail(answer, REJECT_HELPER, "意外退出 (ended unexpectedly)");
    } else if (end.kind == NURSERY_TOO_SLOW) {
        document_fail(answer, answer->fault, "处理超时 (it took too long)");
    } else if (exited && end.value == NURSERY_EXIT_NO_MEMORY) {
        document_fail(answer, answer->fault, reasons[DOCUMENT_NO_MEMORY]);
    } else {
        document_fail(answer, answer->fault, "内容异常，处理程序中止 (it crashed its reader)");
    }
}

static bool ask_once(struct document_answer *answer, const struct nursery_job *job, int source,
                     document_on_record *on_record, void *user) {
    enum document_step step = DOCUMENT_MORE;
    struct document_record record;
    if (!nursery_start(answer->nursery, job, source)) {
        document_fail(answer, REJECT_HELPER, "无法启动 (cannot be started)");
        return false;
    }
    while (step == DOCUMENT_MORE && nursery_read(answer->nursery, &record, sizeof record)) {
        answer->begun = true;
        step = record.kind == DOCUMENT_RECORD_REFUSED ? document_fail_refused(answer, &record)
                                                      : on_record(user, &record);
    }
    struct nursery_end end =
        nursery_finish(answer->nursery, step != DOCUMENT_DONE && answer->refused);
    if (step != DOCUMENT_DONE && !answer->refused)
        explain_end(answer, end);
    return step == DOCUMENT_DONE;
}

bool document_ask(struct document_answer *answer, const struct nursery_job *job, int source,
                  document_on_record *on_record, void *user) {
    if (ask_once(answer, job, source, on_record, user))
        return true;
    if (answer->reject != REJECT_HELPER || answer->begun)
        return false;
    free(answer->detail);
    answer->detail = NULL;
    answer->refused = false;
    return ask_once(answer, job, source, on_record, user);
}
