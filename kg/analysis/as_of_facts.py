"""The facts as of a day: plans in force then, and every agent replaced by who has its work.

Reads: ``Facts`` as written. Gives: ``Facts`` of the same shape; ``as_written`` in the roles tells who stands in the text. Plans of a
province that was merged count for the unit that it belongs to, so that loads of one province add up over all its plans. The
rules of succession are those of ``kg.resolution.as_of``; here they are only applied to frames.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

import polars as pl

from kg.analysis.facts import Facts, in_force
from kg.graph.heirs import Agent, body_of, heir_agent, home_of
from kg.resolution.as_of import Body, HeirBody, Split, bodies_at, read_day, tell_why
from kg.resolution.offices import regional_kinds
from kg.resolution.registry import Registry, load_registry

_HEIR = {
    "agent": pl.String, "charged_in": pl.String, "task_name": pl.String, "heir": pl.String, "heir_name": pl.String, "heir_form": pl.String, "heir_kind": pl.String,
    "part": pl.Float64, "one_of_several": pl.Boolean, "together": pl.String, "why": pl.String,
}  # fmt: skip
_ONLY_HERE = ("heir", "heir_name", "heir_form", "heir_kind", "part", "one_of_several", "together", "slots", "why", "as_written", "charged_in")


def as_of(facts: Facts, date: str, split: Split = "share", registry: Registry | None = None) -> Facts:
    """Give the facts as of a day; ``split`` tells what becomes of the work of a divided body (see ``bodies_at``).

    Raises:
        QuestionError: a date that is none.
    """
    registry = registry or load_registry()
    day = read_day(date)
    kept = in_force(facts, day)
    homes = _homes(kept, day, registry)
    moved = replace(
        kept, as_of=day,
        documents=_moved(kept.documents, homes), tasks=_moved(kept.tasks, homes), units=_moved(kept.units, homes), reports=_moved(kept.reports, homes),
    )  # fmt: skip
    return replace(
        moved, roles=_moved(_inherited(kept.roles, day, split, registry), homes), duties=_moved(_inherited(kept.duties, day, split, registry), homes),
    )  # fmt: skip


def new_homes(facts: Facts, date: str, registry: Registry | None = None) -> dict[str, str]:
    """Give for each place of the facts the place that its plans count for at a day: its heir where there is one that is known.

    Raises:
        QuestionError: a date that is none.
    """
    return dict(_homes(facts, read_day(date), registry or load_registry()).select("place", "new_place").rows())


def _homes(facts: Facts, day: str, registry: Registry) -> pl.DataFrame:
    """Where a place has one heir that is known, plans written there are that heir's."""
    rows = []
    for place, name in facts.places.items():
        heirs = bodies_at(Body(None, place), day, registry=registry) if place in registry.provinces else ()
        slug = heirs[0].province if len(heirs) == 1 else None
        rows.append((place, slug or place, registry.provinces[slug].name if slug else name))
    return pl.DataFrame(rows, schema=["place", "new_place", "new_name"], orient="row")


def _moved(frame: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    joined = frame.join(homes, on="place", how="left", maintain_order="left")
    return joined.with_columns(pl.col("new_place").alias("place"), pl.col("new_name").alias("place_name")).drop("new_place", "new_name")


def _inherited(roles: pl.DataFrame, day: str, split: Split, registry: Registry) -> pl.DataFrame:
    """Agents of a unit with one heir become one, with the sum of their shares, at most 1, and the words of the first.

    Those written that have the same heirs count as one (``kg.graph.heirs.parts_of``).
    """
    offices = pl.col("kind").is_in(sorted(regional_kinds()))
    charged = roles.with_columns(pl.when(offices).then("place").alias("charged_in"))
    asked = charged.select("agent", "agent_name", "form", "kind", "charged_in", "task_name").unique(maintain_order=True)
    view = _View(day, split, registry)
    rows = [row for each in asked.iter_rows() for row in _heirs(_Asked(*each), view)]
    heirs = pl.DataFrame(rows, schema=_HEIR, orient="row")
    joined = charged.join(heirs, on=["agent", "charged_in", "task_name"], how="inner", nulls_equal=True, maintain_order="left")
    among = joined.group_by("unit", "role").agg(pl.col("together").n_unique().cast(pl.Float64).alias("slots"))
    replaced = joined.join(among, on=["unit", "role"], how="left", maintain_order="left").with_columns(
        pl.col("agent_name").alias("as_written"), pl.col("heir").alias("agent"), pl.col("heir_name").alias("agent_name"),
        pl.col("heir_form").alias("form"), pl.col("heir_kind").alias("kind"), pl.col("part").alias("share"), pl.col("slots").alias("among"), (pl.col("one_of_several") | pl.col("possible")).alias("possible"),
    )  # fmt: skip
    keys = ["unit", "role", "agent"]
    once = pl.col("share").filter(pl.col("together").is_first_distinct()).sum().alias("share")
    others = [pl.col(name).first() for name in replaced.columns if name not in (*keys, *_ONLY_HERE, "share", "possible", "confidence")]
    return replaced.group_by(keys, maintain_order=True).agg(
        *others, once, pl.col("possible").all(), pl.col("confidence").min(), pl.col("as_written").unique(maintain_order=True).str.join("; "), pl.col("why").first()
    ).select([*roles.columns, *(name for name in ("as_written", "why") if name not in roles.columns)])


class _Asked(NamedTuple):
    """An agent of a task whose heirs are asked for; ``charged_in`` is the province whose plan charges a regional office."""

    agent: str
    name: str
    form: str
    kind: str | None
    charged_in: str | None
    words: str | None


@dataclass(frozen=True)
class _View:
    """A day, what becomes of divided work, and what is known of agents: their heirs where no words of a task matter, and the rows that tell them."""

    day: str
    split: Split
    registry: Registry
    whole: dict[tuple[str, str | None], tuple[HeirBody, ...]] = field(default_factory=dict)
    told: dict[tuple[str | None, ...], list[tuple[object, ...]]] = field(default_factory=dict)


def _heirs(asked: _Asked, view: _View) -> list[tuple[object, ...]]:
    """The words of a task matter only where a body has several heirs."""
    body = body_of(asked.agent, asked.kind, view.registry, asked.charged_in)
    who = (asked.agent, asked.charged_in)
    if who not in view.whole:
        view.whole[who] = bodies_at(body, view.day, split=view.split, registry=view.registry)
    found = view.whole[who]
    if len(found) > 1 and asked.words:
        rows = _tell(asked, body, bodies_at(body, view.day, split=view.split, text=asked.words, registry=view.registry), view)
    else:
        rows = view.told.get(asked[:-1], [])
        if not rows:
            rows = view.told[asked[:-1]] = _tell(asked, body, found, view)
    return [(asked.agent, asked.charged_in, asked.words, *row) for row in rows]


def _tell(asked: _Asked, body: Body, found: tuple[HeirBody, ...], view: _View) -> list[tuple[object, ...]]:
    """Give what a row says of each heir, from its address on."""
    written = Agent(iri=asked.agent, label=asked.name, form=asked.form, kind=asked.kind, province=home_of(body))
    agents = [heir_agent(written, heir, view.registry).agent for heir in found]
    together = " ".join(sorted(f"{agent.iri} {heir.share}" for agent, heir in zip(agents, found, strict=True)))
    return [
        (agent.iri, agent.label, agent.form, agent.kind, float(heir.share), len(found) > 1, together, tell_why(heir, split=view.split).vi if heir.changed else None)
        for agent, heir in zip(agents, found, strict=True)
    ]
