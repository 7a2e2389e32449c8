/* fengcai.conf: whatever stands in the file, every value is one that its key may have, and what is
 * printed is read again without a mistake and to the same. */
#include "fuzz.h"

#include <string.h>

#include "base/config.h"
#include "fuzz_file.h"

static char *printed(const struct config *config, size_t *size) {
    char *text = NULL;
    FILE *to = open_memstream(&text, size);
    must(to);
    config_print(config, to);
    fclose(to);
    return text;
}

static void check_values(const struct config *config) {
    must(config->loop.cases >= 1 && config->loop.cases <= 500);
    must(config->loop.minimum_seconds >= 1);
    must(config->loop.minimum_seconds <= config->loop.maximum_seconds);
    must(config->loop.slides && config->loop.slides < 16);
    must(config->display.rotate >= 0 && config->display.rotate <= 3);
    must(config->storage.quota >= 5 && config->storage.quota <= 95);
    must(config->source_count <= MAX_SOURCES);
    for (size_t i = 0; i < config->source_count; i++) {
        const struct source_config *source = config->sources + i;
        must(*source->name && strlen(source->name) <= 32 && !strpbrk(source->name, "/. "));
        must(strncmp(source->url, "https://", 8) == 0 ||
             (*source->key && strncmp(source->url, "http://", 7) == 0));
        must(source->unit >= 0 && source->unit <= 4);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct config config, again;
    struct fuzz_file file;
    fuzz_file_open(&file, bytes, size);
    config_init(&config);
    config_load(&config, file.path, true);
    fuzz_file_close(&file);
    check_values(&config);
    size_t length = 0, length_again = 0;
    char *text = printed(&config, &length);
    if (fuzz_file_fits(text)) {
        fuzz_file_open(&file, text, length);
        config_init(&again);
        must(config_load(&again, file.path, true));
        fuzz_file_close(&file);
        char *text_again = printed(&again, &length_again);
        must(length == length_again && memcmp(text, text_again, length) == 0);
        free(text_again);
        config_finish(&again);
    }
    free(text);
    config_finish(&config);
    return 0;
}
