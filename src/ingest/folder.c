#include "ingest/folder.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "ingest/folder_kind.h"
#include "ingest/info.h"
#include "ingest/material.h"
#include "ingest/naming.h"
#include "ingest/parts.h"
#include "ingest/text.h"
#include "ingest/tree.h"

/* Limits. */
#define MAX_CASES  20000 /* in one import; ten thousand is the largest library foreseen */
#define MAX_STRAYS 100   /* other people's files told by name; a stick may hold a disk's worth */

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct walk {
    const struct folder_options *options;
    struct manifest *manifest;
    struct tree tree;
    void *ids;     /* of the manifest's cases: a tsearch tree of borrowed texts */
    bool full;     /* MAX_CASES was said */
    bool over;     /* on_case wants no more */
    size_t strays; /* under no unit: refused by name, and more */
};

/* A case before its files are read. */
struct draft {
    struct place place;
    char *label;          /* owned; of its folder or file */
    char *title, *school; /* owned; as the names say, school may be "" */
    bool by_file;         /* named after a file, which may know better */
    struct material material;
};

static void draft_finish(struct draft *draft) {
    free(draft->label);
    free(draft->title);
    free(draft->school);
    material_finish(&draft->material);
}

static void refuse(struct walk *walk, const struct tree_node *node, enum reject reject) {
    char *label = tree_label(&walk->tree, node);
    reject_add(&walk->manifest->rejects, label, reject, NULL);
    free(label);
}

/* What lies under no unit. */
static void refuse_stray(struct walk *walk, const struct tree_node *node, enum reject reject) {
    if (walk->strays++ < MAX_STRAYS)
        refuse(walk, node, reject);
}

static void tell_strays(struct walk *walk) {
    if (walk->strays <= MAX_STRAYS)
        return;
    size_t more = walk->strays - MAX_STRAYS;
    char *label = tree_label(&walk->tree, &walk->tree.root);
    char *detail =
        xasprintf("另有 %zu 项与案例无关 (%zu more have nothing to do with cases)", more, more);
    reject_add(&walk->manifest->rejects, label, REJECT_FILE_TYPE, detail);
    free(detail);
    free(label);
}

/* Whether what lies under no unit is wanted. */
static bool is_open(const struct walk *walk) {
    return walk->options->has_unit || walk->options->unitless;
}

/* Whether it is somebody else's matter. */
static bool passes_over(const struct walk *walk, const struct tree_node *node) {
    return walk->options->parts_apart && part_is_apart(node);
}

/* ---- from a draft to a case */

static int compare_ids(const void *a, const void *b) {
    return strcmp(a, b);
}

/* Leaves the texts alone, which belong to the cases. */
static void keep_id(void *id) {
    (void)id;
}

static bool same_letters(const char *a, const char *b) {
    char *m = text_fold_letters(a), *n = text_fold_letters(b);
    bool same = *m && strcmp(m, n) == 0;
    free(m);
    free(n);
    return same;
}

/* A text often starts with its own title, which is shown anyway. */
static void drop_title(char *body, const char *title) {
    size_t size = strcspn(body, "\n");
    char *first = xstrndup(body, size);
    if (same_letters(first, title)) {
        size += body[size] == '\n';
        memmove(body, body + size, strlen(body + size) + 1);
    }
    free(first);
}

/* Moves a text out of the struct that holds it. */
static char *take(char **place) {
    char *text = *place ? *place : xstrdup("");
    *place = NULL;
    return text;
}

/* Title first: the id is made of it. */
static void name_case(struct manifest_case *c, struct draft *draft, struct info *info,
                      const struct folder_options *options) {
    char *title = info->title ? take(&info->title) : take(&draft->title);
    c->title = privacy_mask(&c->masked, "title", title, options->released);
    free(title);
    c->school = info->school ? take(&info->school) : take(&draft->school);
    c->school_said = *c->school != '\0';
    if (!c->school_said) {
        free(c->school);
        c->school =
            text_normalise_line(text_empty(options->site_school) ? "本校" : options->site_school);
    }
    char *said = info->id ? take(&info->id) : NULL;
    char *id = c->level ? naming_notice_id(said, c->school_said ? c->school : NULL, c->title)
               : said   ? xstrdup(said)
                        : naming_id(c->school, c->title);
    c->id = naming_local_id(id, c->level);
    free(said);
    free(id);
    c->path = xstrdup(draft->label);
}

static void describe_case(struct manifest_case *c, struct info *info) {
    c->unit = info->has_unit && !c->level ? info->unit : c->unit;
    c->phase = info->has_phase && !c->level ? info->phase : PHASE_SELF;
    c->summary = take(&info->summary);
    c->url = take(&info->url);
    c->published_ms = info->published_ms;
    c->valid_from_ms = info->valid_from_ms;
    c->valid_until_ms = info->valid_until_ms;
}

static void tidy_in_place(struct tidy *tidied, char **text,
                          char *(*tidy_it)(struct tidy *tidy, const char *text)) {
    char *better = tidy_it(tidied, *text);
    free(*text);
    *text = better;
}

/* All but the body, which was tidied while its lines were read. */
static void tidy_case(struct manifest_case *c) {
    tidy_in_place(&c->tidied, &c->title, tidy_name);
    tidy_in_place(&c->tidied, &c->summary, tidy_line);
    for (size_t i = 0; i < c->asset_count; i++)
        tidy_in_place(&c->tidied, &c->assets[i].caption, tidy_name);
}

/* Takes the case over, or refuses and frees it. */
static void admit(struct walk *walk, struct manifest_case *c) {
    struct manifest *manifest = walk->manifest;
    const void *slot = NULL;
    drop_title(c->body, c->title);
    if (!*c->body && !*c->summary && !c->asset_count) {
        reject_add(&manifest->rejects, c->path, REJECT_CASE_EMPTY, NULL);
        goto finish_case;
    }
    if (!*c->title) { /* a name of what cannot be seen */
        reject_add(&manifest->rejects, c->path, REJECT_NAME_INVALID, NULL);
        goto finish_case;
    }
    if (tfind(c->id, &walk->ids, compare_ids)) {
        reject_add(&manifest->rejects, c->path, REJECT_DUPLICATE, c->id);
        goto finish_case;
    }
    if (manifest->case_count == MAX_CASES) {
        if (!walk->full)
            reject_add(&manifest->rejects, c->path, REJECT_TOO_MANY_FILES,
                       "案例太多，其余略过 (too many cases; the rest is left out)");
        walk->full = true;
        goto finish_case;
    }
    slot = tsearch(c->id, &walk->ids, compare_ids);
    if (!slot)
        memory_gone();
    manifest->cases = xrealloc(manifest->cases, manifest->case_count + 1, sizeof *manifest->cases);
    manifest->cases[manifest->case_count++] = *c;
    return;
finish_case:
    manifest_case_finish(c);
}

static void name_draft(struct walk *walk, struct draft *draft, const char *name);

/* A Word file is called by its title rather than by its name; the school stays that of the name. */
static void adopt_title(struct walk *walk, struct draft *draft) {
    const char *title = draft->by_file ? material_title(&draft->material) : NULL;
    char *school = draft->school, *name = draft->title;
    if (!title)
        return;
    name_draft(walk, draft, title);
    if (*school) {
        free(draft->school);
        draft->school = school;
    } else {
        free(school);
    }
    free(name);
}

static void build_case(struct walk *walk, struct draft *draft) {
    const struct folder_options *options = walk->options;
    struct reject_list *rejects = &walk->manifest->rejects;
    struct info info = {0};
    walk->over = walk->over || (options->on_case && !options->on_case(options->user, draft->label));
    if (walk->over)
        return;
    material_read_words(&draft->material, &walk->tree, options->words, rejects);
    material_read_info(&draft->material, &walk->tree, &info, rejects);
    adopt_title(walk, draft);
    bool known = draft->place.known || info.has_unit;
    struct manifest_case c = {.level = draft->place.level,
                              .unit = known ? draft->place.unit : options->unit,
                              .unitless = !known && !options->has_unit};
    if (known || is_open(walk)) {
        name_case(&c, draft, &info, options);
        describe_case(&c, &info);
        material_keep_titles(&draft->material, c.title);
        c.body = material_read_body(&draft->material, &walk->tree, options->tidy ? &c.tidied : NULL,
                                    rejects);
        material_list_assets(&draft->material, &walk->tree, c.title, c.path, &c.assets,
                             &c.asset_count, rejects);
        c.code = material_find_code(&draft->material, &walk->tree, rejects);
        if (options->tidy)
            tidy_case(&c);
        manifest_case_mask(&c, walk->options->released);
        admit(walk, &c);
    } else {
        reject_add(rejects, draft->label, REJECT_UNIT_UNKNOWN, NULL);
    }
    info_finish(&info);
}

static void name_draft(struct walk *walk, struct draft *draft, const char *name) {
    naming_split(name, walk->options->school_known, walk->options->user, &draft->title,
                 &draft->school);
}

static void read_case(struct walk *walk, const struct tree_node *folder, struct place place) {
    struct draft draft = {.place = place, .label = tree_label(&walk->tree, folder)};
    name_draft(walk, &draft, folder->name);
    material_add_folder(&draft.material, &walk->tree, folder, &walk->manifest->rejects);
    build_case(walk, &draft);
    draft_finish(&draft);
}

/* ---- files directly in a unit's folder */

/* A case of a text that has a name of its own; its pictures are added later. */
static struct draft draft_of_file(struct walk *walk, const struct tree_node *node,
                                  struct place place) {
    struct draft draft = {.place = place, .label = tree_label(&walk->tree, node), .by_file = true};
    char *title = naming_of_file(node->name);
    name_draft(walk, &draft, title);
    material_add(&draft.material, node, node->name);
    free(title);
    return draft;
}

static char *stem_of(const char *name) {
    const char *dot = strrchr(name, '.');
    char *stem = xstrndup(name, dot ? (size_t)(dot - name) : strlen(name));
    char *line = text_normalise_line(stem);
    free(stem);
    return line;
}

/* The draft with the longest name that the picture's begins with, and what stands behind it in
 * *rest (the caller's); NULL: none. */
static struct draft *find_owner(struct draft *drafts, size_t count, const char *name, char **rest) {
    char *line = text_normalise_line(name);
    struct draft *owner = NULL;
    size_t longest = 0;
    for (size_t i = 0; i < count; i++) {
        char *stem = stem_of(drafts[i].material.files[0].name);
        if (strlen(stem) > longest && text_starts(line, stem)) {
            longest = strlen(stem);
            owner = drafts + i;
        }
        free(stem);
    }
    *rest = owner ? xstrdup(line + longest) : NULL;
    free(line);
    return owner;
}

static void share_out(struct draft *drafts, size_t count, const struct material *loose,
                      struct draft *folder_draft) {
    for (size_t i = 0; i < loose->count; i++) {
        const struct material_file *file = loose->files + i;
        bool text = file_is_text(file->kind);
        if (text && !file_is_main_text(file->name))
            continue; /* it has a draft */
        char *rest = NULL;
        struct draft *owner =
            file_is_seen(file->kind) ? find_owner(drafts, count, file->name, &rest) : NULL;
        if (owner)
            material_add(&owner->material, file->node, rest);
        else
            material_add(&(count == 1 ? drafts : folder_draft)->material, file->node, file->name);
        free(rest);
    }
}

static void read_loose(struct walk *walk, const struct tree_node *folder, struct place place,
                       const struct material *loose) {
    struct draft *drafts = xcalloc(loose->count + 1, sizeof *drafts);
    size_t count = 0;
    for (size_t i = 0; i < loose->count; i++) {
        const struct material_file *file = loose->files + i;
        bool text = file_is_text(file->kind);
        if (text && !file_is_main_text(file->name))
            drafts[count++] = draft_of_file(walk, file->node, place);
    }
    struct draft rest = {.place = place, .label = tree_label(&walk->tree, folder)};
    name_draft(walk, &rest,
               place.level   ? level_name(place.level)
               : place.known ? unit_name(place.unit)
                             : folder->name);
    share_out(drafts, count, loose, &rest);
    for (size_t i = 0; i < count; i++) {
        build_case(walk, drafts + i);
        draft_finish(drafts + i);
    }
    if (rest.material.count)
        build_case(walk, &rest);
    draft_finish(&rest);
    free(drafts);
}

/* Whether a 信息.txt or a form directly in the folder names a unit. */
static bool says_unit(struct walk *walk, const struct tree_node *folder) {
    struct material material = {0};
    struct info info = {0};
    struct reject_list unheard = {0}; /* said again if the folder becomes a case */
    for (size_t i = 0; i < folder->child_count; i++) {
        const struct tree_node *child = folder->children + i;
        if (!child->is_folder && (file_kind(child->name) == FILE_INFO || file_is_form(child->name)))
            material_add(&material, child, child->name);
    }
    material_read_words(&material, &walk->tree, walk->options->words, &unheard);
    material_read_info(&material, &walk->tree, &info, &unheard);
    bool says = info.has_unit;
    reject_list_finish(&unheard);
    info_finish(&info);
    material_finish(&material);
    return says;
}

/* ---- the way down */

static void visit_inner(struct walk *walk, const struct tree_node *folder, struct place place);
static void visit_outer(struct walk *walk, const struct tree_node *folder, struct place place);

/* Whether a folder in a unit's is 图片/ and the like. Under no unit one with nothing but folders is
 * not: a phone's 照片/迎新/. */
static bool is_part(const struct tree_node *folder, struct place place) {
    return folder->is_folder && folder_is_part(folder->name) &&
           (place.known || folder_holding(folder));
}

/* The files directly in a unit's folder, then those of its 图片/ and the like. */
static void gather_loose(struct walk *walk, const struct tree_node *folder, struct place place,
                         struct material *loose) {
    for (size_t i = 0; i < folder->child_count; i++) {
        const struct tree_node *child = folder->children + i;
        if (child->is_folder || passes_over(walk, child))
            continue;
        if (file_kind(child->name) == FILE_UNUSABLE)
            refuse(walk, child, file_reject(child->name));
        else
            material_add(loose, child, child->name);
    }
    for (size_t i = 0; i < folder->child_count; i++) {
        const struct tree_node *child = folder->children + i;
        if (is_part(child, place))
            material_add_folder(loose, &walk->tree, child, &walk->manifest->rejects);
    }
}

/* Whether a folder in a unit's is one itself, and not a case that is called so. */
static bool holds_items(const struct tree_node *folder, struct place place) {
    bool items = folder_holds_cases(folder);
    for (size_t i = 0; place.level && i < folder->child_count; i++) {
        const struct tree_node *child = folder->children + i;
        items = items || (!child->is_folder && file_is_text(file_kind(child->name)) &&
                          !file_is_main_text(child->name));
    }
    return items;
}

static void visit_unit(struct walk *walk, const struct tree_node *folder, struct place place) {
    struct material loose = {0};
    gather_loose(walk, folder, place, &loose);
    if (loose.count)
        read_loose(walk, folder, place, &loose);
    material_finish(&loose);
    for (size_t i = 0; i < folder->child_count; i++) {
        const struct tree_node *child = folder->children + i;
        struct place inner;
        if (!child->is_folder || is_part(child, place) || passes_over(walk, child))
            continue;
        if (folder_is_unit(child, &inner) && (!place.known || holds_items(child, inner)))
            visit_unit(walk, child, inner);
        else if (place.known)
            visit_inner(walk, child, place);
        else
            visit_outer(walk, child, place);
    }
}

/* Texts or pictures under no unit: a folder is a case, but the path given, or one of cases. */
static void visit_unitless(struct walk *walk, const struct tree_node *folder, struct place place) {
    if (folder->parent && !folder_holds_cases(folder))
        read_case(walk, folder, place);
    else
        visit_unit(walk, folder, place);
}

/* A folder above the units, or one that only groups; place may be known then. */
static void visit_outer(struct walk *walk, const struct tree_node *folder, struct place place) {
    bool content = folder_holding(folder) & (HOLDS_TEXT | HOLDS_PICTURES);
    if (content && says_unit(walk, folder)) {
        read_case(walk, folder, place);
        return;
    }
    if (is_open(walk) && (content || folder_holds_parts(folder))) {
        visit_unitless(walk, folder, place);
        return;
    }
    if (content)
        refuse_stray(walk, folder, REJECT_UNIT_UNKNOWN);
    if (content && !folder_leads_to_unit(folder))
        return;
    for (size_t i = 0; i < folder->child_count; i++) {
        const struct tree_node *child = folder->children + i;
        struct place inner;
        if (passes_over(walk, child))
            continue;
        if (!child->is_folder && !content)
            refuse_stray(walk, child, file_reject(child->name));
        if (!child->is_folder)
            continue;
        if (folder_is_unit(child, &inner))
            visit_unit(walk, child, inner);
        else if (place.known)
            visit_inner(walk, child, place);
        else
            visit_outer(walk, child, place);
    }
}

static void visit_inner(struct walk *walk, const struct tree_node *folder, struct place place) {
    if (folder_is_group(folder))
        visit_outer(walk, folder, place);
    else
        read_case(walk, folder, place);
}

/* ---- the start */

/* The nearest folder above that names a unit or notices. */
static struct place find_above(const char *real) {
    struct place place = {0};
    char *path = xstrdup(real);
    for (char *slash; !place.known && (slash = strrchr(path, '/'));) {
        *slash = '\0';
        const char *name = strrchr(path, '/');
        place = folder_place(name ? name + 1 : path);
    }
    free(path);
    return place;
}

static void visit_root_file(struct walk *walk, struct place place) {
    const struct tree_node *root = &walk->tree.root;
    if (file_kind(root->name) == FILE_UNUSABLE) {
        refuse(walk, root, file_reject(root->name));
        return;
    }
    struct draft draft = draft_of_file(walk, root, place);
    build_case(walk, &draft);
    draft_finish(&draft);
}

static void visit_root(struct walk *walk) {
    const struct tree_node *root = &walk->tree.root;
    struct place above = find_above(walk->tree.real), own = {0};
    if (root->is_folder && folder_is_unit(root, &own))
        visit_unit(walk, root, own);
    else if (!root->is_folder)
        visit_root_file(walk, above);
    else if (above.known && !folder_leads_to_unit(root))
        visit_inner(walk, root, above);
    else
        visit_outer(walk, root, own);
}

/* Whoever filled in the example itself is told that it does not count. */
static void refuse_nothing(struct walk *walk) {
    char *label = tree_label(&walk->tree, &walk->tree.root);
    reject_add(&walk->manifest->rejects, label, REJECT_NOTHING_FOUND,
               walk->tree.has_template
                   ? "“示例”里的不算，请把自己的文件夹放在它外面 (what is in 示例 does not count, "
                     "put yours beside it)"
                   : NULL);
    free(label);
}

void folder_read(const char *path, const struct folder_options *options,
                 struct manifest *manifest) {
    struct walk walk = {.options = options, .manifest = manifest};
    size_t cases = manifest->case_count, rejects = manifest->rejects.count;
    if (!tree_read(&walk.tree, path, options->shown, &manifest->rejects))
        return;
    if (options->files)
        *options->files = walk.tree.entries;
    for (size_t i = 0; i < cases; i++)
        tsearch(manifest->cases[i].id, &walk.ids, compare_ids);
    visit_root(&walk);
    tell_strays(&walk);
    if (manifest->case_count == cases && manifest->rejects.count == rejects)
        refuse_nothing(&walk);
    tdestroy(walk.ids, keep_id);
    tree_finish(&walk.tree);
}
