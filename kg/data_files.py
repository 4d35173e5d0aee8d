"""Where the data that people edit stands: inside an installed wheel, or beside the package in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from kg.errors import IntegrityError

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: Literal["ontology", "queries"]) -> Path:
    """Give the folder of that name.

    Raises:
        IntegrityError: neither the wheel nor the checkout has it.

    """
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise IntegrityError(
        f"kg/_data/{name}",
        found="no such folder, and none beside the package",
        expected=f"the folder {name}/ with the project's data",
        remedy="install the package again, or run from a whole checkout",
        vi=f"thiếu thư mục dữ liệu {name}/",
    )
