"""The short way in: a provider's call meets its door, and everything else the application that knows how to refuse."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from bot.web.front import Front


class Door:
    """Answers with the region that it was called for."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse(f"door {scope['path_params']['region']}")(scope, receive, send)


async def _page(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("page")


@pytest.fixture
def client() -> TestClient:
    doors = [Route("/webhooks/whatsapp/{region}", Door(), methods=["POST"]), Route("/webhooks/whatsapp/{region}/status", Door())]
    return TestClient(Front(doors, ["kendal", "luwu-timur"], Starlette(routes=[*doors, Route("/", _page)])))


@pytest.mark.parametrize("path", ["/webhooks/whatsapp/kendal", "/webhooks/whatsapp/kendal/status", "/webhooks/whatsapp/kendal?x=1"])
def test_a_call_meets_its_door(client: TestClient, path: str) -> None:
    assert client.post(path).text == "door kendal"


def test_each_region_has_its_own_path(client: TestClient) -> None:
    assert client.post("/webhooks/whatsapp/luwu-timur").text == "door luwu-timur"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/webhooks/whatsapp/kendal", 405),
        ("PUT", "/webhooks/whatsapp/kendal", 405),
        ("POST", "/webhooks/whatsapp/kendal/", 405),
        ("POST", "/webhooks/telegram/kendal", 404),
        ("POST", "/", 405),
        ("POST", "/webhooks/whatsapp/kendal/x/y", 404),
    ],
)
def test_everything_else_is_the_applications(client: TestClient, method: str, path: str, status: int) -> None:
    assert client.request(method, path, follow_redirects=False).status_code in (status, 307)
