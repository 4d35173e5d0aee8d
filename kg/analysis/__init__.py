"""What SPARQL cannot say: loads, chance models, concentration, clarity, likeness, each with what stands behind it."""
