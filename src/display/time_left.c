#include "display/time_left.h"

#define KNOWN_AFTER_MS 3000 /* before that the first files say little of those to come */
#define MINUTE         60
#define STEP           10
#define MOST_S         (99 * 3600)

void time_left_begin(struct time_left *left, int64_t done, int64_t now_ms) {
    *left = (struct time_left){.begun_ms = now_ms, .base = done, .said_s = -1};
}

static int rounded_up(double seconds) {
    int whole = seconds < MOST_S ? (int)seconds + 1 : MOST_S;
    int step = whole > MINUTE ? MINUTE : STEP;
    return (whole + step - 1) / step * step;
}

int time_left_say(struct time_left *left, int64_t done, int64_t whole, int64_t now_ms) {
    int64_t took_ms = now_ms - left->begun_ms, went = done - left->base;
    if (took_ms < KNOWN_AFTER_MS || went <= 0 || done > whole)
        return left->said_s;
    double seconds = (double)(whole - done) * (double)took_ms / (double)went / 1000;
    int now_s = rounded_up(seconds);
    if (left->said_s < 0 || now_s < left->said_s || seconds > left->said_s * 1.5)
        left->said_s = now_s;
    return left->said_s;
}
