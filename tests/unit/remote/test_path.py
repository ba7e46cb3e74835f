"""Paths of definitions never leave the root (F1)."""

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.errors import RemoteError
from runner.remote import RemoteSettings
from runner.remote.path import inner_path, inside, joined

SETTINGS = RemoteSettings(name="webshop", kind="local")


@pytest.mark.parametrize(
    ("path", "inner"),
    [
        ("out/a.csv", "out/a.csv"),
        ("/out/a.csv", "out/a.csv"),
        ("./out//a.csv", "out/a.csv"),
        ("out/../in/a.csv", "in/a.csv"),
        ("", ""),
        (".", ""),
        ("/", ""),
        ("out/", "out"),
        ("out/..a", "out/..a"),
    ],
)
def test_paths_are_relative_to_the_root(path: str, inner: str) -> None:
    assert inner_path(path, SETTINGS) == inner


@pytest.mark.parametrize("path", ["..", "../x", "/../x", "out/../../x", "./../x"])
def test_paths_that_climb_out_are_refused_f1(path: str) -> None:
    with pytest.raises(RemoteError, match=r"connection 'webshop': the path .* climbs out"):
        inner_path(path, SETTINGS)


def test_paths_with_control_characters_are_refused_f1() -> None:
    with pytest.raises(RemoteError, match=r"the path 'a\\nb' has control characters"):
        inner_path("a\nb", SETTINGS)


@given(st.lists(st.sampled_from(["..", ".", "", "a", "b", "..."])).map("/".join))
def test_no_path_leaves_the_root_f1(path: str) -> None:
    try:
        inner = inner_path(path, SETTINGS)
    except RemoteError:
        return
    assert inside(posixpath.normpath(f"/root/{inner}"), "/root")
    assert inner_path(inner, SETTINGS) == inner


def test_inside_does_not_take_a_longer_name_for_a_folder_in_it() -> None:
    assert inside("/root/a", "/root")
    assert inside("/root", "/root")
    assert inside("/a", "/")
    assert not inside("/rooted/a", "/root")


def test_joining_to_the_root_directory_adds_no_slash() -> None:
    assert joined("", "a.csv") == "a.csv"
    assert joined("out", "a.csv") == "out/a.csv"
    assert joined("/", "a.csv") == "/a.csv"
