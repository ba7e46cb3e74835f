"""A build killed while a file comes or goes: the next one ends as if nothing had happened (B3)."""

import hashlib
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.functional.test_sftp_faults import EXPORT, PEOPLE, odd_shop, put, segment
from tests.functional.workshop import Workshop, new_workshop
from tests.servers.command import LoadedRunner, start_runner
from tests.servers.odd_sftp import OddSftp
from tests.thorough import some

pytestmark = pytest.mark.any_engine

GOALS = PEOPLE.replace(
    "name: name", "name: name, spent: {from: spent, strategy: sum}"
) + EXPORT.replace("NAME, property: name}", "NAME, property: name}, {header: S, property: spent}")
MOMENTS = [
    ("read", "people_1.csv", 1),
    ("read", "people_2.csv", 1),
    ("read", "people_3.csv", 1),
    ("write", "everyone.csv", 1),
    ("write", "everyone.csv", 2),
    ("rename", "everyone.csv", 1),
    ("renamed", "everyone.csv", 1),
    ("rename", "people_1.csv.done", 1),
    ("renamed", "people_2.csv.done", 1),
]
"""What is going on when the build is killed: an operation of the server, on which file, the nth."""


def fill(shop: Workshop, root: Path) -> None:
    for number in (1, 2, 3):
        # Long enough to be read in several requests.
        lines = "".join(f"{number}-{line},{'Ann' * 40} {line},1.50\n" for line in range(600))
        put(root, f"people_{number}.csv", f"id,name,spent\n{lines}", number)


def declare(shop: Workshop) -> None:
    segment(shop)
    shop.properties("id: text\nname: text\nspent: decimal")


def state(shop: Workshop, root: Path) -> dict[str, Any]:
    """Return all that must be the same in the end, here and at the partner's."""
    return {
        "profiles": shop.digest("select * from profiles"),
        "sums": shop.digest("select * exclude (origin) from runner.sums"),
        "rows": shop.digest("select * exclude (origin) from runner.rows"),
        "there": {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(root.iterdir())
        },
    }


@pytest.fixture(scope="module")
def undisturbed(
    tmp_path_factory: pytest.TempPathFactory, run_runner: LoadedRunner, sftp_keys: Path
) -> dict[str, Any]:
    shop = new_workshop(tmp_path_factory.mktemp("calm") / "shop", run_runner)
    directory = tmp_path_factory.mktemp("server")
    for key in sftp_keys.iterdir():
        (directory / key.name).write_bytes(key.read_bytes())
    with odd_shop(shop, directory, GOALS) as odd:
        declare(shop)
        fill(shop, odd.root)
        shop.build()
        return state(shop, odd.root)


def kill_at(odd: OddSftp, shop: Workshop, moment: tuple[str, str, int]) -> int:
    """Build until the server meets a moment, and kill the build right there."""
    operation, name, times = moment
    met = 0
    with start_runner(shop.folder, "build", env=shop.env) as process:

        def watch(happening: str, path: Path) -> None:
            nonlocal met
            if happening == operation and path.name.startswith(name):
                met += 1
                if met == times:
                    process.send_signal(signal.SIGKILL)
                    process.wait()

        odd.watch = watch
        process.communicate()
    odd.watch = lambda _operation, _path: None
    return process.returncode


@pytest.mark.thorough
@pytest.mark.parametrize("moment", some(MOMENTS), ids=lambda moment: "-".join(map(str, moment)))
def test_killed_while_a_file_comes_or_goes(
    shop: Workshop,
    sftp_directory: Path,
    undisturbed: dict[str, Any],
    moment: tuple[str, str, int],
) -> None:
    with odd_shop(shop, sftp_directory, GOALS) as odd:
        declare(shop)
        fill(shop, odd.root)
        assert kill_at(odd, shop, moment) == -signal.SIGKILL, "the moment never came"
        shop.build()
        assert state(shop, odd.root) == undisturbed
        shop.build()
        assert state(shop, odd.root) == undisturbed
