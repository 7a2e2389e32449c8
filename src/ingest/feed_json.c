#include "ingest/feed_json.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/feed.h"
#include "ingest/text.h"

static const char byte_order_mark[] = "\xef\xbb\xbf";

/* "第 3 行第 7 列 (line 3, column 7)" of the byte at offset; columns are code points. */
static char *place_of(const char *bytes, size_t offset) {
    size_t line = 1, column = 1;
    for (size_t i = 0; i < offset; i++) {
        column += ((unsigned char)bytes[i] & 0xC0) != 0x80;
        if (bytes[i] == '\n') {
            line++;
            column = 1;
        }
    }
    return xasprintf("第 %zu 行第 %zu 列 (line %zu, column %zu)", line, column, line, column);
}

static char *fault_at(const char *bytes, size_t offset, const char *fault) {
    char *place = place_of(bytes, offset);
    char *detail = xasprintf("%s: %s", place, fault);
    free(place);
    return detail;
}

/* Where the limits are passed, before a parser that calls itself and allocates for each value sees
 * it; size: nowhere. Up to the first byte that is no JSON this counts as that parser does, and
 * there that parser stops. */
static size_t find_excess(const char *bytes, size_t size, const char **fault) {
    size_t depth = 0, values = 1;
    bool text = false;
    for (size_t i = 0; i < size; i++) {
        char c = bytes[i];
        if (text) {
            i += c == '\\';
            text = c != '"';
            continue;
        }
        text = c == '"';
        depth += c == '{' || c == '[';
        depth -= depth && (c == '}' || c == ']');
        values += c == '{' || c == '[' || c == ',';
        *fault = depth > FEED_DEPTH     ? "嵌套太深 (nested too deeply)"
                 : values > FEED_VALUES ? "值太多 (too many values)"
                                        : NULL;
        if (*fault)
            return i;
    }
    return size;
}

json_t *feed_json_load(const char *bytes, size_t size, size_t flags, char **detail) {
    const char *fault = NULL;
    json_error_t error;
    *detail = NULL;
    if (size >= 3 && memcmp(bytes, byte_order_mark, 3) == 0) {
        *detail = xstrdup("开头有 BOM，请存为不带 BOM 的 UTF-8 (begins with a byte order mark)");
        return NULL;
    }
    /* jansson 2.14 passes over one behind a number. */
    const char *nul = memchr(bytes, '\0', size);
    if (nul) {
        *detail = fault_at(bytes, (size_t)(nul - bytes), "空字节 (a NUL byte)");
        return NULL;
    }
    size_t excess = find_excess(bytes, size, &fault);
    if (excess < size) {
        *detail = fault_at(bytes, excess, fault);
        return NULL;
    }
    json_t *root = json_loadb(bytes, size, flags | JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    if (!root) {
        char *said = text_printable(error.text);
        *detail = xasprintf("第 %d 行第 %d 列 (line %d, column %d): 不是 JSON (not JSON): %s",
                            error.line, error.column, error.line, error.column, said);
        free(said);
    }
    return root;
}

const char *feed_json_text(const json_t *value) {
    const char *text = json_string_value(value);
    return text && strlen(text) == json_string_length(value) ? text : NULL;
}

static int on_text(const char *bytes, size_t size, void *state) {
    hash_add(state, bytes, size);
    return 0;
}

struct hash feed_json_hash(const json_t *value) {
    struct hash_state state;
    hash_init(&state);
    json_dump_callback(value, on_text, &state, JSON_SORT_KEYS | JSON_COMPACT | JSON_ENCODE_ANY);
    return hash_end(&state);
}
