from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.iris import cut_slug, document_iri, is_central, numbered, own_name_slug, worded_slug

WITNESS = "a" * 64


def address(**changes: object) -> str:
    values = {
        "number": "222/QĐ-TTg", "type_slug": "quyet-dinh", "issuer": "Thủ tướng Chính phủ", "year": 2025, "province": None,
        "title": "ban hành Kế hoạch hành động quốc gia thực hiện kinh tế tuần hoàn đến năm 2035", "witness": WITNESS,
    }  # fmt: skip
    return document_iri(**{**values, **changes}).removeprefix("https://w3id.org/mandategraph/vn/")  # type: ignore[arg-type]


def test_a_national_decision_is_its_number_issuer_and_year_whatever_else_a_citation_says():
    assert address() == "thu-tuong-chinh-phu/quyet-dinh/2025/222-qd-ttg"
    assert address(issuer=None, title=None, witness="b" * 64, province="lai-chau") == address()


# Collisions met in real citations (DOMAIN 5.1): none of each pair is the other.
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"number": "889/QĐ-TTg", "year": 2009}, {"number": "889/QĐ-TTg", "year": 2020}),
        ({}, {"number": "222/CĐ-TTg", "type_slug": "cong-dien"}),
        (
            {"number": "15/KH-UBND", "issuer": "Ủy ban nhân dân tỉnh", "province": "lai-chau"},
            {"number": "15/KH-UBND", "issuer": "Ủy ban nhân dân tỉnh", "province": "ha-tinh"},
        ),
        (
            {"number": "12/QĐ-UBND", "issuer": "Ủy ban nhân dân tỉnh", "province": "lai-chau"},
            {"number": "12/QĐ-UBND", "issuer": "Ủy ban nhân dân huyện Tân Uyên", "province": "lai-chau"},
        ),
        (
            {"number": "12/QĐ-UBND", "issuer": "Ủy ban nhân dân huyện Mường Tè", "province": "lai-chau"},
            {"number": "12/QĐ-UBND", "issuer": "Ủy ban nhân dân huyện Tân Uyên", "province": "lai-chau"},
        ),
        (
            {"number": None, "province": "lai-chau", "issuer": None},
            {"number": None, "province": "lai-chau", "issuer": None, "witness": "b" * 64},
        ),
        ({"year": None}, {"year": None, "witness": "b" * 64}),
        ({"number": "15/KH-UBND", "issuer": None}, {"number": "15/KH-UBND", "issuer": None, "witness": "b" * 64}),
        ({"number": "36-HD/VPTW", "type_slug": "huong-dan"}, {"number": "36-HĐ/VPTW", "type_slug": "hop-dong"}),
    ],
)
def test_two_documents_never_share_an_address(one: dict, other: dict):
    assert address(**one) != address(**other)


def test_a_law_cited_by_name_and_year_is_one_and_without_year_stays_with_its_text():
    law = {"number": None, "type_slug": "luat", "issuer": None, "title": "Luật Đất đai", "province": "lai-chau"}
    assert address(**law, year=2024) == address(**law, year=2024) == "quoc-hoi/luat/2024/luat-dat-dai"
    assert address(**law, year=None) != address(**{**law, "witness": "b" * 64}, year=None)


@pytest.mark.parametrize(
    ("number", "issuer", "central"),
    [
        ("222/QĐ-TTg", None, True), ("08/2022/NĐ-CP", None, True), ("55-NQ/TW", None, True), ("72/2025/QH15", None, True),
        ("5018/QĐ-BNN-TT", None, True), ("624/TB-VPCP", None, True), (None, "Bộ Công Thương", True),
        ("41-CTr/TU", None, False), ("790/QĐ-UBND", None, False), ("1570/TTr-SCT", "Sở Công Thương", False),
        ("903/SCT-QLCN", "Sở Công Thương", False), (None, None, None), ("17/BC-XYZ", None, None),
    ],
)  # fmt: skip
def test_is_central(number: str | None, issuer: str | None, central: bool | None):
    assert is_central(number, issuer) is central


@given(st.lists(st.sampled_from(["so-y-te", "so-y-te-2", "so-y-te-3", "so-noi-vu"]), max_size=12))
def test_numbered_names_differ_and_the_first_keeps_its_stem(stems: list[str]):
    names = numbered(stems)
    assert len(set(names)) == len(stems) == len(names)
    assert all(name.startswith(stem) for name, stem in zip(names, stems, strict=True))


@given(st.text(max_size=80), st.integers(1, 60))
def test_cut_slug_fits_and_is_a_beginning(text: str, length: int):
    whole = cut_slug(text, 10**6)
    assert whole.startswith(cut_slug(text, length))
    assert len(cut_slug(text, length)) <= length


def test_words_cut_off_and_words_around_still_tell_apart():
    long = "Triển khai các chương trình, kế hoạch truyền thông, phổ biến kiến thức, pháp luật, thực hành tốt về "
    assert worded_slug(long + "kinh tế tuần hoàn") != worded_slug(long + "tiêu dùng bền vững")
    assert worded_slug("Tổ chức tập huấn", "Nhóm 1", code="1") != worded_slug("Tổ chức tập huấn", "Nhóm 2", code="1")
    assert worded_slug("Hoà Bình") == worded_slug("Hòa  Bình")  # spelling is no content


def test_names_without_registry_entry_that_fold_alike_stay_apart():
    assert own_name_slug("Hội Nông dân") != own_name_slug("Hội Nồng Đan")
