#!/usr/bin/env python3
"""Cuts the power of a virtual machine while it imports, many times, and counts what it cost.

usage: power.py BUILD FOLDER [--cuts N] [--seed N]

FOLDER is for the kernel, the guest's disks and the log (some 200 MB); what is there already is used again.
README.md says what is cut, and how. Debian's qemu-system-x86, e2fsprogs, sqlite3 and python3 are needed; kernel and busybox
are fetched by apt-get download.
"""
import argparse, os, random, re, shutil, struct, subprocess, sys, time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "faults"))
from ground import png

MODULES = ["virtio", "virtio_ring", "virtio_pci_modern_dev", "virtio_pci_legacy_dev", "virtio_pci", "virtio_blk"]
DISK_BYTES = 128 << 20
SECTOR, PIECE = 512, 4096  # a piece of a write survives as a whole or not at all
FLUSH, FUA, DISCARD = 1, 2, 4  # block/blklogwrites.c
MOMENTS, TRIES = 4, 5
BOOT_SECONDS, RUN_SECONDS = 300, 8.0  # to the first import; then until the cut, at most


def shell(words, **more):
    return subprocess.run([str(w) for w in words], check=True, stdout=subprocess.PIPE, **more).stdout


def fetch(folder):
    """Kernel, its virtio modules and busybox: (vmlinuz, root that they were unpacked into)."""
    root = folder / "packages"
    if not root.is_dir():
        depends = shell(["apt-cache", "depends", "linux-image-cloud-amd64"], text=True)
        kernel = re.search(r"Depends: (linux-image-\S+)", depends).group(1)
        shell(["apt-get", "download", kernel, "busybox-static"], cwd=folder)
        for package in folder.glob("*.deb"):
            shell(["dpkg-deb", "-x", package, root])
    return next((root / "boot").glob("vmlinuz-*")), root


def make_initramfs(folder, packages):
    """busybox and six modules, so that it is unpacked at once; the program is on a disk."""
    top = folder / "initramfs"
    shutil.rmtree(top, ignore_errors=True)
    for name in ("bin", "modules", "proc", "sys", "dev", "root"):
        (top / name).mkdir(parents=True)
    shutil.copy(packages / "bin/busybox", top / "bin")
    for name in MODULES:
        shutil.copy(next(packages.glob(f"lib/modules/**/{name}.ko")), top / "modules")
    shutil.copy(HERE / "init", top / "init")
    (top / "init").chmod(0o755)
    names = "\n".join(str(p.relative_to(top)) for p in sorted(top.rglob("*")))
    (folder / "initramfs.cpio").write_bytes(shell([packages / "bin/busybox", "cpio", "-o", "-H", "newc"], cwd=top, input=names.encode(),
                                                  stderr=subprocess.DEVNULL))


def libraries(files):
    found = set()
    for file in files:
        found |= set(re.findall(r"(/\S+) \(0x", shell(["ldd", file], text=True)))
    return sorted(found)


def make_root(folder, packages, build):
    """The guest's read-only root: the program with its libraries, fonts, pictures to import."""
    top = folder / "root"
    shutil.rmtree(top, ignore_errors=True)
    for name in ("bin", "proc", "dev", "state", "run", "tmp", "program/build/libexec/fengcai", "program/pictures", "program/assets"):
        (top / name).mkdir(parents=True)
    shutil.copy(packages / "bin/busybox", top / "bin")
    for name in shell([top / "bin/busybox", "--list"], text=True).split():
        if not (top / "bin" / name).exists():
            (top / "bin" / name).symlink_to("busybox")
    shutil.copy("/usr/bin/sqlite3", top / "bin")
    shutil.copy(build / "fengcai", top / "program/build")
    shutil.copy(build / "tests/libshim.so", top / "program")
    for helper in (build / "libexec/fengcai").iterdir():
        shutil.copy(helper, top / "program/build/libexec/fengcai")
    for library in libraries(["/usr/bin/sqlite3", build / "fengcai", *(build / "libexec/fengcai").iterdir()]):
        target = top / library.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(library, target)
    for name in ("fonts", "config", "assets/icons"):
        shutil.copytree(SOURCE / name, top / "program" / name)
    shutil.copy(HERE / "guest.sh", top / "guest.sh")
    for number in range(200):
        (top / f"program/pictures/{number}.png").write_bytes(png(number, 640, 360))
    image = folder / "root.img"
    image.unlink(missing_ok=True)
    shell(["truncate", "-s", "400M", image])
    shell(["mkfs.ext4", "-q", "-F", "-O", "^has_journal", "-d", top, image])


def qemu(folder, kernel):
    blockdevs = [f"driver=file,filename={folder}/disk.img,node-name=disk",
                 f"driver=file,filename={folder}/writes.log,node-name=log",
                 "driver=blklogwrites,file=disk,log=log,node-name=logged,log-super-update-interval=1",
                 f"driver=file,filename={folder}/root.img,node-name=root,read-only=on"]
    return ["qemu-system-x86_64", "-accel", "tcg,thread=multi", "-cpu", "max", "-m", "512", "-nodefaults", "-no-user-config",
            "-nographic", "-no-reboot", "-serial", "stdio", "-kernel", kernel, "-initrd", folder / "initramfs.cpio",
            "-append", "console=ttyS0 quiet loglevel=3 panic=-1 tsc=reliable no_timer_check random.trust_cpu=on",
            *(word for b in blockdevs for word in ("-blockdev", b)),
            "-device", "virtio-blk-pci,drive=logged,write-cache=on", "-device", "virtio-blk-pci,drive=root"]


def entries(log):
    """(end in the log, position in the disk, flags, data) of each, in order (the format of dm-log-writes)."""
    magic, version, _, sector = struct.unpack_from("<QQQI", log)
    assert magic == 0x6A736677736872 and version == 1, "not a log of writes"
    at = sector
    while at + 32 <= len(log):
        to, count, flags, size = struct.unpack_from("<QQQQ", log, at)
        if not (to or count or flags or size):
            break
        at += sector
        data = b"" if flags & DISCARD else log[at:at + count * sector]
        if len(data) < count * sector and not flags & DISCARD:
            break
        at += len(data)
        yield at, to * sector, flags, data


def last_flush(log, end):
    return max((i for i in range(end) if log[i][2] & FLUSH), default=-1)


def replay(folder, rng):
    """Makes base.img as the disk would be had the power gone at some write, any of them: what was flushed by then, and of
    the rest what chance kept. Gives how long the log was then, and a word for the report."""
    log = list(entries((folder / "writes.log").read_bytes()))
    # of some moments the one with the most at stake: nearly always nothing is
    end = max((rng.randint(1, len(log)) for _ in range(MOMENTS)), key=lambda end: end - last_flush(log, end)) if log else 0
    flushed = last_flush(log, end)
    chance = rng.choice([0, 0.3, 0.7, 0.95])
    kept = dropped = 0
    with open(folder / "base.img", "r+b") as disk:
        for i, (_, to, flags, data) in enumerate(log[:end]):
            for offset in range(0, len(data), PIECE):
                if i > flushed and not flags & FUA and rng.random() >= chance:
                    dropped += 1
                    continue
                kept += i > flushed
                disk.seek(to + offset)
                disk.write(data[offset:offset + PIECE])
    return log[end - 1][0] if log else 0, kept, dropped, f"at {end} of {len(log)} writes, {kept} unflushed pieces kept, {dropped} lost"


class Guest:
    def __init__(self, folder, kernel):
        shutil.copy(folder / "base.img", folder / "disk.img")
        (folder / "writes.log").write_bytes(b"")
        self.born = time.time()
        self.log = folder / "writes.log"
        self.heard = {}  # (word, number) of what was acknowledged: the log was not longer than this
        self.out = open(folder / "serial", "wb")
        self.path = folder / "serial"
        self.process = subprocess.Popen([str(w) for w in qemu(folder, kernel)], stdin=subprocess.PIPE, stdout=self.out,
                                        stderr=subprocess.STDOUT)

    def lines(self):
        text = self.path.read_bytes().decode("utf-8", "replace").replace("\r", "")
        return text[:text.rfind("\n") + 1].split("\n")

    def said(self, word):
        return [line[len(word):].strip() for line in self.lines() if re.match(word + r"\b", line)]

    def wait(self, word, seconds):
        end = time.time() + seconds
        while not self.said(word):
            if self.process.poll() is not None or time.time() > end:
                return False
            time.sleep(0.05)
        return True

    def begin(self, number, seconds):
        """Imports from that number on, and for so long after the first one."""
        self.process.stdin.write(f"{number}\n".encode())
        self.process.stdin.flush()
        end = time.time() + 60
        while time.time() < end and self.process.poll() is None:
            for word in ("ACK", "GONE"):
                for said in self.said(word):
                    if not self.heard:
                        end = time.time() + seconds
                    self.heard.setdefault((word, int(said)), self.log.stat().st_size)
            time.sleep(0.02)

    def cut(self):
        self.process.kill()
        self.process.wait()
        self.out.close()


def boot(folder, kernel, figures):
    """A kernel that never comes to /init under an emulator short of time has not looked at the disk: once more."""
    for _ in range(TRIES):
        guest = Guest(folder, kernel)
        if guest.wait("INIT", BOOT_SECONDS):
            break
        guest.cut()
        figures["retried"] += 1
    return guest


def expect(have, heard, number, length):
    """What must be there after a cut when the log was so long, what may be, and how much had been acknowledged."""
    wanted, unsure, sure = set(have), set(), 0
    for (word, n), heard_at in heard.items():
        if heard_at > length:
            unsure.add(n)
            continue
        sure += 1
        (wanted.add if word == "ACK" else wanted.discard)(n)
        unsure.discard(n)
    begun = max((n for word, n in heard if word == "ACK"), default=number - 1) + 1
    unsure |= {begun} | {n for word, n in heard if n % 5 == 0 and ("GONE", n) not in heard}
    return wanted, unsure, sure


def check(guest, wanted, unsure, figures):
    """What the guest found, against what had been acknowledged."""
    have = {int(n) for n in guest.said("HAVE")[0].split()}
    lost, back = wanted - have - unsure, have - wanted - unsure
    reports = guest.said("REPORT")
    figures["lost"] += bool(lost)
    figures["back"] += bool(back)
    figures["corrupt"] += bool(reports)
    figures["drawn"] += any(line.startswith("after") and not line.endswith(" 0") for line in guest.said("FIRST")) or not have  # nothing to draw
    figures["drawn_before"] += any(line.startswith("before") and not line.endswith(" 0") for line in guest.said("FIRST"))
    for kind, what in (("acknowledged and lost", lost), ("removed or never begun, and there", back), ("found", reports)):
        if what:
            print(f"FINDING {kind}: {sorted(what)}", flush=True)
            shutil.copy(guest.path, guest.path.parent / f"serial-finding-{figures['cuts']}")
    return have


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=lambda p: Path(p).resolve())
    parser.add_argument("folder", type=lambda p: Path(p).resolve())
    parser.add_argument("--cuts", type=int, default=100)
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    folder, rng = options.folder, random.Random(options.seed)
    folder.mkdir(parents=True, exist_ok=True)
    kernel, packages = fetch(folder)
    make_initramfs(folder, packages)
    make_root(folder, packages, options.build)
    (folder / "base.img").unlink(missing_ok=True)
    shell(["truncate", "-s", DISK_BYTES, folder / "base.img"])
    shell(["mkfs.ext4", "-q", "-F", folder / "base.img"])
    figures = dict.fromkeys(["cuts", "acks", "retried", "noboot", "corrupt", "lost", "back", "drawn", "drawn_before", "torn", "dropped", "kept"], 0)
    boots, have, number = [], set(), 1
    wanted, unsure = set(), set()
    started = time.time()
    for cut in range(options.cuts + 1):  # the last boot only looks
        guest = boot(folder, kernel, figures)
        try:
            if not guest.wait("READY", BOOT_SECONDS):
                figures["noboot"] += 1
                print("FINDING no boot:", *guest.lines()[-8:], sep="\n  ", flush=True)
                break
            boots.append(time.time() - guest.born)
            have = check(guest, wanted, unsure, figures)
            number = max(have | wanted | unsure, default=0) + 1
            if cut < options.cuts:
                guest.begin(number, rng.uniform(0, RUN_SECONDS))
        finally:
            guest.cut()
        if cut == options.cuts:
            break
        if any("failed" in line for line in guest.said("REPORT")):
            print("FINDING while importing:", guest.said("REPORT"), flush=True)
        length, kept, dropped, report = replay(folder, rng)
        wanted, unsure, sure = expect(have, guest.heard, number, length)
        figures["cuts"] += 1
        figures["acks"] += sure
        figures["kept"] += kept
        figures["dropped"] += dropped
        figures["torn"] += dropped > 0
        print(f"cut {figures['cuts']}: {report}; {sure} acknowledged before, up in {boots[-1]:.1f} s", flush=True)
    boots = sorted(boots) or [0]
    print(" ".join(f"{k}={v}" for k, v in figures.items()), f"boot_median={boots[len(boots) // 2]:.1f}s",
          f"cycle={(time.time() - started) / max(1, figures['cuts']):.1f}s")
    return 1 if figures["noboot"] or figures["corrupt"] or figures["lost"] or figures["back"] else 0


sys.exit(main())
