"""Near names: slips are mended, other bodies' names are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolution.near import MARGIN, THRESHOLD, nearest
from kg.resolution.registry import load_registry


@pytest.mark.parametrize(
    ("name", "slug", "differences"),
    [
        ("Sở Nông nghiệp và Môi trưởng", "so-nong-nghiep-va-moi-truong", ("marks",)),
        ("Sở Nông nghiệp vá Môi trường", "so-nong-nghiep-va-moi-truong", ()),
        ("Liên đoàn Thương mại và Công nghệp Việt Nam", "lien-doan-thuong-mai-va-cong-nghiep-viet-nam", ("letter",)),
        ("Bộ Kế hoạch và Đâutư", "bo-ke-hoach-va-dau-tu", ("space",)),
        ("Bộ Kế hoạch Đầu tư", "bo-ke-hoach-va-dau-tu", ("joint",)),
        ("Sở Thể thao, Văn hóa và Du lịch", "so-van-hoa-the-thao-va-du-lich", ("place",)),
        ("Sở Nông nghiệp và và Môi Môi trường", "so-nong-nghiep-va-moi-truong", ("twice", "joint")),
        ("Ủy ban Trung ương Mặt trận Tế quốc Việt Nam", "uy-ban-trung-uong-mat-tran-to-quoc-viet-nam", ("other",)),
        ("Liên minh Hợp tác xã tỉnh[1]", "lien-minh-hop-tac-xa", ()),
    ],
)
def test_slips_are_mended(name: str, slug: str, differences: tuple[str, ...]):
    found = nearest(name)
    assert found is not None
    assert (found.slug, found.differences) == (slug, differences)
    assert found.score >= THRESHOLD
    assert found.score - found.runner_up >= MARGIN


@pytest.mark.parametrize(
    "name",
    [
        "Bộ Ngoại vụ", "Công an thị", "Phòng Kế hoạch - Tài chính", "Sở Y học", "Sở Xây lắp", "Sở Ngoại thương", "Ban Dân chính", "Sở Nông lâm", "Bộ Kế và và Đầu tư",
        "Sở", "", "Đại học Bách khoa Hà Nội", "Văn phòng Ban Chỉ huy", "Quỹ Bản làng xanh Mường Tè", "Ủy ban nhân dân",
    ],
)
def test_other_names_are_left(name: str):
    assert nearest(name) is None


@pytest.mark.parametrize("pair", [("Sở Nội vụ", "so-ngoai-vu"), ("Sở Y tế", "bo-y-te"), ("Ban Dân tộc", "ban-dan-van-tinh-uy"), ("Sở Tài chính", "so-tu-phap")])
def test_a_name_with_a_wrong_mark_is_not_its_neighbour(pair: tuple[str, str]):
    name, neighbour = pair
    found = nearest(name.replace("ộ", "ô").replace("ế", "ê").replace("í", "i"))
    assert found is not None
    assert found.slug != neighbour


@given(st.sampled_from(sorted(kind.name for kind in load_registry().kinds.values() if kind.form == "body" and len(kind.name.split()) > 2)))
def test_a_name_as_the_registry_writes_it_is_nearest_to_itself(name: str):
    found = nearest(name)
    assert found is None or found.slug == load_registry().by_label.get(name.casefold(), found.slug)


@given(st.text(max_size=60))
def test_any_text_has_an_answer(text: str):
    found = nearest(text)
    assert found is None or THRESHOLD <= found.score <= 1
