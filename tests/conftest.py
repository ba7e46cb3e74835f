"""What all tests share: servers, the real command, small projects, and where data lies."""

from pathlib import Path

import pytest

from tests.functional.workshop import Workshop, new_workshop

pytest_plugins = ["tests.servers.sshd"]


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    """An empty project with a drop folder."""
    folder = tmp_path / "shop"
    folder.mkdir()
    return new_workshop(folder)
