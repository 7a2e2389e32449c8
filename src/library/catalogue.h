/* catalogue.h: every case that is shown, light, in memory: what lists are made of
 *
 * Read in one short transaction, then plain values: any thread, one at a time. A hundred thousand
 * cases take some 12 MB. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "library/reader.h"
#include "library/school_index.h"

struct entry {
    const char *id; /* borrowed of the catalogue, as long as that */
    size_t school;  /* index into schools */
    enum level level;
    enum unit unit;
    enum phase phase;
    bool promoted;    /* it comes first here (library_set_promoted) */
    int weight, year; /* year: of published_ms, here; 0: unknown */
    int64_t published_ms, generation;
};

struct catalogue {
    int64_t generation, withdrawals; /* as of a snapshot */
    int64_t next_change_ms;          /* when others are valid; 0: never */
    struct entry *entries;           /* valid at the time of loading; by id */
    size_t count;
    struct entry *notices; /* likewise; urgent ones first, then the newest */
    size_t notice_count;
    char **schools; /* sorted by bytes */
    size_t school_count;
    struct school_index index; /* of the schools */
    char *texts;
};

/* READ_MISSING gives an empty one; after anything else but READ_DONE *out is zeroed. */
enum read_result catalogue_load(struct reader *reader, int64_t now_ms, struct catalogue *out);
void catalogue_finish(struct catalogue *catalogue); /* zeroed is fine */

#define ANY_SCHOOL SIZE_MAX

struct catalogue_filter {
    int unit;      /* enum unit; -1: any */
    size_t school; /* ANY_SCHOOL: any */
    int phase;     /* enum phase; -1: any */
    int year;      /* 0: any */
    bool newest;   /* else the featured first; but the promoted before either, and within both the
                      newest, then the weightiest, first */
};

/* Indices of entries into *order (the caller's to free; NULL for 0); gives how many. */
size_t catalogue_select(const struct catalogue *catalogue, const struct catalogue_filter *filter,
                        size_t **order);
/* Whether it is one of the entries or notices. */
bool catalogue_has(const struct catalogue *catalogue, const char *id);
/* SIZE_MAX: not there. */
size_t catalogue_find(const struct catalogue *catalogue, const char *id);
size_t catalogue_school(const struct catalogue *catalogue, const char *name); /* likewise */
