"""Task sentences with known clusters: real clauses of the five plans recombined, then said again as offices do.

A cluster is one task said one to four times. The ways in which it is said again were read off real plans: another verb of
the same act, an item of a list left out or two changed about, a place or formula added, "UBND" for the whole name, tone
marks in the new places or lost in a scan. Other clusters share clauses with it: they are the hard negatives.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_CORPUS = Path(__file__).resolve().parent.parent / "corpus"
_CUT = re.compile(r"\s*[;,.]\s+|\s+(?=(?:để|nhằm|gắn với|góp phần|đối với|cho|trong|theo hướng|phục vụ)\s)")
_SAME_ACT = (
    ("Triển khai", "Tổ chức thực hiện", "Tổ chức triển khai", "Thực hiện"), ("Xây dựng", "Nghiên cứu, xây dựng", "Soạn thảo"),
    ("Tuyên truyền", "Truyền thông", "Thông tin, tuyên truyền"), ("Tổ chức", "Phối hợp tổ chức", "Tiến hành"),
    ("Hướng dẫn", "Tập huấn, hướng dẫn", "Hướng dẫn, chỉ đạo"), ("Khuyến khích", "Vận động, khuyến khích", "Thúc đẩy"),
    ("Hỗ trợ", "Tạo điều kiện, hỗ trợ", "Trợ giúp"), ("Rà soát", "Kiểm tra, rà soát", "Rà soát, đánh giá"),
    ("Tăng cường", "Đẩy mạnh", "Tiếp tục đẩy mạnh"), ("Phổ biến", "Phổ biến, quán triệt", "Giới thiệu"),
)  # fmt: skip
_ADDED = ("trên địa bàn tỉnh", "theo quy định của pháp luật", "giai đoạn 2026-2030", "theo chức năng, nhiệm vụ được giao", "của tỉnh", "đến năm 2035")
_SUBJECTS = (
    "lúa gạo", "chè", "cà phê", "thủy sản", "gỗ rừng trồng", "dệt may", "da giày", "xi măng", "thép", "giấy", "nhựa", "điện tử", "pin mặt trời", "dược liệu",
    "cây ăn quả", "chăn nuôi lợn", "chăn nuôi bò sữa", "rau an toàn", "hóa chất", "phân bón", "vận tải hành khách", "vận tải hàng hóa", "cảng biển", "logistics",
    "du lịch cộng đồng", "di sản văn hóa", "bảo tàng", "thư viện", "trường mầm non", "trường tiểu học", "trường trung học", "giáo dục nghề nghiệp", "trạm y tế",
    "bệnh viện tuyến huyện", "an toàn thực phẩm", "dân số", "bình đẳng giới", "trẻ em", "người cao tuổi", "người khuyết tật", "đồng bào dân tộc thiểu số", "hộ nghèo",
    "nhà ở xã hội", "chiếu sáng đô thị", "cấp nước sạch", "thoát nước", "chất thải rắn", "nước thải", "khí thải", "đa dạng sinh học", "rừng ngập mặn", "phòng cháy rừng",
    "phòng chống thiên tai", "khí tượng thủy văn", "bản đồ địa chính", "cơ sở dữ liệu đất đai", "hộ tịch", "lý lịch tư pháp", "công chứng", "hòa giải cơ sở",
    "trợ giúp pháp lý", "dịch vụ công trực tuyến", "chữ ký số", "trung tâm dữ liệu", "an toàn thông tin", "thanh toán không tiền mặt", "thương mại điện tử", "hợp tác xã",
    "hộ kinh doanh", "doanh nghiệp nhỏ và vừa", "khởi nghiệp sáng tạo", "khu công nghiệp", "cụm công nghiệp", "làng nghề", "chợ nông thôn", "siêu thị", "xăng dầu",
    "điện mặt trời mái nhà", "điện gió", "xe điện", "giao thông nông thôn", "an toàn giao thông", "đường thủy nội địa", "đê điều", "hồ chứa", "thủy lợi nội đồng",
    "khoáng sản", "vật liệu xây dựng", "quy hoạch đô thị", "kiến trúc nông thôn", "thể thao học đường", "văn nghệ quần chúng", "báo chí", "phát thanh cơ sở", "xuất bản",
    "lao động ngoài nước", "bảo hiểm xã hội", "việc làm thanh niên", "cai nghiện", "phòng chống mại dâm", "phòng chống bạo lực gia đình", "cán bộ xã", "thi đua khen thưởng",
)  # fmt: skip


@dataclass(frozen=True)
class Texts:
    """Sentences, and for each the number of its cluster."""

    sentences: list[str]
    clusters: list[int]


@cache
def clauses() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The opening and the further clauses of the five plans' tasks and duties."""
    from kg import extract, read

    opening: dict[str, None] = {}
    further: dict[str, None] = {}
    for path in sorted(_CORPUS.glob("*.txt")):
        records = extract(read(path))
        for words in (*(task.name.text for task in records.tasks), *(duty.text.text for duty in records.duties)):
            pieces = [piece.strip(" .;,") for piece in _CUT.split(words)]
            pieces = [piece for piece in pieces if 4 <= len(piece.split()) <= 18]
            for at, piece in enumerate(pieces[:6]):
                (further if at or piece[0].islower() else opening)[piece] = None
    return tuple(opening), tuple(further)


def make_texts(count: int, seed: int = 1) -> Texts:
    """Give that many sentences in clusters of one to four, in mixed order; the same for the same seed."""
    dice = random.Random(seed)
    opening, further = clauses()
    pairs: list[tuple[str, int]] = []
    cluster = 0
    while len(pairs) < count:
        base = [dice.choice(opening), *dice.sample(further, dice.choice((1, 2, 2, 3)))]
        base.insert(dice.randint(1, len(base)), f"trong lĩnh vực {dice.choice(_SUBJECTS)}, {dice.choice(_SUBJECTS)}")
        times = min(dice.choice((1, 1, 2, 2, 3, 4)), count - len(pairs))
        pairs.extend([(say_again(base, dice), cluster) for _ in range(times)])
        cluster += 1
    dice.shuffle(pairs)
    return Texts([words for words, _ in pairs], [number for _, number in pairs])


def say_again(base: list[str], dice: random.Random) -> str:
    """Give one of the ways in which offices say the same task."""
    words = list(base)
    for acts in _SAME_ACT:
        used = next((act for act in acts if words[0].startswith(act)), None)
        if used and dice.random() < 0.5:
            words[0] = dice.choice(acts) + words[0].removeprefix(used)
            break
    extra = [at for at in range(1, len(words)) if not words[at].startswith("trong lĩnh vực")]
    if extra and dice.random() < 0.35:
        words.pop(dice.choice(extra))
    if len(words) > 2 and dice.random() < 0.2:
        at = dice.randrange(1, len(words) - 1)
        words[at], words[at + 1] = words[at + 1], words[at]
    if dice.random() < 0.4:
        words.append(dice.choice(_ADDED))
    text = words[0]
    for piece in words[1:]:
        text += (" " if piece.split()[0] in {"trong", "cho", "để", "nhằm", "đối", "trên", "theo", "của", "giai", "đến"} else ", ") + piece
    if dice.random() < 0.15:
        text = text.replace("Ủy ban nhân dân", "UBND")
    if dice.random() < 0.1:
        text = text.replace("hóa", "hoá").replace("thủy", "thuỷ")
    if dice.random() < 0.08:
        text = _scan(text, dice)
    return text


def _scan(text: str, dice: random.Random) -> str:
    """Lose tone marks as a poor scan does."""
    from kg.normalise import fold

    return " ".join(fold(word) if dice.random() < 0.12 else word for word in text.split())
