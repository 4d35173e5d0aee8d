"""The registry's names as a word trie: the longest name that begins at a token."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

from kg.extraction.naming.words import HEADS
from kg.normalise import fold, key
from kg.resolution.registry import Kind, Registry, load_registry

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


_SHORT = re.compile(
    r"(?<![\w&])(?:(?P<dotted>VP|TT|TP|Tp|TX|BQL|BCH|BCĐ|CN|Cty|CTy|XN|TTr|[HQ](?=\.\s?[A-ZĐÀ-Ỹ])|(?<=UBND )P|(?<=Công an )P)\s?\.\s?"
    r"|(?P<bare>(?:TP|TX|VP|BQL|BCĐ|BTV|CTy|Cty)(?=[\s,;)]|$)|P?CT(?=\s(?:UBND|HĐND|Ủy ban|Hội))|KV(?=\s?(?:\d|[IVX]+\b))|P?GĐ(?=\s(?:[Cc]ác\s)?(?:[Ss]ở|[A-ZĐ]\w))))"
)
_WRITTEN_OUT = {
    "vp": "văn phòng", "tt": "trung tâm", "tp": "thành phố", "tx": "thị xã", "bql": "ban quản lý", "bch": "ban chấp hành", "bcđ": "ban chỉ đạo",
    "cn": "chi nhánh", "cty": "công ty", "xn": "xí nghiệp", "ttr": "thanh tra", "btv": "ban thường vụ", "h": "huyện", "q": "quận", "p": "phường",
    "kv": "khu vực", "ct": "chủ tịch", "pct": "phó chủ tịch", "gđ": "giám đốc", "pgđ": "phó giám đốc",
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
    return [Token(first, end, key(text[first:end]), text[first : first + 1].isupper()) for first, end in _pieces(text, start, stop)]


_GLUED = re.compile(rf"(?<=[^\W\d_])(?:{'|'.join(sorted({head.upper() if head in ('ubnd', 'hđnd', 'mttq') else head.capitalize() for head in HEADS if len(head) > 1}))})(?!\w)")
"""The first word of a name behind the last letter of another: "Sở Công Thương|Sở Tài chính"."""
_GLUED_HEAD = re.compile(r"(?:Sở|Bộ|Ban|Cục|Hội|Viện|Trường)(?=[A-ZĐÀ-Ỹ])")
"""A name's first word before the next, without a space: "Sở|Y tế"."""
_GLUED_JOINT = re.compile(r"(?<=[^\W\d_]{2})(?=và$)|(?<=^và)(?=[A-ZĐÀ-Ỹ])")
""""và" without a space on one side: "Giáo dục|và Đào tạo"; no syllable of two letters and more ends so."""


_JOINT = "và"


def _pieces(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The places of words and signs; a word that another name's first word is glued to is two."""
    for match in _TOKEN.finditer(text, start, stop):
        first, end = match.span()
        word = match.group()
        mixed = not (word.islower() or word.istitle())
        glued = _GLUED.search(text, first, end) if mixed else None
        if glued is not None:
            yield first, glued.start()
            first = glued.start()
        cut = _GLUED_HEAD.match(text, first, end) if mixed else None
        if cut is None and _JOINT in word and end - first > len(_JOINT):
            cut = _GLUED_JOINT.search(text[first:end])
        if cut is not None:
            middle = cut.end() if cut.re is _GLUED_HEAD else first + cut.start()
            yield first, middle
            first = middle
        yield first, end


_TELLING = 6
"""Words from which a name without its province is told from others' names."""
_PROVINCIAL = re.compile(r"(?P<body>.+)(?<! thuộc) tỉnh")
"""Bodies of a province, which a city under the centre has, too: "Chi nhánh Ngân hàng Chính sách xã hội Thành phố"."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name found: the registry's slug and the proper form to write; ``slug`` is "" for a name that several kinds share."""

    slug: str
    name: str
    how: str


NEWSPAPER = "bao-tinh"
"""The registry's kind of the provinces' newspapers, each of which bears its province's name."""


_NAMED_BY_PROVINCE = {"PC": "cong-ty-dien-luc", "Điện lực": "cong-ty-dien-luc", "Viễn thông": "vien-thong-tinh"}
"""What enterprises of a province are called with its name behind: "PC Thanh Hóa", "Viễn thông Lai Châu"; alone these words name nobody."""
_UNITS_OF = {"district": ("huyện", "quận", "thị xã"), "commune": ("xã", "phường", "thị trấn", "đặc khu")}
"""Words for a unit of a level: a body that the registry has for one, there is for the others: "Ban Chỉ huy Quân sự thị xã"."""


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
        for kind in registry.kinds.values():
            for label in kind.ambiguous:
                node = self._at([token.word for token in tokenise(label)])
                if kind.form == "body" and ("," in label or "" in node):  # a spelling of one kind's name can be a name of several
                    node[""] = Name("", label, "shared")
        for label, kind in _short_names(registry):
            self._insert(label, Name(kind.slug, kind.name, "abbreviation"))
        for slug, kind in registry.kinds.items():
            if kind.form != "body" or kind.level != "provincial":
                continue
            if said := _PROVINCIAL.fullmatch(kind.name):
                self._insert(f"{said['body']} thành phố", Name(slug, kind.name, "variant"))
            for body in _without_province(kind.name, registry):
                for label in (body, f"{body} thành phố", f"{body} tỉnh"):
                    self._insert(label, Name(slug, body, "variant"))
        for slug, name, label in other_units(registry):
            self._insert(label, Name(slug, name, "abbreviation" if _ABBREVIATED.search(label) else "variant"))
        for province in registry.provinces.values():
            self._insert(f"Báo {province.name}", Name(NEWSPAPER, f"Báo {province.name}", "registry"))
            for head, kind_slug in _NAMED_BY_PROVINCE.items():
                self._insert(f"{head} {province.name}", Name(kind_slug, registry.kinds[kind_slug].name, "variant"))

    def _insert(self, label: str, name: Name) -> None:
        words = [token.word for token in tokenise(label)]
        for form in {tuple(words), *_spellings(words)}:
            self._at(form).setdefault("", name)
            self._first.add(fold(form[0]))
            folded = tuple(fold(word) for word in form)
            if len(folded) >= MIN_FOLDED:
                self._folded.setdefault(folded, set()).add(name)
                self._heads.setdefault(folded[0], set()).add(len(folded))

    def _at(self, words: Sequence[str]) -> dict[str, object]:
        """The trie's node for words, made where it is not there."""
        node = self._root
        for word in words:
            node = node.setdefault(word, {})  # type: ignore[assignment]
        return node

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


def other_units(registry: Registry) -> Iterator[tuple[str, str, str]]:
    """Give the kind, the name, and one of its forms, of a body in the other units of its level: "Ban Chỉ huy Quân sự | thị xã"."""
    for slug, kind in registry.kinds.items():
        if kind.form == "body" and (units := _UNITS_OF.get(kind.level)) and kind.name.endswith(f" {units[0]}"):
            yield from ((slug, f"{kind.name.removesuffix(units[0])}{unit}", f"{label.removesuffix(units[0])}{unit}") for unit in units[1:] for label in (kind.name, *kind.alt) if label.endswith(f" {units[0]}"))


def _without_province(name: str, registry: Registry) -> Iterator[str]:
    """What a province's own documents call a body whose name tells the province: "Ban Quản lý các khu công nghệ cao và khu công nghiệp"."""
    for province in registry.provinces.values():
        if name.endswith(f" {province.name}"):
            body = re.sub(r" (?:thành phố|tỉnh)$", "", name.removesuffix(f" {province.name}"), flags=re.IGNORECASE)
            if len(body.split()) >= _TELLING:
                yield body


_SHORTENED = {"Sở ": "S", "Bộ ": "B"}
"""Heads of names behind which plans shorten the rest to its initials, and the letter that stands for the head in document symbols."""


def _short_names(registry: Registry) -> Iterator[tuple[str, Kind]]:
    """The initials of departments and ministries behind their head, where they are of one kind alone: "Sở YT", "Bộ TC".

    A document symbol settles what initials leave open: "Sở NV" has SNV, of Sở Nội vụ and not of Sở Ngoại vụ. Of departments
    that have ended the registry has the short names that were met.
    """
    found: dict[str, dict[str, Kind]] = {}
    by_symbol: dict[str, dict[str, Kind]] = {}
    for kind in registry.kinds.values():
        head = kind.name[:3]
        if kind.form != "body" or head not in _SHORTENED or kind.valid_to is not None:
            continue
        parts = [re.findall(r"\w+", part) for part in kind.name[3:].split(" và ")]
        shorts = ["".join(word[0].upper() for word in part) for part in parts]
        for joint in ("", "&"):
            found.setdefault(head + joint.join(shorts), {})[kind.slug] = kind
        for symbol in (kind.symbol, *kind.other_symbols):
            if symbol and symbol.startswith(_SHORTENED[head]) and len(symbol) > 2:
                by_symbol.setdefault(head + symbol[1:], {})[kind.slug] = kind
    for label, kinds in sorted((found | by_symbol).items()):
        if len(kinds) == 1 and key(label) not in registry.by_label and key(label) not in registry.ambiguous:
            yield label, next(iter(kinds.values()))


_UNIT_AT_END = re.compile(rf" (?:{'|'.join(unit for units in _UNITS_OF.values() for unit in units)})$")
"""The word for a unit that ends a name: "Công an phường" is no spelling of "Công an xã"."""


def _is_other_name(label: str, name: str) -> bool:
    """Another right name, written out ("Tỉnh đoàn"), not an abbreviation or another spelling of the proper one."""
    if _ABBREVIATED.search(label):
        return False
    if (unit := _UNIT_AT_END.search(label)) and (own := _UNIT_AT_END.search(name)) and unit.group() != own.group():
        return True
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
