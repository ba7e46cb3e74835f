"""An SFTP server of paramiko's that does what OpenSSH's never would, but others do."""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paramiko import (
    Channel,
    Ed25519Key,
    PKey,
    ServerInterface,
    SFTPAttributes,
    SFTPHandle,
    SFTPServer,
    SFTPServerInterface,
    Transport,
)
from paramiko.common import (
    AUTH_FAILED,
    AUTH_PARTIALLY_SUCCESSFUL,
    AUTH_SUCCESSFUL,
    OPEN_SUCCEEDED,
)
from paramiko.server import InteractiveQuery
from paramiko.sftp import CMD_CLOSE, SFTP_FAILURE, SFTP_OK, SFTP_PERMISSION_DENIED

from runner.remote.settings import RemoteSettings


@dataclass
class OddSftp:
    """A server that serves `root`, and the odd things that it does."""

    root: Path
    host_key: Ed25519Key
    # The methods that a user needs, in this order: password, publickey, keyboard-interactive.
    methods: tuple[str, ...] = ("password",)
    password: str = "open sesame"
    # What a keyboard-interactive server asks for after the password, one question each time.
    more_questions: tuple[str, ...] = ()
    user_key: PKey | None = None
    # Entries that every listing has besides the real ones: name and mode.
    extra_entries: tuple[tuple[str, int], ...] = ()
    # A read is answered with no more bytes than this.
    most_read: int = 1 << 30
    # A read or write of more bytes than this fails.
    most_taken: int = 1 << 30
    # Bytes beyond this of a file that is written are dropped, without a word.
    most_kept: int = 1 << 30
    # A file looks this much longer than it is.
    claims_more: int = 0
    tells_size: bool = True
    tells_time: bool = True
    # Files of these names are not opened.
    closed: tuple[str, ...] = ()
    # Happens to a file while it is read, after its first block; once.
    meanwhile: Callable[[Path], object] | None = None
    # Called with `read`, `write`, `rename` or `renamed` and the file, as a client asks for it.
    watch: Callable[[str, Path], object] = lambda _operation, _path: None
    # How often it hangs up in mid-file, once this many bytes were read or written.
    files_cut: int = 0
    cut_after: int = 0
    # A write beyond this many bytes of a file fails, as on a full disk.
    most_written: int = 1 << 40
    # The closing of a file fails, as where what was written only then comes to the disk.
    fails_to_close: bool = False
    # A file of this name keeps it.
    stuck: str = ""
    # What a refusal says, in the bytes that go over the line.
    words: bytes | None = None
    # How many sessions may be open at once.
    most_sessions: int = 100
    # How often it hangs up when a user logs in, and when SFTP is to begin.
    log_ins_cut: int = 0
    starts_cut: int = 0
    # How often it hangs up after a rename or a removal, before it answers.
    answers_cut: int = 0
    # Seconds before it answers a password.
    thinks: float = 0
    port: int = 0
    # What clients did: log-ins that were tried, sizes of reads and writes.
    log_ins: list[str] = field(default_factory=list)
    answers: list[list[str]] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)
    sessions: list[Transport] = field(default_factory=list)
    handles: list[SFTPHandle] = field(default_factory=list)

    def settings(self, **changes: Any) -> RemoteSettings:
        """Return a connection to this server by password."""
        given: dict[str, Any] = {
            "name": "webshop",
            "kind": "sftp",
            "host": "127.0.0.1",
            "port": self.port,
            "username": "acme",
            "password": self.password,
            "host_key": (f"{self.host_key.get_name()} {self.host_key.get_base64()}",),
            "timeout": 10,
            "backoff": 0.01,
        }
        return RemoteSettings(**(given | changes))

    def serve(self, listener: socket.socket) -> None:
        """Take connections until the listener is closed."""
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            if sum(session.is_active() for session in self.sessions) >= self.most_sessions:
                connection.close()
                continue
            transport = Transport(connection)
            transport.add_server_key(self.host_key)
            transport.set_subsystem_handler("sftp", _Answers, _Files, self)
            self.sessions.append(transport)
            transport.start_server(threading.Event(), _Door(self, transport))


class _Door(ServerInterface):
    """Asks for the methods in their order."""

    def __init__(self, server: OddSftp, transport: Transport) -> None:
        self._server = server
        self._transport = transport
        self._left = list(server.methods)

    def hang_up(self) -> None:
        """End the connection of this client."""
        self._transport.close()

    def get_allowed_auths(self, username: str) -> str:
        return ",".join(self._left[:1])

    def check_auth_password(self, username: str, password: str) -> int:
        time.sleep(self._server.thinks)
        if self._server.log_ins_cut:
            self._server.log_ins_cut -= 1
            self.hang_up()
        return self._passed("password", password == self._server.password)

    def check_auth_publickey(self, username: str, key: PKey) -> int:
        return self._passed("publickey", key == self._server.user_key)

    def check_auth_interactive(self, username: str, submethods: str) -> int | InteractiveQuery:
        return InteractiveQuery("", "", ("Password: ", False))

    def check_auth_interactive_response(self, responses: list[str]) -> int | InteractiveQuery:
        self._server.answers.append(responses)
        asked = len(self._server.answers)
        if asked <= len(self._server.more_questions):
            question = self._server.more_questions[asked - 1]
            return InteractiveQuery("", "", (question, False))
        if self._server.more_questions:
            return AUTH_FAILED
        return self._passed("keyboard-interactive", responses == [self._server.password])

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return OPEN_SUCCEEDED

    def check_channel_subsystem_request(self, channel: Channel, name: str) -> bool:
        if self._server.starts_cut:
            self._server.starts_cut -= 1
            self.hang_up()
        return bool(super().check_channel_subsystem_request(channel, name))

    def _passed(self, method: str, is_right: bool) -> int:
        self._server.log_ins.append(method)
        if not is_right or self._left[:1] != [method]:
            return AUTH_FAILED
        del self._left[0]
        return AUTH_PARTIALLY_SUCCESSFUL if self._left else AUTH_SUCCESSFUL


class _Answers(SFTPServer):
    """Refuses in the server's own words, also what paramiko's server never does."""

    def __init__(self, channel: Any, name: str, server: Any, files: Any, odd: OddSftp) -> None:
        super().__init__(channel, name, server, files, odd)
        self._odd = odd
        self._asked = 0

    def _process(self, kind: int, number: int, message: Any) -> None:
        self._asked = kind
        handler: Any = super()
        handler._process(kind, number, message)

    def _send_status(self, number: int, code: int, desc: Any = None) -> None:
        if self._asked == CMD_CLOSE and self._odd.fails_to_close:
            code, desc = SFTP_FAILURE, None
        words = self._odd.words if code == SFTP_FAILURE else None
        sender: Any = super()
        sender._send_status(number, code, desc if words is None else words)


class _Handle(SFTPHandle):
    """An open file."""

    def __init__(self, odd: OddSftp, path: Path, flags: int, server: Any) -> None:
        super().__init__(flags)
        self._odd = odd
        self._path = path
        self._server = server
        mode = "r+b" if flags & os.O_WRONLY else "rb"
        self.readfile = self.writefile = path.open(mode)
        odd.handles.append(self)

    def stat(self) -> SFTPAttributes:
        return _attributes(self._odd, self._path)

    def read(self, offset: int, length: int) -> bytes | int:
        self._odd.taken.append(length)
        if length > self._odd.most_taken:
            return SFTP_FAILURE
        self._odd.watch("read", self._path)
        self._cut(offset + length)
        block = super().read(offset, min(length, self._odd.most_read))
        meanwhile, self._odd.meanwhile = self._odd.meanwhile, None
        if meanwhile is not None:
            meanwhile(self._path)
        return block

    def _cut(self, end: int) -> None:
        if self._odd.files_cut and end > self._odd.cut_after:
            self._odd.files_cut -= 1
            self._server.hang_up()

    def write(self, offset: int, data: Any) -> int:
        self._odd.taken.append(len(data))
        if len(data) > self._odd.most_taken:
            return SFTP_FAILURE
        self._odd.watch("write", self._path)
        self._cut(offset + len(data))
        if offset + len(data) > self._odd.most_written:
            return SFTP_FAILURE
        if offset >= self._odd.most_kept:
            return SFTP_OK
        return super().write(offset, data)


class _Files(SFTPServerInterface):
    """The served folder; what is not here is not supported, such as replacing by a rename."""

    def __init__(self, server: ServerInterface, odd: OddSftp) -> None:
        super().__init__(server)
        self._server: Any = server
        self._odd = odd

    def _done(self) -> int:
        if self._odd.answers_cut:
            self._odd.answers_cut -= 1
            self._server.hang_up()
        return int(SFTP_OK)

    def _path(self, path: str) -> Path:
        return self._odd.root / path.lstrip("/")

    def canonicalize(self, path: str) -> str:
        # Without following links, as some servers do.
        return os.path.normpath(f"/{path}")

    def list_folder(self, path: str) -> list[SFTPAttributes] | int:
        found = [_attributes(self._odd, entry) for entry in self._path(path).iterdir()]
        for name, mode in self._odd.extra_entries:
            extra = SFTPAttributes()
            extra.filename = name
            extra.st_mode, extra.st_size, extra.st_atime, extra.st_mtime = mode, 3, 1, 1
            extra.st_uid = extra.st_gid = 0
            found.append(extra)
        return found

    def stat(self, path: str) -> SFTPAttributes | int:
        try:
            return _attributes(self._odd, self._path(path).resolve(strict=True))
        except OSError as error:
            return SFTPServer.convert_errno(error.errno or 0)

    def lstat(self, path: str) -> SFTPAttributes | int:
        try:
            return _attributes(self._odd, self._path(path))
        except OSError as error:
            return SFTPServer.convert_errno(error.errno or 0)

    def readlink(self, path: str) -> str | int:
        return str(self._path(path).readlink())

    def open(self, path: str, flags: int, attr: SFTPAttributes) -> SFTPHandle | int:
        if self._path(path).name in self._odd.closed:
            return int(SFTP_PERMISSION_DENIED)
        try:
            if flags & os.O_CREAT:
                self._path(path).write_bytes(b"")
            return _Handle(self._odd, self._path(path), flags, self._server)
        except OSError as error:
            return SFTPServer.convert_errno(error.errno or 0)

    def rename(self, oldpath: str, newpath: str) -> int:
        if self._path(newpath).exists():
            return SFTP_FAILURE
        if self._odd.stuck and oldpath.endswith(self._odd.stuck):
            return SFTP_PERMISSION_DENIED
        try:
            self._odd.watch("rename", self._path(newpath))
            self._path(oldpath).rename(self._path(newpath))
            self._odd.watch("renamed", self._path(newpath))
        except OSError as error:
            return int(SFTPServer.convert_errno(error.errno or 0))
        return self._done()

    def remove(self, path: str) -> int:
        try:
            self._path(path).unlink()
        except OSError as error:
            return int(SFTPServer.convert_errno(error.errno or 0))
        return self._done()


def _attributes(odd: OddSftp, path: Path) -> SFTPAttributes:
    attributes = SFTPAttributes.from_stat(path.lstat(), path.name)
    attributes.st_size = (attributes.st_size or 0) + odd.claims_more if odd.tells_size else None
    if not odd.tells_time:
        attributes.st_mtime = attributes.st_atime = None
    return attributes


@contextmanager
def odd_sftp(directory: Path, **oddities: Any) -> Iterator[OddSftp]:
    """Run a server on a free port of loopback, and stop it at the end.

    `oddities` are fields of OddSftp. The served folder is `directory/files`.
    """
    root = directory / "files"
    root.mkdir(parents=True, exist_ok=True)
    host_key = Ed25519Key.from_private_key_file(str(directory / "host_ed25519"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = OddSftp(root, host_key, port=listener.getsockname()[1], **oddities)
        thread = threading.Thread(target=server.serve, args=(listener,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            # Wakes up `accept`; closing alone does not.
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            thread.join(5)
            for session in server.sessions:
                session.close()
            # Of clients that hung up in mid-file.
            for handle in server.handles:
                handle.close()
