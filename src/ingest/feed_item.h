/* feed_item.h: one item of a feed's JSON, one way and the other; private to feed*.c */
#pragma once

#include <stdbool.h>

#include <jansson.h>

#include "ingest/feed.h"
#include "ingest/feed_member.h"

/* Reads an item. reading is new; ours is its strict. school: of foreign items that name none. What
 * is left out is named in rejects. False: reading->reject and ->detail say why; *item then holds no
 * more than what names it in a message. Always to be finished. */
bool feed_item_parse(const json_t *json, struct feed_reading *reading, const char *school,
                     struct feed_item *item, struct reject_list *rejects);
/* Pictures and videos, of an item whose id is known. */
bool feed_media_parse(const json_t *json, struct feed_reading *reading, struct feed_item *item,
                      struct reject_list *rejects);
void feed_media_finish(struct feed_media *media);
/* "id › part" with what stands there, made printable and cut. */
void feed_leave_out(struct reject_list *rejects, const struct feed_item *item, const char *part,
                    enum reject reject, const char *text);

/* ours: with our extension. The caller's reference. */
json_t *feed_item_json(const struct feed_item *item, bool ours);
