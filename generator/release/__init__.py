"""Publishing a version: what it promises, its pages as they were, and putting those into a later site."""
