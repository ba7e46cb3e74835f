"""What all tests share: servers, the command, small projects, real data."""

import os

import pytest
from hypothesis import settings

# Times are no tests here. A run of `.ci/run` draws the same examples for the same code; other runs
# look further each time.
settings.register_profile("house", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))

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


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return one worker more than there are processors: some tests wait for servers and clocks."""
    return len(os.sched_getaffinity(0)) + 1
