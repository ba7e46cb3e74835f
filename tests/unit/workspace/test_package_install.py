"""Packages: macros, tests and models from git and from folders, at locked commits."""

import os
import subprocess
import zipfile

import pytest

from runner.errors import DefinitionError, RunnerError
from runner.orchestrate.build import run_build
from runner.orchestrate.options import BuildOptions
from runner.workspace.package_install import install_packages
from runner.workspace.workspace import open_workspace

PACKAGE = {
    "dbt_project.yml": "name: shared\nversion: 1.0.0\n",
    "macros/twice.sql": "{% macro twice(n) %}({{ n }} * 2){% endmacro %}\n",
    "macros/run.py": "raise SystemExit\n",
    "tests/generic/is_big.sql": (
        "{% test is_big(model, column_name) %}"
        "select * from {{ model }} where {{ column_name }} < 2{% endtest %}\n"
    ),
    "models/base.sql": "select 1 as n\n",
    "models/base.yml": "models:\n  - {name: base, description: One row}\n",
}
PROJECT = {
    "runner_project.yml": "name: shop\n",
    "models/marts/doubled.sql": "select {{ shared.twice('n') }} as n from {{ ref('base') }}\n",
    "models/marts/doubled.yml": (
        "models:\n  - name: doubled\n    columns: [{name: n, tests: [is_big]}]\n"
    ),
    "packages.yml": "packages:\n  - local: ../shared\n",
}
WHO = {
    f"GIT_{who}_{what}": "a@b.nl" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
}


def write(folder, files):
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    write(tmp_path / "shop", PROJECT)
    write(tmp_path / "shared", PACKAGE)
    return tmp_path / "shop"


def git(folder, *arguments):
    command = ["git", "-C", str(folder), *arguments]
    environment = {**os.environ, **WHO, "GIT_CONFIG_GLOBAL": "/dev/null"}
    subprocess.run(command, check=True, capture_output=True, env=environment)


def commit(folder, tag):
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", tag)
    git(folder, "tag", tag)


def install(folder, upgrades=False):
    said = []
    install_packages(folder, upgrades, said.append)
    return said


def test_macros_tests_and_models_of_a_package_are_those_of_the_project(folder):
    with pytest.raises(DefinitionError, match=r"packages.yml:1:1: .* run `runner deps`"):
        open_workspace(folder)
    (folder.parent / "shared/macros/away.sql").symlink_to("/etc/passwd")
    assert install(folder) == ["shared: ../shared"]
    assert sorted(path.name for path in (folder / "packages/shared/macros").iterdir()) == [
        "twice.sql"
    ]
    ended = run_build(open_workspace(folder), BuildOptions())
    assert {node.name: node.status for node in ended.nodes} == {
        "base": "success", "doubled": "success", "is_big_doubled_n": "pass",
    }  # fmt: skip
    assert "macro twice" in open_workspace(folder).library.uses("{{ shared.twice(1) }}")


def test_lock_keeps_the_commit_until_an_upgrade(folder):
    shared = folder.parent / "shared"
    git(folder.parent, "init", "-q", "-b", "main", str(shared))
    commit(shared, "v1")
    url = f'packages:\n  - git: "file://{shared}"\n    revision: main\n'
    write(folder, {"packages.yml": url})
    first = install(folder)
    lock = (folder / "package-lock.yml").read_text()
    write(shared, {"models/base.sql": "select 2 as n\n"})
    commit(shared, "v2")
    assert install(folder) == first
    assert "1 as n" in (folder / "packages/shared/models/base.sql").read_text()
    assert install(folder, upgrades=True) != first
    assert "2 as n" in (folder / "packages/shared/models/base.sql").read_text()
    assert (folder / "package-lock.yml").read_text() != lock
    write(folder, {"packages.yml": url.replace("main", "v1")})
    assert install(folder) == first


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("{local: ../nothing}", "packages.yml:1:21: there is no folder ../nothing"),
        ("{local: .}", "packages.yml:1:25: two packages are called 'shop'"),
        ("{package: dbt-labs/dbt_utils}", "packages.yml:1:14: there is no hub here: name the rep"),
        ("{git: 'https://a.nl/b.git'}", "packages.yml:1:13: `git` needs `revision`: a tag, a"),
        (
            "{git: '--upload-pack=x', revision: a}",
            "packages.yml:1:19: found '--upload-pack=x'; exp",
        ),
        ("{git: 'ext::sh -c x', revision: a}", "packages.yml:1:19: found 'ext::sh -c x'; expected"),
        ("{git: 'https://u:secret@a.nl/b', revision: a}", "packages.yml:1:19: found a URL with a"),
        (
            "{git: 'file:///nowhere', revision: a}",
            "packages.yml:1:19: git cannot fetch file:///now",
        ),
        (
            "{git: 'file:///nowhere', revision: '-a'}",
            "packages.yml:1:48: found '-a'; expected a tag",
        ),
    ],
)
def test_mistakes_are_reported_at_their_line(folder, written, message):
    second = ", {local: .}" if written == "{local: .}" else ""
    write(folder, {"packages.yml": f"packages: [ {written}{second}]\n"})
    with pytest.raises(RunnerError) as raised:
        install(folder)
    assert str(raised.value).startswith(message)


def test_package_replaces_nothing_that_is_built_in(folder):
    write(folder.parent / "shared", {"macros/t.sql": "{% macro trimmed(c) %}x{% endmacro %}"})
    install(folder)
    with pytest.raises(DefinitionError, match="a package cannot replace `trimmed`"):
        open_workspace(folder)


def wheel_of(path, files):
    path.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"acme_macros/{name}", text)
        archive.writestr("acme_macros/tests/old/dbt_project.yml", "name: old\n")
        archive.writestr("acme_macros/../../evil.sql", "select 1")
        archive.writestr("acme_macros-1.0.dist-info/METADATA", "Name: acme-macros\nVersion: 1.0\n")
        archive.writestr(
            "acme_macros-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n"
        )


@pytest.fixture
def wheel(folder):
    path = folder.parent / "wheels/acme_macros-1.0-py3-none-any.whl"
    wheel_of(path, PACKAGE)
    return path


def test_package_of_a_wheel_is_locked_by_its_content(folder, wheel):
    write(folder, {"packages.yml": f"packages:\n  - wheel: ../wheels/{wheel.name}\n"})
    (said,) = install(folder)
    assert said.startswith(f"shared: ../wheels/{wheel.name} ")
    assert not [*folder.parent.rglob("evil.sql"), *folder.rglob("*.py")]
    assert open_workspace(folder).compiled().models["doubled"].model.sql.count("(n * 2)") == 1
    wheel_of(wheel, {**PACKAGE, "macros/new.sql": "{% macro new() %}1{% endmacro %}"})
    with pytest.raises(RunnerError, match=r"the wheel has the SHA-256 .*, and package-lock.yml"):
        install(folder)
    install(folder, upgrades=True)


def test_wheel_of_a_name_is_downloaded_from_the_index_of_pip(folder, wheel, monkeypatch):
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheel.parent))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    write(folder, {"packages.yml": "packages:\n  - wheel: acme-macros==1.0\n"})
    (said,) = install(folder)
    assert said.startswith("shared: acme-macros==1.0 ")
    assert (folder / "packages/shared/macros/twice.sql").is_file()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "wheel: acme",
            "packages.yml:2:12: found 'acme'; expected a file `.whl`, or a name and its",
        ),
        ("wheel: ../none.whl", "packages.yml:2:12: there is no file ../none.whl"),
        ("{wheel: a==1.0, local: x}", "packages.yml:2:5: expected one of `git` with `revision`"),
    ],
)
def test_wheel_that_cannot_be_had_is_an_error(text, message, folder):
    write(folder, {"packages.yml": f"packages:\n  - {text}\n"})
    with pytest.raises(RunnerError) as raised:
        install(folder)
    assert str(raised.value).startswith(message)
