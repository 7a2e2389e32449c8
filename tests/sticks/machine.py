"""A Debian in QEMU with a bus for sticks: its root, its boot, and what is plugged into it.

What is there already in the folder (packages, the bare Debian) is used again.
"""
import base64, json, os, re, select, shutil, socket, subprocess, time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent.parent
MIRROR = "http://deb.debian.org/debian"
DEBIAN = "systemd,systemd-sysv,udev,dbus,ntfs-3g,exfatprogs,dosfstools,kmod,fdisk"
LATER = ["virtio_pci", "virtio_blk", "ext4"]  # what the initramfs loads; the rest is udev's
KINDS = ["arch", "block", "fs", "lib", "crypto", "drivers/block", "drivers/scsi", "drivers/usb", "drivers/virtio", "drivers/hid",
         "drivers/char", "drivers/cdrom", "net/9p", "drivers/net/virtio_net.ko", "drivers/base"]  # of the modules
WAIT_S = 300  # an emulated machine is slow
BOOT_S = 600


def shell(*words, **more):
    return subprocess.run([str(w) for w in words], check=True, stdout=subprocess.PIPE, **more).stdout


def fetch(folder):
    """The kernel and busybox, unpacked: its folder."""
    packages = folder / "packages"
    if not packages.is_dir():
        part = folder / "packages.part"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        depends = shell("apt-cache", "depends", "linux-image-amd64", text=True)
        kernel = re.search(r"Depends: (linux-image-\S+)", depends).group(1)
        shell("apt-get", "download", kernel, "busybox-static", cwd=part, stderr=subprocess.DEVNULL)
        for package in part.glob("*.deb"):
            shell("dpkg-deb", "-x", package, part)
            package.unlink()
        part.rename(packages)
    return packages


def bootstrap(folder):
    """A bare Debian, never booted: its folder."""
    debian = folder / "debian"
    if not debian.is_dir():
        part = folder / "debian.part"
        shutil.rmtree(part, ignore_errors=True)
        shell("debootstrap", "--variant=minbase", f"--include={DEBIAN}", "bookworm", part, MIRROR)
        shutil.rmtree(part / "var/cache/apt")
        part.rename(debian)
    return debian


def make_initramfs(folder, packages, root, version):
    top = folder / "initramfs"
    shutil.rmtree(top, ignore_errors=True)
    for name in ("bin", "modules", "proc", "sys", "dev", "root"):
        (top / name).mkdir(parents=True)
    shutil.copy(packages / "bin/busybox", top / "bin")
    order = []
    for name in LATER:
        for line in shell("chroot", root, "modprobe", "-S", version, "-D", name, text=True).splitlines():
            words = line.split()
            if words[0] == "insmod" and Path(words[1]).name not in order:
                order.append(Path(words[1]).name)
                shutil.copy(root / words[1].lstrip("/"), top / "modules")
    (top / "modules/order").write_text("\n".join(order) + "\n")
    shutil.copy(HERE / "guest/init", top / "init")
    names = "\n".join(str(p.relative_to(top)) for p in sorted(top.rglob("*")))
    with open(folder / "initramfs.cpio", "wb") as file:
        subprocess.run([packages / "bin/busybox", "cpio", "-o", "-H", "newc"], cwd=top, input=names.encode(), stdout=file,
                       stderr=subprocess.DEVNULL, check=True)


def libraries(files):
    found = set()
    for file in files:
        found |= set(re.findall(r"(/\S+) \(0x", shell("ldd", file, text=True)))
    return sorted(found)


def install_program(top, build):
    """The program and its helpers to their places, with the libraries that the bare Debian lacks."""
    helpers = sorted((build / "libexec/fengcai").iterdir())
    (top / "usr/libexec/fengcai").mkdir(parents=True)
    shutil.copy(build / "fengcai", top / "usr/bin")
    shutil.copy(build / "tests/desk", top / "usr/local/bin")
    for helper in helpers:
        shutil.copy(helper, top / "usr/libexec/fengcai")
    for library in libraries([build / "fengcai", *helpers]):
        target = top / "usr" / os.path.realpath(library).removeprefix("/usr").lstrip("/")
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(library, target)
        name = target.parent / Path(library).name
        if not name.exists():
            name.symlink_to(target.name)
    shell("ldconfig", "-r", top)
    for name in ("fonts", "config", "assets"):
        shutil.copytree(SOURCE / name, top / "usr/share/fengcai" / name)


def install_parts(top):
    """As README.md has it done by hand."""
    packaging = SOURCE / "packaging"
    for name, to in (("libexec/stick", "usr/libexec/fengcai/stick"),
                     ("udev/70-fengcai-stick.rules", "etc/udev/rules.d/70-fengcai-stick.rules"),
                     ("udev/70-fengcai-clock.rules", "etc/udev/rules.d/70-fengcai-clock.rules"),
                     ("systemd/fengcai-mount@.service", "etc/systemd/system/fengcai-mount@.service"),
                     ("systemd/fengcai-stick.path", "etc/systemd/system/fengcai-stick.path"),
                     ("systemd/fengcai-stick.service", "etc/systemd/system/fengcai-stick.service"),
                     ("systemd/fengcai-keep.service", "etc/systemd/system/fengcai-keep.service"),
                     ("systemd/fengcai-stick.tmpfiles", "etc/tmpfiles.d/fengcai-stick.conf")):
        shutil.copy(packaging / name, top / to)
    shell("chroot", top, "useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "fengcai")
    shell("systemctl", "--root", top, "enable", "fengcai-stick.path", "fengcai-keep.service", "agent.service", stderr=subprocess.DEVNULL)


def make_root(folder, debian, packages, build, configure):
    """root.img: Debian with its modules, the program, the parts of packaging/ and the agent."""
    top = folder / "root"
    shutil.rmtree(top, ignore_errors=True)
    shell("cp", "-a", debian, top)
    modules = next((packages / "lib/modules").iterdir())
    to = top / "usr/lib/modules" / modules.name
    to.mkdir(parents=True)
    for kind in KINDS:
        if (modules / "kernel" / kind).is_dir():
            shutil.copytree(modules / "kernel" / kind, to / "kernel" / kind)
    for name in modules.glob("modules.*"):
        shutil.copy(name, to)
    shell("chroot", top, "depmod", modules.name)
    install_program(top, build)
    shutil.copy(HERE / "guest/agent", top / "usr/local/bin/agent")
    shutil.copy(HERE / "guest/agent.service", top / "etc/systemd/system")
    install_parts(top)
    (top / "etc/machine-id").write_text("")
    (top / "shared").mkdir()
    configure(top)
    make_initramfs(folder, packages, top, modules.name)
    image = folder / "root.img"
    image.unlink(missing_ok=True)
    shell("truncate", "-s", "3G", image)
    shell("mkfs.ext4", "-q", "-F", "-d", top, image)
    shutil.rmtree(top)


class Machine:
    def __init__(self, folder, kernel):
        self.folder, self.plugged, self.heard, self.count = folder, {}, b"", 0
        for name in ("agent", "monitor"):
            (folder / name).unlink(missing_ok=True)
        words = ["qemu-system-x86_64", "-accel", os.environ.get("ACCEL", "tcg,thread=multi"), "-M", "q35", "-cpu", "max", "-smp", "2", "-m", "1536",
                 "-nodefaults", "-no-user-config", "-nographic", "-kernel", kernel, "-initrd", folder / "initramfs.cpio",
                 "-append", "console=ttyS0 loglevel=4 random.trust_cpu=on systemd.mask=serial-getty@ttyS0.service",
                 "-chardev", f"file,id=console,path={folder}/serial", "-serial", "chardev:console",
                 "-chardev", f"socket,id=agent,path={folder}/agent,server=on,wait=off", "-serial", "chardev:agent",
                 "-qmp", f"unix:{folder}/monitor,server=on,wait=off",
                 "-drive", f"if=none,id=root,file={folder}/root.img,format=raw,snapshot=on", "-device", "virtio-blk-pci,drive=root",
                 "-virtfs", f"local,path={folder}/shared,mount_tag=shared,security_model=none",
                 "-device", "virtio-rng-pci", "-device", "qemu-xhci,id=usb,p2=8,p3=8"]
        self.process = subprocess.Popen([str(w) for w in words], stdin=subprocess.DEVNULL)
        self.monitor = self.connect("monitor").makefile("rw")
        self.monitor.readline()
        self.ask("qmp_capabilities")
        self.agent = self.connect("agent")
        self.await_boot()

    def connect(self, name):
        end = time.monotonic() + WAIT_S
        while True:
            line = socket.socket(socket.AF_UNIX)
            try:
                line.connect(str(self.folder / name))
                return line
            except OSError:
                assert self.process.poll() is None and time.monotonic() < end, "QEMU does not run"
                time.sleep(0.1)

    def ask(self, what, **arguments):
        """Of QEMU."""
        self.monitor.write(json.dumps({"execute": what, "arguments": arguments}) + "\n")
        self.monitor.flush()
        while True:
            said = json.loads(self.monitor.readline())
            if "error" in said:
                raise AssertionError(f"{what} {arguments}: {said['error']['desc']}")
            if "return" in said:
                return said["return"]

    def line(self, seconds):
        end = time.monotonic() + seconds
        while b"\n" not in self.heard:
            if not select.select([self.agent], [], [], max(0, end - time.monotonic()))[0]:
                raise AssertionError("the guest does not answer:\n" + (self.folder / "serial").read_text(errors="replace")[-3000:])
            more = self.agent.recv(65536)
            assert more, "QEMU has ended"
            self.heard += more
        line, self.heard = self.heard.split(b"\n", 1)
        return line.decode(errors="replace").strip()

    def await_boot(self):
        while not self.line(BOOT_S).startswith("HERE "):
            pass

    def run(self, command, ok=True, seconds=WAIT_S):
        """In the guest, as root. What it printed."""
        self.agent.sendall(base64.b64encode(command.encode()) + b"\n")
        status, _, said = self.line(seconds).partition(" ")
        said = base64.b64decode(said).decode(errors="replace")
        if ok and status != "0":
            raise AssertionError(f"{command}: {status}\n{said}")
        return said if ok else (int(status), said)

    def reboot(self):
        """Whatever is plugged in stays so."""
        self.agent.sendall(base64.b64encode(b"systemctl reboot") + b"\n")
        self.await_boot()

    # ---- sticks

    def plug(self, name, image, bps=0, readonly=False, port=None, **how):
        """A stick called so, with this image; bps: bytes a second that it gives."""
        self.count += 1
        node = f"{name}-{self.count}"
        self.ask("blockdev-add", **{"node-name": node + "-file", "driver": "file", "filename": str(image), "read-only": readonly,
                                    "cache": {"direct": False}})
        self.ask("blockdev-add", **{"node-name": node + "-raw", "driver": "raw", "file": node + "-file", "read-only": readonly})
        if bps:
            self.ask("object-add", **{"qom-type": "throttle-group", "id": node + "-limit", "limits": {"bps-total": bps}})
            self.ask("blockdev-add", **{"node-name": node, "driver": "throttle", "throttle-group": node + "-limit",
                                        "file": node + "-raw", "read-only": readonly})
        drive = node if bps else node + "-raw"
        words = {"driver": "usb-storage", "id": node, "bus": "usb.0", "drive": drive, "serial": name, "removable": True, **how}
        if port:
            words["port"] = port
        self.ask("device_add", **words)
        self.plugged[name] = (node, bps)

    def pull(self, name):
        node, bps = self.plugged.pop(name)
        try:
            self.ask("device_del", id=node)
        except AssertionError as error:  # its hub went before it
            if "not found" not in str(error):
                raise
        for block in ([node] if bps else []) + [node + "-raw", node + "-file"]:
            self.remove_block(block)
        if bps:
            self.ask("object-del", id=node + "-limit")

    def remove_block(self, node):
        end = time.monotonic() + WAIT_S
        while True:  # until what was on its way to it has come back
            try:
                self.ask("blockdev-del", **{"node-name": node})
                return
            except AssertionError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def end(self):
        self.process.kill()
        self.process.wait()
