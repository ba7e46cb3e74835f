"""The bytes of a file, sent over SFTP in few waits, and their number compared (X2)."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, cast

import pytest

from runner.errors import TransientRemoteError
from runner.remote.sftp_client import SftpClient
from runner.remote.transfer import upload


class Server:
    """Answers as an SFTP server, and keeps in which packet each request came."""

    def __init__(self, *sizes: int | None) -> None:
        # What it says of the size of the file, one after the other.
        self.sizes = list(sizes)
        self.packets: list[list[str]] = []
        self._is_together = False

    @contextmanager
    def together(self) -> Iterator[None]:
        self.packets.append([])
        self._is_together = True
        yield
        self._is_together = False

    def _ask(self, request: str) -> int:
        if not self._is_together:
            self.packets.append([])
        self.packets[-1].append(request)
        return 0

    def open_handle(self, _path: str, _flags: int) -> bytes:
        self._ask("open")
        return b"handle"

    def ask_write(self, _handle: bytes, _offset: int, block: bytes) -> int:
        return self._ask(f"write {len(block)}")

    def ask_close(self, _handle: bytes) -> int:
        return self._ask("close")

    def ask_size_at(self, _path: str) -> int:
        return self._ask("size")

    def take_status(self, _number: int) -> None:
        """Refuse nothing."""

    def take_size(self, _number: int) -> int | None:
        return self.sizes.pop(0)

    def stat(self, _path: str) -> Any:
        self._ask("size")
        return SimpleNamespace(st_size=self.sizes.pop(0))


def sent(server: Server, content: bytes) -> int:
    client = cast(SftpClient, server)
    return upload(client, io.BytesIO(content), "vip.csv", lambda _: None, 4)


def test_small_file_is_sent_in_two_packets() -> None:
    server = Server(3)
    assert sent(server, b"abc") == 3
    assert server.packets == [["open"], ["write 3", "close", "size"]]


def test_size_that_came_before_the_end_is_asked_for_again() -> None:
    server = Server(0, 6)
    assert sent(server, b"abcdef") == 6
    assert server.packets[-1] == ["size"]


def test_file_that_the_server_cut_is_refused() -> None:
    with pytest.raises(TransientRemoteError, match="the server kept 5 of 6 bytes"):
        sent(Server(5, 5), b"abcdef")


def test_server_that_gives_no_size_is_believed() -> None:
    assert sent(Server(None), b"abcdef") == 6
