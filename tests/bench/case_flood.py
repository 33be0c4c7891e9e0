"""How many sends a gateway can take at all: one aiohttp session without engine or database. Prints one JSON object."""

import argparse
import asyncio
import json
import sys
import time

import aiohttp
import uvloop

from tests.bench.case_engine import arguments
from tests.bench.case_limit import Until
from tests.bench.world import INSTANCES, TEXT


async def _case(options: argparse.Namespace) -> dict[str, float]:
    left = Until(options.seconds, sys.maxsize)
    async with aiohttp.ClientSession(
        headers={"apikey": options.key}, connector=aiohttp.TCPConnector(limit=0)
    ) as session:

        async def lane(number: int) -> None:
            url = f"{options.url}/message/sendText/{INSTANCES[number % len(INSTANCES)]}"
            while (n := left.next()) is not None:
                async with session.post(url, json={"number": f"55119{80_000_000 + n}", "text": TEXT}) as answer:
                    await answer.read()

        began, cpu = time.perf_counter(), time.process_time()
        await asyncio.gather(*(lane(number) for number in range(3 * options.per_lane)))
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
        return {"per_second": left.given / seconds, "cpu_ms": cpu / left.given * 1000}


def main() -> None:
    print(json.dumps(uvloop.run(_case(arguments(__doc__).parse_args()))))


if __name__ == "__main__":
    main()
