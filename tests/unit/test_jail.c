/* What becomes of a file on a kernel that lacks a part of the jail: without Landlock it is read,
 * without anything else it is refused, by each helper. The lack is made by a seccomp filter of the
 * test's own, which helpers inherit. */
#include "document_fixture.h"

#include <errno.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "helpers/sanitizer.h"
#include "ingest/picture.h"

/* What the process under the filter found. */
enum { READ = 10, REFUSED_AS_HELPER, SOMETHING_ELSE, NO_FILTER };

struct lack {
    const char *name;
    int call, error;
    int64_t first; /* the call's first argument; -1: any */
    int found;
};

static const struct lack lacks[] = {
    {"nothing", SCMP_SYS(acct), ENOSYS, -1, READ},
    {"Landlock", SCMP_SYS(landlock_create_ruleset), ENOSYS, -1, READ},
    {"Landlock, switched off", SCMP_SYS(landlock_create_ruleset), EOPNOTSUPP, -1, READ},
    {"Landlock's end", SCMP_SYS(landlock_restrict_self), EPERM, -1, REFUSED_AS_HELPER},
    {"seccomp", SCMP_SYS(seccomp), EINVAL, -1, REFUSED_AS_HELPER},
    {"seccomp, not built in", SCMP_SYS(seccomp), ENOSYS, -1, REFUSED_AS_HELPER},
    {"no_new_privs", SCMP_SYS(prctl), EINVAL, PR_SET_NO_NEW_PRIVS, REFUSED_AS_HELPER},
    {"the parent's death", SCMP_SYS(prctl), EINVAL, PR_SET_PDEATHSIG, REFUSED_AS_HELPER},
    {"no cores", SCMP_SYS(prctl), EINVAL, PR_SET_DUMPABLE, REFUSED_AS_HELPER},
    {"close_range", SCMP_SYS(close_range), ENOSYS, -1, REFUSED_AS_HELPER},
    {"limits", SCMP_SYS(prlimit64), EPERM, -1, REFUSED_AS_HELPER},
};

static bool add_lack(scmp_filter_ctx filter, const struct lack *lack) {
    uint32_t action = SCMP_ACT_ERRNO((uint32_t)lack->error);
    int failed = lack->first < 0
                     ? seccomp_rule_add(filter, action, lack->call, 0)
                     : seccomp_rule_add(filter, action, lack->call, 1,
                                        SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)lack->first, 0));
    return failed == 0;
}

/* A kernel without seccomp has no way in by prctl either. */
static bool apply(const struct lack *lack) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    bool good = filter && add_lack(filter, lack);
    if (good && lack->call == SCMP_SYS(seccomp))
        good = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1,
                                SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP, 0)) == 0;
    good = good && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return good;
}

static int name_of(bool taken, enum reject reject) {
    if (taken)
        return READ;
    return reject == REJECT_HELPER ? REFUSED_AS_HELPER : SOMETHING_ELSE;
}

static int try_html(const struct fixture *fixture) {
    struct document_text text;
    enum reject reject = REJECT_COUNT;
    char *detail = NULL;
    bool good = document_html(fixture->nursery, "<p>x", 4, &text, &reject, &detail);
    return name_of(good && strcmp(text.text, "x") == 0, reject);
}

static int try_zip(struct fixture *fixture) {
    const struct zipped entry = {.name = "a", .content = "x"};
    bool good = unzip_entries(fixture, &entry, 1);
    return name_of(good, fixture->reject);
}

/* The smallest GIF. */
static int try_picture(const struct fixture *fixture) {
    static const char gif[] =
        "GIF89a\1\0\1\0\x80\0\0\0\0\0\377\377\377,\0\0\0\0\1\0\1\0\0\2\2D\1\0;";
    const struct picture_limits limits = {.megapixels = 64, .seconds = 30, .memory_mb = 512};
    struct nursery *nursery = nursery_create(HELPER_DIR "/picture");
    struct asset asset = {.kind = ASSET_PICTURE};
    enum reject reject = REJECT_COUNT;
    char *detail = NULL;
    int fd = memfd_create("gif", MFD_CLOEXEC);
    assert_true(write_all(fd, gif, sizeof gif - 1));
    bool good = picture_prepare(nursery, fd, fixture->folder, &limits, &asset, &reject, &detail);
    nursery_destroy(nursery);
    return name_of(good, reject);
}

static int found_under(struct fixture *fixture, const struct lack *lack) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || !apply(lack))
        return NO_FILTER;
    int found = try_picture(fixture);
    return try_html(fixture) == found && try_zip(fixture) == found ? found : SOMETHING_ELSE;
}

/* In a process of its own: a filter is for ever. */
static int found_with(struct fixture *fixture, const struct lack *lack) {
    int status = 0;
    pid_t child = fork();
    if (child == 0)
        _exit(found_under(fixture, lack));
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void test_fails_closed(void **state) {
    for (size_t i = 0; i < sizeof lacks / sizeof *lacks; i++) {
        if (SANITIZED && lacks[i].call == SCMP_SYS(prlimit64))
            continue; /* its runtime asks for limits itself */
        int found = found_with(*state, &lacks[i]);
        if (found != lacks[i].found)
            fail_msg("without %s: %d, not %d", lacks[i].name, found, lacks[i].found);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(test_fails_closed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
