/* words.h: the Word files of one import, and a folder in which their pictures lie until it ends */
#pragma once

#include "ingest/document.h"

struct words {
    struct nursery *nursery; /* of the helper `document`; lent */
    char *folder;            /* owned; made when the first file is read */
    unsigned count;
};

/* What an earlier run left in folder is removed. */
void words_open(struct words *words, struct nursery *nursery, const char *folder);
void words_close(struct words *words); /* removes the folder; zeroed is fine */
/* path: a name may stand for something else by now, so nothing here can block. False: *reject and
 * *detail (the caller's, may be NULL) say why. */
bool words_read(struct words *words, const char *path, struct docx_text *text, enum reject *reject,
                char **detail);
