"""What a dialect costs: the time to make one table readable and to read it, in many dialects."""

import argparse
import hashlib
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from runner.definitions.format import Format
from runner.remote import RemoteFile
from runner.stage.blob import Blob
from runner.stage.line_count import LineCounter
from runner.stage.prepare import prepare
from runner.stage.readable_file import ReadableFile

COLUMNS = 12
DIALECTS: dict[str, dict[str, Any]] = {
    "UTF-8, commas: read by the engine": {},
    "the same, one line set aside": {},
    "windows-1252": {"encoding": "windows-1252"},
    "UTF-16": {"encoding": "utf-16"},
    "separator ||": {"separator": "||"},
    "some fields in single quotes": {"quote": "'"},
    "backslash, in one line of ten": {"escape": "\\"},
    "CR": {},
}
QUERY = Path(__file__).with_name("reading.sql")


def content(name: str, stated: dict[str, Any], lines: int) -> bytes:
    """Write a table in a dialect."""
    separator, quote = stated.get("separator", ","), stated.get("quote", '"')
    end = "\r" if name == "CR" else "\n"
    text = [separator.join(f"column_{number}" for number in range(COLUMNS))]
    for line in range(lines):
        note = f"{quote}caf\u00e9{separator}{line}{quote}" if line % 5 == 0 else f"note {line}"
        if stated.get("escape") == "\\" and line % 10 == 0:
            note = f"caf\u00e9\\{separator}{line}"
        fields = [str(line), note, *(f"value {line * number}" for number in range(2, COLUMNS))]
        text.append(separator.join(fields))
    if "set aside" in name:
        text[lines // 2] += f"{separator}too much"
    return (end.join(text) + end).encode(stated.get("encoding", "utf-8"))


def seconds(data: bytes, stated: dict[str, Any], folder: Path) -> tuple[float, bool]:
    """Return how long preparing and reading take, and whether the record reader was needed."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = folder / sha256
    path.write_bytes(data)
    blob = Blob(sha256, len(data), path)
    remote = RemoteFile("file.csv", "file.csv", len(data), datetime.now(UTC))
    form = Format(**stated)
    # A build counts the lines while the file arrives.
    counter = LineCounter()
    counter.update(data)
    blob.keep_line_count(counter.counted())
    start = time.perf_counter()
    file = prepare(blob, remote, form)
    if not _is_read(file, form):
        file = prepare(blob, remote, form, by_records=True)
        if not _is_read(file, form):
            raise SystemExit("the clean form could not be read")
    return time.perf_counter() - start, file.is_clean


def attempt(data: bytes, stated: dict[str, Any]) -> tuple[float, bool]:
    """Return what `seconds` does, in a folder where nothing was prepared before."""
    with TemporaryDirectory() as folder:
        return seconds(data, stated, Path(folder))


def _is_read(file: ReadableFile, form: Format) -> bool:
    names = ([" line"] if file.is_clean else []) + list(file.header)
    parameters = {
        "path": str(file.local_path),
        "columns": dict.fromkeys(names, "VARCHAR"),
        "skip": 0 if file.is_clean else file.data_from,
        "separator": "," if file.is_clean else form.separator,
        "quote": '"' if file.is_clean else form.quote,
    }
    with duckdb.connect(config={"threads": 2}) as connection:
        for name, value in parameters.items():
            connection.execute(f"set variable {name} = ?", [value])
        rows = connection.execute(QUERY.read_text(encoding="utf-8")).fetchall()
    return bool(rows[0][0] == file.record_count)


def main() -> None:
    """Print a line of a table for each dialect."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("--lines", type=int, default=500_000)
    lines = parser.parse_args().lines
    first = 0.0
    print("| dialect | read by | MB | seconds | times the first | lines a second |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, stated in DIALECTS.items():
        data = content(name, stated, lines)
        taken, is_by_records = min(attempt(data, stated) for _ in range(2))
        first = first or taken
        reader = "records" if is_by_records else "engine"
        figures = f"{len(data) / 1e6:.0f} | {taken:.2f} | {taken / first:.1f}"
        print(f"| {name} | {reader} | {figures} | {lines / taken:,.0f} |")


if __name__ == "__main__":
    main()
