"""An object store, with a bucket that is empty before each test."""

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from tests.servers.sail import free_port, is_listening

BUCKET = "acme"


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """Give the address of a server, which has a process for itself."""
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        while not is_listening(port):
            assert server.poll() is None
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        server.kill()


@pytest.fixture
def bucket(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give the address of a bucket; what is started in the test finds its server."""
    import boto3  # noqa: PLC0415 - of an extra
    import s3fs  # noqa: PLC0415

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "runner")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "runner")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    # Sail has to be told that it may.
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    s3fs.S3FileSystem.clear_instance_cache()
    held = boto3.resource("s3").Bucket(BUCKET)
    held.create()
    yield f"s3://{BUCKET}"
    held.objects.all().delete()
    held.delete()
