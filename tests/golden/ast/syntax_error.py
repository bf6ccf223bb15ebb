def f():
    return )
