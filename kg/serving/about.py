"""What the server says of itself: its page, its description, its health and its figures."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from kg.graph.namespaces import BASE
from kg.serving.answers import page_answer, server_of
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


async def tell_health(request: Request) -> Response:
    """Tell whether the server answers, and what it allows."""
    server = server_of(request)
    return JSONResponse(status_code=200 if server.pool.alive else 503, content={"status": "ok" if server.pool.alive else "restarting", "triples": server.pool.triples, "waiting": server.pool.waiting, "running": server.pool.running, "limits": server.limits.stated()})


async def tell_metrics(request: Request) -> Response:
    """Give the counters in the text format of Prometheus."""
    server = server_of(request)
    lines = ["# TYPE mandategraph_answers_total counter", *(f'mandategraph_answers_total{{route="{route}",status="{status}"}} {count}' for (route, status), count in sorted(server.answers.items()))]
    lines += ["# TYPE mandategraph_answer_seconds_total counter", f"mandategraph_answer_seconds_total {server.seconds:.3f}"]
    lines += ["# TYPE mandategraph_ended_total counter", *(f'mandategraph_ended_total{{reason="{reason}"}} {count}' for reason, count in sorted(server.pool.ended.items()))]
    lines += ["# TYPE mandategraph_waiting gauge", *(f'mandategraph_waiting{{lane="{lane}"}} {count}' for lane, count in enumerate(server.pool.waiting))]
    lines += ["# TYPE mandategraph_triples gauge", f"mandategraph_triples {server.pool.triples}", "# TYPE mandategraph_reloads_total counter", f"mandategraph_reloads_total {server.reloads}"]
    return Response("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")
