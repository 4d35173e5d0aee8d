"""Where a document begins: at its own head, whatever stands above."""

import pytest

from kg.building.opening import find_opening

HEAD = "ỦY BAN NHÂN DÂN\nTỈNH AN GIANG\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
PORTAL = "Trang chủ\nVăn bản\n|\nNgày hiệu lực:\nĐã biết\n|\n"


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        (PORTAL + HEAD, HEAD),
        (PORTAL + HEAD.replace("HÒA", "HOÀ").replace("\nTỈNH AN", " TỈNH\nAN"), "ỦY BAN NHÂN DÂN TỈNH\n"),
        (PORTAL + "| **ỦY BAN NHÂN DÂN TỈNH AN GIANG** | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM** |\n", "| **ỦY BAN"),
        (HEAD, HEAD),
        ("|\n|\n" + HEAD, "|\n|\nỦY BAN"),
        ("Số: 12/KH-UBND\nKẾ HOẠCH\n", "Số: 12"),
        ("", ""),
    ],
)
def test_the_head_is_where_the_body_that_issues_it_stands(text: str, begins: str):
    assert text[find_opening(text) :].startswith(begins)


def test_a_form_in_an_annex_is_not_the_beginning():
    text = "Kế hoạch triển khai\nSở Y tế chủ trì.\n" + HEAD
    assert find_opening(text, text.index("Sở Y tế")) == 0
    assert find_opening(text) > 0
