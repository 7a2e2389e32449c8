/* caption.h: what the file name of a picture says
 *
 * Names are valid UTF-8, with their extension. Pure; any thread. */
#pragma once

#include <stdbool.h>

/* The name without extension, order number (01, （一）, 图1) and copy marks, "_" as a space; "" for
 * names that cameras, phones and programs give (IMG_1234, mmexport…, 微信图片_…, 截图, 幻灯片12,
 * hashes, dates), and what people wrote behind such a name without it. The caller's, never NULL. */
char *caption_from_name(const char *name);
/* 封面, cover: the first picture of its case */
bool caption_names_cover(const char *name);
/* A poster, slide, screenshot, certificate …: always shown whole, nothing over it. */
bool caption_names_whole(const char *name);
