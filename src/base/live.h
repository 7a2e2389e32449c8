/* live.h: what a running process says of itself: a small JSON file, by rename, never synced
 *
 * display.json and keeper.json in the runtime directory; `status` and watchers read them. */
#pragma once

#include <stdbool.h>

#include <jansson.h>

/* Adds "pid" and writes; takes the reference of root. False: reported. */
bool live_save(const char *path, json_t *root);
/* NULL: there is none, or the process that wrote it is gone. The caller's reference. */
json_t *live_load(const char *path);
void live_remove(const char *path); /* at a clean end */
