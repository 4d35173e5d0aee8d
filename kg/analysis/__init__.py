"""What SPARQL cannot say: loads, chance models, concentration, clarity; similarity, alignments and findings."""
