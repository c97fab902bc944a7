"""Ctrl-C is answered at once, though pages that readers hold take some seconds to put down."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def said_when_interrupted(sentence: str) -> Iterator[None]:
    """Print `sentence` on stderr the moment the process is interrupted, then raise KeyboardInterrupt as usual."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)

    def interrupted(number: int, frame: FrameType | None) -> None:
        print(f"\n{sentence}", file=sys.stderr, flush=True)
        signal.signal(signal.SIGINT, before)
        signal.default_int_handler(number, frame)

    signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
