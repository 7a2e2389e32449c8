/* document.h: what is in a zip file, in HTML or in a Word file, through the jailed helper
 * libexec/fengcai/document
 *
 * None is ever parsed in the keeper. One thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ingest/nursery.h"
#include "ingest/reject.h"

struct unzip_limits {
    uint64_t bytes; /* unpacked, all together */
    uint64_t entry; /* unpacked, of one file */
    size_t entries;
    int seconds, memory_mb;
    bool head;           /* only what is read of a bundle first (bundle_name.h) … */
    uint64_t head_bytes; /* … and no more than that of it */
};

/* Unpacks the zip file at descriptor source (any position; stays open) below folder, which is there
 * and empty. on_name is asked for each file's name, as valid UTF-8 with '/' between folders,
 * already free of "..", ".", absolute and empty parts (else it is refused: zip slip), and gives
 * false for what is not wanted (which counts all the same); links and devices are never made, nor
 * folders with no file in them. Nothing is synced. Hostile or damaged: false, *reject and *detail
 * (the caller's, may be NULL) say why, and folder may hold a part, of whole files only. */
bool document_unzip(struct nursery *nursery, int source, const char *folder,
                    const struct unzip_limits *limits,
                    bool (*on_name)(void *user, const char *name), void *user, enum reject *reject,
                    char **detail);

struct document_picture {
    char *url,
        *alt; /* owned, never NULL; the address as it stands, the text normalised as a line */
};
struct document_text {
    char *text; /* paragraphs joined by '\n', normalised; owned, never NULL */
    struct document_picture *pictures; /* <img>, in order */
    size_t picture_count;
};
/* A fragment or page of HTML, UTF-8, to paragraphs: block elements and <br> part them, lists get
 * "· " or their number, the cells of a table's row are joined by 　, and script, style, noscript,
 * template, what is hidden, and comments are left out. On false text is zeroed. */
bool document_html(struct nursery *nursery, const char *html, size_t size,
                   struct document_text *text, enum reject *reject, char **detail);
void document_text_finish(struct document_text *text);

struct docx_picture {
    char *path;      /* owned: its bytes, a file below the folder given */
    char *caption;   /* owned, "" when there is none */
    int32_t crop[4]; /* cut off left, top, right, bottom, in 1/100000 of its upright side */
};
struct docx_text {
    char *title; /* as its style, place or size says; "" if nothing does; owned, never NULL */
    char *text;  /* paragraphs joined by '\n' without the title; owned, never NULL */
    char *info;  /* what a recommendation form says, in the words of 信息.txt (info.h); "" */
    struct docx_picture *pictures; /* in order */
    size_t picture_count;
};
/* A .docx file, by Word or by WPS, at descriptor source (any position; stays open). Its pictures
 * are written into folder, under names that begin with `prefix`. On false text is zeroed, and what
 * was written is removed. */
bool document_docx(struct nursery *nursery, int source, const char *folder, const char *prefix,
                   struct docx_text *text, enum reject *reject, char **detail);
void docx_text_finish(struct docx_text *text);
