"""The Jinja environment: macros, strict names, and errors that know their line."""

import os
import re
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from types import CodeType, SimpleNamespace
from typing import Any

import jinja2
import jinja2.sandbox
from jinja2 import nodes
from jinja2.runtime import Macro

from runner.compile import secret_expressions
from runner.compile.loaded_template import LoadedTemplate, Rendered
from runner.compile.secret_expressions import hiding_secrets
from runner.definitions.sql_file import SqlFile
from runner.errors import DefinitionError, Fault, Location, choices, nearest
from runner.sql import template
from runner.sql.quoting import quoted_name, quoted_text
from runner.sql.template import environment
from runner.sql.template_cache import made_of

BUILT_IN = "runner/sql/"
"""Where the paths of built-in templates begin."""
MAKERS = (sys.modules[__name__], secret_expressions, template)
"""Modules that decide what the code of a template is."""
TAGS: tuple[str, ...] = ("if", "elif", "else", "endif", "for", "endfor", "set", "endset", "do")
TAGS += ("macro", "endmacro", "call", "endcall", "filter", "endfilter", "raw", "endraw")
"""Tags of Jinja that a template of a project may have."""
ELIF, ELSE_IFS = "elif", ("elseif", "elsif", "else if")
"""A tag, and what other languages call it."""
ASKING = ("run_query", "statement", "load_result", "load_relation")
"""Functions of dbt that ask the warehouse."""
MACRO = re.compile(r"\{%-? *macro +([a-z]\w*)")
"""The name of a built-in macro, where it is written."""


class TemplateFault(Exception):
    """A mistake that a template function reports; it becomes a fault at the calling line."""


class Returned(Exception):
    """What `return(value)` raises in a macro, whose value is then not its text."""

    def __init__(self, value: Any) -> None:
        super().__init__("return() is for macros: write the text instead")
        self.value = value


class ReturningMacro(Macro):
    """A macro in which `return(value)` works."""

    def _invoke(self, arguments: list[Any], autoescape: bool) -> Any:
        try:
            return super()._invoke(arguments, autoescape)
        except Returned as returned:
            return returned.value


class BuiltInPackage:
    """Macros of a package of dbt, as runner has them: `dbt_utils.star()`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.macros: dict[str, Callable[..., str]] = {}

    def __getattr__(self, name: str) -> Callable[..., str]:
        """Return a macro. Raises TemplateFault where there is none of this name."""
        if name.startswith("_"):
            raise AttributeError(name)
        if name in self.macros:
            return self.macros[name]
        raise TemplateFault(
            f"`{self.name}.{name}` is not built in.{nearest(name, self.macros)} Write it as a macro"
            f" of the project. Built in: {choices(self.macros)}"
        )


SEEN_IN_MACROS = ("ref", "source", "this", "target", "config", "is_incremental", "var", "run_query")
"""Names of the template that is rendered which macros that it calls know too."""


class Environment:
    """Templates of one project: its macros and the built-in ones are known in all of them."""

    def __init__(
        self,
        built_in: Iterable[SqlFile],
        macros: Iterable[SqlFile],
        functions: Mapping[str, Any],
        of_packages: Iterable[SqlFile] = (),
    ) -> None:
        """Take the built-in macros, those of the project, functions, and built-in packages.

        A file of a built-in package is in a folder of its name.
        """
        self.jinja = _jinja()
        self.jinja.globals.update(functions)
        self.files: set[str] = set()
        self._loaded: dict[tuple[str, str], LoadedTemplate] = {}
        self._modules: dict[SqlFile, SimpleNamespace] = {}
        # What a name that is not known may be a misspelling of: nothing of runner's own macros.
        self._suggested = [*SEEN_IN_MACROS, *(key for key in functions if key not in ASKING)]
        for file in built_in:
            self.jinja.globals.update(self._when_called(file))
        packages: dict[str, BuiltInPackage] = {}
        for file in of_packages:
            name = file.path.split("/")[-2]
            package = packages.setdefault(name, BuiltInPackage(name))
            package.macros.update(self._when_called(file))
        self.jinja.globals.update(packages)
        known = {name for file in built_in for name in MACRO.findall(file.text)}
        known |= functions.keys()
        # Paths of the files with a macro that replaces a built-in one, or a function.
        self.replacing: set[str] = set()
        # Package -> its macros: `package.macro()`.
        self.packages: dict[str, dict[str, Any]] = {}
        for file in macros:
            own = self._macros(file)
            self.jinja.globals.update(own)
            self._suggested += own
            if file.package:
                self._add_to_package(file, own, known)
            elif known & own.keys():
                self.replacing.add(file.path)

    def _add_to_package(self, file: SqlFile, own: dict[str, Any], known: set[str]) -> None:
        """Let `package.macro` work. Raises DefinitionError where one replaces what is there."""
        built_in = sorted(known & own.keys())
        if file.package not in self.packages and file.package in self.jinja.globals:
            built_in.append(file.package)
        if built_in:
            message = f"a package cannot replace `{built_in[0]}`, which is there already"
            raise DefinitionError([Fault(Location(file.path), message)])
        macros = self.packages.setdefault(file.package, {})
        macros.update(own)
        self.jinja.globals[file.package] = SimpleNamespace(**macros)

    def _template(self, text: str, file: str) -> LoadedTemplate:
        """Return a template, loaded once however many goals and batches render it."""
        if (text, file) not in self._loaded:
            self.files.add(file)
            code = compiled(text, file)
            template = jinja2.Template.from_code(self.jinja, code, self.jinja.globals, None)
            # The code of a template makes its macros by this name.
            template.root_render_func.__globals__["Macro"] = ReturningMacro
            self._loaded[text, file] = LoadedTemplate(template)
        return self._loaded[text, file]

    def _when_called(self, file: SqlFile) -> dict[str, Callable[..., str]]:
        """Return the macros of a file; it is compiled when the first of them is called.

        Most commands call few of the built-in macros.
        """
        macros = cache(lambda: self._macros(file))

        def calling(name: str) -> Callable[..., str]:
            return lambda *arguments, **named: str(macros()[name](*arguments, **named))

        return {name: calling(name) for name in MACRO.findall(file.text)}

    def module(self, file: SqlFile) -> SimpleNamespace:
        """Return the macros of a file, which are known by no other name."""
        if file not in self._modules:
            self._modules[file] = SimpleNamespace(**self._macros(file))
        return self._modules[file]

    def _macros(self, file: SqlFile) -> dict[str, Any]:
        try:
            module = self._template(file.text, file.path).jinja.make_module(
                self.jinja.globals, shared=True
            )
        except jinja2.TemplateError as error:
            raise DefinitionError([self._fault(error, Location(file.path), 0)]) from error
        return {
            name: value
            for name, value in vars(module).items()
            if callable(value) and not name.startswith("_")
        }

    def render(self, text: str, location: Location, variables: Mapping[str, Any]) -> Rendered:
        """Render a template that begins at `location`.

        Raises DefinitionError at the line of the template (or of the macro) that is wrong.
        """
        try:
            template = self._template(text, location.file)
            with self._seen_in_macros(variables):
                return template.render(dict(variables))
        except (jinja2.TemplateError, TemplateFault, Returned, TypeError) as error:
            raise DefinitionError([self._fault(error, location, location.line - 1)]) from error

    def call(self, text: str, location: Location, variables: Mapping[str, Any]) -> None:
        """Run a template for what its functions do; raises what `render` raises."""
        try:
            self._template(text, location.file).jinja.render(variables)
        except (jinja2.TemplateError, TemplateFault, TypeError) as error:
            raise DefinitionError([self._fault(error, location, location.line - 1)]) from error

    @contextmanager
    def _seen_in_macros(self, variables: Mapping[str, Any]) -> Iterator[None]:
        """Let macros know `ref` and others of the template that calls them."""
        names = [name for name in SEEN_IN_MACROS if name in variables]
        before = {name: self.jinja.globals[name] for name in names if name in self.jinja.globals}
        self.jinja.globals.update({name: variables[name] for name in names})
        try:
            yield
        finally:
            for name in names:
                del self.jinja.globals[name]
            self.jinja.globals.update(before)

    def _fault(self, error: Exception, location: Location, lines_above: int) -> Fault:
        """Return where in the project an error of Jinja arose; a macro's line comes first."""
        where, calls = location, []
        for frame in traceback.extract_tb(error.__traceback__):
            if frame.filename in self.files and frame.lineno:
                above = lines_above if frame.filename == location.file else 0
                where = Location(frame.filename, frame.lineno + above)
                calls.append(where)
        if isinstance(error, jinja2.TemplateSyntaxError):
            above = lines_above if error.filename in (None, location.file) else 0
            where = Location(error.filename or location.file, error.lineno + above)
        message = str(getattr(error, "message", None) or error)
        if isinstance(error, jinja2.UndefinedError):
            message = self._undefined(message)
        if isinstance(error, jinja2.TemplateSyntaxError):
            message = self._not_jinja(message)
        called = f" (called at {calls[0].file}:{calls[0].line})" if len(calls) > 1 else ""
        return Fault(where, message + called)

    def _undefined(self, message: str) -> str:
        name = message.split("'")[1] if "'" in message else ""
        return f"{message}.{nearest(name, self._suggested)}"

    def _not_jinja(self, message: str) -> str:
        """Return a message of Jinja's parser with the nearest spelling, or what closes a block."""
        name = message.split("'")[1] if message.count("'") > 1 else ""
        if message.startswith("Encountered unknown tag"):
            guess = f" Did you mean '{ELIF}'?" if name in ELSE_IFS else nearest(name, TAGS)
            return f"unknown tag '{name}'.{guess} Tags: {choices(TAGS)}"
        if message.startswith("No filter named"):
            return f"there is no filter '{name}'.{nearest(name, self.jinja.filters)}"
        if message == "unexpected '}'":
            return "found a single '}': `{{` ends with `}}`, and `{%` with `%}`"
        return message


def _jinja() -> jinja2.sandbox.SandboxedEnvironment:
    jinja = environment()
    jinja.filters |= {"text": quoted_text, "name": quoted_name}
    jinja.tests["search_zone"] = lambda form: "%z" in form.lower()
    return jinja


@cache
def _compiler() -> jinja2.sandbox.SandboxedEnvironment:
    return _jinja()


@lru_cache(maxsize=1024)
def compiled(text: str, file: str) -> CodeType:
    """Return the code of a template, compiled once however many goals and builds render it.

    Raises jinja2.TemplateSyntaxError.
    """

    def compile_it() -> CodeType:
        jinja = _compiler()
        template = hiding_secrets(_with_lines(jinja.parse(text, file, file)))
        return jinja.compile(template, name=file, filename=file)

    code: CodeType = made_of(f"code {file}", text, compile_it, MAKERS)
    return code


def _with_lines(template: nodes.Template) -> nodes.Template:
    """Put its line before each piece of text that a template writes as it stands.

    Jinja's own debug information knows the lines of expressions and statements alone. Text that
    a template may look at (of a macro, a block that is set) stays as it is.
    """
    waiting: list[nodes.Node] = list(template.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                if isinstance(part, nodes.TemplateData):
                    part.data = f"\0{part.lineno}\0{part.data}"
        elif isinstance(node, nodes.If):
            waiting += [*node.body, *node.elif_, *node.else_]
        elif isinstance(node, nodes.For):
            waiting += [*node.body, *node.else_]
    return template


def env_var(read: Callable[[str], str | None] = os.environ.get) -> Callable[..., str]:
    """Return the template function `env_var(name, default)`."""

    def env_var(name: str, default: str | None = None) -> str:
        value = read(name)
        if value is None and default is None:
            raise TemplateFault(
                f"the environment variable {name} is not set, and no default is given"
            )
        return default if value is None else value  # type: ignore[return-value]

    return env_var


def variable(values: Mapping[str, Any]) -> Callable[..., Any]:
    """Return the template function `var(name, default)`."""

    def var(name: str, default: Any = None) -> Any:
        if name not in values and default is None:
            raise TemplateFault(
                f"there is no variable '{name}'.{nearest(name, values)}"
                f" Declare it under `vars` in runner_project.yml, or pass --vars"
            )
        return values.get(name, default)

    return var
