"""Folders of the real plans, and what a build of them says."""

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
PLAN = CORPUS / "001_6758f893bb076d0a.txt"
NAMES = sorted(path.name for path in CORPUS.glob("*.txt"))


def contents(out: Path) -> dict[str, bytes]:
    """All files but the one that tells when."""
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file() and p.name != "run.json"}


def copy_plans(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or NAMES:
        shutil.copyfile(CORPUS / name, folder / name)
    return folder


def finding_codes(result) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in result.findings:
        found.setdefault(row[0], []).append(row[2])
    return found
