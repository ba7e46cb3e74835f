"""The macro for both engines that docs/models.md shows."""

import os
import re
from dataclasses import replace
from pathlib import Path

from runner.compile.library import Library
from runner.definitions.sql_file import SqlFile
from runner.errors import Location
from runner.sql import read_sql
from tests.unit.sql.engine import ENGINE
from tests.unit.sql.expression import empty_workspace, evaluated

PAGE = Path(__file__).parents[3] / "docs/models.md"


def test_macro_gives_the_same_on_each_engine():
    section = PAGE.read_text("utf-8").split("## Macros for both engines")[1]
    (example,) = re.findall(r"```sql\n(.*?)```", section.split("\n## ")[0], re.DOTALL)
    project = replace(empty_workspace().project, macros=(SqlFile("macros/m.sql", example),))
    library = Library(read_sql(), project, {}, os.environ.get, ENGINE)
    call = "{{ month_of('cast(value as timestamp)') }}"
    sql = library.environment.render(call, Location("test.sql"), {}).text
    assert evaluated(sql, "2026-02-03 04:05:06") == "2026-02"
