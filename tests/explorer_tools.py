"""What the tests of the explorer share: its views, the table that a reader takes away, parts of a page."""

import base64
import csv
import gzip
import io
import json
import re
import shutil
from pathlib import Path

from kg.building.explorer import explorer_payload

ROOT = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
VIEWS = ("overview", "all", "matrix", "map", "pairs", "load", "years", "flow", "sectors", "tasks", "heirs", "document")


def part_of(html: str, name: str) -> dict:
    """Give what a part of a page holds."""
    return json.loads(gzip.decompress(base64.b64decode(re.search(rf'id="{name}">([^<]*)</script>', html)[1])))


def many_tasks(built: Path, more: int) -> dict:
    """Give the payload with its last task many times over."""
    payload = explorer_payload(built)
    for name, column in payload["tasks"].items():
        payload["tasks"][name] = column + column[-1:] * more
    for axis in "xy":
        payload["places"]["all"][axis] += payload["places"]["all"][axis][-1:] * more
    payload["links"]["of"] = [unit if unit < 68 else unit + more for unit in payload["links"]["of"]]
    return payload


def ask_button(page):
    return page.get_by_role("button", name="Hỏi (Ctrl+Enter)")


DAYS = ("2024-12-31", "2025-03-01", "2025-07-01", "2026-11-21")


def taken_away(page) -> list[dict[str, str]]:
    """The table of the view, as the reader takes it away."""
    if page.locator("#table summary").count() and not page.locator("#table details[open]").count():
        page.click("#table summary")
    with page.expect_download() as download:
        page.locator("#table .tools button").click()
    taken_away.name = download.value.suggested_filename
    return list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
