"""Looking for the bytes of a person in everything below a folder."""

import gzip
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

from tests.functional.workshop import ENGINE, Workshop, attached


def canaries_in(folder: Path, canaries: tuple[str, ...]) -> dict[str, set[str]]:
    """Return which files below a folder hold which canaries, compressed ones opened."""
    found: dict[str, set[str]] = {}
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        for content in contents_of(path):
            for canary in canaries:
                if canary.lower().encode() in content.lower():
                    found.setdefault(str(path.relative_to(folder)), set()).add(canary)
    return found


def contents_of(path: Path) -> list[bytes]:
    content = path.read_bytes()
    contents = [content]
    if content.startswith(b"\x1f\x8b"):
        contents.append(gzip.decompress(content))
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            contents += [archive.read(name) for name in archive.namelist()]
    if content.startswith(b"PAR1"):
        rows = ENGINE.execute("select * from read_parquet(?)", [str(path)]).fetchall()
        contents.append(str(rows).encode())
    if path.suffix in (".duckdb",):
        with attached(path) as connection:
            relations = connection.execute(
                "select schema_name, table_name from duckdb_tables()"
                " where not internal and database_name = current_database()"
            ).fetchall()
            for schema, table in relations:
                held = connection.execute(f'from {schema}."{table}"').fetchall()
                contents.append(str(held).encode())
    return contents


def receipt(shop: Workshop, *arguments: str) -> dict[str, Any]:
    ended = shop.run("forget", *arguments, "--yes")
    assert ended.code == 0, ended.told
    path = re.findall(r"Receipt: (.+)", ended.stdout)[0]
    found: dict[str, Any] = json.loads((shop.folder / path).read_text())
    return found
