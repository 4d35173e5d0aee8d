"""Any two names side by side are read as each of them alone, whatever stands between them: no name swallows the next."""

from __future__ import annotations

from itertools import permutations

import pytest

from kg.extraction.agencies import read_list
from kg.records import Passage

NAMES = (
    "Sở Tài chính", "Sở Nông nghiệp và Môi trường", "Sở Văn hóa, Thể thao và Du lịch", "Sở GD&ĐT", "Công an tỉnh", "Công an các xã, phường", "Bộ Chỉ huy Quân sự tỉnh",
    "Thanh tra tỉnh", "Tỉnh ủy", "Tỉnh đoàn", "Huyện ủy", "UBND tỉnh", "UBND các xã, phường", "UBND cấp xã", "UBND huyện", "HĐND tỉnh", "Văn phòng UBND tỉnh",
    "Ủy ban MTTQ Việt Nam tỉnh", "UBMTTQ tỉnh", "Hội Nông dân tỉnh", "Hội LHPN tỉnh", "Liên đoàn Lao động tỉnh", "Liên minh Hợp tác xã tỉnh", "Báo Hưng Yên", "Thuế tỉnh",
    "Bảo hiểm xã hội tỉnh", "Tòa án nhân dân tỉnh", "Ban Quản lý các khu công nghiệp tỉnh", "Văn phòng Tỉnh ủy", "Trường Chính trị tỉnh", "Bệnh viện Đa khoa tỉnh",
    "VNPT Hưng Yên", "Các sở, ban, ngành", "Các sở, ngành liên quan", "Các doanh nghiệp", "các hội, đoàn thể", "Các địa phương", "Chi cục Kiểm lâm", "Bộ Tài chính",
)  # fmt: skip
NOT_TOLD = {("UBND các xã, phường", "Ủy ban MTTQ Việt Nam tỉnh"), ("Chi cục Kiểm lâm", "UBMTTQ tỉnh")}
"""Without a sign between them, these are not told apart yet: the second is read without its first word."""


def read(text: str) -> list[tuple[str, str | None]]:
    return [(mention.name, mention.kind) for mention in read_list(Passage(text=text), whole=True).mentions]


@pytest.mark.parametrize("between", [", ", "; ", " và ", "/", " - ", "\n- ", "\n", " "], ids=["comma", "semicolon", "and", "slash", "dash", "bullets", "lines", "nothing"])
def test_a_list_is_its_names(between: str):
    alone = {name: read(name) for name in NAMES}
    assert {len(names) for names in alone.values()} == {1}
    wrong = {
        (first, second): names
        for first, second in permutations(NAMES, 2)
        if not (between.isspace() and (first, second) in NOT_TOLD) and (names := read(first + between + second)) != list(dict.fromkeys([*alone[first], *alone[second]]))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("UBND tỉnh, Tỉnh đoàn", ["Ủy ban nhân dân tỉnh", "Tỉnh đoàn"]),
        ("UBND xã, Xã đoàn, Xã đội", ["Ủy ban nhân dân xã", "Xã đoàn", "Xã đội"]),
        ("UBND xã Đoàn Kết", ["Ủy ban nhân dân xã Đoàn Kết"]),
        ("UBND tỉnh, huyện, xã", ["Ủy ban nhân dân các tỉnh, huyện, xã"]),
        ("Các Bộ, Ngành Trung ương có liên quan", ["các bộ, ngành trung ương có liên quan"]),
        ("Các sở, ban, ngành, Ban Chỉ đạo tỉnh", ["các sở, ban, ngành", "Ban Chỉ đạo"]),
        ("Phòng Văn hóa - Xã hội/Sở Y tế & Sở Nội vụ", ["Phòng Văn hóa - Xã hội", "Sở Y tế", "Sở Nội vụ"]),
        ("Sở Y tế các tỉnh", ["Sở Y tế các tỉnh"]),
        # bodies that no registry knows, each in a paragraph of its own in a cell
        ("Công an tỉnh Hiệp hội In và Phát hành sách Hưng Yên Các doanh nghiệp in", ["Công an tỉnh", "Hiệp hội In và Phát hành sách Hưng Yên", "các doanh nghiệp in"]),
        ("Công an tỉnh Ban Quản lý Bến xe tỉnh", ["Công an tỉnh", "Ban Quản lý Bến xe"]),
        ("Ban Quản lý dự án đầu tư xây dựng nhà sách và phòng đọc Sở Y tế", ["Ban Quản lý dự án đầu tư xây dựng", "Sở Y tế"]),
        ("Ban Xúc tiến và Hỗ trợ đọc sách Các quận, huyện", ["Ban Xúc tiến và Hỗ trợ đọc sách", "các quận, huyện"]),
        ("Sở Y tế tiến hành rà soát danh mục trình Sở Tài chính phê duyệt", ["Sở Y tế"]),
        ("Sở Y tế gửi kết quả kiểm sách để tổng hợp, báo cáo Chủ tịch UBND tỉnh", ["Sở Y tế"]),
    ],
)
def test_where_a_word_opens_the_next_name(text: str, names: list[str]):
    assert [name for name, _ in read(text)] == names
