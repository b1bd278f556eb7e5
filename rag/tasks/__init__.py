"""The task table (任务分解表): who has to do what, a row for every duty note of a plan."""

from rag.tasks.rows import Piece, Row, Share, Source, Target, plan_rows

__all__ = ["Piece", "Row", "Share", "Source", "Target", "plan_rows"]
