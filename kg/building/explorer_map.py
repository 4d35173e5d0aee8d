"""The map of provinces by tiles: where each of the provinces of today stands, and which provinces of the plans it holds.

Reads: ``ontology/province-tiles.csv``, our own arrangement after the places of the provincial capitals, north above and west at the left;
the archipelagos Hoàng Sa and Trường Sa stand as tiles of the provinces that they belong to. Gives: the part ``tiles`` of the
explorer's payload.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Any, NamedTuple

from kg.data_files import data_folder
from kg.resolution.as_of import LAST_DAY, Body, bodies_at
from kg.resolution.registry import load_registry


class Tile(NamedTuple):
    """A tile: a province of today, or an archipelago of one."""

    province: str
    label: str
    row: int
    column: int


def read_tiles() -> tuple[Tile, ...]:
    """Read the arrangement, in the order of the file; the first tile of a province is its own."""
    with (data_folder("ontology") / "province-tiles.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Tile(row["province"], row["label"], int(row["row"]), int(row["column"])) for row in csv.DictReader(file))


def tiles_payload(provinces: Sequence[str]) -> dict[str, list[Any]]:
    """Give the tiles as columns, ``home`` being the own tile of a tile's province, and the tile ``of`` each province named (-1: none)."""
    tiles = read_tiles()
    own: dict[str, int] = {}
    for at, tile in enumerate(tiles):
        own.setdefault(tile.province, at)
    registry = load_registry()
    now: dict[str, int] = {}
    for slug, unit in registry.provinces.items():
        heir = bodies_at(Body(None, slug), LAST_DAY)[0].province
        if heir in own:
            now[unit.name] = own[heir]
    return {
        "label": [tile.label for tile in tiles], "row": [tile.row for tile in tiles], "column": [tile.column for tile in tiles],
        "home": [own[tile.province] for tile in tiles], "of": [now.get(name, -1) for name in provinces],
    }  # fmt: skip
