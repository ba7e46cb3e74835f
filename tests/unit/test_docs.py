"""What the documents say of the language is what the language has."""

import re
import tomllib
import typing
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

import click
import pytest
import yaml
from click.testing import CliRunner
from pydantic import AliasChoices
from pydantic.fields import FieldInfo

from runner.cli.main import COMMANDS, main
from runner.compile.selection import METHODS
from runner.definitions import (
    connection,
    event_export,
    event_import,
    event_type,
    export_goal,
    exposure,
    file_source,
    format,
    group_type,
    import_goal,
    import_products,
    model_file,
    objective,
    package,
    pgp,
    profile_property,
    project_file,
    ready,
    schedule,
    selector,
    strategy,
    unit_test,
)
from runner.definitions.check import check_project
from runner.definitions.connection import Connection
from runner.definitions.declaration import Declaration, read_declaration
from runner.definitions.document import read_document
from runner.definitions.duration import Duration
from runner.definitions.model_file import ModelFile
from runner.definitions.profile_property import PropertiesFile
from runner.definitions.project import read_project
from runner.definitions.project_file import ProjectFile
from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.engine.schema import prepare
from runner.errors import DefinitionError, Fault, RunnerError
from runner.reconciliation import OUTCOMES
from runner.sql.quoting import Sql
from runner.stage.record import Flaw
from runner.warehouse.ledger import store_build
from tests.unit.sql.rendering import template_sql

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("benchmarks/*.md")])

SECTIONS: dict[type[Declaration], str] = {
    project_file.ProjectFile: "project.md#runner_projectyml",
    project_file.Mail: "project.md#mail",
    project_file.Target: "project.md#target",
    profile_property.PropertiesFile: "project.md#properties",
    profile_property.Property: "project.md#properties",
    connection.Connection: "connections.md#connections",
    connection.Access: "connections.md#access",
    connection.Authentication: "connections.md#authentication",
    connection.ProxyJump: "connections.md#jump-hosts",
    connection.Notify: "connections.md#notify",
    schedule.Schedule: "connections.md#schedule",
    objective.Objective: "consent.md#objectives",
    import_goal.ImportProfiles: "import.md#importing-profiles",
    import_products.ImportProducts: "events.md#product-feeds",
    file_source.FileSource: "import.md#files",
    format.Format: "import.md#format",
    ready.Ready: "import.md#when-a-file-is-whole",
    file_source.Freshness: "import.md#when-no-file-comes",
    import_goal.Step: "import.md#process",
    import_goal.Identify: "import.md#identify",
    import_goal.Mapping: "import.md#map",
    import_goal.MapRest: "import.md#map_rest",
    group_type.GroupType: "groups.md#group-types",
    import_goal.ImportGroups: "groups.md#importing-groups",
    import_goal.GroupIdentify: "groups.md#importing-groups",
    event_import.EventImport: "events.md#events-of-a-goal",
    event_import.EventValue: "events.md#values",
    event_type.EventType: "events.md#event-types",
    event_type.EventProperty: "events.md#properties-of-events",
    event_type.NestedList: "events.md#nested-lists",
    export_goal.ExportProfiles: "export.md#exporting-profiles",
    export_goal.ExportGroups: "groups.md#exporting-groups",
    export_goal.Column: "export.md#columns",
    event_export.EventExport: "export.md#events",
    event_export.Period: "export.md#events",
    format.ExportFormat: "export.md#format",
    pgp.Decryption: "import.md#encrypted-files",
    pgp.Encryption: "export.md#encrypted-files",
    model_file.ModelFile: "models.md#documentation-of-a-model",
    model_file.ModelDocument: "models.md#documentation-of-a-model",
    model_file.SnapshotDocument: "models.md#snapshots",
    model_file.ColumnDocument: "models.md#documentation-of-a-model",
    model_file.ModelConfig: "models.md#configuration",
    model_file.DataTestConfig: "models.md#tests",
    model_file.Test: "models.md#tests",
    package.PackagesFile: "models.md#packages",
    package.Package: "models.md#packages",
    package.LockFile: "models.md#packages",
    package.LockedPackage: "models.md#packages",
    exposure.Exposure: "models.md#exposures",
    exposure.Owner: "models.md#exposures",
    selector.SelectorsFile: "models.md#selectors-with-a-name",
    selector.NamedSelector: "models.md#selectors-with-a-name",
    unit_test.UnitTest: "models.md#unit-tests",
    unit_test.Given: "models.md#unit-tests",
    unit_test.Rows: "models.md#unit-tests",
    unit_test.Overrides: "models.md#unit-tests",
}
"""Where the table of each declaration's keys stands."""

KINDS: dict[str, type[Declaration]] = {
    "runner_project.yml": ProjectFile,
    "models/properties.yml": PropertiesFile,
    "connections/": Connection,
    "models/groups/": group_type.GroupType,
    "models/events/": event_type.EventType,
    "models/": ModelFile,
    "seeds/": ModelFile,
    "snapshots/": ModelFile,
    "packages.yml": package.PackagesFile,
    "selectors.yml": selector.SelectorsFile,
}
"""What a whole file declares, by the beginning of its path."""


COLUMNS = """
select table_schema, table_name, column_name, data_type
from information_schema.columns
where table_schema in ('main', 'runner')
order by table_schema, table_name, ordinal_position
"""
WORDS = {
    "anew": "again",
    "books": "reconciliation",
    "brake": "change limit",
    "handful": "batch",
    "in the place of": "instead of",
    "mended": "fixed",
    "nobody": "no one",
    "somebody": "someone",
    "taken back": "retracted",
    "takes back": "retracts",
    "tell": "show, report",
    "tells": "shows, reports",
    "told": "shown, reported",
    "withdrawn": "retracted",
}
"""Words that the documents do not use -> what they say instead."""
OPTION = re.compile(r"^\| `(--[\w-]+)`", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block of a document."""

    document: str
    line: int
    language: str
    text: str
    # What follows where the block is a mistake: the message that it gives.
    message: str = ""

    @property
    def is_right(self) -> bool:
        """Whether the block is a whole file without a mistake."""
        return bool(self.file) and not self.message

    @property
    def file(self) -> str | None:
        """The file that the block holds whole: its first line is `# connections/webshop.yml`."""
        found = re.match(r"# (\S+\.yml)\n", self.text)
        return found[1] if found and self.language == "yaml" else None

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"


@dataclass(frozen=True)
class Row:
    """A key as a table tells it."""

    default: str
    meaning: str


def blocks_of(path: Path) -> list[Block]:
    text = path.read_text(encoding="utf-8")
    fences = re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    name = path.relative_to(ROOT).as_posix()
    blocks = [
        Block(name, text.count("\n", 0, fence.start()) + 1, fence[1], fence[2]) for fence in fences
    ]
    return [
        replace(block, message=after.text) if after and tells_of(block, after) else block
        for block, after in zip(blocks, [*blocks, None][1:], strict=True)
    ]


def tells_of(block: Block, after: Block) -> bool:
    """Tell whether a block is a whole file, and the next one the message that it gives."""
    is_message = after.language == "text" and after.text.startswith(f"{block.file}:")
    return block.file is not None and is_message


BLOCKS = [block for path in DOCUMENTS for block in blocks_of(path)]


def anchor(heading: str) -> str:
    """Return the anchor that GitHub makes of a heading."""
    words = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return words.replace(" ", "-")


@cache
def sections(path: Path) -> dict[str, str]:
    """Return the text under each heading, up to the next heading, by anchor."""
    text = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    parts = re.split(r"^#{1,6} (.+)$", text, flags=re.MULTILINE)
    return {anchor(head): body for head, body in zip(parts[1::2], parts[2::2], strict=True)}


def tables(section: str) -> list[dict[str, Row]]:
    """Return the tables of a section that tell keys, each as key -> row."""
    found = []
    for table in re.findall(r"^\| key \|.*\n\|[-|]+\n((?:\|.*\n)+)", section, re.MULTILINE):
        rows = {}
        for line in table.splitlines():
            key, default, meaning = re.split(r"(?<!\\)\|", line.strip("|"), maxsplit=2)
            rows[key.strip().strip("`")] = Row(default.strip(), meaning.strip())
        found.append(rows)
    return found


def keys_of(declaration: type[Declaration]) -> dict[str, FieldInfo]:
    """Return the keys that a user may write, those of the access to a place apart."""
    keys: dict[str, FieldInfo] = {}
    for name, field in declaration.model_fields.items():
        if declaration is Connection and name in connection.Access.model_fields:
            continue
        if name in declaration.refused:
            continue
        alias = field.validation_alias
        names = alias.choices if isinstance(alias, AliasChoices) else [alias or name]
        keys |= {str(key): field for key in names}
    return keys


def literals(annotation: Any) -> list[str]:
    if typing.get_origin(annotation) is Literal:
        return [shown(value) for value in typing.get_args(annotation)]
    return [word for part in typing.get_args(annotation) for word in literals(part)]


def shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def default_of(field: FieldInfo) -> str:
    """Return a default as a table tells it."""
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True)
    if isinstance(value, tuple) and value:
        return ", ".join(f"`{item}`" if item else '`""`' for item in value)
    if value in (None, "", (), {}) or isinstance(value, Declaration):
        return "–"
    if isinstance(value, dict):
        return "–"
    if typing.get_args(Duration)[1] in field.metadata:
        return f"`{value:g}s`"
    return f"`{shown(value)}`".replace("|", r"\|")


def declarations() -> set[type[Declaration]]:
    found: set[type[Declaration]] = set()
    waiting: list[type[Declaration]] = [Declaration]
    while waiting:
        for declared in waiting.pop().__subclasses__():
            if declared.__module__.startswith("runner.definitions"):
                found.add(declared)
            waiting.append(declared)
    return found


def test_every_declaration_has_its_table():
    # Of these a file declares what is made of them.
    bases = {project_file.TargetAccess, import_goal.ImportGoal, model_file.TestWord}
    assert declarations() - bases == set(SECTIONS)


@pytest.mark.parametrize("declaration", SECTIONS, ids=lambda declared: declared.__name__)
def test_tables_tell_every_key_with_its_default_and_no_other(declaration):
    document, _, heading = SECTIONS[declaration].partition("#")
    keys = keys_of(declaration)
    found = tables(sections(ROOT / "docs" / document)[heading])
    assert list(keys) in [list(table) for table in found]
    table = next(table for table in found if list(table) == list(keys))
    assert {key: row.default for key, row in table.items()} == {
        key: default_of(field) for key, field in keys.items()
    }
    for key, field in keys.items():
        for word in literals(field.annotation):
            spelled = f"`{word}`" if word else "empty"
            row = table[key]
            assert spelled in row.meaning + row.default or word == " ", (key, word)


@pytest.mark.parametrize("block", [block for block in BLOCKS if block.is_right], ids=str)
def test_whole_files_are_read_without_a_fault(block, tmp_path):
    kind = next(kind for start, kind in KINDS.items() if (block.file or "").startswith(start))
    path = tmp_path / "file.yml"
    path.write_text(block.text, encoding="utf-8")
    faults: list[Fault] = []
    data = read_document(path, block.file or "", faults)
    assert data is not None
    read_declaration(kind, data, faults)
    assert faults == []


@pytest.mark.parametrize("block", [block for block in BLOCKS if block.message], ids=str)
def test_mistaken_files_give_the_message_below_them(block, tmp_path):
    project = [block for block in BLOCKS if block.document == "docs/project.md"]
    for base in ("runner_project.yml", "models/properties.yml"):
        write(tmp_path / base, next(block.text for block in project if block.file == base))
    write(tmp_path / "models/segments/vip.sql", "select profile_id from {{ ref('profiles') }}")
    write(tmp_path / (block.file or ""), block.text)
    with pytest.raises(DefinitionError) as raised:
        check_project(read_project(tmp_path))
    assert str(raised.value) == block.message.strip()


@pytest.mark.parametrize("block", [block for block in BLOCKS if block.language == "yaml"], ids=str)
def test_yaml_is_yaml(block):
    assert yaml.compose(block.text, Loader=yaml.SafeLoader) is not None


def test_there_are_whole_files_and_messages():
    assert len([block for block in BLOCKS if block.is_right]) >= 10
    assert len([block for block in BLOCKS if block.message]) >= 2


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_inside_the_repository_lead_somewhere(document):
    text = re.sub(r"^```.*?^```$", "", document.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, heading = link.partition("#")
        target = document.parent / path if path else document
        assert target.exists(), link
        assert not heading or heading in sections(target), link


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_documents_say_one_thing_in_one_word(document):
    text = re.sub(r"^```.*?^```$", "", document.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    prose = " ".join(re.sub(r"`[^`\n]*`", "", text).lower().split())
    used = {word: better for word, better in WORDS.items() if re.search(rf"\b{word}\b", prose)}
    assert used == {}


def test_architecture_has_the_layers_that_are_checked():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = next(item["layers"] for item in contracts["contracts"] if item["id"] == "layers")
    rows = re.findall(
        r"^\| (`[^|]+`) \|", sections(ROOT / "ARCHITECTURE.md")["layers"], re.MULTILINE
    )
    assert [re.findall(r"\w+", row) for row in rows] == [
        re.findall(r"\w+", line) for line in layers
    ]


def test_glossary_has_each_word_once_in_order():
    body = sections(ROOT / "docs" / "glossary.md")["glossary"]
    words = re.findall(r"^\| (?!word )([a-z].*?) \|", body, re.MULTILINE)
    assert words == sorted(set(words))


def test_tables_of_the_warehouse_are_told_column_by_column(tmp_path):
    told = {}
    for heading, body in sections(ROOT / "docs" / "warehouse.md").items():
        columns = re.findall(
            r"^\| `(\w+)` \| ([a-z]\w*(?:\([^)]*\))?(?:\[\])?) \|", body, re.MULTILINE
        )
        if columns:
            told[heading] = columns
    with DuckDBWarehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
        prepare(warehouse)
        store_build(warehouse, "b")
        # Made where a project declares objectives.
        view = template_sql("public", "consent")
        warehouse.perform("create", relation=Sql("main.consent"), select=Sql(view), is_view=True)
        rows = warehouse.connection.execute(COLUMNS).fetchall()
    made: dict[str, list[tuple[str, str]]] = {}
    for schema, table, column, data_type in rows:
        heading = table if schema == "main" else f"{schema}{table}"
        made.setdefault(heading, []).append((column, data_type.lower()))
    assert {
        heading: [(name, kind.replace(" ", "")) for name, kind in columns]
        for heading, columns in told.items()
    } == {
        heading: [(name, kind.replace(" ", "")) for name, kind in columns]
        for heading, columns in made.items()
    }


def test_words_of_the_language_stand_in_the_documents():
    imports = sections(ROOT / "docs" / "import.md")
    models = sections(ROOT / "docs" / "models.md")
    assert_told(OUTCOMES, imports["outcomes"])
    assert_told(strategy.STRATEGIES, imports["strategies"])
    assert_told([flaw for flaw in typing.get_args(Flaw) if flaw], imports["how-lines-are-read"])
    assert_told(profile_property.TYPES, imports["how-values-are-read"])
    assert_told(model_file.TESTS, models["tests"])
    for method in METHODS:
        assert f"| `{method}:" in models["selection"], method


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_says_what_it_does_with_an_example(name):
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.help
    assert (command.epilog or "").startswith(f"Example: runner {name}")
    for option in command.params:
        assert not isinstance(option, click.Option) or option.help, option.name


@pytest.mark.parametrize("name", COMMANDS)
def test_options_of_a_command_are_told(name):
    document = sections(ROOT / "docs" / "commands.md")
    assert f"| [{name}](#{name}) | {COMMANDS[name]} |\n" in document["commands"]
    command = main.get_command(click.Context(main), name)
    assert command is not None
    has = {
        max(option.opts, key=len) for option in command.params if isinstance(option, click.Option)
    }
    own = set(OPTION.findall(document[name]))
    shared = set(OPTION.findall(document["shared-options"]))
    assert own <= has
    assert has - shared <= own


def test_shared_options_are_options_of_some_command():
    commands = [main.get_command(click.Context(main), name) for name in COMMANDS]
    options = {
        word for command in commands if command for param in command.params for word in param.opts
    }
    told = OPTION.findall(sections(ROOT / "docs" / "commands.md")["shared-options"])
    assert set(told) <= options


def test_exit_codes_are_told():
    told = re.findall(r"^\| ([0-9]) \|", sections(ROOT / "docs/commands.md")["exit-codes"], re.M)
    codes = {0, *(error.exit_code for error in (RunnerError, *RunnerError.__subclasses__()))}
    assert [int(code) for code in told] == sorted(codes)


def test_mistake_of_the_tour_gives_the_message_that_the_readme_shows(tmp_path):
    parts = ("runner_project.yml", "connections/*.yml", "models/**/*.*")
    for path in (path for part in parts for path in ROOT.glob(part)):
        text = path.read_text("utf-8").replace("strategy: sum", "stratgy: sum")
        write(tmp_path / path.relative_to(ROOT), text)
    ended = CliRunner().invoke(main, ["compile", "--project-dir", str(tmp_path)])
    tour = [block for block in BLOCKS if block.document == "README.md"]
    assert ended.exit_code == 2
    assert ended.stderr == next(
        block.text for block in tour if "stratgy" in block.text[:200] and block.language == "text"
    )


def assert_told(words, section):
    for word in words:
        assert f"`{word}`" in section, word


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
