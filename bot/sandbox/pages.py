"""What the page in the browser asks for: files, the state as one person sees it, doings."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox import interactions, talk
from bot.sandbox.hub import Hub
from bot.sandbox.interactions import DONE, Outcome, find
from bot.sandbox.state import BOT_USER, Channel, Json, Message, RefusedError
from graph.ports import WorldError

HERE = Path(__file__).parent / "page"
ASSETS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
}
POLICY = "default-src 'self'; img-src 'self' https: http: data:; frame-ancestors 'none'"
SHOWN = 500
"""How many messages of a channel the page shows."""
GATHER = 0.03
"""Seconds that changes are gathered before the page hears of them."""

OnMail = Callable[[bytes], None]
Doing = Callable[[Hub, str, Json], Awaitable[Outcome]]


class Pages:
    """The page's own endpoints. They trust the browser: this is no way into a real Slack."""

    def __init__(self, hub: Hub, on_mail: OnMail | None, samples: Mapping[str, bytes]) -> None:
        self.hub = hub
        self.on_mail = on_mail
        self.samples = samples
        self._live: set[asyncio.Queue[str]] = set()

    def routes(self) -> list[Route | WebSocketRoute]:
        """The routes to be served."""
        return [
            Route("/", self.asset),
            Route("/page/state", self.state),
            Route("/page/messages", self.messages),
            Route("/page/mail", self.mail, methods=["POST"]),
            Route("/page/do/{what}", self.do, methods=["POST"]),
            Route("/page/{file}", self.asset),
            Route("/file/{id}", self.file),
            WebSocketRoute("/live", self.live),
        ]

    async def asset(self, request: Request) -> Response:
        """A file of the page."""
        name = request.path_params.get("file", "index.html")
        known = {path.name: path for path in HERE.iterdir() if path.suffix in ASSETS}
        if name not in known:
            return Response("no such file", status_code=404)
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
        return FileResponse(known[name], media_type=ASSETS[known[name].suffix], headers=headers)

    async def file(self, request: Request) -> Response:
        """An uploaded file, for download."""
        file = self.hub.state.files.get(request.path_params["id"])
        if file is None or not file.complete:
            return Response("no such file", status_code=404)
        headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
        return Response(file.data, media_type="application/octet-stream", headers=headers)

    # --- what one person sees -----------------------------------------------------------

    async def state(self, request: Request) -> Response:
        """The workspace around the messages, as one person sees it."""
        state, settings = self.hub.state, self.hub.settings
        people = [
            {"id": p.id, "name": p.name, "title": p.title, "is_owner": p.is_owner}
            for p in state.people.values()
            if not p.deleted
        ]
        user = request.query_params.get("user", "")
        if user not in {person["id"] for person in people}:
            user = str(people[0]["id"]) if people else ""
        top = state.top(user)
        return JSONResponse(
            {
                "name": settings.name,
                "me": user,
                "bot": {"id": BOT_USER, "name": settings.bot_name},
                "people": people,
                "channels": [self._channel(c, user) for c in self._channels(user)],
                "home": state.homes.get(user),
                "view": top.view if top else None,
                "depth": len(state.stacks.get(user, [])),
                "commands": settings.commands,
                "shortcuts": [asdict(shortcut) for shortcut in settings.shortcuts],
                "mail": self.on_mail is not None,
                "samples": sorted(self.samples),
                "connected": self.hub.link.connections > 0,
            }
        )

    def _channels(self, user: str) -> list[Channel]:
        state = self.hub.state
        if user:
            state.direct(user)
        return [c for c in state.channels.values() if user in state.members(c)]

    def _channel(self, channel: Channel, user: str) -> Json:
        read = self.hub.state.reads.get(user, {}).get(channel.id, "0")
        new = [m for m in self._seen(channel.id, user) if m.user != user and m.ts > read]
        return {
            "id": channel.id,
            "name": channel.name,
            "topic": channel.topic,
            "is_im": channel.is_im,
            "archived": channel.archived,
            "unread": len(new),
            "members": len(self.hub.state.members(channel)),
        }

    def _seen(self, channel: str, user: str) -> list[Message]:
        of = self.hub.state.messages.get(channel, {}).values()
        return [m for m in of if m.only_for in (None, user)]

    async def messages(self, request: Request) -> Response:
        """The messages of a channel that a person may see, oldest first."""
        user, channel = request.query_params["user"], request.query_params["channel"]
        if channel not in {c.id for c in self._channels(user)}:
            return JSONResponse([])
        seen = self._seen(channel, user)[-SHOWN:]
        return JSONResponse([self.hub.state.shown(m) | {"only_for": m.only_for} for m in seen])

    # --- what a person does -------------------------------------------------------------

    async def do(self, request: Request) -> Response:
        """A doing of a person; the answer is what they see of it at once."""
        doing = DOINGS.get(request.path_params["what"])
        if doing is None or request.headers.get("content-type") != "application/json":
            return JSONResponse({"ok": False, "error": "no such doing"}, status_code=404)
        given = await request.json()
        try:
            outcome = await doing(self.hub, given["user"], given)
        except (LookupError, RefusedError) as error:
            outcome = Outcome(ok=False, error=f"That is not possible any more ({error}).")
        return JSONResponse(asdict(outcome))

    async def mail(self, request: Request) -> Response:
        """Deliver a mail, written in the page's form or dropped there as a file."""
        if self.on_mail is None or request.headers.get("content-type") != "application/json":
            return JSONResponse({"ok": False, "error": "no mail is taken here"}, status_code=404)
        given = await request.json()
        try:
            sample = self.samples.get(given.get("sample", ""))
            await run_in_threadpool(self.on_mail, sample or mail_bytes(given))
        except (WorldError, ValueError, KeyError) as error:
            return JSONResponse({"ok": False, "error": str(error)})
        return JSONResponse({"ok": True})

    # --- news -----------------------------------------------------------------------------

    def changed(self, what: str) -> None:
        """Tell every open page what changed."""
        for queue in self._live:
            queue.put_nowait(what)

    async def live(self, socket: WebSocket) -> None:
        """One open page, until it is closed."""
        await socket.accept()
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._live.add(queue)
        news = asyncio.get_running_loop().create_task(_tell(socket, queue))
        try:
            while True:
                await socket.receive_text()
        except WebSocketDisconnect:
            self._live.discard(queue)
            news.cancel()


async def _tell(socket: WebSocket, queue: asyncio.Queue[str]) -> None:
    while True:
        what = {await queue.get()}
        await asyncio.sleep(GATHER)
        while not queue.empty():
            what.add(queue.get_nowait())
        await socket.send_text(json.dumps(sorted(what)))


def mail_bytes(given: Mapping[str, Any]) -> bytes:
    """The RFC 822 bytes of what the form holds: ``eml``, or the parts of a mail."""
    if given.get("eml"):
        return base64.b64decode(given["eml"])
    mail = EmailMessage()
    mail["From"], mail["To"] = given["from"], given.get("to") or "orders@example.com"
    mail["Subject"] = given.get("subject", "")
    mail["Date"], mail["Message-ID"] = formatdate(localtime=True), make_msgid(domain="sandbox")
    mail.set_content(given.get("body", ""))
    for file in given.get("files", []):
        main, _, sub = (file.get("type") or "application/octet-stream").partition("/")
        data = base64.b64decode(file["data"])
        mail.add_attachment(data, maintype=main, subtype=sub, filename=file["name"])
    return mail.as_bytes()


# --- doings ---------------------------------------------------------------------------------


async def _click(hub: Hub, user: str, given: Json) -> Outcome:
    value, typed = given.get("value"), given.get("given", {})
    if given.get("ts"):
        message = hub.state.message(given["channel"], given["ts"])
        target = find(message.blocks, user, given["action"])
        return await interactions.click(hub, user, message, target, value, typed)
    view = _view(hub, user, given)
    target = find(view["blocks"], user, given["action"])
    return await interactions.click_view(hub, user, view, target, value, typed)


def _view(hub: Hub, user: str, given: Json) -> Json:
    if given.get("view") == "home":
        return hub.state.homes[user]
    return hub.state.modals[given["view"]].view


async def _submit(hub: Hub, user: str, given: Json) -> Outcome:  # noqa: ARG001
    return await interactions.submit(hub, hub.state.modals[given["view"]], given["given"])


async def _close(hub: Hub, user: str, given: Json) -> Outcome:
    return await interactions.close_view(hub, user, everything=given.get("all", False))


async def _suggest(hub: Hub, user: str, given: Json) -> Outcome:
    view = _view(hub, user, given)
    target = find(view["blocks"], user, given["action"])
    return await interactions.suggest(hub, user, view, target, given["query"])


async def _say(hub: Hub, user: str, given: Json) -> Outcome:
    channel, text = hub.state.channel(given["channel"]), given["text"].strip()
    if text.startswith("/"):
        return await talk.command(hub, user, channel, text)
    if text:
        talk.say(hub, user, channel, text, given.get("thread_ts"))
    return DONE


async def _home(hub: Hub, user: str, given: Json) -> Outcome:
    talk.open_home(hub, user, given.get("tab", "home"))
    return DONE


async def _shortcut(hub: Hub, user: str, given: Json) -> Outcome:
    message = hub.state.message(given["channel"], given["ts"]) if given.get("ts") else None
    return await talk.shortcut(hub, user, given["callback_id"], message)


async def _read(hub: Hub, user: str, given: Json) -> Outcome:
    hub.state.reads.setdefault(user, {})[given["channel"]] = given["ts"]
    hub.state.changed("read")
    return DONE


DOINGS: dict[str, Doing] = {
    "click": _click,
    "submit": _submit,
    "close": _close,
    "suggest": _suggest,
    "say": _say,
    "home": _home,
    "shortcut": _shortcut,
    "read": _read,
}
