/* wire.h: requests over HTTP(S), as the module libexec/fengcai/fetch.so makes them
 *
 * libcurl draws some 25 libraries into a process, and the display must start fast: only who fetches
 * pays for them. The module knows libcurl and nothing of jobs, files and limits; fetch.c loads it
 * and takes this table from it. Nothing of ours is called from the module but what a request names.
 * One thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ingest/reject.h"

#define WIRE_SYMBOL    "wire_table"
#define WIRE_VERSION   1
#define WIRE_REDIRECTS 3           /* a short name, a moved site, its canonical name */
#define WIRE_HEAD      (64u << 10) /* bytes of all headers of a request; servers allow 8 KiB */

struct wire;
struct wire_transfer;

struct wire_options {
    int per_host;        /* connections */
    const char *ca_file; /* more certificates; NULL: the system's alone */
    const char *agent;
};

/* The answer's head, behind redirects. Texts are NULL where there is no such header, and gone after
 * the call. */
struct wire_head {
    long status;
    const char *type, *etag, *last_modified, *range; /* Content-Range */
    int64_t length;                                  /* Content-Length; -1: not said */
    bool encoded;                                    /* by Content-Encoding: length is of that */
};

/* Everything is copied but the user and what he points to. */
struct wire_request {
    const char *url;
    const char *const *headers; /* "Name: value", ended by NULL */
    bool compressed;            /* take any encoding there is, and undo it; else identity alone */
    void *user;
    bool (*on_head)(void *user, const struct wire_head *head);   /* once; false: end it */
    bool (*on_body)(void *user, const char *bytes, size_t size); /* false: end it */
};

struct wire_end {
    void *user;
    bool whole;         /* what the head promised is there; else: */
    bool cut;           /* it had begun to come: worth to be asked for again at once */
    bool refused;       /* asking again gives the same */
    enum reject reject; /* why it is not whole */
    const char *detail; /* static: 中文 (English) */
    long status;        /* 0: none came */
    const char *url;    /* after redirects; gone after the next call */
    int64_t received;   /* bytes of headers and body */
};

struct wire_table {
    int version;                                                /* WIRE_VERSION */
    struct wire *(*create)(const struct wire_options *options); /* NULL: libcurl cannot start */
    void (*destroy)(struct wire *wire);                         /* no transfer may be left */
    struct wire_transfer *(*start)(struct wire *wire, const struct wire_request *request);
    void (*stop)(struct wire *wire, struct wire_transfer *transfer); /* it gets no end any more */
    /* Waits for at most timeout_ms and does what there is to do; calls on_head and on_body. */
    void (*work)(struct wire *wire, int timeout_ms);
    bool (*next_end)(struct wire *wire,
                     struct wire_end *end); /* its transfer is gone; false: none */
};
