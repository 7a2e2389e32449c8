/* said_fixture.h: what is said on stderr between begin and end */
#pragma once

#include <stdio.h>
#include <unistd.h>

struct said {
    FILE *catch;
    int saved;
    char text[16384];
};

static inline void said_begin(struct said *said) {
    said->catch = tmpfile();
    assert_non_null(said->catch);
    fflush(stderr);
    said->saved = dup(STDERR_FILENO);
    dup2(fileno(said->catch), STDERR_FILENO);
}

static inline void said_end(struct said *said) {
    fflush(stderr);
    dup2(said->saved, STDERR_FILENO);
    close(said->saved);
    rewind(said->catch);
    said->text[fread(said->text, 1, sizeof said->text - 1, said->catch)] = '\0';
    fclose(said->catch);
}
