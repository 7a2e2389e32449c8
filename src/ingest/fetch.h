/* fetch.h: files over HTTP(S), bounded, resumed and side by side
 *
 * libcurl is behind wire.h, in a module of its own. Proxy environment, compression, HTTP/2 and
 * connection reuse are libcurl's. TLS is checked always; redirects: at most 3, and only to https.
 * No cookies, no passwords. One thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "ingest/reject.h"

enum fetch_outcome {
    FETCH_DONE,
    FETCH_UNCHANGED, /* 304 */
    FETCH_REFUSED,   /* reject and detail say why; asking again at once gives the same */
    FETCH_FAILED,    /* reject and detail say why; the network or the server, ask again later */
    FETCH_STOPPED    /* told to; what came is kept and resumed */
};

/* One file to fetch. The upper fields are the caller's and outlive the call; the lower ones are
 * filled, owned, freed by fetch_job_finish. */
struct fetch_job {
    const char *url;
    const char *path;        /* where it goes, by rename when whole; asked for as it is, so that it
                              * can be resumed. NULL: into memory (bytes, size), compressed */
    uint64_t limit;          /* of the decoded body, counted as it is written */
    int64_t expected;        /* length it must have; -1: not known */
    const struct hash *hash; /* SHA-256 it must have, checked while it is read; NULL: not known */
    const char *etag, *last_modified; /* makes it conditional; NULL: not */
    bool past_caches;                 /* Cache-Control: no-cache */

    enum fetch_outcome outcome;
    enum reject reject;
    char *detail; /* may be NULL */
    long status;  /* HTTP status; 0: none came */
    char *bytes;  /* NUL-terminated; only without path */
    size_t size;
    char *new_etag, *new_last_modified; /* may be NULL */
    char *final_url;                    /* after redirects; may be NULL */
    int64_t received;                   /* bytes on the wire, headers too */
};
void fetch_job_finish(struct fetch_job *job);

struct fetch; /* keeps connections for the next call */

/* Numbers that are 0 and texts that are NULL are the values told here. */
struct fetch_options {
    const char *helpers; /* folder of the module (struct paths); must be given */
    int idle_seconds;    /* 30: so long without a byte ends a transfer */
    int slow_seconds;    /* 60: over so long less than 1 KiB a second, too */
    int side_by_side;    /* 4, within one host */
    const char *ca_file; /* more certificates to believe (tests; schools' own CA); NULL or "": the
                          * system's */
    const char *agent;   /* "fengcai/VERSION" */
};
/* Never NULL: without the module, whose absence is reported here, each job fails with
 * REJECT_NETWORK_MODULE. */
struct fetch *fetch_create(const struct fetch_options *options);
void fetch_destroy(struct fetch *fetch);

/* Hears of bytes that came; false: stop. Called at least every 200 ms. */
typedef bool fetch_on_bytes(void *user, int64_t bytes);

/* Fetches all, so many at once, and returns when none is left. A transfer that is cut is resumed at
 * once up to three times, and across calls: PATH.part and PATH.part.json (url, ETag) stay, Range
 * with If-Range asks for the rest; where the disk is full it is removed. Into memory it begins
 * anew. A body that does not match hash or length is thrown away and fetched once more from its
 * beginning past the caches, then refused. on_bytes may be NULL. */
void fetch_run(struct fetch *fetch, struct fetch_job *jobs, size_t count, fetch_on_bytes *on_bytes,
               void *user);

/* A relative address as seen from the document at base (RFC 3986), what may not stand in an address
 * escaped, without fragment; the caller's. NULL: not an http(s) address, or one with a password. */
char *fetch_resolve(const char *base, const char *address);
bool fetch_is_https(const char *url);
