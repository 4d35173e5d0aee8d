"""Files, folders and archives as given → the files to read, each with a name that does not depend on where the folder stands.

An archive is a folder of its name. A name is the posix path below the given folder, in NFC; a file given itself goes by its own name. Two files of one
name are told apart by the folders above them. Neither the order of the arguments nor that of the disk counts.
"""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kg.errors import InputError
from kg.reading import HTML_SUFFIXES, SUFFIXES
from kg.reading.archives import SUFFIX as ARCHIVE
from kg.reading.archives import is_archive, list_members
from kg.reading.xlsx import is_own_workbook
from kg.records import Finding

_PACKED = frozenset((".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zipx"))
_OWN = b'<meta name="generator" content="mandategraph">'
_BUILD_FILES = ("graph.nq", "report.json")  # a folder with both is an earlier build, not a folder of documents


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class SourceFile:
    """A file to read and the name it goes by; ``inside`` is the way to it in the archive at ``path``, () for a plain file.

    ``annexes`` are files of the same document, which are read with it and come after it.
    """

    name: str
    path: Path
    inside: tuple[str, ...] = ()
    annexes: tuple[SourceFile, ...] = ()

    @property
    def suffix(self) -> str:
        """How its name ends, lower-case."""
        return PurePosixPath(self.name).suffix.lower()


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
    walk = _Walk(frozenset(each.resolve() for each in leave_out))
    found: dict[Path, str] = {}
    for path, name in walk.paths(paths):
        # Met twice, through a folder and one above it: the longer name, whatever the order of the arguments.
        found[path] = max(found.get(path, ""), name, key=lambda each: (each.count("/"), each))
    passed_over = walk.passed_over
    files: list[SourceFile] = []
    for path, name in _told_apart(found).items():
        each = SourceFile(name=name, path=path)
        if each.suffix == ARCHIVE and path.is_file() and is_archive(path):
            inner, refused = _look_into(path, name)
            files += inner
            passed_over += refused
        elif (each.suffix in HTML_SUFFIXES and _is_own_page(path)) or (each.suffix == ".xlsx" and is_own_workbook(path)):
            passed_over.append((name, _own_page()))
        elif each.suffix in (*SUFFIXES, ARCHIVE):
            files.append(each)
        else:
            passed_over.append((name, _no_reader(each.suffix)))
    if not files:
        raise InputError(
            ", ".join(sorted(str(path) for path in paths)) or "no path",
            found=f"{len(passed_over)} files, none of them a document that can be read",
            expected=f"at least one file ending in {', '.join(SUFFIXES)}",
            remedy="give a folder with plans saved in one of these formats",
            vi=f"Không có văn bản nào đọc được (cần tệp {', '.join(SUFFIXES)}); hãy chỉ đúng thư mục chứa kế hoạch",
        )
    return Sources(files=tuple(sorted(files)), passed_over=tuple(sorted(passed_over, key=lambda pair: (pair[0], pair[1].en))))


def _is_own_page(path: Path) -> bool:
    """Whether this program wrote the page: an explorer, a report or a site beside the plans is no plan."""
    try:
        with path.open("rb") as file:
            return _OWN in file.read(2048)
    except OSError:
        return False


def _own_page() -> Finding:
    return Finding(
        code="own-page", severity="note",
        vi="Trang hoặc bảng tính do mandategraph tạo ra (trang khám phá, báo cáo, trang tĩnh), không phải kế hoạch; đã bỏ qua",
        en="Found a page or workbook that mandategraph made (explorer, report, site), expected a plan; passed over",
    )  # fmt: skip


def _look_into(path: Path, name: str) -> tuple[list[SourceFile], list[tuple[str, Finding]]]:
    """Give the files of an archive, and what is passed over."""
    files: list[SourceFile] = []
    passed_over: list[tuple[str, Finding]] = []
    taken: set[str] = set()
    try:
        for member in list_members(path, name):
            own = f"{name}/{member.path}"
            while own in taken:
                own = f"{PurePosixPath(own).with_suffix('')}~{PurePosixPath(own).suffix}"
            taken.add(own)
            each = SourceFile(name=own, path=path, inside=member.chain)
            if member.refused:
                passed_over.append((own, _refused_member(member.refused)))
            elif each.suffix in (*SUFFIXES, ARCHIVE):
                files.append(each)
            else:
                passed_over.append((own, _no_reader(each.suffix)))
    except (InputError, OSError) as error:
        told = error if isinstance(error, InputError) else None
        passed_over.append((name, _unreadable_archive(told, error)))
    return files, passed_over


class _Walk:
    """Goes through files and folders; what cannot be looked into is passed over."""

    def __init__(self, leave_out: Collection[Path]) -> None:
        self._leave_out = leave_out
        self.passed_over: list[tuple[str, Finding]] = []

    def paths(self, given: Iterable[str | Path]) -> Iterator[tuple[Path, str]]:
        """Give each file's path, links followed, and its name below the folder given."""
        for path in map(Path, given):
            if path.is_dir():
                yield from self._folder(_followed(path))
            elif path.exists():
                yield _followed(path), _readable(_followed(path).name)
            else:
                raise InputError(
                    str(path),
                    found="nothing at this path",
                    expected="a file or a folder",
                    remedy="check the spelling of the path",
                    vi="Không có tệp hay thư mục này; hãy kiểm tra đường dẫn",
                )

    def _folder(self, folder: Path) -> Iterator[tuple[Path, str]]:
        def refuse(error: OSError) -> None:
            name = Path(error.filename or folder).relative_to(folder).as_posix()
            self.passed_over.append((_readable(name), _closed_folder(error)))

        for where, folders, files in os.walk(folder, onerror=refuse):
            here = Path(where)
            if here in self._leave_out or set(_BUILD_FILES) <= set(files):
                folders.clear()
                continue
            folders[:] = [name for name in folders if not name.startswith(".")]
            for file in files:
                if not file.startswith((".", "~$")):  # "~$plan.docx" is Word's mark of an open file
                    yield _followed(here / file), _readable((here / file).relative_to(folder).as_posix())


def _followed(path: Path) -> Path:
    """The path with its links followed; of a loop of links, the link itself."""
    return Path(os.path.realpath(path))


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


def _no_reader(suffix: str) -> Finding:
    shown = suffix or "(no suffix)"
    packed = suffix in _PACKED
    return Finding(
        code="no-reader",
        severity="warning",
        vi=f"Chưa đọc được định dạng {shown}; tệp bị bỏ qua, hãy "
        + ("giải nén rồi chỉ thư mục đó, hoặc nén lại thành .zip" if packed else "lưu thành .docx, .pdf, .html hoặc văn bản thuần (.txt)"),
        en=f"No reader for this format: found {shown}, expected {', '.join(SUFFIXES)}; left out, "
        + ("unpack it, or pack it as .zip" if packed else "save it as one of these"),
    )


def _refused_member(reason: str) -> Finding:
    return Finding(
        code="refused",
        severity="error",
        vi=f"Tệp trong tệp nén không được đọc ({reason}); hãy tự giải nén rồi chỉ thư mục đó",
        en=f"A file in an archive is not read: found {reason}; unpack it yourself and give the folder",
    )


def _unreadable_archive(told: InputError | None, error: Exception) -> Finding:
    return Finding(
        code="unreadable",
        severity="error",
        vi=told.vi if told else "Không mở được tệp nén; hãy kiểm tra quyền đọc",
        en=f"found {told.found}; expected {told.expected}; {told.remedy}" if told else f"found {error}; expected an archive that can be read",
    )


def _closed_folder(error: OSError) -> Finding:
    return Finding(
        code="unreadable",
        severity="error",
        vi="Không mở được thư mục này; hãy kiểm tra quyền đọc",
        en=f"found {error.strerror or type(error).__name__}; expected a folder that can be read; check its permissions",
    )
