"""The folder a build is written to: whole or not at all.

Everything goes into ``.NAME.new`` beside it, which takes the folder's place in one step at the end: a writer killed at
any moment leaves the last good build as it was. A lock file keeps a second writer out; the system lets go of it when its
holder dies. What a killed writer left is cleaned by the next one, except the cache, which that one still uses.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.errors import StoreError

CACHE = "cache"
OWN = (
    "graph.nq", "graph-entailed.nq", "graph.trig", "graph.ttl", "texts", "records", "tables", "report.json", "report.md", "index.html",
    "run.json", "review.csv", "review.html", CACHE,
)  # fmt: skip
_MARK = "run.json"  # written last of all: a folder with it is a build


class OutputFolder:
    """A context manager: gives the folder to write into; puts it in place at the end, unless an exception passes."""

    def __init__(self, out: Path) -> None:
        self.out = out.resolve()
        self.staging = self.out.with_name(f".{self.out.name}.new")
        self._old = self.out.with_name(f".{self.out.name}.old")
        self._lock_path = self.out.with_name(f".{self.out.name}.lock")
        self._lock: int | None = None

    def __enter__(self) -> Self:
        """Lock, mend what a killed writer left, and make an empty staging folder.

        Raises:
            StoreError: another writer is at work, or the folder holds something that is no build.

        """
        _refuse_foreign(self.out)
        try:
            self.out.parent.mkdir(parents=True, exist_ok=True)
            self._lock = _take_lock(self._lock_path)
            self._mend()
            self.staging.mkdir(exist_ok=True)
        except OSError as error:
            self._let_go()
            raise _not_writable(self.out, error) from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Let go of the lock; what was staged and not put in place is taken away."""
        try:
            shutil.rmtree(self.staging, ignore_errors=True)
        finally:
            self._let_go()

    def put_in_place(self) -> None:
        """Make the staged folder the build."""
        try:
            if not self.out.exists():
                self.staging.rename(self.out)
            elif _exchange(self.staging, self.out):
                self.staging.rename(self._old)
            else:
                self.out.rename(self._old)
                self.staging.rename(self.out)
            self._retire()
        except OSError as error:
            raise _not_writable(self.out, error) from error

    def _mend(self) -> None:
        if not self.out.exists() and (self._old / _MARK).exists():  # killed between two renames
            self._old.rename(self.out)
        self._retire()
        for entry in self.staging.iterdir() if self.staging.is_dir() else ():
            if entry.name != CACHE:
                _remove(entry)

    def _retire(self) -> None:
        """Take the former build away; what people put into it moves over."""
        if not self._old.is_dir():
            return
        for entry in self._old.iterdir():
            if entry.name not in OWN and self.out.is_dir() and not (self.out / entry.name).exists():
                entry.rename(self.out / entry.name)
        shutil.rmtree(self._old, ignore_errors=True)

    def _let_go(self) -> None:
        if self._lock is not None:
            self._lock_path.unlink(missing_ok=True)
            os.close(self._lock)
            self._lock = None


def _remove(entry: Path) -> None:
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry)
    else:
        entry.unlink()


def _refuse_foreign(out: Path) -> None:
    is_build = (out / _MARK).is_file() and (out / "graph.nq").is_file()
    if out.exists() and not is_build and not (out.is_dir() and not any(out.iterdir())):
        raise StoreError(
            str(out),
            found="a folder or file that is no build",
            expected="a new or empty folder, or an earlier build, which is replaced",
            remedy="name another folder with -o",
            vi=f"Không ghi đè lên {out}: không phải thư mục kết quả của lệnh build; hãy chọn thư mục khác với -o",
        )


def _not_writable(out: Path, error: OSError) -> StoreError:
    return StoreError(
        str(out),
        found=error.strerror or str(error),
        expected="a place where folders can be made and renamed",
        remedy="choose a folder below one that you may write to (not a mount point itself) with enough space",
        vi=f"Không ghi được vào {out}; hãy chọn thư mục khác có quyền ghi và đủ chỗ",
    )


def _take_lock(path: Path) -> int:
    """Lock a file, without waiting; again where its former holder has just deleted it."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock_handle(handle)
        except OSError as error:
            os.close(handle)
            raise StoreError(
                str(path),
                found="another build at work on this folder",
                expected="one writer at a time",
                remedy="wait until it has ended, or choose another folder with -o",
                vi="Một lệnh build khác đang ghi vào thư mục này; hãy đợi, hoặc chọn thư mục khác với -o",
            ) from error
        try:
            if os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        except FileNotFoundError:
            pass
        os.close(handle)


def _lock_handle(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step; ``False`` where the system cannot.

    Source: renameat2(2) with RENAME_EXCHANGE (Linux 3.15, glibc 2.28), renamex_np(2) with RENAME_SWAP (macOS 10.12).
    """
    import ctypes

    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            current_folder = -100  # AT_FDCWD
            return bool(library.renameat2(current_folder, os.fsencode(one), current_folder, os.fsencode(other), 2) == 0)
        if sys.platform == "darwin":
            return bool(library.renamex_np(os.fsencode(one), os.fsencode(other), 2) == 0)
    except (OSError, AttributeError, TypeError):
        pass
    return False


