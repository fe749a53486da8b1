"""``hamdel serve``: the requests over HTTP and one WebSocket, and the page. Only `people` and `rules` need no extra."""
