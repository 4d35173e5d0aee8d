"""Who inherits: successions of kinds and provinces through dated events, crosswalks, and what a broken events file says."""

import csv
import io
import re
from fractions import Fraction

import pytest
import rdflib
from rdflib.namespace import DCTERMS, SKOS

from kg.cli import main
from kg.errors import QuestionError
from kg.resolution.crosswalk import crosswalk_csv, kind_crosswalk, province_crosswalk
from kg.resolution.registry import load_registry
from kg.resolution.succession import predecessors, province_successor_at, successors_at
from tests.resolution.refusals import refused

MG = rdflib.Namespace("https://w3id.org/mandategraph/ontology#")
LABOUR = "so-lao-dong-thuong-binh-va-xa-hoi"


@pytest.mark.parametrize(
    ("kind", "date", "heirs"),
    [
        ("so-tai-nguyen-va-moi-truong", "2025-02-28", ["so-tai-nguyen-va-moi-truong"]),
        ("so-tai-nguyen-va-moi-truong", "2025-03-01", ["so-nong-nghiep-va-moi-truong"]),
        ("so-dia-chinh", "2010-01-01", ["so-tai-nguyen-va-moi-truong"]),
        ("so-dia-chinh", "2025-07-01", ["so-nong-nghiep-va-moi-truong"]),
        ("so-tai-chinh", "2025-07-01", ["so-tai-chinh"]),
        (LABOUR, "2025-07-01", ["cong-an-tinh", "so-giao-duc-va-dao-tao", "so-noi-vu", "so-nong-nghiep-va-moi-truong", "so-y-te"]),
        ("cuc-thue-tinh", "2025-02-28", ["cuc-thue-tinh"]),
        ("cuc-thue-tinh", "2025-06-30", ["chi-cuc-thue-khu-vuc"]),
        ("cuc-thue-tinh", "2025-07-01", ["thue-tinh"]),
        ("uy-ban-nhan-dan-huyen", "2025-07-01", ["uy-ban-nhan-dan-phuong", "uy-ban-nhan-dan-xa"]),
        ("uy-ban-nhan-dan-cac-huyen-thi-xa-thanh-pho", "2025-07-01", ["uy-ban-nhan-dan-cac-xa-phuong-dac-khu"]),
        ("hoi-dong-chinh-phu", "2025-01-01", ["chinh-phu"]),
        ("trung-tam-van-hoa-the-thao-va-truyen-thong-huyen", "2025-07-01", [None]),
    ],
)
def test_heirs_of_a_kind_at_a_date(kind, date, heirs):
    found = successors_at(kind, date)
    assert [heir.slug for heir in found] == heirs
    assert sum(heir.share for heir in found) == 1


def test_a_split_says_which_function_went_where_and_by_what_law():
    heirs = {heir.slug: heir for heir in successors_at(LABOUR, "2025-07-01")}
    assert heirs["so-giao-duc-va-dao-tao"].remits == ("giáo dục nghề nghiệp",)
    assert heirs["so-y-te"].remits == ("bảo trợ xã hội, trẻ em",)
    assert heirs["so-noi-vu"].remits == ("lao động, việc làm, người có công",)
    narrow = {slug: heirs.pop(slug) for slug in ("cong-an-tinh", "so-nong-nghiep-va-moi-truong")}
    assert {heir.remits: heir.share for heir in narrow.values()} == {("cai nghiện",): 0, ("giảm nghèo",): 0}
    assert {heir.share for heir in heirs.values()} == {Fraction(1, 3)}
    assert all(heir.basis == ("Nghị định 45/2025/NĐ-CP (28/02/2025)",) for heir in heirs.values())


def test_a_chain_keeps_all_its_steps_in_order():
    (heir,) = successors_at("cuc-thue-tinh", "2025-08-01")
    assert [(step.origin, step.target, step.date) for step in heir.trails[0]] == [
        ("cuc-thue-tinh", "chi-cuc-thue-khu-vuc", "2025-03-01"),
        ("chi-cuc-thue-khu-vuc", "thue-tinh", "2025-07-01"),
    ]
    assert heir.basis == ("QĐ 381/QĐ-BTC (26/02/2025)", "QĐ 2229/QĐ-BTC (2025)")


def test_what_goes_two_ways_to_one_heir_is_one_heir():
    heirs = successors_at("bo-khoa-hoc-cong-nghe-va-moi-truong", "2025-07-01")
    assert [(heir.slug, heir.share) for heir in heirs] == [("bo-khoa-hoc-va-cong-nghe", Fraction(1, 2)), ("bo-nong-nghiep-va-moi-truong", Fraction(1, 2))]


def test_predecessors_are_what_events_bring_in_and_never_the_kind_itself():
    assert [step.origin for step in predecessors("so-tai-chinh")] == ["so-ke-hoach-va-dau-tu"]
    assert {step.origin for step in predecessors("so-noi-vu")} == {LABOUR, "co-quan-to-chuc-noi-vu"}
    assert predecessors("so-tu-phap") == ()


@pytest.mark.parametrize(
    ("province", "date", "heir"),
    [
        ("hung-yen", "2025-06-30", "hung-yen"),
        ("hung-yen", "2025-07-01", "hung-yen-2025"),
        ("thai-binh", "2025-07-01", "hung-yen-2025"),
        ("lai-chau", "2026-01-01", "lai-chau"),
        ("hoa-binh", "2025-07-01", "phu-tho-2025"),
        ("ha-tay", "2025-07-01", "ha-noi"),
        ("thua-thien-hue", "2025-07-01", "hue"),
    ],
)
def test_the_unit_that_a_province_belongs_to(province, date, heir):
    assert [each.slug for each in province_successor_at(province, date)] == [heir]


@pytest.mark.parametrize(("kind", "date"), [("so-khong-co", "2025-07-01"), ("so-tai-chinh", "2025-07"), ("so-tai-chinh", "2025-02-30"), ("so-tai-chinh", "20250701")])
def test_a_wrong_question_is_refused_with_its_remedy(kind, date):
    with pytest.raises(QuestionError) as caught:
        successors_at(kind, date)
    assert caught.value.remedy


def test_the_crosswalk_of_provinces_leads_63_to_34():
    rows = province_crosswalk()
    assert len(rows) == 63
    assert len({row.new for row in rows}) == 34
    assert {row.old for row in rows if row.change == "none"} == {"cao-bang", "dien-bien", "ha-tinh", "lai-chau", "lang-son", "nghe-an", "quang-ninh", "thanh-hoa", "son-la", "ha-noi", "hue"}
    assert all(row.basis for row in rows if row.change != "none")
    reused = {row.old_code for row in rows} & {row.new_code for row in rows if row.change != "none"}
    assert {row.new_name for row in rows if row.new_code == "15"} == {"Lào Cai"}
    assert {row.old_name for row in rows if row.old_code == "15"} == {"Yên Bái"}
    assert len(reused) == 23


def test_the_crosswalk_of_kinds_has_a_row_an_heir_and_says_where_none_is_known():
    rows = kind_crosswalk("2025-07-01")
    ended = {kind.slug for kind in load_registry().kinds.values() if kind.valid_to and kind.valid_to < "2025-07-01"}
    assert {row.kind for row in rows} == ended
    assert [row.share for row in rows if row.kind == LABOUR] == ["0", "1/3", "1/3", "0", "1/3"]
    assert [row.heir for row in rows if row.kind == "trung-tam-van-hoa-the-thao-va-truyen-thong-huyen"] == [""]
    assert not any(row.kind == row.heir for row in rows)


def test_the_crosswalk_as_csv_reads_back(capsys):
    assert main(["crosswalk", "provinces"]) == 0
    written = capsys.readouterr().out
    assert written == crosswalk_csv(province_crosswalk())
    read_back = list(csv.DictReader(io.StringIO(written)))
    assert [row["new_name"] for row in read_back if row["old_name"] == "Bến Tre"] == ["Vĩnh Long"]
    assert main(["crosswalk", "kinds", "--date", "hôm qua"]) == 2
    assert "hôm qua" in capsys.readouterr().err


def test_the_crosswalk_in_rdf_tells_every_step_of_the_events(tmp_path):
    for table, original, result in (("provinces", "originalProvince", "resultingProvince"), ("kinds", "originalKind", "resultingKind")):
        path = tmp_path / f"{table}.ttl"
        assert main(["crosswalk", table, "--format", "ttl", "-o", str(path)]) == 0
        graph = rdflib.Graph().parse(path)
        events = set(graph.subjects(MG[original]))
        assert events
        assert events == {event for event in graph.subjects(MG[result]) if graph.value(event, MG.date)}
        named = {term for event in events for said in (original, result) for term in graph.objects(event, MG[said])}
        assert all(graph.value(term, SKOS.prefLabel) for term in named)
        ended = {old for old, new in graph.subject_objects(DCTERMS.isReplacedBy)}
        assert ended
        assert ended <= named


def test_a_crosswalk_that_cannot_be_written_says_so(tmp_path, capsys):
    assert main(["crosswalk", "provinces", "-o", str(tmp_path / "none" / "x.csv")]) == 2
    assert "-o" in capsys.readouterr().err


def test_every_provincial_department_answers_to_a_ministry_of_the_centre():
    registry = load_registry()
    departments = [kind for kind in registry.kinds.values() if kind.kind_class == "specialised-department" and kind.level == "provincial"]
    assert len(departments) > 35
    for kind in departments:
        assert kind.lines, kind.slug
        assert all(registry.kinds[line].level == "central" for line in kind.lines), kind.slug
    assert {kind.slug for kind in departments if kind.answers_to is None} == {"so-giao-thong-van-tai-xay-dung"}


def test_a_group_has_the_members_of_its_date_and_an_open_group_none():
    registry = load_registry()
    assert len(registry.members_at("cac-so-ban-nganh", "2025-02-01")) == 17
    assert len(registry.members_at("cac-so-ban-nganh", "2025-05-01")) == 12
    assert "so-nong-nghiep-va-moi-truong" in registry.members_at("cac-so", "2025-05-01")
    assert registry.members_at("cac-co-quan-to-chuc-co-lien-quan", "2025-05-01") == ()
    assert not [kind.slug for kind in registry.kinds.values() if kind.comprises and kind.form != "group"]


BREAKS = [
    ("events.ttl", 'mg:date "2025-03-01"^^xsd:date', 'mg:date "2025-03-32"^^xsd:date', "2025-03-32"),
    ("events.ttl", 'mg:date "2025-03-01"^^xsd:date ;', "", "no date"),
    ("events.ttl", "mg:originalKind kind:uy-ban-dan-toc ;", "mg:originalKind kind:uy-ban-khong-co ;", "uy-ban-khong-co"),
    ("events.ttl", "mg:originalKind kind:uy-ban-dan-toc ;", "", "only one side"),
    ("events.ttl", "mg:originalProvince province:ha-noi, province:ha-tay ;", "mg:originalProvince province:ha-noi, province:ha-dong ;", "ha-dong"),
    ("events.ttl", "mg:toKind kind:so-y-te ;", "mg:toKind kind:so-cong-thuong ;", "so-y-te"),
    ("events.ttl", "mg:fromKind kind:so-lao-dong-thuong-binh-va-xa-hoi ;\n    mg:toKind kind:so-y-te ;", "mg:toKind kind:so-y-te ;", "missing"),
    ("events.ttl", ", transfer:so-lao-dong-thuong-binh-va-xa-hoi--cong-an-tinh ;", " ;", "no event that points at it"),
    ("events.ttl", "mg:originalKind kind:tong-cuc-hai-quan ;\n    mg:resultingKind kind:cuc-hai-quan ;", "mg:originalKind kind:tong-cuc-hai-quan ;\n    mg:resultingKind kind:cuc-thue ;", "tong-cuc-hai-quan replaced by cuc-hai-quan, but by cuc-thue"),
    ("events.ttl", '"giáo dục nghề nghiệp"@vi', '""@vi', "mg:remit@vi"),
    ("events.ttl", "a org:ChangeEvent ;", "a org:ChangeEvent", "broken Turtle"),
    ("agencies.ttl", "dcterms:isReplacedBy kind:cuc-hai-quan ;", "", "tong-cuc-hai-quan replaced by none"),
    ("provinces.ttl", "dcterms:isReplacedBy province:phu-tho-2025 ;", "dcterms:isReplacedBy province:son-la ;", "phu-tho-2025 in events.ttl"),
    ("agencies.ttl", "mg:comprises kind:so-cong-thuong,", "mg:comprises kind:so-khong-co,", "so-khong-co"),
    ("roles.ttl", "mg:impliesRole role:responsible", "mg:impliesRole role:boss", "boss"),
]


@pytest.mark.parametrize(("file", "right", "wrong", "says"), BREAKS)
def test_a_broken_succession_says_where_and_what(tmp_path, file, right, wrong, says):
    error = refused(tmp_path, file, right, wrong)
    assert says in str(error)
    assert re.match(r"[a-z]+\.ttl:\d+$", error.place), error.place
    assert error.remedy
    assert error.vi
