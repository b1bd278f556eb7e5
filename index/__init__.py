"""From plan text to a searchable index: reading, clauses, duties, figures, passages, stores."""
