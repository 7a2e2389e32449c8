/* pack_output.h: where a bundle is packed into: a folder, or one .zip by way of a folder beside it
 *
 * The folder is locked (flock), so that no other pack works on it. One thread. */
#pragma once

#include <stdbool.h>

#include "base/paths.h"

struct pack_output {
    char *folder; /* owned; what to work on */
    char *zip;    /* owned; NULL: the folder is the bundle */
    char *helper; /* owned; the program that zips */
    int lock;
    bool made; /* the folder was not there */
};

/* False: reported, and *output is closed. */
bool pack_output_open(struct pack_output *output, const char *path, const struct paths *paths);
/* The folder is as it is wanted: a .zip is made of it, and appears by rename. False: reported. */
bool pack_output_commit(struct pack_output *output);
/* A folder that was made and is still empty goes again. */
void pack_output_close(struct pack_output *output);
