"""Facts made by hand in which every figure can be counted on the fingers."""

from __future__ import annotations

import polars as pl

from kg.analysis.facts import EMPTY_ROSTERS, Facts


def make_facts(units, place="lai-chau", documents=None) -> Facts:
    """Facts of one place: ``units`` are (unit, task, weight, leads, partners, start, end, funding); an agent is (name, form, kind)."""
    first, last = documents or (2025, 2030)
    head = {"document": "plan", "place": place, "place_name": place}
    docs = pl.DataFrame([{**head, "file": "plan.txt", "type": "ke-hoach", "title": "Kế hoạch", "number": None, "date": f"{first}-02", "province": place, "first": first, "first_stated": True, "last": last, "implements": "", "text_sha256": ""}])
    unit_rows, roles = [], []
    for at, (unit, task, weight, leads, partners, start, end, funding) in enumerate(units):
        unit_rows.append({"unit": unit, "task": task, "weight": weight, "is_part": unit != task, **head, "position": at, "code": None, "groups": None, "name": f"Tổ chức thực hiện việc {task}", "start": start, "end": end, "recurrence": None, "time_text": None, "product": None, "funding": funding, "quote": task, "start_offset": at, "end_offset": at + 1})
        for role, agents in (("lead", leads), ("partner", partners)):
            for name, form, kind in agents:
                roles.append({**head, "unit": unit, "task": task, "task_name": task, "role": role, "agent": f"https://w3id.org/mandategraph/vn/{place}/{'agency' if form == 'agency' else 'group'}/{kind or name}", "agent_name": name, "form": form, "kind": kind, "confidence": 1.0, "quote": name, "start_offset": at, "end_offset": at + 1, "share": 1.0, "possible": False, "weight": weight})
    texts = dict.fromkeys(("code", "groups", "recurrence", "time_text", "product", "funding"), pl.String) | dict.fromkeys(("start", "end"), pl.Int64)
    frame = pl.DataFrame(unit_rows, schema_overrides=texts)
    role_frame = pl.DataFrame(roles, schema_overrides={"kind": pl.String}).with_columns(pl.len().over("unit", "role").cast(pl.Float64).alias("among"))
    tasks = frame.unique("task", keep="first", maintain_order=True).drop("unit", "weight", "is_part").with_columns(pl.lit(0).alias("parts"), pl.lit(None, dtype=pl.String).alias("sectors"), pl.lit(None, dtype=pl.String).alias("annexes"))
    reports = pl.DataFrame(schema=dict.fromkeys(("reporting", "document", "sender", "receiver", "deadline", "frequency", "quote", "place", "place_name"), pl.String))
    return Facts(documents=docs, tasks=tasks, units=frame, roles=role_frame, duties=role_frame.clear(), reports=reports, rosters=EMPTY_ROSTERS)


INDUSTRY = ("Sở Công Thương", "agency", "so-cong-thuong")
FINANCE = ("Sở Tài chính", "agency", "so-tai-chinh")
DEPARTMENTS = ("các sở, ban, ngành", "group", "cac-so-ban-nganh")
ANYBODY = ("các cơ quan, tổ chức có liên quan", "open-group", "cac-co-quan-to-chuc-co-lien-quan")
