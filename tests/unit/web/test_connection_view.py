"""Connections as the page shows them."""

from pathlib import Path

import pytest

from runner.web.connection_view import connection_views
from runner.workspace.workspace import open_workspace

CONNECTION = """\
connection: shop
type: sftp
host: "{{ env_var('SHOP_HOST') }}"
port: "{{ env_var('SHOP_PORT', '2222') }}"
username: an
authentication: {password: "{{ env_var('SHOP_PASSWORD') }}"}
host_key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"
goals:
  - {name: people, kind: import_profiles, files: {people: a.csv}, identify: {by: [{email: email}]}}
"""


@pytest.mark.parametrize(
    ("host", "server"),
    [
        ("sftp.acme.example", "sftp://an@sftp.acme.example:2222"),
        (None, "sftp://an@{{ env_var('SHOP_HOST') }}:{{ env_var('SHOP_PORT', '2222') }}"),
    ],
)
def test_connection_that_never_ran_shows_its_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str | None, server: str
) -> None:
    """As it is reached, or as it is written where a variable is not set."""
    (tmp_path / "connections").mkdir()
    (tmp_path / "models").mkdir()
    (tmp_path / "runner_project.yml").write_text("name: acme\n", "utf-8")
    (tmp_path / "connections/shop.yml").write_text(CONNECTION, "utf-8")
    (tmp_path / "models/properties.yml").write_text(
        "properties: {email: {identifier: true}}\n", "utf-8"
    )
    if host:
        monkeypatch.setenv("SHOP_HOST", host)
    (view,) = connection_views(open_workspace(tmp_path))
    assert view.server == server
    assert (view.inward, view.outward) == ("new", "none")
