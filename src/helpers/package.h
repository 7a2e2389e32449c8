/* package.h: an Office file (ECMA-376-2) as parts with names, and what they say of each other */
#pragma once

#include "helpers/unzip.h"
#include "helpers/xml.h"

struct relation {
    char *id;
    char *type;   /* the last part of its address: "image", "styles" */
    char *target; /* the name of a part, without a slash before; NULL: it is outside */
};

struct relations {
    struct relation *entries;
    size_t count;
};

/* Each gives DOCUMENT_GOOD, or why not. A part that is not there: DOCUMENT_NO_WORD. */
enum document_reason package_read(int source, const char *name, xmlDocPtr *tree);
/* Of part; "" for those of the file. There may be none. To be finished in any case. */
enum document_reason package_relations(int source, const char *part, struct relations *relations);
void relations_finish(struct relations *relations);

const struct relation *relations_find(const struct relations *relations, const char *id);
/* The first that leads to such a part in the file; NULL: none. */
const char *relations_target(const struct relations *relations, const char *type);

/* Names of parts differ by case of their letters only by mistake. */
bool package_same_name(const struct zip_entry *entry, const char *name);
extern const struct zip_limits package_limits;
