/* Searching: against a naive search of all that is shown, through the life of a library; the order;
 * what is marked; what is typed by people who mean no good. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"
#include "base/time.h"
#include "ingest/twin.h"
#include "library/fold.h"
#include "library/pinyin.h"
#include "library/reader.h"
#include "library/schema.h"
#include "library/search.h"
#include "library/short_names.h"
#include "library_fixture.h"

#define CASES 1200
#ifdef __SANITIZE_ADDRESS__ /* the same code, at a sixth of the speed */
#define QUERIES 100
#else
#define QUERIES 400
#endif
#define NOW_MS 1791417600000

static uint64_t seed = 1;

static size_t roll(size_t below) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)((seed >> 33) % below);
}

#define PICK(array) ((array)[roll(COUNT(array))])

/* ---- invented cases: few characters, so that much is alike */

static const char *const pieces[] = {
    "党", "建", "引", "领", "长", "重", "乐", "厦",   "门",  "女",   "绿", "dang", "xi", "an", "VR",
    "Li", "学", "生", "大", "的", "行", "率", "安",   "西",  "先",   "AI", "5G",   "b3", "12", "，",
    "。", "（", "）", "·",  " ",  "“",  "吱", "Open", "day", "2026", "é",  "🎉",    "か", "-",  "师",
    "范", "理", "工", "一", "站", "式", "\n", "亚",   "阿",  "楼",   "会", "清"};
static const char *const places[] = {"松湖", "青禾",     "清华",     "北京航空航天",
                                     "厦门", "重庆师范", "长安理工", "中国石油"};
static const char *const lasts[] = {"大学", "学院", "大学（华东）", "大学(北京)"};

static char *make_text(size_t least, size_t most) {
    struct str text = {0};
    for (size_t i = 0, count = least + roll(most - least + 1); i < count; i++)
        str_add(&text, PICK(pieces));
    return str_take(&text);
}

static struct case_record make_random(size_t id) {
    struct case_record record = {.id = xasprintf("c%zu", id),
                                 .unit = (enum unit)roll(UNIT_COUNT),
                                 .phase = (enum phase)roll(PHASE_COUNT),
                                 .school = xasprintf("%s%s", PICK(places), PICK(lasts)),
                                 .title = make_text(1, 6),
                                 .summary = make_text(0, 10),
                                 .body = make_text(0, 60),
                                 .url = xstrdup(""),
                                 .weight = 1};
    record.valid_from_ms = roll(8) ? 0 : NOW_MS + (int64_t)roll(3) - 1;
    record.valid_until_ms = roll(8) ? 0 : NOW_MS + (int64_t)roll(3) - 1;
    record.twin = twin_of(record.school, record.title);
    return record;
}

/* ---- the naive search */

enum typing { LITERAL, FIRSTS, MIXED };

static bool is_vowel(const uint32_t *word, size_t left) {
    return left && *word < 0x80 && strchr("aeiouv", (int)*word);
}

/* latin: all letters of this run so far are those of the text. */
static bool matches_from(const struct folded *text, size_t i, const uint32_t *word, size_t left,
                         enum typing typing, bool latin) {
    const char *readings[PINYIN_READINGS];
    if (!left)
        return true;
    if (i == text->count || text->letters[i] == FOLD_BREAK)
        return false;
    bool letter = fold_is_letter(*word);
    if (text->letters[i] == *word && (typing != MIXED || !letter || latin) &&
        matches_from(text, i + 1, word + 1, left - 1, typing, !letter || latin))
        return true;
    size_t count = typing != LITERAL && !fold_is_alnum(text->letters[i])
                       ? pinyin_readings(text->letters[i], readings)
                       : 0;
    for (size_t r = 0; r < count; r++)
        for (size_t size = 1; size <= strlen(readings[r]) && size <= left; size++) {
            if (word[size - 1] != (unsigned char)readings[r][size - 1])
                break;
            bool whole = !readings[r][size], ends = size == left || !fold_is_letter(word[size]);
            bool first = size == 1 || (size == 2 && readings[r][1] == 'h');
            if (typing == FIRSTS
                    ? !first
                    : !whole && !ends && (!first || is_vowel(word + size, left - size)))
                continue;
            if (matches_from(text, i + 1, word + size, left - size, typing, ends))
                return true;
        }
    return false;
}

static bool in_text(const char *text, const uint32_t *word, size_t size, bool pinyin) {
    struct folded folded = {0};
    bool found = false;
    fold_text(&folded, text, false);
    for (size_t i = 0; i < folded.count && !found; i++)
        found = fold_starts(&folded, i) &&
                (matches_from(&folded, i, word, size, pinyin ? FIRSTS : LITERAL, true) ||
                 (pinyin && matches_from(&folded, i, word, size, MIXED, true)));
    folded_finish(&folded);
    return found;
}

/* Its whole name, and no less. */
static bool is_unit(enum unit unit, const uint32_t *word, size_t size) {
    struct folded name = {0};
    fold_text(&name, unit_name(unit), false);
    size_t all = name.count;
    bool is = matches_from(&name, 0, word, size, FIRSTS, true) ||
              matches_from(&name, 0, word, size, MIXED, true);
    for (name.count = 1; is && name.count < all; name.count++)
        is = !matches_from(&name, 0, word, size, FIRSTS, true) &&
             !matches_from(&name, 0, word, size, MIXED, true);
    folded_finish(&name);
    return is;
}

/* The first field with the word, SEARCH_FIELD_COUNT for none. */
static int field_of(const struct case_record *record, const uint32_t *word, size_t size) {
    struct str schools = {0};
    str_addf(&schools, "%s\n", record->school);
    short_names_add(&schools, record->school);
    int field = in_text(record->title, word, size, true)      ? SEARCH_TITLE
                : in_text(schools.data, word, size, true)     ? SEARCH_SCHOOL
                : in_text(record->summary, word, size, false) ? SEARCH_SUMMARY
                : in_text(record->body, word, size, false)    ? SEARCH_BODY
                : is_unit(record->unit, word, size)           ? SEARCH_UNIT
                                                              : SEARCH_FIELD_COUNT;
    str_finish(&schools);
    return field;
}

struct expected {
    char *id;
    int level, field; /* of the last and of the first word found */
    int64_t row;
};

struct oracle {
    const struct paths *paths;
    struct folded query;
    struct expected *found;
    size_t count;
    struct case_record shown[CASES];
    int64_t rows[CASES];
    size_t shown_count;
};

static int by_rank(const void *a, const void *b) {
    const struct expected *x = a, *y = b;
    if (x->level != y->level)
        return x->level - y->level;
    return x->row > y->row ? -1 : x->row < y->row;
}

static bool on_shown(void *user, const struct case_record *record) {
    struct oracle *oracle = user;
    bool valid = (!record->valid_from_ms || record->valid_from_ms <= NOW_MS) &&
                 (!record->valid_until_ms || NOW_MS <= record->valid_until_ms);
    if (!valid)
        return true;
    char *sql = xasprintf(
        "SELECT row FROM cases, pointer WHERE id = '%s' AND from_generation <= current AND "
        "(until_generation IS NULL OR until_generation > current)",
        record->id);
    oracle->rows[oracle->shown_count] = raw_sql(oracle->paths->library, sql);
    free(sql);
    oracle->shown[oracle->shown_count++] = (struct case_record){.id = xstrdup(record->id),
                                                                .unit = record->unit,
                                                                .school = xstrdup(record->school),
                                                                .title = xstrdup(record->title),
                                                                .summary = xstrdup(record->summary),
                                                                .body = xstrdup(record->body)};
    return true;
}

static void oracle_init(struct oracle *oracle, const struct paths *paths) {
    struct reader *reader = reader_open(paths->library);
    *oracle = (struct oracle){.paths = paths};
    assert_int_equal(reader_each(reader, NOW_MS, on_shown, oracle), READ_DONE);
    reader_close(reader);
}

static void oracle_finish(struct oracle *oracle) {
    for (size_t i = 0; i < oracle->shown_count; i++)
        case_finish(oracle->shown + i);
    folded_finish(&oracle->query);
    free(oracle->found);
}

/* The words of a query, one after the other, from *at on. */
static bool next_word(const struct folded *query, size_t *at, size_t *from) {
    while (*at < query->count && query->letters[*at] == FOLD_BREAK)
        ++*at;
    *from = *at;
    while (*at < query->count && query->letters[*at] != FOLD_BREAK)
        ++*at;
    return *at > *from;
}

static size_t count_words(const struct folded *query) {
    size_t count = 0;
    for (size_t at = 0, from = 0; next_word(query, &at, &from);)
        count++;
    return count;
}

/* The field of the last word; SEARCH_FIELD_COUNT: it is not found. The name of a unit counts only
 * alone. */
static int level_of(const struct folded *query, const struct case_record *record) {
    bool alone = count_words(query) == 1;
    int level = count_words(query) ? SEARCH_TITLE : SEARCH_FIELD_COUNT;
    for (size_t at = 0, from = 0; next_word(query, &at, &from);) {
        const uint32_t *word = query->letters + from;
        bool unit = !alone && is_unit(record->unit, word, at - from);
        int field = unit ? SEARCH_TITLE : field_of(record, word, at - from);
        level = field > level ? field : level;
    }
    return level;
}

/* The first field that was looked at and has a word. */
static int first_of(const struct folded *query, const struct case_record *record, int level) {
    int first = SEARCH_UNIT;
    for (size_t at = 0, from = 0; next_word(query, &at, &from);) {
        int field = field_of(record, query->letters + from, at - from);
        if (field <= level && field < first)
            first = field;
    }
    return first;
}

static void oracle_find(struct oracle *oracle, const char *query) {
    struct folded *folded = &oracle->query;
    fold_text(folded, query, true);
    oracle->found = xrealloc(oracle->found, CASES, sizeof *oracle->found);
    oracle->count = 0;
    for (size_t c = 0; c < oracle->shown_count; c++) {
        int level = level_of(folded, oracle->shown + c);
        if (level < SEARCH_FIELD_COUNT)
            oracle->found[oracle->count++] =
                (struct expected){oracle->shown[c].id, level,
                                  first_of(folded, oracle->shown + c, level), oracle->rows[c]};
    }
    qsort(oracle->found, oracle->count, sizeof *oracle->found, by_rank);
}

/* ---- random queries out of what is there */

static void add_typed(struct str *query, const char *text) {
    const char *readings[PINYIN_READINGS];
    const char *at = text;
    size_t skip = roll(4), size = 1 + roll(5);
    for (size_t i = 0; i < skip && *at; i++)
        utf8_next(&at);
    for (size_t i = 0; i < size && *at; i++) {
        const char *from = at;
        uint32_t c = utf8_next(&at);
        size_t count = pinyin_readings(c, readings);
        const char *reading = count ? readings[roll(count)] : "";
        if (!count || roll(4) == 0)
            str_add_bytes(query, from, (size_t)(at - from));
        else
            str_add_bytes(query, reading, strnlen(reading, 1 + roll(3) * roll(3)));
    }
}

static char *make_query(const struct oracle *oracle) {
    static const char *const units[] = {"djyl ", "党建引领 ", "平安社区 ", "zhihuifw ",
                                        "dangjianyin "};
    struct str query = {0};
    if (roll(12) == 0)
        str_add(&query, PICK(units));
    for (size_t words = 1 + roll(8) / 6; words > 0; words--) {
        const struct case_record *record = oracle->shown + roll(oracle->shown_count);
        const char *const texts[] = {record->title, record->title, record->school, record->summary,
                                     record->body};
        if (roll(3) == 0) {
            add_typed(&query, PICK(texts));
        } else {
            const char *text = PICK(texts);
            size_t from = utf8_cut(text, roll(strlen(text) + 1));
            str_add_bytes(&query, text + from, utf8_cut(text + from, 1 + roll(12)));
        }
        str_add_char(&query, ' ');
    }
    return str_take(&query);
}

static void compare(struct search *search, struct oracle *oracle, const char *query) {
    struct search_hits hits;
    oracle_find(oracle, query);
    assert_int_equal(search_find(search, query, NOW_MS, CASES, &hits), READ_DONE);
    size_t counted = oracle->count < SEARCH_COUNT_LIMIT ? oracle->count : SEARCH_COUNT_LIMIT;
    if (hits.count != oracle->count || (size_t)hits.total != counted)
        fail_msg("“%s”: %zu hits, %zu expected", query, hits.count, oracle->count);
    for (size_t i = 0; i < hits.count; i++)
        if (strcmp(hits.items[i].id, oracle->found[i].id) != 0 ||
            (int)hits.items[i].field != oracle->found[i].field)
            fail_msg("“%s”: hit %zu is %s, not %s", query, i, hits.items[i].id,
                     oracle->found[i].id);
    search_hits_finish(&hits);
}

static void compare_many(const struct paths *paths) {
    static struct oracle oracle;
    struct search *search = search_open(paths->library);
    oracle_init(&oracle, paths);
    assert_true(oracle.shown_count > CASES / 4);
    for (size_t i = 0; i < QUERIES; i++) {
        char *query = make_query(&oracle);
        compare(search, &oracle, query);
        free(query);
    }
    oracle_finish(&oracle);
    search_close(search);
    raw_sql(paths->library, "INSERT INTO search (search) VALUES ('integrity-check')");
}

/* Puts some of the cases anew. */
static void import_some(struct library *library, size_t from, size_t to, size_t one_in) {
    bool changed = false;
    enum change change;
    assert_true(library_begin(library));
    for (size_t i = from; i < to; i++) {
        if (roll(one_in) != 0)
            continue;
        struct case_record record = make_random(i);
        assert_true(library_put(library, &record, &change));
        case_finish(&record);
    }
    assert_true(library_commit(library, "test", &changed));
}

/* Imports, a rollback, what is withdrawn, sweeps, and an import that does not end. */
static void test_oracle(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    static const char *const withdrawn[] = {"c1", "c2", "c3", "c500", "c501", "c502"};
    struct library *library = library_open(paths, NULL);
    struct sweep sweep;
    bool moved = false, found = false, changed = false;
    import_some(library, 0, CASES, 1);
    compare_many(paths);
    import_some(library, 0, CASES / 2, 2);
    assert_true(library_begin(library));
    for (size_t i = 0; i < 100; i++) {
        char *id = xasprintf("c%zu", i * 7);
        assert_true(library_remove(library, id, &found));
        free(id);
    }
    assert_true(library_commit(library, "test", &changed));
    compare_many(paths);
    assert_true(library_set_withdrawn(library, withdrawn, COUNT(withdrawn)));
    compare_many(paths);
    assert_true(library_rollback(library, &moved) && moved);
    compare_many(paths);
    import_some(library, 0, CASES, 3);
    assert_true(library_sweep(library, false, &sweep) && sweep.cases > 0);
    compare_many(paths);
    assert_true(library_begin(library));
    for (size_t i = 0; i < 300; i++) {
        struct case_record record = make_random(i);
        enum change change;
        assert_true(library_put(library, &record, &change));
        case_finish(&record);
    }
    library_abort(library);
    compare_many(paths);
    library_close(library);
}

/* ---- the index alone */

static int64_t count_terms(const char *path, const char *term) {
    char *sql = xasprintf("CREATE VIRTUAL TABLE temp.terms USING fts5vocab ('main', 'search', "
                          "'row'); SELECT count(*) FROM temp.terms WHERE term GLOB '%s'",
                          term);
    int64_t count = raw_sql(path, sql);
    free(sql);
    return count;
}

/* What is deleted leaves no term, whatever deletes it. */
static void test_nothing_is_left(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    static const char *const ids[] = {"a"};
    struct sweep sweep;
    assert_true(import_ids(paths, ids, 1, "甲"));
    assert_int_equal(count_terms(paths->library, "a甲"), 1);
    assert_true(import_ids(paths, ids, 1, "乙"));
    struct library *library = library_open(paths, NULL);
    assert_true(library_begin(library)); /* twice in one import: the first of it goes at once */
    assert_true(put(library, "a", "丙", NULL));
    assert_true(put(library, "a", "丁", NULL));
    library_abort(library);
    library_close(library);
    assert_int_equal(count_terms(paths->library, "a[丙丁]"), 0);
    assert_true(import_ids(paths, ids, 1, "戊"));
    library = library_open(paths, NULL);
    assert_true(library_sweep(library, false, &sweep));
    library_close(library);
    assert_int_equal(count_terms(paths->library, "a甲"), 0);
    assert_int_equal(count_terms(paths->library, "a[乙戊]"), 2);
}

static size_t find_count(struct search *search, const char *query) {
    struct search_hits hits;
    assert_int_equal(search_find(search, query, NOW_MS, 1000, &hits), READ_DONE);
    size_t count = hits.count;
    search_hits_finish(&hits);
    return count;
}

/* A library of the schema before: not to be searched until a writer made the index. */
static void test_older_library(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    struct search_hits hits;
    struct library *library = library_open(paths, NULL);
    import_some(library, 0, CASES, 1);
    import_some(library, 0, 20, 1);
    library_close(library);
    make_older(paths->library, 3);
    struct search *search = search_open(paths->library);
    assert_int_equal(search_find(search, "党", NOW_MS, 1, &hits), READ_UNREADY);
    library = library_open(paths, NULL); /* migrated; the index is still empty */
    assert_int_equal(search_find(search, "党", NOW_MS, 1, &hits), READ_UNREADY);
    assert_int_equal(hits.count, 0);
    assert_true(library_index(library));
    compare_many(paths);
    library_close(library);
    /* killed half way: it goes on there; what goes and comes meanwhile is right */
    raw_sql(paths->library, "INSERT INTO search (search) VALUES ('delete-all');"
                            "UPDATE search_state SET done = 0");
    library = library_open(paths, NULL);
    struct sweep sweep;
    bool moved = false;
    assert_true(library_rollback(library, &moved) && moved);
    assert_true(library_sweep(library, false, &sweep) && sweep.cases > 0);
    assert_int_equal(search_find(search, "党", NOW_MS, 1, &hits), READ_UNREADY);
    import_some(library, 0, 30, 2);
    library_close(library);
    compare_many(paths);
    search_close(search);
}

/* Terms of another version of the program: made anew. */
static void test_other_terms(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    struct search_hits hits;
    static const char *const ids[] = {"a", "b"};
    assert_true(import_ids(paths, ids, 2, "甲"));
    raw_sql(paths->library, "INSERT INTO search (search) VALUES ('delete-all');"
                            "INSERT INTO search (rowid, terms) VALUES (1, 'a乙');"
                            "UPDATE search_state SET version = version - 1");
    struct search *search = search_open(paths->library);
    assert_int_equal(search_find(search, "甲", NOW_MS, 9, &hits), READ_UNREADY);
    struct library *library = library_open(paths, NULL);
    assert_true(library_index(library));
    library_close(library);
    assert_int_equal(find_count(search, "甲"), 2);
    assert_int_equal(count_terms(paths->library, "a乙"), 0);
    search_close(search);
}

/* What the index has and no case does is no hit. */
static void test_stale_term(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    static const char *const ids[] = {"a"};
    assert_true(import_ids(paths, ids, 1, "甲乙"));
    raw_sql(paths->library, "INSERT INTO search (rowid, terms) VALUES (77, 'a甲 a甲乙')");
    struct search *search = search_open(paths->library);
    assert_int_equal(find_count(search, "甲乙"), 1);
    search_close(search);
}

static void test_no_library(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    struct search_hits hits;
    struct search *search = search_open(paths->library);
    assert_int_equal(search_find(search, "党", NOW_MS, 9, &hits), READ_MISSING);
    assert_int_equal(hits.count, 0);
    search_close(search);
    search_close(NULL);
}

/* ---- hits */

static void put_case(struct library *library, const char *id, const char *school, const char *title,
                     const char *summary, const char *body) {
    struct case_record record = make_case(id, UNIT_SAFETY, school, title);
    enum change change;
    free(record.summary);
    free(record.body);
    record.summary = xstrdup(summary);
    record.body = xstrdup(body);
    assert_true(library_put(library, &record, &change));
    case_finish(&record);
}

static void make_some(const struct paths *paths) {
    struct library *library = library_open(paths, NULL);
    bool changed = false;
    assert_true(library_begin(library));
    put_case(library, "学校", "望川大学", "楼道课堂", "", "");
    put_case(
        library, "正文", "明山学院", "甲", "",
        "第一段。\n夜里从一点开始在门口守候的同学们一共有三十二位，都是望川志愿者队伍里的老队员，"
        "他们轮流值守，风雨无阻，从开学第一天一直坚持到了学期的最后一天，没有人缺席过一次，"
        "也没有人抱怨过一句。\n第三段。");
    put_case(library, "标题", "明山学院", "眺望川流", "", "");
    put_case(library, "摘要", "明山学院", "乙", "在望川边", "望川");
    put_case(library, "北航", "北京航空航天大学", "党建引领一站式社区", "", "");
    put_case(library, "石油", "中国石油大学（华东）", "党建引领同心圆", "", "");
    put_case(library, "两处", "清华大学", "读书会", "", "每周读书");
    assert_true(library_commit(library, "test", &changed));
    library_close(library);
}

/* A query, the ids found, in order, and of the first what is marked in its excerpt. */
static void test_hits(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    static const struct {
        const char *query, *ids;
        enum search_field field;
        const char *marked;
    } cases[] = {
        {"望川", "标题 学校 摘要 正文 ", SEARCH_TITLE, "望川"},
        {"wangchuan", "标题 学校 ", SEARCH_TITLE, "望川"},
        {"wc", "标题 学校 ", SEARCH_TITLE, "望川"},
        {"望川 明山", "标题 摘要 正文 ", SEARCH_TITLE, "望川"},
        {"明山 望川", "标题 摘要 正文 ", SEARCH_TITLE, "望川"},
        {"夜里", "正文 ", SEARCH_BODY, "夜里"},
        {"最后一天", "正文 ", SEARCH_BODY, "最后一天"},
        {"北航", "北航 ", SEARCH_SCHOOL, "北京航空航天大学"},
        {"bh", "北航 ", SEARCH_SCHOOL, "北京航空航天大学"},
        {"北京航空", "北航 ", SEARCH_SCHOOL, "北京航空"},
        {"石大（华东）", "石油 ", SEARCH_SCHOOL, "中国石油大学（华东）"},
        {"中国石油大学(华东)", "石油 ", SEARCH_SCHOOL, "中国石油大学（华东"},
        {"中国石油大学（华东）", "石油 ", SEARCH_SCHOOL, "中国石油大学（华东"},
        {"djyl", "石油 北航 ", SEARCH_TITLE, "党建引领"},
        {"dangjianyl yizh", "北航 ", SEARCH_TITLE, "党建引领"},
        {"dangj", "石油 北航 ", SEARCH_TITLE, "党建"},
        {"清华", "两处 ", SEARCH_SCHOOL, "清华"},
        {"qh", "两处 ", SEARCH_SCHOOL, "清华"},
        {"dushu", "两处 ", SEARCH_TITLE, "读书"},
        {"pasq", "两处 石油 北航 摘要 标题 正文 学校 ", SEARCH_UNIT, "平安社区"},
        {"平安社区 望川", "标题 学校 摘要 正文 ", SEARCH_TITLE, "望川"},
        {"平安社", "", SEARCH_TITLE, ""},
        {"智慧服务", "", SEARCH_TITLE, ""},
        {"智慧服务 望川", "", SEARCH_TITLE, ""},
        {"没有这样的", "", SEARCH_TITLE, ""},
        {"", "", SEARCH_TITLE, ""},
        {"，。！", "", SEARCH_TITLE, ""},
    };
    make_some(paths);
    struct search *search = search_open(paths->library);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct search_hits hits;
        struct str ids = {0};
        assert_int_equal(search_find(search, cases[i].query, NOW_MS, 20, &hits), READ_DONE);
        for (size_t k = 0; k < hits.count; k++)
            str_addf(&ids, "%s ", hits.items[k].id);
        if (strcmp(str_text(&ids), cases[i].ids) != 0)
            fail_msg("%s: %s", cases[i].query, str_text(&ids));
        assert_int_equal(hits.total, hits.count);
        if (hits.count) {
            const struct search_hit *hit = hits.items;
            char *marked =
                xstrndup(hit->excerpt + hit->mark.start, hit->mark.end - hit->mark.start);
            assert_int_equal(hit->field, cases[i].field);
            assert_string_equal(marked, cases[i].marked);
            free(marked);
        }
        str_finish(&ids);
        search_hits_finish(&hits);
    }
    search_close(search);
}

static void test_excerpt(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    static const struct {
        const char *query, *begins, *ends;
    } cases[] = {
        {"第一段", "第一段。", "第一段。…"},
        {"夜里", "…夜里从一点", "…"},
        {"最后一天", "…从开学第一天一直坚持到了学期的最后一天", "一句。…"},
        {"第三段", "…第三段。", "第三段。"},
    };
    make_some(paths);
    struct search *search = search_open(paths->library);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct search_hits hits;
        assert_int_equal(search_find(search, cases[i].query, NOW_MS, 1, &hits), READ_DONE);
        assert_int_equal(hits.count, 1);
        if (!strstr(hits.items[0].excerpt, cases[i].begins) ||
            !text_ends(hits.items[0].excerpt, cases[i].ends))
            fail_msg("%s: %s", cases[i].query, hits.items[0].excerpt);
        assert_true(utf8_length(hits.items[0].excerpt) <= 66);
        search_hits_finish(&hits);
    }
    search_close(search);
}

/* The first so many are the same whatever the limit. */
static void test_limit(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    struct library *library = library_open(paths, NULL);
    import_some(library, 0, CASES, 1);
    library_close(library);
    struct search *search = search_open(paths->library);
    struct search_hits all, some;
    assert_int_equal(search_find(search, "d", NOW_MS, CASES, &all), READ_DONE);
    assert_true(all.count > SEARCH_COUNT_LIMIT);
    assert_int_equal(all.total, SEARCH_COUNT_LIMIT);
    for (size_t limit = 0; limit < 200; limit += 23) {
        assert_int_equal(search_find(search, "d", NOW_MS, limit, &some), READ_DONE);
        assert_int_equal(some.count, limit);
        assert_int_equal(some.total, SEARCH_COUNT_LIMIT);
        for (size_t i = 0; i < limit; i++)
            assert_string_equal(some.items[i].id, all.items[i].id);
        search_hits_finish(&some);
    }
    search_hits_finish(&all);
    search_close(search);
}

/* ---- what nobody means */

static void test_hostile(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    static const char *const queries[] = {"\"",
                                          "'",
                                          "\"\"",
                                          "a\"b",
                                          "*",
                                          "党*",
                                          "党 OR 建",
                                          "NOT",
                                          "AND",
                                          "NEAR(党 建)",
                                          "terms:党",
                                          "{terms}:党",
                                          "-党",
                                          "^党",
                                          "(",
                                          ")",
                                          "党)",
                                          "('",
                                          ";--",
                                          "'; DROP TABLE search;--",
                                          "%",
                                          "_",
                                          "\\",
                                          "\x01\x02",
                                          "\xFF\xFE",
                                          "\xE5\x85",
                                          "\xF0\x9F",
                                          "\xED\xA0\x80",
                                          "\xC0\x80",
                                          "🎉",
                                          "👨‍👩‍👧‍👦",
                                          "\xEF\xBF\xBD",
                                          "    ",
                                          "\t\n\r",
                                          "　",
                                          "\xE2\x80\x8B",
                                          "\xE2\x80\x8E",
                                          "e\xCC\x81\xCC\x81",
                                          "ﷺ",
                                          "㍿",
                                          "..",
                                          "a-b-c",
                                          "0",
                                          "zhzhzhzhzhzhzhzhzhzhzhzhzhzhzhzh"};
    static const char *const units[] = {"党", "a",  "zh",  "xian", "na", " a",        "党 ", "1",
                                        "🎉",  "\"", "d党", "\xFF", "(",  "e\xCC\x81", "a1"};
    make_some(paths);
    struct search *search = search_open(paths->library);
    struct search_hits hits;
    char **words = NULL;
    size_t count = 0;
    assert_int_equal(search_find(search, NULL, NOW_MS, 9, &hits), READ_DONE);
    for (size_t i = 0; i < COUNT(queries); i++) {
        assert_int_equal(search_find(search, queries[i], NOW_MS, 9, &hits), READ_DONE);
        search_hits_finish(&hits);
        assert_int_equal(search_candidates(search, queries[i], NOW_MS, 9, &words, &count),
                         READ_DONE);
        search_candidates_finish(words, count);
    }
    for (size_t i = 0; i < COUNT(units); i++)
        for (size_t times = 1; times <= 10000; times = times * 10 / 3 + 1) {
            struct str query = {0};
            for (size_t k = 0; k < times; k++)
                str_add(&query, units[i]);
            assert_int_equal(search_find(search, query.data, NOW_MS, 9, &hits), READ_DONE);
            search_hits_finish(&hits);
            assert_int_equal(search_candidates(search, query.data, NOW_MS, 9, &words, &count),
                             READ_DONE);
            search_candidates_finish(words, count);
            str_finish(&query);
        }
    for (size_t i = 0; i < 3000; i++) { /* any bytes */
        char query[24];
        size_t size = roll(sizeof query);
        for (size_t k = 0; k < size; k++)
            query[k] = (char)(1 + roll(255));
        query[size] = '\0';
        assert_int_equal(search_find(search, query, NOW_MS, 9, &hits), READ_DONE);
        search_hits_finish(&hits);
    }
    search_close(search);
}

/* ---- candidates */

static void test_candidates(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    static const struct {
        const char *letters, *words;
    } cases[] = {
        {"djyl", "党建引领 "},
        {"dangj", "党建引领 "},
        {"bh", "北京航空航天大学 "},
        {"qinghua", "清华大学 "},
        {"ping", "平安社区 "},
        {"wang", "望川大学 望 "},
        {"dush", "读书 "},
        {"zzzz", ""},
        {"党建", ""}, /* are no letters */
        {"", ""},
        {"a b", ""},
    };
    make_some(paths);
    struct search *search = search_open(paths->library);
    for (size_t i = 0; i < COUNT(cases); i++) {
        char **words = NULL;
        size_t count = 0;
        struct str list = {0};
        assert_int_equal(search_candidates(search, cases[i].letters, NOW_MS, 5, &words, &count),
                         READ_DONE);
        for (size_t k = 0; k < count; k++)
            str_addf(&list, "%s ", words[k]);
        if (strcmp(str_text(&list), cases[i].words) != 0)
            fail_msg("%s: %s", cases[i].letters, str_text(&list));
        search_candidates_finish(words, count);
        str_finish(&list);
    }
    search_close(search);
}

#define T(test) cmocka_unit_test_setup_teardown(test, fixture_start, fixture_finish)

int main(void) {
    const struct CMUnitTest tests[] = {
        T(test_oracle),     T(test_nothing_is_left), T(test_older_library), T(test_other_terms),
        T(test_stale_term), T(test_no_library),      T(test_hits),          T(test_excerpt),
        T(test_limit),      T(test_hostile),         T(test_candidates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
