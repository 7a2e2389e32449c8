#include "command/command.h"

#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <sodium.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/text.h"
#include "library/chosen.h"

#define SYSTEM_CONFIG "/etc/fengcai/fengcai.conf"

#define AT(field) offsetof(struct global_options, field)
const struct option global_options[] = {
    {"state", OPTION_TEXT, "DIR", AT(state), "Where the library and all that is written lies",
     "案例库和一切写入内容所在的文件夹", NULL},
    {"data", OPTION_TEXT, "DIR", AT(data), "Where fonts and other read-only resources lie",
     "字体等只读资源所在的文件夹", NULL},
    {"config", OPTION_TEXT, "FILE", AT(config), "The configuration file", "配置文件", NULL},
    {"verbose", OPTION_FLAG, NULL, AT(verbose), "Say more on stderr", "输出更多信息", NULL},
    {"help", OPTION_FLAG, NULL, AT(help), "Show the options and exit", "显示帮助", NULL},
    {"version", OPTION_FLAG, NULL, AT(version), "Show the version and exit", "显示版本", NULL},
    {0},
};
#undef AT

/* One a line. */
/* clang-format off */
const struct command *const commands[] = {
    &command_run,
    &command_display,
    &command_keep,
    &command_import,
    &command_list,
    &command_search,
    &command_remove,
    &command_hide,
    &command_allow,
    &command_approve,
    &command_decline,
    &command_feature,
    &command_rollback,
    &command_status,
    &command_render,
    &command_config,
    &command_keygen,
    &command_doctor,
    &command_sync,
    &command_pack,
    &command_verify,
    &command_export,
    &command_pin,
    &command_blackout,
    &command_template,
    NULL,
};
/* clang-format on */

const struct command *command_find(const char *name) {
    for (size_t i = 0; commands[i]; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

int command_usage(const struct command *command) {
    fprintf(stderr, "用法 (usage): fengcai %s [OPTION]... %s\n", command->name, command->arguments);
    return EXIT_USAGE;
}

static void print_help(void) {
    puts("用法 (usage): fengcai [OPTION]... COMMAND [OPTION]... [WORD]...\n\n命令 (commands):");
    for (size_t i = 0; commands[i]; i++)
        printf("  %-10s %s\n  %-10s %s\n", commands[i]->name, commands[i]->help_zh, "",
               commands[i]->help);
    puts("\n选项 (options):");
    options_print_help(global_options, stdout);
    puts("\nfengcai COMMAND --help 显示该命令的选项 (shows the options of a command)");
}

static void print_command_help(const struct command *command) {
    printf("用法 (usage): fengcai %s [OPTION]... %s\n%s。\n%s.\n", command->name,
           command->arguments, command->help_zh, command->help);
    if (command->options) {
        puts("\n选项 (options):");
        options_print_help(command->options, stdout);
    }
    puts("\n通用选项 (global options):");
    options_print_help(global_options, stdout);
}

static bool global_takes_word(const char *word) {
    for (const struct option *o = global_options; o->name; o++)
        if (o->kind != OPTION_FLAG && strcmp(word + 2, o->name) == 0)
            return true;
    return false;
}

/* Moves the command's word out of argv; NULL: there is none. */
static const char *take_command_word(int *argc, char **argv) {
    for (int i = 0; i < *argc; i++) {
        if (strncmp(argv[i], "--", 2) == 0) {
            i += global_takes_word(argv[i]);
            continue;
        }
        const char *word = argv[i];
        memmove(argv + i, argv + i + 1, (size_t)(*argc - i - 1) * sizeof *argv);
        --*argc;
        return word;
    }
    return NULL;
}

static char *default_config(void) {
    const char *home = getenv("XDG_CONFIG_HOME");
    char *own = NULL;
    if (!text_empty(home))
        own = path_join(home, "fengcai/fengcai.conf", NULL);
    else if (!text_empty(home = getenv("HOME")))
        own = path_join(home, ".config/fengcai/fengcai.conf", NULL);
    if (own && fs_exists(own))
        return own;
    free(own);
    return xstrdup(SYSTEM_CONFIG);
}

static bool load_file(struct context *context) {
    config_init(&context->config);
    if (context->global.config)
        return config_load(&context->config, context->global.config, true);
    char *path = default_config();
    bool good = config_load(&context->config, path, false);
    free(path);
    return good;
}

/* What was set at the screen is laid over the file. The display's process is the one that mends
 * station.db, before the first slide: a screen must not stand on its side after a power cut. */
static void load_config(struct context *context, const struct command *command) {
    bool mends = command == &command_run || command == &command_display;
    context->config_good = load_file(context);
    context->chosen_good = chosen_apply(context->paths.station, mends, &context->config);
}

static int run_command(const struct command *command, struct context *context, const void *options,
                       int argc, char **argv) {
    if (!paths_init(&context->paths, context->global.state, context->global.data))
        return EXIT_FAILED;
    load_config(context, command);
    int code = EXIT_CONFIG;
    if (command->lit)
        signal(SIGPIPE, SIG_IGN); /* whoever reads its messages may end before it */
    if (context->config_good || command->lit)
        code = command->run(context, options, argc, argv);
    config_finish(&context->config);
    paths_finish(&context->paths);
    return code;
}

int command_main(int argc, char **argv) {
    setlocale(LC_ALL, "");
    setlocale(LC_NUMERIC, "C");          /* numbers in files are written one way everywhere */
    json_set_alloc_funcs(xmalloc, free); /* else what cannot be allocated is left out in silence */
    text_adopt_icu();
    if (sodium_init() < 0) {
        log_error("libsodium: 初始化失败 (initialisation failed)");
        return EXIT_FAILED;
    }
    int words = argc - 1;
    char **word = argv + 1;
    const char *name = take_command_word(&words, word);
    const struct command *command = name ? command_find(name) : NULL;
    struct context context = {0};
    void *options = xcalloc(1, command ? command->options_size : 1);
    const struct option_set sets[] = {{global_options, &context.global},
                                      {command ? command->options : NULL, options}};
    int code = EXIT_USAGE;
    bool parsed = options_parse(sets, 2, &words, word);
    log_init(command ? command->name : "fengcai", context.global.verbose);
    if (parsed && context.global.version) {
        puts("fengcai " FENGCAI_VERSION);
        code = EXIT_DONE;
    } else if (parsed && context.global.help) {
        command ? print_command_help(command) : print_help();
        code = EXIT_DONE;
    } else if (parsed && name && !command) {
        log_error("没有命令 %s，见 fengcai --help (no such command)", name);
    } else if (parsed && !command) {
        fputs("用法 (usage): fengcai [OPTION]... COMMAND，见 fengcai --help (see)\n", stderr);
    } else if (parsed) {
        code = run_command(command, &context, options, words, word);
    }
    free(options);
    return code;
}
