/* media.h: the content-addressed files under media/ (DESIGN: Order of writes)
 *
 * Files are immutable and appear by rename. The keeper's process only. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "library/case.h"

/* Moves a staged file, whose bytes are already on the disk (fsync), to its content address
 * MEDIA/ab/ab12…ef.jpg, or .png or .mp4 where its name ends so, and puts the folders on the disk
 * too. Where a file of that size is there already, the staged one is only removed. On the same file
 * system as media. False: reported, the staged file may be left. */
bool media_admit(const char *media, const char *staged, struct hash hash);
/* Whether the file is there, with its size. Quiet. */
bool media_has(const char *media, const struct rendition *rendition);

/* Goes through all files named like content addresses; `on_file` says whether one is kept, the
 * others are removed. Other names are left alone. False: reported, or on_file failed. */
enum media_verdict { MEDIA_KEEP, MEDIA_REMOVE, MEDIA_STOP };
bool media_sweep(const char *media, enum media_verdict (*on_file)(void *user, struct hash hash),
                 void *user, int64_t *files, int64_t *bytes);
