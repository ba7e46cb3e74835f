"""`alias` names the table of a model; others refer to the model by its name."""

import pytest

from runner.errors import DefinitionError
from runner.workspace.workspace import open_workspace

FILES = {
    "runner_project.yml": "name: shop\n",
    "models/marts/first.sql": "{{ config(alias='one') }}select 1 as n\n",
    "models/marts/second.sql": "select * from {{ ref('first') }}\n",
    "models/segments/one.sql": "select profile_id from {{ ref('profiles') }}\n",
}


def compiled(folder, **changed):
    for path, text in {**FILES, **{f"models/marts/{n}.sql": t for n, t in changed.items()}}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return open_workspace(folder).compiled().models


def test_alias_names_the_table(tmp_path):
    models = compiled(tmp_path)
    assert models["first"].model.relation == 'main."one"'
    assert 'from main."one"' in models["second"].model.sql
    assert models["second"].model.depends_on == ("first",)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (
            {"third": "{{ config(alias='One') }}select 1 as n"},
            'third.sql:1:1: the table main."One"',
        ),
        (
            {"one_more": "{{ config(alias='a b') }}select 1"},
            "one_more.sql:1:1: found 'a b' for `al",
        ),
        ({"timeline": "select 1 as n"}, 'timeline.sql:1:1: the table main."timeline" is of runner'),
    ],
)
def test_two_models_have_no_table_in_common(tmp_path, changed, message):
    with pytest.raises(DefinitionError) as raised:
        compiled(tmp_path, **changed)
    assert str(raised.value).startswith(f"models/marts/{message}")
