"""A store as of a date: the same questions, asked with the words of a view; see ``kg.graph.as_of``."""

from __future__ import annotations

from kg.errors import QuestionError
from kg.graph.as_of import TERMS, View
from kg.graph.namespaces import MG_BASE
from kg.resolution.as_of import show_day
from kg.store.interface import Dated, Format, Store
from kg.store.query_text import rename_terms
from kg.store.results import Result, Triples


class AsOfStore:
    """A :class:`kg.store.Store` that answers as of a date, over one that has the view beside what is written.

    Prefixed terms (``mg:agent``) are as of the date; a term that stands as a full address is as written.
    """

    def __init__(self, written: Store, view: View) -> None:
        self.written = written
        self.view = view

    def select(self, query: str) -> Result:
        """Answer a SELECT."""
        return self._asked().select(self.renamed(query))

    def ask(self, query: str) -> bool:
        """Answer an ASK."""
        return self._asked().ask(self.renamed(query))

    def construct(self, query: str) -> Triples:
        """Answer a CONSTRUCT or DESCRIBE."""
        return self._asked().construct(self.renamed(query))

    def dump(self, format: Format) -> bytes:  # noqa: A002  as in Store
        """Give the graph as written with the view beside it, sorted."""
        return self._asked().dump(format)

    def renamed(self, query: str) -> str:
        """Give the query in the words of the view."""
        return rename_terms(query, MG_BASE, self.view.words, TERMS)

    def _asked(self) -> Store:
        return self.written.beside(self.view) if isinstance(self.written, Dated) else self.written


def as_of(store: Store, date: str, split: str = "share") -> AsOfStore:
    """Give a store as of a day; the view is made once a store, date and way of splitting.

    Args:
        store: of a build, or any that holds the view already (``mandategraph export BUILD --as-of DATE`` writes it).
        date: "2025-07-01" or "01/7/2025".
        split: "share" or "list"; see ``kg.resolution.as_of``.

    Raises:
        QuestionError: a date that is none or absurd, another split, or an endpoint without the view.
    """
    view = View.of(date, split)
    if isinstance(store, Dated):
        store.beside(view)
    elif not store.ask(f"ASK {{ ?work <{view.words}agent> ?agent }}"):
        raise QuestionError(
            "as-of",
            found=f"a store without the view of {view.date} ({view.split})",
            expected="the view beside the graph",
            remedy=f"write it with `mandategraph export BUILD --as-of {view.date} --split {view.split} -o view.nq` and load it there, or ask a build on this machine",
            vi=f"Máy chủ chưa có góc nhìn tính đến {show_day(view.date)}; hãy nạp thêm tệp do `mandategraph export --as-of` ghi ra, hoặc hỏi bản dựng trên máy này",
        )
    return AsOfStore(store, view)
