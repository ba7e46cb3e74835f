"""A polluted line is imported as its clean form or set aside; no file falls for it (R1, R2, R7).

The reader alone reads all of them in tests/unit/stage/test_pollution.py.
"""

import json

import pytest

from tests.functional.pollutions import CLEAN, Pollution, pollutions
from tests.functional.workshop import Workshop, new_workshop
from tests.servers.command import LoadedRunner
from tests.thorough import some

ALL = some(pollutions())
PROPERTIES = """\
key: {identifier: true}
id: text
name: text
city: text
amount: decimal(18,2)
"""
GOAL = """\
- name: file_{number}
  kind: import_profiles
  files: {{rows: file_{number}.csv}}
  format: {form}
  process: [{{drop: "coalesce(rows.id, '') = ''"}}]
  identify: {{by: [{{key: "rows.id || '-{number}'"}}]}}
  map: {{id: rows.id, name: rows.name, city: rows.city, amount: rows.amount}}
"""


# One worker builds it, for all.
pytestmark = [pytest.mark.xdist_group("pollution"), pytest.mark.thorough]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, run_runner: LoadedRunner) -> Workshop:
    """All files, each by a goal of its own, imported in one build."""
    shop = new_workshop(tmp_path_factory.mktemp("pollution"), run_runner)
    shop.properties(PROPERTIES)
    shop.goals(
        "".join(
            GOAL.format(number=number, form=json.dumps(item.stated))
            for number, item in enumerate(ALL)
        )
    )
    for number, item in enumerate(ALL):
        shop.drop(f"file_{number}.csv", item.data)
    shop.build()
    return shop


@pytest.mark.parametrize("number", range(len(ALL)), ids=[item.name for item in ALL])
def test_a_polluted_line_is_read_as_its_clean_form_or_set_aside(
    built: Workshop, number: int
) -> None:
    item: Pollution = ALL[number]
    found = built.rows(
        f"select id, name, city, amount::varchar from profiles where key like '%-{number}'"
    )
    sent = CLEAN.keys() if item.sent is None else item.sent
    expected = {
        key: (name, city or None, amount)
        for key, (name, city, amount) in {**CLEAN, **item.instead}.items()
        if key in sent and key not in item.lost
    }
    assert {row[0]: row[1:] for row in found} == expected
    rejects = built.rows(
        f"select line, reason, value from runner.rejects where goal = 'shop.file_{number}'"
    )
    assert len(rejects) == len(item.lost) + item.strange
    result = built.results()[f"shop.file_{number}"]
    (book,) = result["files"]
    assert book["rejected"] >= len(rejects)
    assert sum(result["outcomes"].values()) == book["records"]
