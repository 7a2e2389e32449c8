/* Runs a fuzz target over the files of a folder: the regression corpus, without libFuzzer.
 * usage: replay FOLDER */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/fs.h"

#define MAX_SEED_BYTES (1u << 20)

int main(int argc, char **argv) {
    DIR *dir = argc == 2 ? opendir(argv[1]) : NULL;
    size_t count = 0;
    if (!dir)
        return 2;
    for (const struct dirent *entry; (entry = readdir(dir));) {
        char *path = path_join(argv[1], entry->d_name, NULL), *bytes = NULL;
        size_t size = 0;
        if (!fs_is_dir(path)) {
            if (!fs_read(path, MAX_SEED_BYTES, &bytes, &size))
                return 1;
            puts(path);
            fflush(stdout); /* the last one named is the one that crashes */
            LLVMFuzzerTestOneInput((const uint8_t *)bytes, size);
            count++;
        }
        free(bytes);
        free(path);
    }
    closedir(dir);
    printf("%zu inputs\n", count);
    return count == 0;
}
