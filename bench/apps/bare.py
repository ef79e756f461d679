"""The bare server, b1: a decorated FastAPI endpoint that reads the body and answers 200."""

from __future__ import annotations

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from starlette.responses import Response


@asynccontextmanager
async def _frozen(_: FastAPI) -> AsyncIterator[None]:
    gc.collect()
    gc.freeze()
    yield


app = FastAPI(lifespan=_frozen, openapi_url=None)


@app.post(os.environ["BENCH_PATH"])
async def webhook(request: Request) -> Response:
    """Read and answer."""
    await request.body()
    return Response(b"<Response/>", media_type="text/xml")
