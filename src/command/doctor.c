#include "command/command.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "base/fs.h"
#include "base/log.h"
#include "display/theme.h"
#include "keeper/health.h"

struct doctor_options {
    bool fix, json;
};

/* One examination, or with --fix one before and one after. */
struct visit {
    struct patient patient;
    struct finding *before, *after; /* before NULL: nothing was mended */
    size_t count;
};

static bool was_mended(const struct visit *visit, size_t i) {
    return visit->before && visit->before[i].verdict > visit->after[i].verdict;
}

static void print_lines(const char *lines) {
    for (const char *at = lines; *at;) {
        size_t size = strcspn(at, "\n");
        printf("    %.*s\n", (int)size, at);
        at += size + (at[size] == '\n');
    }
}

static void print_visit(const struct visit *visit) {
    for (size_t i = 0; i < visit->count; i++) {
        const struct finding *finding = visit->after + i;
        printf("%s  %s (%s)\n", verdict_name(finding->verdict), finding->what_zh, finding->what);
        if (was_mended(visit, i)) {
            print_lines(visit->before[i].said);
            puts("    → 已修复 (mended)");
        }
        print_lines(finding->said);
        if (finding->cure && finding->mends && !visit->patient.alone)
            printf("    → 停止后台后用 --fix：%s (with --fix, once the keeper is stopped: %s)\n",
                   finding->cure_zh, finding->cure);
        else if (finding->cure && finding->mends && !visit->before)
            printf("    → 用 --fix：%s (with --fix: %s)\n", finding->cure_zh, finding->cure);
        else if (finding->cure)
            printf("    → %s (%s)\n", finding->cure_zh, finding->cure);
    }
}

static json_t *lines_json(const char *lines) {
    json_t *array = json_array();
    for (const char *at = lines; *at;) {
        size_t size = strcspn(at, "\n");
        json_array_append_new(array, json_stringn(at, size));
        at += size + (at[size] == '\n');
    }
    return array;
}

static json_t *finding_json(const struct finding *finding) {
    json_t *cure =
        finding->cure ? json_sprintf("%s (%s)", finding->cure_zh, finding->cure) : json_null();
    return json_pack("{s:s, s:s, s:o, s:o, s:b}", "name", finding->name, "verdict",
                     verdict_key(finding->verdict), "said", lines_json(finding->said), "cure", cure,
                     "mends", finding->mends);
}

static void print_json(const struct visit *visit) {
    json_t *checks = json_array();
    for (size_t i = 0; i < visit->count; i++) {
        json_t *check = finding_json(visit->after + i);
        if (was_mended(visit, i))
            json_object_set_new(check, "mended", lines_json(visit->before[i].said));
        json_array_append_new(checks, check);
    }
    json_t *root =
        json_pack("{s:s, s:o}", "verdict",
                  verdict_key(findings_verdict(visit->after, visit->count)), "checks", checks);
    json_dumpf(root, stdout, JSON_INDENT(1));
    putchar('\n');
    json_decref(root);
}

static void examine(struct visit *visit, bool fix) {
    visit->after = health_examine(&visit->patient, &visit->count);
    if (!fix || findings_verdict(visit->after, visit->count) == VERDICT_GOOD)
        return;
    visit->before = visit->after;
    health_mend(&visit->patient, visit->before, visit->count);
    visit->after = health_examine(&visit->patient, &visit->count);
}

/* For a look nothing is made: without a lock file nobody holds it. */
static int take_lock(const struct paths *paths, bool fix, bool *held) {
    *held = false;
    if (!fix && !fs_exists(paths->lock))
        return -1;
    return fix && !fs_make_dirs(paths->state) ? -1 : fs_lock(paths->lock, held);
}

static bool theme_is_good(const struct context *context) {
    struct theme theme;
    bool good = theme_load(&theme, context->config.display.theme, context->paths.data, false);
    theme_finish(&theme);
    return good;
}

static int run(struct context *context, const void *values, int argc, char **argv) {
    const struct doctor_options *options = values;
    bool held = false;
    (void)argv;
    if (argc > 0)
        return command_usage(&command_doctor);
    int lock = take_lock(&context->paths, options->fix, &held);
    if (options->fix && lock < 0) {
        if (held)
            log_error("%s: 后台正在运行，请先停止它再修复 (the keeper is running: stop it first)",
                      context->paths.lock);
        return EXIT_FAILED;
    }
    if (lock >= 0 && !options->fix) { /* a look keeps nobody waiting */
        close(lock);
        lock = -1;
    }
    bool config_good = theme_is_good(context) && context->config_good;
    theme_fill_fonts(&context->config, context->paths.data);
    struct visit visit = {.patient = {.paths = &context->paths,
                                      .config = &context->config,
                                      .config_good = config_good,
                                      .alone = !held}};
    examine(&visit, options->fix);
    options->json ? print_json(&visit) : print_visit(&visit);
    enum verdict verdict = findings_verdict(visit.after, visit.count);
    findings_free(visit.before, visit.before ? visit.count : 0);
    findings_free(visit.after, visit.count);
    if (lock >= 0)
        close(lock);
    return verdict == VERDICT_BAD ? EXIT_FAILED : EXIT_DONE;
}

static const struct option options[] = {
    {"fix", OPTION_FLAG, NULL, offsetof(struct doctor_options, fix),
     "Mend what can be mended; the keeper must not be running", "修复能修复的；后台须先停止", NULL},
    {"json", OPTION_FLAG, NULL, offsetof(struct doctor_options, json), "Print one object",
     "以 JSON 打印", NULL},
    {0},
};

const struct command command_doctor = {
    "doctor",
    "",
    "Check databases, media, clock, sources, fonts, disk, helpers, "
    "configuration, and say what would put them right",
    "检查数据库、图片、时钟、源、字体、磁盘、处理程序和配置，并说明怎样修复",
    options,
    sizeof(struct doctor_options),
    true,
    run};
