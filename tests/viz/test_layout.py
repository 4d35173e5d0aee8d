from collections import Counter

import pytest

from viz.fold import fold_edges
from viz.layout import NAME_PITCH, lay_out, node_radius


@pytest.fixture(params=[False, True], ids=["folded", "tasks"])
def tasks(request) -> bool:
    return request.param


def test_every_node_has_a_place_and_tasks_only_in_their_view(gold, tasks: bool) -> None:
    kinds = dict(gold.graph.nodes(data="kind"))
    expected = {node for node, kind in kinds.items() if tasks or kind != "task"}
    assert set(lay_out(gold.graph, tasks=tasks).places) == expected


def test_panels_hold_their_own_province_and_do_not_touch(gold, tasks: bool) -> None:
    layout = lay_out(gold.graph, tasks=tasks)
    panels = {panel.province: panel for panel in layout.panels}
    assert set(panels) == {"Hưng Yên", "Lai Châu", "Hà Tĩnh", "Bến Tre", "Hòa Bình"}
    for node, (x, y, _) in layout.places.items():
        province = gold.graph.nodes[node]["province"]
        inside = [p.province for p in layout.panels if p.x <= x <= p.x + p.width and p.y <= y <= p.y + p.height]
        assert inside == ([province] if province else [])
    boxes = list(layout.panels)
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            apart = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y


def test_no_two_nodes_lie_on_one_another(gold, tasks: bool) -> None:
    layout = lay_out(gold.graph, tasks=tasks)
    most = max(load or 0 for _, load in gold.graph.nodes(data="load"))
    discs = [
        (x, y, node_radius(gold.graph.nodes[node]["kind"], gold.graph.nodes[node].get("load") or 0, most))
        for node, (x, y, _) in layout.places.items()
    ]
    for at, (x, y, radius) in enumerate(discs):
        for other_x, other_y, other_radius in discs[at + 1 :]:
            assert (x - other_x) ** 2 + (y - other_y) ** 2 >= (radius + other_radius) ** 2


def test_heavier_agencies_are_larger_and_higher(gold) -> None:
    layout = lay_out(gold.graph, tasks=False)
    column = sorted(
        (y, data["load"])
        for node, data in gold.graph.nodes(data=True)
        if data["kind"] == "agency" and data["province"] == "Hòa Bình"
        for _, y, side in [layout.places[node]]
        if side == -1
    )
    loads = [load for _, load in column]
    assert loads == sorted(loads, reverse=True)
    assert loads[0] == 8
    assert node_radius("agency", 8, 9) > node_radius("agency", 2, 9)


def test_open_groups_are_never_ranked_by_size() -> None:
    assert node_radius("open-group", 9, 9) == node_radius("open-group", 0, 9)


def test_folding_keeps_every_assignment(gold) -> None:
    roles = Counter(role for _, _, role in gold.graph.edges(data="role"))
    folded: Counter[str] = Counter()
    for edge in fold_edges(gold.graph, tasks=True):
        folded[edge.role] += edge.weight
    assert folded == {role: roles[role] for role in ("lead", "partner", "responsible")}
    direct = sum(1 for start, _, role in gold.graph.edges(data="role") if role in folded and gold.graph.nodes[start]["kind"] == "plan")
    assert sum(edge.weight for edge in fold_edges(gold.graph, tasks=False)) == direct > 0


def test_all_hundred_and_ten_tasks_of_a_plan_get_a_seat(country) -> None:
    graph = country(provinces=2, tasks=110)
    places = lay_out(graph, tasks=True).places
    assert len({place[:2] for place in places.values()}) == graph.number_of_nodes()


def test_where_room_is_scarce_those_who_are_charged_get_the_height_of_a_name(country) -> None:
    """Who leads or is charged with a duty stands a name apart, or as near to it as the window allows; open groups close up."""
    graph = country(provinces=12, tasks=30)
    for _, facts in graph.nodes(data=True):
        if facts["kind"] == "agency":
            facts["busy"] = bool(facts.get("load"))
    window = (1334.0, 505.0)

    def pitches(grained: bool) -> tuple[float, float]:
        layout = lay_out(graph, tasks=False, window=window, grained=grained)
        left, top, right, bottom = layout.box
        scale = min(window[0] / (right - left), window[1] / (bottom - top))
        columns: dict[tuple[float, str], list[float]] = {}
        for node, (x, y, side) in layout.places.items():
            if side:
                columns.setdefault((x, graph.nodes[node]["province"]), []).append(y)
        steps = [scale * (q - p) for column in columns.values() for p, q in zip(sorted(column), sorted(column)[1:], strict=False)]
        return sum(step >= NAME_PITCH * 0.6 for step in steps) / len(steps), min(steps) / scale

    plain, _ = pitches(grained=False)
    grained, least = pitches(grained=True)
    assert grained >= plain
    assert least >= 9.0  # no node on another


def test_rows_that_are_chosen_leave_no_node_on_another(gold) -> None:
    layout = lay_out(gold.graph, tasks=False, grained=True)
    most = max(load or 0 for _, load in gold.graph.nodes(data="load"))
    discs = [(x, y, node_radius(gold.graph.nodes[node]["kind"], gold.graph.nodes[node].get("load") or 0, most)) for node, (x, y, _) in layout.places.items()]
    for at, (x, y, radius) in enumerate(discs):
        for other_x, other_y, other_radius in discs[at + 1 :]:
            assert (x - other_x) ** 2 + (y - other_y) ** 2 >= (radius + other_radius) ** 2
    panels = list(layout.panels)
    assert all(a.x + a.width <= b.x or b.x + b.width <= a.x or a.y + a.height <= b.y or b.y + b.height <= a.y for at, a in enumerate(panels) for b in panels[at + 1 :])
