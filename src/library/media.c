#include "library/media.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"

static bool same_size(const char *a, const char *b) {
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && S_ISREG(x.st_mode) && x.st_size == y.st_size;
}

static bool place(const char *staged, const char *target, const char *folder) {
    if (mkdir(folder, 0755) != 0 && errno != EEXIST) {
        log_error("%s: 无法创建目录 (cannot make the directory): %s", folder, strerror(errno));
        return false;
    }
    if ((same_size(target, staged) ? unlink(staged) : rename(staged, target)) == 0)
        return true;
    log_error("%s: 无法放入媒体库 (cannot be moved to its place): %s", staged, strerror(errno));
    return false;
}

/* One role of each suffix. */
static const enum rendition_role kinds[] = {RENDITION_LARGE, RENDITION_CODE, RENDITION_VIDEO};

static enum rendition_role role_of_name(const char *name) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (text_ends(name, rendition_suffix(kinds[i])))
            return kinds[i];
    return RENDITION_LARGE;
}

/* Both folders are synced each time, also for a file that is there: whoever put it there may have
 * died before it had done so. */
bool media_admit(const char *media, const char *staged, struct hash hash) {
    const struct rendition rendition = {.role = role_of_name(staged), .hash = hash};
    char *target = rendition_path(media, &rendition);
    char *folder = xstrndup(target, (size_t)(path_name(target) - target - 1));
    bool good = place(staged, target, folder) && fs_sync_dir(folder) && fs_sync_dir(media);
    free(folder);
    free(target);
    return good;
}

bool media_has(const char *media, const struct rendition *rendition) {
    char *path = rendition_path(media, rendition);
    struct stat st;
    bool has = stat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == rendition->bytes;
    free(path);
    return has;
}

struct walk {
    enum media_verdict (*on_file)(void *user, struct hash hash);
    void *user;
    int64_t *files;
    int64_t *bytes;
};

static bool parse_name(const char *name, struct hash *hash) {
    char hex[HASH_HEX_SIZE];
    bool named = false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        named = named || (strlen(name) >= HASH_HEX_SIZE &&
                          strcmp(name + HASH_HEX_SIZE - 1, rendition_suffix(kinds[i])) == 0);
    if (!named)
        return false;
    memcpy(hex, name, HASH_HEX_SIZE - 1);
    hex[HASH_HEX_SIZE - 1] = '\0';
    return hash_parse(hex, hash);
}

static bool sweep_file(const struct walk *walk, int folder, const char *name) {
    struct hash hash;
    struct stat st;
    if (!parse_name(name, &hash))
        return true;
    enum media_verdict verdict = walk->on_file(walk->user, hash);
    if (verdict != MEDIA_REMOVE)
        return verdict == MEDIA_KEEP;
    if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0 || unlinkat(folder, name, 0) != 0) {
        log_error("%s: 无法删除 (cannot remove): %s", name, strerror(errno));
        return false;
    }
    ++*walk->files;
    *walk->bytes += st.st_size;
    return true;
}

static DIR *open_dir(int parent, const char *name) {
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (!dir && fd >= 0)
        close(fd);
    return dir;
}

static bool sweep_folder(const struct walk *walk, int media, const char *name) {
    if (strlen(name) != 2 || strspn(name, "0123456789abcdef") != 2)
        return true;
    DIR *dir = open_dir(media, name);
    if (!dir) {
        log_error("%s: %s", name, strerror(errno));
        return false;
    }
    bool good = true;
    for (struct dirent *entry; good && (entry = readdir(dir));)
        good = sweep_file(walk, dirfd(dir), entry->d_name);
    closedir(dir);
    return good;
}

bool media_sweep(const char *media, enum media_verdict (*on_file)(void *user, struct hash hash),
                 void *user, int64_t *files, int64_t *bytes) {
    const struct walk walk = {.on_file = on_file, .user = user, .files = files, .bytes = bytes};
    *files = 0;
    *bytes = 0;
    DIR *dir = opendir(media);
    if (!dir) {
        log_error("%s: %s", media, strerror(errno));
        return false;
    }
    bool good = true;
    for (struct dirent *entry; good && (entry = readdir(dir));)
        good = sweep_folder(&walk, dirfd(dir), entry->d_name);
    closedir(dir);
    return good;
}
