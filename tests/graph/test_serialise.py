from __future__ import annotations

import subprocess
import sys

import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.graph.namespaces import BASE, MG
from kg.graph.serialise import merge_lines, n_quads, read_n_quads, sorted_lines, trig, turtle

nodes = st.sampled_from(
    [NamedNode(BASE + name) for name in ("kind/so-y-te", "vn/lai-chau/agency/so-y-te", "vn/ha-tinh/agency/so-y-te")]
)
words = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
literals = st.builds(Literal, words) | st.builds(lambda text: Literal(text, language="vi"), words)
some_quads = st.lists(
    st.builds(Quad, nodes, st.sampled_from([MG.kind, MG.product]), nodes | literals, nodes), max_size=15
)


@given(some_quads, st.randoms(use_true_random=False))
def test_bytes_do_not_rest_on_order_nor_on_repetition(quads: list, random):
    other = [*quads, *quads[:3]]
    random.shuffle(other)
    assert n_quads(quads) == n_quads(other)
    assert trig(quads) == trig(other)
    assert turtle(quads) == turtle(other)


@given(some_quads)
def test_what_is_written_can_be_read_again(quads: list):
    assert set(read_n_quads(n_quads(quads))) == set(quads)
    assert set(parse(trig(quads), format=RdfFormat.TRIG)) == set(quads)
    assert {quad.triple for quad in quads} == {quad.triple for quad in parse(turtle(quads), format=RdfFormat.TURTLE)}


@given(some_quads, some_quads)
def test_merged_lines_are_the_lines_of_all(one: list, other: list):
    assert merge_lines([sorted_lines(one), sorted_lines(other)]) == sorted_lines([*one, *other])


def test_rdflib_reads_the_same(quads: list):
    graph = rdflib.Graph().parse(data=turtle(quads), format="turtle")
    assert len(graph) == len({quad.triple for quad in quads})


def test_prefixes_stand_in_the_same_order_in_every_process(quads: list):
    code = "import sys; from kg.graph.serialise import trig, read_n_quads; sys.stdout.buffer.write(trig(read_n_quads(sys.stdin.buffer.read())))"
    runs = {
        subprocess.run([sys.executable, "-c", code], input=n_quads(quads), capture_output=True, check=True).stdout
        for _ in range(2)
    }
    assert runs == {trig(quads)}
    assert b"kind:so-cong-thuong" in trig(quads)
