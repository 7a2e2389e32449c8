/* password.h: a password from the terminal, unseen, else from stdin's first line
 *
 * The terminal's settings are put back before a signal that ends or stops the program is let
 * through. Only for commands: it waits for a person. */
#pragma once

#include <stdbool.h>

/* 1 to MAX_PASSWORD_BYTES (ingest/secret_key.h), NUL-terminated, to be freed by sodium_free. twice:
 * a new one, which a terminal asks for until both are alike. NULL: reported. */
char *password_read(bool twice);
