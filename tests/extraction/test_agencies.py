"""Names of agencies as plans write them: runs, shared heads, offices, slips; and what is no name."""

from __future__ import annotations

import pytest

from kg.extraction import extract
from kg.extraction.agencies import read_list
from kg.reading import read_bytes
from kg.records import Passage


def read(text: str, *, whole: bool = True):
    return [(mention.name, mention.kind) for mention in read_list(Passage(text=text), whole=whole).mentions]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Sở Công Thương Sở Tài chính", ["so-cong-thuong", "so-tai-chinh"]),
        ("Sở Công Thương/Sở Tài chính", ["so-cong-thuong", "so-tai-chinh"]),
        ("các Sở: Công Thương, Tài chính, Xây dựng", ["so-cong-thuong", "so-tai-chinh", "so-xay-dung"]),
        ("Các sở Công Thương, Tài chính và Y tế", ["so-cong-thuong", "so-tai-chinh", "so-y-te"]),
        ("Bộ Công an và Quốc phòng", ["bo-cong-an", "bo-quoc-phong"]),
        ("các Bộ, ngành liên quan: Tài chính, Công an", ["bo-tai-chinh", "bo-cong-an"]),
        ("UBND các huyện, thành phố; DNVT", ["uy-ban-nhan-dan-cac-huyen-thanh-pho", "cac-doanh-nghiep-vien-thong"]),
        ("Viện Hàn lâm Khoa học và Công nghệ và các bộ, ngành", ["vien-han-lam-khoa-hoc-va-cong-nghe-viet-nam", "cac-bo-co-quan-ngang-bo"]),
        ("Sở Văn hóa, Thể thao và Du lịch và Sở Y tế", ["so-van-hoa-the-thao-va-du-lich", "so-y-te"]),
        ("Sở Khoa học và Công nghệ và các sở, ngành", ["so-khoa-hoc-va-cong-nghe", "cac-so-nganh"]),
        ("Ban Quản lý các khu công nghệ cao và khu công nghiệp, Sở Y tế", ["ban-quan-ly-cac-khu-cong-nghe-cao-va-khu-cong-nghiep-thanh-pho-ha-noi", "so-y-te"]),
        # bodies of a province that a city under the centre has, too
        ("Chi nhánh Ngân hàng Chính sách xã hội Thành phố, Sở Tư pháp", ["chi-nhanh-ngan-hang-chinh-sach-xa-hoi-tinh", "so-tu-phap"]),
        ("Đoàn đại biểu Quốc hội Thành phố Hà Nội", ["doan-dai-bieu-quoc-hoi-tinh"]),
        ("Ban Chỉ đạo các Chương trình mục tiêu quốc gia tỉnh, Sở Nội vụ", ["ban-chi-dao", "so-noi-vu"]),
        ("các sở, ban, ngành, đơn vị Thành phố liên quan", [None]),
        (
            "Sở Nội vụ, các sở, ban, ngành Thành phố trong phạm vi việc được giao và các cơ quan, tổ chức khác có liên quan.",
            ["so-noi-vu", "cac-so-ban-nganh", "cac-co-quan-to-chuc-lien-quan"],
        ),
        ("UBND tỉnh (qua Công an tỉnh)", ["uy-ban-nhan-dan-tinh"]),
        ("đồng chí Giám đốc Sở Nội vụ", ["so-noi-vu"]),
        ("Các đồng chí Giám đốc các sở, ban, ngành", ["cac-so-ban-nganh"]),
        ("Chủ tịch UBND cấp xã", ["uy-ban-nhan-dan-cap-xa"]),
        ("Chủ tịch Ủy ban nhân dân tỉnh", ["chu-tich-uy-ban-nhan-dan-tinh"]),
        ("Tổng Thanh tra Chính phủ", ["thanh-tra-chinh-phu"]),
        ("Thống đốc Ngân hàng Nhà nước Việt Nam", ["ngan-hang-nha-nuoc-viet-nam"]),
        ("Sở Y tế [2], Sở Nội vụ[3]", ["so-y-te", "so-noi-vu"]),
        ("Liên minh. Hợp tác xã Việt Nam", ["lien-minh-hop-tac-xa-viet-nam"]),
        ("trường đại học, cao đẳng", ["cac-truong-dai-hoc-cao-dang"]),
        # a slip behind the beginning of an older name does not make it that name
        ("Sở Nông nghiệp và Môi trưởng", ["so-nong-nghiep-va-moi-truong"]),
        ("Sở Nông nghiệp Môi trường", ["so-nong-nghiep-va-moi-truong"]),
        ("Sở Nông nghiệp", [None]),  # two departments, of two eras: the document tells
        ("Sở Nội vụ và Lao động, Sở Tài chính", [None, "so-tai-chinh"]),
        ("Công an tỉnh; Sở Nội vụ và Lao động", ["cong-an-tinh", None]),
        ("UBND xã Tân Hưng, xã Hoàng Hoa Thám và phường Phố Hiến; Sở Tài chính", ["uy-ban-nhan-dan-xa", "uy-ban-nhan-dan-xa", "uy-ban-nhan-dan-phuong", "so-tai-chinh"]),
        ("Các Sở (Công Thương, Tài chính), Công an tỉnh", ["so-cong-thuong", "so-tai-chinh", "cong-an-tinh"]),
        ("Sở Tài chinh Sở Xây dưng", ["so-tai-chinh", "so-xay-dung"]),
        ("Thanh tra Sở Y tế, Sở Tài chính", ["thanh-tra-so", "so-tai-chinh"]),
        ("Ông Nguyễn Văn A, Giám đốc Sở Y tế; Bà Trần Thị B - Phó Giám đốc Sở Nội vụ", ["so-y-te", "so-noi-vu"]),
        ("Đồng chí Phó Giám đốc phụ trách Sở Tài chính; Ban Giám đốc Công an tỉnh", ["so-tai-chinh", "cong-an-tinh"]),
        ("Sở Công Thương và Sở Công Thương thành phố Hải Phòng", ["so-cong-thuong", "so-cong-thuong"]),
        ("Ủy ban nhân -dân cập tỉnh", ["uy-ban-nhan-dan-cap-tinh"]),
        # close to another body's name, and none
        ("Bộ Ngoại vụ", [None]),
        ("Công an thị", [None]),
        ("Sở Y học", [None]),
        ("Phòng Nghiệp vụ tổng hợp nội bộ", [None]),
        ("Tổng Công ty Thủy lợi miền Bắc", [None]),
        ("Văn phòng Ban Chỉ huy Phòng thủ dân sự tỉnh", [None]),
        # no body at all
        ("các tiêu chuẩn, quy chuẩn", []),
    ],
)
def test_names_in_a_cell(text: str, kinds: list[str | None]):
    assert [kind for _, kind in read(text)] == kinds


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ủy ban nhân dân 06 thành phố trực thuộc trung ương", "Ủy ban nhân dân 06 thành phố trực thuộc trung ương"),
        ("UBND các địa phương", "Ủy ban nhân dân các địa phương"),
        ("Cơ quan trung ương của các tổ chức chính trị - xã hội", "các cơ quan trung ương của các tổ chức chính trị - xã hội"),
        ("hệ thống truyền thanh cơ sở", "hệ thống truyền thanh cơ sở"),
    ],
)
def test_committees_and_bodies_of_many_are_groups(text: str, name: str):
    (mention,) = read_list(Passage(text=text), whole=True).mentions
    assert (mention.name, mention.form) == (name, "group")


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        # the region or the neighbours say which places are meant
        ("UBND các tỉnh/thành phố vùng đồng bằng sông Hồng và Đông Nam Bộ.", [("Ủy ban nhân dân các tỉnh, thành phố vùng đồng bằng sông Hồng và Đông Nam Bộ", "group")]),
        ("UBND các tỉnh vùng Tây Nguyên và Bộ Công an", [("Ủy ban nhân dân các tỉnh vùng Tây Nguyên", "group"), ("Bộ Công an", "body")]),
        ("các địa phương vùng Đồng bằng sông Cửu Long", [("các địa phương vùng Đồng bằng sông Cửu Long", "group")]),
        ("các bộ, ngành và các địa phương lân cận", [("các bộ, ngành", "group"), ("các địa phương lân cận", "open-group")]),
        ("UBND các tỉnh lân cận", [("Ủy ban nhân dân các tỉnh lân cận", "open-group")]),
        ("UBND các tỉnh, thành phố", [("Ủy ban nhân dân các tỉnh, thành phố", "group")]),
        # one tail for all, unless the last has an article or "và" of its own
        ("Các bộ, ngành, địa phương liên quan", [("các bộ, ngành liên quan", "open-group"), ("các địa phương liên quan", "open-group")]),
        ("Cơ quan, địa phương liên quan", [("các cơ quan liên quan", "open-group"), ("các địa phương liên quan", "open-group")]),
        ("các bộ, ngành, các địa phương liên quan", [("các bộ, ngành", "group"), ("các địa phương liên quan", "open-group")]),
        ("các sở, ban, ngành và địa phương liên quan", [("các sở, ban, ngành", "group"), ("các địa phương liên quan", "open-group")]),
        ("Hiệp hội ngành nghề, cơ quan, tổ chức có liên quan", [("các hiệp hội ngành nghề", "group"), ("các cơ quan, tổ chức có liên quan", "open-group")]),
        # one body of each level
        ("Ban Chỉ huy Phòng thủ dân sự cấp tỉnh, cấp xã", [("Ban Chỉ huy Phòng thủ dân sự cấp tỉnh, cấp xã", "group")]),
        ("Ban Chỉ huy Phòng thủ dân sự tỉnh", [("Ban Chỉ huy Phòng thủ dân sự tỉnh", "body")]),
        # names of many that no registry has
        ("Sở Y tế; các Tổ tự quản", [("Sở Y tế", "body"), ("các Tổ tự quản", "open-group")]),
        ("Các doanh nghiệp hoạt động trong lĩnh vực xây dựng, giao thông, vận tải", [("các doanh nghiệp hoạt động trong lĩnh vực xây dựng", "open-group")]),
        ("Sở Nội vụ, giao Sở Y tế", [("Sở Nội vụ", "body"), ("Sở Y tế", "body")]),
        ("Sở Y tế; Mặt trận cơ sở", [("Sở Y tế", "body"), ("Mặt trận cơ sở", "group")]),
        ("Sở Y tế; Ban Đại diện cha mẹ học sinh", [("Sở Y tế", "body"), ("Ban Đại diện cha mẹ học sinh", "body")]),
        ("Văn phòng Ban Chỉ huy", [("Văn phòng Ban Chỉ huy", "body")]),
    ],
)
def test_groups_keep_what_says_who_belongs_to_them(text: str, mentions: list[tuple[str, str]]):
    assert [(mention.name, mention.form) for mention in read_list(Passage(text=text), whole=True).mentions] == mentions


@pytest.mark.parametrize(
    ("text", "names", "unread"),
    [
        # OCR: a word that cannot be read, and names behind it
        (
            "- Các bộ, cơ quan nganpbộ - Ủy ban nhân dân các cấp - Cơ quan thông tần, báo chí",
            ["các bộ", "các cơ quan", "Ủy ban nhân dân các cấp", "các cơ quan thông tấn, báo chí"], ["nganpbộ"],
        ),
        ("- Các bộ, cơ quan ngang bộ s ~ Ủy ban nhân dân cấp tỉnh", ["các bộ, cơ quan ngang bộ", "Ủy ban nhân dân cấp tỉnh"], []),
        (
            "Ủy ban nhân dân cấp tỉnh; các cơ sở giáo dục phổ thông: cơ quan, tổ chức có liên quan",
            ["Ủy ban nhân dân cấp tỉnh", "các cơ sở giáo dục phổ thông", "các cơ quan, tổ chức có liên quan"], [],
        ),
        ("cơ qưan, tô chức cólênqun", ["các cơ quan, tổ chức"], ["cólênqun"]),
        ("Đài Truyền hình Việt Nam, các cơ quan báo chí, phát thanh, truyền hình khác", ["Đài Truyền hình Việt Nam", "các cơ quan báo chí, phát thanh, truyền hình khác"], []),
        (
            "Viện kiểm sát nhân dân thành phố, Tòa án nhân dân thành phố và các khu vực",
            ["Viện kiểm sát nhân dân thành phố", "Tòa án nhân dân thành phố", "Tòa án nhân dân các khu vực"], [],
        ),
        ("cơ quan báo chí và hệ thống truyền thông", ["các cơ quan báo chí, hệ thống truyền thông"], []),
        # connectors, verbs and notes are no loss
        ("Sở Khoa học và Công nghệ thúc đẩy, theo dõi, báo cáo chỉ tiêu", ["Sở Khoa học và Công nghệ"], []),
        ("- Bộ Nông nghiệp và Môi trường (mạng lưới quốc gia); - UBND các tỉnh, thành phố (chủ trì phần đầu tư).", ["Bộ Nông nghiệp và Môi trường", "Ủy ban nhân dân các tỉnh, thành phố"], []),
        ("Sở Nội vụ chủ trì; phối hợp với: Sở Y tế và các sở, ngành", ["Sở Nội vụ", "Sở Y tế", "các sở, ngành"], []),
    ],
)
def test_what_cannot_be_read_in_a_cell_hides_no_name_and_is_told(text: str, names: list[str], unread: list[str]):
    reading = read_list(Passage(text=text), whole=True)
    assert [mention.name for mention in reading.mentions] == names
    assert [passage.text for passage in reading.unread] == unread


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Bộ trưởng, Thủ trưởng cơ quan ngang bộ, Thủ trưởng cơ quan thuộc Chính phủ chịu trách nhiệm", ["cac-bo-co-quan-ngang-bo"]),
        ("Bộ trưởng Bộ Công an chịu trách nhiệm", ["bo-cong-an"]),
        ("Bộ trưởng ký ban hành", []),
        ("Mặt trận Tổ quốc cùng các tổ chức chính trị - xã hội", [None, "cac-to-chuc-chinh-tri-xa-hoi"]),  # of which level, the document tells
        ("Phòng ngừa, đấu tranh tội phạm về ma túy", []),
        ("Sở hữu trí tuệ", []),
        ("Chính phủ số giai đoạn 2026 - 2030", []),
        ("Chính phủ điện tử", []),
        ("Chính phủ thông qua Nghị quyết", ["chinh-phu"]),
        ("các bộ dữ liệu dùng chung", []),
        ("các bộ, ngành", ["cac-bo-co-quan-ngang-bo"]),
        ("các cơ quan nhà nước", ["cac-co-quan-nha-nuoc"]),
        ("chính quyền địa phương", ["cac-dia-phuong"]),
    ],
)
def test_names_that_open_a_sentence(text: str, kinds: list[str]):
    assert [kind for _, kind in read(text, whole=False)] == kinds


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Các cơ quan Đảng, Quốc hội, Tòa án nhân dân tối cao", ["các cơ quan Đảng", "Quốc hội", "Tòa án nhân dân tối cao"]),
        ("Các tỉnh, thành phố trực thuộc TW", ["các tỉnh, thành phố trực thuộc trung ương"]),
        ("UBND các tỉnh, thành phố trực thuộc TW", ["Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương"]),
        ("các cơ quan đại diện Việt Nam ở nước ngoài", ["các cơ quan đại diện Việt Nam ở nước ngoài"]),
        # the province's one town ends the group (a directive of Long An on its plan for 2011-2015)
        ("Uỷ ban nhân dân các huyện, thành phố Tân An", ["Ủy ban nhân dân các huyện, thành phố"]),
        ("UBND các huyện, thành phố ven biển", ["Ủy ban nhân dân các huyện, thành phố ven biển"]),
        ("Báo Sơn La, Báo Cà Mau", ["Báo Sơn La", "Báo Cà Mau"]),
        ("Ủy ban MTTQ Việt Nam tỉnh; MTTQ tỉnh", ["Ủy ban Mặt trận Tổ quốc Việt Nam", "Ủy ban Mặt trận Tổ quốc"]),
        ("Ban Quản lý Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn; Sở Y tế", ["Ban Quản lý Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn", "Sở Y tế"]),
        ("Ban Quản lý dự án đầu tư xây dựng các công trình giao thông tỉnh", ["Ban Quản lý dự án đầu tư xây dựng công trình giao thông"]),
        # a dash between two bodies parts them
        ("Sở Y tế - Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
    ],
)
def test_names_are_read_to_their_end(text: str, names: list[str]):
    assert [name for name, _ in read(text)] == names


def test_a_written_out_name_is_no_abbreviation():
    methods = {
        text: read_list(Passage(text=text), whole=True).mentions[0].method
        for text in ("Viện kiểm sát nhân dân thành phố", "Sở KH&CN", "Sở Khoa học và Công nghệ", "Sở Khoa học và Công nghê")
    }
    assert list(methods.values()) == ["variant", "abbreviation", "registry", "near"]


def test_a_prime_ministers_name_is_no_part_of_the_office():
    assert read("Thủ tướng Chính phủ Phạm Minh Chính")[0] == ("Thủ tướng Chính phủ", "thu-tuong-chinh-phu")


_PLAN = """ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN
Số: 12/KH-UBND
Hưng Yên, ngày 12 tháng 5 năm 2025

KẾ HOẠCH
Thực hiện chuyển đổi số năm 2025

Căn cứ đề nghị của {definition};

| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |
| --- | --- | --- | --- | --- |
| 1 | Xây dựng cơ sở dữ liệu dùng chung của tỉnh | {lead} | {partner} | 2025 |
"""


def settle(definition: str, lead: str, partner: str = "Sở Nội vụ"):
    text = _PLAN.format(definition=definition, lead=lead, partner=partner)
    (task,) = extract(read_bytes(text.encode(), "ke-hoach.md")).tasks
    return task


@pytest.mark.parametrize(
    ("definition", "lead", "kind", "method"),
    [
        ("Sở Khoa học và Công nghệ (sau đây gọi tắt là Sở)", "Sở", "so-khoa-hoc-va-cong-nghe", "defined-here"),
        ("Bệnh viện Đa khoa tỉnh (sau đây viết tắt là BVT)", "BVT", "benh-vien-da-khoa-tinh", "defined-here"),
        ("Sở Khoa học và Công nghệ (sau đây gọi tắt là Kế hoạch)", "Sở", None, "unresolved"),  # a document, and no word of "Sở"
        ("Sở Khoa học và Công nghệ", "Sở", None, "unresolved"),
        ("Sở Y tế (gọi tắt là Sở) và Sở Nội vụ (gọi tắt là Sở)", "Sở", None, "unresolved"),  # two bodies: nobody's
        ("Sở Y tế", "UBND", "uy-ban-nhan-dan-tinh", "context"),
        ("Sở Y tế", "Mặt trận Tổ quốc", "uy-ban-mat-tran-to-quoc", "context"),
    ],
)
def test_a_document_tells_what_its_short_forms_mean(definition: str, lead: str, kind: str | None, method: str):
    (mention,) = settle(definition, lead).lead
    assert (mention.kind, mention.method) == (kind, method)


def test_a_short_form_beside_its_long_one_is_the_same_body():
    task = settle("Sở Khoa học và Công nghệ (sau đây gọi tắt là Sở KHCN và CN)", "Sở Khoa học và Công nghệ; Sở KHCN và CN; Sở Y tế")
    assert [mention.kind for mention in task.lead] == ["so-khoa-hoc-va-cong-nghe", "so-y-te"]


def test_words_that_point_back_are_nobody_for_certain():
    (mention,) = settle("Sở Y tế", "Sở Y tế", "Cơ quan chủ trì").partner
    assert (mention.name, mention.form, mention.kind, mention.method) == ("cơ quan chủ trì", "open-group", None, "anaphora")


def test_unread_words_of_a_cell_become_a_finding_with_their_place():
    text = _PLAN.format(definition="Sở Y tế", lead="- Các bộ, cơ quan nganpbộ - Ủy ban nhân dân các cấp", partner="Sở Nội vụ")
    extraction = extract(read_bytes(text.encode(), "ke-hoach.md"))
    (finding,) = [finding for finding in extraction.findings if finding.code == "agency-words-unread"]
    assert extraction.document.text[finding.span.start : finding.span.end] == "nganpbộ"
    assert finding.severity == "note"


def test_a_heading_of_many_that_no_registry_has_is_an_open_group():
    plan = _PLAN.format(definition="Sở Y tế", lead="Sở Y tế", partner="Sở Nội vụ")
    text = f"{plan}\nIII. TỔ CHỨC THỰC HIỆN\n\n1. Sở Nội vụ\n- Theo dõi, đôn đốc việc thực hiện Kế hoạch này.\n2. Các cơ sở đào tạo đại học, sau đại học\n- Mở thêm chuyên ngành về chuyển đổi số.\n"
    duties = extract(read_bytes(text.encode(), "ke-hoach.md")).duties
    assert [(mention.name, mention.form) for duty in duties for mention in duty.agency] == [("Sở Nội vụ", "body"), ("các cơ sở đào tạo đại học, sau đại học", "open-group")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("các cơ quan của Đảng, Quốc hội, các tổ chức chính trị - xã hội phối hợp chặt chẽ", ["các cơ quan của Đảng", "Quốc hội", "các tổ chức chính trị - xã hội"]),
        ("các tổ chức thành viên của Mặt trận Tổ quốc Việt Nam, Hội Bảo vệ quyền trẻ em Việt Nam và các tổ chức xã hội trong phạm vi chức năng",
         ["các tổ chức thành viên của Mặt trận Tổ quốc Việt Nam", "Hội Bảo vệ quyền trẻ em Việt Nam", "các tổ chức xã hội"]),
        ("Sớm chỉ đạo các sở, ban, ngành kiểm sách", []),
        ("Địa phương được lựa chọn thực hiện thí điểm", ["các địa phương được lựa chọn"]),  # Nghị quyết 03/NQ-CP, 09/01/2025
    ],
)  # fmt: skip
def test_whose_agencies_a_group_is_of_belongs_to_its_name(text: str, names: list[str]):
    assert [name for name, _ in read(text, whole=False)] == names


@pytest.mark.parametrize(
    ("text", "whole", "name"),
    [
        ("Đơn vị chủ trì nhiệm vụ", True, "đơn vị chủ trì"),
        ("Cơ quan chủ trì thực hiện đề tài", True, "cơ quan chủ trì thực hiện"),
        ("Cơ quan chủ trì có trách nhiệm tổng hợp kết quả", False, "cơ quan chủ trì"),
        ("Đơn vị được giao chủ trì báo cáo kết quả", False, "đơn vị được giao chủ trì"),
    ],
)
def test_whoever_leads_is_nobody_for_certain_in_a_cell_and_in_prose(text: str, whole: bool, name: str):
    (mention,) = read_list(Passage(text=text), whole=whole).mentions
    assert (mention.name, mention.kind, mention.method) == (name, None, "anaphora")


@pytest.mark.parametrize("text", ["Cơ quan chủ trì: Sở Y tế", "Cơ quan chủ trì"])
def test_a_label_is_no_body_in_prose(text: str):
    assert not any(mention.method == "anaphora" for mention in read_list(Passage(text=text), whole=False).mentions)
