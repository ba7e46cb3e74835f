"""A server of Sail, which speaks Spark Connect."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.unit.sql.engine import REMOTE

SERVER = """
import sys
from pysail.spark import SparkConnectServer
SparkConnectServer(port=int(sys.argv[1])).start(background=False)
"""


@contextmanager
def sail() -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Start a server; gives its address and its process."""
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, str(port)], stderr=subprocess.DEVNULL
    ) as server:
        for _ in range(300):
            if is_listening(port):
                break
            time.sleep(0.1)
        try:
            yield f"sc://127.0.0.1:{port}", server
        finally:
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
