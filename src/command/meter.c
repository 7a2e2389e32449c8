#include "command/meter.h"

#include <stdio.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/time.h"

#define SHOW_EVERY_US 100000 /* faster than this nobody reads */

void meter_init(struct meter *meter) {
    *meter = (struct meter){.on = isatty(STDERR_FILENO)};
}

void meter_show(struct meter *meter, const struct import_progress *progress) {
    int64_t now = time_monotonic_us();
    if (!meter->on || now - meter->shown_us < SHOW_EVERY_US)
        return;
    meter->shown_us = now;
    fprintf(stderr, "\r\033[K%lld/%lld 个文件 (files)  %.1f/%.1f MB  %.60s",
            (long long)progress->files_done, (long long)progress->files,
            (double)progress->bytes_done / 1e6, (double)progress->bytes / 1e6,
            path_name(progress->doing ? progress->doing : ""));
}

void meter_clear(struct meter *meter) {
    if (meter->on && meter->shown_us)
        fputs("\r\033[K", stderr);
    meter->shown_us = 0;
}
