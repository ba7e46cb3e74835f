"""The templates that models are made from: built in, or replaced by the project."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import SimpleNamespace
from typing import Any

from runner.compile.dbt_functions import Adapter, dbt_functions
from runner.compile.expression import TOKENS, Expression
from runner.compile.jinja_environment import (
    BUILT_IN,
    MACRO,
    Environment,
    env_var,
    variable,
)
from runner.compile.loaded_template import Rendered
from runner.compile.mapped_value import MappedValue
from runner.compile.moved_templates import moved_faults
from runner.compile.secret_expressions import HIDDEN, hide_made
from runner.compile.step import Declaration, Declared
from runner.compile.template_uses import TemplateUses, parsed
from runner.definitions.project import Project
from runner.definitions.sql_file import SqlFile
from runner.definitions.strategy import LATEST
from runner.errors import DefinitionError, Fault, Location
from runner.secret_values import SECRETS, URL_PASSWORD
from runner.sql.quoting import literal, quoted_name, quoted_text
from runner.sql.template import head_of

MACROS = ("macros/", "engines/{}/macros/")
"""Folders of the built-in macros: those of every engine, and those of one."""
STRATEGY = "strategies/{}.sql"
"""The file of what a strategy does with values."""
PACKAGES = "engines/duckdb/packages/"
"""The folder of those that packages of dbt have: `dbt_utils.star()`."""


READER = "duckdb"
"""The engine that reads files, whichever joins their lines."""
LINES = ("import/read/lines.sql", "project/source_lines.sql")
"""The templates by which it does."""


class Library:
    """Templates by path, and the environment that renders them with the macros of an engine.

    A file of the project's `models/` with the path of a built-in template replaces it.
    """

    def __init__(
        self,
        built_in: Mapping[str, str],
        project: Project,
        variables: Mapping[str, Any],
        read_variable: Callable[[str], str | None],
        engine: str = "duckdb",
    ) -> None:
        self._engine = engine
        self._reader = cache(lambda: Library(built_in, project, variables, read_variable, READER))
        own = {file.path.removeprefix("models/"): file for file in project.models}
        if faults := moved_faults(own):
            raise DefinitionError(faults)
        self.templates = {
            path: own.get(path, SqlFile(BUILT_IN + path, text)) for path, text in built_in.items()
        }
        # What each built-in step declares: it holds for a file that replaces one too.
        self.heads = {
            path: head for path, text in built_in.items() if (head := head_of(text)) is not None
        }
        folders = tuple(folder.format(engine) for folder in MACROS)
        macros = [file for path, file in self.templates.items() if path.startswith(folders)]
        self.variables = {**project.file.vars, **variables}
        # What templates log, each message once.
        self.logged: dict[str, None] = {}
        self.say: Callable[[str], None] = lambda message: self.logged.update({message: None})
        functions = {
            **dbt_functions(lambda message: self.say(SECRETS.hide(message))),
            "var": variable(self.variables),
            "env_var": env_var(_hiding(read_variable)),
            HIDDEN: hide_made(read_variable),
            "text": quoted_text,
            "texts": literal,
            "name": quoted_name,
            "written": written,
            "strategy": self.strategy,
            "strategy_of": self.strategy_of,
            # What a template declares is read before it is rendered.
            "config": lambda **_: "",
        }
        # For settings, whose values messages may name: a host, a path.
        self._settings = {"env_var": env_var(read_variable), HIDDEN: lambda value, _: value}
        replaced = [file for file in macros if not file.path.startswith(BUILT_IN)]
        self.environment = Environment(
            [file for file in macros if file.path.startswith(BUILT_IN)],
            [*replaced, *project.macros],
            functions,
            [file for path, file in self.templates.items() if path.startswith(PACKAGES)],
        )
        taking = [file for file in project.macros if file.path in self.environment.replacing]
        if faults := [*_taken_faults(taking, macros, functions)]:
            raise DefinitionError(faults)
        names = self.environment.jinja.globals
        names.update(adapter=Adapter(names, engine), project_name=project.file.name)
        self._uses = TemplateUses((*macros, *project.macros), self.variables)
        self._replacing = {file.path for path, file in own.items() if path in built_in}
        self._replacing |= self.environment.replacing
        self._recorded: set[SqlFile] | None = None

    def uses(self, text: str) -> dict[str, str]:
        """Return the macros and variables that a template uses, with a hash of each."""
        return self._uses.of(text)

    def macro_location(self, name: str) -> Location | None:
        """Return where a macro is written."""
        return self._uses.location(name)

    @property
    def macro_names(self) -> list[str]:
        """Return the names of the macros that the project defines."""
        return self._uses.names_of_project

    @property
    def is_replaced(self) -> bool:
        """Tell whether the project replaces a built-in template or macro."""
        return bool(self._replacing)

    @contextmanager
    def recording(self) -> Iterator[set[SqlFile]]:
        """Record the templates that are rendered meanwhile, and the macros called from Python."""
        self._recorded = set()
        try:
            yield self._recorded
        finally:
            self._recorded = None

    def replacements(self, templates: Iterable[SqlFile]) -> dict[str, SqlFile]:
        """Return the project's own files among templates and the macros that they use, by path."""
        found = {file.path: file for file in templates}
        for file in [*found.values()]:
            for name in self.uses(file.text):
                macro = self._uses.macro_file(name.removeprefix("macro "))
                if macro is not None:
                    found[macro.path] = macro
        return {path: found[path] for path in sorted(found.keys() & self._replacing)}

    def macro(self, name: str) -> Callable[..., str]:
        """Return a macro, to be called from Python."""
        file = self._uses.macro_file(name)
        if self._recorded is not None and file is not None:
            self._recorded.add(file)
        macro = self.environment.jinja.globals[name]
        assert callable(macro)
        return lambda *arguments: str(macro(*arguments)).strip()

    def strategy(self, name: str) -> SimpleNamespace:
        """Return the macros of a strategy: `folded`, `applied`, `of_file` and `is_change`."""
        file = self.templates[STRATEGY.format(name)]
        if self._recorded is not None:
            self._recorded.add(file)
        return self.environment.module(file)

    def strategy_of(self, item: MappedValue, order: MappedValue | None) -> SimpleNamespace:
        """Return the macros of the strategy that applies a value; rows may be ordered by one."""
        return self.strategy(LATEST if order else item.strategy)

    def variable(self, changed: Mapping[str, Any]) -> Callable[..., Any]:
        """Return the template function `var`, some variables having other values."""
        return variable({**self.variables, **changed})

    def setting(self, text: str, location: Location, *, is_secret: bool = False) -> str:
        """Render a setting of the YAML; what `env_var` gives to one that `is_secret` is hidden."""
        if "{" in text:
            functions = {} if is_secret else self._settings
            text = self.environment.render(text, location, functions).text.strip()
        for password in URL_PASSWORD.findall(text):
            SECRETS.add(password)
        return text

    def is_template(self, file: SqlFile) -> bool:
        """Tell whether a file of `models/` replaces a built-in template."""
        return file.path.removeprefix("models/") in self.templates

    @property
    def reader(self) -> "Library":
        """Return the library of the engine that reads files."""
        return self if self._engine == READER else self._reader()

    def render(self, path: str, variables: Mapping[str, Any]) -> tuple[str, tuple[Location, ...]]:
        """Render a template; returns its text and where each line of it was written."""
        if path in LINES and self._engine != READER:
            return self.reader.render(path, variables)
        template = self.templates[path]
        if self._recorded is not None:
            self._recorded.add(template)
        rendered = self.environment.render(template.text, template.location, variables)
        return tidied(rendered, template.path)

    def declared(self, path: str, variables: Mapping[str, Any]) -> Declaration | None:
        """Return what the template of a step declares; None where the goal needs no such step.

        Raises DefinitionError at the line of the template that is wrong.
        """
        template, config = self.templates[path], Declared()
        own = head_of(template.text)
        head, where = self.heads[path], Location(BUILT_IN + path, 1)
        if own is not None:
            head, where = own, template.location
        self.environment.call(head, where, {**variables, "config": config})
        return config.declaration


def _taken_faults(
    macros: Iterable[SqlFile], built_in: Iterable[SqlFile], functions: Iterable[str]
) -> Iterator[Fault]:
    """Give a fault per macro of `macros/` whose name built-in templates call."""
    paths = {
        name: file.path.removeprefix(BUILT_IN)
        for file in built_in
        for name in MACRO.findall(file.text)
    }
    for file in macros:
        for name, line in parsed(file.text).macros:
            if path := paths.get(name):
                message = (
                    f"there is a built-in macro `{name}`: give this one another name,"
                    f" or move it to models/{path} if it is to replace that one"
                )
                yield Fault(Location(file.path, line), message)
            elif name in functions:
                message = f"built-in templates call a function `{name}`: choose another name"
                yield Fault(Location(file.path, line), message)


def _hiding(read: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """Return a function that reads a variable of the environment and hides its value (B7)."""

    def hiding(name: str) -> str | None:
        value = read(name)
        if value is not None:
            SECRETS.add(value, f"env_var('{name}')")
        return value

    return hiding


def written(expression: Expression) -> str:
    """Return an expression of the YAML, each line of it naming where it was written."""
    location = expression.location
    mark = f" -- {location.file}:{location.line}"
    text = expression.sql.strip()
    # A line end inside a text or a comment is part of it.
    return (
        "".join(
            token[0].replace("\n", f"{mark}\n") if token[0].isspace() else token[0]
            for token in TOKENS.finditer(text)
        )
        + mark
    )


# Each build renders the same lines many times.
_location = cache(Location)


def tidied(rendered: Rendered, file: str) -> tuple[str, tuple[Location, ...]]:
    """Drop blank lines that only template tags left, keeping lines and locations together."""
    kept: list[str] = []
    locations: list[Location] = []
    for line, number in zip(rendered.text.split("\n"), rendered.lines, strict=True):
        shown = line.rstrip()
        if shown or (kept and kept[-1]):
            kept.append(shown)
            locations.append(_location(file, number))
    while kept and not kept[-1]:
        kept.pop()
        locations.pop()
    return "\n".join(kept), tuple(locations)
