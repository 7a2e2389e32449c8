#include "library/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "library/index.h"
#include "library/number_set.h"
#include "library/query.h"
#include "library/schema.h"
#include "library/session.h"

#define EXCERPT        64 /* characters of a summary or body, with the mark: two lines of a result */
#define EXCERPT_BEFORE 16 /* of them before the mark */

struct search {
    struct session session;
    struct query_case one;
};

/* One search that goes on. */
struct hunt {
    struct search *search;
    struct query query;
    struct number_set seen; /* rows that were found */
    int64_t now_ms;
    /* False: enough. */
    bool (*on_found)(void *user, struct sqlite3_stmt *row, const struct query_place *place);
    void *user;
};

struct search *search_open(const char *library_path) {
    struct search *search = xcalloc(1, sizeof *search);
    session_init(&search->session, library_path);
    return search;
}

void search_close(struct search *search) {
    if (!search)
        return;
    session_finish(&search->session);
    query_case_finish(&search->one);
    free(search);
}

/* Columns of STATEMENT_SEARCH_SHOWN behind the texts. */
enum { COLUMN_TEXTS = 1, COLUMN_ID = 5, COLUMN_UNIT, COLUMN_PHASE };

static const char *text_here(struct sqlite3_stmt *statement, int column) {
    const char *text = db_column_text(statement, column);
    return text ? text : "";
}

/* What the index says of a row is looked at in the row. */
static bool look_at(struct hunt *hunt, int64_t row, enum search_field last, bool *more) {
    struct session *session = &hunt->search->session;
    struct query_case *one = &hunt->search->one;
    struct query_place place;
    const char *texts[SEARCH_BODY + 1];
    bool found = false;
    struct sqlite3_stmt *statement = db_use(
        &session->db, STATEMENT_SEARCH_SHOWN,
        DB_VALUES(db_integer(session->generation), db_integer(row), db_integer(hunt->now_ms)));
    if (!db_step(&session->db, statement, &found))
        return false;
    if (!found)
        return true;
    for (int field = SEARCH_TITLE; field <= SEARCH_BODY; field++)
        texts[field] = field <= (int)last ? text_here(statement, COLUMN_TEXTS + field) : "";
    query_case_set(one, texts);
    if (query_match(&hunt->query, one, last, &place)) {
        number_set_add(&hunt->seen, row);
        *more = hunt->on_found(hunt->user, statement, &place);
    }
    db_reset(statement);
    return true;
}

/* Cases with every word in a field up to the last. */
static bool hunt_level(struct hunt *hunt, enum search_field last, bool *more) {
    struct db *db = &hunt->search->session.db;
    char *expression = query_expression(&hunt->query, last);
    struct sqlite3_stmt *statement =
        db_use(db, STATEMENT_SEARCH_MATCH, DB_VALUES(db_text(expression)));
    bool row = true, good = true;
    while (good && row && *more) {
        good = db_step(db, statement, &row);
        int64_t number = good && row ? db_column_integer(statement, 0) : 0;
        if (number && !number_set_has(&hunt->seen, number))
            good = look_at(hunt, number, last, more);
    }
    if (good && row)
        db_reset(statement);
    free(expression);
    return good;
}

static bool hunt_all(struct hunt *hunt, enum search_field last) {
    bool good = true, more = true;
    for (enum search_field field = SEARCH_TITLE; good && more && field <= last; field++)
        good = hunt_level(hunt, field, &more);
    return good;
}

static enum read_result hunt_run(struct hunt *hunt, enum search_field last) {
    struct session *session = &hunt->search->session;
    bool ready = false;
    if (!hunt->query.count)
        return READ_DONE;
    enum read_result result = session_begin(session);
    if (result != READ_DONE)
        return result;
    bool good = index_ready(&session->db, &ready) && (!ready || hunt_all(hunt, last));
    result = session_leave(session, true, good);
    return result == READ_DONE && !ready ? READ_UNREADY : result;
}

/* ---- hits */

struct finding {
    struct search_hits *hits;
    size_t limit, room;
};

/* So many characters back from `at`, not past a line's beginning. */
static size_t back(const char *text, size_t at, size_t characters) {
    while (at > 0 && characters > 0 && text[at - 1] != '\n') {
        at--;
        while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80)
            at--;
        characters--;
    }
    return at;
}

static size_t forth(const char *text, size_t at, size_t characters) {
    for (; text[at] && text[at] != '\n' && characters > 0; characters--) {
        const char *next = text + at;
        utf8_next(&next);
        at = (size_t)(next - text);
    }
    return at;
}

/* The part of a long text around the mark, of one paragraph. */
static char *cut(const char *text, struct search_mark *mark) {
    size_t start = back(text, mark->start, EXCERPT_BEFORE);
    size_t end = forth(text, start, EXCERPT);
    if (end < mark->end)
        end = mark->end;
    struct str excerpt = {0};
    if (start > 0)
        str_add(&excerpt, "…");
    size_t shift = excerpt.size;
    str_add_bytes(&excerpt, text + start, end - start);
    if (text[end])
        str_add(&excerpt, "…");
    mark->start = mark->start - start + shift;
    mark->end = mark->end - start + shift;
    return str_take(&excerpt);
}

static bool on_hit(void *user, struct sqlite3_stmt *row, const struct query_place *place) {
    struct finding *finding = user;
    struct search_hits *hits = finding->hits;
    if (hits->total < SEARCH_COUNT_LIMIT)
        hits->total++;
    if (hits->count < finding->limit) {
        if (hits->count == finding->room) {
            finding->room = finding->room ? finding->room * 2 : 32;
            hits->items = xrealloc(hits->items, finding->room, sizeof *hits->items);
        }
        struct search_hit *hit = hits->items + hits->count++;
        const char *text = text_here(row, COLUMN_TEXTS + (int)place->field);
        *hit =
            (struct search_hit){.id = db_column_copy(row, COLUMN_ID),
                                .school = db_column_copy(row, COLUMN_TEXTS + SEARCH_SCHOOL),
                                .title = db_column_copy(row, COLUMN_TEXTS + SEARCH_TITLE),
                                .unit = (enum unit)column_choice(row, COLUMN_UNIT, UNIT_COUNT),
                                .phase = (enum phase)column_choice(row, COLUMN_PHASE, PHASE_COUNT),
                                .field = place->field,
                                .mark = place->mark};
        hit->excerpt = place->field >= SEARCH_SUMMARY ? cut(text, &hit->mark) : xstrdup(text);
    }
    return hits->count < finding->limit || hits->total < SEARCH_COUNT_LIMIT;
}

enum read_result search_find(struct search *search, const char *query, int64_t now_ms, size_t limit,
                             struct search_hits *hits) {
    struct finding finding = {.hits = hits, .limit = limit};
    struct hunt hunt = {.search = search, .now_ms = now_ms, .on_found = on_hit, .user = &finding};
    *hits = (struct search_hits){0};
    query_parse(&hunt.query, query);
    enum read_result result = hunt_run(&hunt, SEARCH_BODY);
    if (result != READ_DONE)
        search_hits_finish(hits);
    query_finish(&hunt.query);
    number_set_finish(&hunt.seen);
    return result;
}

void search_hits_finish(struct search_hits *hits) {
    for (size_t i = 0; i < hits->count; i++) {
        free(hits->items[i].id);
        free(hits->items[i].school);
        free(hits->items[i].title);
        free(hits->items[i].excerpt);
    }
    free(hits->items);
    *hits = (struct search_hits){0};
}

/* ---- candidates */

enum read_result search_candidates(struct search *search, const char *letters, int64_t now_ms,
                                   size_t limit, char ***words, size_t *count) {
    (void)search;
    (void)letters;
    (void)now_ms;
    (void)limit;
    *words = NULL;
    *count = 0;
    return READ_DONE;
}

void search_candidates_finish(char **words, size_t count) {
    for (size_t i = 0; i < count; i++)
        free(words[i]);
    free((void *)words);
}
