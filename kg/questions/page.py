"""All questions at a glance: the list of the command, and ``docs/questions.md``, both made from the headers.

``python -m kg.questions.page > docs/questions.md`` writes the page anew.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from kg.questions.header import list_questions
from kg.questions.records import Question, Text

GROUPS: dict[str, Text] = {
    "list": Text("Danh sách và hồ sơ", "Lists and dossiers"),
    "load": Text("Khối lượng việc", "Workload"),
    "time": Text("Thời gian", "Time"),
    "clarity": Text("Rõ người, rõ việc", "Clarity"),
    "cooperation": Text("Phối hợp", "Cooperation"),
    "comparison": Text("So sánh các tỉnh", "Provinces compared"),
    "national": Text("Văn bản cấp trên", "Higher documents"),
    "sector": Text("Ngành, lĩnh vực", "Sectors"),
    "target": Text("Chỉ tiêu", "Targets"),
    "reporting": Text("Báo cáo", "Reporting"),
    "reform": Text("Sắp xếp bộ máy", "Reorganisation"),
    "source": Text("Căn cứ và viện dẫn", "Evidence and citations"),
    "review": Text("Thẩm định", "Review"),
}
"""The groups of the list, in its order: the first tag of each question."""


def grouped(questions: Sequence[Question]) -> list[tuple[Text, list[Question]]]:
    """Give the questions by group; a first tag that names no group makes its own, at the end."""
    tags = [*GROUPS, *sorted({question.tags[0] for question in questions} - GROUPS.keys())]
    found = [(GROUPS.get(tag, Text(tag, tag)), [question for question in questions if question.tags[0] == tag]) for tag in tags]
    return [(title, members) for title, members in found if members]


def list_text(questions: Sequence[Question], lang: str | None = None) -> str:
    """Give the list: a group, then a line a question; in both languages where none is named."""
    width = max(len(question.name) for question in questions) + 1
    lines: list[str] = []
    for title, members in grouped(questions):
        lines += ["", title.told(lang) if lang else f"{title.vi} | {title.en}"]
        lines += [f"  {question.name:{width}} {question.title.told(lang) if lang else f'{question.title.vi} | {question.title.en}'}" for question in members]
    return "\n".join(lines[1:])


def questions_page(questions: Sequence[Question]) -> str:
    """Give the table of all questions in Markdown."""
    lines = [_OPENING.format(count=len(questions))]
    for title, members in grouped(questions):
        lines += [f"### {title.vi} · {title.en}", "", "| name | hỏi gì · what it asks | tham số · parameters |", "| --- | --- | --- |"]
        lines += [f"| [`{each.name}`](../queries/{each.name}.rq) | {_cell(each.title.vi)} · *{_cell(each.title.en)}* | {_parameters(each)} |" for each in members]
        lines.append("")
    lines.append(_DETAILS)
    for question in sorted(questions, key=lambda each: each.name):
        lines += [
            f"### {question.name}", "", f"**{question.title.vi}** · *{question.title.en}*", "",
            f"{question.description.vi} *{question.description.en}*", "",
            f"- Vì sao: {question.why.vi} *{question.why.en}*",
            f"- Cách đọc: {question.reading.vi} *{question.reading.en}*", "",
        ]  # fmt: skip
    return "\n".join(lines).rstrip() + "\n"


def _parameters(question: Question) -> str:
    return ", ".join(f"`{each.name}` ({each.every.vi} · *{each.every.en}*)" for each in question.parameters) or "–"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


_OPENING = """# Câu hỏi có sẵn · The question library

{count} câu hỏi, mỗi câu một tệp SPARQL trong [`queries/`](../queries). Trang này làm từ phần mô tả đầu mỗi tệp.

*{count} questions, one SPARQL file each in [`queries/`](../queries). This page is made from their headers.*

```sh
mandategraph query                                                  # danh sách · the list
mandategraph query --describe tasks-due                             # giải thích · what it asks, why, how to read it
mandategraph query tasks-due --param year=2030 --param province="lai chau"
mandategraph query tasks-due --lang en --format csv > tasks-due.csv  # mọi dòng, mọi cột, mở bằng Excel · for a spreadsheet
mandategraph query agency-load --as-of 01/7/2025                    # tính đến một ngày · as of a date: docs/as-of.md
mandategraph query --file my.rq                                     # câu hỏi của riêng mình · a query of your own
```

- Trên bảng có câu nói rõ đang hỏi gì, với các giá trị; tham số không nêu là hỏi tất cả. *Above the table a sentence says what is asked, with the
  values; a parameter that is not given asks for all.*
- Giá trị viết có dấu hay không đều được: `"so cong thuong"`. Nêu `--param` hai lần là hỏi hai giá trị. *Values go with or without diacritics; a
  parameter given twice has two values.*
- Không có dòng nào thì nói vì sao: giá trị nào không còn gì, hoặc phần nào của câu hỏi không có trong đồ thị. *An empty answer says why: which value
  leaves nothing, or which part of the question the graph does not have.*
- Không nêu `--lang`, tệp CSV giữ tên cột và mã như trong câu hỏi; với `--lang vi` hoặc `--lang en`, cả cột lẫn ô đều bằng chữ. *Without `--lang`, CSV
  keeps the names and codes of the query; with it, headings and cells are in words.*

```python
from kg import list_questions, open_store, run
from kg.questions import describe_run, explain_empty, in_words, get_question

store = open_store("build")
answer = run("tasks-due", store, {{"province": "lai chau", "year": 2030}})
describe_run("tasks-due", store, {{"province": "lai chau", "year": 2030}}).en   # "Tasks due in 2030, Lai Chau."
in_words(get_question("tasks-due"), answer, store, "en")                       # labels and codes in English
if not answer.rows:
    print(explain_empty("tasks-due", store, {{"province": "lai chau", "year": 2030}}).vi)
```

## Danh sách · The list
"""
_DETAILS = "## Từng câu hỏi · Each question\n"


if __name__ == "__main__":
    sys.stdout.write(questions_page(list_questions()))
