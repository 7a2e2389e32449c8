/* word.h: a Word file (.docx, by Word or WPS) → its text, and the files of its pictures */
#pragma once

#include "helpers/word_text.h"

/* What hears of them; each gives false to stop. First lines and pictures in reading order, then
 * the files of the pictures: on_file, on_data any number of times, on_good. */
struct word_output {
    void *user;
    bool (*on_line)(void *user, const struct word_line *line);
    bool (*on_picture)(void *user, size_t number, const char *alt, const int32_t crop[4]);
    bool (*on_file)(void *user, size_t number, uint64_t size);
    bool (*on_data)(void *user, const void *bytes, size_t size);
    bool (*on_good)(void *user);
};

struct word_end {
    enum document_reason reason;
    bool stopped;
};

/* Once, before anything forks. */
void word_init(void);
/* source needs a file that can be read by pread. */
struct word_end word_read(int source, const struct word_output *output);
