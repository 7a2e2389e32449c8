#include "helpers/word_lists.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Limits. */
#define MAX_LISTS 5000 /* each paste from elsewhere brings some */
#define MAX_COUNT 9999 /* of items; a Chinese numeral is written up to here */
#define MARK_MOST 60   /* bytes; longer ones are text that somebody put into a list */

enum number_format {
    FORMAT_DECIMAL,
    FORMAT_BULLET,
    FORMAT_NONE,
    FORMAT_CHINESE,
    FORMAT_CIRCLE,
    FORMAT_LOWER,
    FORMAT_UPPER,
    FORMAT_LOWER_ROMAN,
    FORMAT_UPPER_ROMAN
};

struct list_level {
    enum number_format format;
    const char *text; /* the tree's: "%1."; NULL */
    long start;
};

struct word_list {
    long number;         /* w:numId */
    long definition;     /* w:abstractNumId, which counts */
    size_t counter;      /* index of the list that counts for it: the first of its definition */
    bool used, restarts; /* restarts: its own start, where it is first used */
    struct list_level levels[WORD_LEVELS];
    long counts[WORD_LEVELS];
};

static enum number_format format_of(const char *name) {
    static const struct {
        const char *name;
        enum number_format format;
    } names[] = {
        {"bullet", FORMAT_BULLET},
        {"none", FORMAT_NONE},
        {"chineseCounting", FORMAT_CHINESE},
        {"chineseCountingThousand", FORMAT_CHINESE},
        {"chineseLegalSimplified", FORMAT_CHINESE},
        {"taiwaneseCounting", FORMAT_CHINESE},
        {"taiwaneseCountingThousand", FORMAT_CHINESE},
        {"japaneseCounting", FORMAT_CHINESE},
        {"ideographDigital", FORMAT_CHINESE},
        {"decimalEnclosedCircle", FORMAT_CIRCLE},
        {"decimalEnclosedCircleChinese", FORMAT_CIRCLE},
        {"lowerLetter", FORMAT_LOWER},
        {"upperLetter", FORMAT_UPPER},
        {"lowerRoman", FORMAT_LOWER_ROMAN},
        {"upperRoman", FORMAT_UPPER_ROMAN},
    };
    for (size_t i = 0; name && i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i].name) == 0)
            return names[i].format;
    return FORMAT_DECIMAL;
}

/* ---- reading numbering.xml */

static void read_level(struct word_list *list, const xmlNode *node) {
    const char *which = xml_attribute(node, XML_WORD, "ilvl");
    long level = which ? strtol(which, NULL, 10) : -1;
    if (level < 0 || level >= WORD_LEVELS)
        return;
    long start = xml_number(node, "start", 1);
    list->levels[level] = (struct list_level){.format = format_of(xml_value(node, "numFmt")),
                                              .text = xml_value(node, "lvlText"),
                                              .start = start >= 0 && start < MAX_COUNT ? start : 1};
}

static void read_levels(struct word_list *list, const xmlNode *definition) {
    for (const xmlNode *node = definition ? definition->children : NULL; node; node = node->next)
        if (xml_is(node, XML_WORD, "lvl"))
            read_level(list, node);
}

static void read_override(struct word_list *list, const xmlNode *node) {
    const char *which = xml_attribute(node, XML_WORD, "ilvl");
    long level = which ? strtol(which, NULL, 10) : -1;
    long start = xml_number(node, "startOverride", -1);
    const xmlNode *whole = xml_child(node, XML_WORD, "lvl");
    if (whole)
        read_level(list, whole);
    if (level < 0 || level >= WORD_LEVELS || start < 0 || start >= MAX_COUNT)
        return;
    list->levels[level].start = start;
    list->restarts = true;
}

static const xmlNode *find_definition(const xmlNode *root, long number) {
    for (const xmlNode *node = root->children; node; node = node->next) {
        const char *id = xml_is(node, XML_WORD, "abstractNum")
                             ? xml_attribute(node, XML_WORD, "abstractNumId")
                             : NULL;
        if (id && strtol(id, NULL, 10) == number)
            return node;
    }
    return NULL;
}

static size_t find_counter(const struct word_lists *lists, long definition) {
    size_t i = 0;
    while (i < lists->count && lists->lists[i].definition != definition)
        i++;
    return i;
}

static void read_list(struct word_lists *lists, const xmlNode *root, const xmlNode *node) {
    const char *id = xml_attribute(node, XML_WORD, "numId");
    if (!id || lists->count == MAX_LISTS)
        return;
    struct word_list list = {.number = strtol(id, NULL, 10),
                             .definition = xml_number(node, "abstractNumId", -1)};
    read_levels(&list, find_definition(root, list.definition));
    for (const xmlNode *child = node->children; child; child = child->next)
        if (xml_is(child, XML_WORD, "lvlOverride"))
            read_override(&list, child);
    list.counter = find_counter(lists, list.definition);
    if ((lists->count & (lists->count + 1)) == 0)
        lists->lists = xrealloc(lists->lists, lists->count * 2 + 1, sizeof list);
    lists->lists[lists->count++] = list;
}

void word_lists_init(struct word_lists *lists, xmlDocPtr tree) {
    *lists = (struct word_lists){.tree = tree};
    if (!tree)
        return;
    const xmlNode *root = xmlDocGetRootElement(tree);
    for (const xmlNode *node = root->children; node; node = node->next)
        if (xml_is(node, XML_WORD, "num"))
            read_list(lists, root, node);
}

void word_lists_finish(struct word_lists *lists) {
    free(lists->lists);
    xmlFreeDoc(lists->tree);
    *lists = (struct word_lists){0};
}

/* ---- numerals */

/* 10 is 十, 12 十二, 105 一百零五. */
static void add_chinese(struct str *mark, long count) {
    static const char *const digits[] = {"零", "一", "二", "三", "四",
                                         "五", "六", "七", "八", "九"};
    static const char *const units[] = {"", "十", "百", "千"};
    bool begun = false, gap = false;
    if (count == 0)
        str_add(mark, digits[0]);
    for (long place = 3, unit = 1000; place >= 0; place--, unit /= 10) {
        long digit = count / unit % 10;
        if (digit == 0) {
            gap = begun;
            continue;
        }
        if (gap)
            str_add(mark, digits[0]);
        if (!(digit == 1 && place == 1 && !begun))
            str_add(mark, digits[digit]);
        str_add(mark, units[place]);
        begun = true;
        gap = false;
    }
}

static void add_roman(struct str *mark, long count, bool upper) {
    static const struct {
        long value;
        const char *lower, *upper;
    } signs[] = {{1000, "m", "M"}, {900, "cm", "CM"}, {500, "d", "D"}, {400, "cd", "CD"},
                 {100, "c", "C"},  {90, "xc", "XC"},  {50, "l", "L"},  {40, "xl", "XL"},
                 {10, "x", "X"},   {9, "ix", "IX"},   {5, "v", "V"},   {4, "iv", "IV"},
                 {1, "i", "I"}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        for (; count >= signs[i].value; count -= signs[i].value)
            str_add(mark, upper ? signs[i].upper : signs[i].lower);
}

/* z is followed by aa, zz by aaa. */
static void add_letter(struct str *mark, long count, char first) {
    for (long i = 0; count > 0 && i <= (count - 1) / 26; i++)
        str_add_char(mark, (char)(first + (count - 1) % 26));
}

static void add_count(struct str *mark, enum number_format format, long count) {
    if (format == FORMAT_CHINESE)
        add_chinese(mark, count);
    else if (format == FORMAT_CIRCLE && count >= 1 && count <= 20)
        str_add_codepoint(mark, 0x2460 + (uint32_t)count - 1); /* ① */
    else if (format == FORMAT_LOWER_ROMAN || format == FORMAT_UPPER_ROMAN)
        add_roman(mark, count, format == FORMAT_UPPER_ROMAN);
    else if ((format == FORMAT_LOWER || format == FORMAT_UPPER) && count <= 26 * 4)
        add_letter(mark, count, format == FORMAT_UPPER ? 'A' : 'a');
    else
        str_addf(mark, "%ld", count);
}

/* ---- counting */

static void count_item(struct word_lists *lists, struct word_list *list, long level) {
    struct word_list *counter = lists->lists + list->counter;
    if (!list->used && list->restarts)
        memset(counter->counts, 0, sizeof counter->counts);
    list->used = true;
    long *counts = counter->counts;
    counts[level] = counts[level] ? counts[level] + 1 : list->levels[level].start + 1;
    if (counts[level] > MAX_COUNT)
        counts[level] = MAX_COUNT;
    for (long deeper = level + 1; deeper < WORD_LEVELS; deeper++)
        counts[deeper] = 0;
}

/* Counts are kept one too high, so that 0 says: not yet. */
static long count_at(const struct word_lists *lists, const struct word_list *list, long level) {
    long count = lists->lists[list->counter].counts[level];
    return count ? count - 1 : list->levels[level].start;
}

static void add_text(const struct word_lists *lists, const struct word_list *list, long level,
                     struct str *mark) {
    for (const char *at = list->levels[level].text; at && *at && mark->size < MARK_MOST; at++) {
        if (at[0] == '%' && at[1] >= '1' && at[1] <= '9') {
            long which = *++at - '1';
            add_count(mark, list->levels[which].format, count_at(lists, list, which));
        } else {
            str_add_char(mark, *at);
        }
    }
}

/* "1." is parted from its text, "（一）" and "一、" are wide enough. */
static void part(struct str *mark, size_t before) {
    if (mark->size > before && (unsigned char)mark->data[mark->size - 1] < 0x80 &&
        mark->data[mark->size - 1] != ' ')
        str_add_char(mark, ' ');
}

void word_lists_mark(struct word_lists *lists, long number, long level, struct str *mark) {
    struct word_list *list = NULL;
    for (size_t i = 0; !list && number > 0 && i < lists->count; i++)
        if (lists->lists[i].number == number)
            list = lists->lists + i;
    if (!list || level < 0 || level >= WORD_LEVELS)
        return;
    size_t before = mark->size;
    count_item(lists, list, level);
    if (list->levels[level].format == FORMAT_BULLET)
        str_add(mark, "· ");
    else if (list->levels[level].format != FORMAT_NONE)
        add_text(lists, list, level, mark);
    part(mark, before);
}
