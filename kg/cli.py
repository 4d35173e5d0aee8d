"""The command line: arguments in, text out; what it does is in the modules it calls.

Exit codes: 0 done; 1 something was found (violations in ``check``, a score below ``--floor``, an unread file with
``build --strict``); 2 the person who asked can mend it. Nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

DONE, FOUND, REFUSED = 0, 1, 2
FORMATS = ("ttl", "trig", "nq", "jsonld", "graphml", "gexf", "csv", "parquet")
REPORTS = ("overload", "load", "concentration", "compare", "clarity", "network", "coverage", "duplicates", "contradictions", "all")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; give its exit code."""
    args = _parser().parse_args(arguments)
    _speak_utf8()
    try:
        code = _run(args)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough (`| head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("\nĐã dừng theo yêu cầu; kết quả cũ còn nguyên. | stopped; the last build is untouched", file=sys.stderr)
        return 130
    except Exception as error:
        from kg.errors import MandategraphError

        if not isinstance(error, MandategraphError):
            raise
        print(" ".join(str(error).split()), file=sys.stderr)
        return REFUSED
    return code


def _run(args: argparse.Namespace) -> int:
    from importlib import import_module

    module, function = args.does
    code = getattr(import_module(module), function)(args)
    return int(code or DONE)


def _speak_utf8() -> None:
    """Vietnamese comes out whole in any locale."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mandategraph",
        description="Ai phải làm gì: đồ thị tri thức từ kế hoạch của các tỉnh. | Who must do what: a knowledge graph of Vietnamese provincial plans.",
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_build(commands)
    _add_extract(commands)
    _add_evaluate(commands)
    _add_check(commands)
    _add_review(commands)
    _add_decide(commands)
    _add_query(commands)
    _add_export(commands)
    _add_report(commands)
    _add_brief(commands)
    _add_crosswalk(commands)
    _add_explore(commands)
    _add_site(commands)
    _add_serve(commands)
    _add_assets(commands)
    doctor = commands.add_parser("doctor", help="máy này đọc được gì | what this machine can read, and what is missing")
    doctor.set_defaults(does=("kg.commands.doctor", "examine"))
    version = commands.add_parser("version", help="phiên bản và môi trường | version and environment")
    version.set_defaults(does=("kg.commands.running", "show_version"))
    return parser


_Commands = argparse._SubParsersAction  # noqa: SLF001  argparse has no public name for it


def _add_build(commands: _Commands[argparse.ArgumentParser]) -> None:
    build = commands.add_parser("build", help="dựng đồ thị từ các thư mục văn bản | build the graph from folders of documents")
    build.add_argument("paths", nargs="+", metavar="FOLDER", help="tệp hoặc thư mục | files or folders")
    build.add_argument("-o", "--output", default="build", help="thư mục kết quả | folder to write (default: build)")
    build.add_argument("--jobs", type=_positive, default=1, metavar="N", help="số tiến trình | number of processes")
    build.add_argument("--progress", action="store_true", help="luôn hiện tiến độ | show progress even without a terminal")
    build.add_argument("--strict", action="store_true", help="mã thoát 1 nếu có lỗi | exit code 1 if any file has an error")
    build.add_argument("--decisions", metavar="DIR", help="thư mục quyết định của người | folder of people's decisions (default: decisions/ inside or beside FOLDER, else here)")
    build.set_defaults(does=("kg.commands.running", "build_graph"))


def _add_extract(commands: _Commands[argparse.ArgumentParser]) -> None:
    extract = commands.add_parser("extract", help="bản ghi của một văn bản | the records of one document")
    extract.add_argument("file", metavar="FILE")
    extract.add_argument("--json", action="store_true", help="dạng JSON có vị trí trích dẫn | JSON with spans")
    extract.set_defaults(does=("kg.commands.running", "show_records"))


def _add_evaluate(commands: _Commands[argparse.ArgumentParser]) -> None:
    evaluate = commands.add_parser("evaluate", help="so với chú giải chuẩn | precision, recall and F1 against gold")
    evaluate.add_argument("predicted", metavar="PREDICTED_OR_DOCUMENTS", help="thư mục bản ghi JSON hoặc văn bản | records or documents")
    evaluate.add_argument("gold", metavar="GOLD", help="thư mục chú giải | folder of gold records")
    evaluate.add_argument("--misses", action="store_true", help="liệt kê chỗ khác | list every item that differs")
    evaluate.add_argument("--prefix", type=_positive, metavar="N", help="chỉ so N ký tự đầu | compare the first N characters of texts")
    evaluate.add_argument("--floor", type=float, metavar="F1", help="mã thoát 1 nếu F1 nào thấp hơn | exit code 1 if any F1 is lower")
    evaluate.add_argument("--json", action="store_true", help="dạng JSON | as JSON")
    evaluate.set_defaults(does=("kg.commands.running", "score_records"))


def _add_check(commands: _Commands[argparse.ArgumentParser]) -> None:
    check = commands.add_parser("check", help="kiểm tra kết quả build | SHACL and integrity of a build")
    check.add_argument("build", nargs="?", default="build", metavar="BUILD")
    check.add_argument("--reasoner", action="store_true", help="thêm bộ suy luận: HermiT nếu có Java, không thì OWL RL | also a reasoner: HermiT where Java is there, else OWL RL")
    check.set_defaults(does=("kg.commands.running", "check_folder"))


def _add_review(commands: _Commands[argparse.ArgumentParser]) -> None:
    review = commands.add_parser("review", help="những câu hỏi cần người trả lời | the questions that a build leaves to people")
    review.add_argument("build", nargs="?", default="build", metavar="BUILD")
    review.add_argument("--decisions", metavar="DIR", help="thư mục quyết định | folder of decisions (default: the build's)")
    review.add_argument("-o", "--output", metavar="DIR", help="nơi ghi review.csv, review.html | where to write them (default: the build)")
    review.add_argument("--limit", type=_positive, default=10, metavar="N", help="số câu in ra | questions to print (default: 10)")
    review.set_defaults(does=("kg.commands.reviewing", "show_queue"))


def _add_decide(commands: _Commands[argparse.ArgumentParser]) -> None:
    decide = commands.add_parser("decide", help="ghi một câu trả lời | record an answer to a question")
    decide.add_argument("question", nargs="?", metavar="QUESTION", help="mã câu hỏi, tên như viết, hoặc địa chỉ phân công, nhiệm vụ | id of a question, a name, or an address")
    decide.add_argument("answer", nargs="?", metavar="ANSWER", help="same, not-same, unsure; confirm, reject; proposed, confirmed, rejected, justified")
    decide.add_argument("object", nargs="?", default="", metavar="OBJECT", help="cơ quan nào | which agency: registry slug, name or address")
    decide.add_argument("--who", metavar="NAME", help="ai quyết định | who decides")
    decide.add_argument("--why", default="", metavar="REASON", help="vì sao | why")
    decide.add_argument("--date", metavar="DATE", help="mặc định: bây giờ | default: now")
    decide.add_argument("--place", default="", metavar="SLUG", help="nơi, khi tên có ở nhiều tỉnh | where a name stands in several provinces")
    decide.add_argument("--build", default="build", metavar="DIR", help="thư mục kết quả build | folder of the build")
    decide.add_argument("--decisions", metavar="DIR", help="thư mục quyết định | folder of decisions (default: the build's, else decisions/)")
    decide.add_argument("--undo", metavar="ID", help="rút lại một quyết định | withdraw a decision")
    decide.add_argument("--list", action="store_true", help="liệt kê quyết định | list the decisions")
    decide.set_defaults(does=("kg.commands.reviewing", "record_answer"))


def _add_query(commands: _Commands[argparse.ArgumentParser]) -> None:
    query = commands.add_parser("query", help="hỏi đồ thị | ask the graph")
    query.add_argument("question", nargs="?", metavar="QUESTION", help="tên câu hỏi | name of a question")
    query.add_argument("--file", metavar="FILE.rq", help="câu hỏi SPARQL của bạn | a SPARQL query of your own")
    query.add_argument("--list", action="store_true", help="liệt kê câu hỏi | list the questions")
    query.add_argument("--describe", metavar="QUESTION", help="giải thích câu hỏi và tham số | what a question asks and takes")
    query.add_argument("--param", action="append", default=[], metavar="NAME=VALUE", help="tham số, lặp lại được | may be repeated")
    query.add_argument("--as-of", metavar="DATE", help="tính đến ngày, như 01/7/2025 | as of a date: who has the work of each body then")
    query.add_argument("--split", choices=("share", "list"), default="share", help="việc của cơ quan bị chia: chia đều hay tính đủ | work of a divided body: share alike, or list each heir in full")
    query.add_argument("--format", choices=("table", "csv", "json", "ttl", "xlsx"), help="mặc định: theo đuôi của -o, không thì table | default: as -o ends, else table; ttl for graphs")
    query.add_argument("-o", "--output", metavar="FILE", help="ghi vào tệp .xlsx, .csv, .json hoặc .ttl | write it into a file")
    query.add_argument("--lang", choices=("vi", "en"), help="ngôn ngữ của câu trả lời; mặc định: bảng tiếng Việt, lời dẫn hai thứ tiếng | language of the answer")
    query.add_argument("--build", default="build", metavar="DIR", help="thư mục kết quả build | folder of the build")
    query.add_argument("--beside", action="append", default=[], metavar="FILE.ttl", help="hỏi cùng với tệp Turtle, như observations.ttl của report --rdf; lặp lại được | ask together with Turtle files")
    query.add_argument("--endpoint", metavar="URL", help="hỏi máy chủ SPARQL | ask a SPARQL endpoint instead")
    query.set_defaults(does=("kg.commands.asking", "ask"))


def _add_export(commands: _Commands[argparse.ArgumentParser]) -> None:
    export = commands.add_parser("export", help="xuất sang định dạng khác | export a build")
    export.add_argument("build", nargs="?", default="build", metavar="BUILD")
    export.add_argument("--format", required=True, choices=FORMATS)
    export.add_argument("--as-of", metavar="DATE", help="chỉ phần tính đến ngày đó, để nạp vào máy chủ SPARQL | the view as of a date alone, to load beside the graph (nq)")
    export.add_argument("--split", choices=("share", "list"), default="share", help="như query --split | as of query --split")
    export.add_argument("-o", "--output", metavar="PATH", help="tệp (csv, parquet: thư mục); không có thì in ra | file (csv, parquet: folder); default: print")
    export.set_defaults(does=("kg.commands.exporting", "export"))


def _add_report(commands: _Commands[argparse.ArgumentParser]) -> None:
    report = commands.add_parser("report", help="báo cáo: khối lượng, quá tải, tập trung … | measures as pages and tables")
    report.add_argument("report", choices=REPORTS)
    _add_measured(report)
    report.add_argument("--province", action="append", default=[], metavar="NAME", help="tên hoặc mã, lặp lại được; mặc định: mọi tỉnh | may be repeated; default: all")
    report.add_argument("--format", action="append", choices=("html", "csv", "json", "xlsx"), help="lặp lại được; mặc định: html | may be repeated; default: html")
    report.add_argument("--rdf", action="store_true", help="thêm observations.ttl (RDF Data Cube) | also write the measures as RDF Data Cube")
    report.set_defaults(does=("kg.commands.reporting", "write_reports"))


def _add_brief(commands: _Commands[argparse.ArgumentParser]) -> None:
    brief = commands.add_parser("brief", help="bản tóm tắt một tỉnh, HTML và Word | a brief on one province, HTML and Word")
    brief.add_argument("province", metavar="PROVINCE")
    _add_measured(brief)
    brief.set_defaults(does=("kg.commands.reporting", "write_brief"))


def _add_measured(command: argparse.ArgumentParser) -> None:
    command.add_argument("build", nargs="?", default="build", metavar="BUILD")
    command.add_argument("--as-of", metavar="DATE", help="tên cơ quan và kế hoạch tại một ngày, như 2025-07-01 | agencies and plans as of a day; default: as written")
    command.add_argument("--split", choices=("share", "list"), default="share", help="cơ quan bị chia tách: chia đều hay tính đủ | work of a divided body: shared or counted in full")
    command.add_argument("--capacity", metavar="FILE.csv", help="nhân lực: province,agency,capacity,source | staff or budget of agencies")
    command.add_argument("--alignment", metavar="FILE.csv", help="nhiệm vụ chung: task,shared | which tasks are shared")
    command.add_argument("-o", "--output", required=True, metavar="DIR", help="thư mục kết quả | folder to write")
def _add_crosswalk(commands: _Commands[argparse.ArgumentParser]) -> None:
    crosswalk = commands.add_parser("crosswalk", help="đơn vị nào thành đơn vị nào, 63 ↔ 34 tỉnh, sở cũ ↔ mới | who became whom: provinces, kinds of agencies")
    crosswalk.add_argument("table", choices=("provinces", "kinds"), help="tỉnh, thành phố hoặc loại cơ quan | provinces or kinds of agencies")
    crosswalk.add_argument("--date", default="2025-07-01", metavar="DAY", help="loại cơ quan: người kế thừa vào ngày này | kinds: heirs on this day (default: 2025-07-01)")
    crosswalk.add_argument("--format", choices=("csv", "ttl"), default="csv", help="bảng CSV, hoặc RDF gồm mọi sự kiện | a table, or RDF with all events")
    crosswalk.add_argument("-o", "--output", metavar="FILE", help="tệp; không có thì in ra | file; default: print")
    crosswalk.set_defaults(does=("kg.commands.crosswalks", "crosswalk"))


def _add_explore(commands: _Commands[argparse.ArgumentParser]) -> None:
    explore = commands.add_parser("explore", help="trang khám phá, một tệp, không cần mạng | the explorer: one page, no network")
    explore.add_argument("build", nargs="?", default="build", metavar="BUILD")
    explore.add_argument("-o", "--output", default="explorer.html", metavar="PAGE", help="tệp HTML | page to write (default: explorer.html)")
    explore.add_argument("--title", default="Ai phải làm gì", help="tên trang | heading of the page")
    explore.set_defaults(does=("kg.commands.exploring", "explore"))


def _add_site(commands: _Commands[argparse.ArgumentParser]) -> None:
    site = commands.add_parser("site", help="trang tĩnh: mỗi cơ quan, nhiệm vụ một trang | a static site: a page for each agency, plan, task")
    site.add_argument("build", nargs="?", default="build", metavar="BUILD")
    site.add_argument("-o", "--output", default="site", metavar="FOLDER", help="thư mục mới | a new folder (default: site)")
    site.add_argument("--title", default="Ai phải làm gì", help="tên trang | heading of the front page")
    site.set_defaults(does=("kg.commands.exploring", "make_site"))


def _add_serve(commands: _Commands[argparse.ArgumentParser]) -> None:
    serve = commands.add_parser("serve", help="máy chủ chỉ đọc: SPARQL, API, trang | a server for reading: SPARQL, API, pages")
    serve.add_argument("build", nargs="?", default="build", metavar="BUILD")
    serve.add_argument("--host", default="127.0.0.1", help="mặc định chỉ máy này | default: this machine only")
    serve.add_argument("--port", type=_positive, default=8000)
    serve.add_argument("--allow-host", action="append", default=[], metavar="NAME", help="tên miền được trả lời | name that it answers to; may be repeated")
    serve.add_argument("--seconds", type=float, default=20.0, help="thời gian tối đa một câu hỏi | most seconds of a query")
    serve.add_argument("--rows", type=_positive, default=100_000, help="số dòng tối đa | most rows of an answer")
    serve.set_defaults(does=("kg.commands.serving", "serve"))


def _add_assets(commands: _Commands[argparse.ArgumentParser]) -> None:
    assets = commands.add_parser("assets", help="tải bộ máy SPARQL cho trang khám phá | fetch the SPARQL engine for the explorer")
    assets.add_argument("--from", dest="archives", metavar="FOLDER", help="thư mục có sẵn gói .tgz, khi không có mạng | folder with the .tgz archives")
    assets.set_defaults(does=("kg.commands.exploring", "fetch"))


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text}: cần số nguyên dương | a positive number is expected")
    return number
