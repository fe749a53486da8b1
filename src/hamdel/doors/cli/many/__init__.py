"""Many drafts in one run: files and folders are found, read, checked, and compared with what was set aside before."""
