#include "base/config.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/settings.h"
#include "base/str.h"

#define AT(field) offsetof(struct config, field)

/* clang-format off */
static const struct key keys[] = {
    TEXT("site", "school", site.school, "",
         "本校全称；文件夹名里没有学校时用它，循环中一半留给它",
         "Full name of this school: used where a folder names none; half of the loop is its own"),
    TEXT("site", "building", site.building, "",
         "楼宇名称，如“松园3号楼”，显示在时钟旁", "Name of the building, shown beside the clock"),
    TEXT("site", "contact", site.contact, "",
         "联系人或电话，显示在“关于”和空库提示中", "Whom to ask: shown on the cover of an empty library"),
    NUMBER("loop", "cases", loop.cases, "60", 1, 500,
           "一轮循环最多展示的案例数", "How many cases one round of the loop holds at most"),
    NUMBER("loop", "minimum_seconds", loop.minimum_seconds, "8", 1, 3600,
           "每页最短停留秒数", "Shortest time a slide stands, in seconds"),
    NUMBER("loop", "maximum_seconds", loop.maximum_seconds, "40", 1, 3600,
           "每页最长停留秒数", "Longest time a slide stands, in seconds"),
    NUMBER("loop", "case_seconds", loop.case_seconds, "60", 1, 3600,
           "一个案例在循环中的总时长上限（秒）", "Longest time one case takes in the loop, in seconds"),
    NUMBER("loop", "characters_per_minute", loop.characters_per_minute, "300", 60, 2000,
           "阅读速度，每分钟字数", "Reading speed from which the time of a slide is computed"),
    CHOICE("loop", "transition", loop.transition, "fade", "cut, fade, slide",
           "翻页方式：cut 直接切换，fade 淡入淡出，slide 推移", "How one slide follows another"),
    NUMBER("loop", "fade_ms", loop.fade_ms, "800", 0, 5000,
           "翻页所用的毫秒数", "How long a transition takes, in milliseconds"),
    SET("loop", "slides", loop.slides, "cover, story, gallery, unit", "cover, story, gallery, unit",
        "展示哪些页：cover 封面，story 正文，gallery 图集，unit 每轮每个单元一张的单元卡；只写 gallery 时单张无说明的图片整图居中，不加任何文字，也没有 frame",
        "Which kinds of slide are shown; with gallery alone a single picture without a caption is "
        "drawn whole and centred, with nothing over it, the frame neither"),
    CHOICE("loop", "frame", loop.frame, "on", "off, on",
           "画面上方常驻楼宇名称、日期时间、触摸提示和剩余时间线；off 只显示案例页本身",
           "Building, date, clock, the invitation to touch and the line of the time left lie over "
           "the slides; off: the slides alone"),
    CHOICE("display", "presenter", display.presenter, "auto", "auto, surface, gpu",
           "画面输出方式：auto 有显卡时用显卡", "auto takes the GPU where there is a real one"),
    CHOICE("display", "motion", display.motion, "auto", "auto, full, none",
           "动态效果：auto 有显卡且跟得上时，封面照片缓缓放大或缩小，跟不上就停；full 只要用显卡输出就一直动；"
           "none 什么都不移动，推移改为淡入淡出；不用显卡输出时照片本来就不动",
           "auto lets a cover's photograph drift slowly where a GPU keeps up with it, full wherever "
           "the presenter is gpu; none: nothing moves, and slide becomes fade. Without a GPU no "
           "photograph ever drifts"),
    CHOICE("display", "rotate", display.rotate, "0", "0, 90, 180, 270",
           "画面顺时针旋转角度（竖屏用 90 或 270）", "Degrees the picture is turned clockwise"),
    NAME("display", "screen", display.screen, "0", 0, 15, "HDMI-1",
         "使用哪块屏幕：名称（见 xrandr），或第几块，从 0 数起（主屏在前）；拔掉时移到第一块，插回后自动移回。编号会随插拔改变，名称不会",
         "Which of the screens: its name, as xrandr has it, or its number, counted from 0, the primary one "
         "first. While it is unplugged the first one is used; numbers change with what is plugged in, names do not"),
    TEXT("display", "brightness_command", display.brightness_command, "",
         "调节亮度的程序：以百分数为唯一参数调用，成功时退出状态为 0；留空则不能在屏幕上调亮度",
         "A program that sets how bright the screen is: called with the percentage alone, it exits with 0 "
         "where that worked; empty: it cannot be set at the screen"),
    NUMBER_OR_0("display", "brightness", display.brightness, "0", 5, 100,
                "启动时设置的亮度百分数，须有 brightness_command；0 为不改动",
                "How bright it is made at the start, in percent, by brightness_command; 0: as it is"),
    TEXT("display", "theme", display.theme, "dark",
         "画面主题：dark 深色，light 浅色，或主题文件（见 fengcai-theme(5)；相对路径从本文件所在的文件夹算起）",
         "The look: dark, light, or a theme file (see fengcai-theme(5)); a relative path starts at this "
         "file's folder"),
    NUMBER("touch", "idle_seconds", touch.idle_seconds, "60", 10, 3600,
           "多少秒没有人触摸后回到轮播（之前还有十秒提示）",
           "Seconds without a touch until the slideshow goes on, after a notice of ten more"),
    NUMBER_OR_0("touch", "inches", touch.inches, "0", 5, 200,
                "屏幕对角线的英寸数，按它保证按钮够手指点；0 为由屏幕自己报告",
                "The screen's diagonal in inches, by which buttons are large enough for a finger; "
                "0: as the screen says itself"),
    TEXT("text", "fallback", text.fallback, "",
         "补充字体文件，用冒号分隔，自带字体没有的字依次到这里找",
         "More font files, separated by colons, for characters that the bundled fonts lack"),
    CHOICE("text", "tidy", text.tidy, "on", "on, off",
           "导入时整理文字：段首空格、汉字间的空格、空行、半角标点、省略号、破折号、部首字；off 原样导入",
           "Whether an import puts text right: indents, spaces between Han, empty lines, half-width "
           "marks between Han, ... and --, radicals; off takes it as it is typed"),
    NUMBER("picture", "megapixels", picture.megapixels, "64", 1, 400,
           "图片最大像素数（百万）", "Largest picture that is taken, in millions of pixels"),
    NUMBER("picture", "seconds", picture.seconds, "60", 1, 600,
           "处理一张图片的最长秒数", "Longest time one picture may take, in seconds"),
    NUMBER("picture", "memory_mb", picture.memory_mb, "1024", 128, 16384,
           "处理一张图片的最大内存（MB）", "Most memory one picture may take, in MiB"),
    NUMBER("storage", "quota", storage.quota, "80", 5, 95,
           "案例库最多占用所在磁盘的百分之几", "How much of its file system the library may fill, in percent"),
    TEXT("stick", "folder", stick.folder, "/run/fengcai-usb",
         "U盘挂载在哪个文件夹之下：其中每个挂载点和每个非空文件夹都算一个U盘；留空则不看U盘",
         "Where sticks are mounted: each mount and each folder with something in it counts as one; "
         "empty: none are looked for"),
    CHOICE("stick", "signed", stick.known, "take", "take, ask",
           "由 [source] 公钥签名的U盘：take 插上就导入，ask 也要先确认",
           "A bundle on a stick that the key of a [source] has signed: take takes it in at once, ask "
           "waits for somebody who may"),
    CHOICE("stick", "report", stick.report, "auto", "auto, off",
           "在屏幕上输入 PIN 从U盘导入之后：auto 把导入报告写回U盘（写得进去的话），off 只在要求时写",
           "After an import from a stick that somebody ordered by PIN: auto writes the report onto it, "
           "where it can be written, off only when it is asked for"),
    TEXT("sound", "volume_command", sound.volume_command, "",
         "调节音量的程序，后台以百分数（0到100）为参数运行它，如包装 amixer 的脚本；留空则不调节",
         "A program that sets how loud the machine is: the keeper runs it with the percentage (0 to 100), as "
         "a script around amixer; empty: none"),
    NUMBER("sound", "volume", sound.volume, "70", 0, 100,
           "启动时设置的音量百分数，须有 volume_command", "How loud it is made at the start, in percent, by volume_command"),
    CHOICE("video", "sound", video.sound, "on", "on, off",
           "触摸播放视频时是否有声音：on 有，off 先静音，看的人可以自己打开",
           "Whether a video that somebody plays at the screen is heard: off: it begins silent, and who "
           "watches may turn the sound on"),
    NUMBER_OR_0("local", "days", local.days, "365", 1, 3650,
                "在本机导入、又没有写结束日期的案例展示多少天（再次导入重新计算）；0 为一直展示",
                "For how many days a case is shown that was loaded on this machine and says no end; "
                "loading it again begins anew; 0: without end"),
    NUMBER_OR_0("local", "notice_days", local.notice_days, "7", 1, 3650,
                "在本机导入、又没有写结束日期的通知展示多少天（再次导入重新计算）；0 为一直展示",
                "For how many days a notice is shown that was loaded on this machine and says no end; "
                "loading it again begins anew; 0: without end"),
    CHOICE("approval", "mode", approval.mode, "one", "one, two",
           "没有签名的内容由几个人负责：one 录入即展示；two 录入后为“待审”，由另一人用“审核”PIN 审核后才展示",
           "How many persons answer for what is not signed: one: it is shown as soon as it is entered; "
           "two: it waits until another person with a PIN for reviewing has released it"),
    TEXT("network", "ca_file", network.ca_file, "",
         "另外信任的证书文件（PEM），如学校自己的 CA；相对路径从本文件所在的文件夹算起",
         "More certificates to believe (PEM), as of a school's own authority; a relative path starts at "
         "this file's folder"),
};

#undef AT
#define AT(field) offsetof(struct source_config, field)

static const struct key source_keys[] = {
    URL("source", "url", url, "https://example.com/feed.json",
        "案例源 feed.json 的网址；没有公钥时必须是 https",
        "Address of its feed.json; without a key it must be https"),
    TEXT("source", "key", key, "",
         "发布者的 minisign 公钥（RW 开头的一行），或 .pub 文件（相对路径从本文件所在的文件夹算起）；"
         "留空表示没有签名",
         "Its publisher's minisign key: the line that begins with RW, or a .pub file (a relative path "
         "starts at this file's folder); empty: it is not signed"),
    NUMBER("source", "every", every_minutes, "15", 1, 1440,
           "每隔多少分钟查看一次", "How often it is looked at, in minutes"),
    CHOICE("source", "unit", unit, "", ", party, education, safety, service",
           "源里没有写明单元的案例归入哪个单元；留空则不采用这些案例",
           "Unit of cases for which the source names none; empty: those are not taken"),
    CHOICE("source", "approve", approve, "now", "now, hold",
           "now 取到就展示；hold 先为“待审”，由人用“审核”PIN 审核后才展示",
           "now: shown as soon as it is taken; hold: it waits until somebody with a PIN for reviewing "
           "has released it"),
};

#undef AT
#define AT(field) offsetof(struct config, field)
/* clang-format on */

static bool check_source(const void *item, const struct settings_file *file, int line) {
    const struct source_config *source = item;
    if (!*source->url)
        settings_say(file, line, "[source %s].url: missing（缺少网址）", source->name);
    else if (!*source->key && !text_starts(source->url, "https://"))
        settings_say(
            file, line,
            "[source %s].key: missing: unsigned only over https（没有公钥时网址必须是 https）",
            source->name);
    else
        return true;
    return false;
}

static const struct settings_many sources = {
    .prefix = "source",
    .name_shown = "NAME",
    .help_zh =
        "从网上自动获取案例：每个案例源写一节，NAME 换成自取的名称（1 到 32 个字母、数字、- 或 _）",
    .help =
        "Cases that come over the network: a section for each source, NAME being a name of your "
        "own (1 to 32 letters, digits, - or _)",
    .keys = source_keys,
    .count = sizeof source_keys / sizeof *source_keys,
    .size = sizeof(struct source_config),
    .name = offsetof(struct source_config, name),
    .items = offsetof(struct config, sources),
    .item_count = offsetof(struct config, source_count),
    .limit = MAX_SOURCES,
    .check = check_source,
};

static const struct settings settings = {
    .keys = keys,
    .count = sizeof keys / sizeof *keys,
    .many = &sources,
    .noun_zh = "配置",
    .noun = "the config",
    .command = "fengcai config --defaults",
    .heading = "# 风采的配置。每一项都以默认值写出并注释掉；要改哪一项，就去掉那一行行首的 #。\n"
               "# Settings of fengcai. Every key stands here at its default, commented out.\n",
};

void config_init(struct config *config) {
    *config = (struct config){0};
    settings_init(&settings, config);
}

/* A name that the file sets becomes a path, seen from its folder. */
static void find_beside(char **name, const char *path) {
    char *found = path_beside(path, *name);
    free(*name);
    *name = found;
}

static bool is_key_line(const char *key) {
    return text_starts(key, "RW") && !text_ends(key, ".pub");
}

static void find_files(struct config *config, const char *path) {
    const char *theme = config->display.theme;
    if (*theme && strcmp(theme, "dark") != 0 && strcmp(theme, "light") != 0)
        find_beside(&config->display.theme, path);
    if (*config->network.ca_file)
        find_beside(&config->network.ca_file, path);
    for (size_t i = 0; i < config->source_count; i++)
        if (*config->sources[i].key && !is_key_line(config->sources[i].key))
            find_beside(&config->sources[i].key, path);
}

bool config_load(struct config *config, const char *path, bool required) {
    const struct settings_file file = {.path = path, .optional = !required};
    bool good = settings_load(&settings, config, &file);
    free(config->file);
    config->file = required ? xstrdup(path) : NULL;
    find_files(config, path);
    if (config->loop.minimum_seconds > config->loop.maximum_seconds) {
        log_error("%s: [loop].minimum_seconds: \"%d\": larger than maximum_seconds %d"
                  "（不能大于 maximum_seconds）",
                  path, config->loop.minimum_seconds, config->loop.maximum_seconds);
        config->loop.maximum_seconds = config->loop.minimum_seconds;
        good = false;
    }
    return good;
}

/* What whoever stands before the screen knows better than who wrote the file; nothing that says
 * what is trusted, fetched or run. */
static const size_t choosable[] = {
    offsetof(struct config, site.school), offsetof(struct config, site.building),
    offsetof(struct config, display.rotate), offsetof(struct config, display.brightness),
    offsetof(struct config, sound.volume)};

bool config_may_choose(const char *section, const char *name) {
    bool may = false;
    for (size_t i = 0; !may && i < sizeof choosable / sizeof *choosable; i++) {
        const struct key *key = settings_key(&settings, choosable[i]);
        may = strcmp(key->section, section) == 0 && strcmp(key->name, name) == 0;
    }
    return may;
}

bool config_choose(struct config *config, const char *section, const char *name, const char *value,
                   const char *origin) {
    const struct settings_file file = {.path = origin};
    if (config_may_choose(section, name))
        return settings_set(&settings, config, &file, section, name, value);
    const struct key key = {.section = section, .name = name};
    settings_report(&file, 0, &key, value, "not to be set at the screen（不能在屏幕上设置）");
    return false;
}

void config_finish(struct config *config) {
    settings_finish(&settings, config);
    free(config->text.regular);
    free(config->text.bold);
    free(config->file);
    config->text.regular = config->text.bold = config->file = NULL;
}

bool config_shows_frame(const struct config *config) {
    return config->loop.frame && config->loop.slides != SLIDES_GALLERY;
}

void config_print(const struct config *config, FILE *to) {
    settings_print(&settings, config, to);
}

void config_print_defaults(FILE *to) {
    settings_print_file(&settings, NULL, to);
}

void config_print_scdoc(FILE *to) {
    settings_print_scdoc(&settings, to);
}
