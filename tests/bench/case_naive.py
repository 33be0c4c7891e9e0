"""The naive script: one httpx.Client, one message at a time, UPDATE and commit after each. Prints one JSON object."""

import json
import tempfile
import time
from pathlib import Path

import httpx

from tests.bench.case_engine import arguments
from tests.bench.case_limit import Until, connect, fill
from tests.bench.world import INSTANCES, TEXT


def main() -> None:
    options = arguments(__doc__).parse_args()
    with tempfile.TemporaryDirectory() as folder, httpx.Client(headers={"apikey": options.key}) as client:
        path = Path(folder) / "naive.db"
        fill(path, options.people)
        conn = connect(path)
        rows = conn.execute("SELECT id, phone FROM recipient WHERE status = 'pending'").fetchall()
        began, cpu = time.perf_counter(), time.process_time()
        left = Until(options.seconds, options.people)
        while (n := left.next()) is not None:
            phone = rows[n][1]
            url = f"{options.url}/message/sendText/{INSTANCES[n % len(INSTANCES)]}"
            answer = client.post(url, json={"number": phone, "text": TEXT})
            message_id = answer.json()["key"]["id"]
            conn.execute("UPDATE recipient SET status = 'sent', message_id = ? WHERE id = ?", (message_id, n))
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
        conn.close()
    print(json.dumps({"per_second": left.given / seconds, "cpu_ms": cpu / left.given * 1000}))


if __name__ == "__main__":
    main()
