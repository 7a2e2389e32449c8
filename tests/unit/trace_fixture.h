/* trace_fixture.h: random events of fingers, a mouse, keys and a window; the same seed gives the
 * same ones
 *
 * For a while one finger taps, drags and flings as people do, then two pinch, then ten do what they
 * like; now and then there is a ghost among them, or a finger whose lifting is lost. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "display/replay.h"

#define TRACE_FINGERS 10
#define COUNT(array)  (sizeof(array) / sizeof *(array))

struct trace_finger {
    bool down;
    struct point at;
    int vx, vy; /* a move */
};

struct trace {
    uint64_t seed;
    int64_t at_us;
    struct size size;
    struct trace_finger fingers[TRACE_FINGERS], mouse;
    int hands; /* so many fingers take part, until_us */
    int64_t until_us;
    bool touch_only;
};

/* splitmix64 (public domain, Sebastiano Vigna) */
static inline uint64_t trace_random(struct trace *trace) {
    uint64_t z = trace->seed += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* 0 … below - 1 */
static inline int trace_pick(struct trace *trace, int below) {
    return (int)(trace_random(trace) % (uint64_t)below);
}

static inline struct trace trace_begin(uint64_t seed, struct size size, bool touch_only) {
    return (struct trace){.seed = seed, .size = size, .touch_only = touch_only};
}

static inline struct point trace_point(struct trace *trace) {
    return (struct point){trace_pick(trace, trace->size.width),
                          trace_pick(trace, trace->size.height)};
}

static inline int trace_within(int value, int length) {
    return value < 0 ? 0 : value >= length ? length - 1 : value;
}

/* What a finger does next. It stays where it is, wanders or goes fast. */
static inline struct touch trace_touch(struct trace *trace, struct trace_finger *finger,
                                       int64_t id) {
    struct touch touch = {.finger = id, .at_us = trace->at_us};
    if (!finger->down) {
        int speed = trace_pick(trace, 3) * 25;
        if (trace_pick(trace, 3)) /* else where it was last */
            finger->at = trace_point(trace);
        finger->vx = speed ? trace_pick(trace, 2 * speed) - speed : 0;
        finger->vy = speed ? trace_pick(trace, 2 * speed) - speed : 0;
        touch.kind = TOUCH_DOWN;
    } else if (trace_pick(trace, 6) == 0) {
        touch.kind = trace_pick(trace, 20) ? TOUCH_UP : TOUCH_CANCEL;
    } else {
        finger->at.x =
            trace_within(finger->at.x + finger->vx + trace_pick(trace, 5) - 2, trace->size.width);
        finger->at.y =
            trace_within(finger->at.y + finger->vy + trace_pick(trace, 5) - 2, trace->size.height);
        touch.kind = TOUCH_MOVE;
    }
    touch.at = finger->at;
    finger->down = touch.kind == TOUCH_DOWN || touch.kind == TOUCH_MOVE;
    return touch;
}

/* Anything at all: up without down, down twice, a hop. */
static inline struct touch trace_ghost(struct trace *trace) {
    return (struct touch){.kind = (enum touch_kind)trace_pick(trace, 4),
                          .finger = trace_pick(trace, TRACE_FINGERS + 10),
                          .at = trace_point(trace),
                          .at_us = trace->at_us};
}

static inline struct touch trace_mouse(struct trace *trace) {
    struct touch touch = trace_touch(trace, &trace->mouse, TOUCH_MOUSE);
    touch.kind = touch.kind == TOUCH_CANCEL ? TOUCH_UP : touch.kind;
    return touch;
}

/* Of the fingers that take part; one that no longer does is lifted, or forgotten. */
static inline struct touch trace_hands(struct trace *trace) {
    if (trace->at_us >= trace->until_us) {
        static const int hands[] = {1, 1, 1, 2, 2, 3, TRACE_FINGERS};
        trace->hands = hands[trace_pick(trace, COUNT(hands))];
        trace->until_us = trace->at_us + 1000 * (500 + trace_pick(trace, 5000));
    }
    for (int i = trace->hands; i < TRACE_FINGERS; i++)
        if (trace->fingers[i].down) {
            trace->fingers[i].down = false;
            if (trace_pick(trace, 50))
                return (struct touch){TOUCH_UP, i, trace->fingers[i].at, trace->at_us};
        }
    int i = trace_pick(trace, trace->hands);
    return trace_touch(trace, trace->fingers + i, i);
}

static inline void trace_other(struct trace *trace, struct replay_event *event) {
    static const char *const keys[] = {"Up",   "Down", "Left",     "Right",  "Return", "Escape",
                                       "Home", "End",  "PageDown", "PageUp", "Tab",    "Backspace"};
    static const char *const texts[] = {"d", "jyl", "党建", "q", "123", "é"};
    static const struct size sizes[] = {{1920, 1080}, {1080, 1920}, {1024, 600}};
    int kind = trace_pick(trace, 40);
    event->wheel = 1 - 2 * trace_pick(trace, 2);
    event->kind = kind < 15 ? REPLAY_WHEEL : kind < 30 ? REPLAY_KEY : REPLAY_TEXT;
    event->text = event->kind == REPLAY_KEY ? keys[trace_pick(trace, COUNT(keys))]
                                            : texts[trace_pick(trace, COUNT(texts))];
    if (kind == 39) {
        event->kind = REPLAY_WINDOW;
        trace->size = event->size = sizes[trace_pick(trace, COUNT(sizes))];
    }
}

/* The next event, mostly some milliseconds after the last one, at times a minute. */
static inline struct replay_event trace_next(struct trace *trace) {
    struct replay_event event = {.kind = REPLAY_TOUCH};
    int pause = trace_pick(trace, 2000);
    trace->at_us += 1000 * (pause == 0   ? trace_pick(trace, 60000)
                            : pause < 60 ? trace_pick(trace, 900)
                                         : trace_pick(trace, 16));
    event.at_us = trace->at_us;
    int kind = trace_pick(trace, 100);
    if (kind < 3)
        event.touch = trace_ghost(trace);
    else if (kind < 85 || trace->touch_only)
        event.touch = trace_hands(trace);
    else if (kind < 94)
        event.touch = trace_mouse(trace);
    else
        trace_other(trace, &event);
    return event;
}
