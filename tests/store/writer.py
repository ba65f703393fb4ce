"""A program that writes to a store, and says of every act that it is kept: to be killed.

    python writer.py URL KEYS TALK WHO NUMBER [BYTES]

With BYTES no file may grow beyond that: the disk is full. It says so, is given room, and goes on.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

from goodoffices.errors import StoreUnavailableError
from goodoffices.store import Accepted, Store

START = datetime(2025, 7, 1, tzinfo=UTC)


def say(**what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main(url: str, keys: str, talk: str, who: str, *, number: int) -> None:
    with Store.open(url, keys=keys) as store:
        say(ready=True)
        for turn in range(number):
            now = START + timedelta(minutes=turn)
            words = f"{who} {turn} " + "x" * 500
            act = {"act": "entrust", "kind": "message", "words": words, "caveat": {}}
            try:
                answer = store.act(talk, who, act, now=now)
            except StoreUnavailableError as error:
                say(error=str(error))
                room = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
                resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
                continue
            assert isinstance(answer, Accepted), answer
            say(id=answer.id)
            rounds = store.talk(talk).desk.rounds
            for name in [name for name, record in rounds.items() if record.result is None]:
                vote = {"act": "ballot", "round": name, "accept": True}
                if isinstance(store.act(talk, who, vote, now=now), Accepted):
                    say(vote=name)


if __name__ == "__main__":
    if len(sys.argv) > 6:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[6]), resource.RLIM_INFINITY))
    main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4], number=int(sys.argv[5]))
