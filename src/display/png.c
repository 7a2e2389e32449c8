#include <SDL_image.h>

#include "base/fs.h"
#include "base/log.h"
#include "display/composer.h"

/* One rename, no sync: what is drawn can be drawn again. */
bool buffer_save_png(const struct buffer *buffer, const char *path) {
    struct outfile out;
    if (!outfile_open(&out, path))
        return false;
    SDL_RWops *stream = SDL_RWFromFP(out.stream, SDL_FALSE);
    SDL_Surface *surface =
        SDL_CreateRGBSurfaceWithFormatFrom(buffer->pixels, buffer->width, buffer->height, 32,
                                           buffer->stride * 4, SDL_PIXELFORMAT_ARGB8888);
    bool done = stream && surface && IMG_SavePNG_RW(surface, stream, 0) == 0;
    if (!done)
        log_error("%s: PNG 无法写入 (cannot be written): %s", path, SDL_GetError());
    SDL_FreeSurface(surface);
    if (stream)
        SDL_RWclose(stream);
    if (done)
        return outfile_commit(&out, false);
    outfile_abandon(&out);
    return false;
}
