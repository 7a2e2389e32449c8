#!/usr/bin/env python3
"""What playing a video costs beside mpv: processor, frames shown, memory before, while and after; wakeups of one that
is paused.

usage: SCREEN=1920x1080x24 tests/xvfb.sh python3 tests/bench/video.py BUILD [SECONDS]

The clip is 1080p30 H.264 with sound, made by ffmpeg. mpv plays it by --vo=x11, which needs no GPU either, on the same
screen, before and after ours.
"""
import os, subprocess, sys, tempfile, time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "touch"))
from stage import Stage

TICKS = os.sysconf("SC_CLK_TCK")
CASE = "临溪大学/一段视频"


class Bench(Stage):
    def sample(self, folder, only):
        return only


def clip(folder, seconds):
    case = Path(folder) / "平安社区/一段视频（临溪大学）"
    case.mkdir(parents=True)
    (case / "正文.txt").write_text("一段视频。\n", encoding="utf-8")
    file = case / "01 测试.mp4"
    subprocess.run(["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc2=s=1920x1080:r=30", "-f", "lavfi", "-i",
                    "sine=440", "-t", str(seconds), "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "veryfast",
                    "-b:v", "8M", "-c:a", "aac", file], check=True)
    return file


def cpu(pid):
    """Seconds, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def pss(pid):
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().split("\n"):
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024


def wakeups(pid):
    count = 0
    for status in Path(f"/proc/{pid}/task").glob("*/status"):
        lines = dict(line.split(":", 1) for line in status.read_text().split("\n") if ":" in line)
        count += int(lines["voluntary_ctxt_switches"])
    return count


def measure(pid, seconds, frames=lambda: 0):
    began, used, shown = time.monotonic(), cpu(pid), frames()
    time.sleep(seconds)
    took = time.monotonic() - began
    return (cpu(pid) - used) / took, (frames() - shown) / took


def mpv(file, seconds):
    process = subprocess.Popen(["mpv", "--no-config", "--really-quiet", "--vo=x11", "--hwdec=no", "--ao=null", "--fs",
                                "--osc=no", "--loop", file])
    try:
        time.sleep(3)
        return measure(process.pid, seconds)[0], pss(process.pid)
    finally:
        process.terminate()
        process.wait()


def ours(stage, seconds):
    pid = stage.process.pid
    stage.tap_at(stage.size[0] // 2, stage.size[1] // 3)
    stage.wait(mode="case", case=CASE)
    before = pss(pid)
    stage.tap("go", "video")
    stage.wait(mode="video", video=lambda v: v and v["position_ms"] > 0)
    time.sleep(3.5)  # its controls have gone
    used, shown = measure(pid, seconds, lambda: stage.display()["frames"])
    playing = pss(pid)
    stage.key("space")
    stage.wait(video=lambda v: v["state"] == "paused")
    time.sleep(1)
    woken = wakeups(pid)
    idle = measure(pid, 10)[0]
    woken = (wakeups(pid) - woken) / 10
    stage.key("Escape")
    stage.wait(mode="case")
    time.sleep(3)
    return used, shown, (before, playing, pss(pid)), (woken, idle)


def main():
    build, seconds = sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 10
    with tempfile.TemporaryDirectory() as folder:
        file = clip(folder, seconds + 20)
        stage = Bench(build, only=folder)
        try:
            first = mpv(file, seconds)
            stage.start()
            used, shown, memory, paused = ours(stage, seconds)
            stage.stop()
            second = mpv(file, seconds)
        finally:
            stage.finish()
    peer = (first[0] + second[0]) / 2
    print(f"CPU seconds a second: ours {used:.3f}, mpv --vo=x11 {first[0]:.3f} and {second[0]:.3f}: {used / peer:.2f}")
    print(f"frames shown a second: {shown:.1f} of 30")
    print("PSS in MB before, while, after: " + ", ".join(f"{m:.1f}" for m in memory) + f"; mpv {first[1]:.1f}")
    print(f"paused: {paused[0]:.1f} wakeups and {paused[1]:.4f} CPU seconds a second")


main()
