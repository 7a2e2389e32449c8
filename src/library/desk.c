#include "library/desk.h"

#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"
#include "library/answers.h"
#include "library/station_schema.h"

void desk_request_finish(struct desk_request *request) {
    free(request->kind);
    free(request->arguments);
    free(request->by);
    *request = (struct desk_request){0};
}

struct desk_request desk_request_copy(const struct desk_request *request) {
    struct desk_request copy = *request;
    copy.kind = xstrdup(request->kind);
    copy.arguments = request->arguments ? xstrdup(request->arguments) : NULL;
    copy.by = xstrdup(request->by ? request->by : "");
    return copy;
}

void desk_answer_finish(struct desk_answer *answer) {
    free(answer->message_zh);
    free(answer->message);
    free(answer->receipt);
    *answer = (struct desk_answer){0};
}

/* ---- requests */

static void make_uid(char uid[DESK_UID_SIZE]) {
    unsigned char bytes[(DESK_UID_SIZE - 1) / 2];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2hex(uid, DESK_UID_SIZE, bytes, sizeof bytes);
}

/* The texts of the row a statement stands on are borrowed. */
static struct desk_request request_here(struct sqlite3_stmt *statement) {
    struct desk_request request = {.kind = (char *)db_column_text(statement, 1),
                                   .arguments = (char *)db_column_text(statement, 2),
                                   .by = (char *)db_column_text(statement, 3),
                                   .made_ms = db_column_integer(statement, 4)};
    const char *uid = db_column_text(statement, 0);
    memcpy(request.uid, uid, strnlen(uid, sizeof request.uid - 1));
    return request;
}

bool desk_each(struct station *station,
               bool (*on_request)(void *user, const struct desk_request *request), void *user) {
    struct sqlite3_stmt *statement = db_use(&station->db, STATION_REQUESTS, DB_NO_VALUES);
    for (bool row = true; row;) {
        if (!db_step(&station->db, statement, &row))
            return false;
        struct desk_request request = {0};
        if (row)
            request = request_here(statement);
        if (row && !on_request(user, &request)) {
            db_reset(statement);
            break;
        }
    }
    return true;
}

/* The uids of what was answered. */
struct answered {
    struct ledger *ledger;
    char (*uids)[DESK_UID_SIZE]; /* owned */
    size_t count;
};

static bool note_answered(void *user, const struct desk_request *request) {
    struct answered *answered = user;
    struct desk_answer answer;
    if (!answers_find(answered->ledger, request->uid, &answer))
        return false;
    if (answer.done) {
        answered->uids = xrealloc(answered->uids, answered->count + 1, sizeof *answered->uids);
        memcpy(answered->uids[answered->count++], request->uid, DESK_UID_SIZE);
    }
    desk_answer_finish(&answer);
    return true;
}

bool desk_tidy(struct station *station, const char *ledger_path) {
    struct answered answered = {.ledger = ledger_open(ledger_path, DB_READ_WAITING, NULL)};
    if (!answered.ledger)
        return true; /* no keeper ran yet, or it must run first: nothing can have been answered */
    bool good = desk_each(station, note_answered, &answered);
    for (size_t i = 0; good && i < answered.count; i++)
        good = db_run(&station->db, STATION_REQUEST_DROP, DB_VALUES(db_text(answered.uids[i])));
    free(answered.uids);
    ledger_close(answered.ledger);
    return good;
}

static bool fits(struct station *station, const char *arguments) {
    int64_t count = 0;
    bool found = false;
    if (strlen(arguments) > DESK_MAX_ARGUMENTS) {
        log_error("请求：超过 %d 字节 (a request of more than that many bytes)",
                  DESK_MAX_ARGUMENTS);
        return false;
    }
    if (!db_find_integer(&station->db, STATION_REQUEST_COUNT, DB_NO_VALUES, &count, &found))
        return false;
    if (count < DESK_MAX_REQUESTS)
        return true;
    log_error(
        "%s: 等待处理的请求已满 %d 个，后台程序没有在运行？ (that many requests wait: does no "
        "keeper run?)",
        station->db.path, DESK_MAX_REQUESTS);
    return false;
}

bool desk_ask(struct station *station, struct desk_request *request) {
    const char *arguments = request->arguments ? request->arguments : "{}";
    char *ledger = path_beside(station->db.path, "ledger.db");
    bool good = desk_tidy(station, ledger) && fits(station, arguments);
    free(ledger);
    if (!good)
        return false;
    if (sodium_init() < 0) {
        log_error("libsodium: 不能使用 (does not work)");
        return false;
    }
    make_uid(request->uid);
    request->made_ms = request->made_ms ? request->made_ms : time_now_ms();
    return db_run(&station->db, STATION_REQUEST_ADD,
                  DB_VALUES(db_text(request->uid), db_text(request->kind), db_text(arguments),
                            db_text(request->by ? request->by : ""), db_integer(request->made_ms)));
}

bool desk_answer(const char *ledger_path, const char *uid, struct desk_answer *answer) {
    enum db_result result = DB_DONE;
    *answer = (struct desk_answer){0};
    struct ledger *ledger = ledger_open(ledger_path, DB_READ_WAITING, &result);
    if (!ledger)
        return result == DB_MISSING || result == DB_UNREADY || result == DB_BUSY;
    bool good = answers_find(ledger, uid, answer);
    ledger_close(ledger);
    return good;
}

/* ---- blackout */

bool desk_black(struct station *station, bool *on) {
    int64_t is_on = 0;
    bool found = false;
    bool good = db_find_integer(&station->db, STATION_BLACKOUT, DB_NO_VALUES, &is_on, &found);
    *on = is_on != 0;
    return good;
}

bool desk_set_black(struct station *station, bool on, const char *by) {
    bool good = db_run(&station->db, STATION_BLACKOUT_SET,
                       DB_VALUES(db_integer(on), db_text(by ? by : ""), db_integer(time_now_ms())));
    if (good)
        log_info(on ? "黑屏：已开启 (blackout on): %s" : "黑屏：已解除 (blackout lifted): %s",
                 text_empty(by) ? "-" : by);
    return good;
}
