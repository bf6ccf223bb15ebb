real = 1
def __getattr__(name):
    if name == "forbidden" or name.startswith("__"):
        raise AttributeError(f"no {name}")
    return "made " + name
