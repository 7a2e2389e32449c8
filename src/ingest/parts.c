#include "ingest/parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/memory.h"
#include "ingest/bundle.h"
#include "ingest/material.h"
#include "ingest/naming.h"

static bool is_zip(const char *name) {
    const char *dot = strrchr(name, '.');
    return dot && strcasecmp(dot, ".zip") == 0;
}

static const struct tree_node *find_child(const struct tree_node *folder, const char *name) {
    for (size_t i = 0; i < folder->child_count; i++)
        if (!folder->children[i].is_folder && strcmp(folder->children[i].name, name) == 0)
            return folder->children + i;
    return NULL;
}

static bool has_content(const struct tree_node *folder) {
    for (size_t i = 0; i < folder->child_count; i++)
        if (!folder->children[i].is_folder && file_kind(folder->children[i].name) != FILE_UNUSABLE)
            return true;
    return false;
}

/* Up to the path given, or a unit's folder. */
static bool is_in_case(const struct tree_node *folder) {
    enum unit unit;
    for (; folder && folder->parent && !naming_unit(folder->name, &unit); folder = folder->parent)
        if (has_content(folder))
            return true;
    return false;
}

bool part_is(const struct tree_node *node) {
    bool part = node->is_folder ? find_child(node, BUNDLE_HEAD) != NULL : is_zip(node->name);
    return part && node->parent && !is_in_case(node->parent);
}

bool part_is_apart(const struct tree_node *node) {
    bool apart = node->is_folder && node->child_count;
    for (size_t i = 0; apart && i < node->child_count; i++)
        apart = part_is_apart(node->children + i);
    return apart || part_is(node);
}

static void add(struct part_list *list, char *path) {
    list->paths = xrealloc(list->paths, list->count + 1, sizeof *list->paths);
    list->paths[list->count++] = path;
}

/* *own: there is something that the folder itself may have to tell. */
static void visit(struct part_list *list, const struct tree *tree, const struct tree_node *folder,
                  bool *own) {
    for (size_t i = 0; i < folder->child_count; i++) {
        const struct tree_node *child = folder->children + i;
        if (part_is(child))
            add(list, tree_path(tree, child));
        else if (child->is_folder)
            visit(list, tree, child, own);
        else
            *own = *own || file_kind(child->name) != FILE_UNUSABLE ||
                   file_reject(child->name) != REJECT_FILE_TYPE;
    }
}

static void split(struct part_list *list, const char *path) {
    struct reject_list unheard = {0}; /* told by whoever takes the parts */
    struct tree tree;
    bool own = false;
    if (tree_read(&tree, path, NULL, &unheard)) {
        add(list, xstrdup(path));
        visit(list, &tree, &tree.root, &own);
        list->files = tree.entries;
        list->cut = tree.cut;
        tree_finish(&tree);
        if (!own && list->count > 1) {
            free(list->paths[0]);
            memmove(list->paths, list->paths + 1, --list->count * sizeof *list->paths);
        }
    }
    reject_list_finish(&unheard);
}

void parts_find(const char *path, struct part_list *list) {
    *list = (struct part_list){0};
    if (fs_is_dir(path) && !bundle_is(path))
        split(list, path);
    if (!list->count)
        add(list, xstrdup(path));
}

void part_list_finish(struct part_list *list) {
    for (size_t i = 0; i < list->count; i++)
        free(list->paths[i]);
    free((void *)list->paths);
    *list = (struct part_list){0};
}
