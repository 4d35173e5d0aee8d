"""Stores: the same answers in the program, over rdflib and over HTTP; and clear errors."""

from __future__ import annotations

import contextlib
import http.server
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QuestionError, StoreError
from kg.store import EmbeddedStore, RemoteStore, Result, dataset, open_store, python_value
from kg.store.query_text import has_word, prefixes_used, query_form

# rdflib 7.6 calls its own deprecated parts, Dataset.default_context and others.
pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")

SMALL = Path(__file__).parents[1] / "data" / "small.trig"
MG = "PREFIX mg: <https://w3id.org/mandategraph/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
HUNG_YEN = "<https://w3id.org/mandategraph/vn/province/hung-yen>"
TASKS = (
    MG + f"SELECT ?name WHERE {{ ?t a mg:Task ; rdfs:label ?name ; mg:inPlan/mg:province {HUNG_YEN} }} ORDER BY ?name"
)
LEAD_ACROSS_GRAPHS = MG + 'ASK { ?t mg:code "4.1.2" ; mg:leadKind/mg:form "body" }'
FORMS = MG + "CONSTRUCT { ?k mg:form ?f } WHERE { ?k mg:form ?f }"


@pytest.fixture(scope="module")
def build_dir(tmp_path_factory):
    folder = tmp_path_factory.mktemp("build")
    inner = ox.Store()
    inner.bulk_load(path=str(SMALL), format=ox.RdfFormat.TRIG)
    (folder / "graph.nq").write_bytes(EmbeddedStore(inner).dump("nq"))
    return folder


@pytest.fixture(scope="module")
def server():
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if program is None:
        pytest.skip("the oxigraph server is not installed (pip install oxigraph)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [program, "serve", "--bind", f"127.0.0.1:{port}", "--union-default-graph"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(url, timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        else:
            pytest.fail("the oxigraph server did not start in 10 seconds")
        headers = {"Content-Type": "application/trig"}
        request = urllib.request.Request(url + "/store", SMALL.read_bytes(), headers, method="POST")  # noqa: S310  our own
        urllib.request.urlopen(request, timeout=10).close()  # noqa: S310  our own
        yield url + "/query"
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(params=["embedded", "rdflib", "remote"])
def store(request, build_dir):
    if request.param == "embedded":
        return open_store(build_dir)
    if request.param == "remote":
        return RemoteStore(request.getfixturevalue("server"), timeout_seconds=10)
    import rdflib

    from kg.store.rdflib_store import RdflibStore

    graph = rdflib.Dataset(default_union=True)
    graph.parse(data=SMALL.read_text(encoding="utf-8"), format="trig")
    return RdflibStore(graph)


def test_select_gives_rows_in_order(store):
    result = store.select(TASKS)
    assert result.columns == ("name",)
    assert len(result) == 7
    assert result.rows[0][0] == ox.Literal(
        "Khuyến khích, tăng cường tiêu dùng sản phẩm, dịch vụ đáp ứng tiêu chí của kinh tế tuần hoàn", language="vi"
    )


def test_unbound_cell_is_none(store):
    result = store.select(MG + 'SELECT ?e WHERE { ?t mg:code "4.1.2" OPTIONAL { ?t mg:endYear ?e } }')
    assert result.rows == ((None,),)


def test_all_graphs_are_asked_together(store):
    # The code stands in the document's graph, the lead in the inferred one, the form in the vocabulary.
    assert store.ask(LEAD_ACROSS_GRAPHS) is True
    assert store.ask(MG + 'ASK { ?t mg:code "9.9.9" }') is False


def test_construct_is_sorted_and_alike(store):
    triples = store.construct(FORMS).triples
    assert len(triples) == 15
    assert list(triples) == sorted(triples, key=str)


def test_dump_holds_every_quad(store):
    quads = list(ox.parse(store.dump("nq"), format=ox.RdfFormat.N_QUADS))
    assert (
        len(quads)
        == len({str(quad) for quad in quads})
        == len(list(ox.parse(path=str(SMALL), format=ox.RdfFormat.TRIG)))
    )
    assert ox.NamedNode("https://w3id.org/mandategraph/graph/inferred") in {quad.graph_name for quad in quads}


def test_broken_query_is_the_askers_fault(store):
    with pytest.raises(QuestionError) as caught:
        store.select("SELECT ?name\nWHERE { ?t a ?name\n  FILTER }")
    if not isinstance(store, RemoteStore):
        assert "line 3" in caught.value.place


@pytest.mark.parametrize("query", ["INSERT DATA { <urn:a> <urn:b> <urn:c> }", "CLEAR ALL", "", "ASK { ?s ?p ?o }"])
def test_select_takes_nothing_else(store, query):
    with pytest.raises(QuestionError, match="SELECT"):
        store.select(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * WHERE { service<http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * WHERE { SERV\\u0049CE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    ],
)
def test_embedded_store_calls_nobody(build_dir, query):
    with pytest.raises(QuestionError, match="SERVICE"):
        open_store(build_dir).select(query)


def test_the_word_service_in_data_is_no_call(build_dir):
    assert open_store(build_dir).ask('ASK { FILTER NOT EXISTS { ?service ?p "SERVICE" } }')


def test_dump_has_one_order(build_dir):
    first, second = open_store(build_dir), open_store(build_dir)
    assert first.dump("nq") == second.dump("nq")
    assert first.dump("ttl").startswith(b"@prefix")
    with pytest.raises(StoreError, match="csv"):
        first.dump("csv")  # type: ignore[arg-type]


def test_dataset_answers_through_rdflib(build_dir):
    rows = list(dataset(build_dir).query(TASKS))
    assert [str(row[0]) for row in rows] == [row[0] for row in open_store(build_dir).select(TASKS).values()]


def test_no_build_says_what_to_do(tmp_path):
    with pytest.raises(StoreError, match="mandategraph build"):
        open_store(tmp_path)


def test_damaged_build_is_named(tmp_path):
    (tmp_path / "graph.nq").write_text("Ủy ban nhân dân tỉnh Hưng Yên\n", encoding="utf-8")
    with pytest.raises(StoreError, match="bị hỏng"):
        open_store(tmp_path)


class _Page(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/slow":
            time.sleep(1.0)
        body = b'{"head": {"vars": ["name"]}, "resu' if self.path == "/cut" else "<html>Cổng thông tin</html>".encode()
        self.send_response(503 if self.path == "/busy" else 200)
        self.end_headers()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # the client of /slow has gone
            self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def page():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/page", "không đúng chuẩn SPARQL"),
        ("/cut", "không đúng chuẩn SPARQL"),
        ("/busy", "HTTP 503"),
        ("/slow", "không trả lời"),
    ],
)
def test_remote_failures_are_store_errors(page, path, message):
    with pytest.raises(StoreError, match=message):
        RemoteStore(page + path, timeout_seconds=0.3).select(TASKS)


def test_nobody_at_the_address():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}/query"
    with pytest.raises(StoreError, match="không trả lời"):
        RemoteStore(url, timeout_seconds=2).ask("ASK { ?s ?p ?o }")


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://example.org/", "localhost:7878"])
def test_only_web_addresses(url):
    with pytest.raises(StoreError, match="http"):
        RemoteStore(url)


@pytest.mark.parametrize(
    ("lexical", "datatype", "value"),
    [
        ("2030", "integer", 2030),
        ("0.60", "decimal", Decimal("0.60")),
        ("true", "boolean", True),
        ("--11-30", "gMonthDay", "--11-30"),
        ("2025-02", "gYearMonth", "2025-02"),
        ("khoảng 6", "decimal", "khoảng 6"),
    ],
)
def test_python_values(lexical, datatype, value):
    term = ox.Literal(lexical, datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#" + datatype))
    assert python_value(term) == value
    assert Result(("x",), ((term,),)).values() == ((value,),)


def test_form_is_told_past_comments_and_names():
    query = '# SELECT\nPREFIX ask: <urn:select#>\nDESCRIBE ?select WHERE { ?select ask:select "ASK" }'
    assert query_form(query) == "DESCRIBE"
    assert prefixes_used(query) == {"ask"}
    assert not has_word(query, "ASK")
