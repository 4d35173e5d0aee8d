from __future__ import annotations

from dataclasses import replace

from pyoxigraph import BlankNode, NamedNode, Store

from kg.graph.namespaces import BASE, MG
from kg.graph.quads import document_address, document_quads
from kg.records import Extraction, Finding, Span
from kg.resolution.registry import Registry

PREFIXES = "PREFIX mg: <https://w3id.org/mandategraph/ontology#> PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "


def ask(quads: list, query: str) -> list[tuple]:
    store = Store()
    store.extend(quads)
    rows = store.query(PREFIXES + query, use_default_graph_as_union=True)
    return sorted(tuple(None if cell is None else cell.value.removeprefix(BASE) for cell in row) for row in rows)


def test_all_is_in_the_documents_own_graph_and_has_no_blank_node(plan: Extraction, registry: Registry, quads: list):
    assert {quad.graph_name for quad in quads} == {NamedNode(document_address(plan, registry) + "/graph")}
    assert not [quad for quad in quads if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)]


def test_document_and_its_identity(quads: list):
    row = ask(
        quads,
        "SELECT ?d ?p ?i ?y ?s WHERE { ?d mg:inCorpus true ; mg:province ?p ; mg:issuer/mg:kind ?i ; mg:year ?y ; mg:symbol ?s ; a mg:ProvincialPlan }",
    )
    assert [cells[1:] for cells in row] == [("vn/province/lai-chau", "kind/uy-ban-nhan-dan-tinh", "2025", "KH-UBND")]
    assert not ask(quads, "SELECT ?n WHERE { ?d mg:inCorpus true ; mg:number ?n }")  # its digits are left blank


def test_cited_documents_are_shared_by_number_issuer_and_year_and_local_without(plan: Extraction, quads: list):
    digest = plan.document.source.text_sha256[:8]
    assert ask(quads, "SELECT ?d WHERE { ?plan mg:cites ?d }") == [
        ("vn/lai-chau/chuong-trinh/2019/40-ctr-tu",),
        ("vn/lai-chau/ke-hoach/2020/688-kh-ubnd",),
        (f"vn/quoc-hoi/luat/nd/luat-bao-ve-moi-truong-{digest}",),
        ("vn/thu-tuong-chinh-phu/quyet-dinh/2025/222-qd-ttg",),
    ]
    assert ask(quads, "SELECT ?d WHERE { ?plan mg:implements ?d }") == [
        ("vn/thu-tuong-chinh-phu/quyet-dinh/2025/222-qd-ttg",)
    ]
    assert ask(quads, "SELECT ?n WHERE { ?d a mg:NationalDecision ; mg:number ?n }") == [("222/QĐ-TTg",)]


def test_the_document_of_another_province_belongs_to_it(plan: Extraction, registry: Registry):
    foreign = replace(plan.citations[1], issuer="Ủy ban nhân dân tỉnh Hà Tĩnh")
    quads = document_quads(replace(plan, citations=(foreign,)), registry)
    assert ask(quads, "SELECT ?d ?i WHERE { ?plan mg:cites ?d . ?d mg:issuer ?i }") == [
        ("vn/ha-tinh/ke-hoach/2020/688-kh-ubnd", "vn/ha-tinh/agency/uy-ban-nhan-dan-tinh"),
    ]


def test_a_citation_of_itself_is_no_other_document(plan: Extraction, registry: Registry):
    own = replace(plan.citations[1], relation="self")
    quads = document_quads(replace(plan, citations=(own,), header=replace(plan.header, implements=())), registry)
    assert ask(quads, "SELECT ?d WHERE { ?c mg:citedDocument ?d . ?d mg:inCorpus true }")
    assert not ask(quads, "SELECT ?d WHERE { ?plan mg:cites ?d }")


def test_assignments_of_parts_hang_on_the_part_alone(quads: list):
    rows = ask(
        quads,
        "SELECT ?class ?code ?r ?name WHERE { ?a mg:forTask ?t ; mg:role ?r ; mg:agent/rdfs:label ?name . ?t a ?class . OPTIONAL { ?t mg:partOf?/mg:code ?code } FILTER(?class != mg:Duty) }",
    )
    assert rows == [
        ("ontology#Task", "2.2.1", "role/lead", "Sở Kế hoạch và Đầu tư"),
        ("ontology#Task", "2.2.1", "role/partner", "các cơ quan, tổ chức có liên quan"),
        ("ontology#TaskPart", "3.2.2", "role/lead", "Quỹ Bản làng xanh Mường Tè"),
        ("ontology#TaskPart", "3.2.2", "role/lead", "Sở Công Thương"),
        ("ontology#TaskPart", "3.2.2", "role/partner", "Liên minh Hợp tác xã"),
        ("ontology#TaskPart", "3.2.2", "role/partner", "Sở Công Thương"),
    ]


def test_every_assignment_and_record_has_evidence(quads: list):
    assert not ask(
        quads,
        "SELECT ?x WHERE { VALUES ?c { mg:Assignment mg:Task mg:TaskPart mg:Duty mg:ReportingDuty mg:Target mg:Sector mg:Citation } ?x a ?c FILTER NOT EXISTS { ?x mg:evidence/oa:hasSelector/oa:exact ?q } }",
    )


def test_a_sentence_over_a_page_break_has_one_quote_a_piece(quads: list):
    quotes = ask(quads, 'SELECT ?q WHERE { ?d a mg:Duty ; mg:section "IV.4" ; mg:evidence/oa:hasSelector/oa:exact ?q }')
    assert len(quotes) == 2
    assert [quote.endswith(("trình cấp có", "thuộc Kế hoạch.")) for (quote,) in quotes] == [True, True]


def test_selectors_hold_the_words_before_and_after_in_code_points(plan: Extraction, quads: list):
    text = plan.document.text
    rows = ask(
        quads,
        "SELECT ?e ?q ?p ?s ?a ?b WHERE { ?n a oa:SpecificResource ; oa:hasSelector ?e . ?e oa:exact ?q ; oa:prefix ?p ; oa:suffix ?s ; oa:start ?a ; oa:end ?b }",
    )
    assert len(rows) == len({row[0] for row in rows}) > 30
    for _, exact, prefix, suffix, start, end in rows:
        assert text[int(start) : int(end)] == exact
        assert text[max(0, int(start) - 32) : int(start)] == prefix
        assert text[int(end) : int(end) + 32] == suffix


def test_funding_codes_mean_something_only_through_the_documents_own_legend(
    plan: Extraction, registry: Registry, quads: list
):
    query = 'SELECT ?t ?f WHERE { ?x mg:code "2.2.1" ; mg:fundingText ?t . OPTIONAL { ?x mg:funding ?f FILTER(STRENDS(STR(?f), CONCAT("/", ?t))) } }'
    assert ask(quads, query) == [
        ("I", "funding/I"),
        ("II", "funding/II"),
        ("IV", None),
    ]  # the slice's legend stops at II
    bare = replace(plan, header=replace(plan.header, funding_legend=()))
    assert ask(document_quads(bare, registry), query) == [("I", None), ("II", None), ("IV", None)]


def test_reporting_target_and_sector(quads: list):
    assert ask(
        quads,
        "SELECT ?f ?t ?d ?r WHERE { ?x a mg:ReportingDuty ; mg:reportsFrom/rdfs:label ?f ; mg:reportsTo/rdfs:label ?t ; mg:deadline ?d ; mg:frequency ?r }",
    ) == [
        ("Ủy ban nhân dân các huyện, thành phố", "Sở Tài nguyên và Môi trường", "--11-30", "recurrence/annual"),
    ]
    assert ask(
        quads,
        "SELECT ?a ?b ?u ?c ?y WHERE { ?x mg:minValue ?a ; mg:maxValue ?b ; mg:unit ?u ; mg:comparator ?c ; mg:byYear ?y }",
    ) == [("6", "6", "%", "~", "2030")]
    assert ask(
        quads,
        'SELECT ?l ?w ?i WHERE { ?x skos:notation "I.1" ; skos:prefLabel ?l ; mg:item ?i ; skos:broader/skos:prefLabel ?w . ?t mg:concernsSector ?x }',
    ) == [
        ("Trồng trọt", "Nông nghiệp, lâm nghiệp và thủy sản", "Trồng trọt nhằm giảm phát thải khí nhà kính"),
    ]


def test_addresses_rest_on_content_not_on_order(plan: Extraction, registry: Registry, quads: list):
    turned = replace(plan, tasks=plan.tasks[::-1], duties=plan.duties[::-1], citations=plan.citations[::-1])
    other = document_quads(turned, registry)
    moves = {MG.position}
    assert {quad for quad in quads if quad.predicate not in moves} == {
        quad for quad in other if quad.predicate not in moves
    }


def test_a_task_printed_twice_is_two_tasks(plan: Extraction, registry: Registry):
    twice = document_quads(replace(plan, tasks=(plan.tasks[0], plan.tasks[0])), registry)
    assert len(ask(twice, "SELECT ?t WHERE { ?t a mg:Task }")) == 2


def test_an_agency_named_twice_in_one_role_is_one_assignment_with_both_quotes(plan: Extraction, registry: Registry):
    lead = plan.tasks[1].parts[0].lead[0]
    again = plan.tasks[1].parts[1].partner[0]
    task = replace(plan.tasks[0], lead=(lead, again))
    quads = document_quads(replace(plan, tasks=(task,)), registry)
    assert (
        len(
            ask(
                quads,
                "SELECT ?a WHERE { ?a mg:role <https://w3id.org/mandategraph/role/lead> ; mg:forTask/mg:code ?c }",
            )
        )
        == 1
    )
    assert (
        len(
            ask(
                quads,
                "SELECT ?e WHERE { ?a mg:role <https://w3id.org/mandategraph/role/lead> ; mg:forTask/mg:code ?c ; mg:evidence ?e }",
            )
        )
        == 2
    )


def test_a_store_gives_back_what_it_was_given(quads: list):
    store = Store()
    store.extend(quads)
    assert set(store) == set(quads)


def test_the_committees_of_two_cities_in_one_role_are_two_assignments(plan: Extraction, registry: Registry):
    lead = plan.tasks[0].lead[0]
    cities = tuple(
        replace(
            lead, name="Ủy ban nhân dân tỉnh", text=f"Ủy ban nhân dân thành phố {city}", kind="uy-ban-nhan-dan-tinh"
        )
        for city in ("Hà Nội", "Hồ Chí Minh")
    )
    quads = document_quads(replace(plan, tasks=(replace(plan.tasks[0], lead=cities),)), registry)
    rows = ask(
        quads,
        "SELECT ?a ?p WHERE { ?a mg:role <https://w3id.org/mandategraph/role/lead> ; mg:forTask/mg:code ?c ; mg:agent/mg:inProvince ?p }",
    )
    assert len({row[0] for row in rows}) == 2
    assert {row[1] for row in rows} == {"vn/province/ha-noi", "vn/province/ho-chi-minh"}


def test_a_finding_stands_in_the_documents_graph_with_its_words_and_place(plan: Extraction, registry: Registry):
    start = plan.document.text.index("Quỹ Bản làng xanh Mường Tè")
    seen = Finding(
        code="unknown-agency", severity="warning", vi="Chưa nhận ra cơ quan", en="An agency that is not known", span=Span(start, start + 26)
    )
    quads = document_quads(replace(plan, findings=(seen, replace(seen, span=None))), registry)
    rows = ask(quads, "SELECT ?c ?l ?q WHERE { ?f a mg:Finding ; mg:code ?c ; rdfs:label ?l ; mg:inDocument ?d OPTIONAL { ?f mg:evidence/oa:hasSelector/oa:exact ?words } BIND(COALESCE(?words, '') AS ?q) FILTER(LANG(?l) = 'vi') }")
    assert rows == [
        ("unknown-agency", "Chưa nhận ra cơ quan", ""),
        ("unknown-agency", "Chưa nhận ra cơ quan", "Quỹ Bản làng xanh Mường Tè"),
    ]


def test_evidence_tells_its_page_where_the_text_has_pages(plan: Extraction, registry: Registry, quads: list):
    assert not ask(quads, "SELECT ?p WHERE { ?e mg:page ?p }")
    second = plan.document.text.index("| 2.2.1 |")
    source = replace(plan.document.source, pages=(0, second))
    paged = document_quads(replace(plan, document=replace(plan.document, source=source)), registry)
    rows = ask(paged, "SELECT ?p ?s WHERE { ?e mg:page ?p ; oa:hasSelector/oa:start ?s }")
    assert {page for page, _ in rows} == {"1", "2"}
    assert all((page == "2") is (int(start) >= second) for page, start in rows)


def test_a_bound_leaves_the_other_side_of_a_target_open(plan: Extraction, registry: Registry):
    (target,) = plan.targets
    sides = {
        ("=", None): ("6", "6"), ("~", None): ("6", "6"), (">=", None): ("6", None), (">", None): ("6", None),
        ("<=", None): (None, "6"), ("<", None): (None, "6"), ("reduce", None): ("6", "6"), ("reduce", ">="): ("6", None),
    }  # fmt: skip
    for (comparator, bound), sides_of in sides.items():
        quads = document_quads(replace(plan, targets=(replace(target, comparator=comparator, bound=bound),)), registry)
        assert ask(quads, "SELECT ?a ?b WHERE { ?x a mg:Target OPTIONAL { ?x mg:minValue ?a } OPTIONAL { ?x mg:maxValue ?b } }") == [sides_of]
