"""Personal data of an explanation as its shape."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from runner.explain.explanation import (
    Contribution,
    ExplainedIdentifier,
    ExplainedValue,
    Explanation,
    IdentifierLink,
)
from runner.explain.joined_row import JoinedRow
from runner.inspect.personal import Personal, masked, personal
from runner.inspect.personal_values import PersonalValues, personal_values
from runner.workspace.workspace import Workspace


def masked_explanation(
    workspace: Workspace, explanation: Explanation, rows: Sequence[JoinedRow], show_pii: bool
) -> Explanation:
    """Return an explanation with personal data as its shape, unless `show_pii`.

    What cannot be read of a project may say that anything is personal.
    """
    if show_pii:
        return explanation
    known = personal_values(workspace)
    is_all = workspace.project.is_partial
    plans = {row.plan.name: row.plan for row in rows}
    masks = {name: personal(plan, plan.properties, False) for name, plan in plans.items()}
    secret = _texts(explanation, known, is_all=is_all)
    return replace(
        explanation,
        values=tuple(
            _value(value, masks, secret, is_all=is_all or value.name in known.properties)
            for value in explanation.values
        ),
        identifiers=tuple(_identifier(one, known, is_all) for one in explanation.identifiers),
        links=tuple(_link(one, known, is_all) for one in explanation.links),
        is_masked=True,
    )


def _texts(explanation: Explanation, known: PersonalValues, *, is_all: bool) -> set[str]:
    """Return the personal values and texts, which another property may repeat."""
    own = [value for value in explanation.values if is_all or value.name in known.properties]
    found = {str(value.value) for value in own}
    found |= {str(one.value) for value in own for one in value.contributions}
    found |= {
        str(text)
        for value in own
        for one in value.contributions
        for text in (one.text, *one.texts.values())
    }
    found |= {one.value for one in explanation.identifiers if known.has_identifier(one.identifier)}
    return found - {"None", ""}


def _value(
    value: ExplainedValue, masks: dict[str, Personal], secret: set[str], *, is_all: bool
) -> ExplainedValue:
    return replace(
        value,
        value=_shown(value.value, secret, is_all),
        contributions=tuple(
            _contribution(one, masks.get(one.origin.goal), secret, is_all)
            for one in value.contributions
        ),
        earlier=tuple(
            replace(one, value=_shown(one.value, secret, is_all)) for one in value.earlier
        ),
    )


def _contribution(
    one: Contribution, masks: Personal | None, secret: set[str], is_all: bool
) -> Contribution:
    def text_of(name: str, text: str | None) -> Any:
        source, _, column = name.partition(".")
        if masks is not None and not is_all:
            text = masks.of_column(source, column, text)
        return _shown(text, secret, is_all)

    return replace(
        one,
        texts={name: text_of(name, text) for name, text in one.texts.items()},
        text=_shown(one.text, secret, is_all),
        value=_shown(one.value, secret, is_all),
    )


def _shown(value: Any, secret: set[str], is_all: bool) -> Any:
    return masked(value) if is_all or (value is not None and str(value) in secret) else value


def _identifier(
    one: ExplainedIdentifier, known: PersonalValues, is_all: bool
) -> ExplainedIdentifier:
    return replace(one, value=_named((one.identifier, one.value), known, is_all)[1])


def _link(one: IdentifierLink, known: PersonalValues, is_all: bool) -> IdentifierLink:
    return replace(one, one=_named(one.one, known, is_all), other=_named(one.other, known, is_all))


def _named(value: tuple[str, str], known: PersonalValues, is_all: bool) -> tuple[str, str]:
    name, text = value
    return name, masked(text) if is_all or known.has_identifier(name) else text
