/* The walk over a plain folder. An input is the root's name, then files, each as RS (1E) PATH GS
 * (1D) CONTENT. A path that ends in "/" is an empty folder; a content that begins with "->" makes
 * a link to what follows. Every text is normalised, no id comes twice, nothing outside is named,
 * and every file is either part of a case or refused. */
#include "fuzz.h"

#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/str.h"
#include "fuzz_text.h"
#include "ingest/folder.h"
#include "ingest/material.h"
#include "ingest/naming.h"
#include "ingest/text.h"
#include "ingest/tree.h"

#define MAX_BYTES   (64u << 10)
#define MAX_FILES   64
#define MAX_PARTS   30 /* of a path; the walk takes 24 */
#define RECORD      '\x1E'
#define CONTENT     '\x1D'
#define LINK        "->"
#define SITE_SCHOOL "本站大学"

/* ---- the tree that an input describes */

/* Nothing that leads out of the folder; "" where nothing is left. */
static char *safe_path(const char *text, size_t size) {
    struct str path = {0};
    char *copy = xstrndup(text, size), *rest = NULL;
    int parts = 0;
    for (char *part = strtok_r(copy, "/", &rest); part && parts < MAX_PARTS;
         part = strtok_r(NULL, "/", &rest)) {
        if (!strcmp(part, ".") || !strcmp(part, "..") || strlen(part) > NAME_MAX)
            continue;
        str_addf(&path, "/%s", part);
        parts++;
    }
    free(copy);
    return str_take(&path);
}

static void make_link(const char *path, const char *content, size_t size) {
    char *to = xstrndup(content + strlen(LINK), size - strlen(LINK));
    if (symlink(to, path) != 0)
        mkdir(path, 0755); /* to nothing */
    free(to);
}

static void make_file(const char *path, const char *content, size_t size) {
    if (size >= strlen(LINK) && memcmp(content, LINK, strlen(LINK)) == 0) {
        make_link(path, content, size);
        return;
    }
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return;
    must(write_all(fd, content, size));
    close(fd);
}

/* All but the last part of below as folders in root. No link is followed, lest it lead out. */
static bool make_folders(const char *root, const char *below) {
    struct stat st = {0};
    bool good = true;
    for (const char *slash = strchr(below + 1, '/'); good && slash;
         slash = strchr(slash + 1, '/')) {
        char *folder = xasprintf("%s%.*s", root, (int)(slash - below), below);
        mkdir(folder, 0755); /* it may be there */
        good = lstat(folder, &st) == 0 && S_ISDIR(st.st_mode);
        free(folder);
    }
    return good;
}

static void make_entry(const char *root, const char *record, size_t size) {
    const char *content = memchr(record, CONTENT, size);
    size_t length = content ? (size_t)(content - record) : size;
    char *below = safe_path(record, length);
    char *path = xasprintf("%s%s", root, below);
    bool is_folder = !content || (length && record[length - 1] == '/');
    if (*below && strlen(path) < PATH_MAX && make_folders(root, below)) {
        if (is_folder)
            mkdir(path, 0755); /* or a name that is taken */
        else
            make_file(path, content + 1, size - length - 1);
    }
    free(path);
    free(below);
}

/* Below scratch; gives the root, the caller's. */
static char *make_tree(const char *scratch, const char *bytes, size_t size) {
    const char *end = bytes + size, *record = memchr(bytes, RECORD, size);
    char *name = safe_path(bytes, record ? (size_t)(record - bytes) : size);
    char *root = path_join(scratch, *name ? path_name(name) : "库", NULL);
    must(fs_make_dirs(root));
    for (int files = 0; record && files < MAX_FILES; files++) {
        const char *next = memchr(record + 1, RECORD, (size_t)(end - record - 1));
        make_entry(root, record + 1, (size_t)((next ? next : end) - record - 1));
        record = next;
    }
    free(name);
    return root;
}

/* ---- what must hold; label is the root as messages name it */

static void check_asset(const struct manifest_asset *asset, const char *root) {
    must(text_starts(asset->path, root) && asset->path[strlen(root)] == '/');
    must(!strstr(asset->path, "/../") && !text_ends(asset->path, "/.."));
    must_be_line(asset->caption);
}

static void check_case(const struct manifest_case *c, const char *root, const char *label) {
    must(*c->id && *c->school && *c->title && c->unit < UNIT_COUNT);
    must_be_line(c->id);
    must_be_line(c->school);
    must_be_line(c->title);
    must_be_line(c->summary);
    must_be_normal(c->body);
    must(text_valid(c->path) && text_starts(c->path, label));
    must(*c->body || *c->summary || c->asset_count);
    must(!c->valid_until_ms || c->valid_from_ms <= c->valid_until_ms);
    for (size_t i = 0; i < c->asset_count; i++)
        check_asset(c->assets + i, root);
    if (c->code)
        check_asset(c->code, root);
}

static void check_cases(const struct manifest *manifest, const char *root, const char *label) {
    for (size_t i = 0; i < manifest->case_count; i++) {
        check_case(manifest->cases + i, root, label);
        for (size_t j = 0; j < i; j++)
            must(strcmp(manifest->cases[i].id, manifest->cases[j].id) != 0);
    }
    for (size_t i = 0; i < manifest->rejects.count; i++) {
        const struct reject_entry *entry = manifest->rejects.entries + i;
        must(text_valid(entry->path) && text_starts(entry->path, label));
        must(!entry->detail || text_valid(entry->detail));
    }
}

/* Labels: inner is outer, or lies in it. */
static bool lies_in(const char *inner, const char *outer) {
    size_t size = strlen(outer);
    return strncmp(inner, outer, size) == 0 && (!inner[size] || inner[size] == '/');
}

/* The folder of the unit that it lies in, else the one that it lies in; the caller's. */
static char *unit_folder(const char *label) {
    char *folder = xstrndup(label, (size_t)(path_name(label) - label - 1));
    char *above = xstrdup(folder);
    enum unit unit;
    for (char *slash; *above; *slash = '\0') {
        slash = strrchr(above, '/');
        if (!slash || naming_unit(slash + 1, &unit))
            break;
    }
    bool found = strrchr(above, '/');
    free(found ? folder : above);
    return found ? above : folder;
}

/* Or in the folder of the unit, where outer is a text with a name of its own: what belongs to it
 * may lie anywhere there. */
static bool belongs_to(const char *inner, const char *outer) {
    if (lies_in(inner, outer))
        return true;
    enum file_kind kind = file_kind(path_name(outer));
    if (kind != FILE_TEXT && kind != FILE_MARKDOWN)
        return false;
    char *folder = unit_folder(outer);
    bool belongs = lies_in(inner, folder);
    free(folder);
    return belongs;
}

static bool is_refused(const struct manifest *manifest, const char *label) {
    for (size_t i = 0; i < manifest->rejects.count; i++) {
        const struct reject_entry *entry = manifest->rejects.entries + i;
        bool whole = entry->reject == REJECT_DUPLICATE || entry->reject == REJECT_CASE_EMPTY ||
                     entry->reject == REJECT_UNIT_UNKNOWN || entry->reject == REJECT_NAME_INVALID;
        if (whole ? belongs_to(label, entry->path) : lies_in(label, entry->path))
            return true;
    }
    return false;
}

static bool is_taken(const struct manifest *manifest, const char *path, const char *label,
                     bool picture) {
    for (size_t i = 0; i < manifest->case_count; i++) {
        const struct manifest_case *c = manifest->cases + i;
        if (!picture && belongs_to(label, c->path))
            return true;
        if (c->code && strcmp(c->code->path, path) == 0)
            return true;
        for (size_t j = 0; j < c->asset_count; j++)
            if (strcmp(c->assets[j].path, path) == 0)
                return true;
    }
    return false;
}

static void check_files(const struct manifest *manifest, const struct tree *tree,
                        const struct tree_node *node) {
    if (!node->is_folder) {
        char *path = tree_path(tree, node), *label = tree_label(tree, node);
        enum file_kind kind = file_kind(node->name);
        must(is_refused(manifest, label) ||
             (kind != FILE_UNUSABLE && is_taken(manifest, path, label, kind == FILE_PICTURE)));
        free(label);
        free(path);
    }
    for (size_t i = 0; i < node->child_count; i++)
        check_files(manifest, tree, node->children + i);
}

static bool school_known(void *user, const char *name) {
    (void)user;
    return strcmp(name, "清华") == 0;
}

static void walk(const char *root, bool tidy) {
    const struct folder_options options = {
        .site_school = SITE_SCHOOL, .school_known = school_known, .tidy = tidy};
    struct manifest manifest = {0};
    struct reject_list unheard = {0};
    struct tree tree;
    folder_read(root, &options, &manifest);
    must(manifest.case_count || manifest.rejects.count);
    char *label = text_printable(root);
    check_cases(&manifest, root, label);
    if (tree_read(&tree, root, NULL, &unheard)) {
        check_files(&manifest, &tree, &tree.root);
        tree_finish(&tree);
    }
    free(label);
    reject_list_finish(&unheard);
    manifest_finish(&manifest);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    char scratch[] = "/dev/shm/fengcai-fuzz-XXXXXX";
    if (size > MAX_BYTES)
        return 0;
    must(mkdtemp(scratch));
    char *root = make_tree(scratch, (const char *)bytes, size);
    walk(root, true);
    walk(root, false);
    free(root);
    must(fs_remove_tree(scratch));
    return 0;
}
