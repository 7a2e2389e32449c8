#include "ingest/missing.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>

#include "base/memory.h"
#include "base/str.h"

/* Limits of what a person reads, and of a receipt. */
#define MAX_ENTRIES 100
#define MAX_PLACES  10
#define REPLACEMENT 0xFFFD /* for what was lost before it came here: shown as 〓 */
#define NAME_SIZE   128    /* the longest name in Unicode has 88 letters */

struct place {
    char *id; /* owned */
    enum missing_field field;
    size_t count;
};

struct missing_entry {
    enum missing_kind kind;
    uint32_t code; /* code point, or UScriptCode */
    size_t count;
    size_t scan;        /* the last in which it was met: a place for each */
    size_t place_count; /* of all places */
    struct place places[MAX_PLACES];
};

static const char *const kinds[] = {"character", "emoji", "private", "unassigned", "script"};
static const char *const kinds_chinese[] = {"缺字", "表情", "自造字", "未分配", "整种文字"};
static const char *const fields[] = {"title", "summary", "body", "caption", "school"};
static const char *const fields_chinese[] = {"标题", "摘要", "正文", "图片说明", "学校"};

#define COUNT(array) (sizeof(array) / sizeof *(array))
static_assert(COUNT(kinds) == MISSING_KIND_COUNT && COUNT(kinds_chinese) == MISSING_KIND_COUNT,
              "kinds");
static_assert(COUNT(fields) == MISSING_FIELD_COUNT && COUNT(fields_chinese) == MISSING_FIELD_COUNT,
              "fields");

/* What is written in China, and what its students may bring; others by their English names. */
static const struct {
    UScriptCode code;
    const char *name;
} scripts[] = {
    {USCRIPT_ARABIC, "维吾尔文/阿拉伯文"},
    {USCRIPT_TIBETAN, "藏文"},
    {USCRIPT_MONGOLIAN, "蒙古文"},
    {USCRIPT_TAI_LE, "德宏傣文"},
    {USCRIPT_NEW_TAI_LUE, "西双版纳傣文"},
    {USCRIPT_LANNA, "老傣文"},
    {USCRIPT_YI, "彝文"},
    {USCRIPT_LISU, "傈僳文"},
    {USCRIPT_MIAO, "苗文"},
    {USCRIPT_PHAGS_PA, "八思巴文"},
    {USCRIPT_TANGUT, "西夏文"},
    {USCRIPT_NUSHU, "女书"},
    {USCRIPT_HANGUL, "朝鲜文/韩文"},
    {USCRIPT_HIRAGANA, "日文平假名"},
    {USCRIPT_KATAKANA, "日文片假名"},
    {USCRIPT_THAI, "泰文"},
    {USCRIPT_LAO, "老挝文"},
    {USCRIPT_KHMER, "高棉文"},
    {USCRIPT_MYANMAR, "缅甸文"},
    {USCRIPT_DEVANAGARI, "天城文"},
    {USCRIPT_BENGALI, "孟加拉文"},
    {USCRIPT_TAMIL, "泰米尔文"},
    {USCRIPT_SINHALA, "僧伽罗文"},
    {USCRIPT_HEBREW, "希伯来文"},
    {USCRIPT_ETHIOPIC, "埃塞俄比亚文"},
    {USCRIPT_GEORGIAN, "格鲁吉亚文"},
    {USCRIPT_ARMENIAN, "亚美尼亚文"},
};

static const char *script_chinese(UScriptCode script) {
    for (size_t i = 0; i < COUNT(scripts); i++)
        if (scripts[i].code == script)
            return scripts[i].name;
    return uscript_getName(script);
}

/* ---- looking */

/* Spaces and what is invisible need no font. */
static bool is_seen(uint32_t c) {
    return c > ' ' && u_isgraph((UChar32)c) &&
           !u_hasBinaryProperty((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

/* Whether not even the letter that stands for the script is in a font. */
static bool script_is_missing(struct coverage *coverage, UScriptCode script) {
    UErrorCode status = U_ZERO_ERROR;
    UChar sample[8];
    int32_t size = uscript_getSampleString(script, sample, COUNT(sample), &status);
    UChar32 c = 0;
    if (U_FAILURE(status) || size < 1 || script == USCRIPT_HAN)
        return false;
    U16_GET(sample, 0, 0, size, c);
    return !coverage_has(coverage, (uint32_t)c);
}

/* Planes 2 and 3 are given to Han alone: what a font has there is a character newer than our ICU.
 */
static bool is_han_plane(uint32_t c) {
    return c >= 0x20000 && c <= 0x3FFFD;
}

/* False: it can be shown. *code is what the entry is known by. */
static bool find_kind(struct coverage *coverage, uint32_t c, enum missing_kind *kind,
                      uint32_t *code) {
    int8_t type = u_charType((UChar32)c);
    *code = c;
    if (is_han_plane(c) && coverage_has(coverage, c))
        return false;
    if (type == U_PRIVATE_USE_CHAR || type == U_UNASSIGNED) {
        *kind = type == U_UNASSIGNED ? MISSING_UNASSIGNED : MISSING_PRIVATE;
        return true;
    }
    if (!is_seen(c) || (c != REPLACEMENT && coverage_has(coverage, c)))
        return false;
    UErrorCode status = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript((UChar32)c, &status);
    *kind = MISSING_CHARACTER;
    if (coverage_is_emoji(c)) {
        *kind = MISSING_EMOJI;
    } else if (script_is_missing(coverage, script)) {
        *kind = MISSING_SCRIPT;
        *code = (uint32_t)script;
    }
    return true;
}

/* NULL: the list is full. */
static struct missing_entry *entry_of(struct missing *missing, enum missing_kind kind,
                                      uint32_t code) {
    for (size_t i = 0; i < missing->count; i++)
        if (missing->entries[i].kind == kind && missing->entries[i].code == code)
            return missing->entries + i;
    if (missing->count == MAX_ENTRIES)
        return NULL;
    if (!missing->entries)
        missing->entries = xcalloc(MAX_ENTRIES, sizeof *missing->entries);
    struct missing_entry *entry = missing->entries + missing->count++;
    *entry = (struct missing_entry){.kind = kind, .code = code};
    return entry;
}

static void count_place(struct missing_entry *entry, size_t scan, const char *id,
                        enum missing_field field) {
    bool first = entry->scan != scan;
    entry->scan = scan;
    entry->count++;
    entry->place_count += first;
    if (entry->place_count > MAX_PLACES)
        return;
    struct place *place = entry->places + entry->place_count - 1;
    if (first)
        *place = (struct place){.id = xstrdup(id), .field = field};
    place->count++;
}

void missing_scan(struct missing *missing, struct coverage *coverage, const char *id,
                  enum missing_field field, const char *text) {
    missing->scans++;
    for (uint32_t c; (c = utf8_next(&text));) {
        enum missing_kind kind = MISSING_CHARACTER;
        uint32_t code = 0;
        if (c < 0x80 || !find_kind(coverage, c, &kind, &code))
            continue;
        struct missing_entry *entry = entry_of(missing, kind, code);
        if (entry)
            count_place(entry, missing->scans, id, field);
        else
            missing->more++;
    }
}

void missing_scan_case(struct missing *missing, struct coverage *coverage,
                       const struct manifest_case *c) {
    struct str captions = {0};
    for (size_t i = 0; i < c->asset_count; i++)
        str_add(&captions, c->assets[i].caption);
    const char *const texts[] = {[MISSING_TITLE] = c->title,
                                 [MISSING_SUMMARY] = c->summary,
                                 [MISSING_BODY] = c->body,
                                 [MISSING_CAPTION] = str_text(&captions),
                                 [MISSING_SCHOOL] = c->school};
    for (int field = 0; field < MISSING_FIELD_COUNT; field++)
        missing_scan(missing, coverage, c->id, (enum missing_field)field, texts[field]);
    str_finish(&captions);
}

void missing_finish(struct missing *missing) {
    for (size_t i = 0; i < missing->count; i++) {
        struct missing_entry *entry = missing->entries + i;
        for (size_t k = 0; k < entry->place_count && k < MAX_PLACES; k++)
            free(entry->places[k].id);
    }
    free(missing->entries);
    *missing = (struct missing){0};
}

/* ---- telling */

static json_t *places_json(const struct missing_entry *entry) {
    json_t *array = json_array();
    for (size_t i = 0; i < entry->place_count && i < MAX_PLACES; i++) {
        const struct place *place = entry->places + i;
        json_array_append_new(array,
                              json_pack("{s:s, s:s, s:I}", "id", place->id, "field",
                                        fields[place->field], "count", (json_int_t)place->count));
    }
    return array;
}

static json_t *script_json(const struct missing_entry *entry) {
    UScriptCode script = (UScriptCode)entry->code;
    return json_pack("{s:s, s:s, s:s, s:s}", "kind", kinds[entry->kind], "text",
                     script_chinese(script), "code", uscript_getShortName(script), "name",
                     uscript_getName(script));
}

static json_t *character_json(const struct missing_entry *entry) {
    UErrorCode status = U_ZERO_ERROR;
    char code[16], name[NAME_SIZE] = "";
    struct str text = {0};
    str_add_codepoint(&text, entry->code);
    snprintf(code, sizeof code, "U+%04X", (unsigned)entry->code);
    u_charName((UChar32)entry->code, U_EXTENDED_CHAR_NAME, name, sizeof name, &status);
    json_t *object = json_pack("{s:s, s:s, s:s, s:s}", "kind", kinds[entry->kind], "text",
                               text.data, "code", code, "name", name);
    str_finish(&text);
    return object;
}

json_t *missing_json(const struct missing *missing) {
    json_t *array = json_array();
    for (size_t i = 0; i < missing->count; i++) {
        const struct missing_entry *entry = missing->entries + i;
        json_t *object = entry->kind == MISSING_SCRIPT ? script_json(entry) : character_json(entry);
        json_object_set_new(object, "count", json_integer((json_int_t)entry->count));
        json_object_set_new(object, "places", places_json(entry));
        if (entry->place_count > MAX_PLACES)
            json_object_set_new(object, "more_places",
                                json_integer((json_int_t)(entry->place_count - MAX_PLACES)));
        json_array_append_new(array, object);
    }
    return array;
}

static const char *find(const char *word, const char *const *words, const char *const *chinese,
                        size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], word) == 0)
            return chinese[i];
    return NULL;
}

const char *missing_kind_chinese(const char *kind) {
    return find(kind, kinds, kinds_chinese, COUNT(kinds));
}

const char *missing_field_chinese(const char *field) {
    return find(field, fields, fields_chinese, COUNT(fields));
}
