"""Text to vectors, and nothing else."""
