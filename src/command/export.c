/* `export`: what was shown and touched, as a table for spreadsheets and a page for people. */
#include "command/command.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/time.h"
#include "command/reading.h"
#include "command/report.h"

#define TABLE "展示统计.csv"
#define PAGE  "展示统计.html"

struct export_options {
    const char *from, *until; /* NULL: open */
};

static bool read_date(const char *option, const char *text, bool end, int64_t *ms) {
    if (!text || time_parse(text, end, ms))
        return true;
    log_error("--%s: \"%s\": 应写成 2026-10-08 (should be like this)", option, text);
    return false;
}

/* ---- reading */

static int say_unreadable(const struct paths *paths, enum db_result result) {
    switch (result) {
    case DB_MISSING:
        log_error(
            "%s: 还没有展示记录，画面运行时每10分钟记一次 (nothing was recorded yet: a display "
            "does so every 10 minutes)",
            paths->station);
        return EXIT_FAILED;
    case DB_UNREADY:
        log_error(
            "%s: 需要先由画面程序打开一次，运行 fengcai run 10分钟后再试 (must be opened by a "
            "display first: try again when one has run for 10 minutes)",
            paths->station);
        return EXIT_LIBRARY;
    case DB_BUSY:
        log_error("%s: 正在写入，请稍后再试 (being written, try again)", paths->station);
        return EXIT_LIBRARY;
    case DB_DAMAGED:
        log_error("%s: 以前的展示记录已无法读取；画面下次写入时会把它移到 station.damaged.db，"
                  "重新开始记录 (what was recorded cannot be read: the display moves it aside and "
                  "begins anew)",
                  paths->station);
        return EXIT_LIBRARY;
    default: /* reported */
        return EXIT_LIBRARY;
    }
}

static int load(const struct paths *paths, const struct interest_range *range, int64_t now_ms,
                struct interest *interest) {
    enum db_result result = DB_DONE;
    struct station *station = station_open(paths->station, DB_READ_WAITING, &result);
    if (station)
        result = interest_load(interest, station, range, now_ms);
    station_close(station);
    if (result != DB_DONE)
        return say_unreadable(paths, result);
    if (interest->day_count)
        return EXIT_DONE;
    log_error("%s: 这段时间没有展示记录 (nothing was recorded in this time)", paths->station);
    return EXIT_FAILED;
}

struct naming {
    struct interest *interest;
    struct reader *reader;
};

static enum read_result name_cases(void *user) {
    struct naming *naming = user;
    return interest_name(naming->interest, naming->reader);
}

static enum read_result name_from(const char *path, struct interest *interest) {
    struct naming naming = {interest, reader_open(path)};
    enum read_result result = reading_wait(name_cases, &naming);
    reader_close(naming.reader);
    return result;
}

/* As the display does: of a damaged library its copy. */
static int name(const struct paths *paths, struct interest *interest) {
    enum read_result result = name_from(paths->library, interest);
    if (result != READ_DAMAGED || !fs_exists(paths->backup))
        return reading_code(paths, result);
    log_warning("%s: 案例库已损坏，标题取自备份 (the library is damaged: titles are of its copy)",
                paths->library);
    return reading_code(paths, name_from(paths->backup, interest));
}

/* ---- writing */

static bool write_file(const char *folder, const char *name,
                       void (*write)(const struct report *report, FILE *to),
                       const struct report *report) {
    struct outfile out;
    char *path = path_join(folder, name, NULL);
    bool good = outfile_open(&out, path);
    if (good) {
        write(report, out.stream);
        good = outfile_commit(&out, true);
    }
    if (good)
        puts(path);
    free(path);
    return good;
}

static int write_report(const struct context *context, const struct interest *interest,
                        const char *folder) {
    const struct report report = {interest, &context->config, time_now_ms()};
    bool good = fs_make_dirs(folder) && write_file(folder, TABLE, report_csv, &report) &&
                write_file(folder, PAGE, report_html, &report);
    return good ? EXIT_DONE : EXIT_FAILED;
}

static int run(struct context *context, const void *values, int argc, char **argv) {
    const struct export_options *options = values;
    struct interest_range range = {0};
    if (argc != 1)
        return command_usage(&command_export);
    if (!read_date("from", options->from, false, &range.from_ms) ||
        !read_date("until", options->until, true, &range.until_ms))
        return EXIT_USAGE;
    struct clock clock;
    clock_init(&clock, &context->paths);
    struct interest interest = {0};
    int code = load(&context->paths, &range, clock_now(&clock).believed_ms, &interest);
    if (code == EXIT_DONE)
        code = name(&context->paths, &interest);
    if (code == EXIT_DONE)
        code = write_report(context, &interest, argv[0]);
    interest_finish(&interest);
    return code;
}

static const struct option options[] = {
    {"from", OPTION_TEXT, "DATE", offsetof(struct export_options, from),
     "Count from this day on, 2026-09-01", "从这一天起统计，如 2026-09-01", NULL},
    {"until", OPTION_TEXT, "DATE", offsetof(struct export_options, until),
     "Count until the end of this day", "统计到这一天为止", NULL},
    {0},
};

const struct command command_export = {
    "export",
    "DIR",
    "Write what was shown and touched into a folder: a table for spreadsheets and a page to print",
    "把展示和触摸的统计写进文件夹：表格和可打印的网页",
    options,
    sizeof(struct export_options),
    false,
    run};
