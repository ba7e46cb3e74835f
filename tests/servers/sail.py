"""A server of Sail, which speaks Spark Connect."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

SERVER = """
import sys
from pysail.spark import SparkConnectServer
SparkConnectServer(port=int(sys.argv[1])).start(background=False)
"""


@contextmanager
def sail() -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Start a server; gives its address and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, str(port)], stderr=subprocess.DEVNULL
    ) as server:
        for _ in range(300):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        try:
            yield f"sc://127.0.0.1:{port}", server
        finally:
            server.kill()


@pytest.fixture(scope="session")
def remote() -> Iterator[str]:
    """Give the address of a server of Sail, one for all tests of a process."""
    with sail() as (address, _):
        yield address
