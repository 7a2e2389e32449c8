/* screen_watch.h: which screens the X server has, and every change of that
 *
 * By RandR, over a connection of its own: SDL 2.26 looks once, at its start, and is told nothing
 * afterwards. On Wayland and KMSDRM SDL does it itself. */
#pragma once

#include <stdint.h>

#include "display/screens.h"

struct screen_watch;

/* Asks the X server of $DISPLAY, in the order in which SDL counts: the primary screen, then the
 * others as the server has them. NULL: there is none, or it has no RandR (not reported). */
struct screen_watch *screen_watch_open(struct screen_list *list);
/* From now on a thread pushes an SDL user event for every change; data1 is the new list, a struct
 * screen_list that the receiver frees. It sleeps in between. False: reported. */
bool screen_watch_start(struct screen_watch *watch, uint32_t event_type);
void screen_watch_close(struct screen_watch *watch); /* ends the thread; NULL is fine */
