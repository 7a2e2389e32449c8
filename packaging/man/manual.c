/* manual: fills a man page's template from the program's own tables
 *
 * usage: manual TEMPLATE > PAGE.scd
 * A line "@commands@", "@options@", "@keys@", "@theme@", "@rejects@", "@signs@" or "@health@" is
 * replaced by what the table says. */
#include <stdio.h>
#include <string.h>

#include "base/config.h"
#include "command/command.h"
#include "display/theme.h"
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
    while (fgets(line, sizeof line, template))
        print_line(line);
    fclose(template);
    return 0;
}
