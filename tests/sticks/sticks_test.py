#!/usr/bin/env python3
"""Real file systems on loop devices, mounted by packaging/libexec/stick, against the real keeper.

usage: sticks_test.py BUILD-FOLDER [NAME-OF-TEST]

For vfat, exfat and ntfs: a signed bundle is taken, what it lacks of is said, the stick is ejected by the
file that the keeper's path unit watches, and mounted for writing and back. With a file system whose server
is stopped (a stick that does not answer) the keeper does other work at once; when it dies in the middle
nothing is changed, and put in again it goes on. What cannot run here (no root, no driver) prints SKIP and
is counted; all of it skipped gives 77.
"""
import json, os, shutil, signal, subprocess, sys, tempfile, time
from pathlib import Path

BUILD = Path(sys.argv[1]).resolve()
SOURCE = Path(__file__).resolve().parent.parent.parent
SAMPLE = SOURCE / "assets/sample"
STICK = SOURCE / "packaging/libexec/stick"
WAIT_S = 120


def run(*words, ok=True, **more):
    done = subprocess.run([str(w) for w in words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)
    if ok and done.returncode != 0:
        raise AssertionError(f"{words}: {done.returncode}\n{done.stdout}")
    return done.stdout


class Skip(Exception):
    pass


class Place:
    """A folder with a state, a configuration and a folder of sticks."""

    def __init__(self, root):
        self.root, self.usb = Path(root), Path(root) / "usb"
        (self.usb / ".ask").mkdir(parents=True)
        (self.root / "新").mkdir()
        shutil.copytree(SAMPLE / "党建引领", self.root / "新/党建引领")
        self.env = {"PATH": f"{BUILD}:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": root, "XDG_STATE_HOME": root, "LC_ALL": "C.UTF-8",
                    "FENGCAI_STICKS": str(self.usb), **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}}
        self.fengcai("keygen", "--no-password", "钥")
        (self.root / "c.conf").write_text(f"[stick]\nfolder = {self.usb}\n[source a]\nurl = https://127.0.0.1:9/feed.json\nkey = 钥.pub\n")
        self.pack()
        self.keeper, self.loops, self.files = None, [], []

    def fengcai(self, *words, **more):
        return run(BUILD / "fengcai", *words, cwd=self.root, env=self.env, **more)

    def stick(self, *words, **more):
        return run(STICK, *words, env=self.env, **more)

    def pack(self):
        self.fengcai("pack", "新", "包", "--key", "钥.key")

    def start(self):
        self.keeper = subprocess.Popen([BUILD / "fengcai", "--config", "c.conf", "keep"], cwd=self.root, env=self.env,
                                       stdout=open(self.root / "keep.log", "a"), stderr=subprocess.STDOUT)
        end = time.monotonic() + WAIT_S
        while not (self.root / "fengcai/run/keeper.json").exists() and time.monotonic() < end:
            time.sleep(0.05)  # before that it may not have heard that it is to end

    def stop(self):
        if self.keeper:
            self.keeper.terminate()
            assert self.keeper.wait(WAIT_S) == 0, "the keeper did not end well"
        self.keeper = None

    def sticks(self):
        try:
            live = json.loads((self.root / "fengcai/run/keeper.json").read_text())
        except FileNotFoundError:
            return {}
        return {s["name"]: s for s in live["sticks"]}

    def until(self, name, *states):
        end = time.monotonic() + WAIT_S
        while time.monotonic() < end:
            stick = self.sticks().get(name, {"state": None})
            if stick["state"] in states:
                return stick
            time.sleep(0.05)
        raise AssertionError(f"{name}: {stick}, not {states}\n{(self.root / 'keep.log').read_text()}")

    def cases(self):
        return json.loads(self.fengcai("status", "--json"))["library"]["cases"]

    def device(self, image):
        if os.geteuid() != 0:
            raise Skip("only root makes loop devices")
        done = subprocess.run(["losetup", "-f", "--show", image], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise Skip(done.stdout.strip())
        self.loops.append(done.stdout.strip())
        return Path(self.loops[-1]).name

    def finish(self):
        if self.keeper:
            self.keeper.kill()
            self.keeper.wait()
        for line in Path("/proc/self/mounts").read_text().splitlines():
            if line.split()[1].startswith(str(self.root)):
                subprocess.run(["umount", "-l", line.split()[1]])
        for loop in self.loops:
            subprocess.run(["losetup", "-d", loop])


def need(program):
    if not shutil.which(program, path="/usr/sbin:/usr/bin:/sbin:/bin"):
        raise Skip(f"{program} is not installed")


def has_driver(name):
    return any(line.split()[-1] == name for line in Path("/proc/filesystems").read_text().splitlines())


def make_vfat(image):
    need("mkfs.vfat")
    if not has_driver("vfat"):
        raise Skip("this kernel has no vfat")
    run("mkfs.vfat", "-n", "FENGCAI", image)


def make_exfat(image):
    need("mkfs.exfat")
    if not has_driver("exfat"):
        need("mount.exfat-fuse")
    run("mkfs.exfat", "-L", "FENGCAI", image)


def make_ntfs(image):
    need("mkntfs")
    need("ntfs-3g")
    run("mkntfs", "-F", "-Q", "-L", "FENGCAI", image)


MAKE = {"vfat": make_vfat, "exfat": make_exfat, "ntfs": make_ntfs}


def make_stick(place, kind):
    """An image with the bundle, on a loop device. Its name."""
    image, inside = place.root / f"{kind}.img", place.root / "in"
    with open(image, "wb") as file:
        file.truncate(96 << 20)
    MAKE[kind](image)
    name = place.device(image)
    inside.mkdir(exist_ok=True)
    words = ["mount", "-t", kind] if has_driver(kind) else [{"ntfs": "ntfs-3g", "exfat": "mount.exfat-fuse"}[kind]]
    run(*words, f"/dev/{name}", inside)
    shutil.copytree(place.root / "包", inside / "风采 内容")
    run("umount", inside)
    return name


def way(place, name):
    """How it is mounted: ro or rw, and the flags."""
    for line in Path("/proc/self/mounts").read_text().splitlines():
        if line.split()[1] == str(place.usb / name):
            return set(line.split()[3].split(","))
    return None


def a_life(place, kind):
    name = make_stick(place, kind)
    place.start()
    place.stick("mount", name)
    assert {"ro", "nosuid", "nodev", "noexec"} <= way(place, name), way(place, name)
    taken = place.until(name, "taken", "failed")
    assert (taken["state"], taken["cases"], taken["can_pull"]) == ("taken", 3, True), taken
    assert place.cases() == 3
    (place.usb / f".ask/{name}.write").touch()
    place.stick("answer")
    assert (place.usb / f"{name}.writable").read_text() == "yes\n" and "rw" in way(place, name)
    (place.usb / name / "报告.html").write_text("写得进去")
    (place.usb / f".ask/{name}.read").touch()
    place.stick("answer")
    assert "ro" in way(place, name) and not (place.usb / f"{name}.writable").exists()
    assert (place.usb / name / "报告.html").read_text() == "写得进去"
    (place.usb / f".ask/{name}.eject").touch()
    place.stick("answer")
    assert way(place, name) is None and os.listdir(place.usb) == [".ask"] and not os.listdir(place.usb / ".ask")
    end = time.monotonic() + WAIT_S
    while place.sticks() and time.monotonic() < end:
        time.sleep(0.05)
    assert not place.sticks()
    place.stick("mount", name)
    place.until(name, "same")
    place.stop()


def server_of(place, name):
    """The process that serves a file system in user space."""
    for proc in Path("/proc").glob("[0-9]*"):
        words = (proc / "cmdline").read_bytes().split(b"\0") if (proc / "cmdline").exists() else []
        if words and b"ntfs-3g" in words[0] and str(place.usb / name).encode() in words:
            return int(proc.name)
    raise AssertionError("no server")


def a_stuck_one(place):
    """It answers nothing, and the keeper does what it is asked; then it answers, and is taken."""
    name = make_stick(place, "ntfs")
    place.stick("mount", name)
    server = server_of(place, name)
    os.kill(server, signal.SIGSTOP)
    try:
        place.start()
        place.until(name, "looking")
        assert "3 added" in place.fengcai("import", SAMPLE / "平安社区")
        assert place.sticks()[name]["state"] == "looking"
    finally:
        os.kill(server, signal.SIGCONT)
    place.until(name, "taken")
    assert place.cases() == 6
    place.stop()


def one_that_dies(place):
    """Nothing is changed; in again, it is taken."""
    name = make_stick(place, "ntfs")
    place.stick("mount", name)
    server = server_of(place, name)
    os.kill(server, signal.SIGSTOP)
    place.start()
    place.until(name, "looking")
    os.kill(server, signal.SIGKILL)
    failed = place.until(name, "failed")
    assert failed["error_zh"].startswith("U盘读取出错"), failed
    assert place.cases() == 0
    place.stick("unmount", name)
    place.until(name, "pulled")
    place.stick("mount", name)
    place.until(name, "taken")
    assert place.cases() == 3
    place.stop()


def two_at_once(place):
    names = [make_stick(place, "ntfs")]
    shutil.copytree(SAMPLE / "智慧服务", place.root / "新/智慧服务")
    place.pack()
    os.rename(place.root / "ntfs.img", place.root / "first.img")
    names.append(make_stick(place, "ntfs"))
    for name in names:
        place.stick("mount", name)
    place.start()
    states = [place.until(name, "taken", "same", "failed")["state"] for name in names]
    # In the order of the mounts: the older serial first, and both go well.
    assert states == ["taken", "taken"], states
    place.stop()


def what_is_asked_is_not_believed(place):
    if os.geteuid() != 0:
        raise Skip("only root mounts")
    (place.root / "precious").write_text("x")
    for word in ["..eject", "../../x.eject", "sda1;reboot.eject", "SDA.write", ".eject", "a.b.c.read", "nothere.write"]:
        (place.usb / ".ask" / word.replace("/", "∕")).touch()
    os.symlink(place.root / "precious", place.usb / ".ask/loop9.eject")
    place.stick("answer")
    assert not [e for e in os.listdir(place.usb / ".ask") if not e.startswith(".")]
    assert (place.root / "precious").exists()
    for word in ["", "../x", "a/b", "SDA1", "sda1 "]:
        assert subprocess.run([STICK, "mount", word], env=place.env, stderr=subprocess.DEVNULL).returncode == 2


def one_of_another_kind(place):
    need("mkfs.ext4")
    image = place.root / "ext4.img"
    with open(image, "wb") as file:
        file.truncate(8 << 20)
    run("mkfs.ext4", "-q", "-F", image)
    name = place.device(image)
    place.start()
    place.stick("mount", name, ok=False)
    assert (place.usb / f"{name}.failed").read_text() == "file system ext4\n"
    assert way(place, name) is None and not (place.usb / name).exists()
    place.stop()


def main():
    tests = [(f"a life ({kind})", lambda place, kind=kind: a_life(place, kind)) for kind in MAKE]
    tests += [(t.__name__.replace("_", " "), t) for t in
              (a_stuck_one, one_that_dies, two_at_once, what_is_asked_is_not_believed, one_of_another_kind)]
    tests = [(name, test) for name, test in tests if len(sys.argv) < 3 or sys.argv[2] in name]
    skipped = failed = 0
    for name, test in tests:
        with tempfile.TemporaryDirectory(prefix="fengcai-sticks-") as root:
            place = Place(root)
            try:
                test(place)
                print(f"ok    {name}", flush=True)
            except Skip as why:
                skipped += 1
                print(f"SKIP  {name}: {why}", flush=True)
            except Exception as why:
                failed += 1
                print(f"FAIL  {name}: {type(why).__name__} {why}\n{(place.root / 'keep.log').read_text() if (place.root / 'keep.log').exists() else ''}", flush=True)
            finally:
                place.finish()
    print(f"{len(tests) - skipped - failed} ok, {skipped} skipped, {failed} failed")
    return 1 if failed else 77 if skipped == len(tests) else 0


sys.exit(main())
