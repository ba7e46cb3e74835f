"""Random choices that are the same on every machine and Python."""

import random
from collections.abc import Iterable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


class Dice:
    """Draws from one seed, only by `random()`, which Python promises not to change."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311

    def below(self, count: int) -> int:
        """Return an integer from 0 to `count - 1`."""
        return int(self._random.random() * count)

    def pick(self, items: Sequence[Item]) -> Item:
        """Return one of the items, all equally likely."""
        return items[self.below(len(items))]

    def early(self, items: Sequence[Item]) -> Item:
        """Return one of the items; the first ones are ten times as likely as the last ones."""
        drawn = self._random.random()
        return items[int((0.2 + 0.8 * drawn) * drawn * len(items))]

    def chance(self, percent: float) -> bool:
        """Return true with a probability of `percent`."""
        return self._random.random() * 100 < percent

    def shuffled(self, items: Iterable[Item]) -> list[Item]:
        """Return the items in another order."""
        left = list(items)
        return [left.pop(self.below(len(left))) for _ in range(len(left))]
