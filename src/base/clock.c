#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/rtc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"

#define MAX_FILE_BYTES   256               /* it has about 110 */
#define CONFIRM_EVERY_MS (3600 * 1000LL)   /* flash: [M] one file by rename costs about 40 KB */
#define MAX_ERROR_US     (5 * 1000 * 1000) /* days are judged, not seconds */
#define FORM             "fengcai-clock-1"

void clock_init(struct clock *clock, const struct paths *paths) {
    *clock = (struct clock){.path = paths->clock};
}

/* "fengcai-clock-1 CONFIRMED PUBLISHED\n" and the SHA-256 of that line. */
static void seal(const char *line, char hex[HASH_HEX_SIZE]) {
    hash_hex(hash_of(line, strlen(line)), hex);
}

static char *line_of(const struct clock_record *record) {
    return xasprintf(FORM " %" PRId64 " %" PRId64 "\n", record->confirmed_ms, record->published_ms);
}

/* What is read must print as what was read: no other spelling passes. */
static bool parse(const char *text, struct clock_record *record) {
    struct clock_record read = {0};
    char hex[HASH_HEX_SIZE];
    if (sscanf(text, FORM " %" SCNd64 " %" SCNd64, &read.confirmed_ms, &read.published_ms) != 2)
        return false;
    char *line = line_of(&read);
    seal(line, hex);
    char *whole = xasprintf("%s%s\n", line, hex);
    bool good = strcmp(whole, text) == 0 && read.confirmed_ms >= 0 && read.published_ms >= 0;
    free(whole);
    free(line);
    if (good)
        *record = read;
    return good;
}

static bool same_file(const struct stat *a, const struct stat *b) {
    return a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static void read_again(struct clock *clock) {
    char *text = NULL;
    size_t size = 0;
    clock->record = (struct clock_record){0};
    bool good = fs_read(clock->path, MAX_FILE_BYTES, &text, &size) && strlen(text) == size &&
                parse(text, &clock->record);
    if (!good && !clock->warned)
        log_warning("%s: 已损坏，不采用 (damaged, it does not count)", clock->path);
    clock->warned = clock->warned || !good;
    free(text);
}

struct clock_record clock_load(struct clock *clock) {
    struct stat now = {0};
    if (stat(clock->path, &now) != 0)
        now = (struct stat){0};
    if (same_file(&now, &clock->seen))
        return clock->record;
    clock->seen = now;
    if (now.st_ino)
        read_again(clock);
    else
        clock->record = (struct clock_record){0};
    return clock->record;
}

struct time_verdict clock_judge(struct clock *clock, int64_t system_ms) {
    struct clock_record record = clock_load(clock);
    const struct time_facts facts = {.system_ms = system_ms,
                                     .built_ms = time_built_ms(),
                                     .confirmed_ms = record.confirmed_ms,
                                     .published_ms = record.published_ms};
    return time_judge(&facts);
}

struct time_verdict clock_now(struct clock *clock) {
    return clock_judge(clock, time_now_ms());
}

enum clock_doubt clock_doubt(const struct clock_record *record, int64_t time_ms) {
    const struct time_facts facts = {.system_ms = time_ms,
                                     .built_ms = time_built_ms(),
                                     .confirmed_ms = record->confirmed_ms,
                                     .published_ms = record->published_ms};
    if (time_ms < facts.built_ms)
        return CLOCK_BEFORE_BUILD;
    return time_judge(&facts).doubtful ? CLOCK_FAR_AHEAD : CLOCK_PLAUSIBLE;
}

static struct clock_record load_once(const struct paths *paths) {
    struct clock clock;
    clock_init(&clock, paths);
    return clock_load(&clock);
}

static bool save(const struct paths *paths, const struct clock_record *record) {
    struct outfile out;
    char hex[HASH_HEX_SIZE];
    if (!outfile_open(&out, paths->clock))
        return false;
    char *line = line_of(record);
    seal(line, hex);
    out.failed = fprintf(out.stream, "%s%s\n", line, hex) < 0;
    free(line);
    return outfile_commit(&out, true);
}

bool clock_confirm(const struct paths *paths, int64_t now_ms) {
    struct clock_record record = load_once(paths);
    record.confirmed_ms = now_ms;
    return save(paths, &record);
}

bool clock_note_published(const struct paths *paths, int64_t published_ms) {
    struct clock_record record = load_once(paths);
    const struct time_facts alone = {.built_ms = time_built_ms(), .published_ms = published_ms};
    if (published_ms <= record.published_ms || time_judge(&alone).believed_ms != published_ms)
        return true;
    record.published_ms = published_ms;
    return save(paths, &record);
}

bool clock_keep(const struct paths *paths, bool synchronised, int64_t now_ms) {
    return !synchronised || now_ms < load_once(paths).confirmed_ms + CONFIRM_EVERY_MS ||
           clock_confirm(paths, now_ms);
}

bool clock_is_synchronised(void) {
    struct timex kernel = {.modes = 0};
    int state = adjtimex(&kernel);
    return state >= 0 && state != TIME_ERROR && !(kernel.status & STA_UNSYNC) &&
           kernel.maxerror <= MAX_ERROR_US;
}

/* In UTC, as Linux keeps it. A machine without one has nothing to be set. */
static void set_hardware(int64_t now_ms) {
    time_t seconds = (time_t)(now_ms / 1000);
    struct tm tm = {0};
    int rtc = open("/dev/rtc0", O_RDONLY | O_CLOEXEC);
    gmtime_r(&seconds, &tm);
    struct rtc_time time = {.tm_sec = tm.tm_sec,
                            .tm_min = tm.tm_min,
                            .tm_hour = tm.tm_hour,
                            .tm_mday = tm.tm_mday,
                            .tm_mon = tm.tm_mon,
                            .tm_year = tm.tm_year};
    if (rtc >= 0 && ioctl(rtc, RTC_SET_TIME, &time) == 0)
        log_info("时钟：硬件时钟也已设置 (the hardware clock is set, too)");
    else
        log_warning("时钟：硬件时钟没有设置，断电后可能不准 (the hardware clock is not set): %s",
                    strerror(errno));
    if (rtc >= 0)
        close(rtc);
}

enum clock_result clock_set(int64_t now_ms) {
    const struct timespec to = {.tv_sec = (time_t)(now_ms / 1000),
                                .tv_nsec = (long)(now_ms % 1000) * 1000000};
    if (clock_settime(CLOCK_REALTIME, &to) != 0) {
        int error = errno;
        log_error("时钟：无法设置 (the clock cannot be set): %s", strerror(error));
        return error == EPERM ? CLOCK_FORBIDDEN : CLOCK_UNSET;
    }
    set_hardware(now_ms);
    return CLOCK_SET;
}
