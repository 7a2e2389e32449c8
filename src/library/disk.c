#include "library/disk.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/fs.h"
#include "base/memory.h"

static bool may_write(void) {
    if (!fs_sync_has_failed())
        return true;
    errno = EIO;
    return false;
}

static ssize_t guarded_write(int fd, const void *bytes, size_t size) {
    return may_write() ? write(fd, bytes, size) : -1;
}

static ssize_t guarded_pwrite(int fd, const void *bytes, size_t size, off_t offset) {
    return may_write() ? pwrite(fd, bytes, size, offset) : -1;
}

static int guarded_ftruncate(int fd, off_t size) {
    return may_write() ? ftruncate(fd, size) : -1;
}

static int guarded_unlink(const char *path) {
    return may_write() ? unlink(path) : -1;
}

/* SQLite ignores how the fsync of a folder ends, so it is done here, and SQLite, told that there is
 * no such folder, goes on without. */
static int sync_folder(const char *file, int *fd) {
    const char *name = path_name(file);
    char *folder = name == file ? xstrdup(".") : xstrndup(file, (size_t)(name - file));
    fs_sync_dir(folder);
    free(folder);
    *fd = -1;
    return SQLITE_CANTOPEN;
}

void disk_guard(void) {
    static const struct {
        const char *name; /* os_unix.c's */
        sqlite3_syscall_ptr call;
    } calls[] = {{"write", (sqlite3_syscall_ptr)guarded_write},
                 {"pwrite", (sqlite3_syscall_ptr)guarded_pwrite},
                 {"pwrite64", (sqlite3_syscall_ptr)guarded_pwrite},
                 {"ftruncate", (sqlite3_syscall_ptr)guarded_ftruncate},
                 {"unlink", (sqlite3_syscall_ptr)guarded_unlink},
                 {"openDirectory", (sqlite3_syscall_ptr)sync_folder}};
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    for (size_t i = 0; vfs && vfs->xSetSystemCall && i < sizeof calls / sizeof *calls; i++)
        vfs->xSetSystemCall(vfs, calls[i].name, calls[i].call);
}
