def counter(start=0, *, step=1):
    n = start
    def more():
        nonlocal n
        n += step
        return n
    return more
