#include "display/theme.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/settings.h"
#include "base/str.h"
#include "display/theme_check.h"

#define LIGHT_FILE "config/theme-light.ini" /* below the folder of the data */

#define AT(field) offsetof(struct theme, field)
#define UNIT(s, unit, zh, fill_value, deep_value, light_value)                                     \
    COLOUR(s, "fill", units[unit].fill, fill_value, zh FILL_ZH, FILL),                             \
        COLOUR(s, "deep", units[unit].deep, deep_value, zh "标题卡和单元页的底色",                 \
               "Ground of title cards and of the unit's own card"),                                \
        COLOUR(s, "accent", units[unit].light, light_value, zh LIGHT_ZH, LIGHT)
#define NOTICE(s, level, zh, fill_value, deep_value, light_value)                                  \
    COLOUR(s, "fill", notices[level].fill, fill_value, zh FILL_ZH, FILL),                          \
        COLOUR(s, "deep", notices[level].deep, deep_value, zh "页面的底色",                        \
               "Ground of its slide"),                                                             \
        COLOUR(s, "accent", notices[level].light, light_value, zh LIGHT_ZH, LIGHT)
#define FILL_ZH  "标签的底色"
#define FILL     "Ground of its badge"
#define LIGHT_ZH "小标题、线条和标记的颜色"
#define LIGHT    "Headings, lines and marks on ground and panel"

/* clang-format off */
static const struct key keys[] = {
    CHOICE("theme", "base", base, "dark", "dark, light",
           "以哪个自带主题为底：没有写出或写错的项用它的值",
           "The shipped theme whose values hold where this file has none, or a mistake"),
    TEXT("school", "name", name, "",
         "学校名称，显示在画面上；不填时用 fengcai.conf 的 [site] school",
         "Name of the school as it is shown; where it is empty, [site] school of fengcai.conf"),
    TEXT("school", "emblem", emblem, "",
         "校徽，svg 或 png 文件；相对路径从本文件所在的文件夹算起",
         "Emblem of the school, an .svg or .png file; a relative path starts at this file's folder"),
    COLOUR("colour", "ground", ground, "#11151a", "画面底色", "Ground of a slide"),
    COLOUR("colour", "panel", panel, "#1b2128", "图片空白处和卡片的底色",
           "Ground of cards and of what a picture leaves empty"),
    COLOUR("colour", "text", text, "#f3f0e9", "文字", "Text on ground and panel"),
    COLOUR("colour", "dim", dim, "#b4bac2", "次要文字，如学校和页码",
           "Less important text, such as the school and the page number"),
    COLOUR("colour", "on_unit", on_unit, "#ffffff", "单元底色（fill、deep）上的文字",
           "Text on a unit's fill and deep"),
    COLOUR("colour", "over_picture", over_picture, "#ffffff", "图片上的文字", "Text over a picture"),
    COLOUR("colour", "over_picture_dim", over_picture_dim, "#e6e6e6", "图片上的次要文字",
           "Less important text over a picture"),
    COLOUR("colour", "scrim", scrim, "#0a0c0f", "图片上文字背后的遮罩",
           "What is laid between a picture and the text over it"),
    UNIT("party", UNIT_PARTY, "党建引领：", "#b3261e", "#5c1512", "#ff8d7e"),
    UNIT("education", UNIT_EDUCATION, "三全育人：", "#8f5a00", "#4a2f04", "#f5bc5a"),
    UNIT("safety", UNIT_SAFETY, "平安社区：", "#1b6e42", "#0d3a24", "#6fd19b"),
    UNIT("service", UNIT_SERVICE, "智慧服务：", "#1b5fae", "#0e2f5a", "#82b8ff"),
    NOTICE("notice", LEVEL_NOTICE, "通知：", "#5b4aa6", "#2a2257", "#b9aef5"),
    NOTICE("urgent", LEVEL_URGENT, "紧急通知：", "#7a2b00", "#b8430a", "#ffa05c"),
    TEXT("font", "regular", font_regular, "",
         "正文字体文件；不填时用自带的思源黑体（Noto Sans SC），它没有的字也由自带字体补上；相对路径从本文件所在的文件夹算起",
         "Font file of the text; where it is empty, or lacks a character, the bundled fonts; a relative path "
         "starts at this file's folder"),
    TEXT("font", "bold", font_bold, "", "标题字体文件，规则同上", "Font file of titles, likewise"),
    NUMBER("type", "title", title, "84", 52, 120, "标题字号（u）", "Size of titles, in u"),
    NUMBER("type", "lead", lead, "60", 36, 80, "轮播正文的最大字号（u）",
           "Largest size of the loop's text, in u"),
    NUMBER("type", "body", body, "36", 30, 56, "正文字号（u）", "Size of the text, in u"),
    NUMBER("type", "label", label, "28", 26, 40, "标签、图片说明等小字的字号（u）",
           "Size of labels and captions, in u"),
    NUMBER("type", "leading", leading, "160", 130, 220, "正文行距，为字号的百分之几",
           "Distance of the text's lines, in percent of its size"),
    NUMBER("type", "title_leading", title_leading, "126", 110, 180, "标题行距，为字号的百分之几",
           "Distance of a title's lines, in percent of its size"),
    NUMBER("type", "indent", indent, "0", 0, 4, "正文段首空几个字",
           "Indent of a paragraph's first line, in em"),
    CHOICE("type", "hang", hang, "on", "off, on", "行末标点可以悬挂在版心之外",
           "Marks at the end of a line may stand outside the measure"),
    NUMBER("layout", "margin", margin, "48", 48, 160, "四边的安全边距（u）",
           "Safe margin at the four edges, in u"),
    NUMBER("layout", "gap", gap, "24", 4, 80, "图片之间的距离（u）", "Distance between pictures, in u"),
    NUMBER("layout", "radius", radius, "16", 0, 60, "图片圆角（u）", "Radius of a picture's corners, in u"),
    NUMBER("layout", "crop_percent", crop_percent, "35", 0, 35,
           "图片最多裁去面积的百分之几，超过时整张显示",
           "How much of a picture may be cut away, in percent of its area; else it is shown whole"),
    CHOICE("motion", "easing", easing, "smooth", "linear, smooth, out",
           "动作的快慢：linear 匀速，smooth 两头慢，out 末尾慢",
           "How what moves gains and loses speed"),
    NUMBER("motion", "drift_percent", drift_percent, "4", 0, 4,
           "照片缓缓放大百分之几，0 为不动（需要显卡）",
           "How much a photograph slowly grows, in percent; 0: not at all (needs a GPU)"),
    NUMBER("motion", "drift_seconds", drift_seconds, "12", 12, 120, "放大一次所用的秒数",
           "In how many seconds it does so"),
    NUMBER_OR_0("motion", "step_seconds", step_seconds, "2", 2, 60,
                "剩余时间线每几秒前进一步，0 为不显示",
                "Every how many seconds the line that shows the time left steps; 0: there is none"),
    NUMBER_OR_0("motion", "hint_seconds", hint_seconds, "20", 20, 3600,
                "“触摸屏幕 了解更多”每几秒呼吸一次，0 为不动",
                "Every how many seconds the invitation to touch breathes; 0: never"),
    NUMBER("motion", "shift_minutes", shift_minutes, "5", 0, 60,
           "为防烧屏，固定内容每几分钟移动一点，0 为不动",
           "Every how many minutes what always stands moves a little, against burn-in; 0: never"),
};
/* clang-format on */

#define KEYS (sizeof keys / sizeof *keys)

static const struct settings settings = {
    .keys = keys,
    .count = KEYS,
    .noun_zh = "主题",
    .noun = "the theme",
    .command = "fengcai config --theme",
    .heading =
        "# 风采的主题。改外观时，把这个文件复制一份，改好后在 fengcai.conf 里写：\n"
        "#     [display]\n"
        "#     theme = 文件名\n"
        "# 单位 u 是画面短边的 1/1080。文字与底色的对比度至少要 4.5:1。不改的行可以删去。\n"
        "# A theme of fengcai. To change the look, copy this file, change the copy and name it\n"
        "# in fengcai.conf as above. u is 1/1080 of the picture's short side. The contrast of\n"
        "# text and its ground must be 4.5:1 at least. Lines that stay as they are may go.\n",
};

void theme_init(struct theme *theme) {
    *theme = (struct theme){0};
    settings_init(&settings, theme);
    theme->scrim = colour_with_alpha(theme->scrim, 0);
}

void theme_set_contrast(struct theme *theme) {
    theme->ground = theme->scrim = 0xFF000000u;
    theme->panel = 0xFF262626u;
    theme->text = theme->dim = theme->over_picture = theme->over_picture_dim = 0xFFFFFFFFu;
    theme->on_unit = 0xFFFFFFFFu;
    for (int i = 0; i < UNIT_COUNT; i++)
        theme->units[i] = (struct unit_theme){0xFF262626u, 0xFF000000u, 0xFFFFE600u};
    for (int i = 0; i < LEVEL_COUNT; i++)
        theme->notices[i] = theme->units[0];
}

const struct unit_theme *theme_section(const struct theme *theme, enum level level,
                                       enum unit unit) {
    return level ? &theme->notices[level] : &theme->units[unit];
}

void theme_finish(struct theme *theme) {
    settings_finish(&settings, theme);
}

static bool is_picture(const char *path) {
    const char *dot = strrchr(path, '.');
    return dot && (strcasecmp(dot, ".svg") == 0 || strcasecmp(dot, ".png") == 0);
}

/* A path that the file sets is seen from its folder; what cannot be read is dropped. */
static bool find_file(struct theme *theme, size_t offset, const struct settings_file *file) {
    const struct key *key = settings_key(&settings, offset);
    char **path = (char **)((char *)theme + offset);
    int line = file->lines[key - keys];
    if (!line || !**path)
        return true;
    char *given = *path, *found = path_beside(file->path, given);
    bool fits = offset != AT(emblem) || is_picture(found);
    bool good = fits && access(found, R_OK) == 0;
    if (!fits)
        settings_report(file, line, key, given, "not an .svg or .png file（应为 svg 或 png 文件）");
    else if (!good)
        settings_report(file, line, key, given, "%s: cannot be read（无法读取这个文件）", found);
    *path = good ? found : xstrdup("");
    if (!good)
        free(found);
    free(given);
    return good;
}

/* Reads a file over a theme whose contrasts are good. */
static bool read_file(struct theme *theme, const char *path, bool quiet) {
    const struct theme base = *theme; /* only its colours are used */
    int lines[KEYS] = {0};
    const struct settings_file file = {.path = path, .quiet = quiet, .lines = lines};
    bool good = settings_load(&settings, theme, &file);
    theme->scrim = colour_with_alpha(theme->scrim, 0);
    good = find_file(theme, AT(emblem), &file) && good;
    good = find_file(theme, AT(font_regular), &file) && good;
    good = find_file(theme, AT(font_bold), &file) && good;
    return theme_check(theme, &base, &settings, &file) && good;
}

static bool read_light(struct theme *theme, const char *data, bool quiet) {
    char *path = path_join(data, LIGHT_FILE, NULL);
    bool good = read_file(theme, path, quiet);
    free(path);
    return good;
}

static enum theme_base base_of(const char *path) {
    struct theme theme;
    theme_init(&theme);
    settings_load(&settings, &theme, &(struct settings_file){.path = path, .quiet = true});
    enum theme_base base = (enum theme_base)theme.base;
    theme_finish(&theme);
    return base;
}

bool theme_load(struct theme *theme, const char *choice, const char *data, bool quiet) {
    theme_init(theme);
    if (!*choice || strcmp(choice, "dark") == 0)
        return true;
    if (strcmp(choice, "light") == 0)
        return read_light(theme, data, quiet);
    bool good = base_of(choice) == THEME_DARK || read_light(theme, data, quiet);
    return read_file(theme, choice, quiet) && good;
}

const char *theme_school(const struct theme *theme, const struct config *config) {
    return *theme->name ? theme->name : config->site.school;
}

void theme_fill_fonts(struct config *config, const char *data) {
    struct theme theme;
    theme_load(&theme, config->display.theme, data, true);
    free(config->text.regular);
    free(config->text.bold);
    config->text.regular = theme.font_regular;
    config->text.bold = theme.font_bold;
    theme.font_regular = theme.font_bold = NULL;
    theme_finish(&theme);
}

void theme_print(const struct theme *theme, FILE *to) {
    settings_print_file(&settings, theme, to);
}

void theme_print_scdoc(FILE *to) {
    settings_print_scdoc(&settings, to);
}
