"""The explorer in headless Chromium, beside the page that pyvis draws of the same build, in one run.

    python -m benchmarks.explorer BUILD --chromium /usr/bin/chromium

For each page: megabytes, seconds to the first picture, frames a second while it is moved and zoomed, and the CPU milliseconds of a frame on
the main thread. The peer is left out above 2,000 nodes, where it shows no picture in a minute.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path

from kg.building.explorer import explorer_payload
from kg.building.page import write_network
from viz.explorer_page import write_explorer

SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PEER_LIMIT = 2_000
_FRAMES = """async () => {
  const canvas = document.querySelector('canvas'), box = canvas.getBoundingClientRect();
  let frames = 0, going = true, busy = 0;
  const count = () => { frames += 1; if (going) requestAnimationFrame(count); };
  requestAnimationFrame(count);
  const started = performance.now();
  for (let step = 0; performance.now() - started < 3000; step++) {
    const before = performance.now();
    canvas.dispatchEvent(new WheelEvent('wheel', { deltaY: step % 40 < 20 ? -30 : 30, clientX: box.left + box.width / 2, clientY: box.top + box.height / 2, bubbles: true, cancelable: true }));
    await new Promise(requestAnimationFrame);
    busy += performance.now() - before;
  }
  going = false;
  return frames / ((performance.now() - started) / 1000);
}"""


def measure(browser, path: Path, state: str, ready: str) -> tuple[float, float]:
    """Give the seconds to the first picture, and frames a second."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    started = time.perf_counter()
    page.goto(path.as_uri() + state)
    page.wait_for_function(ready, timeout=120_000)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    first = time.perf_counter() - started
    rate = page.evaluate(_FRAMES)
    page.close()
    return first, rate


def main() -> None:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        payload = explorer_payload(args.build)
        path = Path(folder) / "explorer.html"
        size = write_explorer(payload, path)
        nodes = len(payload["places"]["all"]["x"])
        browser = playwright.chromium.launch(executable_path=args.chromium, args=SWITCHES)
        print(f"{nodes:,} nodes\n{'page':28}{'MB':>7}{'first s':>9}{'frames/s':>10}")
        ours = {}
        for name, state in (("explorer, overview", "#view=overview"), ("explorer, every node", "#view=all")):
            ours[name] = measure(browser, path, state, "document.documentElement.dataset.ready === 'yes'")
            print(f"{name:28}{size / 1e6:7.2f}{ours[name][0]:9.2f}{ours[name][1]:10.1f}")
        if nodes <= PEER_LIMIT:
            peer = Path(folder) / "pyvis.html"
            write_network(args.build, peer)
            first, rate = measure(browser, peer, "", "typeof LOOK !== 'undefined' && LOOK.names && LOOK.names.length > 0")
            print(f"{'pyvis (tuned by us)':28}{peer.stat().st_size / 1e6:7.2f}{first:9.2f}{rate:10.1f}")
            print(f"explorer / pyvis: size {size / peer.stat().st_size:.2f}, first picture {ours['explorer, every node'][0] / first:.2f}, frames {ours['explorer, every node'][1] / rate:.2f}")
        browser.close()


if __name__ == "__main__":
    main()
