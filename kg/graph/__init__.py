"""Records → quads with evidence; what follows from them; the checks; the files."""
