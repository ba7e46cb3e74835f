"""Resolves a goal for its SQL: finds each column and expression, collects all faults."""

from collections.abc import Mapping as Keyed
from collections.abc import Sequence
from itertools import starmap

from runner.compile.column_names import listed_names
from runner.compile.entity import decisions_of, entity_of
from runner.compile.event_plan import EventResolver, item_lines
from runner.compile.expression import LOCATION, Expression, FileColumn, Scope, joined_name
from runner.compile.identity_key import IdentityKey, KeyPart
from runner.compile.import_plan import ImportPlan, unlike_mark
from runner.compile.jinja_environment import Environment
from runner.compile.link import LinkKey, LinkResolver
from runner.compile.mapped_value import MappedValue, number_lines
from runner.compile.planned_source import PlannedSource
from runner.compile.planned_step import PlannedStep, PythonCall
from runner.compile.planned_values import order_name
from runner.compile.rest_columns import rest_fault, rest_names
from runner.compile.wrong_separator import is_unsplit, wrong_separators
from runner.definitions.format import Format
from runner.definitions.import_goal import ImportGoal, Mapping, Step
from runner.definitions.objective import CONSENT
from runner.definitions.profile_property import ORDER_TYPE, Property
from runner.definitions.project import Project
from runner.errors import DefinitionError, Fault, Location
from runner.sql.quoting import literal, quoted_name, quoted_text

ORDER = Property(description="What rows are ordered by").with_changes(type=ORDER_TYPE)
"""A value of `latest_by`."""
UNREAD = "(null)"
"""Replaces an expression whose template has a fault, so that it causes no second one."""

Headers = Keyed[str, tuple[str, ...]]
"""File source -> the names of its columns."""


def resolve_import(
    connection: str,
    goal: ImportGoal,
    headers: Headers,
    project: Project,
    environment: Environment,
    files: Keyed[str, Sequence[str]] | None = None,
) -> ImportPlan:
    """Resolve a goal against the headers of its files, which `files` names.

    A source whose files have no header at all, for they are empty, has every column that the goal
    names. Raises DefinitionError with all unknown columns and all mistakes in its expressions.
    """
    files = files or {}
    empty = [name for name, header in headers.items() if files.get(name) and not header]
    resolver = _Resolver(goal, headers, project, environment, files, empty)
    plan = resolver.plan(connection)
    if not resolver.faults:
        return plan
    wrong = wrong_separators(connection, goal, headers, files)
    if wrong:
        # What is wrong when the lines that no separator splits may have any column.
        split = {name: () if is_unsplit(header) else header for name, header in headers.items()}
        unsplit = [name for name in split if split[name] != headers[name]]
        rest = _Resolver(goal, split, project, environment, files, [*empty, *unsplit])
        rest.plan(connection)
        if len(rest.faults) < len(resolver.faults):
            cause = wrong[0].cause if len(wrong) == 1 and not rest.faults else ""
            raise DefinitionError([*rest.faults, *(item.fault for item in wrong)], cause)
    raise DefinitionError(resolver.faults)


def resolve_without_files(
    connection: str, goal: ImportGoal, project: Project, environment: Environment
) -> ImportPlan:
    """Resolve a goal before its files are there; every column that it names is one of them."""
    return _without_files(goal, project, environment).plan(connection)


def faults_without_files(
    connection: str, goal: ImportGoal, project: Project, environment: Environment
) -> tuple[Fault, ...]:
    """Return the mistakes of a goal that show before its files are there: macros, variables."""
    resolver = _without_files(goal, project, environment)
    resolver.plan(connection)
    return tuple(resolver.faults)


def _without_files(goal: ImportGoal, project: Project, environment: Environment) -> "_Resolver":
    headers: Headers = dict.fromkeys(goal.files, ())
    return _Resolver(goal, headers, project, environment, {}, tuple(goal.files))


class _Resolver:
    """Gathers what a goal uses, and its faults."""

    def __init__(
        self,
        goal: ImportGoal,
        headers: Headers,
        project: Project,
        environment: Environment,
        files: Keyed[str, Sequence[str]],
        empty: Sequence[str],
    ) -> None:
        self.goal = goal
        self.entity = entity_of(goal, project)
        self.decisions = decisions_of(goal, self.entity, project)
        self.event_types = project.event_types
        self.timezone = project.file.timezone
        self.project = project
        self.headers = headers
        self.properties = self.entity.properties
        self.environment = environment
        self.faults: list[Fault] = []
        absent = [name for name in headers if goal.files[name].optional and not headers[name]]
        default = goal.main if goal.main in empty else next(iter(empty), "")
        self.scope = Scope(headers, self.faults, (*absent, *empty), files, default)

    def plan(self, connection: str) -> ImportPlan:
        self.connection = connection
        links = LinkResolver(self.goal, self.scope, self._render)
        joins = {name: links.keys(name) for name in self.goal.files}
        joining = {
            column
            for keys in joins.values()
            for key in keys
            for column in (*key.own.columns, *key.other.columns)
        }
        key = self._line_key()
        steps = (*starmap(self._step, enumerate(self.goal.process, 1)), *self._deletion())
        sources = (f"{name}." for name in self.goal.files)
        self.mark = unlike_mark((*self.scope.made, *sources))
        keys = tuple(self._key(number) for number in range(len(self.goal.identify.by)))
        mapped = [*self._mapped(), *self._identifying(keys)]
        events = EventResolver(
            self.goal, self.event_types, self._value, self._condition, self._format, self.mark
        ).plans()
        orders = self._orders()
        event_values = [item for event in events for item in event.items]
        consents = tuple(self._consent(name) for name in self.goal.consent)
        used = self._used(steps, keys, [*mapped, *orders, *event_values, *consents]) | set(key)
        used |= {column for event in events if event.when for column in event.when.columns}
        rest = self._rest(used | joining)
        left = {column for item in rest for column in item.value.columns}
        finders = self._finders(keys, mapped)
        assignments, lines = number_lines((*mapped, *rest), self.goal.main)
        items = item_lines(events)
        whole = {*items, *(source for sources in lines for source in sources)}
        planned = [
            self._source(name, joins[name], joining, used, left, whole) for name in self.goal.files
        ]
        return ImportPlan(
            connection=connection,
            goal=self.goal,
            entity=self.entity,
            sources=tuple(planned),
            steps=steps,
            identity_keys=keys,
            assignments=assignments,
            line_key=tuple(joined_name(column) for column in key),
            hashed=tuple(sorted(source.name for source in planned if self._is_hashed(source))),
            lines=lines,
            new_properties={item.name: item.declared for item in rest},
            events=events,
            item_lines=items,
            orders=orders,
            finders=finders,
            decisions=self.decisions,
            objectives=self.project.objectives_of(connection, self.goal),
            consents=consents,
            mark=self.mark,
        )

    def _is_hashed(self, source: PlannedSource) -> bool:
        """Tell whether the content of a source's lines counts (R5); where they are is apart."""
        return bool(source.is_counted or source.line_hash) or source.name == self.goal.main

    def _render(self, text: str, location: Location) -> str:
        try:
            return self.environment.render(text, location, {}).text if "{" in text else text
        except DefinitionError as error:
            self.faults.extend(error.faults)
            return UNREAD

    def _value(self, text: str, location: Location) -> Expression:
        return self.scope.value(self._render(text, location), location)

    def _condition(self, text: str, location: Location) -> Expression:
        return self.scope.sql(self._render(text, location).strip(), location)

    def _step(self, number: int, step: Step) -> PlannedStep:
        if step.python is not None:
            return self._python(number, step)
        if step.set is None:
            kind = "keep" if step.keep is not None else "drop"
            location = step.location(kind)
            expression = self._condition(getattr(step, kind), location)
            return PlannedStep(keep=expression) if kind == "keep" else PlannedStep(drop=expression)
        sets = []
        for name, text in step.set.items():
            location = step.location("set", name)
            expression = self.scope.value(self._render(text, location), location)
            sets.append((quoted_name(name), expression, name.lower() in self.scope.made))
        for (_, expression, _), name in zip(sets, step.set, strict=True):
            self.scope.made[name.lower()] = expression
        return PlannedStep(sets=tuple(sets))

    def _python(self, number: int, step: Step) -> PlannedStep:
        """Resolve a call of a function of the project; its columns are text."""
        location = step.location("python")
        given = []
        for text in step.source:
            at = step.location("from")
            given.append((text.strip(), self.scope.value(self._render(text, at), at)))
        columns = frozenset(column for _, value in given for column in value.columns)
        name = quoted_name(f"{self.connection}.{self.goal.name}.step_{number}")
        sets = []
        for made in step.into:
            value = Expression(f"{name}[{quoted_text(made)}]", location, columns)
            sets.append((quoted_name(made), value, made.lower() in self.scope.made))
        for (_, value, _), made in zip(sets, step.into, strict=True):
            self.scope.made[made.lower()] = value
        call = PythonCall(location, name, step.python or "", tuple(given), step.into)
        return PlannedStep(sets=tuple(sets), call=call)

    def _line_key(self) -> tuple[FileColumn, ...]:
        columns: list[FileColumn] = []
        for text in self.goal.key:
            location = self.goal.location("key")
            known = len(self.faults)
            if text.strip().lower() in LOCATION:
                text = f"{self.goal.main}.{text.strip()}"
            value = self.scope.value(text, location)
            if len(self.faults) == known and value.sources != {self.goal.main}:
                message = f"found '{text}'; expected a column of `{self.goal.main}`"
                if not value.sources:
                    message += f": {listed_names(self.headers[self.goal.main])}"
                self.faults.append(Fault(location, message))
            columns.extend(value.columns)
        return tuple(columns)

    def _deletion(self) -> tuple[PlannedStep, ...]:
        """A line that is deleted is left out, and gives nothing under its key."""
        if self.goal.deleted_when is None:
            return ()
        location = self.goal.location("deleted_when")
        return (PlannedStep(drop=self._condition(self.goal.deleted_when, location)),)

    def _key(self, number: int) -> IdentityKey:
        parts = []
        for name, text in self.goal.identify.by[number].items():
            location = self.goal.identify.location("by", number, name)
            value = self.scope.value(self._render(text, location), location)
            parts.append(KeyPart(name, self.properties[name], value, self._format(value)))
        return IdentityKey(number + 1, tuple(parts), self.entity.prefix, self.mark)

    def _mapped(self) -> list[MappedValue]:
        mapped = []
        for name, mapping in self.goal.map.items():
            declared = self.properties[name]
            value = self._source_value(mapping, declared.type == "text")
            mapped.append(self._mapped_value(name, declared, value, mapping.strategy))
        return mapped

    def _orders(self) -> tuple[MappedValue, ...]:
        orders = []
        for name, mapping in self.goal.map.items():
            if mapping.latest_by is not None:
                value = self._value(mapping.latest_by, mapping.location("latest_by"))
                orders.append(self._mapped_value(order_name(name), ORDER, value, "order"))
        return tuple(orders)

    def _mapped_value(
        self, name: str, declared: Property, value: Expression, strategy: str
    ) -> MappedValue:
        is_identifier = declared.identifier or any(name in item for item in self.goal.identify.by)
        return MappedValue(
            name, declared, value, self._format(value), strategy, 0, is_identifier, self.mark
        )

    def _source_value(self, mapping: Mapping, is_text: bool = False) -> Expression:
        if mapping.source is None:
            value = mapping.value
            if is_text and isinstance(value, int | float) and not isinstance(value, bool):
                value = str(value)  # As it was written: `0123` is a code.
            return Expression(literal(value), mapping.location("value"))
        return self._value(mapping.source, mapping.location("from"))

    def _consent(self, objective: str) -> MappedValue:
        value = self._source_value(self.goal.consent[objective])
        name = f"{CONSENT}{objective}"
        return self._mapped_value(name, Property(type="boolean"), value, "set")

    def _identifying(self, keys: tuple[IdentityKey, ...]) -> list[MappedValue]:
        """Identifiers that are not mapped fill their own property where it is empty."""
        parts = {part.name: part for key in reversed(keys) for part in key.parts}
        return [
            self._mapped_value(name, part.declared, part.value, "set_if_empty")
            for name, part in parts.items()
            if name not in self.goal.map
        ]

    def _finders(
        self, keys: tuple[IdentityKey, ...], mapped: list[MappedValue]
    ) -> tuple[MappedValue, ...]:
        """Return what profiles are found by, and no property is filled with."""
        known = {(item.name, item.value.sql) for item in mapped}
        found: dict[tuple[str, str], MappedValue] = {}
        for key in keys:
            for part in key.parts:
                name = f"{part.name} by {key.number}"
                value = MappedValue(
                    name, part.declared, part.value, part.format, "find", 0, True, self.mark
                )
                if value.may_be_rejected and (part.name, part.value.sql) not in known:
                    found.setdefault((part.name, part.value.sql), value)
        return tuple(found.values())

    def _rest(self, used: set[FileColumn]) -> list[MappedValue]:
        rest = self.goal.map_rest
        if rest is None:
            return []
        columns = [
            (source, column)
            for source, header in self.headers.items()
            for column in header
            if (source, column) not in used
        ]
        location = self.goal.location("map_rest")
        if fault := rest_fault(columns, rest.max_columns):
            self.faults.append(Fault(location, fault))
            return []
        found = []
        for column, name in rest_names(columns, rest.prefix, self.properties).items():
            value = Expression(joined_name(column), location, frozenset([column]), True)
            declared = Property(description=f"{'.'.join(column)} of {self.goal.name}")
            found.append(self._mapped_value(name, declared, value, rest.strategy))
        return found

    def _format(self, value: Expression) -> Format:
        form = self.goal.format
        if len(value.sources) == 1:
            form = self.goal.format_of(next(iter(value.sources)))
        return form if form.timezone else form.with_changes(timezone=self.timezone)

    def _used(
        self,
        steps: tuple[PlannedStep, ...],
        keys: tuple[IdentityKey, ...],
        mapped: list[MappedValue],
    ) -> set[FileColumn]:
        expressions = [item.value for item in mapped]
        expressions += [part.value for key in keys for part in key.parts]
        for step in steps:
            expressions += [expression for _, expression, _ in step.sets]
            expressions += [part for part in (step.keep, step.drop) if part is not None]
        return {column for expression in expressions for column in expression.columns}

    def _source(
        self,
        name: str,
        keys: tuple[LinkKey, ...],
        joining: set[FileColumn],
        used: set[FileColumn],
        left: set[FileColumn],
        whole: set[str],
    ) -> PlannedSource:
        rest = {column for source, column in left if source == name}
        own_used = rest | {column for source, column in used if source == name}
        columns = own_used | {column for source, column in joining if source == name}
        header = {column.lower() for column in self.headers[name]}
        location = tuple(
            column for column in LOCATION if column in columns and column not in header
        )
        return PlannedSource(
            name=name,
            format=self.goal.format_of(name),
            columns=tuple(sorted(columns.difference(location), key=str.lower)),
            used=tuple(sorted(own_used.difference(location), key=str.lower)),
            location=location,
            keeps_duplicates=self.goal.files[name].duplicates == "keep",
            rest=frozenset(rest),
            keys=keys,
            required=self.goal.files[name].required,
            line_hash=tuple(sorted(self.headers[name], key=str.lower)) if name in whole else (),
        )
