"""The ways to tell that two rows are one person's, each tried on every table that there is.

Equal values: rows that share an id, a key or a hash are one entity, and so on from row to row. Everything else is a
number in which people can be put in an order: where a row lies, seconds, days, sizes, figures, a file's time. If people
stand in the same order in two tables, the thief puts the two side by side and has joined them.

Chance is known. Of n people in a random order at least k stand in their own place with a probability of at most 1/k!.
A rank correlation of more than 0.85 among 30 comes by chance once in 5·10⁸ (Student's t of 8.5 with 28 degrees of
freedom). Some ten thousand pairs of orders are tried: that neither happens to any of them is certain enough for a test.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations_with_replacement
from random import Random

from storage.tables import approvals, settings, wraps
from tests.joins.haul import Haul, Thing

HITS = 13
"""people whom the same place in two orders gives away: 1/13! is 2·10⁻¹⁰"""
CORRELATION = 0.85
FEWEST = 20
"""people, below whom an order of them says too little"""
_OPEN = {(approvals.name, "editor")}
"""Which editor approved what is open to a thief, by the editor's random id."""

Owners = Mapping[tuple[str, tuple[object, ...]], tuple[str, str]]
"""(table, key) → (person, what they were doing when the row came)"""


@dataclass(frozen=True, kw_only=True)
class Entity:
    """Rows that openly belong together."""

    things: tuple[Thing, ...]

    @property
    def tables(self) -> frozenset[str]:
        return frozenset(thing.table for thing in self.things) - {wraps.name}

    def owners(self, owners: Owners) -> set[tuple[str, str]]:
        found = (owners.get((thing.table, thing.key)) for thing in self.things if thing.table != wraps.name)
        return {owner for owner in found if owner is not None}

    @property
    def numbers(self) -> dict[str, float]:
        """The smallest of each kind: what comes first."""
        found: dict[str, float] = defaultdict(lambda: float("inf"))
        for thing in self.things:
            for name, number in thing.numbers.items():
                found[f"{thing.table}, {name}"] = min(found[f"{thing.table}, {name}"], number)
        return dict(found)


def entities(haul: Haul) -> list[Entity]:
    """Rows that share a value anywhere, over any number of others."""
    parent: dict[bytes, bytes] = {}

    def root(name: bytes) -> bytes:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    grouped: dict[object, list[Thing]] = defaultdict(list)
    for thing in haul:
        names = _names(thing)
        for name in names[1:]:
            parent[root(names[0])] = root(name)
    for thing in haul:
        if thing.table != settings.name:
            names = _names(thing)
            grouped[root(names[0]) if names else (thing.table, thing.place)].append(thing)
    return [Entity(things=tuple(things)) for things in grouped.values()]


def _names(thing: Thing) -> list[bytes]:
    closed = [cell for name, cell in thing.cells.items() if (thing.table, name) not in _OPEN]
    return [cell for cell in closed if isinstance(cell, bytes) and 16 <= len(cell) <= 32]


def joined_by_values(haul: Haul, owners: Owners, together: frozenset[str]) -> list[str]:
    """Entities that hold two doings of one person, and nothing of anybody else. `together`: tables whose rows may
    belong together, as they are of one chat on one day."""
    found = []
    for entity in entities(haul):
        of = entity.owners(owners)
        if len({person for person, _ in of}) == 1 and len(of) > 1 and not entity.tables <= together:
            found.append(" + ".join(sorted(entity.tables)))
    return sorted(found)


@dataclass(frozen=True, kw_only=True, order=True)
class Given:
    """Two orders that give people away."""

    left: str
    right: str
    hits: int
    of: int
    correlation: float


def joined_by_order(haul: Haul, owners: Owners) -> list[Given]:
    """Pairs of orders in which people stand alike; in one of them forwards or backwards."""
    ranked = list(_orders(haul, owners))
    chance = Random(5)
    found = []
    for (left, ones), (right, others) in combinations_with_replacement(ranked, 2):
        for given in _compared(left, ones, right, others, chance):
            if given.hits >= HITS or abs(given.correlation) > CORRELATION:
                found.append(given)
    return sorted(found)


Numbered = dict[str, list[tuple[int, float]]]
"""person → (number of the entity, its number there), at most two of one kind, in the order of the entities' ids"""


def _orders(haul: Haul, owners: Owners) -> Iterator[tuple[str, Numbered]]:
    found: dict[str, Numbered] = defaultdict(lambda: defaultdict(list))
    for number, entity in enumerate(entities(haul)):
        people = {person for person, _ in entity.owners(owners)}
        if len(people) == 1:
            for name, value in entity.numbers.items():
                found[name][next(iter(people))].append((number, value))
    for name, numbered in found.items():
        if len(numbered) >= FEWEST and len({value for values in numbered.values() for _, value in values}) > 2:
            yield name, numbered


def _compared(left: str, ones: Numbered, right: str, others: Numbered, chance: Random) -> Iterator[Given]:
    pairs = []
    for person in sorted(ones.keys() & others.keys()):
        pair = next(_apart(ones[person], others[person]), None)
        if pair is not None:
            pairs.append(pair)
    if len(pairs) < FEWEST:
        return
    a, b = [one for one, _ in pairs], [other for _, other in pairs]
    correlation = _correlation(a, b)
    for sign in (1, -1):
        hits = _hits(a, [sign * value for value in b], chance)
        yield Given(left=left, right=right, hits=hits, of=len(pairs), correlation=round(correlation, 3))


def _apart(ones: list[tuple[int, float]], others: list[tuple[int, float]]) -> Iterator[tuple[float, float]]:
    """Of two entities: within one there is nothing left to join."""
    for number, value in ones:
        for another, other in others:
            if number != another:
                yield value, other


def _hits(a: list[float], b: list[float], chance: Random) -> int:
    """Who stands in the same place of both orders; equals are put in any order, as the thief must guess."""
    return sum(one == other for one, other in zip(_order(a, chance), _order(b, chance), strict=True))


def _order(values: list[float], chance: Random) -> list[int]:
    return sorted(range(len(values)), key=lambda place: (values[place], chance.random()))


def _correlation(a: list[float], b: list[float]) -> float:
    """Spearman's, equals sharing a rank."""
    ranks = [_ranks(a), _ranks(b)]
    means = [sum(one) / len(one) for one in ranks]
    spread = [sum((rank - mean) ** 2 for rank in one) for one, mean in zip(ranks, means, strict=True)]
    if not all(spread):
        return 0.0
    together = sum((x - means[0]) * (y - means[1]) for x, y in zip(*ranks, strict=True))
    return float(together / (spread[0] * spread[1]) ** 0.5)


def _ranks(values: list[float]) -> list[float]:
    places: dict[float, list[int]] = defaultdict(list)
    for place, value in enumerate(sorted(values)):
        places[value].append(place)
    return [sum(places[value]) / len(places[value]) for value in values]


def days_in_one(haul: Haul, table: str, column: str) -> list[set[object]]:
    """Entities with rows of two days in this table: they join what a chat did on both."""
    found = []
    for entity in entities(haul):
        days = {thing.cells[column] for thing in entity.things if thing.table == table}
        if len(days) > 1:
            found.append(days)
    return found


def tables_of(haul: Iterable[Thing]) -> set[str]:
    return {thing.table for thing in haul}
