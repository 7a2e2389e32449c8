#include "ingest/feed_item.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "ingest/feed_json.h"
#include "ingest/naming.h"
#include "ingest/text.h"

#define MAX_WORD_BYTES 32  /* party, featured, notice: the words of our extension */
#define MAX_SHOWN      120 /* bytes of what was left out, for a message */

void feed_leave_out(struct reject_list *rejects, const struct feed_item *item, const char *part,
                    enum reject reject, const char *text) {
    char *path = xasprintf("%s › %s", item->id, part);
    char *start = xstrndup(text, utf8_cut(text, MAX_SHOWN));
    char *shown = text_printable(start);
    reject_add(rejects, path, reject, shown);
    free(shown);
    free(start);
    free(path);
}

/* ---- what JSON Feed has */

/* JSON Feed 1.1: what is no text is taken as its text. */
static char *foreign_id(const json_t *value) {
    return json_is_number(value) ? json_dumps(value, JSON_ENCODE_ANY) : NULL;
}

static bool read_id(const json_t *json, struct feed_reading *reading, struct feed_item *item) {
    const json_t *value = json_object_get(json, "id");
    const char *text = feed_json_text(value);
    if (!reading->strict && !text)
        item->id = foreign_id(value);
    if (item->id)
        return true;
    if (!text || !*text)
        return feed_refuse(reading, "id", "缺少，或不是文字 (missing, or no text)");
    if (strlen(text) > FEED_ID_BYTES)
        return feed_refuse(reading, "id", "太长 (too long)");
    if (!feed_is_plain(text))
        return feed_refuse(reading, "id",
                           "含有不可见的字符、多余的空格，或不是 NFC (not plain text in NFC)");
    item->id = xstrdup(text);
    return true;
}

/* An address of the case, or "" with a word of what was left out. */
static bool read_url(const json_t *json, struct feed_reading *reading, const char *key,
                     struct feed_item *item, struct reject_list *rejects) {
    const char *url = NULL;
    bool good = feed_get_text(reading, json, key, FEED_URL_BYTES, &url);
    bool fit = url && *url && (feed_is_web(url) || (!reading->strict && feed_is_relative(url)));
    if (url && *url && !fit)
        feed_leave_out(rejects, item, key, REJECT_FEED_PART, url);
    free(item->url);
    item->url = xstrdup(fit ? url : "");
    return good;
}

/* A body over the limit is cut nowhere: it would end in the midst of a sentence. */
static bool read_content(const json_t *json, struct feed_reading *reading, struct feed_item *item) {
    struct feed_reading strict = {.strict = true, .reject = reading->reject};
    const char *html = NULL;
    bool good = feed_get_paragraphs(&strict, json, "content_text", FEED_BODY_BYTES, &item->body) &&
                feed_get_text(&strict, json, "content_html", FEED_HTML_BYTES, &html);
    if (good && !*item->body && html && *html)
        item->html = xstrdup(html);
    if (good)
        return true;
    free(reading->detail);
    reading->detail = strict.detail;
    return false;
}

static bool read_standard(const json_t *json, struct feed_reading *reading, struct feed_item *item,
                          struct reject_list *rejects) {
    return feed_get_paragraphs(reading, json, "summary", FEED_SUMMARY_BYTES, &item->summary) &&
           read_content(json, reading, item) && read_url(json, reading, "url", item, rejects) &&
           feed_get_time(reading, json, "date_published", false, &item->published_ms) &&
           feed_get_time(reading, json, "date_modified", false, &item->modified_ms);
}

/* The unit of the first tag that names one. */
static void read_tags(const json_t *json, struct feed_item *item) {
    const json_t *tags = json_object_get(json, "tags");
    for (size_t i = 0; !item->has_unit && i < json_array_size(tags); i++) {
        const char *tag = feed_json_text(json_array_get(tags, i));
        if (tag && strlen(tag) <= FEED_TITLE_BYTES)
            item->has_unit = naming_unit(tag, &item->unit);
    }
}

/* ---- ours */

static bool read_unit(const json_t *json, const json_t *ours, struct feed_reading *reading,
                      struct feed_item *item) {
    const char *unit = NULL;
    if (!feed_get_text(reading, ours, "unit", MAX_WORD_BYTES, &unit))
        return false;
    if (unit && !(item->has_unit = unit_parse(unit, &item->unit)))
        return feed_refuse_as(reading, REJECT_UNIT_UNKNOWN, "unit",
                              "应为 party、education、safety 或 service (none of these)");
    read_tags(json, item);
    return item->has_unit || feed_refuse_as(reading, REJECT_UNIT_UNKNOWN, "unit", "缺少 (missing)");
}

static bool read_level(const json_t *ours, struct feed_reading *reading, struct feed_item *item) {
    const char *level = NULL;
    if (!feed_get_text(reading, ours, "level", MAX_WORD_BYTES, &level))
        return false;
    bool urgent = level && strcmp(level, "urgent") == 0;
    item->level = urgent ? LEVEL_URGENT : LEVEL_NOTICE;
    return !level || urgent || strcmp(level, "normal") == 0 ||
           feed_refuse(reading, "level", "应为 normal 或 urgent (neither normal nor urgent)");
}

static bool read_phase(const json_t *ours, struct feed_reading *reading, struct feed_item *item) {
    const char *phase = NULL;
    return feed_get_text(reading, ours, "phase", MAX_WORD_BYTES, &phase) &&
           (!phase || phase_parse(phase, &item->phase) ||
            feed_refuse(reading, "phase", "应为 self、recommended 或 featured (none of these)"));
}

static bool read_validity(const json_t *ours, struct feed_reading *reading,
                          struct feed_item *item) {
    return feed_get_time(reading, ours, "valid_from", false, &item->valid_from_ms) &&
           feed_get_time(reading, ours, "valid_until", true, &item->valid_until_ms) &&
           (!item->valid_until_ms || item->valid_from_ms <= item->valid_until_ms ||
            feed_refuse(reading, "valid_until", "早于 valid_from (before valid_from)"));
}

static bool read_weight(const json_t *ours, struct feed_reading *reading, struct feed_item *item) {
    int64_t weight = 1;
    bool good = feed_get_integer(reading, ours, "weight", 1, FEED_WEIGHT, &weight);
    item->weight = (int)weight;
    return good;
}

/* What an item is: a case, a notice, or the tombstone of either. */
static bool read_kind(const json_t *ours, struct feed_reading *reading, struct feed_item *item) {
    const char *kind = NULL;
    if (!feed_get_text(reading, ours, "kind", MAX_WORD_BYTES, &kind) ||
        !feed_get_flag(reading, ours, "removed", &item->removed) ||
        !feed_get_line(reading, ours, "school", FEED_SCHOOL_BYTES, &item->school))
        return false;
    bool notice = kind && strcmp(kind, "notice") == 0;
    item->level = notice ? LEVEL_NOTICE : LEVEL_CASE;
    if (kind && !notice && strcmp(kind, "case") != 0)
        return feed_refuse(reading, "kind", "应为 case 或 notice (neither case nor notice)");
    if (item->removed)
        return true;
    if (!*item->title)
        return feed_refuse(reading, "title", "缺少 (missing)");
    return *item->school || notice || feed_refuse(reading, "school", "缺少 (missing)");
}

static bool read_ours(const json_t *json, struct feed_reading *reading, struct feed_item *item,
                      struct reject_list *rejects) {
    const json_t *ours = json_object_get(json, "_fengcai");
    if (!json_is_object(ours))
        return feed_refuse(reading, "_fengcai", "缺少，或不是对象 (missing, or no object)");
    if (!read_kind(ours, reading, item))
        return false;
    if (item->removed)
        return true;
    bool good =
        read_standard(json, reading, item, rejects) &&
        (item->level ? read_level(ours, reading, item) : read_unit(json, ours, reading, item)) &&
        read_phase(ours, reading, item) && read_validity(ours, reading, item) &&
        read_weight(ours, reading, item) && feed_media_parse(json, reading, item, rejects);
    if (item->level) { /* these are of cases */
        item->has_unit = false;
        item->unit = UNIT_PARTY;
        item->phase = PHASE_SELF;
    }
    return good;
}

/* ---- others' */

static bool read_foreign(const json_t *json, struct feed_reading *reading, const char *school,
                         struct feed_item *item, struct reject_list *rejects) {
    const json_t *author = json_array_get(json_object_get(json, "authors"), 0);
    if (!author)
        author = json_object_get(json, "author"); /* version 1 */
    item->weight = 1;
    if (!read_standard(json, reading, item, rejects) ||
        (!*item->url && !read_url(json, reading, "external_url", item, rejects)) ||
        !feed_get_line(reading, author, "name", FEED_SCHOOL_BYTES, &item->school))
        return false;
    if (!*item->school) {
        free(item->school);
        item->school = xstrdup(school);
    }
    read_tags(json, item);
    return feed_media_parse(json, reading, item, rejects);
}

/* ---- both */

static void fill(char **text) {
    *text = *text ? *text : xstrdup("");
}

bool feed_item_parse(const json_t *json, struct feed_reading *reading, const char *school,
                     struct feed_item *item, struct reject_list *rejects) {
    *item = (struct feed_item){0};
    bool good = json_is_object(json) || feed_refuse(reading, "item", "不是对象 (no object)");
    good = good && read_id(json, reading, item) &&
           feed_get_line(reading, json, "title", FEED_TITLE_BYTES, &item->title) &&
           (reading->strict ? read_ours(json, reading, item, rejects)
                            : read_foreign(json, reading, school, item, rejects));
    if (good)
        item->statement = feed_json_hash(json);
    char **texts[] = {&item->school, &item->title, &item->summary, &item->body, &item->url};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        fill(texts[i]);
    return good;
}

const char *feed_item_school(const struct feed *head, const struct feed_item *item) {
    return item->level && !*item->school ? head->title : item->school;
}

void feed_item_finish(struct feed_item *item) {
    for (size_t i = 0; i < item->media_count; i++)
        feed_media_finish(item->media + i);
    free(item->media);
    free(item->id);
    free(item->school);
    free(item->title);
    free(item->summary);
    free(item->body);
    free(item->url);
    free(item->html);
    *item = (struct feed_item){0};
}
