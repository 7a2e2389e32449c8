/* manual: fills a man page's template from the program's own tables
 *
 * usage: manual TEMPLATE > PAGE.scd
 * A line "@commands@", "@options@", "@keys@", "@theme@", "@rejects@", "@signs@", "@health@" or
 * "@limits@" is replaced by what the table says, "@example@" by the feed of the example bundle. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/config.h"
#include "base/fs.h"
#include "command/command.h"
#include "display/theme.h"
#include "ingest/feed.h"
#include "ingest/reject.h"
#include "ingest/sign.h"
#include "keeper/health.h"

static void print_commands(void) {
    for (size_t i = 0; commands[i]; i++) {
        const struct command *command = commands[i];
        printf("*fengcai %s*%s\n\t%s.++\n%s。\n\n", command->name,
               command->options ? " [OPTION]..." : "", command->help, command->help_zh);
        if (*command->arguments)
            printf("\tArguments: %s\n\n", command->arguments);
        if (command->options)
            options_print_scdoc(command->options, stdout);
    }
}

/* Beside the template, from the top of the tree. */
static bool print_example(const char *template) {
    char *path = path_beside(template, "../../assets/example-bundle/feed.json"), *text = NULL;
    size_t size = 0;
    bool good = fs_read(path, FEED_PAGE_BYTES, &text, &size);
    for (const char *at = text; good && *at; at++)
        printf("%s%c", *at == '\\' ? "\\" : "", *at); /* scdoc drops a single one */
    free(text);
    free(path);
    return good;
}

static void print_line(const char *line) {
    if (strcmp(line, "@commands@\n") == 0)
        print_commands();
    else if (strcmp(line, "@options@\n") == 0)
        options_print_scdoc(global_options, stdout);
    else if (strcmp(line, "@keys@\n") == 0)
        config_print_scdoc(stdout);
    else if (strcmp(line, "@theme@\n") == 0)
        theme_print_scdoc(stdout);
    else if (strcmp(line, "@rejects@\n") == 0)
        reject_print_scdoc(stdout);
    else if (strcmp(line, "@signs@\n") == 0)
        sign_print_scdoc(stdout);
    else if (strcmp(line, "@health@\n") == 0)
        health_print_scdoc(stdout);
    else if (strcmp(line, "@limits@\n") == 0)
        feed_print_limits_scdoc(stdout);
    else
        fputs(line, stdout);
}

int main(int argc, char **argv) {
    FILE *template = argc == 2 ? fopen(argv[1], "re") : NULL;
    if (!template) {
        fputs("usage: manual TEMPLATE > PAGE.scd\n", stderr);
        return 2;
    }
    char line[4096];
    bool good = true;
    while (fgets(line, sizeof line, template))
        if (strcmp(line, "@example@\n") == 0)
            good = print_example(argv[1]) && good;
        else
            print_line(line);
    fclose(template);
    return !good;
}
