"""One writer at a time. Readers take no lock.

The lock is the operating system's on the file LOCK of the index folder (filelock): a writer that
dies gives it up, whatever it died of.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import InputError

LOCK = "LOCK"
WAIT = 60.0  # seconds for another writer to finish; adding a plan takes a few, a first build more


def is_held(folder: Path) -> bool:
    """Whether a writer is at work. Changes nothing."""
    from filelock import FileLock, Timeout

    if not (folder / LOCK).exists():
        return False
    try:
        with FileLock(folder / LOCK, timeout=0):
            return False
    except Timeout:
        return True
    except OSError:  # read-only: nobody can be writing here as us, and others are not to be known
        return False


@contextmanager
def writing(folder: Path, wait: float = WAIT) -> Iterator[None]:
    """Holds the writer's lock of the index. Raises InputError where another holds it for `wait`
    seconds, or where the folder cannot be written."""
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK)
        lock.acquire(timeout=wait)
    except Timeout as error:
        raise InputError(
            f"another tiaowen is changing the index at {folder} (waited {wait:.0f} s); "
            "try again when it is done"
        ) from error
    except OSError as error:
        raise InputError(
            f"cannot write to {folder}: {error.strerror}; choose --index DIR"
        ) from error
    try:
        yield
    finally:
        lock.release()
