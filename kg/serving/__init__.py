"""The live server: SPARQL, questions, resources and the explorer of one build, for reading only."""
