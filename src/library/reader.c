#include "library/reader.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "base/str.h"
#include "library/number_set.h"
#include "library/reader_private.h"
#include "library/rendition.h"
#include "library/schema.h"
#include "library/session.h"

/* of 50 ms; a commit of 90 MB takes 0.27 s, on a slow card ten times that */
#define WAIT_TIMES  100
#define MAX_SCHOOLS 8192 /* China has 3,000 universities; a name is looked up in 2 microseconds */
#define BLOCK       64   /* cases of one transaction of reader_each: a few milliseconds */

struct reader *reader_open(const char *path) {
    struct reader *reader = xcalloc(1, sizeof *reader);
    session_init(&reader->session, path);
    return reader;
}

void reader_close(struct reader *reader) {
    if (!reader)
        return;
    session_finish(&reader->session);
    free(reader);
}

enum read_result reader_begin(struct reader *reader, int64_t *generation) {
    enum read_result result = session_begin(&reader->session);
    if (result == READ_DONE)
        *generation = reader->session.generation;
    return result;
}

void reader_end(struct reader *reader) {
    session_end(&reader->session);
}

enum read_result reader_generation(struct reader *reader, int64_t *generation) {
    bool own = false;
    enum read_result result = session_enter(&reader->session, &own);
    if (result != READ_DONE)
        return result;
    *generation = reader->session.generation;
    return session_leave(&reader->session, own, true);
}

int64_t reader_withdrawals(const struct reader *reader) {
    return reader->session.withdrawals;
}

/* Thousandths, whatever a damaged file may say. */
static int column_focus(struct sqlite3_stmt *statement, int column, int otherwise) {
    int64_t value = db_column_integer(statement, column);
    return value >= 0 && value <= 1000 ? (int)value : otherwise;
}

static void add_candidate(struct candidate_list *list, size_t *room, struct str *ids,
                          struct sqlite3_stmt *statement) {
    const char *id = db_column_text(statement, 0);
    str_add_bytes(ids, id ? id : "", id ? strlen(id) + 1 : 1);
    if (list->count == *room) {
        *room = *room ? *room * 2 : 256;
        list->items = xrealloc(list->items, *room, sizeof *list->items);
    }
    list->items[list->count++] =
        (struct candidate){.level = (enum level)column_choice(statement, 10, LEVEL_COUNT),
                           .unit = (enum unit)column_choice(statement, 1, UNIT_COUNT),
                           .phase = (enum phase)column_choice(statement, 2, PHASE_COUNT),
                           .own = db_column_integer(statement, 3),
                           .weight = (int)db_column_integer(statement, 4),
                           .generation = db_column_integer(statement, 5),
                           .valid_from_ms = db_column_integer(statement, 6),
                           .valid_until_ms = db_column_integer(statement, 7),
                           .twin = db_column_integer(statement, 8)};
}

/* A school's own case gives way to the featured one that it became, while that one is shown. */
static void drop_twins(struct candidate_list *list, int64_t now_ms) {
    struct number_set featured = {0};
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].phase == PHASE_FEATURED &&
            case_is_valid(list->items[i].valid_from_ms, list->items[i].valid_until_ms, now_ms))
            number_set_add(&featured, list->items[i].twin);
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].phase != PHASE_SELF || !number_set_has(&featured, list->items[i].twin))
            list->items[kept++] = list->items[i];
    list->count = kept;
    number_set_finish(&featured);
}

static bool read_rows(struct reader *reader, enum library_statement which,
                      struct number_set *rows) {
    struct sqlite3_stmt *statement = db_use(&reader->session.db, which, DB_NO_VALUES);
    for (bool row = true; row;) {
        if (!db_step(&reader->session.db, statement, &row))
            return false;
        if (row)
            number_set_add(rows, db_column_integer(statement, 0));
    }
    return true;
}

static bool read_candidates(struct reader *reader, const char *school, int64_t now_ms,
                            struct candidate_list *list) {
    struct sqlite3_stmt *statement =
        db_use(&reader->session.db, STATEMENT_CANDIDATES,
               DB_VALUES(db_integer(reader->session.generation), db_text(school)));
    struct number_set withdrawn = {0}, promoted = {0};
    struct str ids = {0};
    size_t room = 0;
    bool row = true, good = read_rows(reader, STATEMENT_WITHDRAWN_ROWS, &withdrawn) &&
                            read_rows(reader, STATEMENT_PROMOTED_ROWS, &promoted);
    while (good && row) {
        good = db_step(&reader->session.db, statement, &row);
        int64_t number = good && row ? db_column_integer(statement, 9) : 0;
        if (!good || !row || number_set_has(&withdrawn, number))
            continue;
        add_candidate(list, &room, &ids, statement);
        list->items[list->count - 1].promoted = number_set_has(&promoted, number);
    }
    number_set_finish(&withdrawn);
    number_set_finish(&promoted);
    list->texts = str_take(&ids);
    const char *at = list->texts;
    for (size_t i = 0; i < list->count; i++) {
        list->items[i].id = at;
        at += strlen(at) + 1;
    }
    drop_twins(list, now_ms);
    return good;
}

enum read_result reader_candidates(struct reader *reader, const char *school, int64_t now_ms,
                                   struct candidate_list *list) {
    bool own = false;
    *list = (struct candidate_list){0};
    enum read_result result = session_enter(&reader->session, &own);
    if (result == READ_DONE)
        result =
            session_leave(&reader->session, own, read_candidates(reader, school, now_ms, list));
    if (result != READ_DONE)
        candidate_list_finish(list);
    return result;
}

void candidate_list_finish(struct candidate_list *list) {
    free(list->items);
    free(list->texts);
    *list = (struct candidate_list){0};
}

static bool read_origins(struct reader *reader,
                         void (*on_case)(void *user, const char *id, const char *school,
                                         int64_t published_ms),
                         void *user) {
    struct sqlite3_stmt *statement = db_use(&reader->session.db, STATEMENT_ORIGINS,
                                            DB_VALUES(db_integer(reader->session.generation)));
    for (bool row = true; row;) {
        if (!db_step(&reader->session.db, statement, &row))
            return false;
        const char *id = row ? db_column_text(statement, 0) : NULL;
        const char *school = row ? db_column_text(statement, 1) : NULL;
        if (id && school)
            on_case(user, id, school, db_column_integer(statement, 2));
    }
    return true;
}

enum read_result reader_origins(struct reader *reader,
                                void (*on_case)(void *user, const char *id, const char *school,
                                                int64_t published_ms),
                                void *user) {
    bool own = false;
    enum read_result result = session_enter(&reader->session, &own);
    if (result == READ_DONE)
        result = session_leave(&reader->session, own, read_origins(reader, on_case, user));
    return result;
}

static bool read_schools(struct reader *reader, char ***names, size_t *count) {
    struct sqlite3_stmt *statement =
        db_use(&reader->session.db, STATEMENT_SCHOOLS,
               DB_VALUES(db_integer(reader->session.generation), db_integer(MAX_SCHOOLS)));
    size_t room = 0;
    for (bool row = true; row;) {
        if (!db_step(&reader->session.db, statement, &row))
            return false;
        if (!row)
            break;
        if (*count == room) {
            room = room ? room * 2 : 64;
            *names = xrealloc(*names, room, sizeof **names);
        }
        (*names)[(*count)++] = db_column_copy(statement, 0);
    }
    return true;
}

enum read_result reader_schools(struct reader *reader, char ***names, size_t *count) {
    bool own = false;
    *names = NULL;
    *count = 0;
    enum read_result result = session_enter(&reader->session, &own);
    if (result == READ_DONE)
        result = session_leave(&reader->session, own, read_schools(reader, names, count));
    if (result != READ_DONE) {
        schools_free(*names, *count);
        *names = NULL;
        *count = 0;
    }
    return result;
}

void schools_free(char **names, size_t count) {
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free((void *)names);
}

static void fill_case(struct case_record *record, struct sqlite3_stmt *statement) {
    *record = (struct case_record){.id = db_column_copy(statement, 0),
                                   .level = (enum level)column_choice(statement, 16, LEVEL_COUNT),
                                   .unit = (enum unit)column_choice(statement, 1, UNIT_COUNT),
                                   .phase = (enum phase)column_choice(statement, 2, PHASE_COUNT),
                                   .school = db_column_copy(statement, 3),
                                   .weight = (int)db_column_integer(statement, 4),
                                   .valid_from_ms = db_column_integer(statement, 5),
                                   .valid_until_ms = db_column_integer(statement, 6),
                                   .generation = db_column_integer(statement, 7),
                                   .title = db_column_copy(statement, 8),
                                   .summary = db_column_copy(statement, 9),
                                   .body = db_column_copy(statement, 10),
                                   .url = db_column_copy(statement, 11),
                                   .published_ms = db_column_integer(statement, 12),
                                   .twin = db_column_integer(statement, 13),
                                   .statement = db_column_hash(statement, 14),
                                   .ends_ms = db_column_integer(statement, 15)};
}

/* A further code is nobody's, whatever a damaged file says. */
static struct asset *place_of(struct case_record *record, enum asset_kind kind) {
    if (kind == ASSET_CODE)
        return record->code ? NULL : (record->code = xcalloc(1, sizeof *record->code));
    record->assets = xrealloc(record->assets, record->asset_count + 1, sizeof *record->assets);
    return record->assets + record->asset_count++;
}

static bool load_assets(struct reader *reader, int64_t row, struct case_record *record) {
    struct sqlite3_stmt *statement =
        db_use(&reader->session.db, STATEMENT_ASSETS, DB_VALUES(db_integer(row)));
    for (bool more = true; more;) {
        if (!db_step(&reader->session.db, statement, &more))
            return false;
        if (!more)
            break;
        enum asset_kind kind = (enum asset_kind)column_choice(statement, 0, ASSET_KIND_COUNT);
        struct asset *asset = place_of(record, kind);
        if (!asset)
            continue;
        *asset = (struct asset){.kind = kind,
                                .caption = db_column_copy(statement, 1),
                                .whole = db_column_integer(statement, 2),
                                .source = db_column_hash(statement, 4),
                                .width = (int)db_column_integer(statement, 5),
                                .height = (int)db_column_integer(statement, 6),
                                .focus_x = column_focus(statement, 7, FOCUS_X),
                                .focus_y = column_focus(statement, 8, FOCUS_Y),
                                .duration_ms = db_column_integer(statement, 9)};
        if (!rendition_load(&reader->session.db, db_column_integer(statement, 3), asset)) {
            db_reset(statement);
            return false;
        }
    }
    return true;
}

bool reader_load_row(struct reader *reader, int64_t generation, int64_t row,
                     struct case_record *record) {
    struct sqlite3_stmt *statement = db_use(&reader->session.db, STATEMENT_CASE,
                                            DB_VALUES(db_integer(generation), db_integer(row)));
    bool found = false;
    if (!db_step(&reader->session.db, statement, &found))
        return false;
    if (!found)
        return true;
    fill_case(record, statement);
    db_reset(statement);
    return load_assets(reader, row, record);
}

static bool load_by_id(struct reader *reader, const char *id, struct case_record *record) {
    int64_t row = 0;
    bool found = false;
    return db_find_integer(&reader->session.db, STATEMENT_ROW_OF_ID,
                           DB_VALUES(db_integer(reader->session.generation), db_text(id)), &row,
                           &found) &&
           (!found || reader_load_row(reader, reader->session.generation, row, record));
}

enum read_result reader_load(struct reader *reader, const char *const *ids, size_t count,
                             struct case_record *records) {
    bool own = false, good = true;
    for (size_t i = 0; i < count; i++)
        records[i] = (struct case_record){0};
    enum read_result result = session_enter(&reader->session, &own);
    if (result != READ_DONE)
        return result;
    for (size_t i = 0; good && i < count; i++)
        good = load_by_id(reader, ids[i], records + i);
    result = session_leave(&reader->session, own, good);
    for (size_t i = 0; result != READ_DONE && i < count; i++)
        case_finish(records + i);
    return result;
}

enum read_result reader_load_any(struct reader *reader, const char *id,
                                 struct case_record *record) {
    struct session *session = &reader->session;
    bool own = false, found = false;
    int64_t row = 0;
    *record = (struct case_record){0};
    enum read_result result = session_enter(session, &own);
    if (result != READ_DONE)
        return result;
    bool good =
        db_find_integer(&session->db, STATEMENT_CASE_FIND,
                        DB_VALUES(db_text(id), db_integer(session->generation)), &row, &found) &&
        (!found || reader_load_row(reader, session->generation, row, record));
    result = session_leave(session, own, good);
    if (result != READ_DONE)
        case_finish(record);
    return result;
}

/* The rows of all cases, in order. */
struct row_list {
    int64_t *rows;
    size_t count;
};

static bool read_sorted(struct reader *reader, int64_t now_ms, struct row_list *list) {
    struct sqlite3_stmt *statement =
        db_use(&reader->session.db, STATEMENT_SORTED,
               DB_VALUES(db_integer(reader->session.generation), db_integer(now_ms)));
    size_t room = 0;
    for (bool row = true; row;) {
        if (!db_step(&reader->session.db, statement, &row))
            return false;
        if (!row)
            break;
        if (list->count == room) {
            room = room ? room * 2 : 256;
            list->rows = xrealloc(list->rows, room, sizeof *list->rows);
        }
        list->rows[list->count++] = db_column_integer(statement, 0);
    }
    return true;
}

static enum read_result enter_waiting(struct reader *reader, bool *own) {
    enum read_result result = READ_BUSY;
    for (int i = 0; result == READ_BUSY && i < WAIT_TIMES; i++) {
        if (i)
            nanosleep(&(struct timespec){.tv_nsec = 50 * 1000000}, NULL);
        result = session_enter(&reader->session, own);
    }
    return result;
}

/* Cases list->rows[from…) of a generation, at most BLOCK, into records. */
static enum read_result load_block(struct reader *reader, int64_t generation,
                                   const struct row_list *list, size_t from,
                                   struct case_record records[BLOCK], size_t *count) {
    bool own = false, good = true;
    enum read_result result = enter_waiting(reader, &own);
    for (*count = 0; result == READ_DONE && good && *count < BLOCK && from + *count < list->count;
         ++*count)
        good = reader_load_row(reader, generation, list->rows[from + *count], records + *count);
    return result == READ_DONE ? session_leave(&reader->session, own, good) : result;
}

static enum read_result each_block(struct reader *reader, int64_t generation,
                                   const struct row_list *list,
                                   bool (*on_case)(void *user, const struct case_record *record),
                                   void *user) {
    enum read_result result = READ_DONE;
    bool more = true;
    for (size_t from = 0; more && result == READ_DONE && from < list->count; from += BLOCK) {
        struct case_record records[BLOCK] = {0};
        size_t count = 0;
        result = load_block(reader, generation, list, from, records, &count);
        for (size_t i = 0; i < count; i++) {
            if (result == READ_DONE && !records[i].id)
                result = READ_BUSY;
            more = more && result == READ_DONE && on_case(user, records + i);
            case_finish(records + i);
        }
    }
    return result;
}

enum read_result reader_each(struct reader *reader, int64_t now_ms,
                             bool (*on_case)(void *user, const struct case_record *record),
                             void *user) {
    struct row_list list = {0};
    bool own = false;
    enum read_result result = enter_waiting(reader, &own);
    int64_t generation = reader->session.generation;
    if (result == READ_DONE)
        result = session_leave(&reader->session, own, read_sorted(reader, now_ms, &list));
    if (result == READ_DONE)
        result = each_block(reader, generation, &list, on_case, user);
    free(list.rows);
    return result;
}

static bool read_counts(struct reader *reader, int64_t now_ms, struct counts *counts) {
    struct db *db = &reader->session.db;
    const struct db_value shown[] = {db_integer(reader->session.generation), db_integer(now_ms)};
    bool found = false;
    struct sqlite3_stmt *statement = db_use(db, STATEMENT_COUNT_UNITS, shown, 2);
    for (bool row = true; row;) {
        if (!db_step(db, statement, &row))
            return false;
        if (!row)
            break;
        int64_t cases = db_column_integer(statement, 2);
        bool notices = db_column_integer(statement, 1);
        counts->notices += notices ? cases : 0;
        counts->units[column_choice(statement, 0, UNIT_COUNT)] += notices ? 0 : cases;
        counts->cases += notices ? 0 : cases;
    }
    counts->generation = reader->session.generation;
    return db_find_integer(db, STATEMENT_COUNT_ASSETS, shown, 2, &counts->assets, &found) &&
           db_find_integer(db, STATEMENT_COUNT_BYTES, shown, 2, &counts->media_bytes, &found) &&
           db_find_integer(db, STATEMENT_MADE, shown, 1, &counts->made_ms, &found);
}

enum read_result reader_counts(struct reader *reader, int64_t now_ms, struct counts *counts) {
    bool own = false;
    *counts = (struct counts){0};
    enum read_result result = session_enter(&reader->session, &own);
    if (result == READ_DONE)
        result = session_leave(&reader->session, own, read_counts(reader, now_ms, counts));
    return result;
}
