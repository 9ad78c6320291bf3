"""Parts of the app: its words in both languages, and the facing texts."""
