/* Sticks that come and go: what udev says, and what lies below a folder. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <poll.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/stick.h"

static const char *const kinds[] = {"plugged", "refused",   "no mount",
                                    "mounted", "unmounted", "unplugged"};

static void on_event(void *user, const struct stick_event *event) {
    str_addf(user, "%s %s%s%s%s;", kinds[event->kind], event->name, event->label ? " " : "",
             event->label ? event->label : "", event->path ? " at" : "");
    if (event->path)
        assert_string_equal(path_name(event->path), event->name);
}

/* ---- a recording of udev, told as its monitor tells it */

struct replay {
    char *value[16];
    struct stick_device device;
    struct str told;
};

static void set(struct replay *replay, const char *key, const char *value) {
    const struct {
        const char *key;
        const char **field;
    } fields[] = {{"ACTION", &replay->device.action},
                  {"SUBSYSTEM", &replay->device.subsystem},
                  {"DEVTYPE", &replay->device.type},
                  {"DEVNAME", &replay->device.name},
                  {"ID_BUS", &replay->device.bus},
                  {"ID_FS_USAGE", &replay->device.usage},
                  {"ID_FS_TYPE", &replay->device.filesystem},
                  {"ID_FS_LABEL", &replay->device.label},
                  {"ID_CDROM", &replay->device.optical},
                  {"ID_PART_ENTRY_TYPE", &replay->device.part_type},
                  {"@removable", &replay->device.removable}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strcmp(fields[i].key, key) == 0) {
            free(replay->value[i]);
            replay->value[i] = xstrdup(strcmp(key, "DEVNAME") == 0 ? path_name(value) : value);
            *fields[i].field = replay->value[i];
        }
}

static void end_event(struct replay *replay) {
    struct stick_event event;
    if (replay->device.name && stick_event_of(&replay->device, &event))
        on_event(&replay->told, &event);
    replay->device = (struct stick_device){0};
}

static char *replay(const char *file) {
    char *path = path_join(SOURCE_DIR, "tests/sticks", file, NULL), line[512];
    struct replay replay = {0};
    FILE *from = fopen(path, "re");
    assert_non_null(from);
    while (fgets(line, sizeof line, from)) {
        line[strcspn(line, "\n")] = '\0';
        char *equals = strchr(line, '=');
        if (!*line)
            end_event(&replay);
        else if (equals && line[0] != '#') {
            *equals = '\0';
            set(&replay, line, equals + 1);
        }
    }
    end_event(&replay);
    fclose(from);
    free(path);
    for (size_t i = 0; i < sizeof replay.value / sizeof *replay.value; i++)
        free(replay.value[i]);
    return str_take(&replay.told);
}

static void test_recordings(void **state) {
    static const struct {
        const char *file, *told;
    } cases[] = {
        {"one_partition.udev", "plugged sda1 FENGCAI;unplugged sda;unplugged sda1;"},
        {"no_partition.udev", "plugged sdb KINGSTON;unplugged sdb;"},
        {"card_reader.udev", "plugged mmcblk0p1 风采;unplugged mmcblk0p1;"},
        {"several.udev", "plugged sda2 数据;refused sda3 root;"},
        {"there.udev", "plugged sdb1 FENGCAI;"},
        {"others.udev", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *told = replay(cases[i].file);
        assert_string_equal(told, cases[i].told);
        free(told);
    }
}

static void test_names_that_are_no_name(void **state) {
    (void)state;
    char longest[STICK_NAME_SIZE + 1];
    memset(longest, 'a', STICK_NAME_SIZE);
    longest[STICK_NAME_SIZE] = '\0';
    const char *const names[] = {NULL, "", "../etc", "a/b", longest};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct stick_event event;
        const struct stick_device device = {.action = "add",
                                            .name = names[i],
                                            .subsystem = "block",
                                            .type = "disk",
                                            .bus = "usb",
                                            .usage = "filesystem",
                                            .filesystem = "vfat"};
        assert_false(stick_event_of(&device, &event));
    }
}

/* ---- the folder */

struct watched {
    char folder[64];
    struct stick_source *source;
};

static int set_up(void **state) {
    struct watched *watched = xcalloc(1, sizeof *watched);
    snprintf(watched->folder, sizeof watched->folder, "/tmp/fengcai-stick-XXXXXX");
    assert_non_null(mkdtemp(watched->folder));
    *state = watched;
    return 0;
}

static int tear_down(void **state) {
    struct watched *watched = *state;
    stick_source_destroy(watched->source);
    fs_remove_tree(watched->folder);
    free(watched);
    return 0;
}

static void run(const char *format, const char *folder) {
    char *command = NULL;
    struct str text = {0};
    for (const char *at = format; *at; at++)
        if (*at == '@')
            str_add(&text, folder);
        else
            str_add_char(&text, *at);
    command = str_take(&text);
    assert_int_equal(system(command), 0);
    free(command);
}

/* What it tells of now. */
static void expect(struct watched *watched, const char *told) {
    struct str text = {0};
    watched->source->handle(watched->source, on_event, &text);
    assert_string_equal(str_text(&text), told);
    str_finish(&text);
}

static bool is_ready(const struct watched *watched) {
    struct pollfd fd = {.fd = watched->source->fd, .events = POLLIN};
    return poll(&fd, 1, 5000) == 1;
}

static void test_folders(void **state) {
    struct watched *watched = *state;
    run("mkdir -p @/there/x @/empty @/.hidden/x; touch @/file", watched->folder);
    watched->source = stick_watch_folder(watched->folder);
    assert_non_null(watched->source);
    expect(watched, "mounted there at;");
    expect(watched, "");
    run("mkdir @/.b; touch @/.b/x; mv @/.b @/两个\\ 空格", watched->folder);
    assert_true(is_ready(watched));
    expect(watched, "mounted 两个 空格 at;");
    run("rm -r @/there", watched->folder);
    assert_true(is_ready(watched));
    expect(watched, "unmounted there;");
    run("echo vfat >@/sdc1.failed", watched->folder);
    assert_true(is_ready(watched));
    expect(watched, "no mount sdc1;");
    expect(watched, "");
}

static void test_a_folder_that_comes_later(void **state) {
    struct watched *watched = *state;
    char *later = path_join(watched->folder, "usb", "", NULL);
    watched->source = stick_watch_folder(later);
    assert_non_null(watched->source);
    expect(watched, "");
    run("mkdir -p @/usb/a/x", watched->folder);
    expect(watched, "mounted a at;");
    run("mkdir -p @/usb/.b; touch @/usb/.b/x; mv @/usb/.b @/usb/b", watched->folder);
    assert_true(is_ready(watched));
    expect(watched, "mounted b at;");
    free(later);
}

/* A mount counts though it is empty, and is heard of though no name changes. */
static void test_mounts(void **state) {
    struct watched *watched = *state;
    run("mkdir @/sda1", watched->folder);
    char *place = path_join(watched->folder, "sda1", NULL);
    watched->source = stick_watch_folder(watched->folder);
    expect(watched, "");
    bool may = mount("fengcai-test", place, "tmpfs", MS_RDONLY, NULL) == 0;
    if (may) {
        assert_true(is_ready(watched));
        expect(watched, "mounted sda1 at;");
        assert_int_equal(umount(place), 0);
        assert_true(is_ready(watched));
        expect(watched, "unmounted sda1;");
    }
    free(place);
    if (!may)
        skip(); /* only root mounts */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_recordings),
        cmocka_unit_test(test_names_that_are_no_name),
        cmocka_unit_test_setup_teardown(test_folders, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_folder_that_comes_later, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_mounts, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
