/* `template`: a folder that shows how a stick is to be filled. */
#include "command/command.h"

#include <stdlib.h>

#include "base/fs.h"
#include "ingest/template.h"

static int run(struct context *context, const void *values, int argc, char **argv) {
    (void)values;
    if (argc != 1)
        return command_usage(&command_template);
    if (!template_write(&context->paths, argv[0]))
        return EXIT_FAILED;
    char *path = path_join(argv[0], TEMPLATE_FOLDER, NULL);
    puts(path);
    free(path);
    return EXIT_DONE;
}

const struct command command_template = {
    "template",
    "DIR",
    "Write the folder 示例 into a folder or onto a stick: how cases are laid out, and one filled "
    "in",
    "在文件夹或U盘里写一个“示例”：说明怎样放案例，并有一个做好的例子",
    NULL,
    0,
    false,
    run};
