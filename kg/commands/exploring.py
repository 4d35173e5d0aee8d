"""What the command explore does: one page that opens without a network."""

# ruff: noqa: T201 - a command speaks by printing
from __future__ import annotations

import argparse
from pathlib import Path

from kg.cli import DONE
from kg.errors import StoreError


def explore(args: argparse.Namespace) -> int:
    """Write the explorer of a build."""
    from kg.building.explorer import explorer_payload
    from viz.explorer_page import write_explorer

    path = Path(args.output)
    from kg.building.explorer_ask import ask_payload, page_engine

    payload = explorer_payload(args.build, title=args.title)
    engine = page_engine(Path(args.build))
    payload["ask"] = ask_payload(Path(args.build)) if engine else None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        size = write_explorer(payload, path, engine=engine)
    except OSError as error:
        raise StoreError(
            str(error.filename or path),
            found=error.strerror or str(error),
            expected="a place that can be written",
            remedy="choose another place with -o",
            vi="Không ghi được; hãy chọn nơi khác với -o",
        ) from error
    left_out = sum(text is None for text in payload["texts"])
    print(f"Đã ghi (written): {path}, {size / 1e6:.1f} MB; mở bằng trình duyệt, không cần mạng (open it in a browser, no network needed)")
    if left_out:
        print(f"{left_out} văn bản quá nhiều chữ cho một trang: trang có câu trích, không có toàn văn (quotes only for {left_out} documents; their texts are in {args.build}/texts)")
    if engine is None:
        print("Trang không có ô hỏi SPARQL: chạy `mandategraph assets` một lần (cần mạng), hoặc `mandategraph serve`; kho trên nửa triệu phát biểu thì dùng serve. (no SPARQL inside the page: run `mandategraph assets` once, or `mandategraph serve`)")
    return DONE


def make_site(args: argparse.Namespace) -> int:
    """Write a build as a static site."""
    from kg.building.explorer import explorer_payload
    from kg.building.explorer_ask import ask_payload, page_engine
    from kg.building.site import write_site
    from viz.explorer_page import make_explorer

    folder, out = Path(args.build), Path(args.output)
    engine = page_engine(folder)
    payload = {**explorer_payload(folder, title=args.title), "ask": ask_payload(folder) if engine else None}
    try:
        pages = write_site(folder, out, front=make_explorer(payload, engine=engine))
    except OSError as error:
        raise StoreError(
            str(error.filename or out),
            found=error.strerror or str(error),
            expected="a place that can be written",
            remedy="choose another place with -o",
            vi="Không ghi được; hãy chọn nơi khác với -o",
        ) from error
    print(f"Đã ghi (written): {out / 'index.html'} và {pages:,} trang (pages), mỗi trang kèm data.ttl, data.jsonld")
    return DONE


def fetch(args: argparse.Namespace) -> int:
    """Fetch the SPARQL engine that pages carry."""
    from viz.assets import AssetError, fetch_assets

    try:
        files = fetch_assets(archives=Path(args.archives) if args.archives else None)
    except AssetError as error:
        raise StoreError("assets", found=str(error), expected="the files of viz/web/assets.lock.json", remedy="mend that and run it again; everything but SPARQL inside a page works without", vi="Chưa tải được bộ máy SPARQL; mọi phần khác vẫn dùng được") from error
    for file in files:
        print(file)
    return DONE
