#include "ingest/fetch_transfer.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/time.h"
#include "ingest/fetch_url.h"

#define MAX_CUTS    3 /* resumed at once; then the next poll goes on */
#define MAX_ANEW    1 /* a cache may hold an old file; a second wrong one is the server's */
#define MAX_HEADERS 8 /* that we send */

static uint64_t size_of(const struct transfer *transfer) {
    return transfer->job->path ? transfer->part.size : transfer->body.size;
}

static struct hash hash_so_far(const struct transfer *transfer) {
    struct hash_state copy = transfer->job->path ? transfer->part.hash : transfer->hash;
    return hash_end(&copy);
}

static bool body_fits(const struct transfer *transfer) {
    const struct fetch_job *job = transfer->job;
    return (job->expected < 0 || size_of(transfer) == (uint64_t)job->expected) &&
           (!job->hash || hash_equal(hash_so_far(transfer), *job->hash));
}

static void set_text(char **text, const char *value) {
    free(*text);
    *text = xstrdup(value);
}

/* Takes detail. */
static void set_outcome(struct fetch_job *job, enum fetch_outcome outcome, enum reject reject,
                        char *detail) {
    free(job->detail);
    job->outcome = outcome;
    job->reject = reject;
    job->detail = detail;
}

/* What a callback finds wrong ends the request; false, for its return. Takes detail. */
static bool fault(struct transfer *transfer, enum fetch_outcome outcome, enum reject reject,
                  char *detail) {
    set_outcome(transfer->job, outcome, reject, detail);
    transfer->faulted = true;
    return false;
}

/* Thrown away and asked for again, if that was not done yet; else it is refused. Takes detail. */
static bool fault_anew(struct transfer *transfer, enum reject reject, char *detail) {
    if (transfer->anew_left > 0) {
        transfer->anew_left--;
        transfer->next = TRANSFER_ANEW;
    }
    return fault(transfer, FETCH_REFUSED, reject, detail);
}

static bool fault_disk(struct transfer *transfer) {
    int error = errno;
    bool full = error == ENOSPC || error == EDQUOT;
    return fault(transfer, FETCH_FAILED, full ? REJECT_NO_SPACE : REJECT_DISK,
                 error ? xstrdup(strerror(error)) : NULL);
}

static bool fault_page(struct transfer *transfer) {
    return fault(transfer, FETCH_FAILED, REJECT_PORTAL, xstrdup("收到的是网页 (a web page came)"));
}

static bool is_page(const char *type) {
    return type && (strncasecmp(type, "text/html", 9) == 0 ||
                    strncasecmp(type, "application/xhtml", 17) == 0);
}

static bool too_long(struct transfer *transfer, uint64_t size) {
    const struct fetch_job *job = transfer->job;
    if (job->expected >= 0 && size > (uint64_t)job->expected)
        return true;
    return size > job->limit;
}

static bool fault_too_long(struct transfer *transfer) {
    const struct fetch_job *job = transfer->job;
    if (job->expected >= 0 && (uint64_t)job->expected <= job->limit)
        return fault_anew(transfer, REJECT_LENGTH,
                          xasprintf("应为 %" PRId64 " 字节，收到的更长 (longer than %" PRId64
                                    " bytes)",
                                    job->expected, job->expected));
    return fault(
        transfer, FETCH_REFUSED, REJECT_FEED_LIMIT,
        xasprintf("超过 %" PRIu64 " 字节 (more than %" PRIu64 " bytes)", job->limit, job->limit));
}

static bool fault_status(struct transfer *transfer, long status) {
    bool later = status >= 500 || status == 408 || status == 425 || status == 429;
    return fault(transfer, later ? FETCH_FAILED : FETCH_REFUSED, REJECT_HTTP,
                 xasprintf("HTTP %ld", status));
}

/* "bytes 1000-1999/2000" (RFC 9110, section 14.4): the rest from where it was asked for, to the
 * end. */
static bool is_our_range(const struct transfer *transfer, const struct wire_head *head) {
    uint64_t from = 0, to = 0, total = 0;
    int used = 0;
    if (!transfer->asked_from || !head->range ||
        sscanf(head->range, "bytes %" SCNu64 "-%" SCNu64 "/%" SCNu64 "%n", &from, &to, &total,
               &used) != 3 ||
        head->range[used])
        return false;
    const struct fetch_job *job = transfer->job;
    return from == transfer->asked_from && to >= from && total > 0 && to == total - 1 &&
           (job->expected < 0 || total == (uint64_t)job->expected);
}

/* A whole body begins. */
static bool begin_body(struct transfer *transfer, const struct wire_head *head) {
    if (!transfer->job->path) {
        str_clear(&transfer->body);
        hash_init(&transfer->hash);
    } else if (!part_begin(&transfer->part, head->etag, head->last_modified)) {
        return fault_disk(transfer);
    }
    if (!head->encoded && head->length >= 0 && too_long(transfer, (uint64_t)head->length))
        return fault_too_long(transfer);
    return true;
}

static bool on_head(void *user, const struct wire_head *head) {
    struct transfer *transfer = user;
    struct fetch_job *job = transfer->job;
    job->status = head->status;
    set_text(&job->new_etag, head->etag);
    set_text(&job->new_last_modified, head->last_modified);
    transfer->byte_us = time_monotonic_us();
    if (head->status == 511)
        return fault(transfer, FETCH_FAILED, REJECT_PORTAL,
                     xstrdup("HTTP 511，需要登录网络 (the network wants a login)"));
    if (head->status == 304 && (job->etag || job->last_modified))
        return true;
    if (head->status == 416 && transfer->asked_from)
        return fault_anew(transfer, REJECT_HTTP, xstrdup("HTTP 416"));
    if (head->status != 200 && head->status != 206)
        return fault_status(transfer, head->status);
    if (is_page(head->type))
        return fault_page(transfer);
    if (head->status == 200)
        return begin_body(transfer, head);
    if (is_our_range(transfer, head))
        return true;
    return fault_anew(
        transfer, REJECT_HTTP,
        xasprintf("续传的范围不对 (not the range asked for): %s", head->range ? head->range : ""));
}

/* Whether it begins as HTML and XML do. */
static bool begins_as_page(const char *bytes, size_t size) {
    if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        size -= 3;
    }
    while (size && strchr(" \t\r\n", *bytes) && *bytes) {
        bytes++;
        size--;
    }
    return size && *bytes == '<';
}

static bool on_body(void *user, const char *bytes, size_t size) {
    struct transfer *transfer = user;
    transfer->byte_us = time_monotonic_us();
    transfer->came += (int64_t)size;
    transfer->window_bytes += size;
    if (transfer->job->status == 304)
        return true; /* it has none; RFC 9110, section 15.4.5 */
    if (size_of(transfer) == 0 && begins_as_page(bytes, size))
        return fault_page(transfer);
    if (too_long(transfer, size_of(transfer) + size))
        return fault_too_long(transfer);
    if (transfer->job->path)
        return part_add(&transfer->part, bytes, size) || fault_disk(transfer);
    str_add_bytes(&transfer->body, bytes, size);
    hash_add(&transfer->hash, bytes, size);
    return true;
}

/* The job is over; without a fault it has what it wants. */
static enum transfer_next finish(struct transfer *transfer) {
    struct fetch_job *job = transfer->job;
    if (job->outcome == FETCH_DONE && job->path && !part_commit(&transfer->part))
        set_outcome(job, FETCH_FAILED, REJECT_DISK, NULL);
    if (job->outcome == FETCH_DONE && !job->path) {
        job->size = transfer->body.size;
        job->bytes = str_take(&transfer->body);
    }
    str_finish(&transfer->body);
    /* On a full disk it is in the way of whoever would make room. */
    bool full = job->outcome == FETCH_FAILED && job->reject == REJECT_NO_SPACE;
    if (job->outcome == FETCH_REFUSED || full)
        part_drop(&transfer->part);
    else
        part_keep(&transfer->part);
    *transfer = (struct transfer){.part.fd = -1};
    return TRANSFER_OVER;
}

bool transfer_start(struct transfer *transfer, struct fetch_job *job) {
    *transfer =
        (struct transfer){.job = job, .part.fd = -1, .cuts_left = MAX_CUTS, .anew_left = MAX_ANEW};
    transfer->past_caches = job->past_caches;
    hash_init(&transfer->hash);
    if (!job->path)
        return true;
    if (!part_open(&transfer->part, job->path, job->url, job->hash)) {
        fault_disk(transfer);
        finish(transfer);
        return false;
    }
    bool whole = transfer->part.size && job->hash && body_fits(transfer);
    if (whole) {
        set_outcome(job, FETCH_DONE, 0, NULL);
        finish(transfer);
    } else if (transfer->part.size && too_long(transfer, transfer->part.size + 1)) {
        if (!part_begin(&transfer->part, NULL, NULL)) {
            fault_disk(transfer);
            finish(transfer);
            return false;
        }
    }
    return !whole;
}

static void add_line(char **lines, size_t *count, char *line) {
    lines[(*count)++] = line;
    lines[*count] = NULL;
}

/* Each line is to be freed. */
static void make_headers(const struct transfer *transfer, char *lines[MAX_HEADERS]) {
    const struct fetch_job *job = transfer->job;
    const struct part *part = &transfer->part;
    size_t count = 0;
    lines[0] = NULL;
    if (job->etag && *job->etag)
        add_line(lines, &count, xasprintf("If-None-Match: %s", job->etag));
    if (job->last_modified && *job->last_modified)
        add_line(lines, &count, xasprintf("If-Modified-Since: %s", job->last_modified));
    if (transfer->past_caches) {
        add_line(lines, &count, xstrdup("Cache-Control: no-cache"));
        add_line(lines, &count, xstrdup("Pragma: no-cache"));
    }
    if (!transfer->asked_from)
        return;
    add_line(lines, &count, xasprintf("Range: bytes=%" PRIu64 "-", transfer->asked_from));
    if (part->etag && !text_starts(part->etag, "W/"))
        add_line(lines, &count, xasprintf("If-Range: %s", part->etag));
    else if (part->last_modified)
        add_line(lines, &count, xasprintf("If-Range: %s", part->last_modified));
}

bool transfer_ask(struct transfer *transfer, const struct wire_table *table, struct wire *wire) {
    const struct fetch_job *job = transfer->job;
    char *lines[MAX_HEADERS];
    transfer->faulted = false;
    transfer->next = TRANSFER_OVER;
    transfer->asked_from = job->path ? transfer->part.size : 0;
    transfer->byte_us = transfer->window_us = time_monotonic_us();
    transfer->window_bytes = 0;
    make_headers(transfer, lines);
    const struct wire_request request = {.url = job->url,
                                         .headers = (const char *const *)lines,
                                         .compressed = !job->path,
                                         .user = transfer,
                                         .on_head = on_head,
                                         .on_body = on_body};
    transfer->wire = table->start(wire, &request);
    for (size_t i = 0; lines[i]; i++)
        free(lines[i]);
    if (transfer->wire)
        return true;
    fault(transfer, FETCH_FAILED, REJECT_NETWORK, xstrdup("无法开始传输 (it cannot be started)"));
    finish(transfer);
    return false;
}

/* What the callbacks did not say, from the end of the request. */
static void judge(struct transfer *transfer, const struct wire_end *end) {
    struct fetch_job *job = transfer->job;
    /* A server that promised more than the feed: what was wanted is there. */
    bool enough = end->cut && job->hash && job->expected > 0 && body_fits(transfer);
    if (end->whole && job->status == 304) {
        set_outcome(job, FETCH_UNCHANGED, 0, NULL);
    } else if (!end->whole && !enough) {
        fault(transfer, end->refused ? FETCH_REFUSED : FETCH_FAILED, end->reject,
              xstrdup(end->detail));
        if (end->cut && transfer->cuts_left-- > 0)
            transfer->next = TRANSFER_RESUME;
    } else if (job->expected >= 0 && size_of(transfer) != (uint64_t)job->expected) {
        fault_anew(transfer, REJECT_LENGTH,
                   xasprintf("应为 %" PRId64 " 字节，收到 %" PRIu64 " 字节 (%" PRIu64
                             " bytes came)",
                             job->expected, size_of(transfer), size_of(transfer)));
    } else if (!body_fits(transfer)) {
        fault_anew(transfer, REJECT_HASH, NULL);
    } else {
        set_outcome(job, FETCH_DONE, 0, NULL);
    }
}

/* A campus network sends whoever has not logged in to a host of its own, which answers with a page
 * or with 3xx, 401 or 403; a store elsewhere that lacks a file says 404. */
static void look_for_portal(struct transfer *transfer, const struct wire_end *end) {
    struct fetch_job *job = transfer->job;
    bool likely = job->reject == REJECT_REDIRECT ||
                  (job->reject == REJECT_HTTP && job->status >= 300 && job->status <= 403);
    if (!transfer->faulted || !likely || !end->url || !url_other_host(end->url, job->url))
        return;
    set_outcome(job, FETCH_FAILED, REJECT_PORTAL,
                xasprintf("转到了另一台主机 (redirected to another host): %s", end->url));
}

enum transfer_next transfer_settle(struct transfer *transfer, const struct wire_end *end) {
    struct fetch_job *job = transfer->job;
    transfer->wire = NULL;
    job->received += end->received;
    if (!job->status)
        job->status = end->status;
    set_text(&job->final_url, end->url);
    if (!transfer->faulted)
        judge(transfer, end);
    look_for_portal(transfer, end);
    if (transfer->next == TRANSFER_OVER)
        return finish(transfer);
    bool anew = transfer->next == TRANSFER_ANEW;
    transfer->past_caches = transfer->past_caches || anew;
    if (job->path && (anew || !part_resumable(&transfer->part, job->hash)) &&
        !part_begin(&transfer->part, NULL, NULL)) {
        fault_disk(transfer);
        return finish(transfer);
    }
    job->status = 0;
    return transfer->next;
}

void transfer_time_out(struct transfer *transfer) {
    transfer->wire = NULL;
    fault(transfer, FETCH_FAILED, REJECT_SLOW,
          xstrdup("太久没有收到数据，或太慢 (no data for too long, or too few)"));
    finish(transfer);
}

void transfer_stop(struct transfer *transfer) {
    transfer->wire = NULL;
    set_outcome(transfer->job, FETCH_STOPPED, 0, NULL);
    finish(transfer);
}
