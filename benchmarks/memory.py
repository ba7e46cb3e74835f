"""Measures the memory that `runner build` takes at most, as the system counts it for the process.

The benchmark's project is built with a `memory_limit`: a first import, then a repeat after a share
of the lines has changed. What the process holds at most (peak resident set) is more than what the
engine may take: Python, the libraries, and what DuckDB takes outside its pool.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks import generate
from benchmarks.ratio import PROJECT, RUNNER


@dataclass(frozen=True)
class Peak:
    """What one build took."""

    build: str
    # Peak resident set, in MB of a million bytes.
    megabytes: float
    seconds: float
    # Of all processors, in seconds: other work changes these less.
    processors: float


def measure(lines: int, changed: float, limit: str, folder: Path) -> list[Peak]:
    """Build the benchmark's project in `folder`, which is emptied, under a memory limit.

    Raises `subprocess.CalledProcessError` when a build fails.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(PROJECT, folder)
    project = folder / "runner_project.yml"
    text = project.read_text(encoding="utf-8")
    text, count = re.subn("memory_limit: [0-9]+[A-Z]+", f"memory_limit: {limit}", text)
    assert count == 1, "the project's target changed its form"
    project.write_text(text, encoding="utf-8")
    peaks = []
    for build, share in (("first import", 0), (f"repeat, {changed:g} % changed", changed)):
        # In a process of its own: a process takes over the peak of the one that starts it.
        options = ["--lines", str(lines), "--changed", str(share)]
        command = [sys.executable, "-m", generate.__name__, str(folder / "landing"), *options]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        peaks.append(_build(build, folder))
    return peaks


def _build(name: str, folder: Path) -> Peak:
    start = time.perf_counter()
    command = [str(RUNNER), "build", "--quiet", "--project-dir", str(folder)]
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    seconds, processors = time.perf_counter() - start, usage.ru_utime + usage.ru_stime
    return Peak(name, usage.ru_maxrss * 1024 / 1e6, seconds, processors)


def main() -> None:
    """Measure, and print a line per build."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__)
    parser.add_argument("--lines", type=int, default=5_000_000, help="order lines")
    parser.add_argument("--changed", type=float, default=1, metavar="PERCENT")
    parser.add_argument("--limit", default="1500MB", help="memory_limit of the target")
    parser.add_argument("--folder", type=Path, default=Path("target/benchmark"))
    options = parser.parse_args()
    for peak in measure(options.lines, options.changed, options.limit, options.folder):
        seconds = f"{peak.seconds:>8.1f} s{peak.processors:>8.1f} s of processors"
        print(f"{peak.build:<24}{peak.megabytes:>8,.0f} MB{seconds}", flush=True)


if __name__ == "__main__":
    main()
