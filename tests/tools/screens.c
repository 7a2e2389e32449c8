/* screens: the screens in the order of their numbers, as the display counts them and as SDL does
 *
 * usage: screens
 * Prints them, a line each, and fails where the two are not the same. SDL is asked anew, by a
 * process that has just begun. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <SDL.h>

#include "display/screen_watch.h"

static void print(const char *who, const struct screen_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        struct rect area = list->screens[i].area;
        printf("%s %zu %dx%d+%d+%d %s %dmm\n", who, i, area.width, area.height, area.x, area.y,
               list->screens[i].name, list->screens[i].millimetres);
    }
}

static bool same(const struct screen_list *a, const struct screen_list *b) {
    bool equal = a->count == b->count;
    for (size_t i = 0; equal && i < a->count; i++)
        equal = memcmp(&a->screens[i].area, &b->screens[i].area, sizeof(struct rect)) == 0;
    return equal;
}

int main(void) {
    struct screen_list ours = {.count = 0}, theirs = {.count = 0};
    struct screen_watch *watch = screen_watch_open(&ours);
    if (!watch || SDL_Init(SDL_INIT_VIDEO) != 0) {
        fprintf(stderr, "%s, SDL: %s\n", watch ? "RandR" : "no RandR", SDL_GetError());
        return 2;
    }
    for (int i = 0; i < SDL_GetNumVideoDisplays(); i++) {
        SDL_Rect area;
        SDL_GetDisplayBounds(i, &area);
        screens_add(&theirs, SDL_GetDisplayName(i), (struct rect){area.x, area.y, area.w, area.h},
                    0);
    }
    SDL_Quit();
    screen_watch_close(watch);
    print("fengcai", &ours);
    print("SDL", &theirs);
    return same(&ours, &theirs) ? 0 : 1;
}
