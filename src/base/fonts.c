#include "base/fonts.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/str.h"

#define MAX_FALLBACKS 32 /* the configured and the system's; each costs a look per miss */
#define MAX_BUNDLED   4
#define MAX_OWN       2

static const char *const bundled[MAX_BUNDLED] = {"NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf",
                                                 "NotoSans-Regular.ttf", "NotoSans-Bold.ttf"};

/* Where Debian and others put what the bundled fonts do not have. */
static const char *const system_fonts[] = {
    "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf",
    "/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf",
    "/usr/share/fonts/truetype/noto/NotoSerifTibetan-Regular.ttf",
    "/usr/share/fonts/truetype/noto/NotoSansMongolian-Regular.ttf",
    "/usr/share/fonts/truetype/noto/NotoSansYi-Regular.ttf",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
};

struct list {
    char **files;
    size_t count, most;
};

static void add(struct list *list, char *path) {
    if (list->count == list->most || path[0] == '\0')
        free(path);
    else
        list->files[list->count++] = path;
}

static bool has_own(const struct font_choice *choice) {
    return !text_empty(choice->regular) || !text_empty(choice->bold);
}

/* Of the theme; what it lacks is the first bundled font of that weight. */
static void add_own(struct list *list, const struct font_choice *choice) {
    const char *const own[MAX_OWN] = {choice->regular, choice->bold};
    bool folder = fs_is_dir(choice->folder);
    for (size_t i = 0; i < MAX_OWN; i++)
        if (!text_empty(own[i]))
            add(list, xstrdup(own[i]));
        else
            add(list,
                folder ? path_join(choice->folder, bundled[i], NULL) : xstrdup(choice->folder));
}

static void add_bundled(struct list *list, const char *folder) {
    if (fs_is_dir(folder)) {
        for (size_t i = 0; i < MAX_BUNDLED; i++)
            add(list, path_join(folder, bundled[i], NULL));
        return;
    }
    for (size_t i = 0; i < 2; i++)
        add(list, xstrdup(folder));
}

static void add_configured(struct list *list, const char *fallback) {
    while (fallback && *fallback) {
        size_t size = strcspn(fallback, ":");
        add(list, xstrndup(fallback, size));
        fallback += size + (fallback[size] == ':');
    }
}

char **fonts_list(const struct font_choice *choice, size_t *count) {
    struct list list = {.most = MAX_OWN + MAX_BUNDLED + MAX_FALLBACKS};
    list.files = xcalloc(list.most, sizeof *list.files);
    if (has_own(choice))
        add_own(&list, choice);
    add_bundled(&list, choice->folder);
    add_configured(&list, choice->fallback);
    for (size_t i = 0; !choice->bundled_only && i < sizeof system_fonts / sizeof *system_fonts; i++)
        if (fs_exists(system_fonts[i]))
            add(&list, xstrdup(system_fonts[i]));
    *count = list.count;
    return list.files;
}

size_t fonts_pairs(const struct font_choice *choice) {
    return (has_own(choice) ? 1 : 0) + (fs_is_dir(choice->folder) ? 2 : 1);
}

void fonts_free(char **files, size_t count) {
    for (size_t i = 0; i < count; i++)
        free(files[i]);
    free(files);
}
