"""What the server says of itself: its page, its description, its health and its figures."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response

from kg.graph.describe import FILES
from kg.graph.namespaces import BASE
from kg.serving.answers import page_answer, refuse, server_of
from kg.serving.api import describe_thing
from kg.serving.formats import negotiate
from kg.serving.openapi import openapi


async def give_page(request: Request) -> Response:
    """Give the explorer, asking this server; who prefers data is sent to the description of the data set."""
    if negotiate(request.headers.get("accept", "*/*"), ["text/html", "text/turtle"]) == "text/turtle":
        return RedirectResponse("/void")
    return page_answer(server_of(request).page)


async def tell_openapi(request: Request) -> Response:
    """Give the description of the addresses."""
    return JSONResponse(openapi(server_of(request).limits))


async def tell_void(request: Request) -> Response:
    """Describe the data set in VoID and DCAT."""
    return await describe_thing(request, BASE + "dataset")


_COUNTED = {
    "triples": "what SPARQL sees without GRAPH: each statement once, the description of the data set among them",
    "statements": "void:triples of /void: statements of the named graphs (graph.nq), one that stands in two graphs twice, without that description",
}


async def give_graph_file(request: Request) -> Response:
    """Give the build's graph as a file: what the description of the data set (DCAT) leads to."""
    suffix = request.path_params["suffix"]
    file = server_of(request).build / f"graph.{suffix}"
    if suffix not in FILES or not file.is_file():
        return refuse(request.url.path, "no such file", " or ".join(f"/dataset/graph.{each}" for each in FILES), "see /void", "Không có tệp này", status=404)
    return FileResponse(file, media_type=FILES[suffix], filename=file.name)


async def tell_health(request: Request) -> Response:
    """Tell whether the server answers, and what it allows."""
    server = server_of(request)
    return JSONResponse(status_code=200 if server.pool.alive else 503, content={"status": "ok" if server.pool.alive else "restarting", "triples": server.pool.triples, "statements": server.pool.described, "counted": _COUNTED, "waiting": server.pool.waiting, "running": server.pool.running, "limits": server.limits.stated()})


async def tell_metrics(request: Request) -> Response:
    """Give the counters in the text format of Prometheus."""
    server = server_of(request)
    lines = ["# TYPE mandategraph_answers_total counter", *(f'mandategraph_answers_total{{route="{route}",status="{status}"}} {count}' for (route, status), count in sorted(server.answers.items()))]
    lines += ["# TYPE mandategraph_answer_seconds_total counter", f"mandategraph_answer_seconds_total {server.seconds:.3f}"]
    lines += ["# TYPE mandategraph_ended_total counter", *(f'mandategraph_ended_total{{reason="{reason}"}} {count}' for reason, count in sorted(server.pool.ended.items()))]
    lines += ["# TYPE mandategraph_waiting gauge", *(f'mandategraph_waiting{{lane="{lane}"}} {count}' for lane, count in enumerate(server.pool.waiting))]
    lines += ["# TYPE mandategraph_triples gauge", f"mandategraph_triples {server.pool.triples}", "# TYPE mandategraph_reloads_total counter", f"mandategraph_reloads_total {server.reloads}"]
    return Response("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")
