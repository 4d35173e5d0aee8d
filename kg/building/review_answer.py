"""What a person types → a decision about something that the build has: a question, a name, an assignment, or a pair of tasks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.building.moved import moved_agency
from kg.building.review_queue import review_queue
from kg.building.review_source import Build, Record, read_build
from kg.errors import QuestionError
from kg.graph.namespaces import BASE
from kg.normalise import key
from kg.resolution.decisions import ANSWERS, KIND, NAME, OBJECT_JOINT, WITHDRAWN, Decision, Decisions
from kg.resolution.decisions_files import find_kind, nearest, nearest_kinds
from kg.resolution.registry import Registry, load_registry

OWN = "own"
"""The OBJECT that says: a body of its own, as it is called."""
_ID = re.compile(r"q[0-9a-f]{8}")


def draft_answer(folder: Path, known: Decisions, *, question: str, answer: str, object: str = "", place: str = "") -> Decision:  # noqa: A002  as in the file
    """Give the decision that an answer stands for, without time, person and reason.

    Args:
        folder: of the build.
        known: the decisions so far.
        question: the id of a question of the queue, the address of an assignment or a task, or a name as written.
        answer: one of those for that kind of question.
        object: the agency (identity) or the other task (alignment); "" for the one asked about.
        place: where the name is meant, if it stands in several places.

    Raises:
        QuestionError: the build has no such thing, or that is no answer to it; the message names what is nearest.
        StoreError: no build there.

    """
    build = read_build(folder)
    if question.startswith("http"):
        return _of_address(build, question, answer, object)
    if question.startswith(("finding/", "alignment/")):
        drafts = {each.draft.subject: each.draft for each in review_queue(folder, Decisions()) if each.sort in ("overlap", "alignment")}
        if question not in drafts:
            raise _unknown(question, "no such pair", "an id of tables/overlaps or tables/alignments", drafts, "bản build không có cặp nhiệm vụ mang mã này")
        draft = drafts[question]
    elif _ID.fullmatch(question):
        asked = {each.id: each for each in review_queue(folder, known)}
        if question not in asked:
            raise _unknown(question, "no open question of that id", "an id of review.csv", asked, "không có câu hỏi nào còn mở mang mã này (đã trả lời rồi, hoặc bản build khác)")
        draft = asked[question].draft
    else:
        draft = _of_name(build, question, place)
    _check_answer(draft.about, answer)
    if draft.about == "identity":
        return _identity(draft, answer, object, build, load_registry())
    if object:
        raise _usage(f"an OBJECT {object!r}", f"none with {draft.about}", "leave it out", "câu hỏi này không cần OBJECT; hãy bỏ đi")
    return _with(draft, answer=answer)


def _identity(draft: Decision, answer: str, object: str, build: Build, registry: Registry) -> Decision:  # noqa: A002
    if answer == "unsure":
        return _with(draft, answer=answer, object="")
    if not object:
        if answer == "same" and draft.object.startswith(NAME):
            raise _usage(
                "no OBJECT", "which agency it is", f'name a kind of the registry, a body of the build, or "{OWN}" if it is a body of its own',
                f"thiếu tên cơ quan: nó là cơ quan nào? Ghi “{OWN}” nếu nó là một cơ quan riêng",
            )  # fmt: skip
        return _with(draft, answer=answer)
    return _with(draft, answer=answer, object=_agency(object, draft, build, registry))


def _agency(text: str, draft: Decision, build: Build, registry: Registry) -> str:
    """Give an agency as decisions write it: by the registry's slug, else by the name that the build has for a body."""
    if text == OWN:
        return NAME + draft.subject
    slug = find_kind(text, registry)
    if slug is not None:
        return KIND + slug
    here = [row for row in build.assignments if row["place"] == draft.place or build.keys[row["document"]] == draft.place]
    wanted = text.removeprefix(NAME)
    for row in here:
        if text == row["agency"] or key(wanted) == key(row["agency_name"]):
            return f"{KIND}{row['kind']}" if row["kind"] else f"{NAME}{row['agency_name']}"
    if now := moved_agency(text, {row["agency"] for row in here}):
        raise _unknown(text, "no agency at this address", "the name or address of a body there", (), "không có cơ quan nào ở địa chỉ này", now=now)
    close = [*nearest_kinds(text, registry), *nearest(wanted, {row["agency_name"] for row in here})]
    raise _usage(
        f"no agency {text!r} in the registry or in the plans of {draft.place}", "a registry slug, or the name or address of a body there", f"nearest: {', '.join(close)}",
        f"không có cơ quan {text!r} trong danh mục hay trong các kế hoạch của {draft.place}; gần nhất: {', '.join(close)}",
    )  # fmt: skip


def _of_name(build: Build, name: str, place: str) -> Decision:
    rows = [row for row in build.assignments if key(name) in _names(row)]
    rows = [row for row in rows if row["place"] == place] if place else rows
    places = sorted({row["place"] for row in rows})
    if not rows:
        every = {" ".join(each.split()) for row in build.assignments for each in (row["written"], row["agency_name"])}
        raise _unknown(name, "no such name in the build" + (f" in {place}" if place else ""), "a name as some plan writes it", every, "bản build không có tên này" + (f" ở {place}" if place else ""))
    if len(places) > 1:
        raise _usage(f"{name!r} in {len(places)} places", "one place", f"add --place, one of: {', '.join(places)}", f"tên này có ở nhiều nơi; thêm --place: {', '.join(places)}")
    first = rows[0]
    return Decision(
        when="", who="", about="identity", place=first["place"], document=build.keys[first["document"]], subject=" ".join(name.split()), answer="",
        object=KIND + first["kind"] if first["kind"] else NAME + first["agency_name"], quote=build.passage(first).line,
    )  # fmt: skip


def _names(row: Record) -> tuple[str, ...]:
    """As :func:`kg.resolution.decisions.written_names`: of what is unresolved the cleaned name counts, too."""
    return (key(row["written"]),) if row["kind"] else (key(row["written"]), key(row["agency_name"]))


def _of_address(build: Build, address: str, answer: str, object: str) -> Decision:  # noqa: A002
    for row in build.assignments:
        if row["assignment"] == address:
            _check_answer("assignment", answer)
            return Decision(
                when="", who="", about="assignment", document=build.keys[row["document"]], subject=f"{row['role']}/{' '.join(row['written'].split())}", answer=answer,
                quote=row["task_name"],
            )  # fmt: skip
    tasks = {row["task"]: row for row in build.tasks}
    if address not in tasks:
        known = [*tasks, *(row["assignment"] for row in build.assignments)]
        raise _unknown(
            address, "no task and no assignment at this address", "an address of tables/tasks or tables/assignments", known,
            "bản build không có nhiệm vụ hay phân công nào ở địa chỉ này", now=moved_agency(address, known),
        )  # fmt: skip
    _check_answer("alignment", answer)
    if object not in tasks:
        raise _unknown(object, "no task at this address", "the address of the other task as OBJECT", tasks, "OBJECT phải là địa chỉ của nhiệm vụ kia")
    own, other = tasks[address], tasks[object]
    return Decision(
        when="", who="", about="alignment", document=build.keys[own["document"]], subject="", answer=answer, quote=own["name"],
        object=f"{build.keys[other['document']]}{OBJECT_JOINT}{other['name']}",
    )  # fmt: skip


def _check_answer(about: str, answer: str) -> None:
    allowed: Sequence[str] = [each for each in ANSWERS[about] if each != WITHDRAWN]
    if answer not in allowed:
        raise _usage(
            f"the answer {answer!r}", f"{' | '.join(allowed)} for {about}", f"nearest: {nearest(answer, allowed, limit=1)[0]}; to withdraw: --undo ID",
            f"trả lời {answer!r} không hợp lệ; chọn: {', '.join(allowed)}",
        )  # fmt: skip


def _with(draft: Decision, **changes: str) -> Decision:
    from dataclasses import replace

    return replace(draft, **changes)  # type: ignore[arg-type]  # all of these are texts


def _unknown(text: str, found: str, expected: str, known: Iterable[str], vi: str, *, now: str | None = None) -> QuestionError:
    if now is not None:  # what bore the name has another address
        return QuestionError(text, found=found, expected=expected, remedy=f"of the same name there is now only: {now}", vi=f"{vi}; cùng tên ấy nay chỉ có: {now}")
    close = [each.removeprefix(f"{BASE}vn/") if len(each) > 200 else each for each in nearest(text, known)]
    shown = "; ".join(close) or "-"
    return QuestionError(text, found=found, expected=expected, remedy=f"nearest: {shown}", vi=f"{vi}; gần nhất: {shown}")


def _usage(found: str, expected: str, remedy: str, vi: str) -> QuestionError:
    return QuestionError("decide", found=found, expected=expected, remedy=remedy, vi=vi)
