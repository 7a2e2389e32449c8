#include "library/case.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static const char *const unit_keys[] = {"party", "education", "safety", "service"};
static const char *const unit_names[] = {"党建引领", "三全育人", "平安社区", "智慧服务"};
static const char *const level_keys[] = {"case", "notice", "urgent"};
static const char *const level_names[] = {"案例", "通知", "紧急通知"};
static const char *const phase_keys[] = {"self", "recommended", "featured"};
static const char *const phase_names[] = {"自主展示", "推荐", "集中展示"};
static const char *const kind_keys[] = {"picture", "code", "video"};
static const char *const role_keys[] = {"large", "screen", "thumb", "tile", "code", "video"};

#define COUNT(array) (sizeof(array) / sizeof *(array))
static_assert(COUNT(unit_keys) == UNIT_COUNT && COUNT(unit_names) == UNIT_COUNT, "units");
static_assert(COUNT(level_keys) == LEVEL_COUNT && COUNT(level_names) == LEVEL_COUNT, "levels");
static_assert(COUNT(phase_keys) == PHASE_COUNT && COUNT(phase_names) == PHASE_COUNT, "phases");
static_assert(COUNT(kind_keys) == ASSET_KIND_COUNT, "asset kinds");
static_assert(COUNT(role_keys) == RENDITION_ROLE_COUNT, "rendition roles");

void asset_finish(struct asset *asset) {
    free(asset->caption);
    free(asset->renditions);
    *asset = (struct asset){0};
}

void case_finish(struct case_record *record) {
    char *texts[] = {record->id,      record->school, record->title,
                     record->summary, record->body,   record->url};
    for (size_t i = 0; i < COUNT(texts); i++)
        free(texts[i]);
    for (size_t i = 0; i < record->asset_count; i++)
        asset_finish(record->assets + i);
    free(record->assets);
    if (record->code)
        asset_finish(record->code);
    free(record->code);
    *record = (struct case_record){0};
}

bool case_is_valid(int64_t valid_from_ms, int64_t valid_until_ms, int64_t now_ms) {
    return (!valid_from_ms || valid_from_ms <= now_ms) &&
           (!valid_until_ms || now_ms <= valid_until_ms);
}

const struct rendition *asset_rendition(const struct asset *asset, enum rendition_role role,
                                        int tile) {
    for (size_t i = 0; i < asset->rendition_count; i++)
        if (asset->renditions[i].role == role && asset->renditions[i].tile == tile)
            return asset->renditions + i;
    return NULL;
}

size_t case_count(const struct case_record *record, enum asset_kind kind) {
    size_t count = 0;
    for (size_t i = 0; i < record->asset_count; i++)
        count += record->assets[i].kind == kind;
    return count;
}

int asset_tiles(const struct asset *asset) {
    int tiles = 0;
    for (size_t i = 0; i < asset->rendition_count; i++)
        tiles += asset->renditions[i].role == RENDITION_TILE;
    return tiles;
}

char *case_scoped_id(const char *feed, const char *id) {
    return *feed ? xasprintf("%s:%s", feed, id) : xstrdup(id);
}

/* 8-4-4-4-12 digits in lower case, then a colon. */
static bool starts_with_feed(const char *text) {
    for (int i = 0; i < CASE_FEED_SIZE - 1; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (!text[i] || (dash ? text[i] != '-' : !strchr("0123456789abcdef", text[i])))
            return false;
    }
    return text[CASE_FEED_SIZE - 1] == ':';
}

const char *case_own_id(const char *scoped, char *feed) {
    bool is_scoped = starts_with_feed(scoped);
    if (feed)
        snprintf(feed, CASE_FEED_SIZE, "%s", is_scoped ? scoped : "");
    return is_scoped ? scoped + CASE_FEED_SIZE : scoped;
}

const char *unit_key(enum unit unit) {
    return unit_keys[unit];
}

const char *unit_name(enum unit unit) {
    return unit_names[unit];
}

const char *level_key(enum level level) {
    return level_keys[level];
}

const char *level_name(enum level level) {
    return level_names[level];
}

const char *case_section(const struct case_record *record) {
    return section_name(record->level, record->unit);
}

const char *section_name(enum level level, enum unit unit) {
    return level ? level_name(level) : unit_name(unit);
}

const char *section_unit(enum level level, enum unit unit) {
    return level ? NULL : unit_key(unit);
}

const char *section_level(enum level level) {
    return level ? level_key(level) : NULL;
}

const char *section_of_keys(const char *unit, const char *level) {
    enum unit known_unit = UNIT_PARTY;
    enum level known_level = LEVEL_CASE;
    if (level && level_parse(level, &known_level) && known_level)
        return level_name(known_level);
    return unit && unit_parse(unit, &known_unit) ? unit_name(known_unit) : "";
}

const char *section_key(enum level level, enum unit unit) {
    return level ? level_key(level) : unit_key(unit);
}

const char *phase_key(enum phase phase) {
    return phase_keys[phase];
}

const char *phase_name(enum phase phase) {
    return phase_names[phase];
}

const char *asset_kind_key(enum asset_kind kind) {
    return kind_keys[kind];
}

const char *rendition_role_key(enum rendition_role role) {
    return role_keys[role];
}

static bool find(const char *const *table, size_t count, const char *key, int *index) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(table[i], key) == 0) {
            *index = (int)i;
            return true;
        }
    return false;
}

bool unit_parse(const char *key, enum unit *unit) {
    int index = 0;
    bool found = find(unit_keys, COUNT(unit_keys), key, &index);
    if (found)
        *unit = (enum unit)index;
    return found;
}

bool level_parse(const char *key, enum level *level) {
    int index = 0;
    bool found = find(level_keys, COUNT(level_keys), key, &index);
    if (found)
        *level = (enum level)index;
    return found;
}

bool phase_parse(const char *key, enum phase *phase) {
    int index = 0;
    bool found = find(phase_keys, COUNT(phase_keys), key, &index);
    if (found)
        *phase = (enum phase)index;
    return found;
}

bool rendition_role_parse(const char *key, enum rendition_role *role) {
    int index = 0;
    bool found = find(role_keys, COUNT(role_keys), key, &index);
    if (found)
        *role = (enum rendition_role)index;
    return found;
}

const char *rendition_suffix(enum rendition_role role) {
    return role == RENDITION_CODE ? ".png" : role == RENDITION_VIDEO ? ".mp4" : ".jpg";
}

static char *path_of(const char *media, struct hash hash, const char *suffix) {
    char hex[HASH_HEX_SIZE];
    hash_hex(hash, hex);
    return xasprintf("%s/%.2s/%s%s", media, hex, hex, suffix);
}

char *media_path(const char *media, struct hash hash) {
    return path_of(media, hash, rendition_suffix(RENDITION_LARGE));
}

char *rendition_path(const char *media, const struct rendition *rendition) {
    return path_of(media, rendition->hash, rendition_suffix(rendition->role));
}
