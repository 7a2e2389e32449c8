/* command.h: the table of commands; a command is a row that owns its options */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/config.h"
#include "base/option.h"
#include "base/paths.h"

enum exit_code {
    EXIT_DONE = 0,
    EXIT_FAILED = 1,
    EXIT_USAGE = 2,
    EXIT_CONFIG = 3,
    EXIT_LIBRARY = 4
};

struct global_options {
    const char *state, *data, *config; /* NULL when not given */
    bool verbose, help, version;
};

/* What every command is given. */
struct context {
    struct global_options global;
    struct paths paths;
    struct config config;
    bool config_good; /* false: mistakes were reported, defaults stand in */
    bool chosen_good; /* false: the same of what was set at the screen */
};

struct command {
    const char *name;
    const char *arguments; /* behind the options, as the help shows them; "" for none */
    const char *help, *help_zh;
    const struct option *options; /* NULL: none of its own */
    size_t options_size;          /* of the struct that run is given, zeroed and filled */
    bool lit;                     /* goes on with a broken config: a screen must stay lit */
    int (*run)(struct context *context, const void *options, int argc, char **argv);
};

extern const struct option global_options[];
extern const struct command *const commands[]; /* ended by NULL */

extern const struct command command_run, command_display, command_keep, command_import,
    command_list, command_remove, command_allow, command_rollback, command_status, command_render,
    command_config, command_keygen, command_doctor, command_sync, command_pack, command_verify,
    command_search, command_export, command_pin, command_blackout, command_template,
    command_approve, command_decline, command_hide, command_feature;

const struct command *command_find(const char *name); /* NULL: there is none */
/* Parses, prepares the context and runs; gives the exit code. */
int command_main(int argc, char **argv);
/* A usage error of a command: says so on stderr and gives EXIT_USAGE. */
int command_usage(const struct command *command);
