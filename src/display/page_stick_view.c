/* Which stick a page is of, and how it stands: by keeper.json and by what was asked last. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "display/page_stick.h"
#include "library/desk.h"

static bool is_one_of(const char *state, const char *const *states) {
    for (; *states; states++)
        if (strcmp(state, *states) == 0)
            return true;
    return false;
}

static bool is_in(const json_t *stick, const char *const *states) {
    return is_one_of(stick_text(stick, "state"), states);
}

static const char *const out[] = {"pulled", "safe", "gone", NULL};
static const char *const held[] = {"mounting", "found", "looking", "ejecting", NULL};
static const char *const worked_on[] = {"queued", "copying", "taking", NULL};

bool stick_is_there(const json_t *stick) {
    return *stick_text(stick, "path") && !is_in(stick, out);
}

/* The one that was chosen, else the only one; one that cannot be used where there is no other. */
static const json_t *find_stick(const json_t *sticks, const struct picks *picks, bool *several) {
    const json_t *stick = NULL, *only = NULL, *other = NULL;
    size_t i = 0, count = 0;
    json_array_foreach(sticks, i, stick) {
        bool there = stick_is_there(stick);
        if (there && picks && strcmp(picks->stick, stick_text(stick, "name")) == 0)
            return stick;
        count += there;
        only = there ? stick : only;
        other = stick;
    }
    *several = count > 1;
    return count > 1 ? NULL : only ? only : other;
}

/* An answer's receipt; NULL: there is no good one. The caller's. *done: it was answered. */
static json_t *receipt_of(const struct page_source *source, const struct page_asked *asked,
                          bool *done) {
    struct desk_answer answer = {.done = false};
    json_t *receipt = NULL;
    if (asked->uid && *asked->uid && desk_answer(source->paths->ledger, asked->uid, &answer) &&
        answer.done && answer.good)
        receipt = json_loads(answer.receipt, 0, NULL);
    *done = answer.done;
    desk_answer_finish(&answer);
    return receipt;
}

static bool is_survey(const json_t *receipt) {
    return json_is_array(json_object_get(receipt, "cases")) && json_object_get(receipt, "kind");
}

/* Of this very stick. */
static bool is_of(const json_t *stick, const struct page_asked *asked) {
    json_t *arguments = asked->arguments ? json_loads(asked->arguments, 0, NULL) : NULL;
    bool same = !asked->arguments ||
                (strcmp(stick_text(arguments, "path"), stick_text(stick, "path")) == 0 &&
                 json_equal(json_object_get(arguments, "since"), json_object_get(stick, "since")));
    json_decref(arguments);
    return same;
}

static enum stick_stand look_stand(struct stick_view *view, const struct page_source *source) {
    const struct page_asked *asked = &source->look;
    bool known = asked->uid && *asked->uid &&
                 (!asked->arguments || strcmp(asked->arguments, view->look) == 0);
    bool done = false;
    view->asks = !known;
    if (!known)
        return STAND_LOOKING;
    view->survey = receipt_of(source, asked, &done);
    if (is_survey(view->survey))
        return STAND_SEEN;
    return done ? STAND_UNSEEN : STAND_LOOKING;
}

static bool has_cases(const json_t *survey) {
    size_t i = 0;
    const json_t *item = NULL;
    json_array_foreach(json_object_get(survey, "cases"), i, item) {
        if (stick_can_be_taken(item))
            return true;
    }
    return false;
}

static bool is_prepared(const json_t *stick) {
    return json_is_true(json_object_get(stick, "preview"));
}

static void find_preview(struct stick_view *view, const struct page_source *source) {
    const struct page_asked *asked = &source->preview;
    bool done = false;
    if (!has_cases(view->survey))
        return;
    view->prepare = stick_preview_arguments(view->picks, view->stick, source->look.uid);
    bool known = asked->uid && *asked->uid && asked->arguments &&
                 strcmp(asked->arguments, view->prepare) == 0;
    json_t *receipt = known ? receipt_of(source, asked, &done) : NULL;
    view->preview = receipt                             ? PREVIEW_READY
                    : done                              ? PREVIEW_FAILED
                    : known || is_prepared(view->stick) ? PREVIEW_GOES_ON
                                                        : PREVIEW_NONE;
    json_decref(receipt);
}

static enum stick_stand stand_of(struct stick_view *view, const struct page_source *source) {
    bool done = false;
    if (is_in(view->stick, worked_on) && !is_prepared(view->stick))
        return STAND_WORKING;
    if (!stick_is_there(view->stick) || is_in(view->stick, held))
        return STAND_WAITING;
    if (source->take.number >= source->look.number && is_of(view->stick, &source->take))
        view->taken = receipt_of(source, &source->take, &done);
    return view->taken ? STAND_DONE : look_stand(view, source);
}

void stick_view_load(struct stick_view *view, const struct page_source *source,
                     const struct place *place) {
    bool several = false;
    *view = (struct stick_view){.live = page_desk_live(source), .picks = place->picks};
    view->stick = find_stick(json_object_get(view->live, "sticks"), view->picks, &several);
    if (!view->stick) {
        view->stand = several ? STAND_SEVERAL : STAND_NONE;
        return;
    }
    view->look = stick_look_arguments(view->picks, view->stick);
    view->stand = stand_of(view, source);
    if (view->stand == STAND_SEEN)
        find_preview(view, source);
}

void stick_view_finish(struct stick_view *view) {
    json_decref(view->taken);
    json_decref(view->survey);
    json_decref(view->live);
    free(view->prepare);
    free(view->look);
    *view = (struct stick_view){0};
}
