"""A scripted OpenAI-compatible endpoint on 127.0.0.1, and replies to script it with."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.request import Request, urlopen


@dataclass(frozen=True)
class Said:
    """One HTTP answer; ``body`` is JSON, or text to send as it is."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0


@dataclass(frozen=True)
class Asked:
    """One HTTP request as it came in."""

    path: str
    headers: Message
    body: Any


class Endpoint:
    """Answers each POST with the next of its replies, or passes it on to ``upstream``.

    ``asked`` and ``said`` keep what went over the wire.
    """

    def __init__(self, *replies: Said, upstream: str | None = None) -> None:
        self._replies, self._upstream = list(replies), upstream
        self.asked: list[Asked] = []
        self.said: list[Said] = []
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["Content-Length"]))
                asked = Asked(self.path, self.headers, json.loads(content))
                endpoint.asked.append(asked)
                said = endpoint.answer(asked)
                endpoint.said.append(said)
                time.sleep(said.delay)
                text = said.body if isinstance(said.body, str) else json.dumps(said.body)
                self._send(said, text.encode())

            def _send(self, said: Said, content: bytes) -> None:
                self.send_response(said.status)
                for name, value in said.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def answer(self, asked: Asked) -> Said:
        """The next reply of the script, or what the real endpoint says."""
        if self._upstream is None:
            return self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        url = self._upstream + asked.path.removeprefix("/v1")
        content = json.dumps(asked.body).encode()
        request = Request(url, content, {"Content-Type": "application/json"})
        with urlopen(request, timeout=600) as response:
            return Said(json.load(response))

    @property
    def url(self) -> str:
        """What goes into OPENAI_BASE_URL."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Endpoint:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def completion(content: str | None, *, finish: str = "stop", refusal: str | None = None) -> Said:
    """A chat completion that says ``content`` and took 12 tokens."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    return Said(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": "scripted",
            "choices": [{"index": 0, "message": message, "finish_reason": finish}],
            "usage": {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12},
        }
    )


def form(**values: Any) -> dict[str, Any]:
    """A filled order form; what is not given is null."""
    names = "po_number order_date requested_date customer_number ship_to currency total"
    return {"kind": "order", **dict.fromkeys(names.split()), "lines": [], **values}


def line(code: str | None = None, **values: Any) -> dict[str, Any]:
    """A filled line; what is not given is null."""
    names = "customer_code description quantity unit price"
    return {"code": code, **dict.fromkeys(names.split()), **values}


def trouble(status: int, code: str, message: str) -> Said:
    """An error in the shape that OpenAI gives it, not to be waited for."""
    error = {"message": message, "type": "error", "param": None, "code": code}
    return Said({"error": error}, status, {"retry-after-ms": "1"})
