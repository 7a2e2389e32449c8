#!/usr/bin/env python3
"""fetch (src/ingest/fetch.h) against a server that behaves badly, one named case each.

usage: fetch_test.py BUILD-FOLDER [Cases.test_NAME...]
"""
import hashlib, json, os, socket, subprocess, sys, tempfile, time, unittest
from pathlib import Path

import certificates
from server import DATE, Server, content

BUILD = Path(sys.argv.pop(1)).resolve()
HELPERS = BUILD / "libexec/fengcai"
ENVIRONMENT = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
BIG = 400000  # more than one buffer


def sha256(data):
    return hashlib.sha256(data).hexdigest()


class Cases(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = tempfile.TemporaryDirectory(prefix="fengcai-hostile-")
        cls.certificates = Path(cls.home.name)
        certificates.make(cls.certificates)

    @classmethod
    def tearDownClass(cls):
        cls.home.cleanup()

    def setUp(self):
        self.server = Server()
        folder = tempfile.TemporaryDirectory(prefix="fengcai-hostile-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.path = self.folder / "file"

    def command(self, *options, helpers=HELPERS):
        return [BUILD / "tests/fetch", helpers, "--ca", self.certificates / "ca.pem", *options]

    def run_jobs(self, *lines, options=(), helpers=HELPERS):
        """Each line is a list of jobs for one call; their results, line by line."""
        run = subprocess.run(self.command(*options, helpers=helpers), env=ENVIRONMENT, timeout=120, text=True,
                             input="".join(json.dumps(line) + "\n" for line in lines), capture_output=True)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.said = run.stderr
        return [json.loads(line) for line in run.stdout.splitlines()]

    def fetch(self, what, server=None, options=(), **job):
        url = what if "://" in what else (server or self.server).url + what
        return self.run_jobs([{"url": url, **job}], options=options)[0][0]

    def to_file(self, what, body=None, **job):
        """Fetches into self.path, with the hash of body."""
        if body is not None:
            job = {"sha256": sha256(body), "expected": len(body), **job}
        return self.fetch(what, **{"path": str(self.path), **job})

    def assert_done(self, result):
        self.assertEqual((result["outcome"], result["reject"]), ("done", None), result)

    def assert_not(self, result, outcome, reject, detail=""):
        self.assertEqual((result["outcome"], result["reject"]), (outcome, reject), result)
        self.assertIn(detail, result["detail"] or "")
        self.assertFalse(self.path.exists())

    def assert_sent(self, path, size):
        """The server counts what it sent, which the client may have before that."""
        end = time.monotonic() + 5
        while self.server.sent(path) != size and time.monotonic() < end:
            time.sleep(0.02)
        self.assertEqual(self.server.sent(path), size)

    def assert_file(self, body):
        self.assertEqual(sha256(self.path.read_bytes()), sha256(body))
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["file"])

    def ranges(self, path):
        return [r.headers.get("Range") for r in self.server.asked(path)]

    def tls(self, name):
        return Server(self.certificates / f"{name}.pem")

    # ------------------------------------------------------------ what goes well
    def test_plain(self):
        result = self.fetch("/plain/1000")
        self.assert_done(result)
        self.assertEqual((result["size"], result["sha256"]), (1000, sha256(content("/plain/1000", 1000))))
        self.assertEqual((result["etag"], result["last_modified"]), ('"v1"', DATE))
        self.assertEqual((result["status"], result["final_url"]), (200, self.server.url + "/plain/1000"))
        self.assertGreater(result["received"], 1000)
        headers = self.server.requests[0].headers
        self.assertRegex(headers["User-Agent"], r"^fengcai/\d")
        self.assertFalse({"Cookie", "Authorization", "Range", "Cache-Control"} & set(headers.keys()))

    def test_plain_into_file(self):
        self.assert_done(self.to_file(f"/plain/{BIG}", content(f"/plain/{BIG}", BIG)))
        self.assert_file(content(f"/plain/{BIG}", BIG))
        self.assertEqual(self.server.requests[0].headers["Accept-Encoding"], "identity")

    def test_empty(self):
        self.assert_done(self.to_file("/plain/0", b""))
        self.assert_file(b"")
        self.assert_done(self.fetch("/plain/0"))

    def test_unchanged_by_etag(self):
        result = self.fetch("/plain/1000", etag='"v1"')
        self.assertEqual((result["outcome"], result["status"], result["size"]), ("unchanged", 304, 0))
        self.assertEqual(len(self.server.requests), 1)
        self.assert_done(self.fetch("/plain/1000", etag='"v0"'))

    def test_unchanged_by_date(self):
        self.assertEqual(self.fetch("/plain/1000", last_modified=DATE)["outcome"], "unchanged")

    def test_304_to_no_question(self):
        self.assert_not(self.fetch("/status/304"), "refused", "http", "304")

    def test_gzip(self):
        result = self.fetch("/gzipped/100000")
        self.assert_done(result)
        self.assertEqual(result["sha256"], sha256(content("/gzipped/100000", 100000) * 10))
        self.assertLess(result["received"], 1000000)
        self.assertIn("gzip", self.server.requests[0].headers["Accept-Encoding"])

    def test_gzip_broken(self):
        self.assert_not(self.fetch("/gzip-broken"), "failed", "http", "compression")

    def test_past_caches(self):
        self.assert_done(self.fetch("/plain/10", past_caches=True))
        self.assertEqual(self.server.requests[0].headers["Cache-Control"], "no-cache")

    # ------------------------------------------------------------ too much, too little
    def test_gzip_bomb(self):
        result = self.fetch("/bomb/endless", limit=1 << 20)
        self.assert_not(result, "refused", "feed_limit", "1048576")
        self.assertEqual(len(self.server.requests), 1)

    def test_endless(self):
        self.assert_not(self.fetch("/endless", limit=1 << 20), "refused", "feed_limit")
        self.assert_not(self.to_file("/endless", limit=1 << 20), "refused", "feed_limit")
        self.assertLess(self.server.sent("/endless"), 128 << 20)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_endless_head(self):
        self.assert_not(self.fetch("/endless-head"), "refused", "feed_limit", "head")

    def test_promised_over_limit(self):
        """What is too long by its head is not begun to be read."""
        self.assert_not(self.fetch("/plain/5000", limit=4999), "refused", "feed_limit")
        self.assert_done(self.fetch("/plain/5000", limit=5000))

    def test_longer_than_length(self):
        self.assert_done(self.to_file("/longer/5000", content("/longer/5000", 5000)))
        self.assert_file(content("/longer/5000", 5000))

    def test_longer_than_promised(self):
        for path in ("/plain/5000", "/chunked/5000"):
            self.assert_not(self.to_file(path, expected=4000), "refused", "length", "4000")
            self.assertEqual([r.headers["Cache-Control"] for r in self.server.asked(path)], [None, "no-cache"])

    def test_shorter_than_promised(self):
        for path in ("/plain/5000", "/chunked/5000"):
            self.assert_not(self.to_file(path, expected=6000), "refused", "length", "5000")
            self.assertEqual(len(self.server.asked(path)), 2)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_wrong_hash_once(self):
        """An old file in a cache on the way: asked for again past it."""
        self.assert_done(self.to_file("/stale/5000", content("/stale/5000", 5000)))
        self.assert_file(content("/stale/5000", 5000))
        self.assertEqual(len(self.server.requests), 2)

    def test_wrong_hash_always(self):
        self.assert_not(self.to_file("/wrong/5000", content("/wrong/5000", 5000)), "refused", "hash")
        self.assertEqual(len(self.server.requests), 2)
        self.assertEqual(list(self.folder.iterdir()), [])

    # ------------------------------------------------------------ cut and resumed
    def test_cut_and_resumed(self):
        path = f"/cut/{BIG}/3"
        self.assert_done(self.to_file(path, content(path, BIG)))
        self.assert_file(content(path, BIG))
        quarter = BIG // 4
        self.assertEqual(self.ranges(path), [None, f"bytes={quarter}-", f"bytes={2 * quarter}-", f"bytes={3 * quarter}-"])
        self.assertEqual(self.server.asked(path)[1].headers["If-Range"], '"v1"')
        self.assert_sent(path, BIG)

    def test_cut_without_hash(self):
        path = f"/cut/{BIG}/2"
        self.assert_done(self.to_file(path))
        self.assert_file(content(path, BIG))
        self.assert_sent(path, BIG)

    def test_cut_in_memory(self):
        """What is compressed cannot be resumed: begun anew."""
        self.assert_done(self.fetch("/cut/5000/2"))
        self.assertEqual(self.ranges("/cut/5000/2"), [None] * 3)

    def test_cut_too_often(self):
        """Three times at once; the next call goes on from there."""
        path = "/cut/4003/9"
        result = self.to_file(path, content(path, 4003))
        self.assertEqual((result["outcome"], result["reject"]), ("failed", "slow"))
        self.assert_sent(path, 4000)
        result = self.to_file(path, content(path, 4003))
        self.assert_done(result)
        self.assertEqual(self.ranges(path)[4], "bytes=4000-")

    def test_cut_and_changed(self):
        path = f"/cut-and-changed/{BIG}"
        body = content(path + '"v2"', BIG)
        self.assert_done(self.to_file(path, body))
        self.assert_file(body)
        self.assertEqual(self.ranges(path), [None, f"bytes={BIG // 2}-"])

    def test_cut_without_range(self):
        path = f"/cut-without-range/{BIG}"
        self.assert_done(self.to_file(path, content(path, BIG)))
        self.assert_file(content(path, BIG))

    def test_cut_and_wrong_range(self):
        path = f"/cut-and-wrong-range/{BIG}"
        self.assert_done(self.to_file(path, content(path, BIG)))
        self.assert_file(content(path, BIG))
        self.assertEqual(self.ranges(path), [None, f"bytes={BIG // 2}-", None])

    def test_cut_and_416(self):
        path = f"/cut-and-416/{BIG}"
        self.assert_done(self.to_file(path, content(path, BIG)))
        self.assert_file(content(path, BIG))

    def test_unasked_206(self):
        self.assert_not(self.to_file("/unasked-206/1000"), "refused", "http", "range")

    def stop_half_way(self, **job):
        path = f"/half-until-open/{BIG}"
        job = {"url": self.server.url + path, "path": str(self.path), **job}
        result = self.run_jobs([job], options=["--stop-after", str(BIG // 2)])[0][0]
        self.assertEqual(result["outcome"], "stopped")
        self.assertFalse(self.path.exists())
        self.server.gate.set()
        result = self.run_jobs([job])[0][0]
        self.assert_done(result)
        self.assert_file(content(path, BIG))
        self.assertEqual(self.ranges(path), [None, f"bytes={BIG // 2}-"])
        self.assert_sent(path, BIG)
        self.assertLess(result["received"], BIG // 2 + 1000)

    def test_stopped_and_resumed(self):
        self.stop_half_way(sha256=sha256(content(f"/half-until-open/{BIG}", BIG)))

    def test_stopped_and_resumed_without_hash(self):
        self.stop_half_way()

    def kill_half_way(self, **job):
        path = f"/half-until-open/{BIG}"
        job = {"url": self.server.url + path, "path": str(self.path), **job}
        with subprocess.Popen(self.command(), env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              text=True) as run:
            run.stdin.write(json.dumps([job]) + "\n")
            run.stdin.flush()
            part = self.folder / "file.part"
            while not part.exists() or part.stat().st_size < BIG // 2:
                self.assertIsNone(run.poll())
                time.sleep(0.01)
            run.kill()
        self.server.gate.set()
        self.assert_done(self.run_jobs([job])[0][0])
        self.assert_file(content(path, BIG))
        return self.ranges(path)[1]

    def test_killed_and_resumed(self):
        body = content(f"/half-until-open/{BIG}", BIG)
        self.assertEqual(self.kill_half_way(sha256=sha256(body)), f"bytes={BIG // 2}-")

    def test_killed_without_hash(self):
        """Nobody knows whether the tail is on the disk, and nothing would tell: begun anew."""
        self.assertIsNone(self.kill_half_way())

    def test_part_of_another(self):
        """A part that was begun from another address is not gone on with."""
        (self.folder / "file.part").write_bytes(b"x" * 1000)
        (self.folder / "file.part.json").write_text('{"url": "http://127.0.0.1/other", "etag": "\\"v1\\"", "size": 1000}')
        self.assert_done(self.to_file("/resumable/5000", content("/resumable/5000", 5000)))
        self.assertEqual(self.ranges("/resumable/5000"), [None])

    def test_part_damaged(self):
        """A part of right length and wrong bytes is found out by the hash of the whole."""
        (self.folder / "file.part").write_bytes(b"x" * 1000)
        note = {"url": self.server.url + "/resumable/5000", "etag": '"v1"', "size": 1000}
        (self.folder / "file.part.json").write_text(json.dumps(note))
        self.assert_done(self.to_file("/resumable/5000", content("/resumable/5000", 5000)))
        self.assert_file(content("/resumable/5000", 5000))
        self.assertEqual(self.ranges("/resumable/5000"), ["bytes=1000-", None])

    def test_part_whole(self):
        """Killed between the last byte and the rename: nothing is asked for."""
        body = content("/resumable/5000", 5000)
        (self.folder / "file.part").write_bytes(body)
        (self.folder / "file.part.json").write_text(json.dumps({"url": self.server.url + "/resumable/5000"}))
        self.assert_done(self.to_file("/resumable/5000", body))
        self.assert_file(body)
        self.assertEqual(self.server.requests, [])

    # ------------------------------------------------------------ redirects and login pages
    def test_redirect_to_http(self):
        self.assert_not(self.fetch("/redirect-http"), "refused", "redirect", "https")
        secure = self.tls("good")
        secure.other = self.server.url
        self.assert_not(self.fetch("/redirect-other/plain/100", secure), "refused", "redirect")
        self.assertEqual(self.server.asked("/plain/100"), [])

    def test_redirect_to_file(self):
        self.assert_not(self.fetch("/redirect-file"), "refused", "redirect")

    def test_redirects(self):
        secure = self.tls("good")
        result = self.fetch("/redirects/3", secure)
        self.assert_done(result)
        self.assertEqual(result["final_url"], secure.url + "/plain/100")
        self.assert_not(self.fetch("/redirects/4", secure), "refused", "redirect", "too many")

    def test_redirect_to_other_host(self):
        """A store elsewhere is fine, a login page elsewhere is none."""
        secure, other = self.tls("good"), self.tls("good")
        secure.other = other.url.replace("127.0.0.1", "localhost")
        self.assert_done(self.fetch("/redirect-other/plain/100", secure))
        self.assert_not(self.fetch("/redirect-other/html", secure), "failed", "portal")
        self.assert_not(self.fetch("/redirect-other/status/403", secure), "failed", "portal", "localhost")
        self.assert_not(self.fetch("/redirect-other/status/404", secure), "refused", "http", "404")

    def test_redirect_to_portal(self):
        """What a campus network does to plain http."""
        self.assert_not(self.fetch("/redirect-portal"), "failed", "portal", "http://localhost")

    def test_html(self):
        self.assert_not(self.fetch("/html"), "failed", "portal")
        self.assert_not(self.to_file("/html", b"x" * 100), "failed", "portal")
        self.assert_not(self.fetch("/html-as-json"), "failed", "portal")
        self.assertEqual(len(self.server.requests), 3)

    def test_511(self):
        self.assert_not(self.fetch("/status/511"), "failed", "portal", "511")

    def test_status(self):
        for status, outcome in ((404, "refused"), (403, "refused"), (410, "refused"), (302, "refused"),
                                (500, "failed"), (503, "failed"), (429, "failed")):
            self.assert_not(self.fetch(f"/status/{status}"), outcome, "http", f"HTTP {status}")

    # ------------------------------------------------------------ certificates
    def test_certificate(self):
        secure = self.tls("good")
        self.assert_done(self.fetch("/plain/1000", secure))
        self.assert_done(self.fetch(secure.url.replace("127.0.0.1", "localhost") + "/plain/1000"))

    def test_certificate_of_unknown_issuer(self):
        secure = self.tls("good")
        run = subprocess.run([BUILD / "tests/fetch", HELPERS], env=ENVIRONMENT, text=True, capture_output=True,
                             input=json.dumps([{"url": secure.url + "/plain/1000"}]) + "\n", timeout=60)
        self.assert_not(json.loads(run.stdout)[0], "failed", "tls", "ca_file")

    def test_certificate_of_other_host(self):
        self.assert_not(self.fetch("/plain/1000", self.tls("elsewhere")), "failed", "portal", "certificate of another host")

    def test_certificate_self_signed(self):
        self.assert_not(self.fetch("/plain/1000", self.tls("alone")), "failed", "portal", "certificate of another host")

    def test_certificate_expired(self):
        self.assert_not(self.fetch("/plain/1000", self.tls("expired")), "failed", "tls", "clock")

    def test_certificate_early(self):
        self.assert_not(self.fetch("/plain/1000", self.tls("early")), "failed", "tls", "clock")

    def test_ca_file_missing(self):
        result = self.fetch("/plain/1000", self.tls("good"), options=["--ca", "/nowhere/ca.pem"])
        self.assert_not(result, "failed", "tls", "[network] ca_file")

    # ------------------------------------------------------------ no answer, slow answers
    def test_refused(self):
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))  # bound, and not listening
            self.assert_not(self.fetch(f"http://127.0.0.1:{closed.getsockname()[1]}/"), "failed", "network", "connection")

    def test_no_such_host(self):
        self.assert_not(self.fetch("http://nowhere.invalid/feed.json"), "failed", "network")

    def test_not_http(self):
        self.assert_not(self.fetch("file:///etc/hostname"), "refused", "http")
        self.assert_not(self.fetch("ftp://127.0.0.1/"), "refused", "http")
        self.assert_not(self.fetch("https://"), "refused", "http")

    def test_password_in_url(self):
        self.assert_not(self.fetch(self.server.url.replace("//", "//me:secret@") + "/plain/10"), "refused", "http")
        self.assertEqual(self.server.requests, [])

    def test_slow_drip(self):
        result = self.to_file("/drip/100000", options=["--slow", "1"])
        self.assert_not(result, "failed", "slow")
        self.assertTrue((self.folder / "file.part").stat().st_size)  # an answer of v1 may go on there

    def test_silent(self):
        self.assert_not(self.fetch("/silent/1000", options=["--idle", "1"]), "failed", "slow")
        self.assert_not(self.fetch("/deaf", options=["--idle", "1"]), "failed", "slow")

    # ------------------------------------------------------------ side by side
    def test_four_at_once(self):
        jobs = [{"url": f"{self.server.url}/gathered/{1000 + i}", "path": str(self.folder / str(i))} for i in range(12)]
        for result in self.run_jobs(jobs)[0]:
            self.assert_done(result)
        self.assertEqual(self.server.most_at_once, 4)
        self.assertEqual((self.folder / "7").read_bytes(), content("/gathered/1007", 1007))

    def test_connections_are_kept(self):
        """Also from one call to the next."""
        for server in (self.server, self.tls("good")):
            lines = [[{"url": f"{server.url}/plain/{1000 + 10 * i + j}"} for j in range(10)] for i in range(2)]
            for result in sum(self.run_jobs(*lines), []):
                self.assert_done(result)
            self.assertEqual(len(server.requests), 20)
            self.assertLessEqual(server.connections, 4)

    def test_one_bad_among_good(self):
        paths = ["/plain/1000", "/wrong/1000", "/cut/1000/1", "/status/404", "/html", "/plain/2000"]
        jobs = [{"url": self.server.url + path, "path": str(self.folder / str(i)), "sha256": sha256(content(path, int(path.split("/")[2])))
                 if path != "/html" else None} for i, path in enumerate(paths)]
        results = self.run_jobs(jobs)[0]
        self.assertEqual([r["outcome"] for r in results], ["done", "refused", "done", "refused", "failed", "done"])

    # ------------------------------------------------------------ this machine
    def test_no_module(self):
        result = self.run_jobs([{"url": self.server.url + "/plain/1"}] * 2, helpers=self.folder)[0]
        self.assertEqual([(r["outcome"], r["reject"]) for r in result], [("failed", "network_module")] * 2)
        self.assertIn("fetch.so", self.said)

    def test_no_folder(self):
        result = self.fetch("/plain/1000", path=str(self.folder / "missing/file"))
        self.assert_not(result, "failed", "disk")

    def test_proxy(self):
        """The proxy of the environment is asked, not the host."""
        run = subprocess.run(self.command(), env={**ENVIRONMENT, "http_proxy": self.server.url}, text=True, timeout=60,
                             input=json.dumps([{"url": "http://nowhere.invalid/feed.json"}]) + "\n", capture_output=True)
        self.assertEqual([r.path for r in self.server.requests], ["http://nowhere.invalid/feed.json"], run.stdout)


if __name__ == "__main__":
    unittest.main(verbosity=2)
