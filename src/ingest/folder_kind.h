/* folder_kind.h: what a folder is by the names in it, before any file is opened. Pure; any thread.
 */
#pragma once

#include <stdbool.h>

#include "ingest/tree.h"
#include "library/case.h"

/* What is known of the unit from the folders above. */
struct place {
    bool known;       /* or a level is */
    enum level level; /* of a notice: there is no unit */
    enum unit unit;
};

enum holding {
    HOLDS_TEXT = 1,     /* texts or 信息.txt */
    HOLDS_PICTURES = 2, /* pictures and videos that can be used */
    HOLDS_OTHERS = 4    /* documents, pictures and videos of other kinds */
};

/* 图片, 正文 and the like: a name that makes a folder part of the case around it. */
bool folder_is_part(const char *name);
/* What lies directly in a folder, as bits of enum holding; bundles and zip files are not of it. */
unsigned folder_holding(const struct tree_node *folder);
struct place folder_place(const char *name); /* what a folder of this name is of */
/* Whether it is named after a unit or notices, which *place gets. */
bool folder_is_unit(const struct tree_node *node, struct place *place);
bool folder_holds_parts(const struct tree_node *folder);
/* Whether one of its folders is certainly a case, or leads to one. */
bool folder_holds_cases(const struct tree_node *folder);
/* A folder between unit and cases: 2026/, 第一批/ (folder.h). */
bool folder_is_group(const struct tree_node *folder);
bool folder_leads_to_unit(const struct tree_node *folder);
