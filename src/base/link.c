#include "base/link.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"

/* Reading it fails while the link is down. */
static bool has_carrier(const char *folder, const char *name) {
    char *path = path_join(folder, name, "carrier", NULL);
    char text = '0';
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool read_it = fd >= 0 && read(fd, &text, 1) == 1;
    if (fd >= 0)
        close(fd);
    free(path);
    return read_it && text == '1';
}

bool link_is_up(const char *folder) {
    DIR *links = opendir(folder);
    bool up = false;
    for (const struct dirent *link; links && !up && (link = readdir(links));)
        up = link->d_name[0] != '.' && strcmp(link->d_name, "lo") != 0 &&
             has_carrier(folder, link->d_name);
    if (links)
        closedir(links);
    return up;
}
