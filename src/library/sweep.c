#include "library/sweep.h"

#include "library/discard.h"
#include "library/media.h"
#include "library/schema.h"

static enum media_verdict on_file(void *user, struct hash hash) {
    struct db *db = user;
    int64_t one = 0;
    bool known = false;
    if (!db_find_integer(db, STATEMENT_RENDITION_KNOWN, DB_VALUES(db_hash(&hash)), &one, &known))
        return MEDIA_STOP;
    return known ? MEDIA_KEEP : MEDIA_REMOVE;
}

bool sweep_unused(struct db *db, const char *media, int64_t current, bool waiting,
                  struct sweep *sweep) {
    if (!waiting && !db_run_batches(db, STATEMENT_SWEEP_SOURCES, DB_NO_VALUES, &sweep->sources))
        return false;
    return !current || media_sweep(media, on_file, db, &sweep->files, &sweep->media_bytes);
}

bool sweep_run(struct db *db, const char *media, int64_t current, bool waiting,
               struct sweep *sweep) {
    int64_t previous = current;
    bool found = false;
    return db_find_integer(db, STATEMENT_PREVIOUS, DB_VALUES(db_integer(current)), &previous,
                           &found) &&
           db_run(db, STATEMENT_SWEEP_GENERATIONS,
                  DB_VALUES(db_integer(current), db_integer(previous))) &&
           discard_batches(db, STATEMENT_SWEEP_CASES,
                           DB_VALUES(db_integer(current), db_integer(previous)), &sweep->cases) &&
           sweep_unused(db, media, current, waiting, sweep);
}
