"""Which batches is this process to settle? `python -m recoupe.checking.help CASEBOOK` answers them until its input ends; a check starts it."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from recoupe.casebook import open_casebook
from recoupe.checking.desk import Desk
from recoupe.checking.helpers import receive, send
from recoupe.checking.settling import answered


def main() -> None:
    """Settle what comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who stops the check stops the process that started this one, and that ends it
    with open_casebook(Path(sys.argv[1]), create=False) as casebook:
        desk = Desk(casebook)
        while (batch := receive(sys.stdin.buffer)) is not None:
            send(sys.stdout.buffer, answered(desk, batch))


if __name__ == "__main__":
    main()
