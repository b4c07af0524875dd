"""The Web API's doorway: token, scopes, faults, rate limits, then the method."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.sandbox.args import Args, arguments
from bot.sandbox.chat import respond
from bot.sandbox.coverage import HANDLERS, IMITATED, Imitated, scope_for
from bot.sandbox.faults import Fault
from bot.sandbox.files import receive
from bot.sandbox.hub import Call, Hub
from bot.sandbox.state import Json, RefusedError

BURST = 3
"""Messages a channel takes at once before one a second is the limit."""

Cut = Callable[[Request], None]
"""Breaks a request's connection."""


class Api:
    """The Web API, the upload addresses and the response URLs, over HTTP."""

    def __init__(self, hub: Hub, cut: Cut) -> None:
        self.hub = hub
        self.cut = cut

    async def call(self, request: Request) -> Response:
        """One call of a method."""
        name = request.path_params["method"]
        args = Args({})
        try:
            imitated = IMITATED.get(name)
            if imitated is None:
                raise RefusedError("unknown_method", req_method=name)
            args = await arguments(request, form_only=imitated.form_only)
            self._authorise(request, name, imitated, args)
            response = await self._limited(request, name, imitated, args)
        except RefusedError as refused:
            self._note(name, args, refused)
            response = JSONResponse(_refusal(refused))
        scopes = self.hub.settings.scopes
        response.headers["x-oauth-scopes"] = ",".join(sorted(_all_scopes(scopes)))
        return response

    def _note(self, name: str, args: Args, refused: RefusedError | None = None) -> None:
        told = tuple(refused.messages) if refused else ()
        self.hub.calls.append(Call(name, args.given, refused.error if refused else "", told))

    def _authorise(self, request: Request, name: str, imitated: Imitated, args: Args) -> None:
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        token = args.given.pop("token", "") or bearer
        settings = self.hub.settings
        tokens = [settings.bot_token, settings.app_token]
        wanted = settings.app_token if name.startswith("apps.") else settings.bot_token
        if not token:
            raise RefusedError("not_authed")
        if token not in tokens:
            raise RefusedError("invalid_auth")
        if token != wanted:
            raise RefusedError("not_allowed_token_type")
        needed = scope_for(imitated, args.text("channel"))
        if needed and settings.scopes is not None and needed not in settings.scopes:
            provided = ",".join(sorted(settings.scopes))
            raise RefusedError("missing_scope", needed=needed, provided=provided)

    async def _limited(
        self, request: Request, name: str, imitated: Imitated, args: Args
    ) -> Response:
        fault = self.hub.faults.take(name, args.text("channel"))
        if fault is not None:
            await asyncio.sleep(fault.delay)
        if fault is not None and not fault.after_effect and _breaks(fault):
            return self._broken(request, fault)
        if wait := self._wait(name, imitated, args):
            return _too_many(wait)
        answer = {"ok": True} | HANDLERS[name](self.hub, args)
        self._note(name, args)
        if fault is not None and _breaks(fault):
            return self._broken(request, fault)
        return JSONResponse(answer)

    def _broken(self, request: Request, fault: Fault) -> Response:
        if fault.cut:
            self.cut(request)
            return Response()
        if fault.status == 429:
            return _too_many(fault.retry_after)
        if fault.status >= 400:
            return PlainTextResponse("the service is unavailable", status_code=fault.status)
        return JSONResponse({"ok": False, "error": fault.error})

    def _wait(self, name: str, imitated: Imitated, args: Args) -> float:
        if not self.hub.settings.strict_rates:
            return 0.0
        if name == "chat.postMessage":
            return self.hub.rates.wait((name, args.text("channel")), 1.0, BURST)
        return self.hub.rates.wait((name, ""), imitated.per_minute / 60, imitated.per_minute)

    async def upload(self, request: Request) -> Response:
        """The bytes of a file."""
        body = await request.body()
        try:
            receive(self.hub, request.path_params["id"], body)
        except RefusedError as refused:
            return PlainTextResponse(refused.error, status_code=400)
        return PlainTextResponse(f"OK - {len(body)}")

    async def respond(self, request: Request) -> Response:
        """What the app posts to a response_url."""
        args = await arguments(request, form_only=False)
        try:
            respond(self.hub, request.path_params["id"], args.given)
        except RefusedError as refused:
            self._note("response_url", args, refused)
            gone = refused.error in ("expired_url", "used_url")
            return JSONResponse(_refusal(refused), status_code=404 if gone else 400)
        self._note("response_url", args)
        return PlainTextResponse("ok")


def _breaks(fault: Fault) -> bool:
    return bool(fault.cut or fault.error or fault.status >= 400)


def _refusal(refused: RefusedError) -> Json:
    answer: Json = {"ok": False, "error": refused.error} | refused.more
    if refused.messages:
        answer["response_metadata"] = {"messages": refused.messages}
    return answer


def _too_many(seconds: float) -> Response:
    return JSONResponse(
        {"ok": False, "error": "ratelimited"},
        status_code=429,
        headers={"Retry-After": str(math.ceil(seconds))},
    )


def _all_scopes(granted: frozenset[str] | None) -> frozenset[str]:
    if granted is not None:
        return granted
    known = (scope for imitated in IMITATED.values() for scope in imitated.scope.split("|"))
    return frozenset(filter(None, known))
