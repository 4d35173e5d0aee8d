from __future__ import annotations

import pytest

from kg.analysis.wording import find_themes, read_wording, says_nothing, strip_pointers


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Rà soát các tiêu chuẩn cho các ngành, lĩnh vực ưu tiên tại Phụ lục II ban hành kèm theo Kế hoạch hành động này", "ra soat cac tieu chuan §"),
        ("sản phẩm thuộc các ngành, lĩnh vực ưu tiên tại Quyết định số 222/QĐ-TTg ngày 23/01/2025 của Thủ tướng Chính phủ", "san pham §"),
        ("Thực hiện nhiệm vụ quy định tại các mục 1, 2, 3; điểm a, b mục 7 Phần III Điều 1 Quyết định này", "thuc hien nhiem vu § quyet dinh nay"),
        ("Cấp tín dụng xanh theo quy định của pháp luật", "cap tin dung xanh §"),
        ("Quảng bá sản phẩm trên địa bàn tỉnh", "quang ba san pham §"),
        ("Tập huấn phù hợp với chức năng, nhiệm vụ, ngành, lĩnh vực quản lý được giao", "tap huan §"),
        # must not match
        ("Xây dựng mô hình theo quy trình VietGAP", "xay dung mo hinh theo quy trinh vietgap"),
        ("Sản xuất trong chuỗi giá trị", "san xuat trong chuoi gia tri"),
        ("Nâng cấp mục tiêu chất lượng", "nang cap muc tieu chat luong"),
    ],
)  # fmt: skip
def test_pointers_and_formulas_go_and_content_stays(text, rest):
    assert strip_pointers(text)[0] == rest


def test_fields_are_told_by_connectives_with_their_tones():
    wording = read_wording("Xây dựng đề án hỗ trợ chợ nông thôn cho hộ kinh doanh để giảm rác thải nhựa")
    assert wording.activity == "xay dung de an ho tro cho nong thon"  # "đề", "chợ" are no connectives
    assert wording.beneficiary == "ho kinh doanh"
    assert wording.goal == "giam rac thai nhua"


def test_theme_goes_unless_it_is_all_there_is():
    themes = ("thuc hien kinh te tuan hoan", "kinh te tuan hoan")
    assert read_wording("Thúc đẩy áp dụng kinh tế tuần hoàn trong khu công nghiệp", themes).whole == "thuc day ap dung § trong khu cong nghiep"
    assert "tuan hoan" in read_wording("Tổ chức xây dựng, ban hành kế hoạch thực hiện kinh tế tuần hoàn", themes).whole


def test_theme_needs_three_tenths_of_the_texts_and_five():
    four = ["Áp dụng kinh tế tuần hoàn", "Phổ biến kinh tế tuần hoàn", "Mô hình kinh tế tuần hoàn", "Chính sách về kinh tế tuần hoàn"]
    assert find_themes(four) == ()
    assert find_themes([*four, "Tín dụng cho kinh tế tuần hoàn"]) == ("kinh te tuan hoan",)


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("Tổ chức thực hiện các chương trình, nhiệm vụ và hoạt động theo phân công tại Kế hoạch này", True),
        ("Chủ trì triển khai các nhiệm vụ tại mục (IV) (4.1) (4.2) và Phụ lục của Kế hoạch.", True),
        ("Tổ chức triển khai thực hiện", True),
        ("Thúc đẩy mua sắm công xanh", False),
        ("Phổ biến nhân rộng mô hình khu công nghiệp sinh thái", False),
    ],
)
def test_a_duty_to_do_ones_duties_says_nothing(text, empty):
    assert says_nothing(strip_pointers(text)[0]) is empty
