/* option.h: command-line options as tables
 *
 * One table drives the parser, --help and the man page. Options may stand anywhere before "--";
 * "--name value" and "--name=value" are the same. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct size {
    int width, height; /* pixels; 0, 0 when not given */
};

enum option_kind {
    OPTION_FLAG,   /* bool */
    OPTION_TEXT,   /* const char *, points into argv; choices, where given: "0|90|180|270" */
    OPTION_NUMBER, /* int */
    OPTION_SIZE    /* struct size, "1280x720" */
};

struct option {
    const char *name; /* without "--"; NULL ends the table */
    enum option_kind kind;
    const char *argument; /* what stands for the value in the help; NULL for a flag */
    size_t offset;        /* of the field in the struct given to options_parse */
    const char *help;     /* English, one sentence without a full stop */
    const char *help_zh;
    const char *choices;
};

struct option_set {
    const struct option *options;
    void *values;
};

/* Takes the options of any of the sets out of argv, whose remaining words (without argv[0]) are
 * moved to the front; *argc becomes their number. False: reported on stderr. */
bool options_parse(const struct option_set *sets, size_t count, int *argc, char **argv);
void options_print_help(const struct option *options, FILE *to);
void options_print_scdoc(const struct option *options, FILE *to);
/* "1280x720" with 1 to 16384 pixels a side. */
bool size_parse(const char *text, struct size *size);
