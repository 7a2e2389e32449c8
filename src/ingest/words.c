#include "ingest/words.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/memory.h"
#include "ingest/stage.h"

void words_open(struct words *words, struct nursery *nursery, const char *folder) {
    *words = (struct words){.nursery = nursery, .folder = xstrdup(folder)};
    fs_remove_tree(folder);
}

void words_close(struct words *words) {
    if (words->folder)
        fs_remove_tree(words->folder);
    free(words->folder);
    *words = (struct words){0};
}

bool words_read(struct words *words, const char *path, struct docx_text *text, enum reject *reject,
                char **detail) {
    *detail = NULL;
    *reject = REJECT_UNREADABLE;
    int source = stage_open_source(path);
    if (source < 0)
        return false;
    *reject = REJECT_DISK;
    char *prefix = xasprintf("%05u-", ++words->count);
    bool good = fs_make_dirs(words->folder) &&
                document_docx(words->nursery, source, words->folder, prefix, text, reject, detail);
    free(prefix);
    close(source);
    return good;
}
