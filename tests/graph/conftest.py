"""Records made by hand from real sentences of the five plans: two tables, prose, an annex, citations."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from kg.graph.quads import document_quads
from kg.records import (
    AgencyMention,
    Citation,
    Document,
    Duty,
    Extraction,
    Header,
    Passage,
    Period,
    ReportingDuty,
    Run,
    Sector,
    Source,
    Span,
    Subsector,
    Target,
    Task,
    TaskPart,
)
from kg.resolution.registry import Registry, load_registry

CORPUS = Path(__file__).parents[2] / "corpus"

LAI_CHAU = """Số: /KH-UBND

Lai Châu, ngày tháng 02 năm 2025

KẾ HOẠCH

Triển khai thực hiện Quyết định số 222/QĐ-TTg ngày 23/01/2025 của Thủ tướng Chính phủ về ban hành Kế hoạch hành động quốc gia thực hiện kinh tế tuần hoàn đến năm 2035 trên địa bàn tỉnh Lai Châu

+ Tỷ lệ tiết kiệm năng lượng trên tổng tiêu thụ năng lượng cuối cùng so với kịch bản phát triển bình thường đạt khoảng 6%¹.

12. Tập trung triển khai thực hiện các nội dung Kế hoạch số 688/KH-UBND ngày 06/4/2020 của Ủy ban nhân dân tỉnh thực hiện Chương trình hành động số 40-CTr/TU ngày 28/12/2019 của Ban Thường vụ Tỉnh ủy; Luật Bảo vệ môi trường.

2. Sở Tài nguyên và Môi trường

- Chủ trì, phối hợp với các sở, ban, ngành tỉnh; Ủy ban nhân dân các huyện, thành phố theo dõi, đôn đốc việc triển khai thực hiện Kế hoạch này.

4. Sở Tài chính

- Trên cơ sở đề xuất của các sở, ban, ngành, Ủy ban nhân dân các huyện, thành phố và khả năng cân đối của ngân sách địa phương; tổng hợp trình cấp có

thẩm quyền bố trí kinh phí chi thường xuyên để thực hiện các nhiệm vụ thuộc Kế hoạch.

6. Ủy ban nhân dân các huyện, thành phố

- Định kỳ hằng năm báo cáo kết quả thực hiện gửi Sở Tài nguyên và Môi trường trước ngày 30 tháng 11 để tổng hợp, báo cáo Ủy ban nhân dân tỉnh.

| 2 | XÂY DỰNG, HOÀN THIỆN THỂ CHẾ, CHÍNH SÁCH | | | | | |
| 2.2.1 | Rà soát, sửa đổi, ban hành các cơ chế, chính sách để khuyến khích thực hiện kinh tế tuần hoàn | Sở Kế hoạch và Đầu tư | Các cơ quan, tổ chức có liên quan | 2025 - 2035 | Đề án/chương trình/kế hoạch/văn bản được ban hành | I, II, IV |
| 3.2.2 | Triển khai các hoạt động khuyến khích chủ dự án đầu tư | Sở Công Thương | Liên minh Hợp tác xã tỉnh Lai Châu | 2025 - 2030 | Đề án khuyến khích | I |
| | | Quỹ Bản làng xanh Mường Tè | Sở Công Thương | Hằng năm | Báo cáo kết quả | Ngân sách tỉnh |

⁵ Nguồn lực dự kiến bao gồm: I. Nguồn ngân sách nhà nước gồm ngân sách trung ương, ngân sách địa phương theo phân cấp; II. Nguồn hỗ trợ quốc tế.

| I | Nông nghiệp, lâm nghiệp và thủy sản | |
| 1 | Trồng trọt | - Trồng trọt nhằm giảm phát thải khí nhà kính |
"""

HUNG_YEN = """Phụ lục I
DANH MỤC CÁC CHƯƠNG TRÌNH, NHIỆM VỤ, HOẠT ĐỘNG
CỦA KẾ HOẠCH HÀNH ĐỘNG THỰC HIỆN KINH TẾ TUẦN HOÀN TỈNH HƯNG YÊN ĐẾN NĂM 2035
1.2.1\tTriển khai lồng ghép nội dung giáo dục về kinh tế tuần hoàn ở các cấp học phổ thông\tSở Giáo dục và Đào tạo\tCác sở, ban, ngành\t2025 - 2035
"""


class Text:
    """A text whose passages are found by their words; a passage broken by "\\n\\n" has two spans."""

    def __init__(self, text: str) -> None:
        self.text = text

    def at(self, words: str, after: str = "") -> Passage:
        start = self.text.index(after) + len(after) if after else 0
        spans, runs, done = [], [], 0
        for piece in words.split("⏎"):
            begin = self.text.index(piece, start)
            start = begin + len(piece)
            spans.append(Span(begin, start))
            runs.append(Run(done, begin, len(piece)))
            done += len(piece) + 1
        return Passage(text=words.replace("⏎", " "), spans=tuple(spans), runs=tuple(runs))

    def body(
        self, name: str, kind: str | None, after: str = "", written: str | None = None, form: str = "body"
    ) -> AgencyMention:
        passage = self.at(written or name, after)
        known = kind is not None or form != "body"
        return AgencyMention(
            name=name, text=passage.text, spans=passage.spans, kind=kind, form=form,  # type: ignore[arg-type]
            confidence=1.0 if known else 0.6, method="registry" if kind else "grammar" if known else "unresolved",
        )  # fmt: skip

    def document(self, path: str, text: str | None = None) -> Document:
        text = self.text if text is None else text
        digest = hashlib.sha256(text.encode()).hexdigest()
        source = Source(path=path, file_sha256=digest, text_sha256=digest, encoding="utf-8", size=len(text.encode()))
        return Document(source=source, text=text, parts=())


def lai_chau() -> Extraction:
    t = Text(LAI_CHAU)
    row1, row2, row3 = "| 2.2.1 |", "| 3.2.2 |", "| | | Quỹ"
    group = t.at("XÂY DỰNG, HOÀN THIỆN THỂ CHẾ, CHÍNH SÁCH")
    open_group = t.body(
        "các cơ quan, tổ chức có liên quan",
        "cac-co-quan-to-chuc-co-lien-quan",
        row1,
        "Các cơ quan, tổ chức có liên quan",
        "open-group",
    )
    districts = "uy-ban-nhan-dan-cac-huyen-thanh-pho"
    industry2 = t.body("Sở Công Thương", "so-cong-thuong", row2)
    industry3 = t.body("Sở Công Thương", "so-cong-thuong", row3)
    union = t.body("Liên minh Hợp tác xã", "lien-minh-hop-tac-xa", row2, "Liên minh Hợp tác xã tỉnh Lai Châu")
    fund = t.body("Quỹ Bản làng xanh Mường Tè", None, "| 3.2.2 |")
    environment = t.body("Sở Tài nguyên và Môi trường", "so-tai-nguyen-va-moi-truong")
    tasks = (
        Task(
            code="2.2.1", groups=(group,), name=t.at("Rà soát, sửa đổi, ban hành các cơ chế, chính sách để khuyến khích thực hiện kinh tế tuần hoàn"),
            lead=(t.body("Sở Kế hoạch và Đầu tư", "so-ke-hoach-va-dau-tu", row1),), partner=(open_group,),
            period=Period(start=2025, end=2035, passage=t.at("2025 - 2035", row1)), product=t.at("Đề án/chương trình/kế hoạch/văn bản được ban hành"),
            objective=None, funding=(t.at("I", "văn bản được ban hành | "), t.at("II", "văn bản được ban hành | I, "), t.at("IV", "văn bản được ban hành | I, II, ")),
            sectors=("I.1",), annexes=("Phụ lục II",),
        ),
        Task(
            code="3.2.2", groups=(group,), name=t.at("Triển khai các hoạt động khuyến khích chủ dự án đầu tư"), lead=(industry2, fund), partner=(union, industry3),
            period=Period(), product=None, objective=None, funding=(),
            parts=(
                TaskPart(lead=(industry2,), partner=(union,), period=Period(start=2025, end=2030, passage=t.at("2025 - 2030", row2)), product=t.at("Đề án khuyến khích"), funding=(t.at("I", "Đề án khuyến khích | "),)),
                TaskPart(lead=(fund,), partner=(industry3,), period=Period(recurrence="annual", passage=t.at("Hằng năm", row3)), product=t.at("Báo cáo kết quả", row3), funding=(t.at("Ngân sách tỉnh"),)),
            ),
        ),
    )  # fmt: skip
    duties = (
        Duty(
            agency=(environment,), role="lead", section="IV.2", actions=("monitor",),
            text=t.at("Chủ trì, phối hợp với các sở, ban, ngành tỉnh; Ủy ban nhân dân các huyện, thành phố theo dõi, đôn đốc việc triển khai thực hiện Kế hoạch này."),
            partners=(
                t.body("các sở, ban, ngành", "cac-so-ban-nganh", "Chủ trì, phối hợp", "các sở, ban, ngành tỉnh", "group"),
                t.body("Ủy ban nhân dân các huyện, thành phố", districts, "Chủ trì, phối hợp", form="group"),
            ),
        ),
        Duty(
            agency=(t.body("Sở Tài chính", "so-tai-chinh"),), role="responsible", section="IV.4", actions=("budget",), partners=(),
            text=t.at("Trên cơ sở đề xuất của các sở, ban, ngành, Ủy ban nhân dân các huyện, thành phố và khả năng cân đối của ngân sách địa phương; tổng hợp trình cấp có⏎thẩm quyền bố trí kinh phí chi thường xuyên để thực hiện các nhiệm vụ thuộc Kế hoạch."),
        ),
        Duty(
            agency=(t.body("Ủy ban nhân dân các huyện, thành phố", districts, "6. ", form="group"),), role="responsible", section="IV.6", partners=(),
            text=t.at("Định kỳ hằng năm báo cáo kết quả thực hiện gửi Sở Tài nguyên và Môi trường trước ngày 30 tháng 11 để tổng hợp, báo cáo Ủy ban nhân dân tỉnh."),
        ),
    )  # fmt: skip
    reporting = ReportingDuty(
        sender=duties[2].agency, receiver=(t.body("Sở Tài nguyên và Môi trường", "so-tai-nguyen-va-moi-truong", "gửi "),),
        deadline="--11-30", frequency="annual", text=duties[2].text,
    )  # fmt: skip
    target = Target(
        text=t.at("Tỷ lệ tiết kiệm năng lượng trên tổng tiêu thụ năng lượng cuối cùng so với kịch bản phát triển bình thường đạt khoảng 6%¹."),
        value=(6.0,), unit="%", comparator="~", by=2030,
    )  # fmt: skip
    sector = Sector(
        code="I", name=t.at("Nông nghiệp, lâm nghiệp và thủy sản"),
        children=(Subsector(code="1", name=t.at("Trồng trọt", "| 1 | "), items=(t.at("Trồng trọt nhằm giảm phát thải khí nhà kính"),)),),
    )  # fmt: skip
    header = Header(
        type="Kế hoạch", number=None, symbol="KH-UBND", issuer="Ủy ban nhân dân tỉnh Lai Châu", province="Lai Châu", date="2025-02",
        title=t.at("Triển khai thực hiện Quyết định số 222/QĐ-TTg ngày 23/01/2025 của Thủ tướng Chính phủ về ban hành Kế hoạch hành động quốc gia thực hiện kinh tế tuần hoàn đến năm 2035 trên địa bàn tỉnh Lai Châu"),
        period=(None, 2035), implements=("222/QĐ-TTg",),
        funding_legend=(("I", t.at("Nguồn ngân sách nhà nước gồm ngân sách trung ương, ngân sách địa phương theo phân cấp")), ("II", t.at("Nguồn hỗ trợ quốc tế"))),
    )  # fmt: skip
    citations = (
        Citation(type="Quyết định", number="222/QĐ-TTg", date="2025-01-23", issuer="Thủ tướng Chính phủ", title="ban hành Kế hoạch hành động quốc gia thực hiện kinh tế tuần hoàn đến năm 2035", relation="implements", spans=t.at("222/QĐ-TTg").spans),
        Citation(type="Kế hoạch", number="688/KH-UBND", date="2020-04-06", issuer="Ủy ban nhân dân tỉnh", title="thực hiện Chương trình hành động số 40-CTr/TU", relation="cites", spans=t.at("688/KH-UBND").spans),
        Citation(type="Chương trình hành động", number="40-CTr/TU", date="2019-12-28", issuer="Ban Thường vụ Tỉnh ủy", title=None, relation="cites", spans=t.at("40-CTr/TU").spans),
        Citation(type="Luật", number=None, date=None, issuer=None, title="Luật Bảo vệ môi trường", relation="legal-basis", spans=t.at("Luật Bảo vệ môi trường").spans),
    )  # fmt: skip
    return Extraction(
        document=t.document("001_6758f893bb076d0a.txt"), header=header, citations=citations, tasks=tasks, duties=duties,
        reporting=(reporting,), targets=(target,), sectors=(sector,),
    )  # fmt: skip


def hung_yen() -> Extraction:
    t = Text(HUNG_YEN)
    task = Task(
        code="1.2.1", groups=(), name=t.at("Triển khai lồng ghép nội dung giáo dục về kinh tế tuần hoàn ở các cấp học phổ thông"),
        lead=(t.body("Sở Giáo dục và Đào tạo", "so-giao-duc-va-dao-tao"),),
        partner=(t.body("các sở, ban, ngành", "cac-so-ban-nganh", written="Các sở, ban, ngành", form="group"),),
        period=Period(start=2025, end=2035, passage=t.at("2025 - 2035")), product=None, objective=None, funding=(),
    )  # fmt: skip
    header = Header(
        type="Phụ lục", number=None, symbol="KH-UBND", issuer="Ủy ban nhân dân tỉnh Hưng Yên", province="Hưng Yên", date="2025-02",
        title=t.at("KẾ HOẠCH HÀNH ĐỘNG THỰC HIỆN KINH TẾ TUẦN HOÀN TỈNH HƯNG YÊN ĐẾN NĂM 2035"), period=(None, 2035), implements=(),
    )  # fmt: skip
    return Extraction(document=t.document("000_b30a2764f1b6c1c1.txt"), header=header, tasks=(task,))


@pytest.fixture(scope="session")
def registry() -> Registry:
    return load_registry()


@pytest.fixture(scope="session")
def plan() -> Extraction:
    return lai_chau()


@pytest.fixture(scope="session")
def other_plan() -> Extraction:
    return hung_yen()


@pytest.fixture
def quads(plan: Extraction, registry: Registry) -> list:
    return document_quads(plan, registry)
