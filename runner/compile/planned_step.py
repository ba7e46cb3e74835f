"""A step of `process` made ready for its SQL."""

from collections.abc import Collection
from dataclasses import dataclass

from runner.compile.expression import Expression
from runner.errors import Location


@dataclass(frozen=True)
class PythonCall:
    """A function of the project that makes columns of others, rows by the thousand (R4)."""

    # Where it is called; its SQL name, which is also that of the column with its answer.
    location: Location
    name: str
    # `module:function`, as it was written.
    function: str
    # What it is given, and under which names.
    given: tuple[tuple[str, Expression], ...]
    # Names of the columns that it makes.
    makes: tuple[str, ...]


@dataclass(frozen=True)
class PlannedStep:
    """A step of `process`: columns that are set, or a condition that rows must meet."""

    # Quoted name, expression, and whether a column of that name is replaced.
    sets: tuple[tuple[str, Expression, bool], ...] = ()
    keep: Expression | None = None
    drop: Expression | None = None
    # What is called before the columns are set, to take them from its answer.
    call: PythonCall | None = None

    def sets_of(self, sources: Collection[str] | None) -> tuple[tuple[str, Expression, bool], ...]:
        """Return the columns that it sets of the lines of some sources alone; None: of any."""
        return tuple(one for one in self.sets if sources is None or one[1].sources <= {*sources})
