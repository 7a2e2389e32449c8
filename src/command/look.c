#include "command/look.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/priority.h"
#include "command/errand.h"
#include "command/meter.h"
#include "display/theme.h"
#include "ingest/import.h"
#include "ingest/survey.h"
#include "ingest/text.h"

static const char *const changes[] = {[SURVEY_NEW] = "将新增 (new)      ",
                                      [SURVEY_CHANGED] = "将更新 (changed)  ",
                                      [SURVEY_SAME] = "未变 (same)       ",
                                      [SURVEY_HELD] = "已撤下 (held)     ",
                                      [SURVEY_REFUSED] = "不能导入 (refused)"};

static const char *const kinds[] = {[SURVEY_NOTHING] = "没有可导入的内容 (nothing to be taken)",
                                    [SURVEY_FOLDER] = "文件夹 (folders)",
                                    [SURVEY_BUNDLE] = "案例包 (a bundle)",
                                    [SURVEY_ZIP] = "压缩包 (a zip)"};

static bool on_progress(void *user, const char *doing) {
    meter_show(user, &(struct import_progress){.doing = doing});
    return true;
}

static void print_notes(const struct survey_note *notes, size_t count, const char *indent) {
    for (size_t i = 0; i < count; i++)
        printf("%s%s\n%s    %s%s%s\n%s    → %s\n", indent, notes[i].path, indent,
               reject_text(notes[i].reject), notes[i].detail ? ": " : "",
               notes[i].detail ? notes[i].detail : "", indent, reject_advice(notes[i].reject));
}

static void print_case(const struct survey_case *c) {
    printf("%s  %s  %s（%s）  %d 图", changes[c->change],
           c->has_unit ? section_name(c->level, c->unit) : "单元未知 (no unit)", c->title,
           c->school, c->pictures);
    if (c->videos)
        printf(" %d 视频", c->videos);
    if (c->low_pictures)
        printf("，%d 张分辨率低 (low resolution)", c->low_pictures);
    if (*c->missing)
        printf("，缺字 (missing): %s", c->missing);
    if (json_array_size(c->masked))
        fputs("，含个人号码，已遮盖 (numbers of persons are masked)", stdout);
    putchar('\n');
    print_notes(c->notes, c->note_count, "    ");
}

static void print_parts(const struct survey *survey) {
    for (size_t i = 0; i < survey->part_count; i++) {
        const struct survey_part *part = survey->parts + i;
        char *label = text_printable(part->path);
        printf("%s  %s%s\n", label, kinds[part->kind],
               part->signed_by_us ? "，已签名 (signed)"
               : part->bundle     ? "，没有签名 (unsigned)"
                                  : "");
        for (size_t k = 0; k < part->count; k++)
            print_case(survey->cases + part->first + k);
        free(label);
    }
}

static void print(const struct survey *survey) {
    size_t counts[SURVEY_REFUSED + 1] = {0};
    print_parts(survey);
    print_notes(survey->notes, survey->note_count, "");
    for (size_t i = 0; i < survey->count; i++)
        counts[survey->cases[i].change]++;
    if (survey->removed)
        printf("将删除 %zu 个案例 (cases that would go)\n", survey->removed);
    if (survey->cut)
        puts("内容太多，没有全部查看 (not everything was looked at)");
    printf(
        "共 %zu 个案例：新增 %zu，更新 %zu，未变 %zu，已撤下 %zu，不能导入 %zu；没有改动任何内容\n"
        "(%zu cases: %zu new, %zu changed, %zu the same, %zu held, %zu refused; nothing was "
        "done)\n",
        survey->count, counts[SURVEY_NEW], counts[SURVEY_CHANGED], counts[SURVEY_SAME],
        counts[SURVEY_HELD], counts[SURVEY_REFUSED], survey->count, counts[SURVEY_NEW],
        counts[SURVEY_CHANGED], counts[SURVEY_SAME], counts[SURVEY_HELD], counts[SURVEY_REFUSED]);
}

int look(struct context *context, char *const *paths, size_t count,
         const struct look_options *options) {
    struct meter meter;
    enum unit unit = UNIT_PARTY;
    bool has_unit = options->unit && unit_parse(options->unit, &unit), json = options->json;
    json_t *all = json_array();
    meter_init(&meter);
    priority_lower(); /* a display may be running */
    theme_fill_fonts(&context->config, context->paths.data);
    for (size_t i = 0; i < count; i++) {
        const struct survey_params params = {.paths = &context->paths,
                                             .config = &context->config,
                                             .has_unit = has_unit,
                                             .unit = unit,
                                             .school = options->school,
                                             .on_progress = on_progress,
                                             .user = &meter};
        struct survey survey;
        survey_look(&survey, &params, paths[i]);
        meter_clear(&meter);
        if (json)
            json_array_append_new(all, survey_json(&survey));
        else
            print(&survey);
        survey_finish(&survey);
    }
    if (json)
        errand_print_json(count == 1 ? json_array_get(all, 0) : all);
    json_decref(all);
    return EXIT_DONE;
}
