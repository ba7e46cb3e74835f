"""Modules of the project run from their text, under names that no others have."""

import sys
from textwrap import dedent

import pytest

from runner.engine.spark.sent_modules import SentModules

FILES = {
    "app.names": """\
        from __future__ import annotations
        import app.words
        from app import lists, words as also
        from .inner.deep import DEPTH
        from . import words
        import os.path, json as plain
        from dataclasses import dataclass
        from functools import cache

        @dataclass
        class Name:
            text: str

        @cache
        def split(text):
            from app.later import joined
            assert app.words is also is words
            return Name(joined(words.words(text), DEPTH)), os.path.basename("a/b"), plain.dumps(1)
        """,
    "app.words": "def words(text):\n    return text.split()\n",
    "app.lists": "ALL = []\n",
    "app.later": "def joined(parts, depth):\n    return '-'.join(parts) + str(depth)\n",
    "app.inner.deep": "from ..words import words\nDEPTH = len(words('a b'))\n",
    "app.broken": "import app.words\n\nraise ValueError\n",
    "app.lost": "import no_such_thing\n",
}


def sent() -> SentModules:
    return SentModules({name: (f"/p/{name}.py", dedent(text)) for name, text in FILES.items()})


def test_modules_import_each_other_and_those_of_python() -> None:
    modules = sent()
    split = modules.module("app.names").split
    found, base, plain = split("a b")
    assert (found.text, base, plain) == ("a-b2", "b", "1")
    modules.forget()
    assert split("c")[0].text == "c2"
    modules.forget()
    assert not any(name.startswith("sent_") or name == "app" for name in sys.modules)


def test_each_has_its_own() -> None:
    first, second = sent(), sent()
    first.module("app.lists").ALL.append(1)
    assert second.module("app.lists").ALL == []
    first.forget()
    second.forget()


def test_what_a_module_raises_is_raised_with_its_line() -> None:
    modules = sent()
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - it says nothing
        modules.module("app.broken")
    assert (str(raised.traceback[-1].path), raised.traceback[-1].lineno + 1) == (
        "/p/app.broken.py",
        3,
    )
    with pytest.raises(ModuleNotFoundError, match="no_such_thing"):
        modules.module("app.lost")
    modules.forget()
