/* Is what was written shown? White space is not compared: lines and pages end at it. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "check.h"

static bool is_space(uint32_t c) {
    return c <= ' ' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F;
}

/* Without white space; the caller's. */
static char *dense(const char *text) {
    struct str out = {0};
    while (*text) {
        const char *from = text;
        if (!is_space(utf8_next(&text)))
            str_add_bytes(&out, from, (size_t)(text - from));
    }
    return str_take(&out);
}

/* Behind `part` where text starts with it, else text. */
static const char *take(const char *text, const char *part) {
    char *want = dense(part);
    size_t size = strlen(want);
    const char *rest = text_starts(text, want) ? text + size : text;
    free(want);
    return rest;
}

static bool is_cut_part(const struct layout *layout, const char *text) {
    static const char mark[] = "…";
    if (!layout->cut)
        return false;
    char *shown = dense(layout->text), *all = dense(text);
    size_t size = strlen(shown);
    while (size >= sizeof mark - 1 &&
           memcmp(shown + size - (sizeof mark - 1), mark, sizeof mark - 1) == 0)
        size -= sizeof mark - 1;
    bool part = size > 0 && strncmp(shown, all, size) == 0;
    free(shown);
    free(all);
    return part;
}

/* Texts in the order in which they are shown, borrowed. */
struct parts {
    const char **texts; /* owned */
    size_t count;
};

static void add_part(struct parts *parts, const char *text) {
    parts->texts = xrealloc(parts->texts, parts->count + 1, sizeof *parts->texts);
    parts->texts[parts->count++] = text;
}

/* All of text must be in the parts, piece after piece, others between them. Where the first piece
 * is is tried out: a heading may begin with the same words. Frees the parts. */
static void check_shown(struct parts *parts, const char *text, struct findings *findings) {
    char *all = dense(text);
    const char *least = all;
    for (size_t first = 0; *least && first < parts->count; first++) {
        const char *rest = all;
        for (size_t i = first; i < parts->count; i++)
            rest = take(rest, parts->texts[i]);
        least = rest > least ? rest : least;
    }
    if (*least)
        findings_add(findings, FINDING_LOST, (struct rect){0},
                     (double)(utf8_length(all) - utf8_length(least)), least);
    free(all);
    free(parts->texts);
}

static void check_scene(const struct scene *scene, const char *text, struct findings *findings) {
    struct parts parts = {0};
    for (size_t i = 0; i < scene->count; i++)
        if (scene->items[i].kind == ITEM_TEXT)
            add_part(&parts, scene->items[i].text.layout->text);
    check_shown(&parts, text, findings);
}

/* A title that is cut on its own cover is read nowhere. */
static void check_title(const struct scene *scene, const char *title, struct findings *findings) {
    for (size_t i = 0; i < scene->count; i++) {
        const struct item *item = &scene->items[i];
        if (item->kind != ITEM_TEXT || !is_cut_part(item->text.layout, title))
            continue;
        findings_add(findings, FINDING_CUT, item->place,
                     (double)utf8_length(item->text.layout->text), title);
        return;
    }
    check_scene(scene, title, findings);
}

enum cut check_cut_of(const struct layout *layout, const struct case_record *record) {
    if (!layout->cut)
        return CUT_NONE;
    if (!record)
        return CUT_OTHER;
    if (is_cut_part(layout, record->title))
        return CUT_TITLE;
    if (is_cut_part(layout, record->school))
        return CUT_SCHOOL;
    if (is_cut_part(layout, record->summary))
        return CUT_SUMMARY;
    for (size_t i = 0; i < record->asset_count; i++)
        if (is_cut_part(layout, record->assets[i].caption))
            return CUT_CAPTION;
    return CUT_OTHER;
}

void check_words(const struct subject *subject, struct findings *findings) {
    if (!subject->slide)
        return;
    if (subject->slide->text && !subject->slide->alone)
        check_scene(subject->scene, subject->slide->text, findings);
    if (subject->slide->lead && subject->slide->kind == SLIDE_STORY)
        check_scene(subject->scene, subject->slide->lead, findings);
    if (subject->slide->kind == SLIDE_COVER)
        check_title(subject->scene, subject->record->title, findings);
}

/* A summary is the lead of the first page, or, too long for that, the beginning of the text. */
void check_deck(const struct deck *deck, const struct case_record *record,
                struct findings *findings) {
    struct parts parts = {0};
    for (size_t i = 0; i < deck->count; i++) {
        if (deck->slides[i].kind == SLIDE_STORY && deck->slides[i].lead)
            add_part(&parts, deck->slides[i].lead);
        if (deck->slides[i].text)
            add_part(&parts, deck->slides[i].text);
    }
    char *all = xasprintf("%s%s", record->summary, record->body);
    check_shown(&parts, all, findings);
    free(all);
}
