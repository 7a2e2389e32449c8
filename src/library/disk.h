/* disk.h: SQLite's way to the disk ends at the first fsync that fails
 *
 * SQLite answers a commit whose fsync failed by rolling it back at once: it writes to the same file
 * and asks for another fsync, which a kernel that dropped the pages may call a success. So from
 * fs_sync_has_failed() on its writes fail; the journal stays, and the next process that opens the
 * database rolls it back, from what the disk really has. */
#pragma once

/* For the whole process, once, before the first database is opened. */
void disk_guard(void);
