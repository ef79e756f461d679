"""What people send beside words: fetched from the provider, judged by content, sealed, freed of metadata, and deleted over there."""
