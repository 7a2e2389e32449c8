#!/usr/bin/env python3
"""Runs a command on a terminal of its own and types into it.

usage: terminal.py [WAIT-FOR TYPE]... -- COMMAND...

Waits until the command has written WAIT-FOR, says whether the terminal echoes what is typed, and
types TYPE and the return key; "^C" and "^Z" are those keys. Prints what stood on the terminal;
ends with the command's status, 128 and the signal if one ended it.
"""
import os, pty, select, sys, termios

DEADLINE = 120  # seconds; only for a command that hangs


def echoes(terminal):
    return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)


def read(terminal, shown):
    """What came, appended to shown; False at the end."""
    if not select.select([terminal], [], [], DEADLINE)[0]:
        sys.exit(f"no word from the command; so far: {bytes(shown)!r}")
    try:
        piece = os.read(terminal, 4096)
    except OSError:  # the other side was closed
        piece = b""
    shown += piece
    return bool(piece)


def main():
    split = sys.argv.index("--")
    dialog, command = sys.argv[1:split], sys.argv[split + 1:]
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(command[0], command)
    shown, done, echo = bytearray(), 0, []
    for wanted, typed in zip(dialog[::2], dialog[1::2]):
        while (at := shown.find(wanted.encode(), done)) < 0:
            if not read(terminal, shown):
                sys.exit(f"never wrote {wanted!r}: {bytes(shown).decode()}")
        done = at + len(wanted.encode())
        echo.append(echoes(terminal))
        os.write(terminal, {"^C": b"\x03", "^Z": b"\x1a"}.get(typed, typed.encode() + b"\n"))
    while read(terminal, shown):
        pass
    echo.append(echoes(terminal))
    print(shown.decode().replace("\r", ""))
    print("echo:", " ".join("on" if e else "off" for e in echo))
    status = os.waitpid(child, 0)[1]
    sys.exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))


main()
