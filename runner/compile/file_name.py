"""The name of an exported file, made from the template of its goal."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from string import Formatter

from runner.definitions.declaration import Declaration
from runner.definitions.export_goal import ExportProfiles
from runner.errors import DefinitionError, Fault, choices, nearest
from runner.remote.name import name_fault, shown

PLACEHOLDERS = ("segment", "goal", "connection", "timestamp", "build_id", "part", "change")
OF_GROUPS = ("group_type", *PLACEHOLDERS)
OF_EVENTS = (*PLACEHOLDERS[:5], "event")
"""Placeholders of the files of events."""
FORMATS = {"timestamp": "{timestamp:%Y%m%d}", "part": "{part:3}"}
"""Placeholders that take a format, and an example of it."""
TIMESTAMP = "%Y%m%dT%H%M%SZ"
SUFFIXES = {"gzip": ".gz", "zip": ".zip"}
ENCRYPTED = (".pgp", ".gpg", ".asc")
SUFFIX_PATTERN = r"(?i:\.gz|\.zip)?(?i:\.pgp|\.gpg|\.asc)?"
"""What a file name may end in beyond its template."""


@dataclass(frozen=True)
class NamedFor:
    """What the name of a file is made from."""

    connection: str
    started_at: datetime
    build_id: str = ""
    # From 1.
    part: int = 1
    # added, changed or removed.
    change: str = ""
    # The type of events, and the nested list, of a file of events.
    event: str = ""


@dataclass(frozen=True)
class _Template:
    """A template and the declaration that it is part of."""

    text: str
    owner: Declaration
    allowed: tuple[str, ...]

    def fault(self, message: str) -> DefinitionError:
        return DefinitionError([Fault(self.owner.location("file_name"), message)])


def file_name(goal: ExportProfiles, named: NamedFor) -> str:
    """Return the name of a file that a build sends, of profiles or of events.

    `{timestamp}` is UTC as 20240131T235959Z, `{timestamp:%Y%m%d}` is in a strftime format;
    `{part:3}` has at least three digits. A compressed file ends in `.gz` or `.zip`, an encrypted
    one in `.pgp`, `.gpg` or `.asc` after that. Raises DefinitionError where the template names
    something else, or makes no plain name (F1).
    """
    template = _Template(goal.file_name, goal, OF_GROUPS if goal.of_groups else PLACEHOLDERS)
    if named.event and goal.events is not None:
        template = _Template(goal.events.file_name, goal.events, OF_EVENTS)
    name = "".join(_parts(template, goal, named))
    suffix = SUFFIXES.get(goal.format.compression, "")
    sealed = _sealed_suffix(name) if goal.format.pgp else ""
    name = name.removesuffix(sealed)
    if not name.lower().endswith(suffix):
        name += suffix
    if goal.format.pgp:
        name += sealed or (".asc" if goal.format.pgp.armor else ".pgp")
    return _plain(template.owner, "file_name", name)


def build_stamp(goal: ExportProfiles, named: NamedFor) -> str:
    """Return what a file name holds of its build; empty where every build makes that name."""
    template = _template(goal, named)
    return "".join(
        _value(goal, named, placeholder, form or "")
        for _, placeholder, form, _ in Formatter().parse(template.text)
        if placeholder in ("timestamp", "build_id")
    )


def name_pattern(goal: ExportProfiles) -> re.Pattern[str]:
    """Return the pattern of all names that files of a goal and their triggers may have."""
    templates = [goal.file_name, *([goal.events.file_name] if goal.events else [])]
    names = [
        "".join(
            re.escape(text) + (".+" if placeholder is not None else "")
            for text, placeholder, _, _ in Formatter().parse(template)
        )
        + SUFFIX_PATTERN
        for template in templates
    ]
    triggers = [re.escape(goal.trigger).replace(r"\{name\}", name) for name in names]
    return re.compile("|".join([*names, *(triggers if goal.trigger else [])]))


def trigger_name(goal: ExportProfiles, name: str) -> str:
    """Return the name of the trigger file that follows a file.

    Raises DefinitionError where that is no plain name, or the file's own.
    """
    found = goal.trigger.replace("{name}", name)
    if found == name or "{name}" not in goal.trigger:
        raise _fault(goal, "trigger", f"found '{goal.trigger}'; expected such as {{name}}.ok")
    return _plain(goal, "trigger", found)


def inner_name(name: str) -> str:
    """Return the name that a file has inside a zip, encrypted or not."""
    name = name.removesuffix(_sealed_suffix(name))
    return name[:-4] if name.lower().endswith(".zip") else name


def _template(goal: ExportProfiles, named: NamedFor) -> _Template:
    if named.event and goal.events is not None:
        return _Template(goal.events.file_name, goal, OF_EVENTS)
    return _Template(goal.file_name, goal, OF_GROUPS if goal.of_groups else PLACEHOLDERS)


def _sealed_suffix(name: str) -> str:
    """Return the suffix of an encrypted file, as it is written; empty where there is none."""
    return next((name[-len(end) :] for end in ENCRYPTED if name.lower().endswith(end)), "")


def _plain(owner: Declaration, key: str, name: str) -> str:
    reason = name_fault(name)
    if not reason and "\\" in name:
        reason = "the name leads outside the directory on some servers"
    if not reason and name != name.strip():
        reason = "the name begins or ends with a blank"
    if reason:
        raise _fault(owner, key, f"{shown(name)} is no name for a file: {reason}")
    return name


def _parts(template: _Template, goal: ExportProfiles, named: NamedFor) -> Iterator[str]:
    allowed = template.allowed
    try:
        parts = list(Formatter().parse(template.text))
    except ValueError as error:
        message = f"found '{template.text}': {error}; write {{{{ for a brace"
        raise template.fault(message) from error
    for text, placeholder, form, conversion in parts:
        yield text
        if placeholder is None:
            continue
        if placeholder not in allowed:
            raise template.fault(
                f"unknown placeholder {{{placeholder}}}.{nearest(placeholder, allowed)}"
                f" Allowed here: {choices(allowed)}"
            )
        is_number = placeholder == "part" and form and not form.isdecimal()
        if conversion or is_number or (form and placeholder not in FORMATS):
            examples = " and ".join(FORMATS.values())
            raise template.fault(f"{{{placeholder}}} takes no format, as {examples} do")
        yield _value(goal, named, placeholder, form or "")


def _value(goal: ExportProfiles, named: NamedFor, placeholder: str, form: str) -> str:
    if placeholder == "group_type":
        return goal.of_groups
    if placeholder == "timestamp":
        return named.started_at.astimezone(UTC).strftime(form or TIMESTAMP)
    if placeholder == "part":
        return str(named.part).zfill(int(form or 0))
    if placeholder in ("segment", "goal"):
        return goal.segment if placeholder == "segment" else goal.name
    return str(getattr(named, placeholder))


def placeholders(template: str) -> set[str]:
    """Return the placeholders of a template that reads as one."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def _fault(owner: Declaration, key: str, message: str) -> DefinitionError:
    return DefinitionError([Fault(owner.location(key), message)])
