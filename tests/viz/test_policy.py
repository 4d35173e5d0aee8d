"""The lock of every page: its own scripts and styles run, no others."""

import base64
import hashlib
import re

import pytest

from viz.policy import MARK, NOTHING, lock_page, read_policy
from viz.resource_page import make_missing_page


def test_each_block_of_the_maker_is_known_by_its_checksum():
    page = f'<head>{MARK}<style>p {{}}</style></head><script>\nă()</script><script type="application/json">{{}}</script><script>\nă()</script><script>evil()</script>'
    html = lock_page(page, scripts=["\nă()", "\nă()"], styles=["p {}"])
    told = base64.b64encode(hashlib.sha256("\nă()".encode()).digest()).decode()
    assert read_policy(html).count("sha256-") == 2
    assert f"script-src 'sha256-{told}';" in read_policy(html)


@pytest.mark.parametrize("given", [{"scripts": ["a()"]}, {"styles": ["p {}"]}])
def test_a_block_that_the_page_has_not_is_refused(given: dict):
    with pytest.raises(ValueError, match="to the letter"):
        lock_page(f"<head>{MARK}</head><script> a()</script><style>p {{ }}</style>", **given)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "script-src 'none'"),
        ({}, "connect-src 'none'"),
        ({"connect": "'self'"}, "connect-src 'self'"),
        ({"engine": True}, "'wasm-unsafe-eval'"),
        ({"engine": True}, "worker-src blob:"),
        ({"styled_by_scripts": True}, "style-src 'unsafe-inline'"),
    ],
)
def test_a_page_may_do_what_it_needs_and_no_more(given: dict, told: str):
    policy = read_policy(lock_page(f"<head>{MARK}</head>", **given))
    assert told in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe-inline" not in policy.partition("style-src")[0]
    assert given.get("engine") or "blob:" not in policy.replace("img-src data: blob:", "")


def test_a_page_without_a_place_for_its_policy_is_refused():
    with pytest.raises(ValueError, match="expected in its head"):
        lock_page("<head></head>")
    assert read_policy("<head></head>") == NOTHING


def test_no_page_has_a_style_of_one_element():
    """An attribute "style" would need 'unsafe-inline'."""
    html = make_missing_page("https://example.org/<script>")
    assert not re.search(r"<[^>]* style=", html)
    assert "script-src 'none'; style-src 'sha256-" in read_policy(html)
