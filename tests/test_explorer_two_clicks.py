"""From a number, a cell, a ribbon, a node or an edge, the highlighted passage is at most two clicks away."""

import pytest

SHAPES = "#picture svg .go"
PICTURES = {
    "matrix": ".heat tbody button", "matrix&matrix=shared": ".heat.shared tbody button", "matrix&matrix=pairs": ".heat tbody button", "map": SHAPES, "pairs": SHAPES, "load": SHAPES,
    "years": SHAPES, "flow": SHAPES, "flow&flow=province": SHAPES, "sectors": "#picture button.link", "cases": "#picture button.link", "heirs&asof=2025-07-01": SHAPES,
}  # fmt: skip
TABLES = [*PICTURES, "overview", "all", "tasks"]
WAYS = ("#details .source.link", "#table button.link:has-text('xem câu')")
FEW = 4
"""Of each kind of cell or shape, first, last and those between: the panel that opens is made alike for all."""


def some(page, selector: str) -> list[int]:
    count = page.locator(selector).count()
    return sorted({round(at * (count - 1) / (FEW - 1)) for at in range(FEW)}) if count else []


def reached(page) -> bool:
    """Whether the passage is marked by now, or one more click does it."""
    if page.locator(".m-target-passage").count():
        return True
    for way in WAYS:
        link = page.locator(way).first
        if link.count() and link.is_visible():
            link.click()
            return page.locator(".m-target-passage").first.is_visible()
    return False


def lost(page, state: str, selector: str) -> list[str]:
    """Give the elements from which two clicks do not do it."""
    found = []
    for at in some(page, selector):
        one = page.locator(selector).nth(at)
        words = one.get_attribute("aria-label") or one.text_content()
        if words == "0":
            continue  # nothing stands behind it
        one.dispatch_event("click")
        if not reached(page):
            found.append(words)
        page.evaluate("(state) => { location.hash = state; }", state)
        page.wait_for_timeout(60)
    return found


@pytest.mark.parametrize("view", PICTURES)
def test_from_a_shape_or_cell(open_page, view: str):
    page = open_page(f"view={view}")
    assert some(page, PICTURES[view])
    assert lost(page, f"view={view}", PICTURES[view]) == []


@pytest.mark.parametrize("view", TABLES)
def test_from_a_cell_of_a_table(open_page, view: str):
    state = f"view={view}" + ("" if view == "tasks" else "&table=open")
    page = open_page(state)
    columns = page.locator("#table thead th").count()
    selectors = [f"#table tbody tr > :nth-child({column + 1}) button.link" for column in range(columns)]
    assert any(some(page, selector) for selector in selectors)
    assert {selector: lost(page, state, selector) for selector in selectors} == {selector: [] for selector in selectors}


@pytest.mark.parametrize("state", ["", "view=all", "asof=2025-07-01"])
def test_from_every_node_of_a_network_by_keyboard(open_page, state: str):
    page = open_page(state)
    page.focus("#canvas")
    for _ in range(6):
        page.keyboard.press("n")
        assert page.locator("#details .source.link").count() > 0, page.inner_text("#details h2")
    assert reached(page)


def test_from_the_figures_at_the_top(open_page):
    page = open_page()
    figures = page.locator("#figures button")
    assert figures.count() == 5
    for at in range(5):
        page = open_page()
        figure = page.locator("#figures button").nth(at)
        told = figure.get_attribute("aria-label")
        figure.click()
        if "văn bản" not in told:  # the texts themselves: what was read of them is marked there
            if page.locator("svg .go").count():
                page.locator("svg .go").first.dispatch_event("click")
            assert reached(page), told
