print(1 == 1.0, 1 < 1.5, 2**53 == 2.0**53, 2**53 + 1 == 2.0**53, 2**53 + 1 > 2.0**53)
print(10**400 > 1e308, -10**400 < -1e308, 10**400 < float("inf"), 1 == "1", 1 != "1")
print(float("nan") == float("nan"), float("nan") < 1, 1 < float("nan"))
for pair in ((1, "a"), ([], ()), (None, 0), (1j, 2)):
    try:
        pair[0] < pair[1]
    except TypeError as error:
        print(error)
