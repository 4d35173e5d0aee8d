"""What follows from the vocabulary: rules for scale, a reasoner to hold them to, contradictions, the OWL 2 DL check."""
