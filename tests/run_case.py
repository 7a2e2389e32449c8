#!/usr/bin/env python3
"""Runs a case: the real program in a temporary folder, compared with what the case says it prints.

usage: run_case.py BUILD-FOLDER CASE-FILE

A case is a text file:
    # a comment
    $ a shell command             run in the case's folder; `fengcai` is the program
    ? 3                           the exit status it must have; 0 when not written
    a line it prints              stdout and stderr, in order; empty lines do not count
    a line with [...] in it       [...] stands for anything within the line
    [...]                         alone: any number of lines
Before it: HOME, the state and everything else lie in the temporary folder; $SAMPLE is the folder
of the sample library, $TOOLS that of the test tools. `FENGCAI_STATE` is not used by the program:
the state is found through XDG_STATE_HOME.
"""
import contextlib, os, re, signal, subprocess, sys, tempfile
from pathlib import Path


def steps(text):
    """[(line number, command, status, expected lines)]"""
    result = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("$ "):
            result.append([number, line[2:], 0, []])
        elif line.startswith("? ") and result:
            result[-1][2] = int(line[2:])
        elif line.strip() and not line.startswith("#") and result:
            result[-1][3].append(line)
    return result


def line_pattern(line):
    return ".*".join(re.escape(part) for part in line.split("[...]"))


def matches(expected, lines):
    pattern = "".join("(?:.*\n)*" if e.strip() == "[...]" else line_pattern(e) + "\n" for e in expected)
    return re.fullmatch(pattern, "".join(l + "\n" for l in lines)) is not None


def run_step(command, folder, env, groups):
    """(status, lines); what it leaves running is in a process group that joins `groups`."""
    step = subprocess.Popen(["sh", "-c", command], cwd=folder, env=env, stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    groups.append(step.pid)
    out = step.communicate(timeout=300)[0].decode("utf-8", "replace")
    return step.returncode, [l for l in out.split("\n") if l.strip()]


def run_case(build, case, groups):
    source = Path(__file__).resolve().parent.parent
    with tempfile.TemporaryDirectory(prefix="fengcai-case-") as folder:
        env = {k: v for k, v in os.environ.items() if k in ("LANG", "LC_ALL", "TZ", "ASAN_OPTIONS", "UBSAN_OPTIONS")}
        env.update(PATH=f"{build}:{build}/tests:/usr/bin:/bin", HOME=folder, XDG_STATE_HOME=folder,
                   SAMPLE=str(source / "assets/sample"), TOOLS=str(build / "tests"), SOURCE=str(source), TZ="Asia/Shanghai")
        todo = steps(case.read_text(encoding="utf-8"))
        if not todo:
            sys.exit(f"{case.name}: no step in it")
        for number, command, status, expected in todo:
            got, lines = run_step(command, folder, env, groups)
            if got != status or not matches(expected, lines):
                print(f"{case.name}:{number}: $ {command}\nexpected status {status}, got {got}\nexpected:")
                print("\n".join("  " + e for e in expected) + "\ngot:\n" + "\n".join("  " + l for l in lines))
                return 1
    return 0


def main():
    groups = []
    try:
        return run_case(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), groups)
    finally:
        for group in groups:  # a keeper that a failed step did not come to end
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)


sys.exit(main())
