def f(kind):
    try:
        print("try", kind)
        if kind == 1: raise ValueError("v")
        if kind == 2: raise KeyError("k")
        if kind == 3: return "returned"
    except ValueError as e:
        print("except", e)
    except (KeyError, IndexError) as e:
        print("group", repr(e))
    else:
        print("else")
    finally:
        print("finally")
    return "end"
for k in range(4):
    print(f(k))
