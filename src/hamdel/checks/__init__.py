"""Few matchers, many checks: each gets the draft, the context and earlier replies, and returns hits."""
