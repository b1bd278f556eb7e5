"""A scripted OpenAI-compatible server on loopback: what it says, and how it fails, is told before.

    with serving(Reply("牵头单位为县教育局。[1]")) as server:
        server.base_url, server.prompts

A script is a list of replies, one a request, the last one repeated; a function of the prompt makes
the reply where it must depend on it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PIECE = 3  # characters a chunk


@dataclass(frozen=True)
class Reply:
    """What one request is answered with.

    `fault` is one of: cut (no finish reason, no [DONE]), drop (the connection is closed amid a
    chunk), empty (200 and a stream without a word), blank (200 and nothing), hang (connected, no
    token), drip (a comment now and then, never a token), html, json (no stream), junk (a stream
    of what is no JSON), odd (JSON that is no completion), told (an error within the stream).
    """

    text: str = ""
    status: int = 200
    fault: str = ""
    message: str = "no"
    after: float = 0.0  # seconds before it answers
    pace: float = 0.0  # seconds before each piece


Script = Callable[[str], Reply]


@dataclass
class Server:
    """The running server; `prompts` and `keys` are what was sent to it, in order."""

    base_url: str
    prompts: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)
    left: threading.Event = field(default_factory=threading.Event)  # whoever asked went away


@contextmanager
def serving(*replies: Reply | Script) -> Iterator[Server]:
    """A server that answers requests with these, one after the other, the last one again."""
    server = Server("")
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), _handler(server, list(replies)))
    httpd.daemon_threads = True
    server.base_url = f"http://127.0.0.1:{httpd.server_port}/v1"
    thread = threading.Thread(target=httpd.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.done.set()
        httpd.shutdown()
        httpd.server_close()
        thread.join()


def _handler(server: Server, replies: list[Reply | Script]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: Any) -> None:
            """Says nothing."""

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            prompt = body["messages"][-1]["content"]
            reply = replies[min(len(server.prompts), len(replies) - 1)]
            server.prompts.append(prompt)
            server.bodies.append(body)
            server.keys.append(self.headers.get("Authorization", ""))
            self.close_connection = True
            try:
                self.give(reply if isinstance(reply, Reply) else reply(prompt))
            except OSError:
                server.left.set()

        def give(self, reply: Reply) -> None:
            server.done.wait(reply.after)
            if reply.status != 200:
                error = {"error": {"message": reply.message, "type": "x", "code": reply.status}}
                return self.send(json.dumps(error).encode(), "application/json", reply.status)
            if reply.fault == "blank":
                return self.send(b"", "text/event-stream")
            if reply.fault == "html":
                return self.send(b"<html><body>Gateway: hello</body></html>", "text/html")
            if reply.fault == "json":
                return self.send(b'{"answer": "hello"}', "application/json")
            return self.stream(reply)

        def send(self, body: bytes, kind: str, status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def stream(self, reply: Reply) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            if reply.fault == "hang":
                server.done.wait(30)
            while reply.fault == "drip" and not server.done.wait(0.05):
                self.chunk(b": still here\n\n")
            if reply.fault == "junk":
                self.chunk(b"data: {not json at all\n\n")
            if reply.fault == "odd":
                self.chunk(b'data: {"choices": [{"delta": 7}]}\n\n')
            if reply.fault == "told":
                self.chunk(b'data: {"error": {"message": "out of memory"}}\n\n')
            for at in range(0, len(reply.text), PIECE):
                server.done.wait(reply.pace)
                self.event({"content": reply.text[at : at + PIECE]})
            if reply.fault == "drop":
                self.wfile.write(b"40\r\nhalf a chu")
                return
            if reply.fault != "cut":
                self.event({}, "stop")
                self.chunk(b"data: [DONE]\n\n")
            self.chunk(b"")

        def event(self, delta: dict[str, Any], finish: str | None = None) -> None:
            choice = {"index": 0, "delta": delta, "finish_reason": finish}
            data = {
                "id": "x", "object": "chat.completion.chunk", "created": 0, "model": "scripted",
                "choices": [choice],
            }  # fmt: skip
            self.chunk(b"data: " + json.dumps(data, ensure_ascii=False).encode() + b"\n\n")

        def chunk(self, data: bytes) -> None:
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            self.wfile.flush()

    return Handler
