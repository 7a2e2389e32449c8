#!/usr/bin/env python3
"""Sticks in a real Debian: its kernel, its udev and its systemd, in QEMU, with emulated sticks on a USB bus.

usage: guest.py BUILD FOLDER [NAME-OF-STORY...]

The parts of packaging/ lie where README.md has them, the keeper runs as user fengcai by its unit. Each story begins with
an empty library and no stick; at its end all of them are pulled out, and nothing may be left: no mount, no folder, no unit
that failed. FOLDER (some 3 GB) keeps Debian and its kernel for the next time. Runs as root.
"""
import json, os, re, shutil, subprocess, sys, time
from pathlib import Path

sys.dont_write_bytecode = True
from leave_open import LEAVE_OPEN
from machine import HERE, SOURCE, WAIT_S, Machine, bootstrap, fetch, make_root, shell

SAMPLE = SOURCE / "assets/sample"
USB = "/run/fengcai-usb"
KEEPER = "fengcai-keep.service"
STATE = "/var/lib/fengcai"
MIB = 1 << 20
PART = 96 * MIB
BASIC_DATA = "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7"
CODE = {"vfat": "c", "fat16": "6", "exfat": "7", "ntfs": "7", "ext4": "83"}
MAKE = {"vfat": "mkfs.vfat -F 32 -n FENGCAI", "fat16": "mkfs.vfat -F 16 -n FENGCAI", "exfat": "mkfs.exfat -L 风采", "ntfs": "mkntfs -F -Q -L 风采",
        "ext4": "mkfs.ext4 -q -F"}
MOUNT = {"vfat": "-t vfat -o utf8=1,codepage=936", "fat16": "-t vfat -o utf8=1,codepage=936", "exfat": "-t exfat", "ntfs": "-t ntfs-3g", "ext4": "-t ext4"}


class Story:
    """What a test sees: sticks are made, plugged, pulled; the keeper is asked."""

    def __init__(self, machine, folder, number):
        self.machine, self.folder, self.number = machine, folder, number
        self.run = machine.run

    # ---- the keeper

    def begin(self):
        self.run(f"systemctl stop fengcai-keep; rm -rf {STATE}/* {STATE}/.[a-z]*; systemctl reset-failed; systemctl start fengcai-keep")
        self.cursor = self.run("journalctl -n0 --show-cursor").split("cursor: ")[-1].strip()
        self.until_told()

    def until_told(self):
        self.wait_for(lambda: self.live() is not None, "keeper.json")

    def wait_for(self, what, why):
        end = time.monotonic() + WAIT_S
        while not what():
            assert time.monotonic() < end, f"never: {why}"
            time.sleep(0.1)

    def live(self):
        status, said = self.run("cat /run/fengcai/keeper.json", ok=False)
        return json.loads(said) if status == 0 else None

    def sticks(self):
        return {s["name"]: s for s in (self.live() or {"sticks": []})["sticks"]}

    def until(self, name, *states):
        end = time.monotonic() + WAIT_S
        while True:
            stick = self.sticks().get(name, {"state": None})
            if stick["state"] in states:
                return stick
            if time.monotonic() > end:
                raise AssertionError(f"{name}: {stick}, not {states}")
            time.sleep(0.05)

    def keeper(self):
        """Its process; 0: none."""
        return self.run(f"systemctl show -P MainPID {KEEPER}").strip()

    def as_keeper(self, command):
        return self.run(f"cd /; runuser -u fengcai -- env RUNTIME_DIRECTORY=/run/fengcai STATE_DIRECTORY={STATE} LC_ALL=C.UTF-8 {command}")

    def titles(self):
        return {line.split("\t")[-1] for line in self.as_keeper("fengcai list").splitlines()}

    def listing(self):
        return self.as_keeper("fengcai list")

    def cases(self):
        return json.loads(self.as_keeper("fengcai status --json"))["library"]["cases"]

    def ask(self, kind, by="王老师", **arguments):
        return self.as_keeper(f"desk {STATE} ask {kind} '{json.dumps(arguments, ensure_ascii=False)}' {by}").strip()

    def answer(self, uid):
        return self.as_keeper(f"desk {STATE} wait {uid} {WAIT_S - 10}").splitlines()[0]

    def asked(self, kind, **arguments):
        return self.answer(self.ask(kind, **arguments))

    # ---- sticks

    def make(self, name, *parts, table="dos"):
        """An image, made in the guest: each part is (file system, content in shared/ or None), of 96 MiB; without a table
        there is one."""
        images = [f"/tmp/{name}.{i}" for i in range(len(parts))]
        whole, lines, script = f"/tmp/{name}.img", "", "set -e\n"
        for i, (kind, content) in enumerate(parts):
            kind, _, efi = kind.partition(" ")
            copy = f"cp -r /shared/{content} /mnt/" if content else "true"
            script += (f"truncate -s {PART} {images[i]}; {MAKE[kind]} {images[i]} >/dev/null\n"
                       f"mount -o loop {MOUNT[kind]} {images[i]} /mnt; {copy}; umount /mnt\n")
            code = ("U" if efi else CODE[kind]) if table == "dos" else ("C12A7328-F81F-11D2-BA4B-00A0C93EC93B" if efi else BASIC_DATA)
            lines += f"start={MIB // 512 + i * PART // 512}, size={PART // 512}, type={code}\\n"
        if table:
            script += f"truncate -s {2 * MIB + PART * len(parts)} {whole}; printf 'label: {table}\\n{lines}' | sfdisk -q {whole}\n"
            for i, image in enumerate(images):
                script += f"dd if={image} of={whole} bs=1M seek={1 + i * PART // MIB} conv=notrunc,sparse status=none; rm {image}\n"
        else:
            script += f"mv {images[0]} {whole}\n"
        self.run(script + f"cp --sparse=always {whole} /shared/{name}.img; rm {whole}")
        return self.folder / "shared" / f"{name}.img"

    def inside(self, image, kind, command, table="dos"):
        """A look at what is on the image once it is pulled out."""
        at = MIB if table else 0
        return self.run(f"cp --sparse=always /shared/{image.name} /tmp/x.img; truncate -s {PART} /tmp/x.part\n"
                        f"dd if=/tmp/x.img of=/tmp/x.part bs=1M skip={at // MIB} count={PART // MIB} conv=notrunc,sparse status=none; rm /tmp/x.img\n"
                        f"mount -o loop,ro {MOUNT[kind]} /tmp/x.part /mnt && cd /mnt && {command}; code=$?; cd /; umount /mnt; "
                        "rm /tmp/x.part; exit $code")

    def plug(self, name, image, part=1, **how):
        """The kernel's name of it, once udev has said so."""
        self.machine.plug(name, image, **how)
        return self.device(name, part)

    def device(self, name, part=1):
        link = f"/dev/disk/by-id/usb-*_{name}-0:0" + (f"-part{part}" if part else "")
        return self.run(f"for i in $(seq 600); do [ -e {link} ] && exec basename $(readlink {link}); sleep 0.1; done; ls /dev/disk/by-id; exit 1").strip()

    def way(self, name):
        """How it is mounted: the file system and its options; None: it is not."""
        status, said = self.run(f"findmnt -rno FSTYPE,OPTIONS {USB}/{name}", ok=False)
        return set(re.split("[ ,]", said.strip())) if status == 0 else None

    def is_clean(self):
        return (self.run(f"ls -A {USB}; ls -A {USB}/.ask").split() == [".ask"] and self.run(f"findmnt -rn | grep {USB} || true") == ""
                and self.run("systemctl list-units --no-legend --all 'fengcai-mount@*' | grep -v 'inactive' || true") == "")

    def finish(self):
        for name in list(self.machine.plugged):
            self.machine.pull(name)

    def check_clean(self):
        self.wait_for(self.is_clean, "everything let go of: " + self.run(
            f"ls -lA {USB} {USB}/.ask; findmnt -rn | grep {USB}; systemctl list-units --no-legend --all 'fengcai-mount@*'; true"))
        failed = self.run("systemctl --failed --no-legend --plain")
        assert failed == "", failed

    def journal(self):
        return self.run(f"journalctl -o short-monotonic --no-hostname --after-cursor='{self.cursor}'", ok=False)[1]


# ---- stories

def titles_of(unit):
    return {re.sub(r"（[^（）]*）$", "", p.name) for p in (SAMPLE / unit).iterdir()}


def check_titles(story, *units):
    listing = story.listing()
    for unit in units:
        for title in titles_of(unit):
            assert title in listing, (title, listing)


SAFE = {"ro", "nosuid", "nodev", "noexec"}


def signed(story, kind):
    """Plugged in, taken, ejected, pulled; in again it is the same."""
    image = story.make("a", (kind, "包"))
    name = story.plug("a", image)
    taken = story.until(name, "taken", "failed", "asking", "nothing")
    assert (taken["state"], taken["cases"], taken["can_pull"]) == ("taken", 3, True), taken
    assert taken["label"] == ("FENGCAI" if kind in ("vfat", "fat16") else "风采"), taken
    way = story.way(name)
    assert SAFE <= way, way
    if kind in ("vfat", "fat16"):
        assert {"vfat", "utf8", "codepage=936"} <= way, way
    assert story.cases() == 3
    check_titles(story, "党建引领")
    story.machine.pull("a")
    story.wait_for(lambda: story.way(name) is None, "unmounted")
    story.check_clean()
    name = story.plug("a", image)
    assert story.until(name, "same", "taken", "failed")["state"] == "same"
    assert "可以拔出" in story.asked("eject", stick=name)
    safe = story.until(name, "safe")
    assert story.way(name) is None and safe["can_pull"], safe
    story.machine.pull("a")
    story.wait_for(lambda: not story.sticks() or not story.sticks()[name]["there"], "gone")


def home(story, kind):
    """A folder, taken by a person: the report, the template; back to reading; all of it is on the stick."""
    image = story.make("a", (kind, "新"))
    name = story.plug("a", image)
    story.until(name, "asking")
    said = story.asked("take", path=f"{USB}/{name}")
    assert said.startswith("good 新增3个") and "报告已写入U盘" in said, said
    stick = story.until(name, "taken")
    assert stick["can_pull"] and SAFE <= story.way(name), (stick, story.way(name))
    check_titles(story, "党建引领")
    said = story.asked("template", stick=name)
    assert "示例已写入U盘" in said, said
    said = story.asked("report", stick=name)
    assert "报告已写入U盘" in said and SAFE <= story.way(name), said
    story.machine.pull("a")
    there = story.inside(image, kind, "find . -maxdepth 2 | sort; tail -c 20 风采导入报告-*.html; ls -A")
    assert there.count("风采导入报告-") >= 2 and "示例" in there and "</html>" in there and ".fengcai" not in there, there
    fsck(image, kind)


def fsck(image, kind):
    part = image.with_suffix(".part")
    with open(image, "rb") as whole, open(part, "wb") as file:
        whole.seek(MIB)
        file.write(whole.read(PART))
    words = {"vfat": ["fsck.vfat", "-n"], "exfat": ["fsck.exfat", "-n"], "ntfs": ["ntfsfix", "-n"]}[kind]
    done = subprocess.run([*words, part], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    part.unlink()
    assert done.returncode == 0 and "dirty" not in done.stdout.lower(), done.stdout


def without_a_table(story):
    name = story.plug("a", story.make("a", ("exfat", "包"), table=None), part=0)
    assert not name[-1].isdigit() and story.until(name, "taken", "failed")["state"] == "taken"


def with_several_partitions(story):
    """The firmware's own is none of ours."""
    image = story.make("a", ("vfat efi", "新"), ("vfat", "包"), ("ntfs", "包"), table="gpt")
    names = [story.plug("a", image, part=2), story.device("a", 3)]
    states = sorted(story.until(name, "taken", "same", "failed")["state"] for name in names)
    assert states == ["same", "taken"], states
    assert sorted(story.sticks()) == sorted(names), story.sticks()


def two_at_once(story):
    images = [story.make(n, (kind, "包")) for n, kind in (("a", "vfat"), ("b", "ntfs"))]
    for n, image in zip("ab", images):
        story.machine.plug(n, image)
    names = [story.device(n) for n in "ab"]
    states = sorted(story.until(name, "taken", "same", "failed")["state"] for name in names)
    assert states == ["same", "taken"] and story.cases() == 3, states


def three_on_a_hub(story):
    story.machine.ask("device_add", driver="usb-hub", id="hub", bus="usb.0", port="1")
    image = story.make("a", ("vfat", "包"))
    names = []
    for i, n in enumerate("abc"):
        copy = image.with_name(f"hub-{n}.img")
        shutil.copy(image, copy)
        story.machine.plug(n, copy, port=f"1.{i + 1}")
    names = [story.device(n) for n in "abc"]
    states = sorted(story.until(name, "taken", "same", "failed")["state"] for name in names)
    assert states == ["same", "same", "taken"], states
    story.machine.ask("device_del", id="hub")  # all of them at once


def of_another_kind(story):
    name = story.plug("a", story.make("a", ("ext4", "包")))
    failed = story.until(name, "failed")
    assert failed["error_zh"].startswith("不支持这种U盘格式") and failed["can_pull"] and story.way(name) is None, failed


def broken(story):
    """It has the name of a file system, and cannot be mounted."""
    image = story.make("a", ("exfat", "包"))
    with open(image, "r+b") as file:
        file.seek(MIB + 11 * 512)  # the checksum of its boot region
        file.write(bytes(512))
    name = story.plug("a", image)
    failed = story.until(name, "failed")
    assert failed["error_zh"].startswith("U盘无法读取") and failed["can_pull"], failed
    story.machine.pull("a")
    story.check_clean()
    name = story.plug("a", story.make("a", ("exfat", "包")))
    assert story.until(name, "taken", "failed")["state"] == "taken"


def in_at_boot(story):
    image = story.make("a", ("vfat", "包"))
    story.machine.plug("a", image)
    story.machine.reboot()
    name = story.device("a")
    assert story.until(name, "taken", "failed", "same")["state"] in ("taken", "same")
    assert story.cases() == 3 and SAFE <= story.way(name)


def keeper_restarted(story):
    name = story.plug("a", story.make("a", ("ntfs", "包")))
    story.until(name, "taken")
    story.run("systemctl restart fengcai-keep")
    assert story.until(name, "same", "failed")["state"] == "same" and SAFE <= story.way(name)


def keeper_killed_while_writing(story):
    """By the next keeper it is closed."""
    name = story.plug("a", story.make("a", ("vfat", "新")))
    story.until(name, "asking")
    story.run("systemctl stop fengcai-keep")
    story.as_keeper(f"touch {USB}/.ask/{name}.write")
    story.wait_for(lambda: "rw" in story.way(name), "open for writing")
    story.run("systemctl start fengcai-keep")
    story.wait_for(lambda: "ro" in story.way(name), "closed")
    story.until(name, "asking")


def pulled_while_copied(story):
    """Nothing is changed; in again, it is taken."""
    image = story.make("a", ("vfat", "大"))
    name = story.plug("a", image, bps=300_000)
    story.until(name, "copying")
    story.wait_for(lambda: story.sticks()[name]["done_bytes"] > 500_000, "some of it copied")
    story.machine.pull("a")
    pulled = story.until(name, "pulled")  # for a moment it may be failed
    assert pulled["error_zh"].startswith("拔出过早，内容没有改变"), pulled
    assert story.cases() == 0
    story.check_clean()
    name = story.plug("a", image)
    taken = story.until(name, "taken", "failed")
    assert taken["state"] == "taken" and story.cases() == 3, taken


def pulled_while_written(story):
    image = story.make("a", ("vfat", "新"))
    name = story.plug("a", image, bps=100_000)
    story.until(name, "asking")
    uid = story.ask("template", stick=name)
    story.wait_for(lambda: "rw" in (story.way(name) or ()), "open for writing")
    story.wait_for(lambda: story.run(f"ls -A {USB}/{name}/示例 2>/dev/null | head -1", ok=False)[1], "some of it written")
    story.machine.pull("a")
    said = story.answer(uid)
    assert said.startswith("bad 示例没有写入U盘：U盘已拔出"), said
    pulled = story.until(name, "pulled")
    assert pulled["error_zh"].startswith("写入时被拔出"), pulled
    story.check_clean()
    name = story.plug("a", image)  # as it is now, it was not closed well
    story.until(name, "asking")
    assert "U盘上次没有安全弹出" in story.asked("template", stick=name) and SAFE <= story.way(name)


def write_protected(story):
    name = story.plug("a", story.make("a", ("vfat", "新")), readonly=True)
    story.until(name, "asking")
    said = story.asked("take", path=f"{USB}/{name}")
    assert said.startswith("good 新增3个") and "报告没有写入U盘：U盘是只读的" in said, said


def not_closed_well(story, kind):
    """It is taken from, and not a byte of it is another."""
    image = story.make("a", (kind, "新"))
    LEAVE_OPEN[kind](image, MIB)
    before = image.read_bytes()
    name = story.plug("a", image)
    story.until(name, "asking")
    said = story.asked("take", path=f"{USB}/{name}")
    assert said.startswith("good 新增3个") and "报告没有写入U盘：U盘上次没有安全弹出" in said, said
    story.machine.pull("a")
    assert image.read_bytes() == before


def short_names_in_gbk(story):
    """As a camera or an old Windows writes them: eight bytes of code page 936, and no long name beside them."""
    story.run("mkdir -p /shared/短/AAAAAAAA; cp /shared/新/党建引领/*/01*.jpg /shared/短/AAAAAAAA/; "
              "cd /shared/短/AAAAAAAA; mv \"$(ls | head -1)\" 1.JPG; rm -f 0*; echo 正文一段。 >BBBB.TXT")
    image = story.make("a", ("fat16", "短"))
    data = image.read_bytes()
    for old, new in ((b"AAAAAAAA   ", "平安社区".encode("gbk") + b"   "), (b"BBBB    TXT", "正文".encode("gbk") + b"    TXT")):
        assert data.count(old) >= 1, old
        data = data.replace(old, new)
    image.write_bytes(data)
    name = story.plug("a", image)
    story.until(name, "asking")
    seen = story.run(f"find {USB}/{name}")
    assert "短/平安社区/正文.txt" in seen or "短/平安社区/正文.TXT" in seen, seen


def in_and_out(story):
    """Quicker than it is mounted."""
    image = story.make("a", ("vfat", "包"))
    for i in range(6):
        story.machine.plug("a", image)
        time.sleep(0.3 * i)
        story.machine.pull("a")
    story.wait_for(story.is_clean, "let go of")
    name = story.plug("a", image)
    assert story.until(name, "taken", "same", "failed")["state"] != "failed" and SAFE <= story.way(name)


def as_installed(story):
    """Whose the folders are; the units say nothing wrong; the keeper sees the mounts that all see."""
    owners = story.run(f"stat -c '%U %a' {USB} {USB}/.ask /run/fengcai {STATE}").splitlines()
    assert owners == ["root 755", "fengcai 700", "fengcai 755", "fengcai 700"], owners
    said = story.run("systemd-analyze verify --man=no /etc/systemd/system/fengcai-*; journalctl -b -t systemd-tmpfiles | grep fengcai || true")
    assert said == "", said
    keeper = story.keeper()
    spaces = story.run(f"readlink /proc/1/ns/mnt /proc/{keeper}/ns/mnt").split()
    assert spaces[0] == spaces[1], spaces
    rights = story.run(f"grep -E 'Cap(Eff|Bnd)|NoNewPrivs|Seccomp:' /proc/{keeper}/status").split()
    assert rights[1::2] == ["0000000002000000", "0000000002000000", "1", "2"], rights  # CAP_SYS_TIME


def asked_often(story):
    """More often in ten seconds than systemd has a unit started by default."""
    left = story.run(f"cd {USB}/.ask; for i in $(seq 12); do touch none.read; for j in $(seq 40); do [ -n \"$(ls)\" ] || break; "
                     "sleep 0.1; done; done; ls")
    assert left == "", left


def clock_set(story):
    """At the screen; the hardware's too."""
    now = int(story.run("date +%s"))
    assert story.asked("clock", time_ms=(now + 86400) * 1000).startswith("good 时间已设置")
    assert 0 <= int(story.run("date +%s")) - now - 86400 < WAIT_S
    assert 0 <= int(story.run("cat /sys/class/rtc/rtc0/since_epoch")) - now - 86400 < WAIT_S
    story.run("date -s -1day; hwclock --systohc || true")


def keeper_killed(story):
    """It is started again, and says the same of the stick."""
    name = story.plug("a", story.make("a", ("exfat", "包")))
    story.until(name, "taken")
    before = story.keeper()
    story.run(f"kill -9 {before}")
    story.wait_for(lambda: story.keeper() not in ("0", before), "started again")
    assert story.until(name, "same", "failed")["state"] == "same" and SAFE <= story.way(name)


KINDS = ("vfat", "exfat", "ntfs")
STORIES = [("as installed", as_installed)]
STORIES += [(f"signed {kind}", lambda story, kind=kind: signed(story, kind)) for kind in (*KINDS, "fat16")]
STORIES += [(f"taken home {kind}", lambda story, kind=kind: home(story, kind)) for kind in KINDS]
STORIES += [(t.__name__.replace("_", " "), t) for t in (pulled_while_copied, pulled_while_written, write_protected)]
STORIES += [(f"not closed well {kind}", lambda story, kind=kind: not_closed_well(story, kind)) for kind in KINDS]
STORIES += [(t.__name__.replace("_", " "), t) for t in
            (without_a_table, with_several_partitions, two_at_once, of_another_kind, keeper_killed, asked_often, in_at_boot, three_on_a_hub, broken,
             short_names_in_gbk, in_and_out, keeper_restarted, keeper_killed_while_writing, clock_set)]


# ---- before

def make_content(folder, build):
    """What is copied onto sticks: 新 a plain folder, with a picture to each case; 包 the same, signed; 大 with all its
    pictures."""
    shared = folder / "shared"
    shutil.rmtree(shared, ignore_errors=True)
    shared.mkdir()
    shutil.copytree(SAMPLE / "党建引领", shared / "新/党建引领", ignore=shutil.ignore_patterns("0[2-9]*"))
    env = {**os.environ, "XDG_STATE_HOME": str(folder), "LC_ALL": "C.UTF-8"}
    for name in ("钥.key", "钥.pub"):
        (folder / name).unlink(missing_ok=True)
    shell(build / "fengcai", "keygen", "--no-password", folder / "钥", env=env)
    shutil.copytree(SAMPLE / "党建引领", folder / "大/党建引领", dirs_exist_ok=True)
    for source, to in ((shared / "新", "包"), (folder / "大", "大")):
        shell(build / "fengcai", "pack", source, shared / to, "--key", folder / "钥.key", env=env)


def configure(folder, top):
    (top / "etc/fengcai").mkdir()
    shutil.copy(folder / "钥.pub", top / "etc/fengcai/key.pub")
    (top / "etc/fengcai/fengcai.conf").write_text("[source a]\nurl = https://127.0.0.1:9/feed.json\nkey = /etc/fengcai/key.pub\n")


def play(machine, folder, number, name, test):
    story = Story(machine, folder, number)
    why = None
    try:
        story.begin()
        test(story)
    except Exception as error:
        why = error
    story.finish()
    try:
        story.check_clean()
    except Exception as error:
        why = why or error
    print(f"{'FAIL' if why else 'ok  '}  {name}" + (f": {type(why).__name__} {why}\n{story.journal()}" if why else ""), flush=True)
    if why:
        machine.run(f"systemctl stop 'fengcai-mount@*'; systemctl reset-failed; rm -f {USB}/* {USB}/.ask/*", ok=False)
    return why is None


def main():
    build, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    packages, debian = fetch(folder), bootstrap(folder)
    make_content(folder, build)
    make_root(folder, debian, packages, build, lambda top: configure(folder, top))
    stories = [(name, test) for name, test in STORIES if len(sys.argv) < 4 or any(word in name for word in sys.argv[3:])]
    machine = Machine(folder, next((packages / "boot").glob("vmlinuz-*")))
    try:
        good = sum(play(machine, folder, i, name, test) for i, (name, test) in enumerate(stories))
    finally:
        machine.end()
    print(f"{good} ok, {len(stories) - good} failed")
    return 0 if good == len(stories) else 1


if __name__ == "__main__":
    sys.exit(main())
