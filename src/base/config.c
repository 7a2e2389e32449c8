#include "base/config.h"

#include <errno.h>
#include <ini.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"

enum key_kind { KEY_TEXT, KEY_NUMBER, KEY_CHOICE, KEY_SET };

struct key {
    const char *section, *name;
    enum key_kind kind;
    size_t offset;
    const char *fallback;
    int minimum, maximum; /* KEY_NUMBER */
    const char *choices;  /* KEY_CHOICE, KEY_SET: separated by ", " */
    const char *help_zh, *help;
};

#define AT(field) offsetof(struct config, field)
#define TEXT(s, n, field, value, zh, en)                                                           \
    { s, n, KEY_TEXT, AT(field), value, 0, 0, NULL, zh, en }
#define NUMBER(s, n, field, value, low, high, zh, en)                                              \
    { s, n, KEY_NUMBER, AT(field), value, low, high, NULL, zh, en }
#define CHOICE(s, n, field, value, list, zh, en)                                                   \
    { s, n, KEY_CHOICE, AT(field), value, 0, 0, list, zh, en }
#define SET(s, n, field, value, list, zh, en)                                                      \
    { s, n, KEY_SET, AT(field), value, 0, 0, list, zh, en }

/* clang-format off */
static const struct key keys[] = {
    TEXT("site", "school", site.school, "",
         "本校全称；文件夹名里没有学校时用它，循环中一半留给它",
         "Full name of this school: used where a folder names none; half of the loop is its own"),
    TEXT("site", "building", site.building, "",
         "楼宇名称，如“松园3号楼”", "Name of the building"),
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
        "展示哪些页：cover 封面，story 正文，gallery 图集，unit 每轮每个单元一张的单元卡；只写 gallery 时单张无说明的图片整图居中、不加任何文字",
        "Which kinds of slide are shown; with gallery alone a single picture without a caption is "
        "drawn whole and centred, with nothing over it"),
    CHOICE("display", "presenter", display.presenter, "auto", "auto, surface, gpu",
           "画面输出方式：auto 有显卡时用显卡", "auto takes the GPU where there is a real one"),
    CHOICE("display", "rotate", display.rotate, "0", "0, 90, 180, 270",
           "画面顺时针旋转角度（竖屏用 90 或 270）", "Degrees the picture is turned clockwise"),
    NUMBER("display", "screen", display.screen, "0", 0, 15,
           "使用第几块屏幕，从 0 数起", "Which of the connected screens, counted from 0"),
    TEXT("text", "fallback", text.fallback, "",
         "补充字体文件，用冒号分隔，自带字体没有的字依次到这里找",
         "More font files, separated by colons, for characters that the bundled fonts lack"),
    NUMBER("picture", "megapixels", picture.megapixels, "64", 1, 400,
           "图片最大像素数（百万）", "Largest picture that is taken, in millions of pixels"),
    NUMBER("picture", "seconds", picture.seconds, "60", 1, 600,
           "处理一张图片的最长秒数", "Longest time one picture may take, in seconds"),
    NUMBER("picture", "memory_mb", picture.memory_mb, "1024", 128, 16384,
           "处理一张图片的最大内存（MB）", "Most memory one picture may take, in MiB"),
};
/* clang-format on */

#define KEYS (sizeof keys / sizeof *keys)

/* Position of a word in "a, b, c"; -1: it is not there. */
static int choice_index(const char *choices, const char *word, size_t size) {
    int index = 0;
    for (const char *at = choices; at; index++) {
        size_t length = strcspn(at, ",");
        if (length == size && memcmp(at, word, size) == 0)
            return index;
        at = at[length] ? at + length + 2 : NULL;
    }
    return -1;
}

static void add_choice(struct str *out, const char *choices, int index) {
    const char *at = choices;
    while (index-- > 0)
        at += strcspn(at, ",") + 2;
    str_add_bytes(out, at, strcspn(at, ","));
}

static bool parse_set(const char *choices, const char *value, unsigned *bits) {
    unsigned found = 0;
    for (const char *at = value; *at;) {
        at += strspn(at, ", \t");
        size_t size = strcspn(at, ", \t");
        if (!size)
            break;
        int index = choice_index(choices, at, size);
        if (index < 0)
            return false;
        found |= 1u << index;
        at += size;
    }
    *bits = found;
    return found != 0;
}

static bool parse_number(const struct key *key, const char *value, int *number) {
    char *end = NULL;
    errno = 0;
    long parsed = strtol(value, &end, 10);
    if (errno || end == value || *end || parsed < key->minimum || parsed > key->maximum)
        return false;
    *number = (int)parsed;
    return true;
}

static bool set(struct config *config, const struct key *key, const char *value) {
    void *field = (char *)config + key->offset;
    int index = 0;
    switch (key->kind) {
    case KEY_TEXT:
        free(*(char **)field);
        *(char **)field = xstrdup(value);
        return true;
    case KEY_NUMBER:
        return parse_number(key, value, field);
    case KEY_CHOICE:
        index = choice_index(key->choices, value, strlen(value));
        if (index >= 0)
            *(int *)field = index;
        return index >= 0;
    case KEY_SET:
        return parse_set(key->choices, value, field);
    }
    return false;
}

static void add_range(struct str *out, const struct key *key, const char *number,
                      const char *choice, const char *set_of) {
    if (key->kind == KEY_NUMBER)
        str_addf(out, "%s %d … %d", number, key->minimum, key->maximum);
    else if (key->kind == KEY_CHOICE)
        str_addf(out, "%s %s", choice, key->choices);
    else if (key->kind == KEY_SET)
        str_addf(out, "%s %s", set_of, key->choices);
}

void config_init(struct config *config) {
    *config = (struct config){0};
    for (size_t i = 0; i < KEYS; i++)
        set(config, keys + i, keys[i].fallback);
}

void config_finish(struct config *config) {
    for (size_t i = 0; i < KEYS; i++)
        if (keys[i].kind == KEY_TEXT) {
            char **field = (char **)((char *)config + keys[i].offset);
            free(*field);
            *field = NULL;
        }
}

struct reading {
    struct config *config;
    const char *path;
    FILE *file;
    int line; /* of what the handler is called for: libinih reads one line at a time */
    bool good;
    bool too_long;
};

static char *read_line(char *line, int size, void *user) {
    struct reading *reading = user;
    char *got = fgets(line, size, reading->file);
    if (!got)
        return NULL;
    if (!reading->too_long)
        reading->line++;
    size_t length = strlen(line);
    reading->too_long = length && line[length - 1] != '\n' && !feof(reading->file);
    if (reading->too_long) {
        reading->good = false;
        log_error("%s:%d: 这一行太长，至多 %d 字节 (line too long, at most %d bytes)",
                  reading->path, reading->line, size - 2, size - 2);
    }
    return got;
}

static void report_value(const struct reading *reading, const struct key *key, const char *value) {
    struct str right = {0};
    add_range(&right, key, "not a number within", "not one of", "not a list of");
    struct str right_zh = {0};
    add_range(&right_zh, key, "应为整数", "应为其中之一：", "应为以下各项的组合：");
    log_error("%s:%d: [%s].%s: \"%s\": %s（%s）", reading->path, reading->line, key->section,
              key->name, value, str_text(&right), str_text(&right_zh));
    str_finish(&right);
    str_finish(&right_zh);
}

static int on_value(void *user, const char *section, const char *name, const char *value) {
    struct reading *reading = user;
    for (size_t i = 0; i < KEYS; i++) {
        if (strcmp(keys[i].section, section) != 0 || strcmp(keys[i].name, name) != 0)
            continue;
        if (!set(reading->config, keys + i, value)) {
            report_value(reading, keys + i, value);
            reading->good = false;
        }
        return 1;
    }
    log_error("%s:%d: [%s].%s: \"%s\": no such key; `fengcai config --defaults` lists all"
              "（没有这个配置项，全部配置项见 fengcai config --defaults）",
              reading->path, reading->line, section, name, value);
    reading->good = false;
    return 1;
}

bool config_load(struct config *config, const char *path, bool required) {
    struct reading reading = {.config = config, .path = path, .good = true};
    reading.file = fopen(path, "re");
    if (!reading.file) {
        if (!required && errno == ENOENT)
            return true;
        log_error("%s: 无法读取配置 (cannot read the config): %s", path, strerror(errno));
        return false;
    }
    int first_error = ini_parse_stream(read_line, &reading, on_value, &reading);
    if (first_error > 0) {
        log_error("%s:%d: 既不是 [节]，也不是 键 = 值 (neither [section] nor key = value)", path,
                  first_error);
        reading.good = false;
    }
    if (config->loop.minimum_seconds > config->loop.maximum_seconds) {
        log_error("%s: [loop].minimum_seconds: \"%d\": larger than maximum_seconds %d"
                  "（不能大于 maximum_seconds）",
                  path, config->loop.minimum_seconds, config->loop.maximum_seconds);
        config->loop.maximum_seconds = config->loop.minimum_seconds;
        reading.good = false;
    }
    fclose(reading.file);
    return reading.good;
}

static void add_value(struct str *out, const struct config *config, const struct key *key) {
    const void *field = (const char *)config + key->offset;
    bool first = true;
    switch (key->kind) {
    case KEY_TEXT:
        str_add(out, *(char *const *)field);
        break;
    case KEY_NUMBER:
        str_addf(out, "%d", *(const int *)field);
        break;
    case KEY_CHOICE:
        add_choice(out, key->choices, *(const int *)field);
        break;
    case KEY_SET:
        for (int i = 0; i < 32; i++)
            if (*(const unsigned *)field & 1u << i) {
                if (!first)
                    str_add(out, ", ");
                add_choice(out, key->choices, i);
                first = false;
            }
        break;
    }
}

static bool new_section(size_t i) {
    return i == 0 || strcmp(keys[i].section, keys[i - 1].section) != 0;
}

void config_print(const struct config *config, FILE *to) {
    for (size_t i = 0; i < KEYS; i++) {
        struct str value = {0};
        add_value(&value, config, keys + i);
        if (new_section(i))
            fprintf(to, "%s[%s]\n", i ? "\n" : "", keys[i].section);
        fprintf(to, "%s = %s\n", keys[i].name, str_text(&value));
        str_finish(&value);
    }
}

void config_print_defaults(FILE *to) {
    fputs("# 风采的配置。每一项都以默认值写出并注释掉；要改哪一项，就去掉那一行行首的 #。\n"
          "# Settings of fengcai. Every key stands here at its default, commented out.\n",
          to);
    for (size_t i = 0; i < KEYS; i++) {
        if (new_section(i))
            fprintf(to, "\n[%s]\n", keys[i].section);
        struct str range = {0};
        add_range(&range, keys + i, "", "", "");
        fprintf(to, "\n# %s。\n# %s.%s%s\n#%s =%s%s\n", keys[i].help_zh, keys[i].help,
                range.size ? " Values:" : "", str_text(&range), keys[i].name,
                *keys[i].fallback ? " " : "", keys[i].fallback);
        str_finish(&range);
    }
}

void config_print_scdoc(FILE *to) {
    for (size_t i = 0; i < KEYS; i++) {
        if (new_section(i))
            fprintf(to, "## [%s]\n\n", keys[i].section);
        struct str name = {0}; /* scdoc reads an underscore as the start of emphasis */
        for (const char *at = keys[i].name; *at; at++) {
            if (*at == '_')
                str_add_char(&name, '\\');
            str_add_char(&name, *at);
        }
        struct str range = {0};
        add_range(&range, keys + i, "", "", "");
        fprintf(to, "*%s*\n\t%s.++\n%s。", str_text(&name), keys[i].help, keys[i].help_zh);
        if (range.size)
            fprintf(to, "++\nValues:%s.", str_text(&range));
        if (*keys[i].fallback)
            fprintf(to, "++\nDefault: %s.", keys[i].fallback);
        fputs("\n\n", to);
        str_finish(&range);
        str_finish(&name);
    }
}
