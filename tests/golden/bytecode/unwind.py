def f(x):
    try:
        with x as y:
            return y
    except (KeyError, ValueError) as e:
        raise RuntimeError from e
    finally:
        print("done")
