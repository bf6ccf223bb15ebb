# What a pattern calls has to be a class.
try:
    match 1:
        case print():
            print("matched")
except TypeError as e:
    print(e)
