"""Times what a command takes to say something: `runner --help` and `runner ls` on the starter.

As seconds, and as a ratio to `python -c pass`, which says the same on any machine. The best of
several runs counts.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.ratio import RUNNER

AIMS = {"runner --help": 0.25, "runner ls": 0.6}
"""The most seconds that each should take."""


def measure(runs: int) -> dict[str, float]:
    """Return the seconds of `python -c pass` and of each command."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "starter"
        subprocess.run([RUNNER, "init", project], check=True, capture_output=True)
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "runner --help": [str(RUNNER), "--help"],
            "runner ls": [str(RUNNER), "ls", "--project-dir", str(project)],
        }
        return {name: _best(command, runs) for name, command in commands.items()}


def _best(command: list[str], runs: int) -> float:
    seconds = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        seconds.append(time.perf_counter() - start)
    return min(seconds[1:])


def main() -> None:
    """Measure, and print a line per command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.startup", description=__doc__)
    parser.add_argument("--runs", type=int, default=10)
    found = measure(parser.parse_args().runs)
    least = found["python -c pass"]
    for name, seconds in found.items():
        aim = f"{AIMS[name]:>6} s" if name in AIMS else ""
        missed = "  missed" if seconds > AIMS.get(name, seconds) else ""
        print(f"{name:<16}{seconds:>7.3f} s{seconds / least:>7.1f} times{aim}{missed}")


if __name__ == "__main__":
    main()
