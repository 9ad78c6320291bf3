"""Vectors of the corpus for look-up by meaning: one contract, FAISS or Milvus behind it."""
