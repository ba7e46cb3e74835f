"""Variables that are given a value must be read somewhere: a misspelt one would change nothing."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from runner.definitions.project import Project
from runner.errors import DefinitionError, Fault, UsageError, unknown

READ = re.compile(r"""\bvar\(\s*(['"])(?P<name>.*?)\1""")
"""A call in a template that reads a variable."""


def check_variables(project: Project, given: Mapping[str, Any]) -> None:
    """Check the names of variables on the command line and in unit tests.

    A name is known where `vars` of the project declares it, or a template reads it. Raises
    UsageError, or DefinitionError with the faults of all unit tests.
    """
    overrides = [test.overrides for test in project.unit_tests if test.overrides.vars]
    if not given and not overrides:
        return
    known = {*project.file.vars, *_names_read(project)}
    for name in map(str, given):
        if name not in known:
            raise UsageError(
                f"--vars: {unknown('variable', name, known)}",
                project.file.location("vars", of_key=True),
                hint="declare it under `vars`, or read it as `var('name', default)`",
            )
    faults = [
        Fault(override.location("vars", name, of_key=True), unknown("variable", name, known))
        for override in overrides
        for name in override.vars
        if name not in known
    ]
    if faults:
        raise DefinitionError(faults)


def _names_read(project: Project) -> Iterator[str]:
    sql = (file.text for file in (*project.models, *project.macros, *project.tests))
    declared = (project.file, *project.connections, *project.documents.values())
    for text in (*sql, *_texts(declaration.written for declaration in declared)):
        for found in READ.finditer(text):
            yield found["name"]


def _texts(parts: Iterable[Any]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield part
        elif isinstance(part, Mapping):
            yield from _texts(part.values())
        elif isinstance(part, list):
            yield from _texts(part)
