#include "display/setup.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"

static const enum place_kind steps[] = {PLACE_OWN_SCHOOL, PLACE_BUILDING, PLACE_TURN, PLACE_CLOCK,
                                        PLACE_NEW_PIN};
static_assert(sizeof steps / sizeof *steps == SETUP_STEPS, "steps");

static struct place step(enum place_kind kind) {
    struct place place = place_of(kind, "");
    place.setup = true;
    return place;
}

struct place setup_first(void) {
    return step(steps[0]);
}

int setup_number(enum place_kind kind) {
    if (kind == PLACE_KEEP)
        kind = PLACE_TURN;
    for (int i = 0; i < SETUP_STEPS; i++)
        if (steps[i] == kind)
            return i + 1;
    return 0;
}

struct place setup_after(enum place_kind kind) {
    int number = setup_number(kind);
    return step(number && number < SETUP_STEPS ? steps[number] : PLACE_FINISH);
}

static bool belongs(enum place_kind kind, const char *piece) {
    if (kind == PLACE_CLOCK)
        return piece[0] >= '0' && piece[0] <= '9' && !piece[1];
    for (const char *at = piece; *at; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7f)
            return false;
    return true;
}

char *draft_add(enum place_kind kind, const char *draft, const char *piece) {
    size_t most = kind == PLACE_CLOCK ? DATE_DIGITS : DRAFT_BYTES;
    bool first = !*draft && *piece == ' ';
    if (first || !belongs(kind, piece) || strlen(draft) + strlen(piece) > most)
        return xstrdup(draft);
    return xasprintf("%s%s", draft, piece);
}

char *draft_erase(const char *draft) {
    size_t size = strlen(draft);
    return xstrndup(draft, size ? utf8_cut(draft, size - 1) : 0);
}

void draft_print_date(const char *digits, char text[DATE_TEXT_SIZE]) {
    static const char form[] = "____-__-__ __:__";
    size_t typed = 0, count = strlen(digits);
    for (size_t i = 0; i < sizeof form; i++)
        text[i] = form[i] == '_' && typed < count ? digits[typed++] : form[i];
}

bool draft_parse_date(const char *digits, int64_t *ms) {
    char text[DATE_TEXT_SIZE];
    if (strlen(digits) != DATE_DIGITS)
        return false;
    draft_print_date(digits, text);
    int year = 0, month = 0, day = 0, wanted = 0;
    for (int i = 6; i < 8; i++)
        wanted = wanted * 10 + digits[i] - '0';
    if (!time_parse_minute(text, ms))
        return false;
    time_local_date(*ms, &year, &month, &day);
    return day == wanted; /* there is no 31st of November */
}
