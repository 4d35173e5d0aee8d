"""The report of contradictions: what a document says against itself or against its day, each with its passage."""

from __future__ import annotations

import polars as pl

from kg.analysis.contradictions import SORTS, UNCERTAIN, Sort
from kg.reporting.context import REVIEWED, TASK_ADDRESS, Context, left_out, scope, shorten, table_of, where
from viz.report_model import Column, Finding, Quote, Report, Section, Words

SORT_WORDS: dict[Sort, Words] = {
    "table-and-prose": Words("bảng và lời văn giao cho cơ quan khác nhau", "table and prose charge different bodies"),
    "lead-and-partner": Words("vừa chủ trì vừa phối hợp", "lead and also partner"),
    "out-of-period": Words("thời gian ngoài thời kỳ của kế hoạch", "years outside of the plan's"),
    "annex-missing": Words("dẫn tới phụ lục không có", "points at an annex that is not there"),
    "abolished-body": Words("giao cho cơ quan không còn tồn tại", "charges a body that had ended"),
}
_STATES = {**{str(sort): (words, "soft" if sort in UNCERTAIN else "bad") for sort, words in SORT_WORDS.items()}, **REVIEWED}
_DOUBTS: dict[Sort, Words] = {
    "table-and-prose": Words("Máy xét theo lời văn; cần người xem lại hai chỗ có phải một việc không.", "Judged by words; a person should see whether both are one work."),
    "annex-missing": Words("Có thể không phải lỗi của văn bản: phụ lục có thể được ban hành ở tệp khác.", "It may be no fault of the text: the annex may have been published as another file."),
}
_COLUMNS = (
    Column("sort", Words("Loại", "Sort")), Column("name", Words("Việc", "Work")), Column("vi", Words("Điều không khớp", "What does not fit (Vietnamese)")), Column("en", Words("Điều không khớp (tiếng Anh)", "What does not fit")),
    Column("quote", Words("Nguyên văn", "Quote")), Column("said_at", Words("Ở đâu", "Where")), Column("status", Words("Thẩm định", "Review")), TASK_ADDRESS, Column("id", Words("Mã để quyết định", "Id for a decision"), "data"),
)  # fmt: skip
SHOWN = 6


def make_contradictions_report(context: Context) -> Report:
    """Make the report: the documents as written, whatever the date asked."""
    found = context.contradictions.with_columns(pl.col("work").alias("task"))
    found = found.with_columns(pl.Series("said_at", [where(row, context.names) for row in found.iter_rows(named=True)], dtype=pl.String))
    by_place = {str(key[0]): rows for key, rows in found.group_by("place", maintain_order=True)}
    sections = [_summary(found, len(context.facts.documents))]
    sections += [_section(context, place, name, by_place[place]) for place, name in context.facts.places.items() if place in by_place]
    return Report(
        key="contradictions", title=Words("Chỗ mâu thuẫn trong văn bản", "Contradictions in the documents"),
        lead=Words("Năm loại, mỗi chỗ kèm nguyên văn. Tên cơ quan xét như văn bản viết, vào ngày của văn bản.", "Five sorts, each with its passage. Names are taken as written, at the date of the document."),
        sections=tuple(sections), scope=scope(context), left_out=left_out(context), constants=context.constants, states=_STATES,
        formulas=(
            ("bảng – lời văn", Words("một nhiệm vụ trong bảng và một việc trong lời văn của cùng văn bản giống nhau từ 0,75, không có chủ trì chung", "a task and a duty of one document are alike from .75 and have no lead in common")),
            ("chủ trì – phối hợp", Words("một cơ quan đích danh ở cả hai cột của cùng một việc; nhóm không tính", "a named body in both columns of one work; groups do not count")),
            ("ngoài thời kỳ", Words("năm của việc sau năm cuối hoặc trước năm đầu mà kế hoạch nêu; kế hoạch không nêu năm đầu: việc đã xong trước năm ban hành", "years after the last or before the first that the plan states; where it states no first: work that was over before the document's year")),
            ("phụ lục", Words("việc dẫn tới phụ lục mà văn bản không có tiêu đề; văn bản có phụ lục không đánh số thì không xét", "a task points at an annex of which the document has no heading; documents with an annex without a number are not judged")),
            ("không còn tồn tại", Words("cơ quan chủ trì hoặc thực hiện đã kết thúc trước ngày của văn bản, theo danh mục", "the lead or responsible body had ended before the document's date, by the registry")),
        ),
    )  # fmt: skip


def _summary(found: pl.DataFrame, documents: int) -> Section:
    counts = dict(found.group_by("sort").agg(pl.len()).rows())
    rows = tuple((sort, counts.get(sort, 0)) for sort in SORTS)
    columns = (Column("sort", Words("Loại", "Sort")), Column("count", Words("Số chỗ", "Places"), "integer", "n"))
    if found.is_empty():
        said = Words(f"Không thấy mâu thuẫn nào trong năm loại ({documents} văn bản).", f"No contradiction of the five sorts was found ({documents} documents).")
    else:
        held = found["document"].n_unique()
        said = Words(f"{len(found)} chỗ không khớp, ở {held} trên {documents} văn bản.", f"{len(found)} places that do not fit, in {held} of {documents} documents.")
    return Section("sorts", Words("Theo loại", "By sort"), (Finding(said, level="none" if found.is_empty() else "plain"),), (), (table_of(pl.DataFrame(rows, schema={"sort": pl.String, "count": pl.Int64}, orient="row"), "sorts-table", Words("Số chỗ theo loại", "Places by sort"), columns),))


def _section(context: Context, place: str, name: str, rows: pl.DataFrame) -> Section:
    return Section(f"at-{place}", Words(name, name), tuple(_finding(context, row) for row in rows.head(SHOWN).iter_rows(named=True)), (), (table_of(rows, "contradictions", Words(f"Từng chỗ tại {name}", f"Each place in {name}"), _COLUMNS, folded=True, place=place),))


def _finding(context: Context, row: dict[str, str]) -> Finding:
    sort: Sort = next(each for each in SORTS if each == row["sort"])
    name = shorten(row["name"]).rstrip(" .;")
    return Finding(Words(f"“{name}”: {row['vi']}", f"“{name}”: {row['en']}"), _DOUBTS.get(sort), (Quote(row["quote"], where(row, context.names)),))
