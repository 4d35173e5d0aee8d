"""The "6 rõ" card of a task (D8): six lights, each with the words that switch it on. No score.

Reads: ``Facts``. Gives: one row for each task. A light is "yes", "no", "no-column" (no task of the plan says such a thing: the
table has no such column) or "unknown" (the words cannot be judged by rule). Funding is shown apart: it is none of the six.
"""

from __future__ import annotations

import re

import polars as pl

from kg.analysis.diffusion import marked_name
from kg.analysis.facts import Facts

LIGHTS = ("person", "work", "time", "responsibility", "product", "authority")
ALL_LIGHTS = (*LIGHTS, "funding")

_ACTS = (
    "ban hành|bảo đảm|bảo vệ|biên soạn|biểu dương|bố trí|bổ sung|cải tạo|cải thiện|cập nhật|chỉ đạo|chia sẻ|chủ động|chuẩn bị|chuẩn hóa|chuyển đổi|củng cố|cung cấp|"
    "duy trì|đa dạng hóa|đánh giá|đào tạo|đầu tư|đẩy mạnh|điều chỉnh|điều tra|định hướng|đôn đốc|đổi mới|đơn giản hóa|gắn kết|giám sát|giải quyết|hình thành|hoàn thành|hoàn thiện|"
    "hỗ trợ|huy động|hướng dẫn|kết nối|khảo sát|khai thác|khuyến khích|kiểm soát|kiểm tra|kiện toàn|kiến nghị|lập|lồng ghép|mở rộng|nâng cao|nâng cấp|nghiên cứu|ngăn chặn|"
    "nhân rộng|phân bổ|phân công|phát động|phát hiện|phát huy|phát triển|phê duyệt|phổ biến|phối hợp|phòng ngừa|quán triệt|quản lý|quy hoạch|rà soát|sắp xếp|sơ kết|sửa đổi|tạo|"
    "tăng cường|tập huấn|tập trung|tham gia|tham mưu|thanh tra|theo dõi|thiết kế|thiết lập|thí điểm|thống kê|thu hút|thu thập|thúc đẩy|thực hiện|tích hợp|tiến hành|tiếp tục|tổ chức|"
    "tổng hợp|tổng kết|triển khai|trình|truyền thông|tuyên truyền|từng bước|ứng dụng|ưu tiên|vận động|vận hành|xây dựng|xác định|xem xét|xử lý|áp dụng|thành lập|công bố|công khai|mua sắm|"
    "đề xuất|đưa|bồi dưỡng|rút ngắn|xúc tiến|thẩm định|thể chế hóa|số hóa|lắp đặt|giảm|tái cấu trúc|quảng bá|giới thiệu|liên kết|đặt hàng"
)
ACTIVITY = re.compile(rf"^\W*(?:(?:\d+|[a-zđ])[.)]\s*)*({_ACTS})\b", re.IGNORECASE)
"""A task that names an activity opens with its verb, as administrative style has it: "Tổ chức tập huấn …", "Rà soát, sửa đổi …"."""

EMPTY_PRODUCT = re.compile(r"^\W*(?:theo\s+(?:quy\s+định|yêu\s+cầu|thực\s+tế|kế\s+hoạch)\w*|thực\s+hiện\s+thường\s+xuyên|kết\s+quả\s+thực\s+hiện)\W*$", re.IGNORECASE)
"""Words in the product's column that name no product."""

_BODY = r"(?:Ủy\s+ban\s+nhân\s+dân|UBND|Hội\s+đồng\s+nhân\s+dân|HĐND|Thủ\s+tướng|Chính\s+phủ|Quốc\s+hội|Tỉnh\s+ủy|Thành\s+ủy|Chủ\s+tịch|Bộ\s+(?:trưởng|[A-ZĐÀ-Ỹ])|Ngân\s+hàng\s+Nhà\s+nước|Sở\s+[A-ZĐÀ-Ỹ])"
AUTHORITY = re.compile(
    rf"(?:(?:trình|báo\s+cáo|gửi|xin\s+ý\s+kiến)\s+(?:\w+\s+){{0,3}}?{_BODY}[^.;,|]*)|(?:(?:do\s+)?{_BODY}[^.;,|]{{0,40}}?\s(?:ban\s+hành|phê\s+duyệt|quyết\s+định|chấp\s+thuận|thông\s+qua|giao)\b)|"
    rf"(?:(?:Quyết\s+định|Nghị\s+quyết|Kế\s+hoạch|Chỉ\s+thị|Văn\s+bản)\s+(?:\w+\s+){{0,3}}?của\s+{_BODY}[^.;,|]*)"
)
"""Who decides on the product, or receives it: a body by name behind "trình", "báo cáo" or before "ban hành", "phê duyệt".

"cấp có thẩm quyền" names nobody and is none.
"""


def clarity(facts: Facts, contradicted: frozenset[str] = frozenset()) -> pl.DataFrame:
    """Give the card of each task: place, document, task, code, name, and for each light ``{light}`` and ``{light}_words``.

    A task in parts has a light where each part has it. ``contradicted`` are tasks whose roles contradict each other elsewhere:
    they are not clear in responsibility.
    """
    units = _unit_lights(facts)
    tasks = units.group_by("task", maintain_order=True).agg(
        *(pl.when(pl.col(light).eq_missing("yes").all()).then(pl.lit("yes")).when((pl.col(light) == "unknown").any()).then(pl.lit("unknown")).otherwise(pl.lit("no")).alias(light) for light in ALL_LIGHTS),
        *(pl.col(f"{light}_words").drop_nulls().unique(maintain_order=True).str.join("; ").alias(f"{light}_words") for light in ALL_LIGHTS),
    )  # fmt: skip
    frame = facts.tasks.select("place", "place_name", "document", "position", "task", "code", "name", "quote").join(tasks, on="task", how="left", maintain_order="left")
    wrong = pl.col("task").is_in(sorted(contradicted))
    frame = frame.with_columns(pl.when(wrong).then(pl.lit("no")).otherwise(pl.col("responsibility")).alias("responsibility"))
    absent = [
        pl.when((pl.col(f"{light}_words") == "").all().over("document")).then(pl.lit("no-column")).otherwise(pl.col(light)).alias(light)
        for light in ("person", "time", "product", "funding")
    ]
    return frame.with_columns(absent).sort("place", "document", "position")


def _unit_lights(facts: Facts) -> pl.DataFrame:
    lead = facts.roles.filter(pl.col("role") == "lead").group_by("unit").agg(
        pl.col("agent").n_unique().alias("leads"), (pl.col("form") == "agency").sum().alias("named"), marked_name().unique(maintain_order=True).str.join(", ").alias("person_words"), pl.col("agent").filter(pl.col("form") == "agency").alias("lead_agents")
    )
    partner = facts.roles.filter((pl.col("role") == "partner") & (pl.col("form") == "agency")).group_by("unit").agg(pl.col("agent").alias("partner_agents"))
    frame = facts.units.join(lead, on="unit", how="left", maintain_order="left").join(partner, on="unit", how="left", maintain_order="left")
    words = pl.Series("work_words", [_activity(name) for name in frame["name"]], dtype=pl.String)
    said = [_authority(name, product) for name, product in frame.select("name", "product").iter_rows()]
    both = pl.col("lead_agents").list.set_intersection("partner_agents").list.len().fill_null(0) > 0
    empty = pl.col("product").is_null() | pl.Series([bool(EMPTY_PRODUCT.match(text or "")) for text in frame["product"]], dtype=pl.Boolean)
    frame = frame.with_columns(words, pl.Series("authority_words", said, dtype=pl.String))
    return frame.with_columns(
        _yes((pl.col("leads") == 1) & (pl.col("named") == 1)).alias("person"),
        pl.when(pl.col("work_words").is_not_null() & (pl.col("name").str.split(" ").list.len() >= 4)).then(pl.lit("yes")).otherwise(pl.lit("unknown")).alias("work"),
        _yes(pl.col("end").is_not_null() | pl.col("recurrence").is_not_null()).alias("time"),
        pl.coalesce("time_text", pl.col("end").cast(pl.String), "recurrence").alias("time_words"),
        _yes((pl.col("leads").fill_null(0) > 0) & ~both).alias("responsibility"),
        pl.when(pl.col("leads") > 0).then(pl.concat_str(pl.lit("chủ trì: "), "person_words")).alias("responsibility_words"),
        _yes(~empty).alias("product"), pl.col("product").alias("product_words"),
        _yes(pl.col("authority_words").is_not_null()).alias("authority"),
        _yes(pl.col("funding").is_not_null()).alias("funding"), pl.col("funding").alias("funding_words"),
    )  # fmt: skip


def _yes(test: pl.Expr) -> pl.Expr:
    return pl.when(test.fill_null(value=False)).then(pl.lit("yes")).otherwise(pl.lit("no"))


def _activity(name: str | None) -> str | None:
    match = ACTIVITY.match(name or "")
    return match[1] if match else None


def _authority(name: str | None, product: str | None) -> str | None:
    for text in (product, name):
        match = AUTHORITY.search(text or "")
        if match:
            return " ".join(match[0].split())
    return None


def counts(cards: pl.DataFrame) -> pl.DataFrame:
    """Give for each place and light how many tasks have it: place, place_name, light, yes, no, no_column, unknown, tasks."""
    long = cards.select("place", "place_name", *ALL_LIGHTS).unpivot(index=["place", "place_name"], variable_name="light", value_name="state")
    order = pl.DataFrame({"light": list(ALL_LIGHTS), "at": range(len(ALL_LIGHTS))})
    sums = long.group_by("place", "place_name", "light").agg(
        *((pl.col("state") == state).sum().cast(pl.Int64).alias(state.replace("-", "_")) for state in ("yes", "no", "no-column", "unknown")), pl.len().cast(pl.Int64).alias("tasks")
    )
    return sums.join(order, on="light").sort("place", "at").drop("at")
