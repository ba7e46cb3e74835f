"""Steps of an import, each rendered from its template with what all of a goal are given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from runner.compile.import_plan import ImportPlan
from runner.compile.library import Library
from runner.compile.step import NONE, Declaration, Step
from runner.sql.quoting import Sql, quoted_name


@dataclass(frozen=True)
class StepWriter:
    """Renders the steps of one goal."""

    plan: ImportPlan
    library: Library
    # What every template is given.
    context: Mapping[str, Any]

    @property
    def relations(self) -> Mapping[str, Sql]:
        """Return the quoted relation of each model, by name."""
        relations: Mapping[str, Sql] = self.context["relations"]
        return relations

    def model(
        self, name: str, template: str, declared: Declaration, more: Mapping[str, Any]
    ) -> Step:
        """Return a step made of the context and `more`."""
        goal = self.plan.goal
        variables = {**self.context, **more}
        relations = _Relations(variables["relations"])
        sql, locations = self.library.render(template, {**variables, "relations": relations})
        location = goal.location("name")
        written = self.library.templates[template].path
        own = relations.named.get(name, quoted_name(f"{self.plan.name}.{name}"))
        return Step(
            name=f"{self.plan.name}.{name}",
            sql=f"-- {written}, for {location.file}:{location.line}\n{sql}",
            relation=own,
            materialization=declared.materialization,
            path=f"{self.plan.connection}/{goal.name}/{name}.sql",
            locations=(location, *locations),
            declared=declared,
            reads=frozenset(relations.read),
        )

    def own_model(
        self,
        name: str,
        template: str,
        relation: Sql,
        kind: str,
        more: Mapping[str, Any],
    ) -> Step:
        """Return a step that the context has no relation of, and that Python runs."""
        relations = {**self.relations, name: relation}
        into = relation if kind == "append" else NONE
        declared = Declaration(kind, into, on_call=True)
        return self.model(name, template, declared, {**more, "relations": relations})


class _Relations:
    """The relations that a template may read, by step; it remembers which of them it did."""

    def __init__(self, named: Mapping[str, Sql]) -> None:
        self.named = named
        self.read: set[Sql] = set()

    def __getitem__(self, name: str) -> Sql:
        self.read.add(self.named[name])
        return self.named[name]
