#include "ingest/feed_member.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"
#include "ingest/feed_json.h"
#include "ingest/text.h"

#define MAX_TIME_BYTES 64              /* RFC 3339 with a long fraction */
#define MAX_TIME_MS    253402214400000 /* 9999-12-31: behind it a zone makes a year of five digits */

bool feed_refuse_as(struct feed_reading *reading, enum reject reject, const char *key,
                    const char *why) {
    if (reading->detail)
        return false;
    reading->reject = reject;
    reading->detail = xasprintf("%s%s: %s", reading->where, key, why);
    return false;
}

bool feed_refuse(struct feed_reading *reading, const char *key, const char *why) {
    return feed_refuse_as(reading, reading->reject, key, why);
}

bool feed_wrong(struct feed_reading *reading, const char *key, const char *why) {
    return !reading->strict || feed_refuse(reading, key, why);
}

static bool too_long(struct feed_reading *reading, const char *key, size_t limit) {
    char *why = xasprintf("超过 %zu 字节 (over %zu bytes)", limit, limit);
    bool good = feed_wrong(reading, key, why);
    free(why);
    return good;
}

bool feed_get_text(struct feed_reading *reading, const json_t *object, const char *key,
                   size_t limit, const char **text) {
    const json_t *value = json_object_get(object, key);
    *text = NULL;
    if (!value)
        return true;
    if (!feed_json_text(value))
        return feed_wrong(reading, key, "不是文字，或含有空字符 (no text, or one with a NUL)");
    if (json_string_length(value) > limit)
        return too_long(reading, key, limit);
    *text = json_string_value(value);
    return true;
}

/* Takes normal as the text of a member, or "" where it grew beyond the limit. */
static bool take_normal(struct feed_reading *reading, const char *key, size_t limit, char *normal,
                        char **into) {
    if (strlen(normal) <= limit) {
        *into = normal;
        return true;
    }
    free(normal);
    *into = xstrdup("");
    return too_long(reading, key, limit);
}

bool feed_get_line(struct feed_reading *reading, const json_t *object, const char *key,
                   size_t limit, char **line) {
    const char *text = NULL;
    bool good = feed_get_text(reading, object, key, limit, &text);
    return take_normal(reading, key, limit, text_normalise_line(text ? text : ""), line) && good;
}

bool feed_get_paragraphs(struct feed_reading *reading, const json_t *object, const char *key,
                         size_t limit, char **paragraphs) {
    const char *text = NULL;
    bool good = feed_get_text(reading, object, key, limit, &text);
    char *lines = text_normalise(text ? text : "");
    good = take_normal(reading, key, limit, text_paragraphs(lines), paragraphs) && good;
    free(lines);
    return good;
}

bool feed_get_time(struct feed_reading *reading, const json_t *object, const char *key, bool end,
                   int64_t *ms) {
    const char *text = NULL;
    int64_t read = 0;
    if (!feed_get_text(reading, object, key, MAX_TIME_BYTES, &text))
        return false;
    if (!text)
        return true;
    if (!time_parse(text, end, &read) || read < 1000 || read > MAX_TIME_MS)
        return feed_wrong(reading, key, "不是 RFC 3339 日期时间 (no date and time as in RFC 3339)");
    *ms = read - read % 1000;
    return true;
}

bool feed_get_flag(struct feed_reading *reading, const json_t *object, const char *key,
                   bool *flag) {
    const json_t *value = json_object_get(object, key);
    if (value && !json_is_boolean(value))
        return feed_wrong(reading, key, "应为 true 或 false (neither true nor false)");
    *flag = value ? json_is_true(value) : *flag;
    return true;
}

bool feed_get_integer(struct feed_reading *reading, const json_t *object, const char *key,
                      int64_t from, int64_t to, int64_t *number) {
    const json_t *value = json_object_get(object, key);
    int64_t read = json_integer_value(value);
    if (!value)
        return true;
    if (!json_is_integer(value) || read < from || read > to) {
        char *why = xasprintf("应为 %lld 至 %lld 的整数 (no integer from %lld to %lld)",
                              (long long)from, (long long)to, (long long)from, (long long)to);
        bool good = feed_wrong(reading, key, why);
        free(why);
        return good;
    }
    *number = read;
    return true;
}

bool feed_get_array(struct feed_reading *reading, const json_t *object, const char *key,
                    const json_t **array) {
    const json_t *value = json_object_get(object, key);
    *array = json_is_array(value) ? value : NULL;
    return !value || *array || feed_wrong(reading, key, "不是数组 (not an array)");
}

bool feed_is_plain(const char *text) {
    char *line = text_normalise_line(text);
    bool plain = *text && strcmp(line, text) == 0;
    free(line);
    return plain;
}

/* As info.c takes the address of a case. */
static bool is_address(const char *url, const char *host) {
    return *host && !strchr("/?#", *host) && !strpbrk(url, " <>\"") && feed_is_plain(url);
}

bool feed_is_https(const char *url) {
    return strncasecmp(url, "https://", 8) == 0 && is_address(url, url + 8);
}

bool feed_is_web(const char *url) {
    return feed_is_https(url) || (strncasecmp(url, "http://", 7) == 0 && is_address(url, url + 7));
}

bool feed_is_relative(const char *url) {
    const char *scheme = url;
    while (isalnum((unsigned char)*scheme) || (*scheme && strchr("+-.", *scheme)))
        scheme++;
    return *scheme != ':' && !strpbrk(url, " <>\"") && feed_is_plain(url);
}
