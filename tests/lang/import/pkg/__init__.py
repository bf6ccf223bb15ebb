print("pkg init")
LOADED = True
