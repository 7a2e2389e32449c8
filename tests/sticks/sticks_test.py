#!/usr/bin/env python3
"""Real file systems on loop devices, mounted by packaging/libexec/stick, against the real keeper.

usage: sticks_test.py BUILD-FOLDER [NAME-OF-TEST]

For vfat, exfat and ntfs: a signed bundle is taken, what it lacks of is said, the stick is ejected by the
file that the keeper's path unit watches, and mounted for writing and back. A signed bundle may be one
.zip, which is copied only if something of it is new. What the desk has imported is
reported on the stick, the template written onto it; onto none that is full, write-protected or was not
closed well, and of one that is pulled out in the middle it is said. With a file system whose server
is stopped (a stick that does not answer) the keeper does other work at once; when it dies in the middle
nothing is changed, and put in again it goes on. What cannot run here (no root, no driver) prints SKIP and
is counted; all of it skipped gives 77.
"""
import json, os, shutil, signal, subprocess, sys, tempfile, threading, time
from pathlib import Path

sys.dont_write_bytecode = True
from leave_open import LEAVE_OPEN

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
        self.unit, self.ended = None, threading.Event()

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

    def ask(self, kind, by="王老师", **arguments):
        return run(BUILD / "tests/desk", "fengcai", "ask", kind, json.dumps(arguments), by, cwd=self.root, env=self.env).strip()

    def answer(self, uid):
        return run(BUILD / "tests/desk", "fengcai", "wait", uid, WAIT_S, cwd=self.root, env=self.env).splitlines()[0]

    def asked(self, kind, **arguments):
        return self.answer(self.ask(kind, **arguments))

    def answer_units(self):
        """What the path unit does."""
        def answer():
            while not self.ended.is_set():
                if os.listdir(self.usb / ".ask"):
                    self.stick("answer")
                self.ended.wait(0.02)
        self.unit = threading.Thread(target=answer)
        self.unit.start()

    def device(self, image, *words):
        if os.geteuid() != 0:
            raise Skip("only root makes loop devices")
        done = subprocess.run(["losetup", "-f", "--show", *words, image], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise Skip(done.stdout.strip())
        self.loops.append(done.stdout.strip())
        return Path(self.loops[-1]).name

    def finish(self):
        self.ended.set()
        if self.unit:
            self.unit.join()
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


def make_stick(place, kind, content="包", room=None, options=(), also=lambda inside: None):
    """An image with the bundle, on a loop device. Its name. room: bytes that are left on it."""
    image, inside = place.root / f"{kind}.img", place.root / "in"
    with open(image, "wb") as file:
        file.truncate(96 << 20)
    MAKE[kind](image)
    name = place.device(image)
    inside.mkdir(exist_ok=True)
    words = ["mount", "-t", kind] if has_driver(kind) else [{"ntfs": "ntfs-3g", "exfat": "mount.exfat-fuse"}[kind]]
    run(*words, f"/dev/{name}", inside)
    shutil.copytree(place.root / content, inside / "风采 内容")
    also(inside)
    if room is not None:
        disk = os.statvfs(inside)
        (inside / "$RECYCLE.BIN").mkdir()
        with open(inside / "$RECYCLE.BIN/film", "wb") as file:
            os.posix_fallocate(file.fileno(), 0, disk.f_bavail * disk.f_frsize - room)
    run("umount", inside)
    if options:
        run("losetup", "-d", place.loops.pop())
        name = place.device(image, *options)
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


def a_zip(place):
    """One signed bundle as a .zip, taken without asking; again, nothing of it is new."""
    (place.root / "压").mkdir()
    run("python3", "-m", "zipfile", "-c", place.root / "压/风采.zip", *(place.root / "包").iterdir())
    name = make_stick(place, "vfat" if has_driver("vfat") else "ntfs", content="压")
    place.start()
    place.stick("mount", name)
    taken = place.until(name, "taken", "failed", "asking")
    assert (taken["state"], taken["cases"]) == ("taken", 3) and taken["bytes"] == taken["done_bytes"] > 0, taken
    assert place.cases() == 3
    place.stick("unmount", name)
    place.stick("mount", name)
    same = place.until(name, "same", "failed", "asking")
    assert (same["state"], same["bytes"]) == ("same", 0), same
    place.stop()


def taken_at_the_desk(place, kind, **how):
    """A stick with cases and a file that is none, all of it taken by a person. Its name and the answer."""
    (place.root / "新/总结.pdf").touch()
    name = make_stick(place, kind, content="新", **how)
    place.start()
    place.answer_units()
    place.stick("mount", name)
    place.until(name, "asking")
    said = place.asked("take", path=str(place.usb / name))
    assert said.startswith("good 新增3个，更新0个，1项未收；"), said
    stick = place.until(name, "taken")
    assert stick["can_pull"] and "ro" in way(place, name) and not (place.usb / f"{name}.writable").exists(), stick
    return name, said


def check_report(page):
    """It is whole and says what it should, in a browser."""
    text = page.read_text()
    assert "总结.pdf" in text and text.rstrip().endswith("</html>")
    if not shutil.which("chromium"):
        return
    with tempfile.TemporaryDirectory() as home:
        shown = run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", f"--user-data-dir={home}", page.as_uri())
    assert "风采导入报告" in shown and "部分" in shown and shown.count("<img") >= 3, shown[:2000]


def taken_home(place, kind):
    """The report, the table and the template; nothing that was there is another."""
    table = lambda inside: (inside / "内容台账.csv").write_text("编号,我的\n1,2\n")
    name, said = taken_at_the_desk(place, kind, also=table)
    at = place.usb / name
    assert "报告已写入U盘" in said, said
    (page,) = at.glob("风采导入报告-*.html")
    check_report(page)
    assert (at / "内容台账.csv").read_text() == "编号,我的\n1,2\n" and (at / "内容台账-2.csv").read_text().count("\n") == 4
    assert "报告已写入U盘" in place.asked("report", stick=name) and len(list(at.glob("风采导入报告-*.html"))) == 2
    assert "示例已写入U盘" in place.asked("template", stick=name)
    assert "U盘里已有示例" in place.asked("template", stick=name)
    assert sorted(os.listdir(at / "示例"))[0:1] == ["三全育人"] and not list(at.glob(".fengcai*"))
    assert "1 cases: 0 new, 0 changed, 1 the same" in place.fengcai("import", "--look", at / "示例/党建引领")
    # What is ours on it is no content, and refused by nobody.
    seen = place.fengcai("import", "--look", at)
    assert "3 cases" in seen and "风采导入报告" not in seen and "示例" not in seen and "台账" not in seen, seen
    place.stop()


def too_full(place):
    name, said = taken_at_the_desk(place, "ntfs", room=1 << 20)
    assert "报告没有写入U盘：U盘空间不足" in said, said
    assert place.asked("template", stick=name).startswith("bad 示例没有写入U盘：U盘空间不足")
    assert sorted(os.listdir(place.usb / name)) == ["$RECYCLE.BIN", "风采 内容"]
    place.stop()


def write_protected(place):
    name, said = taken_at_the_desk(place, "ntfs", options=["-r"])
    assert "报告没有写入U盘：U盘是只读的" in said, said
    place.stop()


def not_closed_well(place, kind):
    """It is read, and not written onto: not a byte of it is another."""
    name = make_stick(place, kind, content="新")
    LEAVE_OPEN[kind](place.root / f"{kind}.img")
    place.start()
    place.answer_units()
    place.stick("mount", name)
    place.until(name, "asking")
    before = run("sha256sum", f"/dev/{name}")
    said = place.asked("take", path=str(place.usb / name))
    assert "报告没有写入U盘：U盘上次没有安全弹出" in said, said
    place.until(name, "taken")
    assert "ro" in way(place, name)
    place.stick("unmount", name)
    assert run("sha256sum", f"/dev/{name}") == before
    place.stop()


def children_of(process):
    """Those that live."""
    kids = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [k for k in kids if Path(f"/proc/{k}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"]


def wait_for(what):
    end = time.monotonic() + WAIT_S
    while not what():
        assert time.monotonic() < end
        time.sleep(0.02)


def pulled_out_while_it_is_written(place):
    """Its server answers nothing when the child begins, and then it is gone; in again, it goes well."""
    name = make_stick(place, "ntfs", content="新")
    place.start()
    place.stick("mount", name)
    place.until(name, "asking")
    uid = place.ask("template", stick=name)
    wait_for(lambda: (place.usb / f".ask/{name}.write").exists())
    assert not place.sticks()[name]["can_pull"]
    (place.usb / f".ask/{name}.write").unlink()
    run("umount", place.usb / name)
    run("ntfs-3g", f"/dev/{name}", place.usb / name)
    server = server_of(place, name)
    os.kill(server, signal.SIGSTOP)
    try:
        (place.root / "yes").write_text("yes\n")
        os.rename(place.root / "yes", place.usb / f"{name}.writable")
        wait_for(lambda: children_of(place.keeper.pid))
        gone = subprocess.Popen(["umount", "-l", place.usb / name])  # it may wait for the server
        said = place.answer(uid)
        assert said.startswith("bad 示例没有写入U盘：U盘已拔出"), said
        pulled = place.until(name, "pulled")
        assert pulled["error_zh"].startswith("写入时被拔出"), pulled
    finally:
        os.kill(server, signal.SIGKILL)
    assert gone.wait(WAIT_S) == 0
    place.stick("unmount", name)
    place.answer_units()
    place.stick("mount", name)
    place.until(name, "asking")
    assert "示例已写入U盘" in place.asked("template", stick=name)
    place.stop()


def one_left_open(place):
    """By a keeper that died: the next one has it closed."""
    name = make_stick(place, "ntfs", content="新")
    place.stick("mount", name)
    (place.usb / f".ask/{name}.write").touch()
    place.stick("answer")
    assert "rw" in way(place, name)
    place.start()
    place.answer_units()
    wait_for(lambda: way(place, name) and "ro" in way(place, name))
    place.until(name, "asking")
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
    place.stick("mount", name)
    assert (place.usb / f"{name}.failed").read_text() == "file system ext4\n"
    assert way(place, name) is None and not (place.usb / name).exists()
    place.stop()


def the_folders_are_made(place):
    """By systemd-tmpfiles, which follows no way that somebody else than root could bend."""
    need("systemd-tmpfiles")
    if os.geteuid() != 0:
        raise Skip("only root gives folders away")
    top = place.root / "top"
    (top / "etc/tmpfiles.d").mkdir(parents=True)
    (top / "etc/passwd").write_text("root:x:0:0::/:/bin/sh\nfengcai:x:997:997::/:/bin/sh\n")
    (top / "etc/group").write_text("root:x:0:\nfengcai:x:997:\n")
    shutil.copy(SOURCE / "packaging/systemd/fengcai-stick.tmpfiles", top / "etc/tmpfiles.d/fengcai-stick.conf")
    run("systemd-tmpfiles", "--create", f"--root={top}", "fengcai-stick.conf")
    usb = top / "run/fengcai-usb"
    owners = [(f.stat().st_uid, f.stat().st_mode & 0o7777) for f in (usb.parent, usb, usb / ".ask")]
    assert owners == [(0, 0o755), (0, 0o755), (997, 0o700)], owners


def main():
    tests = [(f"a life ({kind})", lambda place, kind=kind: a_life(place, kind)) for kind in MAKE]
    tests += [(f"taken home ({kind})", lambda place, kind=kind: taken_home(place, kind)) for kind in MAKE]
    tests += [(f"not closed well ({kind})", lambda place, kind=kind: not_closed_well(place, kind)) for kind in LEAVE_OPEN]
    tests += [(t.__name__.replace("_", " "), t) for t in
              (a_zip, too_full, write_protected, pulled_out_while_it_is_written, one_left_open, a_stuck_one, one_that_dies, two_at_once, what_is_asked_is_not_believed, one_of_another_kind, the_folders_are_made)]
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
