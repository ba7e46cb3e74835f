"""What the page may start: a build, which is a process of its own."""

import json
import subprocess
import sys

from runner.web.served import Served


def command_line(served: Served, *arguments: str) -> list[str]:
    """Return a command of runner on the project that is served."""
    options = ["--project-dir", str(served.folder.resolve())]
    options += ["--target", served.target] if served.target else []
    options += ["--vars", json.dumps(dict(served.variables))] if served.variables else []
    return [sys.executable, "-m", "runner", *arguments, *options]


def start_build(served: Served, connection: str) -> None:
    """Start a build of one connection; it goes on when the page ends, and writes its own log.

    Where another build holds the lock of the warehouse, it ends at once, and its log says so.
    """
    subprocess.Popen(  # noqa: S603
        command_line(served, "build", "--connection", connection, "--quiet"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
