"""The graph as columns: the same SPARQL, answered by joins of whole columns, for builds that are too large to be loaded for each question."""
