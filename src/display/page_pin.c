/* The administrator's PIN: what was typed as dots, and a keypad; on a screen without one the code
 * of the first set-up. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/time.h"
#include "display/page_entry.h"
#include "library/setup_code.h"

static enum word word_of(enum pin_state state, bool code) {
    switch (state) {
    case PIN_TYPING:
    case PIN_OPENS_SETUP:
        break;
    case PIN_TRYING:
        return WORD_PIN_TRYING;
    case PIN_IS_WRONG:
        return code ? WORD_CODE_WRONG : WORD_PIN_WRONG;
    case PIN_UNKNOWN:
        return WORD_PIN_UNKNOWN;
    }
    return code ? WORD_CODE_ASK : WORD_PIN_ASK;
}

struct asking {
    enum pin_result may;
    bool code; /* there is no PIN */
    int seconds;
};

/* Before anything is typed in vain: whether one has to wait, or there is nothing to be tried. */
static struct asking ask(const struct page_source *source) {
    int64_t now = time_now_ms(), wait_ms = 0;
    struct asking asking = {.may = pins_wait(source->paths->station, now, &wait_ms)};
    asking.code = asking.may == PIN_NONE_SET;
    if (asking.code)
        asking.may = setup_code_wait(source->paths->station, now, &wait_ms);
    asking.seconds = (int)((wait_ms + 999) / 1000);
    return asking;
}

static char *with_seconds(const struct asking *asking, const char *text) {
    return asking->may == PIN_WAIT && *text ? xasprintf("%d %s", asking->seconds, text)
                                            : xstrdup(text);
}

void page_build_pin(struct sheet *sheet, const struct page_source *source) {
    struct manner manner = sheet->manner;
    struct asking asking = ask(source);
    enum word word = asking.may == PIN_WAIT ? WORD_PIN_WAIT
                     : asking.may == PIN_NONE_SET
                         ? WORD_CODE_NONE
                         : word_of((enum pin_state)sheet->page.place.picture, asking.code);
    enum word head = asking.code ? WORD_SETUP : WORD_DESK;
    if (asking.may == PIN_WAIT)
        sheet->page.refresh_ms = 1000;
    char *main = with_seconds(&asking, word_main(manner, word));
    char *beside = with_seconds(&asking, word_beside(manner, word));
    struct key_cap caps[ENTRY_DIGITS + 1];
    int count = page_add_digits(caps);
    caps[count++] = (struct key_cap){.label = word_main(manner, WORD_ENTER),
                                     .beside = word_beside(manner, WORD_ENTER),
                                     .on = true,
                                     .action = action_simple(ACTION_ENTER)};
    const struct typing entry = {.main = word_main(manner, head),
                                 .beside = word_beside(manner, head),
                                 .dots = (int)strlen(sheet->page.place.text),
                                 .message = main,
                                 .message_beside = beside,
                                 .caps = caps,
                                 .count = count,
                                 .columns = 3};
    page_build_entry(sheet, &entry);
    free(beside);
    free(main);
}
