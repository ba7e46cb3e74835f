"""Consent is that of all files read by their times, however they arrive (C1)."""

import os
from dataclasses import dataclass, field

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.property.ground import FIRST_MOMENT, Ground, csv_text, ground
from tests.thorough import drawn, examples

PROPERTIES = "email: {identifier: true}\nphone: {identifier: true}\nname: text\n"
PROJECT = "objectives: [{name: mailing, consent: opt_out}]\n"
BY = "identify: {by: [{email: email}, {phone: phone}], on_conflict: merge%s}"
GOALS = f"""\
- name: news
  kind: import_profiles
  objectives: [mailing]
  files: {{rows: {{path: "news_*.csv"%s}}}}
  {BY % ""}
  map: {{name: name, consent.mailing: optin}}
- name: stops
  kind: import_profiles
  objectives: []
  files: {{rows: "stops_*.csv"}}
  {BY % ", create_profiles: false"}
  map: {{consent.mailing: {{value: false}}}}
- name: links
  kind: import_profiles
  objectives: %s
  files: {{rows: "links_*.csv"}}
  {BY % ""}
- name: mailing
  kind: export_profiles
  objectives: [mailing]
  segment: everyone
  directory: out
  file_name: mailing.csv
  columns: [{{header: NAME, property: name}}, {{header: EMAIL, property: email}},
            {{header: PHONE, property: phone}}]
"""
HEADER = ("email", "phone", "name", "optin")
WORDS = {"yes": True, "no": False, "perhaps": False}

Value = str
Line = tuple[str, str, str, str]


@dataclass(frozen=True)
class Sent:
    """A version of a file: its path, time and lines."""

    path: str
    moment: int
    lines: tuple[Line, ...]


@dataclass
class Reading:
    """What all files that were sent say, read by their times."""

    said: list[tuple[int, Value, bool]] = field(default_factory=list)
    links: list[tuple[Value, Value]] = field(default_factory=list)

    @classmethod
    def of(cls, files: list[Sent]) -> "Reading":
        """Read files: a line counts from the first version of its file in which it stands."""
        reading, known = cls(), set[tuple[str, Line]]()
        for file in sorted(files, key=lambda file: file.moment):
            for line in file.lines:
                if (file.path, line) not in known:
                    known.add((file.path, line))
                    reading._line(file, line)
        return reading

    def _line(self, file: Sent, line: Line) -> None:
        values = [f"{key}{value}" for key, value in zip("ep", line, strict=False) if value]
        if len(values) > 1:
            self.links.append((values[0], values[1]))
        if file.path.startswith("stops"):
            self.said.append((file.moment, values[0], False))
        elif line[3]:
            self.said.append((file.moment, values[0], WORDS[line[3]]))

    def refused(self) -> set[Value]:
        """Return the identifiers of those who refused last."""
        last: dict[Value, tuple[int, bool]] = {}
        for moment, value, consented in self.said:
            customer = self._customer(value)
            if moment >= last.get(customer, (0, True))[0]:
                last[customer] = (moment, consented)
        values = {value for _, value, _ in self.said} | {v for pair in self.links for v in pair}
        return {v for v in values if not last.get(self._customer(v), (0, True))[1]}

    def _customer(self, value: Value) -> Value:
        found = {value}
        while more := {v for pair in self.links if found & {*pair} for v in pair} - found:
            found |= more
        return min(found)


values = st.sampled_from(["1", "2", "3"])
word = st.sampled_from(["yes", "yes", "no", "perhaps", ""])
line = st.tuples(st.booleans(), values, word)


@st.composite
def histories(draw: st.DrawFn) -> list[Sent]:
    """Return versions of files in the order of their times; each file grows."""
    files: dict[str, tuple[Line, ...]] = {}
    history = []
    for number in range(draw(st.integers(2, 6))):
        kind = draw(st.sampled_from(["news_dump", "news", "stops", "links"]))
        if kind == "links":
            path = f"links_{number}.csv"
            lines: tuple[Line, ...] = ((draw(values), draw(values), "", ""),)
        else:
            path = "news_dump.csv" if kind == "news_dump" else f"{kind}_{number}.csv"
            added = []
            for place, (is_email, value, said) in enumerate(
                draw(st.lists(line, min_size=1, max_size=2))
            ):
                email, phone = (value, "") if is_email else ("", value)
                added.append((email, phone, f"{number}.{place}", said))
            lines = (*added, *files.get(path, ()))
        files[path] = lines
        history.append(Sent(path, FIRST_MOMENT + 3600 * number, lines))
    return history


@dataclass(frozen=True)
class Arrival:
    """What is sent, in which order it arrives, and after which files there is a build."""

    history: list[Sent]
    order: tuple[int, ...]
    cuts: tuple[bool, ...]
    feed: str = ""
    # Objectives of the goal of links.
    asking: str = "[]"

    def files(self) -> list[Sent]:
        """Return the versions as they arrive; those of one file keep their order."""
        waiting: dict[str, list[Sent]] = {}
        for file in self.history:
            waiting.setdefault(file.path, []).append(file)
        return [waiting[self.history[number].path].pop(0) for number in self.order]


@st.composite
def whole_arrivals(draw: st.DrawFn) -> Arrival:
    """Return a history in any order and any cut into builds."""
    history = draw(histories())
    order = draw(st.permutations(range(len(history))))
    cuts = draw(st.lists(st.booleans(), min_size=len(history), max_size=len(history)))
    feed = draw(st.sampled_from(["", ", feed: full"]))
    return Arrival(
        history, tuple(order), tuple(cuts), feed, draw(st.sampled_from(["[]", "[mailing]"]))
    )


DUMP = ("1", "", "Ann", "yes")
STOPPED = [
    Sent("news_dump.csv", FIRST_MOMENT, (DUMP,)),
    Sent("stops_1.csv", FIRST_MOMENT + 60, (("", "1", "", ""),)),
    Sent("links_2.csv", FIRST_MOMENT + 120, (("1", "1", "", ""),)),
    Sent("news_dump.csv", FIRST_MOMENT + 180, (("2", "", "Bob", "yes"), DUMP)),
]
"""Somebody unknown refuses by a phone, which a link gives to the person of the dump."""


def put(shop: Ground, file: Sent) -> None:
    """Put a version of a file into the drop folder, with its time."""
    path = shop.folder / "drop" / file.path
    path.write_text(csv_text([HEADER, *file.lines]), encoding="utf-8")
    os.utime(path, (file.moment, file.moment))


def sent_to(shop: Ground) -> set[Value]:
    """Return the identifiers in the exported file."""
    path = shop.folder / "drop/out/mailing.csv"
    rows = path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []
    return {
        f"{key}{value}"
        for row in rows
        for key, value in zip("ep", row.split(",")[1:], strict=True)
        if value
    }


def held(shop: Ground) -> set[Value]:
    """Return the identifiers of all profiles."""
    rows = shop.rows("select 'e' || email, 'p' || phone from profiles")
    return {value for row in rows for value in row if value}


@settings(max_examples=examples(18), deadline=None)
@given(drawn(whole_arrivals()))
@example(Arrival(STOPPED, (0, 1, 2, 3), (True,) * 4, asking="[mailing]"))
@example(Arrival(STOPPED, (2, 0, 1, 3), (False, False, True, True)))
def test_consent_is_that_of_all_files_read_by_their_times(arrival: Arrival) -> None:
    """And nobody who refused last is in a file that is sent after it."""
    goals = GOALS % (arrival.feed, arrival.asking)
    with ground(PROPERTIES, goals, project=PROJECT) as shop:
        segment = shop.folder / "models/segments/everyone.sql"
        segment.parent.mkdir()
        segment.write_text("select profile_id from {{ ref('profiles') }}", encoding="utf-8")
        came: list[Sent] = []
        there: dict[str, Sent] = {}
        for file, is_built in zip(arrival.files(), arrival.cuts, strict=True):
            put(shop, file)
            there[file.path] = file
            if is_built:
                came += there.values()
                shop.build()
                assert not sent_to(shop) & Reading.of(came).refused()
        came += there.values()
        shop.build()
        refused = Reading.of(came).refused()
        assert not sent_to(shop) & refused
        assert held(shop) - refused == sent_to(shop)
