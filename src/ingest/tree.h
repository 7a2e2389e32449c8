/* tree.h: the names below a path, read once and bounded, before anybody looks at what they mean
 *
 * Only folders are opened, never files. Entries that are hidden or left behind by a system are not
 * in the tree, nor are the folder that template.h writes and its note, and reports; links to files
 * below the same path are files; what cannot be taken is in the rejects. One thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "ingest/reject.h"

struct tree_node {
    char *name; /* bytes as on the disk, valid UTF-8 */
    char *key;  /* natural_key of it */
    bool is_folder;
    const struct tree_node *parent; /* NULL: the root */
    struct tree_node *children;     /* in natural order */
    size_t child_count;
};

struct tree {
    char *path;   /* as given, without slashes at the end */
    char *shown;  /* what labels begin with: path, or the zip file that was unpacked to path */
    char *real;   /* realpath of shown; the root's name is the last part of this */
    char *inside; /* realpath of path */
    struct tree_node root;
    size_t entries;    /* met, ignored ones too */
    bool cut;          /* there may be more */
    bool has_template; /* the folder of template.h was passed over */
};

/* What systems and programs leave behind, what is hidden, and what we wrote (stick_write.h). */
bool tree_ignores(const char *name);

/* shown: the zip file that was unpacked to path, which names and places it; NULL: path itself.
 * False: there is nothing to be read at path, and a reject says why. */
bool tree_read(struct tree *tree, const char *path, const char *shown, struct reject_list *rejects);
void tree_finish(struct tree *tree);

char *tree_path(const struct tree *tree, const struct tree_node *node);  /* to open; caller's */
char *tree_label(const struct tree *tree, const struct tree_node *node); /* to show; caller's */
