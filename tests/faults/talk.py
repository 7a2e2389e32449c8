#!/usr/bin/env python3
"""Kills keeper and asker (SIGKILL) at each call that touches the disk: a request is done exactly once.

usage: talk.py BUILD [--all] [--kind KIND] [--nth N] [--seed N]

For each kind of request: the asker (tests/desk, as the panel would) is killed at its calls, the keeper at its calls, and the
keeper once more where it goes on. Then a keeper starts in peace: the library is as after one such request, with one receipt
and one answer that says so; or, where the asker died before it was told the request's uid, as after one or none.
Without --all: a sample of the calls of the keeper.
"""
import argparse, json, random, shutil, signal, sqlite3, subprocess, sys, time
from ground import DISK, Finding, Ground

SAMPLE = 8  # calls of a keeper's, of each kind
TOMATO = "青禾大学/番茄"
GARDEN = "青禾大学/菜地"
KINDS = {  # kind: (arguments, with how many receipts, what was done before)
    "take": ({"path": "{input}/more"}, 1, None),
    "choose": ({"path": "{input}/more", "choose": ["青禾大学/合唱"], "replace": True}, 1, None),
    "remove": ({"id": TOMATO}, 1, None),
    "allow": ({"id": GARDEN}, 1, ["remove", GARDEN]),
    "rollback": ({}, 1, ["import", "{input}/more"]),
    "look": ({"path": "{input}/more"}, 0, None),
}


class Talk:
    def __init__(self, build):
        self.ground = Ground(build)
        self.desk = self.ground.build / "tests/desk"
        self.made = set()

    def begin(self, before):
        """Three generations: going back twice is not going back once."""
        name = "-".join(["stepped", *(before or [])]).replace("/", "-")
        if name not in self.made and before:
            self.ground.fresh("stepped")
            self.ground.must(before)
            shutil.copytree(self.ground.state, self.ground.top / name)
        self.made.add(name)
        self.ground.fresh(name)

    def ask(self, kind, nth=0):
        """The uid that the asker was told; None: it died before."""
        arguments = json.dumps(KINDS[kind][0], ensure_ascii=False).replace("{input}", str(self.ground.input))
        words = [self.desk, self.ground.state, "ask", "take" if kind == "choose" else kind, arguments, "王老师"]
        ground = self.ground
        ground.shared.write_bytes(bytes(ground.shared.stat().st_size))
        env = {"PATH": "/usr/bin:/bin", "LD_PRELOAD": str(ground.build / "tests/libshim.so"), "FENGCAI_SHIM": str(ground.shared),
               "FENGCAI_SHIM_PROGRAM": "desk", "FENGCAI_SHIM_CLASS": ",".join(DISK), "FENGCAI_SHIM_NTH": str(nth),
               "FENGCAI_SHIM_MODE": "kill", "FENGCAI_SHIM_ERRNO": "5"}
        run = subprocess.run(words, env=env, capture_output=True, text=True)
        if run.returncode not in (0, -signal.SIGKILL):
            raise Finding(f"the asker ended with {run.returncode}: {run.stderr}")
        return run.stdout.strip() if run.returncode == 0 else None

    def calls_of_asker(self, kind):
        for nth in range(1, 1000):
            self.begin(KINDS[kind][2])
            if self.ask(kind, nth):
                return nth - 1

    def keep(self, **fault):
        return self.ground.run(["keep"], haste=True, **fault)

    def rows(self, database, sql):
        path = self.ground.state / database
        if not path.exists():
            return []
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
            rows = db.execute(sql).fetchall()
        db.close()
        return rows

    def check(self, kind, uid, old, new):
        """After a keeper was let run to its end. uid None: the request may have been lost."""
        ground = self.ground
        library = ground.check([new] if uid else [old, new])
        lying = [row[0] for row in self.rows("station.db", "SELECT uid FROM requests")]
        if uid and lying != [uid]:
            raise Finding(f"the desk holds {lying}")
        answers = self.rows("ledger.db", "SELECT uid, result, message FROM requests_done")
        if [a[0] for a in answers] != lying:
            raise Finding(f"answers: {answers}")
        if kind != "look" and [a for a in answers if a[1] != "good"]:
            raise Finding(f"answers: {answers}")
        receipts = self.rows("ledger.db", "SELECT request, json FROM receipt WHERE length(request) = 32")
        if len(receipts) != (KINDS[kind][1] if lying else 0) or any(r[0] != lying[0] for r in receipts):
            raise Finding(f"receipts: {receipts}")
        if receipts and json.loads(receipts[0][1]).get("by") != "王老师":
            raise Finding(f"the receipt does not say by whom: {receipts}")
        if kind == "allow" and lying and self.rows("ledger.db", "SELECT id FROM withdrawn"):
            raise Finding("answered, but still withdrawn")
        if lying and library != new:
            raise Finding("answered, but not done")

    def ends(self, kind):
        """The library before and after, and how many calls the keeper makes."""
        self.begin(KINDS[kind][2])
        old = self.ground.library()
        uid = self.ask(kind)
        counted = self.keep(kinds=DISK)
        if counted.code != 0:
            raise Finding(f"{kind}: without any fault: exit {counted.code}: {counted.said}")
        new = self.ground.library()
        self.check(kind, uid, old, new)
        if kind not in ("look", "allow") and old == new:
            raise Finding(f"{kind} changes nothing: nothing is tested")
        return old, new, counted.chosen

    def kill_asker(self, kind, nth, old, new):
        self.begin(KINDS[kind][2])
        uid = self.ask(kind, nth)
        self.ground.must(["pin", "list"])  # the display starts again and recovers what is its own
        self.ground.clean_start()
        self.check(kind, uid, old, new)

    def kill_keeper(self, kind, moments, old, new):
        """True: it was killed at least once."""
        self.begin(KINDS[kind][2])
        uid = self.ask(kind)
        killed = False
        for nth in moments:
            run = self.keep(kinds=DISK, nth=nth, mode="kill")
            killed = killed or run.code == -signal.SIGKILL
            if run.code not in (0, -signal.SIGKILL):
                raise Finding(f"the keeper ended with {run.code}: {run.said}")
        self.ground.clean_start()
        self.check(kind, uid, old, new)
        return killed


def add_input(ground):
    from ground import write_case

    write_case(ground.input / "more", "番茄", "番茄酱做好了。", [1, 6])
    write_case(ground.input / "more", "合唱", "楼道里的合唱。", [7])


def attempt(what, again, function, *arguments):
    """0: good; 1: a finding."""
    try:
        function(*arguments)
        return 0
    except Finding as finding:
        print(f"FINDING {what} ({again}): {finding}", flush=True)
        return 1


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--nth", type=int)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    rng = random.Random(options.seed)
    talk = Talk(options.build)
    add_input(talk.ground)
    findings = moments = killed = 0
    for kind in KINDS if not options.kind else [options.kind]:
        old, new, calls = talk.ends(kind)
        askers = talk.calls_of_asker(kind) if options.all or kind == "rollback" else 0
        for nth in range(1, askers + 1):
            findings += attempt(f"{kind}: asker killed", f"call {nth} of {askers}", talk.kill_asker, kind, nth, old, new)
            moments += 1
        picked = range(1, calls + 1) if options.all else sorted(rng.sample(range(1, calls + 1), min(SAMPLE, calls)))
        for nth in [options.nth] if options.nth else picked:
            then = rng.randint(1, calls)
            findings += attempt(f"{kind}: keeper killed", f"--kind {kind} --nth {nth} of {calls}", talk.kill_keeper, kind, [nth], old, new)
            findings += attempt(f"{kind}: keeper killed twice", f"calls {nth}, {then}", talk.kill_keeper, kind, [nth, then], old, new)
            moments += 2
            killed += 1
        print(f"{kind}: keeper {calls} calls" + (f", asker {askers}" if askers else ""), flush=True)
    print(f"seed {options.seed}: {moments} moments, {findings} findings")
    return 1 if findings or not killed else 0


sys.exit(main())
