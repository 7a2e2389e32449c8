/* A theme file: whatever stands in it, text can be read on its ground, sizes stay within their
 * ranges, and what is printed is read again without a mistake and to the same. */
#include "fuzz.h"

#include <string.h>

#include "display/contrast.h"
#include "display/theme.h"
#include "fuzz_file.h"

static char *printed(const struct theme *theme, size_t *size) {
    char *text = NULL;
    FILE *to = open_memstream(&text, size);
    must(to);
    theme_print(theme, to);
    fclose(to);
    return text;
}

static void check_contrasts(const struct theme *theme) {
    const colour pairs[][2] = {
        {theme->text, theme->ground},        {theme->text, theme->panel},
        {theme->dim, theme->ground},         {theme->dim, theme->panel},
        {theme->over_picture, theme->scrim}, {theme->over_picture_dim, theme->scrim}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        must(contrast_ratio(pairs[i][0], pairs[i][1]) >= CONTRAST_LEAST);
    for (size_t i = 0; i < UNIT_COUNT; i++) {
        const struct unit_theme *unit = &theme->units[i];
        must(contrast_ratio(unit->light, theme->ground) >= CONTRAST_LEAST);
        must(contrast_ratio(unit->light, theme->panel) >= CONTRAST_LEAST);
        must(contrast_ratio(theme->on_unit, unit->fill) >= CONTRAST_LEAST);
        must(contrast_ratio(theme->on_unit, unit->deep) >= CONTRAST_LEAST);
    }
}

static void check_values(const struct theme *theme) {
    must(theme->body >= 30 && theme->body <= 56 && theme->label >= 26 && theme->label <= 40);
    must(theme->title >= 52 && theme->title <= 120 && theme->lead >= 36 && theme->lead <= 80);
    must(theme->leading >= 130 && theme->title_leading >= 110);
    must(theme->margin >= 48 && theme->margin <= 160 && theme->crop_percent <= 35);
    must(!theme->step_seconds || theme->step_seconds >= 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct theme theme, again;
    struct fuzz_file file;
    fuzz_file_open(&file, bytes, size);
    theme_load(&theme, file.path, SOURCE_DIR, true);
    fuzz_file_close(&file);
    check_contrasts(&theme);
    check_values(&theme);
    size_t length = 0, length_again = 0;
    char *text = printed(&theme, &length);
    if (fuzz_file_fits(text)) {
        fuzz_file_open(&file, text, length);
        must(theme_load(&again, file.path, SOURCE_DIR, true));
        fuzz_file_close(&file);
        char *text_again = printed(&again, &length_again);
        must(length == length_again && memcmp(text, text_again, length) == 0);
        free(text_again);
        theme_finish(&again);
    }
    free(text);
    theme_finish(&theme);
    return 0;
}
