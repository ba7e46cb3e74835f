"""A server of Sail, which speaks Spark Connect."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile

import pytest

from tests.unit.sql.engine import REMOTE

SERVER = """
import sys
from pysail.spark import SparkConnectServer
SparkConnectServer(port=int(sys.argv[1])).start(background=False)
"""
MOST_WORDS = 4000
"""Bytes of what the server said that are shown."""


@contextmanager
def sail() -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Start a server; gives its address and its process. What it said is shown where it ended."""
    port = free_port()
    command = [sys.executable, "-c", SERVER, str(port)]
    with TemporaryFile() as said, subprocess.Popen(command, stderr=said) as server:
        try:
            for _ in range(300):
                if is_listening(port) or server.poll() is not None:
                    break
                time.sleep(0.1)
            yield f"sc://127.0.0.1:{port}", server
        finally:
            if server.poll() is not None:
                said.seek(0)
                words = said.read()[-MOST_WORDS:].decode(errors="replace")
                print(f"Sail ended with {server.returncode}: {words}", file=sys.stderr)
            server.kill()


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def is_listening(port: int) -> bool:
    """Tell whether a server listens on a port of this machine."""
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="session")
def remote() -> Iterator[str]:
    """Give the address of a server: that of SPARK_REMOTE, else one of Sail for all tests."""
    if REMOTE:
        yield REMOTE
        return
    with sail() as (address, _):
        yield address
