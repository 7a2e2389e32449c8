/* material.h: the files of one case, by kind, and what is in its texts
 *
 * Nodes are borrowed from the tree (tree.h). What cannot be used goes to rejects. One thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "ingest/info.h"
#include "ingest/manifest.h"
#include "ingest/reject.h"
#include "ingest/tree.h"
#include "ingest/words.h"

enum file_kind {
    FILE_TEXT,
    FILE_MARKDOWN,
    FILE_WORD, /* .docx */
    FILE_INFO, /* 信息.txt, info.txt, 案例信息.txt; also as .md */
    FILE_PICTURE,
    FILE_VIDEO,
    FILE_CODE,    /* a picture that is the case's code: told by material_add, not by file_kind */
    FILE_UNUSABLE /* anything else; file_reject says why */
};

enum file_kind file_kind(const char *name); /* by the name alone */
enum reject file_reject(const char *name);  /* of a FILE_UNUSABLE */
bool file_is_text(enum file_kind kind);     /* the body of a case */
bool file_is_seen(enum file_kind kind);     /* a picture or a video, no code */
bool file_is_form(const char *name);        /* 推荐表.docx and the like */
bool file_is_main_text(const char *name);   /* 正文.txt and the like: no title of its own */

struct material_file {
    const struct tree_node *node;
    enum file_kind kind;
    char *name;             /* owned; what a caption is made of */
    struct docx_text *word; /* owned; of a FILE_WORD that was read; else NULL */
};

struct material {
    struct material_file *files; /* in the order they were added */
    size_t count, capacity;
};

void material_add(struct material *material, const struct tree_node *node, const char *name);
/* All usable files of a folder, then those of its sub-folders; the others are refused. */
void material_add_folder(struct material *material, const struct tree *tree,
                         const struct tree_node *folder, struct reject_list *rejects);
void material_finish(struct material *material);

/* Reads its Word files: before anything else is asked of them. */
void material_read_words(struct material *material, const struct tree *tree, struct words *words,
                         struct reject_list *rejects);
/* The title of the file added first, if that is a Word file that has one; lent. NULL: none. */
const char *material_title(const struct material *material);
/* A Word file's title that the case is not called by begins its text. */
void material_keep_titles(struct material *material, const char *title);

/* What the 信息.txt and the forms of the material say, the former last; *info starts zeroed. */
void material_read_info(const struct material *material, const struct tree *tree, struct info *info,
                        struct reject_list *rejects);
/* The texts as paragraphs, 正文 first, of forms only where there is no other; the caller's, "" if
 * there are none. tidy NULL: as they are typed. */
char *material_read_body(const struct material *material, const struct tree *tree,
                         struct tidy *tidy, struct reject_list *rejects);
/* The file that is the case's code, the caller's; NULL: there is none. Further ones are refused. */
struct manifest_asset *material_find_code(const struct material *material, const struct tree *tree,
                                          struct reject_list *rejects);
/* The pictures and videos but the code, 封面 first, then those of texts, with captions, which a
 * caption like the title is not. label names the case where there are too many. *assets and its
 * texts are the caller's. */
void material_list_assets(const struct material *material, const struct tree *tree,
                          const char *title, const char *label, struct manifest_asset **assets,
                          size_t *count, struct reject_list *rejects);
