#!/usr/bin/env python3
"""Import against what a person would do by hand: `cp` of the folder, then `vipsthumbnail` of each photo (largest rendition alone)
and `ffmpeg -c copy` of each video.

usage: import.py BUILD [--photos 200] [--rounds 3] [--video-mb 2048] [--clip FILE] [--from FOLDER] [--in FOLDER]

The same photos from one folder, each way in turn, into a fresh place on the same disk; the ratio is of the medians of one run. By
the door: `fengcai import`. By the stick: the folder lies below [stick] folder, and a running keeper copies and takes it.
With videos beside: at most eight of the clip, each other bytes. Ours syncs each file that it keeps, by hand none. --in: where it is done (/var/tmp;
/dev/shm where other work keeps the disk busy). --from: JPEGs to be used, each other bytes; else photos of 12 megapixels are made. --clip: an MP4; else
one of 256 MB (1080p30) is made by ffmpeg. --photos 0: videos alone.
"""
import argparse, json, os, resource, shutil, statistics, subprocess, sys, tempfile, time
from pathlib import Path

MADE = 20  # the others are these with another comment: other bytes, the same work
MAX_VIDEOS = 8  # of one case
CLIP = ["-f", "lavfi", "-i", "testsrc2=s=1920x1080:r=30:d=76,noise=alls=20:allf=t", "-f", "lavfi", "-i", "sine=d=76", "-c:v", "libx264", "-preset",
        "ultrafast", "-b:v", "27M", "-minrate", "27M", "-maxrate", "27M", "-bufsize", "10M", "-pix_fmt", "yuv420p", "-c:a", "aac"]


def make_photos(build, folder, count, sources):
    folder.mkdir(parents=True)
    if not sources and count:
        made = folder.parent.parent.parent / "made"
        made.mkdir()
        subprocess.run([build / "tests/make_photo", "4000", "3000", made, "0", str(min(count, MADE))], check=True)
        sources = sorted(made.iterdir())
    for i in range(count):
        data = sources[i % len(sources)].read_bytes()
        comment = f"photo {i}".encode()
        (folder / f"IMG_{i:04}.jpg").write_bytes(data[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + data[2:])


def make_videos(folder, megabytes, clip):
    """Each with another empty box behind: other bytes, the same work."""
    folder.mkdir(exist_ok=True)
    if not clip:
        clip = folder.parent.parent.parent / "made/clip.mp4"
        clip.parent.mkdir(exist_ok=True)
        subprocess.run(["ffmpeg", "-v", "error", *CLIP, clip], check=True)
    data = clip.read_bytes()
    for i in range(max(1, min(MAX_VIDEOS, (megabytes << 20) // len(data)))):
        (folder / f"影像{i}.mp4").write_bytes(data + (9).to_bytes(4, "big") + b"free" + bytes([i]))


class Bench:
    def __init__(self, build, top):
        self.build, self.top = build, Path(top)
        self.env = {**os.environ, "VIPS_NOVECTOR": "1"}

    def run(self, *words):
        done = subprocess.run([str(w) for w in words], env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if done.returncode not in (0, 1):
            raise SystemExit(f"{words}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def by_hand(self, folder, place):
        self.run("cp", "-r", folder, place / "copy")
        (place / "out").mkdir()
        photos, videos = sorted(folder.rglob("*.jpg")), sorted(folder.rglob("*.mp4"))
        if photos:
            self.run("vipsthumbnail", "--size", "2560", "-o", f"{place}/out/%s.jpg", *photos)
        for video in videos:
            self.run("ffmpeg", "-v", "error", "-nostdin", "-i", video, "-map_metadata", "-1", "-c", "copy", place / "out" / video.name)
        assert len(list((place / "out").iterdir())) == len(photos) + len(videos)

    def check(self, folder, receipt):
        assert receipt["cases"] and not receipt["rejects"], receipt["rejects"][:3]

    def by_the_door(self, folder, place):
        self.check(folder, json.loads(self.run(self.build / "fengcai", "--state", place / "state", "import", "--json", folder)))

    def by_the_stick(self, folder, place):
        (place / "conf").write_text(f"[stick]\nfolder = {self.top}/usb\n")
        words = [self.build / "fengcai", "--state", place / "state", "--config", place / "conf"]
        with open(place / "log", "w") as log:
            keeper = subprocess.Popen([*words, "keep"], env=self.env, stderr=log)
        try:
            while "asking" not in self.run(*words, "status", "--json"):
                time.sleep(0.1)
            self.begin()  # it has looked before anybody is asked
            self.check(folder, json.loads(self.run(*words, "import", "--json", folder)))
            self.end()
        finally:
            keeper.terminate()
            keeper.wait()

    def begin(self):
        self.wall = time.monotonic()

    def end(self):
        self.took = time.monotonic() - self.wall

    def time(self, way, folder):
        place = self.top / "place"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.begin()
        self.took = None
        way(folder, place)
        if self.took is None:
            self.end()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return self.took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(bench, what, folder, rounds):
    ways = {"by hand": bench.by_hand, "by the door": bench.by_the_door, "by the stick": bench.by_the_stick}
    times = {name: [] for name in ways}
    for i in range(rounds):
        for name in list(ways)[i % len(ways) :] + list(ways)[: i % len(ways)]:
            times[name].append(bench.time(ways[name], folder))
    hand = [statistics.median(t) for t in zip(*times["by hand"])]
    print(what)
    for name, each in times.items():
        wall, cpu = (statistics.median(t) for t in zip(*each))
        print(f"  {name:12} {wall:7.2f} s  CPU {cpu:7.2f} s  x {wall / hand[0]:.2f} (CPU x {cpu / hand[1]:.2f})", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--photos", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--video-mb", type=int, default=2048)
    parser.add_argument("--clip", type=Path)
    parser.add_argument("--in", dest="place", default="/var/tmp")
    parser.add_argument("--from", dest="source", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fengcai-bench-", dir=options.place) as top:
        bench = Bench(Path(options.build).resolve(), top)
        stick = Path(top) / "usb/sda1"
        sources = sorted(options.source.rglob("*.jpg")) if options.source else []
        make_photos(bench.build, stick / "三全育人/迎新", options.photos, sources)
        if options.photos:
            compare(bench, f"{options.photos} photos", stick, options.rounds)
        if options.video_mb:
            make_videos(stick / "三全育人/影像", options.video_mb, options.clip)  # photos have filled the other case
            compare(bench, f"{options.photos} photos, and videos beside", stick, options.rounds)
    return 0


sys.exit(main())
