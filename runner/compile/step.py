"""A step of an import: a model, and what its template declares of it with `config(...)`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from runner.compile.jinja_environment import TemplateFault
from runner.errors import nearest
from runner.model import Materialization, Model
from runner.sql.quoting import Sql

NONE = Sql("")
EFFECTS = ("append", "delete", "replace", "upsert")
"""What rows do to a table: `delete` by the key, `replace` is `delete` and `append`."""
KINDS = ("temporary", "view", "read", *EFFECTS)
"""What becomes of the rows of a step: `read` gives them to Python."""


@dataclass(frozen=True)
class Declaration:
    """What a template declares: the arguments of `config(...)`, but for `when`."""

    materialized: str
    # The table that the rows change.
    into: Sql = NONE
    key: tuple[str, ...] = ()
    # Tables that it reads as the import leaves them. Others it reads as they were before.
    after: tuple[str, ...] = ()
    # Python runs it, where what is found calls for it, or in turns.
    on_call: bool = False
    # Its rows are made a share of the profiles at a time.
    sliced: bool = False

    @property
    def materialization(self) -> Materialization:
        """Return what becomes of the rows themselves."""
        return READS.get(self.materialized, "temporary")


READS: Mapping[str, Materialization] = {"view": "view", "read": "read"}
TEMPORARY, READ = Declaration("temporary"), Declaration("read")
ARGUMENTS = ("when", *(field.name for field in fields(Declaration)))


class Declared:
    """The function `config` of a template: it keeps what is declared."""

    def __init__(self) -> None:
        self.declaration: Declaration | None = None

    def __call__(self, *, when: Any = True, **given: Any) -> str:
        """Keep what is given, unless the goal needs no such step.

        Raises TemplateFault where an argument, or a materialization, is unknown.
        """
        for name in given:
            if name not in ARGUMENTS:
                raise TemplateFault(f"unknown argument '{name}'.{nearest(name, ARGUMENTS)}")
        kind = given.get("materialized")
        if kind not in KINDS:
            raise TemplateFault(
                f"a step is materialized as one of {', '.join(KINDS)}; found '{kind}'."
                f"{nearest(str(kind), KINDS)}"
            )
        if when:
            lists = {name: tuple(given.get(name, ())) for name in ("key", "after")}
            into = Sql(given.get("into", ""))
            self.declaration = Declaration(**{**given, **lists, "into": into})
        return ""


@dataclass(frozen=True)
class Step(Model):
    """A model of an import: its rows, and the table that they change."""

    declared: Declaration = TEMPORARY
    # Relations that other steps write, and it reads.
    reads: frozenset[Sql] = frozenset()

    @property
    def is_appended(self) -> bool:
        """Tell whether its rows go to a table at once, and stand in no relation of their own."""
        return self.materialization == "append"

    @property
    def changes(self) -> bool:
        """Tell whether its rows change a table."""
        return self.declared.materialized in EFFECTS


def with_places(steps: Mapping[str, Step]) -> dict[str, Step]:
    """Let rows go to the table to which they are appended, where no other step reads them.

    Else they stand in a relation of their own first.
    """
    read = {relation for step in steps.values() for relation in step.reads}
    return {name: _placed(step, read) for name, step in steps.items()}


def _placed(step: Step, read: Collection[Sql]) -> Step:
    into = step.declared.into
    if step.declared.materialized != "append" or (step.relation in read and step.relation != into):
        return step
    return replace(step, materialization="append", relation=into)
