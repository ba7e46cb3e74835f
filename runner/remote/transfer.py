"""Moving the bytes of a file over SFTP, many requests ahead of their answers."""

from collections import deque
from collections.abc import Iterator
from typing import BinaryIO

from paramiko.sftp import (
    SFTP_FLAG_CREATE,
    SFTP_FLAG_READ,
    SFTP_FLAG_TRUNC,
    SFTP_FLAG_WRITE,
)

from runner.errors import RemoteError, TransientRemoteError
from runner.remote.connection import OnBytes
from runner.remote.sftp_client import SftpClient

# Bytes per request: OpenSSH takes 255 KiB, the protocol only promises 32 KiB.
LARGE = 128 * 1024
SMALL = 32 * 1024
# Bytes asked for ahead; more than the 2 MiB window of the channel, so that it stays full.
AHEAD = 8 * 1024 * 1024


def download(
    client: SftpClient, path: str, target: BinaryIO, on_bytes: OnBytes, request_size: int
) -> None:
    """Write a remote file to `target`, as many bytes as the server says it has.

    Where the server does not say, the file is read to its end. Raises OSError or EOFError as the
    server refuses, RemoteError when `target` cannot be written, TransientRemoteError when the file
    ends before its size.
    """
    handle = client.open_handle(path, SFTP_FLAG_READ)
    try:
        for block in _blocks(client, handle, path, request_size):
            try:
                target.write(block)
            except OSError as error:
                raise RemoteError(
                    f"cannot keep what is fetched from '{path}': {error.strerror}"
                ) from error
            on_bytes(len(block))
    finally:
        client.release(handle)


def _blocks(client: SftpClient, handle: bytes, path: str, request_size: int) -> Iterator[bytes]:
    """Return the content in order; the first block is asked for together with the size."""
    with client.together():
        size_number = client.ask_size(handle)
        first = client.ask_block(handle, 0, request_size)
    size = client.take_size(size_number)
    if size is None:
        yield from _until_end(client, handle, first, request_size)
        return
    # Answers to come: the number of the request, and the part of the file that it asks for.
    asked: deque[tuple[int, int, int]] = deque([(first, 0, request_size)])
    ahead = request_size
    done = 0
    while asked:
        while ahead < size and len(asked) * request_size < AHEAD:
            length = min(request_size, size - ahead)
            asked.append((client.ask_block(handle, ahead, length), ahead, length))
            ahead += length
        number, offset, length = asked.popleft()
        block = _block(client, number)[: size - offset]
        done += len(block)
        rest = min(length, size - offset) - len(block)
        if rest and block:
            # A server may answer with less than was asked; the rest is asked for again.
            start = offset + len(block)
            asked.appendleft((client.ask_block(handle, start, rest), start, rest))
        elif rest:
            raise TransientRemoteError(f"'{path}' ends after {done} of its {size} bytes")
        yield block


def _until_end(client: SftpClient, handle: bytes, first: int, request_size: int) -> Iterator[bytes]:
    """Return the content of a file of unknown size, a part at a time."""
    block, done = _block(client, first), 0
    while block:
        yield block
        done += len(block)
        block = _block(client, client.ask_block(handle, done, request_size))


def _block(client: SftpClient, number: int) -> bytes:
    try:
        return client.take_block(number)
    except EOFError:
        return b""


def upload(
    client: SftpClient, source: BinaryIO, path: str, on_bytes: OnBytes, request_size: int
) -> int:
    """Write `source`, from its position on, to a remote file, and return its bytes.

    Every write is confirmed by the server before this returns, and its size compared (X2). The
    last write, the closing of the file and the question for its size are sent together: a small
    file waits for two answers in turn, not for four. Raises OSError as the server refuses,
    RemoteError when `source` cannot be read, TransientRemoteError when the server kept another
    number of bytes.
    """
    handle = client.open_handle(path, SFTP_FLAG_WRITE | SFTP_FLAG_CREATE | SFTP_FLAG_TRUNC)
    asked: deque[tuple[int, int]] = deque()
    offset = 0
    closing = None
    try:
        block = _read(source, request_size)
        while len(block) == request_size:
            asked.append((client.ask_write(handle, offset, block), len(block)))
            offset += len(block)
            while len(asked) * request_size >= AHEAD:
                _settle(client, asked, on_bytes)
            block = _read(source, request_size)
        with client.together():
            if block:
                asked.append((client.ask_write(handle, offset, block), len(block)))
            closing = client.ask_close(handle)
            size_number = client.ask_size_at(path)
        while asked:
            _settle(client, asked, on_bytes)
    except BaseException:
        if closing is None:
            client.release(handle)
        raise
    # An error here can mean that bytes were lost.
    client.take_status(closing)
    sent = offset + len(block)
    _compare_size(client, path, client.take_size(size_number), sent)
    return sent


def _compare_size(client: SftpClient, path: str, kept: int | None, sent: int) -> None:
    """Raise TransientRemoteError where the server kept another number of bytes.

    A server may answer out of turn, before the file was closed: another size is asked for again.
    """
    if kept is not None and kept != sent:
        kept = client.stat(path).st_size
    if kept is not None and kept != sent:
        raise TransientRemoteError(f"the server kept {kept} of {sent} bytes")


def _settle(client: SftpClient, asked: deque[tuple[int, int]], on_bytes: OnBytes) -> None:
    number, length = asked.popleft()
    client.take_status(number)
    on_bytes(length)


def _read(source: BinaryIO, length: int) -> bytes:
    try:
        return source.read(length)
    except OSError as error:
        raise RemoteError(f"cannot read what is sent: {error.strerror}") from error
