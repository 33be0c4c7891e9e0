"""A gateway that costs next to nothing: answers sends in the recorded shape, and what an engine asks at its start.

The practice gateway behaves like the real one (receipts, faults, a record) and is therefore the bottleneck of a
measurement beside a fast sender. This one has a bare protocol on uvloop, keeps nothing and emits no events.
Run as a process: `python -m tests.bench.fast_gateway`; it prints one JSON line when it is ready.
"""

import argparse
import asyncio
import json
import os
from typing import cast

import uvloop

API_KEY = "bench"
_ANSWER = (
    '{{"key":{{"remoteJid":"{number}@s.whatsapp.net","fromMe":true,"id":"{id}"}},"pushName":"Voc\\u00ea",'
    '"status":"PENDING","message":{{"conversation":{text}}},"contextInfo":{{"mentionedJid":[],"groupMentions":[],'
    '"ephemeralSettingTimestamp":{{"low":1795000000,"high":0,"unsigned":false}},"disappearingMode":{{"initiator":0}}}},'
    '"messageType":"conversation","messageTimestamp":1795172800,'
    '"instanceId":"2b1f1c0a-9f3c-4f0c-8f52-6a7f0e9d2c11","source":"web"}}'
)


class _Connection(asyncio.Protocol):
    """One kept-alive connection; requests may come in pieces or several at once."""

    def __init__(self, latency_s: float) -> None:
        self._latency_s = latency_s
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own does not derive from asyncio's

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (head_end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:head_end]
            size = _content_length(head)
            if len(self._buffer) < head_end + 4 + size:
                return
            body = self._buffer[head_end + 4 : head_end + 4 + size]
            self._buffer = self._buffer[head_end + 4 + size :]
            answer = _answer(head, body)
            if self._latency_s and head.startswith(b"POST"):
                asyncio.get_running_loop().call_later(self._latency_s, self._transport.write, answer)
            else:
                self._transport.write(answer)


def _content_length(head: bytes) -> int:
    place = head.lower().find(b"\r\ncontent-length:")
    if place < 0:
        return 0
    start = place + len(b"\r\ncontent-length:")
    end = head.find(b"\r\n", start)
    return int(head[start : end if end >= 0 else len(head)])


def _answer(head: bytes, body: bytes) -> bytes:
    path = head.split(b" ", 2)[1].decode()
    name = path.rpartition("/")[2].partition("?")[0]
    if path.startswith("/message/sendText/"):
        sent = json.loads(body)
        text = json.dumps(sent["text"])
        # The key that a server of version 2.4 gives back is the one that it was handed.
        message_id = sent.get("messageId") or f"3EB0{os.urandom(9).hex().upper()}"
        return _http("201 Created", _ANSWER.format(number=sent["number"], id=message_id, text=text))
    if path.startswith("/instance/connectionState/"):
        return _http("200 OK", json.dumps({"instance": {"instanceName": name, "state": "open"}}))
    if path.startswith("/instance/fetchInstances"):
        return _http("200 OK", "[]")
    return _http("404 Not Found", '{"status":404,"error":"Not Found","response":{"message":["Cannot find it"]}}')


def _http(status: str, body: str) -> bytes:
    raw = body.encode()
    # The headers of Express, as recorded, for the size of them.
    return (
        f"HTTP/1.1 {status}\r\nX-Powered-By: Express\r\nAccess-Control-Allow-Origin: *\r\n"
        "Access-Control-Allow-Credentials: true\r\nContent-Type: application/json; charset=utf-8\r\n"
        f'Content-Length: {len(raw)}\r\nETag: W/"1f4-3vXk0b7Qm1"\r\nConnection: keep-alive\r\n'
        "Keep-Alive: timeout=5\r\n\r\n"
    ).encode() + raw


async def _serve(latency_s: float) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: _Connection(latency_s), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print(json.dumps({"url": f"http://127.0.0.1:{port}", "api_key": API_KEY}), flush=True)
    await server.serve_forever()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--latency-ms", type=float, default=0.0)
    uvloop.run(_serve(options.parse_args().latency_ms / 1000))


if __name__ == "__main__":
    main()
