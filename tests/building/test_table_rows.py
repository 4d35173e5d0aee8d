"""The rows of the tables say what the records say."""

import json

import polars as pl
import pytest

from kg.building.pipeline import build

PLAN = """ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK
Số: 12/KH-UBND
Đắk Lắk, ngày 12 tháng 5 năm 2025

KẾ HOẠCH
Thực hiện chuyển đổi số năm 2025

II. TỔ CHỨC THỰC HIỆN

1. Sở Tài chính
- {first}
2. Công an tỉnh
- {second}
"""


@pytest.mark.parametrize(
    ("first", "role", "agency", "helpers"),
    [
        ("Phối hợp với Sở Công Thương, các đơn vị liên quan cân đối, bố trí kinh phí thực hiện Kế hoạch.", "partner", "Sở Tài chính", "Sở Công Thương; các đơn vị liên quan"),
        ("Chủ trì, phối hợp với Sở Công Thương cân đối, bố trí kinh phí thực hiện Kế hoạch.", "lead", "Sở Tài chính", "Sở Công Thương"),
        ("Phối hợp cân đối, bố trí kinh phí thực hiện Kế hoạch.", "partner", "Sở Tài chính", None),
        ("Cân đối, bố trí kinh phí thực hiện Kế hoạch.", "responsible", "Sở Tài chính", None),
    ],
)
def test_a_duty_tells_who_is_charged_and_who_helps(tmp_path, first: str, role: str, agency: str, helpers: str | None):
    second = "Phối hợp với các sở, ban, ngành triển khai các hoạt động tuyên truyền."
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "ke-hoach.txt").write_text(PLAN.format(first=first, second=second), "utf-8")
    out = build([tmp_path / "plans"], tmp_path / "build").out
    rows = pl.read_parquet(out / "tables" / "duties.parquet").select("role", "agency", "with").rows()
    assert rows == [(role, agency, helpers), ("partner", "Công an tỉnh", "các sở, ban, ngành")]
    records = json.loads((out / "records" / "ke-hoach.json").read_text("utf-8"))["duties"]
    assert [(record["role"], "; ".join(record["agency"]), "; ".join(record["with"]) or None) for record in records] == rows


NATIONAL = """THỦ TƯỚNG CHÍNH PHỦ
Số: 2530/QĐ-TTg
Hà Nội, ngày 19 tháng 11 năm 2025

QUYẾT ĐỊNH
Ban hành Kế hoạch hành động quốc gia về khắc phục ô nhiễm không khí

| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |
| --- | --- | --- | --- | --- |
| 1 | Đầu tư mạng lưới quan trắc | UBND thành phố Hà Nội, Thành phố Hồ Chí Minh | Bộ Tài chính | 2026 |
"""


def test_bodies_of_one_name_are_told_apart_by_their_province(tmp_path):
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "quyet-dinh.md").write_text(NATIONAL, "utf-8")
    out = build([tmp_path / "plans"], tmp_path / "build").out
    (lead,) = pl.read_parquet(out / "tables" / "tasks.parquet")["lead"]
    assert lead == "Ủy ban nhân dân thành phố Hà Nội; Ủy ban nhân dân thành phố Hồ Chí Minh"
