try:
    {}["k"]
except KeyError:
    raise RuntimeError("second") from None
