#include "display/layout_amount.h"

#include <stdint.h>
#include <string.h>

#include "base/str.h"
#include "display/layout_class.h"

#define MAX_BACK 24 /* bytes from a number to the last place in its unit: 1万多平方公|里 */

static const char *const latin_units[] = {
    "%",   "‰",    "℃",    "°C",  "°",  "′",  "″",   "Ω",  "A",    "B",  "C",    "F",
    "GB",  "Gbps", "Gb",   "GHz", "g",  "h",  "Hz",  "J",  "KB",   "K",  "kB",   "kg",
    "kHz", "kPa",  "kcal", "kJ",  "km", "kV", "kWh", "kW", "L",    "MB", "Mbps", "Mb",
    "MHz", "MPa",  "MW",   "mAh", "mA", "mg", "mL",  "ml", "mmHg", "mm", "min",  "ms",
    "mol", "m",    "M",    "μg",  "μm", "cm", "dB",  "lm", "lx",   "N",  "nm",   "Pa",
    "ppm", "px",   "r",    "s",   "TB", "t",  "T",   "V",  "W"};

/* Those of more than one character; the first one stays with its number anyway. */
static const char *const han_units[] = {
    "个百分点", "个工作日", "个星期", "个小时", "个学期", "个月",   "年代",   "年级",
    "世纪",     "周年",     "学期",   "学年",   "学时",   "学分",   "星期",   "小时",
    "分钟",     "秒钟",     "公里",   "千米",   "厘米",   "毫米",   "平方米", "立方米",
    "平方公里", "公斤",     "千克",   "毫克",   "毫升",   "千瓦时", "千瓦",   "摄氏度",
    "分贝",     "人次",     "美元",   "欧元",   "日元",   "港元",   "英里",   "英寸"};

static uint32_t character_at(const char *text, size_t at, size_t *end) {
    const char *from = text + at;
    uint32_t c = utf8_next(&from);
    *end = (size_t)(from - text);
    return c;
}

static bool is_letter(uint32_t c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Behind the character that stands there, if it is one of a set. */
static size_t after_any(const char *text, size_t at, const char *set) {
    size_t end;
    uint32_t c = character_at(text, at, &end);
    while (*set)
        if (utf8_next(&set) == c)
            return end;
    return at;
}

/* Behind the longest of the words that stands there. */
static size_t after_word(const char *text, size_t at, const char *const *words, size_t count) {
    size_t end = at;
    for (size_t i = 0; i < count; i++) {
        size_t size = strlen(words[i]);
        if (at + size > end && strncmp(text + at, words[i], size) == 0)
            end = at + size;
    }
    return end;
}

/* Behind m, m², m/s, W/(m²·K), /km. */
static size_t after_latin(const char *text, size_t at) {
    size_t end = at, next;
    for (;;) {
        size_t part = after_any(text, end, "/·");
        if (part == end && end > at)
            return end;
        part = after_any(text, part, "(");
        size_t unit = after_word(text, part, latin_units, sizeof latin_units / sizeof *latin_units);
        if (unit == part || is_letter(character_at(text, unit, &next)))
            return end;
        end = after_any(text, unit, "²³");
        end = after_any(text, end, ")");
    }
}

/* Behind 公里, 万元, 多人次: the first character of others stays with its number anyway. */
static size_t after_han(const char *text, size_t at) {
    size_t end = after_any(text, at, "十百千万亿"), next;
    end = after_any(text, end, "十百千万亿");
    end = after_any(text, end, "余多");
    size_t unit = after_word(text, end, han_units, sizeof han_units / sizeof *han_units);
    if (unit == end && end > at && class_of(character_at(text, end, &next), false) == CELL_HAN)
        return next;
    return unit;
}

static bool ends_in_digit(const char *text, size_t end) {
    const unsigned char *byte = (const unsigned char *)text + end;
    return (byte[-1] >= '0' && byte[-1] <= '9') ||
           (end > 2 && byte[-1] >= 0x90 && byte[-1] <= 0x99 && byte[-2] == 0xBC &&
            byte[-3] == 0xEF);
}

/* Behind the digit before end, or 0: there is none that a unit in between could belong to. */
static size_t number_end(const char *text, size_t end) {
    size_t most = end < MAX_BACK ? end : MAX_BACK;
    for (size_t at = end; at > end - most; at--) {
        if (ends_in_digit(text, at))
            return at;
        bool space = text[at - 1] == ' ';
        if (text[at - 1] == '\n' || (space && (at < 2 || !ends_in_digit(text, at - 1))))
            return 0;
    }
    return 0;
}

bool amount_is_parted(const char *text, size_t end, size_t next) {
    size_t unit = number_end(text, end), after;
    if (unit == 0)
        return false;
    while (class_is_space(character_at(text, unit, &after)) && text[unit] && text[unit] != '\n')
        unit = after;
    return after_latin(text, unit) > next || after_han(text, unit) > next;
}
