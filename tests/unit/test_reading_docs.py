"""The table of dialects and faults names tests that exist, and every fault that there is."""

import re
from pathlib import Path
from typing import get_args

from runner.stage.record import Flaw
from tests.functional.pollutions import pollutions

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/reading.md").read_text(encoding="utf-8")
HELD = re.findall(r"`((?:pollution: |(?:unit|functional|property)/)[^`]+)`", TEXT)


def test_each_pollution_stands_in_the_table_and_each_that_stands_there_is_one():
    told = {
        name.removeprefix("pollution: ").replace(r"\|", "|")
        for name in HELD
        if name.startswith("pollution: ")
    }
    assert told == {item.name for item in pollutions()}


def test_each_named_test_exists():
    named = [name for name in HELD if not name.startswith("pollution: ")]
    assert len(named) > 20
    for name in named:
        file, _, test = name.partition("::")
        test, _, case = test.removesuffix("]").partition("[")
        text = (ROOT / "tests" / file).read_text(encoding="utf-8")
        assert f"def {test}(" in text if test else "def test_" in text, name
        assert not case or f'"{case}"' in text, name


def test_each_reason_of_a_line_stands_in_the_table():
    by_records = (ROOT / "runner/stage/record_reader.py").read_text(encoding="utf-8")
    reasons = {*filter(None, get_args(Flaw)), "bad_byte", "nul", "too_long"}
    reasons |= set(re.findall(r'return "([a-z_]+)", ', by_records))
    assert "repeated_header" in reasons
    assert {reason for reason in reasons if f"`{reason}`" not in TEXT} == set()
