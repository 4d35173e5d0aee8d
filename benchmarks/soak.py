"""The server under 200 clients that mean it no good, and one that asks as it should.

    python -m benchmarks.soak BUILD --seconds 60 --clients 200

Prints how often the polite client was answered, and how long it waited; ends with 1 where one of its questions failed.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import random
import subprocess
import sys
import time
from collections import Counter

import httpx

POLITE = "SELECT (COUNT(*) AS ?n) { ?task a <https://w3id.org/mandategraph/ontology#Task> }"


def hostile(dice: random.Random) -> tuple[str, str, dict]:
    """One request that a server had better survive."""
    deep = "/".join(["(<a:a>|!<a:b>)*"] * dice.randint(2, 12))
    number = dice.randint(1, 10**6)
    return dice.choice([
        ("GET", "/sparql", {"params": {"query": f"SELECT (COUNT(*) AS ?n{number}) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }}"}}),
        ("GET", "/sparql", {"params": {"query": f"SELECT * {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {10**9 + number}"}}),
        ("GET", "/sparql", {"params": {"query": f"SELECT * {{ ?a {deep} ?b{number} }}"}}),
        ("POST", "/sparql", {"content": bytes(dice.randrange(256) for _ in range(2000)), "headers": {"content-type": "application/sparql-query"}}),
        ("POST", "/sparql", {"content": b"{" * 900_000, "headers": {"content-type": "application/sparql-query"}}),
        ("POST", "/sparql", {"content": b"query=" + b"%" * 5000, "headers": {"content-type": "application/x-www-form-urlencoded"}}),
        ("GET", "/health", {"headers": {f"x-{at}": "y" * 1000 for at in range(90)}}),
        ("GET", "/" + "a/" * 3000, {}),
        ("GET", "/sparql", {"params": {"query": "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?f))) AS ?all) { ?a ?b ?c . ?d ?e ?f }"}}),
    ])  # fmt: skip


async def attack(address: str, seed: int, until: float, seen: Counter[str]) -> None:
    dice = random.Random(seed)
    async with httpx.AsyncClient(base_url=address, timeout=60, verify=False) as client:  # noqa: S501 - no TLS on loopback; its set-up takes 50 ms
        while time.monotonic() < until:
            method, path, given = hostile(dice)
            try:
                if dice.random() < 0.2:  # gone before the answer
                    given["timeout"] = 0.05
                answer = await client.request(method, path, **given)
                seen[str(answer.status_code)] += 1
            except httpx.HTTPError as error:
                seen[type(error).__name__] += 1


async def ask(address: str, until: float, waited: list[float], failed: list[str]) -> None:
    async with httpx.AsyncClient(base_url=address, timeout=60, verify=False) as client:  # noqa: S501 - no TLS on loopback; its set-up takes 50 ms
        while time.monotonic() < until:
            started = time.monotonic()
            try:
                answer = await client.get("/sparql", params={"query": POLITE, "format": "csv"})
                if answer.status_code != 200:
                    failed.append(answer.text)
            except httpx.HTTPError as error:
                failed.append(repr(error))
            waited.append(time.monotonic() - started)
            await asyncio.sleep(0.1)


def crowd(address: str, seeds: list[int], seconds: float, told: multiprocessing.Queue) -> None:
    """Some of the hostile clients, in a process of their own: the polite one must not wait for them on this side."""
    seen: Counter[str] = Counter()
    until = time.monotonic() + seconds

    async def all_of_them() -> None:
        await asyncio.gather(*(attack(address, seed, until, seen) for seed in seeds))

    asyncio.run(all_of_them())
    told.put(seen)


def soak(address: str, clients: int, seconds: float) -> int:
    told: multiprocessing.Queue = multiprocessing.Queue()
    crowds = [multiprocessing.Process(target=crowd, args=(address, list(range(at, clients, 4)), seconds, told)) for at in range(4)]
    for each in crowds:
        each.start()
    waited: list[float] = []
    failed: list[str] = []
    asyncio.run(ask(address, time.monotonic() + seconds, waited, failed))
    seen = sum((told.get() for _ in crowds), Counter())
    for each in crowds:
        each.join()
    waited.sort()
    print(f"hostile answers: {dict(seen.most_common())}")
    print(f"polite: {len(waited)} asked, {len(failed)} failed, median {waited[len(waited) // 2]:.2f} s, longest {waited[-1]:.2f} s")
    for words in failed[:5]:
        print(f"  {words[:300]}")
    return 1 if failed else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build")
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--port", type=int, default=8999)
    args = parser.parse_args()
    server = subprocess.Popen([sys.executable, "-m", "kg", "serve", args.build, "--port", str(args.port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{args.port}"
    try:
        for _ in range(300):
            try:
                httpx.get(address + "/health")
                break
            except httpx.HTTPError:
                time.sleep(0.1)
        code = soak(address, args.clients, args.seconds)
        print(f"afterwards: {httpx.get(address + '/health').json()}")
        return code
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    sys.exit(main())
