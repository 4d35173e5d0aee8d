"""What the command serve does: a build, live."""

# ruff: noqa: T201 - a command speaks by printing
from __future__ import annotations

import argparse
from pathlib import Path

from kg.cli import DONE
from kg.errors import StoreError

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(args: argparse.Namespace) -> int:
    """Serve a build until it is stopped."""
    try:
        import uvicorn

        from kg.serving.app import make_app
        from kg.serving.protocol import ImpatientProtocol
    except ImportError as error:
        raise StoreError("serve", found=str(error), expected="starlette and uvicorn", remedy="install mandategraph again", vi="Thiếu thư viện của máy chủ; hãy cài lại mandategraph") from error
    from kg.serving.limits import Limits

    folder = Path(args.build)
    if not (folder / "graph.nq").is_file():
        raise StoreError(str(folder), found="no graph.nq", expected="the folder of a build", remedy="run `mandategraph build FOLDER -o BUILD` first, or name another folder", vi=f"{folder} không phải kết quả của lệnh build; hãy chạy lệnh build trước")
    _check_free(args.host, args.port)
    hosts = tuple(args.allow_host) or (("localhost", "127.0.0.1", "[::1]") if args.host in _LOOPBACK else ("*",))
    limits = Limits(seconds=args.seconds, rows=args.rows)
    shown = f"[{args.host}]" if ":" in args.host else args.host
    print(f"http://{shown}:{args.port}/  SPARQL: /sparql  API: /openapi.json  (dừng: Ctrl+C | stop: Ctrl+C)", flush=True)
    if args.host not in _LOOPBACK:
        print("Lưu ý: máy khác trong mạng cũng đọc được. | Note: other machines can read it, too.", flush=True)
    uvicorn.run(make_app(folder, limits, hosts=hosts), host=args.host, port=args.port, access_log=False, log_level="warning", server_header=False, http=ImpatientProtocol, h11_max_incomplete_event_size=65_536, timeout_keep_alive=15)
    return DONE


def _check_free(host: str, port: int) -> None:
    """Refuse an address that another program has, before the graph is loaded."""
    import socket

    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address[0], port, *address[2:]))  # getaddrinfo takes 99999 for 34463
    except (OSError, OverflowError) as error:
        raise StoreError(
            f"{host}:{port}", found=getattr(error, "strerror", None) or str(error), expected="an address of this machine that is free", remedy="stop the server that runs there, or choose another with --port",
            vi=f"Không mở được {host}:{port}; có lẽ một máy chủ khác đang chạy ở đó, hãy chọn số khác với --port",
        ) from error  # fmt: skip
