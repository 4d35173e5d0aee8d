"""Measures → reports: sentences, charts and tables that ``viz`` draws, each figure with its formula and its rows."""
