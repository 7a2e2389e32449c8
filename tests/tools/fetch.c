/* fetch: src/ingest/fetch.h from outside
 *
 * usage: fetch HELPERS [--ca FILE] [--idle SECONDS] [--slow SECONDS] [--stop-after BYTES]
 * Each line of stdin is an array of jobs, which go into one call of fetch_run:
 *     [{"url": "…", "path": "…", "limit": 1000, "expected": 5, "sha256": "…", "etag": "…",
 *       "last_modified": "…", "past_caches": true}]
 * and for each line one is printed: an array of what became of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/option.h"
#include "ingest/fetch.h"

struct values {
    const char *ca;
    int idle, slow, stop_after;
};

static const struct option options[] = {
    {"ca", OPTION_TEXT, "FILE", offsetof(struct values, ca), "", "", NULL},
    {"idle", OPTION_NUMBER, "N", offsetof(struct values, idle), "", "", NULL},
    {"slow", OPTION_NUMBER, "N", offsetof(struct values, slow), "", "", NULL},
    {"stop-after", OPTION_NUMBER, "N", offsetof(struct values, stop_after), "", "", NULL},
    {0},
};

struct count {
    int64_t bytes, stop_after;
};

static bool on_bytes(void *user, int64_t bytes) {
    struct count *count = user;
    count->bytes += bytes;
    return !count->stop_after || count->bytes < count->stop_after;
}

static const char *text(const json_t *of, const char *name) {
    return json_string_value(json_object_get(of, name));
}

/* hash is where the job's hash may lie. */
static struct fetch_job job_of(const json_t *of, struct hash *hash) {
    const json_t *limit = json_object_get(of, "limit"), *expected = json_object_get(of, "expected");
    const char *hex = text(of, "sha256");
    return (struct fetch_job){
        .url = text(of, "url"),
        .path = text(of, "path"),
        .limit = limit ? (uint64_t)json_integer_value(limit) : 1u << 30,
        .expected = expected ? json_integer_value(expected) : -1,
        .hash = hex && hash_parse(hex, hash) ? hash : NULL,
        .etag = text(of, "etag"),
        .last_modified = text(of, "last_modified"),
        .past_caches = json_is_true(json_object_get(of, "past_caches")),
    };
}

static json_t *result_of(const struct fetch_job *job) {
    static const char *const outcomes[] = {[FETCH_DONE] = "done",
                                           [FETCH_UNCHANGED] = "unchanged",
                                           [FETCH_REFUSED] = "refused",
                                           [FETCH_FAILED] = "failed",
                                           [FETCH_STOPPED] = "stopped"};
    bool why = job->outcome == FETCH_REFUSED || job->outcome == FETCH_FAILED;
    char hex[HASH_HEX_SIZE] = "";
    if (job->bytes)
        hash_hex(hash_of(job->bytes, job->size), hex);
    return json_pack("{s:s, s:s?, s:s?, s:I, s:I, s:s, s:s?, s:s?, s:s?, s:I}", "outcome",
                     outcomes[job->outcome], "reject", why ? reject_code(job->reject) : NULL,
                     "detail", job->detail, "status", (json_int_t)job->status, "size",
                     (json_int_t)job->size, "sha256", hex, "etag", job->new_etag, "last_modified",
                     job->new_last_modified, "final_url", job->final_url, "received",
                     (json_int_t)job->received);
}

static void run_line(struct fetch *fetch, const json_t *line, struct count *count) {
    size_t jobs_count = json_array_size(line);
    struct fetch_job *jobs = xcalloc(jobs_count + 1, sizeof *jobs);
    struct hash *hashes = xcalloc(jobs_count + 1, sizeof *hashes);
    json_t *results = json_array();
    for (size_t i = 0; i < jobs_count; i++)
        jobs[i] = job_of(json_array_get(line, i), hashes + i);
    fetch_run(fetch, jobs, jobs_count, on_bytes, count);
    for (size_t i = 0; i < jobs_count; i++) {
        json_array_append_new(results, result_of(jobs + i));
        fetch_job_finish(jobs + i);
    }
    json_dumpf(results, stdout, JSON_COMPACT);
    putchar('\n');
    fflush(stdout);
    json_decref(results);
    free(hashes);
    free(jobs);
}

int main(int argc, char **argv) {
    struct values values = {0};
    const struct option_set set = {options, &values};
    int words = argc - 1;
    log_init("fetch", false);
    if (sodium_init() < 0 || !options_parse(&set, 1, &words, argv + 1) || words != 1)
        return 2;
    struct fetch *fetch = fetch_create(&(struct fetch_options){.helpers = argv[1],
                                                               .idle_seconds = values.idle,
                                                               .slow_seconds = values.slow,
                                                               .ca_file = values.ca});
    struct count count = {.stop_after = values.stop_after};
    char *line = NULL;
    size_t capacity = 0;
    while (getline(&line, &capacity, stdin) > 0) {
        json_t *jobs = json_loads(line, 0, NULL);
        run_line(fetch, jobs, &count);
        json_decref(jobs);
    }
    free(line);
    fetch_destroy(fetch);
    return 0;
}
