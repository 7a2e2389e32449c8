/* source_folder.h: STATE/feeds/NAME, where a source's pages lie and its media wait
 *
 * Its folder media/ is there while a poll takes something in: from before the first file is fetched
 * until all is taken, over as many restarts as that needs. One thread, the door's. */
#pragma once

#include <stdbool.h>

#include "base/paths.h"
#include "ingest/bundle.h"

char *source_folder_path(const struct paths *paths, const char *name); /* the caller's */
/* Makes it; with media also that, which says that something is pending. False: reported. */
bool source_folder_make(const char *folder, bool media);
/* Whether a poll of this source has begun to take what is not taken yet. What was prepared for it
 * is shown by nothing, and yet is waited for. Quiet. */
bool source_folder_pending(const struct paths *paths, const char *name);
/* Nothing is pending any more. */
void source_folder_settle(const char *folder);
/* Removes pages that the head does not list. */
void source_folder_tidy(const char *folder, const struct bundle *bundle);
