"""The server over the five plans: what it answers, and what it refuses."""

import json
import os
import shutil
import socket
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.building.pipeline import build
from kg.cli import main
from kg.serving.limits import Limits

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the server needs fork")
testclient = pytest.importorskip("starlette.testclient")

ROOT = Path(__file__).parents[2]
CARTESIAN = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?task a mg:Task }"
AGENCY = "/vn/hung-yen/agency/so-cong-thuong"
JSON = {"accept": "application/sparql-results+json"}


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    return build([ROOT / "corpus"], tmp_path_factory.mktemp("serve") / "build").out


@pytest.fixture(scope="module")
def client(built: Path) -> Iterator:
    from kg.serving.app import make_app

    limits = Limits(quick_seconds=120, seconds=120, rows=1_000, memory_mb=400, body_bytes=20_000)  # for what is answered, not how fast
    with testclient.TestClient(make_app(built, limits, hosts=("testserver",))) as made:
        yield made


@pytest.fixture(scope="module")
def hasty(built: Path) -> Iterator:
    """A client of a server that soon ends a query."""
    from kg.serving.app import make_app

    limits = Limits(quick_seconds=0.5, seconds=1.0, memory_mb=400)
    with testclient.TestClient(make_app(built, limits, hosts=("testserver",))) as made:
        yield made


def rows(response) -> list[dict[str, str]]:
    return [{name: cell["value"] for name, cell in row.items()} for row in response.json()["results"]["bindings"]]


def test_a_query_by_get_and_both_posts(client):
    answers = [
        client.get("/sparql", params={"query": COUNT}, headers=JSON),
        client.post("/sparql", content=COUNT, headers={**JSON, "content-type": "application/sparql-query"}),
        client.post("/sparql", data={"query": COUNT}, headers=JSON),
    ]
    assert [rows(answer) for answer in answers] == [[{"n": "68"}]] * 3
    assert json.loads(answers[0].headers["mandategraph-limits"])["rows"] == 1_000


@pytest.mark.parametrize(
    ("accept", "kind", "opens"),
    [
        ("application/sparql-results+json", "application/sparql-results+json", b"{"),
        ("application/sparql-results+xml;q=0.9, text/html;q=0.1", "application/sparql-results+xml", b"<?xml"),
        ("text/csv", "text/csv; charset=utf-8", b"n\r\n68\r\n"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", b"?n\n"),
        ("*/*", "application/sparql-results+json", b"{"),
    ],
)
def test_rows_in_every_format(client, accept: str, kind: str, opens: bytes):
    answer = client.get("/sparql", params={"query": COUNT}, headers={"accept": accept})
    assert answer.headers["content-type"] == kind
    assert answer.content.startswith(opens)


def test_xml_says_what_json_says(client):
    query = "SELECT ?s ?l { ?s a mg:Task ; rdfs:label ?l } ORDER BY ?s LIMIT 20"
    xml = ET.fromstring(client.get("/sparql", params={"query": query, "format": "xml"}).content)
    name = "{http://www.w3.org/2005/sparql-results#}"
    told = [{cell.get("name"): cell[0].text for cell in row} for row in xml.iter(f"{name}result")]
    assert told == rows(client.get("/sparql", params={"query": query, "format": "json"}))


@pytest.mark.parametrize(("form", "read"), [("ttl", ox.RdfFormat.TURTLE), ("nt", ox.RdfFormat.N_TRIPLES), ("jsonld", ox.RdfFormat.JSON_LD), ("rdfxml", ox.RdfFormat.RDF_XML)])
def test_triples_in_every_format(client, form: str, read: ox.RdfFormat):
    answer = client.get("/sparql", params={"query": "CONSTRUCT { ?s a mg:Task } WHERE { ?s a mg:Task }", "format": form})
    assert len({quad.triple for quad in ox.parse(answer.content, format=read)}) == 68


def test_ask(client):
    assert client.get("/sparql", params={"query": "ASK { ?t a mg:Task }", "format": "json"}).json()["boolean"] is True


def test_graphs_can_be_chosen(client):
    graph = "https://w3id.org/mandategraph/graph/vocabulary"
    assert rows(client.get("/sparql", params={"query": COUNT, "default-graph-uri": graph, "format": "json"})) == [{"n": "0"}]
    store = client.get("/rdf-graph-store", params={"graph": graph}, headers={"accept": "application/n-triples"})
    assert len(list(ox.parse(store.content, format=ox.RdfFormat.N_TRIPLES))) > 1_000
    assert client.get("/rdf-graph-store").status_code == 400
    assert client.get("/rdf-graph-store", params={"graph": "urn:none"}).status_code == 404


def test_an_answer_that_is_cut_says_so(client):
    answer = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"}, headers=JSON)
    assert len(answer.json()["results"]["bindings"]) == 1_000
    assert "1000" in answer.headers["mandategraph-truncated"]
    assert "1000" in answer.json()["truncated"]


@pytest.mark.parametrize(
    ("method", "path", "given", "status", "told"),
    [
        ("GET", "/sparql", {"params": {"query": "SELECT ?x {\n ?x"}}, 400, "line 2"),
        ("GET", "/sparql", {}, 400, "query"),
        ("GET", "/sparql", {"params": {"query": "INSERT DATA { <a:a> <a:a> 1 }"}}, 400, "updates are not allowed"),
        ("POST", "/sparql", {"data": {"update": "CLEAR ALL"}}, 403, "update"),
        ("GET", "/sparql", {"params": {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}}, 400, "SERVICE"),
        ("GET", "/sparql", {"params": {"query": "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}}, 400, "SERVICE"),
        ("GET", "/sparql", {"params": {"query": "LOAD <file:///etc/passwd>"}}, 400, "updates are not allowed"),
        ("GET", "/sparql", {"params": {"query": COUNT}, "headers": {"accept": "image/png"}}, 406, "image/png"),
        ("POST", "/sparql", {"content": b"\xff\xfe", "headers": {"content-type": "application/sparql-query"}}, 400, "UTF-8"),
        ("POST", "/sparql", {"content": b"x" * 30_000, "headers": {"content-type": "application/sparql-query"}}, 413, "20000"),
        ("POST", "/sparql", {"content": b"{}", "headers": {"content-type": "application/json"}}, 415, "application/json"),
        ("DELETE", "/sparql", {}, 405, "DELETE"),
        ("PUT", "/rdf-graph-store", {}, 405, "PUT"),
        ("GET", "/api/ask/agency-load", {"params": {"province": "atlantis"}}, 400, "atlantis"),
        ("GET", "/api/ask/nosuch", {}, 404, "nosuch"),
        ("GET", "/api/questions/nosuch", {}, 404, "/api/questions"),
        ("GET", "/api/search", {}, 400, "q"),
        ("GET", "/api/resource", {"params": {"iri": "x y"}}, 400, "absolute"),
        ("GET", "/vn/none", {"headers": {"accept": "text/turtle"}}, 404, "graph"),
    ],
)
def test_what_is_refused_says_why(client, method, path, given, status, told):  # noqa: PLR0917 - a table
    answer = client.request(method, path, **given)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert error["status"] == status
    assert told in " ".join(str(value) for value in error.values())
    assert error["vi"]


def test_a_query_that_takes_too_long_is_ended_and_says_after_how_long(hasty):
    answer = hasty.get("/sparql", params={"query": CARTESIAN})
    error = answer.json()["error"]
    assert (answer.status_code, error["status"]) == (504, 504)
    assert "1 s" in " ".join(str(value) for value in error.values())
    assert error["vi"]


def test_a_query_that_eats_memory_ends_alone(client, hasty):
    hungry = "SELECT * { { SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?o), STR(?c))) AS ?all) { ?a ?b ?c . ?d rdfs:label ?o } } }"
    assert hasty.get("/sparql", params={"query": hungry}).status_code in (400, 504)
    assert rows(client.get("/sparql", params={"query": COUNT}, headers=JSON)) == [{"n": "68"}]


def test_the_api_answers_questions(client):
    names = [one["name"] for one in client.get("/api/questions").json()["questions"]]
    assert "agency-load" in names
    one = client.get("/api/questions/agency-load").json()
    assert any("Hưng Yên" in value["labels"] for value in one["parameters"][0]["values"])
    answer = client.get("/api/ask/agency-load", params={"province": "hung yen"}).json()
    assert answer["rows"][0]["agencyName"]["value"] == "Sở Nông nghiệp và Môi trường"
    assert answer["running"] == {"vi": "Khối lượng nhiệm vụ của từng cơ quan, Hưng Yên.", "en": "Workload of each agency, Hung Yen."}
    assert (answer["empty"], answer["asOf"]) == (None, None)
    assert client.get("/api/ask/agency-load", params={"province": "hung yen", "format": "csv"}).text.count("\r\n") == answer["count"] + 1


def test_a_question_is_asked_as_of_a_date(client):
    answer = client.get("/api/ask/agency-load", params={"province": "lai chau", "as_of": "01/7/2025", "split": "list"}).json()
    assert (answer["asOf"], answer["split"]) == ("2025-07-01", "list")
    assert answer["running"]["vi"].startswith("Tính đến 01/7/2025: ")
    written = client.get("/api/ask/agency-load", params={"province": "lai chau"}).json()
    assert answer["rows"] != written["rows"]
    assert client.get("/api/ask/agency-load", params={"as_of": "hôm qua"}).status_code == 400
    assert client.get("/api/ask/agency-load", params={"as_of": "01/7/2025", "split": "half"}).status_code == 400


def test_an_empty_answer_says_why(client):
    answer = client.get("/api/ask/tasks-due", params={"province": "lai chau", "year": "2044"}).json()
    assert (answer["count"], answer["rows"]) == (0, [])
    assert answer["empty"]["vi"] == "Không có dòng nào: không có gì với Năm đến hạn = 2044; bỏ tham số year thì có 10 dòng."
    assert "mg:alignsWith" in client.get("/api/ask/lead-differs").json()["empty"]["en"]


def test_search_needs_no_accents(client):
    found = client.get("/api/search", params={"q": "so cong thuong lai chau"}).json()["results"]
    assert [(one["label"], one["province"]) for one in found] == [("Sở Công Thương", "Lai Châu")]


def test_a_thing_has_a_page_and_data_at_its_address(client):
    page = client.get(AGENCY, headers={"accept": "text/html"})
    assert "<h1>Sở Công Thương – Hưng Yên</h1>" in page.text
    assert "script-src" in page.headers["content-security-policy"]
    data = rdflib.Graph().parse(data=client.get(AGENCY, headers={"accept": "text/turtle"}).content, format="turtle")
    assert (rdflib.URIRef("https://w3id.org/mandategraph" + AGENCY), rdflib.RDF.type, None) in data
    assert client.get("/vn/none", headers={"accept": "text/html"}).status_code == 404


def test_a_page_is_in_the_language_that_is_asked_for(client):
    html = {"accept": "text/html"}
    vi, en = client.get(AGENCY, headers={**html, "accept-language": "en-GB,en;q=0.9"}).text, client.get(AGENCY + "?lang=en", headers=html).text
    assert '<html lang="vi">' in vi
    assert "Được nhắc tới" in vi
    assert ">label<" not in vi
    assert ">provincial<" not in vi
    assert '<html lang="en">' in en
    assert "Pointing here" in en
    assert f'href="{AGENCY}?lang=vi"' in en
    assert "/vn/province/hung-yen?lang=en" in en  # what was chosen holds on the next page


def test_an_assignment_has_its_sentence(client):
    query = "SELECT ?a ?q { ?a a mg:Assignment ; mg:agent ?who ; prov:wasDerivedFrom|mg:evidence ?e . ?e oa:hasSelector/oa:exact ?q } ORDER BY ?a LIMIT 1"
    found = rows(client.get("/sparql", params={"query": query}, headers=JSON))[0]
    page = client.get("/api/resource", params={"iri": found["a"], "format": "html"})
    assert f"<mark>{found['q']}</mark>" in page.text


def test_a_page_leads_to_the_explorer_and_its_quotes_to_their_place(client):
    page = client.get("/vn/lai-chau/agency/so-cong-thuong", headers={"accept": "text/html"}).text
    assert "<h1>Sở Công Thương – Lai Châu</h1>" in page
    assert 'href="/#node=https%3A%2F%2Fw3id.org%2Fmandategraph%2Fvn%2Flai-chau%2Fagency%2Fso-cong-thuong"' in page
    quote = client.get("/vn/lai-chau/agency/so-cong-thuong", headers={"accept": "application/json"}).json()["quotes"][0]
    assert f"at={quote['start']}-{quote['end']}" in page
    assert quote["document"].endswith(", Lai Châu")


def test_words_of_documents_cannot_become_markup(client):
    answer = client.get("/api/resource", params={"iri": "https://x.example/<script>"}, headers={"accept": "text/html"})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/json"
    assert client.get("/vn/%22onmouseover=alert(1)", headers={"accept": "text/html"}).status_code == 400


def test_health_metrics_and_description(client):
    assert client.get("/health").json()["triples"] > 20_000
    assert 'mandategraph_answers_total{route="health",status="200"}' in client.get("/metrics").text
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/sparql", "/api/ask/{name}", "/health"} <= set(paths)
    assert "void:Dataset" in client.get("/void", headers={"accept": "text/turtle"}).text


def test_counts_of_health_and_description_agree_in_words(client):
    told = client.get("/health").json()
    query = "SELECT ?n { <https://w3id.org/mandategraph/dataset> <http://rdfs.org/ns/void#triples> ?n }"
    assert [row["n"] for row in rows(client.get("/sparql", params={"query": query}, headers=JSON))] == [str(told["statements"])]
    assert [row["n"] for row in rows(client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }"}, headers=JSON))] == [str(told["triples"])]
    assert set(told["counted"]) == {"triples", "statements"}


def test_the_distributions_of_the_data_set_are_files(client, built: Path):
    described = list(ox.parse(client.get("/void", headers={"accept": "text/turtle"}).content, format=ox.RdfFormat.TURTLE))
    files = [quad.object.value for quad in described if quad.predicate.value.endswith("dcat#distribution")]
    assert len(files) == 3
    for file in files:
        path = file.removeprefix("https://w3id.org/mandategraph")
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.content == (built / path.rpartition("/")[2]).read_bytes()
        assert answer.headers["content-type"].startswith({"nq": "application/n-quads", "rig": "application/trig", "ttl": "text/turtle"}[path[-3:].strip(".")])
        assert client.head(path).status_code == 200
    for path in ("/dataset/graph.exe", "/dataset/graph.nq/../../run.json", "/dataset/graph.%2e%2e%2frun.json"):
        assert client.get(path).status_code == 404


def test_a_browser_that_opens_the_endpoint_is_shown_where_to_ask(client):
    opened = client.get("/sparql", headers={"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}, follow_redirects=False)
    assert (opened.status_code, opened.headers["location"]) == (303, "./#view=ask")
    assert client.get("/sparql", follow_redirects=False).status_code == 400  # a program is told what is missing


def test_every_status_that_an_address_gives_is_described(client):
    paths = client.get("/openapi.json").json()["paths"]
    given = [client.get("/sparql"), client.post("/sparql", data={"update": "CLEAR ALL"}), client.post("/sparql", content=b"x", headers={"content-type": "text/plain"}), client.get("/api/ask/nosuch"), client.put("/rdf-graph-store")]
    for answer in given:
        path = "/api/ask/{name}" if "/api/ask" in str(answer.url) else answer.url.path
        described = paths[path][answer.request.method.lower() if answer.request.method != "PUT" else "get"]["responses"]
        assert str(answer.status_code) in described


GIVEN = {"query": "SELECT * { ?a ?b ?c } LIMIT 2", "iri": "https://w3id.org/mandategraph/vn/hung-yen/agency/so-cong-thuong", "q": "sở", "graph": "", "default": "", "name": "agency-load", "suffix": "ttl"}


def test_every_format_that_is_described_is_given_and_no_other(client):
    """The description of the addresses and their answers agree: each format by its name, and a type of content that is told."""
    asked = 0
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        described = methods["get"]
        needed = {one["name"]: GIVEN[one["name"]] for one in described["parameters"] if one["required"] or one["name"] == "default"}
        address = path.format(**needed)
        params = {name: value for name, value in needed.items() if "{" + name not in path}
        forms = next((one["schema"]["enum"] for one in described["parameters"] if one["name"] == "format"), [None])
        for form in forms:
            query = {**params, "query": "CONSTRUCT WHERE { ?a a ?c }"} if path == "/sparql" and ("rdf" in form or form in ("ttl", "nt", "jsonld", *[one for one in forms if "turtle" in one or "n-" in one or "ld+" in one or "trig" in one])) else params
            answer = client.get(address, params={**query, **({"format": form} if form else {})})
            assert answer.status_code == 200, (path, form, answer.text[:200])
            kind = answer.headers["content-type"].partition(";")[0]
            assert kind in described["responses"]["200"]["content"], (path, form, kind)
            assert form is None or "/" not in form or kind == form
            asked += 1
        if forms != [None]:
            assert client.get(address, params={**params, "format": "nonsense"}).status_code == 406, path
    assert asked > 50


def test_every_answer_is_locked(client):
    for path in ("/", "/health", "/sparql", AGENCY):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy.replace("'wasm-unsafe-eval'", "")
    assert "script-src 'sha256-" in client.get("/", headers={"accept": "text/html"}).headers["content-security-policy"]
    assert "script-src 'none'" in client.get(AGENCY, headers={"accept": "text/html"}).headers["content-security-policy"]


def test_another_name_is_not_answered(client):
    assert client.get("/health", headers={"host": "evil.example"}).status_code == 400


def test_a_finished_build_is_taken_up(built: Path, tmp_path: Path, monkeypatch):
    import time

    from kg.serving import app, running

    monkeypatch.setattr(running, "_RELOAD_SECONDS", 0.1)
    copy = tmp_path / "build"
    shutil.copytree(built, copy)
    with testclient.TestClient(app.make_app(copy, hosts=("testserver",))) as own:
        assert rows(own.get("/sparql", params={"query": COUNT}, headers=JSON)) == [{"n": "68"}]
        build([next((ROOT / "corpus").glob("000*.txt"))], copy)
        for _ in range(200):
            if "mandategraph_reloads_total 1" in own.get("/metrics").text:
                break
            time.sleep(0.1)
        assert rows(own.get("/sparql", params={"query": COUNT}, headers=JSON)) == [{"n": "25"}]


def test_no_build_is_told(tmp_path: Path, capsys):
    assert main(["serve", str(tmp_path)]) == 2
    assert "mandategraph build" in capsys.readouterr().err


@pytest.mark.parametrize("port", [None, 99_999])
def test_an_address_that_cannot_be_had_is_said_before_anything_is_loaded(built, capsys, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert main(["serve", str(built), "--port", str(port or other.getsockname()[1])]) == 2
    said = capsys.readouterr()
    assert "--port" in said.err
    assert "http://" not in said.out



@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/%00", {}), ("/%ff%fe", {}), ("/api/resource", {"iri": "http://[bad"}), ("/rdf-graph-store", {"graph": "notiri"}),
        ("/sparql", {"query": COUNT, "default-graph-uri": "notiri"}),
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_and_costs_no_worker(client, path, params):
    before = client.get("/metrics").text.partition('reason="memory"} ')[2].split()[0]
    assert client.get(path, params=params, headers={"accept": "text/turtle"}).status_code == 400
    assert client.get("/metrics").text.partition('reason="memory"} ')[2].split()[0] == before


@pytest.mark.parametrize("limit", ["²", "9" * 5000, "-1", "x"])
def test_a_limit_that_is_no_number_is_the_usual_one(client, limit):
    assert client.get("/api/search", params={"q": "so", "limit": limit}).status_code == 200


def test_too_many_fields_are_refused(client):
    assert client.post("/sparql", data={f"f{at}": "x" for at in range(200)}).status_code == 400


def test_a_dead_process_is_told_and_replaced(built: Path, monkeypatch):
    import time

    from kg.serving import app, running

    monkeypatch.setattr(running, "_RELOAD_SECONDS", 0.1)
    with testclient.TestClient(app.make_app(built, hosts=("testserver",))) as own:
        own.app.state.server.pool._process.kill()
        for _ in range(1200):
            if "mandategraph_reloads_total 1" in own.get("/metrics").text:
                break
            time.sleep(0.1)
        assert own.get("/health").json()["status"] == "ok"
        assert rows(own.get("/sparql", params={"query": COUNT}, headers=JSON)) == [{"n": "68"}]


def test_a_broken_build_does_not_end_reloading(built: Path, tmp_path: Path, monkeypatch):
    import time

    from kg.serving import app, running

    monkeypatch.setattr(running, "_RELOAD_SECONDS", 0.1)
    copy = tmp_path / "build"
    shutil.copytree(built, copy)
    whole = (copy / "tables" / "tasks.parquet").read_bytes()
    with testclient.TestClient(app.make_app(copy, hosts=("testserver",))) as own:
        (copy / "tables" / "tasks.parquet").write_bytes(b"garbage")
        os.utime(copy / "run.json", (1, 1))
        time.sleep(2.5)
        assert "mandategraph_reloads_total 0" in own.get("/metrics").text
        (copy / "tables" / "tasks.parquet").write_bytes(whole)
        os.utime(copy / "run.json", (2, 2))
        for _ in range(1200):
            if "mandategraph_reloads_total 1" in own.get("/metrics").text:
                break
            time.sleep(0.1)
        assert "mandategraph_reloads_total 1" in own.get("/metrics").text
