"""An audit: its page, its tables, its summary, its lines on a terminal."""
