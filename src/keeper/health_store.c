/* The checks of what is stored, and their cures. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "ingest/import.h"
#include "ingest/recovery.h"
#include "ingest/request.h"
#include "keeper/health_check.h"
#include "library/inventory.h"
#include "library/media.h"
#include "library/reader.h"
#include "library/recover.h"

#define MOST_SAID 10 /* of a kind; the rest is counted */

/* ------------------------------------------------------------------ permissions */

#define FOLDERS 4
#define PLACES  9

/* The folders first; runtime may lie anywhere. */
static void list_places(const struct paths *paths, const char *places[PLACES]) {
    const char *const all[PLACES] = {paths->state,    paths->media,   paths->staging,
                                     paths->requests, paths->library, paths->backup,
                                     paths->ledger,   paths->station, paths->clock};
    memcpy((void *)places, (const void *)all, sizeof all);
}

static void check_place(const char *path, const struct stat *st, uid_t owner, struct str *said) {
    if (st->st_mode & S_IWOTH)
        str_addf(said, "%s: 任何用户都能改写 (anybody may write to it)\n", path);
    if (st->st_uid != owner)
        str_addf(said, "%s: 属主 %u 与数据目录的 %u 不同 (another owner than the state's)\n", path,
                 (unsigned)st->st_uid, (unsigned)owner);
    if (access(path, S_ISDIR(st->st_mode) ? R_OK | W_OK | X_OK : R_OK | W_OK) != 0)
        str_addf(said, "%s: 不能读写 (cannot be read and written): %s\n", path, strerror(errno));
}

enum verdict check_permissions(const struct patient *patient, struct str *said) {
    const char *places[PLACES];
    struct stat state, st;
    list_places(patient->paths, places);
    if (stat(patient->paths->state, &state) != 0) {
        str_addf(said, "%s: %s\n", patient->paths->state, strerror(errno));
        return VERDICT_BAD;
    }
    for (size_t i = 0; i < PLACES; i++)
        if (stat(places[i], &st) == 0)
            check_place(places[i], &st, state.st_uid, said);
        else if (i < FOLDERS || errno != ENOENT)
            str_addf(said, "%s: %s\n", places[i], strerror(errno));
    return said->size ? VERDICT_BAD : VERDICT_GOOD;
}

void cure_permissions(const struct patient *patient) {
    const char *places[PLACES];
    struct stat st;
    paths_make(patient->paths);
    list_places(patient->paths, places);
    for (size_t i = 0; i < PLACES; i++)
        if (stat(places[i], &st) == 0 && st.st_mode & S_IWOTH &&
            chmod(places[i], st.st_mode & 07777 & ~(mode_t)S_IWOTH) != 0)
            log_error("%s: 无法更改权限 (its mode cannot be changed): %s", places[i],
                      strerror(errno));
}

/* ------------------------------------------------------------------ databases */

static enum verdict say_result(const char *path, enum db_result result, struct str *said) {
    switch (result) {
    case DB_DONE:
    case DB_MISSING:
        return VERDICT_GOOD;
    case DB_DAMAGED:
        str_addf(said, "%s: 已损坏 (damaged)\n", path);
        return VERDICT_BAD;
    case DB_NEWER:
        str_addf(said, "%s: 由更新版本的程序写成 (written by a newer version)\n", path);
        return VERDICT_BAD;
    case DB_UNREADY:
        str_addf(said,
                 "%s: 上次没有正常结束，后台启动时会恢复 (the keeper recovers it at its start)\n",
                 path);
        return VERDICT_WARNING;
    case DB_BUSY:
        str_addf(said, "%s: 正被占用 (in use)\n", path);
        return VERDICT_WARNING;
    case DB_FULL:
    case DB_FAILED:
        break;
    }
    str_addf(said, "%s: 无法读取 (cannot be read)\n", path);
    return VERDICT_BAD;
}

static enum verdict check_library(const struct paths *paths, struct str *said) {
    enum db_result result = recover_check(paths->library);
    if (result == DB_DONE) /* whole: is it of a schema that can be read? */
        inventory_close(inventory_open(paths->library, &result));
    return say_result(paths->library, result, said);
}

static enum verdict check_ledger(const struct paths *paths, struct str *said) {
    enum db_result result = recover_check(paths->ledger);
    struct ledger *ledger =
        result == DB_DONE ? ledger_open(paths->ledger, DB_READ_WAITING, &result) : NULL;
    enum verdict verdict = say_result(paths->ledger, result, said);
    int64_t bad_row = 0;
    if (ledger && !ledger_verify(ledger, &bad_row)) {
        verdict = say_result(paths->ledger, DB_FAILED, said);
    } else if (bad_row) {
        str_addf(said,
                 "%s: 回执链在第 %lld 行断开，有人改过它，请保留原件 (the chain is broken at row "
                 "%lld: somebody changed it, keep the file)\n",
                 paths->ledger, (long long)bad_row, (long long)bad_row);
        verdict = VERDICT_BAD;
    }
    ledger_close(ledger);
    return verdict;
}

enum verdict check_databases(const struct patient *patient, struct str *said) {
    const struct paths *paths = patient->paths;
    enum verdict verdict = verdict_worse(check_library(paths, said), check_ledger(paths, said));
    verdict =
        verdict_worse(verdict, say_result(paths->station, recover_check(paths->station), said));
    return verdict_worse(verdict, say_result(paths->backup, recover_check(paths->backup), said));
}

/* The copy is made anew by the keeper's next check. */
void cure_databases(const struct patient *patient) {
    const struct paths *paths = patient->paths;
    struct library *library = NULL;
    struct ledger *ledger = NULL;
    if (recovery_open(paths, &library, &ledger, NULL))
        recovery_check(paths, &library, &ledger);
    library_close(library);
    ledger_close(ledger);
    if (recover_check(paths->station) == DB_DAMAGED)
        recover_aside(paths->station);
    if (recover_check(paths->backup) == DB_DAMAGED && unlink(paths->backup) == 0)
        log_warning("%s: 已损坏，已删除 (damaged: removed)", paths->backup);
}

/* ------------------------------------------------------------------ media */

struct file_list {
    struct rendition *files;
    size_t count, room;
};

static void add_file(void *user, const struct rendition *rendition) {
    struct file_list *list = user;
    if (list->count == list->room) {
        list->room = list->room ? list->room * 2 : 256;
        list->files = xrealloc(list->files, list->room, sizeof *list->files);
    }
    list->files[list->count++] = *rendition;
}

enum fault { FAULT_NONE, FAULT_MISSING, FAULT_SIZE, FAULT_CONTENT };

static enum fault look_at(int fd, const struct rendition *rendition, bool quick) {
    struct stat st;
    struct hash hash;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size != rendition->bytes)
        return FAULT_SIZE;
    bool same = quick || (fs_hash(fd, &hash) && hash_equal(hash, rendition->hash));
    return same ? FAULT_NONE : FAULT_CONTENT;
}

static enum fault fault_of(const char *path, const struct rendition *rendition, bool quick) {
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? FAULT_MISSING : FAULT_CONTENT;
    enum fault fault = look_at(fd, rendition, quick);
    close(fd);
    return fault;
}

/* on_fault hears of each file that is not as it should be. Else than DB_DONE: the library cannot be
 * read. */
static enum db_result
walk_media(const struct patient *patient,
           void (*on_fault)(void *user, struct inventory *inventory, const char *path,
                            const struct rendition *rendition, enum fault fault),
           void *user) {
    enum db_result result = DB_DONE;
    struct file_list list = {0};
    struct inventory *inventory = inventory_open(patient->paths->library, &result);
    if (inventory && !inventory_each(inventory, add_file, &list))
        result = DB_FAILED;
    for (size_t i = 0; result == DB_DONE && i < list.count; i++) {
        char *path = rendition_path(patient->paths->media, list.files + i);
        enum fault fault = fault_of(path, list.files + i, patient->quick);
        if (fault != FAULT_NONE)
            on_fault(user, inventory, path, list.files + i, fault);
        free(path);
    }
    free(list.files);
    inventory_close(inventory);
    return result;
}

static const char *const fault_texts[] = {
    [FAULT_MISSING] = "不见了 (missing)",
    [FAULT_SIZE] = "大小不对 (of another size)",
    [FAULT_CONTENT] = "内容已损坏 (its content is damaged)",
};

struct faults {
    struct str *said;
    size_t count;
};

static void add_id(void *user, const char *id) {
    struct str *ids = user;
    str_addf(ids, "%s%s", ids->size ? "、" : "", id);
}

/* A file that nothing shows any more was swept meanwhile. */
static void say_fault(void *user, struct inventory *inventory, const char *path,
                      const struct rendition *rendition, enum fault fault) {
    struct faults *faults = user;
    struct str ids = {0};
    inventory_each_case(inventory, rendition->hash, add_id, &ids);
    if (ids.size && faults->count++ < MOST_SAID)
        str_addf(faults->said, "%s: %s；案例 (cases) %s\n", path, fault_texts[fault], ids.data);
    str_finish(&ids);
}

enum verdict check_media(const struct patient *patient, struct str *said) {
    struct faults faults = {.said = said};
    enum db_result result = walk_media(patient, say_fault, &faults);
    if (result != DB_DONE && result != DB_MISSING) {
        str_add(said, "案例库无法读取，没有核对 (the library cannot be read: not compared)\n");
        return result == DB_UNREADY || result == DB_BUSY ? VERDICT_WARNING : VERDICT_BAD;
    }
    if (faults.count > MOST_SAID)
        str_addf(said, "共 %zu 个文件 (files in all: %zu)\n", faults.count, faults.count);
    return faults.count ? VERDICT_BAD : VERDICT_GOOD;
}

static void remove_fault(void *user, struct inventory *inventory, const char *path,
                         const struct rendition *rendition, enum fault fault) {
    (void)user;
    (void)inventory;
    (void)rendition;
    if (fault != FAULT_MISSING && unlink(path) != 0)
        log_error("%s: 无法删除 (cannot remove): %s", path, strerror(errno));
    else if (fault != FAULT_MISSING)
        log_warning("%s: 已损坏，已删除 (damaged: removed)", path);
}

void cure_media(const struct patient *patient) {
    walk_media(patient, remove_fault, NULL);
}

/* ------------------------------------------------------------------ orphans */

struct orphans {
    struct inventory *inventory; /* NULL: no library, nothing is known */
    size_t count;
};

static enum media_verdict count_orphan(void *user, struct hash hash) {
    struct orphans *orphans = user;
    bool known = false;
    if (orphans->inventory && !inventory_knows(orphans->inventory, hash, &known))
        return MEDIA_STOP;
    orphans->count += !known;
    return MEDIA_KEEP;
}

static void check_unused(const struct paths *paths, struct str *said) {
    enum db_result result = DB_DONE;
    int64_t files = 0, bytes = 0;
    struct orphans orphans = {.inventory = inventory_open(paths->library, &result)};
    if ((orphans.inventory || result == DB_MISSING) && fs_is_dir(paths->media) &&
        media_sweep(paths->media, count_orphan, &orphans, &files, &bytes) && orphans.count)
        str_addf(said, "%s: %zu 个文件没有登记 (files without a row)\n", paths->media,
                 orphans.count);
    inventory_close(orphans.inventory);
}

static size_t count_names(const char *folder, const char *end) {
    size_t count = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        count += entry->d_name[0] != '.' && text_ends(entry->d_name, end);
    if (dir)
        closedir(dir);
    return count;
}

/* While a keeper is at work these are its own. */
static void check_left(const struct paths *paths, struct str *said) {
    size_t staged = count_names(paths->staging, ""), doing = count_names(paths->requests, ".doing");
    if (staged)
        str_addf(said, "%s: %zu 项残留 (left over)\n", paths->staging, staged);
    if (doing)
        str_addf(said, "%s: %zu 个请求没有做完 (requests that were not finished)\n",
                 paths->requests, doing);
}

enum verdict check_orphans(const struct patient *patient, struct str *said) {
    if (!patient->alone)
        return VERDICT_GOOD;
    check_unused(patient->paths, said);
    check_left(patient->paths, said);
    return said->size ? VERDICT_WARNING : VERDICT_GOOD;
}

void cure_orphans(const struct patient *patient) {
    struct door *door = door_open(patient->paths, patient->config, NULL);
    if (!door)
        return;
    request_clear(patient->paths);
    door_sweep(door);
    door_close(door);
}
