/* The date and time: confirmed as they are, or set anew. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/time.h"
#include "display/page_entry.h"
#include "display/setup.h"

#define REFRESH_MS 5000 /* what it says of the time is a minute's */

struct clock_entry {
    enum word word; /* what is to be said */
    struct action enter;
    bool warns;
};

static struct action ask_at(int64_t ms) {
    char *arguments = xasprintf("{\"time_ms\": %lld}", (long long)ms);
    struct action action = action_ask("clock", arguments);
    free(arguments);
    return action;
}

/* What Enter would do with what was typed, and what is to be said before that. An implausible time
 * takes a second Enter. */
static struct clock_entry judge(const struct place *here, const struct page_source *source) {
    int64_t ms = 0;
    if (!*here->text)
        return (struct clock_entry){WORD_CLOCK_ASK, action_ask("clock", "{}"), false};
    if (strlen(here->text) < DATE_DIGITS)
        return (struct clock_entry){WORD_CLOCK_ASK, {.kind = ACTION_NONE}, false};
    if (!draft_parse_date(here->text, &ms))
        return (struct clock_entry){WORD_CLOCK_BAD, {.kind = ACTION_NONE}, true};
    struct clock_record record = clock_load(source->clock);
    enum clock_doubt doubt = clock_doubt(&record, ms);
    enum word word = doubt == CLOCK_BEFORE_BUILD ? WORD_CLOCK_EARLY
                     : doubt == CLOCK_FAR_AHEAD  ? WORD_CLOCK_AHEAD
                                                 : WORD_CLOCK_ASK;
    if (doubt == CLOCK_PLAUSIBLE || here->picture == 1)
        return (struct clock_entry){doubt == CLOCK_PLAUSIBLE ? word : WORD_CLOCK_AGAIN, ask_at(ms),
                                    doubt != CLOCK_PLAUSIBLE};
    struct action sure = {.kind = ACTION_REPLACE, .place = place_copy(here)};
    sure.place.picture = 1;
    return (struct clock_entry){word, sure, true};
}

/* "现在是 2026-11-26 08:30，已确认" */
static char *now_text(const struct sheet *sheet, const struct page_source *source) {
    int64_t now = time_now_ms();
    int year = 0, month = 0, day = 0, weekday = 0, hour = 0, minute = 0;
    struct time_verdict verdict = clock_judge(source->clock, now);
    bool confirmed = clock_load(source->clock).confirmed_ms && time_believable(&verdict, now);
    time_local_date(now, &year, &month, &day);
    time_local_clock(now, &weekday, &hour, &minute);
    struct manner manner = sheet->manner;
    return xasprintf("%s %d-%02d-%02d %02d:%02d%s%s", word_main(manner, WORD_CLOCK_NOW), year,
                     month, day, hour, minute, manner.english ? ", " : "，",
                     word_main(manner, confirmed ? WORD_CLOCK_CONFIRMED : WORD_CLOCK_UNCONFIRMED));
}

/* The keeper's answer, while nothing else is typed; NULL: there is none. */
static char *answer_of(struct sheet *sheet, const struct page_source *source,
                       const struct clock_entry *judged) {
    bool done = true;
    char *said =
        judged->warns || *sheet->page.place.text ? NULL : page_desk_answer(sheet, source, &done);
    if (!done)
        sheet->page.refresh_ms = 700;
    return said;
}

void page_build_clock(struct sheet *sheet, const struct page_source *source) {
    struct manner manner = sheet->manner;
    const struct place *here = &sheet->page.place;
    struct clock_entry judged = judge(here, source);
    char digits[DATE_TEXT_SIZE], *now = now_text(sheet, source);
    sheet->page.refresh_ms = REFRESH_MS;
    char *said = answer_of(sheet, source, &judged);
    char *beside = page_step_beside(sheet, WORD_CLOCK);
    char *below = xasprintf("%s\n%s", now, said ? "" : word_beside(manner, judged.word));
    draft_print_date(here->text, digits);
    struct key_cap caps[ENTRY_DIGITS + 2];
    int count = page_add_digits(caps);
    caps[count++] = (struct key_cap){.label = word_main(manner, WORD_ENTER),
                                     .beside = word_beside(manner, WORD_ENTER),
                                     .on = true,
                                     .action = judged.enter};
    if (here->setup)
        caps[count++] = (struct key_cap){.label = word_main(manner, WORD_NEXT_STEP),
                                         .beside = word_beside(manner, WORD_NEXT_STEP),
                                         .action = page_step_on(sheet)};
    const struct typing entry = {.main = word_main(manner, WORD_CLOCK),
                                 .beside = beside,
                                 .text = digits,
                                 .message = said ? said : word_main(manner, judged.word),
                                 .message_beside = below,
                                 .caps = caps,
                                 .count = count,
                                 .columns = 3};
    page_build_entry(sheet, &entry);
    free(below);
    free(beside);
    free(said);
    free(now);
}
