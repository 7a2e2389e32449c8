/* shim: makes the Nth call of a kind fail, in a process and in what it starts (LD_PRELOAD)
 *
 * The environment says what and when (README.md has the table):
 *   FENGCAI_SHIM          a file of sizeof(struct shared), shared by all processes of the tree
 *   FENGCAI_SHIM_PROGRAM  only in programs of this name (comm); others pass
 *   FENGCAI_SHIM_CLASS    kinds of call, by names separated by commas
 *   FENGCAI_SHIM_NTH      which call of these kinds; 0: none, they are only counted
 *   FENGCAI_SHIM_ERRNO    a number
 *   FENGCAI_SHIM_MODE     once | on (from then on) | short (half of it, then on) | kill
 * Calls on a regular file or a folder count, those on terminals, pipes and sockets do not: they are
 * no disk. stdio writes inside of libc, where nothing can be put between; so a stream that is
 * opened for writing here is one of ours (fopencookie), whose writes are seen.
 *
 * After an fsync that failed, what the same process still writes is counted ("late").
 *
 *   FENGCAI_SHIM_HASTE    set: who waits for several descriptors waits 20 ms at most, and the
 *                         monotonic clock is moved on by the rest; who would wait for longer than
 *                         ten seconds is idle and gets SIGTERM */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <dlfcn.h>

#define MAX_STREAMS 64 /* of ours at a time; a program has two or three */
#define HASTE_MS    20
#define IDLE_MS     10000

/* The order of faults.py's KINDS. */
enum kind {
    KIND_WRITE,
    KIND_FSYNC,
    KIND_RENAME,
    KIND_OPEN,
    KIND_MKDIR,
    KIND_TRUNCATE,
    KIND_UNLINK,
    KIND_MALLOC,
    KIND_COUNT
};
static const char *const names[KIND_COUNT] = {"write", "fsync",    "rename", "open",
                                              "mkdir", "truncate", "unlink", "malloc"};

enum mode { MODE_ONCE, MODE_ON, MODE_SHORT, MODE_KILL };

/* What faults.py reads (struct.unpack): eight counts, then these. */
struct shared {
    _Atomic int64_t counts[KIND_COUNT];
    _Atomic int64_t chosen; /* calls of the chosen kinds */
    _Atomic int64_t failed; /* that were made to fail */
    _Atomic int64_t broken; /* process whose fsync was made to fail; 0: none */
    _Atomic int64_t late;   /* what it wrote after that */
    char what[256], late_what[256];
};

static struct shared *shared; /* NULL: everything passes */
static bool chosen[KIND_COUNT];
static int64_t nth;
static int error = EIO;
static enum mode mode;
static bool haste;

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

#define REAL(type, name) ((type)dlsym(RTLD_NEXT, name))

static int64_t number(const char *name) {
    const char *text = getenv(name);
    return text ? strtoll(text, NULL, 10) : 0;
}

static bool is_chosen_program(void) {
    const char *wanted = getenv("FENGCAI_SHIM_PROGRAM");
    return !wanted || strcmp(wanted, program_invocation_short_name) == 0;
}

static void choose(void) {
    static const char *const modes[] = {"once", "on", "short", "kill"};
    const char *kinds = getenv("FENGCAI_SHIM_CLASS"), *how = getenv("FENGCAI_SHIM_MODE");
    for (int i = 0; kinds && i < KIND_COUNT; i++) {
        const char *at = strstr(kinds, names[i]);
        chosen[i] = at != NULL;
    }
    for (int i = 0; how && i < 4; i++)
        if (strcmp(how, modes[i]) == 0)
            mode = (enum mode)i;
    nth = number("FENGCAI_SHIM_NTH");
    if (getenv("FENGCAI_SHIM_ERRNO"))
        error = (int)number("FENGCAI_SHIM_ERRNO");
}

__attribute__((constructor)) static void start(void) {
    const char *path = getenv("FENGCAI_SHIM");
    if (!path || !is_chosen_program())
        return;
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC);
    void *map =
        fd < 0 ? MAP_FAILED : mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (fd >= 0)
        close(fd);
    choose();
    haste = getenv("FENGCAI_SHIM_HASTE") != NULL;
    if (map != MAP_FAILED)
        shared = map;
}

/* "write /path/of/it", for the report. */
static void name_call(char *text, enum kind kind, int fd, const char *path) {
    char link[32], target[200] = "";
    if (!path && fd >= 0) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        ssize_t size = readlink(link, target, sizeof target - 1);
        target[size > 0 ? size : 0] = '\0';
    }
    snprintf(text, 256, "%s %s", names[kind], path ? path : target);
}

/* Live state (keeper.json) is never synced and lies in a file system of its own. */
static bool is_lasting(const char *what) {
    return !strstr(what, "/run/");
}

static void note_late(enum kind kind, int fd, const char *path) {
    char what[256];
    if (kind == KIND_UNLINK || kind == KIND_MALLOC || kind == KIND_FSYNC)
        return;
    name_call(what, kind, fd, path);
    if (is_lasting(what) && atomic_fetch_add(&shared->late, 1) == 0)
        memcpy(shared->late_what, what, sizeof what);
}

enum verdict { PASS, FAIL, HALF, DIE };

static enum verdict judge(enum kind kind, int fd, const char *path) {
    if (!shared)
        return PASS;
    atomic_fetch_add(&shared->counts[kind], 1);
    int64_t broken = atomic_load(&shared->broken);
    if (broken && broken == getpid())
        note_late(kind, fd, path);
    if (!chosen[kind])
        return PASS;
    int64_t at = atomic_fetch_add(&shared->chosen, 1) + 1;
    if (!nth || at < nth || (mode == MODE_ONCE && at > nth))
        return PASS;
    if (at == nth && kind != KIND_MALLOC)
        name_call(shared->what, kind, fd, path);
    atomic_fetch_add(&shared->failed, 1);
    if (mode == MODE_KILL)
        return kind == KIND_WRITE ? HALF : DIE;
    if (kind == KIND_FSYNC)
        atomic_store(&shared->broken, getpid());
    return mode == MODE_SHORT && at == nth && kind == KIND_WRITE ? HALF : FAIL;
}

static void die(void) {
    kill(getpid(), SIGKILL);
}

static bool passes(enum kind kind, int fd, const char *path) {
    enum verdict verdict = judge(kind, fd, path);
    if (verdict == DIE)
        die();
    if (verdict == PASS)
        return true;
    errno = error;
    return false;
}

static bool is_disk(int fd) {
    struct stat st;
    return shared && fstat(fd, &st) == 0 && (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode));
}

/* ---- writing */

/* offset -1: at the position. */
static ssize_t do_write(int fd, const void *bytes, size_t size, off_t offset) {
    return offset < 0 ? syscall(SYS_write, fd, bytes, size)
                      : syscall(SYS_pwrite64, fd, bytes, size, offset);
}

static ssize_t write_or_not(int fd, const void *bytes, size_t size, off_t offset) {
    if (!is_disk(fd))
        return do_write(fd, bytes, size, offset);
    enum verdict verdict = judge(KIND_WRITE, fd, NULL);
    if (verdict == FAIL) {
        errno = error;
        return -1;
    }
    ssize_t written = do_write(fd, bytes, verdict == HALF ? (size + 1) / 2 : size, offset);
    if (verdict == HALF && mode == MODE_KILL)
        die();
    return written;
}

ssize_t write(int fd, const void *bytes, size_t size) {
    return write_or_not(fd, bytes, size, -1);
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset) {
    return write_or_not(fd, bytes, size, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off_t offset) {
    return write_or_not(fd, bytes, size, offset);
}

int fsync(int fd) {
    return passes(KIND_FSYNC, fd, NULL) ? (int)syscall(SYS_fsync, fd) : -1;
}

int fdatasync(int fd) {
    return passes(KIND_FSYNC, fd, NULL) ? (int)syscall(SYS_fdatasync, fd) : -1;
}

int ftruncate(int fd, off_t size) {
    return passes(KIND_TRUNCATE, fd, NULL) ? (int)syscall(SYS_ftruncate, fd, size) : -1;
}

int ftruncate64(int fd, off_t size) {
    return ftruncate(fd, size);
}

/* ---- names */

int rename(const char *from, const char *to) {
    return passes(KIND_RENAME, -1, to) ? (int)syscall(SYS_rename, from, to) : -1;
}

int renameat(int from_fd, const char *from, int to_fd, const char *to) {
    return passes(KIND_RENAME, -1, to) ? (int)syscall(SYS_renameat, from_fd, from, to_fd, to) : -1;
}

int mkdir(const char *path, mode_t mask) {
    return passes(KIND_MKDIR, -1, path) ? (int)syscall(SYS_mkdir, path, mask) : -1;
}

int mkdirat(int fd, const char *path, mode_t mask) {
    return passes(KIND_MKDIR, fd, path) ? (int)syscall(SYS_mkdirat, fd, path, mask) : -1;
}

char *mkdtemp(char *template) {
    if (!passes(KIND_MKDIR, -1, template))
        return NULL;
    return REAL(char *(*)(char *), "mkdtemp")(template);
}

int unlink(const char *path) {
    return passes(KIND_UNLINK, -1, path) ? (int)syscall(SYS_unlink, path) : -1;
}

int unlinkat(int fd, const char *path, int flags) {
    return passes(KIND_UNLINK, -1, path) ? (int)syscall(SYS_unlinkat, fd, path, flags) : -1;
}

/* ---- opening */

static int open_or_not(int fd, const char *path, int flags, mode_t mask) {
    bool makes = (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE;
    if (error == ENOSPC && (flags & O_TMPFILE) != O_TMPFILE && access(path, F_OK) == 0)
        makes = false; /* what is there needs no space */
    if (makes && strcmp(path, "/dev/null") != 0 && !passes(KIND_OPEN, -1, path))
        return -1;
    return (int)syscall(SYS_openat, fd, path, flags, mask);
}

static mode_t mask_of(int flags, va_list more) {
    return (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(more, mode_t) : 0;
}

#define OPEN(fd)                                                                                   \
    va_list more;                                                                                  \
    va_start(more, flags);                                                                         \
    mode_t mask = mask_of(flags, more);                                                            \
    va_end(more);                                                                                  \
    return open_or_not(fd, path, flags, mask)

int open(const char *path, int flags, ...) {
    OPEN(AT_FDCWD);
}

int open64(const char *path, int flags, ...) {
    OPEN(AT_FDCWD);
}

int openat(int fd, const char *path, int flags, ...) {
    OPEN(fd);
}

int openat64(int fd, const char *path, int flags, ...) {
    OPEN(fd);
}

/* What _FORTIFY_SOURCE makes of an open without a mode. */
int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);
int __openat_2(int fd, const char *path, int flags);

int __open_2(const char *path, int flags) {
    return open_or_not(AT_FDCWD, path, flags, 0);
}

int __open64_2(const char *path, int flags) {
    return open_or_not(AT_FDCWD, path, flags, 0);
}

int __openat_2(int fd, const char *path, int flags) {
    return open_or_not(fd, path, flags, 0);
}

int mkostemp(char *template, int flags) {
    if (!passes(KIND_OPEN, -1, template))
        return -1;
    return REAL(int (*)(char *, int), "mkostemp")(template, flags);
}

int mkostemp64(char *template, int flags) {
    return mkostemp(template, flags);
}

/* ---- stdio: a stream for writing becomes one of ours */

struct stream {
    FILE *file;
    int fd;
};
static struct stream streams[MAX_STREAMS];

static struct stream *find_stream(const FILE *file) {
    for (size_t i = 0; i < MAX_STREAMS; i++)
        if (streams[i].file == file)
            return streams + i;
    return NULL;
}

static ssize_t cookie_write(void *user, const char *bytes, size_t size) {
    ssize_t written = write(((struct stream *)user)->fd, bytes, size);
    return written < 0 ? 0 : written; /* fopencookie(3): 0 is an error */
}

static int cookie_close(void *user) {
    struct stream *stream = user;
    int fd = stream->fd;
    stream->file = NULL;
    return close(fd);
}

/* Another thread may do the same; a test that needs it gets a mutex. */
static FILE *make_stream(int fd) {
    static const cookie_io_functions_t functions = {.write = cookie_write, .close = cookie_close};
    struct stream *stream = find_stream(NULL);
    if (!stream)
        abort();
    stream->fd = fd;
    stream->file = fopencookie(stream, "w", functions);
    return stream->file;
}

static bool writes(const char *how) {
    return how[0] == 'w' && !strchr(how, '+');
}

FILE *fopen(const char *path, const char *how) {
    if (!shared || !writes(how))
        return REAL(FILE * (*)(const char *, const char *), "fopen")(path, how);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | (strchr(how, 'e') ? O_CLOEXEC : 0), 0666);
    return fd < 0 ? NULL : make_stream(fd);
}

FILE *fopen64(const char *path, const char *how) {
    return fopen(path, how);
}

FILE *fdopen(int fd, const char *how) {
    if (!writes(how) || !is_disk(fd))
        return REAL(FILE * (*)(int, const char *), "fdopen")(fd, how);
    return make_stream(fd);
}

int fileno(FILE *file) {
    struct stream *stream = shared ? find_stream(file) : NULL;
    return stream ? stream->fd : REAL(int (*)(FILE *), "fileno")(file);
}

/* ---- waiting */

static _Atomic int64_t skipped_ms; /* that the clock was moved on instead of waiting */

int poll(struct pollfd *fds, nfds_t count, int timeout_ms) {
    int (*real)(struct pollfd *, nfds_t, int) = REAL(int (*)(struct pollfd *, nfds_t, int), "poll");
    if (!haste || count < 2 || (timeout_ms >= 0 && timeout_ms <= HASTE_MS))
        return real(fds, count, timeout_ms);
    if (timeout_ms < 0 || timeout_ms > IDLE_MS) {
        kill(getpid(), SIGTERM);
        return real(fds, count, timeout_ms);
    }
    int ready = real(fds, count, HASTE_MS);
    if (ready == 0)
        atomic_fetch_add(&skipped_ms, timeout_ms - HASTE_MS);
    return ready;
}

int clock_gettime(clockid_t id, struct timespec *time) {
    int result = (int)syscall(SYS_clock_gettime, id, time);
    if (haste && result == 0 && id == CLOCK_MONOTONIC) {
        int64_t ns = time->tv_nsec + atomic_load(&skipped_ms) * 1000000;
        time->tv_sec += ns / 1000000000;
        time->tv_nsec = ns % 1000000000;
    }
    return result;
}

/* ---- memory */

void *malloc(size_t size) {
    return passes(KIND_MALLOC, -1, NULL) ? __libc_malloc(size) : NULL;
}

void *calloc(size_t count, size_t size) {
    return passes(KIND_MALLOC, -1, NULL) ? __libc_calloc(count, size) : NULL;
}

void *realloc(void *old, size_t size) {
    return passes(KIND_MALLOC, -1, NULL) ? __libc_realloc(old, size) : NULL;
}
