"""The explorer in headless Chromium without a graphics card, beside well-known viewers of the same network, in one run.

    python -m benchmarks.explorer BUILD [--fetch]

For each page: megabytes; seconds to the first picture; then three seconds of a real mouse wheel over the middle: frames a second, and the CPU
milliseconds of a frame in all of Chromium's processes, which a busy machine changes less than the frames. Below, each peer's
frames and CPU as ratios to ours. vis-network, cytoscape.js and sigma.js get our places, so that no layout runs in them; pyvis draws the
build as ``kg.write_network`` has it. ``--fetch`` takes the viewers from npm, by checksum.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.viewers import NAMES, read_gexf, write_viewer
from kg.building.explorer import explorer_payload
from kg.building.page import write_network
from viz.assets import fetch_assets
from viz.explorer_page import write_explorer

SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PYVIS_LIMIT = 2_000
SECONDS = 3.0
_READY = "html[data-ready=yes]"
_DRAWN = "html[data-drawn=yes]"
_FIRST = """(() => {
  const note = () => requestAnimationFrame(() => requestAnimationFrame(() => { window.first_picture = performance.now(); }));
  const watch = new MutationObserver(() => { const told = document.documentElement && document.documentElement.dataset; if (told && (told.drawn || told.ready)) { watch.disconnect(); note(); } });
  watch.observe(document, { attributes: true, subtree: true, childList: true });
})()"""
"""The page's own clock, from the address to the frame after the picture's: what asks from outside waits for what the page does next."""
_COUNT = "() => { window.frames_drawn = 0; const count = () => { window.frames_drawn += 1; requestAnimationFrame(count); }; requestAnimationFrame(count); }"


@dataclass(frozen=True, slots=True)
class Measured:
    """What a page cost: bytes, seconds to the first picture, frames a second, CPU milliseconds of a frame, and whether the wheel moved anything."""

    size: int
    first: float
    rate: float
    frame: float
    moved: bool


def measure(browser, path: Path, state: str, ready: str) -> Measured:
    """Open a page, wait for its picture, and turn the wheel over it."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.add_init_script(_FIRST)
    started = time.perf_counter()
    page.goto(path.as_uri() + state, wait_until="commit")
    if ready.startswith("html"):  # a page's policy forbids the evaluation that waiting for a function needs
        page.wait_for_selector(ready, state="attached", timeout=240_000)
    else:
        page.wait_for_function(ready, timeout=240_000)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    first = (page.evaluate("() => window.first_picture || 0") / 1000) or time.perf_counter() - started
    page.mouse.move(640, 420)
    before, shown = _cpu(), page.screenshot()
    page.evaluate(_COUNT)
    before, began, step = _cpu(), time.perf_counter(), 0
    while time.perf_counter() - began < SECONDS:
        page.mouse.wheel(0, -60 if step % 40 < 20 else 60)
        step += 1
    drawn = page.evaluate("() => window.frames_drawn")
    taken, used = time.perf_counter() - began, _cpu() - before
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(700)
    moved = page.screenshot() != shown
    page.close()
    return Measured(path.stat().st_size, first, drawn / taken, 1000 * used / max(1, drawn), moved)


def _cpu() -> float:
    """CPU seconds of all processes of this machine's Chromium."""
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = stat.read_text().partition("(")[2].rpartition(")")
        except OSError:
            continue
        if "chrom" in name:
            fields = rest.split()
            total += (int(fields[11]) + int(fields[12])) / 100
    return total


def main() -> None:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    parser.add_argument("--fetch", action="store_true", help="take the viewers from npm first")
    args = parser.parse_args()
    if args.fetch:
        fetch_assets(purpose="benchmarks")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "explorer.html"
        write_explorer(explorer_payload(args.build), path)
        browser = playwright.chromium.launch(executable_path=args.chromium, args=SWITCHES)
        graph = read_gexf(_gexf(browser, path))
        print(f"{len(graph['nodes']):,} nodes, {len(graph['edges']):,} edges\n{'page':28}{'MB':>7}{'first s':>9}{'frames/s':>10}{'CPU ms':>8}")
        _tell("explorer, overview", measure(browser, path, "#view=overview", _DRAWN))
        ours = measure(browser, path, "#view=all", _DRAWN)
        _tell("explorer, every node", ours)
        peers = {}
        for name in NAMES:
            peer = Path(folder) / f"{name}.html"
            write_viewer(name, graph, peer)
            peers[name] = measure(browser, peer, "", _READY)
        if len(graph["nodes"]) <= PYVIS_LIMIT:
            peer = Path(folder) / "pyvis.html"
            write_network(args.build, peer)
            peers["pyvis (tuned by us)"] = measure(browser, peer, "", "typeof LOOK !== 'undefined' && LOOK.names && LOOK.names.length > 0")
        for name, measured in peers.items():
            _tell(name, measured)
        print(f"\n{'explorer / peer':28}{'MB':>7}{'first s':>9}{'frames/s':>10}{'CPU ms':>8}")
        for name, peer in peers.items():
            print(f"{name:28}{ours.size / peer.size:7.2f}{ours.first / peer.first:9.2f}{ours.rate / max(peer.rate, 0.1):10.2f}{ours.frame / peer.frame:8.2f}")
        browser.close()


def _gexf(browser, path: Path) -> str:
    """Give the network of every node as the explorer exports it."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(path.as_uri() + "#view=all")
    page.wait_for_selector(_READY, state="attached", timeout=240_000)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="GEXF").click()
    text = Path(waiting.value.path()).read_text("utf-8")
    page.close()
    return text


def _tell(name: str, measured: Measured) -> None:
    print(f"{name:28}{measured.size / 1e6:7.2f}{measured.first:9.2f}{measured.rate:10.1f}{measured.frame:8.1f}{'' if measured.moved else '  (the wheel moved nothing)'}", flush=True)


if __name__ == "__main__":
    main()
