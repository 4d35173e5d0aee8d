"""The registry's names as a word trie: the longest name that begins at a token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

from kg.normalise import fold, key
from kg.resolution.registry import Registry, load_registry

SPELLING = 0.86
"""Likeness from which two names are spellings of one; below it they are two names. Source: the registry's variants."""
_ABBREVIATED = re.compile(r"[A-ZĐ]{2,}|&")
MIN_FOLDED = 3
"""Words that a name must have to be matched without diacritics."""
_JOINTS = ("và", ",", "-")
"""Words and signs inside names that are left out or put in by mistake."""
_TOKEN = re.compile(r"\w+|[^\w\s]")


class Token(NamedTuple):
    """A word or a sign of a text: its offsets there, its matching key, and whether it opens with a capital."""

    start: int
    end: int
    word: str
    capital: bool


_SHORT = re.compile(r"(?<![\w&])(?:(?P<dotted>VP|TT|TP|Tp|TX|BQL|BCH|BCĐ|CN|Cty|CTy|XN|TTr)\s?\.\s?|(?P<bare>TP|TX|VP|BQL|BCĐ)(?=[\s,;)]|$))")
_WRITTEN_OUT = {
    "vp": "văn phòng", "tt": "trung tâm", "tp": "thành phố", "tx": "thị xã", "bql": "ban quản lý", "bch": "ban chấp hành", "bcđ": "ban chỉ đạo",
    "cn": "chi nhánh", "cty": "công ty", "xn": "xí nghiệp", "ttr": "thanh tra",
}
"""Abbreviations with a full stop, or so common that they need none; the full stop does not end a name."""


def tokenise(text: str) -> list[Token]:
    """Words and signs of a text, in order; an abbreviated first word is written out, both words at its place."""
    tokens: list[Token] = []
    at = 0
    for short in _SHORT.finditer(text):
        tokens.extend(_plain(text, at, short.start()))
        written = short["dotted"] or short["bare"]
        end = short.start() + len(written)
        words = _WRITTEN_OUT[written.casefold()].split()
        tokens.extend(Token(short.start(), end, word, index == 0) for index, word in enumerate(words))
        at = short.end() if short["dotted"] else end
    tokens.extend(_plain(text, at, len(text)))
    return tokens


def _plain(text: str, start: int, stop: int) -> list[Token]:
    return [
        Token(match.start(), match.end(), key(match.group()), match.group()[:1].isupper())
        for match in _TOKEN.finditer(text, start, stop)
    ]


_TELLING = 6
"""Words from which a name without its province is told from others' names."""
_PROVINCIAL = re.compile(r"(?P<body>.+)(?<! thuộc) tỉnh")
"""Bodies of a province, which a city under the centre has, too: "Chi nhánh Ngân hàng Chính sách xã hội Thành phố"."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name found: the registry's slug and the proper form to write."""

    slug: str
    name: str
    how: str


NEWSPAPER = "bao-tinh"
"""The registry's kind of the provinces' newspapers, each of which bears its province's name."""


class Lexicon:
    """Names of bodies and groups, by their words."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._root: dict[str, object] = {}
        self._folded: dict[tuple[str, ...], set[Name]] = {}
        self._heads: dict[str, set[int]] = {}
        self._first: set[str] = set()
        for slug, kind in registry.kinds.items():
            if kind.form != "body":
                continue
            right = [kind.name, *(label for label in kind.alt if _is_other_name(label, kind.name))]
            self._insert(kind.name, Name(slug, kind.name, "registry"))
            for label in kind.alt:
                self._insert(label, Name(slug, label if label in right else _written_out(label, right), "abbreviation" if _ABBREVIATED.search(label) else "variant"))
            for label in kind.hidden:
                self._insert(label, Name(slug, _nearest(label, right), "misprint"))
        for slug, kind in registry.kinds.items():
            if kind.form != "body" or kind.level != "provincial":
                continue
            if said := _PROVINCIAL.fullmatch(kind.name):
                self._insert(f"{said['body']} thành phố", Name(slug, kind.name, "variant"))
            for body in _without_province(kind.name, registry):
                for label in (body, f"{body} thành phố", f"{body} tỉnh"):
                    self._insert(label, Name(slug, body, "variant"))
        for province in registry.provinces.values():
            self._insert(f"Báo {province.name}", Name(NEWSPAPER, f"Báo {province.name}", "registry"))

    def _insert(self, label: str, name: Name) -> None:
        words = [token.word for token in tokenise(label)]
        for form in {tuple(words), *_spellings(words)}:
            node = self._root
            for word in form:
                node = node.setdefault(word, {})  # type: ignore[assignment]
            node.setdefault("", name)
            self._first.add(fold(form[0]))
            folded = tuple(fold(word) for word in form)
            if len(folded) >= MIN_FOLDED:
                self._folded.setdefault(folded, set()).add(name)
                self._heads.setdefault(folded[0], set()).add(len(folded))

    def may_open(self, word: str) -> bool:
        """Whether a name can begin with a word, diacritics aside."""
        return fold(word) in self._first

    def match_folded(self, words: list[str], at: int) -> tuple[Name, int] | None:
        """The longest name whose words agree but for diacritics (OCR: "Bộ Kê hoạch"); only where one name does."""
        folded = [fold(word) for word in words[at : at + 14]]
        for length in sorted(self._heads.get(folded[0] if folded else "", ()), reverse=True):
            names = self._folded.get(tuple(folded[:length]), set()) if length <= len(folded) else set()
            if len({name.slug for name in names}) == 1:
                name = min(names, key=lambda found: found.name)
                return Name(name.slug, name.name, "near"), at + length
        return None

    def goes_on(self, words: list[str], at: int, stop: int) -> bool:
        """Whether a longer name begins with the words ``at`` to ``stop`` and the one after them, joints and diacritics aside."""
        if stop >= len(words):
            return False
        node: dict[str, object] = self._root
        for word in words[at:stop]:
            node = node.get(word, {})  # type: ignore[assignment]
        following = {*node, *(word for joint in _JOINTS for word in node.get(joint, ()))}  # type: ignore[attr-defined]
        return any(fold(word) == fold(words[stop]) for word in following if word)

    def match(self, words: list[str], at: int) -> tuple[Name, int] | None:
        """The longest name that begins at token ``at``, and the token after it."""
        node: dict[str, object] | None = self._root
        found: tuple[Name, int] | None = None
        while node is not None:
            name = node.get("")
            if isinstance(name, Name):
                found = (name, at)
            node = node.get(words[at]) if at < len(words) else None  # type: ignore[assignment]
            at += 1
        return found


def _without_province(name: str, registry: Registry) -> Iterator[str]:
    """What a province's own documents call a body whose name tells the province: "Ban Quản lý các khu công nghệ cao và khu công nghiệp"."""
    for province in registry.provinces.values():
        if name.endswith(f" {province.name}"):
            body = re.sub(r" (?:thành phố|tỉnh)$", "", name.removesuffix(f" {province.name}"), flags=re.IGNORECASE)
            if len(body.split()) >= _TELLING:
                yield body


def _is_other_name(label: str, name: str) -> bool:
    """Another right name, written out ("Tỉnh đoàn"), not an abbreviation or another spelling of the proper one."""
    if _ABBREVIATED.search(label):
        return False
    return _likeness(_bare(label), _bare(name)) < SPELLING or ("thành ủy" in key(label)) != ("thành ủy" in key(name))


def _written_out(label: str, right: list[str]) -> str:
    """The proper form of an abbreviation: the kind's name, or the one of its names that says "Việt Nam" as well; a committee stays one."""
    national = "việt nam" in key(label) or "VN" in label
    forms = [form for form in right if ("việt nam" in key(form)) == national]
    committee = key(label).startswith(("ủy ban", "ub"))
    return next((form for form in forms if key(form).startswith("ủy ban") or not committee), forms[0] if forms else right[0])


def _nearest(label: str, right: list[str]) -> str:
    return max(right, key=lambda form: _likeness(label.casefold(), form.casefold()))


def _bare(label: str) -> str:
    """The words of a name without signs and without the word that says which level or province."""
    words = re.findall(r"\w+", key(label))
    for place in (["tỉnh"], ["thành", "phố"]):
        if words[-len(place) :] == place and len(words) > 4:
            words = words[: -len(place)]
    return " ".join(words)


def _likeness(left: str, right: str) -> float:
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def _spellings(words: list[str]) -> set[tuple[str, ...]]:
    """Forms such as "KH&CN", "KH-CN" and "KHCN" are one abbreviation; Ủy ban nhân dân is also UBND, "HĐND và UBND" also "HĐND-UBND"; "công trình" is also "các công trình"."""
    forms: set[tuple[str, ...]] = set()
    if "&" in words:
        at = words.index("&")
        if 0 < at < len(words) - 1:
            joined = (*words[: at - 1], words[at - 1] + words[at + 1], *words[at + 2 :])
            forms |= {joined, (*words[:at], "-", *words[at + 1 :])}
            forms |= _spellings(list(joined))
    text = " ".join(words)
    for long, short in (("ủy ban nhân dân", "ubnd"), ("hội đồng nhân dân", "hđnd"), ("mặt trận tổ quốc", "mttq"), ("xây dựng công trình", "xây dựng các công trình")):
        if long in text:
            forms.add(tuple(text.replace(long, short).split()))
    for pair in ("hđnd {} ubnd", "hội đồng nhân dân {} ủy ban nhân dân"):
        if pair.format("và") in text:
            forms |= {tuple(text.replace(pair.format("và"), pair.format(sign)).split()) for sign in "-–&,/"}
    return forms


@cache
def load_lexicon() -> Lexicon:
    """The lexicon of the project's registry, made once."""
    return Lexicon(load_registry())
