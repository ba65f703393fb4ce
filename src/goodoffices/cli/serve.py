"""``goodoffices serve``."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from goodoffices.cli.running import option
from goodoffices.errors import MissingExtraError


def run(options: Mapping[str, object]) -> int:
    """Serve the talks of a database, after making it where there is none."""
    try:
        from goodoffices.desk.serving import first_invitation, listen, serve
        from goodoffices.desk.settings import Settings
        from goodoffices.store import Store
    except ModuleNotFoundError:
        raise MissingExtraError("server") from None

    names = tuple(option(options, "name", list))
    secure = option(options, "behind_tls", bool)
    settings = Settings(hosts=(*names, *Settings().hosts), secure=secure)
    listening = listen(option(options, "host", str), option(options, "port", int), settings)
    keys = options["keys"]
    place = option(options, "database", str)
    with listening.socket, Store.make(place, keys=str(keys) if keys else None) as store:
        if not store.accounts.any() or option(options, "invite", bool):
            made = first_invitation(store, settings)
            print("A mediator joins here. Shown once; the link works once, for seven days:")
            print(f"    link   {listening.address}/join/{made.token}")
            print(f"    code   {made.code}")
        print(f"Good Offices is at {listening.address} (stop with Ctrl-C)", flush=True)
        serve(store, settings, listening)
    print("stopped; everything that was acknowledged is kept", file=sys.stderr)
    return 0
