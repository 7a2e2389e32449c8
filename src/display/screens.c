#include "display/screens.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void screens_add(struct screen_list *list, const char *name, struct rect area, int millimetres) {
    if (list->count == MAX_SCREENS)
        return;
    struct screen *screen = &list->screens[list->count++];
    *screen = (struct screen){.area = area, .millimetres = millimetres};
    snprintf(screen->name, sizeof screen->name, "%s", name ? name : "");
}

static bool same(const struct screen *a, const struct screen *b) {
    return strcmp(a->name, b->name) == 0 && a->millimetres == b->millimetres &&
           a->area.x == b->area.x && a->area.y == b->area.y && a->area.width == b->area.width &&
           a->area.height == b->area.height;
}

bool screens_equal(const struct screen_list *a, const struct screen_list *b) {
    bool equal = a->count == b->count;
    for (size_t i = 0; equal && i < a->count; i++)
        equal = same(&a->screens[i], &b->screens[i]);
    return equal;
}

int screens_find(const struct screen_list *list, const char *wanted) {
    if (!isalpha((unsigned char)*wanted)) {
        long number = strtol(wanted, NULL, 10);
        return number >= 0 && (size_t)number < list->count ? (int)number : -1;
    }
    for (size_t i = 0; i < list->count; i++)
        if (strcasecmp(list->screens[i].name, wanted) == 0)
            return (int)i;
    return -1;
}

int screens_choose(const struct screen_list *list, const char *wanted) {
    int found = screens_find(list, wanted);
    return found >= 0 ? found : list->count ? 0 : -1;
}
