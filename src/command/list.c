#include "command/command.h"

#include <stdlib.h>

#include <jansson.h>

#include "base/log.h"
#include "base/time.h"
#include "command/reading.h"
#include "ingest/hold.h"

struct list_options {
    bool json, withdrawn, waiting;
};

struct listing {
    const char *media;
    json_t *array; /* NULL: lines for people */
    size_t count;
};

static json_t *time_json(int64_t ms) {
    char text[TIME_TEXT_SIZE];
    time_format(ms, text);
    return ms ? json_string(text) : json_null();
}

static char *path_of(const char *media, const struct asset *asset, enum rendition_role role) {
    const struct rendition *rendition = asset_rendition(asset, role, 0);
    return rendition ? rendition_path(media, rendition) : NULL;
}

/* "path" is what is shown: of a video the MP4, and "poster" the picture for it. */
static void add_video(json_t *object, const char *media, const struct asset *asset) {
    char *path = path_of(media, asset, RENDITION_VIDEO);
    json_object_set(object, "poster", json_object_get(object, "path"));
    json_object_set_new(object, "path", path ? json_string(path) : json_null());
    json_object_set_new(object, "duration_ms", json_integer(asset->duration_ms));
    free(path);
}

static json_t *asset_json(const char *media, const struct asset *asset) {
    enum rendition_role role = asset->kind == ASSET_CODE ? RENDITION_CODE : RENDITION_LARGE;
    const struct rendition *large = asset_rendition(asset, role, 0);
    char *path = path_of(media, asset, role);
    json_t *object =
        json_pack("{s:s, s:s, s:i, s:i, s:s?}", "kind", asset_kind_key(asset->kind), "caption",
                  asset->caption, "width", large ? large->width : asset->width, "height",
                  large ? large->height : asset->height, "path", path);
    free(path);
    if (asset->kind == ASSET_VIDEO)
        add_video(object, media, asset);
    return object;
}

static json_t *feed_json(const char *feed) {
    return *feed ? json_string(feed) : json_null();
}

static json_t *case_json(const char *media, const struct case_record *record) {
    json_t *assets = json_array();
    for (size_t i = 0; i < record->asset_count; i++)
        json_array_append_new(assets, asset_json(media, record->assets + i));
    char feed[CASE_FEED_SIZE];
    const char *id = case_own_id(record->id, feed);
    json_t *code = record->code ? asset_json(media, record->code) : json_null();
    return json_pack(
        "{s:s, s:o, s:s?, s:s*, s:s?, s:s, s:s, s:s, s:s, s:o, s:{s:o, s:o}, s:o, s:o}", "id", id,
        "feed", feed_json(feed), "unit", section_unit(record->level, record->unit), "level",
        section_level(record->level), "phase", record->level ? NULL : phase_key(record->phase),
        "school", record->school, "title", record->title, "summary", record->summary, "url",
        record->url, "published", time_json(record->published_ms), "validity", "from",
        time_json(record->valid_from_ms), "until", time_json(record->valid_until_ms), "assets",
        assets, "code", code);
}

static void print_case(const struct case_record *record, const char *id, const char *feed) {
    size_t videos = case_count(record, ASSET_VIDEO);
    printf("%s\t%s\t%s\t%s\t%zu 图", case_section(record),
           record->level ? "-" : phase_name(record->phase), record->school, record->title,
           case_count(record, ASSET_PICTURE));
    if (videos)
        printf(" %zu 视频", videos);
    printf("\t%s\t%s\n", id, feed);
}

static bool on_case(void *user, const struct case_record *record) {
    struct listing *listing = user;
    char feed[CASE_FEED_SIZE];
    const char *id = case_own_id(record->id, feed);
    listing->count++;
    if (listing->array)
        json_array_append_new(listing->array, case_json(listing->media, record));
    else
        print_case(record, id, *feed ? feed : "-");
    return true;
}

static bool on_withdrawal(void *user, const struct withdrawal *withdrawal) {
    struct listing *listing = user;
    char feed[CASE_FEED_SIZE], at[TIME_TEXT_SIZE];
    const char *id = case_own_id(withdrawal->id, feed);
    listing->count++;
    time_format(withdrawal->at_ms, at);
    if (listing->array)
        json_array_append_new(listing->array,
                              json_pack("{s:s, s:o, s:s, s:s, s:s, s:s}", "id", id, "feed",
                                        feed_json(feed), "school", withdrawal->school, "title",
                                        withdrawal->title, "why", withdrawal->why, "at", at));
    else
        printf("%s\t%s\t%s\t%s\t%s\t%s\n", hold_why_name(withdrawal->why), at, withdrawal->school,
               withdrawal->title, id, *feed ? feed : "-");
    return true;
}

/* No ledger yet: nothing was withdrawn. */
static int list_withdrawn(const struct paths *paths, struct listing *listing) {
    enum db_result result = DB_DONE;
    struct ledger *ledger = ledger_open(paths->ledger, DB_READ_WAITING, &result);
    bool good =
        ledger ? ledger_each_withdrawal(ledger, on_withdrawal, listing) : result == DB_MISSING;
    ledger_close(ledger);
    if (!good)
        log_error("%s: 无法读取回执库 (the ledger cannot be read)", paths->ledger);
    return good ? EXIT_DONE : EXIT_LIBRARY;
}

static bool on_pending(void *user, const struct pending_case *pending) {
    struct listing *listing = user;
    char feed[CASE_FEED_SIZE], at[TIME_TEXT_SIZE];
    const char *id = case_own_id(pending->id, feed);
    listing->count++;
    time_format(pending->at_ms, at);
    if (listing->array)
        json_array_append_new(listing->array,
                              json_pack("{s:s, s:o, s:s?, s:s*, s:s, s:s, s:s, s:s, s:s, s:b}",
                                        "id", pending->id, "feed", feed_json(feed), "unit",
                                        section_unit(pending->level, pending->unit), "level",
                                        section_level(pending->level), "school", pending->school,
                                        "title", pending->title, "by", pending->by, "source",
                                        pending->source, "at", at, "update", pending->update));
    else
        printf("%s\t%s\t%s\t%s\t%s\t%s\t%s\n", pending->update ? "更新" : "新增", at,
               *pending->by ? pending->by : "-", section_name(pending->level, pending->unit),
               pending->school, pending->title, *feed ? pending->id : id);
    return true;
}

static int list_waiting(const struct paths *paths, struct listing *listing) {
    struct reader *reader = reader_open(paths->library);
    int code = reading_code(paths, reader_pending(reader, PENDING_REVIEW, on_pending, listing));
    reader_close(reader);
    return code;
}

static int list_cases(const struct paths *paths, struct listing *listing) {
    struct reader *reader = reader_open(paths->library);
    int code = reading_code(paths, reader_each(reader, reading_now_ms(paths), on_case, listing));
    reader_close(reader);
    return code;
}

static int run(struct context *context, const void *values, int argc, char **argv) {
    const struct list_options *options = values;
    (void)argv;
    if (argc > 0)
        return command_usage(&command_list);
    struct listing listing = {.media = context->paths.media,
                              .array = options->json ? json_array() : NULL};
    int code = options->withdrawn ? list_withdrawn(&context->paths, &listing)
               : options->waiting ? list_waiting(&context->paths, &listing)
                                  : list_cases(&context->paths, &listing);
    if (code == EXIT_DONE && options->json) {
        json_dumpf(listing.array, stdout, JSON_INDENT(1));
        putchar('\n');
    } else if (code == EXIT_DONE && !listing.count) {
        puts(options->withdrawn ? "没有撤下的案例 (nothing is withdrawn)"
             : options->waiting
                 ? "没有待审的案例 (nothing waits)"
                 : "案例库是空的，用 fengcai import 文件夹 导入 (the library is empty)");
    }
    json_decref(listing.array);
    return code;
}

static const struct option options[] = {
    {"json", OPTION_FLAG, NULL, offsetof(struct list_options, json), "Print an array of objects",
     "以 JSON 打印", NULL},
    {"withdrawn", OPTION_FLAG, NULL, offsetof(struct list_options, withdrawn),
     "List what was withdrawn instead: not shown until it is allowed",
     "改为列出已撤下的案例（允许之前不再展示）", NULL},
    {"waiting", OPTION_FLAG, NULL, offsetof(struct list_options, waiting),
     "List what waits for a review instead: not shown until it is approved",
     "改为列出待审的案例（审核之前不展示）", NULL},
    {0},
};

const struct command command_list = {"list",
                                     "",
                                     "List the cases of the library",
                                     "列出案例库中的案例",
                                     options,
                                     sizeof(struct list_options),
                                     false,
                                     run};
