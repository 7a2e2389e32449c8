"""Marks a file system as one that was not closed well. It begins at byte `start` of the image."""
import struct


def mark(image, at, bits):
    with open(image, "r+b") as file:
        file.seek(at)
        flags = file.read(1)[0]
        file.seek(at)
        file.write(bytes([flags | bits]))


def leave_fat_open(image, start=0):
    with open(image, "rb") as file:
        file.seek(start)
        is_fat32 = file.read(512)[82:87] == b"FAT32"
    mark(image, start + (65 if is_fat32 else 37), 1)  # BS_Reserved1, as Linux and Windows use it


def leave_exfat_open(image, start=0):
    mark(image, start + 106, 2)  # VolumeFlags


def leave_ntfs_open(image, start=0):
    """Two restart pages in $LogFile that name a client, as of a Windows that has not let go of it."""
    with open(image, "r+b") as file:
        file.seek(start)
        boot = file.read(512)
        cluster = struct.unpack_from("<H", boot, 11)[0] * boot[13]
        file.seek(start + struct.unpack_from("<Q", boot, 48)[0] * cluster + 2 * 1024)
        record = file.read(1024)
        at = struct.unpack_from("<H", record, 20)[0]
        while struct.unpack_from("<I", record, at)[0] != 0x80:
            at += struct.unpack_from("<I", record, at + 4)[0]
        size = struct.unpack_from("<Q", record, at + 48)[0]
        run = at + struct.unpack_from("<H", record, at + 32)[0]
        lengths, starts = record[run] & 15, record[run] >> 4
        page = bytearray(4096)
        struct.pack_into("<4sHHQIIHhH", page, 0, b"RSTR", 30, 9, 0, 4096, 4096, 48, 1, 1)
        struct.pack_into("<QHHHHIHHQIHHI", page, 48, 0, 1, 0xFFFF, 0, 0, 67 - size.bit_length(), 208, 48, size, 0, 48, 64, 0)
        struct.pack_into("<QQHHH6sI", page, 96, 0, 0, 0xFFFF, 0xFFFF, 0, b"", 8)
        page[128:136] = "NTFS".encode("utf-16le")
        struct.pack_into("<H", page, 30, 1)
        for i in range(8):  # the update sequence
            page[32 + 2 * i:34 + 2 * i] = page[512 * i + 510:512 * i + 512]
            struct.pack_into("<H", page, 512 * i + 510, 1)
        file.seek(start + int.from_bytes(record[run + 1 + lengths:run + 1 + lengths + starts], "little") * cluster)
        file.write(page + page)


LEAVE_OPEN = {"vfat": leave_fat_open, "exfat": leave_exfat_open, "ntfs": leave_ntfs_open}
