/* bare_touch: what SDL itself needs for what tests/bench/touch.py measures: a window of the whole
 * screen whose surface shows a pressed button as a field under the pointer, and, once it is let go,
 * a long picture that scrolls for two seconds in frames of a sixtieth of a second. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <SDL.h>

#define FIELD     100
#define HEIGHTS   4 /* of the screen, that the picture has */
#define FRAME_MS  (1000.0 / 60)
#define SCROLL_MS 2000

struct bare {
    SDL_Window *window;
    SDL_Surface *surface;
    uint32_t *picture;
};

static void draw_picture(struct bare *bare, int from) {
    const SDL_Surface *to = bare->surface;
    for (int y = 0; y < to->h; y++)
        memcpy((uint8_t *)to->pixels + (size_t)y * (size_t)to->pitch,
               bare->picture + (size_t)(from + y) * (size_t)to->w, (size_t)to->w * 4);
    SDL_UpdateWindowSurface(bare->window);
}

static void draw_field(struct bare *bare, int x, int y) {
    SDL_Rect field = {x - FIELD / 2, y - FIELD / 2, FIELD, FIELD};
    SDL_FillRect(bare->surface, &field, 0xFFFFFF);
    SDL_UpdateWindowSurfaceRects(bare->window, &field, 1);
}

static void scroll(struct bare *bare) {
    uint64_t began = SDL_GetTicks64();
    for (int frame = 0; SDL_GetTicks64() - began < SCROLL_MS; frame++) {
        draw_picture(bare, frame * 15 % ((HEIGHTS - 1) * bare->surface->h));
        double next = (frame + 1) * FRAME_MS, now = (double)(SDL_GetTicks64() - began);
        if (next > now)
            SDL_Delay((uint32_t)(next - now));
    }
}

static bool start(struct bare *bare) {
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    SDL_Rect area;
    if (SDL_Init(SDL_INIT_VIDEO) != 0 || SDL_GetDisplayBounds(0, &area) != 0)
        return false;
    bare->window = SDL_CreateWindow("bare", 0, 0, area.w, area.h, SDL_WINDOW_BORDERLESS);
    bare->surface = bare->window ? SDL_GetWindowSurface(bare->window) : NULL;
    size_t pixels = (size_t)area.w * (size_t)area.h * HEIGHTS;
    bare->picture = malloc(pixels * 4);
    for (size_t i = 0; bare->picture && i < pixels; i++)
        bare->picture[i] = (uint32_t)(i * 2654435761u) >> 8 & 0x7F7F7F;
    return bare->surface && bare->picture;
}

int main(void) {
    struct bare bare = {0};
    SDL_Event event;
    if (!start(&bare)) {
        free(bare.picture);
        return 1;
    }
    draw_picture(&bare, 0);
    while (SDL_WaitEvent(&event) && event.type != SDL_QUIT) {
        if (event.type == SDL_MOUSEBUTTONDOWN)
            draw_field(&bare, event.button.x, event.button.y);
        else if (event.type == SDL_MOUSEBUTTONUP && event.button.button != SDL_BUTTON_LEFT)
            scroll(&bare);
        else if (event.type == SDL_MOUSEBUTTONUP ||
                 (event.type == SDL_WINDOWEVENT && event.window.event == SDL_WINDOWEVENT_EXPOSED))
            draw_picture(&bare, 0);
    }
    free(bare.picture);
    SDL_Quit();
    return 0;
}
