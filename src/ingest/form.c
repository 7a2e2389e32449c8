#include "ingest/form.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/document_wire.h"
#include "ingest/naming.h"
#include "ingest/text.h"

/* Limits. */
#define MAX_CELLS    64   /* of a row */
#define LABEL_MOST   24   /* characters; a question is longer */
#define LINE_MOST    255  /* bytes of a title or a school (info.c) */
#define SUMMARY_MOST 3072 /* bytes of a summary (info.c); a longer one is text */
#define PROSE_LEAST  40   /* characters of what is text, whatever it is called */
#define LEAST_LABELS 3    /* of a form; any table of results has one that looks like it */

enum label {
    LABEL_NONE,
    LABEL_TITLE,
    LABEL_SCHOOL,
    LABEL_UNIT,
    LABEL_SUMMARY,
    LABEL_URL,
    LABEL_ID,
    LABEL_SECTION, /* text, under its label */
    LABEL_PRIVATE  /* never taken */
};

/* Compared as letters only, without what stands in brackets. */
static const struct {
    const char *name;
    enum label label;
} exact[] = {
    {"成果名称", LABEL_TITLE},
    {"案例名称", LABEL_TITLE},
    {"项目名称", LABEL_TITLE},
    {"作品名称", LABEL_TITLE},
    {"成果题目", LABEL_TITLE},
    {"案例题目", LABEL_TITLE},
    {"成果标题", LABEL_TITLE},
    {"案例标题", LABEL_TITLE},
    {"标题", LABEL_TITLE},
    {"题目", LABEL_TITLE},
    {"名称", LABEL_TITLE},
    {"推荐案例名称", LABEL_TITLE},
    {"推荐成果名称", LABEL_TITLE},
    {"申报成果名称", LABEL_TITLE},
    {"申报案例名称", LABEL_TITLE},
    {"活动名称", LABEL_TITLE},
    {"学校名称", LABEL_SCHOOL},
    {"学校", LABEL_SCHOOL},
    {"推荐学校", LABEL_SCHOOL},
    {"申报学校", LABEL_SCHOOL},
    {"所在学校", LABEL_SCHOOL},
    {"高校名称", LABEL_SCHOOL},
    {"院校名称", LABEL_SCHOOL},
    {"学校全称", LABEL_SCHOOL},
    {"单位名称", LABEL_SCHOOL},
    {"推荐单位", LABEL_SCHOOL},
    {"申报单位", LABEL_SCHOOL},
    {"报送单位", LABEL_SCHOOL},
    {"推荐高校", LABEL_SCHOOL},
    {"申报高校", LABEL_SCHOOL},
    {"所属单位", LABEL_SCHOOL},
    {"所属学校", LABEL_SCHOOL},
    {"高校", LABEL_SCHOOL},
    {"单位", LABEL_SCHOOL},
    {"所属单元", LABEL_UNIT},
    {"单元", LABEL_UNIT},
    {"展示单元", LABEL_UNIT},
    {"申报单元", LABEL_UNIT},
    {"推荐单元", LABEL_UNIT},
    {"单元类别", LABEL_UNIT},
    {"参展单元", LABEL_UNIT},
    {"成果类别", LABEL_UNIT},
    {"案例类别", LABEL_UNIT},
    {"申报类别", LABEL_UNIT},
    {"所属类别", LABEL_UNIT},
    {"推荐类别", LABEL_UNIT},
    {"类别", LABEL_UNIT},
    {"案例类型", LABEL_UNIT},
    {"成果类型", LABEL_UNIT},
    {"成果简介", LABEL_SUMMARY},
    {"案例简介", LABEL_SUMMARY},
    {"项目简介", LABEL_SUMMARY},
    {"作品简介", LABEL_SUMMARY},
    {"内容简介", LABEL_SUMMARY},
    {"简介", LABEL_SUMMARY},
    {"成果摘要", LABEL_SUMMARY},
    {"案例摘要", LABEL_SUMMARY},
    {"内容摘要", LABEL_SUMMARY},
    {"内容提要", LABEL_SUMMARY},
    {"摘要", LABEL_SUMMARY},
    {"成果概述", LABEL_SUMMARY},
    {"案例概述", LABEL_SUMMARY},
    {"概述", LABEL_SUMMARY},
    {"成果概况", LABEL_SUMMARY},
    {"链接", LABEL_URL},
    {"网址", LABEL_URL},
    {"展示链接", LABEL_URL},
    {"案例链接", LABEL_URL},
    {"成果链接", LABEL_URL},
    {"展示网址", LABEL_URL},
    {"编号", LABEL_ID},
    {"案例编号", LABEL_ID},
    {"成果编号", LABEL_ID},
};

/* Anywhere in a label. About a person, or about the paper itself. */
static const char *const private_words[] = {
    "联系",   "电话",   "手机",   "邮箱",     "邮件",   "email",  "mail",   "邮编",   "邮政编码",
    "地址",   "身份证", "证件",   "学号",     "工号",   "姓名",   "性别",   "民族",   "出生",
    "年龄",   "职务",   "职称",   "政治面貌", "负责人", "完成人", "参与人", "成员",   "填表",
    "作者",   "教师",   "微信号", "qq",       "传真",   "签字",   "签名",   "盖章",   "公章",
    "意见",   "日期",   "时间",   "学历",     "籍贯",   "银行",   "账号",   "辅导员", "推荐人",
    "申报人", "年月日", "人员",   "备注",     "序号",
};

static const char *const section_words[] = {
    "做法", "创新", "成效", "经验", "特色", "推广", "背景", "思路", "措施", "亮点",
    "正文", "内容", "启示", "展望", "效果", "价值", "影响", "目标", "机制", "路径",
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- labels */

/* "成果简介（限500字）" without the bracket. */
static char *without_brackets(const char *text) {
    struct str out = {0};
    int depth = 0;
    for (uint32_t c; (c = utf8_next(&text));) {
        if (c == '(' || c == 0xFF08 || c == 0x3010 || c == '[')
            depth++;
        else if (depth > 0 && (c == ')' || c == 0xFF09 || c == 0x3011 || c == ']'))
            depth--;
        else if (depth == 0 && c != (uint32_t)DOCUMENT_BREAK)
            str_add_codepoint(&out, c);
    }
    return str_take(&out);
}

static bool has_word(const char *letters, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strstr(letters, words[i]))
            return true;
    return false;
}

static enum label label_of_letters(const char *letters) {
    for (size_t i = 0; i < COUNT(exact); i++)
        if (strcmp(letters, exact[i].name) == 0)
            return exact[i].label;
    if (has_word(letters, private_words, COUNT(private_words)))
        return LABEL_PRIVATE;
    return has_word(letters, section_words, COUNT(section_words)) ? LABEL_SECTION : LABEL_NONE;
}

/* "一、成果名称" too. */
static enum label label_of(const char *cell) {
    char *bare = without_brackets(cell);
    char *letters = text_fold_letters(naming_skip_order(bare));
    enum label label =
        *letters && utf8_length(letters) <= LABEL_MOST ? label_of_letters(letters) : LABEL_NONE;
    free(letters);
    free(bare);
    return label;
}

/* ---- units: 党建引领 alone, or all four with a tick */

static bool is_tick(uint32_t c) {
    static const uint32_t ticks[] = {0x2611, 0x2612, 0x2713, 0x2714,
                                     0x221A, 0x25A0, 0x25CF, 0x2705};
    for (size_t i = 0; i < COUNT(ticks); i++)
        if (ticks[i] == c)
            return true;
    return false;
}

static bool is_box(uint32_t c) {
    return c == 0x25A1 || c == 0x2610 || c == 0x25CB || c == 0x25FB;
}

/* The last mark before the name, or else the first behind it. */
static bool is_ticked(const char *before, const char *name, const char *behind, const char *end) {
    bool ticked = false, marked = false;
    while (before < name) {
        uint32_t c = utf8_next(&before);
        if (is_tick(c) || is_box(c)) {
            ticked = is_tick(c);
            marked = true;
        }
    }
    if (marked)
        return ticked;
    for (uint32_t c; behind < end && (c = utf8_next(&behind));)
        if (is_tick(c) || is_box(c))
            return is_tick(c);
    return false;
}

static bool has_marks(const char *value) {
    for (uint32_t c; (c = utf8_next(&value));)
        if (is_tick(c) || is_box(c))
            return true;
    return false;
}

static const char *next_unit(const char *value, enum unit *unit) {
    const char *first = NULL;
    for (int i = 0; i < UNIT_COUNT; i++) {
        const char *at = strstr(value, unit_name((enum unit)i));
        if (at && (!first || at < first)) {
            first = at;
            *unit = (enum unit)i;
        }
    }
    return first;
}

/* False: none, or several. */
static bool find_unit(const char *value, enum unit *unit) {
    size_t found = 0;
    bool marks = has_marks(value);
    enum unit this = UNIT_PARTY, next = UNIT_PARTY;
    const char *before = value;
    for (const char *at = next_unit(value, &this); at; this = next) {
        const char *behind = at + strlen(unit_name(this));
        const char *after = next_unit(behind, &next);
        if (!marks || is_ticked(before, at, behind, after ? after : value + strlen(value))) {
            *unit = this;
            found++;
        }
        before = behind;
        at = after;
    }
    return found == 1 || (found == 0 && !marks && naming_unit(value, unit));
}

/* ---- values */

static void add_info(struct form *form, const char *name, const char *value, size_t most) {
    if (*value && strlen(value) <= most)
        str_addf(&form->info, "%s：%s\n", name, value);
}

static void add_section(struct form *form, const char *label, const char *value) {
    char *bare = without_brackets(label);
    char *line = text_normalise_line(bare);
    size_t size = strlen(line);
    while (size && (line[size - 1] == ':' || line[size - 1] == ' '))
        line[--size] = '\0';
    if (text_ends(line, "："))
        line[size - strlen("：")] = '\0';
    if (*line)
        str_addf(&form->body, "%s\n", line);
    for (; *value; value++)
        str_add_char(&form->body, *value == DOCUMENT_BREAK ? '\n' : *value);
    str_add_char(&form->body, '\n');
    free(bare);
    free(line);
}

static char *line_of(const char *value) {
    char *copy = xstrdup(value);
    for (char *at = copy; (at = strchr(at, DOCUMENT_BREAK));)
        *at = ' ';
    char *line = text_normalise_line(copy);
    free(copy);
    return line;
}

/* A summary that is too long for one is text; so is a long answer to whatever was asked. */
static bool is_prose(enum label label, const char *line) {
    if (label == LABEL_NONE)
        return utf8_length(line) >= PROSE_LEAST;
    return *line && (label == LABEL_SECTION || label == LABEL_SUMMARY);
}

static void take_value(struct form *form, enum label label, const char *words, const char *value) {
    char *line = line_of(value);
    enum unit unit;
    if (label == LABEL_TITLE)
        add_info(form, "标题", line, LINE_MOST);
    else if (label == LABEL_SCHOOL)
        add_info(form, "学校", line, LINE_MOST);
    else if (label == LABEL_ID)
        add_info(form, "编号", line, LINE_MOST);
    else if (label == LABEL_URL && text_starts(line, "http"))
        add_info(form, "链接", line, LINE_MOST);
    else if (label == LABEL_UNIT && find_unit(line, &unit))
        add_info(form, "单元", unit_name(unit), LINE_MOST);
    else if (label == LABEL_SUMMARY && strlen(line) <= SUMMARY_MOST)
        add_info(form, "摘要", line, SUMMARY_MOST);
    else if (is_prose(label, line))
        add_section(form, words, value);
    free(line);
}

static void note(struct form *form, enum label label) {
    form->known += label != LABEL_NONE;
    form->has_subject =
        form->has_subject || label == LABEL_TITLE || label == LABEL_SCHOOL || label == LABEL_UNIT;
}

/* "成果名称：楼道课堂" in one cell, or the label on a line of its own: *value behind it. */
static enum label split_cell(const char *cell, char **words, const char **value) {
    const char *at = cell;
    for (uint32_t c; (c = utf8_next(&at));) {
        if (c != ':' && c != 0xFF1A && c != (uint32_t)DOCUMENT_BREAK)
            continue;
        *words = xstrndup(cell, (size_t)(at - cell));
        *value = at;
        enum label label = label_of(*words);
        if (label != LABEL_NONE)
            return label;
        free(*words);
        break;
    }
    *words = NULL;
    return LABEL_NONE;
}

static void set_pending(struct form *form, enum label label, const char *words) {
    free(form->label);
    form->pending = (int)label;
    form->label = xstrdup(words);
}

/* A cell that is no label by itself. */
static void take_cell(struct form *form, const char *cell, bool alone) {
    char *words = NULL;
    const char *value = NULL;
    enum label label = split_cell(cell, &words, &value);
    note(form, label);
    if (label != LABEL_NONE)
        take_value(form, label, words, value);
    else if (alone)
        take_value(form, (enum label)form->pending, form->label ? form->label : "", cell);
    free(words);
}

static size_t split_row(const char *row, char *cells[MAX_CELLS]) {
    size_t count = 0;
    while (*row && count < MAX_CELLS) {
        size_t size = strcspn(row, (char[]){DOCUMENT_CELL, '\0'});
        if (size)
            cells[count++] = xstrndup(row, size);
        row += size + (row[size] != '\0');
    }
    return count;
}

void form_add_row(struct form *form, const char *row) {
    char *cells[MAX_CELLS];
    size_t count = split_row(row, cells);
    enum label last = LABEL_NONE;
    for (size_t i = 0; i < count; i++) {
        enum label label = label_of(cells[i]);
        bool has_value = i + 1 < count && label_of(cells[i + 1]) == LABEL_NONE;
        note(form, label);
        last = LABEL_NONE;
        if (label != LABEL_NONE && has_value)
            take_value(form, label, cells[i], cells[i + 1]), i++;
        else if (label != LABEL_NONE)
            last = label;
        else if (count == 2 && i == 0 && has_value && utf8_length(cells[0]) <= LABEL_MOST)
            take_value(form, LABEL_NONE, cells[0], cells[1]), i++;
        else
            take_cell(form, cells[i], count == 1);
    }
    set_pending(form, count == 1 ? last : LABEL_NONE, count ? cells[0] : "");
    for (size_t i = 0; i < count; i++)
        free(cells[i]);
}

bool form_is_one(const struct form *form) {
    return form->known >= LEAST_LABELS && form->has_subject && form->info.size;
}

void form_finish(struct form *form) {
    str_finish(&form->info);
    str_finish(&form->body);
    free(form->label);
    *form = (struct form){0};
}
