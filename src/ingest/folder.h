/* folder.h: a plain folder by the convention of DESIGN.md → a manifest
 *
 *   党建引领/标题（学校）/正文.docx | *.txt | *.md     正文 first, then further texts in natural
 * order 信息.txt            see info.h; what it says wins over names 01 说明.jpg …       封面
 * first, natural order, those of sub-folders last 二维码.png          the case's code, never one of
 * its pictures 通知/, 紧急通知/                          notices, each as a case is
 *
 * Where a unit's folder is found:
 *   - The path given may be above the units (any number of levels), a unit's folder, a case's
 *     folder, or a single file, which is a case of its own named after the file. For the last two
 *     the unit comes from the nearest folder above (realpath).
 *   - Inside a unit, folders are cases, with all their sub-folders. A folder that holds no file
 *     itself but folders with texts, or folders named after units, only groups (2026/, 第一批/), as
 *     long as none of them is called 图片, 照片, images or the like.
 *   - Under no unit, a folder with texts or pictures is refused once, unless its 信息.txt says
 * 单元. Where such are wanted all the same (has_unit, unitless), a folder is a case with its
 *     sub-folders, and the path given is as a unit's folder.
 * Files directly in a unit's folder:
 *   - Each text with a name of its own is a case titled by it (a Word file by its own title); the
 *     pictures whose names begin with that name are its pictures.
 *   - 正文.txt, 信息.txt, 图片/ and the other pictures belong to the only such text if there is
 * just one; else they are one case, titled by 信息.txt or by the unit (the folder, under none).
 *
 * Never opened: FIFOs, devices, sockets, links to folders. Passed over in silence: hidden files and
 * what Windows, macOS and Office leave behind (Thumbs.db, ._*, ~$*). */
#pragma once

#include <stdbool.h>

#include "ingest/manifest.h"
#include "ingest/words.h"

struct folder_options {
    const char *site_school; /* of cases that name none; "" or NULL: 本校 */
    bool (*school_known)(void *user, const char *name); /* may be NULL; name is normalised */
    void *user;
    struct words *words;         /* reads Word files; NULL: they are refused */
    const char *const *released; /* as door_release */
    bool tidy; /* texts are put right (tidy.h); never an id, which is made of what is typed */
    const char *shown; /* the zip file that was unpacked to path (tree.h); NULL: none was */
    bool parts_apart;  /* bundles and zip files are the caller's matter (parts.h): passed over */
    bool has_unit;     /* what lies under no unit is taken, into this one */
    enum unit unit;
    bool unitless; /* what lies under no unit is in the manifest, marked so */
    /* Hears of each case before its files are read; false: the rest is left. May be NULL. */
    bool (*on_case)(void *user, const char *label);
    size_t *files; /* gets the number of entries that were met; may be NULL */
};

/* Adds what is at path to the manifest: cases in natural order of their folders, and a reject for
 * whatever is not taken. May be called for several paths one after another. A manifest case's path
 * is fit for messages; an asset's is the bytes to open, relative if path is. One thread. */
void folder_read(const char *path, const struct folder_options *options, struct manifest *manifest);
