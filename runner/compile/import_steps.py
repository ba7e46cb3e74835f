"""Which templates are the steps of an import, and the relations that some of them share."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

FOLDER = "import/"
FEED_FOLDER = "import/products/"
"""The steps that only a feed of products has."""
FEED_STEPS = ("rows", "new_rejects", "source_counts", "left_out_rows")
"""Those that it has besides; profiles and groups have them too."""


class Variant(NamedTuple):
    """A step made from the template of another, whose first comment names it."""

    template: str
    # What only this one is rendered with.
    variables: Mapping[str, Any]


VARIANTS = {
    "earlier_additions": Variant("superseded_additions", {"is_redefined": True}),
    "earlier_totals": Variant("sum_totals", {"is_earlier": True}),
    "open_edges": Variant("edges", {"is_guarding": True}),
    "possible_merges": Variant("merges", {"is_possible": True}),
}
NO_VARIANT = {name: False for item in VARIANTS.values() for name in item.variables}
"""The variables of variants, for all other steps."""

SHARED_RELATIONS = {
    "parents": "contracted_parents",
    "remaining_edges": "edges",
    "first_components": "components",
    "open_edges": "edges",
    "decided_merges": "merges",
    "linked": "links",
    "earlier_additions": "superseded_additions",
    "resent_rows": "rows",
    "resent_links": "links",
}
"""Relations that are those of a step: what each round, or variant, makes replaces the last.

`linked` is what `links` made, where `permitted` (C1) takes the name `links`.
"""


def step_templates(declaring: Iterable[str], is_feed: bool) -> dict[str, str]:
    """Return the template of each step of a goal, of those that declare something, by name."""
    found = {}
    for path in declaring:
        name = path.rpartition("/")[2].removesuffix(".sql")
        is_own = path.startswith(FEED_FOLDER) == is_feed
        if path.startswith(FOLDER) and (is_own or (is_feed and name in FEED_STEPS)):
            found[name] = path
    variants = {name: found[item.template] for name, item in VARIANTS.items() if not is_feed}
    return found | variants
