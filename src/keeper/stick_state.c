#include "keeper/stick_state.h"

#include <assert.h>

#define SECOND INT64_C(1000)

/* How a state is named, and when it is late; 0: never. */
static const struct {
    const char *name, *zh, *en;
    int64_t late_ms;
} states[] = {
    [STICK_NEW] = {"new", "", "", 0},
    /* an NTFS of a terabyte takes ntfs-3g some seconds */
    [STICK_MOUNTING] = {"mounting", "正在识别U盘", "being mounted", 30 * SECOND},
    [STICK_FOUND] = {"found", "发现U盘", "found", 0},
    /* without a sign of life: names are read folder by folder */
    [STICK_LOOKING] = {"looking", "正在查看U盘", "looking at it", 120 * SECOND},
    [STICK_ASKING] = {"asking", "发现U盘，等待确认", "waits for somebody who may", 0},
    [STICK_QUEUED] = {"queued", "等待导入", "waits for its turn", 0},
    /* without a single piece of 64 KiB */
    [STICK_COPYING] = {"copying", "正在复制，请勿拔出", "copying, do not pull it out", 60 * SECOND},
    [STICK_TAKING] = {"taking", "正在导入", "taking it in", 0},
    [STICK_TAKEN] = {"taken", "导入完成，可以拔出U盘", "taken, it may be pulled out", 0},
    [STICK_SAME] = {"same", "内容已是最新，可以拔出U盘", "nothing new, it may be pulled out", 0},
    [STICK_NOTHING] = {"nothing", "U盘里没有可导入的内容", "nothing for us on it", 0},
    [STICK_FAILED] = {"failed", "未能导入", "failed", 0},
    [STICK_EJECTING] = {"ejecting", "正在断开", "being unmounted", 30 * SECOND},
    [STICK_SAFE] = {"safe", "可以拔出U盘", "it may be pulled out", 0},
    [STICK_PULLED] = {"pulled", "U盘中途被拔出", "pulled out in the middle", 60 * SECOND},
#define WRITING_IT "writing", "正在写入U盘，请勿拔出", "writing onto it, do not pull it out"
    /* the databases are checked for the report */
    [STICK_PREPARING] = {WRITING_IT, 120 * SECOND},
    [STICK_OPENING] = {WRITING_IT, 60 * SECOND},
    [STICK_WRITING] = {WRITING_IT, 60 * SECOND}, /* without a single piece */
    /* what a slow stick still keeps in memory goes out */
    [STICK_CLOSING] = {WRITING_IT, 60 * SECOND},
    [STICK_GONE] = {"gone", "", "", 0},
};
static_assert(sizeof states / sizeof *states == STICK_STATE_COUNT, "states");

static const struct {
    const char *zh, *en;
} faults[] = {
    [STICK_FAULT_NONE] = {"", ""},
    [STICK_FAULT_FILE_SYSTEM] = {"不支持这种U盘格式，请格式化为 exFAT 或 FAT32",
                                 "its file system is not supported: format it as exFAT or FAT32"},
    [STICK_FAULT_MOUNT] = {"U盘无法读取，请在电脑上检查并修复",
                           "it cannot be mounted: check and repair it on a computer"},
    [STICK_FAULT_STUCK] = {"U盘没有响应，请拔出后重试或换一个",
                           "it does not answer: pull it out and try again, or another one"},
    [STICK_FAULT_READ] = {"U盘读取出错，请在电脑上检查或换一个",
                          "it cannot be read: check it on a computer, or use another one"},
    [STICK_FAULT_ROOM] = {"磁盘空间不足", "the disk is full"},
    [STICK_FAULT_DISK] = {"无法写入本机磁盘", "our own disk cannot be written"},
    [STICK_FAULT_REFUSED] = {"没有采用", "it was refused"},
    [STICK_FAULT_BUSY] = {"U盘未能断开，请稍候再试", "it could not be unmounted, try again"},
    [STICK_FAULT_PULLED] = {"拔出过早，内容没有改变；请再插一次，会接着导入",
                            "pulled out too early, nothing was changed; put it in again to go on"},
    [STICK_FAULT_PULLED_WRITING] = {"写入时被拔出，没有写完；请再插一次，重新写入",
                                    "pulled out while it was written onto; put it in again and "
                                    "ask anew"},
};
static_assert(sizeof faults / sizeof *faults == STICK_FAULT_COUNT, "faults");

#define OF(state) (1u << STICK_##state)
#define RESTING   (OF(ASKING) | OF(TAKEN) | OF(SAME) | OF(NOTHING) | OF(FAILED))
#define UNREAD    (OF(MOUNTING) | OF(FOUND) | OF(LOOKING))
#define BUSY      (OF(QUEUED) | OF(COPYING))
#define WRITTEN   (OF(PREPARING) | OF(OPENING) | OF(WRITING) | OF(CLOSING))
#define FINAL     (OF(TAKEN) | OF(SAME) | OF(FAILED) | OF(SAFE) | OF(PULLED))

#define BACK STICK_STATE_COUNT /* to what it was before it was written onto */

/* The first row that fits counts; with none the state stays. What TAKING has was copied: it is
 * taken to its end, and only then is the stick missed. What a server in user space serves is
 * unmounted and mounted anew to be OPENING and CLOSING, and so goes for a moment; by CLOSING all of
 * it is on the stick. */
static const struct {
    unsigned from;
    enum stick_input input;
    int to; /* enum stick_state, or BACK */
} rows[] = {
    {OF(NEW) | OF(PULLED) | OF(SAFE), STICK_IN_PLUGGED, STICK_MOUNTING},
    {OF(NEW) | OF(MOUNTING) | OF(PULLED) | OF(SAFE), STICK_IN_MOUNTED, STICK_FOUND},
    {OF(MOUNTING), STICK_IN_NO_MOUNT, STICK_FAILED},
    {OF(MOUNTING), STICK_IN_LATE, STICK_FAILED},
    {OF(FAILED), STICK_IN_MOUNTED, STICK_FOUND},
    {OF(FOUND), STICK_IN_TURN, STICK_LOOKING},
    {OF(LOOKING), STICK_IN_SIGNED, STICK_QUEUED},
    {OF(LOOKING), STICK_IN_OTHER, STICK_ASKING},
    {OF(LOOKING), STICK_IN_NOTHING, STICK_NOTHING},
    {OF(LOOKING) | OF(COPYING) | OF(TAKING), STICK_IN_FAILED, STICK_FAILED},
    {OF(LOOKING) | OF(COPYING), STICK_IN_LATE, STICK_FAILED},
    {RESTING, STICK_IN_ORDERED, STICK_QUEUED},
    {OF(QUEUED), STICK_IN_TURN, STICK_COPYING},
    {OF(COPYING), STICK_IN_COPIED, STICK_TAKING},
    {OF(TAKING), STICK_IN_TOOK, STICK_TAKEN},
    {OF(TAKING), STICK_IN_SAME, STICK_SAME},
    {BUSY | OF(TAKING), STICK_IN_CANCELLED, STICK_ASKING},
    {RESTING, STICK_IN_EJECT, STICK_EJECTING},
    {OF(EJECTING), STICK_IN_UNMOUNTED, STICK_SAFE},
    {OF(EJECTING), STICK_IN_LATE, STICK_FAILED},
    {BUSY, STICK_IN_UNMOUNTED, STICK_PULLED},
    {BUSY, STICK_IN_UNPLUGGED, STICK_PULLED},
    {RESTING, STICK_IN_WRITE, STICK_PREPARING},
    {OF(PREPARING), STICK_IN_MADE, STICK_OPENING},
    {OF(PREPARING), STICK_IN_WROTE, BACK},
    {OF(PREPARING), STICK_IN_LATE, BACK},
    {OF(OPENING), STICK_IN_OPENED, STICK_WRITING},
    {OF(OPENING) | OF(WRITING), STICK_IN_WROTE, STICK_CLOSING},
    {OF(WRITING), STICK_IN_FAILED, STICK_CLOSING},
    {OF(OPENING) | OF(WRITING), STICK_IN_LATE, STICK_CLOSING},
    {OF(CLOSING), STICK_IN_CLOSED, BACK},
    {OF(CLOSING), STICK_IN_LATE, BACK},
    {OF(PREPARING) | OF(WRITING), STICK_IN_UNMOUNTED, STICK_PULLED},
    {OF(PREPARING) | OF(OPENING) | OF(WRITING), STICK_IN_UNPLUGGED, STICK_PULLED},
    {UNREAD | RESTING | OF(EJECTING) | OF(SAFE) | OF(CLOSING), STICK_IN_UNPLUGGED, STICK_GONE},
    {UNREAD | RESTING, STICK_IN_UNMOUNTED, STICK_GONE},
    {FINAL, STICK_IN_LATE, STICK_GONE},
};

/* It may have gone meanwhile. */
static enum stick_state before_writing(const struct stick_machine *machine) {
    return machine->mounted ? machine->back : machine->device ? STICK_SAFE : STICK_GONE;
}

static enum stick_state next_state(const struct stick_machine *machine, enum stick_input input) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].input == input && rows[i].from & 1u << machine->state)
            return rows[i].to == BACK ? before_writing(machine) : (enum stick_state)rows[i].to;
    return machine->state;
}

static void note_presence(struct stick_machine *machine, enum stick_input input) {
    if (input == STICK_IN_PLUGGED)
        machine->device = true;
    else if (input == STICK_IN_MOUNTED)
        machine->mounted = true;
    else if (input == STICK_IN_UNMOUNTED)
        machine->mounted = false;
    else if (input == STICK_IN_UNPLUGGED)
        machine->device = machine->mounted = false;
}

static bool is_there(const struct stick_machine *machine) {
    return machine->device || machine->mounted;
}

/* A stick that is pulled out while it is read or written errs before anybody hears of it; and one
 * that was unmounted while its device stays is safe. */
static enum stick_state corrected(const struct stick_machine *machine, enum stick_input input,
                                  enum stick_state to) {
    bool left = input == STICK_IN_UNMOUNTED || input == STICK_IN_UNPLUGGED;
    if (left && machine->state == STICK_FAILED && machine->fault == STICK_FAULT_READ)
        return STICK_PULLED;
    if (left && machine->state == STICK_CLOSING && machine->broken_off && !is_there(machine))
        return STICK_PULLED;
    return to == STICK_GONE && input == STICK_IN_UNMOUNTED && machine->device ? STICK_SAFE : to;
}

static enum stick_fault fault_of(const struct stick_machine *machine, enum stick_state to,
                                 enum stick_input input, enum stick_fault fault) {
    enum stick_state from = machine->state;
    if (to == STICK_PULLED)
        return stick_is_written(from) ? STICK_FAULT_PULLED_WRITING : STICK_FAULT_PULLED;
    if (to != STICK_FAILED)
        return STICK_FAULT_NONE;
    if (stick_is_written(from))
        return machine->back_fault;
    if (input != STICK_IN_LATE)
        return fault;
    return from == STICK_MOUNTING   ? STICK_FAULT_MOUNT
           : from == STICK_EJECTING ? STICK_FAULT_BUSY
                                    : STICK_FAULT_STUCK;
}

/* What is said of a stick that is gone is said for as long as of one that was pulled out. */
static int64_t late_after(const struct stick_machine *machine) {
    int64_t late = states[machine->state].late_ms;
    if (!late && !is_there(machine) && FINAL & 1u << machine->state)
        late = states[STICK_PULLED].late_ms;
    return late;
}

static void set_deadline(struct stick_machine *machine, int64_t now_ms) {
    int64_t late = late_after(machine);
    machine->until_ms = late ? now_ms + late : INT64_MAX;
}

bool stick_step(struct stick_machine *machine, enum stick_input input, enum stick_fault fault,
                int64_t now_ms) {
    enum stick_state from = machine->state;
    bool was_there = is_there(machine);
    note_presence(machine, input);
    enum stick_state to = corrected(machine, input, next_state(machine, input));
    if (to == STICK_PREPARING && to != from) {
        machine->back = from;
        machine->back_fault = machine->fault;
    }
    if (to != from) {
        machine->broken_off =
            to == STICK_CLOSING && from == STICK_WRITING && input != STICK_IN_WROTE;
        machine->fault = fault_of(machine, to, input, fault);
        machine->state = to;
    }
    if (to != from || from == STICK_NEW || was_there != is_there(machine))
        set_deadline(machine, now_ms);
    return to != from;
}

void stick_alive(struct stick_machine *machine, int64_t now_ms) {
    if (stick_has_child(machine->state))
        set_deadline(machine, now_ms);
}

bool stick_is_read(enum stick_state state) {
    return (OF(LOOKING) | OF(COPYING) | OF(TAKING) | WRITTEN) >> state & 1;
}

bool stick_has_child(enum stick_state state) {
    return (OF(LOOKING) | OF(COPYING) | OF(PREPARING) | OF(WRITING)) >> state & 1;
}

bool stick_is_written(enum stick_state state) {
    return WRITTEN >> state & 1;
}

bool stick_rests(enum stick_state state) {
    return RESTING >> state & 1;
}

bool stick_may_go(enum stick_state state) {
    return (OF(TAKEN) | OF(SAME) | OF(NOTHING) | OF(FAILED) | OF(SAFE)) >> state & 1;
}

bool stick_waits_turn(enum stick_state state) {
    return state == STICK_FOUND || state == STICK_QUEUED;
}

const char *stick_state_name(enum stick_state state) {
    return states[state].name;
}

const char *stick_state_text(enum stick_state state, bool chinese) {
    return chinese ? states[state].zh : states[state].en;
}

const char *stick_fault_text(enum stick_fault fault, bool chinese) {
    return chinese ? faults[fault].zh : faults[fault].en;
}
