"""What templates make of `env_var()` is hidden, and their SQL is not (B7)."""

from pathlib import Path

import pytest

from runner.errors import Location
from runner.secret_values import SECRETS
from runner.workspace.workspace import open_workspace


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("select '{{ env_var('SALT') }}'", "select 'env_var('SALT')'"),
        ("select '{{ env_var('SALT') | upper }}'", "select 'env_var('SALT')'"),
        ("select {{ env_var('SALT') | replace('-', '_') }}", "select env_var('SALT')"),
        ("select '{{ env_var('SALT')[2:9] }}'", "select 'env_var('SALT')'"),
        ("select '{{ env_var('SALT') | reverse }}'", "select 'env_var('SALT')'"),
        ("{% set x = env_var('SALT').split('-')[0] %}select '{{ x }}'", "select 'env_var('SALT')'"),
        ("select {{ text(env_var('SALT') | reverse) }}", "select 'env_var('SALT')'"),
        (
            "select {{ kept('people.name', env_var('SALT')) }}",
            "select people.name || 'env_var('SALT')'",
        ),
        ("select {{ 'wide' if env_var('SALT') else 'slim' }}", "select wide"),
        ("select '{{ env_var('NONE', 'usual') | upper }}'", "select 'USUAL'"),
        ("select {{ env_var('SALT') | length }}", "select 11"),
        ("select '{{ salted() }}'", "select 'env_var('SALT')'"),
    ],
)
def test_value_is_replaced_by_its_call(tmp_path: Path, template: str, shown: str) -> None:
    (tmp_path / "macros").mkdir()
    (tmp_path / "runner_project.yml").write_text("name: acme\n")
    (tmp_path / "macros/salt.sql").write_text(
        "{% macro salted() %}{{ env_var('SALT') | reverse }}{% endmacro %}\n"
        "{% macro kept(column, salt) %}{{ column }} || '{{ salt }}'{% endmacro %}\n"
    )
    workspace = open_workspace(tmp_path, read_variable={"SALT": "canary-salt"}.get)
    rendered = workspace.library.environment.render(template, Location("models/salted.sql"), {})
    assert SECRETS.hide(rendered.text).strip() == shown
