"""The command `runner`: started afresh, or by a process that has it loaded.

Loading takes longer than most builds of a test. So one process loads runner once and forks for
each command; the fork is a process of its own, with its own folder, environment, output and exit
code, and runs the command from its entry point.
"""

import gc
import json
import os
import select
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from pkgutil import iter_modules

import pytest

from runner.compile.jinja_environment import BUILT_IN, compiled
from runner.definitions.declaration import Declaration
from runner.engine.statement import macros
from runner.history.statement import macros as history_macros
from runner.sql import read_sql
from runner.sql.template import head_of
from tests.servers.moments import watch
from tests.unit.sql.engine import REMOTE

REPOSITORY = Path(__file__).parents[2]
PATIENCE = 1200.0 if REMOTE else 120.0
"""Seconds after which a command counts as hanging: on a real cluster a build takes minutes."""
LOADED = (
    "runner.cli.main",
    "runner.cli.build",
    "runner.cli.reported_build",
    "runner.orchestrate.build",
    "runner.remote.local",
    "runner.remote.sftp",
    "runner.report.console",
    "runner.report.json_log",
    "runner.report.build_log",
    "runner.report.summary",
    "runner.schedule.stop_clock",
)

CLIENT = ("pyspark.sql.connect.session", "pyspark.sql.connect.functions.builtin")
"""The client of the other engine, where ENGINE asks for it."""
ROOMS = (
    "runner.cli",
    "runner.erasure",
    "runner.explain",
    "runner.inspect",
    "runner.orchestrate",
    "runner.report",
)
"""Packages of which commands load some modules as they run; here all are loaded."""


@dataclass(frozen=True)
class Ended:
    """What a command said, and its exit code."""

    code: int
    stdout: str
    stderr: str

    @property
    def told(self) -> str:
        """Return all that was said."""
        return f"{self.stdout}\n{self.stderr}"


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of a command: wide lines, no colours, this checkout's runner."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("RUNNER_")}
    own = {"PYTHONPATH": str(REPOSITORY), "COLUMNS": "400", "NO_COLOR": "1", "TERM": "dumb"}
    return {**inherited, **own, **(extra or {})}


@contextmanager
def start_runner(
    project: Path, *arguments: str, env: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Start a command afresh in a project's folder, its output piped; kill it at the end."""
    with subprocess.Popen(
        [sys.executable, "-m", "runner", *arguments],
        cwd=project,
        env=environment(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def run_afresh(project: Path, *arguments: str, env: Mapping[str, str] | None = None) -> Ended:
    """Run a command afresh in a project's folder until it ends."""
    with start_runner(project, *arguments, env=env) as process:
        stdout, stderr = process.communicate(timeout=PATIENCE)
    return Ended(process.returncode, stdout, stderr)


@dataclass
class LoadedRunner:
    """A process that has runner loaded, and runs commands in forks of itself, one at a time."""

    directory: Path
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def __call__(
        self,
        project: Path,
        *arguments: str,
        env: Mapping[str, str] | None = None,
        umask: int = 0o022,
    ) -> Ended:
        """Run a command in a project's folder until it ends."""
        out, error = self.directory / "stdout", self.directory / "stderr"
        request = {
            "arguments": arguments,
            "folder": str(project),
            "environment": environment(env),
            "umask": umask,
            "stdout": str(out),
            "stderr": str(error),
        }
        code = self._answer(json.dumps(request).encode() + b"\n")
        return Ended(code, out.read_text("utf-8"), error.read_text("utf-8"))

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.communicate()

    def _answer(self, request: bytes) -> int:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.servers.command"],
                cwd=REPOSITORY,
                env=environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                bufsize=0,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(request)
        ready, _, _ = select.select([self._process.stdout], [], [], PATIENCE)
        line = self._process.stdout.readline() if ready else b""
        if not line:
            self._process.kill()
            self.close()
            raise TimeoutError(f"the command hangs: {request.decode()}")
        return int(line)


def serve() -> None:
    """Run a command in a fork for each line of standard input; answer with its exit code."""
    for module in (*LOADED, *(CLIENT if os.environ.get("ENGINE") == "spark" else ())):
        import_module(module)
    for room in ROOMS:
        for found in iter_modules(import_module(room).__path__):
            import_module(f"{room}.{found.name}")
    for path, text in read_sql().items():
        if "/queries/" in path or "/materializations/" in path:
            _, engine, statements = path.split("/", 2)
            macros(engine, statements)
        else:
            compiled(text, BUILT_IN + path)
            compiled(head_of(text) or "", BUILT_IN + path)
    for file in files("runner.history").joinpath("statements").iterdir():
        history_macros(file.name.removesuffix(".sql"))
    for kind in _below(Declaration):
        kind.model_rebuild()
    # What is there stays, and no fork needs a copy of its pages.
    gc.collect()
    gc.freeze()
    for line in sys.stdin.buffer:
        child = os.fork()
        if child == 0:
            _become(json.loads(line))
        _, status = os.waitpid(child, 0)
        os.write(1, f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _below(kind: type[Declaration]) -> Iterator[type[Declaration]]:
    """Return a kind of declaration and all those derived from it."""
    yield kind
    for derived in kind.__subclasses__():
        yield from _below(derived)


def _become(request: dict[str, object]) -> None:
    """Be the command that was asked for, and end as it ends."""
    code = 1
    try:
        os.chdir(str(request["folder"]))
        os.umask(int(str(request["umask"])))
        os.environ.clear()
        os.environ.update(dict(request["environment"]))  # type: ignore[call-overload]
        for number, name in ((0, os.devnull), (1, request["stdout"]), (2, request["stderr"])):
            flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
            os.dup2(os.open(str(name), flags, 0o600), number)
        watch()
        sys.argv = ["runner", *request["arguments"]]  # type: ignore[misc]
        sys.modules["runner.cli.main"].main(prog_name="runner")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


@pytest.fixture(scope="session")
def run_runner() -> Iterator[LoadedRunner]:
    """Runs a command: `run_runner(project, "build", env={...})`."""
    with tempfile.TemporaryDirectory(prefix="runner-") as directory:
        runner = LoadedRunner(Path(directory))
        yield runner
        runner.close()


if __name__ == "__main__":
    serve()
