/* trace: random events for `fengcai display --replay`, to stdout
 *
 * usage: trace SEED EVENTS WIDTHxHEIGHT
 * The same arguments give the same trace (src/display/replay.h says how it is written). */
#include <stdio.h>
#include <stdlib.h>

#include "../unit/trace_fixture.h"

#define MAX_EVENTS 10000000 /* ten times the longest soak */

static void print_touch(const struct touch *touch) {
    static const char *const kinds[] = {"down", "move", "up", "cancel"};
    if (touch->finger == TOUCH_MOUSE)
        printf("mouse %s", kinds[touch->kind]);
    else
        printf("touch %s %lld", kinds[touch->kind], (long long)touch->finger);
    printf(" %d %d\n", touch->at.x, touch->at.y);
}

static void print_event(const struct replay_event *event) {
    printf("%lld ", (long long)event->at_us / 1000);
    switch (event->kind) {
    case REPLAY_TOUCH:
        print_touch(&event->touch);
        break;
    case REPLAY_WHEEL:
        printf("wheel %d\n", event->wheel);
        break;
    case REPLAY_KEY:
        printf("key %s\n", event->text);
        break;
    case REPLAY_TEXT:
        printf("text %s\n", event->text);
        break;
    case REPLAY_WINDOW:
        printf("window resize %d %d\n", event->size.width, event->size.height);
        break;
    }
}

int main(int argc, char **argv) {
    char *end = NULL;
    long count = argc == 4 ? strtol(argv[2], NULL, 10) : 0;
    long width = argc == 4 ? strtol(argv[3], &end, 10) : 0;
    long height = end && *end == 'x' ? strtol(end + 1, NULL, 10) : 0;
    if (count < 1 || count > MAX_EVENTS || width < 1 || height < 1 || width > 10000 ||
        height > 10000) {
        fprintf(stderr, "usage: trace SEED EVENTS WIDTHxHEIGHT\n");
        return 2;
    }
    struct trace trace =
        trace_begin(strtoull(argv[1], NULL, 10), (struct size){(int)width, (int)height}, false);
    for (long i = 0; i < count; i++) {
        struct replay_event event = trace_next(&trace);
        print_event(&event);
    }
    return fflush(stdout) != 0;
}
