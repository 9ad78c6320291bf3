"""The page “Glossary”: concepts, inboxes, exchange."""
