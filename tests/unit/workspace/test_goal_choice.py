"""The import goals that a command line selects."""

from pathlib import Path

import pytest

from runner.errors import UsageError
from runner.workspace.goal_choice import selected_imports
from runner.workspace.workspace import Workspace, open_workspace

GOAL = """
  - name: {name}
    kind: import_profiles
    tags: [{tag}]
    files: {{people: {{path: "{name}.csv"}}}}
    identify: {{by: [{{email: email}}]}}
"""
FILES = {
    "runner_project.yml": "name: shop\n",
    "models/properties.yml": "properties: {email: {identifier: true}}\n",
    "connections/shop.yml": "connection: shop\ntype: local\npath: drop\ngoals:"
    + GOAL.format(name="people", tag="day")
    + GOAL.format(name="towns", tag="night"),
    "models/marts/of_people.sql": "select profile_id from {{ ref('profiles') }}\n",
}


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return open_workspace(tmp_path)


def test_no_model_is_compiled_where_selectors_follow_no_edge(
    shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workspace, "compiled", lambda _: pytest.fail("models are compiled"))
    assert selected_imports(shop, [], []) == ["shop.people", "shop.towns"]
    assert selected_imports(shop, ["goal:shop.people"], []) == ["shop.people"]
    assert selected_imports(shop, ["connection:shop"], ["tag:day"]) == ["shop.towns"]


def test_goals_above_a_model_are_selected(shop: Workspace) -> None:
    assert selected_imports(shop, ["+of_people"], []) == ["shop.people", "shop.towns"]
    with pytest.raises(UsageError, match="no import goal is selected by 'of_people'"):
        selected_imports(shop, ["of_people"], [])
    with pytest.raises(UsageError, match="nobody"):
        selected_imports(shop, ["nobody"], [])
