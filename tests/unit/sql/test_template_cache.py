"""What Jinja makes of built-in SQL files is made once for all commands."""

import marshal
from pathlib import Path
from types import ModuleType

import pytest

from runner.sql import read_sql, template_cache
from runner.sql.template import head_of
from runner.sql.template_cache import TemplateCache, made_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "__pycache__/templates.marshal"


def test_what_is_made_is_kept_for_the_next_process(path: Path) -> None:
    first = TemplateCache(path)
    assert first.get(("code", "a.sql"), lambda: compile("1 + 1", "a.sql", "eval"))
    first.write()
    second = TemplateCache(path)
    assert eval(second.get(("code", "a.sql"), pytest.fail)) == 2
    assert [*path.parent.iterdir()] == [path]


def test_what_was_made_of_an_earlier_version_is_removed(tmp_path: Path) -> None:
    other, earlier, later = (
        tmp_path / f"templates.{name}.marshal" for name in ("py2-a", "py3-a", "py3-b")
    )
    for path in (other, earlier, later):
        kept = TemplateCache(path)
        kept.get(("uses", "a"), lambda: (1,))
        kept.write()
    assert {*tmp_path.iterdir()} == {other, later}


def test_processes_that_end_at_one_time_keep_what_both_made(path: Path) -> None:
    first, second = TemplateCache(path), TemplateCache(path)
    for number, kept in enumerate((first, second)):
        kept.get(("uses", str(number)), lambda: (1,))
        kept.write()
    assert marshal.loads(path.read_bytes()) == {("uses", "0"): (1,), ("uses", "1"): (1,)}


@pytest.mark.parametrize("content", [b"", b"no marshal", marshal.dumps(["other"])])
def test_file_that_is_damaged_is_made_again(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    kept = TemplateCache(path)
    assert kept.get(("uses", "a"), lambda: (2,)) == (2,)
    kept.write()
    assert TemplateCache(path).get(("uses", "a"), pytest.fail) == (2,)


def test_folder_that_takes_no_files_costs_time_alone(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    kept = TemplateCache(in_the_way / "templates.marshal")
    assert kept.get(("uses", "a"), lambda: (3,)) == (3,)
    kept.write()


def test_it_is_made_again_when_a_module_that_makes_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(template_cache, "_cache", lambda: TemplateCache(tmp_path / "cache"))
    text = read_sql()["import/read/lines.sql"]
    kept = TemplateCache(tmp_path / "cache")
    monkeypatch.setattr(template_cache, "_cache", lambda: kept)
    for number, (name, source) in enumerate((("a", "1"), ("b", "1"), ("c", "2"))):
        maker = ModuleType(name)
        maker.__file__ = str(tmp_path / name)
        Path(maker.__file__).write_text(source)
        made = made_of("kind", text, lambda number=number: number, (maker,))
        assert made == (2 if source == "2" else 0)


def test_what_a_template_declares_is_kept_beside_the_template_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = TemplateCache(tmp_path / "cache")
    monkeypatch.setattr(template_cache, "_cache", lambda: kept)
    text = read_sql()["import/identity/separated.sql"]
    head = head_of(text)
    assert head is not None
    assert head != text
    for _ in range(2):
        assert [made_of("kind", each, lambda each=each: each, ()) for each in (text, head)] == [
            text,
            head,
        ]
    assert made_of("kind", head, pytest.fail, ()) == head


def test_texts_of_a_project_are_not_kept() -> None:
    assert [made_of("kind", "select 1", lambda n=n: n, ()) for n in (1, 2)] == [1, 2]


def test_folder_that_python_keeps_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("import/a.sql", "__pycache__/b.sql"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("select 1", encoding="utf-8")
    monkeypatch.setattr("runner.sql.files", lambda _: tmp_path)
    assert [*read_sql.__wrapped__()] == ["import/a.sql"]
