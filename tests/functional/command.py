"""The real command, as a process of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
PATIENCE = 120
"""Seconds after which a command counts as hanging."""


@dataclass(frozen=True)
class Ended:
    """What a command said, and its exit code."""

    code: int
    stdout: str
    stderr: str

    @property
    def told(self) -> str:
        """Return all that was said, for messages and for searching."""
        return f"{self.stdout}\n{self.stderr}"


def runner_command(*arguments: str) -> list[str]:
    """Return the command line of runner under the Python that runs the tests."""
    return [sys.executable, "-m", "runner", *arguments]


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of a command: wide lines, no colours, this checkout's runner."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("RUNNER_")}
    own = {"PYTHONPATH": str(REPOSITORY), "COLUMNS": "400", "NO_COLOR": "1"}
    return {**inherited, **own, **(extra or {})}


def run_runner(
    project: Path, *arguments: str, env: Mapping[str, str] | None = None, timeout: float = PATIENCE
) -> Ended:
    """Run `runner` in a project's folder until it ends."""
    ended = subprocess.run(
        runner_command(*arguments),
        cwd=project,
        env=environment(env),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def start_runner(
    project: Path, *arguments: str, env: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    """Start `runner` in a project's folder, its output piped."""
    return subprocess.Popen(
        runner_command(*arguments),
        cwd=project,
        env=environment(env),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
