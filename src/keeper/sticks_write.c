#include <stdlib.h>
#include <string.h>

#include <stdio.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/door.h"
#include "keeper/sticks_private.h"

#define MAX_SAID 64 /* bytes of NAME.writable: yes, or no and why */

/* ---- what is told */

static const struct {
    const char *zh, *en;
} gifts[] = {[STICK_REPORT] = {"报告", "the report"}, [STICK_TEMPLATE] = {"示例", "the template"}};

static const struct {
    const char *zh, *en;
} causes[STICK_WRITE_COUNT] = {
    [STICK_WRITE_READ_ONLY] = {"U盘是只读的，请关闭写保护", "it is read-only, or write-protected"},
    [STICK_WRITE_FULL] = {"U盘空间不足", "the stick is full"},
    [STICK_WRITE_FOREIGN] = {"U盘里已有别的“示例”，请先改名",
                             "it has another 示例: rename that first"},
    [STICK_WRITE_GONE] = {"U盘已拔出", "the stick was pulled out"},
    [STICK_WRITE_ERROR] = {"U盘写入出错，请在电脑上检查或换一个",
                           "the stick errs: check it on a computer, or use another one"},
    [STICK_WRITE_OWN] = {"生成时出错，原因见日志", "it could not be made, the log says why"},
    [STICK_WRITE_DIRTY] = {"U盘上次没有安全弹出，请先在电脑上检查并修复",
                           "it was not ejected cleanly: check and repair it on a computer first"},
    [STICK_WRITE_STUCK] = {"U盘没有响应", "the stick does not answer"},
};

static void fill_answer(const struct stick_written *written, struct desk_answer *answer) {
    const char *zh = gifts[written->gift].zh, *en = gifts[written->gift].en;
    enum stick_write result = written->result;
    answer->done = true;
    answer->good = result == STICK_WRITE_DONE || result == STICK_WRITE_SAME;
    if (result == STICK_WRITE_DONE) {
        answer->message_zh = xasprintf("%s已写入U盘", zh);
        answer->message = xasprintf("%s is on the stick", en);
    } else if (result == STICK_WRITE_SAME) {
        answer->message_zh = xasprintf("U盘里已有%s", zh);
        answer->message = xasprintf("%s was on the stick already", en);
    } else {
        answer->message_zh = xasprintf("%s没有写入U盘：%s", zh, causes[result].zh);
        answer->message = xasprintf("%s was not written: %s", en, causes[result].en);
    }
}

bool sticks_tell(struct sticks *sticks, const char *uid, struct desk_answer *answer) {
    for (size_t i = 0; i < sticks->count; i++)
        if (sticks->sticks[i]->writing.wanted && strcmp(sticks->sticks[i]->writing.uid, uid) == 0)
            return false;
    for (size_t i = 0; i < sticks->written_count; i++)
        if (strcmp(sticks->written[i].uid, uid) == 0) {
            fill_answer(sticks->written + i, answer);
            memmove(sticks->written + i, sticks->written + i + 1,
                    (--sticks->written_count - i) * sizeof *sticks->written);
            return true;
        }
    return true;
}

static void note_written(struct sticks *sticks, const struct stick_writing *writing) {
    if (sticks->written_count == MAX_STICKS)
        memmove(sticks->written, sticks->written + 1,
                --sticks->written_count * sizeof *sticks->written);
    struct stick_written *written = sticks->written + sticks->written_count++;
    *written = (struct stick_written){.gift = writing->gift, .result = writing->result};
    memcpy(written->uid, writing->uid, sizeof written->uid);
    struct desk_answer answer = {0};
    fill_answer(written, &answer);
    log_print(answer.good ? LOG_LEVEL_INFO : LOG_LEVEL_WARNING, "U盘 (stick): %s (%s)",
              answer.message_zh, answer.message);
    desk_answer_finish(&answer);
}

/* ---- begin and end */

static void finish(struct sticks *sticks, struct stick *stick) {
    struct stick_writing *writing = &stick->writing;
    enum stick_state state = stick->machine.state;
    bool good = writing->result == STICK_WRITE_DONE || writing->result == STICK_WRITE_SAME;
    if (!good && (state == STICK_PULLED || !stick->machine.mounted))
        writing->result = STICK_WRITE_GONE;
    if (writing->folder)
        fs_remove_tree(writing->folder);
    free(writing->folder);
    writing->folder = NULL;
    writing->wanted = false;
    sticks->changed = true;
    note_written(sticks, writing);
}

/* A program of its own makes it: it needs the databases, which no child of the keeper may touch. */
static bool start_making(struct sticks *sticks, struct stick *stick) {
    const struct paths *paths = sticks->paths;
    const char *words[16] = {paths->program, "--state", paths->state, "--data", paths->data};
    char row[16];
    size_t n = 5;
    bool report = stick->writing.gift == STICK_REPORT;
    snprintf(row, sizeof row, "%d", stick->writing.row);
    const char *config =
        report ? sticks->config->file : "/dev/null"; /* whatever is wrong with it */
    if (config) {
        words[n++] = "--config";
        words[n++] = config;
    }
    if (report) {
        words[n++] = "import";
        words[n++] = "--receipt";
        words[n++] = row;
        words[n++] = "--report";
    } else {
        words[n++] = "template";
    }
    words[n] = stick->writing.folder;
    const struct stick_job job = {.work = STICK_WORK_MAKE, .paths = (char *const *)words};
    return sticks_start_child(sticks, stick, &job);
}

static void begin(struct sticks *sticks, struct stick *stick) {
    struct stick_writing *writing = &stick->writing;
    writing->begun = true;
    writing->result = STICK_WRITE_OWN;
    writing->folder =
        xasprintf("%s/" DOOR_STICK "write-%u", sticks->paths->staging, sticks->staged++);
    sticks_step(sticks, stick, STICK_IN_WRITE, STICK_FAULT_NONE);
    if (!fs_make_dirs(writing->folder) || !start_making(sticks, stick))
        sticks_step(sticks, stick, STICK_IN_WROTE, STICK_FAULT_NONE);
}

/* ---- opened, written, closed */

static void open_for_writing(struct sticks *sticks, struct stick *stick) {
    stick->writing.result = STICK_WRITE_STUCK;
    sticks_step(sticks, stick, STICK_IN_MADE, STICK_FAULT_NONE);
    if (sticks_have_units(sticks->config) && !sticks_ask(sticks, stick->name, "write"))
        sticks_step(sticks, stick, STICK_IN_WROTE, STICK_FAULT_NONE);
}

static void start_writing(struct sticks *sticks, struct stick *stick) {
    sticks_step(sticks, stick, STICK_IN_OPENED, STICK_FAULT_NONE);
    const struct stick_job job = {.work = STICK_WORK_WRITE,
                                  .root = stick->path,
                                  .staging = stick->writing.folder,
                                  .mount = sticks_have_units(sticks->config)};
    if (!sticks_start_child(sticks, stick, &job))
        sticks_step(sticks, stick, STICK_IN_WROTE, STICK_FAULT_NONE);
}

void sticks_end_child(struct sticks *sticks, struct stick *stick) {
    bool made = stick->machine.state == STICK_PREPARING;
    stick->writing.result = sticks->ended ? sticks->written_result
                            : made        ? STICK_WRITE_OWN
                                          : STICK_WRITE_ERROR;
    enum stick_write result = stick->writing.result;
    bool broken_off = !made && (result == STICK_WRITE_ERROR || result == STICK_WRITE_GONE);
    if (made && result == STICK_WRITE_DONE)
        open_for_writing(sticks, stick);
    else
        sticks_step(sticks, stick, broken_off ? STICK_IN_FAILED : STICK_IN_WROTE, STICK_FAULT_NONE);
}

/* What NAME.writable says, the caller's; NULL: nothing yet. */
static char *say_writable(const struct sticks *sticks, const struct stick *stick) {
    char *path = xasprintf("%s/%s.writable", sticks->config->stick.folder, stick->name);
    char *said = NULL;
    size_t size = 0;
    if (fs_exists(path) && !fs_read(path, MAX_SAID, &said, &size))
        said = NULL;
    free(path);
    return said;
}

/* True: it is another state now. */
static bool hear_opened(struct sticks *sticks, struct stick *stick) {
    if (!sticks_have_units(sticks->config)) {
        start_writing(sticks, stick);
        return true;
    }
    char *said = say_writable(sticks, stick);
    if (said && text_starts(said, "yes")) {
        start_writing(sticks, stick);
    } else if (said) {
        stick->writing.result =
            text_starts(said, "no dirty") ? STICK_WRITE_DIRTY : STICK_WRITE_READ_ONLY;
        sticks_step(sticks, stick, STICK_IN_WROTE, STICK_FAULT_NONE);
    }
    free(said);
    return said != NULL;
}

static bool hear_closed(struct sticks *sticks, struct stick *stick) {
    bool units = sticks_have_units(sticks->config);
    if (units && !stick->writing.closing)
        sticks_ask(sticks, stick->name, "read");
    stick->writing.closing = true;
    char *said = units ? say_writable(sticks, stick) : NULL;
    if (!said)
        sticks_step(sticks, stick, STICK_IN_CLOSED, STICK_FAULT_NONE);
    free(said);
    return !said;
}

static bool go_on(struct sticks *sticks, struct stick *stick) {
    enum stick_state state = stick->machine.state;
    if (!stick->writing.wanted)
        return false;
    if (!stick->writing.begun && stick->machine.mounted) {
        bool now = stick_rests(state) && !sticks_are_read(sticks);
        if (now)
            begin(sticks, stick);
        return now;
    }
    if (state == STICK_OPENING)
        return hear_opened(sticks, stick);
    if (state == STICK_CLOSING)
        return hear_closed(sticks, stick);
    if (!stick_is_written(state) && (stick->writing.begun || state != STICK_TAKING))
        finish(sticks, stick);
    return false;
}

void sticks_write_on(struct sticks *sticks) {
    for (size_t i = 0; i < sticks->count; i++)
        while (go_on(sticks, sticks->sticks[i]))
            ;
}

void sticks_drop_writing(struct sticks *sticks, struct stick *stick) {
    enum stick_state state = stick->machine.state;
    if ((state == STICK_OPENING || state == STICK_WRITING) && sticks_have_units(sticks->config))
        sticks_ask(sticks, stick->name, "read");
    if (stick->writing.folder)
        fs_remove_tree(stick->writing.folder);
}

/* ---- who asks for it */

struct search {
    const struct stick *stick;
    int64_t last, own; /* rows */
};

static bool on_receipt(void *user, const struct receipt *receipt) {
    struct search *search = user;
    if (strcmp(receipt->kind, "import") != 0)
        return true;
    search->last = receipt->row;
    if (receipt->at_ms >= search->stick->came_ms && sticks_lies_on(search->stick, receipt->source))
        search->own = receipt->row;
    return true;
}

/* Of the last import from the stick since it is in, else of the last one; 0: there was none. */
static int find_row(const struct sticks *sticks, const struct stick *stick) {
    struct search search = {.stick = stick};
    if (!ledger_each(sticks->door->ledger, on_receipt, &search))
        return 0;
    return (int)(search.own ? search.own : search.last);
}

static void want(struct sticks *sticks, struct stick *stick, enum stick_gift gift, const char *uid,
                 int row) {
    stick->writing = (struct stick_writing){.wanted = true, .gift = gift, .row = row};
    snprintf(stick->writing.uid, sizeof stick->writing.uid, "%s", uid);
    sticks_write_on(sticks);
}

void sticks_write_report(struct sticks *sticks, struct stick *stick, const char *uid) {
    struct receipt last = {0};
    if (!stick->writing.wanted && ledger_last(sticks->door->ledger, "import", &last) && last.row)
        want(sticks, stick, STICK_REPORT, uid, (int)last.row);
    receipt_finish(&last);
}

bool sticks_write_for(struct sticks *sticks, const struct desk_request *request, const char *name,
                      enum stick_gift gift, const char **zh, const char **en) {
    static const char *const why[][2] = {
        {"没有这个U盘", "no such stick"},
        {"正在写入U盘，请稍候", "it is being written onto, wait a moment"},
        {"还没有导入过", "nothing was imported yet"}};
    struct stick *stick = sticks_find(sticks, name);
    bool there = stick && stick->machine.mounted;
    int row = there && gift == STICK_REPORT ? find_row(sticks, stick) : 1;
    int reason = !there ? 0 : stick->writing.wanted ? 1 : 2;
    *zh = why[reason][0];
    *en = why[reason][1];
    if (reason < 2 || !row)
        return false;
    want(sticks, stick, gift, request->uid, row);
    return true;
}
