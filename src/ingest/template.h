/* template.h: 示例: a folder that shows how a stick is to be filled (DESIGN: Plain folder)
 *
 *   示例/里面的内容不会上屏幕，请先看这里.txt    the convention, for Notepad
 *        党建引领/楼道里的红色课堂（望川大学）/    a case of the sample library
 *        三全育人/ 平安社区/ 智慧服务/             empty
 *
 * The door passes over a folder of that name with that note in it (tree.h), so that a stick may
 * keep it; given by its own path it is taken. */
#pragma once

#include <stdbool.h>

#include "base/paths.h"

#define TEMPLATE_FOLDER "示例"
#define TEMPLATE_NOTE   "里面的内容不会上屏幕，请先看这里.txt"

/* Makes it in an existing or new folder; its own files are replaced, others left alone. On the disk
 * when it returns true. False: reported; what was written until then stays. */
bool template_write(const struct paths *paths, const char *folder);
