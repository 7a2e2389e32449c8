#include "ingest/fetch.h"

#include <dlfcn.h>
#include <stdlib.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"
#include "ingest/fetch_transfer.h"

#define MODULE       "fetch.so"
#define TICK_MS      200 /* on_bytes is asked at least so often */
#define IDLE_SECONDS 30  /* a Wi-Fi that roams is back by then */
#define SLOW_SECONDS 60
#define SLOW_BYTES   1024 /* a second; below it somebody holds the line on purpose */
#define SIDE_BY_SIDE 4    /* more do not fill a line better, and one server has many screens */
#define MAX_SIDE     16

struct fetch {
    const struct wire_table *table; /* NULL: the module is not there */
    struct wire *wire;
    int idle_seconds, slow_seconds;
    size_t side_by_side;
    struct transfer transfers[MAX_SIDE];
};

/* Where a call stands. */
struct run {
    struct fetch *fetch;
    struct fetch_job *jobs;
    size_t count, next; /* jobs before next were begun */
};

static const struct wire_table *load(const char *helpers) {
    char *path = path_join(helpers, MODULE, NULL);
    void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    const struct wire_table *table = module ? dlsym(module, WIRE_SYMBOL) : NULL;
    if (!table)
        log_error("%s: 无法装载 (cannot be loaded): %s", path, dlerror());
    if (table && table->version != WIRE_VERSION) {
        log_error("%s: 版本 %d，应为 %d (another version)", path, table->version, WIRE_VERSION);
        table = NULL;
    }
    free(path);
    return table;
}

static int or_else(int value, int fallback) {
    return value > 0 ? value : fallback;
}

struct fetch *fetch_create(const struct fetch_options *options) {
    struct fetch *fetch = xcalloc(1, sizeof *fetch);
    int side = or_else(options->side_by_side, SIDE_BY_SIDE);
    fetch->side_by_side = side < MAX_SIDE ? (size_t)side : MAX_SIDE;
    fetch->idle_seconds = or_else(options->idle_seconds, IDLE_SECONDS);
    fetch->slow_seconds = or_else(options->slow_seconds, SLOW_SECONDS);
    fetch->table = load(options->helpers);
    const struct wire_options wire = {
        .per_host = (int)fetch->side_by_side,
        .ca_file = text_empty(options->ca_file) ? NULL : options->ca_file,
        .agent = options->agent ? options->agent : "fengcai/" FENGCAI_VERSION};
    fetch->wire = fetch->table ? fetch->table->create(&wire) : NULL;
    if (fetch->table && !fetch->wire)
        log_error("libcurl: 初始化失败 (initialisation failed)");
    return fetch;
}

void fetch_destroy(struct fetch *fetch) {
    if (fetch && fetch->wire)
        fetch->table->destroy(fetch->wire);
    free(fetch);
}

void fetch_job_finish(struct fetch_job *job) {
    char **all[] = {&job->detail, &job->bytes, &job->new_etag, &job->new_last_modified,
                    &job->final_url};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        free(*all[i]);
        *all[i] = NULL;
    }
}

static void clear(struct fetch_job *job) {
    job->outcome = FETCH_STOPPED;
    job->reject = 0;
    job->status = 0;
    job->size = 0;
    job->received = 0;
    job->detail = job->bytes = job->new_etag = job->new_last_modified = job->final_url = NULL;
}

/* Begins jobs until one needs the network; false: none is left. */
static bool fill(struct run *run, struct transfer *transfer) {
    struct fetch *fetch = run->fetch;
    while (run->next < run->count)
        if (transfer_start(transfer, run->jobs + run->next++) &&
            transfer_ask(transfer, fetch->table, fetch->wire))
            return true;
    return false;
}

static size_t fill_all(struct run *run) {
    size_t busy = 0;
    for (size_t i = 0; i < run->fetch->side_by_side; i++) {
        struct transfer *transfer = run->fetch->transfers + i;
        busy += transfer->job || fill(run, transfer);
    }
    return busy;
}

static void settle_all(struct fetch *fetch) {
    struct wire_end end;
    while (fetch->table->next_end(fetch->wire, &end))
        if (transfer_settle(end.user, &end) != TRANSFER_OVER)
            transfer_ask(end.user, fetch->table, fetch->wire);
}

static bool is_late(const struct fetch *fetch, struct transfer *transfer, int64_t now_us) {
    if (now_us - transfer->byte_us >= fetch->idle_seconds * INT64_C(1000000))
        return true;
    if (now_us - transfer->window_us < fetch->slow_seconds * INT64_C(1000000))
        return false;
    bool slow = transfer->window_bytes < (uint64_t)fetch->slow_seconds * SLOW_BYTES;
    transfer->window_us = now_us;
    transfer->window_bytes = 0;
    return slow;
}

static void end_late(struct fetch *fetch) {
    int64_t now_us = time_monotonic_us();
    for (size_t i = 0; i < fetch->side_by_side; i++) {
        struct transfer *transfer = fetch->transfers + i;
        if (transfer->job && is_late(fetch, transfer, now_us)) {
            fetch->table->stop(fetch->wire, transfer->wire);
            transfer_time_out(transfer);
        }
    }
}

static int64_t take_came(struct fetch *fetch) {
    int64_t came = 0;
    for (size_t i = 0; i < fetch->side_by_side; i++) {
        came += fetch->transfers[i].came;
        fetch->transfers[i].came = 0;
    }
    return came;
}

static void stop_all(struct fetch *fetch) {
    for (size_t i = 0; i < fetch->side_by_side; i++) {
        struct transfer *transfer = fetch->transfers + i;
        if (transfer->job) {
            fetch->table->stop(fetch->wire, transfer->wire);
            transfer_stop(transfer);
        }
    }
}

void fetch_run(struct fetch *fetch, struct fetch_job *jobs, size_t count, fetch_on_bytes *on_bytes,
               void *user) {
    struct run run = {.fetch = fetch, .jobs = jobs, .count = count};
    for (size_t i = 0; i < count; i++)
        clear(jobs + i);
    for (size_t i = 0; !fetch->wire && i < count; i++) {
        jobs[i].outcome = FETCH_FAILED;
        jobs[i].reject = REJECT_NETWORK_MODULE;
    }
    bool go_on = fetch->wire;
    while (go_on && fill_all(&run)) {
        fetch->table->work(fetch->wire, TICK_MS);
        int64_t came = take_came(fetch);
        settle_all(fetch);
        end_late(fetch);
        go_on = (!on_bytes || on_bytes(user, came)) && !fs_sync_has_failed();
    }
    if (fetch->wire)
        stop_all(fetch);
}
