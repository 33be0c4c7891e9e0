"""`hooks …`: other programs are told, by the process that sends."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.desktop.cli.conftest import Cli, assert_shape, plain_draft
from tests.fakes.simulator_process import SimulatorProcess


class Receiver(ThreadingHTTPServer):
    """Another program, in a thread: the command line runs in this one."""

    daemon_threads = True
    status = 200

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.told: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver  # type: ignore[assignment]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        if self.server.status == 200:
            self.server.told.append(json.loads(body))
        self.send_response(self.server.status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_parts: object) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_campaign_is_told_while_it_is_sent(cli: Cli, gateway: SimulatorProcess, receiver: Receiver) -> None:
    cli.add_instance(gateway, "a")
    cli.import_people("Ana;11 97000-0001", "Bia;11 97000-0002", "Caio;11 97000-0003")
    added = cli.json("hooks", "add", receiver.url, "--event", "campaign_started", "--event", "message_sent",
                     "--event", "campaign_complete")  # fmt: skip
    assert_shape(added, {"id": int, "url": str, "events": list, "secret": str})
    assert cli.json("hooks", "test", str(added["id"])) == {"id": added["id"], "http_status": 200}
    campaign = str(cli.create(plain_draft()))
    cli.json("campaign", "start", campaign, "--wait")
    told = [body["type"] for body in receiver.told]
    assert sorted(told) == ["campaign_complete", "campaign_started", *["message_sent"] * 3, "test"]
    phones = {body["data"]["recipient"]["phone"] for body in receiver.told if body["type"] == "message_sent"}
    assert phones == {"+5511970000001", "+5511970000002", "+5511970000003"}
    (row,) = cli.json("hooks", "list")
    assert (row["url"], row["waiting"], row["dead"], row["paused"]) == (receiver.url, 0, 0, None)
    assert added["secret"] not in json.dumps(row)


def test_addresses_are_paused_resumed_removed_and_refused(cli: Cli, receiver: Receiver) -> None:
    added = cli.json("hooks", "add", receiver.url)
    identity = str(added["id"])
    assert cli.refusal("hooks", "add", receiver.url)["error"] == "hook_exists"
    assert cli.refusal("hooks", "add", "n8n")["error"] == "bad_hook_url"
    receiver.status = 404
    assert cli.refusal("hooks", "test", identity)["error"] == "hook_test_failed"
    assert cli.json("hooks", "pause", identity) == {"id": added["id"], "paused": True}
    assert cli.json("hooks", "list")[0]["paused"] == "operator"
    assert cli.json("hooks", "resume", identity) == {"id": added["id"], "paused": False}
    assert cli.lines("hooks", "dead", identity) == []
    assert cli.json("hooks", "retry", identity) == {"id": added["id"], "again": 0}
    assert cli.json("hooks", "remove", identity) == {"id": added["id"], "removed": True}
    assert cli.json("hooks", "list") == []
    assert cli("hooks", "add", receiver.url, "--event", "everything").code == 2
