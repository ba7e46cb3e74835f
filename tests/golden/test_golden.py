"""Cases whose outcome stands in files: what commands say, the SQL they make, the files they send.

A case is a folder: `project/` is copied, the lines of `case.txt` that begin with `runner` are run
in it, and what they say must be `expected/transcript.txt`. The files and folders of its `keep`
lines, as far as they are new, must be those below `expected/`. `--update-golden` writes what is
found instead.
"""

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.servers.command import LoadedRunner

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())
FIRST_MOMENT = 1_700_000_000
PASSING = (
    (re.compile(r"\b[0-9]{8}T[0-9]{9}Z\b"), "<build>"),
    (re.compile(r"\b[0-9]+\.[0-9]{1,2}s\b"), "0.00s"),
)
"""What differs from run to run, and what stands in its place."""


def files_below(folder: Path) -> dict[str, Path]:
    """Return the files below a folder by their paths in it."""
    return {
        str(path.relative_to(folder)): path for path in sorted(folder.rglob("*")) if path.is_file()
    }


def lasting(text: str, project: Path) -> str:
    """Return a text without what differs from run to run."""
    for pattern, name in PASSING:
        text = pattern.sub(name, text)
    return text.replace(str(project), "<project>")


def run_case(case: Path, project: Path, runner: LoadedRunner) -> dict[str, str]:
    """Run a case in a copy of its project; return what it leads to, by path below `expected/`."""
    shutil.copytree(case / "project", project)
    for number, path in enumerate(files_below(project).values()):
        os.utime(path, (FIRST_MOMENT + 60 * number,) * 2)
    before = set(files_below(project))
    transcript: list[str] = []
    kept: list[str] = []
    for line in (case / "case.txt").read_text("utf-8").splitlines():
        word, *arguments = line.split()
        if word == "keep":
            kept += arguments
            continue
        ended = runner(project, *arguments, env={"COLUMNS": "100"})
        transcript += [f"$ {line}", ended.stderr, ended.stdout, f"(exit code {ended.code})", ""]
    found = {"transcript.txt": "\n".join(transcript)}
    found |= {
        path: file.read_text("utf-8")
        for path, file in files_below(project).items()
        if path not in before and any(Path(path).is_relative_to(location) for location in kept)
    }
    return {path: lasting(text, project) for path, text in found.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_leads_to_what_is_expected(
    case: Path, tmp_path: Path, run_runner: LoadedRunner, request: pytest.FixtureRequest
) -> None:
    assert sorted(path.name for path in case.iterdir()) == ["case.txt", "expected", "project"]
    found = run_case(case, tmp_path / "project", run_runner)
    expected = case / "expected"
    if request.config.getoption("--update-golden"):
        shutil.rmtree(expected)
        for path, text in found.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_text(text, "utf-8")
    written = {path: file.read_text("utf-8") for path, file in files_below(expected).items()}
    assert sorted(written) == sorted(found), "look at them, and write them with --update-golden"
    for path, text in found.items():
        assert text == written[path], f"{path}: if this is meant, write it with --update-golden"
