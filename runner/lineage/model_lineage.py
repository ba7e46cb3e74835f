"""The lineage of the project's own SQL: what models, segments and tests read."""

import re
from collections.abc import Callable, Iterable, Iterator

from runner.compile.compiled_project import CompiledProject, ProjectModel
from runner.compile.data_test import DataTest
from runner.compile.unit_test import CompiledUnitTest
from runner.definitions.model_file import Test
from runner.definitions.project import Project
from runner.lineage.node import Edge, LineageColumn, LineageNode, facts

NOT_NAMES = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", re.DOTALL)
"""Comments and texts of SQL."""
WORD = re.compile(r"[^\W\d]\w*")

FindNode = Callable[[str], str | None]
"""Returns the id of the node of a model or public table; None where there is none."""


def words_of(sql: str) -> frozenset[str]:
    """Return the names in SQL, in lower case, without those in comments and texts."""
    return frozenset(word.lower() for word in WORD.findall(NOT_NAMES.sub(" ", sql)))


def model_nodes(project: Project, compiled: CompiledProject) -> Iterator[LineageNode]:
    """Yield the node of each model, segment, data test and unit test."""
    for item in compiled.models.values():
        yield _model_node(item)
    for test in compiled.tests:
        yield _test_node(test)
    described = {test.name: test.description for test in project.unit_tests}
    for unit in compiled.unit_tests:
        yield LineageNode(
            "unit_test",
            unit.model.name,
            description=described.get(unit.model.name, ""),
            location=unit.location,
            facts=facts(tests=unit.tested),
        )


def exposure_nodes(compiled: CompiledProject) -> Iterator[LineageNode]:
    """Yield the node of each exposure."""
    for item in compiled.exposures:
        exposure = item.exposure
        yield LineageNode(
            "exposure",
            exposure.name,
            exposure.label,
            exposure.description,
            exposure.location(),
            tags=exposure.tags,
            facts=facts(
                type=exposure.type,
                maturity=exposure.maturity,
                url=exposure.url,
                owner=" ".join(filter(None, (exposure.owner.name, exposure.owner.email))),
            ),
        )


def _model_node(item: ProjectModel) -> LineageNode:
    document, model = item.document, item.model
    columns = document.columns if document else ()
    return LineageNode(
        "segment" if item.kind == "segment" else "model",
        model.name,
        document.title if document else "",
        document.description if document else "",
        model.locations[0] if model.locations else None,
        tags=item.tags,
        columns=tuple(
            LineageColumn(
                column.name,
                description=column.description,
                type=column.data_type or "",
                tests=tuple(map(_test_text, column.tests)),
            )
            for column in columns
        ),
        facts=facts(
            materialized=model.materialization,
            relation=str(model.relation),
            unique_key=model.unique_key,
            tests=[_test_text(test) for test in document.tests] if document else (),
        ),
    )


def _test_node(test: DataTest) -> LineageNode:
    locations = test.model.locations
    return LineageNode(
        "test",
        test.model.name,
        location=locations[0] if locations else None,
        facts=facts(severity=test.config.severity, tests=test.tested),
    )


def _test_text(test: Test) -> str:
    """Return a generic test as it is written in one line."""
    arguments = ", ".join(f"{key}: {_argument(value)}" for key, value in test.arguments.items())
    shown = f"{test.name}: {arguments}" if arguments else test.name
    return f"{shown} (warns)" if test.severity == "warn" else shown


def _argument(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def model_edges(
    compiled: CompiledProject, properties: Iterable[str], find: FindNode
) -> Iterator[Edge]:
    """Yield what models, segments and tests read.

    A model reads a property where it reads `profiles` and names the property in its SQL.
    """
    names = {name.lower(): f"property.{name}" for name in properties}
    for item in compiled.models.values():
        me = f"{'segment' if item.kind == 'segment' else 'model'}.{item.model.name}"
        for source in item.sources:
            yield Edge(f"file.{source.goal_name}.{source.files}", me)
        yield from _reads(item.model.depends_on, me, find)
        if "profiles" in item.model.depends_on:
            named = words_of(item.model.sql) & names.keys()
            yield from (Edge(names[word], me, of_column=True) for word in sorted(named))
    for test in compiled.tests:
        yield from _reads(test.tested, f"test.{test.model.name}", find)
    for used in compiled.exposures:
        me = f"exposure.{used.exposure.name}"
        yield from _reads(used.refs, me, find)
        for source in used.sources:
            yield Edge(f"file.{source.goal_name}.{source.files}", me)
    for unit in compiled.unit_tests:
        yield from _reads((unit.tested,), _unit_id(unit), find)


def _unit_id(unit: CompiledUnitTest) -> str:
    return f"unit_test.{unit.model.name}"


def _reads(names: Iterable[str], me: str, find: FindNode) -> Iterator[Edge]:
    for name in names:
        parent = find(name)
        if parent is not None:
            yield Edge(parent, me)
