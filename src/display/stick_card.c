#include "display/stick_card.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "display/words.h"

#define MIB          (1 << 20)
#define BETWEEN      " · "
#define MOST_PARTS   30  /* bytes of them, after which there is no room for what they count */
#define MOST_LETTERS 200 /* of a name from the stick; a line holds less */

/* What each state says; detail: WORD_COUNT for none. */
static const struct saying {
    const char *state;
    enum stick_mood mood;
    enum word title, detail;
    bool named; /* the title names the stick */
} sayings[] = {
    {"mounting", STICK_WORKS, WORD_CARD_READS, WORD_CARD_WAIT, false},
    {"found", STICK_WORKS, WORD_CARD_FOUND, WORD_CARD_WAIT, true},
    {"looking", STICK_WORKS, WORD_CARD_LOOKS, WORD_CARD_WAIT, true},
    {"asking", STICK_ASKS, WORD_CARD_FOUND, WORD_CARD_HOLD, true},
    {"queued", STICK_WORKS, WORD_CARD_QUEUED, WORD_CARD_KEEP_IN, true},
    {"copying", STICK_WORKS, WORD_CARD_COPIES, WORD_CARD_KEEP_IN, true},
    {"taking", STICK_WORKS, WORD_CARD_TAKES, WORD_CARD_KEEP_IN, true},
    {"taken", STICK_GOOD, WORD_CARD_TAKEN, WORD_CARD_PULL, false},
    {"same", STICK_GOOD, WORD_CARD_SAME, WORD_CARD_PULL, false},
    {"nothing", STICK_GOOD, WORD_CARD_NOTHING, WORD_CARD_PULL, false},
    {"failed", STICK_BAD, WORD_CARD_FAILED, WORD_COUNT, true},
    {"ejecting", STICK_WORKS, WORD_CARD_EJECTS, WORD_CARD_WAIT, false},
    {"safe", STICK_GOOD, WORD_CARD_PULL, WORD_COUNT, false},
    {"pulled", STICK_BAD, WORD_CARD_PULLED, WORD_COUNT, false},
};

static const struct saying *saying_of(const struct stick_seen *seen) {
    const char *state = stick_seen_text(seen, "state");
    for (size_t i = 0; i < sizeof sayings / sizeof *sayings; i++)
        if (strcmp(sayings[i].state, state) == 0)
            return sayings + i;
    return NULL;
}

/* Names come from the stick: one line, and not all of a long one. */
static char *one_line(const char *text) {
    char *line = xstrdup(text);
    line[utf8_cut(line, MOST_LETTERS)] = '\0';
    for (char *at = line; *at; at++)
        if ((unsigned char)*at < ' ')
            *at = ' ';
    return line;
}

/* "发现U盘 · KINGSTON": by what the stick is called, else where the kernel has it. */
static char *named(const struct stick_seen *seen, const char *title) {
    const char *label = stick_seen_text(seen, "label");
    char *name = one_line(text_empty(label) ? seen->name : label);
    char *text = xasprintf("%s" BETWEEN "%s", title, name);
    free(name);
    return text;
}

/* ---- what came */

static void add_part(struct str *parts, const char *between, const char *text) {
    if (parts->size)
        str_add(parts, between);
    str_add(parts, text);
}

static void add_count(struct str *parts, struct manner manner, int64_t count, enum word word) {
    const char *what = word_main(manner, word);
    char *part = manner.english ? xasprintf("%lld %s", (long long)count, what)
                                : xasprintf("%s%lld个", what, (long long)count);
    if (count)
        add_part(parts, manner.english ? ", " : "，", part);
    free(part);
}

/* "新增3个，更新2个案例" */
static char *news_of(const struct stick_seen *seen, struct manner manner) {
    struct str parts = {0};
    add_count(&parts, manner, stick_seen_number(seen, "added"), WORD_CARD_ADDED);
    add_count(&parts, manner, stick_seen_number(seen, "changed"), WORD_CARD_CHANGED);
    add_count(&parts, manner, stick_seen_number(seen, "removed"), WORD_CARD_REMOVED);
    add_count(&parts, manner, stick_seen_number(seen, "waiting"), WORD_CARD_WAITING);
    if (!parts.size)
        str_add(&parts, word_main(manner, WORD_CARD_TAKEN));
    else if (!manner.english && parts.size <= MOST_PARTS)
        str_add(&parts, "案例");
    return str_take(&parts);
}

static void add_titles(struct stick_card *card, const struct stick_seen *seen) {
    size_t i = 0;
    const json_t *title = NULL;
    json_array_foreach(json_object_get(seen->stick, "titles"), i, title) {
        if (card->title_count < STICK_CARD_TITLES && json_is_string(title))
            card->titles[card->title_count++] = one_line(json_string_value(title));
    }
}

/* ---- how far it is */

/* In the unit of the whole, so that both are read at a glance. */
static char *bytes_text(int64_t done, int64_t whole) {
    if (whole < 10 * MIB)
        return xasprintf("%.1f / %.1f MB", (double)done / MIB, (double)whole / MIB);
    if (whole < INT64_C(1000) * MIB)
        return xasprintf("%lld / %lld MB", (long long)(done / MIB), (long long)(whole / MIB));
    return xasprintf("%.1f / %.1f GB", (double)done / MIB / 1024, (double)whole / MIB / 1024);
}

static char *left_text(int seconds, struct manner manner) {
    bool minutes = seconds >= 60;
    int count = minutes ? seconds / 60 : seconds;
    const char *unit = word_main(manner, minutes ? WORD_CARD_MINUTES : WORD_CARD_SECONDS);
    return manner.english ? xasprintf("about %d %s left", count, unit)
                          : xasprintf("约剩%d%s", count, unit);
}

static void add_taken_over(struct str *parts, char *text) {
    add_part(parts, BETWEEN, text);
    free(text);
}

static void add_progress(struct stick_card *card, struct stick_seen *seen, struct manner manner,
                         int64_t now_ms) {
    struct str parts = {0};
    size_t cases = (size_t)stick_seen_number(seen, "cases");
    int left_s = time_left_say(&seen->left, seen->done, seen->whole, now_ms);
    card->percent = (int)(100.0 * (double)seen->done / (double)seen->whole);
    if (seen->counts_files)
        add_taken_over(&parts,
                       xasprintf("%lld / %lld %s", (long long)seen->done, (long long)seen->whole,
                                 word_main(manner, WORD_CARD_FILES)));
    else
        add_taken_over(&parts, bytes_text(seen->done, seen->whole));
    if (cases)
        add_taken_over(&parts, word_counted(manner, cases, WORD_CASE, WORD_CASES));
    if (left_s > 0 && seen->done < seen->whole)
        add_taken_over(&parts, left_text(left_s, manner));
    free(card->figures);
    card->figures = str_take(&parts);
}

/* ---- the card */

static char *others_text(size_t others, struct manner manner) {
    return !others          ? xstrdup("")
           : manner.english ? xasprintf("%zu more", others)
                            : xasprintf("另有%zu个U盘", others);
}

static enum word detail_of(const struct saying *saying, const struct stick_seen *seen,
                           const struct stick_card_facts *facts) {
    if (saying->detail == WORD_CARD_HOLD)
        return !facts->has_pin ? WORD_CARD_NO_PIN
               : facts->clock  ? WORD_CARD_HOLD
                               : WORD_CARD_HOLD_CORNER;
    bool is_out = saying->detail == WORD_CARD_PULL && !stick_seen_is(seen, "there");
    return is_out ? WORD_COUNT : saying->detail;
}

static char *title_in(const struct saying *saying, const struct stick_seen *seen,
                      struct manner manner) {
    return saying->title == WORD_CARD_TAKEN ? news_of(seen, manner)
                                            : xstrdup(word_main(manner, saying->title));
}

/* What to do; "": nothing. The caller's. */
static char *detail_in(const struct saying *saying, const struct stick_seen *seen,
                       const struct stick_card_facts *facts, struct manner manner) {
    enum word detail = detail_of(saying, seen, facts);
    if (detail != WORD_COUNT)
        return xstrdup(word_main(manner, detail));
    bool failed = saying->mood == STICK_BAD;
    return xstrdup(failed ? stick_seen_text(seen, manner.english ? "error" : "error_zh") : "");
}

/* Both of it in English, beside the Chinese, as two sentences. Takes them over. */
static char *beside_of(struct manner manner, char *title, char *detail) {
    if (*detail >= 'a' && *detail <= 'z')
        *detail += 'A' - 'a';
    char *beside = manner.english ? xstrdup("")
                   : *detail      ? xasprintf("%s. %s", title, detail)
                                  : xstrdup(title);
    free(title);
    free(detail);
    return beside;
}

static void say(struct stick_card *card, const struct saying *saying, const struct stick_seen *seen,
                const struct stick_card_facts *facts) {
    struct manner manner = facts->manner, other = {.english = true};
    char *title = title_in(saying, seen, manner);
    card->mood = saying->mood;
    card->title = saying->named ? named(seen, title) : xstrdup(title);
    card->detail = detail_in(saying, seen, facts, manner);
    card->beside =
        beside_of(manner, title_in(saying, seen, other), detail_in(saying, seen, facts, other));
    free(title);
}

/* A state that is not known here says what the keeper does. */
static void say_as_told(struct stick_card *card, const struct stick_seen *seen,
                        struct manner manner) {
    const char *error = stick_seen_text(seen, manner.english ? "error" : "error_zh");
    const char *text = stick_seen_text(seen, manner.english ? "text" : "text_zh");
    card->mood = *error ? STICK_BAD : stick_seen_is(seen, "can_pull") ? STICK_GOOD : STICK_WORKS;
    card->title = one_line(*text ? text : stick_seen_text(seen, "state"));
    card->detail = xstrdup(error);
    card->beside = beside_of(manner, one_line(stick_seen_text(seen, "text")),
                             xstrdup(stick_seen_text(seen, "error")));
}

/* One line of it. */
static void say_shortly(struct stick_card *card, const struct saying *saying,
                        struct manner manner) {
    if (!saying)
        return;
    free(card->title);
    card->title = xstrdup(word_main(
        manner, saying->mood == STICK_GOOD && saying->detail != WORD_COUNT ? saying->detail
                                                                           : saying->title));
}

void stick_card_build(struct stick_card *card, struct stick_watch *watch,
                      const struct stick_card_facts *facts, int64_t now_ms) {
    size_t others = 0;
    *card = (struct stick_card){.percent = -1};
    struct stick_seen *seen = stick_watch_choose(watch, now_ms, &others, &card->until_ms);
    if (!seen)
        return;
    const struct saying *saying = saying_of(seen);
    card->form = stick_seen_form(seen, now_ms);
    if (saying)
        say(card, saying, seen, facts);
    else
        say_as_told(card, seen, facts->manner);
    card->others = others_text(others, facts->manner);
    card->figures = xstrdup("");
    if (card->form == STICK_SMALL)
        say_shortly(card, saying, facts->manner);
    else if (seen->whole)
        add_progress(card, seen, facts->manner, now_ms);
    if (card->form == STICK_FULL && saying && saying->title == WORD_CARD_TAKEN)
        add_titles(card, seen);
}

void stick_card_finish(struct stick_card *card) {
    free(card->title);
    free(card->beside);
    free(card->detail);
    free(card->figures);
    free(card->others);
    for (size_t i = 0; i < card->title_count; i++)
        free(card->titles[i]);
    *card = (struct stick_card){0};
}

char *stick_card_print(const struct stick_card *card) {
    struct str line = {0};
    if (card->form == STICK_HIDDEN)
        return xstrdup("");
    if (card->form == STICK_SMALL) {
        str_addf(&line, "(%s)", card->title);
        return str_take(&line);
    }
    str_add(&line, card->title);
    const char *parts[] = {card->detail, card->beside, card->figures, card->others};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (*parts[i])
            str_addf(&line, "|%s", parts[i]);
    if (card->percent >= 0)
        str_addf(&line, "|%d%%", card->percent);
    for (size_t i = 0; i < card->title_count; i++)
        str_addf(&line, "|《%s》", card->titles[i]);
    return str_take(&line);
}
