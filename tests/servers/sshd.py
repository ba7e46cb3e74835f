"""OpenSSH's own sshd as an SFTP server on loopback.

As a context manager (`sshd`), as the pytest fixture `sftp_server`, and as a command that runs
another command with the server's address in its environment:

    python -m tests.servers.sshd --root DIR --seed landing --state DIR -- runner build

Needs /usr/sbin/sshd and ssh-keygen (Debian: openssh-server).
"""

import argparse
import getpass
import os
import pwd
import resource
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from runner.remote.seed import plant
from runner.remote.settings import RemoteSettings

SSHD = "/usr/sbin/sshd"
KEY_TYPES = ("ed25519", "rsa")
STARTED_WITHIN = 10.0


@dataclass
class Sshd:
    """A running sshd that serves one folder over SFTP."""

    # Keys, configuration and log.
    directory: Path
    # The served folder: what a client sees on login.
    root: Path
    port: int
    username: str
    # None where the user can only log in with the key.
    password: str | None = None
    # Lines of sshd_config before all others, so that they win.
    config: tuple[str, ...] = ()
    # Of the SFTP server, such as `-P posix-rename`; see sftp-server(8).
    sftp_flags: str = ""
    host: str = "127.0.0.1"
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def private_key(self) -> Path:
        """The user's Ed25519 key, without a passphrase."""
        return self.directory / "user_ed25519"

    @property
    def host_key(self) -> str:
        """The Ed25519 host key, as `host_key` of a connection takes it."""
        return self.host_key_of("ed25519")

    def host_key_of(self, kind: str) -> str:
        """Return the host key of a type, `ed25519` or `rsa`."""
        words = (self.directory / f"host_{kind}.pub").read_text().split()
        return " ".join(words[:2])

    def settings(self, **changes: Any) -> RemoteSettings:
        """Return a connection to this server by key, quick to try again."""
        given: dict[str, Any] = {
            "name": "webshop",
            "kind": "sftp",
            "host": self.host,
            "port": self.port,
            "username": self.username,
            "private_key": str(self.private_key),
            "host_key": (self.host_key,),
            "timeout": 10,
            "backoff": 0.05,
        }
        return RemoteSettings(**(given | changes))

    def log_ins(self) -> int:
        """Return how often a client has logged in."""
        return (self.directory / "sshd.log").read_text().count("Accepted ")

    def environment(self) -> dict[str, str]:
        """Return the address as environment variables."""
        return {
            "RUNNER_SFTP_HOST": self.host,
            "RUNNER_SFTP_PORT": str(self.port),
            "RUNNER_SFTP_USER": self.username,
            "RUNNER_SFTP_KEY": str(self.private_key),
            "RUNNER_SFTP_HOST_KEY": self.host_key,
        }

    def new_host_keys(self) -> None:
        """Replace the host keys; takes effect with `restart`."""
        for kind in KEY_TYPES:
            (self.directory / f"host_{kind}").unlink()
            make_key(self.directory / f"host_{kind}", kind)

    def start(self) -> None:
        """Start listening; raises RuntimeError with the server's log when it does not."""
        config = self.directory / "sshd_config"
        config.write_text(self._configuration())
        log = self.directory / "sshd.log"
        with log.open("ab") as stream:
            self._process = subprocess.Popen(
                [SSHD, "-D", "-e", "-f", str(config)],
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=stream,
            )
        deadline = time.monotonic() + STARTED_WITHIN
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"sshd does not start:\n{log.read_text()}")
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop listening and end every connection."""
        self.resume()
        process, self._process = self._process, None
        if process is None:
            return
        family = descendants(process.pid)
        process.terminate()
        process.wait(STARTED_WITHIN)
        end_processes(family)

    def restart(self) -> None:
        """Stop and start again on the same port."""
        self.stop()
        self.start()

    def pause(self) -> None:
        """Stop answering on every connection, without hanging up."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Answer again."""
        self._signal(signal.SIGCONT)

    def bound_files(self, size: int) -> None:
        """Let no process that answers from now on write a file of more bytes."""
        assert self._process is not None
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (size, most))

    def _signal(self, number: int) -> None:
        if self._process is not None:
            for process_id in (self._process.pid, *descendants(self._process.pid)):
                with suppress(ProcessLookupError):
                    os.kill(process_id, number)

    def _answers(self) -> bool:
        try:
            with socket.create_connection((self.host, self.port), 1) as connection:
                return connection.recv(4) == b"SSH-"
        except OSError:
            return False

    def _configuration(self) -> str:
        lines = [
            *self.config,
            f"ListenAddress {self.host}",
            f"Port {self.port}",
            "PidFile none",
            *(f"HostKey {self.directory}/host_{kind}" for kind in KEY_TYPES),
            f"AuthorizedKeysFile {self.directory}/authorized_keys",
            f"AllowUsers {self.username}",
            f"PasswordAuthentication {'yes' if self.password else 'no'}",
            "PermitRootLogin yes",
            "KbdInteractiveAuthentication no",
            "StrictModes no",
            "UsePAM no",
            "UseDNS no",
            "MaxStartups 100",
            # From this release on, sshd locks out an address after a few failed log-ins.
            *(["PerSourcePenalties no"] if release() >= (9, 8) else []),
            "Subsystem sftp internal-sftp",
            f"ForceCommand internal-sftp -d {self.root} {self.sftp_flags}",
        ]
        return "\n".join(lines) + "\n"


def release() -> tuple[int, int]:
    """Return the release of OpenSSH."""
    told = subprocess.run(["ssh", "-V"], check=True, capture_output=True, text=True).stderr
    major, minor = told.removeprefix("OpenSSH_").split("p")[0].split(".")[:2]
    return int(major), int(minor)


def make_key(path: Path, kind: str = "ed25519", passphrase: str = "", *options: str) -> Path:
    """Make a key pair with ssh-keygen, and return the path of the private key."""
    size = ("-b", "2048") if kind == "rsa" else ()
    command = ["ssh-keygen", "-q", "-t", kind, *size, "-N", passphrase, *options, "-f", str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return path


def authorize(server: Sshd, public_key: Path) -> None:
    """Let the user log in with one more key."""
    with (server.directory / "authorized_keys").open("a") as stream:
        stream.write(public_key.read_text())


@contextmanager
def sshd(
    directory: Path,
    *,
    root: Path | None = None,
    with_password: bool = False,
    config: Sequence[str] = (),
    sftp_flags: str = "",
) -> Iterator[Sshd]:
    """Run sshd on a free port of loopback, and stop it at the end.

    `directory` holds its keys and configuration; keys that are there are kept. `root` is the
    served folder, else `directory/files`. The user is the one who runs this; `with_password`,
    which only root can ask for, makes a system user of its own with a password, to whom the
    served folder then belongs, and removes it at the end.
    """
    directory.mkdir(parents=True, exist_ok=True)
    served = root or directory / "files"
    served.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        # sshd gives up its rights here.
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    _make_missing_keys(directory)
    with _account(served, with_password) as (username, password):
        server = Sshd(
            directory.resolve(),
            served.resolve(),
            free_port(),
            username,
            password,
            tuple(config),
            sftp_flags,
        )
        server.start()
        try:
            yield server
        finally:
            server.stop()


def free_port() -> int:
    """Return a port of loopback that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def descendants(process_id: int) -> list[int]:
    """Return the processes that a process started, and those that they started."""
    parents: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(status.parent.name)] = int(fields[1])
    found = [process_id]
    for parent in found:
        found.extend(child for child, above in parents.items() if above == parent)
    return found[1:]


def end_processes(process_ids: Sequence[int]) -> None:
    """End processes, and wait until they have ended; those that ended before do not matter."""
    for number, wait in ((signal.SIGTERM, 2.0), (signal.SIGKILL, 2.0)):
        for process_id in process_ids:
            with suppress(ProcessLookupError):
                os.kill(process_id, number)
        deadline = time.monotonic() + wait
        while any(map(_is_alive, process_ids)) and time.monotonic() < deadline:
            time.sleep(0.01)


def _is_alive(process_id: int) -> bool:
    try:
        status = Path(f"/proc/{process_id}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def _make_missing_keys(directory: Path) -> None:
    for kind in KEY_TYPES:
        if not (directory / f"host_{kind}").exists():
            make_key(directory / f"host_{kind}", kind)
    if not (directory / "user_ed25519").exists():
        make_key(directory / "user_ed25519")
    public_key = (directory / "user_ed25519.pub").read_text()
    (directory / "authorized_keys").write_text(public_key)


@contextmanager
def _account(served: Path, with_password: bool) -> Iterator[tuple[str, str | None]]:
    """Give the user who logs in, and the password where there is one."""
    if not with_password:
        yield getpass.getuser() if os.geteuid() else "root", None
        return
    username, password = f"sftp-{secrets.token_hex(4)}", secrets.token_urlsafe(12)
    make = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", username]
    subprocess.run(make, check=True, capture_output=True)
    try:
        line = f"{username}:{password}\n".encode()
        subprocess.run(["chpasswd"], input=line, check=True, capture_output=True)
        user = pwd.getpwnam(username)
        os.chown(served, user.pw_uid, user.pw_gid)
        yield username, password
    finally:
        subprocess.run(["userdel", username], check=True, capture_output=True)


@contextmanager
def open_directory() -> Iterator[Path]:
    """Give a new folder that every user can enter, unlike those of pytest, and remove it."""
    directory = Path(tempfile.mkdtemp(prefix="sftp-"))
    directory.chmod(0o755)
    try:
        yield directory
    finally:
        shutil.rmtree(directory)


@pytest.fixture(scope="session")
def sftp_keys() -> Iterator[Path]:
    """A folder with host keys and a user key, made once for all servers."""
    with open_directory() as directory:
        _make_missing_keys(directory)
        yield directory


@pytest.fixture
def sftp_directory(sftp_keys: Path) -> Iterator[Path]:
    """A folder for one server, with keys, that every user can enter."""
    with open_directory() as directory:
        shutil.copytree(sftp_keys, directory, dirs_exist_ok=True)
        yield directory


@pytest.fixture
def sftp_server(sftp_directory: Path) -> Iterator[Sshd]:
    """An SFTP server with an empty folder, by key, for the user who runs the tests."""
    with sshd(sftp_directory) as server:
        yield server


@pytest.fixture
def sftp_account(sftp_directory: Path) -> Iterator[Sshd]:
    """An SFTP server for a user who is not root; with a password where root can make one."""
    with sshd(sftp_directory, with_password=os.geteuid() == 0) as server:
        yield server


def main(arguments: Sequence[str]) -> int:
    """Serve a folder while a command runs, and return the exit code of the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.servers.sshd", description=main.__doc__)
    parser.add_argument("--root", type=Path, required=True, help="the folder to serve")
    parser.add_argument("--seed", type=Path, help="a folder whose files are put there first")
    parser.add_argument("--state", type=Path, required=True, help="where the keys are kept")
    parser.add_argument("command", nargs="+", help="what to run, after --")
    given = parser.parse_args(arguments)
    given.root.mkdir(parents=True, exist_ok=True)
    if given.seed:
        plant(given.seed, given.root)
    with sshd(given.state, root=given.root) as server:
        environment = os.environ | server.environment()
        return subprocess.run(given.command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
