__all__ = ["shown", "listed"]
shown = 1
listed = 2
hidden = 3
