"""Pictures: draws what it is handed, and knows nothing of where it comes from."""
