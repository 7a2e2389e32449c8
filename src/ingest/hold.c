#include "ingest/hold.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/time.h"

struct id_list {
    char **ids;
    size_t count, room;
};

static bool add_id(void *user, const struct withdrawal *withdrawal) {
    struct id_list *list = user;
    if (list->count == list->room) {
        list->room = list->room ? list->room * 2 : 64;
        list->ids = xrealloc(list->ids, list->room, sizeof *list->ids);
    }
    list->ids[list->count++] = xstrdup(withdrawal->id);
    return true;
}

bool hold_sync(struct ledger *ledger, struct library *library) {
    struct id_list list = {0};
    bool good = ledger_each_withdrawal(ledger, add_id, &list) &&
                library_set_withdrawn(library, (const char *const *)list.ids, list.count);
    for (size_t i = 0; i < list.count; i++)
        free(list.ids[i]);
    free((void *)list.ids);
    return good;
}

bool hold_find(struct ledger *ledger, struct library *library, const char *id, int64_t twin,
               struct withdrawal *by) {
    bool known = false;
    if (!ledger_find_hold(ledger, id, twin, by))
        return false;
    if (!by->id || strcmp(by->id, id) == 0)
        return true;
    if (!library_has_twin(library, id, twin, &known)) {
        withdrawal_finish(by);
        return false;
    }
    if (known)
        withdrawal_finish(by);
    return true;
}

bool hold_add(struct ledger *ledger, struct library *library, const struct withdrawal *withdrawals,
              size_t count) {
    return ledger_withdraw(ledger, withdrawals, count) && hold_sync(ledger, library);
}

bool hold_lift(struct ledger *ledger, struct library *library, const char *const *ids,
               size_t count) {
    bool good = true, lifted = false;
    for (size_t i = 0; good && i < count; i++) {
        struct withdrawal by;
        bool found = false;
        good = ledger_find_withdrawal(ledger, ids[i], 0, &by);
        if (good && by.id && strcmp(by.why, WITHDRAWN_TOMBSTONE) == 0)
            good = ledger_allow(ledger, ids[i], &found);
        lifted = lifted || found;
        withdrawal_finish(&by);
    }
    return good && (!lifted || hold_sync(ledger, library));
}

static const struct {
    const char *why, *name;
} names[] = {{WITHDRAWN_REMOVE, "由管理员删除 (removed)"},
             {WITHDRAWN_TOMBSTONE, "由发布者撤下 (withdrawn by its publisher)"},
             {WITHDRAWN_HIDDEN, "暂不展示 (hidden)"}};

const char *hold_why_name(const char *why) {
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].why, why) == 0)
            return names[i].name;
    return why;
}

json_t *hold_json(const char *id, const char *school, const char *title,
                  const struct withdrawal *by) {
    char at[TIME_TEXT_SIZE];
    time_format(by->at_ms, at);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "id", id, "title", title, "school", school,
                     "why", by->why, "at", at, "withdrawn", by->id);
}

char *hold_text(const char *title, const struct withdrawal *by) {
    char at[TIME_TEXT_SIZE];
    time_format(by->at_ms, at);
    return xasprintf("%s，%s %s，编号 %s", title, at, hold_why_name(by->why), by->id);
}
