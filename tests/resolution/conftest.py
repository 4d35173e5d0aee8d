"""The five plans, by the words with which the vocabularies cite them."""

from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[2] / "corpus"
PLANS = {
    "Kế hoạch kinh tế tuần hoàn, Hưng Yên, 02/2025": "000_b30a2764f1b6c1c1.txt",
    "Kế hoạch kinh tế tuần hoàn, Lai Châu, 02/2025": "001_6758f893bb076d0a.txt",
    "Kế hoạch sản xuất và tiêu dùng bền vững, Hà Tĩnh, 2026": "002_69e41d71579c9436.txt",
    "Kế hoạch kinh tế tuần hoàn, Bến Tre": "003_dfadacd452721850.txt",
    "Quyết định 2583/QĐ-UBND, Hòa Bình, 23/10/2020": "004_2a2fdc554bb9deb4.txt",
}


@pytest.fixture(scope="session")
def plans():
    """Give each plan's text, by the words that cite it."""
    return {document: (CORPUS / name).read_text("utf-8") for document, name in PLANS.items()}
