#include "ingest/recovery.h"

#include <stdlib.h>

#include <jansson.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/time.h"
#include "library/recover.h"
#include "library/sources.h"

/* The database is already as the receipt says, whether or not the ledger takes it. */
static void add_receipt(struct ledger *ledger, const char *path, const char *from, bool kept) {
    char now[TIME_TEXT_SIZE];
    time_format(time_now_ms(), now);
    char *aside = recover_aside_path(path);
    json_t *receipt =
        json_pack("{s:s, s:s, s:s?, s:s?}", "time", now, "database", path_name(path), "from",
                  from ? path_name(from) : NULL, "kept", kept ? path_name(aside) : NULL);
    char *text = json_dumps(receipt, JSON_COMPACT);
    if (text)
        ledger_append(ledger, "recovery", path, "accepted", text, NULL, NULL);
    free(text);
    json_decref(receipt);
    free(aside);
}

static struct ledger *begin_ledger_anew(const char *path, enum db_result *result) {
    struct ledger *ledger = recover_aside(path) ? ledger_open(path, DB_WRITE, result) : NULL;
    if (ledger)
        add_receipt(ledger, path, NULL, true);
    return ledger;
}

static struct ledger *open_ledger(const char *path, enum db_result *result) {
    struct ledger *ledger = ledger_open(path, DB_WRITE, result);
    return ledger || *result != DB_DAMAGED ? ledger : begin_ledger_anew(path, result);
}

/* What came in since the copy was made is gone, and is to come again. */
static void settle(struct ledger *ledger, const struct paths *paths, enum recovery how, bool kept) {
    add_receipt(ledger, paths->library, how == RECOVERY_COPY ? paths->backup : NULL, kept);
    ledger_forget_heads(ledger);
}

static struct library *restore_library(const struct paths *paths, struct ledger *ledger,
                                       enum db_result *result) {
    bool kept = false;
    enum recovery how = recover_library(paths, &kept);
    struct library *library = how == RECOVERY_FAILED ? NULL : library_open(paths, result);
    if (library)
        settle(ledger, paths, how, kept);
    return library;
}

/* Once there was content its generation is never 0 again, and only then a copy is made. */
static bool is_lost(const struct paths *paths, const struct library *library) {
    return library_generation(library) == 0 && fs_exists(paths->backup);
}

/* The library is closed or replaced. */
static struct library *find_library(const struct paths *paths, struct ledger *ledger,
                                    struct library *lost, enum db_result *result) {
    library_close(lost);
    enum recovery how = recover_lost_library(paths);
    struct library *library = library_open(paths, result);
    if (library && how == RECOVERY_COPY)
        settle(ledger, paths, how, false);
    return library;
}

bool recovery_open(const struct paths *paths, struct library **library, struct ledger **ledger,
                   enum db_result *result) {
    enum db_result ignored = DB_DONE;
    enum db_result *why = result ? result : &ignored;
    *library = NULL;
    *ledger = open_ledger(paths->ledger, why);
    if (*ledger)
        *library = library_open(paths, why);
    if (*ledger && !*library && *why == DB_DAMAGED)
        *library = restore_library(paths, *ledger, why);
    else if (*library && is_lost(paths, *library))
        *library = find_library(paths, *ledger, *library, why);
    if (*library)
        return true;
    ledger_close(*ledger);
    *ledger = NULL;
    return false;
}

static bool check_ledger(const struct paths *paths, struct ledger **ledger) {
    enum db_result result = recover_check(paths->ledger);
    if (result != DB_DAMAGED)
        return true;
    ledger_close(*ledger);
    *ledger = begin_ledger_anew(paths->ledger, &result);
    return *ledger;
}

static bool check_library(const struct paths *paths, struct library **library,
                          struct ledger *ledger) {
    enum db_result result = DB_DAMAGED;
    if (library_check(*library))
        return true;
    if (library_result(*library) != DB_DAMAGED)
        return false;
    library_close(*library);
    *library = restore_library(paths, ledger, &result);
    return *library;
}

bool recovery_check(const struct paths *paths, struct library **library, struct ledger **ledger) {
    return check_ledger(paths, ledger) && check_library(paths, library, *ledger);
}
