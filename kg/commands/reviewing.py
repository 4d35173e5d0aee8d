"""What the commands review and decide do and print."""

# ruff: noqa: T201 - a command speaks by printing
from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kg.cli import DONE
from kg.errors import QuestionError
from kg.resolution.decisions import WITHDRAWN, Decision, Decisions, fingerprint
from kg.resolution.decisions_files import COLUMNS, FOLDER, read_decisions

_FILE = "decisions.csv"


def show_queue(args: argparse.Namespace) -> int:
    """Write the questions as CSV and as a page, and print the first."""
    from kg.building.review_files import review_csv, review_page
    from kg.building.review_queue import FORMULA, review_queue

    build = Path(args.build)
    questions = review_queue(build, read_decisions(_folders(build, args.decisions)))
    out = Path(args.output or build)
    out.mkdir(parents=True, exist_ok=True)
    (out / "review.csv").write_bytes(review_csv(questions, args.build))
    (out / "review.html").write_text(review_page(questions, args.build), encoding="utf-8", newline="\n")
    print(f"{len(questions)} câu hỏi (questions); {FORMULA}")
    for rank, each in enumerate(questions[: args.limit], 1):
        print(f"{rank:>3} {each.id} {each.impact:8.4f} = {each.doubt:g} × {each.assignments} × {each.share:.4f}  {each.place_name}: {each.vi} | {each.en}")
    if len(questions) > args.limit:
        print(f"    … và {len(questions) - args.limit} câu nữa (more)")
    print("Đã ghi (written):")
    for name in ("review.html", "review.csv"):
        print(f"  {out / name}")
    return DONE


def record_answer(args: argparse.Namespace) -> int:
    """Record one answer, withdraw one, or list them."""
    build = Path(args.build)
    folders = _folders(build, args.decisions)
    known = read_decisions(folders)
    if args.list:
        return _list(known)
    if not args.who:
        raise _usage("no --who", "who decides", 'add --who "your name"', 'thiếu người quyết định; thêm --who "tên bạn"')
    when = args.date or datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if args.undo:
        wanted = _standing(args.undo, known)
        if not args.date and datetime.now(UTC) <= wanted.moment:
            when = (wanted.moment + timedelta(seconds=1)).isoformat(timespec="seconds").replace("+00:00", "Z")
        decision = replace(wanted, answer=WITHDRAWN, who=args.who, why=args.why, when=when)
        if (moment := _moment(decision)) and moment <= wanted.moment:
            raise _usage(f"the date {when}", f"a time after the decision's, {wanted.when}", "leave --date out", f"ngày {when} không sau quyết định cần rút lại ({wanted.when}); bỏ --date")
    else:
        if not (args.question and args.answer):
            raise _usage("no QUESTION or no ANSWER", "both", "take the command from review.html", "thiếu câu hỏi hoặc câu trả lời; chép lệnh trong review.html")
        from kg.building.review_answer import draft_answer

        draft = draft_answer(build, known, question=args.question, answer=args.answer, object=args.object, place=args.place)
        decision = replace(draft, who=args.who, why=args.why, when=when)
    if not args.undo and (moment := _moment(decision)) and moment > datetime.now(UTC) + timedelta(days=1):
        raise _usage(f"the date {when}", "a time that is not to come", "leave --date out, or write the day on which it was decided", f"ngày {when} còn ở tương lai; bỏ --date hoặc ghi đúng ngày quyết định")
    path = _append(folders, decision)
    print(f"{decision.id}  {_told(decision)}")
    later = next((each for each in known.standing if each.key == decision.key and each.moment > decision.moment), None)
    if later is not None:
        print(f"Chưa có hiệu lực: quyết định {later.id} về cùng câu hỏi muộn hơn ({later.when}). | Not in force: {later.id} on the same question is later.")
    print(f"Đã ghi vào (written to) {path}; chạy lại (run again): mandategraph build")
    return DONE


def _moment(decision: Decision) -> datetime | None:
    """When a decision is dated; ``None`` where that is no time, which whoever reads it back says."""
    try:
        return decision.moment
    except ValueError:
        return None


def _folders(build: Path, given: str | None) -> list[Path]:
    """Give the folders of decisions: the one named, else those that the build used, else that of the current folder."""
    if given:
        return [Path(given)]
    try:
        used = [Path(each) for each in json.loads((build / "run.json").read_text("utf-8")).get("decisions", ())]
    except (OSError, ValueError):
        used = []
    return [each for each in used if each.is_dir()] or [Path(FOLDER)]


def _append(folders: Sequence[Path], decision: Decision) -> Path:
    """Append a line in the first folder, after all was read back: what would not be read is not written."""
    import tempfile

    from kg.resolution.decisions_files import format_line
    from kg.resolution.registry import load_registry

    folder, *others = folders
    path = folder / _FILE
    former = path.read_bytes() if path.exists() else ",".join(COLUMNS).encode() + b"\r\n"
    semicolons = former.partition(b"\n")[0].count(b";") > former.partition(b"\n")[0].count(b",")
    line = format_line(decision, former.decode("utf-8-sig").partition("\n")[0].strip(), ";" if semicolons else ",")
    content = former + (b"" if former.endswith(b"\n") else b"\r\n") + line.encode()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".") as spare:
        trial = Path(spare) / FOLDER
        trial.mkdir()
        for other in folder.glob("*.csv"):
            (trial / other.name).write_bytes(other.read_bytes())
        (trial / _FILE).write_bytes(content)
        read_decisions([trial, *others], load_registry())
        (trial / _FILE).replace(path)
    return path


def _standing(wanted: str, known: Decisions) -> Decision:
    from kg.resolution.decisions_files import nearest

    found = [each for each in known.standing if each.id == wanted]
    if found:
        return found[0]
    close = nearest(wanted, [each.id for each in known.standing])
    raise _usage(
        f"no standing decision {wanted!r}", "the id of a decision that stands", f"see `mandategraph decide --list`; nearest: {', '.join(close) or 'none'}",
        f"không có quyết định nào mang mã {wanted!r} đang có hiệu lực; xem `mandategraph decide --list`",
    )  # fmt: skip


def _list(known: Decisions) -> int:
    standing = {each.id for each in known.standing}
    for each in known.log:
        state = "có hiệu lực (stands)" if each.id in standing else "đã thôi (superseded)" if each.answer != WITHDRAWN else "rút lại (withdrawal)"
        print(f"{each.id}  {_told(each)}\n          {state}, {each.file}:{each.line}{f': {each.why}' if each.why else ''}")
    print(f"{len(known.log)} dòng (lines), {len(standing)} có hiệu lực (standing)")
    return DONE


def _told(decision: Decision) -> str:
    subject = decision.subject or f"“{decision.quote}”"
    where = decision.place or decision.document
    words = f"{decision.when} {decision.who}: {decision.about} {where}: {subject} {decision.answer} {decision.object}".rstrip()
    return words + (f"  [{fingerprint(decision.quote)}]" if decision.quote else "")


def _usage(found: str, expected: str, remedy: str, vi: str) -> QuestionError:
    return QuestionError("decide", found=found, expected=expected, remedy=remedy, vi=vi)
