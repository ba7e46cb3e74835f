"""Checks of identity: rules by which properties merge, limits of identifiers, decisions (P2)."""

from collections.abc import Iterator, Mapping

from runner.definitions.decisions import contradictions, shown_word
from runner.definitions.import_goal import ImportGoal, ImportGroups
from runner.definitions.import_products import ImportProducts
from runner.definitions.profile_property import MergeRule, Property
from runner.definitions.project import Project
from runner.errors import Fault, choices, nearest

RULES_OF_STRATEGIES: Mapping[str, MergeRule] = {"sum": "sum", "max": "highest", "min": "lowest"}
"""How properties that a goal fills by a strategy are merged, where they do not say it."""
MEANING = {"sum": "a number", "both": "a property of several values (`multi: true`)"}
"""What a rule of `merge` needs, where that is one thing."""


def goals_of(project: Project, group_type: str = "") -> Iterator[tuple[str, ImportGoal]]:
    """Return the goals that fill profiles, or the groups of a type, by full name."""
    for connection in project.connections:
        for goal in connection.goals:
            if not isinstance(goal, ImportGoal) or isinstance(goal, ImportProducts):
                continue
            if group_type == (goal.group_type if isinstance(goal, ImportGroups) else ""):
                yield f"{connection.connection}.{goal.name}", goal


def merge_rules(
    project: Project, properties: Mapping[str, Property], group_type: str = ""
) -> dict[str, MergeRule]:
    """Return the rule by which each property of profiles, or of a group type, is merged (P2).

    What is not declared follows from what the property holds: what goals sum adds up, of what they
    keep the greatest or the least that stays, lists are joined, of anything else the latest value
    stays.
    """
    rules = {
        name: rule
        for strategy, rule in reversed(list(RULES_OF_STRATEGIES.items()))
        for name in _filled_by(project, group_type, strategy)
    }
    return {
        name: declared.merge or rules.get(name, "both" if declared.multi else "latest")
        for name, declared in properties.items()
    }


def _filled_by(project: Project, group_type: str, strategy: str) -> dict[str, str]:
    """Return the properties that a goal fills by a strategy, with the first goal that does."""
    found: dict[str, str] = {}
    for goal_name, goal in goals_of(project, group_type):
        for name, mapping in goal.map.items():
            if mapping.strategy == strategy:
                found.setdefault(name, goal_name)
    return found


def ordered_names(project: Project, group_type: str) -> set[str]:
    """Return the properties that a goal fills with `latest_by`."""
    return {
        name
        for _, goal in goals_of(project, group_type)
        for name, mapping in goal.map.items()
        if mapping.latest_by is not None
    }


def identity_faults(project: Project) -> Iterator[Fault]:
    """Return what is wrong with `merge` and `max_matches` of properties."""
    yield from _property_faults(project, project.properties, "")
    for name, group_type in project.group_types.items():
        yield from _property_faults(project, group_type.properties, name)
    yield from _decision_faults(project)
    yield from contradictions(project.decisions)


def identifier_names(project: Project) -> dict[str, str]:
    """Return the name of every identifier -> the group type that it finds; of profiles, empty.

    Named as in `runner.identifiers`: properties joined by `+`, those of groups behind the type
    and a colon.
    """
    found: dict[str, str] = {}
    for group_type in ("", *project.group_types):
        declared = project.group_types[group_type] if group_type else project
        prefix = f"{group_type}:" if group_type else ""
        names = {name for name, item in declared.properties.items() if item.identifier}
        for _, goal in goals_of(project, group_type):
            names |= {"+".join(item) for item in goal.identify.by}
        found |= {prefix + name: group_type for name in names}
    return found


def _decision_faults(project: Project) -> Iterator[Fault]:
    """Return decisions that name no identifier, or mix profiles and groups."""
    if not project.decisions:
        return
    known = identifier_names(project)
    for decision in project.decisions:
        names = [decision.one[0], decision.other[0]]
        unknown = [name for name in dict.fromkeys(names) if name not in known]
        for name in unknown:
            guess = nearest(name, known)
            allowed = choices(known) or "none"
            message = f"there is no identifier{shown_word(name)}.{guess} Known: {allowed}"
            yield Fault(decision.location, message)
        if not unknown and known[names[0]] != known[names[1]]:
            message = f"`{names[0]}` and `{names[1]}` do not find the same kind of thing"
            yield Fault(decision.location, message)


def _property_faults(
    project: Project, properties: Mapping[str, Property], group_type: str
) -> Iterator[Fault]:
    summed = _filled_by(project, group_type, "sum")
    identifying = {
        name
        for _, goal in goals_of(project, group_type)
        for item in goal.identify.by
        for name in item
    }
    for name, declared in properties.items():
        if declared.merge is not None:
            yield from _merge_faults(name, declared, declared.merge, summed.get(name))
        for key in ("max_matches", "limit"):
            if getattr(declared, key) is not None and name not in identifying:
                yield Fault(
                    declared.location(key, of_key=True),
                    f"no goal finds anything by `{name}`: `{key}` is for properties that stand"
                    " in the `by` of a goal",
                )


def _merge_faults(
    name: str, declared: Property, rule: MergeRule, summed_by: str | None
) -> Iterator[Fault]:
    location = declared.location("merge")
    allowed = declared.merge_rules
    kind = f"a list of {declared.type}" if declared.multi else declared.type
    if rule not in allowed:
        needs = MEANING.get(rule, "a number, a date, a time or a boolean")
        yield Fault(
            location,
            f"`{rule}` needs {needs}: `{name}` is {kind}. Allowed here: {choices(allowed)}",
        )
    elif summed_by is not None and rule != "sum":
        yield Fault(
            location,
            f"the goal {summed_by} sums `{name}`: found '{rule}', expected `sum`, or what is"
            " retracted later would be more than what was stored",
        )
