/* debrief.h: 风采导入报告: what became of an import, for whoever takes it home
 *
 * One HTML file, opened by a double-click in any browser without a network: what was taken, with
 * thumbnails; what was not, and what to do about each; characters that no font has, pictures of too
 * few pixels; what was shown and touched; health. Nothing is written but the files. It waits for a
 * commit that is going on, at most some seconds. One thread at a time. */
#pragma once

#include <stdbool.h>
#include <stdio.h>

#include <jansson.h>

#include "keeper/health.h"

/* All of it is the caller's and stays as it is. */
struct debrief {
    const struct paths *paths;
    const struct config *config;
    /* As door_import gives it (import.h); of anything else the lists that it has in common. "by"
     * and "approved_by", where they are there: names of the PINs. */
    const json_t *receipt;
    const char *source;             /* path it came from; what lies below is named without it */
    const struct finding *findings; /* health_examine; NULL: nothing is said of health */
    size_t finding_count;
    int64_t made_ms;
};

/* The page. What of library and station cannot be read is not in it. */
void debrief_write(const struct debrief *debrief, FILE *to);
/* The page at a path, which appears when it is whole and on the disk, and 内容台账.csv (register.h)
 * beside it. False: reported; the path may be there all the same, the register not. */
bool debrief_save(const struct debrief *debrief, const char *path);
/* FOLDER/风采导入报告-2026-10-08-1405.html, of when it is made; the caller's. */
char *debrief_path(const char *folder, int64_t made_ms);
