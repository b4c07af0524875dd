"""Web API: the three steps of a file upload, and what became of it."""

from __future__ import annotations

from bot.sandbox.args import Args
from bot.sandbox.hub import Hub, Method
from bot.sandbox.state import BOT_USER, Json, Message, RefusedError, Upload, new_id


def upload_url(hub: Hub, args: Args) -> Json:
    """``files.getUploadURLExternal``."""
    length = args.number("length", 0, 1_000_000_000)
    file = Upload(new_id("F"), args.need("filename"), length)
    hub.state.files[file.id] = file
    return {"upload_url": f"{hub.base}/upload/{file.id}", "file_id": file.id}


def receive(hub: Hub, file_id: str, data: bytes) -> None:
    """The bytes of an announced file. Raises RefusedError."""
    file = _file(hub, file_id)
    if len(data) != file.length:
        raise RefusedError("invalid_length")
    file.data = data


def _file(hub: Hub, file_id: str) -> Upload:
    file = hub.state.files.get(file_id)
    if file is None:
        raise RefusedError("file_not_found")
    return file


def complete(hub: Hub, args: Args) -> Json:
    """``files.completeUploadExternal``."""
    given = args.json("files")
    if not isinstance(given, list) or not given:
        raise RefusedError("invalid_arguments", ["[ERROR] missing required field: files"])
    files = [_file(hub, each["id"]) for each in given]
    for file, each in zip(files, given, strict=True):
        if len(file.data) != file.length:
            raise RefusedError("file_not_found", ["[ERROR] its bytes were never uploaded"])
        file.title, file.complete = each.get("title") or "", True
    shown = [file.as_json(hub.base) for file in files]
    if args.text("channel_id"):
        channel = hub.state.channel(args.text("channel_id"))
        if not channel.bot_in:
            raise RefusedError("not_in_channel")
        message = Message(
            channel.id,
            hub.state.now_ts(),
            BOT_USER,
            args.text("initial_comment"),
            thread_ts=args.text("thread_ts") or None,
            files=shown,
        )
        hub.message_event(hub.state.put(message))
    return {"files": shown}


def info(hub: Hub, args: Args) -> Json:
    """``files.info``."""
    file = _file(hub, args.need("file", "file_not_found"))
    if not file.complete:
        raise RefusedError("file_not_found")
    return {"file": file.as_json(hub.base)}


METHODS: dict[str, Method] = {
    "files.getUploadURLExternal": upload_url,
    "files.completeUploadExternal": complete,
    "files.info": info,
}
