#include "command/errand.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/live.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/priority.h"
#include "base/str.h"
#include "command/meter.h"
#include "display/theme.h"
#include "ingest/errands.h"
#include "ingest/import.h"
#include "library/ledger.h"

#define ASK_EVERY_NS 100000000L

static bool on_progress(void *user, const struct import_progress *progress) {
    meter_show(user, progress);
    return true;
}

static json_t *do_it(struct context *context, const struct request *request, struct meter *meter,
                     int *code) {
    enum db_result result = DB_DONE;
    priority_lower(); /* a display may be running */
    theme_fill_fonts(&context->config, context->paths.data);
    struct door *door = door_open(&context->paths, &context->config, &result);
    if (!door) {
        *code = EXIT_LIBRARY;
        return NULL;
    }
    door_watch(door, on_progress, meter);
    json_t *receipt = errand_do(door, request);
    door_close(door);
    if (!receipt)
        *code = EXIT_LIBRARY;
    return receipt;
}

static json_t *find_receipt(const struct paths *paths, const char *id) {
    char *text = NULL;
    struct ledger *ledger = ledger_open(paths->ledger, DB_READ_WAITING, NULL);
    if (ledger)
        ledger_find_request(ledger, id, &text);
    ledger_close(ledger);
    json_t *receipt = text ? json_loads(text, 0, NULL) : NULL;
    free(text);
    return receipt;
}

static void show_keeper(const struct paths *paths, const char *id, struct meter *meter) {
    json_t *live = live_load(paths->keeper_live);
    const char *request = json_string_value(json_object_get(live, "request"));
    json_int_t files_done = 0, files = 0, bytes_done = 0, bytes = 0;
    const char *doing = "";
    if (request && strcmp(request, id) == 0 &&
        json_unpack(json_object_get(live, "progress"), "{s:I, s:I, s:I, s:I, s:s}", "files_done",
                    &files_done, "files", &files, "bytes_done", &bytes_done, "bytes", &bytes,
                    "doing", &doing) == 0) {
        struct import_progress progress = {.files_done = files_done,
                                           .files = files,
                                           .bytes_done = bytes_done,
                                           .bytes = bytes,
                                           .doing = doing};
        meter_show(meter, &progress);
    }
    json_decref(live);
}

/* Somebody else holds the lock: asks, and waits for the receipt or for the lock. */
static json_t *ask(struct context *context, const struct request *request, struct meter *meter,
                   int *code) {
    const struct paths *paths = &context->paths;
    if (!request_save(paths, request))
        return NULL;
    for (;;) {
        bool waiting = request_waits(paths, request);
        json_t *receipt = waiting ? NULL : find_receipt(paths, request->id);
        if (receipt)
            return receipt;
        if (!waiting) {
            log_error("keeper: 未能完成，原因见它的日志 (it failed, its log says why)");
            return NULL;
        }
        show_keeper(paths, request->id, meter);
        bool held = false;
        int lock = fs_lock(paths->lock, &held);
        if (lock >= 0) {
            request_drop(paths, request);
            receipt = find_receipt(paths, request->id);
            if (!receipt)
                receipt = do_it(context, request, meter, code);
            close(lock);
            return receipt;
        }
        if (!held)
            return NULL;
        nanosleep(&(struct timespec){.tv_nsec = ASK_EVERY_NS}, NULL);
    }
}

json_t *errand_run(struct context *context, enum request_kind kind, char *const *words,
                   size_t count, int *code) {
    struct meter meter;
    struct request request;
    json_t *receipt = NULL;
    *code = EXIT_FAILED;
    meter_init(&meter);
    if (!paths_make(&context->paths))
        return NULL;
    request_init(&request, kind, words, count);
    bool held = false;
    int lock = fs_lock(context->paths.lock, &held);
    if (lock >= 0) {
        receipt = do_it(context, &request, &meter, code);
        close(lock);
    } else if (held) {
        receipt = ask(context, &request, &meter, code);
    }
    meter_clear(&meter);
    request_finish(&request);
    return receipt;
}

void errand_print_json(const json_t *receipt) {
    json_dumpf(receipt, stdout, JSON_INDENT(1));
    putchar('\n');
}

static void report_ambiguous(const json_t *entry) {
    size_t i = 0;
    json_t *id = NULL;
    struct str list = {0};
    json_array_foreach(json_object_get(entry, "candidates"), i, id) {
        str_addf(&list, "\n  %s", json_string_value(id));
    }
    log_error("%s: 不止一个案例用这个编号，请写全 (several cases have this id, give one whole):%s",
              json_string_value(json_object_get(entry, "id")), str_text(&list));
    str_finish(&list);
}

int errand_report_ids(const json_t *receipt, const char *missing) {
    int code = EXIT_DONE;
    size_t i = 0;
    json_t *entry = NULL;
    json_array_foreach(json_object_get(receipt, "missing"), i, entry) {
        log_error("%s: %s", json_string_value(entry), missing);
        code = EXIT_FAILED;
    }
    json_array_foreach(json_object_get(receipt, "ambiguous"), i, entry) {
        report_ambiguous(entry);
        code = EXIT_FAILED;
    }
    return code;
}
