/* What lies on the desk is done once, whatever was lost meanwhile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <poll.h>

#include "base/config.h"
#include "base/str.h"
#include "keeper/clerk.h"
#include "library/answers.h"
#include "library_fixture.h"

struct desk {
    struct fixture *fixture;
    struct config config;
    struct door *door;
    struct clerk *clerk;
    struct clerk_host host;
    struct clerk_skill skill;
    int runs;           /* of the skill */
    bool stop, skipped; /* what the host and the skill say */
    bool stop_in_it;    /* the host says so while the skill works */
    bool later, passes; /* what the skill says */
    bool too_late;      /* to cancel */
};

static bool must_stop(void *user) {
    return ((struct desk *)user)->stop;
}

static void on_request(void *user, const struct desk_request *request) {
    (void)user;
    (void)request;
}

static enum clerk_end eject(void *user, const json_t *arguments, const struct desk_request *request,
                            struct desk_answer *answer) {
    struct desk *desk = user;
    assert_string_equal(request->by, "王老师");
    assert_string_equal(json_string_value(json_object_get(arguments, "stick")), "a");
    desk->runs++;
    desk->stop = desk->stop || desk->stop_in_it;
    if (desk->later || desk->passes)
        return desk->later ? CLERK_LATER : CLERK_PASS;
    *answer = (struct desk_answer){.done = true,
                                   .good = true,
                                   .message_zh = xstrdup("可以拔出U盘"),
                                   .message = xstrdup("pull it out")};
    return desk->skipped ? CLERK_STOPPED : CLERK_DONE;
}

static bool cancel(void *user, const struct desk_request *request) {
    assert_string_equal(request->kind, "eject");
    return !((struct desk *)user)->too_late;
}

static void open_all(struct desk *desk) {
    desk->door = door_open(&desk->fixture->paths, &desk->config, NULL);
    assert_non_null(desk->door);
    desk->clerk = clerk_create(desk->door, &desk->fixture->paths, &desk->host, &desk->skill, 1);
    assert_non_null(desk->clerk);
}

static void close_all(struct desk *desk) {
    clerk_destroy(desk->clerk);
    door_close(desk->door);
}

static struct desk *begin(void **state) {
    struct desk *desk = xcalloc(1, sizeof *desk);
    *desk = (struct desk){.fixture = *state,
                          .host = {must_stop, on_request, desk},
                          .skill = {"eject", eject, cancel, NULL, desk}};
    config_init(&desk->config);
    open_all(desk);
    return desk;
}

static void end(struct desk *desk) {
    close_all(desk);
    config_finish(&desk->config);
    free(desk);
}

static void ask(const struct desk *desk, const char *kind, const char *arguments,
                char uid[DESK_UID_SIZE]) {
    struct station *station = station_open(desk->fixture->paths.station, DB_WRITE, NULL);
    struct desk_request request = {
        .kind = (char *)kind, .arguments = (char *)arguments, .by = (char *)"王老师"};
    assert_non_null(station);
    assert_true(desk_ask(station, &request));
    memcpy(uid, request.uid, DESK_UID_SIZE);
    station_close(station);
}

static void assert_answer(const struct desk *desk, const char *uid, const char *expected) {
    struct desk_answer answer = {0};
    assert_true(desk_answer(desk->fixture->paths.ledger, uid, &answer));
    char *text = answer.done ? xasprintf("%s %s", answer.good ? "good" : "bad", answer.message)
                             : xstrdup("-");
    assert_string_equal(text, expected);
    free(text);
    desk_answer_finish(&answer);
}

static void test_hears(void **state) {
    struct desk *desk = begin(state);
    char uid[DESK_UID_SIZE];
    struct pollfd fd = {.fd = clerk_fd(desk->clerk), .events = POLLIN};
    assert_true(clerk_work(desk->clerk)); /* no station yet */
    assert_false(clerk_is_asked(desk->clerk));
    for (int i = 1; i <= 3; i++) { /* the file is new, then known */
        ask(desk, "eject", "{\"stick\":\"a\"}", uid);
        assert_int_equal(poll(&fd, 1, 0), 1);
        assert_true(clerk_is_asked(desk->clerk));
        assert_answer(desk, uid, "-");
        assert_true(clerk_work(desk->clerk));
        assert_answer(desk, uid, "good pull it out");
        assert_int_equal(desk->runs, i);
        assert_false(clerk_is_asked(desk->clerk));
        assert_int_equal(poll(&fd, 1, 0), 0); /* what it writes itself does not wake it */
    }
    assert_int_equal(clerk_wait_ms(desk->clerk), -1);
    end(desk);
}

static void stop_often(struct desk *desk) {
    for (int i = 0; i < 20; i++) {
        assert_false(clerk_work(desk->clerk));
        close_all(desk);
        open_all(desk);
        desk->stop = !desk->stop_in_it;
    }
}

/* Told to stop before or in the middle: it waits, and no try is lost. */
static void test_stopped(void **state) {
    struct desk *desk = begin(state);
    char uid[DESK_UID_SIZE];
    ask(desk, "eject", "{\"stick\":\"a\"}", uid);
    desk->stop = desk->skipped = true;
    stop_often(desk);
    assert_int_equal(desk->runs, 0);
    desk->stop = false;
    desk->stop_in_it = true;
    stop_often(desk);
    assert_int_equal(desk->runs, 20);
    assert_answer(desk, uid, "-");
    desk->stop_in_it = desk->skipped = false;
    assert_true(clerk_work(desk->clerk));
    assert_answer(desk, uid, "good pull it out");
    assert_int_equal(desk->runs, 21);
    end(desk);
}

static void test_given_up(void **state) {
    struct desk *desk = begin(state);
    char uid[DESK_UID_SIZE];
    ask(desk, "eject", "{\"stick\":\"a\"}", uid);
    desk->skipped = true; /* as if the keeper died of it */
    for (int i = 0; i < 5; i++) {
        assert_false(clerk_work(desk->clerk));
        assert_answer(desk, uid, "-");
        close_all(desk);
        open_all(desk);
    }
    assert_true(clerk_work(desk->clerk));
    assert_answer(desk, uid, "bad given up after several tries");
    assert_int_equal(desk->runs, 5);
    end(desk);
}

static void take_in(struct desk *desk, const char *title) {
    struct str folder = {0};
    str_addf(&folder, "%s/%s/党建引领/%s（甲大学）", desk->fixture->paths.state, title, title);
    assert_true(fs_make_dirs(str_text(&folder)));
    char *path = path_join(str_text(&folder), "正文.txt", NULL);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("文。", file);
    fclose(file);
    free(path);
    str_clear(&folder);
    str_addf(&folder, "%s/%s", desk->fixture->paths.state, title);
    const char *words[] = {str_text(&folder)};
    json_t *receipt = door_import(desk->door, words, 1, NULL);
    assert_string_equal(json_string_value(json_object_get(receipt, "outcome")), "accepted");
    json_decref(receipt);
    str_finish(&folder);
}

static int64_t generation(const struct desk *desk) {
    return raw_sql(desk->fixture->paths.library, "SELECT current FROM pointer");
}

/* A ledger that is begun anew knows of no answer: what changed the library is not done again. */
static void test_ledger_lost(void **state) {
    struct desk *desk = begin(state);
    char first[DESK_UID_SIZE], second[DESK_UID_SIZE], third[DESK_UID_SIZE];
    take_in(desk, "一");
    take_in(desk, "二");
    take_in(desk, "三");
    ask(desk, "eject", "{\"stick\":\"a\"}", first);
    ask(desk, "rollback", "{}", second);
    ask(desk, "eject", "{\"stick\":\"a\"}", third);
    assert_true(clerk_work(desk->clerk));
    assert_int_equal(generation(desk), 2);
    assert_int_equal(desk->runs, 2);
    close_all(desk);
    unlink(desk->fixture->paths.ledger);
    open_all(desk);
    assert_true(clerk_work(desk->clerk));
    assert_int_equal(generation(desk), 2);
    assert_answer(desk, first, "good it was done before");
    assert_answer(desk, second, "good back to the previous generation");
    assert_int_equal(desk->runs, 3); /* nothing tells of the last one: it is harmless */
    end(desk);
}

/* What a command does in between is for no request, and hides none. */
static void test_settled_after_command(void **state) {
    struct desk *desk = begin(state);
    char uid[DESK_UID_SIZE];
    take_in(desk, "一");
    take_in(desk, "二");
    ask(desk, "rollback", "{}", uid);
    assert_true(clerk_work(desk->clerk));
    assert_int_equal(generation(desk), 1);
    /* as if it had died right after the library's commit */
    raw_sql(desk->fixture->paths.ledger, "DELETE FROM receipt WHERE request IS NOT NULL");
    raw_sql(desk->fixture->paths.ledger, "UPDATE requests_done SET result = 'begun'");
    take_in(desk, "三");
    int64_t before = generation(desk);
    close_all(desk);
    open_all(desk);
    assert_true(clerk_work(desk->clerk));
    assert_int_equal(generation(desk), before);
    assert_answer(desk, uid, "good back to the previous generation");
    end(desk);
}

static void cancel_it(const struct desk *desk, const char *uid, char cancel_uid[DESK_UID_SIZE]) {
    char *arguments = xasprintf("{\"uid\":\"%s\"}", uid);
    ask(desk, "cancel", arguments, cancel_uid);
    free(arguments);
    assert_true(clerk_work(desk->clerk));
}

/* What is done beside the keeper is begun once by each keeper, and answered by its receipt. */
static void test_later(void **state) {
    struct desk *desk = begin(state);
    char uid[DESK_UID_SIZE], other[DESK_UID_SIZE], cancelled[DESK_UID_SIZE];
    desk->later = true;
    ask(desk, "eject", "{\"stick\":\"a\"}", uid);
    for (int i = 0; i < 3; i++)
        assert_true(clerk_work(desk->clerk));
    ask(desk, "eject", "{\"stick\":\"a\"}", other); /* the desk is read anew */
    assert_true(clerk_work(desk->clerk));
    assert_int_equal(desk->runs, 2);
    assert_answer(desk, uid, "-");
    close_all(desk);
    open_all(desk);
    assert_true(clerk_work(desk->clerk));
    assert_int_equal(desk->runs, 4);
    assert_true(clerk_answer(desk->clerk, uid,
                             &(struct desk_answer){.good = true,
                                                   .message_zh = (char *)"好",
                                                   .message = (char *)"at last"}));
    assert_answer(desk, uid, "good at last");
    desk->too_late = true;
    cancel_it(desk, other, cancelled);
    assert_answer(desk, cancelled, "bad it cannot be taken back now");
    assert_answer(desk, other, "-");
    desk->too_late = false;
    cancel_it(desk, other, cancelled);
    assert_answer(desk, cancelled, "good cancelled");
    assert_answer(desk, other, "bad cancelled");
    desk->later = false;
    desk->passes = true;
    ask(desk, "eject", "{\"stick\":\"a\"}", uid);
    assert_true(clerk_work(desk->clerk));
    assert_answer(desk, uid, "bad there is no such stick");
    end(desk);
}

static enum clerk_end take_later(void *user, const json_t *arguments,
                                 const struct desk_request *request, struct desk_answer *answer) {
    (void)arguments;
    (void)answer;
    *(struct desk_request *)user = (struct desk_request){.kind = xstrdup(request->kind),
                                                         .arguments = xstrdup(request->arguments),
                                                         .by = xstrdup(request->by)};
    memcpy(((struct desk_request *)user)->uid, request->uid, DESK_UID_SIZE);
    return CLERK_LATER;
}

/* A copy is taken for it, in its name; whatever comes after the receipt, it is not taken again. */
static void test_taken_later(void **state) {
    struct desk *desk = begin(state);
    struct desk_request request = {0};
    char uid[DESK_UID_SIZE];
    take_in(desk, "一");
    desk->skill = (struct clerk_skill){"take", take_later, NULL, NULL, &request};
    ask(desk, "take", "{\"path\":\"/elsewhere\",\"replace\":true}", uid);
    assert_true(clerk_work(desk->clerk));
    char *folder = xasprintf("%s/二/党建引领/二（甲大学）", desk->fixture->paths.state);
    assert_true(fs_make_dirs(folder));
    char *file = path_join(folder, "正文.md", NULL);
    struct outfile out;
    assert_true(outfile_open(&out, file));
    fputs("文。", out.stream);
    assert_true(outfile_commit(&out, false));
    char *path = xasprintf("%s/二", desk->fixture->paths.state);
    json_t *receipt = clerk_import(desk->door, &request, path);
    assert_string_equal(json_string_value(json_object_get(receipt, "by")), "王老师");
    assert_int_equal(json_array_size(json_object_get(receipt, "removed")), 1);
    json_decref(receipt);
    assert_answer(desk, uid, "-");
    assert_true(clerk_work(desk->clerk));
    assert_answer(desk, uid, "good 1 added, 0 changed, 1 removed");
    desk_request_finish(&request);
    free(path);
    free(file);
    free(folder);
    end(desk);
}

static int64_t count_promoted(const struct desk *desk) {
    return raw_sql(desk->fixture->paths.library, "SELECT count(*) FROM promoted");
}

/* Hidden, featured and back; what was done is not asked for in vain after a crash. */
static void test_one_case(void **state) {
    struct desk *desk = begin(state);
    static const struct {
        const char *kind, *arguments, *answer;
        int promoted;
    } steps[] = {
        {"hide", "{\"id\":\"甲大学/一\"}", "good hidden", 0},
        {"hide", "{\"id\":\"甲大学/零\"}", "bad no case has this id", 0},
        {"hide", "{}", "bad the request names no id", 0},
        {"allow", "{\"id\":\"甲大学/一\"}", "good allowed", 0},
        {"feature", "{\"id\":\"甲大学/一\"}", "good it comes first now, and more often", 1},
        {"feature", "{\"id\":\"甲大学/一\",\"on\":true}", "good it comes first now, and more often",
         1},
        {"feature", "{\"id\":\"甲大学/一\",\"on\":1}", "bad the request is malformed", 1},
        {"feature", "{\"id\":\"甲大学/一\",\"on\":false}", "good it is a case as any other now", 0},
        {"feature", "{\"id\":\"甲大学/零\"}", "bad no case has this id", 0},
    };
    take_in(desk, "一");
    for (size_t i = 0; i < COUNT(steps); i++) {
        char uid[DESK_UID_SIZE];
        ask(desk, steps[i].kind, steps[i].arguments, uid);
        assert_true(clerk_work(desk->clerk));
        assert_answer(desk, uid, steps[i].answer);
        assert_int_equal(count_promoted(desk), steps[i].promoted);
        /* as if it had died right after the receipt */
        raw_sql(desk->fixture->paths.ledger, "UPDATE requests_done SET result = 'begun'");
        close_all(desk);
        open_all(desk);
        assert_true(clerk_work(desk->clerk));
        assert_answer(desk, uid, steps[i].answer);
    }
    end(desk);
}

static bool complete(void *user, const struct desk_request *request, struct desk_answer *answer) {
    const int *said = user;
    if (*said == 1) {
        assert_false(answer->done);
        *answer = (struct desk_answer){.done = true,
                                       .good = true,
                                       .message_zh = xstrdup("好"),
                                       .message = xasprintf("%s is done", request->kind)};
    }
    return *said > 0;
}

static enum clerk_end begin_later(void *user, const json_t *arguments,
                                  const struct desk_request *request, struct desk_answer *answer) {
    (void)user;
    (void)arguments;
    (void)request;
    (void)answer;
    return CLERK_LATER;
}

/* What has no receipt is answered when it says that it is complete; before that nothing is. */
static void test_completed_later(void **state) {
    struct desk *desk = begin(state);
    char uid[DESK_UID_SIZE];
    int said = 0;
    desk->skill = (struct clerk_skill){"report", begin_later, NULL, complete, &said};
    ask(desk, "report", "{\"stick\":\"a\"}", uid);
    for (int i = 0; i < 2; i++)
        assert_true(clerk_work(desk->clerk));
    assert_answer(desk, uid, "-");
    said = 2; /* complete, and has nothing to say */
    assert_true(clerk_work(desk->clerk));
    assert_answer(desk, uid, "-");
    said = 1;
    assert_true(clerk_work(desk->clerk));
    assert_answer(desk, uid, "good report is done");
    end(desk);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_hears, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_stopped, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_given_up, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_ledger_lost, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_settled_after_command, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_later, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_taken_later, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_one_case, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_completed_later, fixture_start, fixture_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
