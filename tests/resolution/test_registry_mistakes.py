"""What an editor's mistake in ontology/ says: file, line, remedy, in Vietnamese and in English, before a build reads or writes."""

import re
import shutil

import pytest

import kg.data_files
from kg import build
from kg.data_files import data_folder
from kg.errors import VocabularyError
from kg.graph.vocabulary import load_vocabulary, vocabulary_quads
from kg.resolution.offices import load_offices
from kg.resolution.registry import load_registry, read_registry
from tests.resolution.refusals import refused

MISTAKES = [
    # file, right, wrong, words on the line that is named, words of the message
    ("agencies.ttl", '"Sở TC"@vi', '"Sở Công thương"@vi', "Sở Công thương", "so-cong-thuong và so-tai-chinh"),
    ("agencies.ttl", "kind:so-tai-chinh a mg:AgencyKind ;", "kind:so-tai-chinh a mg:AgencyKind ; dcterms:isReplacedBy kind:so-ke-hoach-va-dau-tu ;", "isReplacedBy", "vòng lặp"),
    ("agencies.ttl", "mg:answersTo kind:bo-tai-chinh ;", "mg:answersTo kind:bo-tai-chanh ;", "bo-tai-chanh", "không tồn tại"),
    ("agencies.ttl", "mg:answersTo kind:bo-tai-chinh ;", "mg:answersTo knd:bo-tai-chinh ;", "knd:", "sai cú pháp"),
    ("agencies.ttl", 'mg:validFrom "2025-03-01"^^xsd:date', 'mg:validFrom "01/03/2025"', "01/03/2025", "không hợp lệ"),
    ("agencies.ttl", 'mg:validFrom "2025-03-01"^^xsd:date', 'mg:validFrom "2026-03-01"^^xsd:date ; mg:validTo "2025-03-01"^^xsd:date', "2026-03-01", "sau ngày kết thúc"),
    ("agencies.ttl", 'skos:prefLabel "Sở Tài chính"@vi, ', 'skos:prefLabel "Sở Tài chính@vi, ', "Sở Tài chính@vi", "sai cú pháp"),
    ("agencies.ttl", "@prefix xsd: ", 'kind:so-tai-chinh skos:prefLabel "Sở Tài chính mới"@vi .\n@prefix xsd: ', "kind:so-tai-chinh", "đúng một skos:prefLabel@vi"),
    ("events.ttl", '"2025-03-01"^^xsd:date', '"2025-02-30"^^xsd:date', "2025-02-30", "không hợp lệ"),
    ("events.ttl", "mg:resultingKind kind:bo-tai-chinh", "mg:resultingKind kind:bo-tai-chanh", "bo-tai-chanh", "không tồn tại"),
    ("roles.ttl", '"chủ trì tham mưu"@vi', '"thẩm tra"@vi', "thẩm tra", "advise và appraise"),
    ("recurrence.ttl", '"mỗi tháng"@vi', '"mỗi năm"@vi', "mỗi năm", "annual và monthly"),
    ("agencies.ttl", "kind:so-cong-thuong a mg:AgencyKind ;", "kind:so-cong-thuong a mg:AgencyKnd ;", "AgencyKnd", "lớp (rdf:type)"),
    ("provinces.ttl", "province:bac-kan a mg:Province ;", "province:bac-kan a mg:Provnce ;", "Provnce", "lớp (rdf:type)"),
    ("roles.ttl", "skos:inScheme scheme:role ;", "skos:inScheme scheme:rolle ;", "rolle", "skos:inScheme"),
    ("agencies.ttl", 'mg:verification "V"', 'mg:verification "checked"', "checked", "không hợp lệ"),
    ("agencies.ttl", 'mg:validToPrecision "month"', 'mg:validToPrecision "week"', "week", "không hợp lệ"),
    ("agencies.ttl", "kind:so-cong-thuong a mg:AgencyKind ;", 'kind:so-cong-thuong a mg:AgencyKind ; mg:validToPrecision "year" ;', "validToPrecision", "phải đi cùng validTo"),
    ("provinces.ttl", 'mg:code "89"', 'mg:code "01"', 'mg:code "01"', "mã “01” trùng ở hai tỉnh cùng tồn tại"),
    ("document-types.ttl", '"Bản sao y"@vi', '"Bản sao lục"@vi', "Bản sao lục", "ban-sao-luc và ban-sao-y"),
]


@pytest.mark.parametrize(("file", "right", "wrong", "on_line", "says"), MISTAKES)
def test_a_mistake_is_named_with_its_line_and_remedy(tmp_path, file, right, wrong, *, on_line, says):
    caught = refused(tmp_path, file, right, wrong)
    assert says in caught.vi
    assert caught.remedy
    name, line = caught.place.split(":")
    assert name == file
    assert on_line in (tmp_path / file).read_text("utf-8").splitlines()[int(line) - 1]


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("mg:kind kind:bao-hiem-xa-hoi-khu-vuc", "mg:kind kind:bao-hiem-khong-co", "không có trong danh mục"),
        ("mg:covers province:ha-noi", "mg:covers province:ha-noy", "ha-noy"),
        ("mg:covers province:ha-noi", "mg:covers province:hung-yen-2025", "không tồn tại vào"),
        ('mg:validFrom "2025-06-01"^^xsd:date', 'mg:validFrom "2025-06-31"^^xsd:date', "2025-06-31"),
        (" ;\n", "\n", "sai cú pháp"),
        ('mg:regionNumber "II"', 'mg:regionNumber "I"', "số I trùng với bao-hiem-xa-hoi-khu-vuc-i-2025-06"),
    ],
)
def test_a_mistake_in_a_regional_office_is_named(tmp_path, right, wrong, says):
    caught = refused(tmp_path, "regional-offices.ttl", right, wrong)
    assert re.match(r"regional-offices\.ttl:\d+$", caught.place)
    assert says in caught.vi


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path):
    shutil.copytree(data_folder("ontology"), tmp_path, dirs_exist_ok=True)
    for name in ("agencies.ttl", "roles.ttl"):
        path = tmp_path / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_registry(tmp_path) == load_registry()


def test_every_turtle_file_of_the_vocabulary_says_where_it_is_broken(tmp_path):
    shutil.copytree(data_folder("ontology"), tmp_path, dirs_exist_ok=True)
    path = tmp_path / "mandategraph.ttl"
    path.write_text(path.read_text("utf-8").replace(" ;\n", "\n", 1), "utf-8")
    with pytest.raises(VocabularyError, match=r"mandategraph\.ttl:\d+"):
        vocabulary_quads(tmp_path)


@pytest.fixture
def broken_checkout(tmp_path, monkeypatch):
    """The package with an ontology/ of its own in which a date is none."""
    shutil.copytree(data_folder("ontology"), tmp_path / "package" / "_data" / "ontology")
    path = tmp_path / "package" / "_data" / "ontology" / "regional-offices.ttl"
    path.write_text(path.read_text("utf-8").replace('"2025-06-01"', '"2025-06-31"', 1), "utf-8")
    monkeypatch.setattr(kg.data_files, "_PACKAGE", tmp_path / "package")
    caches = (load_registry, load_offices, load_vocabulary)
    for cached in caches:
        cached.cache_clear()
    yield
    monkeypatch.undo()
    for cached in caches:
        cached.cache_clear()


@pytest.mark.usefixtures("broken_checkout")
def test_a_build_stops_before_it_reads_or_writes(tmp_path):
    (tmp_path / "plan.txt").write_text("KẾ HOẠCH\nSở Tài chính chủ trì.\n", "utf-8")
    with pytest.raises(VocabularyError, match=r"regional-offices\.ttl:\d+"):
        build([tmp_path / "plan.txt"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_regional_offices_by_era():
    offices = load_offices()
    assert len(offices) == 137
    then = {office.number for office in offices if office.kind == "kho-bac-nha-nuoc-khu-vuc" and "hung-yen" in office.covers}
    now = {office.number for office in offices if office.kind == "kho-bac-nha-nuoc-khu-vuc" and "hung-yen-2025" in office.covers}
    assert then
    assert now
    assert all(office.exists_at("2025-06-15") for office in offices if office.kind == "bao-hiem-xa-hoi-khu-vuc")
