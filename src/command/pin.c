#include "command/command.h"

#include <string.h>

#include <jansson.h>
#include <sodium.h>

#include "base/log.h"
#include "command/password.h"
#include "library/setup_code.h"

struct pin_options {
    const char *role;
    bool json;
};

static int set(struct context *context, const struct pin_options *options, const char *name) {
    enum pin_role role = PIN_ENTER;
    if (options->role)
        pin_role_parse(options->role, &role);
    if (!paths_make(&context->paths))
        return EXIT_FAILED;
    char *digits = password_read(PASSWORD_PIN, true);
    if (!digits)
        return EXIT_FAILED;
    enum pin_fault fault = pins_set(context->paths.station, name, role, digits);
    sodium_free(digits);
    if (fault != PIN_FINE) {
        log_error("%s: %s", name, pin_fault_text(fault));
        return EXIT_FAILED;
    }
    printf("已设置 (set)  %s  %s (%s)\n", name, pin_role_name_zh(role), pin_role_name(role));
    return EXIT_DONE;
}

static void print_pin(void *user, const char *name, enum pin_role role) {
    *(bool *)user = true;
    printf("%s  %s (%s)\n", name, pin_role_name_zh(role), pin_role_name(role));
}

static void add_pin(void *user, const char *name, enum pin_role role) {
    json_array_append_new(user, json_pack("{s:s, s:s}", "name", name, "role", pin_role_name(role)));
}

static int list_json(const char *station) {
    json_t *pins = json_array();
    bool good = pins_each(station, add_pin, pins);
    if (good) {
        json_dumpf(pins, stdout, JSON_INDENT(1));
        putchar('\n');
    }
    json_decref(pins);
    return good ? EXIT_DONE : EXIT_FAILED;
}

static int list(struct context *context, const struct pin_options *options) {
    bool any = false;
    if (options->json)
        return list_json(context->paths.station);
    if (!pins_each(context->paths.station, print_pin, &any))
        return EXIT_FAILED;
    if (!any)
        puts("还没有PIN，用 fengcai pin set 名字 设置 (there is none yet)");
    return EXIT_DONE;
}

static int remove_pin(struct context *context, const char *name) {
    bool found = false;
    if (!pins_remove(context->paths.station, name, &found))
        return EXIT_FAILED;
    if (!found)
        log_error("%s: 没有这个名字的PIN，见 fengcai pin list (nobody of this name has one)", name);
    else
        printf("已删除 (removed)  %s\n", name);
    return found ? EXIT_DONE : EXIT_FAILED;
}

static void count_pin(void *user, const char *name, enum pin_role role) {
    (void)name;
    (void)role;
    ++*(int *)user;
}

/* In groups, as it is read out or typed off a sheet. */
static int make_code(struct context *context) {
    const char *station = context->paths.station;
    char code[SETUP_CODE_SIZE];
    int count = 0;
    if (!paths_make(&context->paths) || !pins_each(station, count_pin, &count))
        return EXIT_FAILED;
    if (count) {
        log_error(
            "已经有PIN，不需要首次设置的代码；见 fengcai pin list (there is a PIN already: no "
            "code is needed)");
        return EXIT_FAILED;
    }
    if (!setup_code_make(station, code))
        return EXIT_FAILED;
    printf(
        "首次设置的代码，只能用一次 (code of the first set-up, good for once):\n\n    %.4s %s\n\n"
        "在屏幕上按住右上角的时钟三秒，然后输入 (hold the clock in the screen's corner for three "
        "seconds and type it)\n",
        code, code + 4);
    return EXIT_DONE;
}

static int run(struct context *context, const void *values, int argc, char **argv) {
    const struct pin_options *options = values;
    const char *what = argc > 0 ? argv[0] : "";
    if (argc == 2 && strcmp(what, "set") == 0)
        return set(context, options, argv[1]);
    if (argc == 2 && strcmp(what, "remove") == 0)
        return remove_pin(context, argv[1]);
    if (argc == 1 && strcmp(what, "list") == 0)
        return list(context, options);
    if (argc == 1 && strcmp(what, "code") == 0)
        return make_code(context);
    return command_usage(&command_pin);
}

static const struct option options[] = {
    {"role", OPTION_TEXT, "ROLE", offsetof(struct pin_options, role),
     "Of set: who may only bring content in, or also release it (default: enter)",
     "（set）录入，或审核（也可录入），默认 enter", "enter|review"},
    {"json", OPTION_FLAG, NULL, offsetof(struct pin_options, json), "Of list: print JSON",
     "（list）以 JSON 打印", NULL},
    {0},
};

const struct command command_pin = {
    "pin",
    "set NAME | list | remove NAME | code",
    "Give a name a PIN for the screen, typed or from stdin's first line; print a code for the "
    "first "
    "set-up",
    "设置、列出、删除屏幕上使用的PIN（从键盘或标准输入的第一行读取），打印首次设置的代码",
    options,
    sizeof(struct pin_options),
    false,
    run};
