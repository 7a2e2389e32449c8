/* survey_private.h: what the parts of a survey share; private to src/ingest/survey*.c */
#pragma once

#include "ingest/brought.h"
#include "ingest/coverage.h"
#include "ingest/manifest.h"
#include "ingest/nursery.h"
#include "ingest/survey.h"
#include "ingest/words.h"
#include "library/ledger.h"
#include "library/reader.h"

struct surveyor {
    struct survey *survey;
    const struct survey_params *params;
    struct reader *reader;
    struct ledger *ledger; /* NULL: there is none yet */
    struct coverage *coverage;
    struct nursery *pictures, *videos, *documents;
    struct words words; /* Word files, and where their pictures lie meanwhile */
    char **schools;     /* of the library, sorted by bytes */
    size_t school_count;
    struct manifest manifest; /* of all plain parts so far: they are taken as one parcel */
    int64_t until_ms;         /* by the monotonic clock */
    bool stopped;
    /* the part that is looked at: */
    const char *path, *unpacked; /* unpacked NULL: it lies at path */
};

/* ---- survey.c */

/* False: told to stop. */
bool survey_tell(struct surveyor *surveyor, const char *doing);
/* False, and the survey is cut: no more files are to be opened. */
bool survey_has_time(struct surveyor *surveyor);
/* Of no case. path: as in a message; detail may be NULL. */
void survey_note(struct surveyor *surveyor, const char *path, enum reject reject,
                 const char *detail);
void survey_case_note(struct surveyor *surveyor, struct survey_case *into, const char *path,
                      enum reject reject, const char *detail);
/* What the library has under an id; zeroed: nothing, or it cannot be read. */
void survey_load(struct surveyor *surveyor, const char *id, struct case_record *record);

/* ---- survey_case.c */

/* Adds a case. known: what the library has under its id (zeroed: nothing). same: it is the very
 * statement that was taken before; else what lies there is compared. */
void survey_add(struct surveyor *surveyor, const struct manifest_case *c,
                const struct case_record *known, bool same);

/* ---- survey_bundle.c */

/* Adds what a bundle would change; part is told whether it is signed. */
void survey_bundle(struct surveyor *surveyor, const char *folder, struct survey_part *part);
