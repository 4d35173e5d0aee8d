"""What reasoning gives: each inference on a small graph and on the five plans, rules and reasoner alike; contradictions."""

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import build
from kg.cli import main as mandategraph
from kg.extraction import extract
from kg.graph.infer import inferred_quads
from kg.graph.namespaces import BASE, MG_BASE
from kg.graph.quads import document_quads
from kg.graph.vocabulary import load_vocabulary
from kg.reading import read
from kg.reasoning.__main__ import main
from kg.reasoning.contradictions import find_contradictions
from kg.reasoning.reasoner import reason
from kg.reasoning.rules import ENTAILED, RULES, entail
from kg.reasoning.verdict import judge
from kg.resolution.registry import load_registry
from kg.resolution.succession import successors_at

CORPUS = Path(__file__).parents[1] / "corpus"
ENGINES = ["OWL RL", pytest.param("HermiT", marks=pytest.mark.skipif(shutil.which("java") is None, reason="no Java on this machine"))]
PREFIXES = f"""@prefix mg: <{MG_BASE}> . @prefix kind: <{BASE}kind/> . @prefix role: <{BASE}role/> . @prefix vn: <{BASE}vn/> .
@prefix province: <{BASE}vn/province/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix e: <https://example.org/> .
"""

# A commune's plan on Lai Châu's, on 222/QĐ-TTg; two tasks in nested groups; a group, and bodies of two provinces.
SMALL = """
e:decision a mg:NationalDecision, mg:Document ; mg:approves e:program .
e:program a mg:Program .
e:plan a mg:ProvincialPlan, mg:Document ; mg:implements e:decision ; mg:province province:lai-chau ; mg:date "2025-02"^^xsd:gYearMonth .
e:commune-plan a mg:Document ; mg:implements e:plan ; mg:date "2025-08"^^xsd:gYearMonth .
e:group2 a mg:TaskGroup . e:group22 a mg:TaskGroup ; mg:partOf e:group2 .
e:task a mg:Task ; mg:inPlan e:plan ; mg:inGroup e:group22 ; mg:endYear 2035 .
e:part a mg:TaskPart ; mg:partOf e:task .
e:work a mg:Task ; mg:inPlan e:commune-plan .
e:lead a mg:Assignment ; mg:forTask e:task ; mg:agent e:tnmt ; mg:role role:lead .
e:partner a mg:Assignment ; mg:forTask e:task ; mg:agent e:all ; mg:role role:partner .
e:task mg:leadAgency e:tnmt ; mg:partnerAgency e:all ; mg:leadKind kind:so-tai-nguyen-va-moi-truong ; mg:partnerKind kind:cac-so-ban-nganh .
e:tnmt a mg:Agency ; mg:kind kind:so-tai-nguyen-va-moi-truong ; mg:inProvince province:lai-chau .
e:stc a mg:Agency ; mg:kind kind:so-tai-chinh ; mg:inProvince province:lai-chau .
e:nnmt a mg:Agency ; mg:kind kind:so-nong-nghiep-va-moi-truong ; mg:inProvince province:lai-chau .
e:elsewhere a mg:Agency ; mg:kind kind:so-tai-chinh ; mg:inProvince province:hung-yen .
e:tax a mg:Agency ; mg:kind kind:thue-tinh ; mg:inProvince province:lai-chau .
e:all a mg:AgencyGroup ; mg:kind kind:cac-so-ban-nganh ; mg:inProvince province:lai-chau .
"""


def small_quads(more="", *, without=""):
    assert without in SMALL
    text = PREFIXES + SMALL.replace(without, "") + more
    return [ox.Quad(each.subject, each.predicate, each.object, ox.NamedNode("https://example.org/graph")) for each in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)]


def store_of(quads):
    store = ox.Store()
    store.extend(quads)
    store.extend(load_vocabulary())
    return store


@pytest.fixture(scope="module")
def corpus_quads():
    quads = [quad for path in sorted(CORPUS.glob("*.txt")) for quad in document_quads(extract(read(path)), load_registry())]
    return [*quads, *inferred_quads(quads)]


def pairs(found, term):
    return {(quad.subject.value, quad.object.value) for quad in found[term]}


def short(found, term):
    return {tuple(part.replace("https://example.org/", "").replace(BASE, "") for part in pair) for pair in pairs(found, term)}


def test_successions_reach_over_several_reorganisations():
    found = short(entail(store_of(small_quads())), "succeededBy")
    assert ("kind/so-dia-chinh", "kind/so-nong-nghiep-va-moi-truong") in found
    assert ("vn/province/ha-tay", "vn/province/ha-noi") in found
    assert not [pair for pair in found if pair[0] == pair[1]]


def test_the_work_of_an_ended_department_passes_to_its_heir():
    assert short(entail(store_of(small_quads())), "heirKind") == {("task", "kind/so-nong-nghiep-va-moi-truong")}


def test_what_is_undone_in_a_chain_undoes_what_follows():
    found = entail(store_of(small_quads()))
    assert short(found, "carriesOut") == {("plan", "decision"), ("commune-plan", "plan"), ("commune-plan", "decision")}
    assert short(found, "carriesOutProgram") == {("plan", "program"), ("commune-plan", "program")}
    assert short(found, "contributesTo") == {("task", "decision"), ("work", "plan"), ("work", "decision")}
    broken = entail(store_of(small_quads(without="mg:implements e:decision ; ")))
    assert short(broken, "carriesOut") == {("commune-plan", "plan")}
    assert short(broken, "carriesOutProgram") == set()


def test_a_role_brings_the_roles_that_it_implies():
    found = entail(store_of(small_quads()))
    assert {pair for pair in short(found, "effectiveRole") if pair[0] in {"lead", "partner"}} == {("lead", "role/lead"), ("lead", "role/responsible"), ("partner", "role/partner")}
    assert short(found, "accountableAgency") == {("task", "tnmt")}
    assert short(found, "involvedAgency") == {("task", "tnmt"), ("task", "all")}


def test_a_group_involves_its_kinds_and_has_the_members_of_its_province_and_date():
    found = entail(store_of(small_quads()))
    assert ("task", "kind/so-tai-chinh") in short(found, "involvedKind")
    assert short(found, "hasMember") == {("all", "tnmt"), ("all", "stc")}  # not the one elsewhere, nor the one of March, nor the tax office


def test_a_line_leads_to_the_ministry_over_all_steps():
    found = short(entail(store_of(small_quads())), "bodyInLineOf")
    assert {pair for pair in found if pair[0] == "tax"} == {("tax", "kind/cuc-thue"), ("tax", "kind/bo-tai-chinh")}


def test_a_task_stands_under_all_headings_above_it():
    assert short(entail(store_of(small_quads())), "underHeading") == {("task", "group22"), ("task", "group2")}


@pytest.mark.parametrize("engine", ENGINES)
def test_rules_and_reasoner_agree_on_a_small_graph(engine):
    quads = small_quads()
    agree(quads, reason([*quads, *load_vocabulary()], engine=engine), engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_rules_and_reasoner_agree_on_the_five_plans(corpus_quads, engine):
    agree(corpus_quads, reason([*corpus_quads, *load_vocabulary()], engine=engine), engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_build_can_be_read_by_a_reasoner(small_build, engine):
    verdict = judge(small_build, engine=engine)
    assert (verdict.engine, verdict.consistent, verdict.differ) == (engine, True, {})
    assert verdict.inferred > 100
    assert verdict.terms == sum(rule.axiom for rule in RULES)


def test_the_command_says_which_reasoner_ran(small_build, capsys):
    assert mandategraph(["check", str(small_build), "--reasoner"]) == 0
    told = capsys.readouterr().out
    assert ("HermiT: nhất quán (consistent)" if shutil.which("java") else "OWL RL: nhất quán (consistent)") in told
    assert "luật và bộ suy luận khớp" in told


def test_a_reasoner_is_not_asked_of_what_it_cannot_hold(small_build, monkeypatch, capsys):
    monkeypatch.setattr("kg.reasoning.verdict.MOST_STATEMENTS", 10)
    assert mandategraph(["check", str(small_build), "--reasoner"]) == 2
    assert "bộ suy luận chỉ nhận đến 10" in capsys.readouterr().err


@pytest.fixture(scope="module")
def small_build(tmp_path_factory):
    out = tmp_path_factory.mktemp("verdict") / "build"
    build([CORPUS / "000_b30a2764f1b6c1c1.txt"], out)
    return out


def agree(quads, reasoned, engine):
    assert reasoned.engine == engine
    assert reasoned.consistent
    found = entail(store_of(quads))
    for rule in RULES:
        by_reasoner = {(s, o) for s, p, o in reasoned.statements if p == MG_BASE + rule.term}
        assert rule.axiom != (by_reasoner == set()), rule.term
        if rule.axiom:
            assert pairs(found, rule.term) == by_reasoner, rule.term


def test_inferences_on_the_five_plans(corpus_quads):
    found = entail(store_of(corpus_quads))
    counts = {term: len(quads) for term, quads in found.items()}
    assert min(counts.values()) > 0, counts
    tasks = {quad.subject.value for quad in corpus_quads if quad.predicate.value == f"{MG_BASE}leadKind" and quad.object.value == f"{BASE}kind/so-tai-nguyen-va-moi-truong"}
    assert tasks
    assert {(task, f"{BASE}kind/so-nong-nghiep-va-moi-truong") for task in tasks} <= pairs(found, "heirKind")
    decision = f"{BASE}vn/thu-tuong-chinh-phu/quyet-dinh/2025/222-qd-ttg"
    assert any(target == decision and "/lai-chau/" in task for task, target in pairs(found, "contributesTo"))
    assert ("vn/lai-chau/group/cac-so-ban-nganh", "vn/lai-chau/agency/so-cong-thuong") in short(found, "hasMember")
    assert {quad.graph_name for quads in found.values() for quad in quads} == {ENTAILED}


def test_rules_do_not_change_the_store_and_always_give_the_same():
    store = store_of(small_quads())
    size = len(store)
    first = entail(store)
    assert len(store) == size
    assert entail(store_of(reversed(small_quads())), tuple(reversed(RULES))) == first


def test_heirs_by_rule_are_the_successions_of_the_registry():
    found = {pair for pair in short(entail(store_of([])), "succeededBy") if pair[0].startswith("kind/")}
    for slug, kind in load_registry().kinds.items():
        if kind.valid_to:
            # one that takes a single function only, by the words of a task, has no share of the body as such
            heirs = {heir.slug for heir in successors_at(slug, "2026-01-01") if heir.share} - {None}
            assert {(f"kind/{slug}", f"kind/{heir}") for heir in heirs} <= found


IMPOSSIBLE = [
    ("e:all a mg:Agency .", "Agency, AgencyGroup", "a group that is an agency"),
    ("e:task mg:inGroup e:plan .", "Document, TaskGroup", "a document where a heading must be"),
    ("e:stc mg:inProvince e:plan .", "Document, Province", "a document where a province must be"),
    ("e:part a mg:Task .", "Task, TaskPart", "a part that is a task"),
    ("e:lead mg:agent e:plan .", "Document; mg:agent", "a document that is charged"),
]


@pytest.mark.parametrize(("more", "classes", "what"), IMPOSSIBLE)
def test_what_cannot_be_is_found_by_the_rule_and_by_the_reasoner(more, classes, what):
    quads = small_quads(more)
    found = [each for each in find_contradictions(store_of(quads)) if each.code == "disjoint-classes"]
    assert [each.other for each in found] == [classes], what
    assert found[0].certain
    if shutil.which("java"):
        assert not reason(quads, engine="HermiT").consistent, what
    elif "mg:agent" not in more:  # a union as range is beyond OWL RL
        assert not reason(quads, engine="OWL RL").consistent, what


@pytest.mark.parametrize("engine", ENGINES)
def test_a_reasoner_says_inconsistent_and_then_nothing_more(engine):
    assert reason(small_quads(), engine=engine).consistent
    found = reason(small_quads("e:all a mg:Agency ."), engine=engine)
    assert (found.engine, found.consistent, found.statements) == (engine, False, frozenset())


def test_hermit_runs_where_java_is_and_owl_rl_where_it_is_not(monkeypatch):
    assert reason([]).engine == ("HermiT" if shutil.which("java") else "OWL RL")
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert reason([]).engine == "OWL RL"


def test_the_five_plans_are_consistent(corpus_quads):
    found = find_contradictions(store_of(corpus_quads))
    assert [each for each in found if each.certain] == []
    early = {each.other.rpartition("/")[2] for each in found if each.code == "acts-before-its-beginning"}
    # Hưng Yên's draft of February 2025 has the names of March.
    assert "so-nong-nghiep-va-moi-truong" in early
    assert all(each.startswith(("so-nong-nghiep-va-moi-truong", "ngan-hang-nha-nuoc-viet-nam-khu-vuc-6")) for each in early)
    assert any(each.code == "work-outlives-its-lead" and "lai-chau" in each.thing for each in found)


DATED = [
    ("2025-02", "tnmt", "so-tai-nguyen-va-moi-truong", None),
    ("2025", "tnmt", "so-tai-nguyen-va-moi-truong", None),
    ("2025-03", "tnmt", "so-tai-nguyen-va-moi-truong", "acts-after-its-end"),
    ("2025-04-01", "tnmt", "so-tai-nguyen-va-moi-truong", "acts-after-its-end"),
    ("2025-02-28", "nnmt", "so-nong-nghiep-va-moi-truong", "acts-before-its-beginning"),
    ("2025-03-01", "nnmt", "so-nong-nghiep-va-moi-truong", None),
]
TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}


@pytest.mark.parametrize(("date", "agent", "kind", "code"), DATED)
def test_a_lead_before_or_after_its_time_is_told_where_the_date_is_sure(date, agent, kind, code):
    more = f"""e:later a mg:Document ; mg:date "{date}"^^xsd:{TYPES[len(date)]} . e:task3 a mg:Task ; mg:inPlan e:later . e:part3 a mg:TaskPart ; mg:partOf e:task3 .
        e:charge a mg:Assignment ; mg:forTask e:part3 ; mg:role role:lead ; mg:agent e:{agent} . e:{agent} mg:kind kind:{kind} ."""
    found = [each for each in find_contradictions(store_of(small_quads(more))) if each.thing.endswith("/part3")]
    assert [each.code for each in found] == ([code] if code else [])


def test_a_plan_of_a_province_that_is_gone_is_told():
    more = 'e:late a mg:Document ; mg:date "2025-07-02"^^xsd:date ; mg:province province:thai-binh .'
    found = [each for each in find_contradictions(store_of(small_quads(more))) if each.code == "plan-after-its-province"]
    assert [(each.thing, each.certain) for each in found] == [("https://example.org/late", True)]


def test_the_command_writes_what_follows_and_tells_what_cannot_be(tmp_path, capsys):
    graph, out = tmp_path / "graph.nq", tmp_path / "entailed.nq"
    ox.serialize(small_quads(), output=str(graph), format=ox.RdfFormat.N_QUADS)
    assert main([str(graph), "-o", str(out)]) == 0
    assert "mg:heirKind\t1\t" in capsys.readouterr().out
    assert len(list(ox.parse(path=str(out), format=ox.RdfFormat.N_QUADS))) > 100
    ox.serialize(small_quads("e:all a mg:Agency ."), output=str(graph), format=ox.RdfFormat.N_QUADS)
    assert main([str(graph)]) == 1
    assert "! disjoint-classes\thttps://example.org/all" in capsys.readouterr().out
    assert main([str(tmp_path / "none.nq")]) == 2
