#include "library/pin_rules.h"

#include <stdlib.h>
#include <string.h>

#define FREE_FAILURES 4
#define FIRST_WAIT_MS (15 * 1000)
#define LONGEST_MS    (5 * 60 * 1000)

/* Each digit is the one before and step, modulo 10: 4444, 1234, 7890, 3210, 2468. */
static bool is_run(const char *digits, size_t size) {
    int step = (digits[1] - digits[0] + 10) % 10;
    for (size_t i = 1; i < size; i++)
        if ((digits[i] - digits[i - 1] + 10) % 10 != step)
            return false;
    return step <= 2 || step >= 8;
}

/* 1212, 123123, 520520; the last time may be cut: 12121. */
static bool repeats(const char *digits, size_t size) {
    for (size_t period = 1; period <= size / 2; period++)
        if (memcmp(digits, digits + period, size - period) == 0)
            return true;
    return false;
}

/* 1122, 112233, 111222 */
static bool is_blocks(const char *digits, size_t size) {
    for (size_t block = 2; block <= size / 2; block++) {
        bool all = size % block == 0;
        for (size_t i = 0; all && i < size; i++)
            all = digits[i] == digits[i - i % block];
        if (all)
            return true;
    }
    return false;
}

static bool is_mirrored(const char *digits, size_t size) {
    for (size_t i = 0; i < size / 2; i++)
        if (digits[i] != digits[size - 1 - i])
            return false;
    return true;
}

static int number(const char *digits, size_t size) {
    int value = 0;
    for (size_t i = 0; i < size; i++)
        value = value * 10 + digits[i] - '0';
    return value;
}

static bool is_date(const char *digits, size_t size) {
    int year = number(digits, 4);
    if ((size != 4 && size != 8) || year < 1900 || year > 2099)
        return false;
    int month = size == 8 ? number(digits + 4, 2) : 1, day = size == 8 ? number(digits + 6, 2) : 1;
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static bool is_famous(const char *digits) {
    static const char *const famous[] = {"1314",    "2580",   "0852",   "5201314",   "1475",
                                         "147258",  "159357", "258369", "147258369", "789456",
                                         "1234560", "100200", "123654", "1314520",   "110120",
                                         "110119",  "114514", "10086",  "10010",     "12306"};
    for (size_t i = 0; i < sizeof famous / sizeof *famous; i++)
        if (strcmp(digits, famous[i]) == 0)
            return true;
    return false;
}

bool pin_is_trivial(const char *digits) {
    size_t size = strlen(digits);
    return is_run(digits, size) || repeats(digits, size) || is_blocks(digits, size) ||
           is_mirrored(digits, size) || is_date(digits, size) || is_famous(digits);
}

int64_t pin_wait_ms(int64_t failures) {
    int64_t wait_ms = failures > FREE_FAILURES ? FIRST_WAIT_MS : 0;
    for (int64_t i = FREE_FAILURES + 1; i < failures && wait_ms < LONGEST_MS; i++)
        wait_ms *= 2;
    return wait_ms < LONGEST_MS ? wait_ms : LONGEST_MS;
}

int64_t pin_wait_left_ms(int64_t since_ms, int64_t wait_ms, int64_t now_ms) {
    if (now_ms < since_ms)
        return wait_ms;
    int64_t passed_ms = now_ms - since_ms;
    return passed_ms < wait_ms ? wait_ms - passed_ms : 0;
}
