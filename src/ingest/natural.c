#include "ingest/natural.h"

#include <string.h>

#include "base/str.h"
#include "ingest/text.h"

#define MAX_DIGITS 18 /* what a uint64_t holds of any digits */

/* Value of a digit, 10 or 100 for 十 and 百, -1 for anything else. */
static int numeral_value(uint32_t c, bool chinese) {
    static const uint32_t numerals[] = {0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB,
                                        0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D};
    if (!chinese && c >= '0' && c <= '9')
        return (int)(c - '0');
    if (!chinese)
        return c >= 0xFF10 && c <= 0xFF19 ? (int)(c - 0xFF10) : -1;
    for (int i = 0; i < 10; i++)
        if (numerals[i] == c)
            return i;
    return c == 0x96F6 ? 0 : c == 0x5341 ? 10 : c == 0x767E ? 100 : -1;
}

/* Either digits in their places (2026, 二〇二六) or counted (一百零二). */
static void read_number(const char *text, bool chinese, struct natural_number *number) {
    uint64_t placed = 0, counted = 0, digit = 0;
    bool counts = false;
    const char *at = text;
    while (number->characters < MAX_DIGITS) {
        const char *ahead = at;
        int value = numeral_value(utf8_next(&ahead), chinese);
        if (value < 0)
            break;
        if (value >= 10) {
            counts = true;
            counted += (digit ? digit : 1) * (uint64_t)value;
            digit = 0;
        } else {
            placed = placed * 10 + (uint64_t)value;
            digit = (uint64_t)value;
        }
        number->leading_zero = number->leading_zero || (!number->characters && !value);
        number->characters++;
        at = ahead;
    }
    number->value = counts ? counted + digit : placed;
    number->bytes = (size_t)(at - text);
    number->chinese = chinese;
}

bool natural_number_parse(const char *text, struct natural_number *number) {
    *number = (struct natural_number){0};
    read_number(text, false, number);
    if (!number->characters)
        read_number(text, true, number);
    return number->characters != 0;
}

char *natural_key(const char *name) {
    return text_fold(name);
}

int natural_compare(const char *key, const char *other) {
    const char *a = key, *b = other;
    while (*a && *b) {
        struct natural_number m, n;
        bool a_number = natural_number_parse(a, &m), b_number = natural_number_parse(b, &n);
        if (a_number != b_number)
            return a_number ? -1 : 1;
        if (a_number) {
            if (m.value != n.value)
                return m.value < n.value ? -1 : 1;
            a += m.bytes;
            b += n.bytes;
            continue;
        }
        uint32_t c = utf8_next(&a), d = utf8_next(&b);
        if (c != d)
            return c < d ? -1 : 1;
    }
    if (*a || *b)
        return *a ? 1 : -1;
    return strcmp(key, other);
}
