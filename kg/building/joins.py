"""A plan and its annexes published as files of their own: which files make one document, and in which order.

The plan comes first, then what is attached to it, by the number of its annex. Where two files hold the same part, or it is not
plain whose annex one is, nothing is joined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.building.works import Work, is_same_work, preference


def find_joins(works: Sequence[tuple[str, Work]]) -> list[tuple[list[int], dict[int, int]]]:
    """Find the files that make one document together.

    Args:
        works: for each file its name and what it says of itself.

    Returns: for each such document the places of its files in their order, the plan first; and the other files that hold the
        same part as one of those attached (another format), each with the place of that one.
    """
    by_number: dict[str, list[int]] = defaultdict(list)
    for at, (_, work) in enumerate(works):
        if work.number:
            by_number[work.number].append(at)
    joins: list[tuple[list[int], dict[int, int]]] = []
    for places in by_number.values():
        if any(works[at][1].attached for at in places):
            joins += _joins_of(_alike(places, works), works)
    return joins


def _joins_of(groups: list[list[int]], works: Sequence[tuple[str, Work]]) -> list[tuple[list[int], dict[int, int]]]:
    """Join within the files of one number, given as groups that hold the same, the preferred file first."""
    plans = [group for group in groups if not works[group[0]][1].attached]
    owned: dict[int, list[list[int]]] = defaultdict(list)
    for group in groups:
        if works[group[0]][1].attached:
            homes = [plan[0] for plan in plans if _agree(works[plan[0]][1], works[group[0]][1])]
            if len(homes) == 1:
                owned[homes[0]].append(group)
    joins: list[tuple[list[int], dict[int, int]]] = []
    for plan, attached in owned.items():
        held = [number for at in (plan, *(group[0] for group in attached)) for number in works[at][1].annexes or ((-1,) if at != plan else ())]
        if len(held) == len(set(held)):
            attached.sort(key=lambda group: works[group[0]][1].annexes or (-1,))
            joins.append(([plan, *(group[0] for group in attached)], {other: group[0] for group in attached for other in group[1:]}))
    return joins


def _alike(places: Sequence[int], works: Sequence[tuple[str, Work]]) -> list[list[int]]:
    """Group files that say the same, the preferred of each first."""
    groups: list[list[int]] = []
    for at in places:
        home = next((group for group in groups if is_same_work(works[at][1], works[group[0]][1])), None)
        if home is None:
            groups.append([at])
        else:
            home.append(at)
    for group in groups:
        largest = max(len(works[at][1].sketch) for at in group)
        group.sort(key=lambda at: preference(works[at][1], largest, works[at][0]))
    return groups


def _agree(plan: Work, attached: Work) -> bool:
    """Whether nothing that the attached file says of the plan differs; it may leave the province or the day out."""
    if any(mine and theirs and mine != theirs for mine, theirs in ((plan.province, attached.province), (plan.symbol, attached.symbol))):
        return False
    return plan.date.startswith(attached.date) or attached.date.startswith(plan.date)
