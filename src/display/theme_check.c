#include "display/theme_check.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "display/contrast.h"

struct pair {
    size_t ink, ground; /* offsets in struct theme */
};

#define PAIR(ink, ground)                                                                          \
    { offsetof(struct theme, ink), offsetof(struct theme, ground) }
#define UNIT_PAIRS(unit)                                                                           \
    PAIR(units[unit].light, ground), PAIR(units[unit].light, panel),                               \
        PAIR(on_unit, units[unit].fill), PAIR(on_unit, units[unit].deep)
#define NOTICE_PAIRS(level)                                                                        \
    PAIR(notices[level].light, ground), PAIR(notices[level].light, panel),                         \
        PAIR(on_unit, notices[level].fill), PAIR(on_unit, notices[level].deep)

static const struct pair pairs[] = {
    PAIR(text, ground),       PAIR(text, panel),          PAIR(dim, ground),
    PAIR(dim, panel),         PAIR(over_picture, scrim),  PAIR(over_picture_dim, scrim),
    UNIT_PAIRS(UNIT_PARTY),   UNIT_PAIRS(UNIT_EDUCATION), UNIT_PAIRS(UNIT_SAFETY),
    UNIT_PAIRS(UNIT_SERVICE), NOTICE_PAIRS(LEVEL_NOTICE), NOTICE_PAIRS(LEVEL_URGENT),
};

#define PAIRS (sizeof pairs / sizeof *pairs)

static colour colour_at(const struct theme *theme, size_t offset) {
    colour found = 0;
    memcpy(&found, (const char *)theme + offset, sizeof found);
    return found;
}

static void take_over(struct theme *theme, const struct theme *base, size_t offset) {
    memcpy((char *)theme + offset, (const char *)base + offset, sizeof(colour));
}

static int line_of(const struct settings *settings, const struct settings_file *file,
                   const struct key *key) {
    return file->lines[key - settings->keys];
}

/* At the line of the one that the file sets; where it sets both, of the ink. */
static void report(const struct theme *theme, struct pair pair, double ratio,
                   const struct settings *settings, const struct settings_file *file) {
    if (!line_of(settings, file, settings_key(settings, pair.ink)))
        pair = (struct pair){pair.ground, pair.ink};
    const struct key *key = settings_key(settings, pair.ink),
                     *other = settings_key(settings, pair.ground);
    char *value = xasprintf("#%06x", (unsigned)(colour_at(theme, pair.ink) & 0xFFFFFF));
    settings_report(
        file, line_of(settings, file, key), key, value,
        "its contrast with [%s].%s \"#%06x\" is %.2f:1, less than 4.5:1; the built-in "
        "pair is used（与 [%s].%s 的对比度只有 %.2f:1，至少要 4.5:1；这两项改用内置值）",
        other->section, other->name, (unsigned)(colour_at(theme, pair.ground) & 0xFFFFFF), ratio,
        other->section, other->name, ratio);
    free(value);
}

static bool is_set(const struct settings *settings, const struct settings_file *file,
                   const struct theme *theme, const colour *field) {
    size_t offset = (size_t)((const char *)field - (const char *)theme);
    return line_of(settings, file, settings_key(settings, offset));
}

static bool reads(colour ink, colour ground) {
    return contrast_ratio(ink, ground) >= CONTRAST_LEAST;
}

/* A file that says nothing of notices, as one of before there were any: where the built-in colours
 * do not go with its own, those of a unit do. */
static void lend(struct theme *theme, const struct settings *settings,
                 const struct settings_file *file) {
    static const enum unit lenders[] = {[LEVEL_NOTICE] = UNIT_SERVICE, [LEVEL_URGENT] = UNIT_PARTY};
    for (int level = LEVEL_NOTICE; level < LEVEL_COUNT; level++) {
        struct unit_theme *own = &theme->notices[level];
        const struct unit_theme *unit = &theme->units[lenders[level]];
        bool light = reads(own->light, theme->ground) && reads(own->light, theme->panel);
        if (!light && !is_set(settings, file, theme, &own->light))
            own->light = unit->light;
        if (!reads(theme->on_unit, own->fill) && !is_set(settings, file, theme, &own->fill))
            own->fill = unit->fill;
        if (!reads(theme->on_unit, own->deep) && !is_set(settings, file, theme, &own->deep))
            own->deep = unit->deep;
    }
}

bool theme_check(struct theme *theme, const struct theme *base, const struct settings *settings,
                 const struct settings_file *file) {
    bool good = true;
    lend(theme, settings, file);
    for (bool again = true; again;) { /* what a pair leaves behind may not go with a third colour */
        const struct theme before = *theme;
        again = false;
        for (size_t i = 0; i < PAIRS; i++) {
            double ratio = contrast_ratio(colour_at(&before, pairs[i].ink),
                                          colour_at(&before, pairs[i].ground));
            if (ratio >= CONTRAST_LEAST)
                continue;
            report(&before, pairs[i], ratio, settings, file);
            take_over(theme, base, pairs[i].ink);
            take_over(theme, base, pairs[i].ground);
            again = true;
            good = false;
        }
    }
    return good;
}
