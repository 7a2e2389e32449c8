#include "display/deck.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "display/layout.h"

#define LEAD_CHARACTERS 180  /* one story page in the loop: 36 s at 300 characters a minute */
#define LEAST_TEXT      40   /* characters of the body that are worth standing under a summary */
#define STORY_PICTURES  3    /* beside a text; more would be stamps */
#define UNIT_TITLES     5    /* named on a unit's card */
#define COVER_LOOK_MS   3000 /* to take a picture in, besides reading the title */
#define PICTURE_LOOK_MS 4000 /* for each picture of a gallery */
#define LONG_RATIO      2.5  /* beyond it a picture wants a page of its own */

static struct slide *add(struct deck *deck, enum slide_kind kind) {
    deck->slides = xrealloc(deck->slides, deck->count + 1, sizeof *deck->slides);
    struct slide *slide = deck->slides + deck->count++;
    *slide = (struct slide){.kind = kind};
    return slide;
}

static int64_t clamp(int64_t value, int64_t low, int64_t high) {
    return value < low ? low : value > high ? high : value;
}

static int64_t reading_ms(const struct config *config, size_t characters) {
    return (int64_t)characters * 60000 / config->loop.characters_per_minute;
}

static int64_t bounded(const struct config *config, int64_t ms) {
    return clamp(ms, config->loop.minimum_seconds * 1000LL, config->loop.maximum_seconds * 1000LL);
}

static bool wants_own_page(const struct asset *asset) {
    double ratio = asset->height > 0 ? (double)asset->width / asset->height : 1;
    return asset->whole || ratio > LONG_RATIO || ratio < 1 / LONG_RATIO;
}

static void add_cover(struct deck *deck, const struct case_record *record,
                      const struct config *config) {
    struct slide *slide = add(deck, SLIDE_COVER);
    slide->picture_count = record->asset_count ? 1 : 0;
    size_t characters = utf8_length(record->title) + utf8_length(record->school);
    slide->duration_ms = bounded(config, COVER_LOOK_MS + reading_ms(config, characters));
}

/* The second and those after it, for the first is on the cover; they go round with the pages. */
void deck_story_pictures(struct slide *slide, const struct case_record *record, size_t page) {
    size_t skip = record->asset_count > 1 ? 1 : 0;
    size_t usable = record->asset_count - skip;
    slide->picture_count = usable < STORY_PICTURES ? usable : STORY_PICTURES;
    for (size_t i = 0; i < slide->picture_count; i++)
        slide->pictures[i] = skip + (page + i) % usable;
}

/* In few words: the summary, and as much of the body as can be read besides. */
static void add_lead(struct deck *deck, const struct case_record *record,
                     const struct config *config) {
    const char *lead = *record->summary ? record->summary : record->body;
    if (!*lead)
        return;
    struct slide *slide = add(deck, SLIDE_STORY);
    slide->lead = xstrndup(lead, layout_sentence_end(lead, LEAD_CHARACTERS));
    slide->alone = true;
    size_t characters = utf8_length(slide->lead);
    if (*record->summary && characters + LEAST_TEXT <= LEAD_CHARACTERS)
        slide->text =
            xstrndup(record->body, layout_sentence_end(record->body, LEAD_CHARACTERS - characters));
    characters += slide->text ? utf8_length(slide->text) : 0;
    slide->duration_ms = bounded(config, reading_ms(config, characters));
    deck_story_pictures(slide, record, 0);
}

static void add_page(struct deck *deck, const struct case_record *record,
                     const struct config *config, size_t page, struct slide *draft,
                     const char **text, deck_page_end page_end, void *user) {
    deck_story_pictures(draft, record, page);
    size_t end = **text ? page_end(user, draft, *text) : 0;
    if (end == 0 && !draft->lead)
        end = strlen(*text); /* a page must take something */
    draft->text = xstrndup(*text, end);
    size_t characters = utf8_length(draft->text) + (draft->lead ? utf8_length(draft->lead) : 0);
    draft->duration_ms = bounded(config, reading_ms(config, characters));
    *text += end;
    bool goes_on = end && (*text)[-1] != '\n' && **text != '\n';
    while (**text == '\n' || **text == ' ')
        (*text)++;
    *add(deck, SLIDE_STORY) = *draft;
    *draft = (struct slide){.kind = SLIDE_STORY, .goes_on = goes_on};
}

/* The summary stands at the head of the first page; one that is too long to be set large is the
 * beginning of the text. */
static void add_whole_text(struct deck *deck, const struct case_record *record,
                           const struct config *config, deck_page_end page_end, void *user) {
    struct slide draft = {.kind = SLIDE_STORY};
    bool is_lead = *record->summary && utf8_length(record->summary) <= LEAD_CHARACTERS;
    char *all = is_lead ? xstrdup(record->body)
                        : xasprintf("%s%s%s", record->summary,
                                    *record->summary && *record->body ? "\n" : "", record->body);
    const char *text = all;
    if (is_lead)
        draft.lead = xstrdup(record->summary);
    for (size_t page = 0; *text || draft.lead; page++)
        add_page(deck, record, config, page, &draft, &text, page_end, user);
    free(all);
}

static void add_gallery_page(struct deck *deck, const struct case_record *record,
                             const struct config *config, size_t first, size_t count) {
    struct slide *slide = add(deck, SLIDE_GALLERY);
    size_t characters = 0;
    for (size_t i = 0; i < count; i++) {
        slide->pictures[i] = first + i;
        characters += utf8_length(record->assets[first + i].caption);
    }
    slide->picture_count = count;
    slide->duration_ms =
        bounded(config, (int64_t)count * PICTURE_LOOK_MS + reading_ms(config, characters));
}

/* Pages of a run of ordinary pictures, as even as they come: 5 is 3 and 2, not 4 and 1. */
static void add_gallery_run(struct deck *deck, const struct case_record *record,
                            const struct config *config, size_t first, size_t count) {
    size_t pages = (count + SLIDE_PICTURES - 1) / SLIDE_PICTURES;
    for (; pages; pages--) {
        size_t on_page = (count + pages - 1) / pages;
        add_gallery_page(deck, record, config, first, on_page);
        first += on_page;
        count -= on_page;
    }
}

static void add_gallery(struct deck *deck, const struct case_record *record,
                        const struct config *config) {
    size_t at = 0;
    bool seen_on_cover = config->loop.slides & SLIDES_COVER;
    if (record->asset_count && seen_on_cover && !wants_own_page(record->assets))
        at = 1;
    while (at < record->asset_count) {
        size_t end = at;
        while (end < record->asset_count && !wants_own_page(record->assets + end))
            end++;
        add_gallery_run(deck, record, config, at, end - at);
        if (end < record->asset_count)
            add_gallery_page(deck, record, config, end++, 1);
        at = end;
    }
}

static void number(struct deck *deck) {
    int of[SLIDE_KIND_COUNT] = {0};
    for (size_t i = 0; i < deck->count; i++)
        deck->slides[i].number = ++of[deck->slides[i].kind];
    for (size_t i = 0; i < deck->count; i++)
        deck->slides[i].of = of[deck->slides[i].kind];
}

/* A case must not hold the loop up: gallery pages beyond its time are left out, then what is left
 * is shortened, no slide below the minimum. */
static void limit_time(struct deck *deck, const struct config *config) {
    int64_t limit = config->loop.case_seconds * 1000LL, total = 0;
    int64_t minimum = config->loop.minimum_seconds * 1000LL;
    size_t kept = 0;
    bool gallery = false;
    for (size_t i = 0; i < deck->count; i++) {
        struct slide *slide = deck->slides + i;
        bool needed = slide->kind != SLIDE_GALLERY || !gallery;
        if (!needed && total + slide->duration_ms > limit) {
            continue; /* a gallery page has no text */
        }
        gallery = gallery || slide->kind == SLIDE_GALLERY;
        total += slide->duration_ms;
        deck->slides[kept++] = *slide;
    }
    deck->count = kept;
    for (size_t i = 0; i < kept && total > limit; i++) {
        struct slide *slide = deck->slides + i;
        int64_t shorter = clamp(slide->duration_ms * limit / total, minimum, slide->duration_ms);
        total -= slide->duration_ms - shorter;
        slide->duration_ms = shorter;
    }
}

static void add_notice(struct deck *deck, const struct case_record *record,
                       const struct config *config) {
    struct slide *slide = add(deck, SLIDE_NOTICE);
    slide->text = xasprintf("%s%s%s", record->summary,
                            *record->summary && *record->body ? "\n" : "", record->body);
    slide->picture_count = record->asset_count ? 1 : 0;
    size_t characters = utf8_length(record->title) + utf8_length(slide->text);
    slide->duration_ms = bounded(config, (record->asset_count ? PICTURE_LOOK_MS : 0) +
                                             reading_ms(config, characters));
}

void deck_build_loop(struct deck *deck, const struct case_record *record,
                     const struct config *config) {
    *deck = (struct deck){0};
    if (record->level) {
        add_notice(deck, record, config);
        return;
    }
    if (config->loop.slides & SLIDES_COVER)
        add_cover(deck, record, config);
    if (config->loop.slides & SLIDES_STORY)
        add_lead(deck, record, config);
    if (config->loop.slides & SLIDES_GALLERY)
        add_gallery(deck, record, config);
    limit_time(deck, config);
    number(deck);
}

void deck_build_whole(struct deck *deck, const struct case_record *record,
                      const struct config *config, deck_page_end page_end, void *user) {
    *deck = (struct deck){0};
    if (record->level) {
        add_notice(deck, record, config);
        add_gallery(deck, record, config);
        number(deck);
        return;
    }
    if (config->loop.slides & SLIDES_COVER)
        add_cover(deck, record, config);
    if (config->loop.slides & SLIDES_STORY)
        add_whole_text(deck, record, config, page_end, user);
    if (config->loop.slides & SLIDES_GALLERY)
        add_gallery(deck, record, config);
    number(deck);
}

void deck_open_unit(struct deck *deck, const struct config *config, const char *const *titles,
                    size_t title_count, size_t cases) {
    struct slide card = {.kind = SLIDE_UNIT, .number = 1, .of = 1, .cases = cases};
    struct str text = {0};
    for (size_t i = 0; i < title_count && i < UNIT_TITLES; i++) {
        if (i)
            str_add_char(&text, '\n');
        str_add(&text, titles[i]);
    }
    card.lead = str_take(&text);
    card.duration_ms = bounded(config, reading_ms(config, utf8_length(card.lead)));
    deck->slides = xrealloc(deck->slides, deck->count + 1, sizeof *deck->slides);
    memmove(deck->slides + 1, deck->slides, deck->count * sizeof *deck->slides);
    deck->slides[0] = card;
    deck->count++;
}

void deck_finish(struct deck *deck) {
    for (size_t i = 0; i < deck->count; i++) {
        free(deck->slides[i].lead);
        free(deck->slides[i].text);
    }
    free(deck->slides);
    *deck = (struct deck){0};
}

void slide_name(const struct slide *slide, char name[SLIDE_NAME_SIZE]) {
    static const char *const kinds[] = {"unit", "cover", "story", "gallery", "notice"};
    if (slide->kind != SLIDE_STORY && slide->kind != SLIDE_GALLERY)
        snprintf(name, SLIDE_NAME_SIZE, "%s", kinds[slide->kind]);
    else
        snprintf(name, SLIDE_NAME_SIZE, "%s-%d", kinds[slide->kind], slide->number);
}
