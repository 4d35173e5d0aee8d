"""What holds for all tests: a slow machine fails none of them. The build and the browser of the explorer's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from kg.building.explorer import explorer_payload
from kg.building.pipeline import build
from kg.cli import main
from tests.explorer_tools import CHROMIUM, ROOT, SWITCHES
from viz.assets import AssetError, fetch_assets, find_asset
from viz.explorer_page import write_explorer

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    return build([ROOT / "corpus"], tmp_path_factory.mktemp("explorer") / "build").out


@pytest.fixture(scope="module")
def page_file(built: Path) -> Path:
    """The page without an engine: everything but SPARQL works without third-party files."""
    path = built.parent / "explorer.html"
    write_explorer(explorer_payload(built), path)
    return path


@pytest.fixture(scope="module")
def engine_file(built: Path) -> Path:
    """The page as the command writes it, with the engine inside."""
    try:
        if find_asset("oxigraph", "web.js") is None:
            fetch_assets()
    except AssetError as error:
        pytest.skip(f"no engine: {error}")
    path = built.parent / "with-engine.html"
    assert main(["explore", str(built), "-o", str(path)]) == 0
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator:
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, page_file: Path) -> Iterator:
    contexts, complaints, requests = [], [], []

    def open_at(state: str = "", file: Path = page_file):
        context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
        context.set_offline(True)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(file.as_uri() + "#" + state)
        page.wait_for_selector("html[data-ready=yes]")
        return page

    yield open_at
    assert complaints == []
    # a picture is drawn from, and a file saved from, what the page holds
    assert [url for url in requests if not url.startswith(("data:", "blob:", page_file.parent.as_uri()))] == []
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def axe() -> str:
    """The rules of axe-core, a checker of accessibility."""
    try:
        if find_asset("axe-core", "axe.min.js") is None:
            fetch_assets(purpose="checks")
    except AssetError as error:
        pytest.skip(f"no axe-core: {error}")
    return find_asset("axe-core", "axe.min.js").decode("utf-8")
