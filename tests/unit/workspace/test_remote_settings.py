"""How a server is reached, and that no message shows a secret of it (B7)."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from runner.errors import DefinitionError, RunnerError, UsageError
from runner.remote.private_key import load_private_key
from runner.remote.settings import RemoteSettings
from runner.workspace.remote_settings import remote_settings, server_name
from runner.workspace.workspace import open_workspace
from tests.unit.remote.test_private_key import openssh_key

ACCESS = "host: a.example\nauthentication: {private_key: \"{{ env_var('KEY') }}\"}\n"

Reached = Callable[..., RemoteSettings]


@pytest.fixture
def reached(tmp_path: Path) -> Reached:
    """Return what reads the settings of a connection that is written so."""

    def settings(access: str, **variables: str) -> RemoteSettings:
        (tmp_path / "runner_project.yml").write_text("name: acme\n")
        (tmp_path / "connections").mkdir(exist_ok=True)
        (tmp_path / "connections/shop.yml").write_text(f"connection: shop\n{access}")
        workspace = open_workspace(tmp_path, read_variable=variables.get)
        return remote_settings(workspace, workspace.project.connections[0])

    return settings


@pytest.mark.parametrize("encode", [base64.b64encode, base64.encodebytes, base64.urlsafe_b64encode])
def test_key_is_understood_in_base64(reached: Reached, encode: Callable[[bytes], bytes]) -> None:
    key = openssh_key()
    given = encode(key.encode()).decode()
    for handed in (given, given.rstrip("=\n"), f"{given}\n"):
        found = load_private_key(reached(ACCESS, KEY=handed))
        assert found == load_private_key(reached(ACCESS, KEY=key))


@pytest.mark.parametrize("cut", [slice(40), slice(100, 300), slice(-70, None)])
def test_part_of_a_key_is_not_shown(reached: Reached, cut: slice) -> None:
    handed = base64.b64encode(openssh_key().encode()).decode()[cut]
    with pytest.raises(RunnerError) as caught:
        load_private_key(reached(ACCESS, KEY=handed))
    assert handed[:12] not in str(caught.value)


@pytest.mark.parametrize(
    "host", ["sftp://user:canary@a.example/in", "user:canary@a.example", "//user:canary@a", "a/b"]
)
def test_url_is_no_host_and_its_password_is_not_shown(reached: Reached, host: str) -> None:
    for access in (f"host: '{host}'\n", f"host: a\nproxy_jump: {{host: '{host}'}}\n"):
        with pytest.raises(DefinitionError) as caught:
            reached(access)
        assert "`host` is a URL" in str(caught.value)
        assert "canary" not in str(caught.value)
    with pytest.raises(UsageError) as used:
        reached("host: \"{{ env_var('HOST') }}\"\n", HOST=host)
    assert "`host` is a URL" in str(used.value)
    assert "canary" not in str(used.value)


def test_secrets_are_hidden_in_every_later_message(reached: Reached) -> None:
    reached(
        "type: s3\nhost: \"{{ env_var('PLACE') }}\"\nauthentication: {password: \"{{ env_var('PW') }}\"}\n"
        "path: ftp://me:canary-in-path@b\noptions: {secret: \"{{ env_var('OPTION') }}\"}\n",
        **{"PLACE": "somewhere", "PW": "canary-pass", "OPTION": "canary-option"},
    )
    error = RunnerError("somewhere said canary-pass", hint="canary-option, canary-in-path")
    assert str(error) == "somewhere said env_var('PW')\n  env_var('OPTION'), ***"


@pytest.mark.parametrize(
    "access",
    [
        "authentication: canary\n",
        "authentication: {password: [canary]}\n",
        "options: canary\n",
        "proxy_jump: user:canary@b.example\n",
        "timeout: sftp://user:canary@b.example\n",
    ],
)
def test_mistake_shows_no_secret(reached: Reached, access: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        reached(f"host: a.example\n{access}")
    assert "canary" not in str(caught.value)


def test_folder_in_a_project_has_one_name_wherever_the_project_is() -> None:
    """Else files that were fetched before the project was moved are fetched again."""

    def name(folder: str, root: str) -> str:
        return server_name(RemoteSettings(name="shop", kind="local", path=folder), Path(root))

    assert name("/one/drop", "/one") == name("/two/drop", "/two") == "shop local:drop"
    assert name("/mnt/drop", "/one") == "shop local://mnt/drop"
