"""What a page may do: run the scripts and styles that it was written with, known by their checksums, and no others.

A policy with 'unsafe-inline' would run whatever words of a document managed to become markup. Source: Content Security Policy Level 3, 2.3.1
(hash-source) and 4.2.3 (a hash allows one inline block).
"""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape, unescape

MARK = '<meta http-equiv="Content-Security-Policy" content="">'
"""What a page's maker writes at the top of the head, before any script; :func:`lock_page` fills it."""

_BLOCK = re.compile(r"<(?P<tag>script|style)\b(?P<attributes>[^>]*)>(?P<text>.*?)</(?P=tag)>", re.DOTALL)
_WRITTEN = re.compile(r'<meta http-equiv="Content-Security-Policy" content="(?P<policy>[^"]+)">')
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'"
"""The policy of an answer that is no page."""


def lock_page(html: str, *, connect: str = "'none'", engine: bool = False, styled_by_scripts: bool = False) -> str:
    """Fill the page's policy.

    Args:
        html: the whole page, with ``MARK`` in its head; nothing of it may be changed afterwards.
        connect: what the page may ask: nothing, or of a live server "'self'".
        engine: the page carries WebAssembly and a worker.
        styled_by_scripts: a library in the page writes style sheets while it runs; they cannot be known.

    Raises:
        ValueError: the page has no ``MARK``.

    >>> page = lock_page(f"<head>{MARK}</head><body><script>alert(1)</script></body>")
    >>> read_policy(page).split("; ")[1]
    "script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"
    """
    if MARK not in html:
        raise ValueError(f"the page has no {MARK}: expected in its head, before any script")
    scripts, styles = _sources(html, "script"), "'unsafe-inline'" if styled_by_scripts else _sources(html, "style")
    if engine:
        scripts += " 'wasm-unsafe-eval'"
    parts = [
        "default-src 'none'", f"script-src {scripts}", f"style-src {styles}", "img-src data: blob:", f"connect-src {connect}",
        *(["worker-src blob:"] if engine else []), "base-uri 'none'", "form-action 'none'",
    ]  # fmt: skip
    return html.replace(MARK, f'<meta http-equiv="Content-Security-Policy" content="{escape("; ".join(parts), quote=False)}">', 1)


def read_policy(html: str) -> str:
    """Give the policy that a locked page holds; what nothing may do where it holds none."""
    found = _WRITTEN.search(html)
    return unescape(found["policy"]) if found else NOTHING


def _sources(html: str, tag: str) -> str:
    """Give the checksum of each inline block that a browser runs or applies, in the order of the page."""
    blocks = [match["text"] for match in _BLOCK.finditer(html) if match["tag"] == tag and 'type="application/' not in match["attributes"]]
    sums = dict.fromkeys(base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") for text in blocks)
    return " ".join(f"'sha256-{each}'" for each in sums) or "'none'"
