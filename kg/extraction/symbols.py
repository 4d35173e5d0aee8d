"""The codes inside document numbers: what each stands for.

Source: Nghị định 30/2020/NĐ-CP, appendix III (types); issuers as met in published documents. A code that stands for
several bodies (UBND of any level, TU, TW, BCĐ) has no name here: the symbol alone does not say who issued it.
"""

from __future__ import annotations

# Type code → type word.
TYPES: dict[str, str] = {
    "NQ": "Nghị quyết", "QĐ": "Quyết định", "CT": "Chỉ thị", "QC": "Quy chế", "QyĐ": "Quy định", "TC": "Thông cáo",
    "TB": "Thông báo", "HD": "Hướng dẫn", "CTr": "Chương trình", "KH": "Kế hoạch", "PA": "Phương án", "ĐA": "Đề án",
    "DA": "Dự án", "BC": "Báo cáo", "BB": "Biên bản", "TTr": "Tờ trình", "HĐ": "Hợp đồng", "CĐ": "Công điện",
    "CV": "Công văn", "NĐ": "Nghị định", "TT": "Thông tư", "TTLT": "Thông tư liên tịch", "NQLT": "Nghị quyết liên tịch",
    "VBHN": "Văn bản hợp nhất", "PL": "Pháp lệnh", "L": "Lệnh", "GP": "Giấy phép", "GM": "Giấy mời",
    "QCPH": "Quy chế phối hợp", "KHPH": "Kế hoạch phối hợp", "KL": "Kết luận", "QĐNS": "Quyết định",
    "CTHĐ": "Chương trình hành động", "ĐK": "Đăng ký", "TBKL": "Thông báo", "GUQ": "Giấy ủy quyền", "GGT": "Giấy giới thiệu",
    "GNP": "Giấy nghỉ phép", "PG": "Phiếu gửi", "PC": "Phiếu chuyển", "PB": "Phiếu báo", "BGN": "Bản ghi nhớ", "SY": "Bản sao y",
    "TrS": "Bản trích sao",
}  # fmt: skip

# Types of party documents: n-TYPE/ORGAN.
PARTY_TYPES: tuple[str, ...] = (
    "QĐNS", "CTHĐ", "NQ", "CT", "KL", "QyĐ", "QĐ", "QC", "TB", "BC", "KH", "CTr", "ĐA", "TTr", "HD", "CV", "TT", "BB",
)  # fmt: skip

_MINISTRIES: dict[str, str] = {
    "BQP": "Bộ Quốc phòng", "BCA": "Bộ Công an", "BNG": "Bộ Ngoại giao", "BNV": "Bộ Nội vụ", "BTP": "Bộ Tư pháp",
    "BTC": "Bộ Tài chính", "BCT": "Bộ Công Thương", "BXD": "Bộ Xây dựng", "BYT": "Bộ Y tế",
    "BKHĐT": "Bộ Kế hoạch và Đầu tư", "BNN": "Bộ Nông nghiệp và Phát triển nông thôn",
    "BNNPTNT": "Bộ Nông nghiệp và Phát triển nông thôn", "BTNMT": "Bộ Tài nguyên và Môi trường",
    "BNNMT": "Bộ Nông nghiệp và Môi trường", "BNN&MT": "Bộ Nông nghiệp và Môi trường", "BGTVT": "Bộ Giao thông vận tải",
    "BTTTT": "Bộ Thông tin và Truyền thông", "BKHCN": "Bộ Khoa học và Công nghệ", "BKH&CN": "Bộ Khoa học và Công nghệ",
    "BLĐTBXH": "Bộ Lao động - Thương binh và Xã hội", "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
    "BGDĐT": "Bộ Giáo dục và Đào tạo", "BGD&ĐT": "Bộ Giáo dục và Đào tạo", "BDTTG": "Bộ Dân tộc và Tôn giáo",
    "UBDT": "Ủy ban Dân tộc", "TTCP": "Thanh tra Chính phủ", "NHNN": "Ngân hàng Nhà nước Việt Nam",
    "VPCP": "Văn phòng Chính phủ",
}  # fmt: skip
_DEPARTMENTS: dict[str, str] = {
    "SCT": "Sở Công Thương", "SNNMT": "Sở Nông nghiệp và Môi trường", "SNN&MT": "Sở Nông nghiệp và Môi trường",
    "STNMT": "Sở Tài nguyên và Môi trường", "STN&MT": "Sở Tài nguyên và Môi trường",
    "SNNPTNT": "Sở Nông nghiệp và Phát triển nông thôn", "SNN": "Sở Nông nghiệp và Phát triển nông thôn",
    "STC": "Sở Tài chính", "SKHĐT": "Sở Kế hoạch và Đầu tư", "SKH&ĐT": "Sở Kế hoạch và Đầu tư", "SXD": "Sở Xây dựng",
    "SGTVT": "Sở Giao thông vận tải", "SKHCN": "Sở Khoa học và Công nghệ", "SKH&CN": "Sở Khoa học và Công nghệ",
    "STTTT": "Sở Thông tin và Truyền thông", "STT&TT": "Sở Thông tin và Truyền thông", "SNV": "Sở Nội vụ",
    "STP": "Sở Tư pháp", "SYT": "Sở Y tế", "SGDĐT": "Sở Giáo dục và Đào tạo", "SGD&ĐT": "Sở Giáo dục và Đào tạo",
    "SVHTTDL": "Sở Văn hóa, Thể thao và Du lịch", "SVHTT": "Sở Văn hóa và Thể thao", "SDTTG": "Sở Dân tộc và Tôn giáo",
    "SLĐTBXH": "Sở Lao động - Thương binh và Xã hội", "SNgV": "Sở Ngoại vụ", "SDL": "Sở Du lịch",
}  # fmt: skip
_CENTRE: dict[str, str] = {
    "TTg": "Thủ tướng Chính phủ", "CP": "Chính phủ", "CTN": "Chủ tịch nước", "VPQH": "Văn phòng Quốc hội",
    "KTNN": "Kiểm toán nhà nước", "TANDTC": "Tòa án nhân dân tối cao", "VKSNDTC": "Viện kiểm sát nhân dân tối cao",
    "TCT": "Tổng cục Thuế", "TCHQ": "Tổng cục Hải quan", "CHQ": "Cục Hải quan", "KBNN": "Kho bạc Nhà nước",
    "TLĐ": "Tổng Liên đoàn Lao động Việt Nam", "HĐBT": "Hội đồng Bộ trưởng", "HĐCP": "Hội đồng Chính phủ",
}  # fmt: skip
_PARTY: dict[str, str] = {
    "VPTW": "Văn phòng Trung ương Đảng", "BTCTW": "Ban Tổ chức Trung ương", "BTGTW": "Ban Tuyên giáo Trung ương",
    "BTGDVTW": "Ban Tuyên giáo và Dân vận Trung ương", "UBKTTW": "Ủy ban Kiểm tra Trung ương",
    "BCSCLTW": "Ban Chính sách, chiến lược Trung ương", "VPTU": "Văn phòng Tỉnh ủy", "BTCTU": "Ban Tổ chức Tỉnh ủy",
    "BTGDVTU": "Ban Tuyên giáo và Dân vận Tỉnh ủy", "UBKTTU": "Ủy ban Kiểm tra Tỉnh ủy",
}  # fmt: skip
_UNSAID = ("UBND", "UB", "HĐND", "VPUBND", "CTUBND", "BHXH", "BCĐ", "MTTW", "TW", "TU", "ĐU", "HU", "BQLKKT", "BQLKCN",
           "CAT", "SL", "LCT", "QT")  # fmt: skip

# Issuer code → name; ``None`` for a code that does not say which body.
ISSUERS: dict[str, str | None] = {
    **_MINISTRIES, **_DEPARTMENTS, **_CENTRE, **_PARTY, **dict.fromkeys(_UNSAID)
}  # fmt: skip

# Codes of the national level: a document with one of these binds the provinces.
NATIONAL: frozenset[str] = frozenset((*_MINISTRIES, *_CENTRE, "TW", "VPTW", "BTCTW", "BTGTW", "BTGDVTW", "UBKTTW", "BCĐTW"))

# Codes whose small letters or Đ get lost: capitals → proper form.
LETTERS: dict[str, str] = {
    **{code.upper(): code for code in (*TYPES, *ISSUERS) if code != code.upper()},
    "ND": "NĐ", "QD": "QĐ", "HDND": "HĐND", "HDBT": "HĐBT",
}  # fmt: skip

# The small letters, spelled out: between "à" and "ỹ" stand capitals, too.
SMALL = "a-zàảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"

# Wrong symbols met in print, and what they stand for.
MISPRINTS: dict[str, str] = {"TTĐ": "TTg"}
