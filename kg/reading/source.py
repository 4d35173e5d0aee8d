"""The record of where a document came from, made alike by all readers."""

from __future__ import annotations

import hashlib

from kg.records import Source


def make_source(
    data: bytes, name: str, text: str, encoding: str, *, form: str | None = None, offsets: tuple[tuple[int, int], ...] = (), pages: tuple[int, ...] = (),
    sure: tuple[tuple[int, int], ...] = (),
) -> Source:
    """Describe the file that ``text`` was read from.

    Args:
        data: the file's bytes as given.
        name: what it is called.
        text: the canonical text.
        encoding: the codec of a text file or web page, else the format.
        form: the format, where ``encoding`` is not its name.
        offsets: where the text stands in the bytes, if it does.
        pages: where pages begin in the text, if there are any.
        sure: how surely a scan was recognised, see `Source`.

    """
    return Source(
        path=name,
        file_sha256=hashlib.sha256(data).hexdigest(),
        text_sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        encoding=encoding,
        size=len(data),
        offsets=offsets,
        pages=pages,
        sure=sure,
        format=form or encoding,
    )
