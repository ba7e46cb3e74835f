"""A connection whose file is wrong is left, and the others are read."""

import pytest

from runner.definitions.broken_connection import copied, copy_of
from runner.errors import DefinitionError
from runner.workspace.workspace import open_workspace
from tests.unit.definitions.small_project import FILES

PARTNER = """\
connection: partner
type: local
path: partner
authentication: {password: s3cret}
notify: {on_error: p@acme.example}
goals:
  - name: cards
    kind: import_profiles
    files: {cards: cards.csv}
    format: {pgp: {private_key: key.asc, passphrase: s3cret}}
    identify: {by: [{email: email, name: name}]}
    map: {name: name}
"""


@pytest.fixture
def folder(tmp_path):
    for name, text in {**FILES, "connections/partner.yml": PARTNER}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        text = text.replace(
            "targets:\n  local: {",
            "mail: {host: m, sender: r@acme.example}\n"
            "targets:\n  local: {connections: {partner: {path: other}}, ",
        )
        (tmp_path / name).write_text(text, "utf-8")
    open_workspace(tmp_path)
    return tmp_path


def change(folder, old, new, file="connections/partner.yml"):
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), "utf-8")


def opened(folder):
    project = open_workspace(folder, leaves_broken=True).project
    enabled = [item.connection for item in project.connections if item.enabled]
    return project, enabled, [item.name for item in project.broken]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("path: partner", "paht: partner"),
        ("{name: name}\n", "{nmae: name}\n"),
        ("connection: partner", "connection: [partner"),
        ("type: local", "type: sftp"),
    ],
)
def test_any_mistake_in_one_file_leaves_that_connection_alone(folder, old, new):
    change(folder, old, new)
    project, enabled, broken = opened(folder)
    assert enabled == ["shop"]
    assert len(broken) == 1
    assert project.broken[0].faults
    with pytest.raises(DefinitionError):
        open_workspace(folder)


def test_nothing_runs_where_no_connection_is_whole(folder):
    """Of two files for one connection neither is."""
    change(folder, "connection: partner", "connection: shop")
    with pytest.raises(DefinitionError) as raised:
        open_workspace(folder, leaves_broken=True)
    files = {fault.location.file for fault in raised.value.faults}
    assert files == {"connections/partner.yml", "connections/shop.yml"}


def test_mistake_of_the_project_stops_all_and_is_told_with_the_others(folder):
    change(folder, "path: partner", "paht: partner")
    change(folder, "name: text", "name: txet", "models/properties.yml")
    with pytest.raises(DefinitionError) as raised:
        open_workspace(folder, leaves_broken=True)
    files = {fault.location.file for fault in raised.value.faults}
    assert files == {"connections/partner.yml", "models/properties.yml"}


def test_what_a_build_last_knew_of_it_stays_and_does_not_run(folder):
    """Without it, other goals would import again: by which values people are found changed (P3)."""
    whole = open_workspace(folder).project
    copy = copy_of(folder, folder / "connections/partner.yml")
    copy.parent.mkdir(parents=True)
    copy.write_text(copied(whole.connection("partner")), "utf-8")
    assert "s3cret" not in copy.read_text("utf-8")
    change(folder, "path: partner", "paht: partner")
    project, enabled, broken = opened(folder)
    assert (enabled, broken) == (["shop"], ["partner"])
    (goal,) = project.connection("partner").goals
    assert goal.identify.by == whole.connection("partner").goals[0].identify.by
    copy.write_text("nonsense: 1\n", "utf-8")
    assert [item.connection for item in opened(folder)[0].connections] == ["shop"]


def test_whom_it_notifies_is_read_by_itself(folder):
    change(folder, "path: partner", "paht: partner")
    assert opened(folder)[0].broken[0].notify.on_error == ("p@acme.example",)
    change(folder, "on_error", "on_eror")
    assert opened(folder)[0].broken[0].notify is None


def test_misspelt_kind_of_a_goal_is_named(folder):
    change(folder, "kind: import_profiles", "kid: import_profiles")
    with pytest.raises(DefinitionError, match=r"`kind` is missing here: is it `kid`\?"):
        open_workspace(folder)
