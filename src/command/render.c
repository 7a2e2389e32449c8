#include "command/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"
#include "command/reading.h"
#include "display/composer.h"
#include "display/frame.h"
#include "display/paint.h"
#include "display/studio.h"
#include "library/snapshot.h"

#define MAX_ID_BYTES 180 /* of a file name, which may have 255 */

struct render_options {
    struct size size;
    const char *out;
    const char *frame; /* local time; NULL: without */
};

struct rendering {
    struct context *context;
    const struct render_options *options;
    struct studio *studio;
    int64_t clock_ms; /* what the frame shows */
    int number, failed;
};

static void save(struct rendering *rendering, const char *id, const char *name,
                 struct buffer *buffer) {
    char *flat = xstrndup(id, utf8_cut(id, MAX_ID_BYTES));
    for (char *at = flat; *at; at++)
        if (*at == '/')
            *at = '-';
    char *path =
        xasprintf("%s/%03d-%s-%s.png", rendering->options->out, ++rendering->number, flat, name);
    if (buffer && buffer_save_png(buffer, path))
        puts(path);
    else
        rendering->failed++;
    buffer_destroy(buffer);
    free(path);
    free(flat);
}

/* As the loop shows it when half of the slide's time is over. */
static void add_frame(const struct rendering *rendering, const struct case_record *record,
                      struct buffer *slide) {
    if (!rendering->options->frame || !slide)
        return;
    struct size size = rendering->options->size;
    struct buffer *line = record ? studio_draw_line(rendering->studio, record) : NULL;
    if (line)
        paint_over(slide, frame_line_at(size, 1, 2), line, 256);
    buffer_destroy(line);
    struct overlay_parts parts;
    studio_draw_frame(rendering->studio, rendering->clock_ms, record != NULL, &parts);
    for (int i = OVERLAY_CORNER; i <= OVERLAY_HINT; i++)
        if (parts.parts[i].buffer)
            paint_over(slide, parts.parts[i].at, parts.parts[i].buffer, 256);
    overlay_parts_finish(&parts);
}

static void render_deck(struct rendering *rendering, const struct case_record *record,
                        const struct deck *deck) {
    for (size_t i = 0; i < deck->count; i++) {
        char name[SLIDE_NAME_SIZE];
        slide_name(deck->slides + i, name);
        struct buffer *slide = studio_draw(rendering->studio, record, deck->slides + i);
        add_frame(rendering, record, slide);
        save(rendering, record->id, name, slide);
    }
}

static void render_round(struct rendering *rendering, const struct snapshot *round) {
    for (size_t i = 0; i < round->count; i++) {
        struct deck deck;
        studio_plan_round(rendering->studio, round, i, &deck);
        render_deck(rendering, round->cases + i, &deck);
        deck_finish(&deck);
    }
}

static void render_whole(struct rendering *rendering, const struct case_record *record) {
    struct deck deck;
    studio_plan(rendering->studio, record, true, &deck);
    render_deck(rendering, record, &deck);
    deck_finish(&deck);
}

struct loading {
    struct reader *reader;
    struct snapshot_options options;
    struct snapshot snapshot;
    const char *const *ids;
    size_t count;
    struct case_record *records;
};

static enum read_result load_loop(void *user) {
    struct loading *loading = user;
    return snapshot_load(loading->reader, &loading->options, &loading->snapshot);
}

static enum read_result load_cases(void *user) {
    struct loading *loading = user;
    return reader_load(loading->reader, loading->ids, loading->count, loading->records);
}

static int render_loop(struct rendering *rendering, struct loading *loading) {
    const struct config *config = &rendering->context->config;
    struct clock clock;
    clock_init(&clock, &rendering->context->paths);
    int64_t now = clock_now(&clock).believed_ms;
    loading->options = (struct snapshot_options){.school = config->site.school,
                                                 .limit = (size_t)config->loop.cases,
                                                 .now_ms = now,
                                                 .day = time_local_day(now)};
    int code = reading_code(&rendering->context->paths, reading_wait(load_loop, loading));
    studio_set_names(rendering->studio, loading->snapshot.schools, loading->snapshot.school_count);
    if (code == EXIT_DONE)
        render_round(rendering, &loading->snapshot);
    if (code == EXIT_DONE && !rendering->number && !rendering->failed) {
        struct buffer *card = studio_draw_empty(rendering->studio, false);
        add_frame(rendering, NULL, card);
        save(rendering, "fengcai", "empty", card);
    }
    studio_set_names(rendering->studio, NULL, 0);
    snapshot_finish(&loading->snapshot);
    return code;
}

static int render_ids(struct rendering *rendering, struct loading *loading) {
    loading->records = xcalloc(loading->count, sizeof *loading->records);
    int code = reading_code(&rendering->context->paths, reading_wait(load_cases, loading));
    for (size_t i = 0; code == EXIT_DONE && i < loading->count; i++) {
        if (loading->records[i].id) {
            render_whole(rendering, loading->records + i);
            continue;
        }
        log_error("%s: 案例库里没有这个编号，见 fengcai list (no case has this id)",
                  loading->ids[i]);
        rendering->failed++;
    }
    for (size_t i = 0; i < loading->count; i++)
        case_finish(loading->records + i);
    free(loading->records);
    return code;
}

static int run(struct context *context, const void *values, int argc, char **argv) {
    const struct render_options *options = values;
    if (!options->size.width || !options->out) {
        log_error("需要 --size WxH 和 --out DIR (both are needed)");
        return command_usage(&command_render);
    }
    struct rendering rendering = {.context = context, .options = options};
    if (options->frame && !time_parse_minute(options->frame, &rendering.clock_ms)) {
        log_error("--frame: \"%s\": 应写成 2026-08-15 14:05 (should be like this)", options->frame);
        return command_usage(&command_render);
    }
    if (!fs_make_dirs(options->out))
        return EXIT_FAILED;
    rendering.studio = studio_create(&context->paths, &context->config, options->size);
    if (!rendering.studio)
        return EXIT_FAILED;
    if (options->frame)
        studio_set_frame(rendering.studio);
    struct loading loading = {.reader = reader_open(context->paths.library),
                              .ids = (const char *const *)argv,
                              .count = (size_t)argc};
    int code = argc ? render_ids(&rendering, &loading) : render_loop(&rendering, &loading);
    reader_close(loading.reader);
    studio_destroy(rendering.studio);
    return code == EXIT_DONE && rendering.failed ? EXIT_FAILED : code;
}

static const struct option options[] = {
    {"size", OPTION_SIZE, "WxH", offsetof(struct render_options, size),
     "Size of the pictures, as of a screen", "画面尺寸", NULL},
    {"out", OPTION_TEXT, "DIR", offsetof(struct render_options, out),
     "Folder that the PNG files are written into", "写入 PNG 文件的文件夹", NULL},
    {"frame", OPTION_TEXT, "TIME", offsetof(struct render_options, frame),
     "Draw what lies over the slides of the loop too, at this local time: \"2026-08-15 14:05\"",
     "把轮播时的常驻元素也画上，时钟为此当地时间", NULL},
    {0},
};

const struct command command_render = {
    "render",
    "[ID...]",
    "Draw every slide of cases, or those of the loop, into PNG files",
    "把案例的每一页（不写编号时为整个循环）画成 PNG 文件",
    options,
    sizeof(struct render_options),
    false,
    run};
