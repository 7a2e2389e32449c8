#!/usr/bin/env python3
"""Bundles and feeds against the real program: what is accepted, what it costs, what it survives.

usage: sync_test.py BUILD-FOLDER [NAME...]      all tests, or those whose name holds one of these
       sync_test.py BUILD-FOLDER 2/3            the second third of them: each third one from the second on

Each test is a function test_… with a fresh screen (a state and a configuration), a folder of cases, a
publisher's pair of keys and a web server on loopback."""
import fcntl, hashlib, json, os, shutil, socket, sqlite3, struct, subprocess, sys, tempfile, time, traceback, zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from site_server import Site, make_certificate

UNITS = {"party": "党建引领", "education": "三全育人", "safety": "平安社区", "service": "智慧服务"}


def png(seed, size=24):
    """A small picture, another one for every seed."""
    rows = b"".join(b"\0" + bytes(((seed >> (8 * (x % 3))) + x * 3 + y * 5 + c * 60) % 256 for x in range(size) for c in range(3))
                    for y in range(size))
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class World:
    """A publisher and a screen."""

    def __init__(self, build, folder):
        self.build, self.folder = build, Path(folder)
        self.cases, self.bundle = self.folder / "cases", self.folder / "site" / "feed"
        self.cases.mkdir()
        self.bundle.parent.mkdir()
        self.site = Site(self.folder / "site")
        self.url = self.site.url + "/feed/feed.json"
        self.clock, self.started = 0, []
        self.run("keygen", "--no-password", self.folder / "publisher")
        self.key = (self.folder / "publisher.pub").read_text().split("\n")[1]
        self.screen("one")

    def close(self):
        for process in self.started:
            process.kill()
            process.wait()
        self.site.close()

    # ---- the publisher
    def write(self, unit, name, text, pictures=(), info=""):
        folder = self.cases / UNITS[unit] / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "正文.txt").write_text(text, encoding="utf-8")
        for number, seed in enumerate(pictures, 1):
            (folder / f"{number:02} 图.png").write_bytes(png(seed))
        if info:
            (folder / "信息.txt").write_text(info, encoding="utf-8")
        return folder

    def pack(self, *options, key=True, out=None):
        self.clock += 1
        published = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(time.time() - 3600 + self.clock))
        keys = ["--key", str(self.folder / "publisher.key")] if key is True else ["--key", str(key)] if key else []
        return self.run("pack", self.cases, out or self.bundle, "--published", published, *keys, *options)

    def head(self):
        return json.loads((self.bundle / "feed.json").read_text())

    def publish(self, **extension):
        """The head with these members of _fengcai, signed anew by minisign."""
        head = self.head()
        head["_fengcai"].update(serial=head["_fengcai"]["serial"] + 1, **extension)
        (self.bundle / "feed.json").write_text(json.dumps(head, ensure_ascii=False))
        subprocess.run(["minisign", "-S", "-s", str(self.folder / "publisher.key"), "-m",
                        str(self.bundle / "feed.json")], check=True, capture_output=True, input=b"")

    # ---- the screen
    def screen(self, name, **source):
        """The screen that `run` is about from now on; source: keys of its one source."""
        self.state = self.folder / f"state-{name}"
        self.state.mkdir(exist_ok=True)
        source = {"url": self.url, "key": self.key, **source}
        lines = ["[source main]"] + [f"{k} = {v}" for k, v in source.items() if v is not None]
        self.config = self.state / "fengcai.conf"
        self.config.write_text("\n".join(lines + self.more_config()) + "\n")

    def more_config(self):
        return []

    def run(self, *words, status=0, text=False):
        command = [str(self.build / "fengcai")]
        if hasattr(self, "state"):
            command += ["--state", str(self.state), "--config", str(self.config)]
        run = subprocess.run(command + [str(w) for w in words], capture_output=True, text=True, timeout=300,
                             env={**os.environ, "NO_PROXY": "*"})
        self.said = run.stdout + run.stderr
        if status is not None:
            assert run.returncode == status, f"{words}: exit {run.returncode}, not {status}:\n{self.said[-1500:]}"
        return run.stdout

    def sync(self, outcome="accepted", status=None):
        """The result of the one source."""
        if status is None:
            status = 0 if outcome in ("accepted", "partial", "unchanged") else 1
        result = json.loads(self.run("sync", "--once", "--no-wait", "--json", status=status))["sources"][0]
        assert result["outcome"] == outcome, f"{result['outcome']}, not {outcome}: {self.said[-1500:]}"
        return result

    def imports(self, path, outcome="accepted"):
        receipt = json.loads(self.run("import", "--json", path, status=None))
        assert receipt["outcome"] == outcome, f"{receipt['outcome']}, not {outcome}: {self.said[-1500:]}"
        return receipt

    def titles(self):
        return sorted(c["title"] for c in json.loads(self.run("list", "--json")))

    def ids(self):
        return {c["title"]: c for c in json.loads(self.run("list", "--json"))}

    def code(self, result):
        rejects = result["rejects"] or result.get("receipt", {}).get("rejects", [])
        return rejects[0]["code"] if rejects else None


class Skip(Exception):
    pass


def equal(got, wanted, what=""):
    assert got == wanted, f"{what}\n  got    {got}\n  wanted {wanted}"


# ---------------------------------------------------------------- what a poll costs

def test_unchanged_poll_is_one_304(w):
    w.write("party", "读书角（某某大学）", "一段。", [1])
    w.pack()
    equal(w.sync()["receipt"]["cases"][0]["change"], "added")
    w.site.take()
    result = w.sync("unchanged")
    equal([r[:2] for r in w.site.take()], [("/feed/feed.json", 304)])
    equal(result["requests"], 1)


def test_one_changed_case_costs_head_and_its_media(w):
    for i in range(130):  # more than a head holds: there are older pages
        w.write("party", f"案例{i:03}（某某大学）", f"第{i}段。", [i])
    w.pack()
    w.sync()
    equal(len(w.titles()), 130)
    pages = len(w.head()["_fengcai"]["pages"])
    assert pages >= 1, "no page"
    for i, changed in enumerate(("案例000（某某大学）", "案例129（某某大学）")):  # an old one, a new one
        w.site.take()
        w.write("party", changed, "改过了。", [2000 + i])
        w.pack()
        equal(len(w.head()["_fengcai"]["pages"]), pages, "no page was rewritten")
        result = w.sync()
        asked = sorted(r[0] for r in w.site.take())
        equal([p for p in asked if "/media/" not in p], ["/feed/feed.json", "/feed/feed.json.minisig"], changed)
        equal(len([p for p in asked if "/media/" in p]), 1, changed)
        equal([c["change"] for c in result["receipt"]["cases"]], ["changed"])


def test_known_media_are_never_asked_for_again(w):
    w.write("party", "甲（某某大学）", "一段。", [5])
    w.pack()
    w.sync()
    w.site.take()
    w.write("safety", "乙（某某大学）", "另一段。", [5])  # the same picture under another name
    w.pack()
    w.sync()
    equal([r[0] for r in w.site.take() if "/media/" in r[0]], [])
    equal(len(w.ids()["乙"]["assets"]), 1)


def test_media_of_what_is_held_back_are_not_asked_for(w):
    w.write("party", "甲（某某大学）", "一段。", [1])
    w.write("party", "乙（某某大学）", "一段。", [2])
    w.pack()
    w.sync()
    w.run("remove", w.ids()["甲"]["id"])
    w.write("party", "甲（某某大学）", "改过了。", [3])
    for i in range(3):
        w.write("party", "乙（某某大学）", f"第{i}次。", [2])
        w.pack()
        w.site.take()
        equal(w.code(w.sync("partial")), "withdrawn")
        equal(media_of(w.site.take()), [])


def test_off_for_a_year(w):
    for i in range(120):
        w.write("service", f"案例{i:03}（某某大学）", f"第{i}段。")
    w.pack()
    w.sync()
    for round in range(12):
        for i in range(10):
            w.write("service", f"案例{(round * 10 + i):03}（某某大学）", f"第{round}轮改过。")
        shutil.rmtree(w.cases / UNITS["service"] / f"案例{round:03}（某某大学）")
        w.write("education", f"新案例{round}（某某大学）", "新的。")
        w.pack()
    w.sync()
    wanted = sorted([f"案例{i:03}" for i in range(12, 120)] + [f"新案例{i}" for i in range(12)])
    equal(w.titles(), wanted)
    w.screen("fresh")
    w.sync()
    equal(w.titles(), wanted, "a new screen shows the same")


def test_resumes_after_a_cut(w):
    w.write("party", "甲（某某大学）", "一段。", [1, 2, 3, 4, 5, 6])
    w.pack()
    media = sorted(p.name for p in (w.bundle / "media").iterdir())
    def cut(handler, body):
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.send_header("ETag", '"%s"' % hashlib.sha256(body).hexdigest()[:16])
        handler.end_headers()
        handler.wfile.write(body[:200])
        handler.wfile.flush()
        handler.connection.close()
    w.site.tricks["/feed/media/" + media[0]] = cut
    w.sync("failed")
    equal(w.titles(), [])
    w.site.tricks.clear()
    w.site.take()
    w.sync()
    asked = [r for r in w.site.take() if "/media/" in r[0]]
    equal([(r[0], r[1]) for r in asked], [("/feed/media/" + media[0], 206)], "only the rest of the one that was cut")
    equal(len(w.ids()["甲"]["assets"]), 6)


def test_videos_come_along(w):
    folder = w.write("party", "甲（某某大学）", "一段。", [1])
    if not shutil.which("ffmpeg"):
        return print("SKIP: ffmpeg is missing")
    subprocess.run(["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=2", "-c:v", "libx264",
                    "-pix_fmt", "yuv420p", str(folder / "02 短片.mov")], check=True)
    w.pack()
    w.sync()
    picture, video = w.ids()["甲"]["assets"]
    equal((video["kind"], video["caption"], video["width"], video["height"], video["duration_ms"]),
          ("video", "短片", 640, 360, 2000))
    assert Path(video["path"]).stat().st_size > 0 and Path(video["poster"]).suffix == ".jpg"
    w.site.take()
    w.sync("unchanged")
    equal(media_of(w.site.take()), [])
    path = w.bundle / w.head()["items"][0]["attachments"][1]["url"]  # another one, that is no video
    equal(path.suffix, ".mp4")
    path.write_bytes(path.read_bytes()[:5000])
    w.screen("other")
    equal([r["code"] for r in w.sync("partial")["receipt"]["rejects"]], ["length"])
    equal([a["kind"] for a in w.ids()["甲"]["assets"]], ["picture"])


def noise(folder, count):
    """So many videos of some 8 MB each."""
    if not shutil.which("ffmpeg"):
        raise Skip("ffmpeg is missing")
    for i in range(count):
        subprocess.run(["ffmpeg", "-loglevel", "error", "-f", "rawvideo", "-s", "640x360", "-pix_fmt", "yuv420p", "-r", "25",
                        "-i", "/dev/urandom", "-frames:v", "20", "-c:v", "libx264", "-preset", "ultrafast", "-qp", "4",
                        "-pix_fmt", "yuv420p", str(folder / f"{i:02} 短片{i}.mp4")], check=True)


def small_disk(w, size):
    """The screen's state on a disk of so many bytes, of which nearly all may be used."""
    shutil.rmtree(w.state)
    w.state.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", w.state], capture_output=True).returncode:
        raise Skip("a tmpfs cannot be mounted")
    w.more_config = lambda: ["[storage]", "quota = 95"]
    w.screen("one")


def disk_free(w):
    stat = os.statvfs(w.state)
    return stat.f_bavail * stat.f_frsize


def test_videos_fit_where_they_fit_by_hand(w):
    folder = w.write("party", "甲（某某大学）", "一段。")
    noise(folder, 4)
    w.pack()
    sizes = [p.stat().st_size for p in (w.bundle / "media").iterdir()]
    largest, together = max(sizes), sum(sizes)
    assert largest > 5 << 20, f"too small: {sizes}"
    # what is fetched and its copy beside all that is kept, and a little for the rest
    small_disk(w, together + 2 * largest + (6 << 20))
    ballast = w.state / "ballast"
    try:
        # less than that: said before anything is fetched, with how much is missing
        ballast.write_bytes(bytes(12 << 20))
        w.site.take()
        w.sync("failed")
        assert "no_space" in w.said and "还差 " in w.said, w.said
        equal(media_of(w.site.take()), [])
        ballast.unlink()

        # full in the middle: what was prepared is kept, and nothing but that
        media = [a["url"].rsplit("/", 1)[1] for a in w.head()["items"][0]["attachments"]]
        def fill(handler, body):
            w.site.tricks.clear()
            ballast.write_bytes(bytes(disk_free(w) - (2 << 20)))
            return body
        w.site.tricks["/feed/media/" + media[2]] = fill
        w.sync("failed")
        assert "no_space" in w.said and "还差" in w.said, w.said
        ballast.unlink()
        equal(len(list((w.state / "media").rglob("*.mp4"))), 2)
        equal(list((w.state / "feeds" / "main" / "media").iterdir()), [])

        # what came before that, and before a cut, is not fetched again, nor counted once more
        def cut(handler, body):
            w.site.tricks["/feed/media/" + media[2]] = lambda handler, body: handler.connection.close()
            handler.send_response(200)
            handler.send_header("Content-Length", str(len(body)))
            handler.send_header("ETag", '"%s"' % hashlib.sha256(body).hexdigest()[:16])
            handler.end_headers()
            handler.wfile.write(body[:-100000])
            handler.wfile.flush()
            handler.connection.close()
        w.site.tricks["/feed/media/" + media[2]] = cut
        w.site.take()
        w.sync("failed")
        w.site.tricks.clear()
        equal(set(media_of(w.site.take())), {media[2].split(".")[0]})
        equal(len(list((w.state / "media").rglob("*.mp4"))), 2)
        w.site.take()
        w.sync()
        equal([r[:2] for r in w.site.take() if "/media/" in r[0]],
              [("/feed/media/" + media[2], 206), ("/feed/media/" + media[3], 200)])
        equal([a["kind"] for a in w.ids()["甲"]["assets"]], ["video"] * 4)
        assert not (w.state / "feeds" / "main" / "media").exists(), "nothing is pending"
    finally:
        subprocess.run(["umount", w.state], check=True)


def count_prepared(w):
    """Beside a writer."""
    try:
        db = sqlite3.connect(f"file:{w.state}/library.db?mode=ro", uri=True, timeout=0)
        count = db.execute("SELECT count(*) FROM source_media WHERE recipe IS NOT NULL").fetchone()[0]
        db.close()
        return count
    except sqlite3.OperationalError:  # not there yet, or being written
        return 0


def prepared(w):
    """The sources that the library has prepared, whatever it shows: {sha256: its files, by inode}."""
    db = sqlite3.connect(w.state / "library.db")  # rolls back what a killed writer left
    rows = db.execute("SELECT lower(hex(source)), lower(hex(hash)) FROM source_media JOIN rendition "
                      "ON source_row = row WHERE recipe IS NOT NULL").fetchall()
    db.close()
    inodes = {p.stem: p.stat().st_ino for p in (w.state / "media").rglob("*.*")}
    return {source: sorted(inodes[h] for s, h in rows if s == source) for source, _ in rows}


def media_of(requests):
    return [r[0].rsplit("/", 1)[1].split(".")[0] for r in requests if "/media/" in r[0]]


def start(w, *words, **environment):
    process = subprocess.Popen([w.build / "fengcai", "--state", w.state, "--config", w.config, *words],
                               stdout=subprocess.DEVNULL, stderr=(w.folder / "said").open("w"),
                               env={**os.environ, "NO_PROXY": "*", **environment})
    w.started.append(process)
    return process


def wait_until(true, process, seconds=120):
    end = time.monotonic() + seconds
    while not true():
        assert process.poll() is None and time.monotonic() < end, f"{process.poll()}"
        time.sleep(0.02)


def cut(w, sources):
    """A poll killed as soon as it has prepared so many sources."""
    process = start(w, "sync", "--once", "--no-wait")
    wait_until(lambda: count_prepared(w) >= sources, process)
    process.kill()
    process.wait()


def test_a_first_sync_cut_each_night_ends(w):
    for i in range(40):
        w.write("party", f"案例{i:02}（某某大学）", "一段。", range(i * 8, i * 8 + 8))
    w.pack()
    have = {}
    for night in (1, 2):
        cut(w, 64 * night)
        had, have = have, prepared(w)
        equal([s for s in had if have[s] != had[s]], [], "nothing is prepared again")
        asked = media_of(w.site.take())
        equal([s for s in asked if s in had], [], "nor asked for again")
        equal(w.titles(), [])
        if night == 1:  # the sweep of doctor
            w.run("doctor", "--fix", status=None)
        else:  # and the keeper's, which comes after its start
            keeper = start(w, "--verbose", "keep")
            wait_until(lambda: "sweep" in (w.folder / "said").read_text(), keeper)
            keeper.terminate()
            keeper.wait()
        now = prepared(w)
        equal([s for s in have if now[s] != have[s]], [], "a sweep leaves them")
        have = now
    result = w.sync()
    equal([s for s in media_of(w.site.take()) if s in have], [], "what is prepared is not asked for again")
    equal(len(result["receipt"]["cases"]), 40)
    now = prepared(w)
    equal([s for s in have if now[s] != have[s]], [])
    equal(len(now), 320)
    assert not (w.state / "feeds" / "main" / "media").exists(), "nothing is pending"


def test_the_sweep_takes_what_no_source_waits_for(w):
    w.write("party", "甲（某某大学）", "一段。", range(100))
    w.write("party", "乙（某某大学）", "一段。", range(100, 200))
    w.pack()
    cut(w, 1)
    assert prepared(w)
    w.screen("one", url=w.url + "2")
    w.config.write_text("")  # the source is not configured any more
    w.run("doctor", "--fix", status=None)
    equal(len(prepared(w)), 0)


# ---------------------------------------------------------------- DESIGN.md's table: what is accepted

def test_signed_over_http(w):
    w.write("party", "甲（某某大学）", "一段。")
    w.pack()
    result = w.sync()
    equal(result["signed"], True)
    equal(w.titles(), ["甲"])


def test_signed_bundle_of_a_configured_key_without_asking(w):
    w.write("party", "甲（某某大学）", "一段。", [1])
    w.pack()
    receipt = w.imports(w.bundle)
    equal((receipt["signed"], receipt["serial"]), (True, 1))
    equal(w.titles(), ["甲"])
    equal(w.imports(w.bundle)["unchanged"], 1)


def test_signed_bundle_as_zip(w):
    w.write("party", "甲（某某大学）", "一段。", [1])
    w.pack(out=w.folder / "甲.zip")
    receipt = w.imports(w.folder / "甲.zip")
    equal(receipt["signed"], True)
    equal(len(w.ids()["甲"]["assets"]), 1)


def test_several_paths_each_as_what_it_is(w):
    w.write("party", "甲（某某大学）", "一段。", [1])
    w.pack()
    shutil.rmtree(w.cases)
    w.write("safety", "乙（某某大学）", "一段。", [2])
    w.pack(out=w.folder / "乙.zip")
    plain = []
    for title in "丙丁":
        folder = w.folder / title / UNITS["service"] / f"{title}（某某大学）"
        folder.mkdir(parents=True)
        (folder / "正文.txt").write_text("一段。", encoding="utf-8")
        plain.append(w.folder / title)
    paths = [plain[0], w.bundle, plain[1], w.folder / "乙.zip"]
    receipt = json.loads(w.run("import", "--json", *paths))
    equal(receipt["outcome"], "accepted")
    equal([(Path(p["path"]).name, p["outcome"], p.get("signed")) for p in receipt["parts"]],
          [("丙", "accepted", None), ("feed", "accepted", True), ("丁", "accepted", None), ("乙.zip", "accepted", True)])
    equal(sorted(c["title"] for c in receipt["cases"]), sorted("甲乙丙丁"))
    equal(w.titles(), sorted("甲乙丙丁"))
    equal([bool(w.ids()[t].get("feed")) for t in "甲乙丙丁"], [True, True, False, False], "of feeds, of nobody")
    # one that is refused leaves the others alone
    (w.bundle / "feed.json.minisig").unlink()
    shutil.rmtree(plain[0])
    receipt = json.loads(w.run("import", "--json", *paths))
    equal(receipt["outcome"], "partial")
    equal([p["outcome"] for p in receipt["parts"]], ["refused", "refused", "accepted", "accepted"])
    equal(sorted(r["code"] for r in receipt["rejects"]), ["feed_owner", "not_found"])
    # nor is the answer another with a keeper, that is asked for it
    keeper = start(w, "keep")
    wait_until(lambda: "后台 (keeper): idle" in w.run("status"), keeper)
    again = json.loads(w.run("import", "--json", *paths))
    keeper.terminate()
    keeper.wait()
    equal([again[k] for k in ("outcome", "rejects", "parts")], [receipt[k] for k in ("outcome", "rejects", "parts")])


def test_unsigned_feed_only_over_https(w):
    w.write("party", "甲（某某大学）", "一段。")
    w.pack(key=None)
    w.screen("http", key=None)
    w.run("sync", "--once", status=3)  # a mistake of the configuration
    assert "https" in w.said, w.said
    tls = make_certificate(w.folder)
    secure = Site(w.folder / "site", tls)
    w.more_config = lambda: ["[network]", f"ca_file = {tls[0]}"]
    w.screen("https", key=None, url=secure.url + "/feed/feed.json")
    equal(w.sync()["signed"], False)
    equal(w.titles(), ["甲"])
    status = json.loads(w.run("status", "--json"))
    equal(status["sources"][0]["signed"], False)
    assert "未签名" in w.run("status"), w.said
    secure.close()


def test_verify(w):
    for i in range(130):
        w.write("party", f"案例{i:03}（某某大学）", f"第{i}段。", [i % 3])
    w.pack()
    for where in (w.bundle, w.url):
        said = w.run("verify", where, "--key", w.folder / "publisher.pub")
        for word in ("签名有效", "serial 1", "130", "共 0 处问题"):
            assert word in said, f"{where}: no {word} in {said}"
    w.run("keygen", "--no-password", w.folder / "other")
    for where in (w.bundle, w.url):
        assert "另一个密钥" in w.run("verify", where, "--key", w.folder / "other.pub", status=1), w.said
    media = next((w.bundle / "media").iterdir())
    media.write_bytes(media.read_bytes()[:-1] + b"x")
    for where in (w.bundle, w.url):
        said = w.run("verify", where, "--key", w.key, status=1)
        assert media.name in said and "校验值" in said, said
    next(w.bundle.glob("page-*.json")).unlink()
    for where in (w.bundle, w.url):
        assert "page-" in w.run("verify", where, "--key", w.key, status=1), w.said


def test_unsigned_where_a_key_is_configured(w):
    w.write("party", "甲（某某大学）", "一段。")
    w.pack(key=None)
    equal(w.code(w.sync("refused")), "unsigned")
    equal(w.titles(), [])


def test_older_serial_is_refused(w):
    w.write("party", "甲（某某大学）", "一段。")
    w.pack()
    shutil.copytree(w.bundle, w.folder / "old")
    w.write("party", "乙（某某大学）", "一段。")
    w.pack()
    w.sync()
    equal(w.imports(w.folder / "old", "refused")["rejects"][0]["code"], "feed_older")  # by stick
    shutil.rmtree(w.bundle)
    shutil.copytree(w.folder / "old", w.bundle)  # by a restored server
    equal(w.code(w.sync("refused")), "feed_older")
    equal(w.titles(), ["乙", "甲"])
    for lost in ("ledger.db", "floors"):  # either of the two that remember is enough
        w.run("doctor", status=None)
        (w.state / lost).rename(w.state / ("lost-" + lost))
        equal(w.imports(w.folder / "old", "refused")["rejects"][0]["code"], "feed_older", lost)


def test_same_serial_with_other_bytes(w):
    w.write("party", "甲（某某大学）", "一段。")
    w.pack()
    shutil.copytree(w.bundle, w.folder / "fork")
    w.write("party", "乙（某某大学）", "一段。")
    w.pack()
    w.sync()
    w.write("party", "丙（某某大学）", "一段。")
    w.pack(out=w.folder / "fork")
    equal(w.imports(w.folder / "fork", "refused")["rejects"][0]["code"], "feed_serial")
    equal(w.titles(), ["乙", "甲"])


def test_expired(w):
    w.write("party", "甲（某某大学）", "一段。")
    w.pack()
    w.publish(expires="2026-01-01")
    equal(w.code(w.sync("refused")), "feed_expired")
    equal(w.titles(), [])
    w.publish(expires="2099-01-01")
    w.sync()
    equal(w.titles(), ["甲"])


def test_expiry_never_removes_what_was_taken(w):
    w.write("party", "甲（某某大学）", "一段。")
    w.pack("--expires", "2099-01-01")
    w.sync()
    w.publish(expires="2026-01-01")
    w.sync("refused")
    equal(w.titles(), ["甲"])


def test_wrong_hash_and_length_of_a_picture(w):
    w.write("party", "甲（某某大学）", "一段。", [1, 2])
    w.pack()
    media = sorted((w.bundle / "media").iterdir())
    good = media[0].read_bytes()
    for bad, code in ((good[:-1] + bytes([good[-1] ^ 1]), "hash"), (good + b"x", "length"), (good[:-1], "length")):
        media[0].write_bytes(bad)
        w.screen(f"{code}-{len(bad)}")
        result = w.sync("partial")
        equal(w.code(result), code)
        equal(len(w.ids()["甲"]["assets"]), 1, "the case is taken without it")
        media[0].write_bytes(good)
        w.sync()
        equal(len(w.ids()["甲"]["assets"]), 2, "and gets it when the server is right again")


def test_wrong_page(w):
    for i in range(130):
        w.write("party", f"案例{i:03}（某某大学）", f"第{i}段。")
    w.pack()
    page = next(w.bundle.glob("page-*.json"))
    good = page.read_bytes()
    page.write_bytes(good[:-10] + b"x" + good[-9:])
    equal(w.code(w.sync("refused")), "hash")
    equal(w.titles(), [], "nothing is taken until all pages are there")
    page.unlink()
    equal(w.code(w.sync("refused")), "http")
    page.write_bytes(good)
    w.sync()
    equal(len(w.titles()), 130)


def test_another_key(w):
    w.write("party", "甲（某某大学）", "一段。")
    w.run("keygen", "--no-password", w.folder / "other")
    w.pack(key=w.folder / "other.key")
    equal(w.code(w.sync("refused")), "signature")
    equal(w.imports(w.bundle, "refused")["rejects"][0]["code"], "signature")
    equal(w.titles(), [])


def test_a_feed_belongs_to_its_key(w):
    w.write("party", "甲（某某大学）", "一段。")
    w.pack()
    w.sync()
    w.run("keygen", "--no-password", w.folder / "other")
    w.state.joinpath("fengcai.conf").write_text(
        f"[source main]\nurl = {w.url}\nkey = {w.key}\n[source second]\nurl = {w.url}2\nkey = {w.folder}/other.pub\n")
    forged = w.folder / "forged"
    shutil.copytree(w.bundle, forged)
    (forged / "feed.json.minisig").unlink()
    head = json.loads((forged / "feed.json").read_text())
    head["_fengcai"]["serial"] = 999
    head["items"][0]["title"] = "假的"
    (forged / "feed.json").write_text(json.dumps(head, ensure_ascii=False))
    subprocess.run(["minisign", "-S", "-s", str(w.folder / "other.key"), "-m", str(forged / "feed.json")],
                   check=True, capture_output=True, input=b"")
    equal(w.imports(forged, "refused")["rejects"][0]["code"], "feed_owner")
    (forged / "feed.json.minisig").unlink()
    equal(w.imports(forged, "refused")["rejects"][0]["code"], "feed_owner", "nor to nobody")
    equal(w.titles(), ["甲"])


def test_minisign_signs_what_we_take(w):
    w.write("party", "甲（某某大学）", "一段。")
    w.pack(key=None)
    subprocess.run(["minisign", "-S", "-s", str(w.folder / "publisher.key"), "-m", str(w.bundle / "feed.json")],
                   check=True, capture_output=True, input=b"")
    equal(w.sync()["signed"], True)


def test_keys_are_handed_over(w):
    w.write("party", "甲（某某大学）", "一段。")
    w.pack()
    w.sync()
    w.run("keygen", "--no-password", w.folder / "next")
    line = (w.folder / "next.pub").read_text().split("\n")[1]
    keys = w.bundle / "keys.json"
    keys.write_text(json.dumps({"format": 1, "keys": [line], "serial": 1}))
    subprocess.run(["minisign", "-S", "-s", str(w.folder / "publisher.key"), "-m", str(keys)], check=True,
                   capture_output=True, input=b"")
    w.write("party", "乙（某某大学）", "一段。")
    (w.bundle / "feed.json.minisig").unlink()
    w.pack(key=w.folder / "next.key")
    w.sync()
    equal(w.titles(), ["乙", "甲"])
    keys.unlink()  # it is remembered
    w.write("party", "丙（某某大学）", "一段。")
    w.pack(key=w.folder / "next.key")
    w.sync()
    equal(w.titles(), ["丙", "乙", "甲"])
    # the old key is not believed any more
    subprocess.run(["minisign", "-S", "-s", str(w.folder / "publisher.key"), "-m", str(w.bundle / "feed.json")],
                   check=True, capture_output=True, input=b"")
    head = json.loads((w.bundle / "feed.json").read_text())
    head["_fengcai"]["serial"] += 1
    (w.bundle / "feed.json").write_text(json.dumps(head, ensure_ascii=False))
    subprocess.run(["minisign", "-S", "-s", str(w.folder / "publisher.key"), "-m", str(w.bundle / "feed.json")],
                   check=True, capture_output=True, input=b"")
    equal(w.code(w.sync("refused")), "signature")


# ---------------------------------------------------------------- withdrawn

def test_tombstone(w):
    folder = w.write("party", "甲（某某大学）", "一段。")
    w.write("party", "乙（某某大学）", "一段。")
    w.pack()
    w.sync()
    shutil.copytree(folder, w.folder / "kept" / UNITS["party"] / folder.name)
    shutil.rmtree(folder)
    w.pack()
    equal(len(w.sync()["receipt"]["removed"]), 1)
    equal(w.titles(), ["乙"])
    w.run("rollback")
    equal(w.titles(), ["乙"], "withdrawn through a rollback")
    receipt = w.imports(w.folder / "kept", "refused")
    equal(receipt["rejects"][0]["code"], "withdrawn", "the same school and title by another way")
    w.run("allow", [h["id"] for h in receipt["held"]][0], status=None)


def test_a_feed_takes_its_tombstone_back(w):
    folder = w.write("party", "甲（某某大学）", "一段。")
    w.pack()
    w.sync()
    shutil.rmtree(folder)
    w.write("party", "乙（某某大学）", "一段。")
    w.pack()
    w.sync()
    equal(w.titles(), ["乙"])
    w.write("party", "甲（某某大学）", "又回来了。")
    w.pack()
    w.sync()
    equal(w.titles(), ["乙", "甲"])


def test_removed_by_hand_stays_removed(w):
    w.write("party", "甲（某某大学）", "一段。")
    w.write("party", "乙（某某大学）", "一段。")
    w.pack()
    w.sync()
    w.run("remove", w.ids()["甲"]["id"])
    w.write("party", "甲（某某大学）", "改过了。")
    w.pack()
    result = w.sync("partial")
    equal(w.code(result), "withdrawn")
    equal(w.titles(), ["乙"])
    w.run("allow", result["receipt"]["held"][0]["id"])
    w.write("party", "甲（某某大学）", "又改过了。")
    w.pack()
    w.sync()
    equal(w.titles(), ["乙", "甲"])


def test_rolled_back_waits_for_a_higher_serial(w):
    w.write("party", "甲（某某大学）", "一段。")
    w.pack()
    w.sync()
    w.write("party", "乙（某某大学）", "一段。")
    w.pack()
    w.sync()
    w.run("rollback")
    equal(w.titles(), ["甲"])
    w.sync("unchanged")
    w.imports(w.bundle, "refused")
    equal(w.titles(), ["甲"], "the same serial does not bring it back")
    w.write("party", "丙（某某大学）", "一段。")
    w.pack()
    w.sync()
    equal(w.titles(), ["丙", "乙", "甲"])


def test_featured_supersedes_the_schools_own(w):
    own = w.folder / "own"
    folder = own / UNITS["party"] / "甲（某某大学）"
    folder.mkdir(parents=True)
    (folder / "正文.txt").write_text("自己写的。", encoding="utf-8")
    w.imports(own)
    w.write("party", "甲（某某大学）", "选登的。", info="阶段：集中展示")
    w.pack()
    w.sync()
    equal([c["phase"] for c in json.loads(w.run("list", "--json"))], ["featured"])
    shutil.rmtree(w.cases / UNITS["party"] / "甲（某某大学）")
    w.write("party", "乙（某某大学）", "一段。")
    w.pack()
    w.sync()
    equal(w.titles(), ["乙", "甲"])
    equal(w.ids()["甲"]["phase"], "self", "with the featured one gone its own is back")


def test_what_a_restored_library_lacks_comes_again(w):
    w.write("party", "甲（某某大学）", "一段。", [1])
    w.pack()
    w.sync()
    keeper = start(w, "keep")  # makes the copy
    wait_until((w.state / "library.backup.db").exists, keeper)
    keeper.terminate()
    keeper.wait()
    w.write("party", "乙（某某大学）", "一段。", [2])
    w.pack()
    w.sync()
    for lose in (Path.unlink, lambda p: p.write_bytes(bytes(5000))):
        lose(w.state / "library.db")
        w.sync()
        equal(w.titles(), ["乙", "甲"])
        w.sync("unchanged")


# ---------------------------------------------------------------- what README says

def published_as_readme_says(w):
    """The four commands of README, one by one; the folder they publish to is the site's."""
    if not shutil.which("rsync"):
        raise Skip("no rsync")
    readme = (Path(__file__).resolve().parent.parent.parent / "README.md").read_text(encoding="utf-8")
    block = readme[readme.index("    cd 案例包\n"):]
    lines = [line[4:].split("#")[0].strip() for line in block[: block.index("\n\n")].split("\n")]
    assert lines[1].startswith("to=") and len(lines) == 6, lines
    for line in lines[2:]:
        subprocess.run(["sh", "-c", f"to='{w.site.folder}/feed'; {line.removesuffix('&&')}"], cwd=w.folder / "案例包", check=True)
        yield line


def test_readme_publishes(w):
    for i in range(130):
        w.write("party", f"案例{i:03}（某某大学）", f"第{i}段。", [i % 3])
    w.pack(out=w.folder / "案例包")
    (w.site.folder / "feed").mkdir()
    for _ in published_as_readme_says(w):
        pass
    trees = [sorted((str(p.relative_to(top)), p.read_bytes()) for p in top.rglob("*") if p.is_file() and p.name[0] != ".")
             for top in (w.folder / "案例包", w.site.folder / "feed")]
    equal([name for name, _ in trees[0]], [name for name, _ in trees[1]])
    equal(trees[0] == trees[1], True, "the same bytes")
    w.sync()
    equal(len(w.titles()), 130)
    for i in range(60):  # more than half of a page: it is written anew
        w.write("party", f"案例{i:03}（某某大学）", "改过了。", [200 + i])
    w.pack(out=w.folder / "案例包")
    old = json.loads(w.run("list", "--json"))
    seen = []
    for line in published_as_readme_says(w):
        seen.append(json.loads(w.run("sync", "--once", "--no-wait", "--json", status=None))["sources"][0]["outcome"])
        if len(seen) < 4:
            equal(json.loads(w.run("list", "--json")), old, "the old feed, whole")
        if len(seen) == 3:  # with the new signature beside the old head
            kept = w.state
            w.screen("new")
            equal(w.code(w.sync("refused")), "signature", "a new screen waits for the last step")
            w.state, w.config = kept, kept / "fengcai.conf"
    equal(seen, ["unchanged", "unchanged", "unchanged", "accepted"])
    equal(len([c for c in json.loads(w.run("list", "--json")) if c not in old]), 60)


# ---------------------------------------------------------------- the keeper's timer

class Keeper:
    """A keeper whose clock stands but for what `move` adds (and the seconds that the test takes)."""

    def __init__(self, w):
        self.w = w
        self.file = w.folder / "clock"
        self.file.write_bytes(bytes(16))
        library = w.build / "tests/libclock.so"
        if not library.exists():
            raise Skip("built with sanitizers, which do not go with LD_PRELOAD")
        self.process = start(w, "--verbose", "keep", LD_PRELOAD=str(library), FENGCAI_CLOCK=str(self.file))
        self.look()

    def look(self):
        """Until it has done all that is due by its clock, and waits again."""
        waits = lambda: struct.unpack("qq", self.file.read_bytes())[1]
        seen = waits()
        wait_until(lambda: waits() >= seen + 3, self.process)

    def advance(self, minutes):
        with self.file.open("r+b") as file:
            ahead = struct.unpack("q", file.read(8))[0]
            file.seek(0)
            file.write(struct.pack("q", ahead + int(minutes * 60e6)))

    def move(self, minutes, unanswered=False):
        """What was asked of the server because of it. unanswered: nothing will answer, and that is not waited for."""
        self.w.site.take()
        self.advance(minutes)
        if unanswered:
            time.sleep(0.5)  # it asks
            self.advance(0.5)  # curl's clock, too
        self.look()
        return [r[1] for r in self.w.site.take() if r[0] == "/feed/feed.json" and r[1] != "trick"]

    def stop(self):
        self.process.terminate()
        self.process.wait()


def test_the_keeper_asks_in_its_time(w):
    w.write("party", "甲（某某大学）", "一段。", [1])
    w.pack()
    w.screen("timer", every=15)
    keeper = Keeper(w)
    equal(keeper.move(0.05), [], "not before the first slide is there")
    equal(keeper.move(5.1), [200], "within five minutes of the start")
    equal(w.titles(), ["甲"])
    for i in range(3):
        equal(keeper.move(13), [], "a poll is not repeated before its time")
        equal(keeper.move(4), [304], "and is when it comes")
    w.site.tricks["/feed/feed.json"] = lambda handler, body: handler.answer(503, b"")
    equal(keeper.move(17), [503])
    asked = []
    for i in range(24 * 4):  # a day, a quarter of an hour at a time
        asked += keeper.move(15)
    assert 4 <= len(asked) <= 14, f"{len(asked)} times in a day: up to six hours apart"
    w.site.tricks.clear()
    w.write("party", "乙（某某大学）", "一段。", [2])
    w.pack()
    equal(keeper.move(6 * 60), [200], "at the latest after six hours")
    equal(w.titles(), ["乙", "甲"])
    keeper.stop()


def set_loopback(up):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh14x", b"lo", 0x49 if up else 0))  # SIOCSIFFLAGS


def test_the_keeper_asks_when_a_network_comes(w):
    if not os.environ.get("FENGCAI_OWN_NETWORK"):
        raise Skip("no network of one's own here (unshare --net)")
    w.write("party", "甲（某某大学）", "一段。", [1])
    w.pack()
    w.screen("network", every=15)
    keeper = Keeper(w)
    set_loopback(False)
    for i in range(8):  # the longer, the rarer: hours apart by now
        keeper.move(60, unanswered=True)
    equal(keeper.move(0.1), [], "it waits")
    equal(w.titles(), [])
    set_loopback(True)
    keeper.look()
    equal(keeper.move(0.1), [200], "within five seconds of the network")
    equal(w.titles(), ["甲"])
    keeper.stop()


# ---------------------------------------------------------------- doctor

def examine(w, status):
    """(verdict, lines) of what doctor says of the sources."""
    checks = json.loads(w.run("doctor", "--json", status=status))["checks"]
    return next((c["verdict"], "\n".join(c["said"])) for c in checks if c["name"] == "sources")


def test_doctor_looks_at_sources(w):
    w.write("party", "甲（某某大学）", "一段。", [1])
    w.pack()
    w.sync()
    verdict, said = examine(w, 0)
    equal(verdict, "good")
    assert "main: 最近成功" in said and "未签名" not in said and "尚未取完" not in said, said
    # a fault is told with what to do, and is worse where nothing was ever taken
    w.site.tricks["*"] = lambda handler, body: handler.answer(503, b"")
    w.sync("failed")
    verdict, said = examine(w, 0)
    equal(verdict, "warning")
    assert "服务器没有给出文件" in said and "请检查地址" in said, said
    first = w.state
    w.screen("never")
    equal(examine(w, None)[0], "warning")
    w.sync("failed")
    equal(examine(w, 1)[0], "bad")
    w.site.tricks.clear()
    # a key that cannot be read
    w.state = first
    w.config = first / "fengcai.conf"
    w.sync()
    (w.state / "school.pub").write_text((w.folder / "publisher.pub").read_text())
    w.config.write_text(f"[source main]\nurl = {w.url}\nkey = school.pub\n")
    equal(examine(w, 0)[0], "good")
    (w.state / "school.pub").unlink()
    verdict, said = examine(w, 1)
    equal(verdict, "bad")
    assert "公钥无法读取" in said and "school.pub" in said, said
    # over a week without a success
    w.screen("one")
    equal(examine(w, 0)[0], "good")
    db = sqlite3.connect(w.state / "ledger.db")
    db.execute("UPDATE source SET taken_ms = taken_ms - 8 * 86400000")
    db.commit()
    db.close()
    verdict, said = examine(w, 1)
    equal(verdict, "bad")
    assert "超过七天" in said, said


def test_doctor_tells_what_is_pending(w):
    for i in range(20):
        w.write("party", f"案例{i:02}（某某大学）", "一段。", range(i * 8, i * 8 + 8))
    w.pack()
    cut(w, 1)
    assert "尚未取完" in examine(w, None)[1], w.said


# ---------------------------------------------------------------- hostile servers: what was shown stays

def hostile(w, code, outcome="refused", path="/feed/feed.json"):
    """The trick on path leaves the old content on the screen, and is told by its name."""
    equal(w.code(w.sync(outcome)), code)
    equal(w.titles(), ["甲"])
    w.site.tricks.clear()
    w.sync("accepted")
    equal(w.titles(), ["乙", "甲"])


def prepare(w):
    w.write("party", "甲（某某大学）", "一段。", [1])
    w.pack()
    w.sync()
    w.write("party", "乙（某某大学）", "一段。", [2])
    w.pack()


def test_hostile_mix_and_match(w):
    w.write("party", "甲（某某大学）", "一段。", [1])
    w.pack()
    old = (w.bundle / "feed.json.minisig").read_bytes()
    w.sync()
    w.write("party", "乙（某某大学）", "一段。", [2])
    w.pack()
    w.site.tricks["/feed/feed.json.minisig"] = lambda handler, body: old  # yesterday's signature
    hostile(w, "signature")


def test_hostile_freeze(w):
    prepare(w)
    w.publish(expires="2026-02-01")  # a head kept back until it expired
    equal(w.code(w.sync("refused")), "feed_expired")
    equal(w.titles(), ["甲"])


def test_hostile_bit_flip(w):
    prepare(w)
    w.site.tricks["/feed/feed.json"] = lambda handler, body: body[:100] + bytes([body[100] ^ 1]) + body[101:]
    hostile(w, "signature")


def test_hostile_truncated(w):
    prepare(w)
    w.site.tricks["/feed/feed.json"] = lambda handler, body: body[:-5]
    hostile(w, "signature")


def test_hostile_login_page(w):
    prepare(w)
    def login(handler, body):
        page = "<!DOCTYPE html><html><title>校园网登录</title></html>".encode()
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html; charset=utf-8")
        handler.send_header("Content-Length", str(len(page)))
        handler.end_headers()
        handler.wfile.write(page)
    w.site.tricks["*"] = login
    hostile(w, "portal", OUTCOME_OF_PORTAL)


def test_hostile_redirect_to_login(w):
    prepare(w)
    def login(handler, body):
        handler.send_response(302)
        handler.send_header("Location", "http://10.0.0.1/login?url=x")
        handler.send_header("Content-Length", "0")
        handler.end_headers()
    w.site.tricks["*"] = login
    hostile(w, "portal", OUTCOME_OF_PORTAL)


def test_hostile_endless_head(w):
    prepare(w)
    def endless(handler, body):
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(40):
                handler.wfile.write(b" " * (1 << 20))
        except OSError:
            pass
        handler.close_connection = True
    w.site.tricks["/feed/feed.json"] = endless
    hostile(w, "feed_limit")


def test_hostile_gzip_bomb(w):
    prepare(w)
    def bomb(handler, body):
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        data = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(64)) + packer.flush()
        handler.send_response(200)
        handler.send_header("Content-Encoding", "gzip")
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)
    w.site.tricks["/feed/feed.json"] = bomb
    hostile(w, "feed_limit")


def unsigned_world(w):
    w.write("party", "甲（某某大学）", "一段。")
    w.pack(key=None)
    tls = make_certificate(w.folder)
    w.site.close()
    w.site = Site(w.folder / "site", tls)
    w.url = w.site.url + "/feed/feed.json"
    w.more_config = lambda: ["[network]", f"ca_file = {tls[0]}"]
    w.screen("https", key=None)
    w.sync()


def test_hostile_deep_json(w):
    unsigned_world(w)
    (w.bundle / "feed.json").write_text('{"items": ' + "[" * 5000 + "]" * 5000 + "}")
    equal(w.code(w.sync("refused")), "feed_form")
    equal(w.titles(), ["甲"])


def test_hostile_duplicate_keys(w):
    unsigned_world(w)
    text = (w.bundle / "feed.json").read_text()
    (w.bundle / "feed.json").write_text(text.replace('"serial":', '"serial":1,"serial":', 1).replace('"serial": ', '"serial": 1,"serial": ', 1))
    equal(w.code(w.sync("refused")), "feed_form")
    equal(w.titles(), ["甲"])


def test_hostile_wrong_host_and_expired_certificate(w):
    unsigned_world(w)
    other = make_certificate(w.folder, "other.example")
    site = Site(w.folder / "site", other)
    w.more_config = lambda: ["[network]", f"ca_file = {other[0]}"]
    w.screen("https", key=None, url=site.url + "/feed/feed.json")
    equal(w.code(w.sync(OUTCOME_OF_PORTAL)), "portal")
    equal(w.titles(), ["甲"])
    site.close()


# ---------------------------------------------------------------- any JSON Feed

def test_foreign_feed(w):
    unsigned_world(w)
    (w.folder / "site" / "blog").mkdir()
    (w.folder / "site" / "blog" / "p.png").write_bytes(png(7))
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "校园新闻", "items": [
        {"id": 1, "url": "1.html", "title": "楼里的读书会", "tags": ["党建引领"], "authors": [{"name": "某某大学"}],
         "content_html": "<h2>缘起</h2><p>第一段，<b>很好</b>。</p><script>alert(1)</script><p><img src='p.png' alt='读书会'></p>"},
        {"id": "2", "tags": ["体育"], "content_text": "没有单元的一条。"},
        {"id": "3", "content_html": "<p>没有标题，只有这一句。还有下一句。</p>", "tags": ["#平安社区"]}]}
    (w.folder / "site" / "blog" / "feed.json").write_text(json.dumps(feed, ensure_ascii=False))
    w.screen("foreign", key=None, url=w.site.url + "/blog/feed.json", unit="service")
    w.sync()
    cases = w.ids()
    equal(sorted(cases), sorted(["楼里的读书会", "没有单元的一条", "没有标题，只有这一句"]))
    equal(cases["楼里的读书会"]["unit"], "party")
    equal(cases["没有单元的一条"]["unit"], "service")
    equal(cases["楼里的读书会"]["url"], w.site.url + "/blog/1.html")
    equal([a["caption"] for a in cases["楼里的读书会"]["assets"]], ["读书会"])
    w.site.take()
    w.sync("unchanged")
    feed["items"] = feed["items"][1:]  # it names its newest items only
    (w.folder / "site" / "blog" / "feed.json").write_text(json.dumps(feed, ensure_ascii=False))
    w.sync()
    equal(len(w.ids()), 3)


OUTCOME_OF_PORTAL = "failed"


def take_network():
    """The same once more in a network of its own, where that is allowed; there is only loopback in it."""
    for how in (["--net"], ["--user", "--map-root-user", "--net"]):
        if shutil.which("unshare") and subprocess.run(["unshare", *how, "true"], capture_output=True).returncode == 0:
            os.environ["FENGCAI_OWN_NETWORK"] = "1"
            os.execvp("unshare", ["unshare", *how, sys.executable, *sys.argv])


def main():
    if os.environ.get("FENGCAI_OWN_NETWORK"):
        set_loopback(True)
    else:
        take_network()
    build, names = Path(sys.argv[1]).resolve(), sys.argv[2:]
    part, parts = map(int, names.pop().split("/")) if names and "/" in names[0] else (1, 1)
    tests = [(name, test) for name, test in globals().items()
             if name.startswith("test_") and (not names or any(n in name for n in names))]
    failed = ran = 0
    for name, test in tests[part - 1 :: parts]:
        ran += 1
        with tempfile.TemporaryDirectory(prefix="fengcai-sync-") as folder:
            world = World(build, folder)
            try:
                test(world)
                print("ok", name[5:])
            except Skip as why:
                print(f"SKIP {name[5:]}: {why}")
            except Exception:
                failed += 1
                print("FAILED", name[5:])
                traceback.print_exc()
            finally:
                world.close()
            sys.stdout.flush()
    print(f"{ran - failed} passed, {failed} failed")
    return failed > 0 or ran == 0


sys.exit(main())
