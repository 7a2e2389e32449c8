#include "library/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "library/candidates.h"
#include "library/index.h"
#include "library/number_set.h"
#include "library/query.h"
#include "library/schema.h"
#include "library/session.h"

#define EXCERPT        64 /* characters of a summary or body, with the mark: two lines of a result */
#define EXCERPT_BEFORE 16 /* of them before the mark */

#define GATHERED 300 /* cases that candidates are gathered from */

struct search {
    struct session session;
    struct query_case one;
};

/* One search that goes on. */
struct hunt {
    struct search *search;
    struct query query;
    bool exact;
    struct number_set seen; /* rows that were found */
    int64_t now_ms;
    size_t limit; /* of those that are wanted with their texts */
    size_t enough;
    void (*on_found)(void *user, struct sqlite3_stmt *row, const struct query_place *place);
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
enum { COLUMN_TEXTS = 1, COLUMN_UNIT = 5, COLUMN_ID, COLUMN_PHASE };

/* row NULL: it is counted only. False: there are enough. */
static bool found_one(struct hunt *hunt, int64_t number, struct sqlite3_stmt *row,
                      const struct query_place *place) {
    number_set_add(&hunt->seen, number);
    if (hunt->seen.count <= hunt->limit)
        hunt->on_found(hunt->user, row, place);
    return hunt->seen.count < hunt->limit || hunt->seen.count < hunt->enough;
}

static enum unit unit_here(struct sqlite3_stmt *statement) {
    return (enum unit)column_choice(statement, COLUMN_UNIT, UNIT_COUNT);
}

static const char *field_here(struct sqlite3_stmt *statement, enum search_field field) {
    if (field == SEARCH_UNIT)
        return unit_name(unit_here(statement));
    const char *text = db_column_text(statement, COLUMN_TEXTS + (int)field);
    return text ? text : "";
}

/* Once there are hits enough, what the index says is enough where it says no more than is true. */
static bool count_on(struct hunt *hunt, int64_t row, bool *more) {
    struct session *session = &hunt->search->session;
    int64_t same = 0;
    bool found = false;
    bool good = db_find_integer(
        &session->db, STATEMENT_SEARCH_COUNTED,
        DB_VALUES(db_integer(session->generation), db_integer(row), db_integer(hunt->now_ms)),
        &same, &found);
    if (found)
        *more = found_one(hunt, row, NULL, NULL);
    return good;
}

/* What the index says of a row is looked at in the row. */
static bool look_at(struct hunt *hunt, int64_t row, enum search_field last, bool *more) {
    struct session *session = &hunt->search->session;
    struct query_case *one = &hunt->search->one;
    struct query_place place;
    const char *texts[SEARCH_FIELD_COUNT];
    bool found = false;
    struct sqlite3_stmt *statement = db_use(
        &session->db, STATEMENT_SEARCH_SHOWN,
        DB_VALUES(db_integer(session->generation), db_integer(row), db_integer(hunt->now_ms)));
    if (!db_step(&session->db, statement, &found))
        return false;
    if (!found)
        return true;
    for (int field = SEARCH_TITLE; field < SEARCH_FIELD_COUNT; field++)
        texts[field] = field <= (int)last || field == SEARCH_UNIT
                           ? field_here(statement, (enum search_field)field)
                           : "";
    query_case_set(one, texts);
    if (query_match(&hunt->query, one, last, &place))
        *more = found_one(hunt, row, statement, &place);
    db_reset(statement);
    return true;
}

/* Cases with every word in a field up to the last. */
static bool hunt_level(struct hunt *hunt, enum search_field last, bool *more) {
    struct db *db = &hunt->search->session.db;
    char *expression = query_expression(&hunt->query, last);
    if (!expression)
        return true;
    struct sqlite3_stmt *statement =
        db_use(db, STATEMENT_SEARCH_MATCH, DB_VALUES(db_text(expression)));
    bool row = true, good = true;
    while (good && row && *more) {
        good = db_step(db, statement, &row);
        int64_t number = good && row ? db_column_integer(statement, 0) : 0;
        if (!number || number_set_has(&hunt->seen, number))
            continue;
        good = hunt->exact && hunt->seen.count >= hunt->limit ? count_on(hunt, number, more)
                                                              : look_at(hunt, number, last, more);
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
    hunt->exact = query_is_exact(&hunt->query);
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
    size_t room;
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

/* Behind the marks that a line does not begin with. */
static size_t skip_marks(const char *text, size_t at, size_t end) {
    static const char *const marks[] = {"，", "。", "、", "；", "：", "！", "？", "”", "）", "》"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks;) {
        size_t size = strlen(marks[i]);
        bool is = at + size <= end && strncmp(text + at, marks[i], size) == 0;
        at += is ? size : 0;
        i = is ? 0 : i + 1;
    }
    return at;
}

/* The part of a long text around the mark, of one paragraph. */
static char *cut(const char *text, struct search_mark *mark) {
    size_t start = back(text, mark->start, EXCERPT_BEFORE);
    start = skip_marks(text, start, mark->start);
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

static void on_hit(void *user, struct sqlite3_stmt *row, const struct query_place *place) {
    struct finding *finding = user;
    struct search_hits *hits = finding->hits;
    if (hits->count == finding->room) {
        finding->room = finding->room ? finding->room * 2 : 32;
        hits->items = xrealloc(hits->items, finding->room, sizeof *hits->items);
    }
    struct search_hit *hit = hits->items + hits->count++;
    const char *text = field_here(row, place->field);
    *hit = (struct search_hit){.id = db_column_copy(row, COLUMN_ID),
                               .school = db_column_copy(row, COLUMN_TEXTS + SEARCH_SCHOOL),
                               .title = db_column_copy(row, COLUMN_TEXTS + SEARCH_TITLE),
                               .unit = unit_here(row),
                               .phase = (enum phase)column_choice(row, COLUMN_PHASE, PHASE_COUNT),
                               .field = place->field,
                               .mark = place->mark};
    hit->excerpt = place->field == SEARCH_SUMMARY || place->field == SEARCH_BODY
                       ? cut(text, &hit->mark)
                       : xstrdup(text);
}

enum read_result search_find(struct search *search, const char *query, int64_t now_ms, size_t limit,
                             struct search_hits *hits) {
    struct finding finding = {.hits = hits};
    struct hunt hunt = {.search = search,
                        .now_ms = now_ms,
                        .limit = limit,
                        .enough = SEARCH_COUNT_LIMIT,
                        .on_found = on_hit,
                        .user = &finding};
    *hits = (struct search_hits){0};
    query_parse(&hunt.query, query);
    enum read_result result = hunt_run(&hunt, SEARCH_UNIT);
    hits->total =
        (int64_t)(hunt.seen.count < SEARCH_COUNT_LIMIT ? hunt.seen.count : SEARCH_COUNT_LIMIT);
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

struct gathering {
    struct candidate_words words;
    struct query_word letters; /* the word typed */
};

static bool has_letters(const struct query_word *word) {
    for (size_t i = 0; i < word->size; i++)
        if (!fold_is_alnum(word->letters[i]))
            return false;
    return true;
}

/* A Latin word or number that begins with the letters is none of what they can stand for. */
static bool is_chinese(const char *text, struct search_mark mark) {
    return (unsigned char)text[mark.start] >= 0x80 && mark.end > mark.start;
}

static void on_candidate(void *user, struct sqlite3_stmt *row, const struct query_place *place) {
    struct gathering *gathering = user;
    const char *text = field_here(row, place->field);
    bool school = place->field == SEARCH_SCHOOL && place->mark.start == 0;
    if (is_chinese(text, place->mark))
        candidate_words_add(&gathering->words, text, place->mark.start, place->mark.end, school);
}

static void add_units(struct gathering *gathering) {
    struct folded folded = {0};
    struct match match;
    for (int unit = 0; unit < UNIT_COUNT; unit++) {
        const char *name = unit_name((enum unit)unit);
        fold_text(&folded, name, false);
        if (match_find(&folded, gathering->letters.letters, gathering->letters.size, true,
                       &match) &&
            match.from == 0)
            candidate_words_add(&gathering->words, name, 0, strlen(name), true);
    }
    folded_finish(&folded);
}

enum read_result search_candidates(struct search *search, const char *letters, int64_t now_ms,
                                   size_t limit, char ***words, size_t *count) {
    struct gathering gathering = {0};
    struct hunt hunt = {.search = search,
                        .now_ms = now_ms,
                        .limit = GATHERED,
                        .on_found = on_candidate,
                        .user = &gathering};
    *words = NULL;
    *count = 0;
    query_parse(&hunt.query, letters);
    bool ask = hunt.query.count == 1 && has_letters(hunt.query.words) && limit > 0;
    enum read_result result = READ_DONE;
    if (ask) {
        gathering.letters = hunt.query.words[0];
        add_units(&gathering);
        result = hunt_run(&hunt, SEARCH_SCHOOL);
    }
    if (ask && result == READ_DONE)
        *count = candidate_words_take(&gathering.words, limit, words);
    candidate_words_finish(&gathering.words);
    query_finish(&hunt.query);
    number_set_finish(&hunt.seen);
    return result;
}

void search_candidates_finish(char **words, size_t count) {
    for (size_t i = 0; i < count; i++)
        free(words[i]);
    free((void *)words);
}
