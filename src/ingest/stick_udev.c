#include <errno.h>
#include <libudev.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "ingest/stick.h"

struct udev_source {
    struct stick_source source; /* first: it is what the others see */
    struct udev *udev;
    struct udev_monitor *monitor;
    bool listed; /* those that were there were told of */
};

/* A reader's slot says removable of the disk, not of its partitions. */
static const char *removable_of(struct udev_device *device) {
    const char *type = udev_device_get_devtype(device);
    struct udev_device *disk = device;
    if (type && strcmp(type, "partition") == 0)
        disk = udev_device_get_parent_with_subsystem_devtype(device, "block", "disk");
    return disk ? udev_device_get_sysattr_value(disk, "removable") : NULL;
}

static void tell(struct udev_device *udev_device, stick_on_event *on_event, void *user) {
    struct udev_device *d = udev_device;
    const struct stick_device device = {
        .action = udev_device_get_action(d),
        .name = udev_device_get_sysname(d),
        .subsystem = udev_device_get_subsystem(d),
        .type = udev_device_get_devtype(d),
        .bus = udev_device_get_property_value(d, "ID_BUS"),
        .removable = removable_of(d),
        .usage = udev_device_get_property_value(d, "ID_FS_USAGE"),
        .filesystem = udev_device_get_property_value(d, "ID_FS_TYPE"),
        .label = udev_device_get_property_value(d, "ID_FS_LABEL"),
        .optical = udev_device_get_property_value(d, "ID_CDROM"),
        .part_type = udev_device_get_property_value(d, "ID_PART_ENTRY_TYPE")};
    struct stick_event event;
    if (stick_event_of(&device, &event))
        on_event(user, &event);
}

static void list(struct udev_source *udev, stick_on_event *on_event, void *user) {
    struct udev_enumerate *found = udev_enumerate_new(udev->udev);
    struct udev_list_entry *entry = NULL;
    if (found && udev_enumerate_add_match_subsystem(found, "block") >= 0 &&
        udev_enumerate_scan_devices(found) >= 0)
        udev_list_entry_foreach(entry, udev_enumerate_get_list_entry(found)) {
            struct udev_device *device =
                udev_device_new_from_syspath(udev->udev, udev_list_entry_get_name(entry));
            if (device)
                tell(device, on_event, user);
            udev_device_unref(device);
        }
    udev_enumerate_unref(found);
}

/* What was plugged in between listening and listing is told of twice, which is no harm. */
static void handle(struct stick_source *source, stick_on_event *on_event, void *user) {
    struct udev_source *udev = (struct udev_source *)source;
    if (!udev->listed)
        list(udev, on_event, user);
    udev->listed = true;
    for (struct udev_device *device; (device = udev_monitor_receive_device(udev->monitor));) {
        tell(device, on_event, user);
        udev_device_unref(device);
    }
}

static void destroy(struct stick_source *source) {
    struct udev_source *udev = (struct udev_source *)source;
    udev_monitor_unref(udev->monitor);
    udev_unref(udev->udev);
    free(udev);
}

struct stick_source *stick_watch_udev(void) {
    struct udev_source *udev = xcalloc(1, sizeof *udev);
    udev->source = (struct stick_source){.fd = -1, .handle = handle, .destroy = destroy};
    udev->udev = udev_new();
    udev->monitor = udev->udev ? udev_monitor_new_from_netlink(udev->udev, "udev") : NULL;
    if (udev->monitor &&
        udev_monitor_filter_add_match_subsystem_devtype(udev->monitor, "block", NULL) >= 0 &&
        udev_monitor_enable_receiving(udev->monitor) >= 0) {
        udev->source.fd = udev_monitor_get_fd(udev->monitor);
        return &udev->source;
    }
    log_warning("udev: 无法得知U盘插拔，只看已挂载的 (cannot hear of sticks, only of mounts): %s",
                strerror(errno));
    destroy(&udev->source);
    return NULL;
}
