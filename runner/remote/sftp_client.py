"""The SFTP protocol, version 3 (draft-ietf-secsh-filexfer-02), on one channel."""

import errno
import logging
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, cast

from paramiko import Message, SFTPClient
from paramiko.sftp import (
    CMD_ATTRS,
    CMD_CLOSE,
    CMD_DATA,
    CMD_FSTAT,
    CMD_HANDLE,
    CMD_LSTAT,
    CMD_NAME,
    CMD_OPEN,
    CMD_OPENDIR,
    CMD_READ,
    CMD_READDIR,
    CMD_STAT,
    CMD_STATUS,
    CMD_WRITE,
    SFTP_BAD_MESSAGE,
    SFTP_CONNECTION_LOST,
    SFTP_EOF,
    SFTP_NO_CONNECTION,
    SFTP_NO_SUCH_FILE,
    SFTP_OK,
    SFTP_OP_UNSUPPORTED,
    SFTP_PERMISSION_DENIED,
    int64,
)
from paramiko.sftp_attr import SFTPAttributes

# Without a handler, Python would write paramiko's own tracebacks to the terminal.
logging.getLogger("paramiko").addHandler(logging.NullHandler())

ERRNO = {
    SFTP_NO_SUCH_FILE: errno.ENOENT,
    SFTP_PERMISSION_DENIED: errno.EACCES,
    SFTP_BAD_MESSAGE: errno.EBADMSG,
    SFTP_NO_CONNECTION: errno.ECONNRESET,
    SFTP_CONNECTION_LOST: errno.ECONNRESET,
    SFTP_OP_UNSUPPORTED: errno.ENOTSUP,
}


# Bytes that a server may send before they are taken: paramiko's default.
WINDOW = 2 * 1024 * 1024
# Bytes a second that an answer must come with, after the time for silence: a server that sends
# a byte now and then is never silent.
LEAST_RATE = 1024


class Entry(NamedTuple):
    """One entry of a directory, with the name as the server sent it."""

    name: bytes
    # As `ls -l` would show it: its first letter gives the type where the attributes do not.
    long_name: bytes
    attributes: SFTPAttributes


class SftpClient(SFTPClient):
    """An SFTP client that can send requests ahead of their answers.

    paramiko's own read-ahead needs a thread per file, which dies with a traceback when the
    connection drops, and its pipelined writes lose the errors of the last ones. So both are
    done here, on the four methods of paramiko that send a request and read an answer.

    What the server refuses is an OSError: ENOENT, EACCES, ENOTSUP, EBADMSG, EOFError at the
    end of a file or directory, and EIO with the server's words for all else. Used by one
    thread at a time.
    """

    _async_request: Callable[..., int]
    _request: Callable[..., tuple[int, Message]]
    _read_response: Callable[[], Any]

    def __init__(self, channel: Any) -> None:
        # Requests without an answer yet, and answers that nobody took yet.
        self.outstanding: set[int] = set()
        self._arrived: dict[int, tuple[int, Message]] = {}
        # What came, and how much of it was taken.
        self._received = b""
        self._taken = 0
        # Requests that wait to go in one packet; None: each goes at once.
        self._held: bytearray | None = None
        super().__init__(channel)

    def send(self, command: int, *arguments: object) -> int:
        """Send a request, and return the number by which its answer is taken."""
        number = self._async_request(self, command, *arguments)
        self.outstanding.add(number)
        return number

    @contextmanager
    def together(self) -> Iterator[None]:
        """Send the requests of this block in one packet."""
        self._held = bytearray()
        try:
            yield
            held, self._held = self._held, None
            self._write_all(bytes(held))
        finally:
            self._held = None

    def take(self, number: int, expected: int) -> Message:
        """Wait for the answer to a request; raises OSError or EOFError when it is refused."""
        while number not in self._arrived:
            self._read_response()
        kind, message = self._arrived.pop(number)
        if kind == CMD_STATUS:
            self._convert_status(message)
        if kind != expected:
            raise OSError(errno.EBADMSG, f"answer {kind} where {expected} was expected")
        return message

    def open_handle(self, path: str, flags: int) -> bytes:
        """Open a file and return its handle."""
        return self.take_handle(self.ask_open(path, flags))

    def ask_open(self, path: str, flags: int) -> int:
        """Ask for a file to be opened; `take_handle` takes the answer."""
        return self.send(CMD_OPEN, path.encode(), flags, SFTPAttributes())

    def take_handle(self, number: int) -> bytes:
        """Return the handle of a file, or directory, that was opened."""
        return self.take(number, CMD_HANDLE).get_binary()

    def ask_look(self, path: str) -> int:
        """Ask what there is of a name, a link itself; `take_look` takes the answer."""
        return self.send(CMD_LSTAT, path.encode())

    def take_look(self, number: int) -> SFTPAttributes:
        """Return the attributes of a file."""
        return _attributes(self.take(number, CMD_ATTRS))

    def ask_size(self, handle: bytes) -> int:
        """Ask for the size of an open file; `take_size` takes the answer."""
        return self.send(CMD_FSTAT, handle)

    def take_size(self, number: int) -> int | None:
        """Return the size in bytes; None when the server does not give it."""
        return _attributes(self.take(number, CMD_ATTRS)).st_size

    def ask_size_at(self, path: str) -> int:
        """Ask for the size of a file by its name; `take_size` takes the answer."""
        return self.send(CMD_STAT, path.encode())

    def ask_block(self, handle: bytes, offset: int, length: int) -> int:
        """Ask for a part of a file; `take_block` takes the answer."""
        return self.send(CMD_READ, handle, int64(offset), length)

    def take_block(self, number: int) -> bytes:
        """Return a part of a file, maybe less than was asked; EOFError at its end."""
        return self.take(number, CMD_DATA).get_binary()

    def ask_write(self, handle: bytes, offset: int, block: bytes) -> int:
        """Write a part of a file; `take_status` takes the answer."""
        return self.send(CMD_WRITE, handle, int64(offset), block)

    def take_status(self, number: int) -> None:
        """Wait until the server says that a request is done."""
        self.take(number, CMD_STATUS)

    def ask_close(self, handle: bytes) -> int:
        """Close a file that was written; `take_status` takes the answer."""
        return self.send(CMD_CLOSE, handle)

    def release(self, handle: bytes) -> None:
        """Close a handle that no longer matters, without waiting, also on a dead channel."""
        try:
            self._async_request(type(None), CMD_CLOSE, handle)
        except (OSError, EOFError):
            return

    def exists(self, path: str) -> bool:
        """Whether there is anything of that name; a link counts, wherever it leads."""
        try:
            self.lstat(path)
        except FileNotFoundError:
            return False
        return True

    def replace(self, old: str, new: str) -> None:
        """Rename a file, over another one where there is one.

        By OpenSSH's extension, which replaces in one step; where the server lacks it, the
        replaced file is moved aside until the other has its name.
        """
        try:
            self.posix_rename(old, new)
            return
        except OSError as error:
            if error.errno not in (errno.EIO, errno.ENOTSUP, errno.EACCES, errno.EBADMSG):
                raise
        if not self.exists(new):
            self.rename(old, new)
            return
        directory, slash, name = new.rpartition("/")
        aside = f"{directory}{slash}.{name}.{secrets.token_hex(4)}.tmp"
        self.rename(new, aside)
        try:
            self.rename(old, new)
        except OSError:
            self.rename(aside, new)
            raise
        self.remove(aside)

    def entries(self, directory: str) -> Iterator[Entry]:
        """Return the entries of a directory, `.` and `..` included."""
        number = self.send(CMD_OPENDIR, directory.encode())
        handle = self.take_handle(number)
        try:
            while True:
                message = self.take(self.send(CMD_READDIR, handle), CMD_NAME)
                for _ in range(message.get_int()):
                    name, long_name = message.get_binary(), message.get_binary()
                    yield Entry(name, long_name, _attributes(message))
        except EOFError:
            return
        finally:
            self.release(handle)

    def _read_all(self, length: int) -> bytes:
        """Return bytes of the channel; paramiko calls this for each part of an answer.

        All that has come is taken at once: paramiko copies its buffer with each part taken.
        """
        channel = cast(Any, self).sock
        ends_at = time.monotonic() + (channel.gettimeout() or 0) + length / LEAST_RATE
        while len(self._received) - self._taken < length:
            if channel.gettimeout() and time.monotonic() > ends_at:
                raise TimeoutError(f"it sends less than {LEAST_RATE} bytes a second")
            block = channel.recv(WINDOW)
            if not block:
                raise EOFError
            self._received = self._received[self._taken :] + block
            self._taken = 0
        start, self._taken = self._taken, self._taken + length
        return self._received[start : self._taken]

    def _write_all(self, out: bytes) -> None:
        """Write to the channel, or keep for the end of `together`."""
        if self._held is None:
            cast(Any, super())._write_all(out)
        else:
            self._held += out

    def _async_response(self, kind: int, message: Message, number: int) -> None:
        """Keep an answer until it is taken; paramiko calls this for what `send` sent."""
        self.outstanding.discard(number)
        self._arrived[number] = (kind, message)

    def _convert_status(self, message: Message) -> None:
        """Raise what the server refuses; paramiko calls this for all other answers."""
        code = message.get_int()
        if code == SFTP_OK:
            return
        text = message.get_binary().decode(errors="replace")
        if code == SFTP_EOF:
            raise EOFError(text)
        raise OSError(ERRNO.get(code, errno.EIO), text)


def _attributes(message: Message) -> SFTPAttributes:
    return cast(SFTPAttributes, cast(Any, SFTPAttributes)._from_msg(message))
