"""What Ctrl-C does: a run stops at once, and goes on from there the next time."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from headwater.landscape.cli.screen import errors, state_dir, words

STOPPED = 130
LONGEST_WORD = 1.0  # seconds that telling may take
LEFT = (
    "What a report had read so far is kept, without texts and for its owner alone: the same "
    "command goes on from there, `headwater work clean` removes it."
)


@contextmanager
def at_once() -> Iterator[None]:
    """Stop at the first Ctrl-C, also while the engine runs.

    The main thread waits in native code then and would not hear of it, while the engine's
    processes would, and end, and the engine would take that for a defect. A run may be killed at
    any moment; so this does, with a word to who stopped it. Where the signal is ignored, as in a
    background job of a shell, it stays so.
    """
    is_heard = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if not is_heard or threading.current_thread() is not threading.main_thread():
        yield
        return
    ear, mouth = os.pipe()
    os.set_blocking(mouth, False)
    before = signal.set_wakeup_fd(mouth)  # written to by any thread, without the interpreter
    signal.signal(signal.SIGINT, lambda *_: None)
    threading.Thread(target=_listen, args=(ear,), daemon=True).start()
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.set_wakeup_fd(before)
        os.close(mouth)


def tell() -> None:
    """Say that somebody stopped this, and what is left."""
    errors.print("Stopped.")
    tell_left()


def tell_left() -> None:
    """Say what broken runs have kept, if any has."""
    if any((state_dir() / "work").glob("*")):
        errors.print(LEFT)


def _listen(ear: int) -> None:
    while heard := os.read(ear, 64):
        if signal.SIGINT in heard:
            threading.Timer(LONGEST_WORD, os._exit, (STOPPED,)).start()
            try:
                words.show_cursor()  # a progress bar hides it
                tell()
            finally:  # also where nobody reads what is told
                os._exit(STOPPED)
    os.close(ear)
