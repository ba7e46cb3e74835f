import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LANDING = ROOT / "landing"
FIGURES = ROOT / "tests" / "functional" / "starter_figures.json"


def generate(*arguments):
    command = [sys.executable, "-B", str(LANDING / "generate.py"), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    assert done.stderr == ""
    return done.stdout


def files_of(folder):
    return {path.relative_to(folder).as_posix(): path for path in folder.glob("*/*.csv")}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("landing")
    return folder, generate(folder)


@pytest.fixture(scope="module")
def figures():
    return json.loads(FIGURES.read_text(encoding="utf-8"))


def test_generator_gives_the_checked_in_bytes(made):
    folder, _ = made
    written, checked_in = files_of(folder), files_of(LANDING)
    assert written.keys() == checked_in.keys()
    for name in written:
        assert written[name].read_bytes() == checked_in[name].read_bytes(), name


def test_generator_tells_what_it_wrote_and_nothing_else(made):
    folder, told = made
    assert sorted(map(Path, told.splitlines())) == sorted(files_of(folder).values())
    assert sorted(path for path in folder.rglob("*") if path.is_file()) == sorted(
        files_of(folder).values()
    )


def test_files_get_the_time_at_which_they_were_dropped(made):
    written = files_of(made[0])
    expected = datetime(2025, 2, 1, 3, 0, tzinfo=UTC).timestamp()
    assert written["out/orders_2025-01.csv"].stat().st_mtime == expected
    for pattern in ("out/orders_", "out/customers_"):
        by_name = sorted(name for name in written if name.startswith(pattern))
        assert by_name == sorted(by_name, key=lambda name: written[name].stat().st_mtime)


def test_figures_are_those_of_the_checked_in_files(figures):
    assert json.loads(generate("--figures")) == figures


def test_figures_balance(figures):
    for goal in ("orders", "subscribers"):
        book = figures[goal]
        outcomes = ("filtered", "unmatched", "duplicate", "applied")
        assert book["rows"] == sum(book[outcome] for outcome in outcomes)
    for name, book in figures["files"].items():
        data_lines = (LANDING / name).read_bytes().count(b"\n") - 1
        assert data_lines == book["lines"] + book["rejected"] + book["blank"], name


def test_files_are_of_the_size_of_a_small_shop(figures):
    assert 9_500 < figures["orders"]["rows"] < 10_500
    assert figures["files"]["out/customers_2025-05.csv"]["lines"] == 2000
    assert sum(path.stat().st_size for path in files_of(LANDING).values()) < 1_100_000


@pytest.mark.parametrize(
    ("name", "dirt"),
    [
        ("out/customers_2025-05.csv", r"^C\d+,[^,]*,[^,]*,,"),  # no e-mail
        ("out/customers_2025-05.csv", r",[A-Z.]+[0-9]+@EXAMPLE\.COM,"),
        ("out/customers_2025-05.csv", r", [a-z0-9.]+@example\.com ,"),  # blanks around it
        ("out/customers_2025-05.csv", r"^C\d+,[^,]*,[^,]*,geen,"),  # no address
        ("out/customers_2025-05.csv", r"^C\d+,[A-Z]+,"),
        ("out/customers_2025-05.csv", r"^C\d+,[a-z]+,"),
        ("out/customers_2025-05.csv", r"Zoë"),
        ("out/customers_2025-05.csv", r"Renée"),
        ("out/customers_2025-05.csv", r'"[^"]+, ""De Hoeve"""'),  # a separator and quotes
        ("out/customers_2025-05.csv", r"31-02-1985"),
        ("out/customers_2025-05.csv", r'"\([0-9.]+,[0-9]{2}\)"'),  # below zero, in brackets
        ("out/customers_2025-05.csv", r"\+31 \(0\)6-"),
        ("out/customers_2025-05.csv", r"0031 6 "),
        ("out/customers_2025-05.csv", r",06-"),
        ("out/orders_2025-01.csv", r"^(.+)\n\1$"),  # a line twice
        ("out/orders_2025-01.csv", r",n/a,"),
        ("out/orders_2025-01.csv", r",GUEST,"),
        ("out/orders_2025-01.csv", r",test$"),
        ("out/orders_2025-01.csv", r",-[0-9.]+,returned$"),
        ("out/orders_2025-02.csv", r"2025-02-30"),
        ("out/orders_2025-02.csv", r"^\n"),
        ("out/orders_2025-03.csv", r"^\d+,\d+\n"),  # torn
        ("out/orders_2025-03.csv", r",C9900\d,"),  # a customer whom nobody knows
        ("out/orders_2025-04.csv", r",OLD-\d+,"),  # a product that is no longer sold
        ("out/subscribers.csv", r"^[A-Z.]+[0-9]+@EXAMPLE"),
        ("out/subscribers.csv", r"\|"),
        ("out/subscribers.csv", r"^,"),
        ("out/subscribers.csv", r",maybe,"),
        ("ref/postal_codes.csv", r"^\d{4};.+;52,\d+;4,\d+;\d\d\.\d{3},\d\d$"),
    ],
)
def test_files_hold_the_dirt_of_real_ones(name, dirt):
    text = (LANDING / name).read_text(encoding="utf-8-sig")
    assert re.search(dirt, text, re.MULTILINE), dirt


def test_export_windows_of_two_months_overlap():
    january = (LANDING / "out/orders_2025-01.csv").read_text(encoding="utf-8").splitlines()
    february = (LANDING / "out/orders_2025-02.csv").read_text(encoding="utf-8").splitlines()
    assert february[1:4] == january[-3:]


@pytest.mark.parametrize("link", ["products", "customers", "postal_codes"])
def test_every_link_has_keys_without_a_partner(figures, link):
    assert figures["orders"]["links"][link]["keys_without_partner"] > 0


def test_some_people_have_two_accounts_and_some_customers_have_left(figures):
    assert figures["profiles"]["with_several_accounts"] > 0
    ids = [
        {
            line.partition(",")[0]
            for line in (LANDING / name).read_text(encoding="utf-8").splitlines()
        }
        for name in ("out/customers_2025-02.csv", "out/customers_2025-05.csv")
    ]
    assert ids[0] - ids[1]
    assert ids[1] - ids[0]
