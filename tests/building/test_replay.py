"""Decisions through whole builds of the real plans: replay, survival, undo, conflict, cache."""

import csv
import io
import json
import shutil
from pathlib import Path

import polars as pl
import pytest

from kg.building.moved import moved_document, moved_place
from kg.building.pipeline import build
from kg.building.replay import find_folders, nearest_sentence
from kg.building.review_answer import draft_answer
from kg.building.verify import check_build
from kg.cli import main
from kg.errors import InputError, QuestionError, VocabularyError
from kg.resolution.decisions import Decision, Decisions
from kg.resolution.decisions_files import COLUMNS, FOLDER, format_line
from kg.resolution.registry import load_registry

CORPUS = Path(__file__).parents[2] / "corpus"
LAI_CHAU, BEN_TRE, HOA_BINH = "001_6758f893bb076d0a.txt", "003_dfadacd452721850.txt", "004_2a2fdc554bb9deb4.txt"
PTNT = "Sở Nông nghiệp và PTNT"
TASK = "Rà soát, sửa đổi, ban hành các cơ chế, chính sách để khuyến khích thực hiện kinh tế tuần hoàn"
LAI_CHAU_KEY = "lai-chau/ke-hoach/2025/trien-khai-thuc-hien-quyet-dinh-so-222-qd-ttg"
BEN_TRE_KEY = "ben-tre/ke-hoach/nd/trien-khai-thuc-hien-quyet-dinh-so-687-qd-ttg"

SAME = Decision(when="2026-03-01", who="Lan", about="identity", place="hoa-binh", subject=PTNT, answer="same", object="kind/so-cong-thuong", why="thử")
NOT_SAME = Decision(
    when="2026-03-01", who="Minh", about="identity", place="ben-tre", document=BEN_TRE_KEY, subject="Hiệp hội Doanh nghiệp tỉnh", answer="not-same",
    object="kind/hiep-hoi-doanh-nghiep", quote="14. Hiệp hội Doanh nghiệp tỉnh",
)  # fmt: skip
REJECT = Decision(when="2026-03-01", who="Minh", about="assignment", document=LAI_CHAU_KEY, subject="lead/Sở Kế hoạch và Đầu tư", answer="reject", quote=TASK)
MISPRINT = Decision(when="2026-03-01", who="Lan", about="finding", document=LAI_CHAU_KEY, subject="citation-misprint", answer="justified", quote="222/QĐ-TTĐ")


def write(folder, *decisions):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "decisions.csv").write_text("".join([",".join(COLUMNS) + "\r\n", *map(format_line, decisions)]), "utf-8", newline="")
    return folder


@pytest.fixture
def plans(tmp_path):
    (tmp_path / "plans").mkdir()
    for name in (LAI_CHAU, BEN_TRE, HOA_BINH):
        shutil.copyfile(CORPUS / name, tmp_path / "plans" / name)
    return tmp_path / "plans"


def contents(out):
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file() and p.name != "run.json"}


def assignments(result):
    return pl.read_parquet(result.out / "tables" / "assignments.parquet")


def of_name(result, written, kind):
    return assignments(result).filter(pl.col("written") == written, pl.col("kind").eq_missing(pl.lit(kind)))


def ask(result, query):
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_load(path=str(result.out / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    return [tuple(term.value for term in row) for row in store.query("PREFIX mg: <https://w3id.org/mandategraph/ontology#> " + query)]


def codes(result, code):
    return [row for row in result.findings if row[2] == code]


def test_decisions_change_the_graph_and_say_who_and_why(tmp_path, plans):
    result = build([plans], tmp_path / "build", decisions=write(tmp_path / "d", SAME, NOT_SAME, REJECT, MISPRINT))
    assert (result.decisions, result.conflicts, result.counts["violations"]) == (4, 0, 0)
    assert check_build(result.out) == ()
    changed = of_name(result, PTNT, "so-cong-thuong")
    assert set(changed["method"]) == {"decision"}
    assert set(changed["status"]) == {"confirmed"}
    assert of_name(result, PTNT, "so-nong-nghiep-va-phat-trien-nong-thon").height == 0
    alone = of_name(result, "Hiệp hội Doanh nghiệp tỉnh", None)
    assert set(alone["agency_name"]) == {"Hiệp hội Doanh nghiệp tỉnh"}
    assert of_name(result, "Sở Kế hoạch và Đầu tư", "so-ke-hoach-va-dau-tu").filter(pl.col("task_name") == TASK, pl.col("role") == "lead")["status"].to_list() == ["rejected"]
    told = ask(result, """PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT DISTINCT ?who ?when ?why ?answer WHERE { GRAPH <https://w3id.org/mandategraph/graph/correction> {
            ?a mg:judgedBy ?j ; mg:reviewStatus <https://w3id.org/mandategraph/status/confirmed> . ?j prov:wasAssociatedWith/rdfs:label ?who ; dcterms:date ?when ; dcterms:description ?why ; mg:answer ?answer } }""")  # fmt: skip
    assert told == [("Lan", "2026-03-01", "thử", "same")]


def test_a_rejected_assignment_counts_for_nothing(tmp_path, plans):
    before = build([plans], tmp_path / "before", decisions=write(tmp_path / "none"))
    after = build([plans], tmp_path / "after", decisions=write(tmp_path / "d", REJECT))
    agency = "https://w3id.org/mandategraph/vn/lai-chau/agency/so-ke-hoach-va-dau-tu"

    def led(result):
        table = pl.read_parquet(result.out / "tables" / "agencies.parquet").filter(pl.col("agency") == agency)
        return table["led"].sum(), len(ask(result, f"SELECT ?t WHERE {{ GRAPH ?g {{ ?t mg:leadAgency <{agency}> }} }}"))

    assert led(before) == (1, 1)
    assert led(after) == (0, 0)
    name = pl.read_parquet(after.out / "tables" / "tasks.parquet").filter(pl.col("name") == TASK)["lead"].item()
    assert "Sở Kế hoạch và Đầu tư" not in (name or "")


def test_a_finding_gets_its_status(tmp_path, plans):
    result = build([plans], tmp_path / "build", decisions=write(tmp_path / "d", MISPRINT))
    status = ask(result, "SELECT ?s WHERE { GRAPH <https://w3id.org/mandategraph/graph/correction> { ?f mg:reviewStatus ?s } }")
    assert status == [("https://w3id.org/mandategraph/status/justified",)]
    assert codes(result, "decision-without-subject") == []


def test_the_three_forms_of_a_corrected_graph_say_the_same(tmp_path, plans):
    from pyoxigraph import RdfFormat, parse

    from kg.graph.describe import count_quads, dataset_quads
    from kg.graph.namespaces import DATASET, VOID

    out = build([plans], tmp_path / "build", decisions=write(tmp_path / "d", SAME, NOT_SAME, REJECT, MISPRINT)).out
    nq = set(parse(path=str(out / "graph.nq"), format=RdfFormat.N_QUADS))
    assert set(parse(path=str(out / "graph.trig"), format=RdfFormat.TRIG)) == nq
    turtle = [quad.triple for quad in parse(path=str(out / "graph.ttl"), format=RdfFormat.TURTLE)]
    assert len(turtle) == len(set(turtle))
    assert set(turtle) == {quad.triple for quad in nq}
    described = {quad for quad in nq if quad.subject.value.startswith(DATASET.value) or quad.predicate == VOID.triples}
    assert described == set(dataset_quads(count_quads(nq - described)))


def test_decisions_survive_a_new_paragraph_above_their_words(tmp_path, plans):
    decisions = write(tmp_path / "d", SAME, NOT_SAME, REJECT)
    for name in (LAI_CHAU, BEN_TRE, HOA_BINH):
        text = (plans / name).read_text("utf-8")
        at = text.index("\n", len(text) // 12) + 1
        (plans / name).write_text(text[:at] + "Đoạn này được thêm vào sau khi người thẩm tra đã quyết định.\n" + text[at:], "utf-8")
    result = build([plans], tmp_path / "build", decisions=decisions)
    assert result.conflicts == 0
    assert codes(result, "decision-without-subject") == []
    assert of_name(result, PTNT, "so-cong-thuong").height == 3
    assert assignments(result).filter(pl.col("status") == "rejected").height == 1


def test_a_changed_sentence_is_a_conflict_with_both_quotes_and_is_not_applied(tmp_path, plans):
    path = plans / LAI_CHAU
    text = path.read_text("utf-8")
    line = next(line for line in text.splitlines() if "Rà soát, sửa đổi, ban hành các cơ chế" in line)
    path.write_text(text.replace(line, line.replace("ban hành các cơ chế", "bổ sung các cơ chế")), "utf-8")
    result = build([plans], tmp_path / "build", decisions=write(tmp_path / "d", REJECT))
    assert result.conflicts == 1
    ((file, severity, _, vi, en, number, quote, start, _),) = codes(result, "decision-source-changed")
    assert (file, severity) == (LAI_CHAU, "warning")
    assert "ban hành các cơ chế" in vi
    assert "bổ sung các cơ chế" in en
    assert "bổ sung các cơ chế" in " ".join(quote.split())
    assert number == path.read_text("utf-8").count("\n", 0, start) + 1
    assert assignments(result).filter(pl.col("status") == "rejected").height == 0
    assert codes(result, "decision-without-subject") == []


def test_a_decision_about_nothing_here_names_what_is_nearest(tmp_path, plans):
    lost = Decision(when="2026-03-01", who="Lan", about="identity", place="hoa-binh", subject="Sở Nông nghiệp và PTNN", answer="same", object="kind/so-y-te")
    ((_, severity, _, vi, en, *_),) = codes(build([plans], tmp_path / "build", decisions=write(tmp_path / "d", lost)), "decision-without-subject")
    assert severity == "note"
    assert "sở nông nghiệp và ptnt" in vi
    assert "is about nothing" in en


def test_a_decision_on_an_address_that_is_gone_names_the_only_one_of_that_name(tmp_path, plans):
    commune = plans / "xa.txt"
    commune.write_text(
        "ỦY BAN NHÂN DÂN XÃ ĐỨC TRỌNG\n\nSố: 12/KH-UBND\n\nĐức Trọng, ngày 10 tháng 9 năm 2025\n\nKẾ HOẠCH\n\nChuyển đổi số năm 2025\n\n"
        "Ủy ban nhân dân xã Đức Trọng, tỉnh Lâm Đồng ban hành kế hoạch như sau:\n\nTỔ CHỨC THỰC HIỆN\n\n1. Phòng Kinh tế\n\nChủ trì rà soát quy trình, báo cáo kết quả.\n",
        "utf-8",
    )
    old = "lam-dong-2025/ke-hoach/2025/12-kh-ubnd"
    assert any("xa-duc-trong" in key for key in assignments(build([plans], tmp_path / "seen", decisions=write(tmp_path / "none")))["document"].to_list())
    of_document = Decision(when="2026-03-01", who="Lan", about="assignment", document=old, subject="lead/Phòng Kinh tế", answer="reject", quote="rà soát")
    of_era = Decision(when="2026-03-01", who="Lan", about="identity", place="thai-binh", subject="Sở X", answer="same", object="kind/so-y-te")
    result = build([plans], tmp_path / "build", decisions=write(tmp_path / "d", of_document, of_era))
    ((_, severity, _, vi, en, *_),) = codes(result, "decision-address-changed")
    assert severity == "warning"
    assert f"“{old}-xa-duc-trong”" in vi
    assert f"“{old}-xa-duc-trong”" in en
    assert len(codes(result, "decision-without-subject")) == 1


def test_an_address_is_carried_over_only_to_the_one_of_its_name():
    registry = load_registry()
    now = ["lam-dong/ke-hoach/2025/12-kh-ubnd-xa-duc-trong", "lam-dong/ke-hoach/2025/12-kh-ubnd-xa-don-duong", "hung-yen-2025/ke-hoach/2025/7-kh-ubnd"]
    assert moved_document("lam-dong/ke-hoach/2025/12-kh-ubnd", now, registry) is None
    assert moved_document("lam-dong/ke-hoach/2025/12-kh-ubnd", now[:1], registry) == now[0]
    assert moved_document("lam-dong/ke-hoach/2025/12-kh-ubnd-xa-bao-lam", now[:1], registry) is None
    assert moved_document("hung-yen/ke-hoach/2025/7-kh-ubnd", now, registry) == now[2]
    assert moved_document("lai-chau/ke-hoach/2025/7-kh-ubnd", now, registry) is None
    assert moved_place("hung-yen", ["hung-yen-2025", "lai-chau"], registry) == "hung-yen-2025"
    assert moved_place("thai-binh", ["hung-yen-2025"], registry) is None


def test_an_old_address_of_a_body_names_the_new_one(tmp_path, plans):
    result = build([plans], tmp_path / "build", decisions=write(tmp_path / "none"))
    (now,) = set(assignments(result).filter(pl.col("task_name") == TASK, pl.col("role") == "lead")["assignment"])
    with pytest.raises(QuestionError, match="of the same name there is now only") as error:
        draft_answer(result.out, Decisions(), question=now.replace("/agency/", "/group/") + "-3f05e3", answer="reject")
    assert now in str(error.value)


def test_only_documents_that_a_decision_touches_are_read_again_and_bytes_are_those_of_a_fresh_build(tmp_path, plans):
    d = write(tmp_path / "d")
    assert build([plans], tmp_path / "build", decisions=d).reused == 0
    plain = contents(tmp_path / "build")
    assert build([plans], tmp_path / "build", decisions=write(d, SAME)).reused == 2
    assert build([plans], tmp_path / "build", decisions=write(d, SAME, REJECT)).reused == 2
    assert build([plans], tmp_path / "build", decisions=write(d, REJECT, SAME)).reused == 3
    assert contents(tmp_path / "build") == contents(build([plans], tmp_path / "fresh", decisions=d, jobs=2).out)
    undo = [Decision(when="2026-04-01", who="Lan", about=each.about, place=each.place, document=each.document, subject=each.subject, answer="withdrawn", object=each.object, quote=each.quote) for each in (SAME, REJECT)]
    assert build([plans], tmp_path / "build", decisions=write(d, SAME, REJECT, *undo)).reused == 1
    assert contents(tmp_path / "build") == plain


def test_a_broken_file_stops_the_build_before_it_writes(tmp_path, plans):
    build([plans], tmp_path / "build", decisions=write(tmp_path / "d"))
    before = contents(tmp_path / "build")
    (tmp_path / "d" / "decisions.csv").write_text("ngày;ai\n", "utf-8")
    with pytest.raises(VocabularyError):
        build([plans], tmp_path / "build", decisions=tmp_path / "d")
    assert contents(tmp_path / "build") == before


def test_where_decisions_are_looked_for(tmp_path, plans, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert find_folders([plans], None) == ()
    (tmp_path / "plans" / FOLDER).mkdir()
    assert find_folders([plans], None) == ()  # no CSV file in it
    inside, beside = write(plans / FOLDER, SAME), write(tmp_path / FOLDER, REJECT)
    assert find_folders([plans], None) == tuple(sorted((inside, beside)))
    assert find_folders([plans / HOA_BINH], None) == (inside,)
    assert find_folders([plans], tmp_path) == (tmp_path.resolve(),)
    with pytest.raises(InputError, match="--decisions"):
        find_folders([plans], tmp_path / "not-there")
    (inside / "README.md").write_text("# Quyết định", "utf-8")
    result = build([plans], tmp_path / "build")
    assert (result.decisions, result.counts["files"]) == (2, 3)
    assert [row for row in result.findings if "decisions" in row[0]] == []


def test_the_nearest_sentence_is_found_over_line_ends_and_nothing_is_made_up():
    text = "Điều 1.\nSở Công Thương chủ trì,\nphối hợp với Sở Y tế.\nHết.\n"
    span, words = nearest_sentence("Sở Công Thương chủ trì, phối hợp với Sở Nội vụ.", text)
    assert words == "Sở Công Thương chủ trì, phối hợp với Sở Y tế."
    assert " ".join(text[slice(*span)].split()) == words
    assert nearest_sentence("Rừng phòng hộ đầu nguồn", text) == (None, "")


def test_review_decide_build_as_a_user_does(tmp_path, plans, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["build", "plans"]) == 0
    assert main(["review", "build"]) == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "build" / "review.csv").read_text("utf-8-sig"))))
    impacts = [float(row["impact"]) for row in rows]
    assert impacts == sorted(impacts, reverse=True)
    (asked,) = [row for row in rows if PTNT in row["question_vi"]]
    assert int(asked["assignments"]) == 3
    capsys.readouterr()
    assert main(["decide", asked["question"], "not-same", "--who", "Lan", "--why", "=1+1"]) == 0
    wrote = (tmp_path / FOLDER / "decisions.csv").read_text("utf-8")
    assert "'=1+1" in wrote
    assert main(["decide", asked["question"], "not-same", "--who", "Lan"]) == 2
    assert main(["build", "plans"]) == 0
    main(["review", "build"])
    left = csv.DictReader(io.StringIO((tmp_path / "build" / "review.csv").read_text("utf-8-sig")))
    assert not [row for row in left if PTNT in row["question_vi"]]
    capsys.readouterr()
    assert main(["decide", "--list"]) == 0
    name = capsys.readouterr().out[:8]
    assert main(["decide", "--undo", "00000000", "--who", "Lan"]) == 2
    assert name in capsys.readouterr().err  # the nearest
    assert main(["decide", "--undo", name, "--who", "Lan"]) == 0
    assert main(["build", "plans"]) == 0
    main(["review", "build"])
    assert PTNT in (tmp_path / "build" / "review.csv").read_text("utf-8-sig")
    assert json.loads((tmp_path / "build" / "run.json").read_text())["decisions"] == [str(tmp_path / FOLDER)]


def test_a_body_of_its_own_may_be_confirmed(tmp_path, plans, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = plans / HOA_BINH
    path.write_text(path.read_text("utf-8").replace(PTNT, "Sở Phát triển nông thôn miền núi"), "utf-8")
    strange = build([plans], "build")
    assert len(codes(strange, "agency-not-in-registry")) == 1
    assert main(["decide", "Sở Phát triển nông thôn miền núi", "same", "--who", "Lan"]) == 2  # as what?
    assert main(["decide", "Sở Phát triển nông thôn miền núi", "same", "own", "--who", "Lan"]) == 0
    settled = build([plans], "build")
    rows = of_name(settled, "Sở Phát triển nông thôn miền núi", None)
    assert set(zip(rows["method"], rows["confidence"], rows["status"], strict=True)) == {("decision", 1.0, "confirmed")}
    assert rows["agency"].to_list() == of_name(strange, "Sở Phát triển nông thôn miền núi", None)["agency"].to_list()
    assert codes(settled, "agency-not-in-registry") == []


BAD = [
    (["Sở Nông nghiệp và PTNN", "same", "so-y-te", "--who", "Lan"], "Sở Nông nghiệp và PTNT"),
    ([PTNT, "same", "so-nong-nghiep-va-phat-trien-nong-thonn", "--who", "Lan"], "so-nong-nghiep-va-phat-trien-nong-thon"),
    ([PTNT, "gióng", "--who", "Lan"], "same | not-same | unsure"),
    ([PTNT, "same", "so-y-te"], "--who"),
    ([PTNT, "same", "so-y-te", "--who", "Lan", "--date", "hôm nay"], "2026-03-31"),
    (["Sở Tài nguyên và Môi trường", "not-same", "--who", "Lan"], "--place"),
    (["https://w3id.org/mandategraph/vn/x", "confirm", "--who", "Lan"], "nearest"),
    (["qffffffff", "same", "--who", "Lan"], "nearest"),
    (["--who", "Lan"], "QUESTION"),
]


def test_decide_refuses_and_writes_nothing(tmp_path, plans, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    main(["build", "plans"])
    for arguments, told in BAD:
        capsys.readouterr()
        assert main(["decide", *arguments]) == 2, arguments
        assert told in capsys.readouterr().err
        assert not (tmp_path / FOLDER / "decisions.csv").exists()


def test_decide_by_address_and_of_two_tasks(tmp_path, plans, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = build([plans], "build")
    lead = assignments(result).filter(pl.col("task_name") == TASK, pl.col("role") == "lead")["assignment"][0]
    one, other = pl.read_parquet("build/tables/tasks.parquet")["task"].to_list()[:2]
    assert main(["decide", lead, "confirm", "--who", "Lan", "--date", "2026-03-01"]) == 0
    assert main(["decide", lead, "reject", "--who", "Lan", "--date", "2026-03-01"]) == 2  # at the same time
    assert main(["decide", one, "same", other, "--who", "Lan"]) == 0
    again = build([plans], "build")
    assert assignments(again).filter(pl.col("status") == "confirmed")["assignment"].to_list() == [lead]
    assert codes(again, "decision-without-subject") == []


def test_a_date_to_come_is_refused_and_an_older_answer_is_told_to_have_no_force(tmp_path, plans, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    main(["build", "plans"])
    answer = [PTNT, "same", "so-nong-nghiep-va-phat-trien-nong-thon", "--who", "Lan"]
    assert main(["decide", *answer, "--date", "2099-01-01"]) == 2
    assert "tương lai" in capsys.readouterr().err
    assert main(["decide", *answer, "--date", "2026-03-02"]) == 0
    assert main(["decide", PTNT, "not-same", *answer[2:], "--date", "2026-03-01"]) == 0
    assert "Chưa có hiệu lực" in capsys.readouterr().out
