"""Which dates and times the values of a column are: formats in the letters of strptime."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from runner.definitions.moment_format import EPOCHS

DAY = re.compile(
    r"""(?P<ymd>(?P<y1>[12][0-9]{3})(?P<s1>[-/.])(?P<m1>[0-9]{1,2})(?P=s1)(?P<d1>[0-9]{1,2}))
    |(?P<compact>(?P<y2>(19|20)[0-9]{2})(?P<m2>[0-9]{2})(?P<d2>[0-9]{2}))
    |(?P<numbers>(?P<a>[0-9]{1,2})(?P<s3>[-/. ])(?P<b>[0-9]{1,2})(?P=s3)(?P<y3>[0-9]{4}|[0-9]{2}))
    |(?P<dmon>(?P<d4>[0-9]{1,2})(?P<s4>[-/ ])(?P<mon4>[A-Za-z]{3,9})(?P=s4)
        (?P<y4>[0-9]{4}|[0-9]{2}))
    |(?P<mond>(?P<mon5>[A-Za-z]{3,9})\ (?P<d5>[0-9]{1,2}),\ (?P<y5>[0-9]{4}))""",
    re.VERBOSE,
)
TIME = re.compile(
    r"""(?P<gap>T|,?\ )(?P<h>[0-9]{1,2}):(?P<m>[0-9]{2})(?P<s>:[0-9]{2})?(?P<f>\.[0-9]{1,9})?
    (?P<half>\ ?[AaPp][Mm])?(?P<zone>\ ?(?:Z|[+-][0-9]{2}:?[0-9]{2}|UTC|GMT|CET|CEST))?""",
    re.VERBOSE,
)
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep september",
            "oct october",
            "nov november",
            "dec december",
        ),
        1,
    )
    for name in names.split()
}
OLDEST, NEWEST = 631_152_000 * 10**6, 2_208_988_800 * 10**6
"""Microseconds from 1970 to the years 1990 and 2040: numbers between them may be moments."""
SHORT_PIVOT = 68
FIRST_DAY, FIRST_MONTH = "%d{0}%m{0}{1}", "%m{0}%d{0}{1}"


@dataclass
class MomentColumn:
    """The formats that read the values of a column, by the way they are written."""

    # Way of writing -> formats that read all its values, and how many values it has.
    ways: dict[str, tuple[set[str], int]] = field(default_factory=dict)
    # Values with a time of day.
    timed: int = 0
    # Values that are no date.
    others: int = 0
    # Ways whose values contradict each other: 31/01 beside 01/31.
    mixed: set[str] = field(default_factory=set)
    short_years: bool = False
    # Values without separators, such as 20240131: a number as well.
    compact: int = 0

    @property
    def count(self) -> int:
        """Return how many values are dates or times."""
        return sum(count for _, count in self.ways.values())

    @property
    def doubtful(self) -> list[str]:
        """Return the ways that are read with the day first and with the month first."""
        return [way for way, (formats, _) in self.ways.items() if len(formats) > 1]


def measured_moments(values: Mapping[str, int]) -> MomentColumn:
    """Return the formats of the values (text -> how often)."""
    found = MomentColumn()
    for text, count in values.items():
        read = _read(text)
        if read is None:
            found.others += count
            continue
        way, formats = read
        known, before = found.ways.get(way, (formats, 0))
        if not known & formats:
            found.mixed.add(way)
        found.ways[way] = (known & formats or known, before + count)
        found.timed += count * ("%H" in way or "%I" in way)
        found.short_years |= "%y" in way
        found.compact += count * way.startswith("%Y%m%d")
    return found


def epoch_of(values: Collection[str]) -> str:
    """Return the format that reads all the values as numbers from 1970 on; empty for none."""
    if not all(text.isascii() and text.isdecimal() and len(text) < 18 for text in values):
        return ""
    numbers = [*map(int, values)]
    for written, unit in EPOCHS.items():
        if all(OLDEST <= number * unit <= NEWEST for number in numbers):
            return written
    return ""


def settled(column: MomentColumn, known: Collection[str]) -> Sequence[str] | None:
    """Return a format for each way of writing, the most frequent first; None where one is open.

    `known` are formats of other columns of the file, which settle whether days come first.
    """
    chosen: list[str] = []
    for _, (formats, _) in sorted(column.ways.items(), key=lambda item: -item[1][1]):
        if len(formats) > 1:
            days = {written.partition(" ")[0].partition("T")[0] for written in known}
            formats = {made for made in formats if made.partition(" ")[0].partition("T")[0] in days}
        if len(formats) != 1:
            return None
        chosen.extend(formats)
    return chosen


def _read(text: str) -> tuple[str, set[str]] | None:
    """Return how a value is written, and the formats that read it; None where it is no moment."""
    found = DAY.match(text)
    days = _days(found) if found else ()
    if not found or not days:
        return None
    rest = text[found.end() :]
    time = ""
    if rest:
        clock = TIME.fullmatch(rest)
        if not clock or not _is_time(clock):
            return None
        time = _time_format(clock)
    formats = {f"{day}{time}" for day in days}
    return f"{_way(found)}{time}", formats


def _days(found: re.Match[str]) -> Sequence[str]:
    if found["ymd"]:
        made = f"%Y{found['s1']}%m{found['s1']}%d"
        return [made] if _is_day(found["y1"], found["m1"], found["d1"]) else []
    if found["compact"]:
        return ["%Y%m%d"] if _is_day(found["y2"], found["m2"], found["d2"]) else []
    if found["numbers"]:
        year = "%Y" if len(found["y3"]) == 4 else "%y"
        orders = ((FIRST_DAY, found["b"], found["a"]), (FIRST_MONTH, found["a"], found["b"]))
        return [
            form.format(found["s3"], year)
            for form, month, day in orders
            if _is_day(found["y3"], month, day)
        ]
    kind = "4" if found["dmon"] else "5"
    month = MONTHS.get(found[f"mon{kind}"].lower())
    if month is None or not _is_day(found[f"y{kind}"], str(month), found[f"d{kind}"]):
        return []
    name = "%b" if len(found[f"mon{kind}"]) == 3 else "%B"
    if kind == "5":
        return [f"{name} %d, %Y"]
    year = "%Y" if len(found["y4"]) == 4 else "%y"
    return [f"%d{found['s4']}{name}{found['s4']}{year}"]


def _way(found: re.Match[str]) -> str:
    """Return how a day is written, whichever of its numbers is the month."""
    if not found["numbers"]:
        return str(_days(found)[0])
    return f"#{found['s3']}#{found['s3']}{'%Y' if len(found['y3']) == 4 else '%y'}"


def _is_day(year: str, month: str, day: str) -> bool:
    number = int(year) if len(year) == 4 else 2000 + int(year)
    try:
        date(number, int(month), int(day))
    except ValueError:
        return False
    return number >= 1000


def _is_time(clock: re.Match[str]) -> bool:
    hours = int(clock["h"])
    limit = 1 <= hours <= 12 if clock["half"] else hours < 24
    return limit and int(clock["m"]) < 60 and int((clock["s"] or ":0")[1:]) < 60


def _time_format(clock: re.Match[str]) -> str:
    parts = [clock["gap"], "%I" if clock["half"] else "%H", ":%M"]
    parts += ["%S" and ":%S"] if clock["s"] else []
    parts += [".%f"] if clock["f"] else []
    if clock["half"]:
        parts.append(" %p" if clock["half"].startswith(" ") else "%p")
    if clock["zone"]:
        parts.append(" %z" if clock["zone"].startswith(" ") else "%z")
    return "".join(parts)
