"""What a goal processes profiles for (C1)."""

from pathlib import Path

import pytest

from tests.unit.definitions.small_project import project

SHOP = "connections/shop.yml"


@pytest.mark.parametrize(
    ("own", "expected"), [("", ["mail"]), ("objectives: []", []), ("objectives: phone", ["phone"])]
)
def test_objectives_of_a_goal_replace_those_of_its_connection(
    tmp_path: Path, own: str, expected: list[str]
) -> None:
    head = "goals:\n  - name: people\n"
    declared = f"objectives: [mail]\n{head}    {own}\n"
    found = project(tmp_path, SHOP, head, declared)
    goal = found.connections[0].goals[0]
    assert [item.name for item in found.objectives_of("shop", goal)] == expected
