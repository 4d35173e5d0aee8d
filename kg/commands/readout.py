"""The records of one document as text for people, in Vietnamese with English labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.records import AgencyMention, Extraction, Finding, Period, Task


def readout(extraction: Extraction) -> str:
    """Give the header, the tasks with who leads and who takes part, the duties, and what was not understood."""
    return "\n".join([*_header(extraction), *_tasks(extraction.tasks), *_duties(extraction), *_rest(extraction)])


def _header(extraction: Extraction) -> Iterator[str]:
    header, source = extraction.header, extraction.document.source
    yield f"{source.path} ({source.encoding}, {len(extraction.document.text):,} ký tự)"
    fields = (
        ("Loại văn bản (type)", header.type),
        ("Số, ký hiệu (number)", header.number or header.symbol),
        ("Cơ quan ban hành (issuer)", header.issuer),
        ("Tỉnh (province)", header.province),
        ("Ngày (date)", header.date),
        ("Tên (title)", header.title.text if header.title else None),
        ("Giai đoạn (period)", " - ".join(str(year or "…") for year in header.period) if header.period else None),
        ("Triển khai (implements)", ", ".join(header.implements) or None),
        ("Người ký (signer)", header.signer),
    )
    for name, value in fields:
        yield f"  {name}: {value or '(văn bản không nêu)'}"


def _tasks(tasks: Sequence[Task]) -> Iterator[str]:
    yield f"\nNhiệm vụ (tasks): {len(tasks)}"
    shown: tuple[str, ...] = ()
    for task in tasks:
        groups = tuple(group.text for group in task.groups)
        if groups != shown and groups:
            yield f"  [{' > '.join(groups)}]"
        shown = groups
        yield f"  {task.code or '-'} {task.name.text}"
        yield from _who("      ", task.lead, task.partner)
        for part in task.parts:
            yield f"      phần (part): {part.product.text if part.product else ''}".rstrip()
            yield from _who("        ", part.lead, part.partner)
        time = _period(task.period)
        if time:
            yield f"      Thời gian (time): {time}"
        if task.product:
            yield f"      Sản phẩm (product): {task.product.text}"


def _who(margin: str, lead: Sequence[AgencyMention], partner: Sequence[AgencyMention]) -> Iterator[str]:
    if lead:
        yield f"{margin}Chủ trì (lead): {_names(lead)}"
    if partner:
        yield f"{margin}Phối hợp (partner): {_names(partner)}"


def _names(mentions: Sequence[AgencyMention]) -> str:
    return "; ".join(mention.name + (" (?)" if mention.kind is None and mention.form == "body" else "") for mention in mentions)


def _period(period: Period) -> str:
    years = f"{period.start or '…'} - {period.end or '…'}" if period.start or period.end else ""
    return period.passage.text or years or (period.recurrence or "")


def _duties(extraction: Extraction) -> Iterator[str]:
    yield f"\nCông việc trong lời văn (duties): {len(extraction.duties)}"
    roles = {"lead": "chủ trì", "partner": "phối hợp", "responsible": "thực hiện"}
    for duty in extraction.duties:
        partners = f"; phối hợp với {_names(duty.partners)}" if duty.partners else ""
        yield f"  {duty.section or '-'} {_names(duty.agency)} [{roles[duty.role]}]{partners}"
        yield f"      {duty.text.text}"


def _rest(extraction: Extraction) -> Iterator[str]:
    yield (
        f"\nKhác (also): {len(extraction.citations)} văn bản được dẫn (citations), {len(extraction.reporting)} chế độ báo cáo (reporting), "
        f"{len(extraction.targets)} chỉ tiêu (targets), {len(extraction.sectors)} lĩnh vực (sectors)"
    )
    yield f"Cần xem lại (findings): {len(extraction.findings)}"
    for finding in extraction.findings:
        yield f"  {_finding(finding, extraction.document.text)}"


def _finding(finding: Finding, text: str) -> str:
    if finding.span is None:
        return f"{finding.severity} {finding.code}: {finding.vi} | {finding.en}"
    line = text.count("\n", 0, finding.span.start) + 1
    return f"{finding.severity} {finding.code}, dòng {line}: {finding.vi} | {finding.en}"
