/* password.h: a password from the terminal, unseen, else from stdin's first line
 *
 * The terminal's settings are put back before a signal that ends or stops the program is let
 * through. Only for commands: it waits for a person. */
#pragma once

#include <stdbool.h>

/* 1 to MAX_PASSWORD_BYTES (ingest/secret_key.h), NUL-terminated, to be freed by sodium_free. what:
 * as it is asked for and complained of. twice: a new one, which a terminal asks for until both are
 * alike. NULL: reported. */
#define PASSWORD_WORD "口令 (password)"
#define PASSWORD_PIN  "PIN"
char *password_read(const char *what, bool twice);
