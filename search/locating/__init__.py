"""Where the rendering of a term stands in the other language, from the embedding and from the whole corpus."""
