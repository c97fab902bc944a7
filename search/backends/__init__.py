"""Exchangeable engines: they find candidates and keep features; they do not rank."""
