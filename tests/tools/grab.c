/* grab: a part of the X server's screen, whatever lies there, as a PNG
 *
 * usage: grab X Y WIDTH HEIGHT OUT.png */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <SDL_image.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>

int main(int argc, char **argv) {
    Display *display = argc == 6 ? XOpenDisplay(NULL) : NULL;
    if (!display) {
        fputs("usage: grab X Y WIDTH HEIGHT OUT.png\n", stderr);
        return 2;
    }
    int at[4];
    for (int i = 0; i < 4; i++)
        at[i] = (int)strtol(argv[i + 1], NULL, 10);
    XImage *image = XGetImage(display, DefaultRootWindow(display), at[0], at[1], (unsigned)at[2],
                              (unsigned)at[3], AllPlanes, ZPixmap);
    SDL_Surface *surface =
        image ? SDL_CreateRGBSurfaceWithFormatFrom(image->data, at[2], at[3], 32,
                                                   image->bytes_per_line, SDL_PIXELFORMAT_XRGB8888)
              : NULL;
    int failed = !surface || IMG_SavePNG(surface, argv[5]) != 0;
    SDL_FreeSurface(surface);
    if (image)
        XDestroyImage(image);
    XCloseDisplay(display);
    return failed;
}
