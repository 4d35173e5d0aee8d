"""The addresses: stable, made from content, the same on every machine and in every run.

A document's address is its identity, (number, issuer, year) and the province for what is numbered by province
(DOMAIN: a number restarts every year, in every province). Where the text lacks one of the three, a hash of a witness
text joins the address, so that two documents never share one. Below a document, an address is made from words and a hash
of all that tells the thing apart; what even that leaves alike is numbered in document order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256

from kg.extraction.symbols import NATIONAL, TYPES
from kg.graph.namespaces import BASE
from kg.normalise import key, slug
from kg.records import Span

CENTRAL = "trung-uong"
_UNKNOWN_PLACE = "khong-ro"  # the text tells neither province nor issuer
_SLUG_LENGTH = 48  # code points of words in an address; the hash beside them tells apart
_HASH_LENGTH = 8  # hex digits: 10,000 things below one document clash with probability .01, and then get a number

_TYPE_CODES = {key(code): name for code, name in TYPES.items()}
_NATIONAL_CODES = frozenset(key(code) for code in NATIONAL)
_PARTY_NUMBER = re.compile(r"\d+-(?P<type>[^\W\d_]+)/(?P<organ>\S+)")  # 41-CTr/TU; not 41/CT-TTg
_PARLIAMENT = re.compile(r"(?:ubtv)?qh\d*")
_PLACES = {
    "ttg": "thu-tuong-chinh-phu",
    "cp": "chinh-phu",
    "tw": "trung-uong-dang",
    "qh": "quoc-hoi",
    "ubtvqh": "uy-ban-thuong-vu-quoc-hoi",
    "hđbt": "hoi-dong-bo-truong",
}
_LAWS = frozenset({"luat", "bo-luat", "hien-phap"})
_PROVINCIAL_ISSUER = re.compile(
    r"uy-ban-nhan-dan|ubnd|hoi-dong-nhan-dan|so-|tinh-uy|thanh-uy|ban-thuong-vu-(?:tinh|thanh)-uy"
)
_CENTRAL_ISSUER = re.compile(
    r"thu-tuong|chinh-phu|quoc-hoi|uy-ban-thuong-vu-quoc-hoi|bo-|ban-bi-thu|ban-chap-hanh-trung-uong|chu-tich-nuoc|"
    r"van-phong-chinh-phu",
)


def short_hash(*parts: str | None, length: int = _HASH_LENGTH) -> str:
    """Give the first hex digits of the parts' SHA-256; ``None`` and "" differ.

    >>> short_hash("a", None) == short_hash("a", "")
    False
    """
    joined = "\x1f".join("\x00" if part is None else part for part in parts)
    return sha256(joined.encode()).hexdigest()[:length]


def cut_slug(text: str, length: int = _SLUG_LENGTH) -> str:
    """Give the slug's first whole words, at most ``length`` characters; at least one character if there is any.

    >>> cut_slug("Tổ chức tập huấn nâng cao năng lực về sản xuất và tiêu dùng bền vững", 24)
    'to-chuc-tap-huan-nang'
    """
    whole = slug(text)
    if len(whole) <= length:
        return whole
    head = whole[: length + 1].rpartition("-")[0]
    return head or whole[:length]


def numbered(stems: Iterable[str]) -> tuple[str, ...]:
    """Give one name a stem, in order: the stem itself, "-2", "-3" … added to those that came before; all differ.

    >>> numbered(["a", "b", "a", "a-2", "a"])
    ('a', 'b', 'a-2', 'a-2-2', 'a-3')
    """
    taken: set[str] = set()
    names: list[str] = []
    for stem in stems:
        name, count = stem, 1
        while name in taken:
            count += 1
            name = f"{stem}-{count}"
        taken.add(name)
        names.append(name)
    return tuple(names)


def number_codes(number: str) -> tuple[str | None, str | None]:
    """Give the type's and the authority's code in a document number, lower-case; ``None`` for one that it lacks.

    >>> [number_codes(n) for n in ("222/QĐ-TTg", "5018/QĐ-BNN-TT", "41-CTr/TU", "903/SCT-QLCN", "72/2025/QH15")]
    [('qđ', 'ttg'), ('qđ', 'bnn'), ('ctr', 'tu'), (None, 'sct'), (None, 'qh15')]
    """
    plain = key(number).replace(" ", "")
    party = _PARTY_NUMBER.fullmatch(plain)
    if party:
        return party["type"], party["organ"].split("-")[0]
    head, slash, symbol = plain.rpartition("/")
    if not slash or not head:
        return None, None
    first, _, rest = symbol.partition("-")
    if first in _TYPE_CODES:
        return first, rest.split("-")[0] or None
    return None, first or None


def number_type(number: str) -> str | None:
    """Give the type that a number's code stands for, as a slug; ``None`` where the number does not tell.

    A number without a type code is an official letter's, except the National Assembly's (a law or a resolution).

    >>> number_type("222/QĐ-TTg"), number_type("903/SCT-QLCN"), number_type("72/2025/QH15")
    ('quyet-dinh', 'cong-van', None)
    """
    code, authority = number_codes(number)
    if code:
        return slug(_TYPE_CODES[code]) if code in _TYPE_CODES else None
    return None if authority is None or _PARLIAMENT.fullmatch(authority) else "cong-van"


def is_central(number: str | None, issuer: str | None) -> bool | None:
    """Tell whether a document is issued by a central body; ``None`` where neither number nor issuer tells.

    >>> is_central("222/QĐ-TTg", None), is_central("790/QĐ-UBND", "Ủy ban nhân dân tỉnh"), is_central(None, None)
    (True, False, None)
    """
    authority = number_codes(number)[1] if number else None
    if authority and (authority in _NATIONAL_CODES or _PARLIAMENT.fullmatch(authority)):
        return True
    name = slug(issuer or "")
    if authority in {"ubnd", "ub", "hđnd", "tu"} or _PROVINCIAL_ISSUER.match(name):
        return False
    return True if _CENTRAL_ISSUER.match(name) else None


def document_place(*, number: str | None, issuer: str | None, province: str | None, type_slug: str) -> str | None:
    """Give the first segment of a document's address: a province's slug or a central issuer's; ``None`` if unknown.

    The issuer's code in the number decides before the issuer's words: "Bộ Chính trị" and "Ban Chấp hành Trung ương"
    share the numbers "…-NQ/TW". Whatever is not known to be central is numbered by province: documents that should be
    one then stay two, but two never become one.
    """
    if type_slug in _LAWS:
        return "quoc-hoi"
    if not is_central(number, issuer):
        return province
    authority = number_codes(number)[1] if number else None
    if authority:
        bare = authority.rstrip("0123456789")
        return _PLACES.get(bare, slug(bare))
    return slug(issuer or "") or None


def document_iri(
    *,
    number: str | None,
    type_slug: str,
    issuer: str | None,
    year: int | None,
    province: str | None,
    title: str | None,
    witness: str,
) -> str:
    """Give a document's address.

    Args:
        number: as printed, "222/QĐ-TTg"; ``None`` where blank or where the document is cited by name.
        type_slug: the document type's slug, "van-ban" where unknown.
        issuer: as printed.
        year: of its date, or the year inside the number.
        province: slug of the province whose bodies number it; ``None`` for a central document or where unknown.
        title: its title.
        witness: SHA-256 of the text that the statement stands in; joins the address where the identity has a gap.

    """
    place = document_place(number=number, issuer=issuer, province=province, type_slug=type_slug)
    local = slug(number or "")
    named_law = place == "quoc-hoi" and not number
    if local and place and place == province:
        local += _below_province(number or "", issuer)
    certain = bool(place and year and (local or (named_law and title)))
    local = local or cut_slug(title or "")
    if not certain:
        local = f"{local}-{witness[:_HASH_LENGTH]}" if local else witness[:_HASH_LENGTH]
    return f"{BASE}vn/{place or _UNKNOWN_PLACE}/{type_slug or 'van-ban'}/{year or 'nd'}/{local}"


def _below_province(number: str, issuer: str | None) -> str:
    """A district's or commune's committee numbers its own "12/QĐ-UBND": its name tells it from the province's."""
    if number_codes(number)[1] not in {"ubnd", "ub", "hđnd"} or not issuer:
        return ""
    below = re.search(r"-(huyen|quan|thi-xa|thi-tran|xa|phuong|dac-khu|thanh-pho-thuoc-tinh)-.+", slug(issuer))
    return below[0] if below else ""


def number_year(number: str | None) -> int | None:
    """Give the year inside a normative document's number.

    >>> number_year("08/2022/NĐ-CP"), number_year("222/QĐ-TTg")
    (2022, None)
    """
    match = re.search(r"/\s*((?:19|20)\d\d)\s*/", number or "")
    return int(match[1]) if match else None


def body_iri(place: str, kind: str) -> str:
    """Give the address of a body: one kind of agency in one province, or at the centre."""
    return f"{BASE}vn/{place}/agency/{kind}"


def group_iri(place: str, kind: str) -> str:
    """Give the address of a group in one province, or at the centre."""
    return f"{BASE}vn/{place}/group/{kind}"


def group_slug(name: str, registered: str) -> str:
    """Give the address segment of a group's wording: the plain slug for the registry's own, else with a hash."""
    return slug(name) if name == registered else own_name_slug(name)


def own_name_slug(name: str) -> str:
    """Give the address segment of a name that no registry entry stands for; each name has its own.

    A slug loses diacritics and case. Without the hash, two names would share a node, and a node would have two labels.
    """
    return f"{cut_slug(name)}-{short_hash(name, length=6)}"


def evidence_iri(document: str, span: Span) -> str:
    """Give the address of a quote."""
    return f"{document}/evidence/{span.start}-{span.end}"


def text_iri(document: str) -> str:
    """Give the address of a document's canonical text."""
    return f"{document}/text"


def graph_iri(document: str) -> str:
    """Give the name of the graph that holds what a document says."""
    return f"{document}/graph"


def worded_slug(words: str, *apart: str | None, code: str | None = None) -> str:
    """Give an address segment: the code, the first words, and a hash of everything that tells the thing apart.

    >>> worded_slug("Tổ chức tập huấn", "Nhóm nhiệm vụ 1", code="1.1")
    '1-1-to-chuc-tap-huan-e868c8c2'
    """
    digest = short_hash(code, key(words), *(part if part is None else key(part) for part in apart))
    return "-".join(part for part in (slug(code or ""), cut_slug(words), digest) if part)
