"""Every node has a place of its own, and provinces stay apart."""

from itertools import pairwise

from viz.places import place_all

DOCS = [0, 0, 1, -1]
AGENTS = [(0, 3.0), (0, 1.0), (1, 2.0), (-1, 0.0)] + [(1, 0.0)] * 60
TASKS = [0] * 40 + [1] * 3 + [2] * 200


def test_every_node_has_a_place_and_no_two_the_same():
    places = place_all(2, DOCS, AGENTS, TASKS)
    assert len(places.x) == len(places.y) == 2 + len(DOCS) + len(AGENTS) + len(TASKS)
    assert len(set(zip(places.x, places.y, strict=True))) == len(places.x)


def test_provinces_do_not_overlap():
    places = place_all(2, DOCS, AGENTS, TASKS)
    home = [*DOCS, *(province for province, _ in AGENTS), *(DOCS[doc] for doc in TASKS)]
    boxes = []
    for province in sorted(set(home)):
        points = [(places.x[2 + at], places.y[2 + at]) for at, own in enumerate(home) if own == province]
        boxes.append((min(x for x, _ in points), min(y for _, y in points), max(x for x, _ in points), max(y for _, y in points)))
    for (a, b, c, d), (e, f, g, h) in pairwise(boxes):
        assert a >= g or c <= e or b >= h or d <= f


def test_nothing_to_place():
    assert place_all(0, [], [], []).x == ()
