#include "library/withdrawn.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "library/schema.h"

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The statements of a list. */
struct id_list {
    enum library_statement all, clear, add;
};

/* ids: sorted. */
static bool holds(struct db *db, const struct id_list *list, const char *const *ids, size_t count,
                  bool *same) {
    struct sqlite3_stmt *statement = db_use(db, list->all, DB_NO_VALUES);
    size_t at = 0;
    *same = true;
    for (bool row = true; row;) {
        if (!db_step(db, statement, &row))
            return false;
        if (row)
            *same = *same && at < count && strcmp(ids[at++], db_column_text(statement, 0)) == 0;
    }
    *same = *same && at == count;
    return true;
}

static bool write_all_of(struct db *db, const struct id_list *list, const char *const *ids,
                         size_t count) {
    bool good = db_execute(db, "BEGIN IMMEDIATE") && db_run(db, list->clear, DB_NO_VALUES);
    for (size_t i = 0; good && i < count; i++)
        good = db_run(db, list->add, DB_VALUES(db_text(ids[i])));
    good = good && db_run(db, STATEMENT_WITHDRAWN_COUNT, DB_NO_VALUES) && db_execute(db, "COMMIT");
    if (!good)
        db_roll_back(db);
    return good;
}

static bool replace(struct db *db, const struct id_list *list, const char *const *ids,
                    size_t count) {
    const char **sorted = xcalloc(count, sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = ids[i];
    qsort((void *)sorted, count, sizeof *sorted, by_text);
    bool same = false, good = holds(db, list, sorted, count, &same);
    good = good && (same || write_all_of(db, list, sorted, count));
    free((void *)sorted);
    return good;
}

bool withdrawn_replace(struct db *db, const char *const *ids, size_t count) {
    static const struct id_list withdrawn = {STATEMENT_WITHDRAWN, STATEMENT_WITHDRAWN_CLEAR,
                                             STATEMENT_WITHDRAWN_ADD};
    return replace(db, &withdrawn, ids, count);
}

bool promoted_replace(struct db *db, const char *const *ids, size_t count) {
    static const struct id_list promoted = {STATEMENT_PROMOTED, STATEMENT_PROMOTED_CLEAR,
                                            STATEMENT_PROMOTED_ADD};
    return replace(db, &promoted, ids, count);
}
