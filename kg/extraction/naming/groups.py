"""Groups of bodies: "các sở, ban, ngành", "Ủy ban nhân dân các xã, phường", "các cơ quan, tổ chức có liên quan".

A group's name is made by a small grammar, not looked up: an optional article ("các"), group nouns set apart by commas
or "và", and a qualifier. Nouns of one family stay in one group; "địa phương" and "đoàn thể" at the end of a run are
groups of their own (gold annotations, decision 18).
"""

from __future__ import annotations

from typing import NamedTuple

from kg.normalise import fold

FAMILIES: dict[str, str] = {
    # subordinate bodies of a committee or government
    "sở": "core", "ban": "core", "ngành": "core", "bộ": "core", "bộ ngành": "core", "ban ngành": "core", "sở ngành": "core",
    "bộ trưởng": "core", "cơ quan ngang bộ": "core", "cơ quan thuộc chính phủ": "core", "ban bộ ngành": "core", "ban đảng": "core", "ban xây dựng đảng": "party", "phòng": "core",
    # bodies of any kind
    "cơ quan": "body", "tổ chức": "body", "đơn vị": "body", "cá nhân": "body", "doanh nghiệp": "body",
    "cơ quan nhà nước": "body", "cơ quan quản lý nhà nước": "body", "cơ quan hành chính nhà nước": "body", "tổ chức phi chính phủ": "social",
    "tổ chức kinh tế": "social", "tổ chức kinh tế-xã hội": "social", "chính quyền địa phương": "place",
    "cơ quan đảng": "body", "cơ quan chuyên môn": "body", "đơn vị sự nghiệp": "body", "hộ kinh doanh": "body", "cộng đồng": "body", "chủ đầu tư": "body",
    "hợp tác xã": "body", "hộ gia đình": "body", "doanh nghiệp nhà nước": "body", "nhà đầu tư": "body",
    "thành viên": "body", "cơ sở": "body", "nhà khoa học": "body", "chuyên gia": "body",
    "địa phương": "place", "cấp": "tier", "cấp chính quyền": "tier",
    "đoàn thể": "mass", "đoàn thể chính trị-xã hội": "mass", "hội": "mass", "hội đoàn thể": "mass", "hội quần chúng": "mass", "tổ chức hội": "mass",
    "tổ chức chính trị-xã hội": "political", "tổ chức chính trị xã hội": "political", "tổ chức ct-xh": "political", "tổ chức ctxh": "political", "tổ chức xã hội": "social",
    "tổ chức chính trị": "political", "tổ chức xã hội nghề nghiệp": "social", "tổ chức xã hội-nghề nghiệp": "social",
    "tổ chức chính trị-xã hội-nghề nghiệp": "social", "tổ chức chính trị xã hội-nghề nghiệp": "social", "tổ chức đoàn thể": "political", "tổ chức quốc tế": "social", "tổ chức thành viên": "social", "tổ chức đảng": "political",
    "hiệp hội": "association", "hiệp hội ngành nghề": "association", "hội nghề nghiệp": "association",
    "hiệp hội doanh nghiệp": "association", "hội ngành nghề": "association", "hiệp hội ngành hàng": "association",
    "cơ quan báo chí": "press", "báo chí": "press", "cơ quan thông tấn": "press", "báo đài": "press", "báo , đài": "press", "cơ quan truyền thông": "press", "hệ thống truyền thanh cơ sở": "press", "hệ thống truyền thanh": "press", "hệ thống truyền thông": "press",
    "cơ quan thông tin đại chúng": "press", "cơ quan thông tấn báo chí": "press", "cơ quan thông tin": "press",
    "viện nghiên cứu": "science", "trường đại học": "science", "viện": "science", "trường": "science", "học viện": "science",
    "trường cao đẳng": "science", "cao đẳng": "science", "cơ sở nghiên cứu": "science", "đại học": "science",
    "cơ sở giáo dục": "school", "cơ sở giáo dục phổ thông": "school", "cơ sở giáo dục nghề nghiệp": "school",
    "cơ sở gdnn": "school", "cơ sở gd": "school", "cơ sở gdđt": "school", "cơ sở giáo dục mầm non": "school", "cơ sở giáo dục đại học": "school", "cơ sở đào tạo": "school", "nhà trường": "school",
    "trường học": "school", "cơ sở y tế": "health", "trung tâm y tế": "health", "trạm y tế": "health", "bệnh viện": "health", "cơ sở khám bệnh chữa bệnh": "health",
    "cơ sở khám bệnh , chữa bệnh": "health", "cơ sở khám , chữa bệnh": "health", "cơ sở khám chữa bệnh": "health",
    "tổ chức tín dụng": "bank", "ngân hàng thương mại": "bank", "ngân hàng": "bank", "quỹ": "bank",
    "tập đoàn": "firm", "tổng công ty": "firm", "công ty": "firm", "doanh nghiệp viễn thông": "firm", "doanh nghiệp công nghệ số": "firm",
    "nhà mạng": "firm", "nhà mạng viễn thông": "firm", "đơn vị điện lực": "firm", "công ty điện lực": "firm", "chủ đầu tư hạ tầng": "owner", "chủ đầu tư hạ tầng khu công nghiệp": "owner", "chủ đầu tư hạ tầng các khu công nghiệp": "owner",
    "lực lượng": "force", "lực lượng chức năng": "force", "lực lượng vũ trang": "force", "ban quản lý dự án": "project",
    "tỉnh": "unit", "thành phố": "unit", "huyện": "unit", "thị xã": "unit", "xã": "unit", "phường": "unit", "đặc khu": "unit",
    "quận": "unit", "thị trấn": "unit", "chủ dự án đầu tư": "owner", "chủ dự án": "owner", "cơ sở sản xuất": "body", "kinh doanh": "body", "dịch vụ": "body",
    "dn": "body", "dnvt": "firm", "htx": "body", "dnnvv": "body", "hkd": "body", "doanh nghiệp nhỏ và vừa": "body", "người dân": "body", "nhân dân": "body",
    "khu phố": "village", "thôn": "village", "bản": "village", "ấp": "village", "buôn": "village", "tổ dân phố": "village", "khu dân cư": "village", "tiểu khu": "village",
    "siêu thị": "shop", "trung tâm thương mại": "shop", "chợ": "shop", "cơ sở lưu trú": "body",
    "trung tâm": "centre", "chi nhánh": "centre", "tổ công nghệ số cộng đồng": "force",
    "ban hội đồng nhân dân tỉnh": "council", "ban của hội đồng nhân dân tỉnh": "council", "ban hđnd tỉnh": "council", "ban của hđnd tỉnh": "council",
}
"""Group nouns (matching keys, no commas inside) → family."""

# which families go on in the group that another has opened
_GOES_ON: dict[str, frozenset[str]] = {
    "core": frozenset({"core"}),
    "body": frozenset({"body"}),
    "unit": frozenset({"unit"}),
    "science": frozenset({"science"}),
    "association": frozenset({"association"}),
    "press": frozenset({"press"}),
    "owner": frozenset({"owner", "body"}),
    "firm": frozenset({"firm", "body"}),
    "social": frozenset({"social"}),
    "political": frozenset(),
}

QUALIFIERS: tuple[str, ...] = (
    "trực thuộc trung ương", "khác có liên quan", "có liên quan khác", "liên quan khác", "có liên quan", "liên quan", "khác",
    "chức năng có liên quan", "chức năng liên quan", "chức năng", "cấp tỉnh", "cấp thành phố", "cấp xã", "cấp huyện", "các cấp",
    "trên địa bàn tỉnh", "trên địa bàn thành phố", "trên địa bàn huyện", "trên địa bàn xã", "trên địa bàn phường", "trên địa bàn", "sử dụng ngân sách", "sử dụng ngân sách nhà nước", "sử dụng năng lượng trọng điểm", "fdi", "có vốn đầu tư nước ngoài", "đóng trên địa bàn tỉnh", "đóng trên địa bàn thành phố",
    "đóng trên địa bàn", "trung ương có liên quan", "trung ương liên quan", "được giao nhiệm vụ", "được phân công nhiệm vụ", "được phân công", "chuyên môn", "trực thuộc", "thuộc tỉnh", "trung ương", "ở trung ương", "tham gia",
    "được giao chủ trì", "được lựa chọn", "đủ điều kiện", "ngành dọc", "ngành dọc trên địa bàn", "ngành dọc trên địa bàn tỉnh", "ngành dọc đóng trên địa bàn", "ngành dọc đóng trên địa bàn tỉnh",
    "tại địa phương", "tại chỗ", "lân cận", "giáp ranh",
)
_SETS = ("dữ liệu", "tiêu chí", "chỉ số", "chỉ tiêu", "tài liệu", "thủ tục", "công cụ", "quy tắc", "luật")
"""What "bộ" is a set of, where it is no ministry."""
_QUALIFIERS = frozenset(QUALIFIERS)
_FOLDED_QUALIFIERS = {fold(qualifier): qualifier for qualifier in QUALIFIERS}
_WRITTEN_QUALIFIERS = {
    "trực thuộc tw": "trực thuộc trung ương", "ở tw": "ở trung ương", "tw": "trung ương", "fdi": "FDI", "đại diện việt nam ở nước ngoài": "đại diện Việt Nam ở nước ngoài",
}
"""Qualifiers that are written otherwise than the text or the matching key has them: abbreviations written out, names with capitals."""
_LONGEST_QUALIFIER = 7

DROPPED: tuple[str, ...] = ("cấp tỉnh", "cấp thành phố", "tỉnh", "thành phố", "của tỉnh", "của thành phố", "thuộc tỉnh", "trong tỉnh")
"""Qualifiers that only say which province; left out of the name of a group of subordinate bodies (decision 17)."""

NEIGHBOURS = ("lân cận", "giáp ranh")
OPEN = ("liên quan", "khác", "chức năng", *NEIGHBOURS)
_OPEN_NOUNS = frozenset({"cá nhân", "doanh nghiệp", "cộng đồng", "hộ kinh doanh"})

SHORT = {"bộ trưởng": "bộ", "báo , đài": "báo, đài", "cơ sở khám bệnh , chữa bệnh": "cơ sở khám bệnh, chữa bệnh", "cơ sở khám , chữa bệnh": "cơ sở khám, chữa bệnh", "dn": "doanh nghiệp", "cơ sở gdnn": "cơ sở giáo dục nghề nghiệp", "cơ sở gd": "cơ sở giáo dục", "cơ sở gdđt": "cơ sở giáo dục và đào tạo", "htx": "hợp tác xã", "dnnvv": "doanh nghiệp nhỏ và vừa", "dnvt": "doanh nghiệp viễn thông", "hkd": "hộ kinh doanh"}
SHORT |= dict.fromkeys(("tổ chức ct - xh", "tổ chức ctxh"), "tổ chức chính trị - xã hội")
SHORT |= dict.fromkeys((noun for noun, family in FAMILIES.items() if family == "council"), "ban của Hội đồng nhân dân tỉnh")
"""Abbreviated group nouns → written out; ministers stand for ministries, a council's committees are written one way."""

ARTICLES = frozenset({"các", "những", "mọi"})


class Group(NamedTuple):
    """A group read from tokens: its name, whether its members can never be listed, and the token after it."""

    name: str
    open: bool
    stop: int


class Noun(NamedTuple):
    """A group noun at a place: its matching key, family, and the token after it."""

    text: str
    family: str
    stop: int


_NOUN_WORDS: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _noun, _family in FAMILIES.items():
    _words = tuple(_noun.replace("-", " - ").split())
    _NOUN_WORDS.setdefault(_words[0], []).append((_words, _family))
for _list in _NOUN_WORDS.values():
    _list.sort(key=lambda entry: -len(entry[0]))


_FOLDED_NOUNS: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], str]]] = {}
for _entries in _NOUN_WORDS.values():
    for _words, _family in _entries:
        if len(_words) > 1:
            _bare = tuple(fold(word) for word in _words)
            _FOLDED_NOUNS.setdefault(_bare[0], []).append((_bare, _words, _family))
for _triples in _FOLDED_NOUNS.values():
    _triples.sort(key=lambda entry: -len(entry[0]))


_SURE = 4
"""Words from which a noun with wrong diacritics counts more than a shorter one without: "cơ quan thông tần"."""


def read_noun(words: list[str], at: int) -> Noun | None:
    """The longest group noun that begins at a token; of several words also with wrong diacritics (OCR)."""
    if at >= len(words) or (words[at] == "bộ" and " ".join(words[at + 1 : at + 3]).startswith(_SETS)):
        return None
    exact = next((Noun(" ".join(noun), family, at + len(noun)) for noun, family in _NOUN_WORDS.get(words[at], ()) if tuple(words[at : at + len(noun)]) == noun), None)
    for folded, noun, family in _FOLDED_NOUNS.get(fold(words[at]), ()):
        if exact is not None and len(folded) < max(_SURE, exact.stop - at + 1):
            break
        if tuple(fold(word) for word in words[at : at + len(folded)]) == folded:
            return Noun(" ".join(noun), family, at + len(folded))
    return exact


def read_qualifier(words: list[str], at: int) -> tuple[str, int]:
    """The longest qualifier that begins at a token, and the token after it; ("", at) if none."""
    for length in range(min(_LONGEST_QUALIFIER, len(words) - at), 0, -1):
        phrase = " ".join(words[at : at + length])
        if phrase in _QUALIFIERS or phrase in _WRITTEN_QUALIFIERS:
            return _WRITTEN_QUALIFIERS.get(phrase, phrase), at + length
        if length > 1 and (qualifier := _FOLDED_QUALIFIERS.get(fold(phrase))):
            return qualifier, at + length
    return "", at


def goes_on(family: str, noun: Noun) -> bool:
    """Whether the noun belongs to the group that a noun of ``family`` opened."""
    return noun.family in _GOES_ON.get(family, frozenset({family}))


def is_open(nouns: list[str], qualifier: str) -> bool:
    """Open-ended: "… liên quan", "… khác", or people and firms at large. Nobody can list the members."""
    return any(word in qualifier for word in OPEN) or any(noun in _OPEN_NOUNS for noun in nouns)
