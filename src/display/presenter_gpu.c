#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "display/presenter_backend.h"

/* DESIGN: budgets. Three screen buffers of 3840 x 2160 are 100 MB. */
#define TEXTURE_BUDGET      ((size_t)256 << 20)
/* A texture that no frame used for so long belongs to a slide that is over. */
#define TEXTURE_IDLE_FRAMES 3
/* From the GL specification; the one call is not worth its headers. */
#define GL_RENDERER_NAME    0x1F01u

struct texture {
    uint64_t id; /* of the buffer */
    SDL_Texture *texture;
    size_t bytes;
    uint64_t frame; /* in which it was last used */
    struct texture *next;
};

struct gpu_data {
    SDL_Renderer *renderer;
    struct texture *textures;
    size_t bytes; /* of all textures */
    uint64_t frame;
};

typedef const unsigned char *(*get_string)(unsigned name);

/* Mesa's software drivers, and the one of VMware, which is no faster than our own loop. */
static bool is_real(const char *renderer) {
    static const char *const software[] = {"llvmpipe", "softpipe", "swrast", "SVGA", "SwiftShader"};
    for (size_t i = 0; i < sizeof(software) / sizeof(*software); i++)
        if (strcasestr(renderer, software[i]))
            return false;
    return true;
}

static const char *renderer_name(void) {
    get_string ask = (get_string)SDL_GL_GetProcAddress("glGetString");
    const unsigned char *name = ask ? ask(GL_RENDERER_NAME) : NULL;
    return name ? (const char *)name : "";
}

static void remove_texture(struct gpu_data *data, struct texture **link) {
    struct texture *texture = *link;
    *link = texture->next;
    data->bytes -= texture->bytes;
    SDL_DestroyTexture(texture->texture);
    free(texture);
}

static void stop(struct presenter *presenter) {
    struct gpu_data *data = presenter->data;
    while (data->textures)
        remove_texture(data, &data->textures);
    if (data->renderer)
        SDL_DestroyRenderer(data->renderer);
    free(data);
    presenter->data = NULL;
}

static bool start(struct presenter *presenter, bool real) {
    struct gpu_data *data = xcalloc(1, sizeof(*data));
    presenter->data = data;
    SDL_SetHint(SDL_HINT_RENDER_SCALE_QUALITY, "nearest"); /* but for what is stretched */
    data->renderer = SDL_CreateRenderer(presenter->window, -1, SDL_RENDERER_ACCELERATED);
    if (!data->renderer) {
        log_print(real ? LOG_LEVEL_INFO : LOG_LEVEL_ERROR, "屏幕：没有GPU可用 (no GPU): %s",
                  SDL_GetError());
        stop(presenter);
        return false;
    }
    bool found = is_real(renderer_name());
    log_info("屏幕：GPU %s", renderer_name());
    presenter->real = found;
    presenter->paced = found && SDL_RenderSetVSync(data->renderer, 1) == 0;
    if (found || !real)
        return true;
    stop(presenter);
    return false;
}

static struct size size(struct presenter *presenter) {
    const struct gpu_data *data = presenter->data;
    struct size size = {0, 0};
    if (SDL_GetRendererOutputSize(data->renderer, &size.width, &size.height) != 0)
        log_error("屏幕：大小未知 (unknown size): %s", SDL_GetError());
    return size;
}

static struct texture **find(struct gpu_data *data, uint64_t id) {
    struct texture **link = &data->textures;
    while (*link && (*link)->id != id)
        link = &(*link)->next;
    return link;
}

static struct texture *upload(struct gpu_data *data, const struct buffer *buffer) {
    SDL_Texture *made = SDL_CreateTexture(data->renderer, SDL_PIXELFORMAT_ARGB8888,
                                          SDL_TEXTUREACCESS_STATIC, buffer->width, buffer->height);
    if (!made || SDL_UpdateTexture(made, NULL, buffer->pixels, buffer->stride * 4) != 0) {
        log_error("屏幕：无法建立纹理 (no texture): %s", SDL_GetError());
        if (made)
            SDL_DestroyTexture(made);
        return NULL;
    }
    struct texture *texture = xcalloc(1, sizeof(*texture));
    *texture = (struct texture){
        .id = buffer->id,
        .texture = made,
        .bytes = (size_t)buffer->width * (size_t)buffer->height * 4,
        .next = data->textures,
    };
    data->textures = texture;
    data->bytes += texture->bytes;
    return texture;
}

/* Before a frame: what was not used for some frames, and under pressure whatever the last frame
 * did not use. */
static void sweep(struct gpu_data *data) {
    struct texture **link = &data->textures;
    while (*link) {
        uint64_t idle = data->frame - (*link)->frame;
        if (idle > TEXTURE_IDLE_FRAMES || (idle > 1 && data->bytes > TEXTURE_BUDGET))
            remove_texture(data, link);
        else
            link = &(*link)->next;
    }
}

/* Of premultiplied colours. */
static SDL_BlendMode over_mode(void) {
    return SDL_ComposeCustomBlendMode(SDL_BLENDFACTOR_ONE, SDL_BLENDFACTOR_ONE_MINUS_SRC_ALPHA,
                                      SDL_BLENDOPERATION_ADD, SDL_BLENDFACTOR_ONE,
                                      SDL_BLENDFACTOR_ONE_MINUS_SRC_ALPHA, SDL_BLENDOPERATION_ADD);
}

/* A rectangle of whole pixels, into which the texture is drawn by coordinates of its own: a corner
 * put between two pixels would snap to what steps the GPU has. */
static bool stretch(struct presenter *presenter, const struct placement *placement,
                    SDL_Texture *texture, uint8_t alpha) {
    struct gpu_data *data = presenter->data;
    struct rect on = presenter_place(presenter, placement), part = placement->part;
    double width = (double)placement->buffer->width * PART_PIXEL;
    double height = (double)placement->buffer->height * PART_PIXEL;
    float left = (float)(part.x / width), right = (float)((part.x + (double)part.width) / width);
    float top = (float)(part.y / height), foot = (float)((part.y + (double)part.height) / height);
    const SDL_FPoint upright[] = {{left, top}, {right, top}, {right, foot}, {left, foot}};
    const SDL_FPoint corners[] = {{(float)on.x, (float)on.y},
                                  {(float)(on.x + on.width), (float)on.y},
                                  {(float)(on.x + on.width), (float)(on.y + on.height)},
                                  {(float)on.x, (float)(on.y + on.height)}};
    static const int triangles[] = {0, 1, 2, 0, 2, 3};
    SDL_Vertex vertices[4];
    for (int i = 0; i < 4; i++) /* a quarter turn moves each corner of the picture on by one */
        vertices[i] = (SDL_Vertex){
            corners[i], {255, 255, 255, alpha}, upright[(i + 4 - (int)presenter->rotation) % 4]};
    SDL_SetTextureScaleMode(texture, SDL_ScaleModeLinear);
    return SDL_RenderGeometry(data->renderer, texture, vertices, 4, triangles, 6) == 0;
}

/* In bands: a few where its corners are round, else one. */
static bool fill(struct presenter *presenter, const struct placement *placement) {
    const struct gpu_data *data = presenter->data;
    struct rect on = presenter_place(presenter, placement);
    colour ink = placement->fill;
    SDL_SetRenderDrawBlendMode(data->renderer, SDL_BLENDMODE_BLEND);
    SDL_SetRenderDrawColor(data->renderer, ink >> 16 & 255, ink >> 8 & 255, ink & 255,
                           (uint8_t)((int)(ink >> 24) * placement->alpha / 256));
    bool done = true;
    for (int row = 0; row < on.height;) {
        int inset = presenter_inset(placement, on, row), end = row + 1;
        while (end < on.height && presenter_inset(placement, on, end) == inset)
            end++;
        SDL_Rect part = {on.x + inset, on.y + row, on.width - 2 * inset, end - row};
        done = SDL_RenderFillRect(data->renderer, &part) == 0 && done;
        row = end;
    }
    return done;
}

/* SDL turns about the middle of where the upright picture would lie. */
static bool place(struct presenter *presenter, const struct placement *placement) {
    if (!placement->buffer)
        return fill(presenter, placement);
    struct gpu_data *data = presenter->data;
    struct texture *texture = *find(data, placement->buffer->id);
    if (!texture)
        texture = upload(data, placement->buffer);
    if (!texture)
        return false;
    texture->frame = data->frame;
    bool opaque = placement->alpha >= 256;
    uint8_t alpha = (uint8_t)(opaque ? 255 : (placement->alpha * 255 + 128) / 256);
    if (placement->buffer->translucent) { /* premultiplied */
        SDL_SetTextureBlendMode(texture->texture, over_mode());
        SDL_SetTextureColorMod(texture->texture, alpha, alpha, alpha);
    } else {
        SDL_SetTextureBlendMode(texture->texture,
                                opaque ? SDL_BLENDMODE_NONE : SDL_BLENDMODE_BLEND);
    }
    SDL_SetTextureAlphaMod(texture->texture, alpha);
    if (placement->part.width > 0)
        return stretch(presenter, placement, texture->texture, alpha);
    struct rect on = presenter_place(presenter, placement);
    float width = (float)placement->buffer->width, height = (float)placement->buffer->height;
    SDL_FRect to = {(float)on.x + ((float)on.width - width) / 2,
                    (float)on.y + ((float)on.height - height) / 2, width, height};
    return SDL_RenderCopyExF(data->renderer, texture->texture, NULL, &to,
                             90.0 * presenter->rotation, NULL, SDL_FLIP_NONE) == 0;
}

/* What lies in the back buffer after a swap is anybody's guess: the whole frame is drawn. */
static bool present(struct presenter *presenter, const struct placement *placements, size_t count,
                    const struct rect *changed, size_t changed_count) {
    (void)changed;
    (void)changed_count;
    struct gpu_data *data = presenter->data;
    data->frame++;
    sweep(data);
    SDL_SetRenderDrawColor(data->renderer, 0, 0, 0, 255);
    SDL_RenderClear(data->renderer);
    bool done = true;
    for (size_t i = 0; i < count; i++) {
        struct rect seen = presenter_seen(presenter, &placements[i]);
        SDL_Rect clip = {seen.x, seen.y, seen.width, seen.height};
        SDL_RenderSetClipRect(data->renderer, &clip);
        done = place(presenter, &placements[i]) && done;
    }
    SDL_RenderSetClipRect(data->renderer, NULL);
    if (done)
        SDL_RenderPresent(data->renderer);
    return done;
}

const struct presenter_backend presenter_gpu = {
    .name = "gpu",
    .window_flags = SDL_WINDOW_OPENGL,
    .stretches = true,
    .start = start,
    .stop = stop,
    .size = size,
    .present = present,
};
