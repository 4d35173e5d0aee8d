"""Stores that answer SPARQL: in the program, over rdflib, or on another machine; one interface.

``RdflibStore`` is in :mod:`kg.store.rdflib_store`, so that rdflib is imported only where it is used.
"""

from kg.store.embedded import EmbeddedStore, dataset, open_store
from kg.store.interface import Format, Store
from kg.store.remote import RemoteStore
from kg.store.results import Result, Term, Triples, Value, python_value
from kg.store.serialising import serialise_triples

__all__ = [
    "EmbeddedStore",
    "Format",
    "RemoteStore",
    "Result",
    "Store",
    "Term",
    "Triples",
    "Value",
    "dataset",
    "open_store",
    "python_value",
    "serialise_triples",
]
