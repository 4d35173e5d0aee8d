"""The words that synthetic plans are made of: provinces, agencies, programmes, tasks, products, targets.

All sentences are the project's own. Names of bodies stand in three eras: until February 2025 (ministries and departments of
2021), March to June 2025 (merged departments), from July 2025 (two levels of government, 34 provinces).
"""

from __future__ import annotations

from typing import NamedTuple


class Agency(NamedTuple):
    """A way to write one or several agencies, and the names that the gold rules give them."""

    prints: tuple[str, ...]
    names: tuple[str, ...]
    group: bool = False


def _body(name: str, *others: str) -> Agency:
    return Agency((name, *others), (name,))


def _local(name: str, *others: str) -> Agency:
    """A body of the province: "tỉnh" is printed, the name goes without."""
    return Agency((f"{name} {{level}}", *others), (name,))


def _group(*prints: str, names: tuple[str, ...] = ()) -> Agency:
    return Agency(prints, names or (prints[0],), group=True)


CITIES = ("Hà Nội", "Hải Phòng", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ", "Huế")
_OLD = (
    "An Giang|Bà Rịa - Vũng Tàu|Bắc Giang|Bắc Kạn|Bạc Liêu|Bắc Ninh|Bến Tre|Bình Định|Bình Dương|Bình Phước|Bình Thuận|Cà Mau|Cao Bằng"
    "|Đắk Lắk|Đắk Nông|Điện Biên|Đồng Nai|Đồng Tháp|Gia Lai|Hà Giang|Hà Nam|Hà Tĩnh|Hải Dương|Hậu Giang|Hòa Bình|Hưng Yên|Khánh Hòa"
    "|Kiên Giang|Kon Tum|Lai Châu|Lâm Đồng|Lạng Sơn|Lào Cai|Long An|Nam Định|Nghệ An|Ninh Bình|Ninh Thuận|Phú Thọ|Phú Yên|Quảng Bình"
    "|Quảng Nam|Quảng Ngãi|Quảng Ninh|Quảng Trị|Sóc Trăng|Sơn La|Tây Ninh|Thái Bình|Thái Nguyên|Thanh Hóa|Tiền Giang|Trà Vinh"
    "|Tuyên Quang|Vĩnh Long|Vĩnh Phúc|Yên Bái|Hà Nội|Hải Phòng|Đà Nẵng|Hồ Chí Minh|Cần Thơ"
)
_NEW = (
    "Lai Châu|Điện Biên|Sơn La|Lạng Sơn|Cao Bằng|Quảng Ninh|Thanh Hóa|Nghệ An|Hà Tĩnh|Tuyên Quang|Lào Cai|Thái Nguyên|Phú Thọ|Bắc Ninh"
    "|Hưng Yên|Ninh Bình|Quảng Trị|Quảng Ngãi|Gia Lai|Khánh Hòa|Lâm Đồng|Đắk Lắk|Đồng Nai|Tây Ninh|Vĩnh Long|Đồng Tháp|Cà Mau|An Giang"
    "|Hà Nội|Huế|Hải Phòng|Đà Nẵng|Hồ Chí Minh|Cần Thơ"
)
PROVINCES = {
    "2020": (*_OLD.split("|"), "Thừa Thiên Huế"),
    "2025-03": (*_OLD.split("|"), "Huế"),
    "2025-07": tuple(_NEW.split("|")),
}

_ALWAYS = (
    _body("Sở Công Thương"),
    _body("Sở Y tế"),
    _body("Sở Tư pháp"),
    _body("Sở Nội vụ"),
    _body("Sở Tài chính"),
    _body("Sở Xây dựng"),
    _body("Sở Giáo dục và Đào tạo", "Sở GD&ĐT", "Sở GDĐT"),
    _body("Sở Khoa học và Công nghệ", "Sở KH&CN", "Sở KHCN"),
    _body("Sở Văn hóa, Thể thao và Du lịch", "Sở VHTT&DL", "Sở Văn hoá, Thể thao và Du lịch"),
)
_DEPARTMENTS = {
    "2020": (
        *_ALWAYS,
        _body("Sở Kế hoạch và Đầu tư", "Sở KH&ĐT"),
        _body("Sở Tài nguyên và Môi trường", "Sở TN&MT", "Sở TNMT"),
        _body("Sở Nông nghiệp và Phát triển nông thôn", "Sở Nông nghiệp và PTNT", "Sở NN&PTNT"),
        _body("Sở Thông tin và Truyền thông", "Sở TT&TT"),
        Agency(
            ("Sở Lao động - Thương binh và Xã hội", "Sở Lao động, Thương binh và Xã hội", "Sở LĐTB&XH"),
            ("Sở Lao động, Thương binh và Xã hội",),
        ),
        _body("Sở Giao thông vận tải", "Sở GTVT"),
    ),
    "2025-03": (
        *_ALWAYS,
        _body("Sở Nông nghiệp và Môi trường", "Sở NN&MT", "Sở NNMT"),
        _body("Sở Dân tộc và Tôn giáo", "Sở DT&TG"),
    ),
}
_DEPARTMENTS["2025-07"] = _DEPARTMENTS["2025-03"]
DEPARTMENTS = _DEPARTMENTS
OTHER_BODIES = (
    Agency(("Công an {level}",), ("Công an {level}",)),
    Agency(("Bộ Chỉ huy Quân sự {level}", "Bộ CHQS {level}"), ("Bộ Chỉ huy Quân sự {level}",)),
    Agency(("Thanh tra {level}",), ("Thanh tra {level}",)),
    Agency(("Văn phòng UBND {level}", "Văn phòng Ủy ban nhân dân {level}"), ("Văn phòng Ủy ban nhân dân {level}",)),
    Agency(
        ("Ban Quản lý các khu công nghiệp {level}", "Ban quản lý các khu công nghiệp", "Ban Quản lý các Khu công nghiệp"),
        ("Ban Quản lý các khu công nghiệp",),
    ),
    Agency(("Ban Quản lý Khu kinh tế {level}", "Ban Quản lý Khu kinh tế"), ("Ban Quản lý Khu kinh tế",)),
    _local("Liên minh Hợp tác xã", "Liên minh HTX {level}", "Liên minh Hợp tác xã {level} {province}"),
    _local("Hiệp hội Doanh nghiệp"),
    _local("Hội Nông dân"),
    _local("Hội Liên hiệp Phụ nữ", "Hội LHPN {level}"),
    _local("Liên đoàn Lao động", "LĐLĐ {level}"),
    _local("Hội Cựu chiến binh"),
    Agency(("Ủy ban Mặt trận Tổ quốc {level}",), ("Ủy ban Mặt trận Tổ quốc",)),
    Agency(("Tòa án nhân dân {level}", "Toà án nhân dân {level}"), ("Tòa án nhân dân {level}",)),
    Agency(("Viện kiểm sát nhân dân {level}", "Viện Kiểm sát nhân dân {level}"), ("Viện kiểm sát nhân dân {level}",)),
    _body("Báo và Phát thanh, truyền hình {province}", "Báo và Phát thanh, Truyền hình {province}"),
    _body("Trung tâm Xúc tiến đầu tư, thương mại và du lịch"),
    _body("Chi cục Bảo vệ môi trường"),
    _local("Trung tâm Phục vụ hành chính công"),
    Agency(
        ("Ủy ban Mặt trận Tổ quốc Việt Nam {level}", "Ủy ban MTTQ Việt Nam {level}", "UBMTTQ Việt Nam {level}"),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam",),
    ),
)
_GROUPS = (
    _group("các sở, ban, ngành", "các Sở, Ban, ngành", "các sở, ban, ngành {level}", "các Sở, ban, ngành {level}"),
    _group("các sở, ngành liên quan"),
    _group("các cơ quan, tổ chức có liên quan", "cơ quan, tổ chức có liên quan"),
    _group("các cơ quan, đơn vị liên quan", "cơ quan, đơn vị liên quan"),
    _group("các đơn vị có liên quan"),
    _group("các đơn vị liên quan"),
    _group("các tổ chức chính trị - xã hội"),
    _group("các sở, ban, ngành, địa phương", names=("các sở, ban, ngành", "các địa phương")),
)
OPEN = tuple(group for group in _GROUPS if "liên quan" in group.prints[0])
GROUPS = _GROUPS
DISTRICTS = (
    _group(
        "Ủy ban nhân dân các huyện, thành phố", "UBND các huyện, thành phố", "Uỷ ban nhân dân các huyện, thành phố"
    ),
    _group("Ủy ban nhân dân các huyện, thị xã, thành phố", "UBND các huyện, thị xã, thành phố"),
)
CITY_DISTRICTS = _group("Ủy ban nhân dân các quận, huyện", "UBND các quận, huyện")
COMMUNES = _group(
    "Ủy ban nhân dân các xã, phường", "UBND các xã, phường", "UBND các phường, xã", "Uỷ ban nhân dân các xã, phường"
)

KINDS = (("Chương trình", "phê duyệt"), ("Đề án", "phê duyệt"), ("Chiến lược", "phê duyệt"), ("Kế hoạch hành động", "ban hành"))
TOPICS = (
    "phát triển kinh tế tuần hoàn",
    "chuyển đổi số trong nông nghiệp",
    "giảm nghèo bền vững",
    "tăng trưởng xanh",
    "phát triển du lịch cộng đồng",
    "bảo đảm an toàn thực phẩm",
    "thích ứng với biến đổi khí hậu",
    "phát triển kinh tế tập thể",
    "phòng, chống thiên tai",
    "bảo vệ môi trường làng nghề",
    "sử dụng năng lượng tiết kiệm và hiệu quả",
    "giảm thiểu chất thải nhựa",
    "phát triển dịch vụ logistics",
    "phát triển thương mại điện tử",
    "nâng cao năng lực y tế cơ sở",
    "bảo tồn đa dạng sinh học",
    "phát triển kỹ năng nghề cho thanh niên",
    "xây dựng đô thị thông minh",
)
"""What a programme is about: a phrase that goes after "Chương trình" and after "về"."""


class Theme(NamedTuple):
    """A group of tasks: its heading, what is done, and what comes out."""

    title: str
    tasks: tuple[str, ...]
    products: tuple[str, ...]


THEMES = (
    Theme(
        "Nâng cao nhận thức, trách nhiệm của các cấp, các ngành và người dân",
        (
            "Biên tập và phát sóng chuyên mục về {topic} trên {channel}",
            "Tổ chức {many} hội nghị phổ biến các quy định về {topic} cho {audience}",
            "Xây dựng bộ tài liệu hướng dẫn {topic} dành cho {audience}",
            "Phát động phong trào thi đua {topic} trong {audience}",
            "Lồng ghép nội dung {topic} vào sinh hoạt ngoại khóa của {audience}",
        ),
        ("Tài liệu, tin bài", "Hội nghị được tổ chức", "Chuyên mục, phóng sự", "Bộ tài liệu hướng dẫn được ban hành", "Văn bản phát động"),
    ),
    Theme(
        "Hoàn thiện cơ chế, chính sách",
        (
            "Rà soát, sửa đổi các quy định của địa phương về {topic} {scope}",
            "Xây dựng chính sách hỗ trợ {audience} tham gia {topic}",
            "Tham mưu ban hành quy chế phối hợp liên ngành về {topic} {scope}",
            "Lồng ghép mục tiêu {topic} vào kế hoạch phát triển kinh tế - xã hội hằng năm {scope}",
            "Ban hành danh mục dự án ưu tiên thu hút đầu tư cho {topic} {scope}",
        ),
        ("Nghị quyết của Hội đồng nhân dân {level}", "Quyết định của Ủy ban nhân dân {level}", "Báo cáo rà soát", "Danh mục dự án được phê duyệt", "Quy chế phối hợp"),
    ),
    Theme(
        "Đào tạo, phát triển nguồn nhân lực",
        (
            "Tập huấn kỹ năng {topic} cho {audience}",
            "Bồi dưỡng nghiệp vụ về {topic} cho cán bộ phụ trách ở cấp xã {scope}",
            "Đưa nội dung {topic} vào chương trình đào tạo nghề cho {audience}",
            "Tổ chức đoàn học tập kinh nghiệm {topic} tại {many} địa phương trong nước",
        ),
        ("Lớp tập huấn", "Chương trình đào tạo", "Báo cáo kết quả đào tạo", "Chuyến học tập kinh nghiệm"),
    ),
    Theme(
        "Đầu tư hạ tầng, ứng dụng khoa học và công nghệ",
        (
            "Đầu tư trang thiết bị phục vụ {topic} cho {audience}",
            "Nghiên cứu, ứng dụng công nghệ mới trong {topic} {scope}",
            "Xây dựng cơ sở dữ liệu và bản đồ số phục vụ {topic} {scope}",
            "Nâng cấp hệ thống thông tin quản lý {topic}, kết nối với nền tảng của Bộ Khoa học và Công nghệ",
            "Thử nghiệm giải pháp kỹ thuật trong {topic} tại {many} điểm {scope}",
        ),
        ("Dự án đầu tư", "Cơ sở dữ liệu được vận hành", "Đề tài khoa học cấp {level}", "Hệ thống thông tin", "Báo cáo thử nghiệm"),
    ),
    Theme(
        "Xây dựng và nhân rộng mô hình",
        (
            "Xây dựng {many} mô hình điểm về {topic} {scope}",
            "Nhân rộng các cách làm hay trong {topic} ở {audience}",
            "Hỗ trợ {audience} liên kết theo chuỗi giá trị gắn với {topic}",
            "Đánh giá hiệu quả các mô hình {topic} đã triển khai {scope} và đề xuất hướng nhân rộng",
        ),
        ("Mô hình được nghiệm thu", "Báo cáo đánh giá", "Mô hình; tài liệu hướng dẫn", "Hợp đồng liên kết"),
    ),
    Theme(
        "Hợp tác, huy động nguồn lực",
        (
            "Kêu gọi {audience} góp vốn cho các dự án {topic}",
            "Ký kết chương trình hợp tác với các viện, trường về {topic} {scope}",
            "Tổ chức diễn đàn kết nối đầu tư cho {topic} {scope}",
        ),
        ("Biên bản ghi nhớ", "Diễn đàn được tổ chức", "Chương trình hợp tác được ký kết"),
    ),
    Theme(
        "Kiểm tra, giám sát, đánh giá",
        (
            "Kiểm tra việc chấp hành quy định về {topic} của {audience}",
            "Sơ kết, tổng kết tình hình thực hiện {topic} {scope} và trình UBND {level}",
            "Xây dựng bộ chỉ số theo dõi, đánh giá kết quả {topic} {scope}",
        ),
        ("Báo cáo kiểm tra", "Bộ chỉ số được ban hành", "Báo cáo sơ kết, tổng kết gửi Ủy ban nhân dân {level}"),
    ),
)
AUDIENCES = (
    "doanh nghiệp nhỏ và vừa", "hợp tác xã và hộ kinh doanh", "cán bộ, công chức cấp xã", "học sinh, sinh viên", "hộ nông dân",
    "phụ nữ vùng đồng bào dân tộc thiểu số", "đoàn viên, thanh niên", "chủ các cơ sở sản xuất", "người lao động tại khu công nghiệp",
)
CHANNELS = ("sóng phát thanh, truyền hình", "các trang thông tin điện tử", "hệ thống truyền thanh cơ sở", "mạng xã hội và báo điện tử")
SCOPES = (
    "trên địa bàn {level}", "tại các xã vùng sâu, vùng xa", "ở khu vực đô thị", "trong các khu, cụm công nghiệp", "tại các làng nghề truyền thống",
    "ở các xã biên giới", "dọc các tuyến giao thông trọng điểm", "trong toàn ngành",
)
OBJECTIVES = (
    "Tạo chuyển biến rõ nét trong {topic}", "{figure}% {audience} được tiếp cận dịch vụ hỗ trợ", "Bảo đảm đồng bộ, thống nhất khi triển khai {topic}",
    "Góp phần hoàn thành mục tiêu {topic} của {level}", "Giảm {figure}% chi phí tuân thủ cho {audience}",
)
FUNDING_CODES = ("I", "II", "III", "IV")
FUNDING_TEXTS = (
    "Ngân sách {level}", "Ngân sách nhà nước", "Vốn doanh nghiệp", "Ngân sách nhà nước và nguồn xã hội hóa", "Lồng ghép trong dự toán chi thường xuyên",
    "Ngân sách trung ương, ngân sách địa phương",
)
TARGETS = (
    ("Tỷ lệ {audience} được tập huấn về {topic} đạt", "%"),
    ("Tỷ lệ hồ sơ được giải quyết đúng hạn đạt", "%"),
    ("Tỷ lệ xã, phường có tổ công tác hoạt động hiệu quả đạt", "%"),
    ("Phấn đấu", "% {audience} tham gia các hoạt động {topic}"),
    ("Tỷ lệ người dân hài lòng với kết quả {topic} đạt", "%"),
    ("Xây dựng", " mô hình điểm về {topic}"),
    ("Tổ chức", " lớp tập huấn cho {audience}"),
    ("Hỗ trợ", " doanh nghiệp đổi mới công nghệ gắn với {topic}"),
    ("Tổng vốn huy động cho {topic} đạt", " tỷ đồng"),
    ("Tốc độ tăng giá trị sản xuất đạt", "%/năm"),
    ("Số lao động được đào tạo nghề đạt", " người"),
    ("Giảm", "% lượng chất thải phát sinh tại {audience}"),
)
OPENINGS_OF_AIMS = (
    "Cụ thể hóa các nhiệm vụ, giải pháp về {topic} phù hợp với điều kiện thực tế của địa phương.",
    "Xác định rõ nội dung công việc, tiến độ và trách nhiệm của từng cơ quan trong việc {topic}.",
    "Huy động sự tham gia của {audience} vào quá trình {topic}.",
    "Việc triển khai phải đồng bộ, tiết kiệm, tránh chồng chéo với các chương trình khác đang thực hiện {scope}.",
    "Gắn {topic} với phát triển kinh tế - xã hội, giữ vững quốc phòng, an ninh {scope}.",
)
DUTY_OBJECTS = (
    "triển khai các nhiệm vụ được giao tại Kế hoạch này",
    "xây dựng và vận hành hệ thống theo dõi kết quả {topic} {scope}",
    "rà soát, đề xuất danh mục dự án ưu tiên về {topic}",
    "tổ chức các lớp bồi dưỡng kiến thức về {topic} cho {audience}",
    "kiểm tra việc thực hiện các quy định về {topic} {scope}",
    "lồng ghép nội dung {topic} vào chương trình công tác hằng năm của ngành",
    "hướng dẫn {audience} tiếp cận các chính sách hỗ trợ hiện hành",
)
DUTY_OPENINGS = (
    "Tham mưu Ủy ban nhân dân {level}", "Hướng dẫn các đơn vị", "Chủ động", "Tổ chức", "Theo dõi, đôn đốc việc", "Tăng cường chỉ đạo việc", "Có trách nhiệm",
)
SECTORS = (
    ("Nông nghiệp và thủy sản", (("Trồng trọt", ("Phụ phẩm cây lúa", "Bao gói thuốc bảo vệ thực vật")), ("Nuôi trồng thủy sản", ("Nước ao nuôi", "Bùn đáy ao")))),
    ("Công nghiệp chế biến", (("Chế biến thực phẩm", ("Bao bì thực phẩm", "Nước thải chế biến")), ("Chế biến gỗ", ("Mùn cưa, dăm gỗ",)))),
    ("Xây dựng", (("Vật liệu xây dựng", ("Gạch không nung", "Cát nhân tạo")), ("Công trình xây dựng", ("Phế thải phá dỡ",)))),
    ("Giao thông vận tải", (("Phương tiện giao thông", ("Xe điện", "Lốp xe đã qua sử dụng")), ("Hạ tầng giao thông", ("Nhựa đường tái chế",)))),
    ("Thương mại và dịch vụ", (("Bán lẻ", ("Túi đựng hàng hóa", "Bao bì giao nhận")), ("Lưu trú du lịch", ("Đồ dùng một lần", "Nước sinh hoạt")))),
)
SURNAMES = ("Nguyễn Văn", "Trần Thị", "Lê Minh", "Phạm Quang", "Hoàng Đức", "Vũ Thanh", "Đặng Hồng", "Bùi Xuân")
GIVEN_NAMES = ("An", "Bình", "Cường", "Dũng", "Hà", "Hải", "Lan", "Long", "Nam", "Phong", "Sơn", "Thảo", "Tuấn", "Vinh")
