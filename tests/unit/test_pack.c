/* Packing a folder, and packing again: what changes, what is refused, and what is left of a bundle
 * when the packer dies or its disk fails at any step. */
#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ingest/pack.h"
#include "ingest/pack_bundle.h"
#include "sign_fixture.h"

#define PICTURES SOURCE_DIR "/assets/sample/党建引领/楼道里的红色课堂（望川大学）"
#define FIRST    1791417600000 /* 2026-10-08 */
#define SECOND   1791504000000

/* ---- the steps of a pack: dying before the nth, or failing in it */

enum fault { FAULT_NONE, FAULT_DEATH, FAULT_ERROR };

static enum fault fault;
static int fault_at, steps;

/* Stands for the C library's in this program. False: the step fails. */
static bool step(void) {
    if (++steps != fault_at || fault == FAULT_NONE)
        return true;
    if (fault == FAULT_DEATH)
        _exit(99);
    errno = EIO;
    return false;
}

int rename(const char *from, const char *to) {
    return step() ? renameat(AT_FDCWD, from, AT_FDCWD, to) : -1;
}

int unlinkat(int folder, const char *name, int flags) {
    return step() ? (int)syscall(SYS_unlinkat, folder, name, flags) : -1;
}

int fsync(int fd) {
    return step() ? (int)syscall(SYS_fsync, fd) : -1;
}

/* ---- a folder of cases, and what was made of it */

struct fixture {
    char root[32];
    char *folder, *out;
    struct config config;
    struct paths paths;
    struct secret_key *key;
};

static int start(void **state) {
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    *state = fixture;
    strcpy(fixture->root, "/tmp/fengcai-test-XXXXXX");
    if (!mkdtemp(fixture->root))
        return -1;
    fixture->folder = path_join(fixture->root, "cases", NULL);
    fixture->out = path_join(fixture->root, "out", NULL);
    config_init(&fixture->config);
    fixture->paths.data = (char *)SOURCE_DIR;
    fixture->paths.helpers = (char *)HELPER_DIR;
    fixture->key = fixture_secret();
    return 0;
}

static int finish(void **state) {
    struct fixture *fixture = *state;
    fs_remove_tree(fixture->root);
    secret_key_destroy(fixture->key);
    config_finish(&fixture->config);
    free(fixture->folder);
    free(fixture->out);
    free(fixture);
    return 0;
}

static void write_text(const char *path, const char *text) {
    char *folder = path_beside(path, ".");
    assert_true(fs_make_dirs(folder));
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    free(folder);
}

static char *case_path(const struct fixture *fixture, const char *name, const char *file) {
    char *title = xasprintf("%s（某某大学）", name);
    char *path = path_join(fixture->folder, "党建引领", title, file, NULL);
    free(title);
    return path;
}

static void set_text(const struct fixture *fixture, const char *name, const char *text) {
    char *path = case_path(fixture, name, "正文.txt");
    write_text(path, text);
    free(path);
}

static void set_info(const struct fixture *fixture, const char *name, const char *text) {
    char *path = case_path(fixture, name, "信息.txt");
    write_text(path, text);
    free(path);
}

static void remove_case(const struct fixture *fixture, const char *name) {
    char *path = case_path(fixture, name, NULL);
    assert_true(fs_remove_tree(path));
    free(path);
}

static void run_shell(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void run_shell(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *command = xvasprintf(format, arguments);
    va_end(arguments);
    assert_int_equal(system(command), 0);
    free(command);
}

static void set_picture(const struct fixture *fixture, const char *name, const char *which) {
    char *path = case_path(fixture, name, NULL);
    run_shell("cp '%s/'%s*.jpg '%s/01 图.jpg'", PICTURES, which, path);
    free(path);
}

static struct pack_request request_of(const struct fixture *fixture, int64_t published_ms) {
    return (struct pack_request){.folder = fixture->folder,
                                 .out = fixture->out,
                                 .title = "案例",
                                 .published_ms = published_ms,
                                 .key = fixture->key};
}

static json_t *pack(const struct fixture *fixture, int64_t published_ms) {
    struct pack_request request = request_of(fixture, published_ms);
    return pack_run(&fixture->paths, &fixture->config, &request, NULL, NULL);
}

static const char *text_of(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

/* "+甲 *乙 =丙 -丁", then ~ for what is kept; the titles alone. */
static char *said_of(json_t *receipt) {
    struct str text = {0};
    size_t i = 0;
    json_t *entry = NULL;
    json_array_foreach(json_object_get(receipt, "cases"), i, entry) {
        const char *change = text_of(entry, "change");
        str_addf(&text, "%s%s ",
                 *change == 'a'   ? "+"
                 : *change == 'c' ? "*"
                                  : "=",
                 text_of(entry, "title"));
    }
    json_array_foreach(json_object_get(receipt, "removed"), i, entry) {
        str_addf(&text, "-%s ", path_name(json_string_value(entry)));
    }
    json_array_foreach(json_object_get(receipt, "kept"), i, entry) {
        str_addf(&text, "~%s ", path_name(json_string_value(entry)));
    }
    str_trim(&text);
    json_decref(receipt);
    return str_take(&text);
}

static void assert_packs(const struct fixture *fixture, int64_t published_ms,
                         const char *expected) {
    char *said = said_of(pack(fixture, published_ms));
    assert_string_equal(said, expected);
    free(said);
}

/* Every file below a folder and what is in it, as text; the caller's. */
static char *tree_of(const char *folder) {
    char *command = xasprintf("cd '%s' && find . -type f | LC_ALL=C sort | xargs -r sha256sum && "
                              "find . -type d | LC_ALL=C sort",
                              folder);
    struct str text = {0};
    char piece[4096];
    FILE *pipe = popen(command, "re");
    assert_non_null(pipe);
    for (size_t n; (n = fread(piece, 1, sizeof piece, pipe)) > 0;)
        str_add_bytes(&text, piece, n);
    assert_int_equal(pclose(pipe), 0);
    free(command);
    return str_take(&text);
}

/* ---- what is packed */

static void test_changes(void **state) {
    const struct fixture *fixture = *state;
    set_text(fixture, "a", "一");
    set_text(fixture, "b", "一");
    set_picture(fixture, "b", "01");
    assert_packs(fixture, FIRST, "+a +b");
    char *first = tree_of(fixture->out);
    assert_packs(fixture, SECOND, "=a =b");
    char *again = tree_of(fixture->out);
    assert_string_equal(again, first);
    set_text(fixture, "a", "二");
    assert_packs(fixture, SECOND, "*a =b");
    remove_case(fixture, "b");
    set_text(fixture, "c", "一");
    assert_packs(fixture, SECOND, "=a +c -b");
    assert_packs(fixture, SECOND, "=a =c");
    char *media = path_join(fixture->out, "media", NULL);
    char *none = tree_of(media); /* nothing names b's picture any more */
    assert_string_equal(none, ".\n");
    free(none);
    free(media);
    free(again);
    free(first);
}

/* The same folder, bundle and time: the same bytes. */
static void test_reproducible(void **state) {
    struct fixture *fixture = *state;
    char *one = fixture->out, *two = path_join(fixture->root, "two", NULL);
    set_text(fixture, "a", "一");
    set_picture(fixture, "a", "01");
    assert_packs(fixture, FIRST, "+a");
    run_shell("cp -r '%s' '%s'", one, two);
    set_text(fixture, "b", "一");
    set_picture(fixture, "a", "02");
    assert_packs(fixture, SECOND, "*a +b");
    fixture->out = two;
    assert_packs(fixture, SECOND, "*a +b");
    fixture->out = one;
    char *a = tree_of(one), *b = tree_of(two);
    assert_string_equal(a, b);
    free(a);
    free(b);
    free(two);
}

#define NO_CASES                                                                                      \
    "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"某某大学\", \"items\": []," \
    "\"_fengcai\": {\"format\": 1, \"feed\": \"00000000-0000-4000-8000-000000000000\","               \
    " \"serial\": 1, \"pages\": []}}"

/* A bundle without cases gives the id that a new one would get by chance. */
static void test_given_id(void **state) {
    struct fixture *fixture = *state;
    char *one = fixture->out, *two = path_join(fixture->root, "two", NULL);
    char *trees[2] = {NULL};
    set_text(fixture, "a", "一");
    for (int i = 0; i < 2; i++) {
        fixture->out = i ? two : one;
        char *head = path_join(fixture->out, "feed.json", NULL);
        write_text(head, NO_CASES);
        assert_packs(fixture, FIRST, "+a");
        trees[i] = tree_of(fixture->out);
        free(head);
    }
    fixture->out = one;
    assert_string_equal(trees[0], trees[1]);
    free(trees[0]);
    free(trees[1]);
    free(two);
}

/* A text that cannot be read must not look like a case that was taken out. */
static void test_hidden(void **state) {
    const struct fixture *fixture = *state;
    set_text(fixture, "a", "一");
    set_text(fixture, "b", "一");
    set_text(fixture, "c", "一");
    free(said_of(pack(fixture, FIRST)));
    remove_case(fixture, "c");
    set_text(fixture, "b", "");
    assert_packs(fixture, SECOND, "=a ~b ~c");
    remove_case(fixture, "b");
    assert_packs(fixture, SECOND, "=a -b -c");
}

static void assert_outcome(json_t *receipt, const char *outcome) {
    assert_non_null(receipt);
    assert_string_equal(text_of(receipt, "outcome"), outcome);
    json_decref(receipt);
}

static void test_refused(void **state) {
    const struct fixture *fixture = *state;
    assert_outcome(pack(fixture, FIRST), "refused"); /* no such folder */
    set_text(fixture, "a", "");
    assert_outcome(pack(fixture, FIRST), "refused"); /* no case in it */
    assert_false(fs_exists(fixture->out));
    set_text(fixture, "a", "一");
    struct pack_request request = request_of(fixture, SECOND);
    request.has_expires = true;
    request.expires_ms = FIRST;
    assert_null(pack_run(&fixture->paths, &fixture->config, &request, NULL, NULL));
    assert_false(fs_exists(fixture->out)); /* expired */
    request.expires_ms = SECOND + 86400000 - 1;
    assert_outcome(pack_run(&fixture->paths, &fixture->config, &request, NULL, NULL), "accepted");
    char *first = tree_of(fixture->out);
    request.has_expires = false; /* stays as it is, and is nothing new */
    assert_outcome(pack_run(&fixture->paths, &fixture->config, &request, NULL, NULL), "accepted");
    char *again = tree_of(fixture->out);
    assert_string_equal(again, first);
    request.out = fixture->folder; /* the wrong way round */
    assert_null(pack_run(&fixture->paths, &fixture->config, &request, NULL, NULL));
    request.out = fixture->root;
    assert_null(pack_run(&fixture->paths, &fixture->config, &request, NULL, NULL));
    free(first);
    free(again);
}

static void test_keys(void **state) {
    const struct fixture *fixture = *state;
    struct secret_key *other = secret_key_create();
    struct pack_request request = request_of(fixture, FIRST);
    set_text(fixture, "甲", "一");
    request.key = NULL;
    assert_outcome(pack_run(&fixture->paths, &fixture->config, &request, NULL, NULL), "accepted");
    request.key = fixture->key; /* a signature alone is something new */
    assert_outcome(pack_run(&fixture->paths, &fixture->config, &request, NULL, NULL), "accepted");
    char *first = tree_of(fixture->out);
    request.key = NULL;
    assert_null(pack_run(&fixture->paths, &fixture->config, &request, NULL, NULL));
    request.key = other;
    assert_null(pack_run(&fixture->paths, &fixture->config, &request, NULL, NULL));
    char *again = tree_of(fixture->out);
    assert_string_equal(again, first);
    run_shell("sed -i s/案例/例案/ '%s/feed.json'", fixture->out);
    assert_null(pack(fixture, SECOND));
    free(first);
    free(again);
    secret_key_destroy(other);
}

/* Of the campaign's rule: four of a school, one of a unit. */
static void test_quota(void **state) {
    const struct fixture *fixture = *state;
    struct pack_request request = request_of(fixture, FIRST);
    request.check_quota = true;
    const char *const units[] = {"党建引领", "三全育人", "平安社区", "智慧服务", "党建引领"};
    for (int i = 0; i < 4; i++) {
        char name[] = {'a', (char)('0' + i), '\0'}, info[64];
        snprintf(info, sizeof info, "阶段：推荐\n单元：%s\n", units[i]);
        set_text(fixture, name, "一");
        set_info(fixture, name, info);
    }
    assert_outcome(pack_run(&fixture->paths, &fixture->config, &request, NULL, NULL), "accepted");
    set_text(fixture, "a4", "一");
    assert_outcome(pack_run(&fixture->paths, &fixture->config, &request, NULL, NULL), "accepted");
    char *first = tree_of(fixture->out);
    set_info(fixture, "a4", "阶段：推荐\n");
    json_t *receipt = pack_run(&fixture->paths, &fixture->config, &request, NULL, NULL);
    char *quota = json_dumps(json_object_get(receipt, "quota"), JSON_COMPACT);
    assert_string_equal(
        quota, "[{\"school\":\"某某大学\",\"allowed\":4,\"titles\":[\"a0\",\"a4\",\"a1\",\"a2\","
               "\"a3\"]},{\"school\":\"某某大学\",\"unit\":\"party\",\"allowed\":1,\"titles\":["
               "\"a0\",\"a4\"]}]");
    free(quota);
    assert_outcome(receipt, "refused");
    char *again = tree_of(fixture->out);
    assert_string_equal(again, first);
    free(first);
    free(again);
}

/* Pages: one that is more than half stale is rewritten, the others stay byte for byte. */
static void test_pages(void **state) {
    const struct fixture *fixture = *state;
    char name[16];
    for (int i = 0; i < 160; i++) {
        snprintf(name, sizeof name, "c%03d", i);
        set_text(fixture, name, "一");
    }
    free(said_of(pack(fixture, FIRST)));
    struct pack_bundle bundle;
    assert_true(pack_bundle_open(&bundle, fixture->out, fixture->key));
    assert_int_equal(bundle.head.item_count, 60);
    assert_int_equal(bundle.head.page_count, 2);
    assert_string_equal(bundle.pages[1].items[49].id, "某某大学/c159");
    struct hash newer = bundle.head.pages[0].hash;
    pack_bundle_finish(&bundle);
    for (int i = 120; i < 150; i++) {
        snprintf(name, sizeof name, "c%03d", i);
        set_text(fixture, name, "二");
    }
    free(said_of(pack(fixture, SECOND)));
    assert_true(pack_bundle_open(&bundle, fixture->out, fixture->key));
    assert_int_equal(bundle.head.item_count, 90);
    assert_int_equal(bundle.head.page_count, 2);
    assert_true(hash_equal(bundle.head.pages[0].hash, newer));
    assert_int_equal(bundle.pages[1].item_count, 20);
    pack_bundle_finish(&bundle);
    run_shell("test $(ls '%s'/page-*.json | wc -l) = 2", fixture->out);
    run_shell("for p in '%s'/page-*.json; do echo >>$p; done", fixture->out);
    assert_null(pack(fixture, SECOND));
}

/* What a screen would not take is named here: with its code it has one picture too many. */
static void test_limits(void **state) {
    const struct fixture *fixture = *state;
    set_text(fixture, "a", "一");
    set_text(fixture, "b", "一");
    set_picture(fixture, "b", "01");
    char *folder = case_path(fixture, "b", NULL);
    run_shell("cd '%s' && for i in $(seq 2 %d); do ln '01 图.jpg' $i.jpg; done", folder,
              FEED_ITEM_MEDIA);
    assert_packs(fixture, FIRST, "+a +b");
    run_shell("cd '%s' && ln '01 图.jpg' 二维码.jpg", folder);
    json_t *receipt = pack(fixture, SECOND);
    json_t *rejects = json_object_get(receipt, "rejects");
    assert_int_equal(json_array_size(rejects), 1);
    assert_string_equal(text_of(json_array_get(rejects, 0), "code"), "feed_item");
    char *said = said_of(receipt);
    assert_string_equal(said, "=a ~b");
    free(said);
    free(folder);
}

/* One .zip is packed into as a folder is, and the same gives the same. */
static void test_zip(void **state) {
    struct fixture *fixture = *state;
    char *folder = fixture->out, *zip = path_join(fixture->root, "out.zip", NULL);
    set_text(fixture, "a", "一");
    set_picture(fixture, "a", "01");
    assert_packs(fixture, FIRST, "+a");
    run_shell("'%s/zip' '%s' '%s'", HELPER_DIR, folder, zip);
    set_text(fixture, "b", "一");
    assert_packs(fixture, SECOND, "=a +b");
    fixture->out = zip;
    assert_packs(fixture, SECOND, "=a +b");
    run_shell("cp '%s' '%s/first'", zip, fixture->root);
    assert_packs(fixture, SECOND + 86400000, "=a =b");
    run_shell("cmp '%s' '%s/first'", zip, fixture->root);
    run_shell("'%s/zip' '%s' '%s/second' && cmp '%s' '%s/second'", HELPER_DIR, folder,
              fixture->root, zip, fixture->root);
    run_shell("ls -A '%s' | sort | tr '\\n' ' ' | grep -qx 'cases first out out.zip second '",
              fixture->root);
    run_shell("head -c 5000 '%s' >'%s/cut' && mv '%s/cut' '%s'", zip, fixture->root, fixture->root,
              zip);
    assert_null(pack(fixture, SECOND));
    fixture->out = folder;
    free(zip);
}

/* ---- at any point */

/* The old bundle and what shall become of it: a new page, a rewritten one, a signature, a picture
 * that comes and one that goes, a case that is gone. */
static void prepare_two(const struct fixture *fixture) {
    char name[16];
    for (int i = 0; i < 110; i++) {
        snprintf(name, sizeof name, "c%03d", i);
        set_text(fixture, name, "一");
    }
    set_picture(fixture, "c000", "01");
    free(said_of(pack(fixture, FIRST)));
    for (int i = 60; i < 105; i++) {
        snprintf(name, sizeof name, "c%03d", i);
        set_text(fixture, name, "二");
    }
    set_picture(fixture, "c000", "02");
    remove_case(fixture, "c001");
}

/* What a screen would find: a head with all that it lists, signed or about to be. */
static void assert_whole(const struct fixture *fixture, const char *old_head,
                         const char *new_head) {
    char *path = path_join(fixture->out, "feed.json", NULL), *head = NULL;
    size_t size = 0;
    assert_true(fs_read(path, FEED_PAGE_BYTES, &head, &size));
    assert_true(strcmp(head, old_head) == 0 || strcmp(head, new_head) == 0);
    run_shell("cd '%s' && for m in $(grep -ohE 'media/[0-9a-f]{64}.jpg' feed.json page-*.json); do "
              "echo \"$(basename $m .jpg)  $m\"; done | sha256sum --quiet -c -",
              fixture->out);
    run_shell(
        "cd '%s' && for p in $(grep -oE '\"sha256\":\"[0-9a-f]*\",\"size' feed.json | cut -d '\"' "
        "-f 4); do echo \"$p  page-$p.json\"; done | sha256sum --quiet -c -",
        fixture->out);
    free(head);
    free(path);
}

static char *read_head(const struct fixture *fixture) {
    char *path = path_join(fixture->out, "feed.json", NULL), *head = NULL;
    size_t size = 0;
    assert_true(fs_read(path, FEED_PAGE_BYTES, &head, &size));
    free(path);
    return head;
}

/* Dies or fails at the nth step, in a child. False: there is no such step. */
static bool pack_with_fault(const struct fixture *fixture, enum fault kind, int at) {
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
        if (dup2(nowhere, STDERR_FILENO) < 0)
            _exit(97);
        steps = 0;
        fault_at = at;
        fault = kind;
        json_t *receipt = pack(fixture, SECOND);
        json_decref(receipt);
        _exit(steps < at ? 0 : 98);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status) != 0;
}

/* The sanitizers see the same code at each third, and take three times as long. */
#ifdef __SANITIZE_ADDRESS__
#define FAULT_STEP 3
#else
#define FAULT_STEP 1
#endif

static void check_faults(struct fixture *fixture, enum fault kind) {
    char *out = fixture->out, *old = path_join(fixture->root, "old", NULL);
    prepare_two(fixture);
    run_shell("cp -r '%s' '%s'", out, old);
    char *old_head = read_head(fixture);
    free(said_of(pack(fixture, SECOND)));
    char *wanted = tree_of(out), *new_head = read_head(fixture);
    int at = 1;
    for (bool more = true; more; at += FAULT_STEP) {
        run_shell("rm -r '%s' && cp -r '%s' '%s'", out, old, out);
        more = pack_with_fault(fixture, kind, at);
        assert_whole(fixture, old_head, new_head);
        json_decref(pack(fixture, SECOND));
        char *tree = tree_of(out);
        assert_string_equal(tree, wanted);
        free(tree);
    }
    assert_in_range(at, 20, 200); /* media, two pages, head, signature, what goes */
    free(wanted);
    free(new_head);
    free(old_head);
    free(old);
}

static void test_death(void **state) {
    check_faults(*state, FAULT_DEATH);
}

static void test_disk(void **state) {
    check_faults(*state, FAULT_ERROR);
}

int main(void) {
    if (sodium_init() < 0)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_changes, start, finish),
        cmocka_unit_test_setup_teardown(test_reproducible, start, finish),
        cmocka_unit_test_setup_teardown(test_given_id, start, finish),
        cmocka_unit_test_setup_teardown(test_hidden, start, finish),
        cmocka_unit_test_setup_teardown(test_refused, start, finish),
        cmocka_unit_test_setup_teardown(test_keys, start, finish),
        cmocka_unit_test_setup_teardown(test_quota, start, finish),
        cmocka_unit_test_setup_teardown(test_pages, start, finish),
        cmocka_unit_test_setup_teardown(test_limits, start, finish),
        cmocka_unit_test_setup_teardown(test_zip, start, finish),
        cmocka_unit_test_setup_teardown(test_death, start, finish),
        cmocka_unit_test_setup_teardown(test_disk, start, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
