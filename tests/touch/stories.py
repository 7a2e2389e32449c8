#!/usr/bin/env python3
"""Stories of somebody in the lobby, on the real screen.

usage: SCREEN=WxHx24 tests/xvfb.sh stories.py BUILD [NAME...]     (77: what it needs is not installed)
"""
import json, os, re, shutil, subprocess, sys, tempfile, time, unittest
from pathlib import Path

from stage import SOURCE, Stage, skip_without_screen

BUILD = None
REACH = 0.55  # what is touched lies below: the lower 45 %


class Story(unittest.TestCase):
    def stage(self, **how):
        stage = Stage(BUILD, **how)
        self.addCleanup(stage.finish)
        return stage

    def shown(self, stage):
        """Opens the case that the loop shows."""
        case = stage.display()["case"]
        stage.tap_at(stage.size[0] // 2, stage.size[1] // 3)
        stage.wait(mode="case", case=case)
        return case

    def home(self, stage):
        self.shown(stage)
        stage.tap("home")
        stage.wait(mode="home")


class Loop(Story):
    def test_from_the_loop_to_any_case(self):
        stage = self.stage().start()
        first = self.shown(stage)
        stage.tap("home")
        stage.wait(mode="home", case=None)
        stage.tap("go", "unit", "safety")
        stage.wait(mode="unit", unit="safety")
        card = stage.target("go", "case")
        stage.tap_at(*card.middle)
        stage.wait(mode="case", case=card.text)
        self.assertNotEqual(card.text, first)
        stage.tap("back")
        stage.wait(mode="unit", unit="safety")
        stage.key("Escape")
        stage.wait(mode="home")
        stage.tap("back")
        stage.wait(mode="loop", case=first)

    def test_by_its_school(self):
        stage = self.stage().start()
        self.home(stage)
        stage.tap("go", "schools")
        stage.wait(mode="schools")
        school = stage.target("go", "school")
        stage.tap_at(*school.middle)
        stage.wait(mode="school", school=school.text)
        card = stage.target("go", "case")
        self.assertTrue(card.text.startswith(school.text + "/"))
        stage.tap_at(*card.middle)
        stage.wait(mode="case", case=card.text)

    def test_the_next_case_of_the_list(self):
        stage = self.stage().start()
        self.home(stage)
        stage.tap("go", "unit", "party")
        stage.wait(mode="unit")
        stage.tap("go", "case")
        seen = [stage.wait(mode="case")["case"]]
        for _ in range(2):
            following = [t for t in stage.targets() if t.kind == "replace" and t.place == "case"][-1]
            stage.tap_at(*following.middle)
            seen.append(stage.wait(case=following.text)["case"])
        self.assertEqual(len(set(seen)), 3)
        stage.tap("back")  # not through all of them
        stage.wait(mode="unit")

    def test_a_tap_that_slides_opens_it_too(self):
        stage = self.stage().start()
        case = stage.display()["case"]
        width, height = stage.size
        stage.drag((width // 2, height // 2), (width // 4, height // 2))
        stage.wait(mode="case", case=case)

    def test_about(self):
        stage = self.stage().start()
        self.home(stage)
        stage.tap("go", "about")
        stage.wait(mode="about")
        stage.tap("home")
        stage.wait(mode="home")


class Notice(Story):
    """A notice is loaded while the loop stands for a minute."""

    def load(self, stage, folder, title):
        place = stage.folder / "loaded" / folder
        place.mkdir(parents=True)
        (place / f"{title}.txt").write_text("今晚十点半至十一点检修。\n", encoding="utf-8")
        stage.run("import", place)
        return f"通知/{title}"

    def test_an_urgent_one_interrupts(self):
        stage = self.stage().start()
        before = stage.display()["case"]
        notice = self.load(stage, "紧急通知", "停电")
        stage.wait(20, mode="loop", case=notice)
        self.assertNotEqual(before, notice)
        self.assertEqual(self.shown(stage), notice)
        stage.tap("go", "notices")
        stage.wait(mode="notices")
        stage.tap("home")
        stage.wait(mode="home")
        stage.tap("go", "notices")
        stage.wait(mode="notices")
        card = stage.target("go", "case")
        self.assertEqual(card.text, notice)
        stage.tap_at(*card.middle)
        stage.wait(mode="case", case=notice)

    def test_a_normal_one_waits_its_turn(self):
        stage = self.stage().start()
        before = stage.display()["case"]
        self.load(stage, "通知", "停水")
        time.sleep(4)
        self.assertEqual(stage.display()["case"], before)
        self.home(stage)
        stage.tap("go", "notices")
        stage.wait(mode="notices")

    def follow(self, stage, count):
        """The cases that stand, from the one that stands now."""
        seen = [stage.display()["case"]]
        while len(seen) < count:
            seen.append(stage.wait(20, mode="loop", case=lambda case: case != seen[-1])["case"])
        return seen

    def test_two_at_once_and_then_on(self):
        stage = self.stage(loop="minimum_seconds = 5\nmaximum_seconds = 5\ntransition = cut\nslides = cover").start()
        order = self.follow(stage, 2)
        stage.stop()
        stage.start()
        self.assertEqual(stage.display()["case"], order[0])
        folder = stage.folder / "loaded/紧急通知"
        folder.mkdir(parents=True)
        for title in "停水", "停电":
            (folder / f"{title}.txt").write_text("今晚十点半至十一点检修。\n", encoding="utf-8")
        stage.run("import", folder)
        came = self.follow(stage, 5)  # after two cases they begin to come again
        self.assertEqual(came, [order[0], "通知/停水", "通知/停电", order[1], "通知/停水"])

    def test_gone_when_it_is_removed(self):
        stage = self.stage(loop="minimum_seconds = 5\nmaximum_seconds = 5\ntransition = cut\nslides = cover").start()
        notice = self.load(stage, "紧急通知", "停电")
        stage.wait(20, mode="loop", case=notice)
        seen = [stage.wait(20, mode="loop", case=lambda case: case != notice)["case"]]
        while stage.wait(20, mode="loop", case=lambda case: case != seen[-1])["case"] != notice:
            seen.append(stage.display()["case"])
        self.assertLessEqual(len(seen), 3)  # it comes again after two cases
        stage.run("remove", notice)
        seen = [stage.wait(20, mode="loop", case=lambda case: case != notice)["case"]]
        for _ in range(3):
            seen.append(stage.wait(20, mode="loop", case=lambda case: case != seen[-1])["case"])
        self.assertNotIn(notice, seen)


class Just_now(Story):
    """A touch within three seconds of a change offers the case before, too."""

    def test_the_one_before(self):
        stage = self.stage(loop="minimum_seconds = 5\nmaximum_seconds = 5\ntransition = cut\nslides = cover").start()
        before = stage.display()["case"]
        now = stage.wait(mode="loop", case=lambda case: case != before)["case"]
        stage.tap_at(stage.size[0] // 2, stage.size[1] // 3)
        stage.wait(mode="case", case=now)
        stage.tap("replace", "case", before, before=before)
        stage.wait(mode="case", case=before)

    def test_not_later(self):
        stage = self.stage(loop="minimum_seconds = 12\nmaximum_seconds = 12\ntransition = cut\nslides = cover").start()
        before = stage.display()["case"]
        now = stage.wait(20, mode="loop", case=lambda case: case != before)["case"]
        time.sleep(4)
        stage.tap_at(stage.size[0] // 2, stage.size[1] // 3)
        stage.wait(mode="case", case=now)
        target = stage.target("replace", "case", before, before=before)
        stage.tap_at(*target.middle)
        time.sleep(1)
        self.assertNotEqual(stage.display()["case"], before)


class Search(Story):
    def typed(self, stage, letters):
        for i, letter in enumerate(letters):
            stage.tap("type", text=letter)
            stage.wait(mode="search", query=letters[: i + 1])

    def test_by_initials_on_the_screen(self):
        stage = self.stage().start()
        self.home(stage)
        stage.tap("go", "search")
        stage.wait(mode="search", query="")
        self.typed(stage, "fzxfd")
        self.find_the_squad(stage)

    def find_the_squad(self, stage):
        hit = stage.target("go", "case")
        self.assertIn("反诈小分队", hit.text)
        stage.tap_at(*hit.middle)
        stage.wait(mode="case", case=hit.text)
        stage.tap("back")
        stage.wait(mode="search", query="fzxfd")

    def test_by_initials_on_real_keys(self):
        stage = self.stage().start()
        stage.type("fzxfd")
        stage.wait(mode="search", query="fzxfd")
        self.find_the_squad(stage)
        stage.key("BackSpace", "BackSpace")
        stage.wait(query="fzx")

    def test_a_word_that_is_offered(self):
        stage = self.stage().start()
        self.home(stage)
        stage.tap("go", "search")
        stage.wait(mode="search")
        word = next(t for t in stage.targets() if t.kind == "word" and t.text == "临溪")
        stage.tap_at(*word.middle)
        stage.wait(query="临溪")
        self.assertTrue(stage.target("go", "case").text.startswith("临溪大学/"))
        for left in ("临", ""):
            stage.tap("erase")
            stage.wait(query=left)

    def test_a_word_that_letters_stand_for(self):
        stage = self.stage().start()
        self.home(stage)
        stage.tap("go", "search")
        stage.wait(mode="search", query="")
        self.typed(stage, "fanzha")
        word = next(t for t in stage.targets() if t.kind == "word" and t.text == "反诈")
        stage.tap_at(*word.middle)
        stage.wait(query="反诈")
        self.assertIn("反诈小分队", stage.target("go", "case").text)

    def test_fast_fingers(self):
        stage = self.stage().start()
        self.home(stage)
        stage.tap("go", "search")
        stage.wait(mode="search", query="")
        keys = {t.text: t.middle for t in stage.targets() if t.kind == "type"}
        words = []
        for letter in "fanzhaxiaofendui":
            words += ["mousemove", *stage.on_panel(*keys[letter]), "mousedown", 1, "sleep", 0.05, "mouseup", 1, "sleep", 0.02]
        stage.mouse(*words)
        stage.wait(query="fanzhaxiaofendui")

    def test_what_was_typed_is_told_to_a_test_only(self):
        stage = self.stage()
        stage.process = subprocess.Popen([stage.build / "fengcai", "--state", stage.state, "--config", stage.conf, "display"],
                                         stderr=subprocess.DEVNULL)
        stage.wait(mode="loop")
        stage.type("fzxfd")
        self.assertNotIn("query", stage.wait(mode="search"))
        self.assertEqual(stage.stop(), 0)
        for file in stage.state.rglob("*"):
            if file.is_file() and file.name != "library.db":
                self.assertNotIn(b"fzxfd", file.read_bytes(), file)


class Zoom(Story):
    """Two fingers come from a trace: SDL's queue takes them as it takes those of a screen."""

    def start(self, events, **how):
        """Events: (milliseconds, text); the picture is opened before."""
        stage = self.stage(**how)
        stage.start()
        self.shown(stage)
        tap, picture = stage.on_panel, stage.target("go", "picture")
        self.assertEqual(stage.stop(), 0)
        width, height = stage.size
        x, y = picture.middle
        lines = [f"1500 touch down 1 {width // 2} {height // 3}", f"1560 touch up 1 {width // 2} {height // 3}",
                 f"3500 touch down 1 {x} {y}", f"3560 touch up 1 {x} {y}"]
        lines += [f"{5500 + ms} {text}" for ms, text in events]
        trace = stage.folder / "trace"
        trace.write_text("\n".join(lines) + "\n", encoding="utf-8")
        stage.start("--replay", trace)
        stage.wait(mode="picture", picture=0, zoom=lambda zoom: 0.99 < zoom < 1.01)
        return stage

    @staticmethod
    def pinch(stage, apart):
        """Two fingers beside the middle move apart, or together."""
        width, height = stage.size
        x, y, least, most = width // 2, height // 3, height // 10, height // 4
        begin, end = (least, most) if apart else (most, least)
        lines = [(0, f"touch down 1 {x - begin} {y}"), (10, f"touch down 2 {x + begin} {y}")]
        for i in range(1, 21):
            far = begin + (end - begin) * i // 20
            lines += [(20 + i * 16, f"touch move 1 {x - far} {y}"), (20 + i * 16, f"touch move 2 {x + far} {y}")]
        return lines + [(360, f"touch up 1 {x - end} {y}"), (365, f"touch up 2 {x + end} {y}")]

    @staticmethod
    def swipe(stage, share):
        width, height = stage.size
        y, begin = height // 3, width // 2 - int(width * share / 2)
        lines = [(0, f"touch down 1 {begin} {y}")]
        lines += [(i * 16, f"touch move 1 {begin + int(width * share * i / 10)} {y}") for i in range(1, 11)]
        return lines + [(176, f"touch up 1 {begin + int(width * share)} {y}")]

    def test_pinch_and_back(self):
        stage = self.stage()
        events = self.pinch(stage, True) + [(ms + 3000, text) for ms, text in self.pinch(stage, False)]
        stage = self.start(events)
        stage.wait(mode="picture", zoom=lambda zoom: zoom > 1.5)
        stage.wait(mode="picture", picture=0, zoom=lambda zoom: 0.99 < zoom < 1.01)

    def test_two_taps_and_back(self):
        stage = self.stage()
        x, y = stage.size[0] // 2, stage.size[1] // 3
        taps = [(at + ms, f"touch {kind} 1 {x} {y}") for at in (0, 200, 3000, 3200) for ms, kind in ((0, "down"), (60, "up"))]
        stage = self.start(taps)
        stage.wait(mode="picture", zoom=lambda zoom: zoom > 1.5)
        stage.wait(mode="picture", picture=0, zoom=lambda zoom: 0.99 < zoom < 1.01)

    def test_swipe_to_the_next_and_back(self):
        stage = self.stage()
        events = self.swipe(stage, -0.4) + [(ms + 3000, text) for ms, text in self.swipe(stage, 0.4)]
        stage = self.start(events)
        stage.wait(mode="picture", picture=1)
        stage.wait(mode="picture", picture=0)
        stage.key("Right")
        stage.wait(mode="picture", picture=1)
        stage.tap("back")
        stage.wait(mode="case")

    def test_a_large_picture_is_moved_and_not_turned(self):
        stage = self.stage()
        events = self.pinch(stage, True) + [(ms + 1500, text) for ms, text in self.swipe(stage, -0.2)]
        stage = self.start(events)
        stage.wait(mode="picture", zoom=lambda zoom: zoom > 1.5)
        time.sleep(2)
        self.assertEqual(stage.display()["picture"], 0)


class Video(Story):
    CASE = "星河工业大学/十分钟疏散：一次没有预告的消防演练"
    LENGTH = 11500  # and what its sound has more

    def stage(self, **how):
        return super().stage(only="十分钟疏散", **how)

    def open(self, stage):
        """The case that has one, and down to it; gives its place."""
        self.shown(stage)
        width, height = stage.size
        for _ in range(20):
            [video] = [t for t in stage.targets() if t.kind == "go" and t.place == "video"]
            top, foot = stage.view
            if top < video.middle[1] < foot:
                return video
            way = min(video.middle[1] - (top + foot) // 2, height * 3 // 5)
            stage.drag((width * 2 // 3, height * 4 // 5), (width * 2 // 3, height * 4 // 5 - way), rest=0.2)
            stage.rest()
        self.fail("the video is never in sight")

    def play(self, stage):
        stage.tap_at(*self.open(stage).middle)
        return self.until(stage, "playing", lambda ms: ms > 0)

    def until(self, stage, state, at=lambda ms: True, seconds=30):
        return stage.wait(seconds, mode="video", case=self.CASE,
                          video=lambda v: v and v["state"] == state and at(v["position_ms"]))["video"]

    def players(self, stage):
        """Threads of libmpv's."""
        names = [file.read_text().strip() for file in Path(f"/proc/{stage.process.pid}/task").glob("*/comm")]
        return [name for name in names if name.startswith("mpv/")]

    def pause(self, stage):
        """By its button; where the controls have gone already, the first touch brings them."""
        for _ in range(4):
            stage.tap("play")
            end = time.monotonic() + 1
            while time.monotonic() < end:
                if stage.display()["video"]["state"] == "paused":
                    return self.until(stage, "paused")["position_ms"]
        self.fail("it does not pause")

    def disc(self, stage):
        """In the middle of the picture, above the button."""
        [disc, _] = sorted((t for t in stage.targets() if t.kind == "play"), key=lambda t: t.y)
        self.assertLess(disc.middle[1], stage.size[1] * 2 // 3)
        return disc

    def test_played_and_paused_and_played_on(self):
        stage = self.stage().start()
        video = self.play(stage)
        self.assertAlmostEqual(video["duration_ms"], self.LENGTH, delta=100)
        self.assertIs(video["sound"], True)
        self.assertTrue(self.players(stage))
        at = self.pause(stage)
        time.sleep(1.5)
        self.assertEqual(self.until(stage, "paused")["position_ms"], at)
        stage.tap_at(*self.disc(stage).middle)
        self.until(stage, "playing", lambda ms: ms > at)
        stage.key("Escape")
        stage.wait(mode="case", case=self.CASE, video=None)
        stage.wait_for(lambda: not self.players(stage))
        stage.never(1, mode="video")

    def test_sound_off_and_on(self):
        stage = self.stage().start()
        self.play(stage)
        self.pause(stage)
        stage.tap("sound")
        stage.wait(video=lambda v: v["sound"] is False)
        stage.tap("sound")
        stage.wait(video=lambda v: v["sound"] is True)

    def test_it_begins_silent(self):
        stage = self.stage(config="[video]\nsound = off").start()
        self.assertIs(self.play(stage)["sound"], False)

    def test_the_bar_is_touched_and_dragged(self):
        stage = self.stage().start()
        self.play(stage)
        self.pause(stage)
        bar = stage.target("seek")
        stage.tap_at(bar.x + bar.width * 3 // 4, bar.middle[1])
        self.until(stage, "paused", lambda ms: abs(ms - self.LENGTH * 3 // 4) < 500)
        stage.drag((bar.x + bar.width * 3 // 4, bar.middle[1]), (bar.x + bar.width // 4, bar.middle[1]), rest=0.3)
        self.until(stage, "paused", lambda ms: abs(ms - self.LENGTH // 4) < 500)

    def test_sought_and_left_and_played_again(self):
        stage = self.stage().start()
        self.play(stage)
        stage.key("space")
        self.until(stage, "paused")
        stage.key("Right")
        stage.key("Escape")
        stage.wait(mode="case", case=self.CASE)
        stage.wait_for(lambda: not self.players(stage))
        stage.tap("go", "video")
        self.until(stage, "playing", lambda ms: 0 < ms < 5000, seconds=12)

    def test_paused_and_dragged_to_its_end(self):
        stage = self.stage().start()
        self.play(stage)
        stage.key("space")
        self.until(stage, "paused")
        bar = stage.target("seek")
        middle, end = (bar.x + bar.width // 2, bar.middle[1]), (bar.x + bar.width - 1, bar.middle[1])
        stage.drag(middle, end, rest=0.3)
        self.until(stage, "paused", lambda ms: ms > self.LENGTH - 1000)
        stage.key("space")
        self.until(stage, "playing", lambda ms: 0 < ms < 5000, seconds=12)

    def test_on_a_screen_that_is_turned(self):
        stage = self.stage(rotate=90).start()
        self.play(stage)
        self.pause(stage)
        bar = stage.target("seek")
        stage.tap_at(bar.x + bar.width // 2, bar.middle[1])
        self.until(stage, "paused", lambda ms: abs(ms - self.LENGTH // 2) < 500)
        stage.tap("play")
        self.until(stage, "playing")
        stage.tap("back")
        stage.wait(mode="case", case=self.CASE)

    def test_its_end_and_once_more(self):
        stage = self.stage().start()
        self.play(stage)
        video = self.until(stage, "ended")
        self.assertEqual(video["position_ms"], video["duration_ms"])
        self.assertEqual({t.kind for t in stage.targets()},
                         {"play", "sound", "seek", "back", "home", "reach", "english"})
        stage.tap("play")
        self.until(stage, "playing", lambda ms: 0 < ms < 5000)

    def test_all_that_is_touched_is_large_enough(self):
        stage = self.stage().start()
        self.play(stage)
        for state in ("paused", "playing"):
            if state == "paused":
                self.pause(stage)
            else:
                stage.tap("play")
            self.until(stage, state)
            self.assertEqual([t for t in stage.targets() if t.small], [])

    def test_keys(self):
        stage = self.stage().start()
        self.play(stage)
        stage.key("space")
        at = self.until(stage, "paused")["position_ms"]
        stage.key("Right")
        self.until(stage, "paused", lambda ms: ms > at + 4000)
        stage.key("Left")
        self.until(stage, "paused", lambda ms: abs(ms - at) < 500)
        stage.key("Escape")
        stage.wait(mode="case", case=self.CASE)

    def test_who_watches_is_there_until_it_ends(self):
        stage = self.stage(config="idle_seconds = 10").start()
        loop = stage.display()["case"]
        self.play(stage)
        began = time.monotonic()
        self.until(stage, "ended")
        self.assertFalse(stage.display()["notice"])
        self.assertGreater(time.monotonic() - began, 9)
        stage.wait(14, mode="video", notice=True)
        stage.wait(14, mode="loop", case=loop)

    def test_who_pauses_it_and_goes(self):
        stage = self.stage(config="idle_seconds = 10").start()
        self.play(stage)
        self.pause(stage)
        stage.wait(14, mode="video", notice=True)
        stage.wait(14, mode="loop")

    def spoil(self, stage, content):
        """The file is another, or none."""
        [file] = (stage.state / "media").glob("*/*.mp4")
        file.unlink()
        if content is not None:
            file.write_bytes(content)

    def cannot(self, stage):
        stage.tap_at(*self.open(stage).middle)
        self.until(stage, "failed")
        self.assertEqual({t.kind for t in stage.targets()}, {"back", "home", "reach", "english"})
        stage.wait(mode="case", case=self.CASE)  # by itself

    def test_a_file_that_is_missing(self):
        stage = self.stage()
        self.spoil(stage, None)
        stage.start()
        self.cannot(stage)
        self.assertIn(".mp4: 无法播放", stage.log.read_text(encoding="utf-8"))

    def test_a_file_that_is_damaged(self):
        stage = self.stage()
        [file] = (stage.state / "media").glob("*/*.mp4")
        whole = file.read_bytes()
        self.spoil(stage, b"\0" * len(whole))
        stage.start()
        self.cannot(stage)

    def test_a_file_of_which_nothing_comes(self):
        stage = self.stage()
        [pipe] = (stage.state / "media").glob("*/*.mp4")
        pipe.unlink()
        os.mkfifo(pipe)
        stage.start()
        self.cannot(stage)
        self.assertIn(".mp4: 无法播放", stage.log.read_text(encoding="utf-8"))
        os.close(os.open(pipe, os.O_WRONLY))

    def test_without_the_module(self):
        stage = self.stage()
        (stage.folder / "alone/libexec/fengcai").mkdir(parents=True)
        stage.program = [shutil.copy2(stage.build / "fengcai", stage.folder / "alone"), "--data", SOURCE]
        stage.start()
        self.cannot(stage)
        self.assertIn("video.so", stage.log.read_text(encoding="utf-8"))

    def test_a_blackout_ends_it(self):
        stage = self.stage()
        for words in (["pin", "set", "a"], ["blackout", "on"]):
            subprocess.run([stage.build / "fengcai", "--state", stage.state, *words], input=b"482915\n", check=True,
                           stdout=subprocess.DEVNULL)
            if words[0] == "pin":
                stage.start()
                self.play(stage)
                self.assertTrue(self.players(stage))
        stage.wait(mode="blackout", video=None)
        stage.wait_for(lambda: not self.players(stage))


class Clip(Story):
    """Videos that are made here."""
    CASE = "临溪大学/一段视频"

    def ffmpeg(self, *words):
        if not shutil.which("ffmpeg"):
            self.skipTest("no ffmpeg")
        subprocess.run(["ffmpeg", "-hide_banner", "-loglevel", "error", "-y", *(str(word) for word in words)], check=True)

    def case(self):
        """An empty case; its folder."""
        folder = tempfile.TemporaryDirectory(prefix="fengcai-clip-")
        self.addCleanup(folder.cleanup)
        case = Path(folder.name) / "cases/平安社区/一段视频（临溪大学）"
        case.mkdir(parents=True)
        (case / "正文.txt").write_text("一段视频。\n", encoding="utf-8")
        return case

    def play(self, case, **how):
        stage = self.stage(only=case.parent.parent, **how).start()
        self.shown(stage)
        stage.tap("go", "video")
        stage.wait(mode="video", video=lambda v: v and v["state"] == "playing" and v["position_ms"] > 0)
        return stage

    def coloured(self, turn):
        """Red above, blue below, of a camera that was held so."""
        case = self.case()
        flat, held = case.parent / "flat.mp4", {90: "cclock", 180: "clock,transpose=clock", 270: "clock"}[turn]
        self.ffmpeg("-f", "lavfi", "-i", "color=red:s=180x160:r=25:d=20", "-f", "lavfi", "-i", "color=blue:s=180x160:r=25:d=20",
                    "-filter_complex", f"vstack,transpose={held}", "-c:v", "libx264", "-pix_fmt", "yuv420p", flat)
        self.ffmpeg("-i", flat, "-c", "copy", "-metadata:s:v", f"rotate={360 - turn}", case / "01 竖.mp4")
        flat.unlink()
        return case

    def looks_upright(self, turn, **how):
        stage = self.play(self.coloured(turn), **how)
        width, height = stage.size
        stage.wait_for(lambda: stage.colour(width // 2, height // 4)[0] > 180)
        for part, seen in ((5, "red"), (9, "blue")):
            red, _, blue = stage.colour(width // 2, height * part // 16)
            self.assertEqual("red" if red > 180 and blue < 80 else "blue" if blue > 180 and red < 80 else (red, blue), seen)
        self.assertEqual(stage.display()["video"]["state"], "playing")

    def test_slides(self):
        case = self.case()
        self.ffmpeg("-f", "lavfi", "-i", "testsrc2=s=320x180:r=1/20:d=40", "-f", "lavfi", "-i", "sine=d=40",
                    "-c:v", "libx264", "-pix_fmt", "yuv420p", case / "01 讲座.mp4")
        stage = self.stage(only=case.parent.parent).start()
        self.shown(stage)
        stage.tap("go", "video")
        stage.wait(mode="video", video=lambda v: v and v["state"] == "playing")
        stage.never(17, mode="case")
        stage.wait(video=lambda v: v["state"] == "playing" and v["position_ms"] >= 20000)

    def test_sound_that_is_longer_than_the_picture(self):
        case = self.case()
        self.ffmpeg("-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=2", "-f", "lavfi", "-i", "sine=d=22",
                    "-c:v", "libx264", "-pix_fmt", "yuv420p", case / "01 片尾.mp4")
        stage = self.play(case)
        for at in (5000, 10000, 15000, 19000):
            stage.wait(8, video=lambda v: v["state"] == "playing" and v["position_ms"] >= at)
        stage.wait(8, video=lambda v: v["state"] == "ended")

    def test_a_phone_held_upright(self):
        self.looks_upright(90)

    def test_a_phone_held_upright_the_other_way(self):
        self.looks_upright(270)

    def test_a_phone_held_upside_down(self):
        self.looks_upright(180)

    def test_a_phone_held_upright_on_a_screen_that_is_turned(self):
        self.looks_upright(90, rotate=90)


class Idle(Story):
    CONFIG = "idle_seconds = 10"

    def test_back_to_the_loop_where_it_was(self):
        stage = self.stage(config=self.CONFIG).start()
        loop = stage.display()
        self.home(stage)
        stage.tap("reach")
        stage.wait(reach=True)
        stage.tap("go", "search")
        stage.wait(mode="search")
        stage.type("fzxfd")
        began = time.monotonic()
        stage.wait(query="fzxfd", notice=False)
        stage.wait(14, notice=True)
        self.assertGreater(time.monotonic() - began, 9)
        now = stage.wait(14, mode="loop", case=loop["case"], slide=loop["slide"])
        self.assertGreater(time.monotonic() - began, 18)
        self.assertNotIn("query", now)
        stage.tap_at(stage.size[0] // 2, stage.size[1] // 3)
        stage.wait(mode="case", case=loop["case"], reach=False)
        stage.tap("go", "search")
        stage.wait(mode="search", query="")

    def test_a_touch_takes_the_notice_away(self):
        stage = self.stage(config=self.CONFIG).start()
        self.home(stage)
        stage.wait(14, notice=True)
        stage.tap_at(stage.size[0] // 2, stage.size[1] // 2)  # over a unit
        stage.wait(notice=False, mode="home")
        stage.never(6, mode="loop")
        stage.never(1, mode="unit")

    def test_who_scrolls_is_there(self):
        stage = self.stage(config=self.CONFIG).start()
        self.shown(stage)
        width, height = stage.size
        for i in range(6):
            time.sleep(4)
            ends = [(width * 2 // 3, height * 2 // 3), (width * 2 // 3, height // 3)]
            stage.drag(*(ends if i % 2 == 0 else reversed(ends)))
            self.assertEqual(stage.display()["mode"], "case")
        self.assertFalse(stage.display()["notice"])


class Reach(Story):
    def check(self, stage, mode):
        now = stage.wait(mode=mode, reach=True)
        for target in stage.targets():
            low = target.y >= stage.size[1] * REACH - 1
            self.assertTrue(low or target.scrolled or target.kind == "none", f"{mode}: {target} of {now}")

    def test_all_that_is_touched_lies_low(self):
        stage = self.stage().start()
        self.home(stage)
        stage.tap("reach")
        self.check(stage, "home")
        for kind, place, text, mode in (("go", "unit", "party", "unit"), ("go", "case", None, "case"),
                                        ("go", "search", None, "search"), ("home", None, None, "home"),
                                        ("go", "schools", None, "schools"), ("go", "school", None, "school"),
                                        ("home", None, None, "home"), ("go", "about", None, "about")):
            stage.tap(kind, place, text)
            self.check(stage, mode)
        stage.tap("reach")
        stage.wait(mode="about", reach=False)

    def test_the_way_there_lies_low_everywhere(self):
        stage = self.stage().start()
        self.home(stage)
        for kind, place, text, mode in (("go", "unit", "party", "unit"), ("go", "case", None, "case"),
                                        ("go", "picture", None, "picture"), ("back", None, None, "case"),
                                        ("go", "search", None, "search")):
            stage.tap(kind, place, text)
            stage.wait(mode=mode)
            self.assertGreaterEqual(stage.target("reach").y, stage.size[1] * REACH - 1, mode)


class English(Story):
    def test_there_and_back_on_every_screen(self):
        stage = self.stage().start()
        self.home(stage)
        stage.tap("english")
        stage.wait(english=True)
        stage.tap("go", "unit", "service")
        stage.wait(mode="unit", english=True)
        stage.tap("go", "case")
        stage.wait(mode="case", english=True)
        stage.tap("english")
        stage.wait(mode="case", english=False)
        stage.tap("back")
        stage.wait(mode="unit", english=False)

    def test_larger_and_in_contrast(self):
        stage = self.stage().start()
        self.shown(stage)
        for size in (1, 2, 0):
            stage.tap("size")
            stage.wait(mode="case", size=size)
        stage.tap("contrast")
        stage.wait(mode="case", contrast=True)


class Rotate(Story):
    def around(self, rotate):
        stage = self.stage(rotate=rotate).start()
        width, height = stage.size
        self.assertEqual((stage.display()["width"], stage.display()["height"]), (width, height))
        self.home(stage)
        stage.tap("go", "unit", "education")
        stage.wait(mode="unit", unit="education")
        card = stage.target("go", "case")
        stage.tap_at(*card.middle)
        stage.wait(mode="case", case=card.text)
        stage.drag((width * 2 // 3, height * 2 // 3), (width * 2 // 3, height // 3))
        stage.wait(scroll=lambda scroll: scroll > height // 6)
        stage.tap("back")  # it may be moving still
        stage.wait(mode="unit", unit="education")

    def test_90(self):
        self.around(90)

    def test_180(self):
        self.around(180)

    def test_270(self):
        self.around(270)


class Goes_on(Story):
    def test_the_loop_goes_on_where_it_was(self):
        stage = self.stage(loop="minimum_seconds = 6\nmaximum_seconds = 6\ntransition = cut\nslides = cover").start()
        before = stage.display()["case"]
        case = stage.wait(mode="loop", case=lambda case: case != before)["case"]
        changed = time.monotonic()
        time.sleep(1)
        self.shown(stage)
        time.sleep(7)  # longer than its slide would have stood
        stage.tap("home")
        stage.wait(mode="home")
        stage.key("Escape")
        now = stage.wait(mode="loop")
        self.assertEqual(now["case"], case)
        back = time.monotonic()
        stage.never(2, mode="loop", case=before)
        following = stage.wait(mode="loop", case=lambda now: now != case)
        stood = time.monotonic() - back
        self.assertNotEqual(following["case"], before)
        self.assertTrue(2 < stood < 9, f"{stood} s of the 6 that it stands were left, {changed}")


class Scroll(Story):
    """Ten thousand cases: what is in sight is loaded, and no more."""

    def test_a_long_list(self):
        pictures = sorted((Path(__file__).resolve().parent.parent.parent / "assets/sample").rglob("*.jpg"))[:4]
        stage = self.stage(library=["2000", *pictures]).start()
        self.home(stage)
        stage.tap("go", "unit", "party")
        stage.wait(mode="unit")
        width, height = stage.size
        stage.drag((width // 2, height * 3 // 4), (width // 2, height // 4), rest=0.3)
        first = stage.rest()["scroll"]
        self.assertGreater(first, height // 4)
        stage.drag((width // 2, height * 3 // 4), (width // 2, height // 4), steps=4)  # flung
        stage.wait(scroll=lambda scroll: scroll > first + height)
        stage.rest()
        card = stage.target("go", "case")
        stage.tap_at(*card.middle)
        stage.wait(mode="case", case=card.text)
        scroll = stage.display()["scroll"]
        self.assertEqual(scroll, 0)
        stage.tap("back")
        stage.wait(mode="unit", scroll=lambda scroll: scroll > first + height)


class Desk(Story):
    """The administrator, at the screen."""

    def hold(self, stage, seconds):
        width = stage.size[0]
        stage.mouse("mousemove", *stage.on_panel(width - 120, 70), "mousedown", 1, "sleep", seconds, "mouseup", 1)

    def enter(self, stage, digits):
        for digit in digits:
            stage.tap("type", text=digit)
        stage.tap("enter")

    def desk(self, stage, digits="482915"):
        self.hold(stage, 3.5)
        stage.wait(mode="pin")
        self.enter(stage, digits)
        stage.wait(mode="panel")

    def with_pin(self, **more):
        stage = self.stage(**more)
        subprocess.run([stage.build / "fengcai", "--state", stage.state, "pin", "set", "王老师"], input=b"482915\n",
                       check=True, stdout=subprocess.DEVNULL)
        return stage.start()

    def test_held_for_too_short(self):
        stage = self.with_pin()
        case = stage.display()["case"]
        self.hold(stage, 1.5)
        stage.wait(mode="case", case=case)

    def test_another_pin_leads_nowhere(self):
        stage = self.with_pin()
        self.hold(stage, 3.5)
        stage.wait(mode="pin")
        self.enter(stage, "111222")
        stage.never(3, mode="panel")
        self.enter(stage, "482915")
        stage.wait(mode="panel")
        stage.tap("home")
        stage.wait(mode="home")
        stage.key("Escape")  # the desk is left for good
        stage.wait(mode="loop")

    def test_a_case_is_found_and_hidden(self):
        stage = self.with_pin()
        self.desk(stage)
        stage.tap("go", place="shelf")
        stage.wait(mode="shelf")
        stage.tap("go", place="search")
        stage.wait(mode="search")
        for letter in "lxdx":
            stage.tap("type", text=letter)
        stage.wait(query="lxdx")
        row = stage.target("go", "shelf_case")
        self.assertTrue(row.text.startswith("临溪大学/"))
        stage.tap_at(*row.middle)
        stage.wait(mode="shelf_case", case=row.text)
        stage.tap("ask", text="hide")
        stage.keep()
        stage.wait_for(lambda: row.text in stage.run("list", "--withdrawn"))
        stage.tap("ask", text="allow")
        stage.wait_for(lambda: row.text not in stage.run("list", "--withdrawn"))
        stage.tap("back")
        stage.wait(mode="search", query="lxdx")

    def test_nothing_is_shown_until_it_is_lifted(self):
        stage = self.with_pin()
        self.desk(stage)
        button = [t for t in stage.targets() if t.kind == "replace" and t.place == "panel"][1]
        stage.tap_at(*button.middle)
        time.sleep(1)
        stage.never(0.5, mode="blackout")  # it asks first
        stage.tap_at(*button.middle)
        time.sleep(2)
        stage.tap("home")
        stage.wait(mode="blackout")
        stage.tap_at(stage.size[0] // 2, stage.size[1] // 3)
        stage.key("Return")
        stage.type("a")
        stage.never(2, mode="case")
        stage.stop()
        stage.process = subprocess.Popen(
            [stage.build / "fengcai", "--state", stage.state, "--config", stage.conf, "display", "--test"])
        stage.wait(mode="blackout")
        self.desk(stage)
        stage.tap("black")
        time.sleep(1)
        stage.tap("home")
        stage.wait(mode="home")

    def keeper(self, stage):
        process = subprocess.Popen([stage.build / "fengcai", "--state", stage.state, "--config", stage.conf, "keep"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)

    def test_what_one_entered_another_approves(self):
        stage = self.with_pin(config="[approval]\nmode = two")
        subprocess.run([stage.build / "fengcai", "--state", stage.state, "pin", "set", "赵老师", "--role", "review"],
                       input=b"730164\n", check=True, stdout=subprocess.DEVNULL)
        folder = stage.folder / "来/平安社区/守夜（望川大学）"
        folder.mkdir(parents=True)
        (folder / "正文.txt").write_text("一整夜。", encoding="utf-8")
        stage.keep()
        stage.run("import", stage.folder / "来")
        self.assertIn("不能审核", self.approve(stage, "482915"))
        self.assertNotIn("守夜", stage.run("list"))
        self.assertIn("已审核1个", self.approve(stage, "730164"))
        self.assertIn("守夜", stage.run("list"))

    def approve(self, stage, digits):
        """Looks at the first that waits, and approves it; what the keeper says."""
        self.desk(stage, digits)
        for place in "review", "preview":
            stage.tap("go", place=place)
            stage.wait(mode=place)
        button = next(t for t in stage.targets() if t.kind == "replace" and t.place == "preview")
        stage.tap_at(*button.middle)
        time.sleep(1)
        before = stage.asked("approve")
        stage.tap("ask", text="approve", picture=1)  # it asked first
        stage.wait_for(lambda: stage.asked("approve") != before)
        said = stage.answer("approve")[2]
        stage.tap("home")
        stage.wait(mode="home")
        stage.key("Escape")
        stage.wait(mode="loop")
        return said

    def test_what_lies_on_a_stick_is_taken(self):
        """It is looked at without a touch; one case is left, the rest is taken when it was asked for twice."""
        usb = Path(tempfile.mkdtemp(prefix="fengcai-usb-"))
        self.addCleanup(shutil.rmtree, usb, True)
        stage = self.with_pin(config=f"[stick]\nfolder = {usb}")
        self.keeper(stage)
        for name in ("守夜", "巡楼"):
            (usb / ".甲/平安社区" / f"{name}（望川大学）").mkdir(parents=True)
            (usb / ".甲/平安社区" / f"{name}（望川大学）" / "正文.txt").write_text("一整夜。", encoding="utf-8")
        (usb / ".甲").rename(usb / "甲")
        self.desk(stage)
        stage.tap("go", "stick")
        stage.wait(mode="stick")
        _, arguments, said = stage.answer("preview")  # of what a look has seen
        look = arguments["look"]
        self.assertEqual((arguments["path"], said[:4]), (str(usb / "甲"), "good"))
        time.sleep(1.5)  # the page is made anew each second
        marks = [t for t in stage.targets(request=look) if t.scrolled and t.kind == "replace" and t.width < stage.size[0] // 5]
        self.assertEqual(len(marks), 2)
        stage.tap_at(*marks[0].middle)
        time.sleep(1.5)
        take = next(t for t in stage.targets(request=look) if t.kind == "replace" and t.place == "stick" and t not in marks)
        stage.tap_at(*take.middle)
        time.sleep(1)
        self.assertIsNone(stage.asked("take"))  # it asks first
        stage.tap_at(*take.middle)
        _, arguments, said = stage.answer("take")
        self.assertEqual(len(arguments["choose"]), 1)
        self.assertTrue(said.startswith("good 新增1个"), said)
        titles = [line for line in stage.run("list").split("\n") if arguments["choose"][0] in line]
        self.assertEqual(len(titles), 1)


class Stick(Story):
    """A stick is a folder that is moved below [stick] folder; the card in the corner says what becomes of it."""

    def with_keeper(self):
        folder = Path(tempfile.mkdtemp(prefix="fengcai-stick-"))
        self.addCleanup(shutil.rmtree, folder, True)
        self.folder, self.sticks = folder, folder / "usb"
        self.sticks.mkdir()
        (folder / "新").mkdir()
        shutil.copytree(SOURCE / "assets/sample/党建引领", folder / "新/党建引领")
        stage = self.stage(config=f"[stick]\nfolder = {self.sticks}\n[source a]\nurl = https://127.0.0.1:9/feed.json\n"
                                  f"key = {folder}/钥.pub")
        stage.run("keygen", "--no-password", folder / "钥")
        subprocess.run([stage.build / "fengcai", "--state", stage.state, "pin", "set", "王老师"], input=b"482915\n",
                       check=True, stdout=subprocess.DEVNULL)
        return stage.keep().start()

    def plug(self, folder, name):
        """Whole from its first moment."""
        shutil.copytree(folder, self.sticks / f".{name}")
        (self.sticks / f".{name}").rename(self.sticks / name)

    def says(self, stage, *parts):
        stage.wait(card=lambda card: all(part in (card or "") for part in parts))

    def test_a_signed_bundle_is_taken(self):
        stage = self.with_keeper()
        stage.run("pack", self.folder / "新", self.folder / "包", "--key", self.folder / "钥.key")
        self.plug(self.folder / "包", "甲")
        self.says(stage, "新增3个案例", "可以拔出U盘", "《")
        shutil.rmtree(self.sticks / "甲")
        stage.wait(card="")
        self.plug(self.folder / "包", "乙")
        self.says(stage, "内容已是最新", "可以拔出U盘")
        shutil.rmtree(self.sticks / "乙")

    def test_what_is_not_signed_waits_for_a_pin(self):
        stage = self.with_keeper()
        case = self.folder / "盘/平安社区/楼道里的灯（临溪大学）"
        case.mkdir(parents=True)
        (case / "正文.txt").write_text("楼道里的灯坏了半个月，楼长小林把它修好了。", encoding="utf-8")
        self.plug(self.folder / "盘", "丙")
        self.says(stage, "发现U盘 · 丙", "长按屏幕右上角三秒，输入 PIN 导入")
        width = stage.size[0]
        stage.mouse("mousemove", *stage.on_panel(width - 120, 70), "mousedown", 1, "sleep", 3.5, "mouseup", 1)
        self.assertNotIn("card", stage.wait(mode="pin"))  # it is of the loop
        stage.tap("home")
        stage.wait(mode="home")
        stage.key("Escape")
        stage.wait(mode="loop", card=lambda card: "发现U盘" in card)
        subprocess.run([stage.build / "tests/desk", stage.state, "ask", "take", f'{{"path": "{self.sticks}/丙"}}', "王老师"],
                       check=True, stdout=subprocess.DEVNULL)
        self.says(stage, "新增1个案例", "《楼道里的灯》", "可以拔出U盘")
        self.plug(SOURCE / "assets/icons", "丁")
        self.says(stage, "没有可导入的内容", "可以拔出U盘", "另有1个U盘")

    def test_nothing_is_said_in_a_blackout(self):
        stage = self.with_keeper()
        self.plug(SOURCE / "assets/icons", "丁")
        self.says(stage, "没有可导入的内容")
        for switch, mode in (("on", "blackout"), ("off", "loop")):
            subprocess.run([stage.build / "fengcai", "--state", stage.state, "blackout", switch], input=b"482915\n",
                           check=True, stdout=subprocess.DEVNULL)
            self.assertEqual("card" in stage.wait(mode=mode), switch == "off")


class First(Story):
    """A screen that was hung up just now: nobody has a PIN."""

    hold, enter = Desk.hold, Desk.enter

    def with_code(self, **how):
        stage = self.stage(**how)
        code = re.search(r"(\d{4}) (\d{4})", stage.run("pin", "code"))
        return stage.start(), code[1] + code[2]

    def begin(self, stage, code):
        self.hold(stage, 3.5)
        stage.wait(mode="pin")
        self.enter(stage, code)
        stage.wait(mode="own_school", setup=True)

    def typed(self, stage, count):
        stage.wait(mode="new_pin", typed=count)

    def choose_pin(self, stage, digits):
        stage.tap("word", text="值班老师")
        for again in (False, True):
            stage.wait(mode="new_pin", picture=2 if again else 1, typed=0)
            for count, digit in enumerate(digits):
                stage.tap("type", text=digit)
                self.typed(stage, count + 1)
            stage.tap("enter")

    def settings(self, stage):
        status = json.loads(stage.run("status", "--json"))
        return {f"{one['section']}.{one['key']}": (one["value"], one["by"]) for one in status["screen_settings"]}

    def test_the_first_set_up(self):
        stage, code = self.with_code()
        before = stage.display()["width"]
        self.begin(stage, code)
        school = stage.target("choose").text
        stage.tap("choose", text=school)
        stage.wait(mode="building")
        for piece in ("3", "号楼"):
            stage.tap("type", text=piece)
            stage.wait(query=lambda query: query.endswith(piece))
        stage.tap("enter")
        stage.wait(mode="turn", picture=0)
        stage.tap("turn", text="2")
        stage.wait(mode="keep")
        stage.rotate = 180
        self.assertEqual(stage.display()["width"], before)
        stage.tap("keep", text="1")
        stage.wait(mode="clock")
        self.assertEqual(self.settings(stage), {"site.school": (school.split("=")[1], "首次设置"),
                                                "site.building": ("3号楼", "首次设置"),
                                                "display.rotate": ("180", "首次设置")})
        stage.tap("go", "new_pin")
        stage.wait(mode="new_pin")
        self.choose_pin(stage, "7294")
        stage.wait(mode="finish")
        pid = stage.process.pid
        stage.tap("restart")
        stage.wait(mode="loop")
        self.assertEqual(stage.process.pid, pid)
        self.assertIn("3号楼", stage.run("config"))
        self.assertEqual(stage.run("pin", "list"), "值班老师  审核 (review)\n")
        self.hold(stage, 3.5)  # it hangs the other way up, and so does its corner
        stage.wait(mode="pin")
        self.enter(stage, "7294")
        stage.wait(mode="panel")
        stage.tap("go", "screen")
        stage.wait(mode="screen")

    def test_a_turned_picture_turns_back(self):
        stage, code = self.with_code()
        size = stage.display()["width"], stage.display()["height"]
        self.begin(stage, code)
        stage.tap("go", "building")
        stage.wait(mode="building")
        stage.tap("go", "turn")
        stage.wait(mode="turn")
        stage.tap("turn", text="1")
        stage.wait(mode="keep", width=size[1], height=size[0])
        stage.wait(mode="turn", width=size[0], height=size[1])
        self.assertEqual(self.settings(stage), {})
        stage.key("Escape")
        stage.wait(mode="building")


if __name__ == "__main__":
    skip_without_screen()
    BUILD = sys.argv[1]
    unittest.main(argv=sys.argv[:1] + sys.argv[2:], verbosity=2)
