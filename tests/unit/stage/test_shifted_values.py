from pathlib import Path

import pytest

from tests.unit.stage.readings import staged

GOOD = ["1,a,", '2,"b, c",""', '"3","d ""e""",f', "4,,", '5,"",g', '"6", "h",""']


@pytest.mark.parametrize(
    ("line", "is_direct"),
    [
        ("7,x,y", True),
        ("7,,x,", False),
        ("7,x,y,", False),
        ('7,"x, y",z,', False),
        ('7,x,y,""', False),
        ('7,x,y, ""  ', False),
        ('7,"x"" y",z,', False),
        ('7,5"Table, round"', False),
        ('7,5"""Big"" table, round"', False),
        ('5"Table, round",7', False),
        ('7,"x" "y",z', False),
        ('7,"" "y",z', False),
        ('7,5" pipe,z', True),
        ('7,5",3"', True),
        ('7,"5"" "" x",z', True),
        ('7," "," "', True),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("good", [GOOD, GOOD[:1], GOOD[:3]])
def test_r2_line_that_may_shift_its_values_is_not_left_to_the_engine(
    line: str, is_direct: bool, end: str, good: list[str], tmp_path: Path
) -> None:
    text = end.join(["a,b,c", *good * 3, line, *good * 3])
    file = staged(text.encode(), tmp_path, header=True)
    assert file.is_clean != is_direct
    assert file.rejected == (0 if is_direct else 1)


def test_separators_before_the_data_do_not_count(tmp_path: Path) -> None:
    file = staged(b"x,,,,\na,b\n1,2\n", tmp_path, skip_lines=1)
    assert not file.is_clean
