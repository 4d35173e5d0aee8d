"""ZIP archives as folders: what is in them, under names that can be trusted, and the bytes of one file.

Nothing is written to disk. Names are made readable: archives of old Windows hold them in a code page that they do not
name. Source: PKWARE APPNOTE 6.3.10, 4.4.4 (bit 11) and appendix D (names); 4.3.16 (end of the central directory).
"""

from __future__ import annotations

import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from kg.errors import InputError
from kg.reading.limits import (
    MAX_ARCHIVE_BYTES,
    MAX_ARCHIVE_DEPTH,
    MAX_ARCHIVE_FILES,
    MAX_ARCHIVE_RATIO,
    MAX_ARCHIVE_TOTAL_BYTES,
    MAX_BYTES,
    SMALL_PART_BYTES,
)
from kg.reading.syllables import syllable_share

SUFFIX = ".zip"
BROKEN_ZIP = (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, OSError, ValueError, struct.error)
"""What ``zipfile`` raises for a damaged file, a locked one, or one packed in a way that it does not know (NotImplementedError)."""
_END = b"PK\x05\x06"
_END_BYTES = 22 + 65535
_ENTRY_BYTES = 46 + 512
"""Of an entry in the central directory with a long name; a directory of more than this for each file allowed is not read."""
_HIDDEN = re.compile(r"(?:^|/)(?:\.|__MACOSX/|Thumbs\.db$|desktop\.ini$)")
_UNSAFE = re.compile('[\x00-\x1f\x7f-\x9f<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')
"""What no file system everywhere takes, or what hides how a name ends."""
_MAX_NAME_BYTES = 240
"""Of one part of a path: file systems hold 255, and ".json" is added to it."""
_MAX_PATH = 512

Chain = tuple[str, ...]
"""The way to a file: its entry's name as stored, behind those of the archives that it is in."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: the way to it, its readable path, and why it cannot be read ("" if it can)."""

    chain: Chain
    path: str
    refused: str = ""


def is_archive(path: Path) -> bool:
    """Tell whether a file ending in .zip holds files; a document that was packed so (.docx, .odt) does not."""
    try:
        with path.open("rb") as file:
            return not _is_document(file, str(path))
    except (InputError, *BROKEN_ZIP):
        return True


def list_members(path: Path, name: str) -> Iterator[Member]:
    """Give the files of an archive and of archives in it, in the order stored; hidden ones and folders are left out.

    Raises:
        InputError: it is broken, too large, or hostile.
    """
    if path.stat().st_size > MAX_ARCHIVE_BYTES:
        raise _hostile(name, f"{path.stat().st_size:,} bytes", f"at most {MAX_ARCHIVE_BYTES:,}")
    try:
        with path.open("rb") as file:
            yield from _list(file, name, ())
    except BROKEN_ZIP as error:
        raise _broken(name, error) from error


def read_member(path: Path, chain: Chain, name: str) -> bytes:
    """Give the bytes of one file of an archive, one more than ``MAX_BYTES`` at most.

    Raises:
        InputError: it is broken, locked, hostile, or gone.
    """
    try:
        with path.open("rb") as file:
            data = _read(file, chain[0], name)
        for inner in chain[1:]:
            data = _read(BytesIO(data), inner, name)
    except KeyError as error:
        raise InputError(
            name,
            found="an archive that no longer holds this file",
            expected="files that do not change while they are read",
            remedy="run again",
            vi="Tệp nén đã thay đổi trong lúc đọc; hãy chạy lại",
        ) from error
    except BROKEN_ZIP as error:
        raise _broken(name, error) from error
    return data


def _list(file: BinaryIO, name: str, above: Chain) -> Iterator[Member]:
    with _open(file, name) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        total = sum(entry.file_size for entry in entries)
        if len(entries) > MAX_ARCHIVE_FILES or total > MAX_ARCHIVE_TOTAL_BYTES:
            raise _hostile(name, f"{len(entries):,} files, {total:,} bytes unpacked", f"at most {MAX_ARCHIVE_FILES:,} and {MAX_ARCHIVE_TOTAL_BYTES:,}")
        seen: set[str] = set()
        for entry in entries:
            path = readable_name(entry)
            refused = _refuse_name(path)
            if not refused and _HIDDEN.search(path):
                continue
            chain = (*above, entry.filename)
            refused = refused or ("two files of this name" if entry.filename in seen else "")
            seen.add(entry.filename)
            if not refused and path.lower().endswith(SUFFIX):
                yield from _list_inner(archive, entry, chain, path, name)
            else:
                yield Member(chain, _UNSAFE.sub("\ufffd", path)[:_MAX_PATH], refused)


def _list_inner(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, chain: Chain, path: str, name: str) -> Iterator[Member]:
    if len(chain) >= MAX_ARCHIVE_DEPTH:
        yield Member(chain, path, f"archives nested over {MAX_ARCHIVE_DEPTH} deep")
        return
    try:
        inner = BytesIO(_unpack(archive, entry, name))
        if len(inner.getbuffer()) > MAX_BYTES:
            raise _hostile(name, f"an inner archive over {MAX_BYTES:,} bytes", "a smaller one")
        if _is_document(inner, name):
            yield Member(chain, path)
            return
        members = list(_list(inner, f"{name}/{path}", chain))
    except InputError as error:
        yield Member(chain, path, error.found)
        return
    except BROKEN_ZIP as error:
        yield Member(chain, path, f"a broken archive ({type(error).__name__})")
        return
    for member in members:
        yield Member(member.chain, f"{path}/{member.path}", member.refused)


def _read(file: BinaryIO, entry: str, name: str) -> bytes:
    with _open(file, name) as archive:
        return _unpack(archive, archive.getinfo(entry), name)


def _open(file: BinaryIO, name: str) -> zipfile.ZipFile:
    """Open an archive; its list of files is looked at only when it is no longer than that of as many files as are allowed."""
    end = file.seek(0, 2)
    file.seek(max(0, end - _END_BYTES))
    tail = file.read()
    at = tail.rfind(_END)
    if at >= 0 and len(tail) >= at + 22:
        (size,) = struct.unpack_from("<I", tail, at + 12)
        if size > MAX_ARCHIVE_FILES * _ENTRY_BYTES and size != 0xFFFFFFFF:
            raise _hostile(name, f"a list of files of {size:,} bytes", f"at most {MAX_ARCHIVE_FILES:,} files")
        if size == 0xFFFFFFFF:
            raise _hostile(name, "an archive of the 64-bit form", "a usual one")
    file.seek(0)
    return zipfile.ZipFile(file)


def _is_document(file: BinaryIO, name: str) -> bool:
    with _open(file, name) as archive:
        names = archive.NameToInfo
        return "[Content_Types].xml" in names or "mimetype" in names


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    """Unpack one file; its stated size is not believed."""
    if entry.flag_bits & 1:
        raise InputError(
            name,
            found="an archive with a password",
            expected="an archive that opens without one",
            remedy="unpack it and give the folder",
            vi="Tệp nén đặt mật khẩu; hãy giải nén rồi chỉ thư mục đó",
        )
    with archive.open(entry) as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > SMALL_PART_BYTES and len(data) > MAX_ARCHIVE_RATIO * max(1, entry.compress_size):
        raise _hostile(name, f"{len(data):,} bytes or more out of {entry.compress_size:,}", f"files packed at most 1:{MAX_ARCHIVE_RATIO}")
    return data


def readable_name(entry: zipfile.ZipInfo) -> str:
    """Give an entry's path, "/" between its parts, in NFC; old ones in UTF-8 or Windows-1258 where that makes words.

    >>> old = zipfile.ZipInfo("K\u1ebf ho\u1ea1ch.txt".encode().decode("cp437"))
    >>> readable_name(old)
    'Kế hoạch.txt'
    """
    name = entry.filename
    if not entry.flag_bits & 0x800 and not name.isascii():
        name = _decode_name(name)
    path = unicodedata.normalize("NFC", name.replace("\\", "/"))
    return ("/" if path.startswith("/") else "") + "/".join(part for part in path.split("/") if part not in ("", "."))


def _decode_name(name: str) -> str:
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        windows = unicodedata.normalize("NFC", raw.decode("cp1258"))
    except UnicodeDecodeError:
        return name
    return windows if syllable_share(windows)[0] > syllable_share(name)[0] else name


def _refuse_name(path: str) -> str:
    parts = path.split("/")
    if path.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:/", path):
        return "a name that leads out of the archive"
    return "a name that is too long" if any(len(part.encode("utf-8", "replace")) > _MAX_NAME_BYTES for part in parts) or len(path) > _MAX_PATH else ""


def _broken(name: str, error: Exception) -> InputError:
    return InputError(
        name,
        found=f"a broken archive ({type(error).__name__})",
        expected="a whole ZIP archive",
        remedy="get it again, or unpack it and give the folder",
        vi="Tệp nén .zip bị hỏng; hãy lấy lại, hoặc giải nén rồi chỉ thư mục đó",
    )


def _hostile(name: str, found: str, expected: str) -> InputError:
    return InputError(
        name,
        found=found,
        expected=expected,
        remedy="unpack it yourself if you know where it came from, and give the folder",
        vi=f"Tệp nén bất thường ({found}), không đọc; nếu biết rõ nguồn gốc, hãy tự giải nén rồi chỉ thư mục đó",
    )
