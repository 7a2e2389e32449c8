#include "ingest/folder_kind.h"

#include <stdlib.h>
#include <string.h>

#include "ingest/material.h"
#include "ingest/naming.h"
#include "ingest/parts.h"
#include "ingest/text.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

bool folder_is_part(const char *name) {
    static const char *const names[] = {
        "图片",    "照片",     "相片",  "图",    "配图",   "插图",  "原图",   "截图",
        "海报",    "文字",     "正文",  "文本",  "文案",   "材料",  "素材",   "附件",
        "视频",    "images",   "image", "img",   "imgs",   "pics",  "photo",  "photos",
        "picture", "pictures", "text",  "video", "videos", "files", "assets",
    };
    char *letters = text_fold_letters(naming_skip_order(name));
    size_t size = strlen(letters);
    while (size && letters[size - 1] >= '0' && letters[size - 1] <= '9')
        letters[--size] = '\0';
    bool part = false;
    for (size_t i = 0; i < COUNT(names); i++)
        part = part || strcmp(letters, names[i]) == 0;
    free(letters);
    return part;
}

/* What lies directly in a folder, as bits of enum holding. */
unsigned folder_holding(const struct tree_node *folder) {
    unsigned bits = 0;
    for (size_t i = 0; i < folder->child_count; i++) {
        const char *name = folder->children[i].name;
        if (folder->children[i].is_folder || part_is_apart(folder->children + i))
            continue;
        enum file_kind kind = file_kind(name);
        bits |= file_is_seen(kind)                      ? HOLDS_PICTURES
                : kind != FILE_UNUSABLE                 ? HOLDS_TEXT
                : file_reject(name) != REJECT_FILE_TYPE ? HOLDS_OTHERS
                                                        : 0u;
    }
    return bits;
}

struct place folder_place(const char *name) {
    struct place place = {.level = naming_notice(name)};
    place.known = place.level || naming_unit(name, &place.unit);
    return place;
}

bool folder_is_unit(const struct tree_node *node, struct place *place) {
    *place = (struct place){0};
    if (node->is_folder)
        *place = folder_place(node->name);
    return place->known;
}

/* 图片/ and the like. */
bool folder_holds_parts(const struct tree_node *folder) {
    for (size_t i = 0; i < folder->child_count; i++)
        if (folder->children[i].is_folder && folder_is_part(folder->children[i].name))
            return true;
    return false;
}

/* Whether one of its folders is certainly a case, or leads to one. */
bool folder_holds_cases(const struct tree_node *folder) {
    for (size_t i = 0; i < folder->child_count; i++) {
        const struct tree_node *child = folder->children + i;
        struct place place;
        if (child->is_folder && !folder_is_part(child->name) &&
            (folder_is_unit(child, &place) || (folder_holding(child) & HOLDS_TEXT) ||
             folder_is_group(child)))
            return true;
    }
    return false;
}

/* A folder between unit and cases: 2026/, 第一批/ (see the header). */
bool folder_is_group(const struct tree_node *folder) {
    return !folder_holding(folder) && !folder_holds_parts(folder) && folder_holds_cases(folder);
}

bool folder_leads_to_unit(const struct tree_node *folder) {
    for (size_t i = 0; i < folder->child_count; i++) {
        struct place place;
        const struct tree_node *child = folder->children + i;
        if (child->is_folder && (folder_is_unit(child, &place) || folder_leads_to_unit(child)))
            return true;
    }
    return false;
}
