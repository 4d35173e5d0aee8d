"""The queue and its page: what comes first, what is one question, what hostile text becomes."""

import csv
import io
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg.building.pipeline import build
from kg.building.review_candidates import candidates
from kg.building.review_files import answer_lines, review_csv, review_page
from kg.building.review_queue import review_queue
from kg.resolution.decisions import NO_DECISIONS, Decision, make_decisions
from kg.resolution.registry import load_registry

CORPUS = Path(__file__).parents[2] / "corpus"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Hòa Bình's plan with a department that no registry knows, and words that no page should run."""
    folder = tmp_path_factory.mktemp("plans")
    shutil.copyfile(CORPUS / "003_dfadacd452721850.txt", folder / "ben-tre.txt")
    text = (CORPUS / "004_2a2fdc554bb9deb4.txt").read_text("utf-8")
    (folder / "hoa-binh.txt").write_text(text.replace("Sở Nông nghiệp và PTNT", "Sở Phát triển nông thôn miền núi").replace("kinh tế tuần hoàn", f"kinh tế {HOSTILE}", 3), "utf-8")
    return build([folder], tmp_path_factory.mktemp("out") / "build").out


@pytest.fixture(scope="module")
def queue(built):
    return review_queue(built, NO_DECISIONS)


def test_the_same_strange_name_in_one_province_is_one_question(queue):
    (asked,) = [each for each in queue if each.sort == "unresolved" and "miền núi" in each.draft.subject]
    assert asked.assignments == len(asked.passages) == 3
    assert asked.draft.place == "hoa-binh"
    assert asked.candidates[0].object == "kind/so-nong-nghiep-va-phat-trien-nong-thon"
    assert asked.candidates[0].vi.startswith("giống “")
    assert asked.passages[0].words == "Sở Phát triển nông thôn miền núi"


def test_what_moves_most_comes_first_and_the_formula_holds(queue):
    impacts = [each.impact for each in queue]
    assert impacts == sorted(impacts, reverse=True)
    for each in queue:
        assert each.impact == pytest.approx(each.doubt * each.assignments * each.share)
        assert 0 < each.share <= 1
        assert each.assignments >= 1
    assert len({each.id for each in queue}) == len(queue)


def test_an_answer_closes_the_question_and_unsure_puts_it_last(built, queue):
    from dataclasses import replace

    first = next(each for each in queue if each.draft.about == "identity")
    for answer, left in (("same", False), ("unsure", True)):
        decision = replace(first.draft, when="2026-03-01", who="Lan", why="vì", answer=answer, object="" if left else "kind/so-y-te")
        again = review_queue(built, make_decisions([decision]))
        assert (first.id in {each.id for each in again}) is left
        assert not left or again[-1].id == first.id
    assert again[-1].former.why == "vì"


def test_a_candidate_that_was_denied_is_not_proposed_again():
    registry = load_registry()
    found = candidates("Sở Nông nghiệp", registry, date="2020", met={}, bodies=())
    without = candidates("Sở Nông nghiệp", registry, date="2020", met={}, bodies=(), denied=(found[0].object,))
    assert found[0].object not in {each.object for each in without}
    assert candidates("Chùa Một Cột", registry, date=None, met={}, bodies=()) == ()


def test_another_strange_name_of_the_place_is_a_candidate():
    found = candidates("Liên đoản Bóng ném", load_registry(), date=None, met={}, bodies={"Liên đoàn Bóng ném", "Liên đoản Bóng ném", "Rạp xiếc"})
    assert [each.object for each in found if each.object.startswith("name/")] == ["name/Liên đoàn Bóng ném"]


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.links = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in ("src", "href")]


def test_the_page_runs_nothing_of_a_text_and_asks_nothing_of_the_network(queue):
    page = review_page(queue, "build")
    found = _Tags()
    found.feed(page)
    assert found.tags.count("script") == 1
    assert found.links == []
    assert found.tags.count("article") == len(queue)
    assert HOSTILE not in page
    strange = Decision(when="", who="", about="identity", place="hoa-binh", subject=HOSTILE, answer="", object=f"name/{HOSTILE}", quote=HOSTILE)
    from dataclasses import replace

    hostile = replace(queue[0], draft=strange, vi=HOSTILE, en=HOSTILE, place_name=HOSTILE, former=replace(strange, who=HOSTILE, why=HOSTILE, when="2026-03-01"), passages=tuple(replace(p, file=HOSTILE, before=HOSTILE, words=HOSTILE, after=HOSTILE, task=HOSTILE) for p in queue[0].passages))
    assert HOSTILE not in review_page([hostile], HOSTILE)


def test_no_cell_of_the_csv_is_a_formula(queue):
    from dataclasses import replace

    rows = list(csv.reader(io.StringIO(review_csv([replace(queue[0], vi="=1+1", place_name="@SUM(A1)")], "build").decode("utf-8-sig"))))
    assert rows[1][3:5] == ["'@SUM(A1)", "'=1+1"]


@pytest.mark.parametrize(("build_name", "tail"), [("build", ""), ("my build", '--build "my build"'), ("$(reboot)", "--build '$(reboot)'"), ("a`b", "--build 'a`b'")])
def test_a_command_holds_no_words_that_a_shell_would_run(queue, build_name, tail):
    for *_, command in answer_lines(queue[0], build_name):
        assert command.startswith(f"mandategraph decide {queue[0].id} ")
        assert command.endswith(tail)


def test_page_and_csv_are_the_same_each_time(built, queue):
    assert review_page(review_queue(built, NO_DECISIONS), "build") == review_page(queue, "build")
    assert review_csv(review_queue(built, NO_DECISIONS), "build") == review_csv(queue, "build")
