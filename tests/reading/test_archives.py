"""Archives as folders: names, nesting, locks and tricks."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from pathlib import Path

import pytest

from kg.building.sources import find_sources
from kg.errors import InputError
from kg.reading.archives import is_archive, list_members, read_member

CORPUS = Path(__file__).parents[2] / "corpus"
PLAN = sorted(CORPUS.glob("*.txt"))[2]


def pack(path: Path, files: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def names(folder: Path) -> tuple[list[str], dict[str, str]]:
    found = find_sources([folder])
    return [file.name for file in found.files], {name: finding.en for name, finding in found.passed_over}


def test_an_archive_is_a_folder(tmp_path: Path) -> None:
    inner = zipped({"phụ lục.txt": b"a", "sâu/x.docx": b"b"})
    pack(tmp_path / "2025.zip", {"Kế hoạch/Lai Châu.txt": b"1", "Kế hoạch/.hidden.txt": b"", "__MACOSX/._a.txt": b"", "ảnh.gif": b"", "trong.zip": inner})
    (tmp_path / "khác.txt").write_text("Kế hoạch", "utf-8")
    files, passed = names(tmp_path)
    assert files == ["2025.zip/Kế hoạch/Lai Châu.txt", "2025.zip/trong.zip/phụ lục.txt", "2025.zip/trong.zip/sâu/x.docx", "khác.txt"]
    assert list(passed) == ["2025.zip/ảnh.gif"]
    sources = {file.name: file for file in find_sources([tmp_path]).files}
    deep = sources["2025.zip/trong.zip/phụ lục.txt"]
    assert read_member(deep.path, deep.inside, deep.name) == b"a"


@pytest.mark.parametrize(
    ("codec", "name"),
    [("utf-8", "Kế hoạch số 12.txt"), ("cp1258", "Kê\u0301 hoa\u0323ch.txt"), ("cp437", "café.txt")],
)
def test_old_names_are_made_readable(tmp_path: Path, codec: str, name: str) -> None:
    import unicodedata

    raw = name.encode(codec)
    path = pack(tmp_path / "a.zip", {"x" * len(raw): b"1"})
    path.write_bytes(path.read_bytes().replace(b"x" * len(raw), raw))
    (member,) = list_members(path, "a.zip")
    assert member.path == unicodedata.normalize("NFC", name)
    assert read_member(path, member.chain, "a") == b"1"


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "/etc/passwd.txt", "C:/windows/a.txt", "a/../../b.txt", "..\\b.txt", "n" * 600 + ".txt", "ế" * 100 + ".txt"])
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    pack(tmp_path / "a.zip", {name: b"1", "good.txt": b"2"})
    files, passed = names(tmp_path)
    assert files == ["a.zip/good.txt"]
    assert any("refused" in text or "not read: found a name" in text for text in passed.values())


def test_names_cannot_hide_what_they_are(tmp_path: Path) -> None:
    pack(tmp_path / "a.zip", {"ke\u202etxt.exe": b"1", "a\nb.txt": b"2"})
    files, passed = names(tmp_path)
    assert files == ["a.zip/a\ufffdb.txt"]
    assert list(passed) == ["a.zip/ke\ufffdtxt.exe"]


def test_names_that_are_written_alike_stay_apart(tmp_path: Path) -> None:
    pack(tmp_path / "a.zip", {"b//c.txt": b"1", "b/c.txt": b"2", "./b/c.txt": b"3", "b/what?.txt": b"4"})
    found = find_sources([tmp_path]).files
    assert [file.name for file in found] == ["a.zip/b/c.txt", "a.zip/b/c~.txt", "a.zip/b/c~~.txt", "a.zip/b/what\ufffd.txt"]
    assert sorted(read_member(file.path, file.inside, file.name) for file in found) == [b"1", b"2", b"3", b"4"]


def test_archives_nested_deeper_are_named(tmp_path: Path) -> None:
    pack(tmp_path / "a.zip", {"b.zip": zipped({"c.zip": zipped({"d.txt": b"1"}), "e.txt": b"2"})})
    files, passed = names(tmp_path)
    assert files == ["a.zip/b.zip/e.txt"]
    assert "nested" in passed["a.zip/b.zip/c.zip"]


def test_a_document_named_zip_is_a_document(tmp_path: Path) -> None:
    from kg.reading import read, read_bytes
    from tests.reading.plan_forms import as_docx, records

    plan = read(PLAN)
    (tmp_path / "plan.zip").write_bytes(as_docx(plan))
    assert not is_archive(tmp_path / "plan.zip")
    (file,) = find_sources([tmp_path]).files
    assert records(read_bytes(file.path.read_bytes(), file.name)) == records(plan)


def _lock(path: Path) -> None:
    """Set the bit that says "encrypted" in all headers."""
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 4)
    path.write_bytes(bytes(data))


def test_a_locked_archive_is_named(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"plan.txt": b"1"})
    _lock(path)
    (file,) = find_sources([tmp_path]).files
    with pytest.raises(InputError, match="password"):
        read_member(file.path, file.inside, file.name)


@pytest.mark.parametrize("damage", ["cut", "junk", "empty", "checksum"])
def test_a_broken_archive_is_named(tmp_path: Path, damage: str) -> None:
    path = pack(tmp_path / "a.zip", {"plan.txt": b"plan" * 1000}, method=zipfile.ZIP_STORED)
    (tmp_path / "good.txt").write_text("Kế hoạch", "utf-8")
    data = path.read_bytes()
    broken = {"cut": data[:-30], "junk": b"PK\x03\x04" + os.urandom(0) + b"\xff" * 500, "empty": b"", "checksum": data.replace(b"planplan", b"plamplan", 1)}
    path.write_bytes(broken[damage])
    found = find_sources([tmp_path])
    if damage == "checksum":
        file = found.files[0]
        with pytest.raises(InputError, match="broken archive"):
            read_member(file.path, file.inside, file.name)
    else:
        assert [file.name for file in found.files] == ["good.txt"]
        assert [(name, finding.severity) for name, finding in found.passed_over] == [("a.zip", "error")]


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    pack(tmp_path / "a.zip", {"bomb.txt": b"\0" * (70 * 1024 * 1024)})
    (file,) = find_sources([tmp_path]).files
    with pytest.raises(InputError, match="1:250"):
        read_member(file.path, file.inside, file.name)


def test_a_list_of_millions_of_files_is_not_read(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"plan.txt": b"1"})
    data = bytearray(path.read_bytes())
    end = data.rfind(b"PK\x05\x06")
    struct.pack_into("<I", data, end + 12, 900_000_000)
    path.write_bytes(bytes(data))
    with pytest.raises(InputError, match="list of files"):
        list(list_members(path, "a.zip"))


def test_links_pipes_and_loops_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("Kế hoạch", "utf-8")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "up").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    os.mkfifo(tmp_path / "pipe.zip")
    files, _ = names(tmp_path)
    assert files == ["loop.txt", "pipe.txt", "pipe.zip", "plan.txt"]


def test_word_s_lock_files_are_no_documents(tmp_path: Path) -> None:
    (tmp_path / "~$plan.docx").write_bytes(b"\x05user")
    (tmp_path / "plan.txt").write_text("Kế hoạch", "utf-8")
    assert names(tmp_path)[0] == ["plan.txt"]


def test_thousands_of_files_are_listed_alike(tmp_path: Path) -> None:
    pack(tmp_path / "a.zip", {f"{number % 7}/{number:05}.txt": b"x" for number in range(3000)})
    for number in range(500):
        (tmp_path / f"{number:04}.txt").write_bytes(b"x")
    files = names(tmp_path)[0]
    assert len(files) == len(set(files)) == 3500
    assert files == sorted(files)
