"""The tables of a build: one declaration, from which the files, their types and the data dictionary are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "integer", "number", "yes-no"]
Value = str | int | float | bool | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, type, and what it says in Vietnamese and English."""

    name: str
    kind: Kind
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class TableKind:
    """A table: what a row is, and its columns."""

    name: str
    vi: str
    en: str
    columns: tuple[Column, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(column.name for column in self.columns)


_DOCUMENT = (
    Column("document", "text", "Địa chỉ (IRI) của văn bản", "address (IRI) of the document"),
    Column("file", "text", "Tệp nguồn", "source file"),
)
_EVIDENCE = (
    Column("quote", "text", "Trích nguyên văn (đoạn đầu)", "verbatim quote (its first piece)"),
    Column("start", "integer", "Vị trí đầu đoạn trích trong texts/, tính theo ký tự Unicode", "offset of the quote's start in texts/, in code points"),
    Column("end", "integer", "Vị trí ngay sau đoạn trích", "offset just behind the quote"),
)
_WHO = (
    Column("agency", "text", "Địa chỉ cơ quan hoặc nhóm", "address of the agency or group"),
    Column("agency_name", "text", "Tên chuẩn của cơ quan", "the agency's proper name"),
    Column("form", "text", "agency = cơ quan, group = nhóm, open-group = nhóm mở", "agency, group (members can be known) or open-group"),
    Column("kind", "text", "Loại cơ quan (mã trong danh mục); trống: chưa nhận ra", "registry slug of the kind of agency; empty: not resolved"),
)

DOCUMENTS = TableKind("documents", "Văn bản đã đọc", "documents that were read", (
    *_DOCUMENT,
    Column("type", "text", "Loại văn bản (mã trong danh mục)", "document type (registry slug)"),
    Column("number", "text", "Số, ký hiệu", "number"),
    Column("symbol", "text", "Ký hiệu khi số để trống", "symbol where the number is blank"),
    Column("title", "text", "Tên văn bản", "title"),
    Column("issuer", "text", "Cơ quan ban hành", "issuer"),
    Column("province", "text", "Tỉnh, thành phố (mã trong danh mục)", "province (registry slug)"),
    Column("province_name", "text", "Tên tỉnh, thành phố", "the province's name"),
    Column("date", "text", "Ngày ban hành, đủ đến đâu ghi đến đó", "date, as precise as the text gives it"),
    Column("period_start", "integer", "Năm đầu của giai đoạn", "first year of the period"),
    Column("period_end", "integer", "Năm cuối của giai đoạn", "last year of the period"),
    Column("implements", "text", "Văn bản được triển khai (các IRI cách bởi dấu cách)", "documents it carries out (addresses separated by spaces)"),
    Column("probably_implements", "text", "Suy luận: có lẽ triển khai (IRI)", "inferred: probably carries out (addresses)"),
    Column("signer", "text", "Người ký", "signer"),
    Column("source_sha256", "text", "SHA-256 của tệp", "SHA-256 of the file"),
    Column("text_sha256", "text", "SHA-256 của văn bản chuẩn hóa, tên tệp trong texts/", "SHA-256 of the canonical text, its name in texts/"),
))  # fmt: skip

TASKS = TableKind("tasks", "Nhiệm vụ", "tasks", (
    *_DOCUMENT,
    Column("task", "text", "Địa chỉ nhiệm vụ", "address of the task"),
    Column("position", "integer", "Thứ tự trong kế hoạch", "place in the plan's order"),
    Column("code", "text", "Mã như in (không duy nhất)", "code as printed (not unique)"),
    Column("groups", "text", "Các đề mục bên trên, ngoài cùng trước, cách bởi ' > '", "headings above, outermost first, separated by ' > '"),
    Column("name", "text", "Tên nhiệm vụ", "the task's name"),
    Column("lead", "text", "Chủ trì, cách bởi '; ' (của cả các phần)", "leads, separated by '; ' (those of the parts, too)"),
    Column("partner", "text", "Phối hợp, cách bởi '; '", "partners, separated by '; '"),
    Column("start_year", "integer", "Từ năm", "from year"),
    Column("end_year", "integer", "Đến năm", "to year"),
    Column("recurrence", "text", "Nhịp lặp lại (annual, continuous …)", "rhythm (annual, continuous …)"),
    Column("time_text", "text", "Thời gian như in", "time as printed"),
    Column("product", "text", "Sản phẩm", "product"),
    Column("objective", "text", "Mục tiêu", "objective"),
    Column("funding", "text", "Nguồn lực như in, cách bởi '; '", "funding as printed, separated by '; '"),
    Column("sectors", "text", "Lĩnh vực ưu tiên được nêu tên (mã)", "priority sectors that it names (codes)"),
    Column("annexes", "text", "Phụ lục được dẫn chung", "annexes that it points at as a whole"),
    Column("parts", "integer", "Số phần có chủ trì riêng", "number of parts with leads of their own"),
    *_EVIDENCE,
))  # fmt: skip

PARTS = TableKind("parts", "Phần nhiệm vụ có chủ trì riêng", "parts of tasks, with leads of their own", (
    *_DOCUMENT,
    Column("task", "text", "Địa chỉ nhiệm vụ chứa nó", "address of its task"),
    Column("part", "text", "Địa chỉ của phần", "address of the part"),
    Column("position", "integer", "Thứ tự trong nhiệm vụ", "place in its task's order"),
    Column("start_year", "integer", "Từ năm; trống: như nhiệm vụ", "from year; empty: as its task"),
    Column("end_year", "integer", "Đến năm; trống: như nhiệm vụ", "to year; empty: as its task"),
    Column("recurrence", "text", "Nhịp lặp lại", "rhythm"),
    Column("time_text", "text", "Thời gian như in", "time as printed"),
    Column("product", "text", "Sản phẩm; trống: như nhiệm vụ", "product; empty: as its task"),
    Column("funding", "text", "Nguồn lực như in, cách bởi '; '", "funding as printed, separated by '; '"),
    *_EVIDENCE,
))  # fmt: skip

ASSIGNMENTS = TableKind("assignments", "Phân công: một dòng cho mỗi cặp nhiệm vụ, cơ quan, vai trò", "assignments: a row for each task or duty, agency and role", (
    *_DOCUMENT,
    Column("province", "text", "Tỉnh, thành phố (mã)", "province (slug)"),
    Column("province_name", "text", "Tên tỉnh, thành phố", "the province's name"),
    Column("assignment", "text", "Địa chỉ phân công", "address of the assignment"),
    Column("of", "text", "task, part hoặc duty", "task, part or duty"),
    Column("unit", "text", "Địa chỉ của chính việc được giao: nhiệm vụ, phần hoặc công việc", "address of the very work charged: task, part or duty"),
    Column("task", "text", "Địa chỉ nhiệm vụ (của phần: nhiệm vụ chứa nó) hoặc công việc", "address of the task (of a part: its task) or duty"),
    Column("task_name", "text", "Tên nhiệm vụ hoặc lời giao việc", "the task's name or the duty's words"),
    Column("role", "text", "lead, partner, responsible", "lead, partner, responsible"),
    *_WHO,
    Column("agency_province", "text", "Tỉnh, thành phố của chính cơ quan (mã); trống nếu ở trung ương hoặc không rõ", "the agency's own province (slug); empty for a central or an unknown one"),
    Column("agency_province_name", "text", "Tên tỉnh, thành phố của chính cơ quan", "the name of the agency's own province"),
    Column("confidence", "number", "Độ tin cậy, 0 đến 1", "confidence, 0 to 1"),
    Column("method", "text", "Quy tắc nhận ra tên", "rule that recognised the name"),
    Column("reason", "text", "Vì sao tên này là cơ quan ấy, bằng lời", "why the name stands for that agency, in Vietnamese"),
    Column("reason_en", "text", "Như trên, tiếng Anh", "the same in English"),
    *_EVIDENCE,
    Column("written", "text", "Tên như viết trong văn bản", "the name as written"),
    Column("possible", "yes-no", "Chỉ là một trong các cơ quan mà văn bản nối bằng “hoặc”", "only one of the bodies between which the text says “hoặc” (or)"),
    Column("status", "text", "Thẩm tra: unreviewed, confirmed, rejected (không tính vào khối lượng)", "review: unreviewed, confirmed, rejected (counts for no load)"),
))  # fmt: skip

DUTIES = TableKind("duties", "Công việc giao trong phần tổ chức thực hiện", "duties in prose", (
    *_DOCUMENT,
    Column("duty", "text", "Địa chỉ", "address"),
    Column("section", "text", "Mục", "section"),
    Column("role", "text", "lead, partner, responsible", "lead, partner, responsible"),
    Column("agency", "text", "Cơ quan được giao, cách bởi '; '", "agencies charged, separated by '; '"),
    Column("with", "text", "Phối hợp với, cách bởi '; '", "bodies to work with, separated by '; '"),
    Column("actions", "text", "Hành động cụ thể (mã vai trò), cách bởi dấu cách", "its verbs (role slugs), separated by spaces"),
    Column("text", "text", "Lời văn", "its words"),
    *_EVIDENCE,
))  # fmt: skip

REPORTING = TableKind("reporting", "Chế độ báo cáo", "reporting duties", (
    *_DOCUMENT,
    Column("reporting", "text", "Địa chỉ", "address"),
    Column("from", "text", "Nơi báo cáo, cách bởi '; '", "who reports, separated by '; '"),
    Column("to", "text", "Nơi nhận, cách bởi '; '", "to whom, separated by '; '"),
    Column("deadline", "text", "Hạn: --11-30 là 30/11 hằng năm", "deadline; --11-30 is 30 November each year"),
    Column("frequency", "text", "Nhịp báo cáo", "rhythm"),
    Column("text", "text", "Lời văn", "its words"),
    *_EVIDENCE,
))  # fmt: skip

TARGETS = TableKind("targets", "Chỉ tiêu", "quantitative targets", (
    *_DOCUMENT,
    Column("target", "text", "Địa chỉ", "address"),
    Column("min", "number", "Giá trị nhỏ nhất; trống nếu chỉ nêu mức tối đa", "smallest value; empty where only a most is stated"),
    Column("max", "number", "Giá trị lớn nhất (bằng min nếu chỉ có một số); trống nếu chỉ nêu mức tối thiểu", "largest value (equal to min for one figure); empty where only a least is stated"),
    Column("unit", "text", "Đơn vị", "unit"),
    Column("comparator", "text", ">=, >, =, ~, reduce, <=, <", ">=, >, =, ~, reduce, <=, <"),
    Column("by", "integer", "Đến năm", "by year"),
    Column("text", "text", "Lời văn", "its words"),
    *_EVIDENCE,
))  # fmt: skip

SECTORS = TableKind("sectors", "Lĩnh vực ưu tiên", "priority sectors", (
    *_DOCUMENT,
    Column("sector", "text", "Địa chỉ", "address"),
    Column("code", "text", "Mã", "code"),
    Column("name", "text", "Tên", "name"),
    Column("parent", "text", "Địa chỉ lĩnh vực chứa nó", "address of the sector above"),
    Column("items", "text", "Nội dung, cách bởi '; '", "items, separated by '; '"),
    *_EVIDENCE,
))  # fmt: skip

CITATIONS = TableKind("citations", "Văn bản được dẫn", "cited documents", (
    *_DOCUMENT,
    Column("cited", "text", "Địa chỉ văn bản được dẫn", "address of the cited document"),
    Column("cited_type", "text", "Loại (mã)", "type (slug)"),
    Column("cited_number", "text", "Số, ký hiệu", "number"),
    Column("cited_date", "text", "Ngày như văn bản này ghi", "date as this document gives it"),
    Column("cited_title", "text", "Tên như văn bản này ghi", "title as this document gives it"),
    Column("relation", "text", "implements, legal-basis, proposal, self, cites", "implements, legal-basis, proposal, self, cites"),
    Column("mentions", "integer", "Số lần dẫn", "number of mentions"),
    *_EVIDENCE,
))  # fmt: skip

AGENCIES = TableKind("agencies", "Cơ quan và nhóm, với khối lượng việc", "agencies and groups with their load", (
    *_WHO,
    Column("province", "text", "Tỉnh, thành phố (mã); trống: trung ương hoặc chưa rõ", "province (slug); empty: central or unknown"),
    Column("province_name", "text", "Tên tỉnh, thành phố", "the province's name"),
    Column("level", "text", "Cấp", "level"),
    Column("documents", "integer", "Số văn bản giao việc", "documents that charge it"),
    Column("led", "integer", "Nhiệm vụ chủ trì (đồng chủ trì tính đủ)", "tasks led (each co-lead counts in full)"),
    Column("led_fractional", "number", "Nhiệm vụ chủ trì, chia đều cho các cơ quan đồng chủ trì", "tasks led, shared among their leads"),
    Column("partnered", "integer", "Nhiệm vụ phối hợp", "tasks in which it is a partner"),
    Column("duties", "integer", "Công việc được giao trong lời văn", "duties in prose that charge it"),
))  # fmt: skip

FINDINGS = TableKind("findings", "Điều cần người xem lại", "what a person should look at", (
    Column("file", "text", "Tệp nguồn", "source file"),
    Column("severity", "text", "error, warning, note", "error, warning, note"),
    Column("code", "text", "Mã cố định", "stable code"),
    Column("vi", "text", "Diễn giải", "in Vietnamese"),
    Column("en", "text", "Tiếng Anh", "in English"),
    Column("line", "integer", "Dòng trong texts/", "line in texts/"),
    *_EVIDENCE,
))  # fmt: skip

ALIGNMENTS = TableKind("alignments", "Đối chiếu nhiệm vụ với nhiệm vụ quốc gia theo lời văn", "tasks set beside the national tasks of the decision that their plan carries out, by their words", (
    Column("id", "text", "Mã cố định, để ghi ý kiến thẩm định", "stable id, to which a person's word refers"),
    Column("task", "text", "Địa chỉ nhiệm vụ của kế hoạch", "address of the plan's task"),
    Column("task_code", "text", "Mã như in", "code as printed"),
    Column("task_name", "text", "Tên nhiệm vụ", "the task's name"),
    Column("plan", "text", "Địa chỉ kế hoạch", "address of the plan"),
    Column("province", "text", "Tỉnh, thành phố (mã)", "province (slug)"),
    Column("decision", "text", "Địa chỉ quyết định", "address of the decision"),
    Column("national", "text", "Địa chỉ nhiệm vụ quốc gia gần nhất; trống: không có", "address of the nearest national task; empty: none comes near"),
    Column("national_code", "text", "Mã như in trong quyết định", "code as printed in the decision"),
    Column("national_name", "text", "Tên nhiệm vụ quốc gia", "the national task's name"),
    Column("outcome", "text", "accepted = máy nhận, queued = chờ người xem, none = không có", "accepted by the machine, queued for a person, or none"),
    Column("score", "number", "Độ giống (cosin), 0 đến 1", "likeness (cosine), 0 to 1"),
    Column("second", "number", "Độ giống của nhiệm vụ gần thứ hai", "likeness of the second nearest"),
    Column("containment", "number", "Tỷ lệ cụm ba tiếng của nhiệm vụ có trong nhiệm vụ quốc gia", "share of its three-syllable runs that the national task has"),
    Column("origin", "text", "copied = chép, adapted = sửa đổi, added = tự bổ sung", "copied, adapted or added"),
    Column("status", "text", "unreviewed, confirmed, rejected, justified", "unreviewed, confirmed, rejected, justified"),
))  # fmt: skip


def _pair_side(name: str, vi: str, en: str) -> tuple[Column, ...]:
    return (
        Column(name, "text", f"Địa chỉ nhiệm vụ hoặc công việc {vi}", f"address of the {en} task or duty"),
        Column(f"{name}_code", "text", "Mã hoặc mục", "code or section"),
        Column(f"{name}_text", "text", "Lời văn", "its words"),
        Column(f"{name}_leads", "text", "Cơ quan chủ trì hoặc thực hiện, cách bởi '; '", "who leads or carries it out, separated by '; '"),
        Column(f"{name}_plan", "text", "Địa chỉ văn bản", "address of its document"),
    )


OVERLAPS = TableKind("overlaps", "Cặp nhiệm vụ chồng lấn, trùng hoặc mâu thuẫn trong một tỉnh: ứng viên chờ thẩm định", "pairs of one jurisdiction that overlap, duplicate or contradict each other: candidates for review", (
    Column("id", "text", "Mã cố định, để ghi ý kiến thẩm định", "stable id, to which a person's word refers"),
    Column("level", "text", "overlap = chồng lấn, duplication = trùng lặp, repetition = lặp lại, nested = lồng nhau, contradiction = mâu thuẫn", "overlap, duplication, repetition, nested or contradiction"),
    Column("province", "text", "Tỉnh, thành phố (mã); trống: văn bản trung ương", "province (slug); empty: a central document"),
    *_pair_side("first", "thứ nhất", "first"),
    *_pair_side("second", "thứ hai", "second"),
    Column("score", "number", "Độ giống chung, 0 đến 1", "likeness of the whole wording, 0 to 1"),
    Column("activity", "number", "Độ giống của việc làm", "likeness of what is done"),
    Column("goal", "number", "Độ giống của mục tiêu; trống: không bên nào nêu", "likeness of the goal; empty: neither states one"),
    Column("beneficiary", "number", "Độ giống của đối tượng; trống: không bên nào nêu", "likeness of whom it serves; empty: neither states it"),
    Column("product", "number", "Độ giống của sản phẩm; trống: có bên không nêu", "likeness of the product; empty: one states none"),
    Column("first_only", "text", "Lời chỉ bên thứ nhất có", "words that only the first has"),
    Column("second_only", "text", "Lời chỉ bên thứ hai có", "words that only the second has"),
    Column("reason_vi", "text", "Vì sao nêu", "why it is shown, in Vietnamese"),
    Column("reason_en", "text", "Vì sao nêu (tiếng Anh)", "why it is shown"),
    Column("benefit_vi", "text", "Lợi ích có thể có", "what good it may do, in Vietnamese"),
    Column("benefit_en", "text", "Lợi ích có thể có (tiếng Anh)", "what good it may do"),
    Column("status", "text", "unreviewed, confirmed, rejected, justified", "unreviewed, confirmed, rejected, justified"),
))  # fmt: skip

TABLES = (DOCUMENTS, TASKS, PARTS, ASSIGNMENTS, DUTIES, REPORTING, TARGETS, SECTORS, CITATIONS, AGENCIES, ALIGNMENTS, OVERLAPS, FINDINGS)


def data_dictionary() -> str:
    """Give the README of the tables: every table and column, in Vietnamese and English."""
    lines = [
        "# Từ điển dữ liệu · Data dictionary",
        "",
        "Mỗi bảng có hai dạng: CSV (UTF-8 có BOM, mở được bằng Excel) và Parquet (có kiểu dữ liệu). Ô trống: văn bản không nêu.",
        "Trong CSV, ô văn bản mở đầu bằng = + - @ có dấu ' ở trước để bảng tính không chạy nó như công thức; Parquet giữ nguyên văn.",
        "",
        "Each table comes as CSV (UTF-8 with byte order mark) and as Parquet (typed). An empty cell: the text does not say.",
        "In CSV, a text that opens with = + - @ has ' before it, so that no spreadsheet runs it as a formula; Parquet has the text itself.",
    ]
    for table in TABLES:
        lines += ["", f"## {table.name}", "", f"{table.vi} · {table.en}", "", "| column | type | vi | en |", "| --- | --- | --- | --- |"]
        lines += [f"| `{c.name}` | {c.kind} | {c.vi} | {c.en} |" for c in table.columns]
    return "\n".join(lines) + "\n"
