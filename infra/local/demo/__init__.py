"""The demo: its tickets, their way into the stack, and the walk that `make demo` plays."""
