"""What a page may do: run the scripts and styles that its maker names, known by their checksums, and no others.

A policy with 'unsafe-inline' would run whatever words of a document managed to become markup; so would one that names each block found in
the finished page. Source: Content Security Policy Level 3, 2.3.1 (hash-source) and 4.2.3 (a hash allows one inline block).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from html import escape, unescape

MARK = '<meta http-equiv="Content-Security-Policy" content="">'
"""What a page's maker writes at the top of the head, before any script; :func:`lock_page` fills it."""

_WRITTEN = re.compile(r'<meta http-equiv="Content-Security-Policy" content="(?P<policy>[^"]+)">')
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'"
"""The policy of an answer that is no page."""


def lock_page(
    html: str, *, scripts: Sequence[str] = (), styles: Sequence[str] = (), connect: str = "'none'", engine: bool = False, styled_by_scripts: bool = False
) -> str:
    """Fill the page's policy.

    Args:
        html: the whole page, with ``MARK`` in its head; the blocks named below may not be changed afterwards.
        scripts: what stands between ``<script>`` and ``</script>`` in each block that may run, to the letter. A maker gives its own
            files, never what it finds in a page that holds words of documents.
        styles: likewise of ``<style>``.
        connect: what the page may ask: nothing, or of a live server "'self'".
        engine: the page carries WebAssembly and a worker.
        styled_by_scripts: a library in the page writes style sheets while it runs; they cannot be known.

    Raises:
        ValueError: the page has no ``MARK``, or not a block that it is said to have.

    >>> page = lock_page(f"<head>{MARK}</head><body><script>alert(1)</script><script>slipped in</script></body>", scripts=["alert(1)"])
    >>> read_policy(page).split("; ")[1]
    "script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"
    """
    if MARK not in html:
        raise ValueError(f"the page has no {MARK}: expected in its head, before any script")
    run, drawn = _sources(html, "script", scripts), "'unsafe-inline'" if styled_by_scripts else _sources(html, "style", styles)
    if engine:
        run += " 'wasm-unsafe-eval'"
    parts = [
        "default-src 'none'", f"script-src {run}", f"style-src {drawn}", "img-src data: blob:", f"connect-src {connect}",
        *(["worker-src blob:"] if engine else []), "base-uri 'none'", "form-action 'none'",
    ]  # fmt: skip
    return html.replace(MARK, f'<meta http-equiv="Content-Security-Policy" content="{escape("; ".join(parts), quote=False)}">', 1)


def read_policy(html: str) -> str:
    """Give the policy that a locked page holds; what nothing may do where it holds none."""
    found = _WRITTEN.search(html)
    return unescape(found["policy"]) if found else NOTHING


def _sources(html: str, tag: str, blocks: Sequence[str]) -> str:
    """Give the checksum of each block, in the order given."""
    for text in blocks:
        if f">{text}</{tag}>" not in html:
            raise ValueError(f"the page has no <{tag}> of {text[:60]!r}…: a block must stand in it to the letter, or it would not run")
    sums = dict.fromkeys(base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") for text in blocks)
    return " ".join(f"'sha256-{each}'" for each in sums) or "'none'"
