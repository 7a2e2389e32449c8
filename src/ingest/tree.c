#include "ingest/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/natural.h"
#include "ingest/stick_write.h"
#include "ingest/template.h"
#include "ingest/text.h"

/* Limits. */
#define MAX_DEPTH    24     /* folders below the path given; an open descriptor each */
#define MAX_ENTRIES  100000 /* files and folders at one path: 10,000 cases of nine files */
#define MAX_CHILDREN 20000  /* of one folder, so that a heap of files leaves others their share */

struct reader {
    struct tree *tree;
    struct reject_list *rejects;
    size_t entries; /* read so far, ignored ones too */
    bool cut;       /* there were more */
};

static char *path_below(const char *root, const struct tree_node *node) {
    if (!node->parent)
        return xstrdup(root);
    char *parent = path_below(root, node->parent);
    char *path = path_join(parent, node->name, NULL);
    free(parent);
    return path;
}

char *tree_path(const struct tree *tree, const struct tree_node *node) {
    return path_below(tree->path, node);
}

char *tree_label(const struct tree *tree, const struct tree_node *node) {
    char *path = path_below(tree->shown, node);
    char *label = text_printable(path);
    free(path);
    return label;
}

bool tree_ignores(const char *name) {
    static const char *const names[] = {
        "Thumbs.db",    "ehthumbs.db",    "desktop.ini",
        "__MACOSX",     "lost+found",     "System Volume Information",
        "$RECYCLE.BIN", "RECYCLER",       "LOST.DIR",
        "Icon\r",       "RECYCLED",       "FOUND.000",
        "autorun.inf",  "WPSettings.dat", "IndexerVolumeGuid",
        TEMPLATE_NOTE};
    bool ours = (text_starts(name, REPORT_NAME "-") && text_ends(name, ".html")) ||
                (text_starts(name, REGISTER_NAME) && text_ends(name, ".csv"));
    if (name[0] == '.' || text_starts(name, "~$") || ours)
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(names[i], name) == 0)
            return true;
    return false;
}

/* What a stick keeps to show how it is filled (template.h). */
static bool is_template(int fd, const char *name) {
    return strcmp(name, TEMPLATE_FOLDER) == 0 &&
           faccessat(fd, TEMPLATE_FOLDER "/" TEMPLATE_NOTE, F_OK, 0) == 0;
}

static void reject_entry(struct reader *reader, const struct tree_node *folder, const char *name,
                         enum reject reject, const char *detail) {
    struct tree_node node = {.name = xstrdup(name), .parent = folder};
    char *label = tree_label(reader->tree, &node);
    reject_add(reader->rejects, label, reject, detail);
    free(label);
    free(node.name);
}

static void reject_folder(struct reader *reader, const struct tree_node *folder, enum reject reject,
                          const char *detail) {
    char *label = tree_label(reader->tree, folder);
    reject_add(reader->rejects, label, reject, detail);
    free(label);
}

/* Whether a link leads to what was brought: one to a file of this machine would show it. */
static bool stays_inside(const struct tree *tree, const struct tree_node *folder,
                         const char *name) {
    struct tree_node node = {.name = xstrdup(name), .parent = folder};
    char *path = tree_path(tree, &node), *real = realpath(path, NULL);
    size_t size = strlen(tree->inside);
    bool inside = real && text_starts(real, tree->inside) && (size == 1 || real[size] == '/');
    free(real);
    free(path);
    free(node.name);
    return inside;
}

/* Looks at an entry without opening it. False: it is refused. */
static bool inspect(struct reader *reader, const struct tree_node *folder, int fd,
                    const struct dirent *entry, bool *is_folder) {
    unsigned char type = entry->d_type;
    struct stat st = {0};
    if (type == DT_UNKNOWN) { /* some file systems do not say */
        if (fstatat(fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
            return false; /* gone since */
        type = IFTODT(st.st_mode);
    }
    *is_folder = type == DT_DIR;
    if (type == DT_DIR || type == DT_REG)
        return true;
    if (type != DT_LNK) {
        reject_entry(reader, folder, entry->d_name, REJECT_FILE_TYPE,
                     "不是普通文件 (not a regular file)");
        return false;
    }
    if (fstatat(fd, entry->d_name, &st, 0) == 0 && S_ISREG(st.st_mode) &&
        stays_inside(reader->tree, folder, entry->d_name))
        return true;
    reject_entry(reader, folder, entry->d_name, REJECT_UNREADABLE, "链接 (a link)");
    return false;
}

/* False: the entries are used up. */
static bool read_entry(struct reader *reader, struct tree_node *folder, int fd,
                       const struct dirent *entry, size_t *capacity) {
    const char *name = entry->d_name;
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return true;
    if (reader->entries == MAX_ENTRIES || folder->child_count == MAX_CHILDREN)
        return false;
    reader->entries++;
    if (tree_ignores(name))
        return true;
    if (is_template(fd, name)) {
        reader->tree->has_template = true;
        return true;
    }
    if (!text_valid(name)) {
        reject_entry(reader, folder, name, REJECT_NAME_INVALID, NULL);
        return true;
    }
    bool is_folder = false;
    if (!inspect(reader, folder, fd, entry, &is_folder))
        return true;
    if (folder->child_count == *capacity) {
        *capacity = *capacity ? *capacity * 2 : 16;
        folder->children = xrealloc(folder->children, *capacity, sizeof *folder->children);
    }
    folder->children[folder->child_count++] = (struct tree_node){
        .name = xstrdup(name), .key = natural_key(name), .is_folder = is_folder, .parent = folder};
    return true;
}

static int compare_nodes(const void *a, const void *b) {
    const struct tree_node *m = a, *n = b;
    int order = natural_compare(m->key, n->key);
    return order ? order : strcmp(m->name, n->name);
}

static void read_folder(struct reader *reader, struct tree_node *folder, int fd, int depth);

static void read_children(struct reader *reader, struct tree_node *folder, int fd, int depth) {
    for (size_t i = 0; i < folder->child_count && reader->entries < MAX_ENTRIES; i++) {
        struct tree_node *child = folder->children + i;
        if (!child->is_folder)
            continue;
        if (depth == MAX_DEPTH) {
            reject_folder(reader, child, REJECT_TOO_DEEP, NULL);
            continue;
        }
        int inner = openat(fd, child->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (inner >= 0)
            read_folder(reader, child, inner, depth + 1);
        else if (errno != ENOENT)
            reject_folder(reader, child, REJECT_UNREADABLE, strerror(errno));
    }
}

/* Takes the descriptor over. */
static void read_folder(struct reader *reader, struct tree_node *folder, int fd, int depth) {
    DIR *dir = fdopendir(fd);
    if (!dir) {
        reject_folder(reader, folder, REJECT_UNREADABLE, strerror(errno));
        close(fd);
        return;
    }
    size_t capacity = 0;
    bool room = true;
    errno = 0;
    for (struct dirent *entry; room && (entry = readdir(dir)); errno = 0)
        room = read_entry(reader, folder, fd, entry, &capacity);
    if (room && errno)
        reject_folder(reader, folder, REJECT_UNREADABLE, strerror(errno));
    if (!room)
        reject_folder(reader, folder, REJECT_TOO_MANY_FILES, NULL);
    reader->cut = reader->cut || !room;
    if (folder->child_count)
        qsort(folder->children, folder->child_count, sizeof *folder->children, compare_nodes);
    read_children(reader, folder, fd, depth);
    closedir(dir);
}

/* What was unpacked is called as its zip file. */
static char *name_root(const struct tree *tree) {
    const char *name = path_name(tree->real), *dot = strrchr(name, '.');
    bool unpacked = strcmp(tree->path, tree->shown) != 0 && dot && dot != name;
    return unpacked ? xstrndup(name, (size_t)(dot - name)) : xstrdup(name);
}

/* The root may be a link; it is opened only if it is a folder. False: rejected. */
static bool read_root(struct reader *reader) {
    struct tree *tree = reader->tree;
    struct tree_node *root = &tree->root;
    struct stat st = {0};
    if (stat(tree->path, &st) != 0 || !(tree->inside = realpath(tree->path, NULL)) ||
        !(tree->real = realpath(tree->shown, NULL))) {
        bool missing = errno == ENOENT || errno == ENOTDIR;
        reject_folder(reader, root, missing ? REJECT_NOT_FOUND : REJECT_UNREADABLE,
                      missing ? NULL : strerror(errno));
        return false;
    }
    root->name = name_root(tree);
    root->key = natural_key(root->name);
    root->is_folder = S_ISDIR(st.st_mode);
    if (!text_valid(root->name)) {
        reject_folder(reader, root, REJECT_NAME_INVALID, NULL);
        return false;
    }
    if (!root->is_folder) {
        if (!S_ISREG(st.st_mode))
            reject_folder(reader, root, REJECT_FILE_TYPE, NULL);
        return S_ISREG(st.st_mode);
    }
    int fd = open(tree->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        reject_folder(reader, root, REJECT_UNREADABLE, strerror(errno));
        return false;
    }
    read_folder(reader, root, fd, 0);
    return true;
}

static int compare_rejects(const void *a, const void *b) {
    const struct reject_entry *m = a, *n = b;
    int order = strcmp(m->path, n->path);
    return order ? order : (int)m->reject - (int)n->reject;
}

/* A copy without slashes at the end. */
static char *trim(const char *path) {
    char *copy = xstrdup(path);
    for (size_t size = strlen(copy); size > 1 && copy[size - 1] == '/'; size--)
        copy[size - 1] = '\0';
    return copy;
}

bool tree_read(struct tree *tree, const char *path, const char *shown,
               struct reject_list *rejects) {
    size_t before = rejects->count;
    *tree = (struct tree){.path = trim(path), .shown = trim(shown ? shown : path)};
    struct reader reader = {.tree = tree, .rejects = rejects};
    bool good = read_root(&reader);
    tree->entries = reader.entries;
    tree->cut = reader.cut;
    if (!good)
        tree_finish(tree);
    if (rejects->count > before) /* a disk lists its files in any order */
        qsort(rejects->entries + before, rejects->count - before, sizeof *rejects->entries,
              compare_rejects);
    return good;
}

static void finish_node(struct tree_node *node) {
    for (size_t i = 0; i < node->child_count; i++)
        finish_node(node->children + i);
    free(node->children);
    free(node->name);
    free(node->key);
}

void tree_finish(struct tree *tree) {
    finish_node(&tree->root);
    free(tree->path);
    free(tree->shown);
    free(tree->inside);
    free(tree->real);
    *tree = (struct tree){0};
}
