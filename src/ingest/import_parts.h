/* import_parts.h: what is to be taken, part by part, each ready to be read; private to import
 *
 * Plain parts (folders, single files, zip files of folders) are one parcel together, a bundle is
 * one by itself. One thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "ingest/brought.h"
#include "ingest/reject.h"

struct door;

struct import_part {
    char *path;             /* owned; where it was found (parts.h) */
    char *label;            /* owned; as people are told it */
    struct brought brought; /* folder NULL: it could not be opened, as these two say */
    enum reject reject;
    char *detail; /* owned; may be NULL */
    /* Once its parcel is done: */
    size_t taken, refused; /* of a plain part: its cases; what was refused of it */
    json_t *receipt;       /* owned; of the parcel; NULL: there is none */
};

struct import_parts {
    struct import_part *parts; /* as they were given, and then as they were found */
    size_t count, bundles;     /* all, and the bundles among them */
};

/* All zip files are unpacked, into folders that last until they are closed: only then is it known
 * what there is, and whether it fits. Stopped (door->stopped), it is not all. */
void import_parts_open(struct import_parts *parts, struct door *door, const char *const *words,
                       size_t word_count);
void import_parts_close(struct import_parts *parts); /* zeroed is fine */

/* Of a receipt's "parts" (import.h): a part of the parcel with that receipt; the caller's. */
json_t *import_part_json(const struct import_part *part, const json_t *receipt);
