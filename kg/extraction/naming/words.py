"""Words that begin names, clauses and lists: the closed classes that reading names depends on."""

from __future__ import annotations

from kg.normalise import fold

HEADS = frozenset(
    ["sở", "ban", "bộ", "công", "cục", "chi", "hội", "liên", "trung", "trường", "viện", "ngân", "báo", "đài", "tổng", "văn", "phòng", "ủy", "uỷ", "ubnd", "hđnd", "hội", "tòa", "toà", "kho", "bảo", "thuế", "tỉnh", "thành", "mặt", "đoàn", "đảng", "hiệp", "quỹ", "học", "đại", "bệnh", "đồn", "cảng", "thanh", "thống", "bưu", "kiểm", "thông", "tổ", "cơ", "trạm", "vườn", "điện", "hải", "quân", "vnpt", "viettel", "evn", "cổng", "tập", "nhà", "lữ", "mttq", "ubmttq", "bch", "bql", "cdc"]
)
"""First words of bodies' names that the registry may lack ("Chi cục Kiểm lâm", "Công ty Điện lực …")."""
FOLDED_HEADS = frozenset(fold(word) for word in HEADS)

VERBS = frozenset({
    "chủ_trì", "phối_hợp", "tham_mưu", "hướng_dẫn", "triển_khai", "rà_soát", "kiểm_tra", "đôn_đốc", "theo_dõi", "tuyên_truyền", "báo_cáo",
    "thực_hiện", "căn_cứ", "có_trách", "chịu_trách", "tiếp_tục", "chủ_động", "thường_xuyên", "tăng_cường", "nghiên_cứu", "đề_xuất", "tổng_hợp",
    "thẩm_định", "ban_hành", "bố_trí", "cung_cấp", "tiến_hành", "xem_xét", "kịp_thời", "làm_tốt", "đẩy_mạnh", "vận_động", "hỗ_trợ", "quán_triệt",
    "lồng_ghép", "đề_nghị", "giúp_ủy", "giúp_chủ", "là_cơ", "là_đầu", "trên_cơ", "theo_chức", "theo_quy", "theo_thẩm", "theo_phân", "theo_nhiệm",
    "quản_lý", "phê_duyệt", "quyết_định", "trình_ủy", "trình_cấp", "trình_hội", "giám_sát", "đánh_giá", "tập_huấn", "xác_định", "cập_nhật",
    "khai_thác", "huy_động", "khuyến_khích", "bảo_đảm", "đảm_bảo", "gắn_với", "trong_quá", "trong_việc", "trong_công", "trong_phạm", "về_việc",
    "để_tổng", "để_báo", "để_thực", "để_triển", "cùng_thực", "nâng_cao", "lập_dự", "lập_kế", "nắm_bắt", "lựa_chọn", "thông_báo", "gửi_về", "khi_có",
    "nếu_có", "định_kỳ", "trước_ngày", "hằng_năm", "hàng_năm", "cân_đối", "điều_chỉnh", "chỉ_đạo", "phổ_biến", "hoàn_thiện", "hoàn_thành",
    "tiếp_nhận", "xử_lý", "giải_quyết", "thống_kê", "kết_nối", "công_bố", "đăng_tải", "vận_hành", "duy_trì", "phân_công", "phân_bổ", "sử_dụng",
    "lắp_đặt", "sửa_chữa", "mua_sắm", "cải_tạo", "nâng_cấp", "tu_bổ", "bảo_trì", "bồi_dưỡng", "chuẩn_bị", "chuyển_giao", "cấp_phát", "cấp_phép",
    "thành_lập", "khảo_sát", "thu_thập", "công_khai", "giới_thiệu", "ký_kết", "mở_rộng", "mở_các", "mở_lớp", "nhân_rộng", "phát_động", "phát_hiện",
    "phát_huy", "phân_loại", "rút_ngắn", "soạn_thảo", "thu_hút", "thu_gom", "thúc_đẩy", "tìm_kiếm", "tích_hợp", "trang_bị", "tạo_điều", "vận_chuyển",
    "xác_minh", "xử_phạt", "yêu_cầu", "ưu_tiên", "đấu_tranh", "đề_ra", "đối_chiếu", "áp_dụng", "ngăn_chặn", "chấn_chỉnh", "tháo_gỡ", "thẩm_tra",
    "khắc_phục", "biểu_dương", "lấy_ý", "xin_ý", "gửi_báo", "gửi_kết", "nhập_dữ", "số_hóa", "chia_sẻ", "đồng_bộ", "cắt_giảm", "rút_kinh", "nhắc_nhở",
    "tuyên_dương", "quảng_bá", "kết_hợp", "lắng_nghe", "đối_thoại", "tạo_lập", "hình_thành", "thiết_lập", "cưỡng_chế", "thu_hồi",
})
"""Two words with which a clause begins after a list of names; a name never holds them in lower case."""

NOT_NAMES = frozenset(
    ["bộ_trưởng", "phòng_ngừa", "phòng_chống", "ubnd_ngày", "sở_hữu", "tổ_chức", "báo_cáo", "bảo_đảm", "công_bố", "công_khai", "thông_báo", "thông_tin", "kiểm_tra", "thống_nhất", "thành_lập", "liên_kết", "liên_hệ", "đoàn_kết", "chi_tiết", "chi_trả", "hội_nhập", "học_tập", "đại_diện", "mặt_khác", "văn_bản", "kho_dữ", "trường_hợp", "công_tác", "tập_trung", "quản_lý", "thanh_toán", "thống_kê_số", "cơ_sở", "cơ_chế", "ban_hành", "bộ_tiêu", "bộ_chỉ_số", "bộ_dữ", "bộ_tài_liệu", "tỉnh_hình", "kiểm_soát", "kiểm_định", "bảo_vệ", "bảo_tồn", "thông_qua", "nhà_ở", "nhà_đầu", "cổng_dịch", "liên_thông", "liên_tục", "trung_bình", "thuế_suất", "báo_động", "hỗ_trợ", "điện_tử"]
)
"""Two words that open with the first word of many names and are none."""

PERSONS = (
    ("giám", "đốc"), ("thủ", "trưởng"), ("chủ", "tịch"), ("bộ", "trưởng"), ("lãnh", "đạo"), ("chánh",), ("cục", "trưởng"), ("trưởng",),
    ("người", "đứng", "đầu"), ("tổng", "giám", "đốc"), ("phó", "giám", "đốc"), ("chi", "cục", "trưởng"), ("hiệu", "trưởng"),
    ("thống", "đốc"), ("chỉ", "huy", "trưởng"), ("viện", "trưởng"), ("chánh", "án"), ("tư", "lệnh"), ("tổng", "biên", "tập"), ("bí", "thư"),
    ("đồng", "chí"), ("đ", "/", "c"), ("các", "đồng", "chí"),
    ("phó", "chủ", "tịch", "thường", "trực"), ("phó", "chủ", "tịch"), ("phó", "bí", "thư", "thường", "trực"), ("phó", "bí", "thư"), ("phó", "thủ", "trưởng"), ("phó", "trưởng"),
    ("phó", "chánh"), ("phó", "cục", "trưởng"), ("phó", "chi", "cục", "trưởng"), ("phó", "tổng", "giám", "đốc"), ("phó", "viện", "trưởng"), ("thứ", "trưởng"),
    ("phụ", "trách"), ("ban", "giám", "đốc"), ("ban", "giám", "hiệu"), ("ban", "lãnh", "đạo"), ("quyền", "giám", "đốc"), ("quyền", "cục", "trưởng"), ("quyền", "chủ", "tịch"),
)
HEADS_OF_NAMES = (("tổng", "thanh", "tra"), ("tổng", "kiểm", "toán"))
"""Offices whose title is "Tổng" before the body's own name: Tổng Thanh tra Chính phủ heads Thanh tra Chính phủ."""

ORGANS = (
    ("đảng", "ủy"), ("đảng", "bộ"), ("chi", "bộ"), ("chi", "đoàn"), ("chi", "hội"), ("công", "đoàn"), ("đoàn", "thanh", "niên"), ("ban", "chấp", "hành", "đảng", "bộ"),
    ("ban", "thường", "vụ"), ("ban", "chấp", "hành"),
)
"""Organs that stand before the body which they are in: "Đảng ủy Sở Tài chính" is not that department."""

OPENERS = (
    ("đề", "nghị"), ("giao",), ("yêu", "cầu"), ("phân", "công"), ("trách", "nhiệm", "của"), ("nhiệm", "vụ", "của"), ("đối", "với"), ("đồng", "chủ", "trì"),
    ("chủ", "trì", ":"), ("phối", "hợp", ":"), ("và", "đề", "nghị"),
)

SEPARATORS = frozenset(",;/+•●-–—&\n")
