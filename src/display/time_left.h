/* time_left.h: how long something will still take, said so that it does not jump; pure
 *
 * By how fast it went since it began. What was said only falls, unless it proves to be far too
 * short. */
#pragma once

#include <stdint.h>

struct time_left {
    int64_t begun_ms, base; /* when and where it began */
    int said_s;             /* -1: nothing yet */
};

void time_left_begin(struct time_left *left, int64_t done, int64_t now_ms);
/* Seconds, in tens up to a minute and in whole minutes above; -1: nobody knows yet. */
int time_left_say(struct time_left *left, int64_t done, int64_t whole, int64_t now_ms);
