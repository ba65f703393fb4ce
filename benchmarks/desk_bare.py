"""The limit that the rooms are held against: one row committed, and nothing else.

    python -m benchmarks.desk_bare DATABASE PORT

Serves one address with Starlette and uvicorn, set as the rooms' own server is: it reads a body,
writes it as one row into the same database by the same driver, and answers when it is on the disk.
"""

from __future__ import annotations

import sys

import sqlalchemy as sa
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from goodoffices.store.database import Database

ROWS = sa.Table(
    "bare_rows",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("words", sa.LargeBinary, nullable=False),
)


def create_app(database: Database) -> Starlette:
    """Return an application with one address, which keeps what it is sent."""

    def keep(words: bytes) -> None:
        with database.writing() as connection:
            connection.execute(ROWS.insert().values(words=words))

    async def endpoint(request: Request) -> JSONResponse:
        await run_in_threadpool(keep, await request.body())
        return JSONResponse({"done": True})

    return Starlette(routes=[Route("/bare", endpoint, methods=["POST"])])


def main(address: str, port: str) -> None:
    """Serve until the process is ended."""
    database = Database(address)
    ROWS.metadata.create_all(database.engine)
    uvicorn.run(
        create_app(database), port=int(port), access_log=False, log_level="warning",
        lifespan="off", server_header=False,
    )  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
