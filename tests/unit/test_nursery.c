/* The nursery and its jail, with this program itself as the helper: each job is a deed that a
 * taken-over decoder might try. */
#include <assert.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/time.h"
#include "helpers/jail.h"
#include "helpers/serve.h"
#include "ingest/nursery.h"

#define AS_HELPER "FENGCAI_TEST_NURSERY"

enum deed {
    DEED_COPY, /* the honest one: the source into the answer */
    DEED_STATUS,
    DEED_ABORT,
    DEED_SPIN,
    DEED_SLEEP,
    DEED_OPEN,
    DEED_SOCKET,
    DEED_FORK,
    DEED_EXEC,
    DEED_KILL,
    DEED_EXECUTABLE,
    DEED_WRITE_SOURCE,
    DEED_UNLINK,
    DEED_GREED,
    DEED_DESCRIPTORS, /* exits with how many are open besides the two and the first three */
    DEED_OPEN_TO_WRITE,
    DEED_STUBBORN_SPIN, /* deaf to SIGXCPU */
    DEED_FLOOD,         /* as much of an answer as anybody takes */
    DEED_THREAD,        /* the one thing beyond memory that a decoder may */
    DEED_CALL           /* a system call, see struct call */
};

#define PARENT INT64_C(-77777) /* an argument: the process that forked the child */

/* What stands in a request behind the deed. */
struct call {
    int64_t number, arguments[6];
};

static_assert(8 + sizeof(struct call) <= NURSERY_REQUEST_SIZE, "a request must fit");

/* Exit statuses of deeds. */
enum { REFUSED = 3, CONTAINED_NOT = 4 };

static int refused_unless(long result) {
    return result < 0 ? REFUSED : CONTAINED_NOT;
}

static int copy(int source, int answer) {
    char piece[4096];
    for (off_t at = 0;;) {
        ssize_t n = pread(source, piece, sizeof piece, at);
        if (n <= 0 || write(answer, piece, (size_t)n) != n)
            return n < 0;
        at += n;
    }
}

static int try_exec(void) {
    char program[] = "/bin/true";
    char *arguments[] = {program, NULL};
    return refused_unless(execv(program, arguments));
}

/* Of which the jobs here may have a sixty-fourth. */
static int greed(void) {
    void *memory =
        mmap(NULL, (size_t)4 << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? REFUSED : CONTAINED_NOT;
}

static int count_descriptors(void) {
    int count = 0;
    for (int fd = JAIL_ANSWER + 1; fd < 1024; fd++)
        count += lseek(fd, 0, SEEK_CUR) >= 0 || errno != EBADF;
    return count;
}

static int flood(int answer) {
    static const char piece[1 << 16];
    for (size_t i = 0; i < ((size_t)10 << 30) / sizeof piece; i++)
        if (write(answer, piece, sizeof piece) < 0)
            return REFUSED;
    return CONTAINED_NOT;
}

static void spin(void) {
    for (volatile unsigned i = 0;; i++)
        ;
}

static void *do_nothing(void *user) {
    return user;
}

static int start_thread(void) {
    pthread_t thread;
    return pthread_create(&thread, NULL, do_nothing, NULL) == 0 ? pthread_join(thread, NULL) : 1;
}

/* Only the jail's own answers count as a refusal; any other error comes from behind it. */
static int make_call(const unsigned char *request) {
    struct call call;
    memcpy(&call, request, sizeof call);
    const int64_t *with = call.arguments;
    for (size_t i = 0; i < 6; i++)
        if (with[i] == PARENT)
            call.arguments[i] = getppid();
    long result = syscall(call.number, with[0], with[1], with[2], with[3], with[4], with[5]);
    return result < 0 && (errno == EACCES || errno == ENOSYS) ? REFUSED : CONTAINED_NOT;
}

static int work(const unsigned char request[NURSERY_REQUEST_SIZE], int source, int answer) {
    static const struct timespec hour = {.tv_sec = 3600};
    switch ((enum deed)request[0]) {
    case DEED_COPY:
        return copy(source, answer);
    case DEED_STATUS:
        return request[1];
    case DEED_ABORT:
        abort();
    case DEED_SPIN:
        spin();
        return CONTAINED_NOT;
    case DEED_SLEEP:
        clock_nanosleep(CLOCK_MONOTONIC, 0, &hour, NULL);
        return CONTAINED_NOT;
    case DEED_OPEN:
        return refused_unless(open("/etc/passwd", O_RDONLY | O_CLOEXEC));
    case DEED_SOCKET:
        return refused_unless(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    case DEED_FORK:
        return refused_unless(fork());
    case DEED_EXEC:
        return try_exec();
    case DEED_KILL:
        return refused_unless(kill(getppid(), 0));
    case DEED_EXECUTABLE:
        return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
                       MAP_FAILED
                   ? REFUSED
                   : CONTAINED_NOT;
    case DEED_WRITE_SOURCE:
        return refused_unless(write(source, "x", 1));
    case DEED_UNLINK:
        return refused_unless(unlink("/tmp/fengcai-no-such-file"));
    case DEED_GREED:
        return greed();
    case DEED_DESCRIPTORS:
        return count_descriptors();
    case DEED_OPEN_TO_WRITE:
        return refused_unless(
            open("/tmp/fengcai-no-such-file", O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    case DEED_STUBBORN_SPIN:
        signal(SIGXCPU, SIG_IGN);
        spin();
        return CONTAINED_NOT;
    case DEED_FLOOD:
        return flood(answer);
    case DEED_THREAD:
        return start_thread();
    case DEED_CALL:
        return make_call(request + 8);
    }
    return 0;
}

struct fixture {
    struct nursery *nursery;
    int source; /* a file with "hello" in it, open for reading and writing */
    int leak;   /* what no helper may inherit */
};

static int set_up(void **state) {
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    char path[] = "/tmp/fengcai-nursery-XXXXXX";
    fixture->source = mkostemp(path, O_CLOEXEC);
    unlink(path);
    assert_true(write_all(fixture->source, "hello", 5));
    fixture->nursery = nursery_create("/proc/self/exe");
    fixture->leak = fcntl(fixture->source, F_DUPFD, 700); /* not close-on-exec */
    *state = fixture;
    return 0;
}

static int tear_down(void **state) {
    struct fixture *fixture = *state;
    nursery_destroy(fixture->nursery);
    close(fixture->source);
    close(fixture->leak);
    free(fixture);
    return 0;
}

static struct nursery_job job_of(enum deed deed, int seconds) {
    struct nursery_job job = {.seconds = seconds, .memory_mb = 64};
    job.request[0] = (unsigned char)deed;
    return job;
}

static struct nursery_end run_job(struct fixture *fixture, const struct nursery_job *job) {
    char byte = 0;
    assert_true(nursery_start(fixture->nursery, job, fixture->source));
    while (nursery_read(fixture->nursery, &byte, 1))
        ;
    return nursery_finish(fixture->nursery, false);
}

static struct nursery_end run(struct fixture *fixture, enum deed deed, int seconds) {
    struct nursery_job job = job_of(deed, seconds);
    return run_job(fixture, &job);
}

static void test_answer_arrives(void **state) {
    struct fixture *fixture = *state;
    struct nursery_job job = job_of(DEED_COPY, 10);
    char text[6] = "";
    assert_true(nursery_start(fixture->nursery, &job, fixture->source));
    assert_true(nursery_read(fixture->nursery, text, 5));
    assert_string_equal(text, "hello");
    assert_false(nursery_read(fixture->nursery, text, 1));
    struct nursery_end end = nursery_finish(fixture->nursery, false);
    assert_int_equal(end.kind, NURSERY_EXITED);
    assert_int_equal(end.value, 0);
}

static void test_deeds_are_contained(void **state) {
    static const struct {
        enum deed deed;
        int seconds;
        enum nursery_end_kind kind;
        int value; /* -1: any */
    } cases[] = {
        {DEED_STATUS, 10, NURSERY_EXITED, 0},
        {DEED_ABORT, 10, NURSERY_KILLED, SIGABRT},
        {DEED_SPIN, 1, NURSERY_TOO_SLOW, -1},
        {DEED_SLEEP, 1, NURSERY_TOO_SLOW, -1},
        {DEED_OPEN, 10, NURSERY_EXITED, REFUSED},
        {DEED_SOCKET, 10, NURSERY_KILLED, SIGSYS},
        {DEED_FORK, 10, NURSERY_KILLED, SIGSYS},
        {DEED_EXEC, 10, NURSERY_KILLED, SIGSYS},
        {DEED_KILL, 10, NURSERY_KILLED, SIGSYS},
        {DEED_EXECUTABLE, 10, NURSERY_KILLED, SIGSYS},
        {DEED_WRITE_SOURCE, 10, NURSERY_KILLED, SIGXFSZ},
        {DEED_UNLINK, 10, NURSERY_KILLED, SIGSYS},
        {DEED_GREED, 10, NURSERY_EXITED, REFUSED},
        {DEED_DESCRIPTORS, 10, NURSERY_EXITED, 0},
        {DEED_OPEN_TO_WRITE, 10, NURSERY_EXITED, REFUSED},
        {DEED_STUBBORN_SPIN, 1, NURSERY_TOO_SLOW, -1},
        {DEED_THREAD, 10, NURSERY_EXITED, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct nursery_end end = run(*state, cases[i].deed, cases[i].seconds);
        if (end.kind != (int)cases[i].kind || (cases[i].value >= 0 && end.value != cases[i].value))
            fail_msg("deed %d: kind %d, value %d", (int)cases[i].deed, end.kind, end.value);
        test_answer_arrives(state); /* and the next one is served */
    }
}

/* The first child of a process; 0: none. */
static pid_t child_of(pid_t parent) {
    char path[64], text[32] = "";
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)parent, (int)parent);
    FILE *file = fopen(path, "re");
    if (file) {
        if (!fgets(text, sizeof text, file))
            text[0] = '\0';
        fclose(file);
    }
    return (pid_t)strtol(text, NULL, 10);
}

/* Ambient, effective, permitted and inheritable ones; -1: it is not there. */
static long long capabilities_of(pid_t process) {
    char path[64], line[256];
    long long all = -1;
    snprintf(path, sizeof path, "/proc/%d/status", (int)process);
    FILE *file = fopen(path, "re");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, "Cap", 3) == 0 && strncmp(line, "CapBnd", 6) != 0)
            all = (all < 0 ? 0 : all) | strtoll(strchr(line, ':') + 1, NULL, 16);
    if (file)
        fclose(file);
    return all;
}

static void test_no_capabilities_are_left(void **state) {
    struct fixture *fixture = *state;
    struct nursery_job job = job_of(DEED_SLEEP, 60);
    long long left = -1;
    assert_true(nursery_start(fixture->nursery, &job, fixture->source));
    for (int i = 0; i < 1000 && left != 0; i++) {
        pid_t child = child_of(child_of(getpid()));
        left = child ? capabilities_of(child) : -1;
        usleep(10000); /* it is on its way into the jail */
    }
    nursery_finish(fixture->nursery, true);
    assert_int_equal(left, 0);
}

#define CALL(name, ...)                                                                            \
    { "SYS_" #name, {SYS_##name, {__VA_ARGS__}}, -1 }
#define REFUSED_CALL(name, ...)                                                                    \
    { "SYS_" #name, {SYS_##name, {__VA_ARGS__}}, REFUSED }
#define MADE_CALL(name, ...)                                                                       \
    { "SYS_" #name, {SYS_##name, {__VA_ARGS__}}, CONTAINED_NOT }

/* One call each; -1: ended by SIGSYS. Without the jail all but those that are made come to
 * something else. */
static const struct {
    const char *name;
    struct call call;
    int status;
} calls[] = {
    /* files */
    REFUSED_CALL(openat, AT_FDCWD, 0, O_RDONLY),
    CALL(openat2, AT_FDCWD, 0, 0, 24),
    CALL(open_by_handle_at, AT_FDCWD, 0, O_RDONLY),
    CALL(memfd_create, 0, 0),
    CALL(ftruncate, JAIL_SOURCE, INT64_C(10) << 30),
    CALL(fallocate, JAIL_SOURCE, 0, 0, INT64_C(10) << 30),
    CALL(pwrite64, JAIL_SOURCE, 0, 1, INT64_C(10) << 30),
    CALL(mmap, 0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, JAIL_SOURCE, 0),
    CALL(renameat2, AT_FDCWD, 0, AT_FDCWD, 0, 0),
    CALL(linkat, AT_FDCWD, 0, AT_FDCWD, 0, 0),
    CALL(mkdirat, AT_FDCWD, 0, 0700),
    CALL(getdents64, JAIL_SOURCE, 0, 0),
    CALL(fcntl, JAIL_SOURCE, F_SETFL, O_APPEND),
    CALL(ioctl, JAIL_SOURCE, 0, 0),
    CALL(chroot, 0),
    CALL(mount, 0, 0, 0, 0, 0),
    /* the network, and other processes' descriptors */
    CALL(socket, AF_UNIX, SOCK_STREAM, 0),
    CALL(socketpair, AF_UNIX, SOCK_STREAM, 0, 0),
    CALL(connect, JAIL_ANSWER, 0, 0),
    CALL(bind, JAIL_ANSWER, 0, 0),
    CALL(sendmsg, JAIL_ANSWER, 0, 0),
    CALL(recvmsg, JAIL_ANSWER, 0, 0),
    CALL(pidfd_open, PARENT, 0),
    CALL(pidfd_getfd, JAIL_SOURCE, 3, 0),
    CALL(dup2, JAIL_SOURCE, 0),
    /* other processes */
    CALL(ptrace, PTRACE_ATTACH, PARENT, 0, 0),
    CALL(ptrace, PTRACE_TRACEME, 0, 0, 0),
    CALL(process_vm_readv, PARENT, 0, 0, 0, 0, 0),
    CALL(process_vm_writev, PARENT, 0, 0, 0, 0, 0),
    CALL(kill, PARENT, SIGKILL),
    CALL(kill, -1, SIGKILL),
    CALL(tkill, PARENT, SIGKILL),
    CALL(tgkill, PARENT, PARENT, SIGKILL),
    CALL(rt_sigqueueinfo, PARENT, SIGKILL, 0),
    CALL(pidfd_send_signal, JAIL_SOURCE, SIGKILL, 0, 0),
    CALL(setpriority, 0, PARENT, 19),
    /* new programs, processes and namespaces */
    CALL(execve, 0, 0, 0),
    CALL(execveat, JAIL_SOURCE, 0, 0, 0, AT_EMPTY_PATH),
    CALL(clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0),
    CALL(clone, CLONE_NEWNET | CLONE_VM | CLONE_THREAD | CLONE_SIGHAND, 0, 0, 0, 0),
    REFUSED_CALL(clone3, 0, 0),
    CALL(unshare, CLONE_NEWUSER),
    CALL(unshare, CLONE_NEWNS),
    CALL(setns, JAIL_SOURCE, 0),
    /* rights */
    CALL(setuid, 0),
    CALL(setresuid, 0, 0, 0),
    CALL(setgroups, 0, 0),
    CALL(capset, 0, 0),
    REFUSED_CALL(prctl, PR_SET_DUMPABLE, 1, 0, 0, 0),
    REFUSED_CALL(prctl, PR_SET_PDEATHSIG, 0, 0, 0, 0),
    REFUSED_CALL(prlimit64, 0, RLIMIT_FSIZE, 0, 0),
    CALL(setrlimit, RLIMIT_AS, 0),
    CALL(seccomp, 0, 0, 0),
    CALL(personality, 0x0400000 /* READ_IMPLIES_EXEC */),
    /* code, and the kernel's wider doors */
    CALL(mmap, 0, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
    CALL(mprotect, 0, 4096, PROT_READ | PROT_EXEC),
    CALL(pkey_mprotect, 0, 4096, PROT_READ | PROT_EXEC, -1),
    CALL(shmget, 0, 4096, 0600),
    CALL(io_uring_setup, 1, 0),
    CALL(userfaultfd, 0),
    CALL(bpf, 0, 0, 0),
    CALL(perf_event_open, 0, 0, 0, 0, 0),
    CALL(keyctl, 0, 0, 0, 0, 0),
    CALL(add_key, 0, 0, 0, 0, 0),
#ifdef __x86_64__
    {"open as of x32", {0x40000000 + SYS_open, {0, O_RDONLY}}, -1},
    /* the time, where the vDSO has no clock that it can read: libvips asks so */
    MADE_CALL(time, 0),
#endif
    MADE_CALL(gettimeofday, 0, 0),
    MADE_CALL(clock_gettime, CLOCK_MONOTONIC, 0),
    MADE_CALL(clock_getres, CLOCK_MONOTONIC, 0),
};

static void test_calls_are_contained(void **state) {
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        struct nursery_job job = job_of(DEED_CALL, 10);
        memcpy(job.request + 8, &calls[i].call, sizeof calls[i].call);
        struct nursery_end end = run_job(fixture, &job);
        bool killed = end.kind == NURSERY_KILLED && end.value == SIGSYS;
        bool exited = end.kind == NURSERY_EXITED && end.value == calls[i].status;
        if (calls[i].status < 0 ? !killed : !exited)
            fail_msg("%s (%zu): kind %d, value %d", calls[i].name, i, end.kind, end.value);
        test_answer_arrives(state);
    }
}

/* Ended by the helper, or by the pipe that has no reader any more: whichever came first. */
static bool is_stopped(struct nursery_end end, enum nursery_end_kind kind) {
    return end.kind == (int)kind || (end.kind == NURSERY_KILLED && end.value == SIGPIPE);
}

/* An answer without end is taken as far as the keeper likes, and costs it nothing more. */
static void test_flood(void **state) {
    struct fixture *fixture = *state;
    struct nursery_job job = job_of(DEED_FLOOD, 30);
    char *some = xmalloc(16 << 20);
    assert_true(nursery_start(fixture->nursery, &job, fixture->source));
    assert_true(nursery_read(fixture->nursery, some, 16 << 20));
    assert_true(is_stopped(nursery_finish(fixture->nursery, true), NURSERY_CANCELLED));
    free(some);
    test_answer_arrives(state);
    /* Nobody reads it at all. */
    job = job_of(DEED_FLOOD, 1);
    assert_true(nursery_start(fixture->nursery, &job, fixture->source));
    usleep(1500 * 1000);
    assert_true(is_stopped(nursery_finish(fixture->nursery, false), NURSERY_TOO_SLOW));
    test_answer_arrives(state);
}

/* What the source's descriptor may, the child may not: the file is as it was. */
static void test_source_is_untouched(void **state) {
    struct fixture *fixture = *state;
    char text[8] = "";
    test_calls_are_contained(state);
    run(fixture, DEED_WRITE_SOURCE, 10);
    assert_int_equal(pread(fixture->source, text, sizeof text, 0), 5);
    assert_string_equal(text, "hello");
}

static void test_landlock_version(void **state) {
    (void)state;
    int version = nursery_landlock_version();
    assert_true(version >= 0);
    if (fs_exists("/sys/kernel/security/landlock"))
        assert_true(version > 0);
}

static void test_no_limits_no_work(void **state) {
    struct fixture *fixture = *state;
    struct nursery_job job = {.seconds = 10, .memory_mb = 0};
    assert_true(nursery_start(fixture->nursery, &job, fixture->source));
    struct nursery_end end = nursery_finish(fixture->nursery, false);
    assert_int_equal(end.kind, NURSERY_EXITED);
    assert_int_equal(end.value, NURSERY_EXIT_NO_JAIL);
}

static void test_cancel(void **state) {
    struct fixture *fixture = *state;
    struct nursery_job job = job_of(DEED_SLEEP, 30);
    int64_t begun = time_monotonic_us();
    assert_true(nursery_start(fixture->nursery, &job, fixture->source));
    struct nursery_end end = nursery_finish(fixture->nursery, true);
    assert_int_equal(end.kind, NURSERY_CANCELLED);
    assert_true(time_monotonic_us() - begun < 10 * INT64_C(1000000));
    /* A cancel that comes too late does no harm to the next. */
    job = job_of(DEED_STATUS, 10);
    assert_true(nursery_start(fixture->nursery, &job, fixture->source));
    usleep(200 * 1000);
    end = nursery_finish(fixture->nursery, true);
    assert_int_equal(end.kind, NURSERY_EXITED);
    test_answer_arrives(state);
}

/* Processes whose parent this one is; the first of them in *pid. */
static int children(pid_t *pid) {
    char text[256] = "", path[64];
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    FILE *file = fopen(path, "re");
    if (!file)
        return -1;
    size_t size = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[size] = '\0';
    int count = 0;
    char *end = text;
    for (char *at = text; *at && *at != '\n'; at = end + (*end == ' ')) {
        long value = strtol(at, &end, 10);
        if (end == at)
            break;
        if (count++ == 0)
            *pid = (pid_t)value;
    }
    return count;
}

static void test_helper_is_replaced(void **state) {
    pid_t first = 0, second = 0;
    test_answer_arrives(state);
    if (children(&first) < 0)
        skip();
    assert_int_equal(kill(first, SIGKILL), 0);
    usleep(100 * 1000);
    test_answer_arrives(state);
    assert_int_equal(children(&second), 1);
    assert_int_not_equal(first, second);
}

/* In the middle of a job the loss is told, and the next one runs. */
static void test_helper_dies_at_work(void **state) {
    struct fixture *fixture = *state;
    struct nursery_job job = job_of(DEED_SLEEP, 30);
    pid_t helper = 0;
    assert_true(nursery_start(fixture->nursery, &job, fixture->source));
    if (children(&helper) == 1) {
        usleep(200 * 1000);
        kill(helper, SIGKILL);
    }
    struct nursery_end end = nursery_finish(fixture->nursery, helper == 0);
    assert_int_equal(end.kind, helper ? NURSERY_HELPER_DIED : NURSERY_CANCELLED);
    test_answer_arrives(state);
}

static void test_missing_program(void **state) {
    struct fixture *fixture = *state;
    struct nursery *nursery = nursery_create("/nonexistent/helper");
    struct nursery_job job = job_of(DEED_COPY, 10);
    assert_false(nursery_start(nursery, &job, fixture->source));
    nursery_destroy(nursery);
    nursery_destroy(NULL);
}

static int open_descriptors(void) {
    DIR *dir = opendir("/proc/self/fd");
    int count = 0;
    while (readdir(dir))
        count++;
    closedir(dir);
    return count;
}

static void test_nothing_leaks(void **state) {
    pid_t helper = 0;
    test_answer_arrives(state);
    int before = open_descriptors();
    for (int i = 0; i < 300; i++) {
        struct nursery_end end = run(*state, i % 3 == 0 ? DEED_ABORT : DEED_COPY, 10);
        assert_int_equal(end.kind, i % 3 == 0 ? NURSERY_KILLED : NURSERY_EXITED);
    }
    assert_int_equal(open_descriptors(), before);
    if (children(&helper) >= 0) {
        char path[64], text[256] = "";
        assert_int_equal(children(&helper), 1);
        snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)helper, (int)helper);
        FILE *file = fopen(path, "re");
        assert_non_null(file);
        assert_int_equal(fread(text, 1, sizeof text, file), 0); /* no zombie either */
        fclose(file);
        snprintf(path, sizeof path, "/proc/%d/fd", (int)helper);
        DIR *dir = opendir(path);
        int open = 0;
        while (dir && readdir(dir))
            open++;
        closedir(dir);
        assert_int_equal(open, 2 + 4); /* ".", "..", three and the socket */
    }
}

int main(void) {
    if (getenv(AS_HELPER))
        return serve(work, true);
    setenv(AS_HELPER, "1", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_answer_arrives, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_deeds_are_contained, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_no_capabilities_are_left, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_source_is_untouched, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_flood, set_up, tear_down),
        cmocka_unit_test(test_landlock_version),
        cmocka_unit_test_setup_teardown(test_no_limits_no_work, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_cancel, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_helper_is_replaced, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_helper_dies_at_work, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_missing_program, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nothing_leaks, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
