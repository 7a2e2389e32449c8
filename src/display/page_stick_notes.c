/* What is to be known of a case on a stick, in words. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "display/page_stick.h"

/* Where the bracket that opens at `open` closes; NULL: it does not. */
static const char *closing(const char *open) {
    int depth = 0;
    for (const char *at = open; *at; at++) {
        depth += *at == '(' ? 1 : *at == ')' ? -1 : 0;
        if (!depth)
            return at;
    }
    return NULL;
}

char *stick_in_language(struct manner manner, const char *both) {
    const char *open = strstr(both, " ("), *close = open ? closing(open + 1) : NULL;
    if (!close)
        return xstrdup(both);
    if (manner.english)
        return xasprintf("%.*s%s", (int)(close - open - 2), open + 2, close + 1);
    return xasprintf("%.*s%s", (int)(open - both), both, close + 1);
}

/* Without the folder at which it is plugged in, which tells nobody anything. */
static const char *path_within(const char *root, const char *path) {
    size_t size = strlen(root);
    return size && strncmp(path, root, size) == 0 && path[size] == '/' ? path + size + 1 : path;
}

char *stick_say_note(struct manner manner, const char *root, const json_t *note) {
    char *text = stick_in_language(manner, stick_text(note, "text"));
    char *advice = stick_in_language(manner, stick_text(note, "advice"));
    const char *path = path_within(root, stick_text(note, "path"));
    char *said = xasprintf(manner.english ? "%s: %s; %s" : "%s：%s。%s",
                           strcmp(path, root) == 0 ? "/" : path, text, advice);
    free(advice);
    free(text);
    return said;
}

static enum word word_of_field(const char *field) {
    static const struct {
        const char *field;
        enum word word;
    } words[] = {{"title", WORD_FIELD_TITLE},
                 {"summary", WORD_FIELD_SUMMARY},
                 {"caption", WORD_FIELD_CAPTION},
                 {"school", WORD_FIELD_SCHOOL}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].field, field) == 0)
            return words[i].word;
    return WORD_FIELD_BODY;
}

/* "U+2A6A5（正文、标题）"; a script is named by its name. */
static void add_absent(struct str *out, struct manner manner, const json_t *entry) {
    const char *code = stick_text(entry, "code"), *text = stick_text(entry, "text");
    size_t i = 0;
    const json_t *field = NULL;
    bool script = !text_starts(code, "U+");
    str_addf(out, "%s%s", out->size ? manner.english ? "; " : "；" : "", text);
    if (!script)
        str_addf(out, " %s", code);
    str_add(out, manner.english ? " (" : "（");
    json_array_foreach(json_object_get(entry, "fields"), i, field) {
        str_addf(out, "%s%s",
                 !i               ? ""
                 : manner.english ? ", "
                                  : "、",
                 word_main(manner, word_of_field(json_string_value(field))));
    }
    str_add(out, manner.english ? ")" : "）");
}

char *stick_say_absent(struct manner manner, const json_t *item) {
    struct str out = {0};
    size_t i = 0;
    const json_t *entry = NULL;
    json_array_foreach(json_object_get(item, "absent"), i, entry) {
        add_absent(&out, manner, entry);
    }
    char *said =
        out.size ? xasprintf("%s%s", word_main(manner, WORD_ABSENT), str_text(&out)) : xstrdup("");
    str_finish(&out);
    return said;
}

char *stick_say_low(struct manner manner, const json_t *item) {
    json_int_t low = json_integer_value(json_object_get(item, "low_pictures"));
    struct str said = {0};
    size_t i = 0;
    const json_t *name = NULL, *names = json_object_get(item, "low");
    char *count = word_counted(manner, (size_t)low, WORD_LOW_PICTURE, WORD_LOW_PICTURES);
    if (low > 0)
        str_add(&said, count);
    json_array_foreach(names, i, name) {
        str_addf(&said, "%s%s",
                 i                ? manner.english ? ", " : "、"
                 : manner.english ? ": "
                                  : "：",
                 json_string_value(name));
    }
    if ((size_t)low > json_array_size(names) && json_array_size(names))
        str_add(&said, "……");
    free(count);
    return str_take(&said);
}

char *stick_say_masked(struct manner manner, const json_t *item) {
    size_t count = json_array_size(json_object_get(item, "masked"));
    return count ? word_counted(manner, count, WORD_A_MASKED, WORD_MASKED) : xstrdup("");
}
