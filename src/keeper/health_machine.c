/* The checks of the machine and of what is installed. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fonts.h"
#include "base/fs.h"
#include "base/memory.h"
#include "ingest/coverage.h"
#include "ingest/nursery.h"
#include "ingest/picture.h"
#include "ingest/room.h"
#include "ingest/video.h"
#include "keeper/health_check.h"
#include "library/inventory.h"

#define LOW_BYTES  (100 << 20) /* room for about a hundred photographs: time to do something */
#define NONE_BYTES (1 << 20)   /* not even for one */

/* Of 通用规范汉字表: its beginning, and elements from its last list. */
static const char characters[] =
    "一乙二十丁厂七卜八人入儿匕几九刁了刀力乃又三干于亏工土士才下寸大丈与万上小口山巾千乞川亿个夕"
    "久么勺凡丸及广亡门丫义之尸己已巳弓子卫也女刃飞习叉马乡丰王开井天夫元无云专丐扎艺木五支厅不犬"
    "太区历歹友尤匹车巨牙屯戈比互切瓦止少曰日中贝冈内水见午牛手气毛壬升夭长仁什片仆化仇币仍仅斤爪"
    "反介父从仑今凶分乏公仓月氏勿欠风丹匀乌勾凤六文亢方火为斗忆计订户认冗讥心尺引丑巴孔队办以允予"
    "邓劝双书幻𬬻𬭊𬭳𬭛𬭶，。、；：？！“”‘’（）《》——……"
    "·";

/* A picture of one pixel: a helper that prepares it can start, fork, drop its rights and answer. */
static const unsigned char tiny_png[] = {
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48,
    0x44, 0x52, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00,
    0x00, 0x3a, 0x7e, 0x9b, 0x55, 0x00, 0x00, 0x00, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78,
    0xda, 0x63, 0x68, 0x00, 0x00, 0x00, 0x82, 0x00, 0x81, 0xda, 0x45, 0x08, 0x3b, 0x00,
    0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82};

enum verdict check_clock(const struct patient *patient, struct str *said) {
    struct clock clock;
    clock_init(&clock, patient->paths);
    int64_t system = time_now_ms();
    struct time_verdict verdict = clock_judge(&clock, system);
    char believed[TIME_TEXT_SIZE], now[TIME_TEXT_SIZE];
    time_format(verdict.believed_ms, believed);
    time_format(system, now);
    if (clock.warned)
        str_addf(said, "%s: 已损坏，不采用 (damaged, it does not count)\n", clock.path);
    if (verdict.doubtful)
        str_addf(said, "时钟 %s 可疑，按 %s 判断有效期 (the clock is doubtful: %s is believed)\n",
                 now, believed, believed);
    else if (!time_believable(&verdict, system))
        str_addf(said, "时钟 %s 落后，按 %s 判断有效期 (the clock is behind: %s is believed)\n",
                 now, believed, believed);
    if (!clock_is_synchronised())
        str_add(said, "时钟没有同步 (the clock is not synchronised)\n");
    return said->size ? VERDICT_WARNING : VERDICT_GOOD;
}

/* ------------------------------------------------------------------ fonts */

static char *missing_of(struct coverage *coverage) {
    struct str missing = {0};
    for (const char *at = characters; *at;) {
        uint32_t c = utf8_next(&at);
        if (!coverage_has(coverage, c))
            str_add_codepoint(&missing, c);
    }
    return str_take(&missing);
}

/* Each by itself: what one lacks another may have, but one that does not open is broken. */
static bool opens(char *file) {
    struct coverage *coverage = coverage_open(&file, 1);
    bool good = coverage_has(coverage, 'A');
    coverage_close(coverage);
    return good;
}

enum verdict check_fonts(const struct patient *patient, struct str *said) {
    char *folder = path_join(patient->paths->data, "fonts", NULL);
    const struct font_choice choice = {.folder = folder,
                                       .regular = patient->config->text.regular,
                                       .bold = patient->config->text.bold,
                                       .bundled_only = true};
    size_t count = 0;
    char **files = fonts_list(&choice, &count);
    for (size_t i = 0; i < count; i++)
        if (!opens(files[i]))
            str_addf(said, "%s: 无法打开 (cannot be opened)\n", files[i]);
    struct coverage *coverage = coverage_open(files, count);
    char *missing = missing_of(coverage);
    if (*missing)
        str_addf(said, "%s: 缺字 (characters are missing): %s\n", folder, missing);
    free(missing);
    coverage_close(coverage);
    fonts_free(files, count);
    free(folder);
    return said->size ? VERDICT_BAD : VERDICT_GOOD;
}

/* ------------------------------------------------------------------ disk */

/* A library that cannot be read is the matter of another check. */
static int64_t media_bytes(const struct paths *paths) {
    enum db_result result = DB_DONE;
    int64_t bytes = 0;
    struct inventory *inventory = inventory_open(paths->library, &result);
    if (inventory)
        inventory_bytes(inventory, &bytes);
    inventory_close(inventory);
    return bytes;
}

enum verdict check_disk(const struct patient *patient, struct str *said) {
    struct space space;
    if (!room_weigh(patient->paths, patient->config, media_bytes(patient->paths), &space)) {
        str_addf(said, "%s: 无法查看 (cannot be looked at)\n", patient->paths->state);
        return VERDICT_BAD;
    }
    if (space.free < LOW_BYTES)
        str_addf(said, "只剩 %.1f MB (%.1f MB left)\n", (double)space.free / 1e6,
                 (double)space.free / 1e6);
    if (space.used > space.quota)
        str_addf(said, "案例库 %.1f MB，超出上限 %.1f MB (the library is over its share)\n",
                 (double)space.used / 1e6, (double)space.quota / 1e6);
    return space.free < NONE_BYTES ? VERDICT_BAD : said->size ? VERDICT_WARNING : VERDICT_GOOD;
}

/* ------------------------------------------------------------------ helpers and their jail */

static int open_tiny(void) {
    int fd = memfd_create("tiny.png", MFD_CLOEXEC);
    if (fd >= 0 && write_all(fd, tiny_png, sizeof tiny_png) && lseek(fd, 0, SEEK_SET) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

static bool try_picture(const struct patient *patient, struct nursery *nursery, int tiny,
                        const char *folder, enum reject *reject, char **detail) {
    const struct config *config = patient->config;
    const struct picture_limits limits = {.megapixels = config->picture.megapixels,
                                          .seconds = config->picture.seconds,
                                          .memory_mb = config->picture.memory_mb};
    struct asset asset = {.kind = ASSET_PICTURE};
    bool good = picture_prepare(nursery, tiny, folder, &limits, &asset, reject, detail);
    asset_finish(&asset);
    return good;
}

/* That it says of a picture that it is no video is work enough. */
static bool try_video(struct nursery *nursery, int tiny, enum reject *reject, char **detail) {
    return !video_measure(nursery, tiny, reject, detail) && *reject == REJECT_VIDEO_FORMAT;
}

static void try_helper(const struct patient *patient, const char *helper, bool video,
                       const char *folder, struct str *said) {
    struct nursery *nursery = nursery_create(helper);
    enum reject reject = REJECT_HELPER;
    char *detail = NULL;
    int tiny = open_tiny();
    bool good =
        tiny >= 0 && (video ? try_video(nursery, tiny, &reject, &detail)
                            : try_picture(patient, nursery, tiny, folder, &reject, &detail));
    if (!good)
        str_addf(said, "%s: %s%s%s\n", helper, reject_text(reject), detail ? ": " : "",
                 detail ? detail : "");
    if (tiny >= 0)
        close(tiny);
    free(detail);
    nursery_destroy(nursery);
}

enum verdict check_helpers(const struct patient *patient, struct str *said) {
    static const struct {
        const char *name;
        bool video;
    } helpers[] = {{"picture", false}, {"video", true}};
    char folder[] = "/tmp/fengcai-doctor-XXXXXX";
    if (!mkdtemp(folder)) {
        str_addf(said, "%s: %s\n", folder, strerror(errno));
        return VERDICT_BAD;
    }
    for (size_t i = 0; i < sizeof helpers / sizeof *helpers; i++) {
        char *helper = path_join(patient->paths->helpers, helpers[i].name, NULL);
        if (access(helper, X_OK) != 0)
            str_addf(said, "%s: %s\n", helper, strerror(errno));
        else
            try_helper(patient, helper, helpers[i].video, folder, said);
        free(helper);
    }
    fs_remove_tree(folder);
    return said->size ? VERDICT_BAD : VERDICT_GOOD;
}

enum verdict check_jail(const struct patient *patient, struct str *said) {
    (void)patient;
    if (nursery_landlock_version() >= 1)
        return VERDICT_GOOD;
    str_add(said, "内核没有 Landlock，少一层隔离 (the kernel has no Landlock: one layer less)\n");
    return VERDICT_WARNING;
}

enum verdict check_config(const struct patient *patient, struct str *said) {
    if (patient->config_good)
        return VERDICT_GOOD;
    str_add(said,
            "有错误，已逐条写出，画面用默认值代替 (mistakes, named above; defaults stand in)\n");
    return VERDICT_BAD;
}
