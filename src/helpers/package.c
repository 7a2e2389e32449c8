#include "helpers/package.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/str.h"

#define MAX_RELATIONS 10000 /* as many as there may be parts */

const struct zip_limits package_limits = {
    .bytes = DOCUMENT_WORD_BYTES, .entry = DOCUMENT_IMAGE_BYTES, .entries = DOCUMENT_WORD_ENTRIES};

bool package_same_name(const struct zip_entry *entry, const char *name) {
    return entry->name_size == strlen(name) &&
           strncasecmp(entry->name, name, entry->name_size) == 0;
}

/* ---- one part */

struct part {
    const char *name;
    struct str bytes;
    bool found, large;
};

static bool is_part(void *user, const struct zip_entry *entry) {
    const struct part *part = user;
    return !part->found && !entry->folder && package_same_name(entry, part->name);
}

static bool on_entry(void *user, const struct zip_entry *entry) {
    struct part *part = user;
    part->found = true;
    part->large = entry->size > DOCUMENT_XML_BYTES;
    return !part->large;
}

static bool on_data(void *user, const void *bytes, size_t size) {
    str_add_bytes(&((struct part *)user)->bytes, bytes, size);
    return true;
}

static bool on_good(void *user) {
    (void)user;
    return true;
}

enum document_reason package_read(int source, const char *name, xmlDocPtr *tree) {
    struct part part = {.name = name};
    const struct unzip_sink sink = {.user = &part,
                                    .on_entry = on_entry,
                                    .on_data = on_data,
                                    .on_good = on_good,
                                    .is_wanted = is_part};
    struct zip_directory directory;
    struct unzip_end end = unzip(source, &package_limits, &sink, &directory);
    enum document_reason reason = part.large    ? DOCUMENT_ENTRY_LARGE
                                  : end.reason  ? end.reason
                                  : !part.found ? DOCUMENT_NO_WORD
                                                : DOCUMENT_GOOD;
    zip_directory_finish(&directory);
    *tree = NULL;
    if (reason == DOCUMENT_GOOD)
        reason = xml_read(str_text(&part.bytes), part.bytes.size, tree);
    str_finish(&part.bytes);
    return reason;
}

/* ---- relations */

/* "word/document.xml" → "word/_rels/document.xml.rels" */
static char *relations_name(const char *part) {
    const char *slash = strrchr(part, '/');
    size_t folder = slash ? (size_t)(slash - part) + 1 : 0;
    return xasprintf("%.*s_rels/%s.rels", (int)folder, part, part + folder);
}

static void drop_last(struct str *path) {
    while (path->size > 0 && path->data[path->size - 1] != '/')
        path->data[--path->size] = '\0';
    if (path->size > 0)
        path->data[--path->size] = '\0';
}

/* As seen from the part (RFC 3986, 5.2.4); what leads out of the file ends in it all the same. */
static char *resolve(const char *part, const char *target) {
    struct str path = {0};
    if (*target != '/') {
        str_add(&path, part);
        drop_last(&path);
    }
    while (*target) {
        size_t size = strcspn(target, "/");
        if (size == 2 && target[0] == '.' && target[1] == '.') {
            drop_last(&path);
        } else if (size > 0 && !(size == 1 && target[0] == '.')) {
            if (path.size > 0)
                str_add_char(&path, '/');
            str_add_bytes(&path, target, size);
        }
        target += size + (target[size] == '/');
    }
    return str_take(&path);
}

static void add(struct relations *relations, const char *part, const xmlNode *node) {
    const char *id = xml_attribute(node, XML_NONE, "Id");
    const char *type = xml_attribute(node, XML_NONE, "Type");
    const char *target = xml_attribute(node, XML_NONE, "Target");
    const char *mode = xml_attribute(node, XML_NONE, "TargetMode");
    bool outside = mode && strcasecmp(mode, "External") == 0;
    if (!id || !type || !target || relations->count == MAX_RELATIONS)
        return;
    const char *slash = strrchr(type, '/');
    if ((relations->count & (relations->count + 1)) == 0) /* at 0, 1, 3, 7 …: room for twice */
        relations->entries =
            xrealloc(relations->entries, relations->count * 2 + 1, sizeof *relations->entries);
    relations->entries[relations->count++] = (struct relation){
        xstrdup(id), xstrdup(slash ? slash + 1 : type), outside ? NULL : resolve(part, target)};
}

enum document_reason package_relations(int source, const char *part, struct relations *relations) {
    char *name = relations_name(part);
    xmlDocPtr tree = NULL;
    *relations = (struct relations){0};
    enum document_reason reason = package_read(source, name, &tree);
    free(name);
    if (!tree)
        return reason == DOCUMENT_NO_WORD ? DOCUMENT_GOOD : reason;
    for (const xmlNode *node = xmlDocGetRootElement(tree)->children; node; node = node->next)
        if (xml_is(node, XML_PACKAGE, "Relationship"))
            add(relations, part, node);
    xmlFreeDoc(tree);
    return DOCUMENT_GOOD;
}

void relations_finish(struct relations *relations) {
    for (size_t i = 0; i < relations->count; i++) {
        free(relations->entries[i].id);
        free(relations->entries[i].type);
        free(relations->entries[i].target);
    }
    free(relations->entries);
    *relations = (struct relations){0};
}

const struct relation *relations_find(const struct relations *relations, const char *id) {
    for (size_t i = 0; id && i < relations->count; i++)
        if (strcmp(relations->entries[i].id, id) == 0)
            return relations->entries + i;
    return NULL;
}

const char *relations_target(const struct relations *relations, const char *type) {
    for (size_t i = 0; i < relations->count; i++)
        if (relations->entries[i].target && strcmp(relations->entries[i].type, type) == 0)
            return relations->entries[i].target;
    return NULL;
}
