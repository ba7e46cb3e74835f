"""How the rows of a proposal find their profiles: by which columns, alone or together."""

import re
from collections.abc import Collection, Sequence
from pathlib import Path

from runner.errors import counted
from runner.propose.column import Column
from runner.propose.names import is_customer_id, is_id, property_name
from runner.propose.proposal import Proposal
from runner.propose.read_file import columns_telling_apart

PERIOD = re.compile(r"(^|_)(year|yr|quarter|month|week|jahr|jaar|annee|ano)(_|$)")
"""Names of numbers that are a part of a key: no amounts."""
RECORD_ID = "record_id"
"""The name of the property with the hash of a record."""


def identify(proposal: Proposal, paths: Sequence[Path], known: Collection[str]) -> None:
    """Choose what identifies a customer: their number and address, else what tells records apart.

    `paths` are the files of the main source, `known` the properties that are there.
    """
    found = [(source, column) for source, column in proposal.mapped() if not column.multi]
    numbers = [item for item in found if is_customer_id(item[1].name)]
    addresses = [item for item in found if item[1].is_email]
    proposal.identifiers = [*numbers[:1], *addresses[:1]]
    if proposal.identifiers:
        _note_repeated(proposal)
    else:
        _tell_apart(proposal, paths, known)
    for _, column in proposal.identifiers:
        if column.type not in ("text", "integer"):
            column.type, column.formats = "text", ()


def _tell_apart(proposal: Proposal, paths: Sequence[Path], known: Collection[str]) -> None:
    """Identify by a unique column, by a few that are unique together, or by the whole record."""
    main = proposal.sources[0]
    columns = [column for column in main.columns if not column.multi]
    no_customer = "no column is the number or the address of a customer"
    usable = [it for it in columns if it.source.is_full and _may_identify(it)]
    parts = [
        it for it in usable if it.type != "integer" or is_id(it.name) or PERIOD.search(it.name)
    ]
    unique = [it for it in usable if it.source.is_unique and it.type != "date"]
    unique.sort(key=lambda column: not is_id(column.name))
    if unique:
        proposal.identifiers = [(main, unique[0])]
        proposal.notes.append(
            f"{no_customer}: `{unique[0].name}` is unique, and identifies one here; check this"
        )
        return
    parts.sort(key=lambda column: (not is_id(column.name), column.type == "integer"))
    names = columns_telling_apart(main.file, paths, [column.source.name for column in parts])
    proposal.identifiers = [(main, column) for column in columns if column.source.name in names]
    if proposal.identifiers:
        proposal.is_together = True
        said = " and ".join(f"`{column.name}`" for _, column in proposal.identifiers)
        proposal.notes.append(f"{no_customer}: {said} tell its records apart together; check this")
        return
    taken = [*known, *(column.name for _, column in proposal.mapped())]
    proposal.record_id = property_name(RECORD_ID, 1, taken, main.name)
    proposal.notes.append(
        f"{no_customer}, and none is unique: each record is a profile of its own, found by a hash"
        " of its values. A record that changes is another profile: choose a column if you can"
    )


def _may_identify(column: Column) -> bool:
    """Tell whether a column may be a part of a key: texts but amounts, whole numbers, dates."""
    if column.type == "text":
        return not column.numbers.money or column.numbers.amounts <= column.source.count / 2
    return column.type in ("integer", "date")


def _note_repeated(proposal: Proposal) -> None:
    """Note what has no identifier, and what has the same."""
    _, column = proposal.identifiers[0]
    values = column.source
    if len(proposal.identifiers) == 1 and values.empty:
        said = counted(values.empty, "record has", "records have")
        proposal.notes.append(f"{said} no {values.name}: no profile is made of them (`unmatched`)")
    if values.nulls:
        texts = ", ".join(sorted(values.nulls))
        proposal.notes.append(
            f"{values.name} is {texts} in {counted(sum(values.nulls.values()), 'record')}, which is"
            " nobody's: see `ignore` of the property"
        )
    if len(values.values) < values.count:
        each = values.count / len(values.values)
        proposal.notes.append(
            f"a value of {values.name} has {each:.1f} lines: of other columns the last line"
            " counts; use `strategy: sum`, `add`, `min` or `max`, or `events`, where all should"
        )
