"""python -m rag: the same as the command tiaowen."""

import sys

from rag.cli import main

sys.exit(main())
