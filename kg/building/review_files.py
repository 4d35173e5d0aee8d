"""The questions as files: ``review.csv`` for spreadsheets and ``review.html`` to read and answer, both offline."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from string import Template

from kg.building.review_answer import OWN
from kg.building.review_queue import FORMULA, Question
from kg.resolution.decisions import ANSWERS, WITHDRAWN
from kg.resolution.decisions_files import guard
from viz.policy import MARK, lock_page

_COLUMNS = (
    "rank", "question", "sort", "place", "question_vi", "question_en", "read_as", "impact", "doubt", "assignments", "share", "file", "line",
    "quote", "candidates", "answers", "former",
)  # fmt: skip
_PLAIN = re.compile(r"[\w./-]+", re.ASCII)
_SORTS = {
    "unresolved": ("tên chưa nhận ra", "unresolved name"), "abbreviation": ("chữ viết tắt", "abbreviation"),
    "uncertain": ("nhận ra chưa chắc", "uncertain name"), "finding": ("điều chưa hiểu", "not understood"),
    "contradiction": ("mâu thuẫn", "contradiction"), "overlap": ("có thể chồng lấn", "may overlap"), "alignment": ("ứng với nhiệm vụ quốc gia?", "carries out a national task?"),
}  # fmt: skip
_ANSWERS = {
    "same": ("đúng là nhiệm vụ ấy", "it does"), "not-same": ("không phải", "not that"), "unsure": ("chưa rõ", "unsure"), "confirmed": ("đúng là có vấn đề", "a fault indeed"),
    "rejected": ("báo nhầm", "no fault: false alarm"), "justified": ("có lý do chính đáng", "justified"),
}  # fmt: skip


def answer_lines(question: Question, build: str) -> list[tuple[str, str, str]]:
    """Give each answer: in Vietnamese, in English, and the command that records it, without who and why."""
    about = question.draft.about
    head = f"mandategraph decide {question.id}"
    tail = "" if build == "build" else f" --build {_quoted(build)}"
    lines = []
    if about == "identity":
        lines += [(f"là {each.name}", f"is {each.name}", f"{head} same {_quoted(each.object.removeprefix('kind/'))}{tail}") for each in question.candidates]
        own = ("là một cơ quan riêng, tên như vậy", "is a body of its own, of that name", f"{head} same {OWN}{tail}")
        lines.append(own if question.sort == "unresolved" else ("không phải cơ quan đó", "not that agency", f"{head} not-same{tail}"))
        lines.append(("là cơ quan khác: thay AGENCY bằng mã hoặc tên", "is another: replace AGENCY by its slug or name", f"{head} same AGENCY{tail}"))
        lines.append((*_ANSWERS["unsure"], f"{head} unsure{tail}"))
        return lines
    return [(*_ANSWERS.get(answer, (answer, answer)), f"{head} {answer}{tail}") for answer in ANSWERS[about] if answer not in ("proposed", WITHDRAWN)]


def _quoted(word: str) -> str:
    """Quote a word for a shell: in double quotes, which every shell knows, unless a letter in it is one's own."""
    import shlex

    if _PLAIN.fullmatch(word):
        return word
    return shlex.quote(word) if re.search(r'["$`\\!%]', word) else f'"{word}"'


def review_csv(questions: Sequence[Question], build: str) -> bytes:
    """Give the questions as CSV: UTF-8 with byte order mark, no cell that a spreadsheet would run."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for rank, each in enumerate(questions, 1):
        first = each.passages[0] if each.passages else None
        cells = (
            rank, each.id, each.sort, each.place_name, each.vi, each.en, each.now, round(each.impact, 6), each.doubt, each.assignments, each.share,
            first.file if first else "", first.number if first else "", first.line if first else "",
            " | ".join(f"{c.object} ({c.vi})" for c in each.candidates), " | ".join(command for *_, command in answer_lines(each, build)),
            f"{each.former.answer}, {each.former.who}, {each.former.when}: {each.former.why}" if each.former else "",
        )  # fmt: skip
        writer.writerow([guard(cell) if isinstance(cell, str) else cell for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def review_page(questions: Sequence[Question], build: str) -> str:
    """Give the questions as one page: what it shows is escaped, and it asks nothing of the network."""
    sorts = [sort for sort in _SORTS if any(each.sort == sort for each in questions)]
    filters = "".join(
        f'<label><input type="checkbox" name="sort" value="{sort}" checked> {_both(*_SORTS[sort])} ({sum(each.sort == sort for each in questions)})</label>'
        for sort in sorts
    )
    style, script = "\n" + _asset("review.css"), "\n" + _asset("review.js")
    page = Template(_asset("review.html")).substitute(
        policy=MARK, style=style, script=script, count=len(questions), filters=filters,
        formula=escape(FORMULA), questions="\n".join(_article(rank, each, build) for rank, each in enumerate(questions, 1)),
    )  # fmt: skip
    return lock_page(page, scripts=[script], styles=[style])


def _article(rank: int, each: Question, build: str) -> str:
    figures = _both(
        f"ảnh hưởng {each.impact:.4f} = ngờ {each.doubt:g} × {each.assignments} phân công × {100 * each.share:.1f}% khối lượng",
        f"impact {each.impact:.4f} = doubt {each.doubt:g} × {each.assignments} assignments × {100 * each.share:.1f}% of the load",
    )
    former = ""
    if each.former:
        said = f"{each.former.who}, {each.former.when[:10]}: {each.former.why}"
        former = f'<p class="former">{_both("Đã trả lời “chưa rõ”", "Answered “unsure”")}: {escape(said)}</p>'
    return (
        f'<article id="q-{each.id}" data-sort="{each.sort}" tabindex="0" aria-labelledby="t-{each.id}">'
        f'<h2 id="t-{each.id}"><span class="rank">{rank}</span> {_both(each.vi, each.en)}</h2>'
        f'<p class="facts"><b>{_both(*_SORTS[each.sort])}</b> · {escape(each.place_name)} · {figures} · <code>{each.id}</code></p>{former}'
        f'{_passages(each)}<ol class="answers">{"".join(_answers(each, build))}</ol></article>'
    )


def _passages(each: Question) -> str:
    shown = [
        f'<figure><blockquote lang="vi">{"…" if p.before else ""}{escape(p.before)}<mark>{escape(p.words)}</mark>{escape(p.after)}{"…" if p.after else ""}</blockquote>'
        f'<figcaption>{escape(p.file)}, {_both("dòng", "line")} {p.number}{" · " + escape(p.task) if p.task else ""}</figcaption></figure>'
        for p in each.passages
    ]
    if len(shown) < 2:
        return "".join(shown)
    return shown[0] + f"<details><summary>{_both(f'{len(shown) - 1} chỗ nữa', f'{len(shown) - 1} more')}</summary>{''.join(shown[1:])}</details>"


def _answers(each: Question, build: str) -> list[str]:
    reasons = [(c.vi, c.en) for c in each.candidates]
    rows = []
    for number, (vi, en, command) in enumerate(answer_lines(each, build)):
        why = f'<span class="why">{_both(*reasons[number])}</span>' if number < len(reasons) else ""
        rows.append(
            f'<li><span class="answer">{_both(vi, en)}</span> {why}<span class="row"><code class="command">{escape(command)}</code>'
            f'<button type="button" class="copy">{_both("Chép lệnh", "Copy")}</button></span></li>'
        )
    return rows


def _asset(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _both(vi: str, en: str) -> str:
    return f'<span lang="vi">{escape(vi)}</span><span lang="en">{escape(en)}</span>'
