/* reader.h: reading library.db while another process may be writing it
 *
 * For the display's database thread and for commands; any number of readers, each of one thread at
 * a time. Read-only, without a busy timeout: no function but reader_each waits. Every function
 * reads one generation in one short transaction; the results are the caller's own.
 *
 * Nothing that is withdrawn is shown (library_set_withdrawn). A school's own case (self) is not
 * either, where a featured one with its twin (school and title) is and is valid at now_ms, but can
 * be loaded. Else validity is the caller's matter. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "library/case.h"
#include "library/pending_kind.h"
#include "library/playlist.h"

enum read_result {
    READ_DONE,
    READ_BUSY,    /* a commit is going on: keep what you have, ask again in 50 ms */
    READ_MISSING, /* no library yet: as good as an empty one */
    READ_UNREADY, /* a writer must open it once first (a journal left by a crash, which nobody who
                     only reads can roll back, or an older schema): keep what you have, ask again
                     in seconds; every start of the keeper mends it */
    READ_DAMAGED, /* SQLITE_CORRUPT, SQLITE_NOTADB */
    READ_FAILED   /* input or output error, no permission, written by a newer program; reported */
};

struct reader;

/* Opens nothing yet: that is done by the first call that finds the file. Never NULL. */
struct reader *reader_open(const char *path);
void reader_close(struct reader *reader); /* NULL is fine */

/* The current generation, 0 before the first: a cheap question to ask now and then. */
enum read_result reader_generation(struct reader *reader, int64_t *generation);
/* How often what is withdrawn or promoted was changed, as the last call saw it: the same generation
 * shows other cases, or in another order, after that. */
int64_t reader_withdrawals(const struct reader *reader);

/* Several calls on the same generation: what stands between these two sees one state. Keep it
 * short, a commit of the keeper waits for it. After anything but READ_DONE there is no transaction
 * and reader_end is harmless. */
enum read_result reader_begin(struct reader *reader, int64_t *generation);
void reader_end(struct reader *reader);

/* Everything shown, light, in no particular order. school: this site's own, "" for none. Another
 * moment may show others: playlist_next_change says when. */
struct candidate_list {
    struct candidate *items;
    size_t count;
    char *texts; /* what the ids point into */
};
enum read_result reader_candidates(struct reader *reader, const char *school, int64_t now_ms,
                                   struct candidate_list *list);
void candidate_list_finish(struct candidate_list *list); /* zeroed is fine */

/* Of every case of the generation, shown or not, in no particular order: where it is from, and when
 * it was published (0: unknown). The texts are the callback's during the call only. */
enum read_result reader_origins(struct reader *reader,
                                void (*on_case)(void *user, const char *id, const char *school,
                                                int64_t published_ms),
                                void *user);

/* The names of the schools of all cases shown, each once, sorted by bytes; the first 8192.
 * schools_free them. */
enum read_result reader_schools(struct reader *reader, char ***names, size_t *count);
void schools_free(char **names, size_t count); /* NULL is fine */

/* Whole cases with assets and renditions, in the order of ids, into records[count], which are
 * overwritten; an id that is not there or withdrawn gives a zeroed record (id NULL). Finish each by
 * case_finish; after anything but READ_DONE all are zeroed. */
enum read_result reader_load(struct reader *reader, const char *const *ids, size_t count,
                             struct case_record *records);
/* One of them, withdrawn or not: for who decides that. */
enum read_result reader_load_any(struct reader *reader, const char *id, struct case_record *record);

/* What waits for a person's word (pending.h), in the order it came; false ends it. Nobody else may
 * see it. */
enum read_result reader_pending(struct reader *reader, enum pending_kind kind,
                                bool (*on_case)(void *user, const struct pending_case *pending),
                                void *user);
/* One of those, as reader_load. */
enum read_result reader_load_pending(struct reader *reader, enum pending_kind kind, const char *id,
                                     struct case_record *record);

/* Every case shown, ordered by unit, school, title, id (by bytes), and behind them the notices. The
 * record is the callback's during the call only; false ends it (READ_DONE). The callback may be
 * slow (a pager): cases are read in blocks, all of one generation, and a commit going on is waited
 * for, at most 5 s. READ_BUSY: that was not enough, or two generations passed and a sweep took the
 * rest. */
enum read_result reader_each(struct reader *reader, int64_t now_ms,
                             bool (*on_case)(void *user, const struct case_record *record),
                             void *user);

struct counts {
    int64_t units[UNIT_COUNT];
    int64_t cases, notices;
    int64_t assets;      /* pictures and videos, no codes */
    int64_t media_bytes; /* of the renditions shown, each counted once */
    int64_t generation;  /* 0: none yet */
    int64_t made_ms;     /* when that was made */
};
/* READ_MISSING gives zeros. */
enum read_result reader_counts(struct reader *reader, int64_t now_ms, struct counts *counts);
