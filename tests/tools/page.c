/* page: draws a place as a visitor sees it; for tests and for looking
 *
 * page [--text T] [--unit KEY] [--picture N] [--phase N] [--newest] [--of-school] [--of-desk]
 * [--before ID]
 *      [--english] [--reach] [--contrast] [--size N] [--scroll PX] [--finger PX] [--theme T]
 *      [--config FILE] [--request UID] [--take UID] [--choice KEY=VALUE;…] [--setup] [--typed N]
 *      [--player STATE] [--silent] [--position MS] [--targets] STATE WxH PLACE OUT.png
 * --player is what becomes of a video, with its controls: playing, paused, ended, failed; watched:
 * it plays, and they have gone.
 * --choice is what was chosen on a stick: unit=safety, school=NAME, replace=1, left=ID,
 * released=MASK, stick=NAME.
 * PLACE: home, unit, schools, school, case, picture, video, search, about, pin, panel, stick,
 * shelf, shelf_case, stick_case, stick_school, review, preview, imports, sources, station, screen,
 * turn, keep, test, clock, own_school, building, new_pin, finish.
 * --targets prints each target's place on the screen, whether it scrolls and what it does, one a
 * line, after where what scrolls is seen. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/option.h"
#include "base/paths.h"
#include "display/blend_rows.h"
#include "display/browse.h"
#include "display/composer.h"
#include "display/guide.h"
#include "display/paint.h"

struct arguments {
    const char *text, *unit, *before, *theme, *config, *request, *take, *choice, *player;
    int picture, phase, size, scroll, finger;
    int typed, position;
    bool silent, setup, newest, of_school, of_desk, english, reach, contrast, targets;
};

#define AT(field) offsetof(struct arguments, field)
static const struct option options[] = {
    {"text", OPTION_TEXT, "T", AT(text), "Case, school or query", "", NULL},
    {"unit", OPTION_TEXT, "KEY", AT(unit), "The unit", "", NULL},
    {"before", OPTION_TEXT, "ID", AT(before), "The case seen before", "", NULL},
    {"theme", OPTION_TEXT, "T", AT(theme), "The theme", "", NULL},
    {"config", OPTION_TEXT, "FILE", AT(config), "The configuration", "", NULL},
    {"request", OPTION_TEXT, "UID", AT(request), "The desk's last look", "", NULL},
    {"choice", OPTION_TEXT, "WORDS", AT(choice), "Chosen on a stick", "", NULL},
    {"take", OPTION_TEXT, "UID", AT(take), "Likewise, after it", "", NULL},
    {"picture", OPTION_NUMBER, "N", AT(picture), "Of the case", "", NULL},
    {"phase", OPTION_NUMBER, "N", AT(phase), "Filter, from 1", "", NULL},
    {"size", OPTION_NUMBER, "N", AT(size), "Text size, 0 to 2", "", NULL},
    {"scroll", OPTION_NUMBER, "PX", AT(scroll), "Scrolled by", "", NULL},
    {"finger", OPTION_NUMBER, "PX", AT(finger), "12 mm", "", NULL},
    {"typed", OPTION_NUMBER, "N", AT(typed), "Digits of a new PIN", "", NULL},
    {"player", OPTION_TEXT, "STATE", AT(player), "Of the video", "", NULL},
    {"position", OPTION_NUMBER, "MS", AT(position), "Likewise", "", NULL},
    {"silent", OPTION_FLAG, NULL, AT(silent), "Likewise", "", NULL},
    {"setup", OPTION_FLAG, NULL, AT(setup), "A step of the first set-up", "", NULL},
    {"newest", OPTION_FLAG, NULL, AT(newest), "Order", "", NULL},
    {"of-school", OPTION_FLAG, NULL, AT(of_school), "The case stands in its school's list", "",
     NULL},
    {"of-desk", OPTION_FLAG, NULL, AT(of_desk), "The search is the administrator's", "", NULL},
    {"english", OPTION_FLAG, NULL, AT(english), "English", "", NULL},
    {"reach", OPTION_FLAG, NULL, AT(reach), "Within reach", "", NULL},
    {"contrast", OPTION_FLAG, NULL, AT(contrast), "High contrast", "", NULL},
    {"targets", OPTION_FLAG, NULL, AT(targets), "Print them", "", NULL},
    {0},
};

static void ask(struct guide *guide, const char *kind, const char *uid) {
    struct desk_request request = {.kind = (char *)kind};
    snprintf(request.uid, sizeof request.uid, "%s", uid);
    guide_set_request(guide, &request);
}

static struct picks *picks_asked(const char *words) {
    struct picks *picks = picks_copy(NULL);
    char *copy = xstrdup(words), *rest = copy;
    for (char *word; (word = strsep(&rest, ";"));) {
        char *value = strchr(word, '=');
        enum unit unit = UNIT_PARTY;
        if (!value)
            continue;
        *value++ = '\0';
        if (strcmp(word, "unit") == 0 && unit_parse(value, &unit))
            picks->unit = (int)unit;
        picks->replace = picks->replace || strcmp(word, "replace") == 0;
        if (strcmp(word, "school") == 0)
            picks_set_school(picks, value);
        if (strcmp(word, "stick") == 0)
            picks_set_stick(picks, value);
        if (strcmp(word, "left") == 0)
            picks_set(picks, PICKS_LEFT, value, true);
        if (strcmp(word, "released") == 0)
            picks_set(picks, PICKS_RELEASED, value, true);
    }
    free(copy);
    return picks;
}

static struct place place_asked(const struct arguments *arguments, const char *kind) {
    struct place place = place_of(PLACE_HOME, arguments->text ? arguments->text : "");
    while (place.kind < PLACE_KIND_COUNT && strcmp(place_key(place.kind), kind) != 0)
        place.kind++;
    if (arguments->before)
        place.before = xstrdup(arguments->before);
    if (arguments->unit)
        unit_parse(arguments->unit, &place.unit);
    place.picture = arguments->picture;
    if (arguments->choice)
        place.picks = picks_asked(arguments->choice);
    place.typed = arguments->typed;
    place.setup = arguments->setup;
    place.phase = arguments->phase - 1;
    place.of_school = arguments->of_school;
    place.of_desk = arguments->of_desk;
    place.order = arguments->newest ? ORDER_NEWEST : ORDER_FEATURED;
    return place;
}

/* What is seen of a video: what the live state calls it, and "watched". */
static unsigned shown_asked(const struct arguments *arguments) {
    static const struct {
        const char *name;
        unsigned shown;
    } rows[] = {{"playing", SHOWN_CONTROLS | SHOWN_LENGTH | SHOWN_PLAYING},
                {"paused", SHOWN_CONTROLS | SHOWN_LENGTH | SHOWN_PAUSED},
                {"ended", SHOWN_CONTROLS | SHOWN_LENGTH | SHOWN_ENDED},
                {"failed", SHOWN_CONTROLS | SHOWN_FAILED},
                {"watched", SHOWN_PLAYING}};
    unsigned sound = arguments->silent ? SHOWN_SILENT : SHOWN_SOUND;
    for (size_t i = 0; arguments->player && i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].name, arguments->player) == 0)
            return rows[i].shown | (rows[i].shown & SHOWN_LENGTH ? sound : 0);
    return 0;
}

/* A part of a buffer, cut off where what scrolls ends. */
static void paste(struct buffer *to, const struct buffer *from, struct rect place,
                  struct rect clip) {
    struct rect part = rect_meet(place, clip);
    for (int y = part.y; y < part.y + part.height && part.width > 0; y++)
        if (y >= 0 && y < to->height && part.x >= 0 && part.x + part.width <= to->width)
            memcpy(to->pixels + (size_t)y * (size_t)to->stride + (size_t)part.x,
                   from->pixels + (size_t)(y - place.y) * (size_t)from->stride +
                       (size_t)(part.x - place.x),
                   (size_t)part.width * 4);
}

static void draw_kind(struct guide *guide, const struct page *page, enum tile_kind kind, int scroll,
                      struct buffer *to) {
    struct rect whole = {0, 0, to->width, to->height};
    for (size_t i = 0; i < page->tile_count; i++) {
        const struct tile *tile = page->tiles + i;
        bool scrolled = tile->kind == TILE_SCROLLED;
        struct rect place = page_place(page, tile->place, scrolled, scroll);
        struct rect clip = scrolled ? page->view : whole;
        if (tile->kind != kind || !page_shows(page, tile->when) ||
            rect_empty(rect_meet(place, clip)))
            continue;
        struct buffer *buffer = guide_draw(guide, page->ticket, i);
        if (buffer && kind == TILE_PHOTO)
            paint_picture(to, place, buffer, (struct rect){0, 0, buffer->width, buffer->height});
        else if (buffer)
            paste(to, buffer, place, clip);
        buffer_destroy(buffer);
    }
}

/* ---- a video, as the browsing mode places it */

static void draw_buffer(struct buffer *to, const struct placement *placement) {
    const struct buffer *from = placement->buffer;
    struct rect place = {placement->x, placement->y, from->width, from->height};
    struct rect whole = {0, 0, to->width, to->height};
    struct rect part =
        rect_meet(place, placement->clip.width > 0 ? rect_meet(placement->clip, whole) : whole);
    for (int y = part.y; y < part.y + part.height && part.width > 0; y++)
        blend_over(to->pixels + (size_t)y * (size_t)to->stride + (size_t)part.x,
                   from->pixels + (size_t)(y - place.y) * (size_t)from->stride +
                       (size_t)(part.x - place.x),
                   (size_t)part.width, 256);
}

static void draw_all(struct browse *browse, struct buffer *to) {
    struct placement placements[MAX_PLACEMENTS];
    size_t count = browse_place(browse, 0, placements, MAX_PLACEMENTS);
    for (size_t i = 0; i < count; i++) {
        const struct placement *placement = placements + i;
        struct size size = placement->size;
        struct rect place = {placement->x, placement->y, size.width, size.height};
        if (placement->buffer)
            draw_buffer(to, placement);
        else
            paint_fill(to, place, placement->radius, placement->fill);
    }
}

static void draw_video(struct guide *guide, const struct page *page,
                       const struct arguments *arguments, const struct config *config,
                       struct buffer *to) {
    struct browse browse;
    browse_init(&browse, config, page->size, arguments->finger, (size_t)256 << 20);
    browse.state = BROWSE_OPEN;
    browse.page.page = *page;
    browse.player =
        (struct player){.position_ms = arguments->position, .duration_ms = page->film.duration_ms};
    for (size_t i = 0; i < page->tile_count; i++) {
        const struct tile_wish wish = {page->ticket, i, page->tiles[i].key};
        browse_handle_tile(&browse, &wish, guide_draw(guide, page->ticket, i));
    }
    draw_all(&browse, to);
    browse.page.page = (struct page){0}; /* the caller's */
    browse_finish(&browse);
}

static void print_targets(const struct page *page, int scroll, int finger) {
    static const char *const kinds[] = {
        "none", "go",    "replace", "back",  "home",   "loop",    "type",     "erase",
        "word", "enter", "ask",     "black", "choose", "turn",    "keep",     "restart",
        "jump", "play",  "sound",   "seek",  "reach",  "english", "contrast", "size"};
    printf("view %d,%d %dx%d of %d\n", page->view.x, page->view.y, page->view.width,
           page->view.height, page->height);
    for (size_t i = 0; i < page->target_count; i++) {
        const struct target *target = page->targets + i;
        const struct action *action = &target->action;
        if (!page_shows(page, target->when))
            continue;
        struct rect place = page_place(page, target->place, target->scrolled, scroll);
        bool small = place.width < finger || place.height < finger, leads = action->place.text;
        printf("%d,%d %dx%d %s%s %s ", place.x, place.y, place.width, place.height,
               small ? "SMALL " : "", target->scrolled ? "scrolled" : "fixed", kinds[action->kind]);
        if (action->kind == ACTION_TURN || action->kind == ACTION_KEEP)
            printf("- %d\n", action->number);
        else if (action->kind == ACTION_CHOOSE)
            printf("- %s=%s\n", action->text, action->more);
        else if (!leads)
            printf("- %s\n", action->text ? action->text : "");
        else if (action->place.kind == PLACE_PICTURE || action->place.kind == PLACE_VIDEO)
            printf("%s %d\n", place_key(action->place.kind), action->place.picture);
        else
            printf("%s %s\n", place_key(action->place.kind),
                   action->place.kind == PLACE_UNIT ? unit_key(action->place.unit)
                                                    : action->place.text);
    }
}

int main(int argc, char **argv) {
    struct arguments arguments = {.finger = 45};
    const struct option_set set = {options, &arguments};
    struct size size = {0, 0};
    argc--;
    argv++;
    if (!options_parse(&set, 1, &argc, argv) || argc != 4 || !size_parse(argv[1], &size)) {
        fprintf(stderr, "usage: page [OPTION]... STATE WxH PLACE OUT.png\n");
        return 2;
    }
    struct paths paths;
    struct config config;
    struct clock clock;
    if (!paths_init(&paths, argv[0], SOURCE_DIR))
        return 1;
    config_init(&config);
    if (arguments.config)
        config_load(&config, arguments.config, true);
    if (arguments.theme) {
        free(config.display.theme);
        config.display.theme = xstrdup(arguments.theme);
    }
    clock_init(&clock, &paths);
    struct studio *studio = studio_create(&paths, &config, size);
    struct guide *guide = studio ? guide_create(studio, &paths, &config, &clock) : NULL;
    if (!guide)
        return 1;
    guide_set_finger(guide, arguments.finger);
    if (arguments.request)
        ask(guide, "look", arguments.request);
    if (arguments.take)
        ask(guide, "take", arguments.take);
    struct place place = place_asked(&arguments, argv[2]);
    struct manner manner = {arguments.english, arguments.reach, arguments.contrast,
                            (enum text_size)arguments.size};
    struct page page = guide_make(guide, &place, manner, 1);
    struct buffer *out = buffer_create(size.width, size.height);
    paint_fill(out, (struct rect){0, 0, size.width, size.height}, 0, page.ground);
    page.shown = shown_asked(&arguments);
    if (page.film.path)
        draw_video(guide, &page, &arguments, &config, out);
    for (int kind = TILE_PHOTO; !page.film.path && kind >= TILE_FIXED; kind--)
        draw_kind(guide, &page, (enum tile_kind)kind, arguments.scroll, out);
    if (arguments.targets)
        print_targets(&page, arguments.scroll, arguments.finger);
    bool saved = buffer_save_png(out, argv[3]);
    buffer_destroy(out);
    page_finish(&page);
    place_finish(&place);
    guide_destroy(guide);
    studio_destroy(studio);
    config_finish(&config);
    paths_finish(&paths);
    return saved ? 0 : 1;
}
