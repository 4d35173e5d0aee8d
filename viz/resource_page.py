"""The page of one thing: what is said of it, what speaks of it, and the sentences behind that. No script, no network."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import urlencode

from viz.policy import MARK, lock_page

_STYLE = """
:root { color-scheme: light dark; --ink: #1c2430; --soft: #55606e; --line: #d5dbe2; --ground: #fff; --link: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecf1; --soft: #a7b1bd; --line: #38414c; --ground: #14181d; --link: #7db8f5; } }
body { margin: 0 auto; max-width: 62rem; padding: 16px; background: var(--ground); color: var(--ink); font: 15px/1.55 "Noto Sans", "Segoe UI", Roboto, Arial, sans-serif; }
a { color: var(--link); } .soft, .source { color: var(--soft); font-size: .88rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); padding: 4px 8px; overflow-wrap: anywhere; } th { width: 30%; font-weight: 600; }
ul { margin: 0; padding-left: 1.1em; } mark { background: #f7d9a8; color: #1c2430; } blockquote { margin: 6px 0; padding-left: 12px; border-left: 3px solid var(--line); }
"""
_SHOWN = 40
_VI = {
    "quoted": "Nguyên văn", "outgoing": "Nội dung", "incoming": "Được nhắc tới", "more": "Còn {} phát biểu nữa trỏ tới đây; hỏi bằng SPARQL.", "switch": "English", "other": "en",
}  # fmt: skip
_EN = {
    "quoted": "Quoted", "outgoing": "Statements", "incoming": "Pointing here", "more": "{} further statements point here; ask with SPARQL.", "switch": "Tiếng Việt", "other": "vi",
}  # fmt: skip

Local = Callable[[str], str]


def make_resource_page(thing: Mapping[str, Any], *, local: Local, links: Sequence[tuple[str, str]], home: str = "/", language: str = "vi", other: str = "") -> str:
    """Make the page.

    Args:
        thing: ``iri``, ``label``, ``place``, ``types``, ``outgoing``, ``incoming``, ``quotes`` and ``more``, as
            ``kg.serving.resources.Description`` gives them.
        local: where a page leads to for an address.
        links: (name, address) of the same in other forms.
        home: where the explorer is: the name of the site, and each quote at its place in the document, lead there.
        language: "vi" or "en", of the words of ``thing``.
        other: address of the same in the other language.
    """
    say = _VI if language == "vi" else _EN
    types = ", ".join(_link(value, local) for value in thing["types"])
    quotes = "".join(_quote(each, home, language) for each in thing["quotes"])
    named = thing["label"] + (f" – {thing['place']}" if thing["place"] else "")
    more = f'<p class="soft">{say["more"].format(thing["more"])}</p>' if thing["more"] else ""
    switch = f'<a href="{escape(other)}" hreflang="{say["other"]}" lang="{say["other"]}">{say["switch"]}</a> · ' if other else ""
    forms = " · ".join(f'<a href="{escape(address)}">{escape(name)}</a>' for name, address in links)
    return _page(
        named,
        f'<p class="soft"><a href="{escape(home)}">mandategraph</a> · {switch}{forms}</p><h1>{escape(named)}</h1><p>{types}</p><p class="source">{escape(thing["iri"])}</p>'
        + (f"<h2>{say['quoted']}</h2>{quotes}" if quotes else "")
        + _table(say["outgoing"], thing["outgoing"], local)
        + _table(say["incoming"], thing["incoming"], local)
        + more,
        language,
    )


def make_missing_page(iri: str) -> str:
    """Make the page for an address of which nothing is said."""
    return _page("Không có · Not found", f'<h1>Không có trong đồ thị này · Not in this graph</h1><p class="source">{escape(iri)}</p><p><a href="/">mandategraph</a></p>', "vi")


def _page(title: str, body: str, language: str) -> str:
    html = (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n{MARK}\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="generator" content="mandategraph">\n<link rel="icon" href="data:,">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>{body}</main>\n</body>\n</html>\n"
    )
    return lock_page(html, styles=[_STYLE])


def _quote(quote: Mapping[str, Any], home: str, language: str) -> str:
    """Give words with those around them, and the way to their place in the document; a browser counts UTF-16 units, alike but for rare signs."""
    place = f"{home}#" + urlencode({"view": "document", "doc": quote["iri"], "at": f"{quote['start']}-{quote['end']}"} | ({"lang": "en"} if language == "en" else {}))
    around = f'<span class="soft">…{escape(quote["before"])}</span><mark>{escape(quote["text"])}</mark><span class="soft">{escape(quote["after"])}…</span>'
    return f'<blockquote>{around}<div class="source"><a href="{escape(place)}">↗ {escape(quote["document"])}</a></div></blockquote>'


def _table(heading: str, statements: Sequence[Mapping[str, Any]], local: Local) -> str:
    if not statements:
        return ""
    return f"<h2>{escape(heading)}</h2><table><tbody>{''.join(_row(statement, local) for statement in statements)}</tbody></table>"


def _row(statement: Mapping[str, Any], local: Local) -> str:
    values = statement["values"]
    items = "".join(f"<li>{_link(value, local)}</li>" for value in values[:_SHOWN])
    rest = f"<details><summary>+ {len(values) - _SHOWN}</summary><ul>{''.join(f'<li>{_link(value, local)}</li>' for value in values[_SHOWN:])}</ul></details>" if len(values) > _SHOWN else ""
    inner = _link(values[0], local) if len(values) == 1 else f"<ul>{items}</ul>{rest}"
    return f'<tr><th scope="row">{_link({"iri": statement["iri"], "label": statement["label"]}, local)}</th><td>{inner}</td></tr>'


def _link(value: Mapping[str, Any], local: Local) -> str:
    label = escape(str(value["label"]))
    if not value.get("iri"):
        language = value.get("language")
        return f'<span lang="{escape(language)}">{label}</span>' if language else label
    return f'<a href="{escape(local(str(value["iri"])))}">{label}</a>'
