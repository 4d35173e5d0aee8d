"""Who has the work at each date that matters for a build: what the explorer needs to be read as of a date.

Reads: the rows of a build's tables as the explorer numbers them. Gives: the part ``dates`` of its payload (:mod:`viz.explorer_page`
says what it holds). Between two dates given here nothing changes; which plans are in force the page tells from their dates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from kg.graph.heirs import Agent, HeirAgent, body_of, heir_agent, home_of
from kg.resolution.as_of import LAST_DAY, Body, HeirBody, bodies_at, divided_kinds, tell_why
from kg.resolution.offices import regional_kinds
from kg.resolution.registry import Registry, load_registry

Records = list[dict[str, Any]]
Heirs = list[list[Any]]


class Link(NamedTuple):
    """An assignment: the row of its agency, the slug of the province whose document makes it, the words of its task or duty."""

    agency: int
    province: str | None
    words: str | None


def dates_payload(documents: Records, agencies: Records, links: Sequence[Link], *, provinces: list[str], kinds: list[list[str]], forms: Mapping[str, int]) -> dict[str, Any]:
    """Give the dates and, for each, who has whose work.

    Args:
        documents: rows of the table.
        agencies: rows of the table.
        links: the assignments, in order.
        provinces: names of provinces; those that only heirs have are added at its end.
        kinds: slug and name of kinds; likewise.
        forms: number of each form.
    """
    return _Dates(documents, agencies, links, provinces=provinces, kinds=kinds, forms=forms).payload()


class _Dates:
    def __init__(self, documents: Records, agencies: Records, links: Sequence[Link], *, provinces: list[str], kinds: list[list[str]], forms: Mapping[str, int]) -> None:
        self._registry: Registry = load_registry()
        self._documents, self._links, self._forms = documents, links, forms
        self._provinces, self._kinds = provinces, kinds
        self._kind_rows = {slug: at for at, (slug, _) in enumerate(kinds)}
        charged = _charged(links)
        self._bodies = [body_of(row["agency"], row["kind"], self._registry, charged[at][0] if at in charged else None) for at, row in enumerate(agencies)]
        self._written = [
            Agent(iri=row["agency"], label=row["agency_name"], form=row["form"], kind=row["kind"], province=home_of(body)) for row, body in zip(agencies, self._bodies, strict=True)
        ]
        self._by_charge = {row for row, several in charged.items() if len(several) > 1 and self._written[row].kind in regional_kinds()}
        self._rows = {agent.iri: at for at, agent in enumerate(self._written)}
        self._added: list[Agent] = []
        self._whys: dict[tuple[str, str], int] = {}

    def payload(self) -> dict[str, Any]:
        days = [self._day(day) for day in self._days()]
        return {
            "days": days,
            "agents": {
                "iri": [agent.iri for agent in self._added], "label": [agent.label for agent in self._added], "form": [self._forms[agent.form] for agent in self._added],
                "kind": [self._kind_row(agent.kind) for agent in self._added],
                "province": [self._province_row(agent.province) for agent in self._added],
            },
            "whys": [list(why) for why in self._whys],
            "known": max(event.date for event in self._registry.events),
        }  # fmt: skip

    def _days(self) -> list[str]:
        """The days on which a body or a province of the build changes, none before the first plan was issued."""
        found: set[str] = set()
        for body in {*self._bodies, *(Body(None, row["province"]) for row in self._documents if row["province"] in self._registry.provinces)}:
            for heir in bodies_at(body, LAST_DAY):
                found.update(step.date for step in heir.steps)
                ended = self._registry.kinds[body.kind].valid_to if body.kind and not heir.known else None
                if ended:
                    found.add((dt.date.fromisoformat(ended) + dt.timedelta(days=1)).isoformat())
        issued = [row["date"] for row in self._documents if row["date"]]
        first = min(issued, default="")
        return sorted(day for day in found if day >= first)

    def _day(self, day: str) -> dict[str, Any]:
        agents = {row: self._heirs(row, bodies_at(body, day)) for row, body in enumerate(self._bodies)}
        moved = {row: heirs for row, heirs in agents.items() if heirs is not None}
        divided = divided_kinds()
        links = []
        for at, (row, province, words) in enumerate(self._links):
            if row in moved and ((words and self._bodies[row].kind in divided) or row in self._by_charge):
                written = self._written[row]
                body = body_of(written.iri, written.kind, self._registry, province) if row in self._by_charge else self._bodies[row]
                heirs = self._heirs(row, bodies_at(body, day, text=words))
                if heirs != moved[row]:
                    links.append([at, heirs if heirs is not None else [[row, 1.0, -1, 1]]])
        docs = [[at, to] for at, row in enumerate(self._documents) if (to := self._new_home(row["province"], day)) is not None]
        return {"day": day, "agents": [[row, heirs] for row, heirs in moved.items()], "links": links, "docs": docs}

    def _heirs(self, row: int, bodies: Sequence[HeirBody]) -> Heirs | None:
        """Who has the work: row, share, why; ``None`` where nothing changed."""
        if not any(heir.changed for heir in bodies):
            return None
        found = []
        for heir in bodies:
            why = tell_why(heir)
            found.append([self._row(heir_agent(self._written[row], heir, self._registry)), float(heir.share), self._whys.setdefault((why.vi, why.en), len(self._whys)), int(heir.known)])
        return found

    def _row(self, heir: HeirAgent) -> int:
        agent = heir.agent
        if agent.iri not in self._rows:
            self._rows[agent.iri] = len(self._written) + len(self._added)
            self._added.append(agent)
        return self._rows[agent.iri]

    def _new_home(self, province: str | None, day: str) -> int | None:
        if province not in self._registry.provinces:
            return None
        heirs = bodies_at(Body(None, province), day)
        return self._province_row(heirs[0].province) if len(heirs) == 1 and heirs[0].changed else None

    def _kind_row(self, slug: str | None) -> int:
        if slug is None:
            return -1
        if slug not in self._kind_rows:
            self._kind_rows[slug] = len(self._kinds)
            self._kinds.append([slug, self._registry.kinds[slug].name])
        return self._kind_rows[slug]

    def _province_row(self, slug: str | None) -> int:
        if slug is None:
            return -1
        name = self._registry.provinces[slug].name
        if name not in self._provinces:
            self._provinces.append(name)
        return self._provinces.index(name)


def _charged(links: Sequence[Link]) -> dict[int, list[str | None]]:
    """Give of each agency the provinces whose documents charge it, sorted, those of the centre last."""
    found: dict[int, set[str | None]] = {}
    for link in links:
        found.setdefault(link.agency, set()).add(link.province)
    return {row: sorted(several, key=lambda each: (each is None, each or "")) for row, several in found.items()}
