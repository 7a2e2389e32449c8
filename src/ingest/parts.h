/* parts.h: what below a path is taken by itself: bundles and zip files, and the folder around them
 *
 * A folder with feed.json, and a .zip, are parts of their own, wherever they lie, but for those
 * below a folder with texts or pictures, which are only somebody's attachment. The path given and
 * units' folders do not count as such. One thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "ingest/tree.h"

struct part_list {
    char **paths; /* owned; bundles and zip files in natural order, behind the folder around them */
    size_t count;
    size_t files; /* and folders that were met */
    bool cut;     /* there are more than may be met */
};

/* A bundle, a .zip or any other file is itself the only part, as is what cannot be read. A folder
 * in which nothing is left but other people's files is none, unless there is no other part. */
void parts_find(const char *path, struct part_list *list);
void part_list_finish(struct part_list *list);

bool part_is(const struct tree_node *node); /* a bundle or zip file, and not the root */
/* That, or a folder of nothing else: what the folder around it passes over. */
bool part_is_apart(const struct tree_node *node);
