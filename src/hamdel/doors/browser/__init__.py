"""The browser extension's other half: a process that the browser starts, and how a browser learns of it."""
