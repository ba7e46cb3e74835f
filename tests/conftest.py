"""What all tests share: servers, the command, small projects, real data."""

import pytest

pytest_plugins = [
    "tests.servers.sshd",
    "tests.servers.command",
    "tests.functional.workshop",
    "tests.functional.real_data",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --update-golden."""
    parser.addoption(
        "--update-golden", action="store_true", help="write what golden cases lead to, unseen"
    )
