/* changes: when some pixels of a virtual screen change
 *
 * usage: changes FILE SECONDS X Y WIDTH
 * FILE is the framebuffer that Xvfb maps (XVFB_PIXELS of tests/xvfb.sh), which is read without
 * asking the X server. Looks 2000 times a second at WIDTH pixels of the row Y; prints the
 * microseconds (CLOCK_MONOTONIC) of the first look and of every one that saw something else than
 * the one before, and at the end "pause N", the longest time between two looks. Of real-time
 * priority where that is allowed. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define EVERY_US    500
#define WIDTH_LIMIT 4096
#define PRIORITY    20

/* Words of an XWD header (X11/XWDFile.h), each of four bytes, the first first. */
enum {
    XWD_SIZE,
    XWD_VERSION,
    XWD_WIDTH = 4,
    XWD_HEIGHT,
    XWD_BITS = 11,
    XWD_STRIDE,
    XWD_COLOURS = 19,
    XWD_WORDS = 25
};

struct screen {
    const uint8_t *pixels;
    unsigned width, height, stride;
};

static int64_t now_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * INT64_C(1000000) + t.tv_nsec / 1000;
}

static void sleep_until(int64_t at_us) {
    struct timespec t = {at_us / 1000000, at_us % 1000000 * 1000};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
}

static bool map(const char *path, struct screen *screen) {
    uint32_t header[XWD_WORDS];
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0 || (size_t)st.st_size < sizeof header)
        return false;
    const uint8_t *file = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
    close(fd);
    if (file == MAP_FAILED)
        return false;
    memcpy(header, file, sizeof header);
    for (size_t i = 0; i < XWD_WORDS; i++)
        header[i] = ntohl(header[i]);
    *screen = (struct screen){.pixels = file + header[XWD_SIZE] + (size_t)12 * header[XWD_COLOURS],
                              .width = header[XWD_WIDTH],
                              .height = header[XWD_HEIGHT],
                              .stride = header[XWD_STRIDE]};
    return header[XWD_VERSION] == 7 && header[XWD_BITS] == 32;
}

static void watch(const uint8_t *row, size_t size, int64_t end_us) {
    uint8_t old[4 * WIDTH_LIMIT], seen[4 * WIDTH_LIMIT];
    int64_t last = 0, pause = 0;
    for (int64_t next = now_us(); next < end_us;) {
        memcpy(seen, row, size);
        int64_t now = now_us();
        if (last && now - last > pause)
            pause = now - last;
        if (!last || memcmp(old, seen, size) != 0)
            printf("%" PRId64 "\n", now);
        memcpy(old, seen, size);
        last = now;
        next = next + EVERY_US > now ? next + EVERY_US : now;
        sleep_until(next);
    }
    printf("pause %" PRId64 "\n", pause);
}

int main(int argc, char **argv) {
    struct screen screen;
    if (argc != 6 || !map(argv[1], &screen)) {
        fprintf(stderr, "usage: changes FILE SECONDS X Y WIDTH\n");
        return 2;
    }
    unsigned x = (unsigned)atoi(argv[3]), y = (unsigned)atoi(argv[4]),
             width = (unsigned)atoi(argv[5]);
    if (!width || width > WIDTH_LIMIT || x + width > screen.width || y >= screen.height)
        return 2;
    const struct sched_param priority = {.sched_priority = PRIORITY};
    sched_setscheduler(0, SCHED_FIFO, &priority);
    prctl(PR_SET_TIMERSLACK, 1);
    watch(screen.pixels + (size_t)y * screen.stride + (size_t)4 * x, (size_t)4 * width,
          now_us() + (int64_t)(atof(argv[2]) * 1e6));
    return 0;
}
