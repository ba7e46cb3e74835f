"""A goal that turns files into products: a feed of what is sold (E4)."""

from collections.abc import Mapping as Keys
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from runner.definitions.declaration import shorthand
from runner.definitions.document import Section
from runner.definitions.event_type import EventType
from runner.definitions.import_goal import Identify, ImportGoal
from runner.definitions.profile_property import Property

PRODUCT_ID = "id"
OF_THE_ORDER = ("quantity",)
"""Properties of an ordered product that belong to the order, not to the product."""
OF_PROFILES = "a product feed has no `{}`: its rows are products, not profiles"


class ImportProducts(ImportGoal):
    """An import goal: files in, the table `products` filled."""

    refused: ClassVar[Keys[str, str]] = {
        name: OF_PROFILES.format(name)
        for name in ("key", "deleted_when", "identify", "map_rest", "objectives")
    }

    kind: Literal["import_products"]
    # The column that holds the id of the product; short for `map: {id: ...}`.
    id: str
    identify: Identify = Identify.model_construct(by=(), create_profiles=False)

    @classmethod
    def expand(cls, value: Any) -> Any:
        """Return what was written without its shorthand: the id is mapped as the details are."""
        if isinstance(value, Section) and isinstance(value.get("id"), str):
            mapped = value.get("map") or Section(value.location)
            if isinstance(mapped, Section) and PRODUCT_ID not in mapped:
                text = value["id"]
                mapped[PRODUCT_ID] = shorthand(text, **{"from": text})
                mapped.key_locations[PRODUCT_ID] = mapped.value_locations[PRODUCT_ID] = (
                    text.location
                )
                value["map"] = mapped
        return value

    @model_validator(mode="after")
    def _set_alone(self) -> Self:
        if any(mapping.strategy != "set" or mapping.latest_by for mapping in self.map.values()):
            raise ValueError("a product takes the last value that is not empty: strategy `set`")
        return self


def product_properties(event_types: Keys[str, EventType]) -> dict[str, Property]:
    """Return the details of a product: the properties of `order.product` but its id."""
    nested = event_types["order"].nested["product"]
    apart = (PRODUCT_ID, nested.identifier, *OF_THE_ORDER)
    return {
        name: Property(type=kind.type, title=kind.title, description=kind.description, pii=kind.pii)
        for name, kind in nested.properties.items()
        if name not in apart
    }


def feed_properties(event_types: Keys[str, EventType]) -> dict[str, Property]:
    """Return what a feed may hold of a product: its id and its details."""
    return {
        PRODUCT_ID: Property(description="Id of the product"),
        **product_properties(event_types),
    }
