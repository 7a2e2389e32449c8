#include "command/who.h"

#include <sodium.h>

#include "base/log.h"
#include "base/time.h"
#include "command/password.h"

static void report(enum pin_result result, int64_t wait_ms) {
    long long seconds = (long long)(wait_ms + 999) / 1000;
    switch (result) {
    case PIN_WRONG:
        if (wait_ms)
            log_error("PIN: 错误，%lld秒后才能再试 (wrong, wait so many seconds)", seconds);
        else
            log_error("PIN: 错误 (wrong)");
        break;
    case PIN_WAIT:
        log_error("PIN: 输错太多次，%lld秒后才能再试 (too many wrong ones, wait so many seconds)",
                  seconds);
        break;
    case PIN_NONE_SET:
        log_error("PIN: 还没有设置，请先用 fengcai pin set 名字 (there is none yet)");
        break;
    case PIN_GOOD:
    case PIN_FAILED:
        break;
    }
}

char *who_ask(const char *station_path, enum pin_role *role) {
    char *digits = password_read(PASSWORD_PIN, false), *name = NULL;
    int64_t wait_ms = 0;
    if (!digits)
        return NULL;
    enum pin_result result = pins_try(station_path, digits, time_now_ms(), &name, role, &wait_ms);
    report(result, wait_ms);
    sodium_free(digits);
    return name;
}
