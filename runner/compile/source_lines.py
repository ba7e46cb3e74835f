"""The lines of a goal's files as a relation, for `source()` in the project's own SQL."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from runner.compile.input_file import InputFile, read_together, written_names
from runner.compile.jinja_environment import TemplateFault
from runner.compile.library import Library
from runner.definitions.format import Format
from runner.definitions.import_goal import ImportGoal
from runner.definitions.project import Project
from runner.errors import choices, nearest
from runner.model import Materialization, Model
from runner.sql.quoting import Sql, quoted_name, quoted_text

TEMPLATE = "project/source_lines.sql"
REPEATED_HEADERS = "import/read/repeated_headers.sql"


@dataclass(frozen=True)
class Source:
    """A file source of a goal, as `source(connection, goal, files)` names it."""

    connection: str
    goal: str
    files: str

    @property
    def goal_name(self) -> str:
        """Return the goal's full name."""
        return f"{self.connection}.{self.goal}"

    @property
    def relation(self) -> Sql:
        """Return the quoted name of the table that holds its lines while models run."""
        return quoted_name(f"{self.goal_name}.source.{self.files}")

    def declared(self, project: Project) -> ImportGoal:
        """Return the goal that declares it."""
        return next(
            goal
            for connection in project.connections
            if connection.connection == self.connection
            for goal in connection.goals
            if isinstance(goal, ImportGoal) and goal.name == self.goal
        )


def find_source(project: Project, names: Sequence[str]) -> Source:
    """Return the source that a template names.

    Raises TemplateFault, with the nearest spelling, where a name does not exist.
    """
    if len(names) != 3:
        raise TemplateFault(
            f"found source({', '.join(map(repr, names))}); expected a connection, a goal and a"
            " file source, such as source('webshop', 'orders', 'products')"
        )
    goals = {
        connection.connection: {
            goal.name: goal for goal in connection.goals if isinstance(goal, ImportGoal)
        }
        for connection in project.connections
    }
    connection, goal, files = names
    if connection not in goals and any(item.name == connection for item in project.broken):
        # Its file is wrong, and was never built: the models that read it fail, and no others.
        return Source(connection, goal, files)
    _known("connection", connection, goals)
    _known(f"import goal of `{connection}`", goal, goals[connection])
    _known(f"file source of `{connection}.{goal}`", files, goals[connection][goal].files)
    return Source(connection, goal, files)


def _known(what: str, name: str, known: Iterable[str]) -> None:
    names = list(known)
    if name not in names:
        raise TemplateFault(
            f"there is no {what} '{name}'.{nearest(name, names)} Known: {choices(names) or 'none'}"
        )


def source_models(
    source: Source,
    files: Sequence[InputFile],
    columns: Sequence[str],
    form: Format,
    library: Library,
) -> tuple[Model, Model]:
    """Return the models that read the lines of a source and look for repeated headers.

    Every column is text, trimmed. `columns` are those of all files together; a file that lacks
    one gives nulls. `_file` and `_line` say where each line is.
    """
    read = []
    for file in files:
        spelling = {column.lower(): column for column in file.header}
        found = {name: spelling[name.lower()] for name in columns if name.lower() in spelling}
        read.append({**vars(file), "columns": found})
    direct = [quoted_text(file.remote_path) for file in files if not file.is_clean]
    # A column of the files may have the name of ours: then nothing says which file a line is of.
    is_known = direct and "_file" not in columns
    variables = {
        "runs": read_together(read),
        "columns": list(columns),
        "format": form,
        "relation": source.relation,
        "is_direct": f"_file in ({', '.join(direct)})" if is_known else "false",
        "written": {quoted_name(name): names for name, names in written_names(read).items()},
    }
    lines = _model(source, TEMPLATE, "temporary", variables, library)
    return lines, _model(source, REPEATED_HEADERS, "read", variables, library)


def _model(
    source: Source,
    template: str,
    materialization: Materialization,
    variables: Mapping[str, Any],
    library: Library,
) -> Model:
    sql, locations = library.render(template, variables)
    return Model(
        name=f"{source.goal_name}.{source.files}",
        sql=sql,
        relation=source.relation,
        materialization=materialization,
        path=f"{source.connection}/{source.goal}/source.{source.files}.sql",
        locations=locations,
    )
