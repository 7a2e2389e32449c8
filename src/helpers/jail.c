#include "helpers/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <seccomp.h>

#include "helpers/sanitizer.h"

/* Enough for the two that it has and one in passing; a decoder needs none. */
#define MAX_DESCRIPTORS 8

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Bytes of address space held now; 0: unknown. */
static uint64_t address_space(void) {
    FILE *file = fopen("/proc/self/statm", "re");
    unsigned long pages = 0;
    if (!file)
        return 0;
    bool good = fscanf(file, "%lu", &pages) == 1; /* NOLINT(cert-err34-c): the kernel's number */
    fclose(file);
    return good ? (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE) : 0;
}

static bool limit(int resource, uint64_t soft, uint64_t hard) {
    const struct rlimit value = {.rlim_cur = soft, .rlim_max = hard};
    return setrlimit((__rlimit_resource_t)resource, &value) == 0;
}

/* FSIZE 0: it writes to a pipe and to nothing else. CPU: the soft limit's SIGXCPU tells slow from
 * broken, the hard one is for who ignores it. */
static bool set_limits(int memory_mb, int seconds) {
    uint64_t held = address_space();
    uint64_t memory = held + ((uint64_t)memory_mb << 20);
    return held && memory_mb > 0 && seconds > 0 && limit(RLIMIT_AS, memory, memory) &&
           limit(RLIMIT_CPU, (uint64_t)seconds, (uint64_t)seconds + 1) &&
           limit(RLIMIT_NOFILE, MAX_DESCRIPTORS, MAX_DESCRIPTORS) && limit(RLIMIT_CORE, 0, 0) &&
           limit(RLIMIT_FSIZE, 0, 0);
}

/* The parent may have died before the signal was asked for. */
static bool bind_to_parent(pid_t parent) {
    return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && getppid() == parent;
}

/* stdin and stdout are /dev/null already; stderr becomes it, so that no stranger's file writes to
 * a terminal. (A sanitizer needs it for its report.) */
static bool keep_two(int source, int answer) {
    if (source <= JAIL_SOURCE || answer <= JAIL_ANSWER)
        return false;
    return (SANITIZED || dup2(STDIN_FILENO, STDERR_FILENO) >= 0) &&
           dup2(source, JAIL_SOURCE) >= 0 && dup2(answer, JAIL_ANSWER) >= 0 &&
           syscall(SYS_close_range, JAIL_ANSWER + 1u, ~0u, 0u) == 0;
}

/* All rights that the kernel's Landlock knows of are denied. The size of the attribute grew with
 * the versions; the headers of Debian 12 know only the first. */
static bool landlock_all(void) {
    const struct {
        uint64_t fs, net, scoped;
    } known[] = {{0x1fff, 0, 0}, {0x3fff, 0, 0}, {0x7fff, 0, 0},
                 {0x7fff, 3, 0}, {0xffff, 3, 0}, {0xffff, 3, 3}};
    static const size_t sizes[] = {8, 8, 8, 16, 16, 24};
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1)
        return errno == ENOSYS || errno == EOPNOTSUPP;
    size_t index = (size_t)version > COUNT(known) ? COUNT(known) - 1 : (size_t)version - 1;
    long rules = syscall(SYS_landlock_create_ruleset, &known[index], sizes[index], 0);
    if (rules < 0)
        return false;
    bool good = syscall(SYS_landlock_restrict_self, (int)rules, 0) == 0;
    close((int)rules);
    return good;
}

static bool add_rules(scmp_filter_ctx filter, uint32_t action, const int *calls, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (seccomp_rule_add(filter, action, calls[i], 0) != 0)
            return false;
    return true;
}

/* What a decoder of memory, its threads and malloc need, whatever the arguments. newfstatat is
 * fstat in disguise: what is behind a path can be seen so, but not opened. Time is asked of the
 * kernel only where the clock cannot be read without it, as with a TSC that is not stable. */
static const int allowed[] = {
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(pread64),
    SCMP_SYS(lseek),
    SCMP_SYS(fstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(close),
    SCMP_SYS(brk),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(futex),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(getrandom),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(sched_yield),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(getppid),
};

/* What libraries try and do well without: a refusal instead of death. */
static const int refused[] = {
    SCMP_SYS(openat),
    SCMP_SYS(open),
    SCMP_SYS(access),
    SCMP_SYS(readlink),
    SCMP_SYS(prctl),
    SCMP_SYS(sysinfo),
    SCMP_SYS(uname),
    SCMP_SYS(getcwd),
    SCMP_SYS(statx),
    SCMP_SYS(prlimit64),
    SCMP_SYS(mbind),
    SCMP_SYS(sched_setscheduler),
    SCMP_SYS(sched_getscheduler),
    SCMP_SYS(sched_getparam),
    SCMP_SYS(sched_getattr),
    SCMP_SYS(sched_setattr),
};

/* A sanitizer's own needs, in test builds only. */
static const int sanitizer[] = {SCMP_SYS(sigaltstack), SCMP_SYS(getrusage)};

/* clone: threads only (CLONE_VM and CLONE_THREAD set, no CLONE_NEW*); clone3, whose flags a filter
 * cannot see, is answered as by an old kernel. */
static bool add_threads(scmp_filter_ctx filter) {
    static const uint64_t must = 0x00010100, must_not = 0x7e020000;
    return seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                            SCMP_A0(SCMP_CMP_MASKED_EQ, must | must_not, must)) == 0;
}

/* mmap, mprotect: nothing executable, and nothing shared, or the source could be written to where
 * its descriptor may. tgkill: abort() needs it, and nobody else is to be hit. */
static bool add_conditions(scmp_filter_ctx filter) {
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
                            SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_SHARED, 0)) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                            SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0)) == 0;
}

static bool filter_calls(bool threads) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (!filter)
        return false;
    bool good = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0 &&
                add_rules(filter, SCMP_ACT_ALLOW, allowed, COUNT(allowed)) &&
                add_rules(filter, SCMP_ACT_ERRNO(EACCES), refused, COUNT(refused)) &&
                (!SANITIZED || add_rules(filter, SCMP_ACT_ALLOW, sanitizer, COUNT(sanitizer))) &&
                (!threads || add_threads(filter)) && add_conditions(filter) &&
                seccomp_load(filter) == 0;
    seccomp_release(filter);
    return good;
}

/* A core goes to a program by way of a pipe whatever RLIMIT_CORE says (core(5)), unless there is
 * to be none. */
static bool forbid_cores(void) {
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

/* The keeper may set the clock (CAP_SYS_TIME), and handed that on as an ambient capability; what
 * runs as root has them all. */
static bool drop_capabilities(void) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    const struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0}};
    return prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) == 0 &&
           syscall(SYS_capset, &header, none) == 0;
}

bool jail_enter(pid_t parent, int source, int answer, const struct jail_limits *limits) {
    return bind_to_parent(parent) && keep_two(source, answer) &&
           set_limits(limits->memory_mb, limits->seconds) && forbid_cores() &&
           drop_capabilities() && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && landlock_all() &&
           filter_calls(limits->threads);
}
