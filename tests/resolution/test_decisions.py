"""Which decisions stand, and every fault of a decisions file by its line."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import VocabularyError
from kg.records import AgencyMention, Span
from kg.resolution.decisions import Decider, Decision, Home, fingerprint, make_decisions
from kg.resolution.decisions_files import COLUMNS, format_line, guard, read_decisions, read_file, unguard
from kg.resolution.registry import load_registry

HEADER = ",".join(COLUMNS)
NAME = "Sở Nông nghiệp và PTNT"
SAME = f"2026-03-01,Lan,identity,hoa-binh,,{NAME},same,kind/so-nong-nghiep-va-phat-trien-nong-thon,,,PTNT viết tắt"
HOME = Home(key="hoa-binh/quyet-dinh/2020/2583-qd-ubnd", place="hoa-binh", names=frozenset({"sở nông nghiệp và ptnt"}))


def write(folder, *lines, name="a.csv", header=HEADER, encoding="utf-8", end="\n"):
    folder.mkdir(exist_ok=True, parents=True)
    (folder / name).write_bytes(end.join([header, *lines, ""]).encode(encoding))
    return folder


def decide(*lines):
    return Decider(make_decisions(lines), HOME, load_registry())


def identity(answer, kind, when, name=NAME):
    return Decision(when=when, who="Lan", about="identity", place="hoa-binh", subject=name, answer=answer, object=f"kind/{kind}")


def mention(name=NAME, kind="so-nong-nghiep-va-phat-trien-nong-thon", text=None):
    return AgencyMention(name=name, text=text or name, spans=(Span(0, 5),), kind=kind, confidence=0.98, method="abbreviation")


def test_a_line_is_read(tmp_path):
    (decision,) = read_decisions([write(tmp_path / "decisions", SAME)]).standing
    assert (decision.who, decision.answer, decision.object, decision.why) == ("Lan", "same", "kind/so-nong-nghiep-va-phat-trien-nong-thon", "PTNT viết tắt")
    assert (decision.file, decision.line) == ("decisions/a.csv", 2)


@pytest.mark.parametrize("text", [SAME.replace(",", ";"), SAME], ids=["semicolons", "commas"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_excel_saves_says_the_same(tmp_path, text, encoding, end):
    separator = ";" if ";" in text else ","
    folder = write(tmp_path / "decisions", text, separator * 10, header=HEADER.replace(",", separator), encoding=encoding, end=end)
    assert read_decisions([folder]).digest == read_decisions([write(tmp_path / "plain", SAME)]).digest


@pytest.mark.parametrize(("written", "answer"), [("là một", "same"), ("Không phải", "not-same"), ("chưa rõ", "unsure"), ("NOT-SAME", "not-same")])
def test_answers_may_be_vietnamese(tmp_path, written, answer):
    (decision,) = read_decisions([write(tmp_path, SAME.replace(",same,", f",{written},"))]).standing
    assert decision.answer == answer


@pytest.mark.parametrize("kind", ["Sở Công Thương", "so-cong-thuong", "kind/so-cong-thuong", "https://w3id.org/mandategraph/kind/so-cong-thuong"])
def test_a_kind_may_be_named_in_four_ways(tmp_path, kind):
    line = SAME.replace("kind/so-nong-nghiep-va-phat-trien-nong-thon", kind)
    assert read_decisions([write(tmp_path, line)]).standing[0].object == "kind/so-cong-thuong"


FAULTS = [
    ("no date", SAME.replace("2026-03-01", "ngày 1/3"), 2, "when 'ngày 1/3'"),
    ("no such day", SAME.replace("2026-03-01", "2026-02-30"), 2, "2026-02-30"),
    ("unknown kind", SAME.replace("phat-trien-nong-thon", "phat-trien-nong-thonn"), 2, "so-nong-nghiep-va-phat-trien-nong-thon"),
    ("unknown IRI", SAME.replace("kind/so-nong", "https://w3id.org/mandategraph/kind/sso-nong"), 2, "nearest: so-nong-nghiep-va-phat-trien-nong-thon"),
    ("unknown province", SAME.replace("hoa-binh", "hoa-bin"), 2, "nearest: hoa-binh"),
    ("unknown sort", SAME.replace("identity", "identiti"), 2, "'identity'"),
    ("unknown answer", SAME.replace(",same,", ",saem,"), 2, "'same'"),
    ("nobody", SAME.replace("Lan", ""), 2, "who decided"),
    ("an object lacks", SAME.replace("kind/so-nong-nghiep-va-phat-trien-nong-thon", ""), 2, "nothing under object"),
    ("too few columns", SAME + "\n2026-03-01,Lan,identity", 3, "3 columns"),
    ("a comma too many", SAME + ", và hơn nữa", 2, "12 columns"),
    ("an open quote", SAME + '\n2026-03-02,"Lan,identity', 3, "broken CSV"),
    ("a changed quote", SAME.replace(",,,PTNT", f",Sở khác,{fingerprint('Sở Nông nghiệp')},PTNT"), 2, "fingerprint"),
    ("twice", SAME + "\n" + SAME, 3, "the same line as 2"),
    ("both at one time", SAME + "\n" + SAME.replace(",same,", ",not-same,"), 3, "one answer at a time"),
    ("two agencies at one time", SAME + "\n" + SAME.replace("so-nong-nghiep-va-phat-trien-nong-thon", "so-cong-thuong"), 3, "one answer at a time"),
    ("nothing to withdraw", SAME.replace(",same,", ",withdrawn,"), 2, "nothing before it"),
    ("a place of an assignment", "2026-03-01,Lan,assignment,hoa-binh,a/b/c,lead/Sở Y tế,reject,,câu,,", 2, "only an identity"),
    ("an assignment without role", "2026-03-01,Lan,assignment,,a/b/c,Sở Y tế,reject,,câu,,", 2, "role/name"),
    ("no document's key", "2026-03-01,Lan,finding,,kế hoạch,task-without-lead,justified,,,,", 2, "document"),
    ("half an alignment", "2026-03-01,Lan,alignment,,a/b/c,,same,nhiệm vụ,câu,,", 2, "document key | "),
]


@pytest.mark.parametrize(("lines", "number", "told"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
def test_a_fault_is_named_with_file_line_and_remedy(tmp_path, lines, number, told):
    with pytest.raises(VocabularyError) as error:
        read_decisions([write(tmp_path / "decisions", lines)])
    assert error.value.place == f"decisions/a.csv:{number}"
    assert told in str(error.value)
    assert error.value.vi
    assert error.value.remedy


@pytest.mark.parametrize(
    ("header", "told"),
    [(HEADER.replace("who,", ""), "missing who"), (HEADER.replace("quote", "quotes"), "unknown 'quotes'"), (HEADER + ",who", "a column twice"), ("", "missing when")],
)
def test_a_wrong_header_is_refused(tmp_path, header, told):
    with pytest.raises(VocabularyError, match=told):
        read_decisions([write(tmp_path, SAME, header=header)])


def test_what_is_no_utf8_is_refused_with_its_line(tmp_path):
    write(tmp_path / "decisions", SAME)
    (tmp_path / "decisions" / "a.csv").write_bytes(f"{HEADER}\n".encode() + "2026-03-01,L\xe2n".encode("latin-1"))
    with pytest.raises(VocabularyError, match=r"a\.csv:2: .*CSV UTF-8"):
        read_decisions([tmp_path / "decisions"])


def test_the_same_line_in_two_files_counts_once_and_a_contrary_one_is_refused(tmp_path):
    write(tmp_path, SAME, name="a.csv")
    write(tmp_path, SAME, name="b.csv")
    assert len(read_decisions([tmp_path]).log) == 1
    write(tmp_path, SAME.replace(",same,", ",not-same,"), name="b.csv")
    with pytest.raises(VocabularyError, match=r"b\.csv:2"):
        read_decisions([tmp_path])


def test_order_of_lines_counts_for_nothing(tmp_path):
    lines = [SAME, SAME.replace("03-01", "03-02").replace(",same,", ",not-same,"), SAME.replace("03-01", "03-03T10:00:00Z").replace(",same,", ",withdrawn,"), SAME.replace("hoa-binh", "lai-chau")]
    wanted = read_decisions([write(tmp_path, *lines)])
    assert [each.place for each in wanted.standing] == ["lai-chau"]
    for order in permutations(lines):
        assert read_decisions([write(tmp_path, *order)]).log == wanted.log


CASES = [
    ("nobody decided", [], ("abbreviation", "so-nong-nghiep-va-phat-trien-nong-thon")),
    ("that agency", [identity("same", "so-cong-thuong", "2026-03-01")], ("decision", "so-cong-thuong")),
    ("the newest agency", [identity("same", "so-cong-thuong", "2026-03-01"), identity("same", "so-y-te", "2026-03-02")], ("decision", "so-y-te")),
    ("not what it was taken for", [identity("not-same", "so-nong-nghiep-va-phat-trien-nong-thon", "2026-03-01")], ("decision", None)),
    ("not another", [identity("not-same", "so-y-te", "2026-03-01")], ("abbreviation", "so-nong-nghiep-va-phat-trien-nong-thon")),
    ("unsure", [identity("unsure", "so-y-te", "2026-03-01")], ("abbreviation", "so-nong-nghiep-va-phat-trien-nong-thon")),
    ("withdrawn", [identity("same", "so-y-te", "2026-03-01"), identity("withdrawn", "so-y-te", "2026-03-02")], ("abbreviation", "so-nong-nghiep-va-phat-trien-nong-thon")),
    ("a withdrawal brings no older answer back", [identity("same", "so-y-te", "2026-03-01"), identity("same", "so-cong-thuong", "2026-03-02"), identity("withdrawn", "so-cong-thuong", "2026-03-03")], ("abbreviation", "so-nong-nghiep-va-phat-trien-nong-thon")),
    ("another province's name", [Decision(when="2026-03-01", who="Lan", about="identity", place="lai-chau", subject=NAME, answer="same", object="kind/so-y-te")], ("abbreviation", "so-nong-nghiep-va-phat-trien-nong-thon")),
    ("a longer name", [identity("same", "so-y-te", "2026-03-01", name=NAME + " tỉnh")], ("abbreviation", "so-nong-nghiep-va-phat-trien-nong-thon")),
]


@pytest.mark.parametrize(("lines", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_a_name_becomes(lines, wanted):
    found = decide(*lines)(mention())
    assert (found.method, found.kind) == wanted
    assert found.confidence == (1.0 if wanted[0] == "decision" else 0.98)
    assert (found.text, found.spans) == (NAME, (Span(0, 5),))


def test_an_unresolved_name_becomes_the_other_body_that_it_is():
    unknown = mention("Liên đoản Thương mại", None, text="Liên đoản  Thương mại (VCCI)")
    line = Decision(when="2026-03-01", who="Lan", about="identity", place="hoa-binh", subject="Liên đoản Thương mại", answer="same", object="name/Liên đoàn Thương mại")
    found = decide(line)(unknown)
    assert (found.name, found.kind, found.method) == ("Liên đoàn Thương mại", None, "decision")
    assert decide(line)(found) == found


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


@given(texts)
def test_no_cell_is_a_formula_and_every_text_comes_back(text):
    assert not guard(text).lstrip(" ").startswith(("=", "+", "-", "@"))
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_written_line_is_read_back_whatever_it_holds(tmp_path, separator):
    hostile = Decision(
        when="2026-03-01T10:00:00Z", who="=cmd|' /C calc'!A0", about="identity", place="hoa-binh", subject='Sở "A", B; C', answer="same", object="name/'=1+1",
        quote="- Sở <b>A</b>,\nB", why="@SUM(1); dòng\r\nhai",
    )  # fmt: skip
    header = separator.join(COLUMNS)
    write(tmp_path, format_line(hostile, header, separator).strip(), header=header)
    (read,) = read_file(tmp_path / "a.csv", load_registry())
    assert (read.who, read.subject, read.object, read.quote, read.why) == (hostile.who, hostile.subject, hostile.object, "- Sở <b>A</b>, B", "@SUM(1); dòng hai")
