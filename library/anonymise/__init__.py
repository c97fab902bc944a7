"""Personal data in decisions: found by patterns and by a model of names, replaced by pseudonyms, looked for again."""
