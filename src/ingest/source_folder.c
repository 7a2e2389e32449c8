#include "ingest/source_folder.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/str.h"

char *source_folder_path(const struct paths *paths, const char *name) {
    return path_join(paths->feeds, name, NULL);
}

bool source_folder_make(const char *folder, bool media) {
    char *inner = path_join(folder, BUNDLE_MEDIA, NULL);
    bool good = fs_make_dirs(media ? inner : folder);
    free(inner);
    return good;
}

bool source_folder_pending(const struct paths *paths, const char *name) {
    char *media = path_join(paths->feeds, name, BUNDLE_MEDIA, NULL);
    bool pending = fs_is_dir(media);
    free(media);
    return pending;
}

void source_folder_settle(const char *folder) {
    char *media = path_join(folder, BUNDLE_MEDIA, NULL);
    fs_remove_tree(media);
    free(media);
}

static bool is_listed(const struct bundle *bundle, const char *name) {
    bool listed = false;
    for (size_t i = 0; !listed && i < bundle->head.page_count; i++) {
        char *path = bundle_page_path(bundle, i);
        listed = strcmp(path_name(path), name) == 0;
        free(path);
    }
    return listed;
}

void source_folder_tidy(const char *folder, const struct bundle *bundle) {
    DIR *dir = opendir(folder);
    for (const struct dirent *entry; dir && (entry = readdir(dir));)
        if (text_starts(entry->d_name, "page-") && !is_listed(bundle, entry->d_name))
            unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir)
        closedir(dir);
}
