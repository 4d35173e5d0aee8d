"""Files and folders as given → the files to read, each with a name that does not depend on where the folder stands.

A name is the posix path below the given folder, in NFC; a file given itself goes by its own name. Two files of one
name are told apart by the folders above them. Neither the order of the arguments nor that of the disk counts.
"""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.reading import SUFFIXES
from kg.records import Finding

_BUILD_FILES = ("graph.nq", "report.json")  # a folder with both is an earlier build, not a folder of documents


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class SourceFile:
    """A file to read and the name it goes by."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The files to read, and those that are passed over, by name with the reason."""

    files: tuple[SourceFile, ...]
    passed_over: tuple[tuple[str, Finding], ...]


def find_sources(paths: Sequence[str | Path], *, leave_out: Sequence[Path] = ()) -> Sources:
    """Find the documents in files and folders, sorted by name.

    Args:
        paths: files and folders; hidden files, earlier builds and links to folders are passed over.
        leave_out: folders that are not looked into: the build's own, people's decisions.

    Raises:
        InputError: a path that is not there, or no document in all of them.

    """
    found: dict[Path, str] = {}
    for path, name in _walk(paths, frozenset(each.resolve() for each in leave_out)):
        # Met twice, through a folder and one above it: the longer name, whatever the order of the arguments.
        found[path] = max(found.get(path, ""), name, key=lambda each: (each.count("/"), each))
    named = _told_apart(found)
    files = [SourceFile(name=name, path=path) for path, name in named.items() if path.suffix.lower() in SUFFIXES]
    others = [(name, _no_reader(path)) for path, name in named.items() if path.suffix.lower() not in SUFFIXES]
    if not files:
        raise InputError(
            ", ".join(sorted(str(path) for path in paths)) or "no path",
            found=f"{len(others)} files, none of them a document that can be read",
            expected=f"at least one file ending in {', '.join(SUFFIXES)}",
            remedy="give a folder with plans saved in one of these formats",
            vi=f"Không có văn bản nào đọc được (cần tệp {', '.join(SUFFIXES)}); hãy chỉ đúng thư mục chứa kế hoạch",
        )
    return Sources(files=tuple(sorted(files)), passed_over=tuple(sorted(others, key=lambda pair: pair[0])))


def _walk(paths: Iterable[str | Path], leave_out: Collection[Path]) -> Iterator[tuple[Path, str]]:
    for given in map(Path, paths):
        if given.is_dir():
            yield from _walk_folder(given.resolve(), leave_out)
        elif given.exists():
            yield given.resolve(), _readable(given.resolve().name)
        else:
            raise InputError(
                str(given),
                found="nothing at this path",
                expected="a file or a folder",
                remedy="check the spelling of the path",
                vi="Không có tệp hay thư mục này; hãy kiểm tra đường dẫn",
            )


def _walk_folder(folder: Path, leave_out: Collection[Path]) -> Iterator[tuple[Path, str]]:
    for where, folders, files in os.walk(folder):
        here = Path(where)
        if here in leave_out or set(_BUILD_FILES) <= set(files):
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.startswith(".")]
        for file in files:
            if not file.startswith("."):
                yield (here / file).resolve(), _readable((here / file).relative_to(folder).as_posix())


def _readable(name: str) -> str:
    """NFC; bytes that are no UTF-8 (old archives) as escapes."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "backslashreplace"))


def _told_apart(found: dict[Path, str]) -> dict[Path, str]:
    """Lengthen names that several files share by the folders above, until no two are alike."""
    names = dict(found)
    while shared := {name for name, count in Counter(names.values()).items() if count > 1}:
        longer = {path: _one_folder_more(path, name) for path, name in names.items() if name in shared}
        if all(names[path] == name for path, name in longer.items()):  # alike in NFC only: one byte-wise path each
            longer = {path: f"{names[path]}~{rank}" for rank, path in enumerate(sorted(longer), 1)}
        names.update(longer)
    return names


def _one_folder_more(path: Path, name: str) -> str:
    parts = [_readable(part) for part in path.parts[1:]]
    return "/".join(parts[-(name.count("/") + 2) :])


def _no_reader(path: Path) -> Finding:
    suffix = path.suffix or "(no suffix)"
    return Finding(
        code="no-reader",
        severity="warning",
        vi=f"Chưa đọc được định dạng {suffix}; tệp bị bỏ qua, hãy lưu thành .docx, .pdf, .html hoặc văn bản thuần (.txt)",
        en=f"No reader for this format: found {suffix}, expected {', '.join(SUFFIXES)}; left out, save it as one of these",
    )
