"""Windows: a text cut by size alone, as most retrieval pipelines cut it."""

from __future__ import annotations

from collections.abc import Iterator

SIZE, OVERLAP = 500, 50  # characters; what LangChain's own tutorials and most peers start from
# The splitter's defaults cut at blanks, which Chinese does not have.
SEPARATORS = ["\n\n", "\n", "。", "；", "，", ""]


def windows(text: str, size: int = SIZE, shared: int = OVERLAP) -> Iterator[tuple[int, int]]:
    """Spans of LangChain's recursive character splitter, in order; neighbours share `shared`."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        separators=SEPARATORS,
        keep_separator="end",
        chunk_size=size,
        chunk_overlap=shared,
        add_start_index=True,
        strip_whitespace=False,
    )
    for document in splitter.create_documents([text]):
        start = document.metadata["start_index"]
        yield start, start + len(document.page_content)
