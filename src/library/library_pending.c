#include "library/library.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "library/digest.h"
#include "library/discard.h"
#include "library/library_private.h"
#include "library/pending.h"
#include "library/schema.h"
#include "library/session.h"

#define NOTE_BYTES 600 /* about what a change of one row writes, with its indexes */

static enum change change_of(const struct case_row *shown, const struct hash *digest) {
    return !shown->row                          ? CHANGE_ADDED
           : hash_equal(shown->digest, *digest) ? CHANGE_UNCHANGED
                                                : CHANGE_CHANGED;
}

/* One that ended is not shown, though it is there. */
static bool has_ended(const struct case_row *shown, int64_t now_ms) {
    return shown->ends_ms && shown->ends_ms < now_ms;
}

/* *stands: the very same waits already, or was declined; row 0: none. What this import put there
 * before is thrown away. */
static bool look_for(struct library *library, const char *id, enum pending_kind kind,
                     const struct hash *digest, struct case_row *stands) {
    struct case_row declined = {0}, came;
    struct db *db = &library->db;
    if (!pending_find(db, id, kind, true, stands) || !pending_find(db, id, kind, false, &came) ||
        (kind == PENDING_REVIEW && !pending_find(db, id, PENDING_DECLINED, true, &declined)))
        return false;
    if (declined.row && hash_equal(declined.digest, *digest))
        *stands = declined;
    if (came.row || !hash_equal(stands->digest, *digest))
        stands->row = 0;
    return !came.row || (library_batch_open(library) && discard_case(db, came.row));
}

/* What is shown is just so: whatever waits in its place was taken back. */
static bool keep_shown(struct library *library, const struct case_record *record,
                       enum pending_kind kind, const struct case_row *shown) {
    struct case_row waiting;
    if (kind == PENDING_DRAFT)
        return true;
    return pending_find(&library->db, record->id, kind, true, &waiting) &&
           (!waiting.row ||
            (library_batch_open(library) && discard_case(&library->db, waiting.row))) &&
           library_note_case(library, record, shown);
}

bool library_put_pending(struct library *library, const struct case_record *record,
                         const struct pending_origin *origin, enum change *change) {
    struct hash digest = digest_case(record);
    struct case_row shown, stands;
    int64_t row = 0;
    size_t bytes = 0;
    if (!library_find_case(library, record->id, &shown) ||
        !look_for(library, record->id, origin->kind, &digest, &stands))
        return false;
    *change = change_of(&shown, &digest);
    if (*change == CHANGE_UNCHANGED && !has_ended(&shown, origin->at_ms))
        return keep_shown(library, record, origin->kind, &shown);
    if (*change == CHANGE_UNCHANGED)
        *change = CHANGE_CHANGED;
    if (stands.row)
        return library_note_case(library, record, &stands);
    return library_batch_open(library) &&
           case_row_add(&library->db, record, PENDING_GENERATION, &digest, &row, &bytes) &&
           pending_add(&library->db, row, origin) && library_batch_count(library, bytes);
}

bool library_release(struct library *library, const char *id, enum pending_kind kind,
                     int64_t now_ms, bool *found, enum change *change) {
    struct db *db = &library->db;
    struct case_row waiting, shown;
    *found = false;
    if (!pending_find(db, id, kind, true, &waiting) || !library_find_case(library, id, &shown))
        return false;
    *found = waiting.row != 0;
    if (!*found)
        return true;
    *change = change_of(&shown, &waiting.digest);
    if (!library_batch_open(library))
        return false;
    if (*change == CHANGE_UNCHANGED && !has_ended(&shown, now_ms))
        return discard_case(db, waiting.row) && library_batch_count(library, NOTE_BYTES);
    if (*change == CHANGE_UNCHANGED)
        *change = CHANGE_CHANGED;
    return (!shown.row || library_end_case(library, &shown)) &&
           db_run(db, STATEMENT_PENDING_RELEASE,
                  DB_VALUES(db_integer(waiting.row), db_integer(library->coming),
                            db_integer(now_ms))) &&
           library_batch_count(library, NOTE_BYTES);
}

bool library_drop_pending(struct library *library, const char *id, enum pending_kind kind,
                          bool *found) {
    struct db *db = &library->db;
    struct case_row waiting;
    char feed[CASE_FEED_SIZE];
    *found = false;
    if (!pending_find(db, id, kind, true, &waiting))
        return false;
    *found = waiting.row != 0;
    if (!*found)
        return true;
    case_own_id(id, feed);
    bool keep = *feed && kind == PENDING_REVIEW;
    bool good = db_execute(db, "BEGIN IMMEDIATE") &&
                (keep ? db_run(db, STATEMENT_PENDING_MARK,
                               DB_VALUES(db_integer(waiting.row), db_integer(PENDING_DECLINED)))
                      : discard_case(db, waiting.row)) &&
                db_execute(db, "COMMIT");
    if (!good)
        db_roll_back(db);
    return good;
}

bool library_forget_pending(struct library *library, const char *id, struct hash statement,
                            bool *found) {
    static const enum pending_kind kinds[] = {PENDING_REVIEW, PENDING_DECLINED};
    struct db *db = &library->db;
    bool good = true;
    *found = false;
    for (size_t i = 0; good && i < 2; i++) {
        struct case_row row;
        good = pending_find(db, id, kinds[i], true, &row);
        if (!good || !row.row || !hash_equal(row.statement, statement))
            continue;
        *found = true;
        good = db_execute(db, "BEGIN IMMEDIATE") && discard_case(db, row.row) &&
               db_execute(db, "COMMIT");
        if (!good)
            db_roll_back(db);
    }
    return good;
}

bool library_drop_drafts(struct library *library) {
    int64_t count = 0;
    return pending_drop_all(&library->db, PENDING_DRAFT, &count);
}

bool library_each_pending(struct library *library, enum pending_kind kind,
                          bool (*on_case)(void *user, const struct pending_case *pending),
                          void *user) {
    return pending_each(&library->db, kind, library->current, on_case, user);
}

bool library_each_pending_of_feed(struct library *library, const char *feed,
                                  void (*on_case)(void *user, const char *id,
                                                  struct hash statement),
                                  void *user) {
    char *from = xasprintf("%s:", feed), *below = xasprintf("%s;", feed); /* as of all its cases */
    struct sqlite3_stmt *statement =
        db_use(&library->db, STATEMENT_PENDING_FEED, DB_VALUES(db_text(from), db_text(below)));
    bool good = true;
    for (bool row = true; good && row;) {
        good = db_step(&library->db, statement, &row);
        if (row)
            on_case(user, db_column_text(statement, 0), db_column_hash(statement, 1));
    }
    free(below);
    free(from);
    return good;
}
