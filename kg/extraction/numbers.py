"""The grammar of document numbers.

    state             n[/yyyy]/TYPE-ISSUER[-UNIT…]    222/QĐ-TTg · 08/2022/NĐ-CP · 5018/QĐ-BNN-TT
    of a series       n.n/yyyy/NQ-CP                  66.25/2026/NQ-CP (normative resolutions that follow 66-NQ/TW)
    official letter   n/ISSUER[-UNIT]                 903/SCT-QLCN · 663/SCT
    National Assembly n/yyyy/QHnn, n/yyyy/UBTVQHnn    72/2025/QH15
    joint             n/yyyy/TTLT-ISSUER-ISSUER…      24/2012/TTLT-BLĐTBXH-BNV-BTC
    party             n-TYPE/ORGAN                    55-NQ/TW · 41-CTr/TU
    before 1993       n-HĐBT, n/HĐBT, n-CP, n/SL …    122-HĐBT · 110-SL/L12

Sources: Nghị định 30/2020/NĐ-CP, appendices I and III (state); Hướng dẫn 36-HD/VPTW of 2018 (party). Broken forms
that are read as what they stand for: spaces inside, en dashes, lost hyphens (NĐCP), ND for NĐ, capitals (QĐ-TTG), a
party number in state form (30/CT-TW).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extraction.symbols import ISSUERS, LETTERS, MISPRINTS, PARTY_TYPES, SMALL, TYPES

_U = "A-ZĐÂĂÊÔƠƯ"
_LETTER = f"{_U}a-zà-ỹđ"
# One code: capitals, digits, "&", and single small letters ("TTg", "SNgV"); never a word such as "Tham".
_CODE = (
    rf"[{_U}](?:[{_U}0-9&]|[a-zđ](?![{SMALL}])|Tg(?=ngày|của|về))*"
    rf"(?:(?![{_LETTER}0-9&])|(?=ngày|của|về))"
)
_NUMBER = re.compile(
    rf"(?P<n>\d{{1,5}}(?:\.\d{{1,2}}(?=\s?/\s?20\d\d\s?/\s?NQ))?[a-zA-Z]?)"
    rf"(?:\s?/\s?(?P<y>(?:19|20)\d\d)\s?/\s?|\s?(?P<sep>[-–/])\s?|\s(?=(?:{'|'.join(PARTY_TYPES)})/))"
    rf"(?P<symbol>{_CODE}(?:(?:\s?[-–/]\s?){_CODE})?(?:(?:[-–/]\s?|\s[-–/]|\.(?=[{_U}]{{2,5}}(?![{_LETTER}]))){_CODE})*)"
)
_STANDARD = re.compile(r"(?:QCVN|TCVN|QCĐP|TCXDVN|TCXD|TCCS|ISO|IEC)[\s\d:/.–-]*$")
_PARTY_ORGAN = re.compile(r"(?:.*(?:TW|TU|ĐU|HU|QU|ThU|BCĐ|TGV|ĐTN)|BCĐ.*|TWĐTN.*)$")
_CENTRE_ORGANS = ("TW", "TU", "ĐU", "HU")
# Before 1993 the issuer alone followed a dash or a slash.
_OLD = ("HĐBT", "HĐCP", "CP", "TTg", "SL", "QT", "LCT")
_ASSEMBLY = re.compile(r"(?:QH|UBTVQH)\d{0,2}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A document number taken apart.

    ``number`` is all of it in its proper form; ``year`` the year inside it; ``type_code`` "QĐ" in "222/QĐ-TTg",
    ``None`` for letters and for the National Assembly; ``issuer_code`` "TTg".
    """

    number: str
    year: int | None
    type_code: str | None
    issuer_code: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number met in a text from ``start`` to ``end``; ``misprint`` where its symbol is no symbol (TTĐ for TTg).

    ``sure`` tells a form that is a document number wherever it stands from one that needs "số" or a type word.
    """

    number: Number
    start: int
    end: int
    sure: bool
    misprint: bool


def parse_number(text: str) -> Number:
    """Reads: one document number. Gives: its parts. Raises ``ValueError`` where it is none.

    >>> parse_number("1570 /TTr-SCT")
    Number(number='1570/TTr-SCT', year=None, type_code='TTr', issuer_code='SCT')
    """
    found = _NUMBER.fullmatch(" ".join(text.split()))
    if not found:
        raise ValueError(f"no document number: {text!r}")
    return _number(found)


def normalise_number(text: str) -> str:
    """Reads: a document number as printed. Gives: its proper form; of a text that is none, its characters without spaces.

    >>> normalise_number("222/QĐ-TTG"), normalise_number("10- CTr/TU"), normalise_number("61/2018/NĐCP")
    ('222/QĐ-TTg', '10-CTr/TU', '61/2018/NĐ-CP')
    """
    compact = "".join(text.split()).replace("–", "-")
    found = _NUMBER.fullmatch(" ".join(text.split())) or _NUMBER.fullmatch(compact)
    return _number(found).number if found else compact


def find_numbers(flow: str) -> list[Candidate]:
    """Reads: text with single spaces. Gives: all that has the form of a document number, in order.

    Standards (QCVN 25:2025/BCT), years before a list dash and fractions are no document numbers.
    """
    found = []
    for match in _NUMBER.finditer(flow):
        start = match.start()
        before = flow[max(0, start - 12) : start]
        if _is_inside_another(before) or _STANDARD.search(before):
            continue
        number = _number(match)
        if match["sep"] not in ("/", None) and not number.type_code and number.issuer_code not in _OLD:
            continue
        misprint = any(code in MISPRINTS for code in _codes(match["symbol"]))
        found.append(Candidate(number, start, match.end(), _is_sure(match, number), misprint))
    return found


def _is_inside_another(before: str) -> bool:
    """Whether what stands just before makes the digits the tail of a date, a code or a longer number."""
    last = before[-1:]
    return (
        last.isdigit()
        or last.isupper()
        or (last != "" and last in "/-–")
        or (last != "" and last in ".,:" and before[-2:-1].isdigit())
    )


def _is_sure(match: re.Match[str], number: Number) -> bool:
    if number.type_code and number.issuer_code:
        spaced = match["sep"] is None and match["y"] is None
        return not spaced
    issuer = number.issuer_code or ""
    if match["y"] and _ASSEMBLY.match(issuer):
        return True
    letter = number.type_code is None and issuer in ISSUERS and issuer not in _OLD
    return letter and "-" in number.number and match["sep"] == "/"


def _codes(symbol: str) -> list[str]:
    return [_proper(code) for code in re.split(r"\s?[-–/.]\s?", symbol)]


def _proper(code: str) -> str:
    """A code with its small letters where they belong (TTG → TTg) and its Đ (ND → NĐ)."""
    return LETTERS.get(code.upper(), code)


def _split_glued(codes: list[str]) -> list[str]:
    """Part a first code that lost its hyphen: NĐCP → NĐ, CP. Not TTCP, which is an issuer of its own."""
    first = codes[0]
    if first in TYPES or first in ISSUERS:
        return codes
    for size in range(len(first) - 2, 0, -1):
        head, rest = _proper(first[:size]), _proper(first[size:])
        rest = "TTg" if rest == "Tg" else rest
        if head in TYPES and rest in ISSUERS:
            return [head, rest, *codes[1:]]
    return codes


def _number(found: re.Match[str]) -> Number:
    """Put a match of ``_NUMBER`` into its proper form."""
    year, raw = found["y"], found["symbol"]
    separators = [s.strip().replace("–", "-") for s in re.findall(r"\s?[-–/.]\s?", raw)]
    printed = _codes(raw)
    codes = _split_glued(printed)
    if len(codes) > len(printed):
        separators.insert(0, "-")
    codes = [MISPRINTS.get(code, code) for code in codes]
    joint = "/" if year or found["sep"] == "/" else "-"
    if len(codes) > 1 and not year:
        joint, separators = _joints(joint, codes, separators)
    elif len(codes) > 1 and codes[0] in TYPES and codes[1] in ISSUERS and codes[0] not in ("NQLT", "TTLT", "QCPH"):
        separators[0] = "-"
    symbol = codes[0] + "".join(s + c for s, c in zip(separators, codes[1:], strict=True))
    type_code, issuer_code = _roles(codes, joint)
    whole = f"{found['n']}{joint}{year + '/' if year else ''}{symbol}"
    return Number(number=whole, year=int(year) if year else None, type_code=type_code, issuer_code=issuer_code)


def _joints(joint: str, codes: list[str], separators: list[str]) -> tuple[str, list[str]]:
    """Where "-" and "/" belong in a number without a year: n-TYPE/ORGAN for the party, n/TYPE-ISSUER for the state."""
    kind, organ = codes[0], codes[1]
    if kind not in TYPES:
        return joint, separators
    party = kind in PARTY_TYPES and (organ in _CENTRE_ORGANS or (joint == "-" and _PARTY_ORGAN.match(organ) is not None))
    if (party and len(codes) == 2) or (joint == "-" and organ not in ("TTg", "CP", "UBND", "HĐND")):
        return "-", ["/", *separators[1:]]
    if organ in ISSUERS and kind not in ("NQLT", "TTLT", "QCPH"):
        return "/", ["-", *separators[1:]]
    return joint, separators


def _roles(codes: list[str], joint: str) -> tuple[str | None, str | None]:
    """Which code is the type and which the issuer."""
    if codes[0] in TYPES and len(codes) > 1:
        return codes[0], codes[1]
    if codes[0] in TYPES and codes[0] not in ISSUERS and joint == "/":
        return codes[0], None
    return None, codes[0]
