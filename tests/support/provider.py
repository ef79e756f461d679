"""Telegram and Twilio as far as one evening needs them: they take messages, or refuse them in words that quote the message."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs


@dataclass
class Provider:
    """`url` for both TELEGRAM_API_BASE_URL and TWILIO_API_BASE_URL. While `refuses`, every send fails."""

    url: str = ""
    refuses: bool = False
    sent: list[dict[str, str]] = field(default_factory=list)

    def answer(self, path: str, fields: dict[str, str]) -> tuple[int, dict[str, object]]:
        """The answer to one call."""
        if path.endswith("/Messages.json"):
            return self._twilio(fields)
        if path.endswith("/sendMessage"):
            return self._telegram(fields)
        return 200, {
            "ok": True,
            "result": True if "getMe" not in path else {"id": 1, "is_bot": True, "first_name": "T", "username": "t_bot"},
        }

    def _twilio(self, fields: dict[str, str]) -> tuple[int, dict[str, object]]:
        if self.refuses:
            words = f"Unable to send '{fields.get('Body')}' to {fields.get('To')}"
            return 400, {"code": 63013, "message": words, "more_info": "", "status": 400}
        self.sent.append(fields)
        return 201, {"sid": f"SM{len(self.sent):032x}", "status": "queued", "body": fields.get("Body"), "to": fields.get("To")}

    def _telegram(self, fields: dict[str, str]) -> tuple[int, dict[str, object]]:
        if self.refuses:
            words = f"Bad Request: cannot send '{fields.get('text')}' to {fields.get('chat_id')}"
            return 400, {"ok": False, "error_code": 400, "description": words}
        self.sent.append(fields)
        chat = {"id": int(fields["chat_id"]), "type": "private"}
        return 200, {"ok": True, "result": {"message_id": len(self.sent), "date": 1_790_000_000, "chat": chat, "text": fields.get("text")}}


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider on a free port until the end of the block."""
    fake = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            if "json" in self.headers.get("Content-Type", ""):
                fields = {name: str(value) for name, value in json.loads(body or "{}").items()}
            else:
                fields = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
            status, answer = fake.answer(self.path, fields)
            data = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
