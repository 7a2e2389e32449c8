#include "ingest/privacy.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/str.h"

/* Limits. */
#define MAX_DIGITS    18  /* of a number that is looked at; a longer one is something else */
#define HIDDEN_LEAST  4   /* of ten thousand, one is his */
#define MAX_GROUPS    6   /* "86 1101 0119 9003 0700 3X" */
#define MAX_MASKS     200 /* told of one case; a table of names has fifty */
#define LABEL_BYTES   24  /* between 学号 and its number: "为", "：", "是 " */
#define STUDENT_LEAST 5   /* of what is called a student number … */
#define STUDENT_MOST  18
#define BARE_LEAST    10 /* … and of what only looks like one */
#define BARE_MOST     12

static const struct {
    const char *key, *chinese;
} kinds[] = {{"identity", "身份证号"}, {"mobile", "手机号"}, {"student", "学号"}};
static_assert(sizeof kinds / sizeof *kinds == PRIVACY_KIND_COUNT, "each kind has its names");

static const struct {
    const char *key, *chinese;
} fields[] = {{"title", "标题"}, {"summary", "摘要"}, {"body", "正文"}, {"caption", "图片说明"}};

const char *privacy_kind_key(enum privacy_kind kind) {
    return kinds[kind].key;
}

const char *privacy_key_chinese(const char *key) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].key, key) == 0)
            return kinds[i].chinese;
    return key;
}

const char *privacy_field_chinese(const char *field) {
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strcmp(fields[i].key, field) == 0)
            return fields[i].chinese;
    return NULL;
}

/* ---- numbers as they are written */

/* Digits in ASCII, with where they begin and end in the text. */
struct number {
    char digits[MAX_DIGITS + 1]; /* "11010119900307003X" */
    size_t size;
    size_t groups[MAX_GROUPS], group_count; /* digits of each: "138 1234 5678" has 3, 4 and 4 */
    const char *begin, *end;
};

static bool is_digit(uint32_t c, char *digit) {
    bool wide = c >= 0xFF10 && c <= 0xFF19;
    *digit = (char)(wide ? c - 0xFF10 + '0' : c);
    return wide || (c >= '0' && c <= '9');
}

static bool is_letter(uint32_t c, char *letter) {
    bool wide = (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A);
    *letter = (char)(wide ? c - 0xFF21 + 'A' : c);
    return wide || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_joint(uint32_t c) {
    return c == ' ' || c == '-' || c == 0xA0 || c == 0x2010 || c == 0x2011 || c == 0x2013;
}

/* The digits that stand together, and up to `groups` such, joined by a space or a dash; false: more
 * than any number of a person has. */
static bool read_number(const char *text, size_t groups, struct number *number) {
    *number = (struct number){.begin = text, .end = text, .group_count = 1};
    for (const char *at = text;;) {
        const char *next = at;
        char digit = 0;
        uint32_t c = utf8_next(&next);
        bool joint = is_joint(c) && at > text;
        if (joint)
            c = utf8_next(&next);
        if (!is_digit(c, &digit) || (joint && number->group_count == groups))
            return true;
        if (number->size == MAX_DIGITS)
            return false;
        number->group_count += joint;
        number->groups[number->group_count - 1]++;
        number->digits[number->size++] = digit;
        number->end = at = next;
    }
}

/* Behind the last digit, whatever was joined. */
static const char *skip_digits(const char *text) {
    char digit = 0;
    for (const char *next = text;; text = next)
        if (!is_digit(utf8_next(&next), &digit))
            return text;
}

/* ---- what they are */

static int value_of(const char *digits, size_t size) {
    int value = 0;
    for (size_t i = 0; i < size; i++)
        value = value * 10 + digits[i] - '0';
    return value;
}

static bool is_day(int year, int month, int day) {
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return year >= 1900 && year < 2100 && month >= 1 && month <= 12 && day >= 1 &&
           day <= days[month - 1];
}

/* GB/T 2260: the first two digits are a province. */
static bool is_province(int code) {
    return (code >= 11 && code <= 15) || (code >= 21 && code <= 23) || (code >= 31 && code <= 37) ||
           (code >= 41 && code <= 46) || (code >= 50 && code <= 54) || (code >= 61 && code <= 65) ||
           code == 71 || (code >= 81 && code <= 83) || code == 91;
}

/* GB 11643, ISO 7064 MOD 11-2. */
static char check_digit(const char *digits) {
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (int i = 0; i < 17; i++)
        sum += weights[i] * (digits[i] - '0');
    return "10X98765432"[sum % 11];
}

static bool has_birth(const char *digits) {
    return is_day(value_of(digits + 6, 4), value_of(digits + 10, 2), value_of(digits + 12, 2));
}

/* A digit that was mistyped leaves the number a person's: where it is born at a place on a day, the
 * check digit need not be right, and where that is right, the day need not be. In groups, which
 * numbers in a row look like, all must be. */
static bool is_identity(const struct number *number) {
    const char *digits = number->digits;
    bool grouped = number->group_count > 1;
    if ((number->size != 18 && (number->size != 15 || grouped)) ||
        !is_province(value_of(digits, 2)))
        return false;
    if (number->size == 15)
        return is_day(1900 + value_of(digits + 6, 2), value_of(digits + 8, 2),
                      value_of(digits + 10, 2));
    bool checked = check_digit(digits) == digits[17];
    return grouped ? checked && has_birth(digits) : checked || has_birth(digits);
}

/* As people part eleven digits. */
static bool is_grouped_as_mobile(const struct number *number) {
    static const size_t ways[][4] = {{11}, {3, 4, 4}, {3, 8}, {4, 4, 3}, {4, 7}, {7, 4}, {3, 3, 5}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        size_t group = 0;
        while (group < number->group_count && group < 3 && number->groups[group] == ways[i][group])
            group++;
        if (group == number->group_count && ways[i][group] == 0)
            return true;
    }
    return false;
}

static bool is_mobile(const struct number *number) {
    return number->size == 11 && number->digits[0] == '1' && number->digits[1] >= '3' &&
           is_grouped_as_mobile(number);
}

static bool is_bare_student(const struct number *number) {
    int year = number->size >= 4 ? value_of(number->digits, 4) : 0;
    return number->size >= BARE_LEAST && number->size <= BARE_MOST && year >= 2000 && year < 2040;
}

/* ---- masking */

struct masking {
    struct privacy *privacy;
    const char *field, *text;
    const char *const *released;
    struct str out;
    const char *address_end; /* behind the web address that at stands in, or was last */
};

/* The first and last few characters. */
static char *mask_of(const struct number *number, enum privacy_kind kind) {
    static const struct { size_t before, behind; } shown[] = {{3, 0}, {3, 4}, {4, 2}};
    size_t before = shown[kind].before, behind = shown[kind].behind;
    if (number->size < before + behind + HIDDEN_LEAST)
        before = behind = number->size >= 4 + HIDDEN_LEAST ? 2 : 1;
    struct str mask = {0};
    for (size_t i = 0; i < number->size; i++)
        str_add_char(&mask, i < before || i >= number->size - behind ? number->digits[i] : '*');
    return str_take(&mask);
}

static bool is_released(const struct masking *masking, const char *mask) {
    for (const char *const *at = masking->released; at && *at; at++)
        if (strcmp(*at, mask) == 0)
            return true;
    return false;
}

static void note(struct masking *masking, enum privacy_kind kind, const char *mask) {
    struct privacy *privacy = masking->privacy;
    for (size_t i = 0; i < privacy->count; i++) {
        struct privacy_mask *known = privacy->masks + i;
        if (strcmp(known->mask, mask) == 0 && strcmp(known->field, masking->field) == 0) {
            known->count++;
            return;
        }
    }
    if (privacy->count == MAX_MASKS)
        return;
    privacy->masks = xrealloc(privacy->masks, privacy->count + 1, sizeof *privacy->masks);
    privacy->masks[privacy->count++] =
        (struct privacy_mask){kind, xstrdup(mask), masking->field, 1};
}

/* Gives the place behind it. */
static const char *mask_number(struct masking *masking, const struct number *number,
                               enum privacy_kind kind) {
    char *mask = mask_of(number, kind);
    if (kind != PRIVACY_IDENTITY && is_released(masking, mask)) {
        str_add_bytes(&masking->out, number->begin, (size_t)(number->end - number->begin));
    } else {
        str_add(&masking->out, mask);
        note(masking, kind, mask);
    }
    free(mask);
    return number->end;
}

/* The 18th may be an X, of any width and case. */
static void add_check_letter(struct number *number) {
    const char *next = number->end;
    char letter = 0;
    uint32_t c = utf8_next(&next);
    if (number->size == 17 && is_joint(c))
        c = utf8_next(&next);
    if (number->size != 17 || !is_letter(c, &letter) || (letter != 'X' && letter != 'x'))
        return;
    number->digits[number->size++] = 'X';
    number->end = next;
}

/* "+86 138…", "86-138…", "0086138…": the country is no part of it. */
static void drop_country(struct number *number) {
    static const char *const countries[] = {"0086", "86"};
    for (size_t i = 0; i < sizeof countries / sizeof *countries; i++) {
        size_t size = strlen(countries[i]);
        if (number->size != 11 + size || strncmp(number->digits, countries[i], size) != 0 ||
            number->groups[0] < size)
            continue;
        memmove(number->digits, number->digits + size, 12);
        number->size = 11;
        number->groups[0] -= size;
        if (number->groups[0] == 0)
            memmove(number->groups, number->groups + 1,
                    --number->group_count * sizeof *number->groups);
        return;
    }
}

/* What may stand between 学号 and a number: other numbers too. */
static bool is_between(const char *from, const char *to) {
    static const char *const marks[] = {"：", ":", "为", "是", "（", "(", "、", "，",
                                        ",",  " ", "/",  ".",  "*",  "#", "和", "　"};
    while (from < to) {
        const char *next = from;
        char c = 0;
        uint32_t code = utf8_next(&next);
        bool good = is_digit(code, &c) || is_letter(code, &c);
        for (size_t i = 0; !good && i < sizeof marks / sizeof *marks; i++)
            good = text_starts(from, marks[i]);
        if (!good)
            return false;
        from = next;
    }
    return true;
}

static bool is_called_student(const struct masking *masking, const char *at) {
    static const char *const names[] = {"学号",       "学籍号",     "考生号",        "学生证号",
                                        "student id", "student no", "student number"};
    const char *from = masking->text;
    if ((size_t)(at - from) > LABEL_BYTES)
        from = at - LABEL_BYTES;
    char *near = xstrndup(from, (size_t)(at - from));
    bool called = false;
    for (size_t i = 0; !called && i < sizeof names / sizeof *names; i++) {
        const char *name = strcasestr(near, names[i]);
        called = name && is_between(name + strlen(names[i]), near + strlen(near));
    }
    free(near);
    return called;
}

/* The longest run of groups that is a person's number. */
static bool find_person(const struct masking *masking, const char *at, struct number *number,
                        enum privacy_kind *kind) {
    bool in_address = at < masking->address_end;
    for (size_t groups = MAX_GROUPS; groups > 0; groups--) {
        if (!read_number(at, groups, number))
            continue;
        add_check_letter(number);
        *kind = PRIVACY_IDENTITY;
        if (is_identity(number))
            return true;
        drop_country(number);
        *kind = PRIVACY_MOBILE;
        if (!in_address && is_mobile(number))
            return true;
    }
    *kind = PRIVACY_STUDENT;
    return !in_address && read_number(at, 1, number) &&
           (is_bare_student(number) ||
            (number->size >= STUDENT_LEAST && is_called_student(masking, at)));
}

/* Whatever the digits that begin here are; NULL: nothing of a person. */
static const char *take_digits(struct masking *masking, const char *at) {
    struct number number;
    enum privacy_kind kind = PRIVACY_STUDENT;
    return find_person(masking, at, &number, &kind) ? mask_number(masking, &number, kind) : NULL;
}

/* "B20210345" after 学号. */
static const char *take_word(struct masking *masking, const char *at, const char *end) {
    struct number number = {.begin = at, .end = end, .group_count = 1};
    size_t digits = 0;
    for (const char *next = at; next < end && number.size < STUDENT_MOST;) {
        char c = 0;
        uint32_t code = utf8_next(&next);
        if (is_digit(code, &c))
            digits++;
        else
            is_letter(code, &c);
        number.digits[number.size++] = c;
    }
    if (digits < STUDENT_LEAST || !is_called_student(masking, at))
        return NULL;
    return mask_number(masking, &number, PRIVACY_STUDENT);
}

static const char *skip_word(const char *text) {
    char c = 0;
    for (const char *next = text;; text = next) {
        uint32_t code = utf8_next(&next);
        if (!is_digit(code, &c) && !is_letter(code, &c))
            return text;
    }
}

/* To the next white space or letter that is no ASCII. */
static const char *address_end(const char *at) {
    if (!text_starts(at, "http://") && !text_starts(at, "https://") && !text_starts(at, "www."))
        return at;
    while (*at > ' ' && (unsigned char)*at < 0x80)
        at++;
    return at;
}

static const char *add_plain(struct masking *masking, const char *at, const char *end) {
    str_add_bytes(&masking->out, at, (size_t)(end - at));
    return end;
}

/* One number, word or other character; gives the place behind it. */
static const char *take_next(struct masking *masking, const char *at) {
    const char *next = at, *end = NULL;
    char c = 0;
    uint32_t code = utf8_next(&next);
    const char *address = address_end(at);
    if (address > masking->address_end)
        masking->address_end = address;
    if (is_digit(code, &c)) {
        end = take_digits(masking, at);
        return end ? end : add_plain(masking, at, skip_digits(at));
    }
    if (!is_letter(code, &c))
        return add_plain(masking, at, next);
    end = at < masking->address_end ? NULL : take_word(masking, at, skip_word(at));
    if (end)
        return end;
    while (is_letter(code, &c)) { /* the digits behind are looked at by themselves */
        at = add_plain(masking, at, next);
        code = utf8_next(&next);
    }
    return at;
}

char *privacy_mask(struct privacy *privacy, const char *field, const char *text,
                   const char *const *released) {
    struct masking masking = {.privacy = privacy,
                              .field = field,
                              .text = text,
                              .released = released,
                              .address_end = text};
    for (const char *at = text; *at;)
        at = take_next(&masking, at);
    return str_take(&masking.out);
}

void privacy_finish(struct privacy *privacy) {
    for (size_t i = 0; i < privacy->count; i++)
        free(privacy->masks[i].mask);
    free(privacy->masks);
    *privacy = (struct privacy){0};
}

json_t *privacy_json(const struct privacy *privacy) {
    json_t *list = json_array();
    for (size_t i = 0; i < privacy->count; i++) {
        const struct privacy_mask *mask = privacy->masks + i;
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:I}", "kind", kinds[mask->kind].key,
                                              "mask", mask->mask, "field", mask->field, "count",
                                              (json_int_t)mask->count));
    }
    return list;
}
