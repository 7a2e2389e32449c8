/* zip: writes a folder as a zip file, the same bytes for the same folder; started by `fengcai pack`
 * usage: zip FOLDER OUT */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"

/* Limits, each with its reason. */
#define MAX_DEPTH 8     /* a bundle has two levels */
#define MAX_FILES 65534 /* one more needs zip64, which no door takes */
#define PIECE     65536
#define EPOCH     315532800 /* 1980-01-01, the first day that a zip file knows */

struct names {
    char **at; /* owned; below the folder */
    size_t count;
};

static bool complain(const char *name, const char *why) {
    log_error("%s: %s", name, why);
    return false;
}

static void add_name(struct names *names, const char *name) {
    names->at = xrealloc(names->at, names->count + 1, sizeof *names->at);
    names->at[names->count++] = xstrdup(name);
}

static bool walk(int folder, const char *below, int depth, struct names *names);

static bool walk_entry(int folder, const char *name, const char *path, int depth,
                       struct names *names) {
    struct stat st;
    if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return complain(path, strerror(errno));
    if (S_ISREG(st.st_mode)) {
        add_name(names, path);
        return names->count <= MAX_FILES || complain(path, "文件太多 (too many files)");
    }
    if (!S_ISDIR(st.st_mode))
        return complain(path, "不是普通文件 (not an ordinary file)");
    if (depth == MAX_DEPTH)
        return complain(path, "文件夹层数太多 (folders nested too deeply)");
    int inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return inner >= 0 ? walk(inner, path, depth + 1, names) : complain(path, strerror(errno));
}

/* Takes the descriptor over. below: "" or the path of the folder. */
static bool walk(int folder, const char *below, int depth, struct names *names) {
    DIR *dir = fdopendir(folder);
    bool good = dir || complain(below, strerror(errno));
    if (!dir)
        close(folder);
    for (const struct dirent *entry; good && (entry = readdir(dir));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char *path = xasprintf("%s%s%s", below, *below ? "/" : "", entry->d_name);
        good = walk_entry(folder, entry->d_name, path, depth, names);
        free(path);
    }
    if (dir)
        closedir(dir);
    return good;
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Pictures and videos are packed already. */
static bool is_text(const char *name) {
    static const char *const suffixes[] = {".json", ".minisig", ".txt"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (text_ends(name, suffixes[i]))
            return true;
    return false;
}

static bool write_header(struct archive *archive, const char *name, int64_t size) {
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname_utf8(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, size);
    archive_entry_set_mtime(entry, EPOCH, 0);
    int result = is_text(name) ? archive_write_zip_set_compression_deflate(archive)
                               : archive_write_zip_set_compression_store(archive);
    if (result == ARCHIVE_OK)
        result = archive_write_header(archive, entry);
    archive_entry_free(entry);
    return result == ARCHIVE_OK || complain(name, archive_error_string(archive));
}

/* As many bytes as the header says: a file that changes meanwhile is an error. */
static bool write_content(struct archive *archive, const char *name, int file, int64_t left) {
    static char piece[PIECE];
    for (;;) {
        ssize_t n = read(file, piece, sizeof piece);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return complain(name, strerror(errno));
        if (n > left || (n == 0 && left > 0))
            return complain(name, "文件正在改变 (the file is changing)");
        if (n == 0)
            return true;
        if (archive_write_data(archive, piece, (size_t)n) != n)
            return complain(name, archive_error_string(archive));
        left -= n;
    }
}

static bool write_file(struct archive *archive, int folder, const char *name) {
    struct stat st;
    int file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0 || fstat(file, &st) != 0) {
        complain(name, strerror(errno));
        if (file >= 0)
            close(file);
        return false;
    }
    bool good =
        write_header(archive, name, st.st_size) && write_content(archive, name, file, st.st_size);
    close(file);
    return good;
}

static bool write_archive(int folder, const struct names *names, int out, const char *out_name) {
    struct archive *archive = archive_write_new();
    bool good = archive && archive_write_set_format_zip(archive) == ARCHIVE_OK &&
                archive_write_set_options(archive, "zip:hdrcharset=UTF-8") == ARCHIVE_OK &&
                archive_write_set_bytes_in_last_block(archive, 1) == ARCHIVE_OK &&
                archive_write_open_fd(archive, out) == ARCHIVE_OK;
    if (!good)
        complain(out_name, archive ? archive_error_string(archive) : strerror(ENOMEM));
    for (size_t i = 0; good && i < names->count; i++)
        good = write_file(archive, folder, names->at[i]);
    if (good && archive_write_close(archive) != ARCHIVE_OK)
        good = complain(out_name, archive_error_string(archive));
    archive_write_free(archive);
    return good;
}

static bool write_zip(int folder, const struct names *names, const char *out_name) {
    int out = open(out_name, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (out < 0)
        return complain(out_name, strerror(errno));
    bool good = write_archive(folder, names, out, out_name);
    if (good && fsync(out) != 0)
        good = complain(out_name, strerror(errno));
    if (close(out) != 0 && good)
        good = complain(out_name, strerror(errno));
    if (!good)
        unlink(out_name);
    return good;
}

int main(int argc, char **argv) {
    struct names names = {0};
    log_init("zip", false);
    if (argc != 3) {
        log_error("用法 (usage): zip FOLDER OUT");
        return 2;
    }
    setenv("TZ", "UTC0", 1);
    tzset();
    setlocale(LC_CTYPE, "C.UTF-8");
    int folder = open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = folder >= 0 || complain(argv[1], strerror(errno));
    good = good && walk(dup(folder), "", 0, &names);
    if (good && names.count == 0)
        good = complain(argv[1], "没有文件 (no file in it)");
    if (good) {
        qsort(names.at, names.count, sizeof *names.at, compare_names);
        good = write_zip(folder, &names, argv[2]);
    }
    for (size_t i = 0; i < names.count; i++)
        free(names.at[i]);
    free(names.at);
    if (folder >= 0)
        close(folder);
    return good ? 0 : 1;
}
