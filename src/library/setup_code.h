/* setup_code.h: the one-time code that opens the first set-up at a screen without a PIN
 *
 * `fengcai pin code`, which takes a shell, prints it; whoever stands before the screen types it. Of
 * it only Argon2id is kept, in station.db, beside the PINs and under their guard (pins.h): a wrong
 * code and a wrong PIN count alike. It opens once, and not at all once there is a PIN.
 *
 * As slow as a PIN's try. Causes of PIN_FAILED and of a false are reported here. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "library/pins.h"

#define SETUP_CODE_DIGITS 8
#define SETUP_CODE_SIZE   (SETUP_CODE_DIGITS + 1)

/* A new one, in the place of the last; ends a wait. */
bool setup_code_make(const char *station_path, char code[SETUP_CODE_SIZE]);
/* PIN_GOOD: it was right, and is gone. PIN_NONE_SET: there is none. */
enum pin_result setup_code_try(const char *station_path, const char *digits, int64_t now_ms,
                               int64_t *wait_ms);
enum pin_result setup_code_wait(const char *station_path, int64_t now_ms, int64_t *wait_ms);
