"""Plan files of any format, read into the text that is stored and cited."""

from index.formats.files import SUFFIXES, read_source
from index.formats.source import Source

__all__ = ["SUFFIXES", "Source", "read_source"]
