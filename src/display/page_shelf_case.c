/* A case as the administrator sees it: where it came from, how often it was seen, and what can be
 * done about it here. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/time.h"
#include "display/page_desk.h"
#include "display/receipt_text.h"
#include "library/ledger.h"
#include "library/promotions.h"
#include "library/station.h"
#include "library/withdrawals.h"

/* u */
#define PICTURE_WIDE 420
#define PICTURE_HIGH 300
#define PAD          24

#define DAYS_SHOWN    30
#define DAY_MS        INT64_C(86400000)
#define HOUR_MS       INT64_C(3600000)
#define MOST_RECEIPTS 20 /* that name it and do not bring it: imports of what is known */

enum sure { SURE_NONE, SURE_DELETE };

/* All that is known of it. */
struct subject {
    const char *id;
    struct case_record record; /* id NULL: the library has it no more, or it was not read */
    bool read;
    struct withdrawal withdrawal; /* id NULL: it is not withdrawn */
    bool promoted;
    int64_t showings, touches; /* in the last days */
    char *origin;              /* NULL: no receipt tells */
};

/* ---- reading */

struct origin_search {
    const struct sheet *sheet;
    const struct page_source *source;
    struct subject *subject;
    int left;
};

/* The newest receipt that brought it as it is. */
static bool on_receipt(void *user, const struct receipt *receipt) {
    struct origin_search *search = user;
    struct manner manner = search->sheet->manner;
    struct receipt_text text;
    receipt_text_read(manner, receipt, &text);
    if (text.takes && receipt_text_brings(&text, search->subject->id)) {
        char *when = receipt_when(manner, receipt->at_ms, search->source->now_ms);
        search->subject->origin = xasprintf("%s　%s　%s　%s", when, text.what, text.from, text.by);
        free(when);
    }
    receipt_text_finish(&text);
    return !search->subject->origin && --search->left > 0;
}

static bool on_promoted(void *user, const char *id) {
    struct subject *subject = user;
    subject->promoted = subject->promoted || strcmp(id, subject->id) == 0;
    return !subject->promoted;
}

static void read_ledger(const struct sheet *sheet, const struct page_source *source,
                        struct subject *subject) {
    struct ledger *ledger = ledger_open(source->paths->ledger, DB_READ_WAITING, NULL);
    struct origin_search search = {sheet, source, subject, MOST_RECEIPTS};
    json_t *id = json_string(subject->id);
    char *holding = json_dumps(id, JSON_ENCODE_ANY);
    if (ledger) {
        ledger_find_withdrawal(ledger, subject->id, 0, &subject->withdrawal);
        ledger_each_promoted(ledger, on_promoted, subject);
        ledger_each_newest(ledger, holding, on_receipt, &search);
    }
    free(holding);
    json_decref(id);
    ledger_close(ledger);
}

static void on_showing(void *user, const struct showing *sum) {
    struct subject *subject = user;
    if (strcmp(sum->id, subject->id) != 0)
        return;
    subject->showings += sum->showings;
    subject->touches += sum->touches;
}

static void read_station(const struct page_source *source, struct subject *subject) {
    struct station *station = station_open(source->paths->station, DB_READ_WAITING, NULL);
    const struct station_visitor visitor = {.on_case = on_showing, .user = subject};
    int64_t from = (source->now_ms - DAYS_SHOWN * DAY_MS) / HOUR_MS;
    if (station)
        station_each(station, from, source->now_ms / HOUR_MS + 1, &visitor);
    station_close(station);
}

static void read_subject(const struct sheet *sheet, const struct page_source *source,
                         struct subject *subject) {
    *subject = (struct subject){.id = sheet->page.place.text};
    subject->read = reader_load_any(source->reader, subject->id, &subject->record) == READ_DONE;
    read_ledger(sheet, source, subject);
    read_station(source, subject);
}

static void finish_subject(struct subject *subject) {
    case_finish(&subject->record);
    withdrawal_finish(&subject->withdrawal);
    free(subject->origin);
}

/* ---- saying it */

/* What says no end has one that it got here, or none. */
static int64_t until_of(const struct case_record *record) {
    return record->valid_until_ms ? record->valid_until_ms : record->ends_ms;
}

/* "2026-06-01 – 2026-08-31", or that it has no end. */
static char *validity_of(struct manner manner, const struct case_record *record) {
    char from[TIME_TEXT_SIZE], until[TIME_TEXT_SIZE];
    time_format(record->valid_from_ms, from);
    time_format(until_of(record), until);
    const char *always = word_main(manner, WORD_ALWAYS);
    if (!*from && !*until)
        return xstrdup(always);
    if (!*until)
        return xasprintf("%.10s –　%s", from, always);
    return xasprintf("%.10s – %.10s", from, until);
}

static const char *state_of(struct manner manner, const struct page_source *source,
                            const struct subject *subject) {
    const struct case_record *record = &subject->record;
    const char *why = subject->withdrawal.id ? subject->withdrawal.why : "";
    enum word word = strcmp(why, WITHDRAWN_HIDDEN) == 0       ? WORD_IS_HIDDEN
                     : strcmp(why, WITHDRAWN_REMOVE) == 0     ? WORD_IS_REMOVED
                     : *why                                   ? WORD_IS_WITHDRAWN
                     : !subject->read                         ? WORD_SEARCH_LATER
                     : !record->id                            ? WORD_GONE
                     : record->valid_from_ms > source->now_ms ? WORD_NOT_YET
                     : !case_is_valid(record->valid_from_ms, until_of(record), source->now_ms)
                         ? WORD_IS_OVER
                     : subject->promoted ? WORD_IS_FIRST
                                         : WORD_COUNT;
    return word == WORD_COUNT ? NULL : word_main(manner, word);
}

/* Its school, its unit or what notice it is, and the phase of a case; the caller's. */
static char *kind_of(struct manner manner, const struct case_record *record) {
    const char *section = word_main(manner, word_section(record->level, record->unit));
    return record->level ? xasprintf("%s　%s", record->school, section)
                         : xasprintf("%s　%s　%s", record->school, section,
                                     word_main(manner, word_phase(record->phase)));
}

static void say(struct manner manner, const struct page_source *source,
                const struct subject *subject, struct desk_text *text) {
    const struct case_record *record = &subject->record;
    const struct withdrawal *withdrawal = &subject->withdrawal;
    const char *title = record->id                             ? record->title
                        : withdrawal->id && *withdrawal->title ? withdrawal->title
                                                               : case_own_id(subject->id, NULL);
    const char *state = state_of(manner, source, subject);
    desk_text_add(text, LINE_TITLE, xstrdup(title));
    if (record->id)
        desk_text_add(text, LINE_FACT, kind_of(manner, record));
    else if (withdrawal->id && *withdrawal->school)
        desk_text_add(text, LINE_FACT, xstrdup(withdrawal->school));
    if (state)
        desk_text_add(text, LINE_FACT, xstrdup(state));
    if (record->id)
        desk_text_fact(text, WORD_ON_SHOW, manner, validity_of(manner, record));
    desk_text_fact(
        text, WORD_CAME, manner,
        xstrdup(subject->origin ? subject->origin : word_main(manner, WORD_CAME_BEFORE)));
    desk_text_fact(text, WORD_LAST_30_DAYS, manner,
                   xasprintf("%s %lld　%s %lld", word_main(manner, WORD_SHOWN_TIMES),
                             (long long)subject->showings, word_main(manner, WORD_TOUCHED_TIMES),
                             (long long)subject->touches));
    desk_text_add(text, LINE_NOTE, xstrdup(case_own_id(subject->id, NULL)));
}

/* Beside the picture, or below it where there is no width for both. */
static int add_subject(struct sheet *sheet, const struct page_source *source,
                       const struct desk_rest *rest, const struct subject *subject) {
    const struct slide_stage *stage = sheet->stage;
    int pad = slide_px(stage, PAD), wide = slide_px(stage, PICTURE_WIDE);
    bool pictured = subject->record.id && rest->view.width > 2 * wide;
    int high = pictured ? slide_px(stage, PICTURE_HIGH) : 0;
    struct desk_text text = {0};
    say(sheet->manner, source, subject, &text);
    struct rect place = {rest->view.x, rest->top, rest->view.width, high};
    struct desk_plate plate =
        page_desk_plate(sheet, place, &text, pictured ? wide : 0, action_simple(ACTION_NONE));
    if (pictured)
        page_add_thumbnail(plate.pane.scene, stage, &subject->record,
                           (struct rect){pad, pad, wide - pad, high - 2 * pad}, pad / 2);
    return rest->top + plate.height;
}

/* ---- what can be done */

static struct action ask_for(const char *kind, const char *id, const bool *on) {
    json_t *root = json_pack("{s:s}", "id", id);
    if (on)
        json_object_set_new(root, "on", json_boolean(*on));
    char *text = json_dumps(root, JSON_COMPACT);
    json_decref(root);
    struct action action = action_ask(kind, text ? text : "{}");
    free(text);
    return action;
}

static struct desk_button button_of(struct manner manner, const char *icon, enum word word,
                                    int sure, struct action action) {
    return (struct desk_button){.icon = icon,
                                .main = word_main(manner, word),
                                .beside = word_beside(manner, word),
                                .sure = sure,
                                .action = action};
}

static struct desk_rest add_buttons(struct sheet *sheet, struct rect area,
                                    const struct subject *subject) {
    struct manner manner = sheet->manner;
    const char *id = subject->id;
    struct desk_button buttons[4];
    int count = 0;
    bool down = subject->withdrawal.id, there = subject->record.id, on = !subject->promoted;
    if (down)
        buttons[count++] = button_of(manner, "show", WORD_ALLOW, 0, ask_for("allow", id, NULL));
    if (there && !down) {
        buttons[count++] =
            button_of(manner, "about", WORD_SEE_IT, 0, action_go(place_of(PLACE_CASE, id)));
        if (!subject->record.level)
            buttons[count++] = button_of(manner, "star", on ? WORD_FEATURE : WORD_UNFEATURE, 0,
                                         ask_for("feature", id, &on));
        buttons[count++] = button_of(manner, "hide", WORD_HIDE, 0, ask_for("hide", id, NULL));
    }
    if (there && !(down && strcmp(subject->withdrawal.why, WITHDRAWN_REMOVE) == 0))
        buttons[count++] =
            button_of(manner, "delete", WORD_DELETE, SURE_DELETE, ask_for("remove", id, NULL));
    if (!count)
        return (struct desk_rest){area, 0};
    return page_desk_buttons(sheet, area, buttons, count, slide_px(sheet->stage, PICTURE_HIGH));
}

void page_build_shelf_case(struct sheet *sheet, const struct page_source *source) {
    struct manner manner = sheet->manner;
    struct subject subject;
    struct rect area = page_desk_heading(sheet, source, word_main(manner, WORD_SHELF),
                                         word_beside(manner, WORD_SHELF));
    read_subject(sheet, source, &subject);
    struct desk_rest rest = add_buttons(sheet, area, &subject);
    sheet_set_view(sheet, rest.view, add_subject(sheet, source, &rest, &subject));
    sheet_add_bar(sheet);
    finish_subject(&subject);
}
