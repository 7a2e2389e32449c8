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
/* 二维码, qrcode, 公众号二维码 and the like, and nothing else: the code of its case, no photo. A
 * picture with a code on it has other words in its name (宿舍门口的二维码). */
bool caption_names_code(const char *name);
/* A poster, slide, screenshot, certificate …: always shown whole, nothing over it. */
bool caption_names_whole(const char *name);
