"""What SPARQL cannot say: measures, similarity, findings and alignments."""
