"""Whether a connection works, step by step."""

import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from runner.errors import RemoteError, counted
from runner.remote import open_remote
from runner.remote.authentication import authenticate
from runner.remote.connection import Remote
from runner.remote.file import NOTHING_THERE
from runner.remote.pins import HostKeyError, read_pins
from runner.remote.private_key import load_private_key
from runner.remote.session import greet, start_sftp
from runner.remote.settings import RemoteSettings

Status = Literal["ok", "failed", "not tried"]


@dataclass(frozen=True)
class ProbeStep:
    """One thing that was tried."""

    # `reach`, `host key`, `authentication`, `list <directory>` or `write <directory>`.
    name: str
    status: Status
    # What was found, or what is wrong and what to do; empty when it was not tried.
    message: str = ""


@dataclass(frozen=True)
class Probe:
    """What came of each step, in order; after a failed one, those that need it are not tried."""

    connection: str
    steps: tuple[ProbeStep, ...]

    @property
    def is_ok(self) -> bool:
        """Whether everything works."""
        return all(step.status == "ok" for step in self.steps)


def probe(settings: RemoteSettings, directories: Sequence[tuple[str, bool]]) -> Probe:
    """Try a connection, once: reach it, log in, list each directory, write where asked.

    `directories` holds paths and whether files are written there; that is tried with an empty
    file named `.runner-write-test-<random>.tmp`, which is removed. A failed step is reported in
    the result, never raised.
    """
    once = replace(settings, retries=0)
    steps = _ssh_steps(once) if settings.kind == "sftp" else []
    if any(step.status != "ok" for step in steps):
        steps.extend(_untried(directories))
        return Probe(settings.name, tuple(steps))
    try:
        with open_remote(once) as remote:
            if settings.kind != "sftp":
                steps.append(ProbeStep("reach", "ok", f"{settings.kind} {settings.path}".strip()))
            for directory, is_written in directories:
                steps.extend(_directory_steps(remote, directory, is_written))
    except RemoteError as error:
        steps.append(ProbeStep("reach", "failed", str(error)))
        steps.extend(_untried(directories))
    return Probe(settings.name, tuple(steps))


def _ssh_steps(settings: RemoteSettings) -> list[ProbeStep]:
    """Reach the server, know it by its key, log in."""
    try:
        pins = read_pins(settings)
    except RemoteError as error:
        return _stopped([], "host key", error)
    reached = ProbeStep("reach", "ok", settings.address)
    try:
        transport = greet(settings, pins)
    except HostKeyError as error:
        return _stopped([reached], "host key", error)
    except RemoteError as error:
        return _stopped([], "reach", error)
    key = transport.get_remote_server_key()
    known = ProbeStep("host key", "ok", f"{key.get_name()} {key.fingerprint}")
    try:
        authenticate(transport, settings, load_private_key(settings))
        start_sftp(transport, settings)
    except RemoteError as error:
        return _stopped([reached, known], "authentication", error)
    finally:
        transport.close()
    return [reached, known, ProbeStep("authentication", "ok", f"user {settings.username}")]


def _stopped(done: list[ProbeStep], failed: str, error: RemoteError) -> list[ProbeStep]:
    """Return the three steps of SSH when one of them failed."""
    steps = [*done, ProbeStep(failed, "failed", str(error))]
    tried = {step.name for step in steps}
    names = ("reach", "host key", "authentication")
    steps.extend(ProbeStep(name, "not tried") for name in names if name not in tried)
    return sorted(steps, key=lambda step: names.index(step.name))


def _untried(directories: Sequence[tuple[str, bool]]) -> list[ProbeStep]:
    steps = []
    for directory, is_written in directories:
        steps.append(ProbeStep(f"list {directory or '.'}", "not tried"))
        if is_written:
            steps.append(ProbeStep(f"write {directory or '.'}", "not tried"))
    return steps


def _directory_steps(remote: Remote, directory: str, is_written: bool) -> list[ProbeStep]:
    shown = directory or "."
    try:
        listing = remote.list(directory)
    except RemoteError as error:
        listed = ProbeStep(f"list {shown}", "failed", str(error))
    else:
        if listing.missing:
            listed = ProbeStep(f"list {shown}", "failed", f"{listing.missing}\n  {NOTHING_THERE}")
            return [listed, _write_step(remote, directory, shown)] if is_written else [listed]
        refused = f", {len(listing.refused)} refused" if listing.refused else ""
        listed = ProbeStep(f"list {shown}", "ok", counted(len(listing.files), "file") + refused)
    return [listed, _write_step(remote, directory, shown)] if is_written else [listed]


def _write_step(remote: Remote, directory: str, shown: str) -> ProbeStep:
    """Write an empty file and remove it; a directory may be writable without being listable."""
    path = f"{directory.rstrip('/')}/.runner-write-test-{secrets.token_hex(4)}.tmp"
    path = path if directory else path.lstrip("/")
    try:
        with tempfile.NamedTemporaryFile() as empty:
            remote.send(Path(empty.name), path, lambda _: None)
        remote.remove(path)
    except RemoteError as error:
        return ProbeStep(f"write {shown}", "failed", str(error))
    return ProbeStep(f"write {shown}", "ok", "a file was written and removed")
