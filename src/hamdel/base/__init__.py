"""What has nothing to do with Persian or with checks: files, caches, decoding, processes, calendars."""
