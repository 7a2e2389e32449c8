#include "library/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"

static bool copy(struct db *db, const char *part) {
    sqlite3 *to = NULL;
    int code = sqlite3_open_v2(part, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    sqlite3_backup *backup =
        code == SQLITE_OK ? sqlite3_backup_init(to, "main", db->handle, "main") : NULL;
    bool good = backup && sqlite3_backup_step(backup, -1) == SQLITE_DONE;
    sqlite3_backup_finish(backup); /* NULL is fine */
    if (!good)
        log_error("%s: 备份失败 (the backup failed): %s", part, sqlite3_errmsg(to));
    return sqlite3_close(to) == SQLITE_OK && good;
}

static bool sync_file(const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && fs_sync_fd(fd, path);
    if (fd >= 0)
        close(fd);
    return good;
}

bool backup_make(struct db *db, const char *path) {
    char *part = xasprintf("%s.part", path);
    unlink(part);
    bool good = copy(db, part) && sync_file(part);
    if (good && rename(part, path) != 0) {
        log_error("%s: %s", path, strerror(errno));
        good = false;
    }
    if (good) {
        char *folder = xstrndup(path, (size_t)(path_name(path) - path));
        good = fs_sync_dir(folder);
        free(folder);
    } else {
        unlink(part);
    }
    free(part);
    return good;
}
