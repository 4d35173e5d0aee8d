"""Names that plans write otherwise than the registry: branches of firms, bodies of units, groups of one trade, bodies of two works."""

from __future__ import annotations

import pytest

from kg.extraction import extract
from kg.extraction.agencies import read_list
from kg.reading import read_bytes
from kg.records import Passage


def names(text: str, *, whole: bool = True) -> list[str]:
    return [mention.name for mention in read_list(Passage(text=text), whole=whole).mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the branch of a nationwide firm, named by its province
        ("VNPT Kon Tum; Viettel Kon Tum; MobiFone tỉnh Kon Tum", ["VNPT Kon Tum", "Viettel Kon Tum", "MobiFone Kon Tum"]),
        ("Viettel; Sở Y tế", ["Viettel", "Sở Y tế"]),
        ("Ngân hàng Nhà nước Việt Nam - Chi nhánh tỉnh Long An", ["Ngân hàng Nhà nước Việt Nam - Chi nhánh Long An"]),
        # one body in each of several units
        ("Trung tâm Y tế các huyện, thị xã; Sở Y tế", ["Trung tâm Y tế các huyện, thị xã", "Sở Y tế"]),
        ("Phòng GD&ĐT các huyện, thị xã, thành phố", ["Phòng Giáo dục và Đào tạo các huyện, thị xã, thành phố"]),
        ("Hạt Kiểm lâm các địa phương", ["Hạt Kiểm lâm các địa phương"]),
        ("Trung tâm Cung ứng dịch vụ công phường", ["Trung tâm Cung ứng dịch vụ công phường"]),
        # groups of one trade
        ("Các nhà mạng; các đơn vị điện lực", ["các nhà mạng", "các đơn vị điện lực"]),
        ("Chủ đầu tư hạ tầng khu công nghiệp, Sở Xây dựng", ["các chủ đầu tư hạ tầng khu công nghiệp", "Sở Xây dựng"]),
        ("Các doanh nghiệp mía đường; các doanh nghiệp cảng; các doanh nghiệp FDI", ["các doanh nghiệp mía đường", "các doanh nghiệp cảng", "các doanh nghiệp FDI"]),
        ("Các doanh nghiệp; Sở Y tế", ["các doanh nghiệp", "Sở Y tế"]),
        ("các cơ sở khám bệnh, chữa bệnh", ["các cơ sở khám bệnh, chữa bệnh"]),
        ("Các siêu thị, trung tâm thương mại", ["các siêu thị, trung tâm thương mại"]),
        ("Các cơ quan ngành dọc đóng trên địa bàn tỉnh; UBND các xã, phường", ["các cơ quan ngành dọc đóng trên địa bàn tỉnh", "Ủy ban nhân dân các xã, phường"]),
        ("Các đơn vị chủ trì nhiệm vụ", ["các đơn vị chủ trì"]),
        ("Các cơ sở sử dụng năng lượng trọng điểm", ["các cơ sở sử dụng năng lượng trọng điểm"]),
        ("Các cơ quan, đơn vị sử dụng ngân sách", ["các cơ quan, đơn vị sử dụng ngân sách"]),
        ("Các Ban Quản lý rừng đặc dụng; Sở Y tế", ["các Ban Quản lý rừng đặc dụng", "Sở Y tế"]),
        # bodies named by two works, with "và" or a dash
        ("Trung tâm Hỗ trợ doanh nghiệp và Đào tạo nghề; Sở Nội vụ", ["Trung tâm Hỗ trợ doanh nghiệp và Đào tạo nghề", "Sở Nội vụ"]),
        ("Trường Đại học Sư phạm - Kỹ thuật Vinh", ["Trường Đại học Sư phạm - Kỹ thuật Vinh"]),
        ("Trung tâm Y tế và Công an huyện", ["Trung tâm Y tế", "Công an huyện"]),
        ("- Trung tâm Khuyến nông - Các sở, ngành - Viettel", ["Trung tâm Khuyến nông", "các sở, ngành", "Viettel"]),
        ("Công ty Cổ phần Cấp nước - Công trình đô thị Bắc Kạn", ["Công ty Cổ phần Cấp nước - Công trình đô thị Bắc Kạn"]),
        ("Trường Cao đẳng Kinh tế và Kỹ thuật; Sở Y tế", ["Trường Cao đẳng Kinh tế và Kỹ thuật", "Sở Y tế"]),
        ("Công ty TNHH MTV Khai thác thủy lợi Bắc Kạn", ["Công ty TNHH MTV Khai thác thủy lợi Bắc Kạn"]),
        # bodies that the registry lacks
        ("Sở Y tế, Trạm Thú y vùng cao các huyện, thị xã, thành phố", ["Sở Y tế", "Trạm Thú y vùng cao các huyện, thị xã, thành phố"]),
        ("Hội Y học cổ truyền tỉnh", ["Hội Y học cổ truyền"]),
        ("Câu lạc bộ Doanh nghiệp trẻ tỉnh; Liên đoàn Doanh nghiệp tỉnh", ["Câu lạc bộ Doanh nghiệp trẻ", "Liên đoàn Doanh nghiệp"]),
        ("Công ty Cổ phần Cấp nước Cần Thơ", ["Công ty Cổ phần Cấp nước Cần Thơ"]),
        ("Phòng Kế hoạch - Tài chính", ["Phòng Kế hoạch - Tài chính"]),  # not the district's Phòng Tài chính - Kế hoạch
        ("Văn phòng Ban Chỉ huy Phòng thủ dân sự tỉnh", ["Văn phòng Ban Chỉ huy Phòng thủ dân sự tỉnh"]),
        ("BQL KKT Vân Phong và các KCN Khánh Hòa; Sở Y tế", ["Ban Quản lý Khu kinh tế và các khu công nghiệp", "Sở Y tế"]),
        ("Ban Quản lý Khu kinh tế Vân Phong và các sở, ngành", ["Ban Quản lý Khu kinh tế Vân Phong", "các sở, ngành"]),
        # several offices of one body
        ("Giám đốc, các Phó Giám đốc Sở Y tế", ["Sở Y tế"]),
        ("Chủ tịch, Phó Chủ tịch UBND các xã, phường; Sở Nội vụ", ["Ủy ban nhân dân các xã, phường", "Sở Nội vụ"]),
        ("Trưởng Ban Quản lý Khu kinh tế", ["Ban Quản lý Khu kinh tế"]),
    ],
)
def test_names_in_a_cell(text: str, expected: list[str]):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("các thôn, bản, tổ dân phố tuyên truyền đến từng hộ", ["các thôn, bản, tổ dân phố"]),
        ("các nhà mạng và Công an tỉnh rà soát", ["các nhà mạng", "Công an tỉnh"]),
        ("các cơ quan ngành dọc, UBND các xã tổ chức", ["các cơ quan ngành dọc", "Ủy ban nhân dân các xã"]),
        ("các cơ quan, đơn vị chủ trì, phối hợp với Sở Y tế", ["các cơ quan, đơn vị"]),  # there it is what they do
        ("Văn phòng Hội trước ngày 10 của tháng cuối quý", ["Văn phòng Hội"]),
        ("các doanh nghiệp FDI tổ chức thực tập", ["các doanh nghiệp FDI"]),
        ("Bản đồ quy hoạch được công bố", []),
    ],
)
def test_names_in_a_sentence(text: str, expected: list[str]):
    assert names(text, whole=False) == expected


@pytest.mark.parametrize(("place", "name"), [("THÀNH PHỐ CẦN THƠ", "Hội Nhiếp ảnh Lúa Vàng"), ("TỈNH SƠN LA", "Hội Nhiếp ảnh Lúa Vàng thành phố")])
def test_a_city_under_the_centre_needs_not_say_that_a_body_is_its_own(place: str, name: str):
    table = "TT\tNhiệm vụ\tCơ quan chủ trì\n1\tTriển lãm ảnh\tHội Nhiếp ảnh Lúa Vàng thành phố\n2\tTrang trí\tCông an thành phố\n"
    text = f"ỦY BAN NHÂN DÂN {place}\nSố: 15/KH-UBND\n\nKẾ HOẠCH\nTổ chức triển lãm ảnh năm 2026\n\n{table}"
    tasks = extract(read_bytes(text.encode(), "plan.txt")).tasks
    assert [mention.name for task in tasks for mention in task.lead] == [name, "Công an thành phố"]


def test_a_branch_is_no_group_of_the_whole_country():
    (branch,) = read_list(Passage(text="VNPT Kon Tum"), whole=True).mentions
    (group,) = read_list(Passage(text="VNPT"), whole=True).mentions
    assert (branch.kind, group.kind) == ("vien-thong-tinh", "tap-doan-buu-chinh-vien-thong-viet-nam")


def test_long_runs_of_offices_and_of_words_are_read_in_time_that_grows_with_them():
    for unit in ("Giám đốc, ", "các doanh nghiệp KCN ", "Trung tâm A - B và C - ", "UBND các xã ven biển: Cửa ", "chủ trì cùng "):
        names(unit * 800)
        names(unit * 800, whole=False)
