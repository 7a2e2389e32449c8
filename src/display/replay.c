#include "display/replay.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"

#define MAX_REPLAY_BYTES (128u << 20)         /* a million events are under 40 MiB */
#define MAX_MS           (1000LL * 86400 * 7) /* a soak of a week */

/* ---- the words of a line */

/* Ends the word, and moves *at to the next one; "" at the end. */
static const char *next_word(char **at) {
    char *word = *at + strspn(*at, " ");
    char *end = word + strcspn(word, " ");
    *at = *end ? end + 1 : end;
    *end = '\0';
    return word;
}

static bool next_number(char **at, int64_t least, int64_t most, int64_t *number) {
    const char *word = next_word(at);
    char *end = NULL;
    errno = 0;
    *number = strtoll(word, &end, 10);
    return *word && !*end && !errno && *number >= least && *number <= most;
}

static bool next_int(char **at, int *number) {
    int64_t wide = 0;
    bool good = next_number(at, INT_MIN, INT_MAX, &wide);
    *number = (int)wide;
    return good;
}

static bool next_action(char **at, enum touch_kind *kind) {
    static const char *const names[] = {"down", "move", "up", "cancel"};
    const char *word = next_word(at);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(word, names[i]) == 0) {
            *kind = (enum touch_kind)i;
            return true;
        }
    return false;
}

/* ---- what stands behind the time and the kind */

static bool parse_touch(char **at, struct replay_event *event) {
    return next_action(at, &event->touch.kind) &&
           next_number(at, 0, INT64_MAX, &event->touch.finger) &&
           next_int(at, &event->touch.at.x) && next_int(at, &event->touch.at.y);
}

static bool parse_mouse(char **at, struct replay_event *event) {
    event->touch.finger = TOUCH_MOUSE;
    return next_action(at, &event->touch.kind) && event->touch.kind != TOUCH_CANCEL &&
           next_int(at, &event->touch.at.x) && next_int(at, &event->touch.at.y);
}

static bool parse_wheel(char **at, struct replay_event *event) {
    return next_int(at, &event->wheel);
}

static bool parse_key(char **at, struct replay_event *event) {
    event->text = next_word(at);
    return *event->text;
}

static bool parse_text(char **at, struct replay_event *event) {
    event->text = *at;
    *at += strlen(*at);
    return *event->text;
}

static bool parse_window(char **at, struct replay_event *event) {
    return strcmp(next_word(at), "resize") == 0 && next_int(at, &event->size.width) &&
           next_int(at, &event->size.height) && event->size.width > 0 && event->size.height > 0;
}

static const struct line_kind {
    const char *name, *form;
    enum replay_kind kind;
    bool (*parse)(char **at, struct replay_event *event);
} line_kinds[] = {
    {"touch", "touch down|move|up|cancel FINGER X Y", REPLAY_TOUCH, parse_touch},
    {"mouse", "mouse down|move|up X Y", REPLAY_TOUCH, parse_mouse},
    {"wheel", "wheel DY", REPLAY_WHEEL, parse_wheel},
    {"key", "key NAME", REPLAY_KEY, parse_key},
    {"text", "text UTF8", REPLAY_TEXT, parse_text},
    {"window", "window resize W H", REPLAY_WINDOW, parse_window},
};

static const struct line_kind *find_kind(const char *name) {
    for (size_t i = 0; i < sizeof line_kinds / sizeof *line_kinds; i++)
        if (strcmp(name, line_kinds[i].name) == 0)
            return line_kinds + i;
    return NULL;
}

/* NULL: good; else what would be right. */
static const char *parse_line(struct replay *replay, struct replay_event *event) {
    char *at = replay->line;
    int64_t ms = 0;
    *event = (struct replay_event){0};
    if (!next_number(&at, replay->last_us / 1000, MAX_MS, &ms))
        return "milliseconds, not less than in the line before";
    const struct line_kind *kind = find_kind(next_word(&at));
    if (!kind)
        return "touch, mouse, wheel, key, text or window";
    replay->last_us = event->at_us = event->touch.at_us = ms * 1000;
    event->kind = kind->kind;
    return kind->parse(&at, event) && !*next_word(&at) ? NULL : kind->form;
}

/* ---- lines */

enum line { LINE_GOOD, LINE_OVER, LINE_LONG };

/* The next one that is neither empty nor a comment. */
static enum line take_line(struct replay *replay) {
    do {
        if (!*replay->at)
            return LINE_OVER;
        size_t size = strcspn(replay->at, "\n");
        replay->number++;
        if (size >= sizeof replay->line)
            return LINE_LONG;
        memcpy(replay->line, replay->at, size);
        replay->line[size] = '\0';
        replay->at += size + (replay->at[size] == '\n');
    } while (!*replay->line || *replay->line == '#');
    return LINE_GOOD;
}

static void rewind_replay(struct replay *replay) {
    replay->at = replay->bytes;
    replay->number = 0;
    replay->last_us = 0;
}

static bool check(struct replay *replay) {
    struct replay_event event;
    enum line line = LINE_GOOD;
    const char *right = NULL;
    while (!right && (line = take_line(replay)) == LINE_GOOD)
        right = parse_line(replay, &event);
    if (line == LINE_LONG)
        right = "a shorter line";
    if (right)
        log_error("%s:%d: not %s", replay->name, replay->number, right);
    rewind_replay(replay);
    return !right;
}

/* ---- */

bool replay_parse(struct replay *replay, const char *name, char *text) {
    *replay = (struct replay){.name = xstrdup(name), .bytes = text};
    rewind_replay(replay);
    if (check(replay))
        return true;
    replay_close(replay);
    return false;
}

bool replay_open(struct replay *replay, const char *path) {
    char *text = NULL;
    size_t size = 0;
    *replay = (struct replay){0};
    return fs_read(path, MAX_REPLAY_BYTES, &text, &size) && replay_parse(replay, path, text);
}

bool replay_next(struct replay *replay, struct replay_event *event) {
    return take_line(replay) == LINE_GOOD && !parse_line(replay, event);
}

void replay_close(struct replay *replay) {
    free(replay->name);
    free(replay->bytes);
    *replay = (struct replay){0};
}
